# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of the clients, by tag."""

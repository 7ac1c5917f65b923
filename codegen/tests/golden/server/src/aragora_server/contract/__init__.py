# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""The contract's generated half: see openapi/ for what it says."""

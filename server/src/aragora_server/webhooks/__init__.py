"""Endpoints of others that are told, signed, what happens in a workspace."""

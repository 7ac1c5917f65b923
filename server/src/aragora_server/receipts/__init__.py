"""Signed evidence of decisions."""

"""What is kept whole and what goes: legal holds, and the erasure of texts."""

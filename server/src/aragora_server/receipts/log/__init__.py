"""The append-only log of receipts, and of all that concerns their proofs."""

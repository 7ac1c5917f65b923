"""What was used and what it cost: reports, read from the ledger through ports."""

"""What became of decisions, as the workspace itself says."""

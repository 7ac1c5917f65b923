"""What a call costs: immutable price versions, looked up without asking anybody."""

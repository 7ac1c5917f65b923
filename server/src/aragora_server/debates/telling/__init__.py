"""What is told of a debate: the same shapes in events and in answers."""

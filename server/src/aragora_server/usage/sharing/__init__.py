"""Links that show a usage report to whoever has them."""

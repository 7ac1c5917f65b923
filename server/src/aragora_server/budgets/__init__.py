"""Money: held before a call is made, settled after it, and never more than the limit."""

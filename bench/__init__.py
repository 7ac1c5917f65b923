"""Figures against the peers and the physical limit, taken in one run and told as ratios."""

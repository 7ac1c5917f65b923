"""Debates, from a question to a verdict with its receipt.

routes · stream     the doors: HTTP, and a debate as it happens
service             what a caller can do; opening.py and estimate.py say what a new debate is
running/            how a debate goes on by itself, one committed fact after the other
telling/            events and shapes: what a debate looks like from outside
store · tables      where it is kept          ports   what it needs of other slices
model · documents   what it is
rules/              what agents are asked next, how replies are read and votes are counted; pure
"""

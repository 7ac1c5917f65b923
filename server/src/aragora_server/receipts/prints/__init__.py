"""A receipt in formats for people: the same blocks as markdown, as a page, as a PDF."""

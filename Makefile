# Two commands for a fresh machine with Python >= 3.11 and a package index. All work is in noxfile.py.
PYTHON ?= python3
NOX := .venv/bin/nox

.PHONY: demo test
demo: $(NOX)
	$(NOX) -s demo

test: $(NOX)
	$(NOX)

$(NOX): requirements/tools.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Aragora needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements/tools.txt
	touch $(NOX)

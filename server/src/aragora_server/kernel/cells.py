"""Tables as CSV. No cell begins like a formula: a spreadsheet would run it.

Nor does a part of one: some spreadsheets begin a new cell at a semicolon or a tab, and take a
quotation mark there for the beginning of a quoted one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# Between characters, so that what parts two cells may begin the next one too.
_FORMULA = re.compile(r'(?<![^;\t\r\n"])(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])')


def lines(table: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[harmless(str(cell)) for cell in row] for row in table])
    return out.getvalue()


def harmless(cell: str) -> str:
    return _FORMULA.sub("'", cell)

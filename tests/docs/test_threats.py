"""Each threat to a receipt names the tests that stand against it, and they are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.docs.snippets import ROOT

PAGE = ROOT / "docs/concepts/threats.md"
VECTORS = ROOT / "openapi/vectors/receipts"
ROWS = [*(f"A{number}" for number in range(1, 14)), *(f"F{number}" for number in range(1, 14))]


def rows() -> Iterator[tuple[str, list[str]]]:
    """Each row's number with what it names."""
    for line in PAGE.read_text().splitlines():
        if found := re.match(r"\| ([AF]\d+) \|.*\|(.*)\|$", line):
            yield found[1], named(found[2])


def named(text: str) -> list[str]:
    """Tests as `path::name`, vectors as `folder/name`."""
    return re.findall(r"`([\w./-]+(?:::[^`]+|/[\w*]+))`", text)


def is_there(name: str) -> bool:
    path, _, test = name.partition("::")
    if not test:
        return any(VECTORS.glob(f"{name}.json"))
    said = (ROOT / path).read_text() if (ROOT / path).is_file() else ""
    return bool(re.search(rf"def {re.escape(test)}\(|test\([\"`]{re.escape(test)}[\"`:]", said))


def test_every_threat_has_a_row_that_names_a_test():
    found = list(rows())

    assert [row for row, _ in found] == ROWS
    assert [row for row, names in found if not names] == []


def test_every_test_that_the_page_names_is_there():
    assert [name for name in named(PAGE.read_text()) if not is_there(name)] == []


def test_every_vector_of_a_threat_is_named_in_its_row():
    listed = dict(rows())
    vectors = VECTORS.glob("*/[af][0-9]*_*.json")

    missed = {
        path.name
        for path in vectors
        if not any(
            path.match(f"{name}.json") for name in listed[path.name.partition("_")[0].upper()]
        )
    }
    assert missed == set()

"""YAML that parsers read differently is refused, with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.source import Fault, read


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "openapi.yaml").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("answers:\n  - no\n", "no is no string to every YAML parser"),
        ("on: 1\n", "the key on is not a string"),
        ("since: 2027-01-01\n", "2027-01-01 is no string"),
        ("responses:\n  200: {}\n", "the key 200 is not a string"),
        ("a: 1\na: 2\n", "the key a stands twice"),
        ("a: {task: Should we ship?, b: c: d}\n", "not readable as YAML"),
    ],
)
def test_ambiguous_yaml_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(Fault, match=r"openapi\.yaml at line") as caught:
        read(written(tmp_path, text))

    assert problem in str(caught.value)


@pytest.mark.parametrize("text", ["a: 'no'\n", "'200': {}\n", "a: '2027-01-01'\n", "a: true\n"])
def test_quoted_texts_and_plain_booleans_are_fine(tmp_path: Path, text: str) -> None:
    assert read(written(tmp_path, text)).files


def test_vectors_and_releases_are_no_part_of_the_description(tmp_path: Path) -> None:
    for folder in ("vectors", "released"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text("no: 200\n", "utf-8")

    assert set(read(written(tmp_path, "a: 1\n")).files) == {"openapi.yaml"}

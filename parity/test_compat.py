"""What redocly does not see in a changed contract, and that released bundles stay as they are."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen import bundle
from codegen.load import load
from parity import compat

MINI = Path(__file__).parents[1] / "codegen/tests/mini"
Document = dict[str, Any]


@pytest.fixture(scope="module")
def old() -> Document:
    return bundle.build(MINI)


def after(old: Document, change: Callable[[Document], object]) -> Document:
    new = copy.deepcopy(old)
    change(new)
    return new


def operation(document: Document, path: str, method: str) -> Document:
    found: Document = document["paths"][path][method]
    return found


def bump(version: str) -> Callable[[Document], None]:
    return lambda document: document["info"].update(version=version)


BREAKING = {
    "a scope more": (
        lambda d: operation(d, "/v1/notes", "post")["x-scopes"].append("notes:admin"),
        "createNote: needs the scopes notes:admin now",
    ),
    "another default": (
        lambda d: d["components"]["parameters"]["Limit"]["schema"].update(default=20),
        "listNotes: the default of limit was 50, is 20",
    ),
    "another client name": (
        lambda d: operation(d, "/v1/notes", "get")["x-sdk"].update(method="search"),
        "listNotes: x-sdk notes.list became notes.search",
    ),
    "a key for what was public": (
        lambda d: operation(d, "/healthz", "get").pop("security"),
        "getHealth: needs an API key now",
    ),
    "other pages": (
        lambda d: operation(d, "/v1/notes", "get").pop("x-pagination"),
        "listNotes: x-pagination changed",
    ),
    "another stream": (
        lambda d: operation(d, "/v1/notes/{note_id}/events/stream", "get")["x-stream"].update(
            resume_param="since"
        ),
        "streamNote: x-stream changed",
    ),
    "another job": (
        lambda d: operation(d, "/v1/notes", "post").pop("x-job"),
        "createNote: x-job changed",
    ),
    "an error code less": (
        lambda d: d["x-error-codes"].pop("unavailable"),
        "the error code unavailable is gone",
    ),
    "an error code with another status": (
        lambda d: d["x-error-codes"]["unavailable"].update(status=500),
        "the error code unavailable had status 503, has 500",
    ),
    "an error member less": (
        lambda d: d["x-error-codes"]["budget_exceeded"]["members"].pop("remaining_usd"),
        "the error code budget_exceeded lost remaining_usd",
    ),
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_break_that_redocly_does_not_see_is_named(name: str, old: Document) -> None:
    change, message = BREAKING[name]

    assert message in compat.breaks(load(old), load(after(old, change)))


def test_a_contract_may_follow_itself(old: Document) -> None:
    assert compat.compare(old, old) == []


def test_fewer_scopes_and_more_codes_are_no_break(old: Document) -> None:
    def change(document: Document) -> None:
        operation(document, "/v1/notes/check", "post")["x-errors"] = ["note_burnt"]
        codes = document["x-error-codes"]
        codes["note_burnt"] = {**codes["note_not_found"], "status": 422}

    assert compat.breaks(load(old), load(after(old, change))) == []


def test_a_removed_operation_is_refused(old: Document) -> None:
    def change(document: Document) -> None:
        del document["paths"]["/v1/notes/check"]
        bump("1.3.0")(document)

    removal, version = compat.compare(old, after(old, change))

    assert "Path `/v1/notes/check` was removed" in removal
    assert version == "info.version went from 1.2.0 to 1.3.0; these changes need a new major"


def test_an_addition_needs_a_new_minor_version(old: Document) -> None:
    def addition(document: Document) -> None:
        schema = document["components"]["schemas"]["Note"]
        schema["properties"]["mood"] = {"type": "string", "description": "How it feels."}

    def with_version(document: Document) -> None:
        addition(document)
        bump("1.3.0")(document)

    assert len(compat.compare(old, after(old, addition))) == 1
    assert compat.compare(old, after(old, with_version)) == []


def test_a_new_major_is_free(old: Document) -> None:
    def change(document: Document) -> None:
        del document["paths"]["/v1/notes/check"]
        bump("2.0.0")(document)

    assert compat.compare(old, after(old, change)) == []


@pytest.fixture
def released(tmp_path: Path) -> Path:
    lines = []
    for name in ("v1.10.0.json", "v1.9.0.json"):
        text = json.dumps({"name": name})
        (tmp_path / name).write_text(text, "utf-8")
        lines.append(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n")
    (tmp_path / "SHA256SUMS").write_text("".join(lines), "utf-8")
    return tmp_path


def test_releases_are_ordered_by_version_not_by_name(released: Path) -> None:
    assert [path.name for path in compat.releases(released)] == ["v1.9.0.json", "v1.10.0.json"]


def test_untouched_releases_are_fine(released: Path) -> None:
    assert list(compat.untouched(released)) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "v1.9.0.json").write_text("{}", "utf-8"),
        lambda folder: (folder / "v1.9.0.json").unlink(),
        lambda folder: (folder / "SHA256SUMS").write_text("", "utf-8"),
    ],
)
def test_a_touched_release_is_named(damage: Callable[[Path], object], released: Path) -> None:
    damage(released)

    assert any("v1.9.0.json" in line for line in compat.untouched(released))


def test_before_the_first_release_the_gate_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    if compat.RELEASED.is_dir() and compat.releases(compat.RELEASED):
        pytest.skip("something is released")

    assert compat.main([]) == 0
    assert "nothing is released yet" in capsys.readouterr().out


def test_the_gate_compares_with_the_last_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    current = bundle.build()
    scopes = operation(current, "/v1/debates", "post")["x-scopes"]
    scopes.clear()
    text = bundle.text(current)
    (tmp_path / "v3.0.0.json").write_text(text, "utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    (tmp_path / "SHA256SUMS").write_text(f"{digest}  v3.0.0.json\n", "utf-8")
    monkeypatch.setattr(compat, "RELEASED", tmp_path)

    assert compat.main([]) == 1
    said = capsys.readouterr().out
    assert "createDebate: needs the scopes debates:write now" in said
    assert "compared with v3.0.0.json: 1 objections" in said


def test_the_contract_of_an_older_revision_can_be_read() -> None:
    if not (MINI.parents[2] / ".git").exists():
        pytest.skip("no history in a source archive")
    found = compat.at_revision("HEAD")

    assert found is not None
    assert found["info"]["title"] == "Aragora"
    assert compat.at_revision("no-such-revision") is None

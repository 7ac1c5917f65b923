"""All receipts as a file: exported from a server, and audited without it."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pexpect
import pytest
from aragora.cli import exits, main

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.fixture
def receipt_id(
    signed_in: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    monkeypatch.chdir(tmp_path)
    assert main(["debate", "Ship the QUARTZ on Friday?", "--seed", "7"]) == exits.OK
    capsys.readouterr()
    assert main(["receipts", "list", "--limit", "1", "--json"]) == exits.OK
    found: str = json.loads(capsys.readouterr().out)["items"][0]["id"]
    return found


def test_an_archive_is_exported_and_audited_offline(
    receipt_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["receipts", "export", "--all", "--topic", "quartz"]) == exits.OK
    assert capsys.readouterr().out == "receipts.ndjson\n"

    whole = main(["log", "audit", "receipts.ndjson"])
    report = capsys.readouterr().out
    told = main(["log", "audit", "receipts.ndjson", "--json"])
    found = json.loads(capsys.readouterr().out)
    cut = Path("receipts.ndjson").read_bytes().splitlines(keepends=True)[:-1]
    Path("cut.ndjson").write_bytes(b"".join(cut))

    assert (whole, told) == (exits.OK, exits.OK)
    assert "VERIFIED" in report
    assert f"{found['receipts']} receipts, 0 deleted ones" in report
    assert found["receipts"] >= 1
    assert main(["log", "audit", "cut.ndjson"]) == exits.FAILED
    assert "FAILED · complete: " in capsys.readouterr().out
    assert receipt_id.encode() not in b"".join(cut[:1])
    assert main(["log", "audit", "nowhere.ndjson"]) == exits.USAGE
    Path("table.csv").write_text("id,issued_at\n")
    assert main(["log", "audit", "table.csv"]) == exits.USAGE


def test_a_table_of_what_the_filters_leave_is_written_where_it_is_asked_for(
    receipt_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["receipts", "export", "--all", "--format", "csv", "--outcome", "decided"]

    assert main([*asked, "--from", "2020-01-01", "-o", "all.csv"]) == exits.OK
    assert main([*asked, "--to", "2020-01-01", "-o", "none.csv"]) == exits.OK

    assert capsys.readouterr().out == "all.csv\nnone.csv\n"
    with Path("all.csv").open(newline="") as file:
        assert receipt_id in [row["id"] for row in csv.DictReader(file)]
    assert len(Path("none.csv").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    "argv",
    [
        ["--all", "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"],
        ["--all", "--format", "pdf"],
        ["01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e", "--format", "csv"],
        ["01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e", "--topic", "x"],
    ],
)
def test_what_does_not_go_together_is_wrong_usage(argv: list[str]) -> None:
    assert main(["receipts", "export", *argv]) == exits.USAGE


@pytest.mark.usefixtures("receipt_id")
def test_on_a_terminal_a_line_says_how_far_it_is() -> None:
    code = "import sys; from aragora.cli import main; sys.exit(main())"
    argv = ["-c", code, "receipts", "export", "--all"]

    shown = pexpect.spawn(sys.executable, argv, encoding="utf-8", timeout=60)
    shown.expect(r"\r[\d,]+( of [\d,]+)? records")
    shown.expect("receipts.ndjson")
    shown.expect(pexpect.EOF)
    shown.close()

    assert shown.exitstatus == exits.OK

"""The command against a real server, in process where a terminal is not needed."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import aragora
import pexpect
import pyte
import pytest
from aragora.cli import COMMANDS, exits, main, overview

from tests import backlog
from tests.serving import Server, free_port

QUESTION = "Ship on Friday?"
DEBATE = [
    "debate",
    QUESTION,
    "--option",
    "ship=Ship on Friday",
    "--option",
    "Wait for Monday",
    "--agents",
    "scripted:careful,scripted:steady",
    "--agents",
    "scripted:contrarian",
    "--seed",
    "7",
]
pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.fixture
def memo(tmp_path: Path) -> Path:
    path = tmp_path / "memo.md"
    path.write_text("# Release\n\nNobody is on call at the weekend.\n", "utf-8")
    return path


@pytest.fixture
def receipt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "build" / "receipt.json"
    assert main([*DEBATE, "--save-receipt", str(path)]) == exits.OK
    capsys.readouterr()
    return path


def spawn(server: Server, *argv: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {"ARAGORA_CREDENTIALS": str(server.home / "credentials.json"), **environment}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ARAGORA_")}
    return subprocess.run(
        [sys.executable, "-m", "aragora", *argv],
        env={**inherited, **own},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_debate_is_told_in_plain_lines_and_its_receipt_verified(
    memo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "receipt.json"

    code = main(
        [*DEBATE, "--document", str(memo), "--max-cost", "0.50", "--save-receipt", str(path)]
    )

    out = capsys.readouterr().out
    assert code == exits.OK
    for part in (
        "Question: Ship on Friday?",
        "Round 0",
        "Verdict:",
        "Dissent:",
        "Cost:",
        "VERIFIED",
    ):
        assert part in out
    assert main(["verify", str(path)]) == exits.OK


def test_a_debate_as_json_is_its_log(server: Server) -> None:
    done = spawn(server, *DEBATE, "--json")

    entries = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == exits.OK
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert {"debate.concluded", "receipt.issued"} <= {entry["type"] for entry in entries}
    assert "VERIFIED" in done.stderr


def test_a_debate_that_no_budget_allows_ends_with_6(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DEBATE, "--max-cost", "0.000001"]) == exits.BUDGET
    assert "budget_exceeded" in capsys.readouterr().err


def test_a_debate_has_the_tags_that_it_was_given() -> None:
    assert main([*DEBATE, "--tag", "checkout", "--tag", "q4"]) == exits.OK

    with aragora.Aragora() as client:
        (found,) = client.debates.list(tag="q4")
        assert found.tags == ["checkout", "q4"]


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["nope"],
        ["debate"],
        ["debate", QUESTION, "--nope"],
        ["debate", QUESTION, "extra"],
        ["debate", QUESTION, "--seed", "seven"],
        ["debate", " "],
        ["debate", QUESTION, "--document", "/nowhere.md"],
        ["debate", QUESTION, "--option", "???"],
        ["debate", QUESTION, "--protocol", "nope"],
        ["receipts"],
        ["receipts", "nope"],
        ["receipts", "list", "extra"],
        ["receipts", "list", "--limit", "0"],
        ["receipts", "export"],
        ["receipts", "export", "x", "--format", "docx"],
        ["budgets", "set", "x"],
        ["budgets", "set", "x", "much"],
        ["budgets", "set", "x", "1", "--period", "day"],
        ["costs"],
        ["costs", "no id"],
        ["usage", "--from", "yesterday"],
        ["usage", "--by", "moon"],
        ["jobs", "list", "--state", "lost"],
        ["jobs", "list", "--kind", "No Kind"],
        ["jobs", "retry"],
        ["jobs", "retry", "no id"],
        ["verify", "/nowhere.json"],
    ],
)
def test_wrong_usage_ends_with_2(argv: list[str]) -> None:
    assert main(argv) == exits.USAGE


@pytest.mark.parametrize("argv", [["verify"], ["verify", "a", "b"], ["verify", "a", "--nope"]])
def test_wrong_usage_of_verify_ends_with_2(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(argv)

    assert caught.value.code == exits.USAGE


def test_receipts_are_listed_and_shown(
    receipt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["receipts", "list", "--limit", "1", "--json"]) == exits.OK
    page = json.loads(capsys.readouterr().out)
    found = page["items"][0]

    assert main(["receipts", "list", "--limit", "1"]) == exits.OK
    assert found["id"] in capsys.readouterr().out
    copy = tmp_path / "copy.json"
    assert main(["receipts", "get", found["id"], "--save", str(copy)]) == exits.OK
    told = capsys.readouterr().out
    assert f"digest    {found['digest']}" in told
    assert f"log       leaf {found['log']['index']} of {found['log']['shard']}" in told
    assert copy.read_bytes() == receipt.read_bytes()
    assert main(["receipts", "get", found["id"], "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out)["debate_id"] == found["debate_id"]


def test_a_receipt_is_exported_under_its_own_name_or_another(
    receipt: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["receipts", "list", "--limit", "1", "--json"])
    found = json.loads(capsys.readouterr().out)["items"][0]["id"]
    monkeypatch.chdir(tmp_path)

    assert main(["receipts", "export", found]) == exits.OK
    assert main(["receipts", "export", found, "--format", "html"]) == exits.OK
    assert main(["receipts", "export", found, "--format", "markdown", "--output", "x"]) == exits.OK

    assert capsys.readouterr().out == f"{found}.json\n{found}.html\nx\n"
    assert Path(f"{found}.json").read_bytes() == receipt.read_bytes()
    assert Path(f"{found}.html").read_bytes().startswith(b"<!doctype html>")
    assert Path("x").read_bytes().startswith(b"Decision receipt")


def test_a_long_list_says_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        main(DEBATE)
    capsys.readouterr()

    main(["receipts", "list", "--limit", "1"])

    more = re.search(r"--cursor (\S+)", capsys.readouterr().out)
    assert more
    assert main(["receipts", "list", "--cursor", more[1]]) == exits.OK


def test_receipts_are_searched_and_a_topic_may_begin_like_an_option(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for _ in range(2):
        main(["debate", *DEBATE[2:], "--", "-- quartz --limit?"])
    capsys.readouterr()
    wanted = ["--participant=careful", "--from=2020-01-01", "--min-cost=0", "--limit=1"]

    assert main(["receipts", "search", *wanted, "--", "--QUART"]) == exits.OK
    first, more = capsys.readouterr().out.split("more: aragora ")

    assert main(["receipts", "search", "--json", *shlex.split(more)[2:]]) == exits.OK
    rest = json.loads(capsys.readouterr().out)
    assert rest["items"][0]["question"] == "-- quartz --limit?"
    assert rest["items"][0]["id"] not in first
    assert rest["next_cursor"] is None
    assert main(["receipts", "search", *wanted, "--to=2020-01-02", "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out)["items"] == []


def test_a_receipt_is_shared_with_what_is_named(
    receipt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del receipt  # made first, so that there is one
    main(["receipts", "list", "--limit", "1", "--json"])
    receipt_id = json.loads(capsys.readouterr().out)["items"][0]["id"]
    asked = ["receipts", "share", receipt_id, "--expires=2d", "--max-uses=3"]

    assert main([*asked, "--disclose=question", "--disclose=verdict"]) == exits.OK
    url, shows = capsys.readouterr().out.splitlines()

    token = url.partition("#")[2]
    with aragora.Aragora() as client:
        bundle = json.loads(client.share_links.open(token).content)
    assert len(bundle["disclosures"]) == 2
    assert shows.startswith("shows question, verdict; opens 3 times until ")
    assert main([*asked, "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out)["share_link"]["disclose"] == []
    assert main([*asked[:3], "--expires=soon"]) == exits.USAGE


def test_a_receipt_that_is_not_there_ends_with_5() -> None:
    assert main(["receipts", "get", "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"]) == exits.NOT_FOUND


def test_a_wrong_key_ends_with_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARAGORA_API_KEY", "ara_wrong")

    assert main(["receipts", "list"]) == exits.NOT_AUTHORISED
    assert "Set ARAGORA_API_KEY" in capsys.readouterr().err


def test_a_server_that_is_not_there_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARAGORA_API_KEY", "ara_k")
    monkeypatch.setenv("ARAGORA_BASE_URL", "http://127.0.0.1:9")

    assert main(["receipts", "list"]) == exits.FAILED
    assert "`aragora serve` starts one" in capsys.readouterr().err


def test_a_refusal_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["budgets", "set", "x", "much"]) == exits.USAGE

    assert capsys.readouterr().err.endswith(']\n  Write it like "12.50".\n')


def test_a_document_that_is_no_text_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\n\xe2\xe3\xcf\xd3")

    assert main(["debate", QUESTION, "--document", str(scan)]) == exits.USAGE
    assert "scan.pdf is not a text in UTF-8" in capsys.readouterr().err


def test_a_receipt_that_finds_no_place_is_refused_before_the_debate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*DEBATE, "--save-receipt", str(tmp_path)]) == exits.USAGE

    told = capsys.readouterr()
    assert f"cannot write {tmp_path}: Is a directory" in told.err
    assert told.out == ""


def test_a_debate_that_is_refused_leaves_no_receipt_file(tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"

    assert main([*DEBATE, "--max-cost", "0", "--save-receipt", str(path)]) == exits.BUDGET
    assert not path.exists()


def test_a_bundle_that_cannot_be_written_ends_with_2(
    receipt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["receipts", "list", "--limit", "1", "--json"])
    found = json.loads(capsys.readouterr().out)["items"][0]["id"]

    assert main(["receipts", "get", found, "--save", str(tmp_path)]) == exits.USAGE
    assert capsys.readouterr().err == f"aragora: {tmp_path}: Is a directory\n"


def test_a_budget_is_made_changed_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["budgets", "set", "team", "25", "--period", "total"]) == exits.OK
    assert capsys.readouterr().out == "team: 25 USD, 25 USD left\n"
    assert main(["budgets", "set", "team", "30", "--json"]) == exits.OK
    changed = json.loads(capsys.readouterr().out)
    assert (changed["limit_usd"], changed["period"]) == ("30", "total")
    assert main(["budgets", "set", "team", "30", "--period", "month"]) == exits.USAGE
    assert main(["budgets", "list"]) == exits.OK
    assert "team" in capsys.readouterr().out
    assert main(["budgets", "list", "--json"]) == exits.OK
    assert [b["name"] for b in json.loads(capsys.readouterr().out)["items"]] == ["team"]
    assert main(["budgets", "set", "other", "5", "--period", "total"]) == exits.USAGE
    assert "has the total budget 'team' already" in capsys.readouterr().err
    assert main(["budgets", "pause", "team"]) == exits.OK
    assert main(["budgets", "show", "team"]) == exits.OK
    shown = capsys.readouterr().out
    assert "team: paused" in shown
    assert "blocks at  100 %" in shown
    assert main([*DEBATE]) == exits.BUDGET
    assert "budget_paused" in capsys.readouterr().err
    assert main(["budgets", "resume", "team"]) == exits.OK
    assert main(["budgets", "alerts", "team"]) == exits.OK
    assert "KIND" in capsys.readouterr().out
    assert main(["budgets", "show", "nobody"]) == exits.USAGE
    assert main(["budgets", "check", "31"]) == exits.BUDGET
    assert "team: budget_exceeded" in capsys.readouterr().out
    until = ["--until", "2099-12-31T00:00:00Z", "--reason", "the audit is due"]
    assert main(["budgets", "override", "team", "5", *until]) == exits.OK
    assert main(["budgets", "check", "31"]) == exits.OK
    assert "admitted, 35 USD left" in capsys.readouterr().out
    weekly = ["budgets", "set", "weekly", "5", "--period", "week", "--timezone", "Asia/Tokyo"]
    assert main([*weekly, "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out)["timezone"] == "Asia/Tokyo"
    assert main([*weekly[:-1], "UTC"]) == exits.USAGE
    assert "has the timezone Asia/Tokyo, which stays" in capsys.readouterr().err
    assert main(["budgets", "audit"]) == exits.OK
    assert " receipts and the ledger agree\n" in capsys.readouterr().out


def test_the_terms_of_a_budget_are_set(capsys: pytest.CaptureFixture[str]) -> None:
    terms = ["--warn", "50", "--warn", "90", "--block", "120", "--unpriced", "allow"]
    assert main(["budgets", "set", "terms", "25", *terms, "--json"]) == exits.OK
    made = json.loads(capsys.readouterr().out)
    assert (made["warn_at_percent"], made["block_at_percent"]) == ([50, 90], 120)
    assert made["unpriced"] == "allow"

    assert main(["budgets", "set", "terms", "26", "--block", "never"]) == exits.OK
    assert capsys.readouterr().out == "terms: 26 USD, no end\n"
    assert main(["budgets", "show", "terms"]) == exits.OK
    shown = capsys.readouterr().out
    assert "warns at   50 %, 90 %" in shown
    assert "blocks at  never" in shown
    assert "unpriced   allow" in shown
    assert main(["budgets", "set", "terms", "26", "--unpriced", "refuse", "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out)["unpriced"] == "refuse"
    assert main(["budgets", "set", "terms", "26", "--block", "half"]) == exits.USAGE
    assert main(["budgets", "close", "terms"]) == exits.OK


def test_the_cost_of_a_debate_is_shown(receipt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with aragora.Aragora() as client:
        debate = next(iter(client.debates.list()))

    assert main(["costs", debate.id, "--calls"]) == exits.OK
    shown = capsys.readouterr().out
    assert main(["costs", debate.id, "--json"]) == exits.OK

    told = json.loads(capsys.readouterr().out)
    assert told["total"]["cost_usd"] == debate.usage.cost_usd
    assert re.search(rf"^total .* {re.escape(debate.usage.cost_usd)} ", shown, re.M)
    assert shown.count(" settled ") == len(told["by_call"])


def test_usage_is_shown_as_table_csv_and_json(
    receipt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["usage", "--by", "model"]) == exits.OK
    shown = capsys.readouterr().out
    assert main(["usage"]) == exits.OK
    by_day = capsys.readouterr().out
    assert main(["usage", "--json"]) == exits.OK
    told = json.loads(capsys.readouterr().out)
    assert main(["usage", "--csv"]) == exits.OK
    table = capsys.readouterr().out.splitlines()
    assert main(["usage", "forecast"]) == exits.OK
    capsys.readouterr()
    assumed = ["--minutes", "30", "--people", "4", "--hourly-rate", "60"]
    assert main(["usage", "roi", *assumed]) == exits.OK
    saved = capsys.readouterr().out
    assert "You assume 30 minutes of 4 people a decision, at 60 USD an hour." in saved
    with aragora.Aragora() as client:
        kept = client.receipts.list(limit=1).items[0].id
    said = ["receipts", "feedback", kept]
    assert main([*said, "--outcome", "held"]) == exits.USAGE
    assert main([*said, "--useful", "--outcome", "held", "--comment", "Shipped."]) == exits.OK
    capsys.readouterr()
    assert main(said) == exits.OK
    assert re.search(r"useful +held +Shipped\.$", capsys.readouterr().out, re.M)
    assert main(["usage", "--from", "2026-02-30"]) == exits.USAGE

    assert "scripted:careful" in shown
    assert re.search(r"^Cost by day: [▁-█]+$", by_day, re.M)
    assert table[0].startswith("day,label,calls,")
    assert table[-1].split(",")[-2] == told["total"]["cost_usd"]
    assert len(table) == len(told["groups"]) + 3


def test_a_dead_job_is_listed_and_retried(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    job_id = asyncio.run(backlog.bury(f"sqlite:///{server.home}/data/aragora.db"))

    assert main(["jobs", "list", "--state", "dead"]) == exits.OK
    assert re.search(rf"^{job_id}  {backlog.KIND}  dead   10 ", capsys.readouterr().out, re.M)
    assert main(["jobs", "list", "--kind", backlog.KIND, "--json"]) == exits.OK
    assert [job["id"] for job in json.loads(capsys.readouterr().out)["items"]] == [job_id]
    assert main(["jobs", "retry", job_id, "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out)["state"] == "due"
    assert main(["jobs", "retry", job_id]) == exits.FAILED
    assert "job_not_dead" in capsys.readouterr().err
    assert main(["jobs", "list", "--state", "dead"]) == exits.OK
    assert job_id not in capsys.readouterr().out


def test_a_job_that_is_not_there_ends_with_5() -> None:
    assert main(["jobs", "retry", "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"]) == exits.NOT_FOUND


def test_a_long_list_of_jobs_says_how_to_go_on(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        asyncio.run(backlog.bury(f"sqlite:///{server.home}/data/aragora.db"))

    main(["jobs", "list", "--state", "dead", "--limit", "1"])

    more = re.search(
        r"more: aragora (jobs list --state dead --cursor \S+)", capsys.readouterr().out
    )
    assert more
    assert main(more[1].split()) == exits.OK


def test_a_changed_receipt_ends_with_1(receipt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = json.loads(receipt.read_text())
    signature = bundle["dsse"]["signatures"][0]
    signature["sig"] = ("B" if signature["sig"][0] == "A" else "A") + signature["sig"][1:]
    receipt.write_text(json.dumps(bundle))

    assert main(["verify", str(receipt)]) == exits.FAILED
    assert "signature" in capsys.readouterr().out.splitlines()[-1]


def test_a_truncated_receipt_ends_with_2(receipt: Path) -> None:
    receipt.write_bytes(receipt.read_bytes()[:-50])

    assert main(["verify", str(receipt)]) == exits.USAGE


def test_without_a_pinned_key_it_ends_with_3(
    receipt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARAGORA_CREDENTIALS", str(tmp_path / "none.json"))

    assert main(["verify", str(receipt)]) == exits.NOT_VERIFIED


def test_keys_come_from_a_file_when_it_is_named(
    receipt: Path, signed_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(json.loads(signed_in.read_text())["receipt_keys"]))

    assert main(["verify", str(receipt), "--keys", str(keys), "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out)["verdict"] == "verified"
    keys.write_text("{}")
    assert main(["verify", str(receipt), "--keys", str(keys)]) == exits.USAGE


def test_a_receipt_is_verified_from_standard_input(receipt: Path, server: Server) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aragora", "verify", "-"],
        env={**os.environ, "ARAGORA_CREDENTIALS": str(server.home / "credentials.json")},
        input=receipt.read_bytes(),
        check=False,
        capture_output=True,
        timeout=60,
    )

    assert done.returncode == exits.OK
    assert b"VERIFIED" in done.stdout


def test_help_names_every_command_and_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == exits.OK

    out = capsys.readouterr().out
    assert out == overview() + "\n"
    for name in ("serve", "worker", "keys", "index", *COMMANDS):
        assert re.search(rf"^  {name} ", out, re.MULTILINE)
    for code in exits.MEANINGS:
        assert re.search(rf"^ +{code}  ", out, re.MULTILINE)


@pytest.mark.parametrize(
    "argv",
    [["debate"], ["receipts", "list"], ["budgets", "set"], ["jobs", "list"], ["jobs", "retry"]],
)
def test_every_command_explains_itself(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*argv, "--help"]) == exits.OK
    assert "--json" in capsys.readouterr().out


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == exits.OK
    assert capsys.readouterr().out == f"aragora {aragora.__version__}\n"


def test_help_loads_nothing(server: Server) -> None:
    code = "import sys; from aragora.cli import main; main(['--help']); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()

    assert not {"typer", "rich", "httpx2", "pydantic", "click", "importlib.metadata"} & set(loaded)


@pytest.mark.parametrize("name", ["debate", "receipts", "budgets"])
def test_without_the_extra_the_message_names_it(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in [m for m in sys.modules if m.startswith("aragora.cli.")]:
        if module not in {"aragora.cli.exits", "aragora.cli.verify"}:
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "typer", None)

    assert main([name, "list"]) == exits.USAGE
    assert "pip install 'aragora[cli]'" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["serve", "worker", "keys"])
def test_without_the_server_its_commands_name_it(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: ())

    assert main([name]) == exits.USAGE
    assert (
        f"`aragora {name}` needs the server: pip install aragora-server" in capsys.readouterr().err
    )


@pytest.mark.parametrize("name", ["serve", "worker", "keys"])
def test_the_servers_commands_come_from_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])

    assert caught.value.code == 0
    assert f"aragora {name}" in capsys.readouterr().out


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("aragora.cli._dispatch", interrupt)

    assert main(["debate"]) == exits.INTERRUPTED


def test_a_fault_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr("aragora.cli._dispatch", fail)

    with pytest.raises(ZeroDivisionError):
        main(["debate"])


def test_a_reader_that_has_enough_ends_it_quietly(server: Server) -> None:
    command = f"{sys.executable} -m aragora debate '{QUESTION}' --json | head -n 1"
    environment = {**os.environ, "ARAGORA_CREDENTIALS": str(server.home / "credentials.json")}
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert json.loads(done.stdout)["type"] == "debate.created"
    assert "Traceback" not in done.stderr


class Terminal:
    """A real pty with a screen behind it."""

    def __init__(self, server: Server, *argv: str, **environment: str) -> None:
        own = {
            "ARAGORA_CREDENTIALS": str(server.home / "credentials.json"),
            "TERM": "xterm-256color",
        }
        plain = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "TERM"}}
        self.screen = pyte.HistoryScreen(100, 50, history=1000)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "aragora", *argv],
            env={**plain, **own, **environment},
            dimensions=(50, 100),
            timeout=60,
            # As in a terminal, even where whoever runs the tests does not hear Ctrl-C.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )

    def read(self) -> int | None:
        while True:
            try:
                piece = self.child.read_nonblocking(65536, timeout=60)
            except pexpect.EOF:
                self.child.close()
                return self.child.exitstatus
            self.raw += piece
            self._stream.feed(piece)

    def text(self) -> str:
        above = ["".join(row[x].data for x in range(100)) for row in self.screen.history.top]
        return "\n".join(line.rstrip() for line in [*above, *self.screen.display])


def test_a_terminal_shows_the_debate_live(server: Server) -> None:
    terminal = Terminal(server, *DEBATE)

    assert terminal.read() == exits.OK
    text = terminal.text()
    assert b"\x1b[" in terminal.raw
    for part in (
        "╭─ ARAGORA",
        QUESTION,
        "Round 0",
        "VERDICT",
        "DISSENT",
        "TOKENS",
        "COST",
        "✔ VERIFIED",
    ):
        assert part in text
    # What was only at the bottom while somebody was thinking is gone.
    assert "is thinking" not in text


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_no_colour_gets_plain_lines(
    server: Server, environment: dict[str, str]
) -> None:
    terminal = Terminal(server, *DEBATE, **environment)

    assert terminal.read() == exits.OK
    assert b"\x1b[" not in terminal.raw
    assert "Verdict:" in terminal.text()


def test_verify_colours_its_verdict_only_in_a_terminal(server: Server, receipt: Path) -> None:
    terminal = Terminal(server, "verify", str(receipt))

    assert terminal.read() == exits.OK
    assert b"\x1b[1;32mVERIFIED\x1b[0m" in terminal.raw


def test_ctrl_c_leaves_the_debate_running(server: Server, tmp_path: Path) -> None:
    slow = Server(tmp_path, settings={"ARAGORA_SCRIPTED_PACE_S": "5"}).start()
    try:
        terminal = Terminal(slow, *DEBATE)
        terminal.child.expect("Round 0")
        time.sleep(1)  # now it waits: pydantic takes an interrupt within a decimal for a bad one
        terminal.child.sendintr()
        terminal.child.expect("goes on without you")
        assert terminal.read() == exits.INTERRUPTED
    finally:
        slow.stop()


def test_an_audit_of_what_cannot_be_read_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare, keys = tmp_path / "bare.json", tmp_path / "keys.json"
    bare.write_text('{"v":1}')
    keys.write_text("[]")
    nobody = ["--base-url", f"http://127.0.0.1:{free_port()}", "--keys", str(keys)]

    assert main(["log", "audit", *nobody]) == exits.USAGE
    assert "/checkpoint:" in capsys.readouterr().err
    assert main(["log", "audit", *nobody, "--receipt", str(bare)]) == exits.USAGE
    assert "has no leaf of a log" in capsys.readouterr().err

"""What `make demo` shows, and what becomes of its receipt when somebody touches it."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CHECKS = "checks"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The demonstration, run once: (what it printed, its folder)."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "examples/python/demo.py", "--folder", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, folder


@pytest.fixture
def receipt(demo) -> Path:
    return demo[1] / "receipt.json"


def verify(folder: Path, path: Path, *options: str) -> tuple[int, dict[str, Any]]:
    environment = {**os.environ, "ARAGORA_CREDENTIALS": str(folder / "credentials.json")}
    done = subprocess.run(
        [sys.executable, "-m", "aragora", "verify", str(path), "--json", *options],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout)


def failed(report: dict[str, Any]) -> list[str]:
    return [check["name"] for check in report[CHECKS] if check["result"] == "fail"]


def changed(receipt: Path, tmp_path: Path, change) -> Path:
    bundle = json.loads(receipt.read_text())
    change(bundle)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(bundle))
    return path


def test_it_shows_a_debate_from_the_question_to_the_verified_receipt(demo):
    shown, folder = demo

    for part in ("Question:", "Round 0", "Verdict:", "Dissent:", "Tokens:", "Cost:", "VERIFIED"):
        assert part in shown, shown
    assert len({line.split()[0] for line in shown.splitlines() if " argues for " in line}) >= 3
    assert (folder / "receipt.json").exists()


def test_its_receipt_verifies_offline(demo, receipt):
    code, report = verify(demo[1], receipt)

    assert (code, report["verdict"]) == (0, "verified")
    found = {check["name"]: check["result"] for check in report[CHECKS]}
    assert [found[name] for name in ("leaf", "inclusion", "checkpoint")] == ["pass"] * 3


@pytest.mark.parametrize("position", [0, 0.25, 0.5, 0.75, 0.999])
def test_a_changed_byte_of_the_payload_fails_and_names_the_check(demo, receipt, tmp_path, position):
    def flip(bundle: dict[str, Any]) -> None:
        payload = bytearray(base64.b64decode(bundle["dsse"]["payload"]))
        payload[int(position * len(payload))] ^= 1
        bundle["dsse"]["payload"] = base64.b64encode(payload).decode()

    code, report = verify(demo[1], changed(receipt, tmp_path, flip))

    assert code == 1
    assert "signature" in failed(report)


def test_a_changed_signature_or_key_id_fails(demo, receipt, tmp_path):
    def flip_signature(bundle: dict[str, Any]) -> None:
        signature = bytearray(base64.b64decode(bundle["dsse"]["signatures"][0]["sig"]))
        signature[7] ^= 1
        bundle["dsse"]["signatures"][0]["sig"] = base64.b64encode(signature).decode()

    def flip_key_id(bundle: dict[str, Any]) -> None:
        keyid = bundle["dsse"]["signatures"][0]["keyid"]
        bundle["dsse"]["signatures"][0]["keyid"] = ("0" if keyid[0] != "0" else "1") + keyid[1:]

    for change in (flip_signature, flip_key_id):
        code, report = verify(demo[1], changed(receipt, tmp_path, change))

        assert code == 1
        assert failed(report), report


def test_a_file_that_is_no_bundle_is_unreadable(demo, receipt, tmp_path):
    truncated, prose = tmp_path / "truncated.json", tmp_path / "prose.json"
    truncated.write_bytes(receipt.read_bytes()[:-40])
    prose.write_text("The debate went well.")

    assert verify(demo[1], truncated)[0] == 2
    assert verify(demo[1], prose)[0] == 2


def test_without_a_pinned_key_nothing_is_verified(tmp_path, receipt):
    code, report = verify(tmp_path, receipt)

    assert (code, report["verdict"]) == (3, "not_verified")

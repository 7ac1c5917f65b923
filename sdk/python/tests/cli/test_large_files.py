"""`aragora verify` and files that are made to hurt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from aragora.cli import exits, main

HUGE = 1 << 40


@pytest.fixture(autouse=True)
def no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARAGORA_CREDENTIALS", str(tmp_path / "none.json"))


@pytest.mark.parametrize("head", [b"", b"{", b"%PDF-"])
def test_a_file_without_an_end_is_not_read_to_its_end(
    head: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "huge.json"
    path.write_bytes(head)
    os.truncate(path, HUGE)  # takes no room, but nobody can hold it

    code = main(["verify", str(path)])

    assert code == (exits.USAGE if head == b"%PDF-" else exits.FAILED)
    assert "is larger than" in capsys.readouterr().out


@pytest.mark.parametrize("piece", [b"[", b'{"v":', b'"\\', b"1"])
def test_a_hundred_megabytes_from_a_pipe_are_refused(piece: bytes) -> None:
    content = piece * (100_000_000 // len(piece))

    done = subprocess.run(
        [sys.executable, "-m", "aragora", "verify", "-"],
        input=content, capture_output=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == exits.FAILED
    assert b"is larger than" in done.stdout

"""Type checkers see what we promise, and refuse what we do not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).parent / "typing/samples.py"
REFUSED = {
    number
    for number, line in enumerate(SAMPLES.read_text("utf-8").splitlines(), 1)
    if line.endswith("# refused")
}


def test_pyright_refuses_exactly_the_marked_lines() -> None:
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(
        [*command, str(SAMPLES)], capture_output=True, text=True, check=False, timeout=300
    )

    found = json.loads(done.stdout)["generalDiagnostics"]
    errors = {entry["range"]["start"]["line"] + 1 for entry in found}
    assert errors == REFUSED, found


def test_mypy_refuses_exactly_the_marked_lines() -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
    done = subprocess.run(
        [*command, str(SAMPLES)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=SAMPLES.parents[4],
    )

    found = re.findall(r"samples\.py:(\d+): error", done.stdout)
    assert {int(line) for line in found} == REFUSED, done.stdout

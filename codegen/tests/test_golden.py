"""The small contract gives exactly the files in `golden/`, whatever the hash seed.

After a wanted change of an emitter:
`python -m codegen --openapi codegen/tests/mini --root codegen/tests/golden`, and read the diff.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from codegen import bundle, outputs
from codegen.__main__ import render
from codegen.load import load

HERE = Path(__file__).parent


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_small_contract_gives_the_golden_files(seed: int) -> None:
    where = ["--openapi", str(HERE / "mini"), "--root", str(HERE / "golden")]

    done = subprocess.run(
        [sys.executable, "-m", "codegen", "--check", *where],
        cwd=HERE.parents[1],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_an_added_operation_changes_all_four_targets(tmp_path: Path) -> None:
    contract = shutil.copytree(HERE / "mini", tmp_path / "openapi")
    system = contract / "paths/system.yaml"
    health, _, _ = system.read_text("utf-8").partition("\nmetrics:")
    added = health.replace("health:", "\nlife:", 1)
    added = added.replace("getHealth", "getLife").replace("method: health", "method: life")
    system.write_text(system.read_text("utf-8") + added, "utf-8")
    entry = contract / "openapi.yaml"
    path = "  /v1/life:\n    $ref: paths/system.yaml#/life\n"
    entry.write_text(entry.read_text("utf-8").replace("paths:\n", f"paths:\n{path}"), "utf-8")

    files = render(load(bundle.build(contract)), list(outputs.TARGETS))

    golden = outputs.Tree.read(HERE / "golden")
    changed = [path for path, text in files.items() if golden.text(path) != text]
    for target, folders in outputs.TARGETS.items():
        assert any(path.startswith(folders) for path in changed), target

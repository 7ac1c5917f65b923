"""The small contract gives exactly the files in `golden/`, whatever the hash seed.

After a wanted change of an emitter:
`python -m codegen --openapi codegen/tests/mini --root codegen/tests/golden`, and read the diff.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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

"""Environments with the peers: built once, apart from ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path("build/bench").absolute()


def python() -> str:
    """The interpreter of the peers' clients; installs them at first."""
    return _with("peers", "openai==3.54.0", "aragora-sdk==2.11.0")


def original() -> str:
    """The interpreter of the original, whose package has the name of ours."""
    return _with("original", "aragora==2.11.1")


def _with(name: str, *packages: str) -> str:
    interpreter = FOLDER / name / "bin" / "python"
    if not interpreter.exists():
        uv = str(Path(sys.executable).with_name("uv"))
        venv = [uv, "venv", "--quiet", "--python", sys.executable, FOLDER / name]
        subprocess.run(venv, check=True)
        install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", interpreter]
        try:
            subprocess.run([*install, *packages], check=True)
        except subprocess.CalledProcessError:
            shutil.rmtree(FOLDER / name)  # half an environment would be taken for a whole one
            raise
    return str(interpreter)

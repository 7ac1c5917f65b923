"""An environment with the peers: built once, apart from ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path("build/bench/peers").absolute()
PACKAGES = ("openai==3.54.0", "aragora-sdk==2.11.0")


def python() -> str:
    """The peers' interpreter; installs them at first."""
    interpreter = FOLDER / "bin" / "python"
    if not interpreter.exists():
        uv = str(Path(sys.executable).with_name("uv"))
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, FOLDER], check=True)
        install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", interpreter]
        subprocess.run([*install, *PACKAGES], check=True)
    return str(interpreter)

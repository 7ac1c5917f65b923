"""Settings are documented, and what is documented is read."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\b(?:ARAGORA_[A-Z_]+[A-Z]|[A-Z]+_API_KEY)\b")


def test_every_setting_is_documented_and_every_documented_setting_is_read():
    code = (ROOT / "server/src/aragora_server/settings.py").read_text()
    page = (ROOT / "docs/operate/running.md").read_text()
    table = "\n".join(line for line in page.splitlines() if line.startswith("| `"))

    read = {name for name in NAME.findall(code) if name != "ARAGORA_X_FILE"} - {"ARAGORA_X"}

    assert set(NAME.findall(table)) == read


def test_only_the_settings_read_the_environment():
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "server/src").rglob("*.py")
        if re.search(r"os\.environ|os\.getenv", path.read_text())
    }

    commands = {
        f"server/src/aragora_server/{name}.py"
        for name in ("cli", "worker", "keys_command", "index_command", "__main__")
    }
    assert readers <= commands

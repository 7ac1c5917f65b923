"""Takes the picture `alert.png` of a letter, as a mail program shows it.

Run `python docs/images/letter.py` with `chromium` on the path.
"""

from __future__ import annotations

import subprocess
import tempfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from aragora_server.mail.letters import Letters

PICTURE = Path(__file__).with_name("alert.png")
LETTERS = Letters(sender="Aragora <alerts@example.com>", public_url="https://aragora.example")
EVENT: dict[str, Any] = {
    "type": "budget.exhausted",
    "timestamp": "2026-11-22T09:30:00.000Z",
    "workspace_id": "01943f6d-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    "data": {
        "budget": {
            "id": "01943f70-5d1e-7c44-a3b2-90fe12ab34cd",
            "name": "Team budget",
            "scope": "workspace",
            "scope_id": None,
            "period_start": "2026-11-01T00:00:00.000Z",
            "period_end": "2026-12-01T00:00:00.000Z",
            "limit_usd": "25",
            "spent_usd": "24.92",
            "held_usd": "0",
            "remaining_usd": "0.08",
        },
        "needed_usd": "0.12",
    },
}


def letter() -> EmailMessage:
    return LETTERS.letter(to="ada@example.com", key="alert-1", event=EVENT)


def part(kind: str) -> str:
    """The letter as `plain` or as `html`."""
    return str(cast(EmailMessage, letter().get_body((kind,))).get_content())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "letter.html"
        page.write_text(part("html"), "utf-8")
        options = "--headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=700,760"
        command = ["chromium", *options.split(), f"--screenshot={PICTURE}", page.as_uri()]
        subprocess.run(command, check=True)  # noqa: S603 - a fixed program


if __name__ == "__main__":
    main()

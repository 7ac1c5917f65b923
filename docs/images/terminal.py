"""Draws `debate.svg`: a debate on a running server, as a terminal shows it.

Start `aragora serve`, then run `python docs/images/terminal.py`.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from aragora import Aragora, read_credentials
from aragora.cli.board import Board
from aragora.cli.live import LiveView
from aragora.receipts import PinnedKeys, verify
from rich.console import Console

QUESTION = "Should the release go out on Friday?"
OPTIONS = [
    {"id": "friday", "label": "Ship on Friday"},
    {"id": "monday", "label": "Wait for Monday"},
]
MEMO = "# Release\n\nNobody is on call at the weekend.\n\nA rollback takes four minutes.\n"
WIDTH = 96


def main() -> None:
    console = Console(record=True, width=WIDTH, file=io.StringIO(), highlight=False)
    view = LiveView(console)
    with Aragora() as client:
        run = client.debates.start(
            question=QUESTION,
            options=OPTIONS,
            documents=[{"name": "memo.md", "media_type": "text/markdown", "text": MEMO}],
            seed=11,
        )
        view.opened(Board.of(run.debate or run.refresh()))
        for event in run.events():
            view.show(event)
        view.over()
        keys = PinnedKeys.of(list(read_credentials().receipt_keys))
        view.receipt(verify(run.receipt().read(), keys=keys), "receipt.json")
    title = f'aragora debate "{QUESTION}" --document memo.md'
    target = Path(__file__).with_name("debate.svg")
    svg = console.export_svg(title=title)
    # The picture must not load fonts from elsewhere; the terminal's own will do.
    target.write_text(re.sub(r"@font-face \{[^}]*\}", "", svg), "utf-8")


if __name__ == "__main__":
    main()

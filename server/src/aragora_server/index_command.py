"""`aragora index rebuild`: make anew what receipts are found by."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

from .lifecycle import opened
from .settings import Settings
from .starting import REFUSALS, logs_of, refuse, run_to_its_end, say


def index(argv: Sequence[str] | None = None) -> int:
    """0: done; 2: it cannot be done, and why is on stderr."""
    options = _parser().parse_args(argv)
    try:
        settings = Settings.chosen(os.environ, options.data_dir)
    except REFUSALS as fault:
        return refuse("index", fault)
    with logs_of(settings):
        return run_to_its_end("index", settings, lambda: _rebuild(settings, as_json=options.json))


async def _rebuild(settings: Settings, *, as_json: bool) -> None:
    async with opened(settings) as services:
        number = await services.receipts.rebuild_index()
    told = json.dumps({"receipts": number}) if as_json else f"receipts entered anew: {number}"
    say(told)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aragora index",
        description="The search index of the server whose data directory this is. With SQLite, stop"
        " the server first; on PostgreSQL it goes on, and answers are right all the while.",
    )
    parser.add_argument("--data-dir", type=Path, help="the server's data directory")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    commands = parser.add_subparsers(required=True, metavar="rebuild")
    commands.add_parser("rebuild", help="make it anew from all receipts and their texts")
    return parser

"""`aragora keys`: what the operator of a server does with its signing keys."""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from .kernel.db import Tx
from .lifecycle import opened
from .receipts.custody import Custody
from .receipts.signing import KeyUnknown
from .services import Services
from .settings import Settings
from .starting import REFUSALS, logs_of, refuse, run_to_its_end, say

REASON = re.compile(r"[a-z0-9_]{1,64}")
Change = Callable[[Custody, Tx], Awaitable[str]]


def keys(argv: Sequence[str] | None = None) -> int:
    """0: done; 2: it cannot be done, and why is on stderr."""
    options = _parser().parse_args(argv)
    try:
        settings = Settings.chosen(os.environ, options.data_dir)
    except REFUSALS as fault:
        return refuse("keys", fault)
    with logs_of(settings):
        return run_to_its_end("keys", settings, lambda: options.run(settings, options))


async def _list(settings: Settings, options: argparse.Namespace) -> None:
    async with opened(settings) as services:
        directory = await services.receipts.published.directory()
    if options.json:
        say(json.dumps(directory))
        return
    for key in directory["keys"]:
        say(f"{key['status']:<8} {key['kind']:<8} {key['created_at']}  {key['key_id']}")


async def _rotate(settings: Settings, options: argparse.Namespace) -> None:
    async with opened(settings) as services:
        made = await _change(services, lambda custody, tx: custody.rotate(tx, services.clock()))
    say(json.dumps({"key_id": made}) if options.json else f"From now on {made} signs")


async def _revoke(settings: Settings, options: argparse.Namespace) -> None:
    async with opened(settings) as services:

        async def change(custody: Custody, tx: Tx) -> str:
            since = await _since(services, tx, options.since_receipt)
            now, reason = services.clock(), options.reason
            await custody.revoke(tx, options.key_id, now, reason=reason, since=since)
            return str(options.key_id)

        revoked = await _change(services, change)
    said = f"From {options.since_receipt or 'its first receipt'} on {revoked} counts no more"
    say(json.dumps({"key_id": revoked}) if options.json else said)


async def _since(services: Services, tx: Tx, receipt_id: str | None) -> dict[str, Any] | None:
    """The place of the first receipt that nobody should believe any more."""
    if receipt_id is None:
        return None
    place = (await services.receipts.log.places(tx, [receipt_id])).get(receipt_id)
    if place is None:
        raise KeyUnknown(f"the log has no receipt {receipt_id}")
    origin = services.receipts.seal.log_signer(place.shard).origin
    return {"origin": origin, "index": place.index}


async def _change(services: Services, change: Change) -> str:
    custody = services.receipts.seal.custody
    return await services.db.run(lambda tx: change(custody, tx))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aragora keys",
        description="The signing keys of the server whose data directory this is. With SQLite, stop"
        " the server first.",
    )
    parser.add_argument("--data-dir", type=Path, help="the server's data directory")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    commands = parser.add_subparsers(required=True, metavar="list | rotate | revoke")
    commands.add_parser("list", help="all keys and what became of them").set_defaults(run=_list)
    rotate = commands.add_parser("rotate", help="sign with a new key, and retire the others")
    rotate.set_defaults(run=_rotate)
    revoke = commands.add_parser("revoke", help="say that nothing counts that a key signed")
    revoke.add_argument("key_id", metavar="KEY_ID")
    revoke.add_argument("--reason", required=True, type=_reason, help="such as key_leaked")
    revoke.add_argument(
        "--since-receipt",
        metavar="ID",
        help="the first receipt that counts no more; without it none does",
    )
    revoke.set_defaults(run=_revoke)
    return parser


def _reason(text: str) -> str:
    if not REASON.fullmatch(text):
        raise argparse.ArgumentTypeError("small letters, digits and underscores")
    return text

"""`aragora log audit`: rebuild a whole log from nothing, a server's or that of an archive."""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from aragora.cli import exits
from aragora.cli.escapes import harmless, harmless_json
from aragora.cli.verify import pinned_keys, report, wants_colour
from aragora.receipts import KeyFileError, PinnedKeys
from aragora.receipts.audit import Audit, AuditFailed, LogUnknown, Read, audit


class Unusable(Exception):
    """A file or an address that cannot be read."""


def run(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        keys = pinned_keys(options.keys)
        if options.archive:
            return _archive(options.archive, keys, as_json=options.json)
        leaves = [_leaf(path) for path in options.receipt]
        since = Path(options.since).read_text("utf-8") if options.since else None
        with _log_at(options.base_url, options.shard) as read:
            found = audit(read, keys.logs, shard=options.shard, since=since, leaves=leaves)
        if options.save:
            Path(options.save).write_text(found.note, "utf-8")
    except AuditFailed as fault:
        return _told(f"FAILED · {fault}", exits.FAILED)
    except LogUnknown as fault:
        return _told(f"NOT VERIFIED · {fault}", exits.NOT_VERIFIED)
    except (OSError, KeyFileError, Unusable) as error:
        return _told(f"aragora: {exits.told(error)}", exits.USAGE)
    sys.stdout.write(_report(found, as_json=options.json))
    return exits.OK


def _archive(path: str, keys: PinnedKeys, *, as_json: bool) -> int:
    from aragora.receipts.archive import audit_archive

    with open(path, "rb") as file:
        found = audit_archive(file, keys=keys)
    if as_json:
        sys.stdout.write(harmless_json(json.dumps(found.to_dict())) + "\n")
        return found.exit_code
    told = [
        *(f"log {log.origin} · {log.size} leaves\n  root {log.root.hex()}" for log in found.logs),
        f"{found.receipts} receipts, {found.deleted} deleted ones, {found.elsewhere} elsewhere",
    ]
    told = [] if found.verdict == "unreadable" else told
    sys.stdout.write(report(found, in_colour=wants_colour()))
    sys.stdout.write("".join(harmless(line) + "\n" for line in told))
    return found.exit_code


def _leaf(path: str) -> bytes:
    """The entry that a bundle says is its own; `aragora verify` says whether that is so."""
    try:
        return base64.b64decode(json.loads(Path(path).read_bytes())["leaf"], validate=True)
    except (ValueError, KeyError, TypeError):
        raise Unusable(f"{path} has no leaf of a log") from None


@contextmanager
def _log_at(base_url: str | None, shard: str) -> Iterator[Read]:
    import httpx2

    from aragora._core.credentials import resolve

    server = resolve(None, base_url, os.environ).base_url
    home = f"{server.rstrip('/')}/receipts/{shard}"
    with httpx2.Client(timeout=30) as client:

        def read(path: str) -> bytes:
            try:
                answer = client.get(f"{home}/{path}")
            except httpx2.HTTPError as fault:
                raise Unusable(f"{home}/{path}: {fault}") from None
            if answer.status_code != 200:
                raise Unusable(f"{home}/{path} answered {answer.status_code}")
            return answer.content

        yield read


def _report(found: Audit, *, as_json: bool) -> str:
    checkpoint = found.checkpoint
    if as_json:
        told = {
            "origin": checkpoint.origin,
            "size": checkpoint.size,
            "root": checkpoint.root.hex(),
            "leaves": dict(found.kinds),
        }
        return harmless_json(json.dumps(told)) + "\n"
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.kinds.items()))
    said = f"AUDITED · {checkpoint.origin} · {checkpoint.size} leaves ({kinds})"
    return harmless(f"{said}\n  root {checkpoint.root.hex()}") + "\n"


def _told(text: str, code: int) -> int:
    sys.stderr.write(harmless(text) + "\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="aragora log", allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="audit")
    one = commands.add_parser(
        "audit",
        help="rebuild a log from nothing",
        description="Read every entry of a server's log, and make its newest root anew; of an "
        "archive (`aragora receipts export --all`), without a server, also verify each receipt.",
        epilog="exit codes: 0 it holds, 1 it does not, 2 it cannot be read, 3 no key is pinned",
    )
    this_year = str(datetime.now(UTC).year)
    one.add_argument(
        "archive",
        metavar="ARCHIVE",
        nargs="?",
        help="the file of an export; default: the server's log",
    )
    one.add_argument("--shard", default=this_year, help="the year; default: this one")
    one.add_argument("--base-url", metavar="URL", help="default: that of the credentials file")
    one.add_argument("--keys", metavar="FILE", help="trusted keys; default: the credentials file's")
    one.add_argument(
        "--receipt", metavar="FILE", action="append", default=[], help="a bundle that must be in it"
    )
    one.add_argument("--since", metavar="FILE", help="a checkpoint that it must have grown from")
    one.add_argument("--save", metavar="FILE", help="keep its newest checkpoint, for the next time")
    one.add_argument("--json", action="store_true", help="what was found as JSON")
    return parser

"""`aragora verify FILE`: offline, without an account, without any other part of the SDK."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from aragora.cli import exits
from aragora.cli.escapes import harmless, harmless_json
from aragora.receipts import Check, KeyFileError, PinnedKeys, Verification, verify

# More than a bundle or a PDF may have.
LONGEST = 64 * 1024 * 1024 + 1
MARKS = {"pass": "ok", "fail": "FAILED", "absent": "absent", "withheld": "withheld"}
VERDICTS = {
    "verified": "VERIFIED",
    "failed": "FAILED",
    "unreadable": "UNREADABLE",
    "not_verified": "NOT VERIFIED",
}
_COLOURS = {"verified": "32", "failed": "31", "unreadable": "31", "not_verified": "33"}


def run(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        bundle = _read(options.file)
        keys = pinned_keys(options.keys)
    except (OSError, KeyFileError) as error:
        sys.stderr.write(harmless(f"aragora: {exits.told(error)}") + "\n")
        return exits.USAGE
    return tell(_judged(bundle, keys), as_json=options.json)


def tell(result: Verification, *, as_json: bool) -> int:
    """Write it down, and answer the exit code that says the same."""
    if as_json:
        sys.stdout.write(harmless_json(json.dumps(result.to_dict(), ensure_ascii=False)) + "\n")
    else:
        sys.stdout.write(report(result, in_colour=wants_colour()))
    return result.exit_code


def _read(path: str) -> bytes:
    """No more than tells that it is too large: a file may have no end."""
    if path == "-":
        return sys.stdin.buffer.read(LONGEST)
    with Path(path).open("rb") as file:
        return file.read(LONGEST)


def _judged(given: bytes, keys: PinnedKeys) -> Verification:
    if not given.startswith(b"%PDF-"):
        return verify(given, keys=keys)
    from aragora.receipts.pdf import verify_pdf

    return verify_pdf(given, keys=keys, press=_press())


def _press() -> Callable[[bytes], bytes] | None:
    """What sets a receipt again, where a server with its extra is installed beside the SDK."""
    from importlib.metadata import entry_points

    for entry in entry_points(group="aragora.press"):
        try:
            press: Callable[[bytes], bytes] = entry.load()
            return press
        except ImportError:
            continue
    return None


def pinned_keys(path: str | None) -> PinnedKeys:
    """The keys of a file; without one, those that the credentials file pins."""
    if path is not None:
        return PinnedKeys.load(Path(path).read_bytes())
    from aragora import read_credentials

    return PinnedKeys.of(list(read_credentials().receipt_keys))


def wants_colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


class Judged(Protocol):
    """What has checks and a verdict: a receipt, or an archive of them."""

    @property
    def verdict(self) -> str: ...
    @property
    def checks(self) -> tuple[Check, ...]: ...
    @property
    def detail(self) -> str: ...


def report(result: Judged, *, in_colour: bool) -> str:
    """Every check in its order, then the verdict."""
    width = max(len(check.name) for check in result.checks)
    lines = [
        f"  {MARKS.get(check.result, check.result):<8} "
        f"{check.name:<{width}}  {harmless(check.detail)}"
        for check in result.checks
        if result.verdict != "unreadable"
    ]
    verdict = VERDICTS[result.verdict]
    if in_colour:
        verdict = f"\x1b[1;{_COLOURS[result.verdict]}m{verdict}\x1b[0m"
    receipt_id = getattr(result, "receipt_id", None)
    named = f"receipt {receipt_id}" if receipt_id else ""
    told = "" if result.verdict == "verified" else harmless(result.detail)
    lines.append(" · ".join(part for part in (verdict, named, told) if part))
    return "\n".join(lines) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aragora verify",
        description="Verify a receipt file offline.",
        epilog="exit codes: 0 verified, 1 a check failed, 2 unusable input, 3 something is absent",
        allow_abbrev=False,
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a receipt bundle, a PDF with one inside, or - for standard input",
    )
    parser.add_argument(
        "--keys", metavar="FILE", help="trusted keys; default: those of the credentials file"
    )
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    return parser

"""What all commands with typer share: running an app, and writing data to stdout."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

import typer

from aragora.cli import exits
from aragora.cli.escapes import harmless, harmless_json


def new_app(help_text: str) -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        help=help_text,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        no_args_is_help=False,
    )


def run(app: typer.Typer, name: str, argv: list[str]) -> int:
    """The exit code of one command line; errors of the SDK pass through."""
    command = typer.main.get_command(app)
    try:
        result = command.main(args=argv, prog_name=f"aragora {name}", standalone_mode=False)
    except typer.exceptions.TyperException as error:
        _show(error)
        return exits.USAGE
    except typer.Abort:
        return exits.INTERRUPTED
    return result if isinstance(result, int) else exits.OK


def _show(error: typer.exceptions.TyperException) -> None:
    """With the usage line, where the error knows its command."""
    show: Callable[[], None] | None = getattr(error, "show", None)
    if show is None:
        sys.stderr.write(f"{error}\n")
    else:
        show()


def is_plain() -> bool:
    """No cursor movement and no colour: a pipe, `NO_COLOR`, or a dumb terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return True
    return not sys.stdout.isatty()


def write(text: str) -> None:
    _put(harmless(text))


def write_page(items: Iterable[Any], next_cursor: str | None) -> None:
    """One page of a list as JSON, as the API answers it."""
    write_json({"items": [item.to_dict() for item in items], "next_cursor": next_cursor})


def write_json(value: Any) -> None:
    _put(harmless_json(json.dumps(value, ensure_ascii=False)))


def write_table(head: list[str], rows: list[list[str]]) -> None:
    """Columns as wide as they need to be; nothing is cut, and no cell makes a row of its own."""
    shown = [[" ".join(cell.splitlines()) for cell in row] for row in [head, *rows]]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        write("  ".join(cells).rstrip())


def _put(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

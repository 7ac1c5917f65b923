"""The command `aragora`. A subcommand is imported when it is called, so that help is instant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from aragora.cli import exits
from aragora.cli.escapes import harmless

COMMANDS = {
    "debate": "Debate a question and watch it live.",
    "receipts": "List, search, get, share, hold or erase receipts.",
    "verify": "Verify a receipt file offline.",
    "log": "Audit a server's whole log from outside.",
    "budgets": "List, set, pause and audit budgets, and see their alerts.",
    "costs": "Show what a debate cost.",
    "usage": "Report what was used, or forecast the budgets.",
    "prices": "List prices, set your own, or see which applies.",
    "webhooks": "List, add, test or remove webhook endpoints.",
    "jobs": "List background jobs, or retry a dead one.",
}
EXTERNAL = {
    "serve": "Run the server (package aragora-server).",
    "worker": "Run debates beside a server, on the same PostgreSQL.",
    "keys": "List, rotate or revoke the signing keys of a server.",
    "index": "Make the search index of a server anew.",
}
GROUP = "aragora.commands"
Command = Callable[[list[str]], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the result is its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _dispatch(arguments)
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`) has enough; Python would complain again while flushing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.OK
    except Exception as error:
        if (code := exits.code_of(error)) is None:
            raise
        _say(f"aragora: {exits.told(error)}", to_error=True)
        return code


def _dispatch(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        _say(overview())
        return exits.OK if arguments else exits.USAGE
    name, *rest = arguments
    if name in {"--version", "-V"}:
        from aragora._core.version import __version__

        _say(f"aragora {__version__}")
        return exits.OK
    command = _command(name)
    if command is None:
        _say(f"aragora: no command {name!r}\n\n{overview()}", to_error=True)
        return exits.USAGE
    return command(rest)


def _command(name: str) -> Command | None:
    if name in COMMANDS:
        try:
            run: Command = import_module(f"aragora.cli.{name}").run
        except ModuleNotFoundError as error:
            if error.name not in {"typer", "rich", "click"}:
                raise
            return _lacking(f"`aragora {name}` needs the extra cli: pip install 'aragora[cli]'")
        return run
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP, name=name):
        external: Command = entry.load()
        return external
    if name in EXTERNAL:
        return _lacking(f"`aragora {name}` needs the server: pip install aragora-server")
    return None


def _lacking(message: str) -> Command:
    def fail(_: list[str]) -> int:
        _say(f"aragora: {message}", to_error=True)
        return exits.USAGE

    return fail


def overview() -> str:
    """What `aragora --help` shows."""
    commands = {**EXTERNAL, **COMMANDS}
    width = max(map(len, commands))
    lines = ["Usage: aragora COMMAND [OPTIONS]", "", "Commands:"]
    lines += [f"  {name.ljust(width)}  {text}" for name, text in commands.items()]
    lines += ["", "`aragora COMMAND --help` shows its options; `--version` the version."]
    lines += ["", "Exit codes:"]
    lines += [f"  {code:>3}  {text}" for code, text in exits.MEANINGS.items()]
    return "\n".join(lines)


def _say(text: str, *, to_error: bool = False) -> None:
    (sys.stderr if to_error else sys.stdout).write(harmless(text) + "\n")

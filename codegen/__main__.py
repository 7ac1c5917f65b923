"""`python -m codegen [--check] [--only TARGET]`: write everything that the contract decides."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from codegen import bundle, outputs, tools
from codegen.checks import Faults
from codegen.load import load
from codegen.model import Spec
from codegen.source import Fault


def main(argv: Sequence[str] | None = None) -> int:
    """0: written, or up to date. 1: stale, a faulty contract, or a wrong tool."""
    options = _parser().parse_args(argv)
    targets = options.only or list(outputs.TARGETS)
    try:
        if wrong := tools.wrong_versions():
            raise tools.ToolFailed("\n".join(wrong))
        document = bundle.build(options.openapi)
        spec = load(document)
        tree = outputs.Tree.read(options.root)
        files = render(spec, targets)
    except (Fault, Faults, outputs.Misplaced, tools.ToolFailed) as failure:
        _say(str(failure), to_error=True)
        return 1
    manifest = outputs.manifest(spec, tools.versions(), targets, files, tree)
    if options.check:
        return _check(tree, targets, {**files, outputs.MANIFEST: manifest})
    bundle.write(document, options.root / "build" / bundle.BUILT.name)
    return _write(tree, targets, {**files, outputs.MANIFEST: manifest})


def render(spec: Spec, targets: Sequence[str]) -> dict[str, str]:
    """Path -> text of every file of `targets`."""
    files: dict[str, str] = {}
    for target in targets:
        emitted: Mapping[str, str] = importlib.import_module(f"codegen.{target}").emit(spec)
        outputs.judge(target, emitted)
        files.update(emitted)
    return files


def _check(tree: outputs.Tree, targets: Sequence[str], files: Mapping[str, str]) -> int:
    found = list(outputs.differences(tree, targets, files))
    for message in found:
        _say(message)
    if found:
        _say("stale: run `python -m codegen`", to_error=True)
        return 1
    _say(f"{len(files)} generated files are up to date")
    return 0


def _write(tree: outputs.Tree, targets: Sequence[str], files: Mapping[str, str]) -> int:
    done = outputs.write(tree, targets, files)
    for path in (*done.changed, *(f"{path} (deleted)" for path in done.deleted)):
        _say(path)
    unchanged = len(files) - len(done.changed)
    _say(f"{len(done.changed)} written, {len(done.deleted)} deleted, {unchanged} unchanged")
    for path in done.strangers:
        _say(f"not ours, in a generated directory: {path}", to_error=True)
    return 1 if done.strangers else 0


def _say(text: str, *, to_error: bool = False) -> None:
    (sys.stderr if to_error else sys.stdout).write(text + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--only", action="append", choices=list(outputs.TARGETS), metavar="TARGET")
    parser.add_argument("--root", type=Path, default=tools.ROOT, help="where files are written")
    parser.add_argument("--openapi", type=Path, default=bundle.OPENAPI, help="the contract")
    return parser


if __name__ == "__main__":
    sys.exit(main())

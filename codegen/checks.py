"""The dialect's own checks, on the source, before anything is bundled.

Orphans and dead links must be found here: a bundle no longer shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from codegen.rules import names, operations, schemas, values
from codegen.rules.view import View
from codegen.source import ENTRY, Fault, Source

Rule = Callable[[View], Iterator[Fault]]

RULES: Sequence[Rule] = (
    *names.RULES,
    *operations.RULES,
    *schemas.RULES,
    *values.RULES,
)


class Faults(Exception):
    """Everything that is wrong with the contract, one line each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def find(source: Source) -> list[Fault]:
    """Every fault, in the order of the rules. A broken reference hides what lies behind it."""
    if broken := list(_broken_references(source)):
        return broken
    view = View(source)
    if not view.operations:
        return [source.entry.fault("there is no operation", f"add paths to {ENTRY}")]
    return [fault for rule in RULES for fault in rule(view)]


def require(source: Source) -> None:
    """Raise `Faults` unless the source keeps every rule."""
    if faults := find(source):
        raise Faults(faults)


def _broken_references(source: Source) -> Iterator[Fault]:
    for file in source.files:
        for node in source.node(file).walk():
            if isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
                try:
                    source.resolve(node)
                except Fault as fault:
                    yield fault

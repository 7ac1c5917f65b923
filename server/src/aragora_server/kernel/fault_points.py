"""Where tests of survival end a process, as `kill -9` would. Nothing here ever does, unless armed.

A point is `unit:n`, before the n-th statement of a unit of work (`claim:3`), `unit:commit`,
`unit:committed`, or a name of its own; `#2` after it means the second time that it is reached.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any, cast

import attrs

from .db import Tx


def _die(_point: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@attrs.define
class _Armed:
    point: str
    strike: Callable[[str], None]
    reached: Counter[str] = attrs.field(factory=Counter)


_armed: _Armed | None = None


def arm(point: str | None, strike: Callable[[str], None] = _die) -> None:
    """With the point `*`, `strike` is called at each of them."""
    global _armed  # noqa: PLW0603 - a process dies once, whoever reaches the point
    _armed = None if point is None else _Armed(point, strike)


def reach(point: str) -> None:
    if _armed is None:
        return
    _armed.reached[point] += 1
    nth = _armed.reached[point]
    name = point if nth == 1 else f"{point}#{nth}"
    if _armed.point in (name, "*"):
        _armed.strike(name)


def watched(unit: str, tx: Tx) -> Tx:
    return tx if _armed is None else cast(Tx, _Watched(unit, tx))


class _Watched:
    """A transaction that says before each statement how far it has come."""

    def __init__(self, unit: str, tx: Tx) -> None:
        self._unit, self._tx, self._statements = unit, tx, 0

    async def execute(self, *statement: Any) -> Any:
        self._statements += 1
        reach(f"{self._unit}:{self._statements}")
        return await self._tx.execute(*statement)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)

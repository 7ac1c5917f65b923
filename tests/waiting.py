"""Waiting for what other tasks bring about."""

from __future__ import annotations

from collections.abc import Callable

import anyio


async def until(is_so: Callable[[], bool], within_s: float = 20) -> None:
    with anyio.fail_after(within_s):
        while not is_so():
            await anyio.sleep(0.005)

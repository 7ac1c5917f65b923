"""The moment when the server stops taking on new things."""

from __future__ import annotations

import anyio


class Drain:
    """It begins once; `rested` is set when nothing is under way any more."""

    def __init__(self) -> None:
        self._event = anyio.Event()
        self.rested = anyio.Event()

    @property
    def is_on(self) -> bool:
        return self._event.is_set()

    def begin(self) -> None:
        self._event.set()

    async def wait(self) -> None:
        await self._event.wait()

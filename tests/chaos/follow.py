"""A debate followed to its end by each of our clients, as whoever uses one would."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from aragora import Aragora, AsyncAragora

from tests.chaos.oracle import Told
from tests.chaos.run import PATIENT
from tests.chaos.tables import canonical

WITHIN_S = 360
SCRIPT = Path(__file__).with_name("watch.mjs")

Follow = Callable[[str, str, str, Any], list[Told]]


def by_python(url: str, api_key: str, debate_id: str, transport: Any) -> list[Told]:
    with (
        Aragora(api_key=api_key, base_url=url, retry=PATIENT) as client,
        client.debates.events(debate_id, transport=transport) as stream,
    ):
        return numbered(event.to_dict() for event in stream)


def by_async_python(url: str, api_key: str, debate_id: str, transport: Any) -> list[Told]:
    async def follow() -> list[dict[str, Any]]:
        async with (
            AsyncAragora(api_key=api_key, base_url=url, retry=PATIENT) as client,
            client.debates.events(debate_id, transport=transport) as stream,
        ):
            return [event.to_dict() async for event in stream]

    return numbered(asyncio.run(follow()))


def by_typescript(url: str, api_key: str, debate_id: str, transport: Any) -> list[Told]:
    node = shutil.which("node")
    assert node is not None, "node is not on the path: `nox -s chaos` puts it there"
    command = [node, str(SCRIPT), url, api_key, debate_id, transport]
    done = subprocess.run(command, capture_output=True, text=True, timeout=WITHIN_S, check=False)
    assert done.returncode == 0, done.stderr
    return numbered(json.loads(done.stdout))


def numbered(events: Iterable[dict[str, Any]]) -> list[Told]:
    return [
        Told(one["seq"], one["type"], canonical(one["data"]))
        for one in events
        if one.get("seq") is not None
    ]


FOLLOWERS: tuple[Follow, ...] = (by_python, by_async_python, by_typescript)

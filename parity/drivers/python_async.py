"""Runs a scenario through the asynchronous Python client."""

from __future__ import annotations

import asyncio
import inspect
import json
import sys

from aragora import AsyncAragora
from aragora.errors import AragoraError
from shared import error_of, is_stream, plain, positional


async def main() -> None:
    results = []
    async with AsyncAragora() as client:
        for step in json.load(sys.stdin):
            resource, method = step["call"].split(".")
            function = getattr(getattr(client, resource), method)
            try:
                value = function(*positional(step), **step.get("args", {}))
                value = await value if inspect.isawaitable(value) else value
                if is_stream(step):
                    value = [event async for event in value]
                results.append({"value": plain(value)})
            except AragoraError as error:
                results.append({"error": error_of(error)})
    json.dump(results, sys.stdout)


asyncio.run(main())

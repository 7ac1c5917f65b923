"""Runs a scenario through the synchronous Python client."""

from __future__ import annotations

import json
import sys

from aragora import Aragora
from aragora.errors import AragoraError
from shared import error_of, is_stream, plain, positional


def main() -> None:
    results = []
    with Aragora() as client:
        for step in json.load(sys.stdin):
            resource, method = step["call"].split(".")
            function = getattr(getattr(client, resource), method)
            try:
                value = function(*positional(step), **step.get("args", {}))
                results.append({"value": plain(list(value) if is_stream(step) else value)})
            except AragoraError as error:
                results.append({"error": error_of(error)})
    json.dump(results, sys.stdout)


main()

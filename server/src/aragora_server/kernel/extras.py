"""What only some installations need, imported when it is configured."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


class ExtraMissing(Exception):
    """The message names the extra to install."""


def needed(module: str, *, extra: str, by: str) -> ModuleType:
    try:
        return import_module(module)
    except ModuleNotFoundError as fault:
        raise ExtraMissing(
            f"{by} needs {fault.name}: pip install 'aragora-server[{extra}]'"
        ) from None

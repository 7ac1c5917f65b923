"""What both Python drivers need to print what they got."""

from __future__ import annotations

import base64
from typing import Any


def positional(step: dict[str, Any]) -> list[Any]:
    """Path values, and a body that is sent as it is."""
    return [*step.get("path", []), *([step["bytes"].encode()] if "bytes" in step else [])]


def is_stream(step: dict[str, Any]) -> bool:
    return bool(step.get("stream"))


def plain(value: Any) -> Any:
    """A value as JSON: models by their wire form, pages by their items, bytes in base64."""
    if value is None or isinstance(value, str | int | bool | float):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if hasattr(value, "next_cursor"):
        return {"items": [plain(item) for item in value.items], "next_cursor": value.next_cursor}
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if hasattr(value, "read"):
        return base64.b64encode(value.read()).decode()
    raise TypeError(f"cannot print a {type(value).__name__}")


def error_of(error: Any) -> dict[str, Any]:
    return {"code": getattr(error, "code", None), "status": getattr(error, "status", None)}

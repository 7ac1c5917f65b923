"""`redocly diff` of two bundles, less what our contract declares to be compatible.

redocly calls every new value in an answer breaking. Here response enums are open and clients take
unknown events, so a new enum value or event type is an addition like any other.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from codegen import bundle
from codegen.load import load
from codegen.tools import npm_tool

LEVELS = ("patch", "minor", "major")
_OPEN_ENUM = re.compile(r"^(.*)/anyOf/\d+/enum$")
_UNION_MEMBER = re.compile(r"^#/components/schemas/(\w+)/oneOf/\d+$")


@attrs.frozen(kw_only=True)
class Difference:
    level: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} ({self.level})"


def between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Every change that redocly rates, with our rating."""
    events = {op.stream.event for op in load(new).operations if op.stream}
    return [
        Difference(
            level=_level(new, events, verdict),
            place=change["path"],
            message=verdict["message"],
        )
        for change in _report(old, new)
        for verdict in change.get("verdicts") or [_unnamed(change)]
    ]


def _report(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "old.json", Path(folder) / "new.json"
        before.write_text(bundle.text(old), "utf-8")
        after.write_text(bundle.text(new), "utf-8")
        said = npm_tool(
            "@redocly/cli", "diff", before, after, "--format", "json", "--fail-on", "none",
            binary="redocly",
        )  # fmt: skip
    yield from json.loads(said)["changes"]


def _unnamed(change: Mapping[str, Any]) -> dict[str, Any]:
    """A change that no rule of redocly speaks about."""
    return {"ruleId": "", "impact": change["impact"], "message": f"{change['kind']}"}


def _level(new: Mapping[str, Any], events: set[str], verdict: Mapping[str, Any]) -> str:
    is_addition = _opens(new, verdict) or _adds_event(events, verdict)
    return "minor" if is_addition else str(verdict["impact"])


def _opens(new: Mapping[str, Any], verdict: Mapping[str, Any]) -> bool:
    """A value more in an enum that takes any string anyway."""
    found = _OPEN_ENUM.match(_pointer(verdict))
    if verdict["ruleId"] != "enum-values-added" or found is None:
        return False
    return {"type": "string"} in _at(new, found[1])["anyOf"]


def _adds_event(events: set[str], verdict: Mapping[str, Any]) -> bool:
    found = _UNION_MEMBER.match(_pointer(verdict))
    if verdict["ruleId"] != "schema-combinator-changed" or found is None:
        return False
    return found[1] in events and str(verdict["message"]).endswith("was added.")


def _pointer(verdict: Mapping[str, Any]) -> str:
    return str((verdict.get("location") or {}).get("pointer", ""))


def _at(document: Mapping[str, Any], pointer: str) -> Any:
    node: Any = document
    for part in pointer.removeprefix("#/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        node = node[int(key)] if isinstance(node, list) else node[key]
    return node


def needed(differences: list[Difference]) -> str | None:
    """The least part of the version that has to move."""
    return max((d.level for d in differences), key=LEVELS.index, default=None)


def moved(old: str, new: str) -> str | None:
    """The largest part of the version that did move."""
    before, after = _numbers(old), _numbers(new)
    for level, was, now in zip(reversed(LEVELS), before, after, strict=True):
        if now != was:
            return level if now > was else None
    return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.partition("-")[0].split("."))


def objections(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Breaking changes, and a version that did not move with the changes."""
    found = between(old, new)
    refused = [str(difference) for difference in found if difference.level == "major"]
    was, now = old["info"]["version"], new["info"]["version"]
    level, step = needed(_beside_version(found)), moved(was, now)
    if level and (step is None or LEVELS.index(step) < LEVELS.index(level)):
        refused.append(f"info.version went from {was} to {now}; these changes need a new {level}")
    return refused


def _beside_version(found: list[Difference]) -> list[Difference]:
    return [difference for difference in found if difference.place != "#/info"]

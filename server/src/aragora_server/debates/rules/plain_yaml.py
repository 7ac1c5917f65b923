"""YAML that means one thing: only what JSON can say, minus fractions.

A protocol's hash is taken from its parsed form, so nothing may parse differently elsewhere.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import yaml

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"

_TAG = "tag:yaml.org,2002:"
_NUMBER_ELSEWHERE = re.compile(r"[-+.]?[0-9][0-9_.eExXoO+-]*\Z")
_PLAIN_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")


class NotPlain(ValueError):
    """The text uses YAML beyond JSON: an anchor, a tag, a float, a date, a repeated key."""


def parse(text: str) -> Plain:
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise NotPlain(f"an anchor, alias or tag{_place(event)}")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise NotPlain(f"not YAML: {error}") from None
    if node is None:
        raise NotPlain("empty")
    return _value(node)


def _value(node: yaml.Node) -> Plain:
    match node:
        case yaml.MappingNode():
            return _mapping(node)
        case yaml.SequenceNode():
            return [_value(item) for item in node.value]
        case _:
            return _scalar(node)


def _mapping(node: yaml.MappingNode) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        key = _value(key_node)
        if not isinstance(key, str) or key in found:
            raise NotPlain(f"a key that is no string or stands twice{_place(key_node)}")
        found[key] = _value(value_node)
    return found


def _scalar(node: yaml.Node) -> Plain:
    text = str(node.value)
    match node.tag.removeprefix(_TAG):
        case "str" if not (isinstance(node, yaml.ScalarNode) and _is_number_to_others(node)):
            return text
        case "int" if _PLAIN_INTEGER.match(text):
            return int(text)
        case "bool" if text in ("true", "false"):
            return text == "true"
        case "null" if text == "null":
            return None
    raise NotPlain(f"{text!r} is not plain JSON{_place(node)}")


def _is_number_to_others(node: yaml.ScalarNode) -> bool:
    """`1e3` is a word in YAML 1.1 and a number in 1.2."""
    return node.style is None and _NUMBER_ELSEWHERE.match(str(node.value)) is not None


def _place(item: yaml.Node | yaml.Event) -> str:
    mark = item.start_mark
    return f" in line {mark.line + 1}" if mark is not None else ""

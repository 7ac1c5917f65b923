"""Path, query and header parameters: from text to typed arguments, judged by their schemas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import attrs

from .errors import FieldError, Invalid, Location
from .operation import Operation, Param
from .schemas import Judge, Schemas, pointer

LAST_EVENT_ID = "Last-Event-ID"
INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
BOOLEANS = {"true": True, "false": False}


@attrs.frozen(kw_only=True)
class Reader:
    """One parameter: how its text becomes a value."""

    param: Param
    judge: Judge
    default: Any
    coerce: Callable[[str], Any]
    finish: Callable[[Any], Any]

    def read(self, text: str) -> Any:
        value = self.coerce(text)
        where = self.param.where
        if faults := self.judge.faults(value, where, [self.param.name]):
            raise Invalid(f"{where} parameter {self.param.name} is not valid", errors=faults)
        try:
            return self.finish(value)
        except ValueError:
            raise refuse(where, self.param.name, "format", "there is no such time") from None


class Params:
    """All parameters of one operation."""

    def __init__(self, operation: Operation, schemas: Schemas) -> None:
        readers = [_reader(param, schemas) for param in operation.params]
        self._path = {r.param.name: r for r in readers if r.param.where == "path"}
        self._query = {r.param.name: r for r in readers if r.param.where == "query"}
        self._headers = [r for r in readers if r.param.where == "header"]

    def read(
        self, path: Mapping[str, str], query: bytes, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        """Arguments by wire name; what was not sent has its default, or None."""
        values = {name: reader.read(path[name]) for name, reader in self._path.items()}
        values.update(self._read_query(query))
        for reader in self._headers:
            text = headers.get(reader.param.name.lower())
            if text == "" and reader.param.name == LAST_EVENT_ID:
                text = None  # an EventSource that has seen nothing yet may send it so
            values[reader.param.name] = _value(reader, text)
        return values

    def _read_query(self, query: bytes) -> dict[str, Any]:
        sent: dict[str, str] = {}
        for name, text in _pairs(query) if query else ():
            if name not in self._query:
                raise refuse("query", name, "unknown", "this operation has no such parameter")
            if name in sent:
                raise refuse("query", name, "repeated", "this parameter is given once")
            sent[name] = text
        return {name: _value(reader, sent.get(name)) for name, reader in self._query.items()}


def refuse(location: Location, name: str, code: str, message: str) -> Invalid:
    fault = FieldError(location=location, pointer=pointer([name]), code=code, message=message)
    return Invalid(f"{location} parameter {name}: {message}", errors=(fault,))


def _value(reader: Reader, text: str | None) -> Any:
    if text is not None:
        return reader.read(text)
    if reader.param.required:
        raise refuse(reader.param.where, reader.param.name, "required", "it is required")
    return reader.default


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError as fault:
        text = "the query is not percent-encoded UTF-8"
        error = FieldError(location="query", pointer="", code="encoding", message=text)
        raise Invalid(text, errors=(error,)) from fault


def _reader(param: Param, schemas: Schemas) -> Reader:
    schema = schemas.resolve(param.schema)
    is_time = schema.get("format") == "date-time"
    return Reader(
        param=param,
        judge=schemas.judge(param.schema),
        default=schema.get("default"),
        coerce={"integer": _integer, "boolean": _boolean}.get(schema["type"], str),
        finish=datetime.fromisoformat if is_time else _as_it_is,
    )


def _integer(text: str) -> int | str:
    """What is no integer stays text, for the schema to refuse; so does an absurdly long one."""
    return int(text) if len(text) < 32 and INTEGER.fullmatch(text) else text


def _boolean(text: str) -> bool | str:
    return BOOLEANS.get(text, text)


def _as_it_is(value: Any) -> Any:
    return value

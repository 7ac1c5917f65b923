"""One line a record, with the ids of what it is about, and without secrets.

The ids travel in a context variable: bound once for a request, a debate or a job, they are on
every line that is written for it, by whichever library.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

import attrs
import orjson

from .redaction import Redactor

Format = Literal["json", "text"]
OURS = ("aragora", "aragora_server")
FIELDS = "fields"
"""Of `extra`: a mapping to texts and numbers, of what else the line says."""

# A line of text must not end early, nor steer the terminal that shows it.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), 127)} | {10: "\\n", 9: "\\t"}

_ids: ContextVar[Mapping[str, str]] = ContextVar("aragora_ids", default={})  # noqa: B039 - never changed in place

log = logging.getLogger("aragora")


@contextmanager
def bound(**ids: str | None) -> Iterator[None]:
    """Every line inside says these ids, beside those that hold already."""
    token = _ids.set(_with(ids))
    try:
        yield
    finally:
        _ids.reset(token)


def note(**ids: str | None) -> None:
    """The same, until the block that is open now ends."""
    _ids.set(_with(ids))


def tell(
    logger: logging.Logger, level: int, message: str, fields: Mapping[str, str | float]
) -> None:
    """A line with fields of its own. It does not look up who calls: half the cost of a line."""
    record = logging.LogRecord(logger.name, level, "", 0, message, None, None)
    setattr(record, FIELDS, fields)
    logger.handle(record)


def _with(ids: Mapping[str, str | None]) -> Mapping[str, str]:
    return {**_ids.get(), **{name: value for name, value in ids.items() if value}}


@attrs.frozen
class Line(logging.Formatter):
    """A record as JSON, or as text for a person."""

    format_: Format
    redact: Redactor

    def format(self, record: logging.LogRecord) -> str:
        told = _told(record)
        # All at once: this is on the way of every request.
        if self.redact.suspects("\n".join(filter(_is_text, told.values()))):
            told = {name: self._clean(value) for name, value in told.items()}
        return _as_json(told) if self.format_ == "json" else _as_text(told)

    def _clean(self, value: object) -> object:
        return self.redact(value) if isinstance(value, str) else value


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _told(record: logging.LogRecord) -> dict[str, Any]:
    moment = datetime.fromtimestamp(record.created, UTC)
    told: dict[str, Any] = {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message(record),
        **_ids.get(),
        **getattr(record, FIELDS, {}),
    }
    if record.exc_info and record.exc_info[0] is not None:
        told["exception"] = record.exc_info[0].__name__
        told["stack"] = _STACKS.formatException(record.exc_info)
    elif record.stack_info:
        told["stack"] = record.stack_info
    return told


_STACKS = logging.Formatter()


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - whatever an argument's own text raises
        return f"{record.msg} (its arguments cannot be shown)"


def _as_json(told: Mapping[str, Any]) -> str:
    try:
        return orjson.dumps(told).decode()
    except TypeError:  # half a surrogate pair, as in the name of a file
        spelled = {name: str(value) for name, value in told.items()}
        clean = {name: text.encode(errors="backslashreplace") for name, text in spelled.items()}
        return orjson.dumps({name: text.decode() for name, text in clean.items()}).decode()


def _as_text(told: Mapping[str, Any]) -> str:
    rest = dict(told)
    stack = rest.pop("stack", "")
    head = [rest.pop(name) for name in ("time", "level", "logger", "message")]
    line = " ".join([*map(str, head), *(f"{name}={value}" for name, value in rest.items())])
    line = line.translate(_CONTROLS)
    return f"{line}\n{stack}" if stack else line


class _Handler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:
        """Nobody reads any more. The usual complaint would show the record as it is."""


@contextmanager
def written(*, format_: Format | None, level: str, redact: Redactor) -> Iterator[None]:
    """While the block is open, all lines of this process go to its standard error.

    Without a format: text for a terminal, JSON for whatever collects lines.
    """
    stream = sys.stderr
    handler = _Handler(stream)
    handler.setFormatter(Line(format_ or ("text" if stream.isatty() else "json"), redact))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    # Other libraries tell prompts and headers when they are asked for everything.
    root.setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level.upper()]))
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    try:
        yield
    except Exception:
        # The interpreter's own last words would hide nothing.
        log.critical("the process ends", exc_info=True)
        raise SystemExit(1) from None
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        for name in OURS:
            logging.getLogger(name).setLevel(logging.NOTSET)

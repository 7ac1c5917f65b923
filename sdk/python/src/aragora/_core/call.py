"""A call is a value: what to send, decided without sending anything."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, Generic, Literal, TypeVar
from urllib.parse import quote

from aragora._core.options import (
    OMIT,
    Omit,
    RequestOptions,
    RetryPolicy,
    Timeouts,
    policy_of,
    timeouts_of,
)
from aragora._core.version import __version__
from aragora.errors import ConfigurationError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Reads = Literal["json", "text", "binary", "empty", "stream"]

CALL_IDLE_S: Final = 30.0
IDEMPOTENCY_KEY: Final = "idempotency-key"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Op(Generic[T_co]):
    """One operation of the contract: everything but the arguments."""

    id: str
    method: str
    path: str
    returns: Callable[[], type[T_co]] | None = None
    reads: Reads = "json"
    accept: str = "application/json"
    sends: str | None = None
    query: tuple[str, ...] = ()
    repeatable: bool = False
    takes_key: bool = False
    public: bool = False
    idle_s: float = CALL_IDLE_S


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a client adds to every call."""

    base_url: str
    api_key: str | None = dataclasses.field(repr=False)
    timeouts: Timeouts = dataclasses.field(default_factory=Timeouts)
    retry: RetryPolicy = dataclasses.field(default_factory=RetryPolicy)
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    request: RequestOptions = dataclasses.field(default_factory=RequestOptions, repr=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[T_co]):
    """A request, ready to send, as often as `policy` allows."""

    op: Op[T_co]
    url: str
    headers: Mapping[str, str] = dataclasses.field(repr=False)
    body: bytes | None = dataclasses.field(repr=False)
    repeatable: bool
    timeouts: Timeouts
    policy: RetryPolicy

    @property
    def idle_s(self) -> float:
        return self.op.idle_s if self.timeouts.idle_s is None else self.timeouts.idle_s


def default_headers(api_key: str | None, extra: Mapping[str, str] | None) -> dict[str, str]:
    """Headers of every request, built once a client; names in lower case."""
    headers = {"user-agent": f"aragora-python/{__version__}"}
    if api_key is not None:
        headers["authorization"] = f"Bearer {api_key}"
    headers.update((name.lower(), value) for name, value in (extra or {}).items())
    return headers


def plan(
    op: Op[T],
    args: Mapping[str, Any],
    options: RequestOptions | None,
    defaults: Defaults,
    new_key: Callable[[], str],
) -> Call[T]:
    """Turn arguments into a request. The Idempotency-Key is made here, once for all attempts."""
    if options and defaults.request:
        options = {**defaults.request, **options}
    options = options or defaults.request
    given = {name: value for name, value in args.items() if not isinstance(value, Omit)}
    path = _fill(op.path, given)
    pairs = [(name, given.pop(name)) for name in op.query if name in given]
    pairs += list(options.get("query", {}).items())
    body = _body(op, given, options)
    headers = _headers(op, options, defaults, has_body=body is not None)
    if op.takes_key and IDEMPOTENCY_KEY not in headers:
        headers[IDEMPOTENCY_KEY] = options.get("idempotency_key") or new_key()
    return Call(
        op=op,
        url=defaults.base_url + path + encode_query(pairs),
        headers=headers,
        body=body,
        repeatable=op.repeatable or IDEMPOTENCY_KEY in headers,
        timeouts=timeouts_of(options, defaults.timeouts),
        policy=policy_of(options, defaults.retry),
    )


def _headers(
    op: Op[Any], options: RequestOptions, defaults: Defaults, *, has_body: bool
) -> dict[str, str]:
    headers = {**defaults.headers, "accept": op.accept}
    if has_body:
        headers["content-type"] = op.sends or "application/json"
    if not op.takes_key and "idempotency_key" in options:
        headers[IDEMPOTENCY_KEY] = options["idempotency_key"]
    headers.update((name.lower(), value) for name, value in options.get("headers", {}).items())
    if not op.public and "authorization" not in headers:
        raise ConfigurationError(
            "no API key for this server: set ARAGORA_API_KEY, pass api_key=..., or start"
            " `aragora serve` here once, which writes a credentials file with a key of its own"
        )
    return headers


def _fill(template: str, given: dict[str, Any]) -> str:
    return "/".join(
        _segment(part[1:-1], given.pop(part[1:-1])) if part.startswith("{") else part
        for part in template.split("/")
    )


def _segment(name: str, value: Any) -> str:
    # A client or proxy would normalise these away and reach another operation.
    if str(value) in {"", ".", ".."}:
        raise ConfigurationError(f"{name} must be an id, got {value!r}")
    return quote(str(value), safe="")


def _body(op: Op[Any], given: dict[str, Any], options: RequestOptions) -> bytes | None:
    if op.sends is None:
        return None
    if op.sends != "application/json":
        raw: bytes = given["body"]
        return raw
    return encode_json({**given, **options.get("body", {})})


def encode_json(value: Any) -> bytes:
    """JSON as we send it; models and times find their wire form."""
    try:
        text = json.dumps(
            value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain
        )
        return text.encode()
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"cannot be sent as JSON: {error}") from error


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, datetime):
        return _time(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes | bytearray):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form; pass a string, number, list or dict")


def encode_query(pairs: Sequence[tuple[str, Any]]) -> str:
    """RFC 3986: unreserved characters stay, a space is %20, lists repeat their key."""
    flat = [
        (name, item)
        for name, value in pairs
        if value is not OMIT and value is not None
        for item in (value if isinstance(value, list | tuple | set | frozenset) else (value,))
    ]
    text = "&".join(f"{quote(name, safe='')}={quote(_text(item), safe='')}" for name, item in flat)
    return f"?{text}" if text else ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _time(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _time(value: datetime) -> str:
    if value.tzinfo is None:
        raise ConfigurationError("a time needs a time zone: use datetime.now(timezone.utc)")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")

"""Aragora: let several models argue a question, and verify the receipt of the decision.

Names are imported when they are first used, so importing this package costs nothing.
"""

from __future__ import annotations

# Type checkers know this name; importing typing would cost more than all the rest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from aragora._core.credentials import Credentials as Credentials
    from aragora._core.credentials import read_credentials as read_credentials
    from aragora._core.follow import ReconnectInfo as ReconnectInfo
    from aragora._core.model import UnknownEvent as UnknownEvent
    from aragora._core.options import OMIT as OMIT
    from aragora._core.options import Omit as Omit
    from aragora._core.options import RequestOptions as RequestOptions
    from aragora._core.options import RetryInfo as RetryInfo
    from aragora._core.options import RetryPolicy as RetryPolicy
    from aragora._core.options import Timeouts as Timeouts
    from aragora._core.page import AsyncPage as AsyncPage
    from aragora._core.page import Page as Page
    from aragora._core.response import BinaryResponse as BinaryResponse
    from aragora._core.response import Response as Response
    from aragora._core.retry import Answer as Answer
    from aragora._core.stream import AsyncEventStream as AsyncEventStream
    from aragora._core.stream import EventStream as EventStream
    from aragora._core.version import __version__ as __version__
    from aragora._core.wire import Request as Request
    from aragora.client import Aragora as Aragora
    from aragora.client import AsyncAragora as AsyncAragora
    from aragora.errors import AragoraError as AragoraError
    from aragora.errors import ConfigurationError as ConfigurationError
    from aragora.errors import Conflict as Conflict
    from aragora.errors import ConnectionFailed as ConnectionFailed
    from aragora.errors import DeadlineExceeded as DeadlineExceeded
    from aragora.errors import DebateCancelled as DebateCancelled
    from aragora.errors import DebateFailed as DebateFailed
    from aragora.errors import EventGap as EventGap
    from aragora.errors import EventsTrimmed as EventsTrimmed
    from aragora.errors import FieldError as FieldError
    from aragora.errors import Forbidden as Forbidden
    from aragora.errors import Gone as Gone
    from aragora.errors import IdleTimeout as IdleTimeout
    from aragora.errors import InvalidRequest as InvalidRequest
    from aragora.errors import JobError as JobError
    from aragora.errors import NotFound as NotFound
    from aragora.errors import PaymentRequired as PaymentRequired
    from aragora.errors import Problem as Problem
    from aragora.errors import RateLimited as RateLimited
    from aragora.errors import ResponseInvalid as ResponseInvalid
    from aragora.errors import ServerError as ServerError
    from aragora.errors import StatusError as StatusError
    from aragora.errors import StreamError as StreamError
    from aragora.errors import TooLarge as TooLarge
    from aragora.errors import Unauthenticated as Unauthenticated
    from aragora.errors import Unavailable as Unavailable
    from aragora.exports import ExportFailed as ExportFailed
    from aragora.exports import export_receipts as export_receipts
    from aragora.exports import export_receipts_async as export_receipts_async
    from aragora.receipts import verify as verify

_ERRORS = (
    "AragoraError ConfigurationError Conflict ConnectionFailed DeadlineExceeded DebateCancelled "
    "DebateFailed EventGap EventsTrimmed FieldError Forbidden Gone IdleTimeout InvalidRequest "
    "JobError NotFound PaymentRequired Problem RateLimited ResponseInvalid ServerError "
    "StatusError StreamError TooLarge Unauthenticated Unavailable"
)
_HOMES = {
    "client": "Aragora AsyncAragora",
    "errors": _ERRORS,
    "exports": "ExportFailed export_receipts export_receipts_async",
    "receipts": "verify",
    "_core.credentials": "Credentials read_credentials",
    "_core.follow": "ReconnectInfo",
    "_core.model": "UnknownEvent",
    "_core.options": "OMIT Omit RequestOptions RetryInfo RetryPolicy Timeouts",
    "_core.page": "AsyncPage Page",
    "_core.response": "BinaryResponse Response",
    "_core.retry": "Answer",
    "_core.stream": "AsyncEventStream EventStream",
    "_core.wire": "Request",
}
_NAMES = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name == "__version__":
        home, attribute = "_core.version", name
    elif name in _NAMES:
        home, attribute = _NAMES[name], name
    else:
        raise AttributeError(f"module 'aragora' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"aragora.{home}"), attribute)
    return value


def __dir__() -> list[str]:
    return sorted({*_NAMES, "__version__"})

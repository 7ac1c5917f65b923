"""Every error a caller can see, and the one place that says which status it is.

AragoraError                500
├─ MalformedRequest         400  what arrived could not be read
├─ Unauthenticated          401
├─ PaymentRequired          402  a budget says no
├─ Forbidden                403
├─ NotFound                 404
├─ MethodNotAllowed         405
├─ RequestTimeout           408  the body did not arrive in time
├─ Conflict                 409
├─ Gone                     410
├─ TooLarge                 413
├─ UnsupportedMediaType     415
├─ Invalid                  422  it was read, understood and refused
├─ UpgradeRequired          426
├─ RateLimited              429
├─ NotImplementedHere       501  this installation lacks what it takes
├─ Unavailable              503  try again
└─ StorageFull              507  nothing can be written

A slice subclasses one of these with its own `code`; the code is part of the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import attrs

Location = Literal["body", "query", "path", "header"]


@attrs.frozen(kw_only=True)
class FieldError:
    """One fault at one place. `pointer` is an RFC 6901 pointer into `location`."""

    location: Location
    pointer: str
    code: str
    message: str


class AragoraError(Exception):
    """`detail` is for the caller; `members` are the typed extra members of the problem."""

    status: ClassVar[int] = 500
    code: str = "internal_error"

    def __init__(
        self,
        detail: str = "",
        *,
        members: Mapping[str, object] | None = None,
        errors: tuple[FieldError, ...] = (),
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members: Mapping[str, object] = members or {}
        self.errors = errors
        self.retry_after_s = retry_after_s


class MalformedRequest(AragoraError):
    status, code = 400, "malformed_request"


class Unauthenticated(AragoraError):
    status, code = 401, "unauthenticated"


class PaymentRequired(AragoraError):
    status, code = 402, "payment_required"


class Forbidden(AragoraError):
    status, code = 403, "forbidden"


class NotFound(AragoraError):
    status, code = 404, "not_found"


class MethodNotAllowed(AragoraError):
    status, code = 405, "method_not_allowed"


class RequestTimeout(AragoraError):
    status, code = 408, "request_timeout"


class Conflict(AragoraError):
    status, code = 409, "conflict"


class Gone(AragoraError):
    status, code = 410, "gone"


class TooLarge(AragoraError):
    status, code = 413, "body_too_large"


class UnsupportedMediaType(AragoraError):
    status, code = 415, "unsupported_media_type"


class Invalid(AragoraError):
    status, code = 422, "invalid_request"

    def narrow(self, allowed: frozenset[str]) -> None:
        """Take the code that all faults share, when the operation has it."""
        shared = {fault.code for fault in self.errors}
        if self.code == "invalid_request" and len(shared) == 1 and shared <= allowed:
            (self.code,) = shared


class UpgradeRequired(AragoraError):
    status, code = 426, "upgrade_required"


class RateLimited(AragoraError):
    status, code = 429, "rate_limited"


class Unavailable(AragoraError):
    status, code = 503, "unavailable"


class NotImplementedHere(AragoraError):
    """The contract knows it, this installation does not: an extra is missing."""

    status = 501


class StorageFull(AragoraError):
    status, code = 507, "storage_full"

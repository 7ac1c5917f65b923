# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""One class an error code of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, Literal

from aragora import errors


class BudgetExceeded(errors.PaymentRequired):
    """The budget does not pay for the note.

    Write a cheaper note.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"

    @property
    def remaining_usd(self) -> str | None:
        """remaining_usd"""
        found: str | None = self._member("remaining_usd")
        return found


class InvalidAmount(errors.InvalidRequest):
    """An amount is no decimal string.

    Send a decimal string.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class InvalidCursor(errors.InvalidRequest):
    """The cursor was not made by this list.

    Start again without a cursor.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class InvalidRequest(errors.InvalidRequest):
    """The request does not match the contract.

    Look at the places in `errors`.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class MalformedRequest(errors.InvalidRequest):
    """The body is not JSON.

    Send well-formed JSON.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class NoteNotFound(errors.NotFound):
    """There is no note of this id.

    Look at the list.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class Unauthenticated(errors.Unauthenticated):
    """The API key is missing or unknown.

    Send a valid key.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "never"


class Unavailable(errors.Unavailable):
    """The server is busy.

    Try again.
    """

    retry_hint: ClassVar[Literal["never", "safe"] | None] = "safe"


BY_CODE: Final[Mapping[str, type[errors.StatusError]]] = {
    "budget_exceeded": BudgetExceeded,
    "invalid_amount": InvalidAmount,
    "invalid_cursor": InvalidCursor,
    "invalid_request": InvalidRequest,
    "malformed_request": MalformedRequest,
    "note_not_found": NoteNotFound,
    "unauthenticated": Unauthenticated,
    "unavailable": Unavailable,
}

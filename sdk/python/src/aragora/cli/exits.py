"""Exit codes: one table for all commands."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Final

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
NOT_VERIFIED: Final = 3
NOT_AUTHORISED: Final = 4
NOT_FOUND: Final = 5
BUDGET: Final = 6
RATE_LIMITED: Final = 7
NO_CONSENSUS: Final = 8
INTERRUPTED: Final = 130

MEANINGS: Mapping[int, str] = {
    OK: "done; verify: verified",
    FAILED: "failed; verify: a check failed; jobs retry: the job is not dead",
    USAGE: "wrong usage, no API key, or a file that cannot be read or written",
    NOT_VERIFIED: "verify: something that is required is absent",
    NOT_AUTHORISED: "the server refuses the API key: unknown, revoked or without the scope",
    NOT_FOUND: "there is no such thing",
    BUDGET: "stopped by a budget",
    RATE_LIMITED: "too many requests",
    NO_CONSENSUS: "the debate reached no consensus",
    INTERRUPTED: "interrupted with Ctrl-C",
}


def code_of(error: Exception) -> int | None:
    """The exit code of an expected error; None for a fault of ours."""
    from aragora import errors

    table: tuple[tuple[type[Exception] | tuple[type[Exception], ...], int], ...] = (
        ((errors.Unauthenticated, errors.Forbidden), NOT_AUTHORISED),
        (errors.NotFound, NOT_FOUND),
        (errors.PaymentRequired, BUDGET),
        (errors.RateLimited, RATE_LIMITED),
        ((errors.ConfigurationError, errors.InvalidRequest, errors.TooLarge), USAGE),
        (errors.AragoraError, FAILED),
    )
    known = next((code for kinds, code in table if isinstance(error, kinds)), None)
    return USAGE if known is None and _named_file(error) else known


def told(error: Exception) -> str:
    """What went wrong and, below it, what to do about it."""
    from aragora import errors

    if file := _named_file(error):
        return file
    text = str(error)
    if isinstance(error, errors.StatusError):
        text = text.removesuffix(f" {error.doc_url}")
    advice = _advice(error)
    return f"{text}\n  {advice}" if advice else text


def _advice(error: Exception) -> str:
    from aragora import errors

    match error:
        case errors.ConnectionFailed():
            return "Is a server running there? `aragora serve` starts one here."
        case errors.Unauthenticated():
            return "Set ARAGORA_API_KEY to a valid key; without it the credentials file is read."
        case errors.StatusError() if error.code != "invalid_request":
            # The class of a code says in its second paragraph what to do; a general class does not.
            _, _, todo = (inspect.getdoc(type(error)) or "").partition("\n\n")
            return todo.replace("\n", " ")
    return ""


def _named_file(error: Exception) -> str | None:
    """The file that the system would not open, and why."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return None

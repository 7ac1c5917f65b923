"""Exit codes: one table for all commands."""

from __future__ import annotations

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
    FAILED: "failed; verify: a check failed",
    USAGE: "wrong usage, or input that cannot be read",
    NOT_VERIFIED: "verify: something that is required is absent",
    NOT_AUTHORISED: "the API key is missing, unknown or lacks the scope",
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
    return next((code for kinds, code in table if isinstance(error, kinds)), None)

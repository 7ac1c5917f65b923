"""US dollars as whole micro-USD. On the wire they are decimal strings; no float comes near them."""

from __future__ import annotations

import re

from .errors import Invalid, PaymentRequired

MICRO = 1_000_000
MAX_MICRO_USD = 9_000_000_000 * MICRO
"""Below 2^53, so that every JSON reader holds it exactly."""

_WIRE = re.compile(r"(0|[1-9][0-9]{0,9})(?:\.([0-9]{1,6}))?", re.ASCII)


class InvalidAmount(Invalid):
    code = "invalid_amount"


class ModelUnpriced(PaymentRequired):
    """A budget says no, as to any other call; a debate that runs stops as at a limit."""

    status, code = 422, "model_unpriced"

    def __init__(self, provider: str, model: str) -> None:
        super().__init__(
            f"nobody knows what {provider}:{model} costs, so no budget can hold it: "
            f"choose another model, or set a price of your own for it",
            members={"provider": provider, "model": model},
        )


def parse_usd(text: str) -> int:
    """`"0.012345"` to 12345. Anything but the one spelling is refused."""
    written = _WIRE.fullmatch(text) if isinstance(text, str) else None
    if written is None:
        raise InvalidAmount(f'{text!r} is no amount; write dollars like "12.50"')
    micro_usd = int(written[1]) * MICRO + int((written[2] or "0").ljust(6, "0"))
    if micro_usd > MAX_MICRO_USD:
        raise InvalidAmount(f"{text} is more than {format_usd(MAX_MICRO_USD)}")
    return micro_usd


def parse_signed_usd(text: str) -> int:
    """For a correction. Nothing is `"0"`, without a sign."""
    if not isinstance(text, str) or not text.startswith("-"):
        return parse_usd(text)
    if micro_usd := parse_usd(text[1:]):
        return -micro_usd
    raise InvalidAmount(f"{text!r} is no amount; write 0 without a sign")


def format_usd(micro_usd: int) -> str:
    """12345 to `"0.012345"`, without exponent and without trailing zeros."""
    if micro_usd < 0:
        raise ValueError("a negative amount has no spelling here")
    dollars, rest = divmod(micro_usd, MICRO)
    return f"{dollars}.{rest:06d}".rstrip("0").rstrip(".")


def format_signed_usd(micro_usd: int) -> str:
    """For the one kind of amount that may be negative: a correction."""
    return f"-{format_usd(-micro_usd)}" if micro_usd < 0 else format_usd(micro_usd)

"""Numbers and times of a receipt in words that read the same everywhere: no locale, no rounding."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def count(number: int) -> str:
    return f"{number:,}"


def amount(micro: int) -> str:
    """Micro-dollars as dollars, every place of them."""
    whole, part = divmod(micro, 1_000_000)
    return f"{whole:,}.{part:06d}"


def weight(ppm: int) -> str:
    whole, part = divmod(ppm, 1_000_000)
    return f"{whole:,}" + (f".{part:06d}".rstrip("0") if part else "")


def share(ppm: int) -> str:
    whole, part = divmod(ppm, 10_000)
    return f"{whole}" + (f".{part:04d}".rstrip("0") if part else "") + " %"


def moment(at: str) -> str:
    """`2026-11-22T09:30:12.480Z` as a person writes it."""
    year, month, day = at[:10].split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}, {clock(at)}"


def clock(at: str) -> str:
    return f"{at[11:19]} UTC"


def words(token: str) -> str:
    return token.replace("_", " ")

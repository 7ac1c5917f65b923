"""Dollars have one spelling, and no float ever stands for them."""

from __future__ import annotations

import pytest
from aragora_server.kernel.money import (
    MAX_MICRO_USD,
    InvalidAmount,
    format_signed_usd,
    format_usd,
    parse_signed_usd,
    parse_usd,
)
from hypothesis import given
from hypothesis import strategies as st


@given(st.integers(min_value=0, max_value=MAX_MICRO_USD))
def test_an_amount_survives_being_written_and_read(micro_usd: int) -> None:
    assert parse_usd(format_usd(micro_usd)) == micro_usd


@pytest.mark.parametrize(
    ("text", "micro_usd"),
    [
        ("0", 0),
        ("10", 10_000_000),
        ("0.012345", 12_345),
        ("1.50", 1_500_000),
        ("9000000000", MAX_MICRO_USD),
    ],
)
def test_an_amount_is_read_exactly(text: str, micro_usd: int) -> None:
    assert parse_usd(text) == micro_usd


@pytest.mark.parametrize(
    "text",
    [
        "1e5",
        "+1",
        "-1",
        "-0",
        "NaN",
        "Infinity",
        "0.1234567",
        "01",
        ".5",
        "5.",
        "",
        " 1",
        "1\n",
        "1,5",
        "٣",
        "9000000000.000001",
        "99999999999",
    ],
)
def test_any_other_spelling_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidAmount) as refused:
        parse_usd(text)

    assert (refused.value.status, refused.value.code) == (422, "invalid_amount")


@pytest.mark.parametrize("value", [1.5, 1, None, True])
def test_a_json_number_is_no_amount(value: object) -> None:
    with pytest.raises(InvalidAmount):
        parse_usd(value)  # type: ignore[arg-type]


def test_an_amount_is_printed_without_exponent_and_trailing_zeros() -> None:
    assert [format_usd(n) for n in (0, 1, 100_000, 10_000_000)] == ["0", "0.000001", "0.1", "10"]


def test_a_negative_amount_has_no_spelling() -> None:
    with pytest.raises(ValueError, match="negative"):
        format_usd(-1)


@given(st.integers(-MAX_MICRO_USD, MAX_MICRO_USD))
def test_a_correction_is_read_as_it_is_written(micro_usd: int) -> None:
    assert parse_signed_usd(format_signed_usd(micro_usd)) == micro_usd


@pytest.mark.parametrize(
    "text", ["-0", "--1", "+1", "- 1", "-", "-1e5", "-0.0000001", "-9000000001"]
)
def test_what_is_no_correction_is_refused(text: str) -> None:
    with pytest.raises(InvalidAmount):
        parse_signed_usd(text)

"""Shares are integers, parts per 10⁹."""

from __future__ import annotations

import pytest

from longarm.model import shares
from longarm.model.terms import WHOLE


def test_ten_times_five_percent_is_fifty_percent() -> None:
    """Design 4.2: in binary floating point it is not."""
    assert 10 * shares.parts("5") == shares.parts("50") == WHOLE // 2


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("24.99", 249_900_000, 249_900_000),
        ("25..50", 250_000_000, 500_000_000),
        (">50", 500_000_001, WHOLE),
        ("up to 49.9", 0, 499_000_000),
        ("about 64", 630_000_000, 650_000_000),
        ("ca. 50.1", 491_000_000, 511_000_000),
        ("about 0.5 %", 0, 15_000_000),
        ("about 100", 990_000_000, WHOLE),
    ],
)
def test_shares_are_read_as_people_write_them(text: str, lo: int, hi: int) -> None:
    """Open ends move by one part."""
    assert shares.read(text) == shares.Share(lo, hi)


@pytest.mark.parametrize(
    "text", ["50,36", "150", "-1", "half", "", "50..25", "NaN", "Infinity", "-Infinity", "5_0", "٥٠", "about NaN"]
)
def test_what_is_no_share_is_refused(text: str) -> None:
    """'50,36' is not a number; a decimal point was expected. Nothing was changed."""
    with pytest.raises(ValueError, match=r"not a|backwards"):
        shares.read(text)


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-inf", "5_0", "٥٠", "1e9999"])
def test_figures_that_decimal_would_take_are_refused(text: str) -> None:
    """Decimal takes them; a share they are not."""
    with pytest.raises(ValueError, match="not a"):
        shares.parts(text)


def test_about_fifty_is_no_sure_majority() -> None:
    """It may be less than half: one percentage point to either side."""
    half = WHOLE // 2
    assert shares.read("about 50.1").lo < half < shares.read("about 50.1").hi

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
        ("about 64", 640_000_000, 640_000_000),
    ],
)
def test_shares_are_read_as_people_write_them(text: str, lo: int, hi: int) -> None:
    """Open ends move by one part."""
    assert shares.read(text) == shares.Share(lo, hi)


@pytest.mark.parametrize("text", ["50,36", "150", "-1", "half", "", "50..25"])
def test_what_is_no_share_is_refused(text: str) -> None:
    """'50,36' is not a number; a decimal point was expected. Nothing was changed."""
    with pytest.raises(ValueError, match=r"not a|backwards"):
        shares.read(text)

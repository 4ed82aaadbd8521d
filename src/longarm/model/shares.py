"""Shares as integers, parts per 10⁹, with a lower and an upper end where the exact figure is not known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from longarm.model.terms import WHOLE

_RANGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:\.\.|-|–|to)\s*(\d+(?:\.\d+)?)\s*%?\s*", re.ASCII)
_ONE = re.compile(r"\s*(>=|>|<=|<|≥|≤|about|ca\.?|over|more than|up to|less than)?\s*(\d+(?:\.\d+)?)\s*%?\s*", re.ASCII)
_FIGURES = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)

ABOUT = WHOLE // 100
"""How far `about` reaches to either side: one percentage point. What is about 50.1 is no sure majority."""


@dataclass(frozen=True)
class Share:
    """A share between `lo` and `hi`, both included, in parts per 10⁹."""

    lo: int
    hi: int

    @property
    def is_exact(self) -> bool:
        """True where lower and upper end are one figure."""
        return self.lo == self.hi

    def __str__(self) -> str:
        return percent(self.lo) if self.is_exact else f"{percent(self.lo)} to {percent(self.hi)}"


UNKNOWN = Share(0, WHOLE)
"""Somebody holds something, and nobody says how much."""


def parts(percent_text: str) -> int:
    """Turn a percentage in figures into parts per 10⁹, exactly.

    Raises ValueError where it is no number, or lies outside 0 to 100.
    """
    if not _FIGURES.fullmatch(percent_text.strip()):  # Decimal would also take NaN, Infinity, 5_0 and other scripts
        mend = " a decimal point was expected" if "," in percent_text else " a percentage was expected"
        raise ValueError(f"'{percent_text}' is not a number;{mend}")
    value = Decimal(percent_text.strip())
    if not Decimal(0) <= value <= Decimal(100):
        raise ValueError(f"'{percent_text}' is not a share: 0 to 100 was expected")
    return int((value * (WHOLE // 100)).to_integral_value())


def read(text: str) -> Share:
    """Read `24.99`, `25..50`, `>50`, `up to 49.9` or `about 64`; open ends move by one part in 10⁹.

    `about 64` and `ca. 64` are 63 to 65: one percentage point to either side, within 0 to 100.

    Raises ValueError with the value and what was expected.
    """
    if found := _RANGE.fullmatch(text):
        lo, hi = parts(found[1]), parts(found[2])
        if lo > hi:
            raise ValueError(f"'{text}' runs backwards: the smaller share comes first")
        return Share(lo, hi)
    found = _ONE.fullmatch(text)
    if not found:
        parts(text)
        raise ValueError(f"'{text}' is not a share; write 24.99, 25..50 or >50")
    sign, value = found[1] or "", parts(found[2])
    if sign in (">", "over", "more than"):
        return Share(min(value + 1, WHOLE), WHOLE)
    if sign in (">=", "≥"):
        return Share(value, WHOLE)
    if sign in ("<", "less than"):
        return Share(0, max(value - 1, 0))
    if sign in ("<=", "≤", "up to"):
        return Share(0, value)
    if sign:
        return Share(max(value - ABOUT, 0), min(value + ABOUT, WHOLE))
    return Share(value, value)


def percent(value: int) -> str:
    """Write parts per 10⁹ as a percentage without trailing zeros: `24.99 %`."""
    text = f"{Decimal(value) / (WHOLE // 100):.7f}".rstrip("0").rstrip(".")
    return f"{text} %"

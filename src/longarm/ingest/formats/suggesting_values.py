"""What the values of a column look like: LEIs, dates and their format, countries, percentages, numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_MOST: Final = 300
"""Distinct values that are looked at."""
_ENOUGH: Final = 0.8
"""The part of the values that must be so where the name of the column says nothing."""
_NEARLY: Final = 0.5
"""The part that must be so where the name says it."""
_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)
_SHARE: Final = re.compile(
    r"\s*(>=?|<=?|≥|≤|about|ca\.?)?\s*\d{1,3}([.,]\d+)?\s*(%|(\.\.|-|–|to)\s*\d{1,3}([.,]\d+)?\s*%?)?\s*"
)
_ISO: Final = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ].*)?)?)?", re.ASCII)
_FORMS: Final = (
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d %B %Y",
    "%d/%m/%y",
    "%d.%m.%y",
)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Look:
    """What was seen of a column."""

    filled: float
    """part of the rows that have a value"""
    example: str
    is_lei: bool = False
    is_email: bool = False
    is_number: bool = False
    is_country: bool = False
    is_fraction: bool = False
    format: str | None = None
    """of the dates, where they are not ISO"""
    is_ambiguous: bool = False
    """True where day and month could be the other way round"""
    nearly: frozenset[str] = frozenset()
    """what more than half of the values are: lei, country, share, date"""

    def guess(self) -> tuple[str | None, str]:
        """Say what a column is whose name says nothing, and why; only where the values leave no doubt."""
        if self.is_country and not self.is_number:
            return "country", "its values are countries"
        return None, "neither its name nor its values say what it is"

    def fits(self, prop: str) -> bool:
        """Say whether the values are such as a property takes."""
        if not self.example:
            return True
        if prop == "percentage":
            return "share" in self.nearly
        if prop in ("country", "jurisdiction", "nationality"):
            return "country" in self.nearly
        if prop.endswith("Date"):
            return "date" in self.nearly
        if prop == "leiCode":
            return "lei" in self.nearly
        return True


def look(values: Sequence[str]) -> Look:
    """Look at the values of a column."""
    from rigour.ids import get_identifier_format
    from rigour.territories import lookup_territory

    given = [v.strip() for v in values if v.strip()]
    seen = list(dict.fromkeys(given))[:_MOST]
    if not seen:
        return Look(0.0, "")

    lei = get_identifier_format("lei")
    assert lei is not None
    parts = {
        "lei": sum(len(v) == 20 and lei.is_valid(v) for v in seen) / len(seen),
        "country": sum(len(v) < 60 and lookup_territory(v) is not None for v in seen) / len(seen),
        "share": sum(_SHARE.fullmatch(v) is not None for v in seen) / len(seen),
        "date": 0.0,
    }
    numbers = [v for v in seen if _NUMBER.fullmatch(v)]
    parts["date"], form, is_ambiguous = _dates(seen)
    return Look(
        filled=len(given) / len(values),
        example=seen[0][:60],
        is_lei=parts["lei"] >= _ENOUGH,
        is_email=sum(_EMAIL.fullmatch(v) is not None for v in seen) >= _ENOUGH * len(seen),
        is_number=len(numbers) >= _ENOUGH * len(seen),
        is_country=parts["country"] >= _ENOUGH,
        is_fraction=len(numbers) == len(seen) and all(float(v.replace(",", ".")) <= 1 for v in seen) and len(seen) > 1,
        format=form,
        is_ambiguous=is_ambiguous,
        nearly=frozenset(what for what, part in parts.items() if part >= _NEARLY),
    )


def _dates(seen: Sequence[str]) -> tuple[float, str | None, bool]:
    """Say how many values are dates, in which format if not ISO, and whether day and month may be swapped."""
    iso = sum(_ISO.fullmatch(v) is not None for v in seen) / len(seen)
    if iso >= _NEARLY:
        return iso, None, False
    fit = {form: sum(_is_of(v, form) for v in seen) / len(seen) for form in _FORMS}
    best = max(fit, key=lambda form: fit[form])  # of equals the first
    if fit[best] < _NEARLY:
        return 0.0, None, False
    return fit[best], best, best == "%d/%m/%Y" and fit["%m/%d/%Y"] == fit[best]


def _is_of(value: str, form: str) -> bool:
    try:
        dt.datetime.strptime(value, form)  # noqa: DTZ007 (a day of the calendar has no zone)
    except ValueError:
        return False
    return True

"""Partial dates: `2018`, `2018-12` and `2018-12-05` stay what they are.

A partial date holds for certain outside its span and in the upper bound inside it (design 4.6), so every
comparison answers one of three: certainly, certainly not, or unclear.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Certainty(Enum):
    """Whether something was so on a day."""

    NO = 0
    UNCLEAR = 1
    YES = 2


@dataclass(frozen=True)
class Span:
    """The days that a partial date may mean, both included."""

    first: dt.date
    last: dt.date


@lru_cache(maxsize=4096)
def span(text: str) -> Span:
    """Give the days that `text` may mean.

    Raises ValueError, with the value, where it is no date of the form YYYY, YYYY-MM or YYYY-MM-DD.
    """
    found = _PARTIAL.fullmatch(text)
    if not found:
        raise ValueError(f"'{text}' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(g) if g else None for g in found.groups())
    assert year is not None
    try:
        if month is None:
            return Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if day is None:
            return Span(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
        exact = dt.date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"'{text}' is not a day of the calendar") from None
    return Span(exact, exact)


def whole_day(text: str) -> dt.date:
    """Give the day that `text` names. Raises ValueError where it is no date, or names a month or a year."""
    days = span(text)
    if days.first != days.last:
        raise ValueError(f"'{text}' is a partial date; a whole day was expected: YYYY-MM-DD")
    return days.first


def in_force(valid_from: str | None, valid_to: str | None, as_of: dt.date) -> Certainty:
    """Say whether `as_of` lies within the interval; an open end counts as in force.

    The last day is part of the interval. An interval whose ends are certain on this day answers YES or NO;
    UNCLEAR means that the day falls inside a partial date.
    """
    answer = Certainty.YES
    if valid_from is not None:
        start = span(valid_from)
        if as_of < start.first:
            return Certainty.NO
        if as_of < start.last:
            answer = Certainty.UNCLEAR
    if valid_to is not None:
        end = span(valid_to)
        if as_of > end.last:
            return Certainty.NO
        if as_of > end.first or (end.first != end.last and as_of == end.first):
            answer = Certainty.UNCLEAR
    return answer


def ended_before(valid_to: str | None, as_of: dt.date) -> Certainty:
    """Say whether the interval had ended by `as_of`."""
    if valid_to is None:
        return Certainty.NO
    end = span(valid_to)
    if as_of > end.last:
        return Certainty.YES
    if end.first != end.last and as_of >= end.first:
        return Certainty.UNCLEAR
    return Certainty.NO


def in_words(text: str | None) -> str:
    """Write a partial date as people read it: `5 December 2018`, `December 2018`, `2018`."""
    if not text:
        return "undated"
    days = span(text)
    if len(text) == 4:
        return text
    month = f"{calendar.month_name[days.first.month]} {days.first.year}"
    return month if len(text) == 7 else f"{days.first.day} {month}"

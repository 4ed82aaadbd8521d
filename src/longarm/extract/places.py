"""Which names of a text are places: something is in them, or they date the line; a stake in a firm is no place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

_PLACED: Final = re.compile(
    r"(?:\b(?:(?:territory|soil|town|republic|kingdom) of|in|inside|near|outside|à|en|nach|te|aus|within)\s)$",
    re.IGNORECASE,
)
_HELD_IN: Final = re.compile(
    r"\b(?:stakes?|shares?|interests?|holdings?|invest\w*|percent|%|Anteile?|Beteiligung|belang|aandeel|aandelen|"
    r"deelneming|participation)\s+(?:in|à|en)\s$|\bà\s$",
    re.IGNORECASE,
)
_DATELINE: Final = re.compile(r"(?:,\s[^–\n]{2,24})?\s?(?:\([^)\n]{2,30}\))?\s[-–—]\s")


@dataclass(frozen=True)
class Places:
    """The names that a text speaks of as places."""

    sometimes: frozenset[str]
    """at least once, so that the name is no short form of a firm"""
    mostly: frozenset[str]
    """in more than half of their mentions"""


def places_in(text: str, found: list[tuple[int, int, str]]) -> Places:
    """Give the names, as they stand, that the text speaks of as places."""
    said: Counter[str] = Counter()
    within: Counter[str] = Counter()
    dated: Counter[str] = Counter()
    for start, end, name in found:
        before = text[max(0, start - 30) : start]
        said[name] += 1
        within[name] += bool(_PLACED.search(before)) and not _HELD_IN.search(before)
        dated[name] += _DATELINE.match(text, end) is not None
    return Places(
        frozenset(name for name in said if within[name]),
        frozenset(name for name in said if (within[name] + dated[name]) * 2 > said[name]),
    )

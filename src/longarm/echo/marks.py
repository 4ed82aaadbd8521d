"""Marks: what stays the same when a text is reworded or translated: names, numbers, dates, in their order.

A name is a word with a capital inside a sentence, a number is read by its value (`1,900`, `1.900` and `1 900` are one).
German writes every noun with a capital: such words are marks of the German side only, and the overlap is taken over the
smaller side, so they do not count against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from longarm.echo.words import Word


@dataclass(frozen=True)
class Mark:
    """A name (its first letters) or a number (`#` and its value), and the index of its word."""

    name: str
    word: int
    sure: bool
    """false for a capital that may be there for a sentence starts: it confirms a name, and is none by itself"""


_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_LEAST_NAME: Final = 3
STEM: Final = 7
"""Letters of a name that are compared: `Aldmark`, `Aldmarks` and `Aldmarker` are one name in four languages"""


def value_of(written: str) -> str:
    """Give a number by its value, whichever sign parts its thousands and decimals."""
    if _THOUSANDS.fullmatch(written):
        return re.sub(r"[.,]", "", written)
    return re.sub(r"[.,]", ".", written).rstrip(".")


def marks(words: Sequence[Word]) -> list[Mark]:
    """Give the marks of a text in order."""
    inner = {w.folded for w in words if not w.starts and w.written[:1].isupper()}
    lower = {w.folded for w in words if w.written[:1].islower()}
    found: list[Mark] = []
    for i, w in enumerate(words):
        first = w.written[:1]
        if first.isdigit():
            match = _NUMBER.match(w.written)
            if match is not None and len(value := value_of(match.group())) > 1:
                found.append(Mark("#" + value, i, True))
        elif first.isupper() and w.folded not in lower:
            name = w.folded.split("'")[-1] if w.folded[1:2] == "'" else w.folded.removesuffix("'s")
            if len(name) >= _LEAST_NAME:
                found.append(Mark(name[:STEM], i, not w.starts or w.folded in inner))
    return found


def in_order(a: Sequence[str], b: Sequence[str]) -> float:
    """Give how far the marks that two texts share come in one order: 1 the same, 0 none; by longest increasing run.

    `a` and `b` are marks by first place. A chance order of n marks has about 2·√n of n in one run.
    """
    place = {m: i for i, m in enumerate(b)}
    line = [place[m] for m in a if m in place]
    if not line:
        return 0.0
    tails: list[int] = []
    for x in line:
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if tails[middle] < x else (low, middle)
        tails[low : low + 1] = [x]
    return len(tails) / len(line)

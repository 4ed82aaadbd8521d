"""The index of texts: which of those seen so far a text may share an origin with.

Holds the texts and, for each fingerprint and each name or number, which texts have it: twelve bytes each. Adding needs
nothing of the other texts.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from longarm.echo import shingles
from longarm.echo.credits import Credit
from longarm.echo.postings import Postings
from longarm.echo.reading import Reading
from longarm.echo.words import number_of
from longarm.errors import OptionError
from longarm.model.claims import Text

MOST: Final = 250_000
"""Texts that one index takes; beyond, part them by year"""
DAYS: Final = 31
"""Days between a report and what repeats it, where names and numbers alone speak for it"""
_COMMON: Final = 1000
"""Texts that share a key before it stops telling any apart"""
_CLOSEST: Final = 40
"""Candidates by text, and as many by names and numbers, that are compared"""
_FORMULA: Final = 3
"""Texts of one publisher that have a run before it counts as its standing formula"""
_FORMULA_ANYBODY: Final = 5
"""the same for texts of whichever publishers: papers of one house print one sign-off"""
_FORMULA_DAYS: Final = 7
"""and the days between the first and the last of them: an agency sends takes of one story in a day or two"""
_KEPT_OPEN: Final = 600
"""Readings that are kept: a tenth of a megabyte each, twice what one text is compared with and more"""
_NO_DAY: Final = -1


class Index:
    """Texts to compare with, added one by one."""

    def __init__(self) -> None:
        """Start empty."""
        self._texts: list[Text] = []
        self._credits: list[tuple[Credit, ...] | None] = []
        self._numbers: dict[str, int] = {}
        self._publishers: list[int] = []
        self._publisher_numbers: dict[str, int] = {}
        self._days: list[int] = []
        self._sizes: list[int] = []
        self._prints = Postings()
        self._marks = Postings()
        self._open: OrderedDict[int, Reading] = OrderedDict()

    def __len__(self) -> int:
        """Give how many texts it holds."""
        return len(self._texts)

    def add(self, text: Text, stated: Sequence[Credit] | None = None) -> None:
        """Add a text; one whose document is there already is left alone.

        `stated` are the credits that another stage found; where None, they are read from the text.
        Raises OptionError beyond MOST texts.
        """
        if text.document in self._numbers:
            return
        if len(self._texts) >= MOST:
            raise OptionError(f"more than {MOST} texts to compare", mend="part them by year of publication")
        number = len(self._texts)
        self._numbers[text.document] = number
        self._texts.append(text)
        self._credits.append(None if stated is None else tuple(stated))
        publisher = (text.publisher or "").strip().casefold()
        self._publishers.append(self._publisher_numbers.setdefault(publisher, len(self._publisher_numbers)))
        reading = self.reading(number)
        self._days.append(_NO_DAY if reading.day is None else reading.day)
        self._sizes.append(len(reading.fingerprints))
        self._prints.add(reading.fingerprints, number)
        self._marks.add(_keys(sorted(reading.marks[1])), number)

    def reading(self, number: int) -> Reading:
        """Give the reading of the text with this number; the last few hundred are kept."""
        reading = self._open.pop(number, None) or Reading(self._texts[number], self._credits[number])
        self._open[number] = reading
        if len(self._open) > _KEPT_OPEN:
            self._open.popitem(last=False)
        return reading

    def read(self, document: str) -> Reading:
        """Give the reading of a document that was added. Raises KeyError for any other."""
        return self.reading(self._numbers[document])

    def of(self, text: Text) -> Reading:
        """Give the reading of a text, whether the index holds it or not."""
        number = self._numbers.get(text.document)
        return Reading(text) if number is None else self.reading(number)

    def candidates(self, text: Text) -> tuple[str, ...]:
        """Give the documents that may share an origin with `text`, the likeliest first; never the text itself."""
        return tuple(self._texts[n].document for n in self.near(self.of(text)))

    def near(self, reading: Reading) -> tuple[int, ...]:
        """Give the numbers of the candidates of a reading, the likeliest first."""
        own = self._numbers.get(reading.text.document)
        by_text = self._by_text(reading)
        by_marks = self._by_marks(reading)
        return tuple(n for n in dict.fromkeys((*by_text, *by_marks)) if n != own)

    def weigh(self, names: Sequence[str]) -> npt.NDArray[np.float64]:
        """Give the weight of marks: the rarer in the index, the heavier (inverse document frequency)."""
        if not names:
            return np.empty(0, dtype=np.float64)
        frequency = np.maximum(self._marks.frequency(_keys(names)), 1)
        return np.log(1.0 + max(len(self._texts), 1) / frequency)

    def formulas(self, reading: Reading) -> shingles.Hashes:
        """Give the fingerprints of a text that stand in several otherwise different texts of one publisher, or in many.

        Sign-offs, notes on a firm at the foot of its releases, how a paper invites to subscribe.
        """
        keys, texts = self._prints.find(reading.fingerprints, _COMMON)
        numbers, place, counts = np.unique(texts, return_inverse=True, return_counts=True)
        sizes = np.array([self._sizes[n] for n in numbers], dtype=np.int64)
        publishers = np.array([self._publishers[n] for n in numbers], dtype=np.int64)
        days = np.array([self._days[n] for n in numbers], dtype=np.int64)
        apart = counts < 0.5 * sizes
        far = apart[place]
        keys, place = keys[far], place[far]
        nameless = self._publisher_numbers.get("", _NO_DAY)
        named = publishers[place] != nameless
        anybody = _standing(keys, np.zeros(len(keys), dtype=np.int64), days[place], _FORMULA_ANYBODY)
        one = _standing(keys[named], publishers[place][named], days[place][named], _FORMULA)
        return np.union1d(anybody, one)

    def _by_text(self, reading: Reading) -> list[int]:
        """Rank by shared fingerprints; a single one is an idiom."""
        _, texts = self._prints.find(reading.fingerprints, _COMMON)
        numbers, counts = np.unique(texts, return_counts=True)
        least = 2 if len(reading.fingerprints) >= 8 else 1
        kept = counts >= least
        return self._ranked(numbers[kept], counts[kept].astype(np.float64))

    def _by_marks(self, reading: Reading) -> list[int]:
        """Rank by the weight of shared names and numbers, inside the window of time."""
        every = sorted(reading.marks[1])
        keys = _keys(every)
        found, texts = self._marks.find(keys, _COMMON)
        if not len(found):
            return []
        if reading.day is not None:
            days = np.array(self._days, dtype=np.int64)[texts]
            near = (np.abs(days - reading.day) <= DAYS) | (days == _NO_DAY)
            found, texts = found[near], texts[near]
        weight = dict(zip(keys.tolist(), self.weigh(every).tolist(), strict=True))
        numbers, place = np.unique(texts, return_inverse=True)
        heavy = np.array([weight[k] for k in found.tolist()], dtype=np.float64)
        counts = np.bincount(place, minlength=len(numbers))
        weights = np.bincount(place, weights=heavy, minlength=len(numbers))
        least = 3 if len(every) >= 6 else max(1, math.ceil(len(every) / 2))
        kept = counts >= least
        return self._ranked(numbers[kept], weights[kept])

    def _ranked(self, numbers: npt.NDArray[np.uint32], weights: npt.NDArray[Any]) -> list[int]:
        order = np.lexsort((numbers, -weights))[: _CLOSEST + 1]
        return [int(n) for n in numbers[order]]


def _standing(
    keys: shingles.Hashes, whose: npt.NDArray[np.int64], days: npt.NDArray[np.int64], needed: int
) -> shingles.Hashes:
    """Give the keys that `needed` texts of one publisher have over a week or more; undated ones may be of any day."""
    if not len(keys):
        return keys
    order = np.lexsort((whose, keys))
    keys, whose, days = keys[order], whose[order], days[order]
    first = np.flatnonzero(np.r_[True, (keys[1:] != keys[:-1]) | (whose[1:] != whose[:-1])])
    counts = np.diff(np.r_[first, len(keys)])
    least, most = np.minimum.reduceat(days, first), np.maximum.reduceat(days, first)
    stands = (counts >= needed) & ((least == _NO_DAY) | (most - least >= _FORMULA_DAYS))
    return np.unique(keys[first][stands])


def _keys(names: Sequence[str]) -> shingles.Hashes:
    return np.fromiter((number_of(n) for n in names), dtype=np.uint64, count=len(names))

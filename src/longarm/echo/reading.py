"""A text as echo reads it, once: words, shingles, marks, credits, days; and what two readings share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from longarm.echo import credits as crediting
from longarm.echo import publishers
from longarm.echo import shingles as shingling
from longarm.echo.credits import Credit, Reach
from longarm.echo.marks import STEM, in_order, marks
from longarm.echo.words import Word, words
from longarm.model import dates
from longarm.model.claims import NOT_OF_THE_ARTICLE, Text

RUN: Final = 6
"""Words that a shared run has at least: shorter ones are idiom ("in the first half of")"""

Weigh = Callable[[Sequence[str]], npt.NDArray[np.float64]]


@dataclass
class Reading:
    """What is compared of one text."""

    text: Text
    given: tuple[Credit, ...] | None = None
    """credits that another stage found; None to read them from the text"""
    words: tuple[Word, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Part the text into words; what a page puts beside its article is no part of what is compared."""
        self.words = tuple(word for word in words(self.text.text) if not self._is_aside(word.start))

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """The stated credits."""
        if self.given is not None:
            return self.given
        return tuple(one for one in crediting.stated(self.text.text) if not self._is_aside(one.start))

    def _is_aside(self, at: int) -> bool:
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and self.text.lines[number].kind in NOT_OF_THE_ARTICLE

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.text.lines]

    @cached_property
    def shingles(self) -> shingling.Hashes:
        """One hash for each place where a shingle begins."""
        return shingling.hashes(shingling.numbers([w.folded for w in self.words]))

    @cached_property
    def fingerprints(self) -> shingling.Hashes:
        """The shingles that an index keeps."""
        return shingling.winnowed(self.shingles)

    @cached_property
    def sorted_shingles(self) -> shingling.Hashes:
        """The different shingles, sorted."""
        return np.unique(self.shingles)

    @cached_property
    def open_places(self) -> npt.NDArray[np.bool_]:
        """True for a shingle that stands outside quotations."""
        if not len(self.shingles):
            return np.zeros(0, dtype=np.bool_)
        windows = np.lib.stride_tricks.sliding_window_view(self.open_words, shingling.K)
        return np.asarray(windows.all(axis=1), dtype=np.bool_)

    @cached_property
    def open_shingles(self) -> shingling.Hashes:
        """The different shingles that stand outside quotations, sorted."""
        return np.unique(self.shingles[self.open_places])

    @cached_property
    def open_words(self) -> npt.NDArray[np.bool_]:
        """True for a word that stands in no quotation: what somebody said is repeated without being copied."""
        return np.array([not w.quoted for w in self.words], dtype=np.bool_)

    @cached_property
    def marks(self) -> tuple[tuple[str, ...], dict[str, str]]:
        """Sure marks, each once, by first place; and all, with how they are written. Credits are left out."""
        whole = [(c.start, c.end) for c in self.credits if c.reach is Reach.WHOLE and c.end - c.start <= 160]
        own = {t[:STEM] for t in publishers.tokens(self.text.publisher or "")}
        sure: dict[str, None] = {}
        every: dict[str, str] = {}
        for mark in marks(self.words):
            at = self.words[mark.word].start
            if mark.name in own or any(s <= at < e for s, e in whole):
                continue
            every.setdefault(mark.name, self.words[mark.word].written)
            if mark.sure:
                sure.setdefault(mark.name)
        return tuple(sure), every

    @cached_property
    def stems(self) -> frozenset[str]:
        """All marks, and the beginnings of all words: a name may be a plain word in another sentence or language."""
        return frozenset(self.marks[1]) | {w.folded[:STEM] for w in self.words}

    @cached_property
    def day(self) -> int | None:
        """The first day of the publication date, counted from year 1; None where it is unknown or no date."""
        try:
            return dates.span(self.text.published).first.toordinal() if self.text.published else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Shared:
    """What two texts share. `copy` is the later one by our order; nothing here decides."""

    words: int
    """different runs of three words of the copy in shared stretches, outside quotations and standing formulas"""
    copy_share: float
    """those, of all its different runs of three words"""
    origin_share: float
    """the same the other way round"""
    spans: tuple[tuple[int, int], ...]
    """of the copy, in characters: what stands in the other to the letter"""
    marks: tuple[str, ...]
    """names and numbers of both, in the order of the copy"""
    overlap: float
    """their weight, of the weight of the text that has fewer"""
    order: float
    """how far they come in one order"""
    numbers: int
    """how many of them are numbers"""
    shingles: int = 0
    """different shingles that both have outside quotations"""
    contained: float = 0.0
    """those, of the shingles of the text that has fewer: high for a text that was reworded a little"""


def share(copy: Reading, other: Reading, weigh: Weigh, formulas: shingling.Hashes) -> Shared:
    """Compare two readings. `formulas` are shingles that stand in many texts of one publisher and prove nothing."""
    spans, said, loose = _runs(copy, other, formulas)
    _, back, _ = _runs(other, copy, formulas)
    names, overlap, order = _marks(copy, other, weigh)
    here, there = len(copy.open_shingles), len(other.open_shingles)
    least = min(here, there)
    return Shared(
        words=said,
        copy_share=said / here if here else 0.0,
        origin_share=back / there if there else 0.0,
        spans=spans,
        marks=tuple(copy.marks[1][m] for m in names),
        overlap=overlap,
        order=order,
        numbers=sum(m.startswith("#") for m in names),
        shingles=loose,
        contained=loose / least if least else 0.0,
    )


def _runs(a: Reading, b: Reading, formulas: shingling.Hashes) -> tuple[tuple[tuple[int, int], ...], int, int]:
    """Give the spans of a's shared runs, the shingles in them that count, and those that count in a run or not.

    Each shingle counts once: a line that a page repeats twenty times is one line. A run is a standing formula where all
    that an index keeps of it is one.
    """
    hit = shingling.among(a.shingles, b.sorted_shingles)
    if not hit.any():
        return (), 0, 0
    mask = np.zeros(len(a.words), dtype=np.bool_)
    for i in range(shingling.K):
        mask[i : i + len(hit)] |= hit
    stretches = shingling.runs(mask, RUN)
    spans = tuple((a.words[s].start, a.words[e - 1].end) for s, e in stretches)
    inside = np.zeros(len(hit), dtype=np.bool_)
    standing = shingling.among(a.shingles, formulas)
    kept = shingling.among(a.shingles, a.fingerprints) if len(formulas) else standing
    for s, e in stretches:
        last = max(s, e - shingling.K + 1)
        known = kept[s:last]
        if known.any() and not (known & ~standing[s:last]).any():
            standing[s:last] = True
        else:
            inside[s:last] = True
    proof = hit & a.open_places & ~standing
    return spans, len(np.unique(a.shingles[proof & inside])), len(np.unique(a.shingles[proof]))


def _marks(a: Reading, b: Reading, weigh: Weigh) -> tuple[tuple[str, ...], float, float]:
    (sure_a, every_a), (sure_b, every_b) = a.marks, b.marks
    drop = {t[:STEM] for r in (a, b) for t in publishers.tokens(r.text.publisher or "")}
    both = [m for m in sure_a if m in every_b and m not in drop]
    both += [m for m in sure_b if m in every_a and m not in drop and m not in both]
    if not both:
        return (), 0.0, 0.0
    weights = [float(weigh([m for m in sure if m not in drop]).sum()) for sure in (sure_a, sure_b)]
    least = min(weights)
    overlap = min(1.0, float(weigh(both).sum()) / least) if least > 0 else 0.0
    return tuple(both), overlap, in_order(sure_a, sure_b)

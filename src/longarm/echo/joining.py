"""Joins: whether one text repeats another, on what evidence, and how sure that is.

Every rule names its evidence. The numbers were chosen on the labelled articles, where a report and what repeats it
share .31 of the weight of names at least, other pairs .18 at most; `scripts/bench_echo.py` measures what they give.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from longarm.echo import publishers
from longarm.echo.credits import Credit, Reach
from longarm.echo.index import DAYS
from longarm.echo.reading import Reading, Shared


class Role(StrEnum):
    """What a member of an origin group is in it."""

    ORIGINAL = "original"
    VERBATIM = "verbatim"
    VERBATIM_CUT = "verbatim cut"
    VERBATIM_PART = "verbatim part"
    EXTENDED = "extended"
    REWORDED = "reworded"
    TRANSLATED = "translated"
    CREDIT_ONLY = "credit only"


class Ground(StrEnum):
    """The evidence that decided a join, the strongest first."""

    TEXT = "shared text"
    CREDIT = "credit of the whole text"
    WORDING = "shared wording"
    REPORT = "report named in the text"
    COMMON_CREDIT = "the same credit"
    FACTS = "names and numbers in one order"


WEAK: Final = frozenset({Ground.FACTS})
"""Grounds that join to the original only, and that a group says"""
_RANK: Final = {g: i for i, g in enumerate(Ground)}

_LEAST_RUN: Final = (25, 0.15)
"""words in shared runs, and their share of the shorter side, that make a copy; a paragraph taken over is about that"""
_SHORT_RUN: Final = (12, 0.5)
"""the same for a brief"""
_LEAST_WORDING: Final = (12, 0.18)
"""shared shingles and their containment for a text reworded a little; real pages of other stories share .10 at most"""
_BY_CREDIT: Final = {Reach.WHOLE: (3, 0.25), Reach.REPORT: (5, 0.28)}
"""shared marks, and their overlap, that confirm a credit: the agency may have run other stories that day"""
_BRIEF: Final = (2, 0.6)
"""the same for a text with few names"""
_BY_COMMON: Final = (5, 0.4)
_BY_FACTS: Final = (8, 0.6, 0.85, 2)
"""marks, overlap, order, numbers where nobody is credited"""
_FACTS_DAYS: Final = 7


@dataclass(frozen=True)
class Join:
    """That `copy` repeats `origin`, with what was shared and which credit says so."""

    copy: str
    origin: str
    role: Role
    ground: Ground
    shared: Shared
    credit: Credit | None
    """of the copy, at its span"""

    @property
    def is_weak(self) -> bool:
        """True where only a likeness of facts speaks for it: two reporters at one press conference look the same."""
        return self.ground in WEAK

    @property
    def strength(self) -> tuple[int, float, float]:
        """Sort key: the strongest first."""
        s = self.shared
        return (_RANK[self.ground], -round(max(s.copy_share, s.origin_share), 6), -round(s.overlap, 6))

    def why(self) -> str:
        """Say in one sentence why they are joined."""
        s = self.shared
        parts: list[str] = []
        if s.words:
            parts.append(f"{s.words} words to the letter ({s.copy_share:.0%} of it, {s.origin_share:.0%} of the other)")
        elif self.ground is Ground.WORDING:
            parts.append(f"{s.shingles} shared runs of three words ({s.contained:.0%} of the shorter text)")
        if s.marks:
            told = ", ".join(s.marks[:6]) + (" …" if len(s.marks) > 6 else "")
            parts.append(f"{len(s.marks)} names and numbers ({s.overlap:.0%} by weight; {told})")
        if self.credit is not None:
            parts.append(f"it says “{self.credit.words[:80]}”")
        return f"{self.ground}: " + "; ".join(parts)


def join(copy: Reading, origin: Reading, shared: Shared) -> Join | None:
    """Say whether `copy` repeats `origin`, which comes before it; None where nothing suffices."""
    credit = _credit(copy, origin)
    ground = _ground(copy, origin, shared, credit)
    if ground is None:
        return None
    told = credit
    if ground is Ground.COMMON_CREDIT:
        told = _common(copy, origin)
    return Join(copy.text.document, origin.text.document, _role(copy, origin, shared, ground), ground, shared, told)


def precedes(a: Reading) -> tuple[int, int, int, str]:
    """Give the key by which an original comes before what repeats it: day, own words before credited ones, length.

    A text without a date comes last: it cannot be shown to be first.
    """
    credited = any(
        c.reach is Reach.WHOLE and not publishers.names(c.names, a.text.publisher or "") and c.is_formal
        for c in a.credits
    )
    return (a.day if a.day is not None else 1 << 30, int(credited), -len(a.words), a.text.document)


def _ground(copy: Reading, origin: Reading, s: Shared, credit: Credit | None) -> Ground | None:
    if _is_text(copy, origin, s):
        return Ground.TEXT
    days = _days_between(copy, origin)
    near = days is None or -1 <= days <= DAYS
    if credit is not None and near and _confirms(credit.reach, s):
        return Ground.CREDIT if credit.reach is Reach.WHOLE else Ground.REPORT
    if s.shingles >= _LEAST_WORDING[0] and s.contained >= _LEAST_WORDING[1] and not _same_publisher(copy, origin):
        return Ground.WORDING
    if _same_publisher(copy, origin) or days is None or abs(days) > _FACTS_DAYS:
        return None
    if len(s.marks) >= _BY_COMMON[0] and s.overlap >= _BY_COMMON[1] and _common(copy, origin):
        return Ground.COMMON_CREDIT
    marks, overlap, order, numbers = _BY_FACTS
    if len(s.marks) >= marks and s.overlap >= overlap and s.order >= order and s.numbers >= numbers:
        return Ground.FACTS
    return None


def _is_text(copy: Reading, origin: Reading, s: Shared) -> bool:
    """A publisher repeats its own background from story to story: half of a text must be shared there."""
    share = max(s.copy_share, s.origin_share)
    if _same_publisher(copy, origin) and share < 0.5:
        return False
    return (s.words >= _LEAST_RUN[0] and share >= _LEAST_RUN[1]) or (
        s.words >= _SHORT_RUN[0] and share >= _SHORT_RUN[1]
    )


def _confirms(reach: Reach, s: Shared) -> bool:
    if reach not in _BY_CREDIT:
        return False
    marks, overlap = _BY_CREDIT[reach]
    if len(s.marks) >= marks and s.overlap >= overlap:
        return True
    return reach is Reach.WHOLE and len(s.marks) >= _BRIEF[0] and s.overlap >= _BRIEF[1]


def _credit(copy: Reading, origin: Reading) -> Credit | None:
    """Give the farthest-reaching credit of the copy that names the publisher of the origin."""
    publisher = origin.text.publisher
    if not publisher or _same_publisher(copy, origin):
        return None
    found = [c for c in copy.credits if publishers.names(c.names, publisher)]
    return min(found, key=lambda c: (list(Reach).index(c.reach), c.start), default=None)


def _common(copy: Reading, origin: Reading) -> Credit | None:
    """Give the credit of the copy that the other text states too.

    Both go back to a report that is not on file, or to the other text, whose publisher signs by initials that its name
    does not show. One of the two must have the form of a credit; a bare line in both may be a heading of their house.
    """
    theirs = {publishers.tokens(c.names): c.is_formal for c in _outside(origin)}
    for credit in _outside(copy):
        formal = theirs.get(publishers.tokens(credit.names))
        if formal is not None and (formal or credit.is_formal):
            return credit
    return None


def _outside(reading: Reading) -> Iterable[Credit]:
    """Give the credits of the whole text that name somebody else than its publisher, the formal ones last."""
    own = reading.text.publisher or ""
    whole = sorted((c for c in reading.credits if c.reach is Reach.WHOLE), key=lambda c: c.is_formal)
    return (c for c in whole if not (own and publishers.names(c.names, own)))


def _same_publisher(a: Reading, b: Reading) -> bool:
    one, other = a.text.publisher, b.text.publisher
    return bool(one) and bool(other) and str(one).strip().casefold() == str(other).strip().casefold()


def _days_between(copy: Reading, origin: Reading) -> int | None:
    return None if copy.day is None or origin.day is None else copy.day - origin.day


def _role(copy: Reading, origin: Reading, s: Shared, ground: Ground) -> Role:
    if ground is Ground.TEXT:
        if s.origin_share >= 0.7 and s.copy_share < 0.85:
            return Role.EXTENDED
        if s.copy_share < 0.5:
            return Role.VERBATIM_PART
        return Role.VERBATIM if s.origin_share >= 0.9 else Role.VERBATIM_CUT
    if copy.text.lang and origin.text.lang and copy.text.lang != origin.text.lang:
        return Role.TRANSLATED
    if s.overlap < 0.3 and s.contained < 0.05:
        return Role.CREDIT_ONLY
    return Role.REWORDED

"""What came into force, ended, paused, resumed or changed its number between two days.

Pure: the law base in, a list out. It asks `force.article_in_force` on both sides of every day on which a record says
that something turns, so it can never disagree with what the calculation of reach was given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from longarm.errors import OptionError
from longarm.law.force import article_in_force, outlives_text
from longarm.law.instruments import Article, Instrument, instrument, instruments
from longarm.law.periods import Force, OtherNumber, Period
from longarm.model import dates
from longarm.model.dates import Certainty

_DAY: Final = timedelta(days=1)


class Turn(StrEnum):
    """What happened to an article on a day."""

    BEGAN = "began"
    ENDED = "ended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    RENUMBERED = "renumbered"
    OUTLIVED = "outlived its text"
    """The text ended, and what was ordered under it still binds."""
    UNCLEAR = "became unclear"


@dataclass(frozen=True)
class Change:
    """One turn of some articles of one instrument on one day."""

    day: date
    """The first day on which the new state holds."""
    turn: Turn
    instrument: str
    articles: tuple[str, ...]
    is_whole: bool
    """True where these are all the articles that the base holds of the instrument."""
    before: Certainty
    after: Certainty
    becomes: OtherNumber | None = None
    why: str = ""
    """What the record says beyond its two dates; empty where they say all."""


def changes(first: date, second: date, jurisdictions: Iterable[str] | None = None) -> list[Change]:
    """List the changes after `first`, up to and on `second`, by day and instrument.

    Raises OptionError where the days run backwards, UnknownState where a code is not two capital letters.
    """
    if second < first:
        raise OptionError(f"{second} comes before {first}: the earlier day was expected first")
    return sorted(
        (change for law in instruments(jurisdictions) for change in _of(law, first, second)),
        key=lambda c: (c.day, c.instrument, c.turn, c.articles),
    )


def _of(law: Instrument, first: date, second: date) -> Iterator[Change]:
    turned: dict[tuple[date, Turn, Certainty, Certainty, OtherNumber | None, str], list[Article]] = defaultdict(list)
    for article in law.articles:
        for day in sorted(d for d in _turning_days(law, article) if first < d <= second):
            before, after = (article_in_force(law, article, d) for d in (day - _DAY, day))
            if turn := _turn(law, article, day, before, after):
                becomes = article.force.becomes if turn is Turn.RENUMBERED else None
                turned[day, turn, before, after, becomes, _why(law, article)].append(article)
    for (day, turn, before, after, becomes, why), found in turned.items():
        whole = len(found) == len(law.articles)
        yield Change(day, turn, law.id, tuple(a.number for a in found), whole, before, after, becomes, why)


def _turn(law: Instrument, article: Article, day: date, before: Certainty, after: Certainty) -> Turn | None:
    if before is after:
        starts_to = outlives_text(law, article, day) and not outlives_text(law, article, day - _DAY)
        return Turn.OUTLIVED if starts_to and after is not Certainty.NO else None
    if after is Certainty.UNCLEAR:
        return Turn.UNCLEAR
    if after is Certainty.YES:
        if article.force.was and _in_force(article.force.was, day - _DAY):
            return None  # told once, where the old number ends
        return Turn.RESUMED if _suspended(law, article, day - _DAY) else Turn.BEGAN
    if article.force.becomes and _in_force(article.force.becomes, day):
        return Turn.RENUMBERED
    return Turn.SUSPENDED if _suspended(law, article, day) else Turn.ENDED


def _why(law: Instrument, article: Article) -> str:
    """Give the reason of the dates that decide: the article's own where it has any."""
    own = any(p.first or p.last for p in _periods(article.force)) or article.force.becomes
    return article.force.why if own else law.force.why


def _in_force(other: OtherNumber, day: date) -> bool:
    law = instrument(other.instrument)
    return article_in_force(law, law.article(other.number), day) is Certainty.YES


def _suspended(law: Instrument, article: Article, day: date) -> bool:
    periods = (*law.force.suspended, *article.force.suspended)
    return any(p.holds(day) is Certainty.YES for p in periods)


def _turning_days(law: Instrument, article: Article) -> set[date]:
    periods = [Period(law.valid_from, law.valid_to)]
    for block in (law.force, article.force):
        periods += _periods(block)
    days = set()
    for period in periods:
        if period.first:
            start = dates.span(period.first)
            days |= {start.first, start.last}
        if period.last:
            end = dates.span(period.last)
            days |= {end.first, end.last + _DAY}
    return days


def _periods(block: Force) -> tuple[Period, ...]:
    return (
        Period(block.valid_from, block.valid_to),
        Period(None, block.effect_continues_to),
        *block.suspended,
        *block.unclear,
    )

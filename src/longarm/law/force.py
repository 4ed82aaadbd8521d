"""Whether an article can fire on a day, and how well it is known (design 4.1, 4.2).

Pure: an instrument, one of its articles and a day in, an answer out. A bill never fires, nor does a suspended measure;
a power can outlive its text; a day that the record cannot place answers UNCLEAR, which counts in the upper bound only.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from longarm.law.instruments import Article, Instrument
from longarm.law.periods import Force
from longarm.model import dates, grades
from longarm.model.dates import Certainty

_CLASSES: Final = {"text_read": "law-original", "secondary": "law-secondary", "unconfirmed": "law-unconfirmed"}
_FIRMEST_FIRST: Final = tuple(_CLASSES)


def article_in_force(instrument: Instrument, article: Article, as_of: date) -> Certainty:
    """Say whether the power of an article can be used on `as_of`.

    The answer is the weaker of the instrument's and the article's own dates. NO for a bill, in a suspension, and for a
    power whose implementing act was looked for and not found. It says nothing of a trigger, an addressee or a route.
    """
    if instrument.standing == "bill" or article.kind == "bill" or article.force.awaits_act:
        return Certainty.NO
    blocks = (article.force,) if article.force.not_suspended else (instrument.force, article.force)
    suspended = _strongest(blocks, "suspended", as_of)
    if suspended is Certainty.YES:
        return Certainty.NO
    if suspended is Certainty.UNCLEAR or _strongest(blocks, "unclear", as_of) is not Certainty.NO:
        return Certainty.UNCLEAR
    return _weaker(_instrument_in_force(instrument, article, as_of), _own(article.force, as_of))


def outlives_text(instrument: Instrument, article: Article, as_of: date) -> bool:
    """Say whether, on `as_of`, the article binds only by what was ordered under it before its text ended."""
    force = instrument.force
    return (
        article.number in force.effect_continues_for
        and dates.ended_before(_last_day(instrument), as_of) is Certainty.YES
        and dates.ended_before(force.effect_continues_to, as_of) is not Certainty.YES
    )


def grade_class(instrument: Instrument, article: Article, as_of: date | None = None) -> str:
    """Give the class of publisher (`law-original`, `law-secondary`, `law-unconfirmed`) by which an article is graded.

    An article read in the original is `law-original` whatever the rest of its instrument is; where a power outlives its
    text on `as_of`, it is no better known than the fact that it goes on.
    """
    known = "text_read" if article.text_seen else "secondary"
    if not article.text_seen and instrument.confidence == "unconfirmed":
        known = "unconfirmed"
    if as_of is not None and outlives_text(instrument, article, as_of):
        known = max(known, instrument.force.effect_known_by or known, key=_FIRMEST_FIRST.index)
    return _CLASSES[known]


def grade(
    instrument: Instrument, article: Article, as_of: date | None = None, table: grades.GradeTable | None = None
) -> grades.Grade:
    """Give the Admiralty grade of an article, by the shipped table or that of a case."""
    return (table or grades.table()).default(grade_class(instrument, article, as_of))


def _first_day(instrument: Instrument) -> str | None:
    return instrument.force.valid_from or instrument.valid_from


def _last_day(instrument: Instrument) -> str | None:
    return instrument.force.valid_to or instrument.valid_to


def _instrument_in_force(instrument: Instrument, article: Article, as_of: date) -> Certainty:
    last = _last_day(instrument)
    if article.number in instrument.force.effect_continues_for:
        last = instrument.force.effect_continues_to
    return dates.in_force(_first_day(instrument), last, as_of)


def _own(force: Force, as_of: date) -> Certainty:
    return dates.in_force(force.valid_from, force.valid_to, as_of)


def _strongest(blocks: tuple[Force, ...], name: str, as_of: date) -> Certainty:
    answers = [p.holds(as_of) for block in blocks for p in getattr(block, name)]
    return max(answers, key=lambda answer: answer.value, default=Certainty.NO)


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    return one if one.value <= other.value else other

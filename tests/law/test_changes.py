"""What changed in the law between two days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.errors import OptionError
from longarm.law.changes import Change, Turn, changes
from longarm.law.force import article_in_force
from longarm.law.instruments import instruments

DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def found(first: str, second: str, law: str) -> list[tuple[str, Turn, tuple[str, ...]]]:
    between = changes(date.fromisoformat(first), date.fromisoformat(second))
    return [(str(c.day), c.turn, c.articles) for c in between if c.instrument == law]


def test_a_new_number_is_told_once() -> None:
    """An article that changes its number neither ends nor begins."""
    turned = changes(date(2025, 12, 31), date(2026, 1, 1), ["CN"])
    renumbered = [c for c in turned if c.turn is Turn.RENUMBERED]
    assert [(c.instrument, c.articles) for c in renumbered] == [("cn-csl-2016", ("28",))]
    assert renumbered[0].becomes is not None
    assert renumbered[0].becomes.instrument == "cn-csl-2026"
    assert not renumbered[0].becomes.sure
    assert not any("was 28" in a for c in turned if c.turn is Turn.BEGAN for a in c.articles)


def test_a_suspension_is_no_end() -> None:
    """What is suspended may come back; what may have come back is unclear."""
    turns = found("2025-09-01", "2026-11-23", "us-bis-affiliates-2025")
    rule = ("IFR 2025-19001", "Red Flag 29")
    assert ("2025-09-29", Turn.BEGAN, rule) in turns
    assert ("2025-11-10", Turn.SUSPENDED, rule) in turns
    assert ("2026-11-10", Turn.UNCLEAR, rule) in turns


def test_a_lapse_that_changes_no_power_is_told_all_the_same() -> None:
    """The text is gone, the certifications carry on: the answer is the same, and the reader must know why."""
    turned = [c for c in changes(date(2026, 6, 11), date(2026, 6, 30), ["US"]) if c.instrument == "us-fisa702-2008"]
    assert [(c.day, c.turn, c.is_whole) for c in turned] == [(date(2026, 6, 13), Turn.OUTLIVED, True)]
    assert "certifications" in turned[0].why


def test_a_successor_begins_and_its_predecessor_ends() -> None:
    """Replaced means: another act, other articles."""
    assert found("2026-06-30", "2026-07-01", "vn-cyber-2018")[0][1] is Turn.ENDED
    assert found("2026-06-30", "2026-07-01", "vn-cyber-2025") == [("2026-07-01", Turn.BEGAN, ("(to be checked)",))]


def test_days_that_run_backwards_are_refused() -> None:
    """An empty list would read as "nothing changed"."""
    with pytest.raises(OptionError, match="earlier day"):
        changes(date(2026, 1, 2), date(2026, 1, 1))


def test_one_day_has_no_changes() -> None:
    """The first day is not part of the interval."""
    assert changes(date(2026, 1, 1), date(2026, 1, 1)) == []


@given(a=DAYS, b=DAYS, c=DAYS)
def test_two_intervals_make_one(a: date, b: date, c: date) -> None:
    """Changes up to a day and from it on are the changes of the whole."""
    first, middle, last = sorted((a, b, c))
    assert changes(first, middle) + changes(middle, last) == changes(first, last)


@given(first=DAYS, length=st.integers(0, 3000))
def test_the_changes_carry_one_day_to_the_other(first: date, length: int) -> None:
    """Whoever applies the listed changes to the first day has the second: none is missing, none is wrong."""
    second = first + timedelta(days=length)
    listed: list[Change] = changes(first, second)
    for law in instruments():
        for article in law.articles:
            state = article_in_force(law, article, first)
            for change in listed:
                if change.instrument == law.id and article.number in change.articles:
                    assert change.before is state
                    state = change.after
            told_elsewhere = article.force.was is not None
            assert told_elsewhere or state is article_in_force(law, article, second), (law.id, article.number)

"""Partial dates stay partial."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.model import dates
from longarm.model.dates import Certainty

DAY = dt.date(2021, 6, 15)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, Certainty.YES),
        ("2021-06-15", None, Certainty.YES),
        ("2021-06-16", None, Certainty.NO),
        ("2021", None, Certainty.UNCLEAR),
        ("2021-06", None, Certainty.UNCLEAR),
        ("2021-05", None, Certainty.YES),
        ("2022", None, Certainty.NO),
        (None, "2021-06-15", Certainty.YES),
        (None, "2021-06-14", Certainty.NO),
        (None, "2021", Certainty.UNCLEAR),
        (None, "2020", Certainty.NO),
        (None, "2022", Certainty.YES),
    ],
)
def test_a_partial_date_is_certain_outside_its_span(start: str | None, end: str | None, expected: Certainty) -> None:
    """Design 4.6: for certain outside its span, in the upper bound inside it; an open end counts as in force."""
    assert dates.in_force(start, end, DAY) == expected


@pytest.mark.parametrize("text", ["2021-13", "2021-02-30", "21", "2021-6-1", "yesterday", "", "0000", "٢٠٢١"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """A date that the calendar does not have is never read as another."""
    with pytest.raises(ValueError, match="not a"):
        dates.span(text)


@given(st.dates(min_value=dt.date(1, 1, 1)))
def test_a_whole_day_spans_itself(day: dt.date) -> None:
    """A whole day has no room; its month and year hold it."""
    assert dates.span(day.isoformat()) == dates.Span(day, day)
    for cut in (4, 7):
        wide = dates.span(day.isoformat()[:cut])
        assert wide.first <= day <= wide.last


def test_dates_in_words() -> None:
    """They are written as people read them."""
    assert [dates.in_words(t) for t in ("2018-12-05", "2018-12", "2018", None)] == [
        "5 December 2018",
        "December 2018",
        "2018",
        "undated",
    ]

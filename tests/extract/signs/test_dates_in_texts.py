"""Dates, absolute and relative."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.extract.dates import dates_in
from longarm.model.claims import Text

CASES = [
    ("en", "It was signed on 9 November 2021.", "2021-11-09", "on"),
    ("en", "It has run the dock since May 2019.", "2019-05", "since"),
    ("en", "The deal was signed on Monday.", "2025-03-10", "on"),
    ("en", "The firm was sold last week.", "2025-03-03/2025-03-09", "on"),
    ("en", "The firm will be sold by June.", "2025-06", "by"),
    ("en", "It was built in the autumn of 2019.", "2019-09/2019-11", "on"),
    ("en", "The fund left two years ago.", "2023", "on"),
    ("fr", "La société a été vendue au printemps dernier.", "2024-03/2024-05", "on"),
    ("fr", "Elle gère le port depuis 2019.", "2019", "since"),
    ("fr", "Le contrat a été signé mardi.", "2025-03-11", "on"),
    ("nl", "Het bedrijf werd vorige week verkocht.", "2025-03-03/2025-03-09", "on"),
    ("nl", "Het contract loopt tot 2028.", "2028", "until"),
    ("nl", "Dat gebeurde vorige maand.", "2025-02", "on"),
    ("de", "Am 8. Februar wurde geprüft.", "2025-02-08", "on"),
    ("de", "Seit 2020 betreibt die Firma das Netz.", "2020", "since"),
    ("de", "Das geschah im ersten Quartal 2024.", "2024-01/2024-03", "on"),
]


@pytest.mark.parametrize(("lang", "written", "value", "role"), CASES)
def test_a_date_is_resolved_from_the_day_of_publication(lang: str, written: str, value: str, role: str) -> None:
    """What is partial stays partial; a week and a season are intervals; the words give the role."""
    found = dates_in(Text("d", written, lang, "2025-03-12"), 0, len(written))
    assert [(one.date, one.role) for one in found] == [(value, role)]
    assert all(written[one.start : one.end].strip() == one.text for one in found)


def test_a_relative_date_without_a_day_of_publication_is_not_guessed() -> None:
    """Without an anchor only absolute dates are given."""
    assert dates_in(Text("d", "It was signed on Monday.", "en"), 0, 24) == ()
    assert [d.date for d in dates_in(Text("d", "It was signed in 2020.", "en"), 0, 22)] == ["2020"]


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(["monday", "Friday", "Sunday"]))
def test_a_weekday_lies_in_the_week_before_publication(day: date, name: str) -> None:
    """The last such day, the day of publication included."""
    text = Text("d", f"It was sold on {name}.", "en", day.isoformat())
    found = dates_in(text, 0, len(text.text))
    assert len(found) == 1
    assert 0 <= (day - date.fromisoformat(found[0].date)).days <= 6


@given(st.text(alphabet="0123456789 .-/marchfebyMF", max_size=60))
def test_no_text_breaks_the_reader(written: str) -> None:
    """Impossible days give no date, and no error."""
    for lang in ("en", "fr", "nl", "de"):
        dates_in(Text("d", written, lang, "2024-02-29"), 0, len(written))

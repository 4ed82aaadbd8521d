"""On which days an article can fire, and how well it is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.law.force import article_in_force, grade, grade_class, outlives_text
from longarm.law.instruments import Instrument, instrument, instruments
from longarm.model import grades
from longarm.model.dates import Certainty

YES, NO, UNCLEAR = Certainty.YES, Certainty.NO, Certainty.UNCLEAR
NEW_NUMBER = "30 (was 28; number inferred from a shift of two)"
ORDER = "order 2025-09-30"
IFR = "IFR 2025-19001"

CASES = [
    ("renumbered: the old number to the last day", "cn-csl-2016", "28", "2025-12-31", YES),
    ("renumbered: the old number no longer", "cn-csl-2016", "28", "2026-01-01", NO),
    ("renumbered: the new number not yet", "cn-csl-2026", NEW_NUMBER, "2025-12-31", NO),
    ("renumbered: the new number from the first day", "cn-csl-2026", NEW_NUMBER, "2026-01-01", YES),
    ("replaced by another act", "vn-cyber-2018", "26(2)(a)", "2026-06-30", YES),
    ("replaced by another act", "vn-cyber-2018", "26(2)(a)", "2026-07-01", NO),
    ("a draft beside an act never fires", "vn-cyber-2025", "(draft text)", "2026-11-23", NO),
    ("before the act", "us-fisa702-2008", "1881a(i)", "2008-07-09", NO),
    ("the day before the lapse", "us-fisa702-2008", "1881a(i)", "2026-06-11", YES),
    ("the last day of the text", "us-fisa702-2008", "1881a(i)", "2026-06-12", YES),
    ("outlived: by certifications", "us-fisa702-2008", "1881a(i)", "2026-06-13", YES),
    ("outlived: by certifications", "us-fisa702-2008", "1881a(i)", "2026-11-23", YES),
    ("outlived: 'about March 2027' is not a day", "us-fisa702-2008", "1881a(i)", "2027-03-15", UNCLEAR),
    ("the certifications are spent", "us-fisa702-2008", "1881a(i)", "2027-04-15", NO),
    ("lapsed by its own words, extension not known", "us-dpa-1950", "101 (50 U.S.C. 4511)", "2025-09-30", YES),
    ("lapsed by its own words, extension not known", "us-dpa-1950", "101 (50 U.S.C. 4511)", "2025-10-01", UNCLEAR),
    ("repealed, and still binding", "be-crit-2011", "14, 19", "2026-01-20", YES),
    ("repealed, and still binding to the day", "be-crit-2011", "24", "2027-05-17", YES),
    ("repealed, and no longer binding", "be-crit-2011", "24", "2027-05-18", NO),
    ("repealed with the act", "be-crit-2011", "23", "2026-01-20", NO),
    ("before the rule", "us-bis-affiliates-2025", IFR, "2025-09-28", NO),
    ("six weeks in force", "us-bis-affiliates-2025", IFR, "2025-10-08", YES),
    ("suspended from its first day", "us-bis-affiliates-2025", IFR, "2025-11-10", NO),
    ("suspended", "us-bis-affiliates-2025", IFR, "2025-11-11", NO),
    ("suspended to its last day", "us-bis-affiliates-2025", IFR, "2026-11-09", NO),
    ("whether extended is not known", "us-bis-affiliates-2025", IFR, "2026-11-10", UNCLEAR),
    ("the suspension itself", "us-bis-affiliates-2025", "suspension 2025-11-10", "2026-01-01", YES),
    ("an order before its day", "nl-wbg-1952", ORDER, "2025-09-29", NO),
    ("an order in force", "nl-wbg-1952", ORDER, "2025-10-30", YES),
    ("an order suspended without an end", "nl-wbg-1952", ORDER, "2025-11-19", NO),
    ("the act beside a suspended order", "nl-wbg-1952", "2", "2025-12-01", YES),
    ("an article younger than its act", "de-awg-6a", "6a", "2026-02-05", NO),
    ("an article younger than its act", "de-awg-6a", "6a", "2026-02-06", YES),
    ("an article as old as its act", "de-awg-6a", "6", "2022-04-01", YES),
    ("in phases, which is not recorded", "in-dpdp-2023", "36", "2026-06-01", UNCLEAR),
    ("in part, these sections", "in-telecom-2023", "20(2)", "2024-06-26", YES),
    ("a power in waiting gives no path", "eu-aci-2023", "8", "2026-11-23", NO),
    ("replaced in a year", "rs-ecomm-2010", "37(2)17, 127(1)", "2022-12-31", YES),
    ("replaced in a year", "rs-ecomm-2010", "37(2)17, 127(1)", "2023-06-01", UNCLEAR),
    ("replaced in a year", "rs-ecomm-2010", "37(2)17, 127(1)", "2024-01-01", NO),
    ("a start known to the year only", "nl-ok-enquete", "2:356", "1971-06-01", UNCLEAR),
    ("a start known to the month only", "ve-conatel-171", None, "2017-10-15", UNCLEAR),
    ("a start known to the month only", "ve-conatel-171", None, "2017-09-30", NO),
    ("a repeal that is still to come", "eu-fdi-452-2019", None, "2028-01-16", YES),
    ("a repeal that is still to come", "eu-fdi-452-2019", None, "2028-01-17", NO),
]


@pytest.mark.parametrize(("why", "law", "number", "day", "expected"), CASES)
def test_an_article_fires_on_its_days_only(
    why: str, law: str, number: str | None, day: str, expected: Certainty
) -> None:
    """An article is in force on the days that its record gives; where the record does not know, UNCLEAR."""
    found = instrument(law)
    article = found.article(number) if number else found.articles[0]
    assert article_in_force(found, article, date.fromisoformat(day)) is expected, why


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_bill_never_fires(day: date) -> None:
    """Bills, plans and proposals are no power on any day (design 4.2)."""
    bills = [law for law in instruments() if law.status.startswith("bill")]
    assert bills
    assert {article_in_force(law, article, day) for law in bills for article in law.articles} == {NO}


def _plain(law: Instrument) -> bool:
    return not law.force.why and all(not article.force.why for article in law.articles)


def test_the_record_of_the_review_day_is_confirmed() -> None:
    """On the day of review the dates give what the record says of that day, where no `force` block departs from it."""
    for law in instruments():
        if _plain(law):
            day = date.fromisoformat(law.reviewed_on)
            got = {article_in_force(law, a, day) for a in law.articles if a.kind != "bill"}
            assert got <= {YES if law.in_force else NO}, law.id


def test_every_status_that_is_not_plain_has_machine_dates() -> None:
    """A sentence in `status` is never the only place where a date stands; parts in force are recorded as such."""
    for law in instruments():
        if law.standing not in ("in_force", "in_part", "bill"):
            assert law.force.why, law.id


@given(offset=st.integers(0, 60_000))
def test_nothing_fires_before_its_first_day(offset: int) -> None:
    """Whatever the blocks say, no article is in force before its instrument's first possible day."""
    day = date(1870, 1, 1) + timedelta(days=offset)
    for law in instruments():
        first = law.force.valid_from or law.valid_from
        if first is not None and day.year < int(first[:4]):
            assert {article_in_force(law, a, day) for a in law.articles} == {NO}


def test_law_read_in_the_original_is_better_known_than_law_at_second_hand() -> None:
    """A1 where the article was read, B3 at second hand, C4 unconfirmed (design 4.1)."""
    for law in instruments():
        for article in law.articles:
            expected = "A1" if article.text_seen else "C4" if law.confidence == "unconfirmed" else "B3"
            assert str(grade(law, article)) == expected


def test_a_power_that_outlives_its_text_is_as_well_known_as_its_continuing() -> None:
    """The text was read, but that certifications carry it on is reported: B3 from the lapse on."""
    law = instrument("us-fisa702-2008")
    article = law.article("1881a(i)")
    assert not outlives_text(law, article, date(2026, 6, 12))
    assert outlives_text(law, article, date(2026, 6, 13))
    assert str(grade(law, article, date(2026, 6, 12))) == "A1"
    assert grade_class(law, article, date(2026, 6, 13)) == "law-secondary"
    read_too = instrument("be-crit-2011")
    assert str(grade(read_too, read_too.article("14, 19"), date(2026, 6, 1))) == "A1"


def test_a_case_may_grade_law_by_its_own_table() -> None:
    """The table is the case's; the class of the article is not."""
    law = instrument("cn-nil-2017")
    table = grades.table({"classes": {"law-original": "B2"}})
    assert str(grade(law, law.article("7"), table=table)) == "B2"

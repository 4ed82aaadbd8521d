"""Credits: who is credited, for how much, in four languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.echo import Reach, stated
from longarm.echo.publishers import is_agency, names

BODY = "\nThe council of Oakmere met on Monday and sold its mill to a buyer from the north of the country."

WHOLE = [
    ("Source: Reuters", "Reuters"),
    ("Sources : AFP et AP", "AFP"),
    ("Quelle: dpa", "dpa"),
    ("Bron: ANP", "ANP"),
    ("With Reuters", "Reuters"),
    ("Avec AFP", "AFP"),
    ("Von Anna Bauer (mit dpa)", "dpa"),
    ("Door Jan Smit, met ANP", "ANP"),
    ("OAKMERE, March 6 (Reuters) - The council met.", "Reuters"),
    ("OAKMERE (dpa) – Der Rat tagte.", "dpa"),
    ("PARIS, 6 mars 2025 (AFP) - Le conseil a siégé.", "AFP"),
    ("Belga", "Belga"),
    ("Translated from a report by Hillside News", "Hillside News Agency"),
    ("Traduit d’après une dépêche de Hillside News", "Hillside News"),
    ("Vertaald naar een bericht van Hillside News", "Hillside News"),
    ("Nach einer Meldung von Hillside News", "Hillside News"),
    ("Additional reporting by Reuters", "Reuters"),
]


@pytest.mark.parametrize(("line", "publisher"), WHOLE)
def test_a_credit_of_the_whole_text_is_read_with_its_name(line: str, publisher: str) -> None:
    """A source line, an agency's dateline, a bare agency and a translator's note cover the whole text."""
    found = [c for c in stated(line + BODY) if c.reach is Reach.WHOLE and names(c.names, publisher)]
    assert found


REPORTS = [
    ("As Hillside News first reported, the mill is sold.", Reach.REPORT),
    ("De molen is verkocht, meldt persbureau Hillside.", Reach.REPORT),
    ("Wie die Agentur Hillside meldete, ist die Mühle verkauft.", Reach.REPORT),
    ("Le moulin est vendu, rapporte l’agence Hillside.", Reach.REPORT),
    ("Le préfet, cité par l’agence Hillside, a démenti.", Reach.REMARK),
    ("The mayor told the news agency Hillside that he was tired.", Reach.REMARK),
]


@pytest.mark.parametrize(("sentence", "reach"), REPORTS)
def test_a_report_that_is_named_is_told_from_one_remark(sentence: str, reach: Reach) -> None:
    """An agency quoted for one remark makes no echo; one whose report is retold may."""
    found = [c for c in stated("Mill sold in Oakmere\n" + sentence) if names(c.names, "Hillside News Agency")]
    assert {c.reach for c in found} == {reach}


@pytest.mark.parametrize(
    ("credit", "publisher", "fits"),
    [
        ("Hillside", "Hillside News Agency", True),
        ("HNA", "Hillside News Agency", True),
        ("hna", "News Agency Hillside", True),
        ("PNL", "Persbureau Noorderlicht", True),
        ("Noorderlicht", "Persbureau Noorderlicht", True),
        ("Hill", "Hillside News Agency", False),
        ("XYZ", "Hillside News Agency", False),
        ("the", "Hillside News Agency", False),
        ("news agency", "Hillside News Agency", False),
        ("Oakmere Press", "Hillside Press", False),
    ],
)
def test_a_publisher_is_named_by_telling_words_or_initials(credit: str, publisher: str, fits: bool) -> None:
    """What says only that it is an agency names none."""
    assert names(credit, publisher) is fits


def test_several_known_agencies_are_a_credit_and_other_words_are_not() -> None:
    """`dpa/afp` is one credit; an archive is no agency."""
    assert is_agency("dpa/afp")
    assert not is_agency("archives")


@given(st.text(max_size=400))
def test_a_credit_stands_at_its_span(text: str) -> None:
    """Whatever the text is, the words of a credit are at its characters."""
    for credit in stated(text):
        assert text[credit.start : credit.end] == credit.words

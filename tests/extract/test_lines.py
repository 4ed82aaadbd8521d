"""Lines by kind: by their words, by their form, and never at the cost of the body."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.extract.lines import classify, lines
from longarm.model.claims import LineKind, Text

ARTICLE = """Harbour signs with crane firm
By Ada Marsh
PORTHAM (Kestrel) - The port of Portham has signed a contract with Orlo Cranes, the port said on Monday.
Orlo did not answer questions.
Caption: The quay in spring. Photo: A. Marsh
Read also: Ferry times change
Sign up for our morning newsletter
(Reporting by Ada Marsh; editing by B. Cole)
Source: Port of Portham
"""


def _kinds(text: str) -> list[LineKind]:
    return [line.kind for line in classify(Text("a", text))]


def test_every_line_has_its_kind_and_none_is_lost() -> None:
    """Offsets give the lines back."""
    assert _kinds(ARTICLE) == [
        LineKind.HEADLINE,
        LineKind.BYLINE,
        LineKind.BODY,
        LineKind.BODY,
        LineKind.CAPTION,
        LineKind.TEASER,
        LineKind.PROMOTION,
        LineKind.AGENCY_CREDIT,
        LineKind.SOURCE_CREDIT,
    ]
    found = classify(Text("a", ARTICLE))
    assert [ARTICLE[x.start : x.end] for x in found] == ARTICLE.splitlines()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Lire aussi : Le marché change de place", LineKind.TEASER),
        ("Lees ook: De brug blijft dicht", LineKind.TEASER),
        ("Lesen Sie auch: Der Markt zieht um", LineKind.TEASER),
        ("Abonnez-vous pour 1 € le premier mois", LineKind.PROMOTION),
        ("Meld je aan voor onze nieuwsbrief", LineKind.PROMOTION),
        ("Jetzt den Newsletter bestellen", LineKind.PROMOTION),
        ("Quelle: Mitteilung des Hafens", LineKind.SOURCE_CREDIT),
        ("Bron: havenbedrijf", LineKind.SOURCE_CREDIT),
        ("Source : greffe de la cour", LineKind.SOURCE_CREDIT),
        ("Foto: de sluis bij avond", LineKind.CAPTION),
        ("Photo : le quai (archives)", LineKind.CAPTION),
        ("Von Lutz Hammer", LineKind.BYLINE),
        ("Door Hilde Maas", LineKind.BYLINE),
        ("Par Solène Kerr", LineKind.BYLINE),
        ("(Redaktion: Jo Halb, Korrektur: Ti Resch)", LineKind.AGENCY_CREDIT),
    ],
)
def test_lines_are_known_by_their_words_in_four_languages(line: str, kind: LineKind) -> None:
    """Among lines of a body."""
    body = "The port has signed a contract with the firm, and it begins in spring, the port said."
    assert _kinds(f"{body}\n{body}\n{line}")[-1] == kind


@pytest.mark.parametrize(
    "line",
    [
        "By the end of the year the port will have paid the firm in full, its director said.",
        "Von der Firma war nichts zu hören, sagte der Direktor am Montag vor dem Rat.",
        "Share prices of the firm fell by a tenth after the news, the exchange said.",
        "The source of the money is not known.",
        "Par la suite, la société a vendu ses parts à la ville.",
        "More than 200 people work at the terminal, which opened in 1974.",
    ],
)
def test_a_sentence_of_the_body_stays_body(line: str) -> None:
    """A lost line is worse than a teaser kept."""
    assert _kinds(f"The port has signed a contract.\nIt begins in spring, the port said.\n{line}")[-1] == LineKind.BODY


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_is_read_and_no_letter_is_lost(text: str) -> None:
    """Spans lie in order, inside the text, and hold every letter that is no blank."""
    found = classify(Text("a", text))
    assert [(x.start, x.end) for x in found] == list(lines(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join(text[x.start : x.end] for x in found).split() == text.split() or "\n" in text

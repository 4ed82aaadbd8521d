"""Lines by kind, sentences and credits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.extract.credits import credits as credits_of
from longarm.extract.lines import Span, classify, sentences
from longarm.model.claims import LineKind, Text

NOISE = [
    ("en", "Read also: Harbour fair moves indoors", LineKind.TEASER),
    ("en", "Sign up for our evening newsletter", LineKind.PROMOTION),
    ("en", "Photo: the quay at dawn", LineKind.CAPTION),
    ("fr", "Lire aussi : La fête du port", LineKind.TEASER),
    ("fr", "Abonnez-vous pour 1 € le premier mois", LineKind.PROMOTION),
    ("nl", "Lees ook: Kermis verplaatst", LineKind.TEASER),
    ("nl", "Meld je aan voor onze nieuwsbrief", LineKind.PROMOTION),
    ("de", "Lesen Sie auch: Kirmes verlegt", LineKind.TEASER),
    ("de", "Jetzt den Newsletter bestellen", LineKind.PROMOTION),
    ("en", "Source: Reuters", LineKind.SOURCE_CREDIT),
    ("de", "Quelle: Reuters", LineKind.SOURCE_CREDIT),
    ("en", "(Reporting by Ann Other; Editing by Bo Third)", LineKind.AGENCY_CREDIT),
]


@pytest.mark.parametrize(("lang", "line", "kind"), NOISE)
def test_a_line_that_is_no_body_is_known_by_its_words(lang: str, line: str, kind: LineKind) -> None:
    """Cue words at the start of a line give its kind; the paragraph above stays body."""
    body = "The port authority signed the contract with the operator in 2021."
    kinds = [one.kind for one in classify(Text("d", f"A headline of a page\n{body}\n{line}", lang))]
    assert kinds == [LineKind.HEADLINE, LineKind.BODY, kind]


def test_a_sentence_that_opens_like_a_cue_stays_body() -> None:
    """A long sentence of prose is no promotion because it begins with a word of one."""
    text = Text(
        "d", "A headline of a page\nBy the end of the year the ministry will have read all the files, it said.", "en"
    )
    assert [line.kind for line in classify(text)] == [LineKind.HEADLINE, LineKind.BODY]


@given(st.text(max_size=400), st.sampled_from([None, "en", "fr", "nl", "de", "xx"]))
def test_lines_and_sentences_keep_their_offsets(written: str, lang: str | None) -> None:
    """Every character that is no space is in exactly one line and one sentence, whatever is read."""
    text = Text("d", written, lang)
    lines = classify(text)
    assert [line for line in lines if line.start >= line.end] == []
    assert all(a.end <= b.start for a, b in pairwise(lines))
    covered = "".join(written[line.start : line.end] for line in lines)
    assert "".join(covered.split()) == "".join(written.split())
    for line in lines:
        cut = sentences(text, line)
        assert "".join(written[line.start : line.end].split()) == "".join(
            "".join(written[s.start : s.end] for s in cut).split()
        )
    assert all(0 <= one.start < one.end <= len(written) for one in credits_of(text))


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "1. Mr. Vey signed it."),
        ("en", "The U.S. Senate voted."),
        ("en", "Lt. P.J. Ode and Rep. Ada Vey left on No. 12."),
        ("fr", "Mme. Vey a signé avec M. Ode."),
        ("de", "Am 8. Juli wurde geprüft, vgl. Abs. 3."),
        ("nl", "Dat kost 3 mln. Euro, zei dhr. Vey."),
    ],
)
def test_abbreviations_initials_and_ordinals_end_no_sentence(lang: str, written: str) -> None:
    """ "Mr. Vey", "am 8. Juli" and the number of a paragraph are inside a sentence."""
    text = Text("d", written, lang)
    assert sentences(text, Span(0, len(written))) == (Span(0, len(written)),)


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("en", "That is what she told me.", "Ode kept silent."),
        ("nl", "Het gaat over aan Sluiswacht BV.", "Dat maakte het bekend."),
        ("nl", "Een contract voor 900 camera's.", "Oogwit komt van ver."),
        ("en", "“No.", "You sell first.”"),
        ("en", "It closed in 2019.", "(“The port was empty.”)"),
    ],
)
def test_words_that_look_like_abbreviations_end_a_sentence(lang: str, first: str, second: str) -> None:
    """ "Me." is an abbreviation in French only, "BV." in small letters only."""
    text = Text("d", f"{first} {second}", lang)
    assert [text.text[s.start : s.end] for s in sentences(text, Span(0, len(text.text)))] == [first, second]


def test_a_dateline_and_an_agency_in_a_sentence_are_credits() -> None:
    """Credits are read inside the running text too, with the names alone."""
    written = (
        "A headline of a page\nPORTVILLE, March 6 (Newswire) - It was cleared.\nThe agency Telegraph Union said so."
    )
    found = [(written[c.start : c.end], c.names) for c in credits_of(Text("d", written, "en"))]
    assert found == [
        ("PORTVILLE, March 6 (Newswire)", ("Newswire",)),
        ("The agency Telegraph Union", ("Telegraph Union",)),
    ]

"""Stance and attribution."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.extract.attribution import attribution_of
from longarm.extract.lines import Span, classify, sentences
from longarm.extract.stance import stance_of
from longarm.model.claims import Text

STANCES = [
    ("en", "The fund owns a third of the port.", "asserted"),
    ("en", "The fund has no seat on the board.", "denied"),
    ("en", "The firm denies that data leave the country.", "denied"),
    ("en", "The city will sell its stake.", "planned"),
    ("en", "The fund reportedly owns a third of the port.", "alleged"),
    ("en", "Who owns the port?", None),
    ("en", "If the fund bought more, the minister would have to agree.", None),
    ("en", "The embassy did not respond to a request for comment.", "asserted"),
    ("en", "The service found no indication of espionage.", "asserted"),
    ("en", "The firm has promised to keep the data at home.", "asserted"),
    ("fr", "Le fonds détiendrait un tiers du port.", "alleged"),
    ("fr", "Le fonds n’a aucun siège au conseil.", "denied"),
    ("fr", "La ville vendra sa part.", "planned"),
    ("nl", "Het fonds zou een derde van de haven bezitten.", "alleged"),
    ("nl", "Het fonds heeft geen zetel in de raad.", "denied"),
    ("nl", "De stad wil haar aandeel verkopen.", "planned"),
    ("de", "Der Fonds hat keinen Sitz im Aufsichtsrat.", "denied"),
    ("de", "Die Stadt will ihren Anteil verkaufen.", "planned"),
    ("de", "Angeblich hält der Fonds ein Drittel am Hafen.", "alleged"),
]


@pytest.mark.parametrize(("lang", "written", "stance"), STANCES)
def test_a_sentence_is_put_as_it_is_said(lang: str, written: str, stance: str | None) -> None:
    """Negation denies, the future plans, rumour alleges; a question and a supposition claim nothing."""
    text = Text("d", written, lang)
    whole = Span(0, len(written))
    assert stance_of(text, whole, whole, lang).stance == stance


def test_the_cue_may_stand_in_the_next_sentence() -> None:
    """ "It does not." takes back what was said before it."""
    written = "An article said that the fund owns the port. It does not."
    text = Text("d", written, "en")
    found = stance_of(text, Span(0, 44), Span(21, 43))
    assert found.stance == "denied"
    assert found.cue is not None
    assert written[found.cue.start : found.cue.end] == "It does not"


CHAINS = [
    ("en", "The port is for sale, Reuters reported on Monday.", "The port is for sale", ("Reuters",)),
    ("en", "The ministry of Ore said that the port is for sale.", "the port is for sale", ("ministry of Ore",)),
    ("en", "According to Anna Berg, the port is for sale.", "the port is for sale", ("Anna Berg",)),
    ("en", "The port is for sale.", "The port is for sale", ()),
    ("fr", "Le port est à vendre, a déclaré Anna Berg.", "Le port est à vendre", ("Anna Berg",)),
    ("nl", "Volgens Anna Berg staat de haven te koop.", "staat de haven te koop", ("Anna Berg",)),
    ("de", "Der Hafen steht zum Verkauf, sagte Anna Berg.", "Der Hafen steht zum Verkauf", ("Anna Berg",)),
]


@pytest.mark.parametrize(("lang", "written", "quote", "chain"), CHAINS)
def test_the_chain_names_who_says_it(lang: str, written: str, quote: str, chain: tuple[str, ...]) -> None:
    """Frames of speech before, after and around a claim give its speakers."""
    text = Text("d", "A headline of a page\n" + written, lang)
    start = text.text.index(quote)
    lines = classify(text)
    sentence = sentences(text, lines[1])[0]
    assert attribution_of(text, lines, sentence, Span(start, start + len(quote))) == chain


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "nl", "de", None]), st.data())
def test_any_span_of_any_text_has_a_stance_and_a_chain(written: str, lang: str | None, data: st.DataObject) -> None:
    """No text breaks the readers; a cue lies inside the text; nobody speaks without a name."""
    text = Text("d", written + ".", lang)
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start + 1, len(written) + 1))
    whole, span = Span(0, len(text.text)), Span(start, end)
    cue = stance_of(text, whole, span).cue
    assert cue is None or 0 <= cue.start <= cue.end <= len(text.text)
    assert all(attribution_of(text, classify(text), whole, span))

"""How papers say each relation: tables of sentences, with the relation and the stance that must be read in them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from longarm.extract import assemble
from longarm.extract.language import LANGUAGES, RELATIONS
from longarm.model.claims import Text

TABLES = Path(__file__).parent / "said"


def rows(lang: str) -> list[tuple[str, str, str, str]]:
    """Give language, relation, stance and sentence of each line of a table."""
    found = []
    for line in (TABLES / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
        said, sentence = line.split(" | ", 1)
        relation, stance = said.split()
        found.append((lang, relation, stance, sentence))
    return found


@pytest.mark.parametrize(("lang", "relation", "stance", "sentence"), [row for lang in LANGUAGES for row in rows(lang)])
def test_a_sentence_of_a_paper_is_read_with_its_relation_and_stance(
    lang: str, relation: str, stance: str, sentence: str
) -> None:
    """One line of a table; it was published on 4 May 2026, so that June 2026 lies ahead."""
    claims = assemble.claims(Text("d", sentence, lang, "2026-05-04")).claims
    assert (relation, stance) in {(claim.relation, claim.stance) for claim in claims}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_relation_has_a_sentence_in_every_language(lang: str) -> None:
    """A relation that no table says is a relation that nobody tries."""
    assert {relation for _, relation, _, _ in rows(lang)} == RELATIONS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_simple_sentence_gives_few_other_claims(lang: str) -> None:
    """Words stand in many sentences: at most one table line in twelve may give a second relation."""
    table = rows(lang)
    noisy = [
        sentence
        for _, relation, _, sentence in table
        if any(claim.relation != relation for claim in assemble.claims(Text("d", sentence, lang)).claims)
    ]
    assert len(noisy) <= len(table) / 12, noisy


NOTHING = [
    ("en", "Port Services and Haldric Signalling opened a canteen."),
    ("en", "The bus was late because of rain."),
    ("en", "Her own view of the harbour has changed."),
    ("fr", "La cantine ouvre à midi."),
    ("nl", "De kantine gaat om twaalf uur open."),
    ("de", "Die Kantine öffnet um zwölf Uhr."),
]


@pytest.mark.parametrize(("lang", "sentence"), NOTHING)
def test_a_sentence_without_a_tie_gives_no_claim(lang: str, sentence: str) -> None:
    """Names that hold the word of a relation, and plain talk, claim nothing."""
    assert assemble.claims(Text("d", sentence, lang)).claims == ()


GIVES_WAY = [
    ("en", "The ministry approved the sale of the port to Kestrel.", ["decision"]),
    ("en", "The service found no evidence that Kestrel had copied files.", ["no_indication"]),
    ("en", "Kestrel has promised to store all files in the country.", ["commitment"]),
    ("fr", "Le ministère a autorisé la vente du port à Kestrel.", ["decision"]),
    ("nl", "Het ministerie heeft de verkoop van de haven goedgekeurd.", ["decision"]),
    ("de", "Das Ministerium hat den Verkauf des Hafens genehmigt.", ["decision"]),
    ("de", "Kestrel verpflichtet sich, die Daten im Land zu speichern.", ["commitment"]),
]


@pytest.mark.parametrize(("lang", "sentence", "relations"), GIVES_WAY)
def test_what_is_only_named_inside_another_claim_is_no_claim_of_its_own(
    lang: str, sentence: str, relations: list[str]
) -> None:
    """A sale that is approved is a decision; a finding takes in what was not found."""
    assert [claim.relation for claim in assemble.claims(Text("d", sentence, lang)).claims] == relations


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", ["data of the company ", "12 percent ", "Name ", "nicht ", "x"])
def test_the_longest_sentence_is_read_in_good_time(lang: str, unit: str) -> None:
    """No pattern runs away: 3,000 characters of repeated words, far under the time of a reader's patience."""
    began = time.process_time()
    assemble.claims(Text("d", (unit * 3000)[: assemble.MAX_SENTENCE - 10] + ".", lang))
    assert time.process_time() - began < 5

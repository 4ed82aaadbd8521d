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


ANSWERED = [
    ("en", "Can Kestrel log into the system? No.", [("has_access", "denied")]),
    ("en", "Can Kestrel log into the system? Nobody knows.", []),
    ("fr", "Kestrel a-t-elle accès aux vannes ? Non.", [("has_access", "denied")]),
    ("nl", "Heeft Kestrel toegang tot de kleppen? Nee.", [("has_access", "denied")]),
    ("de", "Hat Kestrel Zugriff auf die Ventile? Nein.", [("has_access", "denied")]),
]


@pytest.mark.parametrize(("lang", "text", "read"), ANSWERED)
def test_a_question_claims_nothing_but_its_denial_does(lang: str, text: str, read: list[tuple[str, str]]) -> None:
    """In an interview the question says what "No." denies."""
    assert [(claim.relation, claim.stance) for claim in assemble.claims(Text("d", text, lang)).claims] == read


SCOPES = [
    ("en", "The ministry has not rejected the bid.", "decision", "denied"),
    ("en", "The ministry rejected the bid.", "decision", "asserted"),
    (
        "en",
        "Kestrel has the right to name the director, a point the ministry did not mention.",
        "special_right",
        "asserted",
    ),
    ("en", "Kestrel reportedly bought the yard and borrowed the money from the export bank.", "finances", "alleged"),
    ("en", "Kestrel will maintain the locks and supply the software for the pumps.", "supplies", "planned"),
    ("en", "The draft law would oblige operators to report every outage.", "legal_duty", "planned"),
    ("en", "Operators are not obliged by law to report outages.", "legal_duty", "denied"),
    ("en", "The minister sees no parallel.", "precedent", "denied"),
    ("fr", "Le tribunal a rejeté la demande de Kestrel.", "decision", "asserted"),
    ("fr", "Kestrel fournira les pompes en 2027.", "supplies", "planned"),
    ("nl", "Kestrel neemt op 1 juli 2026 de exploitatie over.", "operates", "planned"),
    ("nl", "De raad besloot het contract niet te verlengen.", "decision", "asserted"),
    ("de", "Der Tunnel wird seit 2015 von Kestrel betrieben.", "operates", "asserted"),
    ("de", "Der Tunnel wird ab 2027 von Kestrel betrieben werden.", "operates", "planned"),
    ("de", "Der Kanton verzichtet darauf, die Leitstelle an Kestrel zu verkaufen.", "sale", "denied"),
]


@pytest.mark.parametrize(("lang", "sentence", "relation", "stance"), SCOPES)
def test_only_what_governs_a_claim_sets_its_stance(lang: str, sentence: str, relation: str, stance: str) -> None:
    """A negation in an afterthought denies nothing; a plan goes on behind "and"; the day says what lies ahead."""
    claims = assemble.claims(Text("d", sentence, lang, "2026-05-04")).claims
    assert (relation, stance) in {(claim.relation, claim.stance) for claim in claims}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", ["data of the company ", "12 percent ", "Name ", "nicht ", "x"])
def test_the_longest_sentence_is_read_in_good_time(lang: str, unit: str) -> None:
    """No pattern runs away: 3,000 characters of repeated words, far under the time of a reader's patience."""
    began = time.process_time()
    assemble.claims(Text("d", (unit * 3000)[: assemble.MAX_SENTENCE - 10] + ".", lang))
    assert time.process_time() - began < 5

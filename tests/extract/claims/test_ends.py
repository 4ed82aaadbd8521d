"""Who and what a claim is about: ends by what can stand there, references settled inside the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.extract import assemble
from longarm.extract.cues import table
from longarm.extract.kinds import Kind, kind_of_name, kind_of_noun
from longarm.extract.language import LANGUAGES, RELATIONS, grammar
from longarm.extract.mentions import Mentions
from longarm.extract.phrases import phrases
from longarm.extract.wants import wanted
from longarm.model.claims import Claim, Text

ENDS = [
    # passive agents
    ("en", "The dam is run by Brightfall.", "operates", "Brightfall", "dam"),
    ("fr", "Le port de Sérac est exploité par la société Quaival.", "operates", "Quaival", "port de Sérac"),
    ("nl", "De haven van Wellum wordt beheerd door Havenwerk.", "operates", "Havenwerk", "haven van Wellum"),
    ("de", "Betrieben wird das Wasserwerk Ulmtal von der Firma Aquator.", "operates", "Aquator", "Wasserwerk Ulmtal"),
    # a verb in second place, its subject behind it
    ("de", "An der Betreibergesellschaft ist der chinesische Konzern Laokai mit 24,9 Prozent beteiligt.", "owns",
     "Laokai", "Betreibergesellschaft"),
    # what is got is turned round
    ("de", "Der Energieversorger Stromag bezieht seine Steuerungssoftware seit 2019 von Kyrion.", "supplies",
     "Kyrion", "Stromag"),
    # a relative clause speaks of the name before it; "whose" makes it the object
    ("en", "The dam is run by Brightfall, whose largest shareholder is the Pellan Sovereign Fund with 41 percent.",
     "owns", "Pellan Sovereign Fund", "Brightfall"),
    ("fr", "Brenmar, dont l’État détient 51 %, a vendu sa participation dans Quaival.", "owns", "État", "Brenmar"),
    # apposition
    ("en", "Its parent, Ostrin Group, is registered in Singapore.", "registered_in", "Ostrin Group", "Singapore"),
    ("nl", "Havenwerk, een dochter van het Noorse concern Brenmar, zweeg.", "subsidiary_of", "Havenwerk", "Brenmar"),
    # coordination carries the subject
    ("en", "Laokai supplied the cranes to Marrow Port and still maintains them.", "maintains", "Laokai", "cranes"),
    # from whom is leased
    ("en", "The grid company Northwire leases fibre from Telmar.", "tenant_of", "Northwire", "Telmar"),
    # staff act for those whose staff they are
    ("en", "Engineers at Laokai could log in to the core system until May.", "has_access", "Laokai", "core system"),
    # German names lose the ending of their case
    ("de", "Der Konzern Tellmar ist zu 30 Prozent im Besitz der Oradanischen Staatsbank.", "owns",
     "Oradanische Staatsbank", "Tellmar"),
]  # fmt: skip

REFERENCES = [
    ("de", "Die Reederei Nordkap hat den Hafen Wellburg übernommen. Sie hält nun 60 Prozent der Anteile.", "owns",
     "Nordkap"),
    ("de", "Der Konzern Tellmar gehört der Nordbank. Die Bank darf zwei Mitglieder des Aufsichtsrats benennen.",
     "special_right", "Nordbank"),
    ("de", "Das Bundesamt für Netze prüft den Fall. Das Amt äußerte sich nicht zu dem Verfahren.", "no_comment",
     "Bundesamt für Netze"),
    ("fr", "Le port de Sérac est exploité par la société Quaival. L’exploitant a signé un contrat avec Telmar.",
     "agreement", "Quaival"),
    ("fr", "Brenmar a vendu sa part dans Quaival au fonds Altis. L’acheteur a promis de conserver les données.",
     "commitment", "Altis"),
    ("nl", "De haven van Wellum wordt beheerd door Havenwerk. Het bedrijf heeft een contract getekend met Telmar.",
     "agreement", "Havenwerk"),
    ("nl", "De Autoriteit Netwerken onderzoekt de overname van Havenwerk door Brenmar. De koper wilde niet reageren.",
     "no_comment", "Brenmar"),
    ("en", "The Ministry of Works cleared the plan. The ministry did not respond to questions.", "no_comment",
     "Ministry of Works"),
    ("en", "Calder Dock has sold a 30 percent stake in Marrow to Vorsk Holdings. The buyer declined to comment.",
     "no_comment", "Vorsk Holdings"),
    ("en", "The Network Safety Board (NSB) wrote to Telmar in May. The NSB declined to comment.", "no_comment",
     "Network Safety Board"),
]  # fmt: skip


def only(body: str, relation: str, lang: str) -> Claim:
    found = [claim for claim in assemble.claims(Text("d", body, lang)).claims if claim.relation == relation]
    assert found, (relation, [(c.relation, c.quote) for c in assemble.claims(Text("d", body, lang)).claims])
    return found[-1]


@pytest.mark.parametrize(("lang", "body", "relation", "subject", "thing"), ENDS)
def test_both_ends_are_read_where_the_sentence_has_them(
    lang: str, body: str, relation: str, subject: str, thing: str
) -> None:
    """Passive, turned, relative, apposed, coordinated: in each the ends are the same ones a reader would name."""
    claim = only(body, relation, lang)
    assert (claim.subject, claim.object[:1]) == ((subject,), (thing,))


@pytest.mark.parametrize(("lang", "body", "relation", "subject"), REFERENCES)
def test_a_reference_is_settled_inside_the_text(lang: str, body: str, relation: str, subject: str) -> None:
    """A pronoun, a common noun, a part in the story or an acronym stands for the name that the text gave."""
    assert only(body, relation, lang).subject == (subject,)


def test_a_sale_names_seller_thing_and_buyer() -> None:
    """The seller is the subject; the thing comes first among the objects, then the buyer."""
    claim = only("Calder Dock has sold a 30 percent stake in its Marrow terminal to Vorsk Holdings.", "sale", "en")
    assert (claim.subject, claim.object) == (("Calder Dock",), ("Marrow terminal", "Vorsk Holdings"))


def test_whom_nothing_was_found_about_is_not_who_looked() -> None:
    """The board that found no evidence is neither end."""
    body = "Telmar bought routers in May. The Network Safety Board found no evidence that Telmar had opened the files."
    assert only(body, "no_indication", "en").subject == ("Telmar",)


def test_the_site_of_a_claim_is_the_one_its_words_name() -> None:
    """A site by its name, or by the noun that stands for it; a stock exchange is none."""
    body = "Vorsk bought Marrow Bulk Terminal. Vorsk operates the cranes at the terminal."
    assert only(body, "operates", "en").site == "Marrow Bulk Terminal"
    assert only("Vorsk plans to list on the Norhaven exchange.", "listing", "en").site is None


def test_every_relation_says_what_its_ends_must_be() -> None:
    """The table of ends and the vocabulary of claims have the same relations, and no kind is misspelt."""
    assert set(table("ends")) == RELATIONS
    assert all(wanted(relation).subject for relation in RELATIONS)


@pytest.mark.parametrize(
    ("lang", "noun", "kind"),
    [
        ("en", "terminals", Kind.SITE),
        ("fr", "acquéreur", Kind.PARTY),
        ("nl", "sluis", Kind.SITE),
        ("de", "Netzaufsicht", Kind.AUTHORITY),
        ("de", "Lastdaten", Kind.DATA),
        ("en", "2019", Kind.TIME),
    ],
)
def test_a_noun_has_a_kind(lang: str, noun: str, kind: Kind) -> None:
    """Compounds take the kind of their last part."""
    assert kind_of_noun(noun, lang) is kind


def test_a_state_is_a_place_in_whichever_language_it_is_named() -> None:
    """The names of states come from the CLDR."""
    assert {kind_of_name(name, "en") for name in ("Norway", "Norvège", "Noorwegen", "Norwegen")} == {Kind.PLACE}


@pytest.mark.parametrize(
    ("lang", "body", "names"),
    [
        ("de", "Der Ausrüster Sewerlux liefert Leitungen. Sewerlux schweigt.", {"Sewerlux"}),
        ("nl", "Woordvoerder Hilde Tammes van Astrane lachte.", {"Hilde Tammes", "Astrane"}),
        ("fr", "La Commission de sûreté numérique de Calder se tait.", {"Commission de sûreté numérique de Calder"}),
        ("en", "Engineers saw Calder. Baggage and ramp services stopped.", {"Calder"}),
        ("en", "Quayforth Terminals plc grew.", {"Quayforth Terminals plc"}),
    ],
)
def test_a_name_is_no_more_and_no_less_than_the_name(lang: str, body: str, names: set[str]) -> None:
    """Nouns that introduce it, first words of sentences and other names stay outside."""
    assert {mention.name for mention in Mentions(body, grammar(lang)).all} == names


WORDS = ["Vorsk", "of", "the", "de", "la", "company", "port", "’s", ",", ".", "und", "et", "en", "Die", "Bank", "30"]


@settings(max_examples=60)
@given(
    lang=st.sampled_from(LANGUAGES),
    words=st.lists(st.sampled_from(WORDS), max_size=30),
)
def test_phrases_stand_where_they_say_and_in_order(lang: str, words: list[str]) -> None:
    """Whatever the words, a phrase lies inside the text and begins behind the one before it."""
    body = " ".join(words)
    found = phrases(body, 0, len(body), Mentions(body, grammar(lang)), lang)
    assert all(0 <= phrase.start <= phrase.body < phrase.end <= len(body) for phrase in found)
    assert [phrase.body for phrase in found] == sorted(phrase.body for phrase in found)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", ["Vorsk of ", "the company’s ", "a, ", "de la ", "Die Bank der ", "„ "])
def test_a_long_sentence_is_read_in_a_moment(lang: str, unit: str) -> None:
    """No form of a name or a phrase makes reading grow out of hand."""
    body = (unit * 2_900)[:2_900] + " is operated by Vorsk, wird betrieben von Vorsk."
    began = time.process_time()
    assemble.claims(Text("d", body, lang))
    assert time.process_time() - began < 5

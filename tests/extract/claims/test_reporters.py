"""Who reported it, where the words stand elsewhere: carried on, asked, or named by what kind of paper it is."""

from __future__ import annotations

import pytest

from longarm.extract import assemble
from longarm.model.claims import Claim, Text


def _read(words: str, lang: str = "en") -> list[Claim]:
    return list(assemble.claims(Text("d" * 64, words, lang, "2026-11-20", "The Page")).claims)


def _one(words: str, relation: str, lang: str = "en") -> Claim:
    found = [c for c in _read(words, lang) if c.relation == relation]
    assert found, [(c.relation, c.quote) for c in _read(words, lang)]
    return found[-1]


def test_who_told_of_a_move_says_what_it_would_do() -> None:
    """A sentence that takes the last one up in the conditional has its reporter; one that asserts has none."""
    told = "Orlen Ports wants to sell its stake in the quay, Norlink reported. "
    assert _one(told + "This sale would separate the terminal from its owner.", "separation").attribution == (
        "Norlink",
    )
    assert _one(told + "Vorsk operates the dam.", "operates").attribution == ()


def test_the_paper_that_asked_reports_the_answer() -> None:
    """But the page's own name is not repeated."""
    words = "Contacted by the Harbour Times, Vorsk denied any wrongdoing."
    assert _one(words, "wrongful_conduct").attribution == ("Harbour Times", "Vorsk")
    assert _one(words.replace("Harbour Times", "The Page"), "wrongful_conduct").attribution == ("Vorsk",)


def test_the_news_agency_is_the_one_that_was_named() -> None:
    """Its country is no speaker."""
    words = "Vorsk runs the dam, Norlink reported.\nVorsk owns 30 percent of the grid, said the British news agency."
    assert _one(words, "owns").attribution == ("Norlink",)


def test_who_speaks_behind_a_comma_describes_nobody() -> None:
    """ "… of the Orsk Port Company, the ministry said": the ministry is no description of the company."""
    claim = _one("Kestrel Terminals holds 35 percent of Orsk Port Company, the ministry said.", "owns")
    assert (claim.attribution, claim.site) == (("ministry",), None)


def test_what_a_teaser_names_is_no_party_of_the_story() -> None:
    """ "The company" is the one of the article."""
    words = (
        "Vorsk runs the dam.\nRead also: Former Managers Arrested At The Company\n"
        "The company announced that it had applied to be listed on the Orsk Stock Exchange."
    )
    assert _one(words, "listing").attribution == ("Vorsk",)


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("The security service is seeking to determine what risks the operations of Vorsk hold.", "asserted"),
        ("The security service will examine the operations of Vorsk next year.", "planned"),
    ],
)
def test_who_seeks_to_find_out_examines_already(words: str, stance: str) -> None:
    """An examination that lies ahead is planned."""
    assert _one(words, "examines").stance == stance


def test_a_daughter_is_quoted_with_whose_it_is_and_nothing_behind() -> None:
    """From the one name to the other."""
    words = "Officials watch Vorsk, the energy giant, and its subsidiary, Damline, at the port of Orsk."
    assert _one(words, "subsidiary_of").quote == "Vorsk, the energy giant, and its subsidiary, Damline"

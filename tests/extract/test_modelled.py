"""What a language model proposes is held against the text: nothing stands but what can be checked."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.extract import assemble, modelled
from longarm.model.claims import LineKind, Text, stands
from longarm.review.relations import RELATIONS

WORDS = (
    "Kestrel Terminals holds 30 percent of Norhaven Port Company, the ministry said on Tuesday.\n"
    "Nobody at Brightwell Systems picked up when asked in March 2024.\n"
)
TEXT = Text("a" * 64, WORDS, "en", "2026-11-20")
FOUND = assemble.claims(TEXT)


def _row(**more: object) -> dict[str, object]:
    row = {
        "quote": "Nobody at Brightwell Systems picked up when asked in March 2024",
        "relation": "no_comment", "stance": "asserted", "attribution": [], "object": [],
        "subject": ["Brightwell Systems"],
    }  # fmt: skip
    return {**row, **more}


def _read(*rows: object) -> assemble.Extraction:
    (asked,) = modelled.questions(TEXT, FOUND)
    return modelled.added(TEXT, FOUND, [(asked, json.dumps({"claims": rows}))], "m-1")


def test_the_relations_are_those_of_the_vocabulary() -> None:
    """Nothing is asked for that a review could not write."""
    assert set(modelled.relations()) == set(RELATIONS)


def test_what_the_rules_missed_is_added_at_its_span() -> None:
    """With the version of the model, and the dates that stand in its words."""
    new = [c for c in _read(_row()).claims if c.version == "model/m-1"]
    assert [(c.relation, c.subject, c.quote in WORDS) for c in new] == [("no_comment", ("Brightwell Systems",), True)]
    assert [d.date for d in new[0].dates] == ["2024-03"]
    assert all(stands(c, WORDS) for c in new)


def test_what_a_rule_has_read_is_not_proposed_twice() -> None:
    """The same relation over the same words."""
    (owns,) = (c for c in FOUND.claims if c.relation == "owns")
    again = _read(_row(quote=owns.quote, relation="owns", subject=["Kestrel Terminals"]))
    assert again.claims == FOUND.claims


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (_row(quote="Nobody at Brightwell picked up"), "the quote does not stand"),
        (_row(quote=""), "the quote does not stand"),
        (_row(quote=7), "the quote does not stand"),
        (_row(relation="spies_on"), "no relation or stance"),
        (_row(stance="inferred"), "no relation or stance"),
        (_row(subject=["Brightwell Holdings"]), "a name does not occur"),
        (_row(attribution=["an official in Beijing"]), "a name does not occur"),
    ],
)
def test_what_does_not_stand_in_the_text_is_refused_and_counted(row: dict[str, object], why: str) -> None:
    """A model may invent; the reader is told how often."""
    read = _read(row)
    assert read.claims == FOUND.claims
    assert any(why in note and note.startswith("1 proposals of the model refused") for note in read.notes)


@given(st.text(max_size=300))
def test_any_answer_is_survived(answer: str) -> None:
    """Whatever a server sends, the rules' claims stay as they are."""
    (asked,) = modelled.questions(TEXT, FOUND)
    assert modelled.added(TEXT, FOUND, [(asked, answer)], "m-1").claims == FOUND.claims


def test_a_long_text_is_asked_in_passages_of_whole_lines() -> None:
    """Only of the body, and each passage is where it says it is."""
    text = Text("b" * 64, WORDS * 200, "en")
    found = assemble.claims(text)
    asked = list(modelled.questions(text, found))
    assert len(asked) > 1
    assert all(text.text[q.start : q.end] == q.passage and len(q.passage) <= modelled.PASSAGE for q in asked)
    body = {(line.start, line.end) for line in found.lines if line.kind is LineKind.BODY}
    assert {(q.start, q.end) for q in asked} <= {(s, e) for s, _ in body for _, e in body}

"""What each relation of a claim becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from article import ARTICLE, OWNS
from hypothesis import given
from hypothesis import strategies as st

from longarm.model import dates
from longarm.model.claims import ClaimDate
from longarm.model.terms import Stance
from longarm.review.relations import NO_TIE, RELATIONS, Choices, Ends, bears, partial, records
from longarm.review.writing import Acceptance, Cited, unreviewed, write
from longarm.workspace.linking import type_of

PARTS = {"site": "site", "quay": "zone", "system": "system"}
CASES = [
    # relation, subject, object, site, schema, values
    ("owns", "a", ("b",), None, "Ownership", {"owner": ["a"], "asset": ["b"], "percentage": ["60"]}),
    ("controls", "a", ("b",), None, "Control", {"controller": ["a"], "controlType": ["named control"]}),
    ("subsidiary_of", "a", ("b",), None, "Control", {"controller": ["b"], "controlled": ["a"]}),
    ("joint_venture", "a", ("b",), None, "Ownership", {"owner": ["b"], "asset": ["a"]}),
    ("operates", "a", ("quay",), None, "Access", {"part": ["quay"], "accessRole": ["operator of a zone"]}),
    ("operates", "a", ("system",), None, "Access", {"accessRole": ["operator of a system"]}),
    ("tenant_of", "a", ("b",), "site", "Access", {"part": ["site"], "accessRole": ["tenant"]}),
    ("maintains", "a", ("system",), None, "Access", {"holder": ["a"], "accessRole": ["present"]}),
    ("hosts", "a", ("system",), None, "Access", {"accessRole": ["host without the keys"]}),
    ("transfers_data_to", "a", ("b",), None, "Flow", {"source": ["a"], "target": ["b"]}),
    ("commitment", "a", ("b",), None, "Commitment", {"party": ["a"], "counterparty": ["b"]}),
    ("listing", "a", (), None, "EntityFact", {"subject": ["a"], "fact": ["is_listed"]}),
    ("sale", "a", ("b", "c"), None, "Ownership", {"owner": ["c"], "asset": ["b"]}),
    ("finances", "a", ("b",), None, "Control", {"controlType": ["creditor"]}),
    ("appointment", "a", ("b",), None, "Directorship", {"director": ["a"], "organization": ["b"]}),
]


def _ends(subject: str | None, objects: tuple[str | None, ...], site: str | None = None) -> Ends:
    return Ends((subject,), objects, site, PARTS)


@pytest.mark.parametrize(("relation", "subject", "objects", "site", "schema", "values"), CASES)
def test_a_relation_becomes_its_record(
    relation: str, subject: str, objects: tuple[str, ...], site: str | None, schema: str, values: dict[str, list[str]]
) -> None:
    """In the vocabulary, with its ends in the right order."""
    found = records(replace(OWNS, relation=relation), _ends(subject, objects, site), Choices())
    assert found[0].schema == schema
    assert {k: list(found[0].values[k]) for k in values} == values


@pytest.mark.parametrize("relation", sorted(RELATIONS))
def test_nothing_is_stated_that_needs_an_unlinked_end(relation: str) -> None:
    """A mention becomes an entity by a decision only."""
    for ends in (_ends(None, (None, None)), _ends(None, ("b", None))):
        said = records(replace(OWNS, relation=relation), ends, Choices(most=True))
        assert not said or relation == "sale"
    ends = _ends(None, ("b", None))
    assert not records(replace(OWNS, relation=relation), ends, Choices())


@pytest.mark.parametrize("relation", sorted(NO_TIE))
def test_what_is_no_tie_becomes_a_cited_fact_alone(relation: str) -> None:
    """It stands beside what it is about."""
    claim = replace(OWNS, relation=relation)
    written = write(Acceptance(claim, Cited("f" * 64), _ends("a", ("b",))), "2026-11-24", type_of)
    assert {s.schema for s in written.statements} == {"CitedFact"}
    assert all(s.evidence.stance == claim.stance for s in written.statements)


@pytest.mark.parametrize(
    ("relation", "stance", "said"),
    [
        ("wrongful_conduct", "alleged", "allegation"),
        ("wrongful_conduct", "denied", "denial"),
        ("wrongful_conduct", "asserted", "conduct"),
        ("no_comment", "asserted", "no comment"),
        ("no_indication", "asserted", "negative finding"),
        ("owns", "planned", "plan"),
        ("unheard_of", "asserted", "context"),
    ],
)
def test_what_a_cited_fact_bears_on(relation: str, stance: str, said: str) -> None:
    """By its relation and its stance."""
    assert bears(replace(OWNS, relation=relation, stance=stance)) == said


@pytest.mark.parametrize("stance", ["denied", "planned"])
def test_what_is_denied_or_planned_adds_nothing_while_it_waits(stance: str) -> None:
    """At its most it gives no reach."""
    waiting = Acceptance(replace(OWNS, stance=stance), Cited("f" * 64), _ends("a", ("b",)))
    assert unreviewed(waiting, "2026-11-24", type_of) == []


def test_what_waits_is_put_as_inferred() -> None:
    """The kernel takes that in the upper bound only."""
    found = unreviewed(Acceptance(OWNS, Cited("f" * 64), _ends("a", ("b",))), "2026-11-24", type_of)
    assert {s.evidence.stance for s in found} == {Stance.INFERRED.value}


_days = st.dates().map(str)
_partial = _days.flatmap(lambda d: st.sampled_from([d, d[:7], d[:4]]))


@given(_partial, st.none() | _partial)
def test_a_date_of_a_claim_is_a_date_of_the_vocabulary(first: str, last: str | None) -> None:
    """As precise as both ends of an interval have it in common, or none."""
    found = partial(first if last is None else f"{first}/{last}")
    if found:
        span = dates.span(found)
        assert span.first <= dates.span(first).first <= span.last


@given(st.sampled_from(sorted(RELATIONS)), st.sampled_from(["asserted", "alleged", "denied", "planned"]), st.data())
def test_every_statement_cites_the_words_and_keeps_the_stance(relation: str, stance: str, data: st.DataObject) -> None:
    """Whatever is linked, and whatever the relation: span, stance, and a value for each property."""
    who = st.none() | st.sampled_from(["a", "b", "quay", "system", "site"])
    ends = Ends((data.draw(who),), tuple(data.draw(st.lists(who, max_size=3))), data.draw(who), PARTS)
    when = (ClaimDate("2026-01/2026-03", "early 2026", "since"), ClaimDate("2027", "2027", "until"))
    claim = replace(OWNS, relation=relation, stance=stance, dates=when)
    written = write(Acceptance(claim, Cited("f" * 64), ends, Choices(most=True)), "2026-11-24", type_of)
    for s in written.statements:
        assert s.evidence.span is not None
        assert ARTICLE[slice(*s.evidence.span)] == OWNS.quote
        assert s.evidence.stance == stance
        assert s.value

"""The log of review: an undo at any depth, and what is proposed twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from article import CLAIMS, OWNS
from hypothesis import given
from hypothesis import strategies as st

from longarm.errors import OptionError
from longarm.model.claims import Claim
from longarm.review import log
from longarm.store.reviews import Review


def _row(rows: list[Review], claim: Claim, act: str, **more: Any) -> Review:
    value = {"claim": log.to_dict(claim), **more}
    return Review(len(rows) + 1, claim.id, act, value, "", "2026-11-24")


def _apply(rows: list[Review], step: tuple[int, int, int]) -> list[Review]:
    """Do what three numbers say, as far as it can be done: on which claim, which act, with what."""
    which, act, what = step
    if act == 5:
        stands = [r.seq for r in log.standing(rows)]
        if not stands:
            return rows
        seq = stands[what % len(stands)]
        of = rows[seq - 1]
        gone = log.taken_back(rows, seq)
        return [
            *rows,
            Review(len(rows) + 1, of.claim, "undo", {"claim": of.value["claim"], "takes_back": gone}, "", ""),
        ]
    stood = log.states(rows)
    waiting = {c.id: c for c in CLAIMS if c.id not in stood}
    waiting |= {i: s.claim for i, s in stood.items() if s.status == "pending"}
    if not waiting:
        return rows
    claim = waiting[sorted(waiting)[which % len(waiting)]]
    if act == 0:
        entity = f"made-{what % 3}"
        made = {entity: [f"name-{claim.id}"]} if what % 2 else {}
        return [*rows, _row(rows, claim, "accept", statements=[f"s-{claim.id}"], made=made, linked=[entity])]
    if act == 1:
        return [*rows, _row(rows, claim, "refuse")]
    if act == 2:
        return [*rows, _row(rows, claim, "stance", fields={"stance": ("asserted", "denied", "planned")[what % 3]})]
    if act == 3:
        return [*rows, _row(rows, claim, "correct", fields={"subject": [f"name {what}"]})]
    parts = [log.to_dict(replace(claim, id=f"{claim.id}.{len(rows)}.{k}")) for k in range(2)]
    return [*rows, _row(rows, claim, "split", parts=parts)]


steps = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), st.integers(0, 20)), max_size=14)


def _of(rows: list[Review], claim: str) -> object:
    """How a claim and what it was split into stand, beside the rows that say so."""
    return {i: (s.status, s.claim, s.accepted) for i, s in log.states(rows).items() if i.startswith(claim)}


@given(steps, st.integers(0, 20))
def test_an_undo_restores_the_claim_as_it_stood_at_any_depth(
    given_steps: list[tuple[int, int, int]], pick: int
) -> None:
    """Whatever came after, the claim and its parts stand again as just before the row."""
    rows: list[Review] = []
    for step in given_steps:
        rows = _apply(rows, step)
    stands = log.standing(rows)
    if not stands:
        return
    row = stands[pick % len(stands)]
    gone = log.taken_back(rows, row.seq)
    after = [*rows, Review(len(rows) + 1, row.claim, "undo", {"claim": row.value["claim"], "takes_back": gone}, "", "")]
    before = [r for r in rows if r.seq < row.seq]
    whole = row.claim  # parts of a claim carry its id before theirs
    assert _of(after, whole) == _of(before, whole)


@given(steps)
def test_undoing_everything_leaves_nothing_stated(given_steps: list[tuple[int, int, int]]) -> None:
    """Taken back one by one, the last first, no decision and no statement is left; taken back again, all are."""
    rows: list[Review] = []
    for step in given_steps:
        rows = _apply(rows, step)
    stated, stood = log.stated(rows), log.states(rows)
    undone: list[int] = []
    while stands := [r for r in log.standing(rows) if r.act != "undo"]:
        row = stands[-1]
        gone = log.taken_back(rows, row.seq)
        undone.append(len(rows) + 1)
        rows = [*rows, Review(undone[-1], row.claim, "undo", {"claim": row.value["claim"], "takes_back": gone}, "", "")]
    assert log.states(rows) == {}
    assert log.stated(rows) == set()
    for seq in reversed(undone):
        if any(r.seq == seq for r in log.standing(rows)):
            row = rows[seq - 1]
            gone = log.taken_back(rows, seq)
            rows = [
                *rows,
                Review(len(rows) + 1, row.claim, "undo", {"claim": row.value["claim"], "takes_back": gone}, "", ""),
            ]
    assert log.stated(rows) == stated
    assert {i: s.status for i, s in log.states(rows).items()} == {i: s.status for i, s in stood.items()}


@given(steps)
def test_the_same_log_gives_the_same_facts(given_steps: list[tuple[int, int, int]]) -> None:
    """What is stated depends on the rows alone, in whatever order they are read."""
    rows: list[Review] = []
    for step in given_steps:
        rows = _apply(rows, step)
    assert log.stated(rows) == log.stated(sorted(rows, key=lambda r: r.seq))
    assert log.states(rows) == log.states([*rows])


def test_a_row_that_does_not_stand_cannot_be_taken_back() -> None:
    """It was taken back before; and a number that nobody gave is none."""
    rows = _apply(_apply([], (0, 1, 0)), (0, 5, 0))
    with pytest.raises(OptionError, match="does not stand"):
        log.taken_back(rows, 1)
    with pytest.raises(OptionError, match="no decision 9"):
        log.taken_back(rows, 9)


def test_a_claim_goes_to_plain_values_and_comes_back() -> None:
    """The log keeps claims whole."""
    for claim in CLAIMS:
        assert log.from_dict(log.to_dict(claim)) == claim


def test_of_claims_that_share_a_span_one_decision_answers_for_one() -> None:
    """Five claims of one sentence were proposed, one was decided on: a newer version proposes the four others."""
    new = [replace(OWNS, id=f"new-{k}", subject=(f"Holder {k}",), version="rules/2") for k in range(5)]
    old = replace(OWNS, subject=("Holder 3",))
    fresh, known = log.kept_apart(new, [old])
    assert [c.id for c in known] == ["new-3"]
    assert len(fresh) == 4


def test_the_same_version_may_state_two_things_in_one_span() -> None:
    """They differ in their ends, so the decision on one is none on the other."""
    other = replace(OWNS, id="other", object=("Somebody else",))
    fresh, _ = log.kept_apart([OWNS, other], [OWNS])
    assert fresh == [other]

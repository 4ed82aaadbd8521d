"""Path sets, cut sets and sales, against brute force over all subsets of holdings."""

from __future__ import annotations

from itertools import combinations

import pytest
from holding_draws import STEP, holding, of, rows
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from longarm.control.cuts import control_structure, reach_structure, smallest_sale
from longarm.control.holdings import Holding, Holdings
from longarm.control.integrated import downstream
from longarm.control.majority import Rule, closure
from longarm.errors import OptionError
from longarm.model.terms import WHOLE


def _minimal(sets: list[frozenset[str]]) -> set[frozenset[str]]:
    return {one for one in sets if not any(other < one for other in sets)}


@settings(max_examples=60)
@given(rows("ABCD"), st.booleans())
def test_path_and_cut_sets_are_those_of_brute_force(drawn: list[Holding], by_control: bool) -> None:
    """Try every subset of the holdings of a small graph."""
    found = Holdings.of(drawn)
    assume(len(found.rows) <= 9)

    def holds(left: Holdings) -> bool:
        return "D" in (closure(left, ["A"]) if by_control else downstream(left, "A"))

    computed = (control_structure if by_control else reach_structure)(found, "A", "D")
    if not holds(found):
        assert computed.paths == computed.cuts == ()
        return
    labels = [h.label for h in found.rows]
    subsets = [frozenset(s) for size in range(len(labels) + 1) for s in combinations(labels, size)]
    paths = _minimal([s for s in subsets if holds(found.without(set(labels) - s))])
    cuts = _minimal([s for s in subsets if not holds(found.without(s))])
    assert {frozenset(p) for p in computed.paths} == paths
    assert {frozenset(c) for c in computed.cuts} == cuts


def test_without_control_there_is_nothing_to_cut() -> None:
    """No path sets, no cut sets, a sale of nothing."""
    found = of(("A", "B", 50.0))
    assert control_structure(found, "A", "B") == reach_structure(of(("B", "A", 5.0)), "A", "B")
    assert smallest_sale(found, "A", "B") == 0


@settings(max_examples=40)
@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_the_smallest_sale_is_that_of_brute_force(middle: int, direct: int, through: int) -> None:
    """Try every reduction in steps of 5 %, which is exact where the rule is reached on a step."""

    def after(b: int, c: int, d: int) -> Holdings:
        parts = (("A", "B", b), ("A", "C", c), ("B", "C", d))
        return Holdings.of(holding(owner, owned, part * STEP, row=1) for owner, owned, part in parts if part)

    through = min(through, 20 - direct)
    best = min(
        (middle - b) + (direct - c) + (through - d)
        for b in range(middle + 1)
        for c in range(direct + 1)
        for d in range(through + 1)
        if "C" not in closure(after(b, c, d), ["A"])
    )
    assert smallest_sale(after(middle, direct, through), "A", "C") == best * STEP


def test_a_sale_does_not_end_a_contract() -> None:
    """Where control does not rest on votes, no sale of votes ends it; ending the contract does."""
    found = Holdings.of([Holding("A", "B", "contract"), *of(("A", "B", 60.0)).rows])
    assert smallest_sale(found, "A", "B") is None
    assert control_structure(found, "A", "B").cuts == (("A>B",),)


def test_a_threshold_that_is_enough_when_reached_needs_one_part_more() -> None:
    """50 % or more: 49.9999999 % must be left."""
    found = of(("A", "B", 60.0))
    assert smallest_sale(found, "A", "B", Rule(WHOLE // 2, inclusive=True)) == WHOLE // 10 + 1


def test_suspended_votes_stay_suspended_when_others_are_sold() -> None:
    """41 of the 80 % that vote: own shares are on no way and cut nothing."""
    found = of(("X", "A", 41.0), ("A", "A", 20.0))
    assert control_structure(found, "X", "A").cuts == (("X>A",),)
    assert smallest_sale(found, "X", "A") == WHOLE // 100


def test_more_sets_than_anybody_reads_are_refused() -> None:
    """Partial results would not say that they are partial."""
    names = [f"n{at:02d}" for at in range(18)]
    ties = [("S", n, 60.0) for n in names] + [(n, "T", 5.5) for n in names]
    with pytest.raises(OptionError, match="sets"):
        control_structure(of(*ties), "S", "T")
    with pytest.raises(OptionError, match="nearer"):
        smallest_sale(of(*ties), "S", "T")

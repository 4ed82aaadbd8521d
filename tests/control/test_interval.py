"""Ranges and unknown shares: what holds for every value lies within what is computed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from holding_draws import NAMES, holding, of, rows
from hypothesis import given
from hypothesis import strategies as st

from longarm.control.holdings import Holding, Holdings
from longarm.control.integrated import integrated
from longarm.control.interval import controls, integrated_range, joint_lower, joint_upper, tighten
from longarm.control.majority import closure
from longarm.model.shares import Share
from longarm.model.terms import WHOLE


@given(rows(ranged=True), st.sampled_from(NAMES), st.data())
def test_every_value_that_the_ranges_allow_lies_between_the_ends(
    drawn: list[Holding], root: str, data: st.DataObject
) -> None:
    """Draw one value for each share, with no company over 100 %: ownership and control are as the bounds say."""
    chosen = []
    for name in NAMES:
        group = [h for h in drawn if h.owned == name]
        room = WHOLE - sum(h.owns.lo for h in group)
        for h in group:
            more = data.draw(st.integers(0, min(room, h.owns.hi - h.owns.lo)))
            room -= more
            chosen.append(holding(h.owner, name, h.owns.lo + more, row=h.row))
    between = integrated_range(Holdings.of(drawn), root)
    answer = controls(Holdings.of(drawn), root)
    world = Holdings.of(chosen)
    for name, value in integrated(world, root).items():
        if value is not None:
            assert between[name].lo <= value <= between[name].hi
    inside = closure(world, [root])
    for name in NAMES:
        if name != root:
            assert answer(name) != ("no" if name in inside else "yes")


@given(rows(), st.sampled_from(NAMES))
def test_exact_shares_have_one_value(drawn: list[Holding], root: str) -> None:
    """Without a range the two ends meet."""
    found = Holdings.of(drawn)
    for name, value in integrated(found, root).items():
        if value is not None:
            assert integrated_range(found, root)[name].lo == integrated_range(found, root)[name].hi == value


@given(rows(ranged=True))
def test_tightening_never_widens_and_is_done_after_once(drawn: list[Holding]) -> None:
    """Each upper end leaves the others what they hold at least."""
    tight, _ = tighten(Holdings.of(drawn))
    for before, after in zip(Holdings.of(drawn).rows, tight.rows, strict=True):
        assert before.owns.lo == after.owns.lo <= after.owns.hi <= before.owns.hi
    assert tighten(tight) == (tight, [])


def test_the_upper_end_fills_a_company_once() -> None:
    """A up to 80 % and B up to 50 % of C are 100 % together: the better of the two comes first."""
    found = Holdings.of([
        holding("S", "A", WHOLE * 3 // 4), holding("S", "B", WHOLE // 2),
        holding("A", "C", WHOLE // 2, WHOLE * 8 // 10), holding("B", "C", WHOLE * 3 // 10, WHOLE // 2),
    ])  # fmt: skip
    assert integrated_range(found, "S")["C"].hi == Fraction(3, 4) * Fraction(7, 10) + Fraction(1, 2) * Fraction(3, 10)
    assert (joint_lower(found, "C"), joint_upper(found, "C")) == (WHOLE * 8 // 10, WHOLE)


def test_an_unknown_share_may_control_until_the_others_leave_no_room() -> None:
    """At most 55 % may be a majority, at most 45 % is none."""

    def with_other(percent: float) -> str:
        unknown = Holding("S", "A", "unknown")
        return controls(Holdings.of([unknown, *of(("T", "A", percent)).rows]), "S")("A")

    assert with_other(45.0) == "unknown"
    assert with_other(50.0) == "no"
    assert with_other(55.0) == "no"


def test_contradictory_rows_are_left_as_they_are() -> None:
    """Others that hold over 100 % at least leave no room below a share's own lower end."""
    found = Holdings.of([holding("S", "A", WHOLE * 6 // 10, WHOLE), *of(("T", "A", 70.0)).rows])
    assert tighten(found)[0].rows[0].share == Share(WHOLE * 6 // 10, WHOLE)
    assert found.warnings


@pytest.mark.parametrize("ring", [20.0, 50.0])
def test_a_ring_with_ranges_has_an_upper_end(ring: float) -> None:
    """The policy iteration ends on cross-holdings too."""
    found = Holdings.of([
        holding("S", "A", WHOLE // 10, WHOLE // 2), *of(("A", "B", 50.0), ("B", "A", ring)).rows,
    ])  # fmt: skip
    assert integrated_range(found, "S")["A"].hi == Fraction(1, 2) / (1 - Fraction(round(ring), 200))

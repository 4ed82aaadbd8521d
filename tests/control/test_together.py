"""Groups, agreements, series of statements and possible worlds."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from holding_draws import NAMES, holding, of, rows
from hypothesis import given
from hypothesis import strategies as st

from longarm.control.concert import Agreement, actual_controllers, block, single_controllers, together
from longarm.control.holdings import Holding, Holdings
from longarm.control.majority import closure
from longarm.control.rows import read_rows
from longarm.control.series import after_step
from longarm.control.worlds import if_independent, probability
from longarm.model.terms import WHOLE


@given(rows(), st.sets(st.sampled_from(NAMES), min_size=1, max_size=3))
def test_a_group_controls_at_least_what_its_members_control(drawn: list[Holding], group: set[str]) -> None:
    """Joint control is monotone in the group."""
    found = Holdings.of(drawn)
    joint = set(together(found, group).controls)
    assert all(closure(found, [one]) - group <= joint for one in group)


def test_a_group_controls_what_none_of_its_members_does() -> None:
    """30 and 30 % are a majority of two, and of neither."""
    found = of(("P", "C", 30.0), ("Q", "C", 30.0), ("C", "D", 100.0))
    assert together(found, ["P", "Q"]).controls == ("C", "D")
    assert together(found, ["P", "Q"]).alone == ()
    assert single_controllers(found, "D") == ["C"]
    assert block(found, ["P", "Q"], "C") == WHOLE * 6 // 10


def test_the_leader_of_an_agreement_is_the_actual_controller() -> None:
    """Without a leader the parties are named together; without an agreement, nobody."""
    found = of(("Z", "T", 28.0), ("Y", "T", 25.0))
    assert actual_controllers(found, "T", [Agreement(("Z", "Y"), "Z")]) == ["Z"]
    assert actual_controllers(found, "T", [Agreement(("Z", "Y"))]) == ["Y", "Z"]
    assert actual_controllers(found, "T") == []


def test_the_actual_controller_is_controlled_by_nobody_in_turn() -> None:
    """The top of the chain, and everybody in a ring without one."""
    assert actual_controllers(of(("S", "A", 60.0), ("A", "T", 60.0)), "T") == ["S"]
    assert actual_controllers(of(("A", "B", 100.0), ("B", "A", 100.0), ("A", "T", 60.0)), "T") == ["A", "B"]


def test_a_closed_record_holds_no_longer() -> None:
    """The latest statement of a record replaces the former ones."""
    read = read_rows([
        {"owner": "M", "owned": "T", "share": 1.0, "recordId": "m", "step": 1, "recordStatus": "new"},
        {"owner": "M", "owned": "T", "share": 0.4, "recordId": "m", "step": 2, "recordStatus": "updated"},
        {"owner": "M", "owned": "T", "share": 0.4, "recordId": "m", "step": 3, "recordStatus": "closed"},
    ])  # fmt: skip
    assert [[h.owns.lo for h in after_step(read.rows, step).rows] for step in (0, 1, 2, 3)] == [
        [], [WHOLE], [WHOLE * 4 // 10], [],
    ]  # fmt: skip


@given(rows(), st.lists(st.sampled_from(["x", "y", "z", None]), min_size=15, max_size=15), st.integers(0, 10))
def test_the_probability_is_the_share_of_worlds_by_definition(
    drawn: list[Holding], origins: list[str | None], tenths: int
) -> None:
    """Enumerate the three origins by hand."""
    told = [Holding(h.owner, h.owned, share=h.share, origin=o, row=h.row) for h, o in zip(drawn, origins, strict=False)]
    chance = {"x": Fraction(tenths, 10), "y": Fraction(1, 3), "z": Fraction(1)}
    expected = Fraction(0)
    for sound in product((True, False), repeat=3):
        weight = Fraction(1)
        for name, right in zip("xyz", sound, strict=True):
            weight *= chance[name] if right else 1 - chance[name]
        held = {None, *(n for n, right in zip("xyz", sound, strict=True) if right)}
        if "F" in closure(Holdings.of(h for h in told if h.origin in held), ["A"]):
            expected += weight
    assert probability(told, chance, "A", "F") == expected
    assert 0 <= if_independent(told, chance, "A", "F") <= 1


def test_two_origins_of_one_holding_are_one_tie_and_make_it_surer() -> None:
    """1 − 0.5 × 0.5, and never 30 + 30 %."""
    told = [Holding("A", "B", share=holding("A", "B", part).share, origin=o, row=at)
            for part in (WHOLE * 6 // 10,) for at, o in enumerate("xy", 1)]  # fmt: skip
    half = {"x": Fraction(1, 2), "y": Fraction(1, 2)}
    assert probability(told, half, "A", "B") == Fraction(3, 4)
    minor = [Holding("A", "B", share=holding("A", "B", WHOLE * 3 // 10).share, origin=o, row=1) for o in "xy"]
    assert probability(minor, {}, "A", "B") == 0

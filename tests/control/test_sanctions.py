"""The 50 % rules of the United States and of the European Union."""

from __future__ import annotations

import datetime as dt

import pytest
from holding_draws import NAMES, holding, of, rows
from hypothesis import given
from hypothesis import strategies as st

from longarm.control import eu, ofac
from longarm.control.holdings import Holding, Holdings
from longarm.control.majority import closure
from longarm.model.terms import WHOLE


@given(st.integers(2, 50))
def test_many_small_holdings_sum_exactly(count: int) -> None:
    """Ten times 5 % is 50 %, in integers; one part in 10⁹ less is not."""
    parts = [WHOLE // 2 // count] * count
    parts[0] += WHOLE // 2 - sum(parts)
    listed = [f"L{at}" for at in range(count)]
    full = Holdings.of(holding(one, "E", p) for one, p in zip(listed, parts, strict=True))
    assert ofac.blocked(full, listed).reached == {"E"}
    parts[-1] -= 1
    short = Holdings.of(holding(one, "E", p) for one, p in zip(listed, parts, strict=True))
    assert not ofac.blocked(short, listed).reached


@given(rows(), st.sets(st.sampled_from(NAMES), max_size=3))
def test_the_two_rules_differ_at_exactly_one_half_only(drawn: list[Holding], listed: set[str]) -> None:
    """What the EU caught before July 2024 it catches after, and that is what OFAC catches."""
    found = Holdings.of(drawn)
    before = eu.owned(found, listed, dt.date(2024, 7, 2)).reached
    after = eu.owned(found, listed, dt.date(2024, 7, 3)).reached
    assert before <= after == eu.owned(found, listed).reached == ofac.blocked(found, listed).reached
    assert before == closure(found, listed)


@given(rows(), st.sets(st.sampled_from(NAMES), max_size=2), st.sampled_from(NAMES))
def test_one_more_listed_person_never_frees_anybody(drawn: list[Holding], listed: set[str], more: str) -> None:
    """Aggregation is monotone."""
    found = Holdings.of(drawn)
    assert ofac.blocked(found, listed).reached <= ofac.blocked(found, listed | {more}).reached | {more}


@given(rows(ranged=True), st.sampled_from(NAMES))
def test_what_is_blocked_for_certain_may_be_blocked(drawn: list[Holding], one: str) -> None:
    """lower ⊆ upper."""
    found = Holdings.of(drawn)
    assert ofac.blocked(found, [one]).reached <= ofac.blocked(found, [one], end="hi").reached


def test_a_blocked_holder_counts_in_full_and_one_below_half_not_at_all() -> None:
    """50 % of 50 % is blocked all the same; 49 % of 100 % is not."""
    found = of(("X", "A", 50.0), ("A", "B", 50.0), ("X", "C", 49.0), ("C", "D", 100.0))
    assert ofac.blocked(found, ["X"]).reached == {"A", "B"}


@pytest.mark.parametrize(
    ("ties", "signs"),
    [
        ((("L", "E", 40.0), *((f"M{n}", "E", 10.0) for n in range(6))), {"E": "largest holder"}),
        ((("L", "E", 40.0), ("M", "E", 60.0)), {}),
        ((("L", "E", 40.0), ("M", "E", 40.0)), {}),
        ((("L", "H", 60.0), ("H", "E", 20.0), ("L", "E", 15.0), ("M", "E", 30.0)), {"E": "largest holder"}),
        ((("L", "E", 50.0),), {}),
    ],
)
def test_the_largest_holder_is_a_sign_of_control(
    ties: tuple[tuple[str, str, float], ...], signs: dict[str, str]
) -> None:
    """Largest compared with each other holder, and not an owner already (Best Practices of 3 July 2024)."""
    assert eu.signs_of_control(of(*ties), ["L"]) == signs
    assert not eu.signs_of_control(of(*ties), ["L"], dt.date(2024, 6, 30)) or "L" not in signs


def test_votes_and_contracts_are_signs_and_no_ownership() -> None:
    """49 % of the capital with 75 % of the votes is not owned, and shows a sign."""
    found = Holdings.of([
        Holding("L", "E", share=of(("a", "b", 49.0)).rows[0].share, votes=of(("a", "b", 75.0)).rows[0].share),
        Holding("L", "F", "contract"), holding("Q", "E", WHOLE * 51 // 100),
    ])  # fmt: skip
    assert not eu.owned(found, ["L"]).reached
    assert eu.signs_of_control(found, ["L"]) == {"E": "majority of the votes", "F": "control without ownership"}

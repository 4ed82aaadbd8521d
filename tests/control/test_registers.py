"""Tiers of the British register and of German screening."""

from __future__ import annotations

import pytest
from holding_draws import NAMES, holding, of, rows
from hypothesis import given
from hypothesis import strategies as st

from longarm.control import awv, psc
from longarm.control.holdings import Holding, Holdings
from longarm.errors import OptionError
from longarm.model.terms import WHOLE


@pytest.mark.parametrize(
    ("percent", "tier"),
    [(0, None), (25, None), (25.0000001, "25-50"), (50, "25-50"), (50.0000001, "50-75"), (74.9999999, "50-75"),
     (75, "75-100"), (100, "75-100")],
)  # fmt: skip
def test_the_tiers_end_where_the_register_ends_them(percent: float, tier: str | None) -> None:
    """Over 25 up to 50, over 50 below 75, 75 and more, to one part in 10⁹."""
    assert psc.tier(round(percent * WHOLE / 100)) == tier


def test_majority_stakes_in_a_chain_pass_holdings_on_in_full() -> None:
    """Sch. 1A para 18; a joint majority is one too, by what the holder actually exercises."""
    found = of(("P", "A", 51.0), ("A", "B", 51.0), ("B", "T", 26.0), ("P", "C", 50.0), ("C", "T", 40.0))
    assert psc.register(found, "T") == {"P": "25-50"}
    joint = of(("P", "A", 60.0), ("P", "B", 60.0), ("A", "C", 30.0), ("B", "C", 30.0), ("C", "T", 80.0))
    assert psc.register(joint, "T") == {"P": "75-100"}


def test_votes_and_shares_are_looked_at_both() -> None:
    """Ten per cent of the capital with sixty of the votes is the tier of the votes."""
    found = Holdings.of(
        [Holding("P", "T", share=of(("a", "b", 10.0)).rows[0].share, votes=of(("a", "b", 60.0)).rows[0].share)]
    )
    assert psc.register(found, "T") == {"P": "50-75"}


def test_control_without_votes_is_significant_influence() -> None:
    """The fourth and fifth conditions have no tier."""
    assert psc.register(Holdings.of([Holding("P", "T", "contract")]), "T") == {"P": psc.INFLUENCE}


def test_holders_of_one_state_are_added_once() -> None:
    """§ 56 (4): 6 and 5 % reach the tier of 10; a common subsidiary is counted once."""
    found = of(("F1", "T", 6.0), ("F2", "T", 5.0))
    assert awv.acquisition(found, ["F1", "F2"], "T", 10).reaches
    assert not awv.acquisition(found, ["F1"], "T", 10).reaches
    shared = of(("F1", "H", 40.0), ("F2", "H", 40.0), ("H", "T", 9.0))
    assert awv.acquisition(shared, ["F1", "F2"], "T", 10).votes == WHOLE * 9 // 100


def test_paragraph_5_adds_the_votes_of_all_who_count_at_each_link() -> None:
    """Paragraph 5 applies paragraph 4 at each link: 6 and 5 % of the company between reach the tier there."""
    found = of(("F1", "H", 6.0), ("F2", "H", 5.0), ("H", "T", 30.0))
    assert awv.acquisition(found, ["F1", "F2"], "T", 10).votes == WHOLE * 3 // 10
    assert awv.acquisition(found, ["F1"], "T", 10).votes == 0


@given(rows(), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_higher_tier_never_counts_more_votes(drawn: list[Holding], one: str, target: str) -> None:
    """And all targets at once give what each gives by itself."""
    found = Holdings.of(drawn)
    votes = [awv.acquisition(found, [one], target, tier).votes for tier in (10, 20, 25)]
    assert votes == sorted(votes, reverse=True)
    for tier in (10, 25):
        together = awv.acquisitions(found, [one], tier)
        for name in set(NAMES) - {one}:
            alone = awv.acquisition(found, [one], name, tier)
            assert together.get(name, (0, False)) == (alone.votes, alone.reaches)


@pytest.mark.parametrize(
    ("before", "after", "tier", "step"),
    [(0, 9, 10, None), (0, 10, 10, 10), (10, 20, 10, 20), (20, 24, 10, None), (10, 80, 10, 75), (20, 25, 20, 25),
     (25, 39, 25, None), (25, 40, 25, 40), (40, 40, 25, None), (80, 90, 10, None), (50, 30, 10, None)],
)  # fmt: skip
def test_steps_are_reached_or_crossed(before: int, after: int, tier: int, step: int | None) -> None:
    """§ 56 (2); a sale notifies nothing."""
    assert awv.notifiable_step(before * WHOLE // 100, after * WHOLE // 100, tier) == step


def test_another_tier_is_none_of_the_ordinance() -> None:
    """The error names what there is."""
    with pytest.raises(OptionError, match="10, 20 or 25"):
        awv.acquisition(Holdings.of([holding("A", "B", 1)]), ["A"], "B", 15)

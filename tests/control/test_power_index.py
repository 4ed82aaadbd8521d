"""Power indices, against brute force over all orders and coalitions."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations, permutations
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.control.power_index import (
    Game,
    banzhaf_absolute,
    banzhaf_normalised,
    more_than_half,
    shapley_shubik,
    shapley_shubik_ocean,
)
from longarm.errors import OptionError

WEIGHTS = st.lists(st.integers(0, 12), min_size=1, max_size=6)


def _by_orders(game: Game) -> dict[str, Fraction]:
    times = dict.fromkeys(game.weights, 0)
    for order in permutations(game.weights):
        total = 0
        for name in order:
            total += game.weights[name]
            if total >= game.quota:
                times[name] += 1
                break
    return {name: Fraction(count, factorial(len(game.weights))) for name, count in times.items()}


def _by_coalitions(game: Game) -> dict[str, Fraction]:
    found = {}
    for name, weight in game.weights.items():
        others = [n for n in game.weights if n != name]
        sets = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
        sums = [sum(game.weights[n] for n in some) for some in sets]
        found[name] = Fraction(sum(s < game.quota <= s + weight for s in sums), len(sums))
    return found


@given(WEIGHTS, st.integers(1, 40))
def test_the_indices_are_those_of_all_orders_and_coalitions(weights: list[int], quota: int) -> None:
    """Brute force on small games, exactly."""
    game = Game({f"h{at}": w for at, w in enumerate(weights)}, quota)
    assert shapley_shubik(game) == _by_orders(game)
    assert banzhaf_absolute(game) == _by_coalitions(game)


@given(WEIGHTS, st.integers(1, 1_000_000))
def test_scaling_all_votes_changes_nothing(weights: list[int], factor: int) -> None:
    """An index is a property of the winning coalitions."""
    quota = more_than_half(sum(weights))
    small = Game({f"h{at}": w for at, w in enumerate(weights)}, quota)
    large = Game({f"h{at}": w * factor for at, w in enumerate(weights)}, quota * factor)
    assert shapley_shubik(small) == shapley_shubik(large)
    assert banzhaf_normalised(small) == banzhaf_normalised(large)


@given(WEIGHTS)
def test_the_shapley_values_sum_to_one_where_somebody_can_win(weights: list[int]) -> None:
    """And more votes never give less."""
    game = Game({f"h{at}": w for at, w in enumerate(weights)}, more_than_half(sum(weights)))
    found = shapley_shubik(game)
    assert sum(found.values()) == (1 if sum(weights) >= game.quota else 0)
    assert [found[f"h{at}"] for at in sorted(range(len(weights)), key=weights.__getitem__)] == sorted(found.values())


def test_twenty_five_holders_are_counted_exactly() -> None:
    """The electoral college of 25 equal holders: each has a twenty-fifth."""
    game = Game({f"h{at}": 40_000_000 for at in range(25)}, 500_000_001)
    assert set(shapley_shubik(game).values()) == {Fraction(1, 25)}
    odd = Game({f"h{at}": 39_999_983 + at * at * 7 for at in range(25)}, 500_000_001)
    assert sum(shapley_shubik(odd).values()) == 1


@pytest.mark.parametrize(("share", "expected"), [("0.2", Fraction(1, 4)), ("0.5", Fraction(1)), ("0.6", Fraction(1))])
def test_one_large_holder_beside_an_ocean_has_the_closed_form(share: str, expected: Fraction) -> None:
    """w / (1 − w) up to one half (Milnor and Shapley 1978)."""
    weight = Fraction(share)
    assert shapley_shubik_ocean({"S": weight}, 1 - weight, Fraction(1, 2)) == {"S": expected}


def test_an_ocean_is_the_limit_of_many_small_holders() -> None:
    """Two large holders beside 22 small ones come near to the index beside an ocean."""
    atoms = {"A": Fraction(3, 10), "B": Fraction(2, 10)}
    limit = shapley_shubik_ocean(atoms, Fraction(1, 2), Fraction(1, 2))
    small = {f"s{at}": 25 for at in range(22)}
    game = Game({"A": 330, "B": 220, **small}, 550)
    assert float(shapley_shubik(game)["A"]) == pytest.approx(float(limit["A"]), abs=0.03)
    assert limit["A"] > limit["B"]


@pytest.mark.parametrize(
    ("weights", "quota"), [({f"h{at}": 1 for at in range(31)}, 16), ({"a": 1}, 0), ({"a": -1}, 1), ({"a": 1 << 60}, 1)]
)
def test_a_game_that_cannot_be_counted_is_refused(weights: dict[str, int], quota: int) -> None:
    """Too many holders, no quota, votes that are none."""
    with pytest.raises(OptionError):
        Game(weights, quota)


def test_an_ocean_without_votes_is_refused() -> None:
    """The integral has no length."""
    with pytest.raises(OptionError, match="ocean"):
        shapley_shubik_ocean({"A": Fraction(1)}, Fraction(0), Fraction(1, 2))

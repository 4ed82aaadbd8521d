"""Power indices of weighted voting: how often a holder's votes turn a losing coalition into a winning one.

Sources: Shapley and Shubik, *American Political Science Review* 48 (1954); Banzhaf, *Rutgers Law Review* 19 (1965);
Penrose, *Journal of the Royal Statistical Society* 109 (1946), for the absolute form; Milnor and Shapley, *Mathematics
of Operations Research* 3 (1978), for an ocean of small holders. Coalitions are counted exactly, by meeting in the
middle (Horowitz and Sahni, 1974): weights and quota are integers, the indices are fractions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

import numpy as np
from numpy.typing import NDArray

from longarm.errors import OptionError

MOST_HOLDERS = 30
_MOST_WEIGHT = 1 << 55
_MOST_STATES = 200_000


@dataclass(frozen=True)
class Game:
    """Who has how many votes, and how many win; a coalition wins when it reaches the quota."""

    weights: Mapping[str, int]
    quota: int

    def __post_init__(self) -> None:
        if len(self.weights) > MOST_HOLDERS:
            raise OptionError(f"{len(self.weights)} holders: power indices are exact up to {MOST_HOLDERS}")
        if self.quota < 1:
            raise OptionError(f"quota {self.quota}: at least one vote was expected")
        for name, weight in self.weights.items():
            if not 0 <= weight <= _MOST_WEIGHT:
                raise OptionError(f"'{name}' has {weight} votes: 0 to {_MOST_WEIGHT} was expected")


def more_than_half(total: int) -> int:
    """Give the smallest number of votes that is more than half of all."""
    return total // 2 + 1


def _by_size(weights: list[int]) -> list[NDArray[np.int64]]:
    """Give the sums of all subsets, by the number of members, sorted."""
    sums = np.zeros(1, dtype=np.int64)
    sizes = np.zeros(1, dtype=np.int64)
    for weight in weights:
        sums = np.concatenate([sums, sums + weight])
        sizes = np.concatenate([sizes, sizes + 1])
    return [np.sort(sums[sizes == size]) for size in range(len(weights) + 1)]


def swings(game: Game) -> dict[str, list[int]]:
    """Count, for each holder and size, the coalitions of others that lose without it and win with it."""
    names = sorted(game.weights)
    found = {}
    for name in names:
        others = [game.weights[n] for n in names if n != name]
        left, right = _by_size(others[::2]), _by_size(others[1::2])
        counts = [0] * len(names)
        for a, some in enumerate(left):
            for b, rest in enumerate(right):
                losing = np.searchsorted(rest, game.quota - some, side="left").sum()
                useless = np.searchsorted(rest, game.quota - game.weights[name] - some, side="left").sum()
                counts[a + b] += int(losing - useless)
        found[name] = counts
    return found


def shapley_shubik(game: Game) -> dict[str, Fraction]:
    """Give each holder's share of all orders in which it is the one who tips the vote."""
    size = len(game.weights)
    orders = [Fraction(factorial(s) * factorial(size - 1 - s), factorial(size)) for s in range(size)]
    return {
        name: sum((count * weight for count, weight in zip(counts, orders, strict=True)), start=Fraction(0))
        for name, counts in swings(game).items()
    }


def banzhaf_absolute(game: Game) -> dict[str, Fraction]:
    """Give each holder's share of the coalitions of others that it turns (Penrose's measure)."""
    half = 2 ** max(len(game.weights) - 1, 0)
    return {name: Fraction(sum(counts), half) for name, counts in swings(game).items()}


def banzhaf_normalised(game: Game) -> dict[str, Fraction]:
    """Give the absolute index divided by its sum; all zero where nobody can win."""
    found = banzhaf_absolute(game)
    total = sum(found.values(), start=Fraction(0))
    return {name: value / total if total else value for name, value in found.items()}


def shapley_shubik_ocean(atoms: Mapping[str, Fraction], ocean: Fraction, quota: Fraction) -> dict[str, Fraction]:
    """Give the index of the large holders where the rest of the votes is an ocean of infinitely small ones."""
    if ocean <= 0:
        raise OptionError("the ocean has no votes: a share above zero was expected")
    found = {}
    for name, weight in sorted(atoms.items()):
        others = [w for other, w in atoms.items() if other != name]
        total = Fraction(0)
        for (size, before), times in _coalitions(others).items():
            start = min(max((quota - weight - before) / ocean, Fraction(0)), Fraction(1))
            end = min(max((quota - before) / ocean, Fraction(0)), Fraction(1))
            rest = len(others) - size
            total += times * (_beta(end, size, rest) - _beta(start, size, rest))
        found[name] = total
    return found


def _coalitions(weights: list[Fraction]) -> dict[tuple[int, Fraction], int]:
    found: dict[tuple[int, Fraction], int] = {(0, Fraction(0)): 1}
    for weight in weights:
        more: dict[tuple[int, Fraction], int] = defaultdict(int, found)
        for (size, total), times in found.items():
            more[size + 1, total + weight] += times
        if len(more) > _MOST_STATES:
            raise OptionError(f"{len(weights) + 1} large holders of unlike size are too many beside an ocean")
        found = dict(more)
    return found


def _beta(end: Fraction, before: int, after: int) -> Fraction:
    """Integrate t^before · (1 − t)^after from 0 to `end`."""
    terms = (Fraction((-1) ** k * comb(after, k), before + k + 1) * end ** (before + k + 1) for k in range(after + 1))
    return sum(terms, start=Fraction(0))

"""Shingles: runs of words that two texts share, and how much of one text stands in the other.

Containment is the share of one text's shingles that the other has (Broder 1997, "On the resemblance and containment of
documents"); it finds a copy that was cut, where Jaccard's share of the union does not. The fingerprints that an index
keeps are chosen by winnowing (Schleimer, Wilkerson, Aiken 2003): every shared run of WINDOW + K - 1 words leaves one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from longarm.echo.words import number_of, words

Hashes = npt.NDArray[np.uint64]

K: Final = 3
"""Words in a shingle"""
WINDOW: Final = 4
"""Shingles of which winnowing keeps one"""
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


def hashes(numbers: Hashes, k: int = K) -> Hashes:
    """Give one 64-bit hash for each run of `k` word numbers; empty where there are fewer words."""
    n = len(numbers) - k + 1
    if n <= 0:
        return np.empty(0, dtype=np.uint64)
    value = np.zeros(n, dtype=np.uint64)
    for i in range(k):
        value = (value ^ numbers[i : i + n]) * _FACTOR
        value ^= value >> np.uint64(29)
    return value


def numbers(folded: list[str]) -> Hashes:
    """Give the word numbers of folded words."""
    return np.fromiter((number_of(w) for w in folded), dtype=np.uint64, count=len(folded))


def winnowed(values: Hashes, window: int = WINDOW) -> Hashes:
    """Give the fingerprints of a text: the least hash of each window, each once, sorted."""
    if len(values) <= window:
        return np.unique(values)
    windows = np.lib.stride_tricks.sliding_window_view(values, window)
    return np.unique(windows.min(axis=1))


def among(values: Hashes, others: Hashes) -> npt.NDArray[np.bool_]:
    """Say of each value whether it is among `others`, which are sorted."""
    if not len(others) or not len(values):
        return np.zeros(len(values), dtype=np.bool_)
    places = np.searchsorted(others, values)
    places[places == len(others)] = 0
    found: npt.NDArray[np.bool_] = others[places] == values
    return found


def runs(mask: npt.NDArray[np.bool_], least: int) -> list[tuple[int, int]]:
    """Give the stretches of true values of at least `least`, end excluded."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least]


def contained(a: str, b: str, k: int = K) -> float:
    """Give the share of the different `k`-word shingles of `a` that stand in `b`: 0 to 1, and 0 for fewer words."""
    own = np.unique(hashes(numbers([w.folded for w in words(a)]), k))
    other = hashes(numbers([w.folded for w in words(b)]), k)
    return float(np.isin(own, other).mean()) if len(own) else 0.0


def resemblance(a: str, b: str, k: int = K) -> float:
    """Give the Jaccard share: shingles in both over shingles in either; the baseline of the benchmark."""
    own = np.unique(hashes(numbers([w.folded for w in words(a)]), k))
    other = np.unique(hashes(numbers([w.folded for w in words(b)]), k))
    both = len(np.intersect1d(own, other, assume_unique=True))
    return both / (len(own) + len(other) - both) if both else 0.0

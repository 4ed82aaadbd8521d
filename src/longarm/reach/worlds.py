"""Possible worlds: sets of worlds as integers (bit k is world k), and the draws that put a world into a set.

Sampled: world k is the same at any number of worlds, so a smaller run is a prefix of a larger. A draw is a hash of its
key and k: there is no seed and no order, and a new document changes only what it touches.
Enumerated: every combination of outcomes is one world with its exact weight; small graphs only. Both give the kernel
the same three operations, so the tests run one against the other.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_Z95 = 1.959963984540054


class Worlds(Protocol):
    """A finite set of worlds with a measure."""

    @property
    def count(self) -> int:
        """How many worlds there are."""
        ...

    @property
    def all(self) -> int:
        """The set of all worlds."""
        ...

    def draw(self, key: str, thousandths: int) -> int:
        """Give the worlds in which the uniform number of `key` lies below `thousandths`/1000."""
        ...

    def share(self, worlds: int) -> float:
        """Give the measure of a set of worlds, 0 to 1."""
        ...

    def half_width(self, share: float) -> float:
        """Give the half-width of the 95 % interval around a share."""
        ...


class Sampled:
    """`count` worlds, each equally likely."""

    def __init__(self, count: int) -> None:
        if count < 1:
            raise ValueError(f"{count} worlds are too few: at least 1 was expected")
        self.count = count
        self.all = (1 << count) - 1

    def draw(self, key: str, thousandths: int) -> int:
        """Give the worlds in which the uniform number of `key` lies below `thousandths`/1000."""
        return _draw(key, thousandths, self.count)

    def share(self, worlds: int) -> float:
        """Give the share of worlds."""
        return worlds.bit_count() / self.count

    def half_width(self, share: float) -> float:
        """Give the half-width of Wilson's 95 % interval, which is not zero at 0 and 1 (Wilson 1927)."""
        n, z2 = self.count, _Z95 * _Z95
        return _Z95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))


@lru_cache(maxsize=65536)
def _draw(key: str, thousandths: int, count: int) -> int:
    if thousandths >= 1000:
        return (1 << count) - 1
    if thousandths <= 0:
        return 0
    return pack(_uniform(key, count) < np.uint64((thousandths << 64) // 1000))


@lru_cache(maxsize=4096)
def _uniform(key: str, count: int) -> npt.NDArray[np.uint64]:
    """Give 64 random bits a world: SplitMix64 from a state that is a hash of the key (Steele, Lea and Flood 2014)."""
    start = np.uint64(int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little"))
    with np.errstate(over="ignore"):
        z = start + np.arange(1, count + 1, dtype=np.uint64) * _GAMMA
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(z ^ (z >> np.uint64(31)))


class Enumerated:
    """Every combination of outcomes of the draws, weighted exactly."""

    LIMIT = 1 << 18

    def __init__(self, draws: Iterable[tuple[str, int]]) -> None:
        """Take all (key, thousandths) that will be asked for. Raises ValueError where there are too many worlds."""
        cuts: dict[str, set[int]] = {}
        for key, thousandths in draws:
            if 0 < thousandths < 1000:
                cuts.setdefault(key, set()).add(thousandths)
        self._keys = sorted(cuts)
        self._edges = [[0, *sorted(cuts[k]), 1000] for k in self._keys]
        self.count = math.prod(len(e) - 1 for e in self._edges)
        if self.count > self.LIMIT:
            raise ValueError(f"{self.count} worlds are too many to enumerate; at most {self.LIMIT}")
        self.all = (1 << self.count) - 1
        self._weights: list[Fraction] = []
        outcomes = []
        for cell in product(*(range(len(e) - 1) for e in self._edges)):
            widths = (Fraction(e[i + 1] - e[i], 1000) for e, i in zip(self._edges, cell, strict=True))
            self._weights.append(math.prod(widths, start=Fraction(1)))
            outcomes.append([e[i + 1] for e, i in zip(self._edges, cell, strict=True)])
        self._upper = np.array(outcomes, dtype=np.int64).reshape(self.count, len(self._keys))

    def draw(self, key: str, thousandths: int) -> int:
        """Give the worlds in which the uniform number of `key` lies below `thousandths`/1000."""
        if thousandths >= 1000:
            return self.all
        if thousandths <= 0:
            return 0
        return pack(self._upper[:, self._keys.index(key)] <= thousandths)

    def share(self, worlds: int) -> float:
        """Give the exact measure, as the nearest float."""
        return float(self.exact(worlds))

    def exact(self, worlds: int) -> Fraction:
        """Give the exact measure."""
        total = Fraction(0)
        for k in np.flatnonzero(unpack(worlds, self.count)):
            total += self._weights[int(k)]
        return total

    def half_width(self, share: float) -> float:  # noqa: ARG002 (the measure is exact)
        """Give 0: nothing is sampled."""
        return 0.0


def pack(flags: npt.NDArray[np.bool_]) -> int:
    """Give the set of worlds for which the flag is set."""
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def unpack(worlds: int, count: int) -> npt.NDArray[np.bool_]:
    """Give one flag a world."""
    raw = np.frombuffer(worlds.to_bytes((count + 7) // 8, "little"), dtype=np.uint8)
    flags: npt.NDArray[Any] = np.unpackbits(raw, count=count, bitorder="little")
    return flags.astype(np.bool_)

"""Postings: which texts have a key, in sorted arrays that grow by merging; twelve bytes a posting.

A dictionary of Python integers takes ten times as much. Levels are merged when the newer is as large as the older, so
adding costs a logarithm, and a look-up searches a handful of arrays.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from longarm.echo.shingles import Hashes

_LOOSE: Final = 4096


class Postings:
    """Keys of 64 bits → the numbers of the texts that have them."""

    def __init__(self) -> None:
        """Start empty."""
        self._levels: list[tuple[Hashes, npt.NDArray[np.uint32]]] = []
        self._loose: list[tuple[Hashes, int]] = []
        self._count = 0

    def add(self, keys: Hashes, text: int) -> None:
        """Add the keys (each once) of the text with this number."""
        self._loose.append((keys, text))
        self._count += len(keys)
        if self._count >= _LOOSE:
            self._settle()

    def find(self, keys: Hashes, most: int) -> tuple[Hashes, npt.NDArray[np.uint32]]:
        """Give (key, text) for every text that has one of `keys`.

        A key that more than `most` texts of a level have is left out: it tells none of them apart.
        """
        self._settle()
        found_keys: list[Hashes] = [np.empty(0, dtype=np.uint64)]
        found: list[npt.NDArray[np.uint32]] = [np.empty(0, dtype=np.uint32)]
        for have, texts in self._levels:
            low = np.searchsorted(have, keys, "left")
            counts = np.searchsorted(have, keys, "right") - low
            counts[counts > most] = 0
            total = int(counts.sum())
            if total:
                offsets = np.repeat(low - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
                places = offsets + np.arange(total)
                found_keys.append(np.repeat(keys, counts))
                found.append(texts[places])
        return np.concatenate(found_keys), np.concatenate(found)

    def frequency(self, keys: Hashes) -> npt.NDArray[np.int64]:
        """Give in how many texts each key stands."""
        self._settle()
        total = np.zeros(len(keys), dtype=np.int64)
        for have, _ in self._levels:
            total += np.searchsorted(have, keys, "right") - np.searchsorted(have, keys, "left")
        return total

    def _settle(self) -> None:
        """Turn what was added loosely into a level, and merge levels of like size."""
        if not self._loose:
            return
        keys = np.concatenate([k for k, _ in self._loose])
        texts = np.repeat(np.array([t for _, t in self._loose], dtype=np.uint32), [len(k) for k, _ in self._loose])
        self._loose, self._count = [], 0
        while self._levels and len(self._levels[-1][0]) <= 2 * len(keys):
            older, theirs = self._levels.pop()
            keys, texts = np.concatenate((older, keys)), np.concatenate((theirs, texts))
        order = np.argsort(keys, kind="stable")
        self._levels.append((keys[order], texts[order]))

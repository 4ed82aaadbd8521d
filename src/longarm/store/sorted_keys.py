"""Many 16-byte keys, each with a number, in sorted arrays: found by bisection, a million at a time, in bounded memory.

Arrays that are full are written to a folder of derived data and mapped from there, so that they weigh nothing where
memory is short. Keys are hashes: two that agree in their first half are told apart by the second.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_FULL: Final = 1 << 23
"""keys of an array that is merged no further"""


class SortedKeys:
    """Keys → numbers. A key that is added twice is found under either of its numbers."""

    def __init__(self, folder: Path | None = None):
        self._folder = folder
        self._runs: list[tuple[Numbers, Numbers, Places]] = []

    def __len__(self) -> int:
        return sum(len(first) for first, _, _ in self._runs)

    def add(self, keys: Numbers, numbers: Places) -> None:
        """Add keys, rows of two numbers, each with the number that it stands for."""
        if not len(keys):
            return
        order = np.argsort(keys[:, 0], kind="stable")
        run = (keys[order, 0], keys[order, 1], numbers[order])
        while self._runs and len(self._runs[-1][0]) <= len(run[0]) and len(self._runs[-1][0]) + len(run[0]) <= _FULL:
            older = self._runs.pop()
            first = np.concatenate([older[0], run[0]])
            order = np.argsort(first, kind="stable")
            second, number = (np.concatenate([older[i], run[i]])[order] for i in (1, 2))
            run = (first[order], cast(Numbers, second), cast(Places, number))
        self._runs.append(self._mapped(run) if len(run[0]) >= _FULL // 2 else run)

    def find(self, keys: Numbers) -> Places:
        """Give for each key its number, -1 where it is not there."""
        found = np.full(len(keys), -1, dtype=np.int64)
        order = np.argsort(keys[:, 0], kind="stable")
        first, second = keys[order, 0], keys[order, 1]
        for run in self._runs:
            at = np.searchsorted(run[0], first)
            asked = np.arange(len(first))
            while len(asked):
                inside = at < len(run[0])
                asked, at = asked[inside], at[inside]
                same = run[0][at] == first[asked]
                asked, at = asked[same], at[same]
                exact = run[1][at] == second[asked]
                found[order[asked[exact]]] = run[2][at[exact]]
                asked, at = asked[~exact], at[~exact] + 1
        return found

    def _mapped(self, run: tuple[Numbers, Numbers, Places]) -> tuple[Numbers, Numbers, Places]:
        if self._folder is None:
            return run
        self._folder.mkdir(parents=True, exist_ok=True)
        mapped = []
        for column, values in enumerate(run):
            path = self._folder / f"run-{len(self._runs)}-{column}.npy"
            path.unlink(missing_ok=True)  # one that is mapped still keeps its bytes
            np.save(path, values)
            mapped.append(np.load(path, mmap_mode="r"))
        return mapped[0], mapped[1], mapped[2]


def first_of_each(keys: Numbers) -> Flags:
    """Say of each key whether it is the first of its kind among them."""
    order = np.argsort(keys[:, 0], kind="stable")
    first, second = keys[order, 0], keys[order, 1]
    alike = first[1:] == first[:-1]
    if np.any(alike & (second[1:] != second[:-1])):  # two keys share a half: once in 2⁶⁴, or a test
        order = np.lexsort((keys[:, 1], keys[:, 0]))
        first, second = keys[order, 0], keys[order, 1]
        alike = first[1:] == first[:-1]
    repeats = np.zeros(len(keys), dtype=np.bool_)
    repeats[order[1:]] = alike & (second[1:] == second[:-1])
    return cast(Flags, ~repeats)

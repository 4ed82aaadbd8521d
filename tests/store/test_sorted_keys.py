"""Keys in sorted arrays, held against a dictionary."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.store import sorted_keys
from longarm.store.sorted_keys import SortedKeys, first_of_each

KEY = st.tuples(st.integers(0, 3) | st.integers(0, 2**64 - 1), st.integers(0, 3))
BATCHES = st.lists(st.lists(KEY, max_size=8), max_size=6)


def as_keys(keys: list[tuple[int, int]]) -> np.ndarray:
    """As the hashes come."""
    return np.array(keys, dtype=np.uint64).reshape(-1, 2)


@given(BATCHES, st.lists(KEY, max_size=8))
def test_what_was_added_is_found_and_nothing_else(batches: list[list[tuple[int, int]]], asked: list) -> None:
    """Also where keys agree in their first half."""
    found, plain, n = SortedKeys(), {}, 0
    for batch in batches:
        numbers = np.arange(n, n + len(batch), dtype=np.int64)
        found.add(as_keys(batch), numbers)
        for key, number in zip(batch, numbers.tolist(), strict=True):
            plain.setdefault(key, set()).add(number)
        n += len(batch)
    assert len(found) == n
    for key, number in zip(asked, found.find(as_keys(asked)).tolist(), strict=True):
        assert number in plain.get(key, {-1})


@given(st.lists(KEY, max_size=12))
def test_the_first_of_each_is_told(keys: list[tuple[int, int]]) -> None:
    """In the order in which they come."""
    seen: set[tuple[int, int]] = set()
    expected = [not (k in seen or seen.add(k)) for k in keys]
    assert first_of_each(as_keys(keys)).tolist() == expected


def test_full_arrays_lie_on_disk_and_answer_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory stays bounded however many keys there are."""
    monkeypatch.setattr(sorted_keys, "_FULL", 64)
    keys = np.random.default_rng(1).integers(0, 2**63, (1000, 2), dtype=np.uint64)
    kept = SortedKeys(tmp_path / "keys")
    for start in range(0, 1000, 40):
        kept.add(keys[start : start + 40], np.arange(start, start + 40, dtype=np.int64))
    assert kept.find(keys).tolist() == list(range(1000))
    assert list((tmp_path / "keys").glob("*.npy"))

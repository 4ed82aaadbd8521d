"""Rows packed by a key, in one file that is mapped: a derived index that finds all rows of a key in microseconds.

Of each part two such files are made, once: its statements by entity, and by the entity that they point to. Over
all of them lies one sorted array of hashes that says where the rows of a key are. All of it may be deleted any time.
"""

from __future__ import annotations

import hashlib
import io
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from longarm.store.files import write_whole

_FIELD: Final = "\x1f"
_ROW: Final = "\x1e"
PLACE: Final = np.dtype([("file", "<u4"), ("length", "<u4"), ("offset", "<u8")])


@dataclass(frozen=True)
class Packing:
    """What goes into a row: columns that many rows share are written once, as one word."""

    shared: tuple[str, ...]
    own: tuple[str, ...]


def hashed(key: str) -> int:
    """Give the 64-bit hash of a key."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")


def write(path: Path, table: pa.Table, key: str, packing: Packing) -> None:
    """Write the rows of a table packed by a column of texts: `PATH.rows`, `PATH.keys`, `PATH.shared`."""
    keys = table.column(key).combine_chunks().dictionary_encode()
    words = _joined(table, packing.shared).dictionary_encode()
    rows = _joined(table, packing.own, words.indices.cast(pa.string()))
    codes = keys.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    counts = np.bincount(codes, minlength=len(keys.dictionary))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    grouped = pa.ListArray.from_arrays(pa.array(starts), rows.take(pa.array(order)))
    packed = pc.binary_join_element_wise(keys.dictionary, pc.binary_join(grouped, _ROW), _ROW)
    offsets = np.frombuffer(packed.buffers()[1], dtype=np.int32)[: len(packed) + 1].astype(np.uint64)
    hashes = np.array([hashed(k) for k in keys.dictionary.to_pylist()], dtype=np.uint64)
    found = np.empty(len(hashes), dtype=[("hash", "<u8"), ("offset", "<u8"), ("length", "<u4")])
    found["hash"], found["offset"], found["length"] = hashes, offsets[:-1], np.diff(offsets)
    data = packed.buffers()[2]
    write_whole(path.with_suffix(".rows"), data.to_pybytes()[: int(offsets[-1])] if data is not None else b"")
    write_whole(path.with_suffix(".shared"), _ROW.join(words.dictionary.to_pylist()).encode())
    write_whole(path.with_suffix(".keys"), _npy(found))


def is_written(path: Path) -> bool:
    """True where all of it is there: the keys come last."""
    return path.with_suffix(".keys").is_file()


def _joined(table: pa.Table, names: Sequence[str], first: pa.Array | None = None) -> pa.Array:
    columns = [table.column(n).combine_chunks().cast(pa.string()) for n in names]
    given = columns if first is None else [first, *columns]
    return pc.binary_join_element_wise(*given, _FIELD, null_handling="replace", null_replacement="")


def _npy(array: np.ndarray) -> bytes:
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


class Packed:
    """The packed files of many parts, as one."""

    def __init__(self, top: Path, paths: Sequence[Path], packing: Packing):
        self._packing = packing
        hashes, places = _top(top, paths)
        self._hashes = hashes
        self._places = places
        self._maps = [_mapped(p.with_suffix(".rows")) for p in paths]
        self._shared: list[list[list[str | None]]] = [_words(p.with_suffix(".shared")) for p in paths]

    def rows(self, key: str) -> Iterator[dict[str, str | None]]:
        """Give the rows of a key, by column; what was empty is None."""
        wanted = np.uint64(hashed(key))
        at = int(np.searchsorted(self._hashes, wanted))
        own = self._packing.own
        while at < len(self._hashes) and self._hashes[at] == wanted:
            file, length, offset = self._places[at].tolist()
            text = self._maps[file][offset : offset + length].decode()
            name, *packed = text.split(_ROW)
            if name == key:  # and not another of the same hash
                shared = self._shared[file]
                for row in packed:
                    word, *values = row.split(_FIELD)
                    found: dict[str, str | None] = dict(zip(self._packing.shared, shared[int(word)], strict=True))
                    found.update(zip(own, [v or None for v in values], strict=True))
                    yield found
            at += 1

    def __len__(self) -> int:
        return len(self._hashes)


def _top(top: Path, paths: Sequence[Path]) -> tuple[npt.NDArray[np.uint64], np.ndarray]:
    """Give where the rows of each hash lie, sorted by hash; made where it is not there yet."""
    hashes, places = top.with_suffix(".hashes.npy"), top.with_suffix(".places.npy")
    if not places.is_file():
        keys = [np.load(p.with_suffix(".keys"), mmap_mode="r") for p in paths]
        merged = np.concatenate([k["hash"] for k in keys]) if keys else np.array([], dtype=np.uint64)
        order = np.argsort(merged, kind="stable")
        found = np.empty(len(merged), dtype=PLACE)
        start = 0
        for number, each in enumerate(keys):
            rows = slice(start, start + len(each))
            found["file"][rows], found["offset"][rows], found["length"][rows] = number, each["offset"], each["length"]
            start += len(each)
        for old in top.parent.glob("top-*"):
            old.unlink(missing_ok=True)
        write_whole(hashes, _npy(merged[order]))
        write_whole(places, _npy(found[order]))
    return np.load(hashes, mmap_mode="r"), np.load(places, mmap_mode="r")


def _mapped(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as stream:
        if not path.stat().st_size:
            return b""
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _words(path: Path) -> list[list[str | None]]:
    return [[w or None for w in line.split(_FIELD)] for line in path.read_text("utf-8").split(_ROW)]

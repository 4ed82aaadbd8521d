"""Invented files of registers for tests, and what readers make of them."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from longarm.ingest.stream import SAID, Chunk, Input, Reader
from longarm.model import vocabulary

_ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(_ROOT / "scripts"))

import generate_gleif  # noqa: E402 (a script beside the package)
import generate_psc  # noqa: E402
import invented_gleif  # noqa: E402

SAMPLES = _ROOT / "tests/ingest/samples"
__all__ = ["generate_gleif", "generate_psc", "invented_gleif"]


def source(data: bytes, name: str = "file") -> Input:
    """Some bytes as a source."""
    return Input(name, lambda: io.BytesIO(data), "2026-11-24", len(data))


class Endless(io.RawIOBase):
    """A stream of any length that is never held: a beginning, one piece many times, an end."""

    def __init__(self, begin: bytes, piece: bytes, times: int, end: bytes) -> None:
        super().__init__()
        self._pieces = self._all(begin, piece, times, end)
        self._rest = b""

    @staticmethod
    def _all(begin: bytes, piece: bytes, times: int, end: bytes) -> Iterator[bytes]:
        yield begin
        for _ in range(times):
            yield piece
        yield end

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            found = next(self._pieces, None)
            if found is None:
                return b""
            self._rest = found
        if size < 0:
            size = len(self._rest)
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def said(chunks: list[Chunk]) -> pa.Table:
    """All statements, checked against what readers promise."""
    for chunk in chunks:
        assert chunk.said.schema.equals(SAID)
        chunk.said.validate(full=True)
    return pa.concat_tables([chunk.said for chunk in chunks]) if chunks else SAID.empty_table()


def rows(chunks: list[Chunk]) -> list[tuple[Any, ...]]:
    """All statements as tuples, in one order."""
    return sorted(tuple(str(v) for v in row.values()) for row in said(chunks).to_pylist())


def entities(chunks: list[Chunk]) -> dict[str, dict[str, Any]]:
    """The entities that the statements make, by id."""
    listed = [{**row, "canonical_id": row["entity_id"]} for row in said(chunks).to_pylist()]
    return {entity["id"]: entity for entity in vocabulary.to_entities(listed)}


def read(reader: Reader, data: bytes, name: str = "file", start: tuple[int, int] = (0, 0)) -> list[Chunk]:
    """What a reader makes of some bytes."""
    return list(reader.read(source(data, name), start=start))


def gleif(part: str, writing: str, count: int = 50, seed: int = 1, *, ugly: bool = False, delta: bool = False) -> bytes:
    """An invented file of GLEIF."""
    out = io.BytesIO()
    records = generate_gleif.MAKERS[part](count, seed, ugly)
    generate_gleif.write(out, part, writing, records, delta=delta)
    return out.getvalue()


def fit(chunks: list[Chunk]) -> None:
    """Check each statement against FollowTheMoney: the property exists, is of that type, and takes it as it is."""
    from followthemoney.types import registry

    known: set[tuple[str, str, str]] = set()
    seen: set[str] = set()
    for row in said(chunks).to_pylist():
        if row["prop"] == "id":
            assert row["prop_type"] == "id"
            assert row["value"] == row["entity_id"]
            seen.add(row["entity_id"])
            continue
        assert row["entity_id"] in seen, f"{row} comes before its entity"
        kind = vocabulary.property_of(row["schema"], row["prop"]).type.name
        assert kind == row["prop_type"]
        if (row["schema"], row["prop"], row["value"]) not in known:
            known.add((row["schema"], row["prop"], row["value"]))
            if kind != "entity":
                assert registry.get(kind).clean(row["value"]) == row["value"], row

"""Statements gathered entity by entity, and given as one Arrow table under the contract of readers.

What repeats (the entity, its schema, its dates, who says so) is kept once an entity and spread out by Arrow at the end;
a row costs one entry in a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from longarm.ingest.stream import SAID
from longarm.model.statement import BASE

SCHEMATA: Final = (
    "Person",
    "Company",
    "Organization",
    "LegalEntity",
    "PublicBody",
    "Ownership",
    "Control",
    "Directorship",
    "Representation",
    "UnknownLink",
)
STANCES: Final = ("asserted", "inferred")


@cache
def types() -> dict[str, str]:
    """Give the type of each property of the schemata in use; a name means one type in all of them."""
    from longarm.model.vocabulary import model

    found = {BASE: "id"}
    for name in SCHEMATA:
        schema = model().get(name)
        assert schema is not None
        found.update({prop.name: prop.type.name for prop in schema.properties.values() if not prop.stub})
    return found


class Said(Struct, frozen=True, gc=False):
    """An entity of which something is said, and by whom and for when."""

    name: str
    """its id"""
    schema: str
    record: int
    speaker: str | None = None
    since: str | None = None
    until: str | None = None
    stance: str = "asserted"


class Rows:
    """Statements of one stretch of a source."""

    def __init__(self) -> None:
        # Three lists of texts and no list of tuples: a growing heap of tuples sets the collector off again and again.
        self._props: list[str] = []
        self._values: list[str | None] = []
        self._written: list[str | None] = []
        self.schema = ""
        """of the entity at hand"""
        self._begins: list[int] = []
        self._entities: list[Said] = []

    def __len__(self) -> int:
        return len(self._props)

    def put(self, prop: str, value: str | None, written: str | None = None) -> None:
        """Say a property of the entity at hand; `written` is how the source has it, where that may differ.

        A value of None is none of its type: it is dropped, and counted.
        """
        self._props.append(prop)
        self._values.append(value)
        self._written.append(written)

    def entity(self, said: Said) -> None:
        """Begin an entity; what is put next is said of it."""
        self.schema = said.schema
        self._begins.append(len(self._props))
        self._entities.append(said)
        self.put(BASE, said.name)

    def table(self) -> tuple[pa.Table, Counter[str]]:
        """Give all as one table, and how many values of which property were none of its type."""
        heads = self._entities
        rows, words = len(self), sorted(types())
        begins = np.array([*self._begins, rows], dtype=np.int64)
        of = pa.array(np.repeat(np.arange(len(heads), dtype=np.int64), begins[1:] - begins[:-1]))
        code = {prop: at for at, prop in enumerate(words)}
        prop = np.fromiter(map(code.__getitem__, self._props), dtype=np.int32, count=rows)
        kinds = sorted(set(types().values()))
        kind_of = np.array([kinds.index(types()[word]) for word in words], dtype=np.int32)
        value, original = pa.array(self._values, pa.string()), pa.array(self._written, pa.string())
        columns = {
            "entity_id": pa.array([head.name for head in heads], pa.string()).take(of),
            "schema": _coded([head.schema for head in heads], SCHEMATA).take(of),
            "prop": pa.DictionaryArray.from_arrays(prop, pa.array(words)),
            "prop_type": pa.DictionaryArray.from_arrays(kind_of[prop], pa.array(kinds)),
            "value": value,
            "original_value": pc.if_else(pc.equal(value, original), None, original),
            "lang": _nothing(rows),
            "record": pa.array([head.record for head in heads], pa.int64()).take(of),
            "origin": _nothing(rows),
            "speaker": pa.array([head.speaker for head in heads], pa.string()).take(of),
            "stance": _coded([head.stance for head in heads], STANCES).take(of),
            "grade": _nothing(rows),
            "valid_from": pa.array([head.since for head in heads], pa.string()).take(of),
            "valid_to": pa.array([head.until for head in heads], pa.string()).take(of),
        }
        table = pa.table([columns[field.name] for field in SAID], schema=SAID)
        if not value.null_count:
            return table, Counter()
        lost = pc.and_(pc.is_null(value), pc.is_valid(original))
        dropped = Counter(words[at] for at in prop[np.asarray(lost)])
        return table.filter(pc.is_valid(value)), dropped


def _coded(given: Sequence[str], names: tuple[str, ...]) -> pa.Array:
    code = {name: at for at, name in enumerate(names)}
    return pa.DictionaryArray.from_arrays(pa.array([code[each] for each in given], pa.int32()), pa.array(names))


def _nothing(rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.nulls(rows, pa.int32()), pa.array([], pa.string()))

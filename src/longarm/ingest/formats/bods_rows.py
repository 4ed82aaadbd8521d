"""Statements gathered entity by entity, and given as one Arrow table under the contract of readers.

What repeats (the entity, its schema, its dates, who says so) is kept once an entity and spread out by Arrow at the end;
a row costs two entries in two lists.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa

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


class Rows:
    """Statements of one stretch of a source."""

    def __init__(self) -> None:
        self._props = sorted(types())
        self.code: Final = {name: at for at, name in enumerate(self._props)}
        """property → the number by which `add` takes it"""
        self.schema = ""
        """of the entity at hand"""
        self.dropped: Counter[str] = Counter()
        """property → values that were none of its type"""
        self._prop: list[int] = []
        self._value: list[str] = []
        self._written: dict[int, str] = {}
        self._entity: list[str] = []
        self._begins: list[int] = []
        self._schema: list[int] = []
        self._record: list[int] = []
        self._speaker: list[str | None] = []
        self._stance: list[int] = []
        self._since: list[str | None] = []
        self._until: list[str | None] = []

    def __len__(self) -> int:
        return len(self._prop)

    def entity(
        self,
        name: str,
        schema: str,
        record: int,
        *,
        speaker: str | None = None,
        since: str | None = None,
        until: str | None = None,
        stance: str = "asserted",
    ) -> None:
        """Begin an entity; what is added next is said of it."""
        self.schema = schema
        self._begins.append(len(self._prop))
        self._entity.append(name)
        self._schema.append(_SCHEMA_CODE[schema])
        self._record.append(record)
        self._speaker.append(speaker)
        self._stance.append(0 if stance == "asserted" else 1)
        self._since.append(since)
        self._until.append(until)
        self._prop.append(self.code[BASE])
        self._value.append(name)

    def add(self, prop: str, value: str | None, written: str | None = None) -> None:
        """Say a property of the entity at hand; `written` is how the source has it, where that differs."""
        if value:
            if written is not None and written != value:
                self._written[len(self._prop)] = written
            self._prop.append(self.code[prop])
            self._value.append(value)
        elif written:
            self.dropped[prop] += 1

    def table(self) -> pa.Table:
        """Give all as one table."""
        rows = len(self._prop)
        begins = np.array([*self._begins, rows], dtype=np.int64)
        counts = begins[1:] - begins[:-1]
        of = pa.array(np.repeat(np.arange(len(self._entity), dtype=np.int64), counts))
        prop = pa.array(np.array(self._prop, dtype=np.int32))
        written = [None] * rows if self._written else None
        for at, text in self._written.items():
            assert written is not None
            written[at] = text  # type: ignore[call-overload]
        type_names = sorted(set(types().values()))
        type_of = np.array([type_names.index(types()[p]) for p in self._props], dtype=np.int32)
        columns = {
            "entity_id": pa.array(self._entity, pa.string()).take(of),
            "schema": _spread(self._schema, SCHEMATA, of),
            "prop": _worded(prop, self._props),
            "prop_type": _worded(pa.array(type_of[np.array(self._prop, dtype=np.int32)]), type_names),
            "value": pa.array(self._value, pa.string()),
            "original_value": pa.array(written, pa.string()) if written else pa.nulls(rows, pa.string()),
            "lang": _worded(pa.nulls(rows, pa.int32()), []),
            "record": pa.array(self._record, pa.int64()).take(of),
            "origin": _worded(pa.nulls(rows, pa.int32()), []),
            "speaker": pa.array(self._speaker, pa.string()).take(of),
            "stance": _spread(self._stance, STANCES, of),
            "grade": _worded(pa.nulls(rows, pa.int32()), []),
            "valid_from": pa.array(self._since, pa.string()).take(of),
            "valid_to": pa.array(self._until, pa.string()).take(of),
        }
        return pa.table([columns[field.name] for field in SAID], schema=SAID)


_SCHEMA_CODE: Final = {name: at for at, name in enumerate(SCHEMATA)}


def _worded(codes: pa.Array, names: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes, pa.array(names, pa.string()))


def _spread(codes: list[int], names: tuple[str, ...], of: pa.Array) -> pa.Array:
    return _worded(pa.array(codes, pa.int32()).take(of), list(names))

"""Statements of a source that is no table, gathered one by one, cleaned by type once for each distinct value."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

from longarm.ingest.batch import Reject
from longarm.ingest.formats import cleaning
from longarm.ingest.stream import SAID
from longarm.model import vocabulary
from longarm.model.statement import BASE

Cleaners = dict[tuple[str, str], tuple[cleaning.Column, str]]
"""(schema, property) → what cleans its values, and the name of its type"""


class Row(NamedTuple):
    """One statement, not yet cleaned."""

    entity: str
    schema: str
    prop: str
    value: str
    record: int
    lang: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


class Rows:
    """Statements that are being gathered."""

    def __init__(self, cleaners: Cleaners | None = None) -> None:
        """`cleaners` are those of an earlier stretch, with the values that they remember."""
        self.cleaners: Cleaners = {} if cleaners is None else cleaners
        self._rows: list[Row] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: Row) -> None:
        """Add a statement."""
        self._rows.append(row)

    def table(self, rejects: list[Reject], name: str) -> pa.Table:
        """Give the table, and add what its types do not take to `rejects`."""
        kept: list[tuple[str | int | None, ...]] = []
        for row in self._rows:
            clean, kind = self._cleaner(row.schema, row.prop)
            value = clean.one(row.value) if row.prop != BASE else row.value
            if value is None:
                if row.value.strip():
                    reason = f"{row.schema}.{row.prop} takes a {kind}, which '{row.value[:80]}' is not; it is left out"
                    rejects.append(Reject(name, row.record, reason, row.entity))
                continue
            original = row.value if row.value != value else None
            said = (row.entity, row.schema, row.prop, kind, value, original, row.lang, row.record)
            kept.append((*said, None, None, "asserted", None, row.valid_from, row.valid_to))
        columns = list(zip(*kept, strict=True)) or [()] * len(SAID)
        made = []
        for field, column in zip(SAID, columns, strict=True):
            if pa.types.is_dictionary(field.type):
                made.append(pa.array(column, pa.string()).dictionary_encode())
            else:
                made.append(pa.array(column, field.type))
        return pa.table(made, schema=SAID)

    def _cleaner(self, schema: str, prop: str) -> tuple[cleaning.Column, str]:
        found = self.cleaners.get((schema, prop))
        if found is None:
            if prop == BASE:
                found = (cleaning.cells(), "id")
            else:
                named = vocabulary.property_of(schema, prop)
                of_schema = vocabulary.model().get(schema)
                assert of_schema is not None
                found = (cleaning.trimmed(of_schema, named), named.type.name)
            self.cleaners[schema, prop] = found
        return found

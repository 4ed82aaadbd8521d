"""Statements of a stretch of a source, gathered column by column into a table under `SAID`."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from longarm.ingest.stream import SAID
from longarm.model.statement import BASE


class Said:
    """A table under `SAID` that is being made: each addition is one property of many entities."""

    def __init__(self) -> None:
        self._columns: dict[str, list[pa.Array]] = {name: [] for name in SAID.names}
        self._words: dict[str, dict[str, int]] = {"schema": {}, "prop": {}, "prop_type": {}, "lang": {}}
        self._codes: dict[str, list[np.ndarray]] = {name: [] for name in self._words}
        self.count = 0

    def exist(
        self, schema: str, ids: pa.Array, records: pa.Array, start: pa.Array | None = None, end: pa.Array | None = None
    ) -> None:
        """Say that entities exist: what comes first of each."""
        self.add(schema, BASE, "id", ids, ids, records, start=start, end=end)

    def add(
        self,
        schema: str,
        prop: str,
        prop_type: str,
        ids: pa.Array,
        values: pa.Array,
        records: pa.Array,
        *,
        originals: pa.Array | None = None,
        lang: str | None = None,
        start: pa.Array | None = None,
        end: pa.Array | None = None,
    ) -> None:
        """Add one property: ids, values and records have one length, and no nulls."""
        count = len(ids)
        if not count:
            return
        self.count += count
        for name, word in (("schema", schema), ("prop", prop), ("prop_type", prop_type), ("lang", lang)):
            known = self._words[name]
            code = -1 if word is None else known.setdefault(word, len(known))
            self._codes[name].append(np.full(count, code, np.int32))
        nulls = pa.nulls(count, pa.string())
        for name, column in (
            ("entity_id", ids),
            ("value", values),
            ("original_value", nulls if originals is None else originals),
            ("record", records),
            ("valid_from", nulls if start is None else start),
            ("valid_to", nulls if end is None else end),
        ):
            self._columns[name].append(column)

    def table(self) -> pa.Table:
        """Give the table."""
        if not self.count:
            return SAID.empty_table()
        made: dict[str, pa.Array] = {}
        for name, words in self._words.items():
            codes = np.concatenate(self._codes[name])
            made[name] = pa.DictionaryArray.from_arrays(
                pa.array(codes, mask=codes < 0), pa.array(list(words), pa.string())
            )
        for name in ("entity_id", "value", "original_value", "record", "valid_from", "valid_to"):
            made[name] = pa.concat_arrays(self._columns[name])
        made["stance"] = pa.DictionaryArray.from_arrays(
            pa.array(np.zeros(self.count, np.int32)), pa.array(["asserted"])
        )
        for name in ("origin", "speaker", "grade"):
            made[name] = pa.nulls(self.count, SAID.field(name).type)
        return pa.table([made[name] for name in SAID.names], schema=SAID)

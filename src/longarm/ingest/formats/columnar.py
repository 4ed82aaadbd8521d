"""Statements made column by column: a reader gathers one property of many records, and says it of all at once.

A property of a thousand records is one block: who it is said of, what is said, in which record. Blocks are put together
only when a chunk is finished, so that nothing is done row by row but reading itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from longarm.ingest.formats.clean import Cleaner
from longarm.ingest.stream import SAID
from longarm.model.statement import BASE
from longarm.model.terms import Stance

Texts: TypeAlias = "pa.Array | Sequence[str | None]"


Numbers: TypeAlias = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Subjects:
    """Entities of which a column speaks, row by row."""

    ids: pa.Array
    schema: str | pa.Array
    """one for all, or one a row"""
    records: Numbers
    """int64"""
    since: pa.Array | None = None
    """the day from which what is said was so, row by row"""
    until: pa.Array | None = None

    def take(self, rows: Numbers) -> Subjects:
        """Give some of them, by their place, as often as named."""
        places = pa.array(rows)
        return Subjects(
            self.ids.take(places),
            self.schema if isinstance(self.schema, str) else self.schema.take(places),
            self.records[rows],
            None if self.since is None else self.since.take(places),
            None if self.until is None else self.until.take(places),
        )


class Sheet:
    """The statements of one chunk, as they come together."""

    def __init__(self, origin: str, cleaner: Cleaner) -> None:
        self._origin, self._clean = origin, cleaner
        self._columns: dict[str, list[pa.Array]] = {
            name: [] for name in ("entity_id", "value", "original_value", "lang", "valid_from", "valid_to")
        }
        self._records: list[Numbers] = []
        self._schemata = _Codes()
        self._props = _Codes()
        self._types = _Codes()

    def exist(self, subjects: Subjects) -> None:
        """Say that there are such entities."""
        self._add(subjects, BASE, "id", subjects.ids, None, None)

    def say(
        self,
        subjects: Subjects,
        prop: str,
        values: Texts,
        *,
        lang: pa.Array | None = None,
        otherwise: str | None = None,
    ) -> None:
        """Say a property of each subject whose value is given, cleaned by its type.

        A value that its type cannot take is said under `otherwise`, a property that takes any text, where one is named;
        either way the cleaner keeps count of it.
        """
        raw = _array(values)
        kind = self._clean.kind(_first(subjects), prop)
        lang = None if lang is None else self._clean.column("language", "lang", lang)
        cleaned = self._clean.column(kind, prop, raw)
        if cleaned is raw:
            self._add(subjects, prop, kind, raw, None, lang)
            return
        changed = pc.if_else(pc.equal(cleaned, raw), pa.scalar(None, pa.string()), raw)
        self._add(subjects, prop, kind, cleaned, changed, lang)
        if otherwise is not None:
            lost = pc.and_(raw.is_valid(), cleaned.is_null())
            if pc.any(lost).as_py():
                told = pc.binary_join_element_wise(pa.scalar(prop), pc.if_else(lost, raw, None), ": ")
                self._add(subjects, otherwise, self._clean.kind(_first(subjects), otherwise), told, None, None)

    def say_plain(self, subjects: Subjects, prop: str, values: Texts, *, original: pa.Array | None = None) -> None:
        """Say values that are clean already, such as ids, codes of ours, and days that were read."""
        raw = _array(values)
        self._add(subjects, prop, self._clean.kind(_first(subjects), prop), raw, original, None)

    def _add(
        self, who: Subjects, prop: str, kind: str, values: pa.Array, original: pa.Array | None, lang: pa.Array | None
    ) -> None:
        if not len(values):
            return
        keep: pa.Array | None = values.is_valid() if values.null_count else None
        columns = {
            "entity_id": who.ids,
            "value": values,
            "original_value": original,
            "lang": lang,
            "valid_from": who.since,
            "valid_to": who.until,
        }
        size = len(values)
        records = who.records
        schema = who.schema
        if keep is not None:
            columns = {name: column if column is None else column.filter(keep) for name, column in columns.items()}
            records = records[keep.to_numpy(zero_copy_only=False)]
            schema = schema if isinstance(schema, str) else schema.filter(keep)
            size = len(columns["value"])
        if not size:
            return
        for name, column in columns.items():
            self._columns[name].append(pa.nulls(size, pa.string()) if column is None else column)
        self._records.append(records)
        self._props.add(prop, size)
        self._types.add(kind, size)
        self._schemata.add(schema, size)

    def finish(self) -> pa.Table:
        """Give the statements under `SAID`."""
        if not self._records:
            return SAID.empty_table()
        size = sum(len(block) for block in self._records)
        text = {name: pa.concat_arrays(blocks) for name, blocks in self._columns.items()}
        return pa.table(
            {
                "entity_id": text["entity_id"],
                "schema": self._schemata.array(),
                "prop": self._props.array(),
                "prop_type": self._types.array(),
                "value": text["value"],
                "original_value": text["original_value"],
                "lang": text["lang"].dictionary_encode().cast(SAID.field("lang").type),
                "record": pa.array(np.concatenate(self._records)),
                "origin": _same(self._origin, size),
                "speaker": pa.nulls(size, pa.string()),
                "stance": _same(Stance.ASSERTED.value, size),
                "grade": pa.nulls(size, SAID.field("grade").type),
                "valid_from": text["valid_from"],
                "valid_to": text["valid_to"],
            },
            schema=SAID,
        )


class _Codes:
    """A column of few words, gathered in runs."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._runs: list[Numbers] = []

    def add(self, word: str | pa.Array, size: int) -> None:
        """Add one word for all rows, or an array of words."""
        if isinstance(word, str):
            self._runs.append(np.full(size, self._code(word), np.int32))
            return
        encoded = word.dictionary_encode()
        codes = np.array([self._code(each) for each in encoded.dictionary.to_pylist()], np.int32)
        self._runs.append(codes[encoded.indices.to_numpy()])

    def _code(self, word: str) -> int:
        return self._words.setdefault(word, len(self._words))

    def array(self) -> pa.DictionaryArray:
        """Give the column."""
        return pa.DictionaryArray.from_arrays(pa.array(np.concatenate(self._runs)), pa.array(list(self._words)))


def _same(word: str, size: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), pa.array([word]))


def _array(values: Texts) -> pa.Array:
    return values if isinstance(values, pa.Array) else pa.array(values, pa.string())


def _first(subjects: Subjects) -> str:
    return subjects.schema if isinstance(subjects.schema, str) else str(subjects.schema[0].as_py())


def texts(values: Sequence[str | None]) -> pa.Array:
    """Give a column."""
    return pa.array(values, pa.string())


def numbers(values: Sequence[int]) -> Numbers:
    """Give a column of whole numbers."""
    return np.array(values, np.int64)

"""A block of FollowTheMoney entities as Arrow columns: parsed, checked and cleaned a property at a time."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from longarm.errors import SourceError
from longarm.ingest import ftm_entities
from longarm.ingest.lines import Block
from longarm.ingest.stream import SAID
from longarm.model import cleaning, vocabulary
from longarm.model.statement import BASE

_TEXTS: Final = pa.list_(pa.string())
_STARTS: Final = ("startDate", "date")
_DATES: Final = ("startDate", "endDate", "date")
_ENDS: Final = ("percentageMinimum", "percentageMaximum")
_NESTED: Final = re.compile(rb"\[\s*\[")
_CONTROLS: Final = bytes(b for b in (*range(0x20), 0x7F) if b not in b"\t\n\r")
_LATER_CONTROLS: Final = re.compile(rb"\xc2[\x80-\x9f]|\r(?!\n)")
_ANY_CONTROL: Final = re.compile(rb"\\u00[01789]|\\[bfr]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\r(?!\n)")
_BARE: Final = re.compile(rb"\}\s*null")
_DEEP: Final = 500
"""levels that a parser may go down without running out of stack"""
_LOOKED_AT: Final = frozenset({*_DATES, *_ENDS, "percentage", "votingPercentage", "effectiveness"})
"""properties that the calculation reads as figures and dates"""


class Columns:
    """Reads blocks; remembers which properties a source has."""

    def __init__(self) -> None:
        self._properties: list[str] = ["name"]

    def read(self, block: Block) -> tuple[pa.Table, list[int]] | None:
        """Give what the block says, under `SAID`, and the lines that must be looked at one by one.

        None where the block as a whole is not as it should be.
        """
        parsed = self._parsed(block)
        if parsed is None or parsed.num_rows != block.count:
            return None
        entities = _Entities.of(parsed)
        if entities is None:
            return None
        entities.amiss[_with_controls(block.data)] = True
        said = [_base(entities)]
        for field in entities.properties.type:
            said += entities.of_property(field.name)
        return entities.gathered(said, block.first)

    def _parsed(self, block: Block) -> pa.Table | None:
        """Parse, each property as a list of texts; again where one comes up that was not seen before."""
        if not _is_plain(block.data):
            return None
        reading = pj.ReadOptions(use_threads=False, block_size=len(block.data) + 64)
        while True:
            struct = pa.struct([(n, _TEXTS) for n in self._properties])
            schema = pa.schema([("id", pa.string()), ("schema", pa.string()), ("properties", struct)])
            parsing = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="infer")
            try:
                parsed = pj.read_json(io.BytesIO(block.data), reading, parsing)
            except (pa.ArrowException, UnicodeError):
                return None
            found = [f.name for f in parsed.schema.field("properties").type]
            fresh = [n for n in found if n not in set(self._properties)]
            if not fresh:
                return parsed
            if any(n not in _known() for n in fresh) or len(found) != len(set(found)):
                return None
            self._properties += fresh


def _is_plain(data: bytes) -> bool:
    """False for what Arrow's parser does not see, or does not survive: then each line is read by itself.

    Bytes that are no UTF-8, half characters, nesting without end, and a bare `null`, on which it crashes (pyarrow 26).
    """
    if not data.startswith(b"{") or data.count(b"\n{") != data.count(b"\n") - 1 or _BARE.search(data):
        return False
    if _NESTED.search(data) or data.count(b"{") > 3 * data.count(b"\n") + _DEEP:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\\ud" not in data and b"\\uD" not in data


def _with_controls(data: bytes) -> list[int]:
    """Give the rows in which a control character may stand, raw or escaped."""
    is_escaped = any(mark in data for mark in (b"\\u00", b"\\b", b"\\f", b"\\r"))
    is_raw = len(data.translate(None, _CONTROLS)) < len(data) or _LATER_CONTROLS.search(data)
    if not (is_escaped or is_raw):
        return []
    found, line, place = [], 0, 0
    for at in _ANY_CONTROL.finditer(data):
        line, place = line + data.count(b"\n", place, at.start()), at.start()
        found.append(line)
    return found


@cache
def _known() -> frozenset[str]:
    return frozenset(n for s in vocabulary.model().schemata.values() for n in s.properties)


@dataclass(frozen=True)
class _Values:
    """Values of one property: of which row each is, and what it is."""

    rows: np.ndarray
    prop: str
    kind: str
    values: pa.Array
    originals: pa.Array


class _Entities:
    """The entities of a block, and which of them must be looked at one by one."""

    def __init__(self, ids: pa.Array, schemata: pa.DictionaryArray, properties: pa.StructArray):
        self.ids = ids
        self.schemata = schemata
        self.properties = properties
        self.amiss = np.zeros(len(ids), dtype=np.bool_)
        self._codes = schemata.indices.to_numpy()
        self._names: list[str] = schemata.dictionary.to_pylist()
        self._dates: dict[str, tuple[np.ndarray, pa.Array]] = {}
        fit = np.array([_is_concrete(n) for n in self._names], dtype=np.bool_)
        self.amiss |= ~fit[self._codes]
        self.amiss |= pc.equal(pc.utf8_trim_whitespace(ids), "").to_numpy(zero_copy_only=False)
        intervals = np.array([_is_interval(n) for n in self._names], dtype=np.bool_)
        self._is_interval = intervals[self._codes]

    @classmethod
    def of(cls, parsed: pa.Table) -> _Entities | None:
        """Take the columns of a block apart. None where a row has no id, schema or properties."""
        table = parsed.combine_chunks()
        columns = [table.column(n).combine_chunks() for n in ("id", "schema", "properties")]
        if any(c.null_count for c in columns) or not len(columns[0]):
            return None
        ids, schemata, properties = columns
        return cls(ids, schemata.dictionary_encode(), properties)

    def of_property(self, name: str) -> list[_Values]:
        """Give the values of a property, cleaned by the type that it has in each schema."""
        lists = self.properties.field(name)
        if lists.null_count == len(lists):
            return []
        values = lists.flatten()
        rows = cleaning.rows_of(lists)
        if values.null_count:
            self.amiss[rows[pc.is_null(values).to_numpy(zero_copy_only=False)]] = True
            keep = pc.is_valid(values)
            rows, values = rows[keep.to_numpy(zero_copy_only=False)], values.filter(keep)
        if not len(values):
            self.amiss[pc.is_valid(lists).to_numpy(zero_copy_only=False) & ~self._has(name)] = True
            return []
        found = []
        codes = self._codes[rows]
        kinds = {code: _kind(self._names[code], name) for code in np.unique(codes).tolist()}
        lacking = pc.is_valid(lists).to_numpy(zero_copy_only=False) & ~self._has(name)
        self.amiss |= lacking
        for kind in sorted({k for k in kinds.values() if k}):
            of_kind = np.isin(codes, [c for c, k in kinds.items() if k == kind])
            taken = values if of_kind.all() else values.filter(pa.array(of_kind))
            found.append(self._cleaned(name, kind, rows[of_kind], taken))
        return found

    def _has(self, name: str) -> np.ndarray:
        """Say of each row whether its schema has a property."""
        has: np.ndarray = np.array([_kind(n, name) is not None for n in self._names], dtype=np.bool_)[self._codes]
        return has

    def _cleaned(self, name: str, kind: str, rows: np.ndarray, values: pa.Array) -> _Values:
        cleaned = cleaning.clean_column(kind, values)
        if cleaned.null_count:
            self.amiss[rows[pc.is_null(cleaned).to_numpy(zero_copy_only=False)]] = True
        if name in _DATES:
            days = pc.utf8_slice_codeunits(cleaned, 0, 10)  # a tie holds for days
            cleaned = pc.if_else(pa.array(self._is_interval[rows]), days, cleaned)
            self._dates[name] = (rows, cleaned)
        originals = cleaning.changed(values, cleaned)
        if name in _LOOKED_AT:
            self._look_at(name, rows, cleaned)
        return _Values(rows, name, kind, cleaned, originals)

    def _look_at(self, name: str, rows: np.ndarray, values: pa.Array) -> None:
        """Find values that the calculation could not read; each is looked at once for each schema."""
        encoded = values.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        if name in _ENDS:  # that the least is not above the most is seen row by row
            self.amiss[rows] |= self._both_ends()[rows]
        for code in np.unique(self._codes[rows]).tolist():
            unread = np.array([not _is_readable(self._names[code], name, t) for t in texts], dtype=np.bool_)
            if unread.any():
                at = pc.fill_null(encoded.indices, 0).to_numpy()
                self.amiss[rows[unread[at] & (self._codes[rows] == code)]] = True

    def _both_ends(self) -> np.ndarray:
        given = [
            pc.fill_null(pc.greater(pc.list_value_length(self.properties.field(n)), 0), False)
            for n in _ENDS
            if self.properties.type.get_field_index(n) >= 0
        ]
        if len(given) < len(_ENDS):
            return np.zeros(len(self.ids), dtype=np.bool_)
        both: np.ndarray = pc.and_(*given).to_numpy(zero_copy_only=False)
        return both

    def gathered(self, said: list[_Values], first: int) -> tuple[pa.Table, list[int]]:
        """Put everything together, entity by entity, without the rows that are amiss."""
        rows = np.concatenate([v.rows for v in said])
        order = np.argsort(rows, kind="stable")
        order = order[~self.amiss[rows[order]]]
        rows = rows[order]
        counts = [len(v.rows) for v in said]
        taken = pa.array(order)
        starts = self._at_each(_STARTS, is_last=False)
        ends = self._at_each(("endDate",), is_last=True)
        picked = pa.array(rows)
        columns = {
            "entity_id": self.ids.take(picked),
            "schema": self.schemata.cast(SAID.field("schema").type).take(picked),
            "prop": _words([v.prop for v in said], counts).take(taken),
            "prop_type": _words([v.kind for v in said], counts).take(taken),
            "value": pa.concat_arrays([v.values for v in said]).take(taken),
            "original_value": pa.concat_arrays([v.originals for v in said]).take(taken),
            "record": pa.array(rows + first),
            "stance": _words(["asserted"], [len(rows)]),
            "valid_from": starts.take(picked),
            "valid_to": ends.take(picked),
        }
        made = {f.name: columns.get(f.name, pa.nulls(len(rows), f.type)) for f in SAID}
        return pa.table(made, schema=SAID), (np.flatnonzero(self.amiss) + first).tolist()

    def _at_each(self, names: tuple[str, ...], *, is_last: bool) -> pa.Array:
        """Give of each interval the first value of the first of some properties that it has, or the last."""
        at = np.full(len(self.ids), -1, dtype=np.int64)
        columns, start = [pa.array([None], pa.string())], 1
        for name in reversed(names):
            if name in self._dates:
                rows, values = self._dates[name]
                places = np.arange(start, start + len(rows))
                if not is_last:
                    rows, places = rows[::-1], places[::-1]
                at[rows] = places  # of several, the one that is written last stays
                columns.append(values)
                start += len(values)
        at[(at < 0) | ~self._is_interval] = 0
        return pa.concat_arrays(columns).take(pa.array(at))


def _base(entities: _Entities) -> _Values:
    """The statement that there is such an entity, which comes first."""
    rows = np.arange(len(entities.ids), dtype=np.int64)
    return _Values(rows, BASE, "id", entities.ids, pa.nulls(len(rows), pa.string()))


def _words(names: list[str], counts: list[int]) -> pa.DictionaryArray:
    codes = np.repeat(np.arange(len(names), dtype=np.int32), counts)
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names))


@cache
def _is_concrete(schema: str) -> bool:
    found = vocabulary.model().get(schema)
    return found is not None and not found.abstract


@cache
def _is_interval(schema: str) -> bool:
    found = vocabulary.model().get(schema)
    return found is not None and found.is_a("Interval")


@cache
def _kind(schema: str, prop: str) -> str | None:
    """Give the type of a property in a schema; None where it has none that may be given."""
    found = vocabulary.model().get(schema)
    named = found.get(prop) if found else None
    return None if named is None or named.stub else named.type.name


@lru_cache(maxsize=1 << 16)
def _is_readable(schema: str, prop: str, value: str | None) -> bool:
    if value is None or _kind(schema, prop) is None:
        return True  # set aside for another reason
    try:
        ftm_entities.readable(schema, prop, value)
    except SourceError:
        return False
    return True

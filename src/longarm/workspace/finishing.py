"""What a reader says becomes rows of `statements`, a table at a time: who brought it, evidence, known time, id.

What no statement may hold is set aside with its reason: a date, stance or grade that is none, a control character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from longarm.ingest.batch import Reject
from longarm.ingest.files import unwritable
from longarm.model import dates, grades, identity
from longarm.model.tables import STATEMENTS
from longarm.model.terms import Stance
from longarm.store.sorted_keys import Numbers

_FREE: Final = ("entity_id", "value", "original_value", "speaker", "origin")
"""columns of any text"""


@dataclass(frozen=True)
class Brought:
    """What all rows of one document have in common."""

    dataset: str
    document: str
    day: str
    grade: str
    """where the reader gives none"""
    origin: str
    """where the reader gives none"""
    name: str
    """of the source, for rejects"""


def finished(said: pa.Table, brought: Brought) -> tuple[pa.Table, Numbers, list[Reject]]:
    """Give the rows of `statements` for what was said, in its order, their ids as numbers, and what was set aside."""
    said, rejects = _sound(said, brought.name)
    count = said.num_rows
    words = said.unify_dictionaries()
    columns = {n: words.column(n).combine_chunks() for n in words.column_names}
    columns |= {
        "canonical_id": columns["entity_id"],
        "grade": _filled(columns["grade"], brought.grade),
        "origin": _filled(columns["origin"], brought.origin),
        "dataset": _all(brought.dataset, count),
        "document": _all(brought.document, count),
        "first_seen": _all(brought.day, count),
        "last_seen": _all(brought.day, count),
        "span_start": pa.nulls(count, pa.int64()),
        "span_end": pa.nulls(count, pa.int64()),
    }
    columns["id"], keys = identity.identified(pa.table({n: columns[n] for n in identity.NEEDED}))
    fields = [f.with_type(columns[f.name].type) for f in STATEMENTS.schema]
    schema = pa.schema(fields, metadata=STATEMENTS.schema.metadata)
    return pa.table({f.name: columns[f.name] for f in fields}, schema=schema), keys, rejects


def _filled(column: pa.Array, value: str) -> pa.Array:
    if column.null_count == len(column):
        return _all(value, len(column))
    return pc.fill_null(column.cast(pa.string()), value).dictionary_encode() if column.null_count else column


def _all(value: str, count: int) -> pa.Array:
    """Give a column of one value, as a dictionary of one."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype=np.int32)), pa.array([value]))


def _sound(said: pa.Table, name: str) -> tuple[pa.Table, list[Reject]]:
    """Take out the rows that no statement may be."""
    wrong: dict[int, str] = {}
    for column in ("valid_from", "valid_to", "stance", "grade"):
        wrong |= dict(_unfit(said.column(column), column))
    for column in _FREE:
        wrong |= dict(_unwritable(said.column(column)))
    if not wrong:
        return said, []
    rejects = []
    for row in sorted(wrong):
        given = {k: v for k, v in said.slice(row, 1).to_pylist()[0].items() if v is not None}
        rejects.append(Reject(name, given["record"], wrong[row], repr(given)[:2000]))
    keep = np.ones(said.num_rows, dtype=np.bool_)
    keep[list(wrong)] = False
    return said.filter(pa.array(keep)), rejects


def _unfit(column: pa.ChunkedArray, name: str) -> Iterator[tuple[int, str]]:
    """Find the rows of a column of few values whose value is none; each value is looked at once."""
    text = column.cast(pa.string())
    faults = {v: f for v in text.unique().to_pylist() if v is not None and (f := _fault(name, v))}
    if faults:
        for row in _rows(pc.is_in(text, value_set=pa.array(list(faults)))):
            yield row, faults[text[row].as_py()]


@lru_cache(maxsize=1 << 16)
def _fault(name: str, value: str) -> str | None:
    try:
        if name == "stance":
            Stance(value)
        elif name == "grade":
            grades.read(value)
        else:
            dates.span(value)
    except ValueError as fault:
        return f"{name}: {fault}"
    return None


def _unwritable(column: pa.ChunkedArray) -> Iterator[tuple[int, str]]:
    """Find the rows whose text could steer a terminal. Bytes are looked at all at once; rows only where one is."""
    start = 0
    for chunk in column.cast(pa.string()).chunks:
        if _may_be_unwritable(chunk):
            for row in _rows(pc.match_substring_regex(chunk, _SUSPECT)):
                if fault := unwritable(chunk[row].as_py()):
                    yield start + row, fault
        start += len(chunk)


_SUSPECT: Final = "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x{9f}]"


def _may_be_unwritable(chunk: pa.StringArray) -> bool:
    """True where a byte stands among all the texts that could be of a control character."""
    if chunk.buffers()[2] is None:
        return False
    data = np.frombuffer(chunk.buffers()[2], dtype=np.uint8)
    low = data < 0x20
    if low.any() and np.any(low & (data != 0x09) & (data != 0x0A)):
        return True
    second = data[np.flatnonzero(data[:-1] == 0xC2) + 1]  # U+0080 to U+009F
    return bool(np.any(data == 0x7F) or np.any(second < 0xA0))


def _rows(flags: pa.Array | pa.ChunkedArray) -> Iterable[int]:
    filled = pc.fill_null(flags, False)
    found: list[int] = pc.indices_nonzero(filled).to_pylist()
    return found

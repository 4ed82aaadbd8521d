"""The ids of a whole table of statements, the same as `Statement.id` gives them one by one.

Packed by Arrow, hashed in one tight loop: a statement takes about a microsecond.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_BEFORE: Final = ("dataset", "entity_id", "schema", "prop", "value", "lang", "document")
_AFTER: Final = ("origin", "speaker", "stance", "grade", "valid_from", "valid_to")
NEEDED: Final = (*_BEFORE, "span_start", "span_end", *_AFTER)
"""the columns that an id is made of"""
_ONCE: Final = 1 << 17
"""rows packed at a time: the packed texts of more would only fill memory"""
_SIZE: Final = 16
"""bytes of a digest"""


def ids(statements: pa.Table) -> pa.StringArray:
    """Give the id of each row of a table that has the columns of `statements`, as text; other columns are ignored."""
    return identified(statements)[0]


def identified(statements: pa.Table) -> tuple[pa.StringArray, np.ndarray]:
    """Give the id of each row as text, and as a row of two unsigned 64-bit numbers."""
    digests = b"".join(_digests(statements, _BEFORE))
    return _hex(digests), keys(digests)


def sayings(statements: pa.Table) -> np.ndarray:
    """Give for each row a 16-byte hash of what it says, whatever document it stands in: two unsigned 64-bit numbers.

    Two snapshots of one register say the same under two documents: that is how they are compared.
    """
    return keys(b"".join(_digests(statements, _BEFORE[:-1])))


def keys(digests: bytes) -> np.ndarray:
    """Give 16-byte digests as rows of two unsigned 64-bit numbers."""
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64).reshape(-1, 2)


def keys_of(identities: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Give ids, as `ids` writes them, as rows of two unsigned 64-bit numbers. Raises ValueError where one is none."""
    return keys(bytes.fromhex("".join(identities.to_pylist())))


def _digests(statements: pa.Table, before: tuple[str, ...]) -> Iterator[bytes]:
    blake = partial(hashlib.blake2b, digest_size=_SIZE)
    for start in range(0, statements.num_rows, _ONCE):
        packed = _packed(statements.slice(start, _ONCE), before)
        yield b"".join([h.digest() for h in map(blake, packed.to_pylist())])


def _packed(statements: pa.Table, before: tuple[str, ...]) -> pa.BinaryArray:
    columns = [_text(statements, name) for name in before]
    if len(before) < len(_BEFORE):
        columns.append(pa.scalar(""))
    columns += [_spans(statements), *(_text(statements, name) for name in _AFTER)]
    if not any(isinstance(c, pa.Array) for c in columns):
        columns[0] = pa.repeat(columns[0], statements.num_rows)
    joined = pc.binary_join_element_wise(*_folded(columns), "\x1f", null_handling="replace", null_replacement="")
    if isinstance(joined, pa.ChunkedArray):
        joined = joined.combine_chunks()
    return joined.cast(pa.binary())


def _folded(columns: list[pa.Array | pa.Scalar]) -> list[pa.Array | pa.Scalar]:
    """Join neighbours that are one text for all rows: the fewer columns, the quicker the packing."""
    folded: list[pa.Array | pa.Scalar] = []
    for column in columns:
        if folded and isinstance(column, pa.Scalar) and isinstance(folded[-1], pa.Scalar):
            folded[-1] = pa.scalar(f"{folded[-1].as_py()}\x1f{column.as_py()}")
        else:
            folded.append(column)
    return folded


def _text(statements: pa.Table, name: str) -> pa.Array | pa.Scalar:
    """Give a column as texts; as one text where all its rows are alike, which is far quicker to pack."""
    column = statements.column(name).combine_chunks()
    if column.null_count == len(column):
        return pa.scalar("")
    if isinstance(column, pa.DictionaryArray):
        if len(column.dictionary) == 1 and not column.null_count:
            return column.dictionary[0]
        column = column.dictionary_decode()
    return column


def _spans(statements: pa.Table) -> pa.Array | pa.Scalar:
    if "span_start" not in statements.column_names:
        return pa.scalar("")
    start, end = (statements.column(n).combine_chunks() for n in ("span_start", "span_end"))
    if start.null_count == len(start):
        return pa.scalar("")
    return pc.binary_join_element_wise(start.cast(pa.string()), end.cast(pa.string()), "-")


def _hex(digests: bytes) -> pa.StringArray:
    count = len(digests) // _SIZE
    offsets = np.arange(0, (count + 1) * 2 * _SIZE, 2 * _SIZE, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(digests.hex().encode()))

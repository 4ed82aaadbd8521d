"""Tables as Parquet bytes, and back: the same rows give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyarrow as pa


_GROUP: Final = 1 << 17
"""rows of a group: what a reader of a few rows has to unpack"""
_UNLIKE: Final = frozenset({"id"})
"""columns whose values never repeat: a dictionary of them would be built for nothing"""


def to_bytes(table: pa.Table) -> bytes:
    """Give a table as the bytes of a Parquet file."""
    import pyarrow.parquet as pq

    out = io.BytesIO()
    alike = [n for n in table.column_names if n not in _UNLIKE]
    # Without the schema of Arrow, so that a column is a column of texts whether it came as a dictionary or not.
    pq.write_table(
        table,
        out,
        compression="zstd",
        version="2.6",
        row_group_size=_GROUP,
        use_dictionary=alike,
        store_schema=False,
        write_page_checksum=True,
    )
    return out.getvalue()


def from_bytes(data: bytes, schema: pa.Schema, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a Parquet file under a schema, or some of its columns; a column that it does not have yet is null.

    Raises ArrowException where the bytes are no Parquet file, or its columns are not of the schema.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if columns is not None:
        schema = pa.schema([schema.field(c) for c in columns])
    # Without threads, for `read_table` starts a pool that may abort a short program as it exits: apache/arrow#34314.
    table = pq.ParquetFile(pa.BufferReader(data), pre_buffer=False).read(columns, use_threads=False)
    whole = pa.concat_tables([schema.empty_table(), table], promote_options="default")
    return whole.select(schema.names).cast(schema).combine_chunks()

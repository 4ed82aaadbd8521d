"""Tables as Parquet bytes, and back: the same rows give the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def to_bytes(table: pa.Table) -> bytes:
    """Give a table as the bytes of a Parquet file."""
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", version="2.6")
    return out.getvalue()


def from_bytes(data: bytes, schema: pa.Schema) -> pa.Table:
    """Read a Parquet file under a schema; a column that it does not have yet is null.

    Raises ArrowException where the bytes are no Parquet file, or its columns are not of the schema.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    # Without threads, for `read_table` starts a pool that may abort a short program as it exits: apache/arrow#34314.
    table = pq.ParquetFile(pa.BufferReader(data), pre_buffer=False).read(use_threads=False)
    whole = pa.concat_tables([schema.empty_table(), table], promote_options="default")
    return whole.select(schema.names).cast(schema).combine_chunks()

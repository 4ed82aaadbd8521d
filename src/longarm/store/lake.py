"""The lake: append-only Parquet parts, named by the hash of their content.

A part is written whole before the commit that names it, so a writer that is killed leaves parts that no commit names:
they are not seen by any reader. Which parts there are, and since when, is written in the decisions (`manifest`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from longarm.errors import Damaged
from longarm.store import parquet
from longarm.store.layout import write_whole

if TYPE_CHECKING:
    import pyarrow as pa

    from longarm.model.tables import Contract


@dataclass(frozen=True)
class Part:
    """One Parquet file of one table."""

    table: str
    hash: str
    rows: int
    size: int


def write(folder: Path, contract: Contract, table: pa.Table) -> Part:
    """Write a table as a part, checked against its contract. Writing the same rows twice gives the same file."""
    contract.check(table)
    data = parquet.to_bytes(table)
    part = Part(contract.name, hashlib.sha256(data).hexdigest(), table.num_rows, len(data))
    path = folder / f"{part.hash}.parquet"
    if not path.exists():
        write_whole(path, data)
    return part


def read(folder: Path, contract: Contract, parts: Sequence[Part]) -> pa.Table:
    """Read the parts of one table as one, in the order of the commits.

    Raises Damaged, naming the part, where a file is missing or its bytes are not those that were committed.
    """
    import pyarrow as pa

    tables = []
    for part in parts:
        path = folder / f"{part.hash}.parquet"
        if not path.is_file():
            raise Damaged(f"part '{part.hash}' of table '{part.table}' is missing", mend="bring it back from a backup")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != part.hash:
            raise Damaged(f"part '{part.hash}' of table '{part.table}' has been changed on disk", mend="as above")
        tables.append(parquet.from_bytes(data, contract.schema))
    return pa.concat_tables(tables) if tables else contract.schema.empty_table()

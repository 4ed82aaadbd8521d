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
from longarm.store.files import write_whole

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
    scope: str = ""
    """dataset and reader of the load that brought it; empty for a case"""


def write(folder: Path, contract: Contract, table: pa.Table, scope: str = "") -> Part:
    """Write a table as a part, checked against its contract. Writing the same rows twice gives the same file."""
    contract.check(table)
    data = parquet.to_bytes(table)
    part = Part(contract.name, hashlib.sha256(data).hexdigest(), table.num_rows, len(data), scope)
    path = folder / f"{part.hash}.parquet"
    if not path.exists():
        write_whole(path, data)
    return part


def read(folder: Path, contract: Contract, parts: Sequence[Part]) -> pa.Table:
    """Read the parts of one table as one, in the order of the commits.

    Raises Damaged, naming the part, where a file is missing or its bytes are not those that were committed.
    """
    import pyarrow as pa

    tables = [read_part(folder, contract, part) for part in parts]
    return pa.concat_tables(tables) if tables else contract.schema.empty_table()


def read_part(folder: Path, contract: Contract, part: Part, columns: Sequence[str] | None = None) -> pa.Table:
    """Read one part, or some of its columns. Raises Damaged, naming the part."""
    return parquet.from_bytes(part_bytes(folder, part), contract.schema, columns)


def part_bytes(folder: Path, part: Part) -> bytes:
    """Give the bytes of a part, held against its hash. Raises Damaged, naming the part."""
    path = path_of(folder, part)
    mend = "bring it back from a backup; 'longarm verify' lists all that is damaged"
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise Damaged(f"part '{part.hash}' of table '{part.table}' is missing", mend=mend) from None
    except OSError as fault:
        words = f"part '{part.hash}' of table '{part.table}' cannot be read: {fault.strerror}"
        raise Damaged(words, mend=mend) from fault
    if hashlib.sha256(data).hexdigest() != part.hash:
        raise Damaged(f"part '{part.hash}' of table '{part.table}' has been changed on disk", mend=mend)
    return data


def path_of(folder: Path, part: Part) -> Path:
    """Give where a part lies."""
    return folder / f"{part.hash}.parquet"

"""Derived data: kept under the hash of their inputs, options and version, and made again where they are missing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longarm.store import parquet
from longarm.store.files import write_whole
from longarm.store.layout import to_json

if TYPE_CHECKING:
    import pyarrow as pa

    from longarm.model.tables import Contract


def key(*inputs: Any) -> str:
    """Give the key of what is derived from `inputs`: plain values, hashed in their canonical JSON form."""
    return hashlib.sha256(to_json(inputs)).hexdigest()[:32]


def fresh(folder: Path, stage: str, name: str, make: Callable[[], Any]) -> Any:
    """Give the value kept for a stage under a key, or make, keep and give it.

    A damaged file is made again: nothing derived is precious.
    """
    path = folder / stage / f"{name}.json"
    if path.is_file():
        try:
            kept = json.loads(path.read_bytes())
            if isinstance(kept, dict) and kept:
                return kept
        except (ValueError, OSError):
            pass
        path.unlink(missing_ok=True)
    value = json.loads(to_json(make()))
    write_whole(path, to_json(value))
    return value


def fresh_tables(
    folder: Path, stage: str, name: str, contracts: Sequence[Contract], make: Callable[[], Sequence[pa.Table]]
) -> list[pa.Table]:
    """Give the tables kept for a stage under a key, or make, check, keep and give them."""
    import pyarrow as pa

    place = folder / stage / name
    try:
        return [parquet.from_bytes((place / f"{c.name}.parquet").read_bytes(), c.schema) for c in contracts]
    except (OSError, pa.ArrowException):
        pass
    tables = [c.check(t) for c, t in zip(contracts, make(), strict=True)]
    for contract, table in zip(contracts, tables, strict=True):
        write_whole(place / f"{contract.name}.parquet", parquet.to_bytes(table))
    return tables

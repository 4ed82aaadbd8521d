"""Tables as Parquet bytes, and back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from longarm.store import parquet

TABLE = pa.table({"a": ["x", None], "b": [1, 2]}, schema=pa.schema([("a", pa.string()), ("b", pa.int64())]))


def test_a_table_comes_back_as_it_was_and_gives_the_same_bytes_twice() -> None:
    """Values, nulls, types and order."""
    data = parquet.to_bytes(TABLE)
    assert parquet.to_bytes(TABLE) == data
    assert parquet.from_bytes(data, TABLE.schema).equals(TABLE)


def test_a_table_written_before_a_column_was_thought_of_has_none_there() -> None:
    """Parts are never rewritten: an older one is read under the schema of today."""
    later = pa.schema([("new", pa.string()), *TABLE.schema])
    found = parquet.from_bytes(parquet.to_bytes(TABLE), later)
    assert found.schema == later
    assert found.to_pylist()[0] == {"new": None, "a": "x", "b": 1}


def test_no_rows_are_no_rows() -> None:
    """The schema stays."""
    empty = TABLE.schema.empty_table()
    assert parquet.from_bytes(parquet.to_bytes(empty), TABLE.schema).equals(empty)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"no parquet at all", parquet.to_bytes(TABLE)[:-9]])
def test_what_is_no_parquet_is_refused(data: bytes) -> None:
    """Cut short, or never one."""
    with pytest.raises(pa.ArrowException):
        parquet.from_bytes(data, TABLE.schema)


def test_reading_a_workspace_starts_no_thread(example_made: Path) -> None:
    """A pool that is still starting aborts a short program as it exits, now and then (apache/arrow#34314)."""
    program = (
        "import os, sys, longarm, pyarrow.parquet\n"
        "count = lambda: len(os.listdir('/proc/self/task'))\n"
        "before = count()\n"
        "assert longarm.open(sys.argv[1]).statements()\n"
        "print(count() - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(example_made)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "0"

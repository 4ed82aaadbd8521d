"""Tables and mappings for tests, in every form that they come in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from longarm.ingest.batch import Reject
from longarm.ingest.formats import mapping
from longarm.ingest.formats.mapped import Mapped
from longarm.ingest.stream import SAID, Input

DAY = "2026-11-24"


def source(data: bytes, name: str = "rows.csv") -> Input:
    """Bytes as an input."""
    return Input(name, lambda: io.BytesIO(data), DAY, len(data))


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """A CSV in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode()


def xlsx_of(rows: Iterable[Sequence[Any]], *, more: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet of rows, and empty ones."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for name in more:
        book.create_sheet(name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet_of(columns: dict[str, Sequence[Any]]) -> bytes:
    """A Parquet file."""
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, row_group_size=2)
    return out.getvalue()


def read(text: str, data: bytes, name: str = "rows.csv") -> tuple[list[dict[str, Any]], list[Reject], list[str]]:
    """All statements that a table makes under a mapping, what was refused, and what was said of it."""
    said: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    warnings: list[str] = []
    for chunk in Mapped(mapping.read(text.encode(), "m.yaml")).read(source(data, name)):
        assert chunk.said.schema.equals(SAID)
        said += chunk.said.to_pylist()
        rejects += chunk.rejects
        warnings += chunk.warnings
    return said, rejects, warnings


def entities(said: Iterable[dict[str, Any]]) -> dict[str, tuple[str, dict[str, set[str]]]]:
    """Id → schema and properties, as statements say them."""
    found: dict[str, tuple[str, dict[str, set[str]]]] = {}
    for row in said:
        _, properties = found.setdefault(row["entity_id"], (row["schema"], {}))
        if row["prop"] != "id":
            properties.setdefault(row["prop"], set()).add(row["value"])
    return found


def values(said: Iterable[dict[str, Any]], schema: str, prop: str) -> list[str]:
    """The values of a property, in order."""
    return [row["value"] for row in said if row["schema"] == schema and row["prop"] == prop]


COMPANIES = """
queries:
  - entities:
      company:
        schema: Company
        id_column: id
        properties:
          name: {column: name}
          country: {column: country}
          incorporationDate: {column: since}
"""
BIRTH = dt.date(1999, 5, 17)

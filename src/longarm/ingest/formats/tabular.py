"""Any table as stretches of rows: text with a delimiter, a workbook, Parquet; told apart by their first bytes."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from longarm.errors import SourceError
from longarm.ingest.batch import Reject
from longarm.ingest.formats import delimited, sheets
from longarm.ingest.formats.encodings import Notes
from longarm.ingest.stream import Input

_ROWS: Final = 20_000
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_GROUP: Final = 2 * 1024**3
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS: Final = {b"PAR1": "parquet", b"PK\x03\x04": "sheet", _OLE: "sheet"}
"""first bytes → kind; anything else is text"""


@dataclass(frozen=True)
class Rows:
    """Some rows, and what reading has met with since the last ones."""

    lines: pa.Array
    """line of a text, row of a sheet, or number of the record, counted from 1"""
    columns: dict[str, pa.Array]
    """cells as texts; where a name stands twice in the head, the last column of that name"""
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...]
    position: int


@dataclass(frozen=True)
class How:
    """How a table is to be read."""

    delimiter: str | None = None
    sheet: str | None = None
    most: int | None = None
    """rows, for a preview"""


@dataclass
class Table:
    """A table that is being read: its head, then its rows."""

    name: str
    head: list[str]
    rows: Iterator[Rows] = field(repr=False)


def kind(head: bytes) -> str:
    """Say what kind of table begins so: parquet, sheet or text."""
    return next((k for magic, k in KINDS.items() if head.startswith(magic)), "text")


def opened(source: Input, how: How | None = None) -> Table:
    """Open a table and give its head. Raises SourceError where it is none, or one that is not read."""
    how = how or How()
    with source.open() as stream:
        head = stream.read(8)
    reader = {"parquet": _parquet, "sheet": _sheet, "text": _text}[kind(head)]
    rows = reader(source, how)
    names = next(rows)
    assert isinstance(names, list)
    return Table(source.name, names, _only_rows(rows))


def _only_rows(rows: Iterator[list[str] | Rows]) -> Iterator[Rows]:
    for each in rows:
        assert isinstance(each, Rows)
        yield each


def _text(source: Input, how: How) -> Iterator[list[str] | Rows]:
    notes = Notes(source.name)
    with source.open() as stream:
        _refuse_binary(stream, source)
    with source.open() as stream:
        found = delimited.stretches(stream, notes, how.delimiter, how.most)
        head = _names(next(found), notes)
        yield head
        for stretch in found:
            assert isinstance(stretch, delimited.Stretch)
            yield _rows(stretch.lines, head, stretch.columns, notes)
        if notes.rejects or notes.warnings:
            yield _rows(pa.array([], pa.int64()), head, [pa.array([], pa.string())] * len(head), notes)


def _refuse_binary(stream: BinaryIO, source: Input) -> None:
    from longarm.ingest.files import binary

    head = stream.read(16)
    if not head:
        raise SourceError("the file is empty", file=source.name)
    if (what := binary(head)) and not what.startswith("a binary"):
        raise SourceError(f"this is {what}; a table was expected", file=source.name, mend="CSV, TSV, XLSX or Parquet")


def _names(head: Any, notes: Notes) -> list[str]:
    names = [" ".join(_CONTROL.sub("", " ".join(str(name).split())).split()) for name in head]
    twice = sorted({n for n in names if n and names.count(n) > 1}) if len(set(names)) < len(names) else []
    if twice:
        notes.warnings.append(f"columns that stand twice in the head: {', '.join(twice[:5])}; the last of each is read")
    return names


def _rows(lines: pa.Array, head: list[str], columns: list[pa.Array], notes: Notes) -> Rows:
    rejects, warnings = tuple(notes.rejects), tuple(notes.warnings)
    notes.rejects, notes.warnings = [], []
    return Rows(lines, dict(zip(head, columns, strict=True)), rejects, warnings, notes.position)


def _sheet(source: Input, how: How) -> Iterator[list[str] | Rows]:
    notes = Notes(source.name)
    with source.open() as stream:
        data = stream.read(sheets.MAX_BYTES + 1)
    if len(data) > sheets.MAX_BYTES:
        raise SourceError(
            f"the workbook has over {sheets.MAX_BYTES:,} bytes", file=source.name, mend="save the sheet as CSV"
        )
    notes.position = len(data)
    # The first row that holds anything is the head.
    table, others = sheets.read(data, source.name, how.sheet, None if how.most is None else how.most + 1)
    if others and how.sheet is None:
        sheet = table.schema.metadata[b"sheet"].decode()
        notes.warnings.append(f"sheet '{sheet}' is read; the others are not: {', '.join(others[:10])}")
    first = table.slice(0, 1).to_pylist()[0]
    if len(first) - 1 > delimited.MAX_COLUMNS:
        raise SourceError(f"the sheet has over {delimited.MAX_COLUMNS:,} columns", file=source.name)
    head = _names([first[str(i)] or "" for i in range(len(first) - 1)], notes)
    yield head
    for batch in table.slice(1).to_batches(max_chunksize=_ROWS):
        yield _rows(batch.column(0), head, batch.columns[1:], notes)


def _parquet(source: Input, how: How) -> Iterator[list[str] | Rows]:
    notes = Notes(source.name)
    with source.open() as stream:
        yield from _parquet_of(_seekable(stream), source, how, notes)


def _parquet_of(stream: BinaryIO, source: Input, how: How, notes: Notes) -> Iterator[list[str] | Rows]:
    try:
        file = pq.ParquetFile(stream, memory_map=False, pre_buffer=False)
        meta = file.metadata
        if meta.num_columns > delimited.MAX_COLUMNS:
            raise SourceError(f"the table has {meta.num_columns:,} columns", file=source.name)
        groups = range(meta.num_row_groups)
        if any(meta.row_group(i).total_byte_size > _GROUP for i in groups):
            raise SourceError(f"a row group unpacks to over {_GROUP:,} bytes", file=source.name, mend="write it anew")
        yield _names(file.schema_arrow.names, notes)
        number = 0
        for batch in file.iter_batches(batch_size=how.most or _ROWS):
            lines = pa.array(range(number + 1, number + batch.num_rows + 1), pa.int64())
            number += batch.num_rows
            columns = [_texts(column) for column in batch.columns]
            notes.position = min(number * 100 // max(meta.num_rows, 1), 100) * (source.size or 0) // 100
            yield _rows(lines, batch.schema.names, columns, notes)
            if how.most is not None:
                return
    except (pa.ArrowException, OSError, ValueError) as fault:
        if isinstance(fault, SourceError):
            raise
        raise SourceError(f"the Parquet file cannot be read: {str(fault)[:200]}", file=source.name) from None


def _texts(column: pa.Array) -> pa.Array:
    """Give a column as texts: dates as ISO, numbers without needless decimals; lists and such as nothing."""
    given = column.type
    if pa.types.is_dictionary(given):
        column = column.cast(given.value_type)
        given = column.type
    if pa.types.is_string(given):
        return column
    if pa.types.is_floating(given):
        return pa.array([None if v is None else sheets.number(v) for v in column.to_pylist()], pa.string())
    if pa.types.is_timestamp(given):
        texts = pc.strftime(column.cast(pa.timestamp("s"), safe=False), format="%Y-%m-%dT%H:%M:%S")
        return pc.replace_substring(texts, "T00:00:00", "")
    try:
        return column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.nulls(len(column), pa.string())


def _seekable(stream: BinaryIO) -> BinaryIO:
    if stream.seekable():
        return stream
    kept = tempfile.TemporaryFile()  # noqa: SIM115 (it goes with the table)
    shutil.copyfileobj(stream, kept, 1 << 20)
    kept.seek(0)
    return kept

"""Text tables: CSV, TSV and their like, in whatever encoding and with whatever delimiter, each row with its line.

A block without anything odd in it is read by Arrow; one with quotes that span lines, rows of another width, NULs or
foreign bytes goes row by row. There, a row that is not as wide as the head, a NUL, a line beyond the limit, a quote
that is never closed are set aside with their line, and reading goes on behind them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.csv as pa_csv

from longarm.errors import SourceError
from longarm.ingest.batch import Reject
from longarm.ingest.formats.encodings import MAX_RECORD, Notes, blocks, decoded

MAX_LINES: Final = 2_000
"""Lines of one row: a quote that stays open longer was never closed."""
MAX_COLUMNS: Final = 10_000

_ROWS: Final = 20_000
_DELIMITERS: Final = ",;\t|"


@dataclass(frozen=True)
class Stretch:
    """Some rows of a table: their lines, and the cells as texts, column by column."""

    lines: pa.Array
    columns: list[pa.Array]


def delimiter(text: str) -> str:
    """Give the delimiter under which the first lines are most alike; a comma where none divides them."""
    lines = text.splitlines()[:30]
    best, found = 0.0, ","
    for each in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=each, skipinitialspace=True) if row]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        score = widths.count(widths[0]) / len(widths) * (1 + min(widths[0], 50) / 100)
        if score > best:
            best, found = score, each
    return found


class _Unclosed(Exception):
    pass


class _Lines:
    """The lines of a text one by one, with a way back to the second line of the row that is being read."""

    def __init__(self, stream: BinaryIO, notes: Notes) -> None:
        self.notes, self._blocks = notes, blocks(stream, notes)
        self.line = 0
        """lines given so far"""
        self.first = 1
        """line on which the row begins"""
        self.pending: list[str] = []
        """lines of the row that is being read"""
        self.ended = False
        self._size = 0
        self._lines: list[str] = []
        self._at = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        while self._at >= len(self._lines):
            block = self.block()
            if block is None:
                raise StopIteration
            self.take(block)
        line = self._lines[self._at]
        self._at += 1
        self.line += 1
        if not self.pending:
            self.first, self._size = self.line, 0
        self.pending.append(line)
        self._size += len(line)
        if len(self.pending) > MAX_LINES or self._size > MAX_RECORD:
            raise _Unclosed
        return line

    def block(self) -> bytes | None:
        """Give the next block whole; None at the end. A line beyond the limit is set aside."""
        while (block := next(self._blocks, None)) is not None:
            if block:
                return block
            self.line += 1
            reason = f"the line has over {MAX_RECORD:,} bytes"
            self.notes.rejects.append(Reject(self.notes.name, self.line, reason, ""))
        self.ended = True
        return None

    def take(self, block: bytes) -> None:
        """Make a block the next lines."""
        self._lines, self._at = list(io.StringIO(decoded(block, self.notes), newline="")), 0

    @property
    def is_between(self) -> bool:
        """True where the last block was read to its end, and no row is open."""
        return self._at >= len(self._lines) and not self.pending

    def back(self) -> None:
        """Go back to the line behind the first one of this row."""
        self._lines = self.pending[1:] + self._lines[self._at :]
        self.line, self._at = self.first, 0
        self.pending = []


def stretches(
    stream: BinaryIO, notes: Notes, separator: str | None = None, most: int | None = None
) -> Iterator[list[str] | Stretch]:
    """Give the head first, then the rows that are as wide as it; not more than `most` where given.

    Raises SourceError where there is no head, or one of more than 10,000 columns.
    """
    lines = _Lines(stream, notes)
    block = lines.block()
    if block is None:
        raise SourceError("the file is empty", file=notes.name)
    lines.take(block)
    if separator is None:
        separator = delimiter(decoded(block[:1_000_000], notes))
    csv.field_size_limit(MAX_RECORD)
    head = next((row for _, row in _rows(lines, separator, None)), None)
    if head is None:
        raise SourceError("the table has no head and no rows", file=notes.name)
    yield _checked(head, notes)
    given = 0
    while most is None or given < most:
        for stretch in _slow(lines, separator, len(head), most and most - given):
            given += len(stretch.lines)
            yield stretch
        block = lines.block()
        if block is None:
            return
        quick = _quick(block, separator, len(head), lines.line) if most is None else None
        if quick is None:
            lines.take(block)
        else:
            lines.line += len(quick.lines)
            yield quick


def _quick(block: bytes, separator: str, width: int, before: int) -> Stretch | None:
    """Read a block by Arrow where every line of it is a row; None where anything is odd."""
    count = block.count(b"\n") + (not block.endswith(b"\n"))
    if b"\x00" in block or block.count(b"\r") != block.count(b"\r\n") or not _is_well_quoted(block, separator.encode()):
        return None
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(block),
            pa_csv.ReadOptions(
                use_threads=False, column_names=[str(i) for i in range(width)], block_size=len(block) + 1
            ),
            pa_csv.ParseOptions(delimiter=separator, newlines_in_values=False),
            pa_csv.ConvertOptions(
                column_types={str(i): pa.string() for i in range(width)}, strings_can_be_null=False, null_values=[]
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != count:
        return None
    return Stretch(
        pa.array(range(before + 1, before + count + 1), pa.int64()),
        [column.combine_chunks() for column in table.columns],
    )


def _is_well_quoted(block: bytes, separator: bytes) -> bool:
    """True where every quote opens or closes a cell on its line: then Arrow reads it as Python's csv does."""
    count = block.count(b'"')
    return not count or 2 * len(_cell(separator).findall(block)) == count


@cache
def _cell(separator: bytes) -> re.Pattern[bytes]:
    """A quoted cell without a quote in it; what stands beside it is looked at, not taken, for the next one needs it."""
    beside = re.escape(separator)
    return re.compile(rb'(?:\A|(?<=[%b\n]))"[^"\r\n]*"(?=[%b\r\n]|\Z)' % (beside, beside))


def _slow(lines: _Lines, separator: str, width: int, most: int | None) -> Iterator[Stretch]:
    """Read row by row to the end of the block, and of the row that is open there."""
    numbers: list[int] = []
    found: list[list[str]] = []
    start = lines.notes.position
    for number, row in _rows(lines, separator, width):
        numbers.append(number)
        found.append(row)
        if len(found) >= _ROWS or len(found) == most or lines.notes.position - start > MAX_RECORD:
            yield _stretch(numbers, found)
            if len(found) == most:
                return
            numbers, found, start = [], [], lines.notes.position
            most = None
    if found:
        yield _stretch(numbers, found)


def _stretch(numbers: list[int], found: list[list[str]]) -> Stretch:
    columns = [pa.array(column, pa.string()) for column in zip(*found, strict=True)]
    return Stretch(pa.array(numbers, pa.int64()), columns)


def _rows(lines: _Lines, separator: str, width: int | None) -> Iterator[tuple[int, list[str]]]:
    """Give (line, cells) of the rows of a width, or of the first row, to the end of a block."""
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    while not lines.is_between:
        try:
            row = next(reader, None)
        except _Unclosed:
            _reject(lines, f"a quote opens here and is not closed within {MAX_LINES:,} lines or 16 MiB")
            lines.back()
            continue
        except csv.Error as fault:
            _reject(lines, f"this is no row of a table: {fault}")
            lines.pending = []
            continue
        if row is None:
            return
        if lines.ended and len(lines.pending) > 1 and sum(p.count('"') for p in lines.pending) % 2:
            _reject(lines, "a quote opens here and is never closed")
            lines.back()
            lines.ended = False
            continue
        first = lines.first
        is_fit = bool(row) and (width is None or len(row) == width)
        if row and not is_fit:
            _reject(lines, f"the row has {len(row):,} cells, the head has {width:,}")
        elif is_fit and any("\x00" in line for line in lines.pending):
            is_fit = False
            _reject(lines, "a NUL stands in this row")
        lines.pending = []
        if is_fit:
            yield first, row


def _checked(head: list[str], notes: Notes) -> list[str]:
    if len(head) > MAX_COLUMNS:
        raise SourceError(
            f"the table has {len(head):,} columns; at most {MAX_COLUMNS:,} are read",
            file=notes.name,
            line=1,
            mend="is it turned on its side? Keep the columns that the mapping names",
        )
    return head


def _reject(lines: _Lines, reason: str) -> None:
    shown = "".join(lines.pending[:5])[:2000].rstrip("\r\n").replace("\x00", "\\0")
    lines.notes.rejects.append(Reject(lines.notes.name, lines.first, reason, shown))

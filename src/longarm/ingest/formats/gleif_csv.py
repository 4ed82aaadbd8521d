"""Records of a GLEIF file in CSV: the columns of the golden copy are paths, and so a row is a record.

A column that is not known is passed over. A row that is longer or shorter than the header, or a cell of more than
128 KiB, is a fault; reading goes on with the next row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from operator import itemgetter

from longarm.errors import SourceError
from longarm.ingest.formats.bounded import MAX_LINE, lines, opened
from longarm.ingest.formats.gleif_shape import Found, Record, Shape
from longarm.ingest.stream import Input

Column = tuple[int, str, int, str]
"""(its index, path, number among the parts or 0, what of the part)"""


class Records:
    """The rows of one file as records, in order."""

    def __init__(self, shape: Shape, source: Input, start: tuple[int, int] = (0, 0)) -> None:
        self.header: dict[str, str] = {}
        self._shape, self._source = shape, source
        self._number, self._at = start
        self._after = 0
        """byte after the last line that was read"""
        self._said = ""
        """what is wrong with a line of the present row"""

    def __iter__(self) -> Iterator[Found]:
        """Give the records. Raises SourceError where the header is not GLEIF's."""
        rows = csv.reader(self._texts((0, 0)))
        header = self._header(rows)
        if self._at > self._after:
            rows = csv.reader(self._texts((0, self._at)))
            self._after = self._at
        columns = [(i, *place) for i, column in enumerate(header) if (place := self._shape.place(column))]
        single = [(i, path) for i, path, number, _ in columns if not number]
        cells = itemgetter(*(i for i, _ in single))
        paths = [path for _, path in single]
        several = [column for column in columns if column[2]]
        while True:
            begin = self._after
            self._said = ""
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                row, self._said = ["?"], self._said or f"this is no row of CSV: {error}"
            if not row and not self._said:
                continue  # a blank line
            self._number += 1
            if not self._said and len(row) != len(header):
                self._said = f"it has {len(row)} cells; the header has {len(header)}"
            if self._said:
                yield Found(self._number, None, self._said, begin)
                continue
            record: Record = {path: cell for path, cell in zip(paths, cells(row), strict=True) if cell}
            yield Found(self._number, _with_parts(record, row, several), "", begin)

    def _header(self, rows: Iterator[list[str]]) -> list[str]:
        try:
            header = next(rows, [])
        except csv.Error as fault:
            raise SourceError(f"the header is no row of CSV: {fault}", file=self._source.name, line=1) from None
        if not self._shape.columns <= set(header):
            raise SourceError(
                f"columns are missing: {', '.join(sorted(self._shape.columns - set(header)))}",
                file=self._source.name,
                line=1,
                mend="the header of GLEIF's golden copy was expected",
            )
        return header

    def _texts(self, start: tuple[int, int]) -> Iterator[str]:
        for _, after, line in lines(opened(self._source), start):
            self._after = after
            if line is None:
                self._said = f"it is longer than {MAX_LINE >> 20} MiB"
                yield "\n"
                continue
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError as fault:
                self._said = f"it is not UTF-8: byte {fault.start + 1} of the line"
                text = line.decode("utf-8", "replace")
            if "\0" in text:
                self._said, text = "it has a NUL", text.replace("\0", " ")
            yield text + "\n"


def _with_parts(record: Record, row: list[str], several: list[Column]) -> Record:
    parts: dict[str, dict[int, dict[str, str]]] = {}
    for i, path, number, sub in several:
        if text := row[i]:
            part = parts.setdefault(path, {}).setdefault(number, {})
            part[sub] = f"{part[sub]}, {text}" if sub in part else text
    for path, numbered in parts.items():
        record[path] = [numbered[number] for number in sorted(numbered)]
    return record

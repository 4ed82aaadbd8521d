"""Workbooks (Excel, OpenDocument) as tables of texts, read by calamine in a child process with limits.

A workbook may claim a billion cells in a few bytes: the child that meets one is ended, and the workbook refused.
A formula gives its last value, a date is a date, a whole number has no decimals.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import cache
from typing import Any, Final

import pyarrow as pa

from longarm.engine.confined import Bounds, Confined
from longarm.errors import Refused, SourceError

MAX_BYTES: Final = 64 * 1024 * 1024
_MAX_UNPACKED: Final = 1024 * 1024 * 1024
_MAX_OUT: Final = 384 * 1024 * 1024
_MAX_CELLS: Final = 60_000_000


def warm() -> None:
    """Load the library before the child's doors are shut."""
    import python_calamine  # noqa: F401


def inside(data: bytes, options: dict[str, Any]) -> bytes:
    """Give a sheet as an Arrow stream: column `row`, then the cells as texts. Runs in the child. Raises Refused."""
    import python_calamine

    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(e.file_size for e in archive.infolist()) > _MAX_UNPACKED:
                raise Refused(f"it unpacks to over {_MAX_UNPACKED:,} bytes", reason="size")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    wanted = options.get("sheet")
    names = book.sheet_names
    if wanted and wanted not in names:
        raise Refused(f"there is no sheet '{wanted}'; there are: {', '.join(names[:30])}", reason="sheet")
    for name in [wanted] if wanted else names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height and sheet.width:
            return _table(sheet, name, names, options.get("most"))
    raise Refused("no sheet holds a cell", reason="empty")


def _table(sheet: Any, name: str, names: list[str], most: int | None) -> bytes:
    if sheet.height * sheet.width > _MAX_CELLS:
        raise Refused(f"the sheet spans {sheet.height:,} rows and {sheet.width:,} columns", reason="size")
    first = sheet.start[0] + 1
    sink = io.BytesIO()
    schema = pa.schema([("row", pa.int64()), *((str(i), pa.string()) for i in range(sheet.width))])
    schema = schema.with_metadata({"sheet": name, "others": "\n".join(n for n in names if n != name)})
    with pa.ipc.new_stream(sink, schema) as out:
        waiting: list[list[str | None]] = []
        numbers: list[int] = []
        for number, row in enumerate(sheet.iter_rows(), start=first):
            cells = [_text(cell) for cell in row]
            if any(cells):
                numbers.append(number)
                waiting.append(cells)
            if len(numbers) >= 10_000 or (most and len(numbers) >= most):
                out.write_batch(_batch(numbers, waiting, schema))
                numbers, waiting = [], []
                if most:
                    break
        if numbers:
            out.write_batch(_batch(numbers, waiting, schema))
    return sink.getvalue()


def _batch(numbers: list[int], rows: list[list[str | None]], schema: pa.Schema) -> pa.RecordBatch:
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    return pa.record_batch([pa.array(numbers, pa.int64()), *columns], schema=schema)


def _text(cell: Any) -> str | None:
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return number(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return None if cell is None else str(cell)


def number(value: float) -> str:
    """Write a number as people do: no decimals where it is whole."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


@cache
def _child() -> Confined:
    bounds = Bounds(memory=1000 * 1024 * 1024, seconds=240, most_in=MAX_BYTES, most_out=_MAX_OUT, documents=20)
    return Confined("longarm.ingest.formats.sheets:inside", bounds)


def read(data: bytes, name: str, sheet: str | None = None, most: int | None = None) -> tuple[pa.Table, list[str]]:
    """Give a sheet, the named one or the first that holds anything, and the names of the others.

    Raises SourceError where the workbook is damaged, larger than the limits, or a bomb.
    """
    try:
        answer = _child()(data, {"sheet": sheet, "most": most})
    except Refused as fault:
        raise SourceError(
            f"the workbook cannot be read: {fault.message}", file=name, mend="save it again, or save the sheet as CSV"
        ) from None
    with pa.ipc.open_stream(answer) as stream:
        table = stream.read_all()
    others = table.schema.metadata[b"others"].decode()
    return table, others.split("\n") if others else []

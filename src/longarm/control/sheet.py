"""Read holdings from CSV text, as a register extract or a spreadsheet gives them.

Columns: owner, owned, and any of share, percent, votes, kind, share_class, valid_from, valid_to, suspended,
suspended_from, suspended_to, origin. `percent` is always a percentage. `share` and `votes` are percentages too
(`24.99`, `25..50`, `>50`), unless no number in the whole file exceeds 1: then they are parts of one, and a warning
says that they were read so.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import Any

from longarm.control.holdings import Holding, Holdings
from longarm.control.rows import read_rows
from longarm.errors import SourceError

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNITS = ("share", "shares", "stake", "ownership", "votes", "voting", "voting_rights")


def read_csv(text: str, file_name: str | None = None) -> tuple[Holdings, list[SourceError]]:
    """Read holdings, and give back beside them the rows that could not be read, each with file, line and reason.

    Raises SourceError where the text has no header with owner and owned.
    """
    body = text.removeprefix("\ufeff")
    head = body.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        lines.extend((reader.line_num, row) for row in reader if any(cell.strip() for cell in row))
    except csv.Error as error:
        raise SourceError(f"no CSV: {error}", file=file_name, line=reader.line_num) from None
    if not lines:
        raise SourceError("the file is empty; a header with owner and owned was expected", file=file_name, line=1)
    names = [cell.strip().casefold() for cell in lines[0][1]]
    _check_header(names, file_name)
    rows = [(line, dict(zip(names, row, strict=False)), len(row)) for line, row in lines[1:]]
    parts_of_one = _are_parts_of_one([row for _, row, _ in rows])
    holdings: list[Holding] = []
    said: list[str] = []
    rejects: list[SourceError] = []
    for line, row, width in rows:
        if width > len(names):
            message = f"{width} cells under {len(names)} columns; quote a name that holds the delimiter '{delimiter}'"
            rejects.append(SourceError(message, file=file_name, line=line))
            continue
        read = read_rows([_percentages(row) if parts_of_one else _without_blanks(row)], file_name, line)
        holdings += read.rows
        said += read.warnings
        rejects += read.rejects
    if parts_of_one:
        said.append("no share exceeds 1, so shares were read as parts of one; write percentages under 'percent'")
    said += [f"row {r.where.line}: {r.message}" for r in rejects]
    return Holdings.of(holdings, said), rejects


def _check_header(names: list[str], file_name: str | None) -> None:
    if not {"owner", "holder", "shareholder", "parent", "from"} & set(names) or not {
        "owned", "held", "company", "entity", "subsidiary", "to",
    } & set(names):  # fmt: skip
        mend = "name the columns owner, owned and share"
        raise SourceError(
            f"columns {', '.join(names)}: owner and owned were expected", file=file_name, line=1, mend=mend
        )


def _are_parts_of_one(rows: list[dict[str, str]]) -> bool:
    cells = [row[name] for row in rows for name in _UNITS if row.get(name)]
    numbers = [Decimal(n) for cell in cells for n in _NUMBER.findall(cell)]
    return bool(numbers) and not any("%" in cell for cell in cells) and all(n <= 1 for n in numbers)


def _without_blanks(row: dict[str, str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value.strip() and value.strip() != "?"}


def _percentages(row: dict[str, str]) -> dict[str, Any]:
    return {
        name: _NUMBER.sub(lambda n: str(Decimal(n[0]) * 100), value) if name in _UNITS else value
        for name, value in _without_blanks(row).items()
    }

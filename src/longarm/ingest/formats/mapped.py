"""Any table by a mapping file: CSV, TSV, XLSX and Parquet become entities, whole columns at a time.

The same entities come out as from FollowTheMoney's own evaluation, which goes row by row: ids, links, and the names
that intervals mention. Each statement knows its row; a row that is not taken is a reject with the reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow.compute as pc

from longarm.errors import SourceError
from longarm.ingest.batch import Reject
from longarm.ingest.formats import tabular
from longarm.ingest.formats.evaluating import Evaluation, Met
from longarm.ingest.formats.mapping import MappingFile, Query
from longarm.ingest.formats.saying import Said
from longarm.ingest.formats.tabular import How, Rows
from longarm.ingest.stream import About, Chunk, Input

_SHOWN = 20
"""Rows of one fault that are set aside with their text; of more, only the count is said."""


class Mapped:
    """The reader of tables under one mapping file."""

    name = "mapped"
    says = "Any CSV, TSV, XLSX or Parquet, by a mapping file in FollowTheMoney's language."

    def __init__(self, mapping: MappingFile, *, most: int | None = None) -> None:
        """`most` is the number of rows to read, for a preview."""
        self._mapping, self._most = mapping, most

    def recognises(self, head: bytes, name: str) -> float:  # noqa: ARG002 (the contract; a name says nothing)
        """Say how sure it is that this is a table: a mapping makes it what it is."""
        if tabular.kind(head) == "parquet":
            return 1.0
        if tabular.kind(head) == "sheet":
            return 0.6
        lines = head.split(b"\n", 3)
        return 0.4 if len(lines) > 1 and any(lines[0].count(d) for d in (b",", b";", b"\t", b"|")) else 0.1

    def about(self, source: Input) -> About:
        """Give what the mapping says of the source."""
        told = self._mapping.about
        stem = source.name.replace("\\", "/").rpartition("/")[2]
        given = self._mapping.dataset or stem
        return About(
            publisher=told.get("publisher"),
            publisher_class=told.get("publisher_class", "copy"),
            origin=str(told.get("origin") or f"table:{given}"),
            origin_name=str(told.get("label") or told.get("publisher") or given),
            published=None if told.get("published") is None else str(told["published"]),
            is_snapshot=told.get("snapshot") is True,
        )

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give the chunks behind the record `start`: the table is read again from its beginning, and passed over."""
        groups: dict[tuple[str | None, str | None], list[Query]] = {}
        for query in self._mapping.of(source.name):
            groups.setdefault((query.delimiter, query.sheet), []).append(query)
        # Several sheets have no common count of rows: then all is said again, and what was known adds nothing.
        behind = start[0] if len(groups) == 1 else 0
        for (delimiter, sheet), queries in groups.items():
            yield from self._of_table(source, How(delimiter, sheet, self._most), queries, behind)

    def _of_table(self, source: Input, how: How, queries: Sequence[Query], behind: int) -> Iterator[Chunk]:
        """Read a table once, for all its queries."""
        table = tabular.opened(source, how)
        for query in queries:
            _check_columns(self._mapping.name, query, table.head, source.name)
        evaluations = [Evaluation(query) for query in queries]
        passed: Counter[str] = Counter()
        records, position = 0, 0
        for rows in table.rows:
            rows = _behind(rows, behind)
            records = max(records, pc.max(rows.lines).as_py() or 0)
            position = rows.position
            said, met = Said(), Met()
            for evaluation in evaluations:
                evaluation.add(rows, said, met)
            passed.update(met.passed)
            rejects = (*rows.rejects, *_rejects(source.name, rows, met))
            yield Chunk(said.table(), rejects, records, position, rows.warnings)
        if passed:
            told = tuple(f"{count:,} rows {what}" for what, count in passed.items())
            yield Chunk(Said().table(), (), records, position, told)


def _behind(rows: Rows, record: int) -> Rows:
    if not record or not len(rows.lines) or rows.lines[0].as_py() > record:
        return rows
    mask = pc.greater(rows.lines, record)
    columns = {name: column.filter(mask) for name, column in rows.columns.items()}
    rejects = tuple(r for r in rows.rejects if r.line > record)
    return replace(rows, lines=rows.lines.filter(mask), columns=columns, rejects=rejects)


def _check_columns(file: str, query: Query, head: Sequence[str], table: str) -> None:
    """Raise where the mapping names a column that the table has not."""
    import difflib

    for column, line in query.columns.items():
        if column not in head:
            folded = {name.lower(): name for name in head}
            near = difflib.get_close_matches(column.lower(), folded, n=1)
            mend = f"did you mean '{folded[near[0]]}'?" if near else "it has: " + ", ".join(head[:40])
            raise SourceError(f"'{table}' has no column '{column}'", file=file, line=line, mend=mend)


def _rejects(name: str, rows: Rows, met: Met) -> Iterator[Reject]:
    """Give what was met with in rows as rejects, each with its row."""
    for reason, places in met.refused.items():
        for at, value in places[:_SHOWN]:
            row = {column: values[at].as_py() for column, values in rows.columns.items()}
            shown = json.dumps({k: v for k, v in row.items() if v}, ensure_ascii=False)[:2000]
            yield Reject(name, rows.lines[at].as_py(), reason.replace("…", _short(value)), shown)
        for at, value in places[_SHOWN:]:
            yield Reject(name, rows.lines[at].as_py(), reason.replace("…", _short(value)), "")


def _short(value: str) -> str:
    return value if len(value) <= 80 else value[:79] + "…"


def preview(mapping: MappingFile, source: Input, rows: int = 10) -> tuple[list[dict[str, object]], list[Chunk]]:
    """Give the entities of the first rows, in order, each with its row; and the chunks with what was refused."""
    chunks = list(Mapped(mapping, most=rows).read(source))
    found: dict[str, dict[str, object]] = {}
    for chunk in chunks:
        for said in chunk.said.to_pylist():
            entity = found.setdefault(
                said["entity_id"],
                {"row": said["record"], "id": said["entity_id"], "schema": said["schema"], "properties": {}},
            )
            if said["prop"] != "id":
                properties = entity["properties"]
                assert isinstance(properties, dict)
                values = properties.setdefault(said["prop"], [])
                if said["value"] not in values:
                    values.append(said["value"])
    return sorted(found.values(), key=lambda e: int(str(e["row"]))), chunks

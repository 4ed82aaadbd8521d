"""FollowTheMoney statements, as JSON lines or as CSV: read a block at a time as Arrow columns.

What FollowTheMoney calls the dataset of a statement is the source that it goes back to: it becomes the origin. Its
canonical ids are decisions of others; entities keep the ids that their sources gave them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from longarm.errors import EvidenceError, SourceError
from longarm.ingest import lines
from longarm.ingest.batch import Reject
from longarm.ingest.stream import SAID, About, Chunk
from longarm.model import cleaning, vocabulary
from longarm.model.statement import BASE

if TYPE_CHECKING:
    from longarm.ingest.stream import Input

_COLUMNS: Final = ("entity_id", "schema", "prop", "value", "dataset", "lang", "original_value")
_NEEDED: Final = _COLUMNS[:4]
_JSON: Final = re.compile(rb'^\{[^\n]*"prop"\s*:[^\n]*"value"\s*:|^\{[^\n]*"value"\s*:[^\n]*"prop"\s*:')


class FtmStatements:
    """The reader of JSON lines."""

    name = "ftm-statements"
    says = "FollowTheMoney statements, one JSON object a line with entity_id, schema, prop and value"

    def recognises(self, head: bytes, name: str) -> float:
        """By the keys of the first row."""
        del name
        return 0.97 if _JSON.search(head.removeprefix(lines.MARK).lstrip()) and b'"entity_id"' in head else 0.0

    def about(self, source: Input) -> About:
        """Say nothing: who published the file is told by who brings it in."""
        del source
        return About(None, "", "", "")

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give a chunk a block of lines. Raises SourceError where the file is none of text."""
        with source.open() as stream:
            for block in lines.blocks(stream, source.name, start):
                numbers, rows, rejects = [], [], list(block.rejects)
                for number, line in block.listed():
                    try:
                        rows.append(_row(orjson.loads(line)))
                        numbers.append(number)
                    except (ValueError, EvidenceError) as fault:
                        rejects.append(_reject(source.name, number, fault, line))
                yield _chunk(source.name, numbers, rows, rejects, block.last, block.position)


class FtmStatementSheet:
    """The reader of CSV."""

    name = "ftm-statements-csv"
    says = "FollowTheMoney statements as CSV, with entity_id, schema, prop and value in its head"

    def recognises(self, head: bytes, name: str) -> float:
        """By the first line."""
        del name
        first = head.removeprefix(lines.MARK).split(b"\n", 1)[0].decode("utf-8", "replace")
        return 0.97 if set(_NEEDED) <= {c.strip().strip('"') for c in first.split(",")} else 0.0

    def about(self, source: Input) -> About:
        """Say nothing: who published the file is told by who brings it in."""
        del source
        return About(None, "", "", "")

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give a chunk a block of lines. Raises SourceError where the head is none."""
        with source.open() as stream:
            names = _head(stream.readline(lines.MAX_LINE), source.name)
        with source.open() as stream:
            for block in lines.blocks(stream, source.name, start):
                numbers, rows, rejects = [], [], list(block.rejects)
                for number, line in block.listed():
                    if number == 1:
                        continue
                    try:
                        cells = next(csv.reader([line.decode("utf-8")], strict=True))
                        if len(cells) != len(names):
                            raise ValueError(f"the row has {len(cells)} cells; {len(names)} were expected")
                        rows.append(_row({n: c or None for n, c in zip(names, cells, strict=True)}))
                        numbers.append(number)
                    except (ValueError, csv.Error, StopIteration) as fault:
                        rejects.append(_reject(source.name, number, fault, line))
                yield _chunk(source.name, numbers, rows, rejects, block.last, block.position)


def _head(line: bytes, name: str) -> list[str]:
    text = line.removeprefix(lines.MARK).decode("utf-8", "replace").strip()
    names = next(csv.reader(io.StringIO(text)), [])
    if lacking := sorted(set(_NEEDED) - set(names)):
        raise SourceError(f"the head lacks {', '.join(lacking)}", file=name, line=1)
    return names


def _row(given: object) -> tuple[str | None, ...]:
    """Give the columns of one statement. Raises ValueError where one is missing, or no text."""
    if not isinstance(given, dict):
        raise ValueError("a row is one object with entity_id, schema, prop and value")
    row = tuple(given.get(c) for c in _COLUMNS)
    for column, value in zip(_COLUMNS, row, strict=True):
        if value is not None and not isinstance(value, str):
            raise ValueError(f"'{column}' is not a text")
        if column in _NEEDED and not (value and value.strip()):
            raise ValueError(f"the statement has no '{column}'")
    return row


def _reject(name: str, number: int, fault: Exception, line: bytes) -> Reject:
    return Reject(name, number, str(fault) or "the row is not whole", line[:2000].decode("utf-8", "replace"))


def _chunk(
    name: str, numbers: list[int], rows: list[tuple[str | None, ...]], rejects: list[Reject], last: int, position: int
) -> Chunk:
    """Check and clean the rows of a block, a type at a time."""
    if not rows:
        return Chunk(SAID.empty_table(), tuple(rejects), last, position)
    columns = {c: pa.array(v, pa.string()) for c, v in zip(_COLUMNS, zip(*rows, strict=True), strict=True)}
    schemata, props = columns["schema"].dictionary_encode(), columns["prop"].dictionary_encode()
    pairs = schemata.indices.to_numpy().astype(np.int64) * len(props.dictionary) + props.indices.to_numpy()
    kinds: dict[int, str] = {}
    values = columns["value"].to_pylist()
    fit = np.ones(len(rows), dtype=np.bool_)
    for pair in np.unique(pairs).tolist():
        schema, prop = (
            d.dictionary[i].as_py() for d, i in zip((schemata, props), divmod(pair, len(props.dictionary)), strict=True)
        )
        kind, fault = _kind(schema, prop)
        chosen = np.flatnonzero(pairs == pair)
        kinds[pair] = kind
        cleaned = (
            _cleaned(kind, pa.array([values[i] for i in chosen], pa.string())) if not fault else [None] * len(chosen)
        )
        for at, value in zip(chosen.tolist(), cleaned, strict=True):
            if value is None:
                fit[at] = False
                reason = fault or f"'{values[at]}' is not a {kind}, which {schema}.{prop} takes"
                rejects.append(Reject(name, numbers[at], reason, repr(rows[at])[:2000]))
            values[at] = value
    same = pc.equal(columns["original_value"], pa.array(values, pa.string()))
    original = pc.if_else(pc.fill_null(same, False), pa.scalar(None, pa.string()), columns["original_value"])
    origin = pc.binary_join_element_wise("dataset", columns["dataset"], ":")
    made = {
        "entity_id": columns["entity_id"],
        "schema": columns["schema"],
        "prop": columns["prop"],
        "prop_type": pa.array([kinds[p] for p in pairs.tolist()]),
        "value": pa.array(values, pa.string()),
        "original_value": original,
        "lang": columns["lang"],
        "record": pa.array(numbers, pa.int64()),
        "origin": origin,
        "stance": pa.array(["asserted"] * len(rows)),
    }
    table = pa.table({f.name: made[f.name] if f.name in made else pa.nulls(len(rows), f.type) for f in SAID})
    said = table.filter(pa.array(fit)).cast(SAID)
    return Chunk(said, tuple(sorted(rejects, key=lambda r: r.line)), last, position)


def _cleaned(kind: str, values: pa.Array) -> list[str | None]:
    if kind == "id":
        same: list[str | None] = values.to_pylist()
        return same
    cleaned: list[str | None] = cleaning.clean_column(kind, values).to_pylist()
    return cleaned


@cache
def _kind(schema: str, prop: str) -> tuple[str, str | None]:
    """Give the type of a property, and why there is none."""
    found = vocabulary.model().get(schema)
    if found is None:
        return "", f"there is no schema '{schema}'"
    if prop == BASE:
        return "id", None
    named = found.get(prop)
    if named is None or named.stub:
        return "", f"schema '{schema}' has no property '{prop}' to be given"
    return named.type.name, None

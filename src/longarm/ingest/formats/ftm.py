"""FollowTheMoney entities, one JSON object a line: read a block at a time as Arrow columns; what is amiss line by line.

`ftm_entities` says what a row may be and what is wrong with one; this module gives the same, only quicker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from longarm.errors import EvidenceError, SourceError
from longarm.ingest import ftm_entities, lines
from longarm.ingest.batch import Reject
from longarm.ingest.formats.ftm_columns import Columns
from longarm.ingest.stream import SAID, About, Chunk

if TYPE_CHECKING:
    from longarm.ingest.stream import Input
    from longarm.model.statement import Statement

_SMALL: Final = 64
"""lines that are not worth splitting further to find the one that is amiss"""
_SCHEMA: Final = re.compile(rb'"schema"\s*:\s*"')
_PROPERTIES: Final = re.compile(rb'"properties"\s*:\s*\{')
_STATEMENT: Final = re.compile(rb'"prop"\s*:\s*"')


class FtmEntities:
    """The reader."""

    name = "ftm"
    says = "FollowTheMoney entities, one JSON object a line with id, schema and properties"

    def recognises(self, head: bytes, name: str) -> float:
        """By the keys of the first rows; by a brace alone where nothing else is surer."""
        del name
        start = head.removeprefix(lines.MARK).lstrip()
        if not start.startswith(b"{"):
            return 0.0
        first = start.split(b"\n", 1)[0]
        if _SCHEMA.search(first) and _PROPERTIES.search(first):
            return 0.95
        return 0.9 if _SCHEMA.search(start) and _PROPERTIES.search(start) and not _STATEMENT.search(first) else 0.5

    def about(self, source: Input) -> About:
        """Say nothing: the file itself is the source, and who published it is told by who brings it in."""
        del source
        return About(None, "", "", "")

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give a chunk a block of lines. Raises SourceError where the file is none of text."""
        columns = Columns()
        with source.open() as stream:
            for block in lines.blocks(stream, source.name, start):
                tables, rejects = [], list(block.rejects)
                for piece in _pieces(block, columns):
                    tables.append(piece.said)
                    rejects += piece.rejects(source.name)
                said = pa.concat_tables(tables) if tables else SAID.empty_table()
                yield Chunk(said, tuple(sorted(rejects, key=lambda r: r.line)), block.last, block.position)


@dataclass(frozen=True)
class _Piece:
    said: pa.Table
    faults: tuple[tuple[int, str, str], ...] = ()

    def rejects(self, name: str) -> list[Reject]:
        return [Reject(name, line, reason, row[:2000]) for line, reason, row in self.faults]


def _pieces(block: lines.Block, columns: Columns) -> Iterator[_Piece]:
    """Read a block as columns; where it cannot be, halve it, until what is amiss stands among a few lines."""
    found = columns.read(block)
    if found is not None:
        said, amiss = found
        yield _Piece(said)
        if amiss:
            yield _by_line(block.chosen(amiss))
    elif block.count <= _SMALL:
        yield _by_line(block.listed())
    else:
        for half in block.halves():
            yield from _pieces(half, columns)


def _by_line(rows: Iterator[tuple[int, bytes]]) -> _Piece:
    """Read rows one by one, each with its reason where it is none."""
    taken: list[tuple[int, Statement]] = []
    faults = []
    for number, row in rows:
        try:
            text = row.decode("utf-8")
            taken += [(number, s) for s in ftm_entities.entity(text, "", ftm_entities.Citing(), "")]
        except (SourceError, EvidenceError) as fault:
            faults.append((number, fault.message, row.decode("utf-8", "replace")))
        except UnicodeDecodeError as fault:
            reason = f"byte {fault.start} (0x{row[fault.start]:02x}) is not UTF-8"
            faults.append((number, reason, row.decode("utf-8", "replace")))
    return _Piece(_said(taken), tuple(faults))


def _said(taken: list[tuple[int, Statement]]) -> pa.Table:
    rows = [
        {
            "entity_id": s.entity_id,
            "schema": s.schema,
            "prop": s.prop,
            "prop_type": s.prop_type,
            "value": s.value,
            "original_value": s.original_value,
            "record": number,
            "stance": s.evidence.stance,
            "valid_from": s.evidence.valid_from,
            "valid_to": s.evidence.valid_to,
        }
        for number, s in taken
    ]
    columns = {f.name: pa.array([r.get(f.name) for r in rows], f.type) for f in SAID}
    return pa.table(columns, schema=SAID)

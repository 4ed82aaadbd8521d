"""A reader of an invented register, so that loads can be stopped, repeated and followed by newer snapshots at will."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import longarm
from longarm.ingest.batch import Reject
from longarm.ingest.formats import known
from longarm.ingest.stream import SAID, About, Chunk, Input
from longarm.model.options import IngestOptions
from longarm.workspace import Ingested, Workspace, loading, preparing


@dataclass
class Register:
    """One line: `entity name`, `-entity` closes it, `?` is a bad row; the first says of what kind and date it is."""

    name: str = "register"
    says: str = "an invented register"
    chunk: int = 3
    """lines of a chunk"""
    die_after: int = field(default=10**9)
    """chunks after which it is killed"""

    def recognises(self, head: bytes, name: str) -> float:
        return 1.0 if head.startswith(b"#register") else 0.0

    def about(self, source: Input) -> About:
        with source.open() as stream:
            _, kind, date, follows = stream.readline().decode().split()
        return About(
            "The Register",
            "register",
            "register:invented",
            "Invented",
            date,
            kind == "snapshot",
            None if kind != "delta" else follows.strip("-"),
        )

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        with source.open() as stream:
            stream.seek(start[1])
            number, given = start[0], 0
            while rows := [r for r in (stream.readline() for _ in range(self.chunk)) if r]:
                if given >= self.die_after:
                    raise KeyboardInterrupt
                said, rejects, closed, first = [], [], [], number
                for number, row in enumerate(rows, start=first + 1):
                    text = row.decode().strip()
                    if text == "?":
                        rejects.append(Reject(source.name, number, "a question is no answer", text))
                    elif text.startswith("-"):
                        closed.append(text[1:])
                    elif not text.startswith("#"):
                        said.append((number, *text.split(" ", 1)))
                yield Chunk(table(said), tuple(rejects), number, stream.tell(), (), tuple(closed))
                given += 1


def table(said: list[tuple[int, str, str]]) -> pa.Table:
    """Names of entities as statements."""
    rows: list[dict[str, Any]] = []
    for number, entity, name in said:
        common = {"entity_id": entity, "schema": "Company", "record": number, "stance": "asserted"}
        rows.append({**common, "prop": "id", "prop_type": "id", "value": entity})
        rows.append({**common, "prop": "name", "prop_type": "name", "value": name})
    return pa.table({f.name: pa.array([r.get(f.name) for r in rows], f.type) for f in SAID}, schema=SAID)


@dataclass
class Desk:
    """Where sources are brought in, on any day."""

    ws: Workspace
    folder: Path
    reader: Register

    def bring(self, text: str, day: str = "2026-11-24", name: str = "source.txt") -> Ingested:
        """Load a source on a day."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        now = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        (task,) = preparing.tasks(self.ws, str(path), IngestOptions(), now)
        return loading.load(self.ws, task)

    def names(self, known_at: str | None = None) -> dict[str, tuple[str | None, str]]:
        """Give each name on file with its end and the day on which it was last seen."""
        rows = longarm.open(self.ws.layout.root).statements(known_at)
        return {r["value"]: (r["valid_to"], r["last_seen"]) for r in rows if r["prop"] == "name"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty workspace with the invented register among the readers."""
    reader = Register()
    before = known.readers()
    monkeypatch.setattr(known, "readers", lambda: (*before, reader))
    return Desk(longarm.init(tmp_path / "ws"), tmp_path, reader)

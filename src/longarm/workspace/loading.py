"""Large sources: archived by streaming, read in chunks, written in parts, seen once the last is in.

A load goes by stretches. The parts of a stretch are on disk before it is acknowledged in the decisions; a load that was
stopped goes on after its last stretch. One transaction makes them all visible. Memory is bounded by one part.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from longarm.errors import SourceError, WorkspaceError
from longarm.ingest.batch import Document, Origin
from longarm.ingest.stream import SAID
from longarm.model import identity
from longarm.model.tables import DOCUMENTS, ENDINGS, ORIGINS, STATEMENTS
from longarm.store import decisions, lake, loads
from longarm.store.loads import Stretch
from longarm.store.sorted_keys import SortedKeys, first_of_each
from longarm.workspace import rejecting
from longarm.workspace.finishing import Brought, finished
from longarm.workspace.gathering import Pending
from longarm.workspace.intake import Ingested, changed, rejected
from longarm.workspace.standing import Standing, closing

if TYPE_CHECKING:
    from pathlib import Path

    from longarm.ingest.batch import Reject
    from longarm.workspace.preparing import Kept, Task
    from longarm.workspace.store import OnFile

ROWS: Final = 1_000_000
"""statements of a part: what is held in memory at once"""
_ATTEMPTS: Final = 5
_WARNINGS: Final = 100


def load(ws: OnFile, task: Task) -> Ingested:
    """Load a source, from where it was stopped. What is on file already adds nothing."""
    begun = loads.begin(ws.database, task.stamp, task.key, task.scope, task.plan)
    if begun.commit is not None:
        return _ingested(ws, task, begun, commit=None)
    for _ in range(_ATTEMPTS):
        try:
            return _Run(ws, task, begun).whole()
        except loads.Overtaken:
            begun = loads.begin(ws.database, task.stamp, task.key, task.scope, task.plan)
            if begun.commit is not None:
                return _ingested(ws, task, begun, commit=None)
    raise WorkspaceError(f"others keep loading into '{task.dataset}'", mend="load one source of it at a time")


class _Run:
    """A load that is under way."""

    def __init__(self, ws: OnFile, task: Task, begun: loads.Load):
        self._ws = ws
        self._task = task
        self._notes = ws.layout.loading / task.key[:32]
        self._place = 1 + max((e.place or 0 for e in loads.committed(ws.database, task.scope)), default=0)
        self._standing: Standing | None = None
        if task.plan.kind != "list":
            ws.progress(f"Looking up what stands of {task.dataset}")
            self._standing = Standing.of(ws, task.scope, self._notes / "standing")
        self._load = self._resumed(begun)
        self._stretches = list(self._load.stretches)
        self._seen = SortedKeys(self._notes / "seen")
        self._began = time.monotonic()

    def whole(self) -> Ingested:
        """Read what is left, and commit. Raises Overtaken where another load of the scope came in between."""
        for ids in (*self._own(), *self._elsewhere()):
            self._seen.add(identity.keys_of(ids), np.zeros(len(ids), dtype=np.int64))
        last = self._stretches[-1] if self._stretches else None
        for index in range(last.input + last.is_end if last else 0, len(self._task.kept)):
            is_resumed = last is not None and last.input == index
            self._read(index, (last.record, last.position) if last and is_resumed else (0, 0))
        return self._commit()

    def _own(self) -> Iterator[pa.ChunkedArray]:
        """Give the ids of what this load has acknowledged."""
        for part in (p for s in self._stretches for p in s.parts):
            yield lake.read_part(self._ws.layout.parts, STATEMENTS, part, ["id"]).column("id")

    def _elsewhere(self) -> Iterator[pa.ChunkedArray]:
        """Give the ids of what is on file from the same documents, as another format or from an older program."""
        documents = pa.array(self._task.plan.documents)
        if not pc.any(pc.is_in(self._ws.table(DOCUMENTS).column("id"), value_set=documents)).as_py():
            return
        for part in decisions.parts(self._ws.database, STATEMENTS.name):
            table = lake.read_part(self._ws.layout.parts, STATEMENTS, part, ["id", "document"])
            yield table.filter(pc.is_in(table.column("document"), value_set=documents)).column("id")

    def _resumed(self, begun: loads.Load) -> loads.Load:
        """Give the load with the stretches that it can go on from."""
        if not begun.stretches:
            return begun
        if self._standing is not None and not self._standing.restore(self._marks(len(begun.stretches))):
            return loads.restart(self._ws.database, begun)
        self._ws.progress(f"Going on after record {begun.stretches[-1].record:,}, where an earlier run was stopped")
        return begun

    def _marks(self, stretch: int) -> Path:
        return self._notes / f"marks-{stretch}"

    def _read(self, index: int, start: tuple[int, int]) -> None:
        """Read one document to its end, in stretches."""
        kept, pending, at = self._task.kept[index], Pending(), start
        for chunk in self._task.reader.read(kept.source, start=start):
            pending.take(chunk)
            at = (chunk.records, chunk.position)
            if pending.is_full(ROWS):
                self._stretch(index, pending, at)
                pending = Pending()
        self._stretch(index, pending, at, is_end=True)

    def _stretch(self, index: int, pending: Pending, at: tuple[int, int], *, is_end: bool = False) -> None:
        """Write what is pending, and acknowledge it."""
        kept, number = self._task.kept[index], len(self._stretches) + 1
        parts = []
        said = pa.concat_tables(pending.said) if pending.said else SAID.empty_table()
        for start in range(0, said.num_rows, 2 * ROWS):
            table, rejects = self._new(said.slice(start, 2 * ROWS), kept, number)
            pending.rejects += rejects
            if table.num_rows:
                parts.append(lake.write(self._ws.layout.parts, STATEMENTS, table, self._task.scope))
        file = rejecting.write_piece(self._ws, self._task.key, number, pending.rejects)
        if self._standing is not None:
            self._standing.save(self._marks(number))
        warnings = tuple(dict.fromkeys(pending.warnings))[:_WARNINGS]
        closed = tuple(dict.fromkeys(pending.closed))
        stretch = Stretch(index, *at, tuple(parts), len(pending.rejects), file, warnings, closed, is_end)
        loads.acknowledge(self._ws.database, self._load, number, stretch)
        self._stretches.append(stretch)
        self._tell(kept, at)

    def _new(self, said: pa.Table, kept: Kept, number: int) -> tuple[pa.Table, list[Reject]]:
        """Give the statements that are neither on file nor in this load yet."""
        brought = Brought(
            self._task.dataset,
            kept.document,
            self._task.plan.day,
            kept.grade,
            kept.about.origin or f"document:{kept.document}",
            kept.source.name,
        )
        table, keys, rejects = finished(said, brought)
        is_new = first_of_each(keys) & (self._seen.find(keys) < 0)
        if self._standing is not None:
            is_new &= self._standing.new(table, number)
        if not is_new.all():
            table, keys = table.filter(pa.array(is_new)), keys[is_new]
        self._seen.add(keys, np.zeros(len(keys), dtype=np.int64))
        return table, rejects

    def _tell(self, kept: Kept, at: tuple[int, int]) -> None:
        rows = sum(p.rows for s in self._stretches for p in s.parts)
        share = f", {min(100, 100 * at[1] // kept.source.size)} %" if kept.source.size else ""
        seconds = time.monotonic() - self._began
        self._ws.progress(f"{kept.source.name}: {at[0]:,} records{share}, {rows:,} statements, {seconds:,.0f} s")

    def _commit(self) -> Ingested:
        """Make everything visible in one transaction, with what has ended."""
        ws, task = self._ws, self._task
        taken = sum(p.rows for s in self._stretches for p in s.parts)
        rejects = sum(s.rejects for s in self._stretches)
        is_known = self._standing is not None and bool(self._standing.marks.any())
        if rejects and not taken and not is_known:
            first = rejecting.first(ws, self._stretches)
            raise SourceError(first.reason, file=first.file, line=first.line, mend=f"expected: {task.reader.says}")
        endings, ended = self._endings()
        file = rejecting.joined(ws, task.dataset, task.key, self._stretches)
        parts = [*(p for s in self._stretches for p in s.parts), *endings, *self._described()]
        seq = decisions.commit(
            ws.database,
            task.stamp,
            source=task.source,
            dataset=task.dataset,
            parts=list(dict.fromkeys(parts)),
            decisions=list(rejected(ws, task.dataset, rejects, task.plan.day, task.plan.day)),
            also=lambda connection, seq: loads.settle(connection, self._load, seq, self._place),
        )
        rejecting.forget(ws, self._stretches)
        shutil.rmtree(self._notes, ignore_errors=True)
        taken_all = replace(self._load, stretches=tuple(self._stretches))
        return _ingested(ws, task, taken_all, commit=seq, file=file, ended=ended)

    def _described(self) -> Iterator[lake.Part]:
        """Write the rows of documents and origins that are new."""
        ws, task = self._ws, self._task
        documents = [_document(k).row(task.dataset) for k in task.kept]
        origins = {
            k.about.origin: Origin(k.about.origin, k.about.origin_name or k.about.origin).row(task.dataset)
            for k in task.kept
            if k.about.origin
        }
        for contract, rows in ((DOCUMENTS, documents), (ORIGINS, list(origins.values()))):
            if new := changed(ws, contract, rows):
                yield lake.write(ws.layout.parts, contract, contract.table(new))

    def _endings(self) -> tuple[list[lake.Part], int]:
        """Write the ends of what a snapshot no longer has, or a delta closes. Gives how many there are."""
        closed = {entity: number for number, s in enumerate(self._stretches, start=1) for entity in s.closed}
        parts, ended = [], 0
        for ids in self._gone(closed):
            if not len(ids):
                continue
            plan = self._task.plan
            columns = [ids, *(pa.repeat(v, len(ids)) for v in (plan.dated, plan.documents[-1], plan.day))]
            table = pa.table(columns, schema=ENDINGS.schema)
            parts.append(lake.write(self._ws.layout.parts, ENDINGS, table, self._task.scope))
            ended += len(ids)
        return parts, ended

    def _gone(self, closed: dict[str, int]) -> Iterator[pa.Array]:
        """Give the ids of statements that have ended: of what stood, then of what this load itself said before."""
        standing, kind = self._standing, self._task.plan.kind
        if standing is None and closed:
            standing = Standing.of(self._ws, self._task.scope, self._notes / "standing")
        if standing is not None:
            touched = None
            if kind == "delta":
                touched = pa.concat_arrays([standing.entities(), *self._own_entities()]).unique()
            elif kind == "list":
                touched = pa.array([], pa.string())
            yield from standing.vanished(touched, closed)
        if not closed:
            return
        for number, stretch in enumerate(self._stretches, start=1):
            for part in stretch.parts:
                table = lake.read_part(self._ws.layout.parts, STATEMENTS, part, ["id", "entity_id"])
                gone = pa.array(closing(table.column("entity_id"), closed) > number)
                yield table.column("id").filter(gone).combine_chunks()

    def _own_entities(self) -> Iterator[pa.Array]:
        for part in (p for s in self._stretches for p in s.parts):
            table = lake.read_part(self._ws.layout.parts, STATEMENTS, part, ["entity_id"])
            yield table.column("entity_id").unique()


def _document(kept: Kept) -> Document:
    is_register = kept.about.origin.startswith("register:")
    return Document(
        kept.document,
        b"",
        "register" if is_register else "data",
        kept.source.retrieved,
        kept.source.name,
        "application/octet-stream",
        kept.publisher,
        kept.publisher_class,
        kept.source.name,
        published=kept.about.published,
    )


def _ingested(
    ws: OnFile, task: Task, load: loads.Load, *, commit: int | None, file: str | None = None, ended: int = 0
) -> Ingested:
    said = [w for s in load.stretches for w in s.warnings]
    rejects = sum(s.rejects for s in load.stretches)
    if commit is None and rejects:
        file = rejecting.name(ws, task.dataset, task.key)
    return Ingested(
        task.dataset,
        commit,
        0 if commit is None else sum(p.rows for s in load.stretches for p in s.parts),
        0 if commit is None else len(task.kept),
        rejects,
        file,
        tuple(dict.fromkeys([*task.warnings, *said]))[:_WARNINGS],
        ended,
    )

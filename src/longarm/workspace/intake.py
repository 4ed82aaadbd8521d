"""Taking a source in: documents and parts first, each whole, then one transaction that makes them visible."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import longarm
from longarm import config
from longarm.store import archive, decisions
from longarm.store.files import write_whole

if TYPE_CHECKING:
    from longarm.ingest.batch import Batch
    from longarm.model.statement import Statement
    from longarm.model.tables import Contract
    from longarm.workspace.store import OnFile


@dataclass(frozen=True)
class Ingested:
    """What an ingest took, and what it did not."""

    dataset: str
    commit: int | None
    """None where everything was here already"""
    statements: int
    documents: int
    rejects: int
    reject_file: str | None
    warnings: tuple[str, ...] = ()
    withdrawn: int = 0
    """statements that an earlier version of the case made and this one no longer makes"""


def together(taken: Sequence[Ingested]) -> Ingested:
    """Say as one what several loads of one source took: a folder may hold two formats."""
    if len(taken) == 1:
        return taken[0]
    files = [t.reject_file for t in taken if t.reject_file]
    return Ingested(
        ", ".join(dict.fromkeys(t.dataset for t in taken)),
        max((t.commit for t in taken if t.commit is not None), default=None),
        sum(t.statements for t in taken),
        sum(t.documents for t in taken),
        sum(t.rejects for t in taken),
        ", ".join(files) or None,
        tuple(dict.fromkeys(w for t in taken for w in t.warnings)),
        sum(t.withdrawn for t in taken),
    )


def commit(ws: OnFile, batch: Batch, source: str, now: dt.datetime) -> Ingested:
    """Write what is new of a batch. A batch that is here already writes nothing."""
    from longarm.model import tables
    from longarm.model.statement import unseen
    from longarm.store import lake

    ws.progress(f"Writing {len(batch.statements):,} statements from {len(batch.documents):,} documents")
    today = str(now.date())
    is_first = not any(c["dataset"] == batch.dataset for c in decisions.commits(ws.database))
    on_file = ws.table(tables.STATEMENTS, "").select(["id", "dataset"]).to_pylist()
    statements = unseen(_dated(batch, today, is_first), {r["id"] for r in on_file})
    documents = changed(ws, tables.DOCUMENTS, [d.row(batch.dataset) for d in batch.documents.values()])
    origins = changed(ws, tables.ORIGINS, [o.row(batch.dataset) for o in batch.origins.values()])
    rejects = _write_rejects(ws, batch)
    said = [
        *_new_decisions(ws, batch, None if is_first else today),
        *rejected(
            ws, batch.dataset, len(batch.rejects), min((s.first_seen for s in batch.statements), default=today), today
        ),
    ]
    version = _version(ws, batch, on_file, today) if batch.is_whole else None
    if version is not None:
        said.append(version)
    if not (statements or documents or origins or said):
        return Ingested(batch.dataset, None, 0, 0, len(batch.rejects), rejects, tuple(batch.warnings))
    for document in batch.documents.values():
        archive.put(ws.layout.documents, document.data)
    parts = []
    for contract, rows in (
        (tables.DOCUMENTS, documents),
        (tables.ORIGINS, origins),
        (tables.STATEMENTS, [s.row() for s in statements]),
    ):
        if rows:
            parts.append(lake.write(ws.layout.parts, contract, contract.table(rows)))
    stamp = decisions.Stamp(now, config.read().author, f"longarm {longarm.__version__}")
    seq = decisions.commit(ws.database, stamp, source=source, dataset=batch.dataset, parts=parts, decisions=said)
    gone = len([i for i in version.value["withdrawn"] if " " not in i]) if version else 0
    return Ingested(
        batch.dataset, seq, len(statements), len(documents), len(batch.rejects), rejects, tuple(batch.warnings), gone
    )


def _dated(batch: Batch, today: str, is_first: bool) -> list[Statement]:
    """Give the statements with the day from which they are known here.

    What comes in first is known since its document was retrieved. What a later version of a case adds is known since
    that version came in: else yesterday's dossier would change.
    """
    retrieved: dict[str | None, str] = {}
    for d in batch.documents.values():
        retrieved[d.id] = max(d.retrieved, retrieved.get(d.id, ""))
    found = []
    for s in batch.statements:
        day = max(retrieved.get(s.evidence.document, s.first_seen), s.first_seen)
        found.append(replace(s, first_seen=day if is_first else max(day, today)))
    return found


def changed(ws: OnFile, contract: Contract, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the rows that are new, or say something else than the latest row of their key: a correction is a new row."""
    latest = {tuple(r[k] for k in contract.key): r for r in ws.table(contract).to_pylist()}
    whole = [{name: r.get(name) for name, *_ in contract.columns} for r in rows]
    return [r for r in whole if latest.get(tuple(r[k] for k in contract.key)) != r]


def rejected(ws: OnFile, dataset: str, rows: int, first: str, today: str) -> Iterable[decisions.Decision]:
    """Say how many rows of the source were not taken: every answer that rests on it says so too."""
    count = {"rows": rows}
    before = decisions.latest(ws.database, "rejects").get(dataset)
    if (before or rows) and before != count:
        yield decisions.Decision("rejects", dataset, count, first if before is None else today)


def _version(ws: OnFile, batch: Batch, on_file: list[dict[str, Any]], today: str) -> decisions.Decision | None:
    """Say what this version of a case no longer states, and what it states again; None where it is the one on file.

    Nothing is erased: an earlier `known_at` still sees what was stated then.
    """
    before = {r["id"] for r in on_file if r["dataset"] == batch.dataset}
    own = f"{batch.dataset}:"
    for kind in ("judgement", "note", "reply", "same", "scenario"):
        before |= {f"{kind} {s}" for s in decisions.latest(ws.database, kind) if s.startswith(own)}
    now = {s.id for s in batch.statements} | {f"{kind} {subject}" for kind, subject, _, _ in batch.decisions}
    gone = ws.withdrawn()
    withdrawn, restored = before - now - gone, now & gone
    if not withdrawn and not restored:
        return None
    value = {"withdrawn": sorted(withdrawn), "restored": sorted(restored)}
    return decisions.Decision("version", batch.dataset, value, today)


def _new_decisions(ws: OnFile, batch: Batch, since: str | None) -> Iterable[decisions.Decision]:
    """Give the decisions that are new or changed; those of a later version are known `since` the day it came in."""
    on_file = {kind: decisions.latest(ws.database, kind) for kind in {d[0] for d in batch.decisions}}
    for kind, subject, value, day in batch.decisions:
        if on_file[kind].get(subject) != value:
            yield decisions.Decision(kind, subject, value, max(day, since or day))


def _write_rejects(ws: OnFile, batch: Batch) -> str | None:
    if not batch.rejects:
        return None
    body = "".join(json.dumps(asdict(r), ensure_ascii=False) + "\n" for r in batch.rejects).encode()
    path = ws.layout.rejects / f"{batch.dataset}-{archive.name_of(body)[:12]}.jsonl"
    write_whole(path, body)
    return str(path.relative_to(ws.layout.root))

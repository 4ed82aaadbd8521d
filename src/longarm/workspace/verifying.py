"""Whether everything on file is what was committed: every byte, every contract, every span, every id that is named.

What is damaged is named. It can be set aside, so that the rest is served; then every answer says that rows are missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import longarm
from longarm import config
from longarm.errors import ContractError, Damaged, UnknownEntity
from longarm.store import archive, decisions, lake
from longarm.store.decisions import Decision, Kept, Stamp

if TYPE_CHECKING:
    import pyarrow as pa
    import sqlalchemy as sa

    from longarm.workspace.store import OnFile

SET_ASIDE: Final = 0
"""stands where a compaction's number would: a part that is damaged"""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was committed."""

    kind: str
    """part, document, span, reference"""
    name: str
    """its id"""
    says: str
    commit: int | None = None


@dataclass(frozen=True)
class Verified:
    """What was looked at, and what is wrong."""

    parts: int
    documents: int
    statements: int
    faults: tuple[Fault, ...]
    set_aside: int = 0
    """parts that are read no more, from now on"""
    taken_back: int = 0
    """parts that were set aside, and are whole again"""


def verify(ws: OnFile, *, set_aside: bool = False, now: dt.datetime | None = None) -> Verified:
    """Look at everything. With `set_aside`, damaged parts are read no more, and mended ones again."""
    kept = decisions.kept(ws.database)
    faults: list[Fault] = []
    bad, whole = [], []
    statements = 0
    documents = _documents(ws, faults)
    seen: list[pa.Array] = []
    for each in kept:
        ws.progress(f"Part {each.part.hash[:12]} of {each.part.table}")
        try:
            table = _checked(ws, each.part)
        except (Damaged, ContractError) as fault:
            faults.append(Fault("part", each.part.hash, fault.message, each.commit))
            if each.retired is None:
                bad.append(each)
            continue
        if each.retired == SET_ASIDE:
            whole.append(each)
            faults.append(Fault("part", each.part.hash, "it was set aside and is whole again", each.commit))
        if each.part.table == "statements" and each.retired is None:
            statements += table.num_rows
            faults += _in_statements(ws, table, documents, each.commit)
            seen.append(table.column("id"))
    faults += _dangling_ends(ws, kept, seen)
    if set_aside and (bad or whole):
        _set_aside(ws, bad, whole, now or dt.datetime.now(dt.UTC))
    done = (len(bad), len(whole)) if set_aside else (0, 0)
    return Verified(len(kept), len(documents), statements, tuple(faults), *done)


def _checked(ws: OnFile, part: lake.Part) -> pa.Table:
    """Read a part whole, held against its hash, its contract and the ids of its rows."""
    import pyarrow as pa

    from longarm.model import identity
    from longarm.model.tables import CONTRACTS

    contract = next((c for c in CONTRACTS if c.name == part.table), None)
    if contract is None:
        raise ContractError(f"there is no table '{part.table}'")
    try:
        table = lake.read_part(ws.layout.parts, contract, part)
    except pa.ArrowException as fault:
        raise Damaged(f"part '{part.hash}' is no table: {fault}") from None
    if table.num_rows != part.rows:
        raise Damaged(f"part '{part.hash}' has {table.num_rows:,} rows; {part.rows:,} were committed")
    contract.check(table)
    if part.table == "statements" and not identity.ids(table).equals(table.column("id").combine_chunks()):
        raise Damaged(f"part '{part.hash}' has statements whose ids are not those of what they say")
    return table


def _documents(ws: OnFile, faults: list[Fault]) -> set[str]:
    """Give the ids of the documents on file; the bytes of each are read through."""
    import pyarrow.compute as pc

    from longarm.model.tables import DOCUMENTS

    found: set[str] = set()
    for part in decisions.parts(ws.database, DOCUMENTS.name):
        try:
            ids = lake.read_part(ws.layout.parts, DOCUMENTS, part, ["id"]).column("id")
        except Damaged:
            continue  # named where the parts are looked at
        found |= set(pc.unique(ids).to_pylist())
    for document in sorted(found):
        try:
            archive.check(ws.layout.documents, document)
        except (Damaged, UnknownEntity) as fault:
            faults.append(Fault("document", document, fault.message))
    return found


def _in_statements(ws: OnFile, table: pa.Table, documents: set[str], commit: int) -> Iterator[Fault]:
    """Find documents that are cited and not there, and spans that lie outside their text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cited = pc.drop_null(pc.unique(table.column("document")))
    for document in sorted(set(cited.to_pylist()) - documents):
        yield Fault("reference", document, "statements cite this document, which is not on file", commit)
    spans = table.filter(pc.is_valid(table.column("span_start"))).select(["document", "span_start", "span_end"])
    grouped = pa.TableGroupBy(spans, "document", use_threads=False)
    for row in grouped.aggregate([("span_start", "min"), ("span_end", "max")]).to_pylist():
        try:
            length = len(ws.text(row["document"]))
        except (Damaged, UnknownEntity):
            continue  # named where the documents are looked at
        if row["span_start_min"] < 0 or row["span_end_max"] > length:
            says = f"a statement quotes characters up to {row['span_end_max']:,} of {length:,}"
            yield Fault("span", row["document"], says, commit)


def _dangling_ends(ws: OnFile, kept: list[Kept], seen: list[pa.Array]) -> Iterator[Fault]:
    """Find ends of statements that are not on file."""
    import numpy as np
    import pyarrow as pa

    from longarm.model import identity
    from longarm.model.tables import ENDINGS
    from longarm.store.sorted_keys import SortedKeys

    ends = [k for k in kept if k.part.table == ENDINGS.name and k.retired is None]
    if not ends:
        return
    known = SortedKeys()
    for ids in seen:
        keys = identity.keys_of(ids)
        known.add(keys, np.zeros(len(keys), dtype=np.int64))
    for each in ends:
        try:
            named = lake.read_part(ws.layout.parts, ENDINGS, each.part, ["statement"]).column("statement")
        except (Damaged, pa.ArrowException):
            continue  # named where the parts are looked at
        missing = int((known.find(identity.keys_of(named)) < 0).sum())
        if missing:
            says = f"{missing:,} statements that ended are not on file"
            yield Fault("reference", each.part.hash, says, each.commit)


def _set_aside(ws: OnFile, bad: list[Kept], whole: list[Kept], now: dt.datetime) -> None:
    """Read damaged parts no more and mended ones again, in one transaction; answers say how many rows are missing."""
    commits = {c["seq"]: c["dataset"] for c in decisions.commits(ws.database)}
    rows = {k: int(v["rows"]) for k, v in decisions.latest(ws.database, "rejects").items()}
    changed: dict[str, int] = {}
    for sign, parts in ((1, bad), (-1, whole)):
        for each in parts:
            dataset = each.part.scope.partition(" ")[0] or commits[each.commit]
            changed[dataset] = changed.get(dataset, rows.get(dataset, 0)) + sign * each.part.rows

    def mark(connection: sa.Connection, _: int) -> None:
        decisions.retire(connection, [k.part.hash for k in bad], SET_ASIDE)
        decisions.retire(connection, [k.part.hash for k in whole], None, before=SET_ASIDE)

    stamp = Stamp(now, config.read().author, f"longarm {longarm.__version__}")
    said = [Decision("rejects", d, {"rows": max(0, n)}, str(now.date())) for d, n in sorted(changed.items())]
    decisions.commit(ws.database, stamp, source="verification", dataset="", parts=[], decisions=said, also=mark)

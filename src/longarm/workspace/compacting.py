"""Many small parts made few large ones, in one transaction: nothing that can be asked has another answer afterwards.

The old parts stay on disk and in the manifest, retired: what a commit brought can still be shown. Documents and origins
are left alone, for their later rows correct earlier ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import longarm
from longarm import config
from longarm.errors import WorkspaceError
from longarm.model.tables import ENDINGS, STATEMENTS
from longarm.store import decisions, lake
from longarm.store.decisions import Stamp

if TYPE_CHECKING:
    import pyarrow as pa
    import sqlalchemy as sa

    from longarm.model.tables import Contract
    from longarm.workspace.store import OnFile

ROWS: Final = 1_000_000
"""rows of a part that is large enough"""
SOURCE: Final = "compaction"
"""what its commit is of"""


@dataclass(frozen=True)
class Compacted:
    """What came of it."""

    commit: int | None
    """None where there was nothing to do"""
    parts_before: int
    parts_after: int
    bytes_before: int
    bytes_after: int


def compact(ws: OnFile, now: dt.datetime) -> Compacted:
    """Merge small parts. Raises Damaged where one is, WorkspaceError where another compaction came in between."""
    old: list[lake.Part] = []
    new: list[lake.Part] = []
    for contract in (STATEMENTS, ENDINGS):
        for group in _groups(decisions.parts(ws.database, contract.name)):
            ws.progress(f"Merging {len(group):,} parts of {contract.name}")
            merged = lake.write(ws.layout.parts, contract, _merged(ws, contract, group), group[0].scope)
            old += group
            new.append(merged)
    if not old:
        return Compacted(None, 0, 0, 0, 0)

    def swap(connection: sa.Connection, seq: int) -> None:
        if decisions.retire(connection, [p.hash for p in old], seq) != len(old):
            raise WorkspaceError("another compaction came in between", mend="nothing was changed; ask again if needed")

    stamp = Stamp(now, config.read().author, f"longarm {longarm.__version__}")
    seq = decisions.commit(ws.database, stamp, source=SOURCE, dataset="", parts=new, also=swap)
    return Compacted(seq, len(old), len(new), sum(p.size for p in old), sum(p.size for p in new))


def _groups(parts: Sequence[lake.Part]) -> Iterator[list[lake.Part]]:
    """Give the parts of each scope that make one together, in their order.

    Of cases all are taken, for of a row that two of them have, the earlier one counts.
    """
    scopes: dict[str, list[lake.Part]] = {}
    for part in parts:
        if not part.scope or part.rows < ROWS // 2:
            scopes.setdefault(part.scope, []).append(part)
    for scope in sorted(scopes):
        group: list[lake.Part] = []
        for part in scopes[scope]:
            if scope and group and sum(p.rows for p in group) + part.rows > ROWS:
                if len(group) > 1:
                    yield group
                group = []
            group.append(part)
        if len(group) > 1:
            yield group


def _merged(ws: OnFile, contract: Contract, group: Sequence[lake.Part]) -> pa.Table:
    """Give the rows of parts in their order, each key once: the first."""
    import pyarrow as pa

    from longarm.model import identity
    from longarm.store.sorted_keys import first_of_each

    table = pa.concat_tables([lake.read_part(ws.layout.parts, contract, p) for p in group]).combine_chunks()
    first = first_of_each(identity.keys_of(table.column(contract.key[0])))
    return table if first.all() else table.filter(pa.array(first))

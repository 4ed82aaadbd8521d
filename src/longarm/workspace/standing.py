"""What stands of one source before a newer snapshot or a delta of it comes in, and what of it the newcomer says again.

Statements that are said again are not written again; those that are not, end. Both are told by what they say, whatever
document they stand in (`identity.sayings`).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from longarm.errors import Damaged
from longarm.model import identity
from longarm.model.tables import ENDINGS, STATEMENTS
from longarm.store import decisions, lake
from longarm.store.files import write_whole
from longarm.store.sorted_keys import Flags, Numbers, SortedKeys

if TYPE_CHECKING:
    from longarm.workspace.store import OnFile

Marks = npt.NDArray[np.uint32]

_SAYING: Final = [n for n in identity.NEEDED if n != "document"]


@dataclass
class Standing:
    """The statements of a scope that have not ended, by what they say."""

    ws: OnFile
    parts: list[lake.Part]
    starts: list[int]
    """of each part, the number of its first statement"""
    known: SortedKeys
    is_ended: Flags
    marks: Marks
    """of each statement, the last stretch of the newcomer, from 1, that says it again; 0 where none does"""
    digest: str = field(default="")
    """changes with the parts: marks of another state count for nothing"""

    @classmethod
    def of(cls, ws: OnFile, scope: str, folder: Path) -> Standing:
        """Read what stands of a scope."""
        parts = decisions.parts(ws.database, STATEMENTS.name, scope=scope)
        ended = SortedKeys()
        endings = decisions.parts(ws.database, ENDINGS.name, scope=scope)
        for part in endings:
            rows = lake.read_part(ws.layout.parts, ENDINGS, part, ["statement"])
            keys = identity.keys_of(rows.column("statement"))
            ended.add(keys, np.zeros(len(keys), dtype=np.int64))
        starts = [0, *np.cumsum([p.rows for p in parts]).tolist()]
        is_ended = np.zeros(starts[-1], dtype=np.bool_)
        known = SortedKeys(folder)
        for start, part in zip(starts, parts, strict=False):
            numbers = np.arange(start, start + part.rows, dtype=np.int64)
            if len(ended):
                ids = lake.read_part(ws.layout.parts, STATEMENTS, part, ["id"]).column("id")
                is_ended[start : start + part.rows] = ended.find(identity.keys_of(ids)) >= 0
            stands = ~is_ended[start : start + part.rows]
            known.add(sayings(ws, part)[stands], numbers[stands])
        digest = hashlib.sha256("".join(p.hash for p in (*parts, *endings)).encode()).hexdigest()
        return cls(ws, parts, starts[:-1], known, is_ended, np.zeros(starts[-1], dtype=np.uint32), digest)

    def new(self, statements: pa.Table, stretch: int) -> Flags:
        """Say of each statement whether nothing that stands says it; mark what does."""
        if not len(self.known):
            return np.ones(statements.num_rows, dtype=np.bool_)
        found = self.known.find(identity.sayings(statements))
        self.marks[found[found >= 0]] = stretch
        return found < 0

    def vanished(self, touched: pa.Array | None, closed: dict[str, int]) -> Iterator[pa.Array]:
        """Give the ids of what has ended, a part at a time.

        `touched` are the entities that the newcomer speaks of; None where it speaks of all there are. `closed` are
        those that it says have ended, each with the stretch in which it does: what a later one says again stands.
        """
        for start, part in zip(self.starts, self.parts, strict=True):
            rows = slice(start, start + part.rows)
            marks = self.marks[rows]
            table = lake.read_part(self.ws.layout.parts, STATEMENTS, part, ["id", "entity_id"])
            entities = table.column("entity_id")
            gone = marks == 0
            if touched is not None:
                gone &= pc.is_in(entities, value_set=touched).to_numpy()
            if closed:
                gone |= marks < closing(entities, closed)
            gone &= ~self.is_ended[rows]
            if gone.any():
                yield table.column("id").filter(pa.array(gone)).combine_chunks()

    def entities(self) -> pa.Array:
        """Give the entities of what the newcomer says again."""
        found = []
        for start, part in zip(self.starts, self.parts, strict=True):
            marked = self.marks[start : start + part.rows] > 0
            if marked.any():
                table = lake.read_part(self.ws.layout.parts, STATEMENTS, part, ["entity_id"])
                found.append(table.column("entity_id").filter(pa.array(marked)).unique())
        return pa.concat_arrays(found).unique() if found else pa.array([], pa.string())

    def save(self, path: Path) -> None:
        """Write the marks down, so that a load that is stopped can go on."""
        packed = pa.compress(self.marks.tobytes(), "zstd", asbytes=True)
        write_whole(path, f"{self.digest}\n".encode() + packed)

    def restore(self, path: Path) -> bool:
        """Take the marks up again. Gives False where they are missing, or of another state of the scope."""
        try:
            digest, _, packed = path.read_bytes().partition(b"\n")
            if digest.decode() != self.digest:
                return False
            marks = pa.decompress(packed, self.marks.nbytes, "zstd", asbytes=True)
        except (OSError, ValueError, pa.ArrowException):
            return False
        self.marks = np.frombuffer(marks, dtype=np.uint32).copy()
        return True


def closing(entities: pa.ChunkedArray, closed: Mapping[str, int]) -> Marks:
    """Give for each entity the stretch behind the one that closes it, 0 where none does.

    A record's own parts go with it: readers name them after it, with a full stop between.
    """
    coded = pc.dictionary_encode(entities.combine_chunks())
    last = [
        max((closed.get(name, -1) + 1 for name in _with_records(e)), default=0) for e in coded.dictionary.to_pylist()
    ]
    found: Marks = np.array(last, dtype=np.uint32)[coded.indices.to_numpy(zero_copy_only=False)]
    return found


def _with_records(entity: str) -> Iterator[str]:
    """Give the entity, and whatever it may be a part of by its name."""
    yield entity
    at = entity.rfind(".")
    while at > 0:
        yield entity[:at]
        at = entity.rfind(".", 0, at)


def sayings(ws: OnFile, part: lake.Part) -> Numbers:
    """Give what each statement of a part says, as a hash: a derived array, made again where it is missing."""
    path = ws.layout.indexes / "sayings" / f"{part.hash}.npy"
    try:
        kept: Numbers = np.load(path, mmap_mode="r")
        if kept.shape == (part.rows, 2):
            return kept
    except (OSError, ValueError, EOFError):
        pass
    table = lake.read_part(ws.layout.parts, STATEMENTS, part, _SAYING)
    if table.num_rows != part.rows:
        raise Damaged(f"part '{part.hash}' has {table.num_rows:,} rows, not {part.rows:,}", mend="'longarm verify'")
    made = identity.sayings(table)
    out = io.BytesIO()
    np.save(out, made)
    write_whole(path, out.getvalue())
    return made

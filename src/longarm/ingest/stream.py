"""How a large source comes in: a reader of one format gives statements in chunks, as Arrow tables, and what it refused.

A reader sees a stream of bytes, never a path. It gives what the source says; who brought it, under which document and
since when it is known are added where it is committed (`workspace`), for all formats in one way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

import pyarrow as pa

if TYPE_CHECKING:
    from longarm.ingest.batch import Reject

_TEXT: Final = pa.string()
_WORD: Final = pa.dictionary(pa.int32(), pa.string())

SAID: Final = pa.schema(
    [
        pa.field("entity_id", _TEXT, nullable=False),
        pa.field("schema", _WORD, nullable=False),
        pa.field("prop", _WORD, nullable=False),
        pa.field("prop_type", _WORD, nullable=False),
        pa.field("value", _TEXT, nullable=False),
        pa.field("original_value", _TEXT),
        pa.field("lang", _WORD),
        pa.field("record", pa.int64(), nullable=False),
        pa.field("origin", _WORD),
        pa.field("speaker", _TEXT),
        pa.field("stance", _WORD, nullable=False),
        pa.field("grade", _WORD),
        pa.field("valid_from", _TEXT),
        pa.field("valid_to", _TEXT),
    ]
)
"""What a reader gives of each statement. `record` is the line of the source (line-based formats) or the number of the
record (others), counted from 1. An entity's first statement has the property `id`, as `model.statement.BASE` says."""


@dataclass(frozen=True)
class Input:
    """A source as a reader sees it: decompressed, from the start each time it is opened."""

    name: str
    """as people named it; inside an archive `outer.zip!inner.json`"""
    open: Callable[[], BinaryIO]
    retrieved: str
    """ISO day"""
    size: int | None = None
    """bytes, where known"""


@dataclass(frozen=True)
class Chunk:
    """What one stretch of a source gave."""

    said: pa.Table
    """under `SAID`"""
    rejects: tuple[Reject, ...]
    records: int
    """records read up to here, from the start of the source"""
    position: int
    """bytes read up to here: progress, and where a stopped load goes on"""
    warnings: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    """entities or relations that this source says have ended or were withdrawn as records (deltas)"""


@dataclass(frozen=True)
class About:
    """What a reader says of the source as a whole, for documents, origins and snapshots."""

    publisher: str | None
    publisher_class: str
    origin: str
    """stable id of the independent source, such as `register:gleif`"""
    origin_name: str
    published: str | None = None
    is_snapshot: bool = False
    """True where what is missing in it has ended; False for a delta or an open list"""
    follows: str | None = None
    """for deltas: the snapshot or delta that it must follow, where the format says"""


class Reader(Protocol):
    """One format, in one module of `longarm.ingest.formats`."""

    name: str
    """as on the command line: `bods`, `gleif-lei`, …"""
    says: str
    """one sentence for people"""

    def recognises(self, head: bytes, name: str) -> float:
        """Say from the first 64 KiB how sure it is that this is its format, 0 to 1; the name is a hint only."""

    def about(self, source: Input) -> About:
        """Read what the source says of itself. Raises SourceError."""

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give the chunks, from `(record, position)` on. Bad records are rejects; SourceError where nothing can be read."""

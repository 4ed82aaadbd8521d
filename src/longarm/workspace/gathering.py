"""What was read of a large source since its last stretch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from longarm.errors import ContractError
from longarm.ingest.stream import SAID

if TYPE_CHECKING:
    from longarm.ingest.batch import Reject
    from longarm.ingest.stream import Chunk


@dataclass
class Pending:
    """What was read since the last stretch."""

    said: list[pa.Table] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rows: int = 0

    def take(self, chunk: Chunk) -> None:
        """Add a chunk. Raises ContractError where it is not as `SAID` declares."""
        if not chunk.said.schema.equals(SAID):
            raise ContractError(f"a reader gave {chunk.said.schema}, not {SAID}")
        self.said.append(chunk.said)
        self.rejects += chunk.rejects
        self.closed += chunk.closed
        self.warnings += chunk.warnings
        self.rows += chunk.said.num_rows

    def is_full(self, rows: int) -> bool:
        """True where a stretch should end: there is a part's worth, or something was closed that may come again."""
        return self.rows >= rows or len(self.rejects) >= rows // 10 + 1 or bool(self.closed)

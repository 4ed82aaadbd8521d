"""What the three readers of GLEIF share: records become chunks, faults become rejects, oddities become warnings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Protocol

from longarm.ingest.batch import Reject
from longarm.ingest.formats.clean import Cleaner
from longarm.ingest.formats.columnar import Sheet
from longarm.ingest.formats.gleif_shape import Record, Shape
from longarm.ingest.formats.gleif_source import ORIGIN, records
from longarm.ingest.formats.gleif_words import LEI
from longarm.ingest.formats.oddities import Odd
from longarm.ingest.stream import Chunk, Input

CHUNK: Final = 5_000
"""records of a chunk"""


class Bad(ValueError):
    """A record that says too little to be one; the message is the reason."""


class Writer(Protocol):
    """Takes records one by one, and says of all of them together what they say."""

    def take(self, number: int, record: Record) -> None:
        """Take a record. Raises Bad."""

    def write(self, sheet: Sheet) -> None:
        """Say what was taken."""

    closed: list[str]


def chunks(source: Input, shape: Shape, writer: Any, start: tuple[int, int], odd: Odd) -> Iterator[Chunk]:
    """Read a source in chunks. `writer` makes a Writer for each. Raises SourceError where nothing can be read."""
    cleaner = Cleaner()
    number, position = start
    rejects: list[Reject] = []
    present: Writer = writer(odd)
    taken = 0

    def chunk() -> Chunk:
        sheet = Sheet(ORIGIN, cleaner)
        present.write(sheet)
        said = odd.said() + cleaner.warnings()
        return Chunk(sheet.finish(), tuple(rejects), number, position, said, tuple(dict.fromkeys(present.closed)))

    for found in records(source, shape, start):
        is_cut = (
            found.position > position
        )  # several records may be read as one stretch: a load goes on where one begins
        position = found.position
        if taken >= CHUNK and is_cut:
            yield chunk()
            rejects, present, taken = [], writer(odd), 0
        if found.record is None:
            number = max(number, found.number)
            rejects.append(Reject(source.name, found.number, found.fault, ""))
            taken += 1
            continue
        number = found.number
        taken += 1
        try:
            present.take(number, found.record)
        except Bad as fault:
            rejects.append(Reject(source.name, number, str(fault), shown(found.record)))
    position = max(position, source.size or 0)
    yield chunk()


def shown(record: Record) -> str:
    """Give the beginning of a record as text, for people."""
    return ", ".join(f"{path}: {value}" for path, value in record.items())[:2000]


def lei(record: Record, path: str) -> str:
    """Give the LEI that stands at a path. Raises Bad where it is none."""
    given = record.get(path, "")
    code = given.upper() if isinstance(given, str) else ""
    if not LEI.fullmatch(code):
        raise Bad(f"{path}: '{str(given)[:60]}' is no LEI; 18 letters and digits and two digits were expected")
    return code

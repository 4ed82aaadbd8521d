"""Reader of the United Kingdom's register of persons with significant control: JSON lines, snapshot or stream.

The mapping is in docs/formats/psc.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import orjson

from longarm.errors import SourceError
from longarm.ingest.batch import Reject
from longarm.ingest.formats.bounded import MAX_LINE, Line, blocks, opened
from longarm.ingest.formats.clean import Cleaner
from longarm.ingest.formats.collecting import paused
from longarm.ingest.formats.columnar import Sheet
from longarm.ingest.formats.oddities import Odd
from longarm.ingest.formats.psc_lines import Bad
from longarm.ingest.formats.psc_sheet import Counted, Entries
from longarm.ingest.formats.psc_words import EXEMPTIONS, PEOPLE, PROTECTED, STATEMENT, TOTALS
from longarm.ingest.stream import About, Chunk, Input

ORIGIN: Final = "register:gb-psc"
CHUNK: Final = 20_000
"""lines of a chunk"""
_KINDS: Final = re.compile(
    rb'"kind"\s*:\s*"(?:'
    + b"|".join(re.escape(kind.encode()) for kind in (*PEOPLE, *PROTECTED, STATEMENT, EXEMPTIONS, TOTALS))
    + rb')"|"resource_kind"\s*:\s*"company-(?:psc|exemptions)'
)
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})")
_PART: Final = re.compile(r"_(\d+)of(\d+)")


class PersonsWithSignificantControl:
    """Persons with significant control, and beneficial owners of overseas entities."""

    name = "psc"
    says = "persons with significant control (Companies House: snapshot, its parts, or events of the stream)"

    def recognises(self, head: bytes, name: str) -> float:  # noqa: ARG002 (told by its content alone)
        """Say how sure it is that these are the first bytes of the register."""
        plain = head.replace(b"\0", b"")  # UTF-16 of what is ASCII
        is_line = b'"company_number"' in plain or b'"resource_uri"' in plain or TOTALS.encode() in plain
        return 0.95 if is_line and _KINDS.search(plain) else 0.0

    def about(self, source: Input) -> About:
        """Say what is known of the file; it says nothing of itself but in its name. Raises SourceError."""
        with source.open() as stream:
            head = stream.read(1 << 16)
        if not self.recognises(head, source.name):
            raise SourceError(
                "this is nothing of the register of persons with significant control",
                file=source.name,
                mend="JSON lines of Companies House were expected",
            )
        named = _DAY.search(source.name)
        is_stream = b'"resource_uri"' in head.replace(b"\0", b"")
        return About(
            publisher="Companies House",
            publisher_class="register",
            origin=ORIGIN,
            origin_name="Register of persons with significant control (Companies House)",
            published=named[1] if named else None,
            is_snapshot=not is_stream and not _is_part(source.name),
            follows="" if is_stream else None,  # events change what is on file; which came before, none of them says
        )

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give the entries, from `(line, position)` on. Raises SourceError where not one line is one."""
        reading = _Reading(source.name, start)
        for block in blocks(opened(source), start):
            with paused():
                reading.take(block)
            if reading.taken >= CHUNK:
                yield reading.chunk()
        reading.end()
        yield reading.chunk(_compared(reading.counted, source.name) if not start[0] else ())


class _Reading:
    """What was read since the last chunk, and what is counted over the whole file."""

    def __init__(self, name: str, start: tuple[int, int]) -> None:
        self.counted = Counted()
        self.taken = 0
        self._name = name
        self._number, self._position = start
        self._cleaner, self._odd = Cleaner(), Odd()
        self._rejects: list[Reject] = []
        self._entries = Entries(self._odd, self.counted)
        self._has_some = bool(start[0])

    def take(self, block: list[Line]) -> None:
        """Take lines; what is wrong with one is kept."""
        for number, position, line in block:
            fault = ""
            try:
                if line is None:
                    fault = f"the line is longer than {MAX_LINE >> 20} MiB"
                elif line and not line.isspace():
                    self._entries.take(number, orjson.loads(line))
                    self._has_some = True
            except orjson.JSONDecodeError as error:
                fault = f"this is not JSON: {error}"
            except Bad as error:
                fault = str(error)
            if fault:
                self._rejects.append(Reject(self._name, number, fault, _shown(line or b"")))
            self._number, self._position = number, position
        self.taken += len(block)

    def chunk(self, more: tuple[str, ...] = ()) -> Chunk:
        """Give what was taken since the last chunk."""
        sheet = Sheet(ORIGIN, self._cleaner)
        with paused():
            self._entries.write(sheet)
        said = self._odd.said() + self._cleaner.warnings() + more
        closed = tuple(dict.fromkeys(self._entries.closed))
        found = Chunk(sheet.finish(), tuple(self._rejects), self._number, self._position, said, closed)
        self._rejects, self._entries, self.taken = [], Entries(self._odd, self.counted), 0
        return found

    def end(self) -> None:
        """Raise SourceError where not one line was an entry."""
        if not self._has_some and self._rejects:
            first = self._rejects[0]
            raise SourceError(first.reason, file=self._name, line=first.line, mend="one entry a line was expected")


def _shown(line: bytes) -> str:
    return line[:2000].decode("utf-8", "replace")


def _is_part(name: str) -> bool:
    found = _PART.search(name)
    return found is not None and int(found[2]) > 1


def _compared(counted: Counted, name: str) -> tuple[str, ...]:
    """Compare what was read with what the last line says there is; a part of many cannot be compared."""
    if counted.said is None or _is_part(name):
        return ()
    said = []
    for key, found, what in (
        ("persons_of_significant_control_count", counted.people, "persons"),
        ("statements_count", counted.statements, "statements"),
        ("exemptions_count", counted.exemptions, "exemptions"),
    ):
        there = counted.said.get(key)
        if isinstance(there, int) and there != found:
            said.append(f"the file says that it has {there} {what}; {found} were read")
    return tuple(said)

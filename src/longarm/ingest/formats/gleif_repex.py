"""Reader of Reporting Exceptions 2.1: whose parent is not reported, and why. "Unknown" is a value, with its reason.

The mapping is in docs/formats/gleif.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from longarm.ingest.formats import gleif_shape as shape
from longarm.ingest.formats import gleif_source
from longarm.ingest.formats.columnar import Sheet, Subjects, numbers, texts
from longarm.ingest.formats.gleif_reading import Bad, chunks, lei
from longarm.ingest.formats.gleif_shape import Record
from longarm.ingest.formats.gleif_words import HOLDINGS, REASONS, entity_id
from longarm.ingest.formats.oddities import Odd
from longarm.ingest.stream import About, Chunk, Input


class GleifExceptions:
    """Whose parent is not reported, and why."""

    name = "gleif-repex"
    says = "reporting exceptions of the LEI register (GLEIF, 2.1: XML, JSON or CSV, golden copy or delta)"

    def recognises(self, head: bytes, name: str) -> float:  # noqa: ARG002 (told by its content alone)
        """Say how sure it is that these are the first bytes of reporting exceptions."""
        return gleif_source.recognises(head, shape.EXCEPTIONS)

    def about(self, source: Input) -> About:
        """Say what the file says of itself. Raises SourceError."""
        return gleif_source.about(source, shape.EXCEPTIONS)

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give the exceptions, from `(record, position)` on. Raises SourceError where there are none in it."""
        return chunks(source, shape.EXCEPTIONS, _Exceptions, start, Odd())


@dataclass(frozen=True)
class _Row:
    number: int
    name: str
    held: str
    holding: str
    reasons: tuple[str, ...]
    references: tuple[str, ...]


class _Exceptions:
    """The exceptions of one chunk."""

    def __init__(self, odd: Odd) -> None:
        self.closed: list[str] = []
        self._odd = odd
        self._rows: list[_Row] = []

    def take(self, number: int, record: Record) -> None:
        """Take a record. Raises Bad."""
        code = lei(record, "LEI")
        category: str = record.get("ExceptionCategory", "")
        if not category:
            raise Bad("it has no ExceptionCategory")
        if category not in HOLDINGS:
            self._odd.note(f"a category of exceptions that is not known, kept as it stands: '{category}'")
        holding: str = HOLDINGS.get(category, category)
        name = f"{entity_id(code)}-unknown-{holding.split(' ')[0].lower()}-parent"
        if category not in HOLDINGS:
            name = f"{entity_id(code)}-unknown-{category.lower()}"
        if shape.is_deleted(record):
            self.closed.append(name)
            return
        reasons = tuple(part[""] for part in record.get(shape.REASONS, ()) if part.get(""))
        for reason in reasons:
            if reason not in REASONS:
                self._odd.note(f"a reason that is not known, kept as it stands: '{reason[:60]}'")
        if not reasons:
            self._odd.note("an exception without a reason")
        references = tuple(part[""] for part in record.get(shape.REFERENCES, ()) if part.get(""))
        self._rows.append(_Row(number, name, entity_id(code), holding, reasons, references))

    def write(self, sheet: Sheet) -> None:
        """Say what was taken."""
        rows = self._rows
        if not rows:
            return
        who = Subjects(texts([r.name for r in rows]), "UnknownHolder", numbers([r.number for r in rows]))
        sheet.exist(who)
        sheet.say_plain(who, "held", [r.held for r in rows])
        sheet.say_plain(who, "holding", [r.holding for r in rows])
        for prop, values in (("reason", [r.reasons for r in rows]), ("summary", [r.references for r in rows])):
            places = [place for place, several in enumerate(values) for _ in several]
            if places:
                sheet.say(who.take(numbers(places)), prop, [value for several in values for value in several])

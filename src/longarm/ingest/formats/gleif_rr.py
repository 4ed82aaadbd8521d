"""Reader of RR-CDF 2.1: which entity is consolidated by which, whose branch, fund, sub-fund or feeder it is.

The mapping is in docs/formats/gleif.md. No relation of this register has a share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from longarm.ingest.formats import gleif_shape as shape
from longarm.ingest.formats import gleif_source
from longarm.ingest.formats.clean import day
from longarm.ingest.formats.columnar import Sheet, Subjects, numbers, texts
from longarm.ingest.formats.gleif_reading import Bad, chunks, lei
from longarm.ingest.formats.gleif_shape import Record
from longarm.ingest.formats.gleif_words import ENDED, LINKS, NOT_SAID, PERIOD, WITHDRAWN, Link, entity_id
from longarm.ingest.formats.oddities import Odd
from longarm.ingest.stream import About, Chunk, Input

_START, _END, _TYPE = (
    "Relationship.StartNode.NodeID",
    "Relationship.EndNode.NodeID",
    "Relationship.RelationshipType",
)
_ENDS: Final = {"Control": ("controlled", "controller"), "UnknownLink": ("subject", "object")}
"""schema → the properties of the start and of the end node"""


class GleifRelations:
    """Which entity is consolidated by which, and whose branch or fund it is."""

    name = "gleif-rr"
    says = "relations of the LEI register (GLEIF, RR-CDF 2.1: XML, JSON or CSV, golden copy or delta)"

    def recognises(self, head: bytes, name: str) -> float:  # noqa: ARG002 (told by its content alone)
        """Say how sure it is that these are the first bytes of RR-CDF."""
        return gleif_source.recognises(head, shape.RELATIONS)

    def about(self, source: Input) -> About:
        """Say what the file says of itself. Raises SourceError."""
        return gleif_source.about(source, shape.RELATIONS)

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give the relations, from `(record, position)` on. Raises SourceError where there is no RR-CDF in it."""
        return chunks(source, shape.RELATIONS, _Relations, start, Odd())


@dataclass(frozen=True)
class _Row:
    number: int
    name: str
    start: str
    end: str
    kind: str
    since: str | None
    until: str | None
    record: Record


class _Relations:
    """The relations of one chunk."""

    def __init__(self, odd: Odd) -> None:
        self.closed: list[str] = []
        self._odd = odd
        self._rows: dict[Link, list[_Row]] = {}

    def take(self, number: int, record: Record) -> None:
        """Take a record. Raises Bad."""
        start, end = self._node(record, _START), self._node(record, _END)
        kind = record.get(_TYPE, "")
        if not kind:
            raise Bad("it has no RelationshipType")
        link = LINKS.get(kind)
        if link is None:
            self._odd.note(f"a type of relation that is not known, kept as a link: '{kind}'")
            link = Link(kind.lower(), "UnknownLink")
        name = f"{entity_id(start)}-{link.name}-{end}"
        if start == end:
            self._odd.note("an entity that is linked to itself")
        if shape.is_deleted(record) or record.get("Registration.RegistrationStatus") in WITHDRAWN:
            self.closed.append(name)
            return
        since, until = self._period(record, name)
        self._rows.setdefault(link, []).append(_Row(number, name, start, end, kind, since, until, record))

    def _node(self, record: Record, path: str) -> str:
        kind = record.get(path + "Type", "LEI")
        if kind != "LEI":
            raise Bad(f"{path}Type: '{kind}' is known by no LEI")
        return lei(record, path)

    def _period(self, record: Record, name: str) -> tuple[str | None, str | None]:
        """Give the first and last day of the relation itself, as far as they are said."""
        starts, ends = [], []
        for period in record.get(shape.PERIODS, ()):
            if period.get("PeriodType") == PERIOD:
                starts += [period["StartDate"]] if "StartDate" in period else []
                ends += [period["EndDate"]] if "EndDate" in period else []
        since = min(filter(None, map(self._day, starts)), default=None)
        until = max(filter(None, map(self._day, ends)), default=None)
        if since and until and since > until:
            self._odd.note("a relation that ends before it begins, taken without its beginning")
            since = None
        if record.get("Relationship.RelationshipStatus") == ENDED:
            self.closed.append(name)
            # By that day at the latest: the register says that it has ended, and not when.
            until = until or self._day(record.get("Registration.LastUpdateDate", ""))
        return since, until

    def _day(self, text: str) -> str | None:
        found = day(text)
        if text and found is None:
            self._odd.note(f"a date that is none, left out: '{text[:30]}'")
        return found

    def write(self, sheet: Sheet) -> None:
        """Say what was taken."""
        for link, rows in self._rows.items():
            since, until = texts([r.since for r in rows]), texts([r.until for r in rows])
            who = Subjects(texts([r.name for r in rows]), link.schema, numbers([r.number for r in rows]), since, until)
            held, holder = _ENDS[link.schema]
            sheet.exist(who)
            sheet.say_plain(who, held, [entity_id(r.start) for r in rows])
            sheet.say_plain(who, holder, [entity_id(r.end) for r in rows])
            if link.control:
                sheet.say_plain(who, "controlType", [link.control] * len(rows))
                sheet.say_plain(who, "interestType", [link.interest] * len(rows))
            sheet.say(who, "role", [r.kind for r in rows])
            status = [r.record.get("Relationship.RelationshipStatus") for r in rows]
            sheet.say(who, "status", [None if s in NOT_SAID else s for s in status])
            sheet.say_plain(who, "startDate", since)
            sheet.say_plain(who, "endDate", until)
            sheet.say(who, "modifiedAt", [r.record.get("Registration.LastUpdateDate") for r in rows])
            sheet.say(who, "summary", [_summary(r.record) for r in rows])


def _summary(record: Record) -> str:
    """Say on what the relation rests: standard, periods that were looked at, per cent consolidated, validation."""
    said = [_words(p.get("QualifierDimension"), p.get("QualifierCategory")) for p in record.get(shape.QUALIFIERS, ())]
    said += [
        _words(p.get("MeasurementMethod"), p.get("QuantifierAmount"), p.get("QuantifierUnits"))
        for p in record.get(shape.QUANTIFIERS, ())
    ]
    for part in record.get(shape.PERIODS, ()):
        if part.get("PeriodType") != PERIOD:
            days = " to ".join(filter(None, (part.get("StartDate", "")[:10], part.get("EndDate", "")[:10])))
            said.append(_words(part.get("PeriodType"), days))
    said += [record.get(f"Registration.{field}", "") for field in _BASIS]
    return "; ".join(filter(None, said))


_BASIS: Final = ("RegistrationStatus", "ValidationSources", "ValidationDocuments", "ValidationReference")


def _words(*given: str | None) -> str:
    return " ".join(filter(None, given))

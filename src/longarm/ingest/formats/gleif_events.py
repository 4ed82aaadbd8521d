"""Events and successors of the entities of one chunk: renamed, merged, wound up, and who came after."""

from __future__ import annotations

from longarm.ingest.formats import gleif_shape as shape
from longarm.ingest.formats.columnar import Sheet, Subjects, numbers, texts
from longarm.ingest.formats.gleif_shape import Record
from longarm.ingest.formats.gleif_words import ENDED, ENDS, LEI, entity_id

_DONE = "COMPLETED"


class Events:
    """What happened to the entities of one chunk."""

    def __init__(self) -> None:
        self._events: list[tuple[int, str, dict[str, str]]] = []
        """(row of the entity, id of the event, the event)"""
        self._successors: list[tuple[int, str, str]] = []
        """(row of the entity, id of the succession, LEI of the successor)"""
        self._named: list[tuple[int, str]] = []
        """(row, name of a successor without a LEI)"""
        self._ends: dict[int, str] = {}

    def take(self, row: int, code: str, record: Record) -> None:
        """Take what a record says of them."""
        seen: dict[str, int] = {}
        for event in record.get(shape.EVENTS, ()):
            kind, day = event.get("LegalEntityEventType", "EVENT"), event.get("LegalEntityEventEffectiveDate", "")[:10]
            name = f"{entity_id(code)}-{kind.lower()}-{day or 'undated'}"
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name += f"-{seen[name]}"
            self._events.append((row, name, event))
            if kind == ENDS and day and event.get("@event_status", _DONE) == _DONE:
                self._ends[row] = day
        for successor in record.get(shape.SUCCESSORS, ()):
            after = successor.get("SuccessorLEI", "").upper()
            if LEI.fullmatch(after):
                self._successors.append((row, f"{entity_id(code)}-succeeded-by-{after}", after))
            elif named := successor.get("SuccessorEntityName") or after:
                self._named.append((row, named))

    def end_of(self, row: int, record: Record) -> str | None:
        """Give the day on which an entity ended, where it did."""
        if record.get("Entity.EntityExpirationDate"):
            return str(record["Entity.EntityExpirationDate"])
        return self._ends.get(row) if record.get("Entity.EntityStatus") == ENDED else None

    def write(self, sheet: Sheet, who: Subjects) -> None:
        """Say them: an `Event` each, a `Succession` each; a successor that is only named stays a note."""
        if self._events:
            rows, ids, events = (list(column) for column in zip(*self._events, strict=True))
            said = Subjects(texts(ids), "Event", who.records[numbers(rows)])
            sheet.exist(said)
            sheet.say(said, "name", [e.get("LegalEntityEventType", "EVENT") for e in events])
            sheet.say_plain(said, "involved", who.ids.take(numbers(rows)))
            sheet.say(said, "startDate", [e.get("LegalEntityEventEffectiveDate") for e in events], otherwise="summary")
            sheet.say(said, "modifiedAt", [e.get("LegalEntityEventRecordedDate") for e in events], otherwise="summary")
            sheet.say(said, "summary", [_summary(e) for e in events])
        if self._successors:
            rows, ids, codes = (list(column) for column in zip(*self._successors, strict=True))
            said = Subjects(texts(ids), "Succession", who.records[numbers(rows)])
            sheet.exist(said)
            sheet.say_plain(said, "predecessor", who.ids.take(numbers(rows)))
            sheet.say_plain(said, "successor", [entity_id(code) for code in codes])
        if self._named:
            rows, names = (list(column) for column in zip(*self._named, strict=True))
            sheet.say(who.take(numbers(rows)), "notes", [f"succeeded by {name}" for name in names])


def _summary(event: dict[str, str]) -> str | None:
    parts = (event.get("@event_status"), event.get("@group_type"), event.get("ValidationDocuments"))
    return "; ".join(filter(None, parts)) or None

"""Reader of LEI-CDF 3.1: who has a Legal Entity Identifier, in XML, JSON or CSV, whole or what changed.

The mapping is in docs/formats/gleif.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from longarm.ingest.formats import gleif_shape as shape
from longarm.ingest.formats import gleif_source
from longarm.ingest.formats.columnar import Sheet, Subjects, numbers, texts
from longarm.ingest.formats.gleif_events import Events
from longarm.ingest.formats.gleif_reading import chunks, lei
from longarm.ingest.formats.gleif_shape import Record
from longarm.ingest.formats.gleif_words import (
    NAMES,
    NO_AUTHORITY,
    NO_FORM,
    NOT_SAID,
    OTHERWISE,
    SCHEMATA,
    WITHDRAWN,
    checks,
    entity_id,
)
from longarm.ingest.formats.oddities import Odd
from longarm.ingest.stream import About, Chunk, Input

_PLAIN: Final = {
    "name": "Entity.LegalName",
    "mainCountry": "Entity.HeadquartersAddress.Country",
    "registrationNumber": "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    "incorporationDate": "Entity.EntityCreationDate",
    "modifiedAt": "Registration.LastUpdateDate",
}
"""Properties that take a field as it stands."""
_NOTED: Final = (
    ("LEI ", "Registration.RegistrationStatus"),
    ("", "Registration.ValidationSources"),
    ("registered ", "Registration.InitialRegistrationDate"),
    ("renewal due ", "Registration.NextRenewalDate"),
    ("kept by ", "Registration.ManagingLOU"),
    ("registration authority ", "Entity.RegistrationAuthority.RegistrationAuthorityID"),
    ("", "Entity.RegistrationAuthority.OtherRegistrationAuthorityID"),
    ("validated by ", "Registration.ValidationAuthority.ValidationAuthorityID"),
)
"""What the register says of its own record: one note a record."""
_MORE: Final = (f"{shape.LEGAL}.AdditionalAddressLine", f"{shape.SEAT}.AdditionalAddressLine")
_ROUTING: Final = (f"{shape.LEGAL}.MailRouting", f"{shape.SEAT}.MailRouting")


class GleifEntities:
    """Who has a Legal Entity Identifier."""

    name = "gleif-lei"
    says = "legal entities of the LEI register (GLEIF, LEI-CDF 3.1: XML, JSON or CSV, golden copy or delta)"

    def recognises(self, head: bytes, name: str) -> float:  # noqa: ARG002 (told by its content alone)
        """Say how sure it is that these are the first bytes of LEI-CDF."""
        return gleif_source.recognises(head, shape.ENTITIES)

    def about(self, source: Input) -> About:
        """Say what the file says of itself. Raises SourceError."""
        return gleif_source.about(source, shape.ENTITIES)

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give the entities, from `(record, position)` on. Raises SourceError where there is no LEI-CDF in it."""
        return chunks(source, shape.ENTITIES, _Entities, start, Odd())


class _Entities:
    """The entities of one chunk."""

    def __init__(self, odd: Odd) -> None:
        self.closed: list[str] = []
        self._odd = odd
        self._rows: list[Record] = []
        self._records: list[int] = []
        self._leis: list[str] = []
        self._events = Events()
        self._names: dict[str, list[tuple[int, str, str | None]]] = {"previousName": [], "alias": []}
        """property → (row, name, language)"""

    def take(self, number: int, record: Record) -> None:
        """Take a record. Raises Bad."""
        code = lei(record, "LEI")
        if shape.is_deleted(record):
            self.closed.append(entity_id(code))
            return
        if not checks(code):
            self._odd.note("a LEI whose check digits do not fit, taken as it stands")
        if record.get("Registration.RegistrationStatus") in WITHDRAWN:
            self.closed.append(entity_id(code))
        if "Entity.LegalName" not in record:
            self._odd.note("an entity without a legal name")
        row = len(self._rows)
        self._rows.append(record)
        self._records.append(number)
        self._leis.append(code)
        for path in (shape.NAMES, shape.LATIN):
            if path in record:
                self._other_names(row, record[path])
        if shape.EVENTS in record or shape.SUCCESSORS in record:
            self._events.take(row, code, record)

    def _other_names(self, row: int, given: list[dict[str, str]]) -> None:
        for part in given:
            kind = part.get("@type", "")
            if kind not in NAMES:
                self._odd.note(f"a kind of name that is not known, taken as another name: '{kind}'")
            if text := part.get(""):
                self._names[NAMES.get(kind, "alias")].append((row, text, part.get("@lang")))

    def write(self, sheet: Sheet) -> None:
        """Say what was taken."""
        if not self._rows:
            return
        codes = texts(self._leis)
        who = Subjects(pc.binary_join_element_wise("lei-", codes, ""), self._schemata(), numbers(self._records))
        sheet.exist(who)
        sheet.say_plain(who, "leiCode", codes)
        for prop, path in _PLAIN.items():
            lang = self._column("Entity.LegalName@lang") if prop == "name" else None
            sheet.say(who, prop, self._column(path), lang=lang, otherwise="notes" if prop != "name" else None)
        self._say_places(sheet, who)
        self._say_names(sheet, who)
        sheet.say(
            who,
            "status",
            [None if r.get("Entity.EntityStatus") in NOT_SAID else r.get("Entity.EntityStatus") for r in self._rows],
        )
        sheet.say(who, "classification", self._column("Entity.EntityCategory"))
        sheet.say(who, "classification", self._column("Entity.EntitySubCategory"))
        form = self._column("Entity.LegalForm.EntityLegalFormCode")
        sheet.say(who, "legalForm", pc.if_else(pc.equal(form, NO_FORM), pa.scalar(None, pa.string()), form))
        sheet.say(who, "legalForm", self._column("Entity.LegalForm.OtherLegalForm"))
        self._say_numbers(sheet, who)
        self._events.write(sheet, who)
        sheet.say(who, "dissolutionDate", [self._events.end_of(row, r) for row, r in enumerate(self._rows)])
        sheet.say(who, "notes", self._notes())

    def _column(self, path: str) -> pa.Array:
        return texts([record.get(path) for record in self._rows])

    def _schemata(self) -> pa.Array:
        found = []
        for record in self._rows:
            category = record.get("Entity.EntityCategory", "")
            if category and category not in SCHEMATA:
                self._odd.note(f"a category that is not known, taken as a legal entity: '{category}'")
            found.append(SCHEMATA.get(category, OTHERWISE))
        return texts(found)

    def _say_places(self, sheet: Sheet, who: Subjects) -> None:
        law = self._column("Entity.LegalJurisdiction")
        sheet.say(who, "jurisdiction", law, otherwise="notes")
        legal = [address(r, _LEGAL, r.get(_MORE[0]), r.get(_ROUTING[0])) for r in self._rows]
        seat = [address(r, _SEAT, r.get(_MORE[1]), r.get(_ROUTING[1])) for r in self._rows]
        sheet.say(who, "address", legal)
        sheet.say(who, "address", [s if s != a else None for s, a in zip(seat, legal, strict=True)])
        rows, others = [], []
        for row, record in enumerate(self._rows):
            for path in (shape.PLACES, shape.LATIN_PLACES):
                for part in record.get(path, ()):
                    rows.append(row)
                    others.append(address(part, _OTHER, part.get("AdditionalAddressLine"), part.get("MailRouting")))
        if rows:
            sheet.say(who.take(numbers(rows)), "address", others)

    def _say_names(self, sheet: Sheet, who: Subjects) -> None:
        for prop, given in self._names.items():
            if given:
                rows, names, langs = zip(*given, strict=True)
                sheet.say(who.take(numbers(rows)), prop, texts(names), lang=texts(langs))

    def _say_numbers(self, sheet: Sheet, who: Subjects) -> None:
        """Numbers by which other authorities know it, where they differ from that of its register."""
        rows, found = [], []
        for row, record in enumerate(self._rows):
            known = {record.get("Entity.RegistrationAuthority.RegistrationAuthorityEntityID"), None}
            more = [record.get("Registration.ValidationAuthority.ValidationAuthorityEntityID")]
            more += [part.get("ValidationAuthorityEntityID") for part in record.get(shape.VALIDATED, ())]
            for number in more:
                if number not in known:
                    known.add(number)
                    rows.append(row)
                    found.append(number)
        if rows:
            sheet.say(who.take(numbers(rows)), "registrationNumber", found)

    def _notes(self) -> pa.Array:
        pieces = []
        for words, path in _NOTED:
            if path.endswith("Date"):
                given = [value[:10] if (value := r.get(path)) else None for r in self._rows]
            elif path.endswith("AuthorityID"):
                given = [None if (value := r.get(path)) in NO_AUTHORITY else value for r in self._rows]
            else:
                given = [r.get(path) for r in self._rows]
            pieces.append(pc.binary_join_element_wise(words, texts(given), ""))
        return pc.binary_join_element_wise(*pieces, "; ", null_handling="skip")


def _keys(prefix: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Give the keys of an address: of its street, its town, its region and state."""
    return (
        tuple(prefix + line for line in ("AddressNumber", "FirstAddressLine", "AddressNumberWithinBuilding")),
        tuple(prefix + line for line in ("PostalCode", "City")),
        tuple(prefix + line for line in ("Region", "Country")),
    )


_LEGAL: Final = _keys(shape.LEGAL + ".")
_SEAT: Final = _keys(shape.SEAT + ".")
_OTHER: Final = _keys("")


def address(record: dict[str, Any], keys: tuple[tuple[str, ...], ...], more: Any, routing: str | None) -> str | None:
    """Write an address in one line, as FollowTheMoney takes it: the street, what is added, the town, the state."""
    street, town, land = keys
    get = record.get
    lines = [get(key) for key in street]
    if routing:
        lines.append(routing)
    if more:
        lines += [more] if isinstance(more, str) else [part.get("") for part in more]
    code, city = get(town[0]), get(town[1])
    lines.append(f"{code} {city}" if code and city else code or city)
    lines += [get(key) for key in land]
    return ", ".join([line for line in lines if line]) or None

"""What is on file of entities, persons and their interests as BODS 0.4, the Beneficial Ownership Data Standard.

Reads rows of `statements`, gives statements of BODS in the order that the standard asks: a record before what refers to
it. Only what is asserted is written: BODS has no stance. What BODS has no word for is counted, and left out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from longarm.exchange import bods_records
from longarm.exchange.bods_interests import ENDS, interests
from longarm.exchange.bods_records import Details, Held
from longarm.model.statement import BASE
from longarm.model.terms import Stance

VERSION: Final = "0.4"
_NUMBERED: Final = re.compile(r"(.+)\.\d{1,6}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NOBODY: Final = "beneficial owners: noBeneficialOwners"
"""the note on a subject, as it is read"""
_NARROW: Final = ("Person", "PublicBody", "Company", "Organization", "LegalEntity")
"""as the graph has it: who is called a person by one statement and a legal entity by another is a person"""


@dataclass(frozen=True)
class Publication:
    """Who publishes it, and when."""

    publisher: str
    day: str
    """ISO day"""
    license: str | None = None
    """its address"""

    def said(self) -> dict[str, Any]:
        """Give the details of the publication."""
        found: dict[str, Any] = {
            "publicationDate": self.day,
            "bodsVersion": VERSION,
            "publisher": {"name": self.publisher},
        }
        return {**found, **({"license": self.license} if self.license else {})}


@dataclass
class Written:
    """Statements of BODS, and what is left out of them: schema → how many."""

    statements: list[dict[str, Any]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def written(rows: Iterable[Mapping[str, Any]], publication: Publication) -> Written:
    """Turn rows of `statements` into statements of BODS."""
    return _Writing(_held(rows), publication).whole()


def lines(made: Written) -> Iterator[str]:
    """Give the file, an array with one statement a line."""
    yield "["
    for number, statement in enumerate(made.statements):
        yield ("," if number else "") + "\n" + json.dumps(statement, ensure_ascii=False, sort_keys=True)
    yield "\n]\n"


def _held(rows: Iterable[Mapping[str, Any]]) -> dict[str, Held]:
    """Gather what is asserted of each entity."""
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    sources: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    schemata: dict[str, set[str]] = defaultdict(set)
    speakers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["stance"] != Stance.ASSERTED:
            continue
        name = row["canonical_id"]
        schemata[name].add(row["schema"])
        if row["speaker"]:
            speakers[name].add(row["speaker"])
        if row["prop"] != BASE:
            values[name][row["prop"]].add(row["value"])
            if row["original_value"]:
                sources[name].setdefault((row["prop"], row["value"]), row["original_value"])
    return {
        name: Held(
            name,
            min(schemata[name], key=lambda s: (_NARROW.index(s) if s in _NARROW else -1, s)),
            {prop: sorted(found) for prop, found in sorted(values[name].items())},
            sources[name],
            sorted(speakers[name]),
        )
        for name in sorted(schemata)
    }


def _grouped(held: Mapping[str, Held]) -> dict[str, list[Held]]:
    """Give the interests by relationship: those of one record, between the same two, are one."""
    found: dict[str, list[Held]] = {}
    for name, each in held.items():
        if each.schema not in ENDS:
            continue
        numbered = _NUMBERED.fullmatch(name)
        whole = numbered[1] if numbered else name
        group = found.get(whole)
        if group and _ends(group[0]) != _ends(each):
            found[name] = [each]
        else:
            found.setdefault(whole, []).append(each)
    return found


def _ends(held: Held) -> tuple[str | None, str | None]:
    holder, subject = ENDS[held.schema]
    return held.one(holder), held.one(subject)


class _Writing:
    """Statements on their way out: records first, then what refers to them."""

    def __init__(self, held: Mapping[str, Held], publication: Publication) -> None:
        self._held = held
        self._publication = publication
        self._made = Written()
        self._records: dict[str, None] = {}
        """ids of records, in the order in which they are written"""
        self._unnamed: dict[str, dict[str, str]] = {}
        """whom relationships do not name → why"""

    def whole(self) -> Written:
        """Write everything."""
        for name, each in self._held.items():
            if (reason := bods_records.unspecified(each)) is not None:
                self._unnamed[name] = reason
            elif each.schema in _NARROW:
                is_person = each.schema == "Person"
                details = bods_records.person(each) if is_person else bods_records.entity(each)
                self._put(name, "person" if is_person else "entity", name, details, each)
                self._records[name] = None
            elif each.schema not in ENDS:
                self._made.left_out[each.schema] += 1
        for name, group in _grouped(self._held).items():
            self._relationship(name, group)
        for name in self._records:
            self._nobody(self._held[name])
        return self._made

    def _relationship(self, name: str, group: list[Held]) -> None:
        """Write the interests of one party in one subject; what BODS has no word for is left out."""
        holder, subject = _ends(group[0])
        declared = next((end for end in (subject, holder) if end in self._records), None)
        if declared is None or not self._is_entity(subject) or not (self._is_entity(holder) or self._is_person(holder)):
            self._made.left_out.update(each.schema for each in group)
            return
        details = Details({"isComponent": False}, {})
        details.said["subject"] = self._unnamed.get(str(subject), subject)
        details.said["interestedParty"] = self._unnamed.get(str(holder), holder)
        found: list[dict[str, Any]] = []
        kept = []
        for each in group:
            more = interests(each, details, number=len(found), holder_is_person=self._is_person(holder))
            if more is None:
                self._made.left_out[each.schema] += 1
            else:
                found += more
                kept.append(each)
        if found:
            details.said["interests"] = found
        if kept:
            self._put(name, "relationship", declared, details, kept[0])

    def _is_person(self, name: str | None) -> bool:
        return name in self._records and self._held[str(name)].schema == "Person"

    def _is_entity(self, name: str | None) -> bool:
        return name in self._unnamed or (name in self._records and not self._is_person(name))

    def _nobody(self, held: Held) -> None:
        """Who declares that there is no beneficial owner says so by a relationship to nobody."""
        for note in held.all("notes"):
            if note.startswith(_NOBODY):
                words = note.removeprefix(_NOBODY).strip().removeprefix("(").removesuffix(")")
                party = {"reason": "noBeneficialOwners", **({"description": words} if words else {})}
                said = {"isComponent": False, "subject": held.id, "interestedParty": party}
                self._put(f"{held.id}.nobody", "relationship", held.id, Details(said, {}), held)
                return

    def _put(self, name: str, kind: str, declared: str, details: Details, held: Held) -> None:
        self._made.statements.append(_statement(name, kind, declared, details, held, self._publication))


def _statement(
    name: str, kind: str, declared: str, details: Details, held: Held, publication: Publication
) -> dict[str, Any]:
    dated = max((d[:10] for d in held.all("modifiedAt") if _DAY.match(d) and d[:10] <= publication.day), default=None)
    found: dict[str, Any] = {
        "statementDate": dated or publication.day,
        "declarationSubject": declared,
        "recordId": name,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details.said,
        "publicationDetails": publication.said(),
    }
    if held.speakers:
        found["source"] = {"assertedBy": [{"name": speaker} for speaker in held.speakers]}
    if details.rounded:
        found["annotations"] = [
            {
                "motivation": "commenting",
                "statementPointerTarget": place,
                "description": f"known as {date}, and rounded",
            }
            for place, date in sorted(details.rounded.items())
        ]
    packed = json.dumps(found, ensure_ascii=False, sort_keys=True)
    return {"statementId": hashlib.blake2b(packed.encode(), digest_size=20).hexdigest(), **found}

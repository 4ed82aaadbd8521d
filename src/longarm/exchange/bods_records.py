"""An entity or a person on file as the details of a BODS 0.4 record.

What BODS has no place for is left out, and said in docs/formats/bods.md. A date that BODS wants to the day and that is
known to the month or the year alone is rounded as the standard says, and the rounding is noted beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from longarm.model import dates, states

ENTITY_TYPES: Final = {
    "Company": "registeredEntity",
    "Organization": "legalEntity",
    "LegalEntity": "legalEntity",
    "PublicBody": "stateBody",
}
"""schema → entity type, where nothing narrower is on file"""
_TYPES: Final = frozenset({"arrangement", "anonymousEntity", "unknownEntity", "state", "stateBody"})
_SUBTYPES: Final = {
    "trust": ("arrangement", "legalEntity"),
    "nomination": ("arrangement",),
    "governmentDepartment": ("stateBody",),
    "stateAgency": ("stateBody",),
}
"""subtype → the entity types that take it"""
_PERSONS: Final = frozenset({"anonymousPerson", "unknownPerson"})
UNSPECIFIED: Final = "unspecified"
"""the classification of somebody whom a relationship does not name"""
REASONS: Final = (
    "noBeneficialOwners",
    "subjectUnableToConfirmOrIdentifyBeneficialOwner",
    "interestedPartyHasNotProvidedInformation",
    "subjectExemptFromDisclosure",
    "interestedPartyExemptFromDisclosure",
    "unknown",
    "informationUnknownToPublisher",
)
_SCHEMES: Final = {
    "leiCode": "XI-LEI",
    "permId": "XI-PERMID",
    "bvdId": "XI-BVD",
    "dunsCode": "XI-DUNS",
    "ogrnCode": "RU-OGRN",
    "innCode": "RU-INN",
    "uscCode": "CN-USCC",
    "cikCode": "US-SEC",
}
_NAMED: Final = {
    "registrationNumber": "registration number",
    "taxNumber": "tax number",
    "vatCode": "VAT number",
    "idNumber": "identity number",
    "passportNumber": "passport",
}
"""property → what it is called where no scheme is on file"""


@dataclass(frozen=True)
class Held:
    """An entity as it is on file."""

    id: str
    schema: str
    values: Mapping[str, Sequence[str]]
    written: Mapping[tuple[str, str], str]
    """(property, value) → as its source wrote it"""
    speakers: Sequence[str] = ()

    def one(self, prop: str) -> str | None:
        """Give a value of a property, the smallest where there are several, or None."""
        found = self.values.get(prop)
        return found[0] if found else None

    def all(self, *props: str) -> list[str]:
        """Give the values of properties, each once."""
        return list(dict.fromkeys(value for prop in props for value in self.values.get(prop, ())))


@dataclass
class Details:
    """The details of a record, and what was rounded in them: place in the statement → as it is known."""

    said: dict[str, Any]
    rounded: dict[str, str]


def entity(held: Held) -> Details:
    """Give the details of an entity record."""
    made = Details({"isComponent": False, "entityType": _entity_type(held)}, {})
    said = made.said
    if reason := _reason(held):
        said["unspecifiedEntityDetails"] = reason
    names = held.all("name")
    if names:
        said["name"] = names[0]
    if others := [*names[1:], *(n for n in held.all("alias", "previousName", "weakAlias") if n not in names)]:
        said["alternateNames"] = others
    if code := held.one("jurisdiction"):
        said["jurisdiction"] = {"name": states.name(code[:2]), "code": code.upper()[:6]}
    if identifiers := _identifiers(held, ("registrationNumber", "taxNumber", "vatCode", *_SCHEMES)):
        said["identifiers"] = identifiers
    for prop, field in (("incorporationDate", "foundingDate"), ("dissolutionDate", "dissolutionDate")):
        put_day(made, held.one(prop), said, field, f"/recordDetails/{field}", is_end=prop == "dissolutionDate")
    if addresses := [{"address": text} for text in held.all("address")]:
        said["addresses"] = addresses
    return made


def person(held: Held) -> Details:
    """Give the details of a person record."""
    kind = next((c for c in held.all("classification") if c in _PERSONS), "knownPerson")
    said: dict[str, Any] = {"isComponent": False, "personType": kind}
    if reason := _reason(held):
        said["unspecifiedPersonDetails"] = reason
    if names := _names(held):
        said["names"] = names
    if identifiers := _identifiers(held, ("passportNumber", "taxNumber", "idNumber")):
        said["identifiers"] = identifiers
    nations = [c.upper()[:2] for c in held.all("nationality", "citizenship")]
    if nations:
        said["nationalities"] = [{"name": states.name(code), "code": code} for code in dict.fromkeys(nations)]
    for prop in ("birthDate", "deathDate"):
        if date := held.one(prop):
            said[prop] = date[:10]
    if addresses := [{"address": text} for text in held.all("address")]:
        said["addresses"] = addresses
    if "role.pep" in held.all("topics"):
        roles = [{"reason": text} for text in held.all("position")]
        said["politicalExposure"] = {"status": "isPep", **({"details": roles} if roles else {})}
    return Details(said, {})


def put_day(made: Details, date: str | None, into: dict[str, Any], field: str, place: str, *, is_end: bool) -> None:
    """Put a date to the day; a partial one as its first day, or its last where it is an end, with a note."""
    if date is None:
        return
    days = dates.span(date[:10])
    into[field] = (days.last if is_end else days.first).isoformat()
    if days.first != days.last:
        made.rounded[place] = date


def unspecified(held: Held) -> dict[str, str] | None:
    """Give the reason for which somebody is not named by a relationship; None for whoever has a record."""
    if UNSPECIFIED not in held.all("classification") or held.one("name"):
        return None
    return _reason(held) or {"reason": "unknown"}


def _reason(held: Held) -> dict[str, str] | None:
    """Find a reason in the notes: `whose: code (in words)`, as it was read."""
    for note in held.all("notes"):
        code, _, more = note.partition(": ")[2].partition(" ")
        if code in REASONS:
            words = more.removeprefix("(").removesuffix(")")
            return {"reason": code, **({"description": words} if words else {})}
    return None


def _entity_type(held: Held) -> dict[str, str]:
    classes = held.all("classification")
    kind = next((c for c in classes if c in _TYPES), ENTITY_TYPES[held.schema])
    found = {"type": kind}
    subtype = next((c for c in classes if kind in _SUBTYPES.get(c, ())), None)
    if subtype:
        found["subtype"] = subtype
    if form := held.one("legalForm"):
        found["details"] = form
    return found


def _names(held: Held) -> list[dict[str, str]]:
    names: list[dict[str, str]] = [{"type": "legal", "fullName": name} for name in held.all("name")]
    parts = {
        field: found[0]
        for prop, field in (("lastName", "familyName"), ("firstName", "givenName"), ("fatherName", "patronymicName"))
        if len(found := held.all(prop)) == 1
    }
    if len(names) == 1:
        names[0].update(parts)
    names += [{"type": "former", "fullName": name} for name in held.all("previousName")]
    return names + [{"type": "alternative", "fullName": name} for name in held.all("alias", "weakAlias")]


def _identifiers(held: Held, props: Sequence[str]) -> list[dict[str, str]]:
    found = []
    for prop in props:
        for value in held.all(prop):
            written = held.written.get((prop, value), "")
            scheme = written.removesuffix(value).strip() if written.endswith(f" {value}") else ""
            scheme = scheme or _SCHEMES.get(prop, "")
            if scheme and " " not in scheme:
                found.append({"id": value, "scheme": scheme})
            else:
                found.append({"id": value, "schemeName": scheme or _NAMED.get(prop, prop)})
    return found

"""Whether a statement is one by the JSON Schema of BODS 0.4, and if not, why.

A statement is decoded into compiled types (`bods_shape`), which check most of the schema; the rest, such as dates and
addresses of the web, is asked here. Only what fails is put to the standard's own schema files, in
`ingest/schemas/bods-0.4`: they have the last word, and give the reasons. Statements of BODS 0.1 to 0.3 are named as
such: there a statement is no version of a record, so none of them can be taken as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

import jsonschema_rs
import msgspec
from msgspec import UNSET, UnsetType

from longarm.ingest.formats.bods_shape import (
    DECODER,
    Address,
    Agent,
    Annotation,
    Entity,
    EntityStatement,
    Exposure,
    Identifier,
    Person,
    PersonStatement,
    Publication,
    Relationship,
    RelationshipStatement,
    Source,
    Statement,
)

MOST_REASONS: Final = 5
_DAY: Final = {"type": "string", "format": "date"}
_MOMENT: Final = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
_LIFE: Final = {"type": "string", "anyOf": [{"pattern": "^(\\d{4})(-(1[0-2]|0[1-9]))?$"}, {"format": "date"}]}
_CONTROL: Final = re.compile(rb"\\u(?:00[01]|007[fF]|[dD][89a-fA-F])|\\[bf]")
_SURROGATES: Final = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_OLDER: Final = ("statementType", "statementID", "subject", "interestedParty", "entityType", "personType")

_IN_WORDS: Final = {
    "statementDate": "it is neither a day (YYYY-MM-DD) nor a moment (RFC 3339)",
    "publicationDate": "it is neither a day (YYYY-MM-DD) nor a moment (RFC 3339)",
    "retrievedAt": "it is neither a day (YYYY-MM-DD) nor a moment (RFC 3339)",
    "creationDate": "it is neither a day (YYYY-MM-DD) nor a moment (RFC 3339)",
    "birthDate": "it is no date: YYYY, YYYY-MM or YYYY-MM-DD",
    "deathDate": "it is no date: YYYY, YYYY-MM or YYYY-MM-DD",
    "identifiers": "it has neither a scheme nor a schemeName",
    "publisher": "it has neither a name nor a url",
    "subject": "it is neither the id of a record nor an object with a reason",
    "interestedParty": "it is neither the id of a record nor an object with a reason",
}
"""last step of the place → what the schema asks there by a choice"""

_OF_ENTITY: Final = frozenset({"registered", "business", "alternative"})
_OF_PERSON: Final = frozenset({"residence", "service", "alternative"})
_SUBTYPES: Final = {
    "arrangement": ("trust", "nomination", "other"),
    "legalEntity": ("trust", "other"),
    "stateBody": ("governmentDepartment", "stateAgency", "other"),
}
"""entity type → its subtypes; all others have `other` alone"""


class Unfit(ValueError):
    """A statement that cannot be taken, with the reasons."""


class NotText(Unfit):
    """Bytes that are not UTF-8."""


def again(data: bytes) -> Statement:
    """Give a statement that `decode` has taken before."""
    statement: Statement = DECODER.decode(data)
    return statement


def decode(data: bytes) -> Statement:
    """Give a statement. Raises Unfit, with the reasons, where it is none by the schema, or holds what no text may."""
    if b"\\" in data and _CONTROL.search(data) and _CONTROL.search(_SURROGATES.sub(b"", data)):
        raise Unfit("a text holds a control character, or half of one")
    try:
        statement: Statement = DECODER.decode(data)
    except (msgspec.ValidationError, RecursionError):
        raise Unfit("; ".join(reasons(data)) or "its numbers are too large") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        if not _is_text(data):
            raise NotText("this is not UTF-8") from None
        raise Unfit(f"this is not JSON: {fault}") from None
    if not _fits(statement) and (found := reasons(data)):
        raise Unfit("; ".join(found))
    return statement


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def reasons(data: bytes) -> list[str]:
    """Say why this is no statement of BODS 0.4, by its schema; an empty list where it is one."""
    try:
        value: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as unread:
        return [f"this is not JSON: {unread or 'it is nested too deeply'}"]
    if not isinstance(value, dict):
        return [f"a statement is an object; this is {_kind(value)}"]
    if "recordType" not in value and any(key in value for key in _OLDER):
        return [_older(value)]
    if "recordType" not in value:  # without it, the schema asks for all three kinds at once
        return ['"recordType" is a required property']
    found: dict[str, None] = {}
    for fault in schema().iter_errors(value):
        found[_said(fault)] = None
        if len(found) == MOST_REASONS:
            break
    return list(found)


@cache
def schema() -> Any:
    """Give the standard's schema of one statement."""
    folder = files("longarm.ingest").joinpath("schemas", "bods-0.4")
    parts = {}
    for name in ("components", "entity-record", "person-record", "relationship-record", "statement"):
        part = msgspec.json.decode(folder.joinpath(f"{name}.json").read_bytes())
        parts[part["$id"]] = part
    registry = jsonschema_rs.Registry(list(parts.items()))
    whole = {"$ref": "urn:statement#/$defs/Statement"}
    return jsonschema_rs.Draft202012Validator(whole, registry=registry, validate_formats=True)


def _said(fault: Any) -> str:
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in fault.instance_path).lstrip(".")
    message = next((words for end, words in _IN_WORDS.items() if place.rpartition(".")[2].startswith(end)), None)
    if message is None or fault.kind.name not in ("anyOf", "oneOf"):
        message = str(fault.message)
    if len(message) > 300:
        message = f"{message[:200]} … {message[-80:]}"
    return f"{place}: {message}" if place else message


def _kind(value: object) -> str:
    names = {list: "an array", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")


def _older(value: dict[str, Any]) -> str:
    published = value.get("publicationDetails")
    version = published.get("bodsVersion") if isinstance(published, dict) else None
    named = str(version) if isinstance(version, str) and version[:3] in ("0.1", "0.2", "0.3") else "0.1 to 0.3"
    return f"this is a statement of BODS {named[:10]}, which has no records; convert it to BODS 0.4"


class _Formats:
    """Whether texts have a format, each distinct text asked once while it is remembered."""

    def __init__(self, schema: dict[str, Any], most: int = 200_000) -> None:
        self._validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        self._good: set[str | UnsetType] = {UNSET}
        self._most = most

    def fit(self, text: str | UnsetType) -> bool:
        """True where the text has the format, or is not given."""
        if text in self._good:
            return True
        if not self._validator.is_valid(text):
            return False
        if len(self._good) >= self._most:
            self._good = {UNSET}
        self._good.add(text)
        return True


_days = _Formats(_DAY)
_moments = _Formats(_MOMENT)
_lives = _Formats(_LIFE)
_addresses = _Formats({"type": "string", "format": "uri"}, 20_000)
_good_sources: set[Source] = set()
_good_publications: set[Publication] = set()
_MOST_KNOWN: Final = 10_000


def _fits(statement: Statement) -> bool:
    """True where what the compiled types do not ask holds too."""
    if not _moments.fit(statement.statement_date):
        return False
    published, source, notes = statement.publication_details, statement.source, statement.annotations
    if published is not UNSET and not _publication(published):
        return False
    if source is not UNSET and not _source(source):
        return False
    if notes is not UNSET and not all(map(_annotation, notes)):
        return False
    if isinstance(statement, RelationshipStatement):
        return _relationship(statement.record_details)
    if isinstance(statement, EntityStatement):
        return _entity(statement.record_details)
    assert isinstance(statement, PersonStatement)
    return _person(statement.record_details)


def _publication(given: Publication) -> bool:
    if given in _good_publications:
        return True
    publisher = given.publisher
    fits = (
        _moments.fit(given.publication_date)
        and (publisher.name is not UNSET or publisher.url is not UNSET)
        and _addresses.fit(given.license)
        and _addresses.fit(publisher.url)
    )
    if fits and len(_good_publications) < _MOST_KNOWN:
        _good_publications.add(given)
    return fits


def _source(given: Source) -> bool:
    if given in _good_sources:
        return True
    fits = _addresses.fit(given.url) and _moments.fit(given.retrieved_at) and _agents(given.asserted_by)
    if fits and len(_good_sources) < _MOST_KNOWN:
        _good_sources.add(given)
    return fits


def _agents(given: tuple[Agent, ...] | UnsetType) -> bool:
    return given is UNSET or all(_addresses.fit(agent.uri) for agent in given)


def _annotation(given: Annotation) -> bool:
    return (
        _moments.fit(given.creation_date)
        and _addresses.fit(given.url)
        and (given.created_by is UNSET or _addresses.fit(given.created_by.uri))
        and (given.motivation != "linking" or given.url is not UNSET)
        and (given.motivation == "transformation" or given.transformed_content in (UNSET, ""))
    )


def _relationship(given: Relationship) -> bool:
    if given.is_component and given.component_records:
        return False
    return given.interests is UNSET or all(
        _days.fit(interest.start_date) and _days.fit(interest.end_date) for interest in given.interests
    )


def _entity(given: Entity) -> bool:
    kind = given.entity_type
    if kind.subtype is not UNSET and kind.subtype not in _SUBTYPES.get(kind.type, ("other",)):
        return False
    listing, statute = given.public_listing, given.formed_by_statute
    return (
        _identified(given.identifiers)
        and _placed(given.addresses, _OF_ENTITY)
        and _days.fit(given.founding_date)
        and _days.fit(given.dissolution_date)
        and _addresses.fit(given.uri)
        and (statute is UNSET or _days.fit(statute.date))
        and (listing is UNSET or listing.company_filings_urls is UNSET or _filed(listing.company_filings_urls))
    )


def _filed(given: tuple[str, ...] | UnsetType) -> bool:
    return given is UNSET or all(map(_addresses.fit, given))


def _person(given: Person) -> bool:
    born, exposed = given.place_of_birth, given.political_exposure
    return (
        _identified(given.identifiers)
        and _placed(given.addresses, _OF_PERSON)
        and _lives.fit(given.birth_date)
        and _lives.fit(given.death_date)
        and (born is UNSET or born.type in (UNSET, "placeOfBirth"))
        and (exposed is UNSET or exposed.details is UNSET or all(map(_exposure, exposed.details)))
    )


def _exposure(given: Exposure) -> bool:
    source = given.source
    return _days.fit(given.start_date) and _days.fit(given.end_date) and (source is UNSET or _source(source))


def _identified(given: tuple[Identifier, ...] | UnsetType) -> bool:
    return given is UNSET or all(
        (each.scheme is not UNSET or each.scheme_name is not UNSET) and _addresses.fit(each.uri) for each in given
    )


def _placed(given: Iterable[Address] | UnsetType, kinds: frozenset[str]) -> bool:
    return given is UNSET or all(each.type is UNSET or each.type in kinds for each in given)

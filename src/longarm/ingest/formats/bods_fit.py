"""What the schema of BODS 0.4 asks and the compiled types of `bods_shape` do not: formats, choices and conditions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import jsonschema_rs
from msgspec import UNSET, UnsetType

from longarm.ingest.formats.bods_parts import Address, Agent, Entity, Exposure, Identifier, Person, Source
from longarm.ingest.formats.bods_shape import (
    Annotation,
    EntityStatement,
    PersonStatement,
    Publication,
    Relationship,
    RelationshipStatement,
    Statement,
)

_DAY: Final = {"type": "string", "format": "date"}
_MOMENT: Final = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
_LIFE: Final = {"type": "string", "anyOf": [{"pattern": "^(\\d{4})(-(1[0-2]|0[1-9]))?$"}, {"format": "date"}]}
_OF_ENTITY: Final = frozenset({"registered", "business", "alternative"})
_OF_PERSON: Final = frozenset({"residence", "service", "alternative"})
_SUBTYPES: Final = {
    "arrangement": ("trust", "nomination", "other"),
    "legalEntity": ("trust", "other"),
    "stateBody": ("governmentDepartment", "stateAgency", "other"),
}
"""entity type → its subtypes; all others have `other` alone"""


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
        if len(str(text)) <= _SHORT:
            self._good.add(text)
        return True


_days = _Formats(_DAY)
_moments = _Formats(_MOMENT)
_lives = _Formats(_LIFE)
_addresses = _Formats({"type": "string", "format": "uri"}, 20_000)
_good_sources: set[Source] = set()
_good_publications: set[Publication] = set()
_MOST_KNOWN: Final = 10_000
_SHORT: Final = 200
"""characters of what is remembered: a hostile file must not fill the memory with it"""


def fits(statement: Statement) -> bool:
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
    good = (
        _moments.fit(given.publication_date)
        and (publisher.name is not UNSET or publisher.url is not UNSET)
        and _addresses.fit(given.license)
        and _addresses.fit(publisher.url)
    )
    if good and len(_good_publications) < _MOST_KNOWN and _is_short(given.license, publisher.name, publisher.url):
        _good_publications.add(given)
    return good


def _source(given: Source) -> bool:
    if given in _good_sources:
        return True
    good = _addresses.fit(given.url) and _moments.fit(given.retrieved_at) and _agents(given.asserted_by)
    if good and len(_good_sources) < _MOST_KNOWN and is_short(given):
        _good_sources.add(given)
    return good


def is_short(given: Source) -> bool:
    """True where a source is short enough to be remembered."""
    agents, kinds = given.asserted_by or (), given.type or ()
    names = [text for agent in agents[:5] for text in (agent.name, agent.uri)]
    return len(agents) <= 5 and len(kinds) <= 5 and _is_short(given.description, given.url, *names)


def _is_short(*texts: str | UnsetType) -> bool:
    return all(text is UNSET or len(text) <= _SHORT for text in texts)


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

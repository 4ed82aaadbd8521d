"""What is wrong with a statement that its schema lets pass, seen from the statement alone.

The checks are those that the standard's text asks with MUST, and those of its public tools. Few of them cost the
statement: only one that no place in time or among records can be found for is refused; all others are reported, and the
statement is taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import msgspec
from msgspec import UNSET, UnsetType

from longarm.ingest.formats import bods_schemes, bods_shares
from longarm.ingest.formats.bods_parts import Entity, Identifier, Person
from longarm.ingest.formats.bods_shape import (
    Annotation,
    EntityStatement,
    Interest,
    PersonStatement,
    RelationshipStatement,
    Share,
    Statement,
)

OLDEST: Final = "1800"
"""the earliest year in which somebody alive in a register can have been born, as the public tools have it"""
LONGEST_LIFE: Final = 120
"""years"""
Found = tuple[str, str]
"""(kind of fault, in words)"""


def refusal(statement: Statement) -> str | None:
    """Say why a statement cannot be taken, or None: an interest that ends before it begins holds at no time."""
    if isinstance(statement, RelationshipStatement):
        for number, interest in enumerate(statement.record_details.interests or (), start=1):
            start, end = interest.start_date, interest.end_date
            if start is not UNSET and end is not UNSET and start > end:
                return f"interest {number} ends on {end}, before it begins on {start}"
    return None


def faults(statement: Statement, data: bytes, today: str) -> Iterator[Found]:
    """Give what is wrong with a statement that is taken all the same."""
    if statement.statement_date[:10] > today:
        yield "future statement", f"statementDate {statement.statement_date} lies in the future"
    source, published = statement.source, statement.publication_details
    if source is not UNSET and source.retrieved_at is not UNSET and source.retrieved_at[:10] > today:
        yield "future retrieval", f"source.retrievedAt {source.retrieved_at} lies in the future"
    if published is not UNSET:
        if published.publication_date[:10] > today:
            yield "future publication", f"publicationDate {published.publication_date} lies in the future"
        if published.bods_version != "0.4":
            yield "version", f"bodsVersion is {published.bods_version}, though it has the form of 0.4"
    if statement.annotations is not UNSET:
        yield from _annotations(statement.annotations, data, today)
    if isinstance(statement, EntityStatement):
        yield from _entity(statement.record_details)
    elif isinstance(statement, PersonStatement):
        yield from _person(statement.record_details, today)
    elif statement.record_details.interests is not UNSET:
        for number, interest in enumerate(statement.record_details.interests, start=1):
            yield from _interest(number, interest)


def _annotations(notes: tuple[Annotation, ...], data: bytes, today: str) -> Iterator[Found]:
    whole = msgspec.json.decode(data)
    for note in notes:
        if note.creation_date is not UNSET and note.creation_date[:10] > today:
            yield "future annotation", f"an annotation's creationDate {note.creation_date} lies in the future"
        if not _points(whole, note.statement_pointer_target):
            yield "pointer", f"an annotation points to '{note.statement_pointer_target}', which is not in the statement"


def _points(value: Any, pointer: str) -> bool:
    """True where a JSON Pointer (RFC 6901) leads to a place in the value."""
    if not pointer:
        return True
    head, *steps = pointer.split("/")
    if head:
        return False
    for step in steps:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isascii() and key.isdigit() and int(key[:9]) < len(value):
            value = value[int(key[:9])]
        else:
            return False
    return True


def _entity(said: Entity) -> Iterator[Found]:
    founded, dissolved = said.founding_date, said.dissolution_date
    if founded is not UNSET and dissolved is not UNSET and founded > dissolved:
        yield "dissolved before founded", f"dissolutionDate {dissolved} is before foundingDate {founded}"
    if said.identifiers is not UNSET:
        yield from _identifiers(said.identifiers, of_person=False)
    listing = said.public_listing
    if listing is UNSET:
        return
    if not listing.has_public_listing and (listing.company_filings_urls or listing.securities_listings):
        yield "listing", "publicListing tells of filings or securities, though hasPublicListing is false"
    for each in listing.securities_listings or ():
        segment, market = each.market_identifier_code, each.operating_market_identifier_code
        if bool(segment) != bool(market):
            lacking = "operatingMarketIdentifierCode" if segment else "marketIdentifierCode"
            yield "market", f"a securities listing gives one market code, and no {lacking}"


def _person(said: Person, today: str) -> Iterator[Found]:
    born, died = said.birth_date, said.death_date
    if born is not UNSET:
        if born > today:
            yield "birth", f"birthDate {born} lies in the future"
        elif born < OLDEST:
            yield "birth", f"birthDate {born} is before {OLDEST}"
    if died is not UNSET:
        if died > today:
            yield "death", f"deathDate {died} lies in the future"
        elif died < OLDEST:
            yield "death", f"deathDate {died} is before {OLDEST}"
        elif born is not UNSET and (died < born[: len(died)] or _years(born, died) > LONGEST_LIFE):
            yield "death", f"deathDate {died} does not go with birthDate {born}"
    if said.identifiers is not UNSET:
        yield from _identifiers(said.identifiers, of_person=True)


@lru_cache(maxsize=4096)
def _years(born: str, died: str) -> float:
    """Give the years between two dates, a partial one taken as its first day."""
    first, last = (dt.date.fromisoformat((text + "-01-01")[:10]) for text in (born, died))
    return (last - first).days / 365.25


def _identifiers(given: tuple[Identifier, ...], *, of_person: bool) -> Iterator[Found]:
    for each in given:
        if each.scheme is not UNSET:
            wrong = _scheme(each.scheme[:80], of_person)
            if wrong is not None:
                yield f"scheme {each.scheme[:40]}", wrong


@lru_cache(maxsize=4096)
def _scheme(scheme: str, of_person: bool) -> str | None:
    return bods_schemes.of_person(scheme) if of_person else bods_schemes.of_entity(scheme)


def _interest(number: int, said: Interest) -> Iterator[Found]:
    if said.share is UNSET:
        return
    wrong = _share(said.share)
    if wrong is not None:
        lost = "; it is taken without a share" if bods_shares.read(said.share) is None else ""
        yield "share", f"the share of interest {number} {wrong}{lost}"


def _share(share: Share) -> str | None:
    low, high = share.minimum, share.maximum
    if low is not UNSET and share.exclusive_minimum is not UNSET:
        return "has a minimum and an exclusiveMinimum"
    if high is not UNSET and share.exclusive_maximum is not UNSET:
        return "has a maximum and an exclusiveMaximum"
    low, high = _either(low, share.exclusive_minimum), _either(high, share.exclusive_maximum)
    if share.exact is not UNSET and (low is not UNSET or high is not UNSET):
        return "has an exact figure and bounds"
    if low is UNSET or high is UNSET:
        return None
    if low > high:
        return "has a smallest figure above the largest"
    return "has bounds that are one figure; an exact one was expected" if low == high else None


def _either(one: float | UnsetType, other: float | UnsetType) -> float | UnsetType:
    return other if one is UNSET else one

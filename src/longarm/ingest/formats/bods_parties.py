"""What BODS says of entities and persons, as statements: one function a kind of record.

The mapping is in docs/formats/bods.md. Who is anonymous or unknown stays an entity without a name, with its reason.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from msgspec import UNSET, UnsetType

from longarm.ingest.formats import bods_values as values
from longarm.ingest.formats.bods_fit import is_short
from longarm.ingest.formats.bods_parts import (
    Address,
    Entity,
    Identifier,
    Name,
    Person,
    PublicListing,
    Source,
    Unspecified,
)
from longarm.ingest.formats.bods_rows import Rows, Said
from longarm.ingest.formats.bods_shape import Annotation, EntityStatement, PersonStatement, Statement
from longarm.ingest.formats.bods_values import given

SCHEMA_OF: Final = {
    "registeredEntity": "Company",
    "legalEntity": "Organization",
    "arrangement": "LegalEntity",
    "anonymousEntity": "LegalEntity",
    "unknownEntity": "LegalEntity",
    "state": "PublicBody",
    "stateBody": "PublicBody",
}
_NAMES: Final = {"former": "previousName", "birth": "previousName"}
_FIRMS: Final = {
    "XI-LEI": "leiCode",
    "XI-PERMID": "permId",
    "XI-BVD": "bvdId",
    "XI-DUNS": "dunsCode",
    "US-DUNS": "dunsCode",
    "RU-OGRN": "ogrnCode",
    "RU-INN": "innCode",
    "CN-USCC": "uscCode",
    "US-SEC": "cikCode",
    "EU-VAT": "vatCode",
    "GB-VAT": "vatCode",
}
"""scheme of org-id.guide → the property that FollowTheMoney has for it alone"""
_PAPERS: Final = {"PASSPORT": "passportNumber", "TAXID": "taxNumber", "IDCARD": "idNumber"}


class Version(NamedTuple):
    """Which version of a record a statement is: of whom, since and until when."""

    entity: str
    record: int
    speaker: str | None = None
    since: str | None = None
    """the day of the statement, where an earlier version preceded it"""
    until: str | None = None
    """the last day of this version, where a later one follows"""

    def of(self, name: str, schema: str) -> Said:
        """Give the head of an entity that this version speaks of."""
        return Said(name, schema, self.record, self.speaker, self.since, self.until)


def entity(rows: Rows, statement: EntityStatement, version: Version) -> None:
    """Say what a statement says of an entity."""
    said = statement.record_details
    kind = said.entity_type
    _begin(rows, statement, SCHEMA_OF[kind.type], version)
    if (named := given(said.name)) is not None:
        rows.put("name", values.name(named), named)
    if said.alternate_names is not UNSET:
        for other in said.alternate_names:
            if given(other):
                rows.put("alias", values.name(other), other)
    if kind.type not in ("registeredEntity", "legalEntity"):
        rows.put("classification", kind.type)
    if kind.subtype is not UNSET and kind.subtype != "other":
        rows.put("classification", kind.subtype)
    if (details := given(kind.details)) is not None:
        rows.put("legalForm", values.words(details), details)
    _unspecified(rows, said.unspecified_entity_details, kind.type)
    place = said.jurisdiction
    if place is not UNSET:
        written = given(place.code) or place.name
        rows.put("jurisdiction", values.country(written) or values.country(place.name), written)
    _firm(rows, said)


def _firm(rows: Rows, said: Entity) -> None:
    if said.identifiers is not UNSET:
        for each in said.identifiers:
            _identifier(rows, each, _FIRMS.get(each.scheme or "", "registrationNumber"))
    for prop, text in (("incorporationDate", said.founding_date), ("dissolutionDate", said.dissolution_date)):
        if (date := given(text)) is not None:
            rows.put(prop, values.date(date), date)
    if said.addresses is not UNSET:
        _addresses(rows, said.addresses, "country")
    if (uri := given(said.uri)) is not None:
        rows.put("sourceUrl", values.url(uri), uri)
    if said.public_listing is not UNSET:
        _listed(rows, said.public_listing)
    statute = said.formed_by_statute
    if statute is not UNSET and (law := " ".join(filter(None, (given(statute.name), given(statute.date))))):
        rows.put("notes", values.long_text(f"formed by statute: {law}"))


def _listed(rows: Rows, said: PublicListing) -> None:
    if said.has_public_listing:
        rows.put("status", "publicly listed")
    if said.securities_listings is UNSET or rows.schema != "Company":
        return
    for listing in said.securities_listings:
        security = listing.security
        rows.put("ticker", values.identifier(security.ticker) if given(security.ticker) else None)
        if security.id_scheme == "isin" and (code := given(security.id)):
            rows.put("isinCode", values.identifier(code))


def person(rows: Rows, statement: PersonStatement, version: Version) -> None:
    """Say what a statement says of a person."""
    said = statement.record_details
    _begin(rows, statement, "Person", version)
    if said.names is not UNSET:
        for called in said.names:
            _name(rows, called)
    if said.person_type != "knownPerson":
        rows.put("classification", said.person_type)
    _unspecified(rows, said.unspecified_person_details, said.person_type)
    _life(rows, said)
    if said.identifiers is not UNSET:
        for each in said.identifiers:
            _identifier(rows, each, _PAPERS.get((each.scheme or "").rpartition("-")[2], "idNumber"))
    if said.addresses is not UNSET:
        _addresses(rows, said.addresses, "country")
    exposure = said.political_exposure
    if exposure is not UNSET and exposure.status == "isPep":
        rows.put("topics", "role.pep")
        for each_role in exposure.details or ():
            if (reason := given(each_role.reason)) is not None:
                rows.put("position", values.words(reason), reason)


def _life(rows: Rows, said: Person) -> None:
    for prop, text in (("birthDate", said.birth_date), ("deathDate", said.death_date)):
        if (date := given(text)) is not None:
            rows.put(prop, values.date(date), date)
    if said.nationalities is not UNSET:
        for nation in said.nationalities:
            written = given(nation.code) or nation.name
            rows.put("nationality", values.country(written) or values.country(nation.name), written)
    born = said.place_of_birth
    if born is not UNSET:
        if (place := given(born.address)) is not None:
            rows.put("birthPlace", values.words(place), place)
        if born.country is not UNSET:
            written = given(born.country.code) or born.country.name
            rows.put("birthCountry", values.country(written), written)


def _name(rows: Rows, said: Name) -> None:
    kind = "name" if said.type in (UNSET, "legal") else _NAMES.get(str(said.type), "alias")
    if given(said.full_name):
        rows.put(kind, values.name(said.full_name), said.full_name)
    if kind != "name":
        return
    for prop, text in (
        ("lastName", said.family_name),
        ("firstName", said.given_name),
        ("fatherName", said.patronymic_name),
    ):
        if (part := given(text)) is not None:
            rows.put(prop, values.words(part), part)


def _begin(rows: Rows, statement: Statement, schema: str, version: Version) -> None:
    rows.entity(version.of(version.entity, schema))
    provenance(rows, statement)
    if statement.annotations is not UNSET:
        noted(rows, statement.annotations, "notes")


def provenance(rows: Rows, statement: Statement) -> None:
    """Say when it was stated, and where the publisher has it from."""
    rows.put("modifiedAt", values.date(statement.statement_date), statement.statement_date)
    if statement.source is not UNSET:
        for row in _of(statement.source).rows:
            rows.put(*row)


def speaker(source: Source) -> str | None:
    """Give who asserts it, as the source names them."""
    return _of(source).speaker


class _Origin(NamedTuple):
    """What a source gives to every statement that names it."""

    speaker: str | None
    rows: tuple[tuple[str, str | None, str], ...]


_origins: dict[Source, _Origin] = {}
_MOST_ORIGINS: Final = 4096


def _of(source: Source) -> _Origin:
    found = _origins.get(source)
    if found is None:
        rows: list[tuple[str, str | None, str]] = []
        if (address := given(source.url)) is not None:
            rows.append(("sourceUrl", values.url(address), address))
        if (moment := given(source.retrieved_at)) is not None:
            rows.append(("retrievedAt", values.date(moment), moment))
        names = [name for agent in source.asserted_by or () if (name := given(agent.name)) is not None]
        found = _Origin(values.words("; ".join(names)) if names else None, tuple(rows))
        if len(_origins) < _MOST_ORIGINS and is_short(source):
            _origins[source] = found
    return found


def noted(rows: Rows, said: tuple[Annotation, ...], prop: str) -> None:
    """Say what somebody noted, with the place that the note is on."""
    for each in said:
        text = given(each.description) or given(each.transformed_content)
        if text is not None:
            at = f" on {each.statement_pointer_target}" if each.statement_pointer_target else ""
            rows.put(prop, values.long_text(f"{each.motivation}{at}: {text}"))


def _unspecified(rows: Rows, said: Unspecified | UnsetType, kind: str) -> None:
    if said is not UNSET:
        rows.put("notes", values.long_text(reason(said, kind)))


def reason(said: Unspecified, kind: str) -> str:
    """Put in words why somebody is not named, the standard's code first."""
    more = given(said.description)
    return f"{kind}: {said.reason}" + (f" ({more})" if more else "")


def _identifier(rows: Rows, said: Identifier, prop: str) -> None:
    if (code := given(said.id)) is not None:
        cleaned = values.identifier(code)
        scheme = given(said.scheme) or given(said.scheme_name)
        rows.put(prop, cleaned, f"{scheme} {code}" if scheme else code)
    if (address := given(said.uri)) is not None:
        rows.put("sourceUrl", values.url(address), address)


def _addresses(rows: Rows, said: tuple[Address, ...], prop: str) -> None:
    for each in said:
        country = each.country
        parts = [given(each.address), given(each.post_code), None if country is UNSET else given(country.name)]
        text = ", ".join(part for part in parts if part)
        if parts[0] or parts[1]:
            rows.put("address", values.address(text), text)
        if country is not UNSET:
            written = given(country.code) or country.name
            rows.put(prop, values.country(written) or values.country(country.name), written)

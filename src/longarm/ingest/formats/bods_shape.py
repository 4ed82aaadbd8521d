"""The shape of a BODS 0.4 statement as compiled types: decoding checks it, at the pace of a register.

Reads the bytes of one statement. What these types take, the standard's own JSON Schema takes too (with the rest in
`bods_schema`); what they refuse is put to that schema, which gives the reasons. Names are the standard's own.
Source: Beneficial Ownership Data Standard 0.4, `statement.json` and the record schemata, Apache-2.0.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType
from msgspec.json import Decoder

from longarm.ingest.formats.bods_parts import Agent, Entity, Person, Shape, Source, Unspecified

Percent = Annotated[float, Meta(ge=0, le=100)]
InterestType = Literal[
    "shareholding",
    "votingRights",
    "appointmentOfBoard",
    "otherInfluenceOrControl",
    "seniorManagingOfficial",
    "settlor",
    "trustee",
    "protector",
    "beneficiaryOfLegalArrangement",
    "rightsToSurplusAssetsOnDissolution",
    "rightsToProfitOrIncome",
    "rightsGrantedByContract",
    "conditionalRightsGrantedByContract",
    "controlViaCompanyRulesOrArticles",
    "controlByLegalFramework",
    "boardMember",
    "boardChair",
    "unknownInterest",
    "unpublishedInterest",
    "enjoymentAndUseOfAssets",
    "rightToProfitOrIncomeFromAssets",
    "nominee",
    "nominator",
]


class Share(Shape, frozen=True):
    """How much: a figure, or bounds."""

    exact: Percent | UnsetType = UNSET
    maximum: Percent | UnsetType = UNSET
    minimum: Percent | UnsetType = UNSET
    exclusive_minimum: Percent | UnsetType = UNSET
    exclusive_maximum: Percent | UnsetType = UNSET


class Interest(Shape, frozen=True):
    """An interest that a party has in a subject."""

    type: InterestType | UnsetType = UNSET
    direct_or_indirect: Literal["direct", "indirect", "unknown"] | UnsetType = UNSET
    beneficial_ownership_or_control: bool | UnsetType = UNSET
    details: str | UnsetType = UNSET
    share: Share | UnsetType = UNSET
    start_date: str | UnsetType = UNSET
    end_date: str | UnsetType = UNSET


class Relationship(Shape, frozen=True):
    """What is said of a relationship."""

    is_component: bool
    subject: str | Unspecified
    interested_party: str | Unspecified
    component_records: tuple[str, ...] | UnsetType = UNSET
    interests: tuple[Interest, ...] | UnsetType = UNSET


class Publisher(Shape, frozen=True):
    """Who publishes."""

    name: str | UnsetType = UNSET
    url: str | UnsetType = UNSET


class Publication(Shape, frozen=True):
    """When, by whom and under which version it was published."""

    publication_date: str
    bods_version: Annotated[str, Meta(pattern=r"^[0-9]+\.[0-9]+\Z")]
    publisher: Publisher
    license: str | UnsetType = UNSET


class Annotation(Shape, frozen=True):
    """What somebody notes on a statement or a part of it."""

    motivation: Literal["commenting", "correcting", "identifying", "linking", "transformation"]
    statement_pointer_target: str
    creation_date: str | UnsetType = UNSET
    created_by: Agent | UnsetType = UNSET
    description: str | UnsetType = UNSET
    transformed_content: str | UnsetType = UNSET
    url: str | UnsetType = UNSET


class Said(Shape, tag_field="recordType", frozen=True):
    """What all statements have."""

    statement_id: Annotated[str, Meta(min_length=32, max_length=64)]
    declaration_subject: str
    record_id: str
    statement_date: str
    annotations: tuple[Annotation, ...] | UnsetType = UNSET
    publication_details: Publication | UnsetType = UNSET
    source: Source | UnsetType = UNSET
    declaration: str | UnsetType = UNSET
    record_status: Literal["new", "updated", "closed"] | UnsetType = UNSET


class EntityStatement(Said, tag="entity", kw_only=True, frozen=True):
    """A statement on an entity."""

    record_details: Entity


class PersonStatement(Said, tag="person", kw_only=True, frozen=True):
    """A statement on a person."""

    record_details: Person


class RelationshipStatement(Said, tag="relationship", kw_only=True, frozen=True):
    """A statement on a relationship."""

    record_details: Relationship


Statement = EntityStatement | PersonStatement | RelationshipStatement

DECODER: Final = Decoder(Statement)
"""Decodes one statement. Raises msgspec.ValidationError where the shape is another, DecodeError where it is no JSON."""

"""The parts of BODS 0.4 statements as compiled types: places, sources, entities and persons. See `bods_shape`."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

Country2 = Annotated[str, Meta(min_length=2, max_length=2)]
Code6 = Annotated[str, Meta(min_length=2, max_length=6)]

Reason = Literal[
    "noBeneficialOwners",
    "subjectUnableToConfirmOrIdentifyBeneficialOwner",
    "interestedPartyHasNotProvidedInformation",
    "subjectExemptFromDisclosure",
    "interestedPartyExemptFromDisclosure",
    "unknown",
    "informationUnknownToPublisher",
]
SourceType = Literal["selfDeclaration", "officialRegister", "thirdParty", "primaryResearch", "verified"]


class Shape(Struct, rename="camel", frozen=True, gc=False):
    """A part of a statement, frozen and hashable. Further fields, which the standard allows, are passed over."""


class Place(Shape, frozen=True):
    """A country or a jurisdiction's country."""

    name: str
    code: Country2 | UnsetType = UNSET


class Jurisdiction(Shape, frozen=True):
    """A country or a part of one, by ISO 3166-1 or 3166-2."""

    name: str
    code: Code6 | UnsetType = UNSET


class Address(Shape, frozen=True):
    """An address. Its type is checked where it stands: each place allows others."""

    type: str | UnsetType = UNSET
    address: str | UnsetType = UNSET
    post_code: str | UnsetType = UNSET
    country: Place | UnsetType = UNSET


class Identifier(Shape, frozen=True):
    """An identifier, with the scheme that gave it."""

    id: str | UnsetType = UNSET
    scheme: str | UnsetType = UNSET
    scheme_name: str | UnsetType = UNSET
    uri: str | UnsetType = UNSET


class Unspecified(Shape, frozen=True):
    """Why a person or an entity is not named."""

    reason: Reason
    description: str | UnsetType = UNSET


class Agent(Shape, frozen=True):
    """Who asserts, publishes or annotates."""

    name: str | UnsetType = UNSET
    uri: str | UnsetType = UNSET


class Source(Shape, frozen=True):
    """Where the information comes from."""

    type: (
        tuple[Literal["selfDeclaration", "officialRegister", "thirdParty", "primaryResearch", "verified"], ...]
        | UnsetType
    ) = UNSET
    description: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    retrieved_at: str | UnsetType = UNSET
    asserted_by: tuple[Agent, ...] | UnsetType = UNSET


class EntityType(Shape, frozen=True):
    """The form of an entity."""

    type: Literal[
        "registeredEntity", "legalEntity", "arrangement", "anonymousEntity", "unknownEntity", "state", "stateBody"
    ]
    subtype: Literal["governmentDepartment", "stateAgency", "other", "trust", "nomination"] | UnsetType = UNSET
    details: str | UnsetType = UNSET


class Security(Shape, frozen=True):
    """A stock or other security."""

    ticker: str
    id_scheme: Literal["isin", "figi", "cusip", "cins"] | UnsetType = UNSET
    id: str | UnsetType = UNSET


class Listing(Shape, frozen=True):
    """A security on a market."""

    stock_exchange_jurisdiction: Code6
    security: Security
    stock_exchange_name: str
    market_identifier_code: str | UnsetType = UNSET
    operating_market_identifier_code: str | UnsetType = UNSET


class PublicListing(Shape, frozen=True):
    """Whether an entity is listed, and where."""

    has_public_listing: bool
    company_filings_urls: tuple[str, ...] | UnsetType = field(default=UNSET, name="companyFilingsURLs")
    securities_listings: tuple[Listing, ...] | UnsetType = UNSET


class Statute(Shape, frozen=True):
    """The law that made an entity."""

    name: str | UnsetType = UNSET
    date: str | UnsetType = UNSET


class Entity(Shape, frozen=True):
    """What is said of an entity."""

    is_component: bool
    entity_type: EntityType
    unspecified_entity_details: Unspecified | UnsetType = UNSET
    name: str | UnsetType = UNSET
    alternate_names: tuple[str, ...] | UnsetType = UNSET
    jurisdiction: Jurisdiction | UnsetType = UNSET
    identifiers: tuple[Identifier, ...] | UnsetType = UNSET
    founding_date: str | UnsetType = UNSET
    dissolution_date: str | UnsetType = UNSET
    addresses: tuple[Address, ...] | UnsetType = UNSET
    uri: str | UnsetType = UNSET
    public_listing: PublicListing | UnsetType = UNSET
    formed_by_statute: Statute | UnsetType = UNSET


class Name(Shape, frozen=True):
    """A name of a person."""

    full_name: str
    type: Literal["legal", "translation", "transliteration", "former", "alternative", "birth"] | UnsetType = UNSET
    family_name: str | UnsetType = UNSET
    given_name: str | UnsetType = UNSET
    patronymic_name: str | UnsetType = UNSET


class Exposure(Shape, frozen=True):
    """One reason for which a person is, or is not, politically exposed."""

    reason: str | UnsetType = UNSET
    missing_info_reason: str | UnsetType = UNSET
    jurisdiction: Jurisdiction | UnsetType = UNSET
    start_date: str | UnsetType = UNSET
    end_date: str | UnsetType = UNSET
    source: Source | UnsetType = UNSET


class PoliticalExposure(Shape, frozen=True):
    """Whether a person is politically exposed."""

    status: Literal["isPep", "isNotPep", "unknown"]
    details: tuple[Exposure, ...] | UnsetType = UNSET


class Person(Shape, frozen=True):
    """What is said of a person."""

    person_type: Literal["anonymousPerson", "unknownPerson", "knownPerson"]
    is_component: bool
    unspecified_person_details: Unspecified | UnsetType = UNSET
    names: tuple[Name, ...] | UnsetType = UNSET
    identifiers: tuple[Identifier, ...] | UnsetType = UNSET
    nationalities: tuple[Place, ...] | UnsetType = UNSET
    place_of_birth: Address | UnsetType = UNSET
    birth_date: str | UnsetType = UNSET
    death_date: str | UnsetType = UNSET
    tax_residencies: tuple[Place, ...] | UnsetType = UNSET
    addresses: tuple[Address, ...] | UnsetType = UNSET
    political_exposure: PoliticalExposure | UnsetType = UNSET

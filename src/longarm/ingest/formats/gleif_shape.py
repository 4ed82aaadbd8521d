"""What is read of a GLEIF record, by path: one list for XML, JSON and CSV, so that the three give the same record.

A record is a mapping from a path, such as `Entity.LegalAddress.City`, to its text. What may stand several times, such
as an other name, is a list of parts; a part maps `""` to its text and `@type`, `@lang` or a child's name to theirs.
Sources: LEI-CDF 3.1, RR-CDF 2.1 and Reporting Exceptions 2.1 of the Global LEI Foundation, and the golden copy files,
whose CSV writes the same paths as names of columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

Record = dict[str, Any]
"""path → text, or list of parts"""

MAX_RECORD: Final = 16 * 1024 * 1024
"""Bytes of one record; the largest in the golden copy has some 40 KB."""


class Found(NamedTuple):
    """A record, or why there is none."""

    number: int
    """in the file, from 1"""
    record: Record | None
    fault: str
    position: int
    """byte at which it begins: where a stopped load goes on"""
    is_record: bool = True
    """False where the fault stands between records"""


@dataclass(frozen=True)
class Shape:
    """What one of the three formats looks like."""

    root: str
    """of the XML, without the namespace"""
    record: str
    """the XML element of one record"""
    wrapper: str
    """the key of the list of records in JSON"""
    inside: str
    """the key around a record in that list, if there is one"""
    key: str
    """the first key of a record in JSON"""
    columns: frozenset[str]
    """columns that tell the CSV from any other"""
    namespace: str
    fields: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    """path of what may stand several times → what is read of it"""
    written: Mapping[str, str] = field(default_factory=dict)
    """beginning of a column in the CSV → the path that it stands for, where they differ"""

    def place(self, column: str) -> tuple[str, int, str] | None:
        """Give where a column of the CSV belongs: (path, number among the parts or 0, what of the part)."""
        name = column
        for beginning, path in self.written.items():
            if name.startswith(beginning):
                name = path + name[len(beginning) :]
        name = _ATTRIBUTE.sub(lambda found: "@" + found[1].removeprefix("xml"), name)
        if name in self.fields:
            return name, 0, ""
        found = _NUMBERED.fullmatch(name)
        if found is None or found["path"] not in self.parts:
            return None
        sub = re.sub(r"\.\d+$", "", found["sub"]).lstrip(".")
        sub = sub[:1].upper() + sub[1:] if not sub.startswith("@") else sub
        return (found["path"], int(found["number"]), sub) if sub in self.parts[found["path"]] else None


_NUMBERED: Final = re.compile(r"(?P<path>.+?)\.(?P<number>[1-9]\d{0,2})(?P<sub>(?:[.@].+)?)", re.ASCII)
_ATTRIBUTE: Final = re.compile(r"\.(xmllang|type|group_type|event_status)$", re.ASCII)

_ADDRESS: Final = (
    "FirstAddressLine",
    "AddressNumber",
    "AddressNumberWithinBuilding",
    "MailRouting",
    "City",
    "Region",
    "Country",
    "PostalCode",
)
LEGAL, SEAT = "Entity.LegalAddress", "Entity.HeadquartersAddress"
NAMES, LATIN = (
    "Entity.OtherEntityNames.OtherEntityName",
    "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName",
)
PLACES, LATIN_PLACES = (
    "Entity.OtherAddresses.OtherAddress",
    "Entity.TransliteratedOtherAddresses.TransliteratedOtherAddress",
)
EVENTS, SUCCESSORS = "Entity.LegalEntityEvents.LegalEntityEvent", "Entity.SuccessorEntity"
VALIDATED = "Registration.OtherValidationAuthorities.OtherValidationAuthority"
DELETED, FLAGGED = "Extension.gleif:Deletion.gleif:DeletedAt", "Extension.gleif:Deletion"
"""One of them has a value on a record of a delta file that was deleted; whole files may hold them empty."""


def is_deleted(record: Record) -> bool:
    """Say whether a record of a delta says that it was deleted."""
    return DELETED in record or FLAGGED in record


ENTITIES: Final = Shape(
    root="LEIData",
    record="LEIRecord",
    wrapper="records",
    inside="",
    key="LEI",
    columns=frozenset({"LEI", "Entity.LegalName"}),
    namespace="http://www.gleif.org/data/schema/leidata/",
    fields=(
        "LEI",
        "Entity.LegalName",
        "Entity.LegalName@lang",
        *(f"{place}.{line}" for place in (LEGAL, SEAT) for line in _ADDRESS),
        "Entity.RegistrationAuthority.RegistrationAuthorityID",
        "Entity.RegistrationAuthority.OtherRegistrationAuthorityID",
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
        "Entity.LegalJurisdiction",
        "Entity.EntityCategory",
        "Entity.EntitySubCategory",
        "Entity.LegalForm.EntityLegalFormCode",
        "Entity.LegalForm.OtherLegalForm",
        "Entity.EntityStatus",
        "Entity.EntityCreationDate",
        "Entity.EntityExpirationDate",
        "Registration.InitialRegistrationDate",
        "Registration.LastUpdateDate",
        "Registration.RegistrationStatus",
        "Registration.NextRenewalDate",
        "Registration.ManagingLOU",
        "Registration.ValidationSources",
        "Registration.ValidationAuthority.ValidationAuthorityID",
        "Registration.ValidationAuthority.ValidationAuthorityEntityID",
        FLAGGED,
        DELETED,
    ),
    parts={
        f"{LEGAL}.AdditionalAddressLine": ("",),
        f"{SEAT}.AdditionalAddressLine": ("",),
        NAMES: ("", "@lang", "@type"),
        LATIN: ("", "@lang", "@type"),
        PLACES: ("@type", *_ADDRESS, "AdditionalAddressLine"),
        LATIN_PLACES: ("@type", *_ADDRESS, "AdditionalAddressLine"),
        EVENTS: (
            "@group_type",
            "@event_status",
            "LegalEntityEventType",
            "LegalEntityEventEffectiveDate",
            "LegalEntityEventRecordedDate",
            "ValidationDocuments",
        ),
        SUCCESSORS: ("SuccessorLEI", "SuccessorEntityName"),
        VALIDATED: ("ValidationAuthorityID", "ValidationAuthorityEntityID"),
    },
)

PERIODS = "Relationship.RelationshipPeriods.RelationshipPeriod"
QUALIFIERS = "Relationship.RelationshipQualifiers.RelationshipQualifier"
QUANTIFIERS = "Relationship.RelationshipQuantifiers.RelationshipQuantifier"

RELATIONS: Final = Shape(
    root="RelationshipData",
    record="RelationshipRecord",
    wrapper="relations",
    inside="RelationshipRecord",
    key="RelationshipRecord",
    columns=frozenset({"Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"}),
    namespace="http://www.gleif.org/data/schema/rr/",
    fields=(
        "Relationship.StartNode.NodeID",
        "Relationship.StartNode.NodeIDType",
        "Relationship.EndNode.NodeID",
        "Relationship.EndNode.NodeIDType",
        "Relationship.RelationshipType",
        "Relationship.RelationshipStatus",
        "Registration.InitialRegistrationDate",
        "Registration.LastUpdateDate",
        "Registration.RegistrationStatus",
        "Registration.NextRenewalDate",
        "Registration.ManagingLOU",
        "Registration.ValidationSources",
        "Registration.ValidationDocuments",
        "Registration.ValidationReference",
        FLAGGED,
        DELETED,
    ),
    parts={
        PERIODS: ("StartDate", "EndDate", "PeriodType"),
        QUALIFIERS: ("QualifierDimension", "QualifierCategory"),
        QUANTIFIERS: ("MeasurementMethod", "QuantifierAmount", "QuantifierUnits"),
    },
    written={
        "Relationship.Period.": PERIODS + ".",
        "Relationship.Qualifiers.": QUALIFIERS + ".",
        "Relationship.Quantifiers.": QUANTIFIERS + ".",
    },
)

REASONS, REFERENCES = "ExceptionReason", "ExceptionReference"

EXCEPTIONS: Final = Shape(
    root="ReportingExceptionData",
    record="Exception",
    wrapper="exceptions",
    inside="",
    key="LEI",
    columns=frozenset({"LEI", "Exception.Category"}),
    namespace="http://www.gleif.org/data/schema/repex/",
    fields=("LEI", "ExceptionCategory", FLAGGED, DELETED),
    parts={REASONS: ("",), REFERENCES: ("",)},
    written={
        "Exception.Category": "ExceptionCategory",
        "Exception.Reason.": "ExceptionReason.",
        "Exception.Reference.": "ExceptionReference.",
    },
)

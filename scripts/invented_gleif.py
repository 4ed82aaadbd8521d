"""Invented records of the LEI register, by seed and number: what `generate_gleif.py` writes.

Frequencies are those of the golden copy of 2026, as published: of a hundred entities 89 are general, 7 funds, 4 sole
proprietors; one in five had an event; one relation to seven entities; nine of ten report why they have no parent.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from longarm.ingest.formats import gleif_shape as shape
from longarm.ingest.formats.gleif_shape import Record

_SYLLABLES = [f"{c}{v}" for c in "bdklmnrstvz" for v in "aeiou"]
_ENDS = {"DE": "GmbH", "FR": "S.A.S.", "GB": "Limited", "US": "LLC", "CN": "有限公司", "JP": "株式会社", "BE": "NV"}
_TOWNS = {"DE": "Köln", "FR": "Orléans", "GB": "Leeds", "US": "Dover", "CN": "杭州市", "JP": "大阪市", "BE": "Liège"}
_TONGUES = {"DE": "de", "FR": "fr", "GB": "en", "US": "en", "CN": "zh", "JP": "ja", "BE": "nl"}
_CATEGORIES = (["GENERAL"] * 889 + ["FUND"] * 72 + ["SOLE_PROPRIETOR"] * 36 + ["RESIDENT_GOVERNMENT_ENTITY"] * 2) + [
    "BRANCH",
    "INTERNATIONAL_ORGANIZATION",
]
_STATUSES = ["ISSUED"] * 57 + ["LAPSED"] * 35 + ["RETIRED"] * 7 + ["DUPLICATE", "ANNULLED", "PENDING_TRANSFER"]
_LINKS = (
    ["IS_FUND-MANAGED_BY"] * 31
    + ["IS_ULTIMATELY_CONSOLIDATED_BY"] * 27
    + ["IS_DIRECTLY_CONSOLIDATED_BY"] * 26
    + ["IS_SUBFUND_OF"] * 15
    + ["IS_INTERNATIONAL_BRANCH_OF", "IS_FEEDER_TO"]
)
_REASONS = (
    ["NATURAL_PERSONS"] * 50
    + ["NON_CONSOLIDATING"] * 20
    + ["NO_KNOWN_PERSON"] * 15
    + ["NO_LEI"] * 10
    + ["NON_PUBLIC"] * 5
)


def lei(number: int, *, fits: bool = True) -> str:
    """Give the LEI of the n-th invented entity, with check digits that fit (ISO 7064 mod 97-10) or not."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    tail, rest = "", number
    for _ in range(12):
        rest, digit = divmod(rest, 36)
        tail = letters[digit] + tail
    body = "9999" + "00" + tail
    digits = int("".join(str(letters.index(c)) for c in body + "00"))
    return f"{body}{(98 if fits else 97) - digits % 97:02d}"


def entities(count: int, seed: int, ugly: bool) -> Iterator[Record]:
    """Give invented LEI records."""
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        yield _entity(number, chance, ugly and chance.random() < 0.1)
        if ugly and chance.random() < 0.02:
            yield _entity(number, random.Random(seed * 1_000_003 + number), False)


def _day(chance: random.Random, first: int = 1985, last: int = 2024) -> str:
    return f"{chance.randint(first, last)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


def _name(chance: random.Random, length: int = 3) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(length)).capitalize()


def _entity(number: int, chance: random.Random, ugly: bool) -> Record:
    land = chance.choice(list(_ENDS))
    name = f"{_name(chance)} {_name(chance, 2)} {_ENDS[land]}"
    category = chance.choice(_CATEGORIES)
    legal, seat = shape.LEGAL, shape.SEAT
    street = f"{_name(chance)} {chance.randint(1, 200)}"
    born = _day(chance)
    register = f"RA{chance.randint(1, 700):06d}"
    kept = str(chance.randint(10_000_000, 99_999_999))
    record: Record = {
        "LEI": lei(number, fits=not (ugly and chance.random() < 0.2)),
        "Entity.LegalName": name,
        "Entity.LegalName@lang": _TONGUES[land],
        f"{legal}.FirstAddressLine": street,
        f"{legal}.City": _TOWNS[land],
        f"{legal}.Region": f"{land}-{chance.choice('ABCD')}{chance.choice('ABCD')}",
        f"{legal}.Country": land,
        f"{legal}.PostalCode": str(chance.randint(10_000, 99_999)),
        f"{seat}.FirstAddressLine": street,
        f"{seat}.City": _TOWNS[land],
        f"{seat}.Country": land if chance.random() < 0.93 else chance.choice(list(_ENDS)),
        f"{seat}.PostalCode": str(chance.randint(10_000, 99_999)),
        "Entity.RegistrationAuthority.RegistrationAuthorityID": register,
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID": kept,
        "Entity.LegalJurisdiction": "US-DE" if land == "US" else land,
        "Entity.EntityCategory": category,
        "Entity.LegalForm.EntityLegalFormCode": chance.choice(["2HBR", "8888", "H0PO", "XTIQ", "6CHY"]),
        "Entity.EntityStatus": "ACTIVE" if chance.random() < 0.93 else "INACTIVE",
        "Entity.EntityCreationDate": f"{born}T00:00:00.000Z",
        "Registration.InitialRegistrationDate": f"{_day(chance, 2012)}T06:51:02.000Z",
        "Registration.LastUpdateDate": f"{_day(chance, 2024, 2025)}T08:00:00+02:00",
        "Registration.RegistrationStatus": chance.choice(_STATUSES),
        "Registration.NextRenewalDate": f"{_day(chance, 2026, 2027)}T06:51:02.000Z",
        "Registration.ManagingLOU": lei(10**9 + number % 40),
        "Registration.ValidationSources": chance.choice(["FULLY_CORROBORATED", "ENTITY_SUPPLIED_ONLY"]),
        "Registration.ValidationAuthority.ValidationAuthorityID": register,
        "Registration.ValidationAuthority.ValidationAuthorityEntityID": kept,
    }
    if category == "RESIDENT_GOVERNMENT_ENTITY":
        record["Entity.EntitySubCategory"] = chance.choice(["CENTRAL_GOVERNMENT", "LOCAL_GOVERNMENT"])
    if record["Entity.LegalForm.EntityLegalFormCode"] == "8888":
        record["Entity.LegalForm.OtherLegalForm"] = "Körperschaft & Co."
    _more(record, number, chance, land)
    if ugly:
        _ugly(record, chance)
    return record


def _more(record: Record, number: int, chance: random.Random, land: str) -> None:
    if chance.random() < 0.1:
        record[f"{shape.LEGAL}.AdditionalAddressLine"] = [{"": "c/o " + _name(chance)}, {"": f"Floor {number % 9}"}]
    if chance.random() < 0.15:
        kind = chance.choice(["PREVIOUS_LEGAL_NAME", "TRADING_OR_OPERATING_NAME", "ALTERNATIVE_LANGUAGE_LEGAL_NAME"])
        record[shape.NAMES] = [{"": f"{_name(chance)} <{land}> & {_name(chance)}", "@lang": "en", "@type": kind}]
    if land in ("CN", "JP"):
        kind = "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME"
        record[shape.LATIN] = [{"": f"{_name(chance)} {_name(chance)}", "@lang": "en", "@type": kind}]
        kind = "AUTO_ASCII_TRANSLITERATED_LEGAL_ADDRESS"
        record[shape.LATIN_PLACES] = [
            {"@type": kind, "FirstAddressLine": _name(chance), "City": "Osaka", "Country": land}
        ]
    if chance.random() < 0.2:
        record[shape.EVENTS] = [
            {
                "@group_type": "STANDALONE",
                "@event_status": chance.choice(["COMPLETED", "IN_PROGRESS"]),
                "LegalEntityEventType": chance.choice(["CHANGE_LEGAL_NAME", "CHANGE_HQ_ADDRESS", "DISSOLUTION"]),
                "LegalEntityEventEffectiveDate": f"{_day(chance, 2015)}T08:00:00+02:00",
                "LegalEntityEventRecordedDate": f"{_day(chance, 2022)}T08:00:00+02:00",
                "ValidationDocuments": "SUPPORTING_DOCUMENTS",
            }
        ]
    if chance.random() < 0.015:
        record[shape.SUCCESSORS] = [{"SuccessorLEI": lei(number // 2), "SuccessorEntityName": _name(chance)}]


def _ugly(record: Record, chance: random.Random) -> None:
    what = chance.randrange(6)
    if what == 0:
        record["Entity.EntityCreationDate"] = "0001-01-01T00:00:00Z"
    elif what == 1:
        record["Registration.NextRenewalDate"] = "9999-12-31T00:00:00Z"
    elif what == 2:
        record["Entity.EntityStatus"] = "NULL"
    elif what == 3:
        record["Entity.EntityCategory"] = "GUILD"
    elif what == 4:
        record["LEI"] = "NOT-A-LEI"
    else:
        del record["Entity.LegalName"]
        record.pop("Entity.LegalName@lang", None)


def relations(count: int, seed: int, ugly: bool) -> Iterator[Record]:
    """Give invented relationship records between the first `count` entities, one to seven of them."""
    for number in range(max(1, count // 7)):
        chance = random.Random(seed * 1_000_033 + number)
        child, parent = number * 7, chance.randrange(max(2, count))
        if ugly and chance.random() < 0.1:
            child, parent = (parent, parent) if chance.random() < 0.5 else (parent, child)
        start = f"{_day(chance, 2005)}T00:00:00.000Z"
        active = chance.random() < 0.99
        periods = [{"StartDate": start, "PeriodType": "RELATIONSHIP_PERIOD"}]
        if not active and chance.random() < 0.5:
            periods[0]["EndDate"] = "2025-03-31T00:00:00.000Z"
        if chance.random() < 0.5:
            periods.append({"StartDate": start, "EndDate": "2024-12-31T00:00:00Z", "PeriodType": "ACCOUNTING_PERIOD"})
        kind = chance.choice(_LINKS)
        record: Record = {
            "Relationship.StartNode.NodeID": lei(child),
            "Relationship.StartNode.NodeIDType": "LEI",
            "Relationship.EndNode.NodeID": lei(parent),
            "Relationship.EndNode.NodeIDType": "LEI",
            "Relationship.RelationshipType": kind,
            shape.PERIODS: periods,
            "Relationship.RelationshipStatus": "ACTIVE" if active else "INACTIVE",
            "Registration.InitialRegistrationDate": start,
            "Registration.LastUpdateDate": f"{_day(chance, 2024, 2025)}T08:00:00Z",
            "Registration.RegistrationStatus": "PUBLISHED",
            "Registration.NextRenewalDate": f"{_day(chance, 2026, 2027)}T08:00:00Z",
            "Registration.ManagingLOU": lei(10**9 + number % 40),
            "Registration.ValidationSources": "FULLY_CORROBORATED",
            "Registration.ValidationDocuments": "ACCOUNTS_FILING",
        }
        if "CONSOLIDATED" in kind:
            record[shape.QUALIFIERS] = [{"QualifierDimension": "ACCOUNTING_STANDARD", "QualifierCategory": "IFRS"}]
            record[shape.QUANTIFIERS] = [
                {
                    "MeasurementMethod": "ACCOUNTING_CONSOLIDATION",
                    "QuantifierAmount": "100.00",
                    "QuantifierUnits": "PERCENTAGE",
                }
            ]
        if ugly and chance.random() < 0.1:
            record["Relationship.RelationshipType"] = "IS_TWIN_OF"
        yield record


def exceptions(count: int, seed: int, ugly: bool) -> Iterator[Record]:
    """Give invented reporting exceptions, two for most entities."""
    for number in range(count):
        chance = random.Random(seed * 1_000_037 + number)
        if chance.random() < 0.07:
            continue
        for kind in ("DIRECT", "ULTIMATE"):
            reason = "MOON_IN_RETROGRADE" if ugly and chance.random() < 0.1 else chance.choice(_REASONS)
            record: Record = {
                "LEI": lei(number),
                "ExceptionCategory": f"{kind}_ACCOUNTING_CONSOLIDATION_PARENT",
                shape.REASONS: [{"": reason}],
            }
            if chance.random() < 0.01:
                record[shape.REFERENCES] = [{"": f"Statute of {_name(chance)}, § {number % 90}"}]
            yield record

"""The compiled types and the standard's own schema: one answer, and a reason for each refusal."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bods_packages import firm, human, package, packages, tie
from longarm.ingest.formats.bods_schema import Unfit, decode, reasons, schema

SOURCE = {
    "type": ["selfDeclaration", "verified"],
    "description": "form 7",
    "url": "https://x.example/7",
    "retrievedAt": "2024-01-01T00:00:00Z",
    "assertedBy": [{"name": "A", "uri": "https://x.example/a"}],
}
ADDRESS = {"type": "business", "address": "1 Kai", "postCode": "1", "country": {"name": "Germany", "code": "DE"}}
RICH = [
    firm(
        entityType={"type": "stateBody", "subtype": "stateAgency", "details": "agency"},
        unspecifiedEntityDetails={"reason": "unknown", "description": "d"},
        alternateNames=["Other"],
        jurisdiction={"name": "Scotland", "code": "GB-SCT"},
        identifiers=[{"id": "1", "scheme": "GB-COH", "schemeName": "n", "uri": "https://x.example/1"}],
        foundingDate="2000-01-01",
        dissolutionDate="2001-01-01",
        addresses=[ADDRESS],
        uri="https://x.example/e",
        formedByStatute={"name": "Act", "date": "1999-01-01"},
        publicListing={
            "hasPublicListing": True,
            "companyFilingsURLs": ["https://x.example/f"],
            "securitiesListings": [
                {
                    "marketIdentifierCode": "A",
                    "operatingMarketIdentifierCode": "B",
                    "stockExchangeJurisdiction": "GB",
                    "stockExchangeName": "S",
                    "security": {"idScheme": "isin", "id": "1", "ticker": "T"},
                }
            ],
        },
        publicationDetails={
            "publicationDate": "2024-01-01",
            "bodsVersion": "0.4",
            "license": "https://x.example/l",
            "publisher": {"name": "R", "url": "https://x.example"},
        },
        source=SOURCE,
        recordStatus="new",
        annotations=[
            {
                "motivation": "transformation",
                "statementPointerTarget": "",
                "transformedContent": "x",
                "creationDate": "2024-01-01",
                "createdBy": {"name": "n", "uri": "https://x.example/n"},
                "description": "d",
                "url": "https://x.example/u",
            }
        ],
    ),
    human(
        names=[{"type": "legal", "fullName": "A B", "familyName": "B", "givenName": "A", "patronymicName": "C"}],
        unspecifiedPersonDetails={"reason": "unknown"},
        identifiers=[{"scheme": "GBR-TAXID", "id": "1"}],
        nationalities=[{"name": "Germany", "code": "DE"}],
        placeOfBirth={"type": "placeOfBirth", "address": "x"},
        birthDate="1990-12",
        deathDate="2000",
        taxResidencies=[{"name": "France", "code": "FR"}],
        addresses=[{**ADDRESS, "type": "residence"}],
        politicalExposure={
            "status": "isPep",
            "details": [
                {
                    "reason": "r",
                    "missingInfoReason": "m",
                    "jurisdiction": {"name": "x"},
                    "startDate": "2000-01-01",
                    "endDate": "2001-01-01",
                    "source": SOURCE,
                }
            ],
        },
    ),
    tie(
        party={"reason": "unknown", "description": "d"},
        componentRecords=["a"],
        interests=[
            {
                "type": "shareholding",
                "directOrIndirect": "direct",
                "beneficialOwnershipOrControl": False,
                "details": "d",
                "share": {"minimum": 1, "exclusiveMaximum": 2.5, "exact": 1, "maximum": 3, "exclusiveMinimum": 0},
                "startDate": "2020-01-01",
                "endDate": "2021-01-01",
            }
        ],
    ),
]
"""statements in which every field of the standard stands once"""


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give every place of a statement."""
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from places(each, (*at, key))


def put(statement: Any, at: tuple[Any, ...], value: Any) -> Any:
    """Give the statement with another value at a place; `...` takes it away."""
    found = copy.deepcopy(statement)
    if not at:
        return value
    inside = found
    for step in at[:-1]:
        inside = inside[step]
    if value is ...:
        del inside[at[-1]]
    else:
        inside[at[-1]] = value
    return found


def agree(statement: Any) -> bool:
    """Assert that both say the same of a statement, and give whether it is one."""
    data = json.dumps(statement).encode()
    is_one = bool(schema().is_valid(statement))
    refusal = None
    try:
        decode(data)
    except Unfit as fault:
        refusal = str(fault).strip()
    assert (refusal is None) == is_one, (statement, refusal)
    assert refusal != ""
    return is_one


WRONG: tuple[Any, ...] = (
    ...,
    None,
    7,
    -1,
    101,
    5.5,
    True,
    "",
    "x",
    "x" * 70,
    [],
    [7],
    {},
    {"x": 1},
    "2020-02-30",
    "DE",
)
CASES = [(n, at) for n, statement in enumerate(RICH) for at in places(statement) if at]


@pytest.mark.parametrize(("n", "at"), CASES, ids=lambda v: "/".join(map(str, v)) if isinstance(v, tuple) else str(v))
def test_at_every_field_the_compiled_types_answer_as_the_schema(n: int, at: tuple[Any, ...]) -> None:
    """Each field of the standard is taken away, and given each kind of wrong value."""
    assert agree(RICH[n])
    found = {agree(put(RICH[n], at, wrong)) for wrong in WRONG}
    assert False in found  # no field of the standard takes everything


@settings(max_examples=300, deadline=None)
@given(packages(), st.data())
def test_a_mutated_package_is_judged_as_the_schema_judges_it(given_: list[Any], data: st.DataObject) -> None:
    """Values of one place put into another, however unfit."""
    statement = data.draw(st.sampled_from(given_))
    at = data.draw(st.sampled_from(sorted(places(statement), key=str)))
    other = data.draw(st.sampled_from(RICH))
    source: Any = other
    for step in data.draw(st.sampled_from(sorted(places(other), key=str))):
        source = source[step]
    agree(put(statement, at, source))


@settings(max_examples=100, deadline=None)
@given(packages())
def test_a_sound_package_is_sound_by_the_schema(given_: list[Any]) -> None:
    """What the tests generate as sound is sound by the standard's own files."""
    for statement in given_:
        assert agree(statement)


DATES = {
    "2024-02-29": True,
    "2023-02-29": False,
    "2024-1-1": False,
    "2024": False,
    "2024-01-01T00:00:00Z": True,
    "2024-01-01T00:00:00+01:00": True,
    "2024-01-01 00:00:00": False,
    "0001-01-01": True,
    "9999-12-31": True,
    "20240101": False,
}


@pytest.mark.parametrize("text", DATES)
def test_a_statement_is_dated_to_the_day_or_the_moment(text: str) -> None:
    """`statementDate` is a date or a moment of RFC 3339."""
    assert agree(firm(statementDate=text)) == DATES[text]


@pytest.mark.parametrize("escape", ["\\u0000", "\\u001b", "\\ud800", "\\udc00x", "\\b", "\\u007f"])
def test_a_text_with_a_control_character_or_half_of_one_is_refused(escape: str) -> None:
    """Such a text could neither be kept nor shown."""
    data = json.dumps(firm(name="@")).replace("@", escape).encode()
    with pytest.raises(Unfit, match=r"control character|not JSON"):
        decode(data)


def test_a_text_beyond_the_first_plane_may_be_written_as_two_halves() -> None:
    """JSON itself writes it so (RFC 8259, section 7)."""
    assert decode(json.dumps(firm(name="𝄞 Harbour")).encode()).record_details.name == "𝄞 Harbour"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (5, "a statement is an object; this is a number"),
        ([1], "this is an array"),
        ("x", "this is a text"),
        (None, "this is null"),
        ({}, '"recordType" is a required property'),
        ({"statementType": "personStatement", "publicationDetails": {"bodsVersion": "0.2"}}, "of BODS 0.2"),
    ],
)
def test_what_is_no_statement_at_all_is_told_so(given_: Any, words: str) -> None:
    """In words, whatever stands there."""
    with pytest.raises(Unfit, match=words.replace("[", r"\[")):
        decode(json.dumps(given_).encode())


def test_the_reason_names_the_place_and_what_was_expected() -> None:
    """As the schema has it: `recordDetails.interests[0].type`."""
    bad = package()[4]
    bad["recordDetails"]["interests"][0]["type"] = "ownership"
    assert reasons(json.dumps(bad).encode())[0].startswith('recordDetails.interests[0].type: "ownership" is not one of')

"""Entities of the LEI register."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.errors import SourceError
from longarm.graph.readers import read as ties_of
from longarm.graph.records import gather
from longarm.ingest.formats import gleif_shape as shape
from longarm.ingest.formats.gleif_lei import GleifEntities
from longarm.ingest.formats.gleif_words import checks
from registers_support import SAMPLES, entities, fit, gleif, invented_gleif, read, rows, said

READER = GleifEntities()
LEI = invented_gleif.lei(7)


def as_json(*records: dict[str, Any]) -> bytes:
    return json.dumps({"records": list(records)}).encode()


def one(**more: Any) -> dict[str, Any]:
    """A small record of the golden copy."""
    entity = {
        "LegalName": {"@xml:lang": "de-DE", "$": "Möwe  Häfen GmbH"},
        "LegalAddress": {"FirstAddressLine": {"$": "Kai 1"}, "City": {"$": "Kiel"}, "Country": {"$": "DE"}},
        "HeadquartersAddress": {"FirstAddressLine": {"$": "5 Rue Basse"}, "Country": {"$": "FR"}},
        "LegalJurisdiction": {"$": "DE"},
        "EntityCategory": {"$": "GENERAL"},
        **more,
    }
    return {"LEI": {"$": LEI}, "Entity": entity, "Registration": {"LastUpdateDate": {"$": "2025-01-09T23:30:00+02:00"}}}


def only(record: dict[str, Any]) -> dict[str, Any]:
    return entities(read(READER, as_json(record)))[f"lei-{LEI}"]


def test_a_record_becomes_an_entity_with_its_law_its_seat_and_its_names() -> None:
    """Registered is where the law is, managed is where the headquarters are; the day is the one that is written."""
    found = only(one())
    assert found["schema"] == "Company"
    assert found["properties"] == {
        "address": ["5 Rue Basse, FR", "Kai 1, Kiel, DE"],
        "classification": ["GENERAL"],
        "jurisdiction": ["de"],
        "leiCode": [LEI],
        "mainCountry": ["fr"],
        "modifiedAt": ["2025-01-09"],
        "name": ["Möwe Häfen GmbH"],
    }


def test_what_cleaning_changed_is_kept_as_it_was_written() -> None:
    """original_value holds it, and the language is ISO 639-3."""
    listed = said(read(READER, as_json(one()))).to_pylist()
    name = next(row for row in listed if row["prop"] == "name")
    assert (name["original_value"], name["lang"], name["record"]) == ("Möwe  Häfen GmbH", "deu", 1)


@pytest.mark.parametrize(
    ("category", "schema"),
    [
        ("GENERAL", "Company"),
        ("FUND", "Company"),
        ("BRANCH", "Company"),
        ("SOLE_PROPRIETOR", "LegalEntity"),
        ("RESIDENT_GOVERNMENT_ENTITY", "PublicBody"),
        ("INTERNATIONAL_ORGANIZATION", "Organization"),
        ("GUILD", "LegalEntity"),
    ],
)
def test_the_category_chooses_the_schema(category: str, schema: str) -> None:
    """A category that nobody knows yet is kept as it stands, and named."""
    chunks = read(READER, as_json(one(EntityCategory={"$": category})))
    found = entities(chunks)[f"lei-{LEI}"]
    assert found["schema"] == schema
    assert found["properties"]["classification"] == [category]
    assert bool(chunks[0].warnings) == (category == "GUILD")


def test_kinds_of_names_are_told_apart() -> None:
    """Former names are former; trade names, other languages and transliterations are other names."""
    found = only(
        one(
            OtherEntityNames={
                "OtherEntityName": [
                    {"@type": "PREVIOUS_LEGAL_NAME", "$": "Old"},
                    {"@type": "TRADING_OR_OPERATING_NAME", "$": "Trade"},
                ]
            },
            TransliteratedOtherEntityNames={
                "TransliteratedOtherEntityName": {"@type": "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME", "$": "Moewe"}
            },
        )
    )["properties"]
    assert (found["previousName"], found["alias"]) == (["Old"], ["Moewe", "Trade"])


def test_events_and_successors_are_records_of_their_own() -> None:
    """A completed dissolution of an inactive entity is its end; one in progress is none."""
    event = {
        "@group_type": "STANDALONE",
        "@event_status": "COMPLETED",
        "LegalEntityEventType": {"$": "DISSOLUTION"},
        "LegalEntityEventEffectiveDate": {"$": "2024-03-01T00:00:00Z"},
    }
    other = invented_gleif.lei(8)
    record = one(
        EntityStatus={"$": "INACTIVE"},
        LegalEntityEvents={"LegalEntityEvent": [event]},
        SuccessorEntity=[{"SuccessorLEI": {"$": other}}, {"SuccessorEntityName": {"$": "Nobody yet"}}],
    )
    found = entities(read(READER, as_json(record)))
    assert found[f"lei-{LEI}"]["properties"]["dissolutionDate"] == ["2024-03-01"]
    assert found[f"lei-{LEI}"]["properties"]["notes"] == ["succeeded by Nobody yet"]
    assert found[f"lei-{LEI}-dissolution-2024-03-01"]["properties"]["involved"] == [f"lei-{LEI}"]
    assert found[f"lei-{LEI}-succeeded-by-{other}"]["properties"]["successor"] == [f"lei-{other}"]
    event["@event_status"] = "IN_PROGRESS"
    assert "dissolutionDate" not in only(record)["properties"]


def test_placeholders_are_no_values() -> None:
    """0001 and 9999, the text NULL, 8888 and RA999999 mean that nobody knows; a warning says what was left out."""
    record = one(
        EntityStatus={"$": "NULL"},
        EntityCreationDate={"$": "0001-01-01T00:00:00Z"},
        LegalForm={"EntityLegalFormCode": {"$": "8888"}, "OtherLegalForm": {"$": "Stiftung"}},
        RegistrationAuthority={"RegistrationAuthorityID": {"$": "RA999999"}},
    )
    chunks = read(READER, as_json(record))
    found = entities(chunks)[f"lei-{LEI}"]["properties"]
    assert "status" not in found
    assert "incorporationDate" not in found
    assert found["legalForm"] == ["Stiftung"]
    assert found["notes"] == ["incorporationDate: 0001-01-01T00:00:00Z"]
    assert any("0001-01-01" in warning for warning in chunks[0].warnings)


def test_a_jurisdiction_that_is_no_state_is_kept_as_a_note() -> None:
    """Nothing of a record is dropped because a code is new; a part of the United Kingdom counts as it."""
    found = only(one(LegalJurisdiction={"$": "Q9"}))["properties"]
    assert "jurisdiction" not in found
    assert found["notes"] == ["jurisdiction: Q9"]
    assert only(one(LegalJurisdiction={"$": "GB-SCT"}))["properties"]["jurisdiction"] == ["gb"]
    assert only(one(LegalJurisdiction={"$": "US-DE"}))["properties"]["jurisdiction"] == ["us"]


def test_the_graph_ties_an_entity_to_where_it_is_registered_and_managed() -> None:
    """What is said makes the ties that the graph reads from any source."""
    listed = said(read(READER, as_json(one()))).to_pylist()
    full = [
        {**row, "id": str(n), "canonical_id": row["entity_id"], "document": None, "dataset": "d", "grade": "A1"}
        for n, row in enumerate(listed)
    ]
    ties = [tie.tie.id for record in gather(full, {}, {}) for tie in ties_of(record, {})]
    assert ties == [f"registered:state:DE>lei-{LEI}", f"seated:state:FR>lei-{LEI}"]


def test_a_record_without_a_lei_is_a_reject_and_the_rest_is_taken() -> None:
    """The reject names the record and the mend; a LEI whose check digits do not fit is taken with a warning."""
    wrong = invented_gleif.lei(9, fits=False)
    chunks = read(READER, as_json({**one(), "LEI": {"$": "too short"}}, {**one(), "LEI": {"$": wrong}}, one()))
    (reject,) = chunks[0].rejects
    assert (reject.line, "too short" in reject.reason) == (1, True)
    assert {f"lei-{wrong}", f"lei-{LEI}"} <= set(entities(chunks))
    assert "check digits" in chunks[0].warnings[0]


@given(st.integers(0, 36**10))
def test_check_digits_are_those_of_the_standard(number: int) -> None:
    """ISO 7064 mod 97-10: one wrong digit never fits."""
    assert checks(invented_gleif.lei(number))
    assert not checks(invented_gleif.lei(number, fits=False))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_the_three_writings_of_a_file_say_the_same(seed: int, ugly: bool) -> None:
    """XML, JSON and CSV of one set of records give the same statements, rejects and closings."""
    read_from = [read(READER, gleif("lei", writing, 40, seed, ugly=ugly)) for writing in ("xml", "json", "csv")]
    first, *others = [
        (rows(chunks), [r.line for c in chunks for r in c.rejects], {x for c in chunks for x in c.closed})
        for chunks in read_from
    ]
    assert all(other == first for other in others)


@pytest.mark.parametrize("writing", ["xml", "json", "csv"])
def test_every_statement_is_one_that_followthemoney_takes(writing: str) -> None:
    """Schema, property, type and value; and an entity is said to be before anything else is said of it."""
    fit(read(READER, gleif("lei", writing, 200, 3, ugly=True)))


@pytest.mark.parametrize("writing", ["xml", "json", "csv"])
def test_a_sample_is_recognised_by_its_content(writing: str) -> None:
    """Whatever it is called; and its header, or its name, says when it was published and that it is whole."""
    path = SAMPLES / "gleif" / f"20260911-1600-gleif-goldencopy-lei2-golden-copy.{writing}"
    data = path.read_bytes()
    assert READER.recognises(data[:65536], "x") > 0.5
    about = READER.about(_named(data, path.name))
    assert (about.published, about.is_snapshot, about.origin) == ("2026-09-11", True, "register:gleif")
    assert len([e for e in entities(read(READER, data)).values() if "leiCode" in e["properties"]]) == 12


def _named(data: bytes, name: str) -> Any:
    from registers_support import source

    return source(data, name)


def test_a_delta_says_what_it_follows_and_what_was_deleted() -> None:
    """A deletion is no statement: it closes."""
    record = invented_gleif.entities(1, 1, False)
    from io import BytesIO

    from registers_support import generate_gleif

    out = BytesIO()
    gone = {**next(iter(record)), shape.DELETED: "2026-09-11T10:00:00Z"}
    generate_gleif.write(out, "lei", "xml", [gone], delta=True)
    about = READER.about(_named(out.getvalue(), "delta"))
    assert (about.is_snapshot, about.follows) == (False, "2026-09-11T08:00:00Z")
    (chunk,) = read(READER, out.getvalue())
    assert chunk.closed == (f"lei-{gone['LEI']}",)
    assert chunk.said.num_rows == 0


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"{}", b"<a/>", b"a,b\n1,2\n", b'{"records": 5}', b"<lei:LEIData", b"\x00\x01", b"[]"]
)
def test_what_is_none_of_it_is_refused_in_words(data: bytes) -> None:
    """Never a traceback."""
    assert READER.recognises(data, "lei.xml") == 0 or b"LEIData" in data
    with pytest.raises(SourceError):
        read(READER, data)

"""Relations of the LEI register, and parents that are not reported."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.graph.readers import read as ties_of
from longarm.graph.records import gather
from longarm.ingest.formats import gleif_shape as shape
from longarm.ingest.formats.gleif_repex import GleifExceptions
from longarm.ingest.formats.gleif_rr import GleifRelations
from registers_support import SAMPLES, entities, fit, generate_gleif, gleif, invented_gleif, read, rows, said, source

RELATIONS, EXCEPTIONS = GleifRelations(), GleifExceptions()
A, B = invented_gleif.lei(1), invented_gleif.lei(2)


def file(*records: dict[str, Any], part: str = "rr", writing: str = "xml", delta: bool = False) -> bytes:
    out = BytesIO()
    generate_gleif.write(out, part, writing, records, delta=delta)
    return out.getvalue()


def relation(kind: str = "IS_DIRECTLY_CONSOLIDATED_BY", **more: Any) -> dict[str, Any]:
    return {
        "Relationship.StartNode.NodeID": A,
        "Relationship.EndNode.NodeID": B,
        "Relationship.RelationshipType": kind,
        "Relationship.RelationshipStatus": "ACTIVE",
        "Registration.LastUpdateDate": "2025-06-30T10:00:00Z",
        shape.PERIODS: [
            {"StartDate": "2019-05-06T00:00:00+02:00", "PeriodType": "RELATIONSHIP_PERIOD"},
            {"StartDate": "2023-01-01", "EndDate": "2023-12-31", "PeriodType": "ACCOUNTING_PERIOD"},
        ],
        **more,
    }


def ties(data: bytes) -> list[str]:
    listed = said(read(RELATIONS, data)).to_pylist()
    full = [
        {**row, "id": str(n), "canonical_id": row["entity_id"], "document": None, "dataset": "d", "grade": "A1"}
        for n, row in enumerate(listed)
    ]
    return [tie.tie.id for record in gather(full, {}, {}) for tie in ties_of(record, {})]


def test_a_consolidation_is_a_tie_of_its_own_without_a_share() -> None:
    """The percentage is of what is consolidated, not of shares: it stays in the summary (design 4.2)."""
    record = relation(
        **{
            shape.QUALIFIERS: [{"QualifierDimension": "ACCOUNTING_STANDARD", "QualifierCategory": "IFRS"}],
            shape.QUANTIFIERS: [
                {
                    "MeasurementMethod": "ACCOUNTING_CONSOLIDATION",
                    "QuantifierAmount": "100.00",
                    "QuantifierUnits": "PERCENTAGE",
                }
            ],
        }
    )
    found = entities(read(RELATIONS, file(record)))[f"lei-{A}-direct-{B}"]
    assert found["schema"] == "Control"
    assert found["properties"] == {
        "controlType": ["consolidation"],
        "controlled": [f"lei-{A}"],
        "controller": [f"lei-{B}"],
        "interestType": ["isDirectlyConsolidatedBy"],
        "modifiedAt": ["2025-06-30"],
        "role": ["IS_DIRECTLY_CONSOLIDATED_BY"],
        "startDate": ["2019-05-06"],
        "status": ["ACTIVE"],
        "summary": [
            "; ".join(
                [
                    "ACCOUNTING_STANDARD IFRS",
                    "ACCOUNTING_CONSOLIDATION 100.00 PERCENTAGE",
                    "ACCOUNTING_PERIOD 2023-01-01 to 2023-12-31",
                ]
            )
        ],
    }
    assert ties(file(record)) == []


@pytest.mark.parametrize(
    ("kind", "schema", "tie"),
    [
        ("IS_DIRECTLY_CONSOLIDATED_BY", "Control", None),
        ("IS_ULTIMATELY_CONSOLIDATED_BY", "Control", None),
        ("IS_FUND-MANAGED_BY", "Control", None),
        ("IS_SUBFUND_OF", "UnknownLink", None),
        ("IS_FEEDER_TO", "UnknownLink", None),
        ("IS_INTERNATIONAL_BRANCH_OF", "Control", f"control:lei-{B}>lei-{A}[head office]"),
        ("IS_TWIN_OF", "UnknownLink", None),
    ],
)
def test_only_a_head_office_has_power_by_this_register(kind: str, schema: str, tie: str | None) -> None:
    """Consolidation and management of a fund give none; a branch is its head office. What is new is kept."""
    data = file(relation(kind))
    (found,) = entities(read(RELATIONS, data)).values()
    assert (found["schema"], found["properties"]["role"]) == (schema, [kind])
    assert ties(data) == ([tie] if tie else [])


def test_an_ended_relation_ends_on_the_day_that_is_said_or_was_last_looked_at() -> None:
    """Inactive without an end: by the last update at the latest. It is closed in either case."""
    ended = relation(**{"Relationship.RelationshipStatus": "INACTIVE"})
    (chunk,) = read(RELATIONS, file(ended))
    assert entities([chunk])[f"lei-{A}-direct-{B}"]["properties"]["endDate"] == ["2025-06-30"]
    assert set(chunk.said.column("valid_to").to_pylist()) == {"2025-06-30"}
    assert chunk.closed == (f"lei-{A}-direct-{B}",)
    ended[shape.PERIODS] = [{"StartDate": "2019-05-06", "EndDate": "2024-02-29", "PeriodType": "RELATIONSHIP_PERIOD"}]
    assert entities(read(RELATIONS, file(ended)))[f"lei-{A}-direct-{B}"]["properties"]["endDate"] == ["2024-02-29"]


@pytest.mark.parametrize("status", ["ANNULLED", "DUPLICATE"])
def test_a_record_that_never_should_have_been_is_closed_and_says_nothing(status: str) -> None:
    """As one that a delta deletes."""
    (chunk,) = read(RELATIONS, file(relation(**{"Registration.RegistrationStatus": status})))
    assert (chunk.said.num_rows, chunk.closed) == (0, (f"lei-{A}-direct-{B}",))
    (deleted,) = read(RELATIONS, file(relation(**{shape.DELETED: "2026-01-01T00:00:00Z"}), delta=True))
    assert (deleted.said.num_rows, deleted.closed) == (0, (f"lei-{A}-direct-{B}",))


def test_odd_dates_circles_and_texts_of_null_are_survived() -> None:
    """9999 is no end, 0001 no beginning; who is consolidated by himself is named; NULL is no status."""
    record = relation(
        **{
            "Relationship.EndNode.NodeID": A,
            "Relationship.RelationshipStatus": "NULL",
            shape.PERIODS: [{"StartDate": "0001-01-01", "EndDate": "9999-12-31", "PeriodType": "RELATIONSHIP_PERIOD"}],
        }
    )
    (chunk,) = read(RELATIONS, file(record))
    found = entities([chunk])[f"lei-{A}-direct-{A}"]["properties"]
    assert not {"startDate", "endDate", "status"} & set(found)
    assert len(chunk.warnings) == 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Relationship.StartNode.NodeID": "nobody"}, "is no LEI"),
        ({"Relationship.StartNode.NodeIDType": "ISIN"}, "by no LEI"),
        ({"Relationship.RelationshipType": ""}, "no RelationshipType"),
    ],
)
def test_a_relation_without_its_ends_is_a_reject(change: dict[str, str], reason: str) -> None:
    """And the next one is taken."""
    record = {path: value for path, value in {**relation(), **change}.items() if value}
    (chunk,) = read(RELATIONS, file(record, relation()))
    assert [r.line for r in chunk.rejects] == [1]
    assert reason in chunk.rejects[0].reason
    assert len(entities([chunk])) == 1


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.sampled_from(["rr", "repex"]))
def test_the_three_writings_say_the_same(seed: int, ugly: bool, part: str) -> None:
    """XML, JSON and CSV of one set of records."""
    reader = RELATIONS if part == "rr" else EXCEPTIONS
    first, *others = [rows(read(reader, gleif(part, w, 60, seed, ugly=ugly))) for w in ("xml", "json", "csv")]
    assert first
    assert all(other == first for other in others)


@pytest.mark.parametrize("part", ["rr", "repex"])
def test_every_statement_is_one_that_followthemoney_takes(part: str) -> None:
    """Schema, property, type and value."""
    fit(read(RELATIONS if part == "rr" else EXCEPTIONS, gleif(part, "xml", 300, 3, ugly=True)))


@pytest.mark.parametrize("part", ["rr", "repex"])
def test_each_reader_knows_its_own_file_and_no_other(part: str) -> None:
    """Told by content, whatever the name."""
    for path in (SAMPLES / "gleif").iterdir():
        head = path.read_bytes()[:65536]
        assert (RELATIONS.recognises(head, "x") > 0.5) == ("-rr-" in path.name)
        assert (EXCEPTIONS.recognises(head, "x") > 0.5) == ("-repex-" in path.name)
        if f"-{part}-" in path.name:
            reader = RELATIONS if part == "rr" else EXCEPTIONS
            assert reader.about(source(path.read_bytes(), path.name)).published == "2026-09-11"


def test_an_unreported_parent_is_unknown_with_its_reasons() -> None:
    """Not nobody, and not left out: "unknown" is a value. It makes no tie."""
    record = {
        "LEI": A,
        "ExceptionCategory": "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT",
        shape.REASONS: [{"": "NATURAL_PERSONS"}, {"": "MOON"}],
        shape.REFERENCES: [{"": "Statute 5"}],
    }
    (chunk,) = read(EXCEPTIONS, file(record, part="repex"))
    assert entities([chunk]) == {
        f"lei-{A}-unknown-ultimate-parent": {
            "id": f"lei-{A}-unknown-ultimate-parent",
            "schema": "UnknownHolder",
            "properties": {
                "held": [f"lei-{A}"],
                "holding": ["ultimate accounting consolidation parent"],
                "reason": ["MOON", "NATURAL_PERSONS"],
                "summary": ["Statute 5"],
            },
        }
    }
    assert chunk.warnings == ("a reason that is not known, kept as it stands: 'MOON'",)
    gone = {**record, shape.DELETED: "2026-01-01T00:00:00Z"}
    assert read(EXCEPTIONS, file(gone, part="repex", delta=True))[0].closed == (f"lei-{A}-unknown-ultimate-parent",)

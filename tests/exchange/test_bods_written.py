"""What is on file as BODS 0.4: sound by the standard's schema and checks, and read back to the same interests."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from bods_packages import packages
from longarm.exchange import bods
from longarm.ingest.formats.bods import Bods
from longarm.ingest.formats.bods_schema import schema
from longarm.ingest.stream import Input
from longarm.model.statement import Evidence, Statement
from longarm.workspace import Workspace

SAMPLE = Path(__file__).parents[1] / "ingest" / "samples" / "bods" / "varnia.json"
PUBLICATION = bods.Publication("A Workspace", "2026-11-24", "https://creativecommons.org/licenses/by/4.0/")
INTEREST = ("Ownership", "Control", "Directorship", "Representation", "UnknownLink")
KEPT = (
    *("percentage", "percentageMinimum", "percentageMaximum", "votingPercentage", "controlType", "interestType"),
    *("startDate", "endDate", "status", "role", "description", "summary"),
)


def taken(data: bytes) -> list[dict[str, Any]]:
    """Read a file that must be sound, as rows of `statements`."""
    found = []
    for chunk in Bods().read(Input("written.json", lambda: io.BytesIO(data), "2026-11-24")):
        assert chunk.rejects == ()
        assert [w for w in chunk.warnings if "not among the registers" not in w] == []
        found += [{**row, "canonical_id": row["entity_id"]} for row in chunk.said.to_pylist()]
    return found


def written(rows: Iterable[dict[str, Any]]) -> bods.Written:
    """Write rows; every statement must be one by the standard's own schema."""
    made = bods.written(rows, PUBLICATION)
    for statement in made.statements:
        assert [fault.message for fault in schema().iter_errors(statement)] == []
    return made


def file(made: bods.Written) -> bytes:
    """Give the file."""
    data = "".join(bods.lines(made)).encode()
    assert json.loads(data) == made.statements
    return data


def interests(rows: Iterable[dict[str, Any]]) -> Counter[Any]:
    """Give the interests, without their ids: schema, ends by name, and all that is said of them."""
    rows = [row for row in rows if row["stance"] == "asserted"]
    named: dict[str, str] = {row["entity_id"]: row["value"] for row in rows if row["prop"] in ("name", "notes")}
    named |= {row["entity_id"]: row["value"] for row in rows if row["prop"] == "name"}
    said: dict[str, dict[str, set[str]]] = {}
    schemata: dict[str, str] = {}
    for row in rows:
        if row["schema"] in INTEREST:
            schemata[row["entity_id"]] = row["schema"]
            value = named.get(row["value"], row["value"]) if row["prop_type"] == "entity" else row["value"]
            if row["prop"] == "summary" and not value.startswith("share: "):
                continue
            if row["prop"] in KEPT or row["prop_type"] == "entity":
                said.setdefault(row["entity_id"], {}).setdefault(row["prop"], set()).add(value)
    return Counter(
        (schemata[name], tuple(sorted((prop, tuple(sorted(found))) for prop, found in each.items())))
        for name, each in said.items()
        if "component" not in each.get("role", ())
    )


@pytest.fixture(scope="module")
def varnia() -> list[dict[str, Any]]:
    """The invented register as rows."""
    return taken(SAMPLE.read_bytes())


def test_what_is_written_reads_back_to_the_same_interests(varnia: list[dict[str, Any]]) -> None:
    """Types, shares with their excluded bounds, dates, directness, who is an owner, and the two ends."""
    made = written(varnia)
    assert interests(taken(file(made))) == interests(varnia)
    assert made.left_out == {"Control": 2}  # the components: which whole they detail is not on file


def test_what_is_written_twice_is_the_same_to_the_byte(varnia: list[dict[str, Any]]) -> None:
    """Whatever the order of the rows; ids are hashes of what they name."""
    assert file(written(varnia)) == file(written(reversed(varnia)))
    again = taken(file(written(varnia)))
    assert interests(taken(file(written(again)))) == interests(again)


@settings(max_examples=80, deadline=None)
@given(packages())
def test_any_sound_package_comes_back_with_the_same_interests(package: list[Any]) -> None:
    """Of every type, between all kinds of parties, with every kind of share."""
    read = taken(json.dumps(package).encode())
    made = written(read)
    assert interests(taken(file(made))) == interests(read)
    assert not made.left_out


def test_parties_keep_what_names_them(varnia: list[dict[str, Any]]) -> None:
    """Names, numbers with their scheme, types, reasons of the unnamed."""
    by_id = {s["recordId"].rpartition("-")[2]: s["recordDetails"] for s in written(varnia).statements}
    assert by_id["1001"]["identifiers"] == [{"id": "HRB 1001", "scheme": "DE-HRB"}]
    assert by_id["1003"]["entityType"] == {
        "type": "stateBody", "subtype": "governmentDepartment", "details": "ministerstvo",
    }  # fmt: skip
    assert by_id["1004"]["entityType"] == {"type": "arrangement", "subtype": "trust"}
    assert by_id["1007"]["unspecifiedEntityDetails"] == {
        "reason": "interestedPartyExemptFromDisclosure", "description": "listed in the protected annex",
    }  # fmt: skip
    assert by_id["2001"]["birthDate"] == "1961-07"
    assert {"type": "former", "fullName": "Ingrid Sørensen"} in by_id["2001"]["names"]
    assert by_id["13"]["interestedParty"] == {
        "reason": "interestedPartyHasNotProvidedInformation", "description": "letter returned",
    }  # fmt: skip
    assert by_id["1008.nobody"]["interestedParty"]["reason"] == "noBeneficialOwners"


def rows(*given: tuple[str, str, str, str], stance: str = "asserted") -> list[dict[str, Any]]:
    """Make rows of (entity, schema, property, value)."""
    evidence = Evidence(stance=stance)
    return [
        Statement(entity, schema_, prop, value, "string", "d", "2026-01-01", evidence).row()
        for entity, schema_, prop, value in given
    ]


FIRM = (("a", "Company", "name", "A"), ("b", "Company", "name", "B"))
HOLDS = (("o", "Ownership", "owner", "a"), ("o", "Ownership", "asset", "b"))


@pytest.mark.parametrize(
    ("held", "share"),
    [
        ({"percentage": "25"}, {"exact": 25}),
        ({"percentage": "24.99"}, {"exact": 24.99}),
        ({"percentage": "25..50"}, {"minimum": 25, "maximum": 50}),
        ({"percentage": ">50"}, {"exclusiveMinimum": 50}),
        ({"percentage": "up to 49.9"}, {"maximum": 49.9}),
        ({"percentage": "<25"}, {"exclusiveMaximum": 25}),
        ({"percentageMinimum": "0", "percentageMaximum": "100"}, None),
        ({"percentageMinimum": "75"}, {"minimum": 75}),
        ({}, None),
    ],
)
def test_a_share_is_written_as_it_is_known(held: dict[str, str], share: dict[str, float] | None) -> None:
    """A figure, bounds, or nothing: an unknown share is left out, never written as 0 or 100."""
    found = written(rows(*FIRM, *HOLDS, *(("o", "Ownership", prop, value) for prop, value in held.items())))
    (interest,) = found.statements[-1]["recordDetails"]["interests"]
    assert interest.get("share") == share


def test_a_holding_of_shares_and_votes_is_two_interests() -> None:
    """BODS counts them apart."""
    both = (("o", "Ownership", "percentage", "10"), ("o", "Ownership", "votingPercentage", "20"))
    found = written(rows(*FIRM, *HOLDS, *both)).statements[-1]["recordDetails"]["interests"]
    assert [(i["type"], i["share"]["exact"]) for i in found] == [("shareholding", 10), ("votingRights", 20)]


def test_a_partial_date_is_rounded_as_the_standard_says_and_the_rounding_is_noted() -> None:
    """A start to its first day, an end to its last, so that nothing ends before it begins."""
    dated = (("o", "Ownership", "startDate", "2018"), ("o", "Ownership", "endDate", "2018-12"))
    found = written(rows(*FIRM, *HOLDS, *dated)).statements[-1]
    (interest,) = found["recordDetails"]["interests"]
    assert (interest["startDate"], interest["endDate"]) == ("2018-01-01", "2018-12-31")
    assert [(a["statementPointerTarget"], a["description"]) for a in found["annotations"]] == [
        ("/recordDetails/interests/0/endDate", "known as 2018-12, and rounded"),
        ("/recordDetails/interests/0/startDate", "known as 2018, and rounded"),
    ]
    assert taken(json.dumps(written(rows(*FIRM, *HOLDS, *dated)).statements).encode())


@pytest.mark.parametrize("stance", ["alleged", "denied", "planned", "inferred"])
def test_only_what_is_asserted_is_written(stance: str) -> None:
    """BODS has no stance: a denial must not become a holding."""
    found = written([*rows(*FIRM), *rows(*HOLDS, stance=stance)])
    assert [s["recordType"] for s in found.statements] == ["entity", "entity"]


def test_what_bods_has_no_word_for_is_counted_and_left_out() -> None:
    """A site, an access, a holding in a thing that is no entity, suspended votes."""
    found = written(
        rows(
            *FIRM,
            ("s", "Site", "name", "Port"),
            ("o", "Ownership", "owner", "a"),
            ("o", "Ownership", "asset", "s"),
            ("v", "Ownership", "owner", "a"),
            ("v", "Ownership", "asset", "b"),
            ("v", "Ownership", "interestType", "votes suspended"),
        )
    )
    assert found.left_out == {"Site": 1, "Ownership": 2}
    assert len(found.statements) == 2


def test_the_statements_of_a_workspace_are_written_and_read_back(example: Workspace) -> None:
    """The example case: whatever of it is an interest between entities on file."""
    made = written(example.statements())
    assert {s["recordType"] for s in made.statements} >= {"entity", "relationship"}
    back = taken(file(made))
    asserted = [row for row in back if row["stance"] == "asserted"]
    assert {row["schema"] for row in asserted} & {"Ownership", "Control"}

"""OCDS: releases and records become calls, contracts, awards and payments, and an amendment ends what it replaces."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mapped_tables import DAY

from longarm.errors import SourceError
from longarm.ingest.batch import Reject
from longarm.ingest.formats import json_items
from longarm.ingest.formats.ocds import Ocds
from longarm.ingest.stream import SAID, Input
from longarm.model import vocabulary

SAMPLE = (Path(__file__).parents[1] / "samples" / "ocds" / "quay_releases.json").read_bytes()
PACKAGE = json.loads(SAMPLE)
FIRST, OTHER, _, SECOND, THIRD = PACKAGE["releases"]


def read(data: bytes | Any) -> tuple[list[dict[str, Any]], list[Reject]]:
    """All statements of a source, and what was refused."""
    given = data if isinstance(data, bytes) else json.dumps(data).encode()
    said: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    for chunk in Ocds().read(Input("p.json", lambda: io.BytesIO(given), DAY)):
        assert chunk.said.schema.equals(SAID)
        said += chunk.said.to_pylist()
        rejects += chunk.rejects
    return said, rejects


def found(said: list[dict[str, Any]], schema: str, prop: str) -> list[tuple[str, str | None, str | None]]:
    """(value, from, to) of a property."""
    return [(r["value"], r["valid_from"], r["valid_to"]) for r in said if (r["schema"], r["prop"]) == (schema, prop)]


def test_a_process_becomes_call_contract_award_and_payment() -> None:
    """With who buys, who offers, who delivers, and the dates of each."""
    said, _ = read(SAMPLE)
    entities = {e["id"]: e for e in vocabulary.to_entities({**r, "canonical_id": r["entity_id"]} for r in said)}
    process = "ocds-x1y2z3-quay-7"
    port, builder = "ocds-org.XN-COH.0042", next(i for i in entities if i.startswith("ocds-org.DE-CR"))
    contract = entities[f"{process}.contract.C-1"]["properties"]
    assert contract["authority"] == [port]
    assert contract["contractDate"] == ["2024-09-12T00:00"]
    assert contract["notes"] == ["2025-01-20: Two more spreaders"]
    award = next(e for e in entities.values() if e["schema"] == "ContractAward" and process in e["id"])["properties"]
    assert (award["supplier"], award["contract"]) == ([builder], [f"{process}.contract.C-1"])
    assert (award["startDate"], award["endDate"], award["amount"]) == (["2024-10-01"], ["2034-09-30"], ["41500000.5"])
    call = entities[f"{process}.tender"]["properties"]
    assert len(call["tenderers"]) == 2
    assert call["cpvCode"] == ["42414100"]
    payment = entities[f"{process}.payment.C-1.P-1"]["properties"]
    assert (payment["payer"], payment["beneficiary"], payment["amount"]) == ([port], [builder], ["8300000"])
    assert entities[builder]["properties"]["registrationNumber"] == ["HRB 12345"]
    assert entities[port]["properties"]["country"] == ["ie"]
    assert {r["lang"] for r in said if r["prop"] == "title" and r["entity_id"] == f"{process}.tender"} == {"eng"}


def test_every_link_points_at_an_entity_that_is_said() -> None:
    """And every entity is first said to be."""
    said, _ = read(SAMPLE)
    seen = {r["entity_id"] for r in said}
    assert {r["value"] for r in said if r["prop_type"] == "entity"} <= seen
    begun: set[str] = set()
    for row in said:
        assert row["prop"] == "id" or row["entity_id"] in begun
        begun.add(row["entity_id"])


def test_what_an_amendment_replaces_ends_on_its_day_and_what_it_leaves_out_stands() -> None:
    """The newest release counts; the earlier value is kept with its date."""
    said, _ = read(SAMPLE)
    amounts = [a for a in found(said, "Contract", "amount") if a[0] != "much"]
    assert sorted(amounts) == [("41500000.5", None, "2025-02-01"), ("43000000", "2025-02-01", None)]
    assert found(said, "Contract", "contractDate") == [("2024-09-12T00:00", None, None)]
    assert ("active", "2024-03-01", "2024-09-15") in found(said, "CallForTenders", "involvesOutcome")
    assert ("Port of Norhaven", None, "2024-09-15") in found(said, "LegalEntity", "name")
    assert ("Norhaven Harbour Board", "2024-09-15", None) in found(said, "LegalEntity", "name")


def test_bad_parts_are_set_aside_with_their_number() -> None:
    """A release without ocid, an amount in words: the rest is read."""
    said, rejects = read(SAMPLE)
    assert {(r.line, r.reason.split(",")[0].split(";")[0]) for r in rejects} == {(3, "it has no 'ocid'")}
    broken = {
        **FIRST,
        "tender": "soon",
        "parties": [7],
        "buyer": {"name": "B"},
        "awards": {"id": "x", "suppliers": "me"},
    }
    said, rejects = read({"releases": [broken]})
    assert {r.reason.split("'")[1] for r in rejects} == {"tender", "parties", "suppliers"}
    assert found(said, "LegalEntity", "name") == [("B", None, None)]


def test_of_several_suppliers_none_is_given_the_whole_amount() -> None:
    """The amount stands at the agreement."""
    said, _ = read({"releases": [{**OTHER, "awards": [{**OTHER["awards"][0], "value": {"amount": 5}}]}]})
    assert found(said, "ContractAward", "amount") == []
    assert found(said, "Contract", "amount") == [("5", None, None)]
    assert len(found(said, "ContractAward", "supplier")) == 2


def _record(**more: Any) -> dict[str, Any]:
    return {"ocid": FIRST["ocid"], "releases": [FIRST, SECOND, THIRD], **more}


FORMS: dict[str, bytes] = {
    "package": SAMPLE,
    "lines": b"\n".join(json.dumps(r).encode() for r in PACKAGE["releases"]),
    "array": json.dumps(PACKAGE["releases"]).encode(),
    "utf-16": SAMPLE.decode().encode("utf-16"),
    "mark": b"\xef\xbb\xbf" + SAMPLE,
    "records": json.dumps({"records": [_record(), {"ocid": OTHER["ocid"], "releases": [OTHER]}]}).encode(),
    "packages in lines": b"\n".join(json.dumps({"releases": [r]}).encode() for r in PACKAGE["releases"]),
    "other order": json.dumps({"releases": [THIRD, OTHER, FIRST, SECOND], "publisher": {"name": "x"}}).encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form: str) -> None:
    """But for where in the source it stands."""
    whole = {tuple(v for k, v in r.items() if k != "record") for r in read(SAMPLE)[0]}
    assert {tuple(v for k, v in r.items() if k != "record") for r in read(FORMS[form])[0]} == whole
    assert Ocds().recognises(FORMS[form][:65536], "x") > 0.9


def test_a_compiled_release_has_the_last_word() -> None:
    """What it does not have any more has ended on its day."""
    compiled = {**FIRST, **SECOND, "date": "2025-05-05T00:00:00Z", "tag": ["compiled"], "contracts": []}
    said, _ = read({"records": [_record(compiledRelease=compiled)]})
    gone = [r for r in said if r["entity_id"].endswith("contract.C-1") and r["prop"] != "id"]
    assert {r["valid_to"] for r in gone} == {"2025-02-01", "2025-05-05"}
    assert ("active", "2024-03-01", "2024-09-15") in found(said, "CallForTenders", "involvesOutcome")


def test_one_record_alone_and_lines_of_any_length_are_read() -> None:
    """A record written over many lines, with what was compiled; a first line longer than what is looked at."""
    compiled = {**FIRST, **SECOND, "date": "2025-05-05T00:00:00Z", "tag": ["compiled"], "contracts": []}
    record = _record(compiledRelease=compiled)
    alone = read(json.dumps(record, indent=2).encode())[0]
    assert [{**r, "record": 0} for r in alone] == [{**r, "record": 0} for r in read({"records": [record]})[0]]
    long = {**OTHER, "language": "y" * 100_000}
    said, rejects = read(b"\n".join(json.dumps(r).encode() for r in (long, FIRST)))
    assert {r["record"] for r in said} == {1, 2}
    assert [r.reason[:20] for r in rejects] in ([], ["Contract.language ta"])


def test_ocds_1_0_names_organisations_where_they_act() -> None:
    """Without a list of parties; the identifier makes them one over all processes."""
    buyer = {"name": "B", "identifier": {"scheme": "GB-COH", "id": "1"}, "address": {"countryName": "United Kingdom"}}
    release = {"date": "2015", "tag": "tender", "buyer": buyer, "tender": {"id": "t"}}
    releases = [{"ocid": f"ocds-213czf-{i}", **release} for i in (1, 2)]
    said, rejects = read({"releases": releases})
    assert rejects == []
    assert {v for v, _, _ in found(said, "CallForTenders", "authority")} == {"ocds-org.GB-COH.1"}
    assert {v for v, _, _ in found(said, "LegalEntity", "country")} == {"gb"}


def test_what_the_package_says_of_itself_is_handed_on() -> None:
    """Publisher, day, and the register by its prefix."""
    about = Ocds().about(Input("p.json", lambda: io.BytesIO(SAMPLE), DAY))
    assert (about.publisher, about.published) == ("Procurement Office of Norhaven", "2025-06-30")
    assert about.origin == "register:ocds-x1y2z3"
    assert not about.is_snapshot


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"releases": []}', b"<x/>", b"null", b'{"releases": [1, "x"]}'])
def test_a_source_without_a_process_is_refused(data: bytes) -> None:
    """In a sentence."""
    with pytest.raises(SourceError, match="ocid"):
        read(data)


def test_an_object_of_over_sixteen_megabytes_is_set_aside_and_the_next_is_read() -> None:
    """In one string, or in many objects; nothing but one object is held."""
    long = {**OTHER, "ocid": "x", "language": "y" * (17 << 20)}
    many = {**OTHER, "ocid": "y", "items": [{"id": "z" * 100}] * 170_000}
    said, rejects = read({"releases": [long, FIRST, many, OTHER]})
    assert [(r.line, "16,777,216" in r.reason) for r in rejects] == [(1, True), (3, True)]
    assert {r["record"] for r in said} == {2, 4}


def test_a_source_that_is_cut_short_says_so() -> None:
    """What stood before the cut is read."""
    said, rejects = read(SAMPLE[: SAMPLE.index(b"quay-7-3")])
    assert any("cut short" in r.reason for r in rejects)
    assert found(said, "Payment", "amount")


WORDS = st.text(max_size=5) | st.sampled_from(["2024-01-01", "x-1"])
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "value", "amount", "date", "items", "suppliers", "awardID", "title", "period"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
NAMES = ["tender", "awards", "contracts", "parties", "buyer", "planning", "bids", "date", "tag", "language"]
PARTS = st.sampled_from(NAMES)
CUTS = st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.binary(max_size=4)), max_size=4)


@settings(max_examples=200, deadline=None)
@given(parts=st.dictionaries(PARTS, JSON, max_size=6), more=st.dictionaries(PARTS, JSON, max_size=3))
def test_no_wrong_type_brings_a_traceback(parts: dict[str, Any], more: dict[str, Any]) -> None:
    """Whatever stands where an object, a list or a text should."""
    releases = [{"ocid": "ocds-a", **parts}, {"ocid": "ocds-a", **more}, OTHER]
    said, _ = read(json.dumps({"releases": releases}).encode())
    assert "Lampen Levy BV" in [v for v, _, _ in found(said, "LegalEntity", "name")]


@settings(max_examples=200, deadline=None)
@given(cuts=CUTS, length=st.integers(0, 9000))
def test_no_bytes_bring_a_traceback(cuts: list[tuple[int, bytes]], length: int) -> None:
    """Whatever is broken: statements, rejects, or a fault of the source."""
    data = bytearray(SAMPLE)
    for at, put in cuts:
        data[at : at + len(put)] = put
    try:
        read(bytes(data[:length]))
    except SourceError as fault:
        assert fault.where.file  # noqa: PT017 (either outcome is right)


@settings(max_examples=150, deadline=None)
@given(values=st.lists(st.dictionaries(st.text(max_size=3), JSON, max_size=3), max_size=6), size=st.integers(1, 40))
def test_items_are_those_that_a_parser_finds_however_the_stream_is_cut(values: list[Any], size: int) -> None:
    """Strings with brackets, quotes and backslashes count for nothing."""
    assume(_finite(values))
    text = json.dumps({"a": [1, {"releases": 3}], "releases": values, "z": '"]}\\'})

    class Slow(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            return super().read(size)

    got = [json.loads(item.data) for item in json_items.items(Slow(text.encode()), ("releases",))]
    assert got == json.loads(text)["releases"]


def _finite(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True

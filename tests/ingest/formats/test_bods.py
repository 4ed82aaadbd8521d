"""BODS as statements: who is who, who holds what, from when to when; and nothing is lost on the way."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bods_packages import TODAY, firm, human, package, packages, read, reasons, rows, tie, values, warnings
from longarm.errors import SourceError
from longarm.graph import readers, records
from longarm.ingest.formats import bods_reading, json_records
from longarm.ingest.formats.bods import Bods
from longarm.ingest.stream import SAID, Input
from longarm.model import vocabulary
from longarm.model.ties import Kind

SAMPLES = Path(__file__).parents[1] / "samples" / "bods"
VARNIA = "register-of-owners-of-varnia"


def sample(name: str) -> list[Any]:
    """Read a sample."""
    path = SAMPLES / name
    return list(Bods().read(Input(name, lambda: path.open("rb"), TODAY)))


def ties(chunks: list[Any]) -> dict[tuple[str, str], list[readers.Said]]:
    """Give the ties that the graph reads out of what is said, by the ends of the ids of holder and held."""
    listed = []
    for n, row in enumerate(rows(chunks)):
        base = {"id": str(n), "document": None, "origin": "o", "dataset": "d"}
        listed.append({**row, **{k: v for k, v in base.items() if not row.get(k)}})
    found: dict[tuple[str, str], list[readers.Said]] = {}
    for record in records.gather(listed, {}, {}):
        for said in readers.read(record, {}):
            ends = said.tie.holder.rpartition("-")[2], said.tie.held.rpartition("-")[2]
            found.setdefault(ends, []).append(said)
    return found


@pytest.fixture(scope="module")
def varnia() -> list[Any]:
    """The sample: an invented register with every kind of interest and party."""
    return sample("varnia.json")


def test_the_sample_is_taken_whole(varnia: list[Any]) -> None:
    """No refusal and no report, under the contract of readers."""
    assert (reasons(varnia), warnings(varnia)) == ([], [])
    assert varnia[-1].records == 33
    assert varnia[-1].position == (SAMPLES / "varnia.json").stat().st_size
    for chunk in varnia:
        assert chunk.said.schema == SAID
        assert chunk.said.validate(full=True) is None


def test_every_value_is_as_followthemoney_cleans_it(varnia: list[Any]) -> None:
    """Each property belongs to its schema, has its type, and cleaning it again changes nothing."""
    for row in rows(varnia) + rows(sample("varnia-2025.jsonl")):
        if row["prop"] == "id":
            assert row["value"] == row["entity_id"]
            continue
        cleaned, kind = vocabulary.clean(row["schema"], row["prop"], row["value"])
        assert (cleaned, kind) == (row["value"], row["prop_type"])


def test_an_entity_begins_with_its_id(varnia: list[Any]) -> None:
    """And says by which record it is known."""
    seen = None
    for row in rows(varnia):
        if (row["entity_id"], row["record"]) != seen:
            assert row["prop"] == "id"
        seen = (row["entity_id"], row["record"])


def test_a_firm_keeps_what_the_source_says_of_it(varnia: list[Any]) -> None:
    """Names, numbers with their scheme, addresses, listing."""
    found = values(varnia, "VX-1001")
    assert found["schema"] == ["Company"]
    assert found["name"] == ["Varnia Harbour Company AG"]
    assert found["registrationNumber"] == ["HRB 1001"]
    assert found["isinCode"] == ["DE000INVENT1"]
    assert found["address"] == ["Kai 7, Nordhafen, 20457, Germany"]
    written = {row["original_value"] for row in rows(varnia) if row["prop"] == "registrationNumber"}
    assert "DE-HRB HRB 1001" in written
    assert {row["speaker"] for row in rows(varnia)} == {"Varnia Harbour Company"}


def test_a_person_keeps_what_the_source_says_of_them(varnia: list[Any]) -> None:
    """A former name is one; a partial date of birth stays partial."""
    found = values(varnia, "VP-2001")
    assert found["name"] == ["Ingrid Lindqvist"]
    assert found["previousName"] == ["Ingrid Sørensen"]
    assert found["birthDate"] == ["1961-07"]
    assert found["nationality"] == ["se"]
    assert found["topics"] == ["role.pep"]
    assert found["taxNumber"] == ["610701-0000"]


def test_who_is_unknown_or_anonymous_stays_without_a_name_and_with_the_reason(varnia: list[Any]) -> None:
    """Nobody is invented; the standard's code is kept to the letter."""
    anonymous, unknown = values(varnia, "VX-1007"), values(varnia, "VP-2004")
    assert "name" not in anonymous
    assert "name" not in unknown
    assert anonymous["notes"] == [
        "anonymousEntity: interestedPartyExemptFromDisclosure (listed in the protected annex)"
    ]
    assert unknown["notes"][0].startswith("unknownPerson: subjectUnableToConfirmOrIdentifyBeneficialOwner")
    party = values(varnia, "VR-13.party")
    assert (party["schema"], party["classification"]) == (["LegalEntity"], ["unspecified"])
    assert values(varnia, "VR-13.1")["owner"] == [f"{VARNIA}-VR-13.party"]


def test_no_beneficial_owner_is_said_of_the_subject_and_makes_no_tie(varnia: list[Any]) -> None:
    """There is nobody to hold anything."""
    assert not values(varnia, "VR-14.1")
    assert "beneficial owners: noBeneficialOwners (wholly owned by a listed firm)" in values(varnia, "VX-1008")["notes"]


def test_shares_and_votes_are_told_apart_and_bounds_kept(varnia: list[Any]) -> None:
    """An excluded bound lies one part in 10⁹ off: 20.0000001 is more than 20."""
    assert values(varnia, "VR-1.1")["percentage"] == ["24.99"]
    assert values(varnia, "VR-1.2")["votingPercentage"] == ["20.0000001..25"]
    assert values(varnia, "VR-7.1")["percentageMinimum"] == ["5"]
    assert values(varnia, "VR-7.1")["percentageMaximum"] == ["9.9999999"]
    assert "percentage" not in values(varnia, "VR-11.1")


def test_the_ties_of_the_sample_are_those_that_it_declares(varnia: list[Any]) -> None:
    """Read by the graph itself."""
    found = ties(varnia)
    held = {
        ends: sorted((s.tie.kind, s.tie.cls, str(s.share)) for s in said if s.tie.kind == Kind.INTEREST)
        for ends, said in found.items()
    }
    assert held["1002", "1001"] == [("interest", "shares", "24.99 %"), ("interest", "votes", "20.0000001 % to 25 %")]
    assert held["1005", "1001"] == [("interest", "shares", "10 %")]
    assert held["1004", "1001"] == [("interest", "shares", "5 % to 9.9999999 %")]
    assert held["1007", "1001"] == [("interest", "shares", "None")]
    controls = {ends: {s.tie.cls for s in said if s.tie.kind == Kind.CONTROL} for ends, said in found.items()}
    assert controls["1003", "1002"] == {"appointment", "named control"}
    assert controls["2001", "1004"] == {"trust"}
    assert controls["2003", "1006"] == {"nominee"}
    assert ("2002", "1006") not in found  # a nominee acts for somebody, and directs nothing


def test_components_are_never_added_on_top_of_the_declared_whole(varnia: list[Any]) -> None:
    """The whole holds 60 %; the chain stays as control without a share, so the entity between is still on a path."""
    found = ties(varnia)
    assert [str(s.share) for s in found["2002", "1001"] if s.tie.kind == Kind.INTEREST] == ["60 %"]
    for ends in (("2002", "1008"), ("1008", "1001")):
        assert [(s.tie.kind, s.tie.cls) for s in found[ends]] == [("control", "subsidiary")]
    assert sum(s.share.hi for s in found["2002", "1001"] if s.share) == 600_000_000


def test_control_that_the_source_leaves_open_counts_in_the_bounds_only(varnia: list[Any]) -> None:
    """`otherInfluenceOrControl` is influence, and may be control: that is inferred, not asserted."""
    inferred = [row for row in rows(varnia) if row["stance"] == "inferred" and row["prop"] == "controlType"]
    assert {(row["entity_id"].rpartition("-")[2], row["value"]) for row in inferred} >= {("2.1.may", "named control")}
    owned = read(
        [firm(), human(), tie(interests=[{"type": "otherInfluenceOrControl", "beneficialOwnershipOrControl": True}])]
    )
    assert values(owned, "r1.1")["controlType"] == ["named control"]


def test_a_joint_holding_is_counted_once(varnia: list[Any]) -> None:
    """Two persons in an arrangement, the arrangement in the firm: 10 %, not twice 10 %."""
    found = ties(varnia)
    assert [str(s.share) for s in found["1005", "1001"]] == ["10 %"]
    assert ("2003", "1001") not in {ends for ends, said in found.items() if any(s.share for s in said)}
    assert found["2002", "1005"][0].share is None


def test_a_body_of_a_state_is_one(varnia: list[Any]) -> None:
    """By its type and its jurisdiction."""
    assert any(s.tie.kind == Kind.ORGAN for s in ties(varnia)["state:RU", "1003"])


def test_each_version_of_a_record_holds_until_the_next(varnia: list[Any]) -> None:
    """4 % to the day before the update; 6 % to the end that the closing statement gives."""
    spans = sorted(
        (s.valid_from, s.valid_to, str(s.share)) for s in ties(varnia)["2001", "1001"] if s.tie.cls == "votes"
    )
    assert spans == [
        ("2022-01-01", "2023-01-31", "4 %"),
        ("2023-02-01", "2024-04-30", "6 %"),
        ("2024-04-30", "2024-04-30", "6 %"),
    ]


def test_the_name_before_an_update_is_valid_until_the_day_before_it() -> None:
    """Rows carry for when they hold; the first version is open to the past."""
    found = read(
        [firm(name="Old", recordStatus="new"), firm(name="New", recordStatus="updated", statementDate="2025-01-10")]
    )
    names = {row["value"]: (row["valid_from"], row["valid_to"]) for row in rows(found) if row["prop"] == "name"}
    assert names == {"Old": (None, "2025-01-09"), "New": ("2025-01-10", None)}


def test_the_order_of_versions_is_that_of_their_dates() -> None:
    """Not of their places in the file."""
    later = firm(name="New", recordStatus="updated", statementDate="2025-01-10")
    found = read([later, firm(name="Old", recordStatus="new")])
    names = {row["value"]: (row["valid_from"], row["valid_to"]) for row in rows(found) if row["prop"] == "name"}
    assert names == {"Old": (None, "2025-01-09"), "New": ("2025-01-10", None)}


def test_a_refused_update_ends_nothing() -> None:
    """What could not be read cannot end what was."""
    bad = tie(recordStatus="updated", statementDate="2025-01-10", interests=[{"type": "no such"}])
    found = read([firm(), human(), tie(recordStatus="new", interests=[{"type": "shareholding"}]), bad])
    assert len(reasons(found)) == 1
    assert "endDate" not in values(found, "r1.1")


def test_a_delta_names_the_records_whose_earlier_statements_it_replaces_or_closes() -> None:
    """Those whose first statement here is an update or a closing: what came before is in another file."""
    found = sample("varnia-2025.jsonl")
    assert not reasons(found)
    assert [name.removeprefix(f"{VARNIA}-") for chunk in found for name in chunk.closed] == [
        "VX-1002", "VX-1001", "VX-1005", "VR-1", "VR-3",
    ]  # fmt: skip
    assert values(found, "VR-3.1")["endDate"] == ["2025-01-10"]
    assert not [name for chunk in sample("varnia.json") for name in chunk.closed]


def test_ids_are_those_of_the_publisher_whatever_letters_they_have() -> None:
    """FollowTheMoney takes few letters: the rest is put as a hash, the same each time, in every reference."""
    found = read(
        [
            firm("Größe / 1", declarationSubject="Größe / 1"),
            human(declarationSubject="p1"),
            tie(subject="Größe / 1", declarationSubject="p1"),
        ]
    )
    assert not warnings(found)
    (name,) = {row["entity_id"] for row in rows(found) if row["schema"] == "Company"}
    assert vocabulary.clean("Ownership", "owner", name)[0] == name
    assert values(found, "r1.1")["object"] == [name]


def test_a_wrong_country_or_a_date_that_no_record_can_mean_is_left_out_and_counted() -> None:
    """The years 1 and 9999 are dates by the schema; nobody was founded in them."""
    found = read(
        [firm(foundingDate="0001-01-01", dissolutionDate="9999-12-31", jurisdiction={"name": "Nowhere", "code": "Q9"})]
    )
    assert values(found, "e1").keys() & {"incorporationDate", "dissolutionDate", "jurisdiction"} == set()
    assert sorted(w.rpartition(" were")[0] for w in warnings(found)) == [
        "given.json: 1 values of dissolutionDate",
        "given.json: 1 values of incorporationDate",
        "given.json: 1 values of jurisdiction",
    ]


def test_a_share_of_150_percent_is_refused_with_its_place() -> None:
    """By the schema: at most 100."""
    bad = tie(interests=[{"type": "shareholding", "share": {"exact": 150}}])
    found = read([firm(), human(), bad])
    assert "recordDetails.interests[0].share.exact: 150 is greater than the maximum of 100" in reasons(found)[0]


def test_a_cycle_of_ownership_is_two_ties() -> None:
    """Neither side is dropped."""
    whole = [{"type": "shareholding", "share": {"exact": 100}}]
    found = read(
        [firm("e1"), firm("e2"), tie("r1", "e1", "e2", interests=whole), tie("r2", "e2", "e1", interests=whole)]
    )
    assert {("e1", "e2"), ("e2", "e1")} <= set(ties(found))


@settings(max_examples=60, deadline=None)
@given(packages(), st.booleans())
def test_a_sound_package_is_taken_whole_as_an_array_and_as_lines(given_: list[Any], lines: bool) -> None:
    """Nothing refused, nothing lost, and the same either way."""
    found = read(given_, lines=lines)
    assert not reasons(found)
    assert {row["record"] for row in rows(found)} == set(range(1, len(given_) + 1))
    assert [r for r in rows(found) if r["prop"] != "id"] == [r for r in rows(read(given_)) if r["prop"] != "id"]


@settings(max_examples=60, deadline=None)
@given(packages())
def test_every_value_of_a_package_is_as_followthemoney_cleans_it(given_: list[Any]) -> None:
    """Whatever letters a name has, cleaning it again changes nothing; ids are those that FollowTheMoney takes."""
    for row in rows(read(given_)):
        if row["prop"] != "id":
            assert vocabulary.clean(row["schema"], row["prop"], row["value"])[0] == row["value"]
        assert vocabulary.clean("Ownership", "owner", row["entity_id"])[0] == row["entity_id"]


@settings(max_examples=100, deadline=None)
@given(packages(), st.data())
def test_taken_and_refused_are_all(given_: list[Any], data: st.DataObject) -> None:
    """Whatever is done to a package: each statement is said something of, or refused with a reason, never both."""
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(given_) - 1))
        broken = data.draw(st.sampled_from([None, 7, "x", {}, [], {"recordType": "entity"}]))
        part = data.draw(
            st.sampled_from(["", "statementId", "recordId", "recordDetails", "statementDate", "recordType"])
        )
        if part and isinstance(given_[at], dict):
            given_[at] = {**given_[at], part: data.draw(st.sampled_from([broken, "e0", "2024-01-01", "entity"]))}
        elif not part:
            given_[at] = data.draw(st.sampled_from([broken, given_[0]]))
    found = read(given_)
    said = {row["record"] for row in rows(found)}
    refused = {int(reason.split(" ")[1].rstrip(":").replace(",", "")) for reason in reasons(found)}
    assert said | refused == set(range(1, len(given_) + 1))
    assert not said & refused


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_bytes_whatever_end_in_a_traceback(data: st.DataObject) -> None:
    """Bytes of a sound file are changed, cut out and put in; a SourceError is the worst that comes."""
    text = bytearray(json.dumps(package()).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    try:
        found = read(bytes(text))
    except SourceError:
        return
    said = {row["record"] for row in rows(found)}
    parted = json_records.batches(io.BytesIO(bytes(text)), bods_reading.START_KEYS)
    assert len(said) + len(reasons(found)) == sum(len(batch.pieces) for batch in parted)


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_other_encodings_of_json_are_read(name: str) -> None:
    """A byte order mark, or UTF-16."""
    found = read(json.dumps([firm(name="Łódź")], ensure_ascii=False).encode(name))
    assert values(found, "e1")["name"] == ["Łódź"]


def test_a_statement_that_is_no_utf_8_is_read_as_windows_has_it_and_that_is_said() -> None:
    """Latin-1, in one statement among others."""
    given_ = json.dumps([firm("e1", name="Kai"), firm("e2", name="Hafen Köln")], ensure_ascii=False).encode("latin-1")
    found = read(given_)
    assert values(found, "e2")["name"] == ["Hafen Köln"]
    assert [w.rpartition(": ")[2] for w in warnings(found)] == ["it is not UTF-8, and was read as Windows-1252"]


def test_a_stopped_load_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """From any chunk on, the rest is the same, though the checks still see the whole."""
    monkeypatch.setattr(bods_reading, "ROWS", 8)
    given_ = [*package(), tie("r3", "e1", "nobody")]
    whole = read(given_)
    assert len(whole) > 3
    data = json.dumps(given_).encode()
    for n, chunk in enumerate(whole[:-1]):
        source = Input("given.json", lambda: io.BytesIO(data), TODAY)
        rest = list(Bods().read(source, start=(chunk.records, chunk.position)))
        assert rows(rest) == rows(whole[n + 1 :])
        assert warnings(rest) == warnings(whole[n + 1 :])


def test_hostile_files_are_survived_in_little_memory() -> None:
    """20 MB on one line, in an array and alone; 100,000 fields; brackets without end."""
    long = b'{"statementId":"' + b"a" * 20_000_000 + b'"}'
    sound = json.dumps(firm()).encode()
    wide = json.dumps({**firm("e2"), **{f"field{n}": n for n in range(100_000)}}).encode()
    deep = b"[" * 200_000
    files = (
        (b"[" + sound + b"," + long + b"," + wide + b"]", 1),
        (sound + b"\n" + long + b"\n" + wide + b"\n" + deep, 2),
        (b"[" + sound + b"," + deep, 2),
    )
    tracemalloc.start()
    for data, refused in files:
        found = list(Bods().read(Input("hostile.json", lambda data=data: _Slow(data), TODAY)))
        assert len(reasons(found)) == refused
        assert values(found, "e1")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 120_000_000


class _Slow(io.BytesIO):
    """A stream that gives what it likes, as a pipe does."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 1, 1_000_003))


@pytest.mark.parametrize(("data", "words"), [(b"", "empty"), (b" \n ", "empty"), (b"\xef\xbb\xbf", "empty")])
def test_an_empty_file_is_told_so(data: bytes, words: str) -> None:
    """Nothing can be read of it."""
    with pytest.raises(SourceError, match=words):
        read(data)


def test_one_object_over_several_lines_is_told_how_to_mend_it() -> None:
    """A BODS file is an array; brackets mend it."""
    with pytest.raises(SourceError, match="one object over several lines") as raised:
        read(json.dumps(firm(), indent=2).encode())
    assert raised.value.where.mend == "put square brackets around the statements"


def test_bods_is_told_by_its_content() -> None:
    """Of every version, in every encoding; other JSON is not it."""
    bods, text = Bods(), json.dumps(package())
    assert bods.recognises(text.encode(), "x.bin") > 0.9
    assert bods.recognises(text.encode("utf-16"), "x") > 0.9
    assert bods.recognises(b'[{"statementID":"1","statementType":"entityStatement"}]', "x") > 0.5
    assert bods.recognises(b'{"id":"a","schema":"Company","properties":{}}', "bods.json") == 0
    assert bods.recognises(b"\x00\x01", "bods.json") == 0
    assert bods.recognises(b"", "bods.json") == 0


def test_the_source_says_who_published_it_and_when() -> None:
    """An official register is one by its own word for its sources; an unnamed publisher is said to be that."""
    path = SAMPLES / "varnia.json"
    about = Bods().about(Input("varnia.json", lambda: path.open("rb"), TODAY))
    assert (about.publisher, about.published) == ("Register of Owners of Varnia", "2026-03-01")
    assert (about.publisher_class, about.origin) == ("register", "register:bods-register-of-owners-of-varnia")
    copied = path.read_bytes().replace(
        b'"description": "Register of Owners', b'"retrievedAt": "2026-01-01", "description": "Register of Owners'
    )
    assert Bods().about(Input("x", lambda: io.BytesIO(copied), TODAY)).publisher_class == "copy"
    bare = Bods().about(Input("x", lambda: io.BytesIO(json.dumps(package()).encode()), TODAY))
    assert (bare.publisher, bare.publisher_class, bare.origin) == (None, "copy", "register:bods-unnamed")

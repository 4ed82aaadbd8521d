"""The register of persons with significant control."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.control.psc import tier
from longarm.errors import SourceError
from longarm.graph.readers import read as ties_of
from longarm.graph.records import gather
from longarm.ingest.formats import psc as psc_reader
from longarm.ingest.formats import psc_words as words
from longarm.ingest.formats.psc import PersonsWithSignificantControl
from longarm.ingest.stream import Chunk, Input
from longarm.model import shares
from longarm.model.roles import rights
from longarm.model.terms import WHOLE
from registers_support import SAMPLES, Endless, entities, fit, generate_psc, read, rows, said, source

READER = PersonsWithSignificantControl()
COMPANY, ENTRY = "09876543", "hgHmBZ1234567890abcdefghij"
PERSON = f"gb-psc-{COMPANY}-{ENTRY}"


def line(
    kind: str = "individual-person-with-significant-control", company: str = COMPANY, **data: Any
) -> dict[str, Any]:
    path = f"/company/{company}/persons-with-significant-control/individual/{ENTRY}"
    full = {"kind": kind, "links": {"self": path}, "notified_on": "2018-04-06", **data}
    return {"company_number": company, "data": {k: v for k, v in full.items() if v is not None}}


def person(*natures: str, **data: Any) -> dict[str, Any]:
    names = {"title": "Ms", "forename": "Ada", "middle_name": "Byron", "surname": "Lovell"}
    return line(name="Ms Ada Byron Lovell", name_elements=names, natures_of_control=list(natures), **data)


def file(*lines: Any) -> bytes:
    return "\n".join(json.dumps(row) for row in lines).encode() + b"\n"


def ties(chunks: list[Chunk]) -> dict[str, Any]:
    """The ties that the graph reads, with their shares."""
    full = [
        {**row, "id": str(n), "canonical_id": row["entity_id"], "document": None, "dataset": "d", "grade": "A1"}
        for n, row in enumerate(said(chunks).to_pylist())
    ]
    found = [tie for record in gather(full, {}, {}) for tie in ties_of(record, {})]
    return {tie.tie.id: tie.share for tie in found if not tie.tie.id.startswith(("registered", "seated"))}


def test_a_person_is_kept_as_filed_and_a_partial_date_of_birth_stays_partial() -> None:
    """Nationality and residence are facts of the person; the graph makes no tie of them."""
    row = person(
        date_of_birth={"year": 1970, "month": 3},
        nationality="British,Irish",
        country_of_residence="England",
        address={"premises": "1", "address_line_1": "High Street", "locality": "Leeds", "postal_code": "LS1 1AA"},
        is_sanctioned=True,
    )
    chunks = read(READER, file(row))
    assert entities(chunks)[PERSON] == {
        "id": PERSON,
        "schema": "Person",
        "properties": {
            "address": ["1 High Street, Leeds, LS1 1AA"],
            "birthDate": ["1970-03"],
            "country": ["gb"],
            "firstName": ["Ada"],
            "lastName": ["Lovell"],
            "middleName": ["Byron"],
            "name": ["Ada Byron Lovell"],
            "nationality": ["gb", "ie"],
            "title": ["Ms"],
            "topics": ["sanction"],
        },
    }
    assert ties(chunks) == {}


@pytest.mark.parametrize(("band", "low", "high"), [("25-to-50", 25, 50), ("50-to-75", 50, 75), ("75-to-100", 75, 100)])
def test_a_tier_is_a_range_with_the_bounds_of_the_law(band: str, low: int, high: int) -> None:
    """Over 25 up to 50; over 50; 75 and more (Companies Act 2006, Sch. 1A; SI 2016/339)."""
    codes = (f"ownership-of-shares-{band}-percent", f"voting-rights-{band}-percent")
    found = ties(read(READER, file(person(*codes))))
    part = WHOLE // 100
    least = low * part + (low != 75)
    expected = shares.Share(least, high * part)
    company = f"gb-coh-{COMPANY}"
    assert found == {
        f"interest:{PERSON}>{company}[shares]": expected,
        f"interest:{PERSON}>{company}[votes]": expected,
    }
    assert tier(expected.lo) == band.replace("-to-", "-")  # the tier that our own method gives the smallest share


@pytest.mark.parametrize(
    ("code", "tie"),
    [
        ("right-to-appoint-and-remove-directors", "control:{p}>{c}[appointment]"),
        ("right-to-appoint-and-remove-directors-as-firm", "control:{p}>{c}[appointment]"),
        ("right-to-appoint-and-remove-members-limited-liability-partnership", "control:{p}>{c}[appointment]"),
        ("right-to-appoint-and-remove-person-as-trust", "control:{p}>{c}[appointment]"),
        ("significant-influence-or-control-as-trust", "influence:{p}>{c}[significant influence or control]"),
        ("right-to-share-surplus-assets-50-to-75-percent-limited-liability-partnership", None),
        ("part-right-to-share-surplus-assets-75-to-100-percent-as-firm", None),
        ("registered-owner-as-nominee-person-scotland-registered-overseas-entity", None),
        ("right-to-ring-the-bell", None),
    ],
)
def test_a_right_without_a_share_gives_what_it_is(code: str, tie: str | None) -> None:
    """The majority of the board is control; what is left on winding up, or land held for somebody, is none."""
    chunks = read(READER, file(person(code)))
    expected = [tie.format(p=PERSON, c=f"gb-coh-{COMPANY}")] if tie else []
    assert list(ties(chunks)) == expected
    roles = [e["properties"].get("role") for e in entities(chunks).values() if e["schema"] == "Control"]
    assert roles == [[code]]
    assert bool(chunks[0].warnings) == (code == "right-to-ring-the-bell")


def test_a_part_of_the_surplus_is_no_share_of_the_votes() -> None:
    """Its range is kept, where no method reads it as shares."""
    code = "right-to-share-surplus-assets-25-to-50-percent-limited-liability-partnership"
    found = entities(read(READER, file(person(code))))[f"{PERSON}-surplus"]
    assert found["schema"] == "Control"
    assert found["properties"]["percentageMinimum"] == ["25.0000001"]
    assert found["properties"]["controlType"] == ["surplus assets"]


_OF = ("ownership-of-shares", "voting-rights", "right-to-share-surplus-assets", "part-right-to-share-surplus-assets")
_HOW = ("", "-as-trust", "-as-firm", "-as-control-over-trust", "-as-control-over-firm")
_WHERE = ("", "-limited-liability-partnership", "-registered-overseas-entity")
_BANDS = ("25-to-50", "50-to-75", "75-to-100", "more-than-25")
_RIGHTS = (
    "right-to-appoint-and-remove-directors",
    "right-to-appoint-and-remove-members",
    "right-to-appoint-and-remove-person",
    "significant-influence-or-control",
)
CODES = [f"{of}-{band}-percent{how}{where}" for of in _OF for band in _BANDS for how in _HOW for where in _WHERE] + [
    f"{right}{how}{where}" for right in _RIGHTS for how in _HOW for where in _WHERE
]


@pytest.mark.parametrize("code", CODES)
def test_every_nature_of_control_is_known(code: str) -> None:
    """All that the register may write, in every capacity and for every kind of company."""
    found = words.nature(code)
    assert found.is_known
    assert found.capacity == next((how[1:] for how in reversed(_HOW) if how and f"{how}" in code), "")
    assert not found.control or found.control in rights()
    assert (found.band is not None) == ("percent" in code)


@given(st.lists(st.sampled_from([*CODES, "no-such-nature"]), min_size=1, max_size=6))
def test_the_records_of_a_person_hold_all_codes_within_their_bounds(codes: list[str]) -> None:
    """Nothing is lost, nothing is said twice; a range takes in every band beneath it; ids never meet."""
    found = words.interests(tuple(codes))
    assert sorted(role for i in found for role in i.roles) == sorted(set(codes))
    assert len({i.suffix for i in found}) == len(found)
    assert {i.suffix for i in found} <= set(words.SUFFIXES)
    for interest in found:
        for code in interest.roles:
            nature = words.nature(code)
            if nature.band and not nature.is_votes:
                assert float(interest.low or "x") <= float(nature.band[0])
                assert float(interest.high or "x") >= float(nature.band[1])
            elif nature.band:
                range_ = shares.read(interest.votes or "x")
                assert range_.lo <= shares.parts(nature.band[0])
                assert range_.hi >= shares.parts(nature.band[1])


def test_a_holding_by_way_of_a_trust_is_a_record_of_its_own() -> None:
    """One's own and that of a trust are told apart; they are one tie of the graph all the same."""
    codes = ("ownership-of-shares-25-to-50-percent", "ownership-of-shares-50-to-75-percent-as-trust")
    found = entities(read(READER, file(person(*codes))))
    assert found[f"{PERSON}-holding"]["properties"]["percentageMaximum"] == ["50"]
    assert found[f"{PERSON}-holding-as-trust"]["properties"]["percentageMinimum"] == ["50.0000001"]


def test_a_firm_is_kept_with_its_register_and_its_law() -> None:
    """The state that it is registered in makes a tie; what was filed as free text stays a note."""
    row = line(
        "corporate-entity-person-with-significant-control",
        name="Harbour Holdings Limited",
        identification={
            "country_registered": "Scotland",
            "legal_authority": "Companies Act 2006",
            "legal_form": "Private Company",
            "place_registered": "Companies House",
            "registration_number": "SC119437",
        },
        natures_of_control=["ownership-of-shares-75-to-100-percent"],
        ceased_on="2024-02-29",
    )
    chunks = read(READER, file(row))
    found = entities(chunks)
    assert found[PERSON]["schema"] == "Company"
    assert found[PERSON]["properties"] == {
        "jurisdiction": ["gb"],
        "legalForm": ["Private Company"],
        "name": ["Harbour Holdings Limited"],
        "notes": ["registered at Companies House; under Companies Act 2006"],
        "registrationNumber": ["SC119437"],
    }
    holding = found[f"{PERSON}-holding"]["properties"]
    assert (holding["startDate"], holding["endDate"]) == (["2018-04-06"], ["2024-02-29"])
    table = said(chunks).to_pylist()
    assert {(r["valid_from"], r["valid_to"]) for r in table if r["schema"] == "Ownership"} == {
        ("2018-04-06", "2024-02-29")
    }


@pytest.mark.parametrize("kind", sorted(words.PEOPLE))
def test_every_kind_of_person_is_taken(kind: str) -> None:
    """Individuals, firms and other legal persons, of companies and of overseas entities."""
    row = line(kind, name="Somebody", natures_of_control=["significant-influence-or-control"])
    chunks = read(READER, file(row))
    assert entities(chunks)[PERSON]["schema"] == words.PEOPLE[kind]
    assert not chunks[0].warnings


@pytest.mark.parametrize("kind", sorted(words.PROTECTED))
def test_who_is_protected_is_unknown_with_the_reason(kind: str) -> None:
    """No name is invented; what is asked for is said."""
    (chunk,) = read(READER, file(line(kind, description="super-secure-x", ceased=True)))
    found = entities([chunk])[f"{PERSON}-unknown"]
    assert found["schema"] == "UnknownHolder"
    assert found["properties"]["reason"] == ["super-secure-x"]
    assert found["properties"]["held"] == [f"gb-coh-{COMPANY}"]
    assert chunk.closed == (f"{PERSON}-unknown",)


@pytest.mark.parametrize("code", [*sorted(words.STATEMENTS), "the-dog-ate-it"])
def test_a_statement_in_the_place_of_a_person_is_unknown_with_the_reason(code: str) -> None:
    """All that the register may state; what is new is kept and named."""
    chunks = read(READER, file(line(words.STATEMENT, statement=code, linked_psc_name="Jo")))
    found = entities(chunks)[f"{PERSON}-unknown"]["properties"]
    assert (found["reason"], found["holding"], found["summary"]) == ([code], ["significant control"], ["Jo"])
    assert bool(chunks[0].warnings) == (code == "the-dog-ate-it")
    assert ties(chunks) == {}


def test_an_exemption_says_since_when_there_is_no_register() -> None:
    """One record an item, with its dates."""
    listed = {"psc_exempt": {"exemption_type": "psc-exempt-as-x", "items": [{"exempt_from": "2026-03-01"}]}}
    row = {
        "company_number": COMPANY,
        "data": {"kind": "exemptions", "exemptions": listed, "links": {"self": f"/company/{COMPANY}/exemptions"}},
    }
    found = entities(read(READER, file(row)))[f"gb-coh-{COMPANY}-exempt-psc-exempt-as-x-1"]["properties"]
    assert (found["reason"], found["startDate"]) == (["psc-exempt-as-x"], ["2026-03-01"])


def test_an_overseas_entity_is_not_put_under_the_law_of_the_register() -> None:
    """It stands in a register of the United Kingdom, and under the law of another state."""
    found = entities(read(READER, file(line(company="OE000001"), line())))
    assert "jurisdiction" not in found["gb-coh-OE000001"]["properties"]
    assert found[f"gb-coh-{COMPANY}"]["properties"]["jurisdiction"] == ["gb"]


def test_a_kind_that_is_not_known_is_kept_by_what_it_holds() -> None:
    """A person where it names one, unknown where it does not; a warning either way."""
    row = line("moon-person", name="Luna", natures_of_control=["significant-influence-or-control"])
    (chunk,) = read(READER, file(row))
    assert entities([chunk])[PERSON]["schema"] == "LegalEntity"
    assert "moon-person" in chunk.warnings[0]
    assert entities(read(READER, file(line("moon-shadow"))))[f"{PERSON}-unknown"]["properties"]["reason"] == [
        "moon-shadow"
    ]


def test_a_deletion_of_the_stream_closes_all_that_its_entry_ever_said() -> None:
    """A change says it anew; both find the company in the address of the entry."""
    row = person("ownership-of-shares-25-to-50-percent")
    event = {
        "resource_kind": "company-psc-individual",
        "resource_uri": row["data"]["links"]["self"],
        "resource_id": ENTRY,
        "data": row["data"],
        "event": {"timepoint": 1, "type": "changed"},
    }
    gone = {**event, "data": None, "event": {"timepoint": 2, "type": "deleted"}}
    (chunk,) = read(READER, file(event, gone))
    assert rows([chunk]) == rows(read(READER, file(row)))
    assert {PERSON, f"{PERSON}-holding", f"{PERSON}-control-as-firm", f"{PERSON}-unknown"} <= set(chunk.closed)
    assert not chunk.rejects


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("no json", "not JSON"),
        ("[]", "one object"),
        ("{}", "no 'data'"),
        (json.dumps({"company_number": "1", "data": {}}), "no 'kind'"),
        (json.dumps(line(company="!!")), "eight letters and digits"),
        (json.dumps(line(name={"a": 1})), "name: a text was expected"),
        (json.dumps(line(natures_of_control="x")), "list of texts"),
        (json.dumps(line(natures_of_control=[1])), "list of texts"),
        (json.dumps(line(date_of_birth={"year": 1970, "month": 13})), "date_of_birth"),
        (json.dumps(line(date_of_birth={"year": "1970"})), "date_of_birth"),
        (json.dumps(line(address={"premises": 5, "locality": "x"})), "address"),
        (json.dumps(line(words.STATEMENT)), "states nothing"),
        ('{"company_number": "\ud800"}'.encode("utf-8", "surrogatepass").decode("latin-1"), "not JSON"),
    ],
)
def test_a_bad_line_is_rejected_with_its_reason_and_the_others_are_taken(bad: str, reason: str) -> None:
    """Line and reason; wrong types are no traceback."""
    (chunk,) = read(READER, file(person()) + bad.encode("latin-1") + b"\n" + file(person()))
    assert [r.line for r in chunk.rejects] == [2]
    assert reason in chunk.rejects[0].reason
    assert PERSON in entities([chunk])


def test_dates_of_nowhere_and_ends_before_beginnings_are_survived() -> None:
    """0001 and 9999 are what people write for unknown; they are left out and named."""
    rows_ = [
        person(notified_on=a, ceased_on=b) for a, b in (("0001-01-01", "9999-12-31"), ("2020-01-02", "2019-01-01"))
    ]
    (chunk,) = read(READER, file(*rows_))
    assert len(chunk.warnings) == 4  # and the persons have no nature of control
    assert not chunk.rejects


def test_the_last_line_is_held_against_what_was_read() -> None:
    """A whole file that lost lines says so; a part of many cannot."""
    lines = list(generate_psc.rows(50, 2))
    assert read(READER, file(*lines))[0].warnings == read(READER, file(*lines[:-1]))[0].warnings
    short = file(*lines[1:])
    assert any("the file says" in w for w in read(READER, short)[-1].warnings)
    part = read(READER, short, "psc-snapshot-2026-09-18_3of32.txt")[-1].warnings
    assert not any("the file says" in w for w in part)


def test_a_part_of_a_snapshot_ends_nothing() -> None:
    """What is missing in a part may stand in another one; what is missing in the whole has ended."""
    path = SAMPLES / "psc/psc-snapshot-2026-09-18.txt"
    whole = READER.about(source(path.read_bytes(), path.name))
    assert (whole.is_snapshot, whole.published) == (True, "2026-09-18")
    assert not READER.about(source(path.read_bytes(), "psc-snapshot-2026-09-18_1of32.txt")).is_snapshot
    stream = SAMPLES / "psc/psc-stream.jsonl"
    assert not READER.about(source(stream.read_bytes(), stream.name)).is_snapshot
    for sample in (path, stream):
        assert READER.recognises(sample.read_bytes()[:65536], "x") > 0.5
        fit(read(READER, sample.read_bytes()))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.booleans())
def test_every_statement_is_one_that_followthemoney_takes(seed: int, ugly: bool) -> None:
    """Schema, property, type and value; good lines and rejects are all there is."""
    chunks = read(READER, file(*generate_psc.rows(150, seed, ugly)))
    fit(chunks)
    taken = {r["record"] for r in said(chunks).to_pylist()}
    rejected = {r.line for c in chunks for r in c.rejects}
    assert taken | rejected == set(range(1, 151))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_with_a_mark_are_read(encoding: str) -> None:
    """As the register's own."""
    data = file(*generate_psc.rows(30, 1))
    coded = data.decode().encode(encoding)
    assert READER.recognises(coded[:65536], "x") > 0.5
    assert rows(read(READER, coded)) == rows(read(READER, data))


def test_a_load_that_was_stopped_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """From every chunk's line and position the rest is read exactly."""
    monkeypatch.setattr(psc_reader, "CHUNK", 100)
    monkeypatch.setattr("longarm.ingest.formats.bounded.BLOCK", 1 << 14)
    data = file(*generate_psc.rows(400, 1))
    whole = read(READER, data)
    assert len(whole) > 3
    for place, chunk in enumerate(whole[:-1]):
        rest = read(READER, data, start=(chunk.records, chunk.position))
        # A chunk names a company once, by the first line that names it there; all else is the same to the line.
        assert _without_companies(rest) == _without_companies(whole[place + 1 :])
        assert {r[4] for r in rows(rest)} == {r[4] for r in rows(whole[place + 1 :])}


def _without_companies(chunks: list[Chunk]) -> list[tuple[Any, ...]]:
    return [row for row in rows(chunks) if not row[0].startswith("gb-coh") or "exempt" in row[0]]


@pytest.mark.parametrize("junk", [b"a" * 65536, b"[" * 65536, b"\x00" * 65536])
def test_a_line_of_any_length_is_one_reject(junk: bytes) -> None:
    """And costs no more memory than the limit of a line."""
    good = file(person())
    endless = Input("x", lambda: Endless(good, junk, 400, b"\n" + good), "2026-11-24")  # type: ignore[arg-type]
    chunks = list(READER.read(endless))
    assert [(r.line, "longer" in r.reason) for c in chunks for r in c.rejects] == [(2, True)]
    assert {r["record"] for r in said(chunks).to_pylist()} == {1, 3}


@pytest.mark.parametrize("data", [b"hello\n", b"\x00\x01", b"{}\n{}\n", b"<a/>"])
def test_what_is_none_of_it_is_refused_in_words(data: bytes) -> None:
    """Never a traceback."""
    assert READER.recognises(data, "psc.txt") == 0
    with pytest.raises(SourceError):
        read(READER, data)
    with pytest.raises(SourceError):
        READER.about(source(data))

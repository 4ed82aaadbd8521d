"""FollowTheMoney entities read as columns: the same as row by row, whatever is wrong with some of them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.errors import SourceError
from longarm.ingest import lines
from longarm.ingest.formats import ftm, known
from longarm.ingest.stream import Chunk, Input

TEXTS = st.sampled_from(
    ["Acme", "Acme  Ltd", " é ", "gb", "Germany", "2018", "2018-12-05T10:00", "0001", "9999-12-31", "150", "25.5"]
    + [
        "-1",
        "",
        "c-1",
        "x y",
        "half: \ud800",
        "\u0000",
        "\x1b[2J",
        "港 务",
        "http://x.com/a b",
        "ESQ, 1",
        '"quoted"',
        "null",
    ]
)
PROPS = ["name", "country", "jurisdiction", "startDate", "endDate", "date", "percentage", "percentageMinimum", "owner"]
PROPS += ["percentageMaximum", "asset", "address", "registrationNumber", "colour", "ownershipOwner", "type", "subject"]
VALUES = st.lists(TEXTS, max_size=3) | st.sampled_from([None, "name", 3, [None], ["a", None], [3], {"a": 1}, [["a"]]])
ENTITY = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b-1", "", " ", None, 3, "é"]),
        "schema": st.sampled_from(["Company", "Ownership", "Person", "Interval", "Sorcerer", None, 3]),
        "properties": st.dictionaries(st.sampled_from(PROPS), VALUES, max_size=4) | st.sampled_from([None, [], 3]),
    },
    optional={"datasets": st.just(["x"]), "first_seen": st.sampled_from([None, "2020-01-01", 3]), "caption": TEXTS},
)
GOOD = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b-1", "c"]),
        "schema": st.sampled_from(["Company", "Ownership", "Person"]),
        "properties": st.fixed_dictionaries({"name": st.lists(TEXTS, max_size=2)}),
    }
)
ROW = (ENTITY | GOOD | GOOD).map(lambda e: json.dumps(e, ensure_ascii=True).encode()) | st.sampled_from(
    [
        b"",
        b"  ",
        b"not json",
        b"[1]",
        b"{}",
        b'{"id":1}{"id":2}',
        b"\xe9",
        b'{"id": "a", "id": "b"}',
        b"[" * 3000,
        b"\x00",
    ]
    + [
        b'{"id":"a","schema":"Company","properties":{"name":["a"],"name":["b"]}}',
        b"null",
        b"NaN",
        b" null",
        b"{}null{}",
        b'{"id":"a"} null',
    ]
)


def given_as(data: bytes) -> Input:
    """Bytes as a source."""
    return Input("some.jsonl", lambda: io.BytesIO(data), "2026-11-24", len(data))


def said(chunks: list[Chunk]) -> list[dict[str, Any]]:
    """All rows, in an order of their own."""
    rows = [r for c in chunks for r in c.said.to_pylist()]
    return sorted(rows, key=lambda r: (r["record"], *(str(r[k]) for k in ("prop", "value", "valid_from", "valid_to"))))


def rejects(chunks: list[Chunk]) -> list[tuple[int, str]]:
    """Lines with their reasons."""
    return [(r.line, r.reason) for c in chunks for r in c.rejects]


def one_by_one(data: bytes) -> Chunk:
    """The slow way, of which the quick one must give the same."""
    (block,) = lines.blocks(io.BytesIO(data), "some.jsonl")
    piece = ftm._by_line(block.listed())
    return Chunk(piece.said, tuple(piece.rejects("some.jsonl")), block.last, block.position)


@settings(deadline=None, max_examples=300)
@given(st.lists(ROW, min_size=1, max_size=8))
def test_columns_say_what_rows_say(rows: list[bytes]) -> None:
    """Every good row in, every bad one set aside with its line and its reason; nothing lost, nothing twice."""
    data = b"\n".join(rows) + b"\n"
    quick, slow = list(ftm.FtmEntities().read(given_as(data))), one_by_one(data)
    assert said(quick) == said([slow])
    assert rejects(quick) == rejects([slow])


@settings(deadline=None)
@given(st.lists(GOOD, min_size=1, max_size=40), st.integers(1, 200))
def test_a_reader_goes_on_from_where_it_was_stopped(entities: list[dict[str, Any]], size: int) -> None:
    """The chunks from any place on are those that came after it the first time."""
    data = "".join(json.dumps(e) + "\n" for e in entities).encode()
    reader = ftm.FtmEntities()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK", size)
        whole = list(reader.read(given_as(data)))
        for at, chunk in enumerate(whole):
            rest = list(reader.read(given_as(data), start=(chunk.records, chunk.position)))
            assert said(rest) == said(whole[at + 1 :])
    assert whole[-1].position == len(data)
    assert whole[-1].records == len(entities)


def test_a_line_of_a_gigabyte_is_set_aside_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is held that is longer than the limit."""
    monkeypatch.setattr(lines, "MAX_LINE", 1 << 16)
    monkeypatch.setattr(lines, "BLOCK", 1 << 12)
    good = b'{"id":"a","schema":"Person","properties":{"name":["A"]}}\n'
    long = b'{"id":"x","schema":"Person","properties":{"name":["' + b"y" * (1 << 20) + b'"]}}\n'
    chunks = list(ftm.FtmEntities().read(given_as(good + long + good)))
    assert {r["record"] for r in said(chunks)} == {1, 3}
    ((line, reason),) = rejects(chunks)
    assert line == 2
    assert "at most" in reason


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_fault(mark: bytes) -> None:
    """Editors write it."""
    data = mark + b'{"id":"a","schema":"Person","properties":{"name":["A"]}}'
    assert [r["prop"] for r in said(list(ftm.FtmEntities().read(given_as(data))))] == ["id", "name"]


def test_utf_16_is_said_to_be_so() -> None:
    """With the mend."""
    with pytest.raises(SourceError, match="UTF-16"):
        list(ftm.FtmEntities().read(given_as('{"id":"a"}'.encode("utf-16"))))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'{"id":"a","schema":"Person","properties":{}}', "ftm"),
        (b'\xef\xbb\xbf{"properties": {"name": ["x"]}, "id":"a","schema": "Person"}\n', "ftm"),
    ],
)
def test_the_format_is_found_by_content(head: bytes, name: str) -> None:
    """Never by the name of the file."""
    assert known.recognised(head, "thing.xml").name == name


def test_what_no_reader_knows_is_said_to_be_so_with_what_they_know() -> None:
    """The error lists the formats."""
    with pytest.raises(SourceError, match="nothing that is read here") as caught:
        known.recognised(b"%!PS-Adobe", "x.ps")
    for reader in known.readers():
        assert f"{reader.name}: {reader.says}" in (caught.value.where.mend or "")


def test_the_sample_is_read_as_its_mapping_says() -> None:
    """docs/formats/ftm.md: dates of an interval hold for all its statements, and stay partial."""
    data = (Path(__file__).parents[1] / "samples" / "ftm" / "harbour.ftm.jsonl").read_bytes()
    rows = said(list(known.recognised(data, "harbour").read(given_as(data))))
    stake = [r for r in rows if r["entity_id"] == "nh-1003"]
    assert {(r["valid_from"], r["valid_to"]) for r in stake} == {("2018", "2024-06-30")}
    assert {r["record"] for r in stake} == {3}
    (name,) = (r for r in rows if r["entity_id"] == "nh-1004" and r["prop"] == "name")
    assert (name["value"], name["original_value"]) == ("Ines Caldeira", "Ines  Caldeira")

"""Records of JSON arrays and lines: each once, in order, with its line; what is broken costs itself alone."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.ingest.formats import json_array, json_piece, json_records
from longarm.ingest.formats.json_piece import Piece

KEYS = ("id", "recordType")
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.text(max_size=8)
    | st.sampled_from(['}"', "],[", "\\", '{"id":']),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.lists(st.fixed_dictionaries({"id": st.integers(0, 99)}, optional={"x": JSON, "y": JSON}), max_size=12)


def pieces(data: bytes, block: int = json_records.BLOCK) -> list[Piece]:
    """Give all records of a source, read in blocks of a size."""
    old, json_records.BLOCK = json_records.BLOCK, block  # type: ignore[misc]
    try:
        return [piece for batch in json_records.batches(io.BytesIO(data), KEYS) for piece in batch.pieces]
    finally:
        json_records.BLOCK = old  # type: ignore[misc]


def values(found: list[Piece]) -> list[Any]:
    """Give what they are; every one must be sound."""
    assert [piece.fault for piece in found] == [None] * len(found)
    return [json.loads(piece.data) for piece in found]


@settings(max_examples=200, deadline=None)
@given(RECORDS, st.sampled_from([None, 1, 3]), st.integers(1, 64), st.booleans())
def test_an_array_is_parted_as_json_parts_it(given_: list[Any], indent: int | None, block: int, is_ascii: bool) -> None:
    """However it is laid out, and wherever the blocks end."""
    text = json.dumps(given_, indent=indent, ensure_ascii=is_ascii)
    found = pieces(text.encode(), block)
    assert values(found) == given_
    assert [piece.record for piece in found] == list(range(1, len(given_) + 1))
    for piece in found:
        assert text.split("\n")[piece.line - 1].strip(" ,[").startswith("{")


@settings(max_examples=100, deadline=None)
@given(RECORDS, st.integers(1, 64), st.booleans())
def test_lines_are_parted_at_their_ends(given_: list[Any], block: int, ends: bool) -> None:
    """With or without an end of the last, blank lines counted."""
    text = "\n\n".join(json.dumps(each) for each in given_) + ("\n" if ends else "")
    found = pieces(text.encode(), block)
    assert values(found) == given_
    assert [piece.line for piece in found] == list(range(1, 2 * len(given_), 2))


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("is_array", [True, False])
def test_every_encoding_of_json_is_read(name: str, is_array: bool) -> None:
    """By its mark, or by where the first zero byte stands."""
    given_ = [{"id": 1, "x": "Łódź 𝄞"}, {"id": 2}]
    text = json.dumps(given_, ensure_ascii=False)
    text = text if is_array else "\n".join(json.dumps(each, ensure_ascii=False) for each in given_)
    for block in (1, 5, 1 << 20):
        assert values(pieces(text.encode(name), block)) == given_


def test_blanks_before_an_array_do_not_hide_it() -> None:
    """However many, in whatever blocks."""
    for block in (1, 16):
        assert values(pieces(b" \n" * 50 + b'[{"id": 1}]', block)) == [{"id": 1}]
    assert pieces(b" \n" * 50, 16) == []


BROKEN = {
    "a quote is missing": (b'[{"id":1,"x":"a},{"id":2},{"id":3}]', [2, 3]),
    "a brace is missing": (b'[{"id":1},{"id":2,"x":{"y":1},{"id":3},{"id":4}]', [1, 3, 4]),
    "a brace too many": (b'[{"id":1}},{"id":2},{"id":3}]', [1]),
    "a bracket is no pair": (b'[{"id":1,"x":[}},{"id":2}]', [2]),
    "a value is none": (b'[{"id":1,"x":nul},{"id":2}]', [2]),
    "a comma is missing": (b'[{"id":1} {"id":2},{"id":3}]', [1, 2, 3]),
    "it is cut short": (b'[{"id":1},{"id":2,"x":"ab', [1]),
    "it is cut between two": (b'[{"id":1},', [1]),
    "no bracket closes it": (b'[{"id":1}', [1]),
    "a raw control character": (b'[{"id":1,"x":"\x00"},{"id":2}]', [2]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_in_an_array_costs_itself_alone(name: str) -> None:
    """The next record is found by the keys that only a record's start has; something is always said."""
    data, sound = BROKEN[name]
    for block in (7, 1 << 20):
        found = pieces(data, block)
        taken = [json.loads(p.data)["id"] for p in found if p.fault is None and isinstance(json.loads(p.data), dict)]
        assert [n for n in sound if n not in taken] == []
        assert [p.fault for p in found if p.fault] or name == "a comma is missing"


def test_what_is_no_object_is_handed_on_for_its_reader_to_refuse() -> None:
    """Numbers, texts with commas in them, lists: each a record."""
    assert values(pieces(b'[1, "a,]b", [{"id": 1}], null, {"id": 2}]')) == [1, "a,]b", [{"id": 1}], None, {"id": 2}]


@pytest.mark.parametrize("is_array", [True, False])
def test_a_record_that_is_too_long_is_refused_and_the_next_is_taken(is_array: bool, monkeypatch: Any) -> None:
    """Its beginning is kept to show it; memory does not grow with it."""
    for module in (json_piece, json_array, json_records):
        monkeypatch.setattr(module, "MAX_RECORD", 10_000)
    monkeypatch.setattr(json_array, "_PATIENCE", 1_000)
    rows = [b'{"id":1}', b'{"id":2,"x":"' + b"a" * 50_000 + b'"}', b'{"id":3}']
    data = b"[" + b",".join(rows) + b"]" if is_array else b"\n".join(rows)
    found = pieces(data, 777)
    assert [piece.data for piece in found if piece.fault is None] == [rows[0], rows[2]]
    refused = [piece for piece in found if piece.fault]
    assert len(refused) == 1
    assert "longer than" in str(refused[0].fault)
    assert len(refused[0].data) <= json_piece.KEPT


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60), st.integers(1, 16), st.sampled_from([b"[", b'[{"id":', b"{", b"\xff\xfe", b""]))
def test_no_bytes_whatever_raise_or_hang(data: bytes, block: int, head: bytes) -> None:
    """Every byte but blanks belongs to a record, sound or not."""
    found = pieces(head + data, block)
    assert all(piece.data or piece.fault for piece in found)
    assert [piece.record for piece in found] == sorted(piece.record for piece in found)


@settings(max_examples=200, deadline=None)
@given(RECORDS.filter(bool), st.data())
def test_an_array_with_one_byte_changed_still_gives_the_records_before_it(
    given_: list[Any], data: st.DataObject
) -> None:
    """What stands before the damage is never lost."""
    text = json.dumps(given_).encode()
    at = data.draw(st.integers(1, len(text) - 1))
    damaged = text[:at] + bytes([data.draw(st.integers(0, 255))]) + text[at + 1 :]
    before = [p for p in pieces(text) if text.find(p.data) >= 0]
    whole = 1
    for piece in before:
        whole += len(piece.data)
        if whole >= at:
            break
        assert piece.data in [p.data for p in pieces(damaged, 16)]
        whole += 2

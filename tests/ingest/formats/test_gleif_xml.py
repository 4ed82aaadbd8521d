"""GLEIF's files as they come: broken, huge, malicious, stopped half-way; and two ways of reading XML side by side."""

from __future__ import annotations

import json
import random
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.errors import SourceError
from longarm.ingest.formats import gleif_json, gleif_reading, gleif_shape, gleif_xml
from longarm.ingest.formats.gleif_lei import GleifEntities
from longarm.ingest.stream import Input
from registers_support import Endless, entities, gleif, invented_gleif, read, rows, source

READER = GleifEntities()
JUNK = [
    *(b"<", b">", b"&", b"&amp;", b"&#x20AC;", b"&#0;", b"<!--x-->", b"<![CDATA[<y>]]>", b"]]>", b"\x00", b"\xff"),
    *(b"<?p?>", b'"', b"/", b" ", b"\r\n", b"</lei:City>", b"<lei:City>z</lei:City>", b"<lei:LEIRecord>", b"&x;"),
]
WRITINGS = pytest.mark.parametrize("writing", ["xml", "json", "csv"])


def found(data: bytes, *, plainly: bool) -> list[tuple[Any, ...]]:
    """What is read of each record, or a word where nothing is."""
    try:
        reading = gleif_xml.Records(gleif_shape.ENTITIES, source(data), plainly=plainly)
        return [(f.number, f.record, bool(f.fault), f.position) for f in reading]
    except SourceError:
        return []


def leis(chunks: list[Any]) -> set[str]:
    return {e["properties"]["leiCode"][0] for e in entities(chunks).values() if "leiCode" in e["properties"]}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_with_and_without_the_parser_the_same_is_read(seed: int, ugly: bool) -> None:
    """The quick way is only a quicker way."""
    data = gleif("lei", "xml", 150, seed, ugly=ugly)
    plain = found(data, plainly=True)
    assert len(plain) >= 150
    assert plain == found(data, plainly=False)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_with_and_without_the_parser_the_same_is_read_of_damaged_bytes(seed: int, times: int) -> None:
    """Brackets, quotes, references, sections, control characters put anywhere in what is read.

    What stands in an extension is not checked by the quick way, so none is written here.
    """
    chance = random.Random(seed)
    data = gleif("lei", "xml", 40, seed % 7)
    while b"<lei:Extension>" in data:
        begin, end = data.index(b"<lei:Extension>"), data.index(b"</lei:Extension>") + 16
        data = data[:begin] + data[end:]
    first = data.index(b"<lei:LEIRecord>") + 20
    for _ in range(times):
        at = chance.randrange(first, len(data) - 100)
        junk = chance.choice(JUNK)
        data = data[:at] + junk + data[at + chance.randrange(3) :]
    plain, parsed = found(data, plainly=True), found(data, plainly=False)
    assert plain == parsed


@WRITINGS
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), at=st.floats(0.05, 0.99), junk=st.binary(min_size=1, max_size=8))
def test_a_damaged_file_never_ends_in_a_traceback(writing: str, seed: int, at: float, junk: bytes) -> None:
    """Good records in, bad ones rejected, or a refusal in words."""
    data = gleif("lei", writing, 30, seed % 5)
    cut = int(len(data) * at)
    try:
        chunks = read(READER, data[:cut] + junk + data[cut + 3 :])
    except SourceError:
        return
    assert len(leis(chunks)) + sum(len(c.rejects) for c in chunks) >= 27


@WRITINGS
def test_a_bad_record_is_rejected_by_its_number_and_the_others_are_taken(writing: str) -> None:
    """The middle one of three hundred is not well-formed."""
    data = gleif("lei", writing, 300)
    code = invented_gleif.lei(150).encode()
    broken = {"xml": b"<" + code, "json": b'"' + code, "csv": b'\xff"' + code}[writing]
    chunks = read(READER, data.replace(code, broken, 1))
    rejects = [r for c in chunks for r in c.rejects]
    assert [r.line for r in rejects] == [151]
    assert all(r.reason for r in rejects)
    assert len(leis(chunks)) == 299


@WRITINGS
def test_a_file_that_was_cut_gives_what_is_whole_and_says_so(writing: str) -> None:
    """Half a download is no snapshot, but its records are records."""
    data = gleif("lei", writing, 300)
    chunks = read(READER, data[: len(data) * 2 // 3])
    assert 190 <= len(leis(chunks)) <= 210
    assert sum(len(c.rejects) for c in chunks) == 1


@WRITINGS
def test_a_load_that_was_stopped_goes_on_where_it_stopped(writing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From every chunk's record and position the rest is read exactly, with the same numbers of records."""
    monkeypatch.setattr(gleif_reading, "CHUNK", 100)
    monkeypatch.setattr(gleif_json, "_STRETCH", 1 << 16)
    data = gleif("lei", writing, 500)
    whole = read(READER, data)
    assert len(whole) > 3
    for place, chunk in enumerate(whole[:-1]):
        rest = read(READER, data, start=(chunk.records, chunk.position))
        assert rows(rest) == rows(whole[place + 1 :])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-be"])
@WRITINGS
def test_other_encodings_with_a_mark_are_read(writing: str, encoding: str) -> None:
    """The mark counts, not what the XML declares."""
    data = gleif("lei", writing, 30)
    text = data.decode()
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    if writing == "xml":
        text = text.replace('encoding="UTF-8"', 'encoding="UTF-16"') if "16" in encoding else text
    coded = (mark + text).encode(encoding)
    assert READER.recognises(coded[:65536], "x") > 0.5
    assert rows(read(READER, coded)) == rows(read(READER, data))


def test_latin_1_is_read_where_the_xml_declares_it_and_rejected_where_nothing_does() -> None:
    """JSON is UTF-8 by its standard; a row of CSV that is not is set aside alone."""
    text = gleif("lei", "xml", 30).decode().replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    latin = text.encode("latin-1", "xmlcharrefreplace")
    assert rows(read(READER, latin)) == rows(read(READER, gleif("lei", "xml", 30)))
    table = gleif("lei", "csv", 30).decode().encode("latin-1", "replace")
    chunks = read(READER, table)
    assert leis(chunks)
    assert all("UTF-8" in r.reason for c in chunks for r in c.rejects)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">',
    ],
)
def test_a_document_type_is_refused(doctype: str) -> None:
    """No file is opened, nothing is expanded, nothing is asked for."""
    data = gleif("lei", "xml", 3).decode().replace("?>\n", f"?>\n{doctype}\n", 1)
    data = data.replace("<lei:City>", "<lei:City>&x;", 1)
    with pytest.raises(SourceError, match="document type"):
        read(READER, data.encode())


def _endless(begin: bytes, piece: bytes, times: int, end: bytes) -> Input:
    return Input("endless", lambda: Endless(begin, piece, times, end), "2026-11-24")  # type: ignore[arg-type]


def _monsters() -> dict[str, tuple[bytes, bytes, bytes]]:
    data = gleif("lei", "xml", 3)
    first = data.index(b"<lei:City>") + 10
    second = data.index(b"<lei:LEIRecord>")
    table = gleif("lei", "csv", 3)
    cell = table.index(b"\n") + 3
    listed = gleif("lei", "json", 3)
    text = listed.index(b'"City"') + 24
    return {
        "a text": (data[:first], b"a" * 65536, data[first:]),
        "an attribute": (data[:second] + b'<lei:LEIRecord x="', b"a" * 65536, b'">' + data[second + 15 :]),
        "a comment": (data[:first] + b"<!--", b"a" * 65536, b"-->" + data[first:]),
        "depth": (data[:first], b"<lei:a>" * 9000, data[first:]),
        "elements": (data[:first], b"<lei:a/>" * 8000, data[first:]),
        "nothing between records": (data[:second], b" " * 65536, data[second:]),
        "a cell": (table[:cell], b"a" * 65536, table[cell:]),
        "a line of cells": (table[:cell], b'","' * 20000, table[cell:]),
        "a text in JSON": (listed[:text], b"a" * 65536, listed[text:]),
    }


@pytest.mark.parametrize("what", _monsters())
def test_a_monster_costs_little_memory(what: str) -> None:
    """20 MiB and more on one line, in one text, one tag, one comment, or as depth: what is around it is read."""
    begin, piece, end = _monsters()[what]
    tracemalloc.start()
    try:
        chunks = list(READER.read(_endless(begin, piece, 300, end)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200 * 1024 * 1024
    assert len(leis(chunks)) >= (3 if what == "nothing between records" else 1)


def test_a_header_of_a_hundred_thousand_columns_is_read() -> None:
    """Those that are not known are passed over."""
    lines = gleif("lei", "csv", 5).decode().splitlines()
    wide = [lines[0] + "".join(f',"c{n}"' for n in range(100_000))] + [line + ',""' * 100_000 for line in lines[1:]]
    assert len(leis(read(READER, "\n".join(wide).encode()))) == 5


def test_json_may_be_lines_or_plain_texts_or_hold_odd_types() -> None:
    """Texts need no `$`; a record whose name is a number or a list is set aside alone, or read."""
    code = [invented_gleif.lei(n) for n in range(3)]
    records: list[dict[str, Any]] = [
        {"LEI": code[0], "Entity": {"LegalName": "Plain", "LegalAddress": {"City": "X"}}},
        {"LEI": {"$": code[1]}, "Entity": {"LegalName": {"$": ["a", "b"]}}},
        {"LEI": {"$": code[2]}, "Entity": {"LegalName": {"$": 5}, "LegalAddress": "no object"}},
    ]
    for data in (json.dumps({"records": records}), "\n".join(json.dumps(r) for r in records)):
        chunks = read(READER, data.encode())
        assert leis(chunks) == {code[0]}
        assert [r.line for c in chunks for r in c.rejects] == [2, 3]


def test_an_entity_that_stands_twice_is_said_twice_alike() -> None:
    """The store keeps each statement once: its id does not depend on the record."""
    data = gleif("lei", "json", 1)
    record = data[data.index(b"[") + 1 : data.rindex(b"]")]
    twice = b'{"records":[' + record + b"," + record + b"]}"
    listed = [(r[0], r[2], r[4]) for r in rows(read(READER, twice))]
    assert len(listed) == 2 * len(set(listed))


def test_a_tag_that_is_still_open_where_the_next_begins_is_no_tag() -> None:
    """Also one whose name was met before: the quick way must not read what the parser refuses."""
    data = gleif("lei", "xml", 40, 3)
    at = data.rindex(b"<lei:LegalAddress>") + len(b"<lei:LegalAddress")
    data = data[:at] + data[at + 1 :]
    assert found(data, plainly=True) == found(data, plainly=False)

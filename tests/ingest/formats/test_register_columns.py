"""Values cleaned a column at a time, and lines of bounded length."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest
from followthemoney.types import registry
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.ingest.formats import bounded
from longarm.ingest.formats.clean import Cleaner, day
from longarm.ingest.formats.columnar import Sheet, Subjects, numbers, texts

LETTERS = st.one_of(
    st.sampled_from(" \"',.;<BRESQ'\t\n\r-é\u0301\u200b\u3000\u00a0\u2028\x85\x00\x7fßİẞ가\u1100Å\u0374\u037eﬁＡ"),
    st.characters(exclude_categories=["Cs"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.none() | st.text(LETTERS), max_size=6))
def test_a_column_is_cleaned_as_followthemoney_cleans_each_value(values: list[str | None]) -> None:
    """The quick expression never lets through what cleaning would change."""
    for kind in ("name", "address", "string", "identifier", "text"):
        cleaned = Cleaner().column(kind, "x", pa.array(values, pa.string())).to_pylist()
        assert cleaned == [None if v is None else registry.get(kind).clean(v) for v in values], kind


@given(st.lists(st.none() | st.sampled_from(["GB", "US-DE", "France", "nowhere", " ", "cn", ""]), max_size=9))
def test_countries_are_cleaned_once_and_what_is_none_is_counted(values: list[str | None]) -> None:
    """A warning names the value and how often it stood there."""
    cleaner = Cleaner()
    cleaned = cleaner.column("country", "country", pa.array(values, pa.string())).to_pylist()
    assert cleaned == [None if v is None else registry.country.clean(v) for v in values]
    assert len(cleaner.warnings()) == len({v for v in values if v in ("nowhere", " ", "")})
    assert cleaner.warnings() == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2021-01-01T00:30:00+02:00", "2021-01-01"),
        ("2021-01", "2021-01"),
        ("2021", "2021"),
        ("2021-02-30", None),
        ("0001-01-01", None),
        ("9999-12-31T23:59:59Z", None),
        ("01/02/2020", None),
        ("", None),
    ],
)
def test_a_day_is_the_one_that_is_written(text: str, found: str | None) -> None:
    """No zone moves it to another day; partial dates stay partial."""
    assert day(text) == found


def test_a_property_of_some_is_said_of_those() -> None:
    """Rows, records and dates go with the values that there are."""
    sheet = Sheet("register:x", Cleaner())
    who = Subjects(texts(["a", "b", "c"]), "Company", numbers([4, 5, 6]), texts(["2020", None, "2021"]))
    sheet.exist(who)
    sheet.say(who, "name", [None, "B  b", "C"])
    listed = sheet.finish().to_pylist()
    assert [(r["entity_id"], r["prop"], r["value"], r["record"], r["valid_from"]) for r in listed[3:]] == [
        ("b", "name", "B b", 5, None),
        ("c", "name", "C", 6, "2021"),
    ]
    assert [r["original_value"] for r in listed[3:]] == ["B  b", None]


@settings(max_examples=200)
@given(st.binary(max_size=200), st.integers(1, 20), st.integers(1, 30))
def test_lines_are_those_of_the_bytes_wherever_blocks_end(data: bytes, block: int, longest: int) -> None:
    """Numbers, ends and what is too long do not depend on how the bytes come."""
    data = data.replace(b"\xff\xfe", b"").replace(b"\xfe\xff", b"").replace(b"\xef", b"\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounded, "BLOCK", block)
        patch.setattr(bounded, "MAX_LINE", longest)
        found = list(bounded.lines(bounded.Utf8(io.BytesIO(data))))
    expected = data.split(b"\n")
    if expected[-1] == b"":
        expected.pop()
    assert [line for _, _, line in found] == [line if len(line) <= longest else None for line in expected]
    assert [number for number, _, _ in found] == list(range(1, len(expected) + 1))
    for _, after, line in found:
        assert line is None or data[:after].rstrip(b"\n").endswith(line.rstrip(b"\n"))

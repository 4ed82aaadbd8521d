"""Text tables: the quick way and the careful way read the same, and delimiters and encodings are told."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from longarm.ingest.formats import delimited, encodings
from longarm.ingest.formats.encodings import Notes

BLOCK = st.text(st.sampled_from('ab,;"\r\n é\x00'), max_size=24) | st.lists(
    st.sampled_from(
        ["a,b\n", '"a","b"\n', '"a,b",c\r\n', '"",\n', '"a""b",c\n', ' "a",b\n', 'a, "b"\n', 'a"b,c\n', '"a\nb",c\n']
    ),
    max_size=6,
).map("".join)


@settings(max_examples=1500, deadline=None)
@given(text=BLOCK, width=st.integers(1, 3))
@example(text=' ";\n"', width=1)
def test_a_block_that_is_read_at_once_is_read_as_row_by_row(text: str, width: int) -> None:
    """Where Arrow takes a block, Python's csv reads the same cells on the same lines; spaces around do not count."""
    quick = delimited._quick(text.encode(), ",", width, 0) if text else None
    if quick is None:
        return
    rows = list(csv.reader(io.StringIO(text, newline=""), skipinitialspace=True))
    got = list(zip(*(column.to_pylist() for column in quick.columns), strict=True))
    assert [[cell.strip() for cell in row] for row in got] == [[cell.strip() for cell in row] for row in rows]
    assert quick.lines.to_pylist() == list(range(1, len(rows) + 1))


@settings(max_examples=600, deadline=None)
@given(text=BLOCK, size=st.integers(1, 9))
def test_nothing_is_lost_however_the_stream_is_cut(text: str, size: int) -> None:
    """Every line is in a row, in a reject, or blank."""

    class Slow(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            return super().read(size)

    notes, whole = Notes("x"), Notes("x")
    data = b"h,i\n" + text.encode()
    first = [s if isinstance(s, list) else (s.lines, s.columns) for s in delimited.stretches(Slow(data), notes, ",")]
    again = [
        s if isinstance(s, list) else (s.lines, s.columns) for s in delimited.stretches(io.BytesIO(data), whole, ",")
    ]
    assert _rows(first) == _rows(again)
    assert notes.rejects == whole.rejects
    assert first[0] == ["h", "i"]


def _rows(found: list[object]) -> list[tuple[int, ...]]:
    rows: list[tuple[int, ...]] = []
    for each in found[1:]:
        assert isinstance(each, tuple)
        lines, columns = each
        rows += list(zip(lines.to_pylist(), *(c.to_pylist() for c in columns), strict=True))
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb\nx, y\tz\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('"a;b";c\n"x;y";z\n', ";"),
        ("alone\nb\n", ","),
        ("name,one;two\nx,y;z\n", ","),
    ],
)
def test_the_delimiter_is_that_under_which_the_lines_are_alike(text: str, expected: str) -> None:
    """Quotes count, and decimal commas do not mislead."""
    assert delimited.delimiter(text) == expected


@pytest.mark.parametrize(
    "name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1250", "cp1251", "cp1253"]
)
def test_a_text_in_any_encoding_comes_out_the_same(name: str) -> None:
    """Marks, wide letters, and a guess for those of one byte."""
    words = {
        "cp1250": "Przedsiębiorstwo Żeglugi Łódź",
        "cp1251": "Общество с ограниченной ответственностью",
        "cp1253": "Εταιρεία λιμένος",
    }
    text = "name,city\n" + f"{words.get(name, 'Société, Zürich'.replace(',', ''))},x\n" * 40
    notes = Notes("x")
    got = b"".join(encodings.blocks(io.BytesIO(text.encode(name)), notes))
    assert encodings.decoded(got, notes) == text

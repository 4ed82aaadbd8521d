"""Tables of every form under a mapping: what comes in, what is set aside, and that nothing breaks."""

from __future__ import annotations

import datetime as dt
import io
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapped_tables import COMPANIES, csv_of, parquet_of, read, source, values, xlsx_of

from longarm.errors import SourceError
from longarm.ingest.batch import Reject
from longarm.ingest.formats import mapping
from longarm.ingest.formats.mapped import Mapped
from longarm.ingest.stream import Input
from longarm.model import shares


@pytest.fixture(scope="module", autouse=True)
def within_a_gigabyte() -> Iterator[None]:
    """Whatever the tests of this module read: it takes no gigabyte more than this process has held already."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before + 1024 * 1024  # KiB


SAMPLE = Path(__file__).parents[1] / "samples" / "mapping"


def sample() -> tuple[list[dict[str, Any]], list[Reject], list[str]]:
    """The sample, read."""
    mapped = (SAMPLE / "shareholders.yaml").read_text("utf-8")
    return read(mapped, (SAMPLE / "shareholders.csv").read_bytes(), "x/shareholders.csv")


def test_a_row_of_a_register_becomes_holder_company_and_holding() -> None:
    """With their row, their dates, the original where cleaning changed it, and the language where it is given."""
    said, _, _ = sample()
    assert values(said, "Ownership", "percentage") == ["51.5 %", "25..50"]
    assert all(shares.read(v) for v in values(said, "Ownership", "percentage"))
    holdings = [row for row in said if row["schema"] == "Ownership" and row["prop"] == "percentage"]
    assert [(h["record"], h["original_value"], h["valid_from"], h["valid_to"]) for h in holdings] == [
        (2, "51,5 %", "2019-03-01", None),
        (3, None, "2018", "2024-06"),
    ]
    assert {row["lang"] for row in said if row["prop"] == "name"} == {"nld"}
    assert values(said, "LegalEntity", "jurisdiction") == ["nl", "nl", "be"]
    assert values(said, "Company", "registrationNumber") == ["90000022", "90000066"]
    assert values(said, "Company", "address")[0] == "Kade 4, 3011 AB Rotterdam"


def test_what_cannot_be_taken_is_set_aside_with_its_line_and_the_rest_is_read() -> None:
    """A share of 150 %, a short row, a country and a date that are none."""
    said, rejects, _ = sample()
    told = {(r.line, r.reason.split(";")[0].split(",")[0]) for r in rejects}
    assert told == {
        (4, "holding: Ownership:percentage takes a string"),
        (5, "the row has 2 cells"),
        (6, "holder: LegalEntity:jurisdiction takes a country"),
        (6, "holding: Interval:startDate takes a date"),
    }
    assert all(r.file == "x/shareholders.csv" for r in rejects)
    assert any("Atlantis" in r.reason for r in rejects)
    assert len({row["entity_id"] for row in said if row["schema"] == "Ownership"}) == 2
    assert "Société des Bassins SA" in values(said, "LegalEntity", "name")


def test_an_entity_is_first_said_to_be() -> None:
    """The contract: its first statement is that it exists."""
    seen: set[str] = set()
    for row in sample()[0]:
        assert row["prop"] == "id" or row["entity_id"] in seen
        seen.add(row["entity_id"])


ROWS = [("a", "Kade & Zoon", "be", "1999-05-17"), ("b", "Ligne Émeraude", "France", "2001")]
HEAD = ("id", "name", "country", "since")
FORMS: dict[str, bytes] = {
    "comma": csv_of(HEAD, ROWS),
    "semicolon": csv_of(HEAD, ROWS, ";"),
    "tab": csv_of(HEAD, ROWS, "\t"),
    "pipe": csv_of(HEAD, ROWS, "|"),
    "mark": b"\xef\xbb\xbf" + csv_of(HEAD, ROWS),
    "utf-16": csv_of(HEAD, ROWS).decode().encode("utf-16"),
    "utf-16-be": csv_of(HEAD, ROWS).decode().encode("utf-16-be"),
    "utf-16-le": csv_of(HEAD, ROWS).decode().encode("utf-16-le"),
    "latin-1": csv_of(HEAD, ROWS).decode().encode("latin-1"),
    "old mac": csv_of(HEAD, ROWS).replace(b"\r\n", b"\r"),
    "unix": csv_of(HEAD, ROWS).replace(b"\r\n", b"\n"),
    "blank lines": csv_of(HEAD, ROWS).replace(b"\r\n", b"\n\n"),
    "no last line end": csv_of(HEAD, ROWS).rstrip(),
    "xlsx": xlsx_of([HEAD, ("a", "Kade & Zoon", "be", dt.date(1999, 5, 17)), ("b", "Ligne Émeraude", "France", 2001)]),
    "parquet": parquet_of({k: [row[i] for row in ROWS] for i, k in enumerate(HEAD)}),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_table_says_the_same(form: str) -> None:
    """Whatever the encoding, the delimiter, the line ends or the program that wrote it."""
    said, rejects, _ = read(COMPANIES, FORMS[form])
    assert rejects == []
    assert values(said, "Company", "name") == ["Kade & Zoon", "Ligne Émeraude"]
    assert values(said, "Company", "country") == ["be", "fr"]
    assert values(said, "Company", "incorporationDate") == ["1999-05-17", "2001"]
    assert values(said, "Company", "id") == ["a", "b"]


def test_a_guessed_encoding_is_said() -> None:
    """So that nobody takes a guess for the source."""
    assert any("cp1252" in w and "Ligne Émeraude" in w for w in read(COMPANIES, FORMS["latin-1"])[2])
    assert any("UTF-16" in w for w in read(COMPANIES, FORMS["utf-16"])[2])


def test_the_line_is_that_of_the_text_though_cells_span_lines() -> None:
    """A cell with line breaks moves what follows, before and after a block."""
    rows = [("a", "one\ntwo", "be", ""), ("b", "B", "fr", ""), ("c", 'say "x"', "fr", "")]
    said, rejects, _ = read(COMPANIES, csv_of(HEAD, rows) + b"short\r\n")
    assert [row["record"] for row in said if row["prop"] == "id"] == [2, 4, 5]
    assert [r.line for r in rejects] == [6]
    assert values(said, "Company", "name")[2] == 'say "x"'


def test_quick_and_slow_reading_agree_over_many_blocks() -> None:
    """Ten megabytes, in which single rows force the slow way: every line has its number."""
    count = 120_000
    names = (f"Quai {i} SA" + ("\nsecond" if i % 40_000 == 7 else "") for i in range(count))
    rows = [(f"i{i}", name, "be", "2001-02-03") for i, name in enumerate(names)]
    data = csv_of(HEAD, rows) + b"short,row\r\n" + csv_of(HEAD, [("z", "Zee", "nl", "")]).split(b"\r\n", 1)[1]
    said, rejects, _ = read(COMPANIES, data)
    ids = [row for row in said if row["prop"] == "id"]
    assert len(ids) == count + 1
    assert len({row["entity_id"] for row in ids}) == count + 1
    # Every third broken cell moves the lines behind it by one.
    for row in ids[: count : count // 50]:
        number = int(row["entity_id"].removeprefix("i"))
        assert row["record"] == number + 2 + sum(7 + 40_000 * k < number for k in range(3))
    assert [r.line for r in rejects] == [count + 2 + 3]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b'c,"never closed,be,2001\nd,D,be,2002\n', "never closed"),
        (b"c,nul\x00,be,2001\nd,D,be,2002\n", "NUL"),
        (b"c,C\nd,D,be,2002\n", "2 cells"),
        (b"c,C,be,2001,more\nd,D,be,2002\n", "5 cells"),
        (b"c," + b"x" * (17 << 20) + b",be,2001\nd,D,be,2002\n", "16,777,216 bytes"),
    ],
)
def test_a_broken_row_is_set_aside_and_the_rows_behind_it_are_read(bad: bytes, says: str) -> None:
    """With its line; the rows around it are there."""
    said, rejects, _ = read(COMPANIES, csv_of(HEAD, ROWS) + bad)
    assert set(values(said, "Company", "id")) == {"a", "b", "d"}
    assert [(r.line, says in r.reason) for r in rejects] == [(4, True)]


def test_a_gigabyte_on_one_line_is_passed_over() -> None:
    """Without being held: line 4 is set aside, line 5 is read."""

    class Endless(io.RawIOBase):
        parts = iter([csv_of(HEAD, ROWS), *([b"x" * (1 << 20)] * 1024), b"\nd,D,be,2002\n"])
        rest = b""

        def read(self, size: int = -1) -> bytes:
            self.rest = self.rest or next(self.parts, b"")
            found, self.rest = self.rest[:size], self.rest[size:]
            return found

    class Again(Endless):
        parts = iter([csv_of(HEAD, ROWS)])

    streams = iter([Again(), Again(), Endless()])
    given = Input("rows.csv", lambda: next(streams), "2026-11-24")  # type: ignore[arg-type,return-value]
    Again.parts = iter([csv_of(HEAD, ROWS), csv_of(HEAD, ROWS)])
    chunks = list(Mapped(mapping.read(COMPANIES.encode(), "m.yaml")).read(given))
    assert [(r.line, r.row) for c in chunks for r in c.rejects] == [(4, "")]
    assert "d" in [row["entity_id"] for c in chunks for row in c.said.to_pylist()]


def test_a_hundred_thousand_columns_are_refused_with_the_reason() -> None:
    """A table on its side is no table."""
    with pytest.raises(SourceError, match="100,000 columns"):
        read(COMPANIES, csv_of([f"c{i}" for i in range(100_000)], []))


@pytest.mark.parametrize("data", [b"", b"\x00" * 100, b"%PDF-1.7", b"PK\x03\x04rubbish", b"PAR1rubbishPAR1", b"\n\n"])
def test_what_is_no_table_is_refused_in_a_sentence(data: bytes) -> None:
    """With the name of the file."""
    with pytest.raises(SourceError) as fault:
        read(COMPANIES, data)
    assert fault.value.where.file in ("rows.csv", "m.yaml")


def test_a_formula_gives_its_last_value_and_other_sheets_are_said() -> None:
    """openpyxl writes formulas without values: those cells are empty, not formulas."""
    data = xlsx_of([HEAD, ("a", '=CONCATENATE("x","y")', "be", True)], more=["Notes"])
    said, _, warnings = read(COMPANIES, data)
    assert values(said, "Company", "name") == []
    assert any("Notes" in w for w in warnings)


def _workbook(sheet: bytes) -> bytes:
    """A workbook whose sheet is replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FORMS["xlsx"])) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            given = sheet if "sheet1" in entry.filename else old.read(entry)
            with new.open(entry.filename, "w", force_zip64=True) as part:
                for i, piece in enumerate(given.split(FILL)):
                    for _ in range(1200 if i else 0):
                        part.write(bytes(1 << 20).replace(b"\0", b"x"))
                    part.write(piece)
    return out.getvalue()


FILL = b"(a gigabyte)"
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET % b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        SHEET % (b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + FILL + b"</t></is></c></row>"),
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SHEET % b"<row><c><v>&b;</v></c></row>",
        b"<worksheet",
    ],
    ids=["two cells far apart", "a gigabyte in one cell", "entities", "cut off"],
)
def test_a_workbook_that_is_a_bomb_ends_its_child_and_not_us(sheet: bytes) -> None:
    """A refusal with the reason, in bounded memory."""
    with pytest.raises(SourceError, match=r"workbook|column"):
        read(COMPANIES, _workbook(sheet))


def test_reading_goes_on_where_it_stopped() -> None:
    """What stands behind the record, and nothing else."""
    whole = read(COMPANIES, csv_of(HEAD, [(f"i{i}", "X", "be", "") for i in range(50)]))[0]
    reader = Mapped(mapping.read(COMPANIES.encode(), "m.yaml"))
    data = csv_of(HEAD, [(f"i{i}", "X", "be", "") for i in range(50)])
    rest = [row for c in reader.read(source(data), start=(30, 0)) for row in c.said.to_pylist()]
    assert rest == [row for row in whole if row["record"] > 30]


def test_what_later_rows_repeat_of_a_company_is_said_once() -> None:
    """With its first row; what is new about it is said with the row that says it."""
    rows = [("a", "A", "be", ""), ("b", "B", "fr", ""), ("a", "A", "be", "2001"), ("a", "A2", "be", "2001")]
    said, _, _ = read(COMPANIES, csv_of(HEAD, rows))
    told = [(r["record"], r["prop"], r["value"]) for r in said if r["entity_id"] == "a"]
    assert sorted(told) == [
        (2, "country", "be"),
        (2, "id", "a"),
        (2, "name", "A"),
        (4, "incorporationDate", "2001"),
        (5, "incorporationDate", "2001"),
        (5, "name", "A2"),
    ]


def test_dates_at_the_ends_of_the_calendar_break_nothing() -> None:
    """What FollowTheMoney's dates take is kept; what they do not is set aside with its line."""
    rows = [("a", "A", "be", "0001-01-01"), ("b", "B", "be", "9999-12-31"), ("c", "C", "be", "2001-02-30")]
    said, rejects, _ = read(COMPANIES, csv_of(HEAD, rows))
    assert values(said, "Company", "incorporationDate") == ["0001-01-01"]
    assert values(said, "Company", "name") == ["A", "B", "C"]
    assert [r.line for r in rejects] == [3, 4]


HOLDINGS = """
queries:
  - entities:
      a: {schema: Company, id_column: a}
      b: {schema: Company, id_column: b}
      h:
        schema: Ownership
        keys: [a, b]
        properties:
          owner: {entity: a}
          asset: {entity: b}
          percentageMinimum: {column: low}
          percentageMaximum: {column: high}
          endDate: {column: until}
"""


def test_an_end_in_the_year_9999_is_no_end() -> None:
    """Registers write it so; the interest is taken without an end, and that is said."""
    said, rejects, warnings = read(
        HOLDINGS, csv_of(("a", "b", "low", "high", "until"), [("x", "y", "25", "50", "9999-12-31")])
    )
    assert rejects == []
    assert values(said, "Ownership", "percentageMaximum") == ["50"]
    assert values(said, "Ownership", "endDate") == []
    assert any("9999" in w for w in warnings)


def test_a_range_that_runs_backwards_is_set_aside() -> None:
    """The interest; its two companies are there."""
    said, rejects, _ = read(HOLDINGS, csv_of(("a", "b", "low", "high", "until"), [("x", "y", "60", "50", "")]))
    assert [r.line for r in rejects] == [2]
    assert {row["schema"] for row in said} == {"Company"}


def test_an_owner_may_own_itself_in_a_circle() -> None:
    """The register says so: it is taken as it stands, and what it means is for the calculation."""
    rows = [("x", "y", "60", "", ""), ("y", "x", "60", "", ""), ("x", "x", "1", "", "")]
    said, rejects, _ = read(HOLDINGS, csv_of(("a", "b", "low", "high", "until"), rows))
    assert rejects == []
    assert len(values(said, "Ownership", "id")) == 3


SEEDS = [FORMS[k] for k in ("comma", "utf-16", "latin-1", "semicolon", "parquet")]


@settings(max_examples=200, deadline=None)
@given(
    seed=st.sampled_from(SEEDS),
    cuts=st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=6) | st.just(b'"')), max_size=5),
    length=st.integers(0, 4000),
)
def test_no_bytes_bring_a_traceback(seed: bytes, cuts: list[tuple[int, bytes]], length: int) -> None:
    """Whatever is broken in a table: statements, rejects, or a fault of the source."""
    data = bytearray(seed)
    for at, put in cuts:
        at %= len(data)
        data[at : at + len(put)] = put
    try:
        read(COMPANIES, bytes(data[:length]))
    except SourceError as fault:
        assert fault.where.file  # noqa: PT017 (either outcome is right)

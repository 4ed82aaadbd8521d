"""The tables: all that the dossier cites, as RFC 4180 has it, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import invented_dossier as made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.exchange import csv_tables

NAMES = {"findings", "paths", "possible", "beside", "statements", "origins", "cuts"}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _tables(dossier: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    return {name.removesuffix(".csv"): _rows(text) for name, text in csv_tables.tables(dossier).items()}


def test_every_finding_has_a_row_with_its_figures_as_computed(liege: dict[str, Any]) -> None:
    """A figure is not rounded, escaped or put in words: others compute with it."""
    rows = _tables(liege)["findings"]
    findings = [(state, f) for state, r in liege["reports"].items() for f in r["findings"]]
    assert len(rows) == len(findings)
    for row, (state, f) in zip(rows, findings, strict=True):
        assert (row["state"], row["part"], row["rung"]) == (state, f["part"] or "", f["rung"])
        assert row["confidence"] == ("" if f["confidence"] is None else str(f["confidence"]))
        assert float(row["gross_confidence"]) == f["gross"]["confidence"]


def test_every_hop_has_a_row_and_every_statement_of_it_a_row_too(liege: dict[str, Any]) -> None:
    """From a hop anybody can go on to the words that it rests on."""
    tables = _tables(liege)
    hops = [h for r in liege["reports"].values() for f in r["findings"] for p in f["paths"] for h in p["hops"]]
    known = {row["id"] for row in tables["statements"]}
    assert [row["tie"] for row in tables["paths"]] == [h["tie"] for h in hops]
    assert {s for row in tables["paths"] for s in row["statements"].split("; ")} <= known
    assert {s for h in hops for s in h["statements"]} <= known


def test_a_statement_says_how_it_is_put_by_whom_and_where(invented: dict[str, Any]) -> None:
    """The stance travels with the words, and with every hop that rests on them."""
    tables = _tables(invented)
    by_id = {row["id"]: row for row in tables["statements"]}
    assert {i: by_id[i]["stance"] for i in ("s-says", "s-no", "s-planned")} == {
        "s-says": "alleged",
        "s-no": "denied",
        "s-planned": "planned",
    }
    assert (by_id["s-access"]["span_start"], by_id["s-access"]["document_kind"]) == ("3", "our note")
    stance = {row["tie"]: row["stance"] for row in tables["paths"]}
    assert stance["control:kestrel>osprey"] == "alleged"
    assert stance["interest:osprey>crane"] == "denied"
    assert stance["fact:osprey>sector=ports"] == "inferred"


def test_an_origin_counts_its_documents_and_statements(invented: dict[str, Any]) -> None:
    """Twenty statements of one paper are one origin."""
    origins = {row["origin"]: row for row in _tables(invented)["origins"]}
    assert (origins["o-paper"]["documents"], origins["o-paper"]["statements"]) == ("2", "8")
    assert origins["o-k"]["statements"] == "1"


def test_a_cut_has_a_row_for_each_tie_with_what_is_left(invented: dict[str, Any]) -> None:
    """What is left stands beside the threshold that it falls below."""
    row = _tables(invented)["cuts"][0]
    assert (row["tie"], row["left"], row["threshold"]) == ("control:kestrel>osprey", "0.1", "0.5")


def test_where_nothing_was_found_the_row_says_what_that_does_not_mean(invented: dict[str, Any]) -> None:
    """No path found is no good news: no words of assurance, and the coverage beside it."""
    rows = {row["rung"]: row for row in _tables(invented)["findings"]}
    assert rows["no path found"]["words"] == ""
    assert "does not say that there is none" in rows["no path found"]["means"]
    assert "says nothing" in rows["not assessed"]["means"]
    assert rows["not assessed"]["confidence"] == ""
    assert {row["coverage"] for row in rows.values()} == {"partial"}


def test_a_judgement_stands_with_who_made_it_and_on_what(invented: dict[str, Any]) -> None:
    """The rung is a person's; the figure beside it belongs to what was computed."""
    row = next(row for row in _tables(invented)["findings"] if row["rung"] == "evidence of use")
    assert row["computed_rung"] == "power and means"
    assert row["judged"].startswith("Judged by An analyst on 2026-03-04: evidence of use, for 2025-10; rests on s-says")


def test_no_table_says_where_a_person_is_from(invented: dict[str, Any]) -> None:
    """A person's nationality is never an input, and never an output."""
    assert "s-person" not in {row["id"] for row in _tables(invented)["statements"]}
    assert "nationality" not in "".join(csv_tables.tables(invented).values())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(invented: dict[str, Any], start: str) -> None:
    """A name in a source must not become a formula on somebody's desk."""
    text = f"{start}HYPERLINK(1)"
    for name, rows in _tables(made_up.named(invented, text)).items():
        for row in rows:
            for column, cell in row.items():
                assert not cell.startswith(start) or column == "confidence", (name, column, cell)
    assert f"'{text}" in {row["quote"] for row in _tables(made_up.named(invented, text))["statements"]}


def test_a_number_that_we_computed_has_no_apostrophe(invented: dict[str, Any]) -> None:
    """A negative number of ours is a number, not a formula."""
    invented["reports"]["AU"]["findings"][0]["error"] = -0.5
    assert _tables(invented)["findings"][0]["error"] == "-0.5"


@given(st.text())
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    """Quotes, commas, line ends and any script survive; what no text may hold is marked as such."""
    written = csv_tables.tables(made_up.named(made_up.invented(), text))["statements.csv"]
    back = {row["quote"] for row in _rows(written)}
    clean = {q.removeprefix("'") for q in back} | back
    shown = "".join(c if c in "\t\n\r" or (ord(c) > 31 and not 127 <= ord(c) < 160) else "\ufffd" for c in text)
    assert {shown, shown.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")} & clean
    written.encode()


def test_lines_end_as_the_standard_has_it(liege: dict[str, Any]) -> None:
    """RFC 4180, section 2: each record on a line that ends in CRLF, and a header line."""
    for text in csv_tables.tables(liege).values():
        assert text.endswith("\r\n")
        assert text.split("\r\n", 1)[0].count(",") >= 3


def test_the_archive_holds_every_table_and_is_the_same_each_time(liege: dict[str, Any]) -> None:
    """Same dossier, same bytes: no clock in the zip."""
    made = csv_tables.archive(liege)
    assert made == csv_tables.archive(liege)
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        assert {n.removesuffix(".csv") for n in held.namelist()} == NAMES | {"README.txt"}
        assert {entry.date_time for entry in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "apostrophe" in held.read("README.txt").decode()


def test_a_dossier_in_which_nothing_was_found_gives_tables_that_say_so() -> None:
    """An empty table is a header and nothing else; findings are never empty."""
    tables = _tables(made_up.empty())
    assert [row["rung"] for row in tables["findings"]] == ["no path found", "not assessed"]
    assert tables["paths"] == tables["statements"] == tables["cuts"] == []

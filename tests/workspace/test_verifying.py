"""Verify finds every kind of damage, names it, and the rest is served."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_register import Desk
from test_disk_faults import NOW, three_months

import longarm
from longarm.cli import main
from longarm.errors import Damaged
from longarm.model.tables import ENDINGS
from longarm.store import archive, decisions, lake
from longarm.workspace import Workspace, columns, history, verifying


def test_what_is_whole_is_said_to_be_so(desk: Desk) -> None:
    """Parts, documents, statements are counted; nothing is found."""
    three_months(desk)
    found = verifying.verify(desk.ws)
    assert found.faults == ()
    assert found.documents == 3
    assert found.statements == len(desk.ws.statements())


def test_a_case_with_quotes_is_whole(example: Workspace) -> None:
    """Spans lie inside their texts."""
    assert verifying.verify(example).faults == ()


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, 10**6), at=st.integers(0, 10**6), bit=st.integers(0, 7), is_cut=st.booleans())
def test_any_bit_of_any_part_or_document_that_changes_is_found(
    example: Workspace, which: int, at: int, bit: int, is_cut: bool
) -> None:
    """By name; and it is gone once the bytes are back."""
    layout = example.layout
    there = [*layout.parts.glob("*.parquet"), *(p for p in layout.documents.rglob("*") if p.is_file())]
    path = sorted(there)[which % len(there)]
    data = bytearray(path.read_bytes())
    whole = bytes(data)
    data[at % len(data)] ^= 1 << bit
    path.write_bytes(whole[: at % len(whole)] if is_cut else bytes(data))
    found = verifying.verify(longarm.open(layout.root))
    assert path.stem in {f.name for f in found.faults}
    path.write_bytes(whole)
    assert verifying.verify(longarm.open(layout.root)).faults == ()


def test_a_damaged_part_is_set_aside_the_rest_is_served_and_every_answer_says_so(desk: Desk) -> None:
    """And it is read again once it is back."""
    three_months(desk)
    part = max(decisions.parts(desk.ws.database, "statements"), key=lambda p: p.rows)
    path = lake.path_of(desk.ws.layout.parts, part)
    data = path.read_bytes()
    before = desk.ws.statements()
    path.write_bytes(data[:-5])
    for read in (lambda ws: ws.statements(), columns.statements):
        with pytest.raises(Damaged, match=part.hash):
            read(longarm.open(desk.ws.layout.root))
    found = verifying.verify(desk.ws, set_aside=True, now=NOW)
    assert found.set_aside == 1
    rest = longarm.open(desk.ws.layout.root)
    assert len(rest.statements()) == len(before) - part.rows == columns.statements(rest).num_rows
    assert decisions.latest(rest.database, "rejects")["invented"] == {"rows": part.rows}
    path.write_bytes(data)
    assert verifying.verify(rest, set_aside=True, now=NOW).taken_back == 1
    assert longarm.open(desk.ws.layout.root).statements() == before
    assert decisions.latest(rest.database, "rejects")["invented"] == {"rows": 0}


def test_what_is_named_and_not_there_is_found(desk: Desk) -> None:
    """A document that is gone, an end of a statement that never was."""
    three_months(desk)
    document = next(iter(desk.ws.documents()))
    archive.path_of(desk.ws.layout.documents, document).unlink()
    row = {"statement": "0" * 32, "ended": "2026", "document": document, "known": "2026-01-01"}
    part = lake.write(desk.ws.layout.parts, ENDINGS, ENDINGS.table([row]))
    stamp = decisions.Stamp(NOW, "somebody", "longarm 0")
    decisions.commit(desk.ws.database, stamp, source="x", dataset="x", parts=[part])
    found = {(f.kind, f.name) for f in verifying.verify(desk.ws).faults}
    assert found == {("document", document), ("reference", part.hash)}


def test_a_statement_whose_id_is_not_that_of_what_it_says_is_found(example: Workspace) -> None:
    """A part may be written with care and still be wrong."""
    from longarm.model.tables import STATEMENTS

    row = {**example.statements()[0], "id": "f" * 32}
    part = lake.write(example.layout.parts, STATEMENTS, pa.Table.from_pylist([row], schema=STATEMENTS.schema))
    decisions.commit(
        example.database, decisions.Stamp(NOW, "somebody", "longarm 0"), source="x", dataset="x", parts=[part]
    )
    (fault,) = verifying.verify(example).faults
    assert (fault.name, "ids" in fault.says) == (part.hash, True)


def test_the_lake_tells_its_history(desk: Desk) -> None:
    """What each commit brought, and what came between two."""
    three_months(desk)
    log = history.log(desk.ws)
    assert [c["seq"] for c in log] == [3, 2, 1]
    assert history.show(desk.ws, 1)["rows"]["statements"] == 6
    between = history.diff(desk.ws, 1, 2)
    assert (between["added"], between["ended"]) == (3, 3)
    whole = history.diff(desk.ws, 0, 3)
    assert whole["added"] == len(desk.ws.statements())
    totals = {r["table"]: r["rows"] for r in history.stats(desk.ws)["tables"] if r["source"] != "cases"}
    assert totals["statements"] == whole["added"]
    with pytest.raises(longarm.LongarmError, match="no commit 9"):
        history.show(desk.ws, 9)


def test_the_commands_say_it_in_words_and_as_json(desk: Desk, tmp_path: Path) -> None:
    """Exit 1 where something is wrong."""
    three_months(desk)
    run = CliRunner()
    at = ["--workspace", str(desk.ws.layout.root)]
    for command in (["stats"], ["log"], ["show", "1"], ["diff", "0", "3"], ["compact"]):
        said = run.invoke(main, [*at, "lake", *command])
        assert said.exit_code == 0, said.output
        assert said.output.strip()
        json.loads(run.invoke(main, [*at, "lake", *command, "--json"]).stdout)
    assert run.invoke(main, [*at, "verify"]).exit_code == 0
    part = next(desk.ws.layout.parts.glob("*.parquet"))
    part.write_bytes(b"")
    said = run.invoke(main, [*at, "verify"])
    assert said.exit_code == 1
    assert part.stem in said.output
    assert json.loads(run.invoke(main, [*at, "verify", "--json"]).stdout)["faults"][0]["name"] == part.stem

"""Statements as columns are the statements as rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_register import Desk
from test_succession import delta, snapshot

import longarm
from longarm.errors import Damaged
from longarm.model import dates
from longarm.model.dates import Certainty
from longarm.model.options import IngestOptions
from longarm.workspace import Workspace, columns, loading, preparing
from tests_support import case


def by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In one order."""
    return sorted(rows, key=lambda r: r["id"])


def test_a_case_reads_the_same_either_way(example: Workspace, tmp_path: Path) -> None:
    """With a second case beside it, and a version of the first that withdraws a line."""
    example.ingest(case("tollerort"))
    for known_at in (None, "2026-11-22", "2026-11-23", "2030-01-01"):
        assert by_id(columns.statements(example, known_at=known_at).to_pylist()) == example.statements(known_at)


def test_a_register_over_time_reads_the_same_either_way(desk: Desk) -> None:
    """Ends and last days, as they were known on each day."""
    desk.bring(snapshot("2026-01-01", a="Acme", b="Bolt", c="Crane"), "2026-01-05")
    desk.bring(snapshot("2026-02-01", a="Acme", b="Bolt & Nut"), "2026-02-05")
    desk.bring(delta("2026-03-01", "2026-02-01", "-a", "d Dock"), "2026-03-05")
    ws = longarm.open(desk.ws.layout.root)
    for known_at in (None, "2026-01-04", "2026-01-05", "2026-02-05", "2026-03-04", "2026-03-05"):
        assert by_id(columns.statements(ws, known_at=known_at).to_pylist()) == ws.statements(known_at)


DATES = st.none() | st.dates(dt.date(2019, 11, 1), dt.date(2020, 4, 1)).flatmap(
    lambda d: st.sampled_from([str(d), str(d)[:7], str(d)[:4]])
)
ENTITY = '{"id": "e%s", "schema": "Ownership", "properties": {"startDate": %s, "endDate": %s}}\n'


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(DATES, DATES), min_size=1, max_size=12), st.dates(dt.date(2019, 12, 30), dt.date(2020, 3, 2)))
def test_a_partial_date_stays_partial(
    tmp_path_factory: pytest.TempPathFactory, intervals: list[tuple[str | None, str | None]], as_of: dt.date
) -> None:
    """What is certainly not so is left out; what a partial date leaves open says so: `model.dates` is the rule."""
    folder = tmp_path_factory.mktemp("partial")
    path = folder / "x.jsonl"
    texts = [[f'["{d}"]' if d else "[]" for d in pair] for pair in intervals]
    path.write_text("".join(ENTITY % (n, *pair) for n, pair in enumerate(texts)), "utf-8")
    ws = longarm.init(folder / "ws")
    (task,) = preparing.tasks(ws, str(path), IngestOptions(), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    loading.load(ws, task)
    found = {r["entity_id"]: r["in_force"] for r in columns.statements(ws, as_of=str(as_of)).to_pylist()}
    names = {Certainty.YES: "yes", Certainty.UNCLEAR: "unclear"}
    rule = {f"e{n}": dates.in_force(*pair, as_of) for n, pair in enumerate(intervals)}
    assert found == {e: names[c] for e, c in rule.items() if c != Certainty.NO}


def test_statements_come_in_batches_and_for_chosen_entities(example: Workspace) -> None:
    """What is read at a time is bounded; what is not asked for is not read."""
    rows = example.statements()
    whole = pa.Table.from_batches(list(columns.batches(example)))
    assert by_id(whole.to_pylist()) == rows
    chosen = sorted({r["entity_id"] for r in rows})[:2]
    found = columns.statements(example, entities=chosen, columns=["id", "entity_id"])
    assert found.column_names == ["id", "entity_id"]
    assert set(found.column("entity_id").to_pylist()) == set(chosen)


@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_a_part_that_is_cut_short_or_gone_is_named(example: Workspace, harm: str) -> None:
    """Never read as if it were whole."""
    part = max(example.layout.parts.glob("*.parquet"), key=lambda p: p.stat().st_size)
    data = part.read_bytes()
    part.unlink()
    if harm == "cut":
        part.write_bytes(data[:-10])
    with pytest.raises(Damaged, match=part.stem):
        columns.statements(example)


def test_a_workspace_without_a_statement_gives_an_empty_table(tmp_path: Path) -> None:
    """With all its columns."""
    empty = columns.statements(longarm.init(tmp_path / "ws"))
    assert empty.num_rows == 0
    assert "in_force" in columns.statements(longarm.init(tmp_path / "ws2"), as_of="2026-01-01").column_names

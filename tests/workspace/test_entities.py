"""One entity at once: the same as reading everything and looking for it."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from invented_register import Desk
from test_disk_faults import three_months

import longarm
from longarm.workspace import Workspace
from longarm.workspace.entities import Entities, each
from tests_support import case


def by_entity(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The plain way."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["entity_id"], []).append(row)
    return found


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By their ids."""
    return sorted(rows, key=lambda r: r["id"])


@pytest.mark.parametrize("known_at", [None, "2026-01-01", "2026-01-02", "2026-02-02", "2026-03-02"])
def test_every_entity_is_found_as_the_plain_way_finds_it(desk: Desk, known_at: str | None) -> None:
    """Every column, every end, as known on any day; and nothing for an id that is none."""
    three_months(desk)
    desk.ws.ingest(case("example"))
    ws = longarm.open(desk.ws.layout.root)
    plain, quick = by_entity(ws.statements(known_at)), Entities(ws, known_at)
    same = quick._same
    for entity in set(each(ws)):
        expected = [r for e in same.get(entity, (entity,)) for r in plain.get(e, [])]
        assert in_order(quick.statements(entity)) == in_order(expected)
    assert quick.statements("nobody") == []
    assert quick.entity("nobody") is None


def test_an_entity_keeps_the_statements_beneath_each_value(example: Workspace) -> None:
    """An explanation is a join, not a second computation."""
    quick, rows = Entities(example), {r["id"]: r for r in example.statements()}
    for entity in set(each(example)):
        found = quick.entity(entity)
        assert found
        for prop, values in found["properties"].items():
            for value in values:
                assert all(
                    (rows[i]["prop"], rows[i]["value"]) == (prop, value) for i in found["statements"][prop][value]
                )


def test_who_people_judged_to_be_the_same_answer_as_one(example: Workspace) -> None:
    """By any of their ids."""
    quick = Entities(example)
    groups = {g for g in quick._same.values() if len(g) > 1}
    for group in groups:
        found = [in_order(quick.statements(i)) for i in group]
        assert all(f == found[0] for f in found)


def test_neighbours_go_both_ways_and_say_how_many_there_are(example: Workspace) -> None:
    """Never cut off in silence."""
    quick = Entities(example)
    pairs = {(r["entity_id"], r["value"]) for r in example.statements() if r["prop_type"] == "entity"}
    assert pairs
    for source, target in pairs:
        assert target in {n["entity"] for n in quick.neighbours(source, 10**6)["neighbours"] if n["way"] == "to"}
        assert source in {n["entity"] for n in quick.neighbours(target, 10**6)["neighbours"] if n["way"] == "from"}
    source, _ = next(iter(pairs))
    one = quick.neighbours(source, 1)
    assert len(one["neighbours"]) == 1 <= one["total"]


def test_only_new_parts_are_indexed_and_a_deleted_index_comes_back(desk: Desk) -> None:
    """Derived: nothing in it is precious."""
    three_months(desk)
    first = Entities(desk.ws)
    folder = desk.ws.layout.indexes / "entity"
    before = {p.name: p.stat().st_mtime_ns for p in folder.glob("*.keys")}
    desk.bring("#register list 2026-04-01 -\nz Zed\n", name="more.txt")
    second = Entities(desk.ws)
    after = {p.name: p.stat().st_mtime_ns for p in folder.glob("*.keys")}
    assert len(after) == len(before) + 1
    assert all(after[n] == t for n, t in before.items())
    assert first.statements("z") == []
    (zed,) = (r for r in second.statements("z") if r["prop"] == "name")
    shutil.rmtree(desk.ws.layout.derived)
    assert Entities(desk.ws).statements("z") == second.statements("z")
    assert zed["value"] == "Zed"

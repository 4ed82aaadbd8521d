"""Entities put together by Arrow are those that are put together row by row."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import longarm
from longarm.model.options import IngestOptions
from longarm.workspace import Workspace, assembling, loading, preparing
from tests_support import case


def put_together(ws: Workspace) -> list[dict[str, object]]:
    """All of them."""
    return [json.loads(j) for t in assembling.entities(ws) for j in t.column("json").to_pylist()]


def test_a_case_gives_the_entities_that_its_export_gives(example: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are put together at once; each value with the statements that say it."""
    example.ingest(case("tollerort"))
    rows = {r["id"]: r for r in example.statements()}
    for size in (1, 3, 200_000):
        monkeypatch.setattr(assembling, "ENTITIES", size)
        found = put_together(example)
        assert [{k: e[k] for k in ("id", "properties", "schema")} for e in found] == example.entities()
        beneath = [i for e in found for lists in e["statements"].values() for ids in lists for i in ids]  # type: ignore[attr-defined]
        said = {(e["id"], p, v) for e in example.entities() for p, vs in e["properties"].items() for v in vs}
        assert sorted(beneath) == [i for i, r in rows.items() if (r["entity_id"], r["prop"], r["value"]) in said]
        for e in found:
            for prop, lists in e["statements"].items():  # type: ignore[attr-defined]
                for value, ids in zip(e["properties"][prop], lists, strict=True):  # type: ignore[index]
                    assert {(rows[i]["entity_id"], rows[i]["prop"], rows[i]["value"]) for i in ids} == {
                        (e["id"], prop, value)
                    }


VALUES = st.lists(
    st.sampled_from(['say "x"', "back\\slash", "tab\there", "line\nbreak", "港", "plain", "a, b"]), max_size=3
)
ENTITIES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["Company", "LegalEntity"]), VALUES), min_size=1)


@settings(deadline=None, max_examples=25)
@given(ENTITIES)
def test_any_text_is_written_as_json_has_it(
    tmp_path_factory: pytest.TempPathFactory, entities: list[tuple[str, str, list[str]]]
) -> None:
    """And an entity of two schemata has the narrower."""
    folder = tmp_path_factory.mktemp("any")
    rows = [{"id": i, "schema": s, "properties": {"notes": v}} for i, s, v in entities]
    (folder / "x").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    ws = longarm.init(folder / "ws")
    (task,) = preparing.tasks(ws, str(folder / "x"), IngestOptions(), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    loading.load(ws, task)
    assert [{k: e[k] for k in ("id", "properties", "schema")} for e in put_together(ws)] == ws.entities()

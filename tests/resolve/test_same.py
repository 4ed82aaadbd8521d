"""Who is the same as whom: a judgement joins, everywhere an id is named, and can be taken back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import longarm
from longarm.resolve.same import apply, canonical, schemata
from tests_support import case


def test_the_first_id_of_the_first_judgement_names_the_group() -> None:
    """Later judgements join more to it and do not rename it."""
    assert canonical([["a", "b"], ["c", "b"], ["d", "c"]]) == {"b": "a", "c": "a", "d": "a"}


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=4), max_size=8))
def test_judgements_join_what_they_join_and_nothing_else(judgements: list[list[str]]) -> None:
    """Two ids have one name if a chain of judgements joins them."""
    named = canonical(judgements)
    groups: list[set[str]] = []
    for ids in judgements:
        joined = set(ids).union(*(g for g in groups if g & set(ids)))
        groups = [g for g in groups if not g & joined] + [joined]
    for group in groups:
        assert len({named.get(e, e) for e in group}) == 1
    assert len({named.get(min(g), min(g)) for g in groups}) == len(groups)


def folder(tmp_path: Path, *judgements: list[str]) -> Path:
    """The example, in which a holding names its company by another id, with judgements of who is the same."""
    made = tmp_path / f"case-{len(judgements)}"
    shutil.copytree(case("example"), made)
    site = made / "site.yaml"
    text = site.read_text("utf-8").replace("    held: norhaven-container\n", "    held: nc-register\n")
    text = text.replace("entities:\n", "entities:\n  - {id: nc-register, name: NC, source: nor-001}\n", 1)
    site.write_text(text, "utf-8")
    lines = [
        f"  - {{ids: [{', '.join(ids)}], reason: one register number, author: x, on: 2026-11-23}}" for ids in judgements
    ]
    if lines:
        decisions = made / "decisions.yaml"
        decisions.write_text(decisions.read_text("utf-8") + "\nsame:\n" + "\n".join(lines) + "\n", "utf-8")
    return made


def figures(ws: Any) -> list[Any]:
    """What a report says, without ids of statements."""
    found = ws.reach("port-of-norhaven", "AU")["findings"]
    return [[f[k] for k in ("part", "capability", "reading", "rung", "level", "confidence", "bounds")] for f in found]


def test_a_tie_that_names_an_entity_by_another_id_is_the_same_tie(tmp_path: Path) -> None:
    """Judged the same, every number is that of the case in which one id is used throughout; judged not, it is not."""
    plain = longarm.init(tmp_path / "plain")
    plain.ingest(case("example"))
    joined = longarm.init(tmp_path / "joined")
    joined.ingest(folder(tmp_path, ["norhaven-container", "nc-register"]))
    apart = longarm.init(tmp_path / "apart")
    apart.ingest(folder(tmp_path))
    assert figures(joined) == figures(plain)
    assert figures(apart) != figures(plain)


def test_a_judgement_that_is_taken_back_parts_the_entities_again(tmp_path: Path) -> None:
    """A later version of the case without it."""
    ws = longarm.init(tmp_path / "ws")
    ws.ingest(folder(tmp_path, ["norhaven-container", "nc-register"]))
    joined = figures(ws)
    ws.ingest(folder(tmp_path))
    assert figures(longarm.open(ws.layout.root)) != joined


def test_what_a_safeguard_cuts_goes_under_canonical_ids_too() -> None:
    """Its two ends, and the role stays."""
    row = {"entity_id": "s", "prop": "cuts", "prop_type": "string", "value": "x>y[host with the keys]"}
    assert apply([row], {"x": "a", "y": "b"})[0]["value"] == "a>b[host with the keys]"


def test_no_hearsay_makes_a_firm_a_person() -> None:
    """A statement that cannot be judged settles no schema where others speak."""
    rows = [
        {"canonical_id": "k", "schema": "Company", "grade": "B3"},
        *[{"canonical_id": "k", "schema": "Person", "grade": "F6"}] * 5,
        {"canonical_id": "alone", "schema": "Person", "grade": "F6"},
    ]
    assert schemata(rows) == {"k": "Company", "alone": "Person"}

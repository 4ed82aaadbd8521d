"""What cannot be judged leaves every graded figure as it is: it stands in the bounds alone (design 4.1)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import longarm
from tests_support import case

HEARSAY = {
    "a cut that nobody vouches for": (
        "safeguards:\n",
        (
            "safeguards:\n"
            "  - id: maintenance-windows\n"
            "    name: Remote maintenance only in windows that the port opens\n"
            "    measure: access windows\n"
            "    cuts: [{holder: norhaven-container, held: terminal-system}]\n"
            "    state: in force\n"
            "    effectiveness: 1\n"
            "    source: {own: hearsay}\n"
        ),
    ),
    "an access that is said to give less": (
        "accesses:\n",
        (
            "accesses:\n"
            "  - {id: heard, holder: kestrel-terminals, part: terminal-system, role: remote maintainer, gives: [see],"
            " source: {own: hearsay}}\n"
        ),
    ),
    "a sector that nobody vouches for": (
        "facts:\n",
        "facts:\n  - {entity: kestrel-terminals, fact: sector, value: telecom, source: {own: hearsay}}\n",
    ),
    "a holding that nobody vouches for": (
        "interests:\n",
        (
            "interests:\n"
            "  - {holder: helvion, held: norhaven-container, type: shareholding, share: '60', source: {own: hearsay}}\n"
        ),
    ),
}


def graded(folder: Path, place: Path) -> list[Any]:
    """Every graded figure of every state."""
    ws = longarm.init(place)
    ws.ingest(folder)
    keys = ("part", "capability", "reading", "rung", "level", "confidence")
    return [[f[k] for k in keys] for s in ("AU", "CH", "PT") for f in ws.reach("port-of-norhaven", s)["findings"]]


@pytest.mark.parametrize("what", HEARSAY)
def test_hearsay_changes_no_graded_figure(what: str, tmp_path: Path) -> None:
    """A line in the writer's own word, without a grade, is F6."""
    old, new = HEARSAY[what]
    changed = tmp_path / "case"
    shutil.copytree(case("example"), changed)
    site = changed / "site.yaml"
    text = site.read_text("utf-8")
    assert f"\n{old}" in text
    site.write_text(text.replace(f"\n{old}", f"\n{new}", 1), "utf-8")
    assert graded(changed, tmp_path / "one") == graded(case("example"), tmp_path / "other")


def test_no_hearsay_makes_a_firm_a_person(tmp_path: Path) -> None:
    """A row of entities that cites nothing calls the firm one; the law goes on binding the firm."""
    changed = tmp_path / "case"
    shutil.copytree(case("example"), changed)
    row = '{"id": "kestrel-terminals", "schema": "Person", "properties": {"name": ["Kestrel"]}}'
    (changed / "more.ftm.jsonl").write_text(row + "\n", "utf-8")
    assert graded(changed, tmp_path / "one") == graded(case("example"), tmp_path / "other")

"""Scenarios: overlays that change no fact, and what they move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import longarm
from longarm.errors import LongarmError, SourceError
from longarm.model.options import ReachOptions
from longarm.workspace import Workspace
from tests_support import case


@pytest.fixture(scope="module")
def liege(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The Liège case in a workspace."""
    ws = longarm.init(tmp_path_factory.mktemp("liege") / "ws")
    ws.ingest(case("liege"))
    return ws


def see(ws: Workspace, part: str | None, reading: str, scenario: str | None = None) -> dict[str, Any]:
    """The finding on `see` at a part, for China."""
    report = ws.reach("liege-airport", "CN", ReachOptions(scenario=scenario))
    wanted = (part, "see", reading)
    return next(f for f in report["findings"] if (f["part"], f["capability"], f["reading"]) == wanted)


def test_the_planned_listing_cuts_nothing(liege: Workspace) -> None:
    """It was withdrawn, and even carried out it would have left Alibaba more than half."""
    for reading in ("narrow", "wide"):
        for part in (None, "hub", "parcel-data"):
            before, after = see(liege, part, reading), see(liege, part, reading, "listing-done")
            assert (before["rung"], before["level"]) == (after["rung"], after["level"])


def test_selling_down_to_half_closes_the_parent_route_through_the_group(liege: Workspace) -> None:
    """50 % is no majority; what Cainiao is bound to by its own seat stays."""
    assert any("alibaba-group" in h["from"] for p in see(liege, None, "wide")["paths"] for h in p["hops"])
    after = see(liege, None, "wide", "half-sold")
    through = {h["tie"] for p in after["paths"] for h in p["hops"] if h["from"] == "alibaba-group"}
    assert not any(t.startswith("interest:alibaba-group>cainiao") for t in through)
    assert after["rung"] == "power and means"


def test_a_comparison_names_the_paths_that_fell_away(liege: Workspace) -> None:
    """What moved, and by which ties."""
    moved = liege.compare("liege-airport", "CN", ReachOptions(scenario="local-board"))
    assert moved["moved"]
    gone = {t for m in moved["moved"] for way in m["paths_gone"] for t in way}
    assert any("cainiao>alibaba-smart-hub-be" in t for t in gone)
    assert all(m["before"] != m["after"] for m in moved["moved"])


def test_striking_a_source_is_a_scenario(example: Workspace, tmp_path: Path) -> None:
    """*Strike this claim*: without the filing that two facts rest on, the holding and the maintenance are gone."""
    path = tmp_path / "strike.yaml"
    path.write_text("id: strike\ntitle: Without the filing\nstrike: [kestrel-report-2025]\n", "utf-8")
    report = example.reach("port-of-norhaven", "AU", ReachOptions(scenario=str(path)))
    ties = {h["tie"] for f in report["findings"] for p in f["paths"] for h in p["hops"]}
    assert not any("kestrel-terminals>norhaven-container" in t for t in ties)
    assert report["scenario"] == {"id": "strike", "title": "Without the filing"}


def test_what_a_scenario_adds_holds_in_every_world(example: Workspace, tmp_path: Path) -> None:
    """It is assumed, so it rests on no source; a majority it assumes is one in every world."""
    path = tmp_path / "sold.yaml"
    path.write_text(
        "id: sold\ntitle: Sold to the cranes\n"
        "end: [{holder: kestrel-terminals, held: norhaven-container}]\n"
        "add:\n  interests:\n    - {holder: helvion, held: norhaven-container, type: shareholding, share: '70'}\n",
        "utf-8",
    )
    report = example.reach("port-of-norhaven", "CH", ReachOptions(scenario=str(path)))
    place = next(f for f in report["findings"] if f["part"] == "container-quay" and f["capability"] == "stop")
    assert place["rung"] == "means only"
    without = example.reach("port-of-norhaven", "AU", ReachOptions(scenario=str(path)))
    quay = next(f for f in without["findings"] if f["part"] == "container-quay" and f["capability"] == "stop")
    assert quay["rung"] == "no path found"


def test_a_scenario_changes_no_fact(example: Workspace) -> None:
    """Before and after it, the same statements and the same answer."""
    rows, before = example.statements(), example.reach("port-of-norhaven", "AU")
    example.reach("port-of-norhaven", "AU", ReachOptions(scenario="maintenance-ends"))
    assert example.statements() == rows
    assert example.reach("port-of-norhaven", "AU") == before


def test_a_planned_safeguard_can_be_put_in_force(tmp_path: Path) -> None:
    """The move of the health data platform: planned today, and done in the scenario."""
    ws = longarm.init(tmp_path / "ws")
    ws.ingest(case("cloud"))
    path = tmp_path / "x.yaml"
    path.write_text("id: x\ntitle: X\nsafeguards: {move: in force}\n", "utf-8")

    def stop(scenario: str | None) -> tuple[str, float]:
        report = ws.reach("hdh-site", "US", ReachOptions(scenario=scenario))
        at = [f for f in report["findings"] if f["part"] == "hdh-ops" and f["capability"] == "stop"]
        return at[-1]["rung"], at[-1]["confidence"]

    assert stop(None)[0] == "means only"
    assert stop(str(path))[0] == "no path found"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id: x\n", "lacks 'title'"),
        (
            "id: x\ntitle: X\nadd: {interests: [{holder: a, held: b, type: shareholding, share: '1,5'}]}\n",
            "not a number",
        ),
        ("id: x\ntitle: X\nadd: {weather: []}\n", "unknown key 'weather'"),
        ("id: x\ntitle: X\nsafeguards: {a: perhaps}\n", "not one of the values"),
        ("id: [\n", "not YAML"),
    ],
)
def test_a_scenario_with_a_fault_is_named_by_line(example: Workspace, tmp_path: Path, text: str, says: str) -> None:
    """As any file that is written by hand."""
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=says) as fault:
        example.reach("port-of-norhaven", "AU", ReachOptions(scenario=str(path)))
    assert fault.value.where.file == str(path)


def test_a_scenario_that_there_is_not_names_those_of_the_case(example: Workspace) -> None:
    """A file, or an id."""
    with pytest.raises(LongarmError, match="no scenario 'x'") as fault:
        example.reach("port-of-norhaven", "AU", ReachOptions(scenario="x"))
    assert "maintenance-ends" in (fault.value.where.mend or "")

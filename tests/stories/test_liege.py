"""The Liège case: what the facts carry, for every state by the same code, and what they do not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import longarm
from longarm.model.options import ReachOptions
from longarm.model.statement import Evidence, Statement, check_span
from longarm.workspace import Workspace
from tests_support import case

SHARED = Path(__file__).parents[3] / "shared" / "data" / "liege"


@pytest.fixture(scope="module")
def liege(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The Liège case in a workspace."""
    ws = longarm.init(tmp_path_factory.mktemp("liege") / "ws")
    taken = ws.ingest(case("liege"))
    assert (taken.rejects, taken.warnings) == (0, ())
    return ws


def report(ws: Workspace, state: str, **options: Any) -> dict[str, Any]:
    """The report for a state."""
    return ws.reach("liege-airport", state, ReachOptions(**options))


def at(found: dict[str, Any], part: str | None, capability: str, reading: str) -> dict[str, Any]:
    """One finding."""
    wanted = (part, capability, reading)
    return next(f for f in found["findings"] if (f["part"], f["capability"], f["reading"]) == wanted)


def on_paths(found: dict[str, Any]) -> set[str]:
    """Every entity on any path, of findings and below the threshold."""
    every = [*found["findings"], *found["possible"]]
    return {e for f in every for p in f["paths"] for h in p["hops"] for e in (h["from"], h["to"])}


def facts_beside(found: dict[str, Any], finding: dict[str, Any]) -> set[str]:
    """The cited facts that stand beside a finding."""
    return {found["statements"][s]["entity"] for s in finding["beside"]}


def test_power_and_means_meet_for_see_and_the_narrow_reading_is_no_higher(liege: Workspace) -> None:
    """What the narrow one leaves runs through what Cainiao itself supplies and holds at the hub."""
    found = report(liege, "CN")
    wide, narrow = at(found, None, "see", "wide"), at(found, None, "see", "narrow")
    assert wide["rung"] == "power and means"
    assert narrow["confidence"] <= wide["confidence"]
    systems = at(found, "hub-systems", "see", "narrow")
    assert systems["rung"] == "power and means"
    assert {p["meets_in"] for p in systems["paths"]} == {"cainiao"}
    assert not any(h["disputed"] for p in systems["paths"] for h in p["hops"])
    assert any(h["disputed"] for p in wide["paths"] for h in p["hops"])


def test_no_finding_says_that_anything_was_done(liege: Workspace) -> None:
    """Nobody judged any use or intent, so no rung says so, for any state."""
    for state in ("CN", "US", "FR", "RU", "BE"):
        found = report(liege, state)
        assert not {f["rung"] for f in found["findings"]} & {"evidence of use", "evidence of intent"}
        assert not any(f["judged"] for f in found["findings"])


def test_denials_and_negative_findings_stand_beside(liege: Workspace) -> None:
    """The letter of 14 June 2021 beside the answer of May 2021, the firm's denial beside the point of attention."""
    found = report(liege, "CN")
    beside = facts_beside(found, at(found, None, "see", "wide"))
    assert {"lgg-042", "lgg-043", "lgg-037", "lgg-039"} <= beside


@pytest.mark.parametrize("state", ["CN", "US", "FR", "RU", "BE"])
def test_what_is_no_tie_is_on_no_path_and_is_said_to_be_none(liege: Workspace, state: str) -> None:
    """The 1 % special shares, LOGINK, the customs-fraud case, the ownership of ASL."""
    found = report(liege, state)
    apart = {"guangzhou-lujiao", "youku-film", "wangtousuicheng", "ciif", "zhejiang-media-vehicle", "eppo"}
    assert not on_paths(found) & apart
    said = " ".join(f"{n['sentence']} {n['remark']}" for n in found["coverage"]["not_linked"])
    for word in ("LOGINK", "ASL", "A right in a subsidiary does not rise", "fraud", "listing"):
        assert word in said, word


def test_france_had_a_blocking_minority_once_and_nothing_is_known_since(liege: Workspace) -> None:
    """In December 2018 at level influence; today the holders are not known, which only the upper bound says."""
    then = at(report(liege, "FR", as_of="2018-12-15"), None, "stop", "narrow")
    assert (then["rung"], then["level"]) == ("power and means", "influence")
    now = at(report(liege, "FR"), None, "stop", "narrow")
    assert now["rung"] == "no path found"
    assert now["bounds"][0] < 0.5
    assert report(liege, "FR")["coverage"]["status"] == "partial"


def test_the_carrier_that_stopped_reaches_no_more(liege: Workspace) -> None:
    """AirBridgeCargo flew until February 2022."""
    assert at(report(liege, "RU", as_of="2021-06-01"), None, "see", "narrow")["rung"] != "no path found"
    assert at(report(liege, "RU"), None, "see", "narrow")["rung"] == "no path found"


def test_the_sites_own_state_runs_through_the_same_code(liege: Workspace) -> None:
    """Belgium's law and bodies reach its own airport."""
    assert at(report(liege, "BE"), None, "see", "narrow")["rung"] == "power and means"


def test_many_reports_of_one_speaker_are_one_origin(liege: Workspace) -> None:
    """However many outlets repeat it."""
    rows = [r for r in liege.statements() if r["entity_id"] in ("lgg-036", "lgg-037") and r["prop"] == "sentence"]
    assert len({r["document"] for r in rows}) >= 3
    assert len({r["origin"] for r in rows}) == 1
    first = {r["origin"] for r in liege.statements() if r["entity_id"] == "lgg-038"}
    assert first.isdisjoint({r["origin"] for r in rows}), "the service and the paper that first ran it are two"


def test_a_copy_of_a_report_changes_no_number(liege: Workspace, tmp_path: Path) -> None:
    """An echo raises nothing."""
    shutil.copytree(case("liege"), tmp_path / "case")
    path = tmp_path / "case" / "facts.json"
    facts = json.loads(path.read_text("utf-8"))
    for fact in facts["facts"]:
        if fact["id"] in ("lgg-005", "lgg-017", "lgg-008"):
            fact["sources"] += [{**fact["sources"][0], "title": f"The same again, {i}"} for i in range(5)]
    path.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    ws = longarm.init(tmp_path / "ws")
    ws.ingest(tmp_path / "case")

    def figures(found: dict[str, Any]) -> list[Any]:
        keys = ("part", "capability", "reading", "rung", "level", "confidence", "shares")
        return [[f[k] for k in keys] for f in found["findings"]]

    assert figures(report(ws, "CN")) == figures(report(liege, "CN"))


def test_the_demonstration_counts_as_no_origin(liege: Workspace) -> None:
    """It is from no publisher, and no statement rests on it."""
    shown = [d for d in liege.documents().values() if d["kind"] == "demonstration"]
    assert len(shown) == 1
    text = liege.text(shown[0]["id"])
    assert "Read Also" in text
    assert any(line.startswith("Source:") for line in text.splitlines()[-3:])
    assert text.startswith("DEMONSTRATION")
    assert not [r for r in liege.statements() if r["document"] == shown[0]["id"]]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the original article is measured with, never shipped")
def test_the_original_article_bears_out_every_quote(liege: Workspace) -> None:
    """Each claim's quote stands at its span, and none of the article's sentences is shipped."""
    article = (SHARED / "article.txt").read_text("utf-8")
    gold = json.loads((SHARED / "gold_claims.json").read_text("utf-8"))
    claims = gold["claims"] if isinstance(gold, dict) else gold
    assert len(claims) == 16
    for claim in claims:
        span = (claim["start"], claim["end"])
        made = Statement("x", "CitedFact", "sentence", claim["quote"], "text", "x", "2026-01-01", Evidence(span=span))
        assert check_span(made, claim["quote"], article)
    shipped = " ".join(liege.text(d) for d in liege.documents())
    sentences = [s.strip() for s in article.replace("\n", " ").split(". ") if len(s) > 60]
    assert not [s for s in sentences if s in shipped]

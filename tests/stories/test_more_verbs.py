"""Control, law, check and compare on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import longarm
from longarm.cli import main
from longarm.model.options import ControlOptions, LawOptions
from longarm.workspace import Workspace
from tests_support import case

CASES = Path(__file__).parent.parent / "control" / "cases.json"
EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture(scope="module")
def liege(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The Liège case in a workspace."""
    ws = longarm.init(tmp_path_factory.mktemp("liege") / "ws")
    ws.ingest(case("liege"))
    return ws


def run(*args: str, code: int = 0) -> str:
    """Run a command in this process."""
    done = CliRunner().invoke(main, list(args), env={"COLUMNS": "120"})
    assert done.exit_code == code, done.output
    return done.output


def test_the_worked_examples_of_control_all_agree() -> None:
    """Result beside expectation; exit code 1 on a difference."""
    assert "162 of 162 figures of 62 examples agree" in run("control", "--cases", str(CASES))


def test_a_worked_example_that_differs_exits_with_one(tmp_path: Path) -> None:
    """And shows both."""
    data = json.loads(CASES.read_text("utf-8"))
    chosen = next(c for c in data["cases"] if c["id"] == "pyramid-51-51-51")
    chosen["expected"]["pairs"] = [["X", "nobody"]]
    (tmp_path / "cases.json").write_text(json.dumps({**data, "cases": [chosen]}), "utf-8")
    said = run("control", "--cases", str(tmp_path / "cases.json"), code=1)
    assert "pyramid-51-51-51" in said
    assert "expected" in said


def test_any_list_of_holdings_will_do(tmp_path: Path) -> None:
    """No case is needed; a bad row is named by its line."""
    path = tmp_path / "h.csv"
    path.write_text("owner,owned,percent\nA,B,60\nB,C,51\nA,C,170\n", "utf-8")
    answer = json.loads(run("control", "--holdings", str(path), "--root", "A", "--json"))
    controlled = {r["held"] for r in answer["rows"] if r["method"] == "majority"}
    assert controlled == {"B", "C"}
    assert any(r["line"] == 4 for r in answer["rejects"])


def test_who_stands_above_an_entity_is_shown_by_every_method(liege: Workspace) -> None:
    """From the ties of the case on its day."""
    answer = liege.control("cainiao", ControlOptions())
    above = {(r["method"], r["holder"]): r["value"] for r in answer["above"]}
    assert above["majority", "alibaba-group"] == "controls"
    assert len({m for m, _ in above}) >= 8


def test_the_law_that_binds_an_entity_is_said_by_route(liege: Workspace) -> None:
    """Direct for whoever is managed there; parent only under the wide reading."""
    rows = liege.law_applies("cainiao", LawOptions())["duties"]
    direct = [r for r in rows if r["route"] == "direct" and r["certain"]]
    assert {"cn-nil-2017"} <= {r["instrument"] for r in direct}
    assert all(r["reading"] == "narrow" for r in direct)
    parent = [r for r in rows if r["route"] == "parent" and r["instrument"] == "cn-nil-2017"]
    assert parent
    assert {r["reading"] for r in parent} == {"wide"}
    narrow = liege.law_applies("cainiao", LawOptions(reading="narrow"))["duties"]
    assert not [r for r in narrow if r["reading"] == "wide"]


def test_a_persons_origin_places_nobody_under_any_law(liege: Workspace) -> None:
    """A nationality is never an input."""
    for person in ("p-tsai", "p-jsong", "p-ericxu", "p-holslag"):
        with pytest.raises(longarm.LongarmError, match="places"):
            liege.law_applies(person, LawOptions())


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("2025-12-31", "2026-01-01", "renumbered"),
        ("2026-06-12", "2026-06-13", "outlived its text"),
        ("2017-06-27", "2017-06-28", "began"),
    ],
)
def test_what_changed_in_the_law_between_two_days(first: str, second: str, says: str) -> None:
    """Numbers change on 1 January 2026; a power outlives its text after 12 June 2026."""
    assert says in run("law", "diff", first, second)


def test_law_is_listed_and_shown() -> None:
    """By state, by day, and whole."""
    rows: list[dict[str, Any]] = json.loads(run("law", "list", "--state", "BE", "--json"))
    assert {r["state"] for r in rows} == {"BE"}
    assert "be-lrs-1998" in {r["id"] for r in rows}
    said = run("law", "show", "cn-nil-2017")
    assert "not assessed is not zero" in said
    assert "Article 7" in said


@pytest.mark.parametrize("name", ["tollerort", "cloud"])
def test_a_case_is_held_against_what_readers_expect(name: str) -> None:
    """Exit code 0 where every binding finding agrees, 1 where one does not."""
    said = run("check", str(case(name)), str(EXPECTED / f"{name}.json"))
    assert "0 binding differences" in said


def test_a_binding_difference_exits_with_one(tmp_path: Path) -> None:
    """And is marked."""
    expected = json.loads((EXPECTED / "tollerort.json").read_text("utf-8"))
    expected["findings"] = [f for f in expected["findings"] if f["id"] == "T10"]
    expected["findings"][0]["narrow"]["rung"] = "evidence of use"
    (tmp_path / "e.json").write_text(json.dumps(expected), "utf-8")
    assert "1 binding differences" in run("check", str(case("tollerort")), str(tmp_path / "e.json"), code=1)
    (tmp_path / "e.json").write_text("[]", "utf-8")
    assert "no expectation" in run("check", str(case("tollerort")), str(tmp_path / "e.json"), code=2)


def test_a_comparison_says_what_moved(liege: Workspace) -> None:
    """One line a finding, equal readings merged; the paths that went or came in names, never in ids."""
    folder = str(liege.layout.root)
    said = run("--workspace", folder, "compare", "liege-airport", "CN", "--scenario", "half-sold")
    assert "findings moved" in said
    assert "See · the whole site · wide: power and means 0.99 → power and means 0.94" in said
    assert "· narrow and wide: legal power only 0.93 → legal power only 0.85" in _flat(said)
    assert "came: China → Cainiao Network → Cainiao's own charter flights and trains" in _flat(said)
    assert said.count("What a scenario adds is assumed: it holds in every world.") == 1
    assert "duty-parent:" not in said
    for block in said.split("\n\n"):
        assert block.count("went:") + block.count("came:") <= 2


def test_without_a_scenario_those_of_the_case_are_named(liege: Workspace) -> None:
    """The mend is what can be typed next."""
    said = run("--workspace", str(liege.layout.root), "compare", "liege-airport", "CN", code=2)
    assert "no scenario" in said
    assert "data-elsewhere, half-sold, listing-done, local-board" in said


def test_control_is_one_summary_a_pair_and_every_method_where_it_is_asked_for(liege: Workspace) -> None:
    """In names; an open test is neither yes nor no."""
    folder = str(liege.layout.root)
    said = _flat(run("--workspace", folder, "control", "alibaba-group"))
    assert "Alibaba Group → Cainiao Network majority control: yes; integrated share: 63.7 % to 69.54 %" in said
    assert "Alibaba Group → Guangzhou Lujiao majority control: open" in said
    assert "Banzhaf" not in said
    assert "Banzhaf" in run("--workspace", folder, "control", "alibaba-group", "--method", "all")


def test_rows_of_holdings_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """All of them: exit 2 with each fault; some of them: the faults beside the answer."""
    path = tmp_path / "h.csv"
    path.write_text("owner,owned,percent\nA,B,sixty\nA,C,many\n", "utf-8")
    said = run("control", "--holdings", str(path), "--root", "A", code=2)
    assert "h.csv:2: 'sixty' is not a number" in said
    assert "h.csv:3: 'many' is not a number" in said
    path.write_text("owner,owned,percent\nA,B,60\nA,C,170\n", "utf-8")
    said = run("control", "--holdings", str(path), "--root", "A")
    assert "row 3: '170' is not a share" in said
    assert "A → B" in said


def test_an_id_of_law_is_never_cut() -> None:
    """Below the width of a table each instrument is a block of its own."""
    ids = [r["id"] for r in json.loads(run("law", "list", "--json"))]
    for columns in ("60", "80", "120"):
        lines = CliRunner().invoke(main, ["law", "list"], env={"COLUMNS": columns}).output.splitlines()
        assert {line.split()[0] for line in lines if line.strip()} >= set(ids)
        assert max(len(line) for line in lines) <= int(columns)


def test_a_state_without_law_in_the_base_is_said_in_a_sentence() -> None:
    """With what the base holds instead of an empty table."""
    base = json.loads(run("law", "list", "--json"))
    holds = f"it holds {len(base)} instruments of {len({r['state'] for r in base})} states."
    assert run("law", "list", "--state", "RO").strip() == f"No law of Romania is in the base; {holds}"
    assert "was in force on 1900-01-01" in run("law", "list", "--state", "CN", "--as-of", "1900-01-01")


def test_what_may_bind_names_the_facts_that_it_asks_for(liege: Workspace) -> None:
    """And where to state them."""
    said = CliRunner().invoke(
        main, ["--workspace", str(liege.layout.root), "law", "applies", "cainiao"], env={"COLUMNS": "80"}
    )
    binds, _, may = said.output.partition("May bind")
    assert "asks for:" not in binds
    assert "asks for: sector" in may
    assert "add under 'facts:' in site.yaml" in _flat(may)


def _flat(text: str) -> str:
    return " ".join(text.split())

"""A whole journey on the command line, and what it says when something is wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import longarm
from longarm.cli import main
from longarm.model.options import IngestOptions, ReachOptions, declared
from tests_support import case


def run(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run longarm as a user does."""
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "longarm.cli", *args], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace made on the command line, with the example ingested as it says."""
    folder = tmp_path_factory.mktemp("journey") / "ws"
    made = run("init", str(folder))
    assert made.returncode == 0, made.stderr
    assert "longarm ingest case" in made.stdout
    taken = run("ingest", "case", cwd=folder)
    assert taken.returncode == 0, taken.stderr
    assert "statements from" in taken.stdout
    return folder


def test_the_example_that_init_writes_goes_through_unchanged(place: Path) -> None:
    """An invented port, two foreign states and its own, without a line of code."""
    for state in ("AU", "CH", "PT"):
        said = run("reach", "port-of-norhaven", state, cwd=place)
        assert said.returncode == 0, said.stderr
        for words in ("See", "Shape", "Stop", "Coverage:", "The strongest path"):
            assert words in said.stdout, (state, words)


def test_the_answer_for_programs_has_its_shape(place: Path) -> None:
    """The shape that the issue fixes from now on."""
    said = run("reach", "port-of-norhaven", "au", "--json", cwd=place)
    report = json.loads(said.stdout)
    assert report["question"] == {
        "site": "port-of-norhaven",
        "state": "AU",
        "as_of": "2026-11-23",
        "known_at": "2026-11-23",
    }
    assert report["worlds"] == 1024
    assert {"coverage", "findings", "possible", "warnings"} <= set(report)
    for f in report["findings"]:
        assert {"part", "capability", "reading", "level", "rung", "confidence", "error", "bounds"} <= set(f)
        assert {"gross", "shares", "paths", "cuts", "next", "beside"} <= set(f)
        assert set(f["shares"]) == {"joint", "means_only", "power_only"}
        lo, hi = f["bounds"]
        assert 0 <= lo <= f["confidence"] <= hi <= 1
        for path in f["paths"]:
            for hop in path["hops"]:
                assert {"from", "to", "tie", "statements"} <= set(hop)
                assert hop["statements"], "no hop without its statements"
                assert set(hop["statements"]) <= set(report["statements"])
    places = {f["part"] for f in report["findings"]}
    assert None in places
    assert "port-of-norhaven" not in places


def test_one_reading_can_be_asked_for(place: Path) -> None:
    """And only that is given."""
    report = json.loads(run("reach", "port-of-norhaven", "AU", "--reading", "narrow", "--json", cwd=place).stdout)
    assert {f["reading"] for f in report["findings"]} == {"narrow"}


def test_whatever_an_answer_names_can_be_explained(place: Path) -> None:
    """A statement, a tie, a document, an entity, a cited fact, an article of law."""
    report = json.loads(run("reach", "port-of-norhaven", "AU", "--json", cwd=place).stdout)
    ids = {"nor-007", "kestrel-terminals"}
    for f in report["findings"]:
        for path in f["paths"]:
            for hop in path["hops"]:
                ids |= set(hop["statements"])
                ids.add(hop["tie"])
    documents = {s["document"] for s in report["statements"].values() if s["document"]}
    for identity in sorted(ids):
        found = longarm.open(place).explain(identity)
        assert found.get("value") or found["statements"], identity
    tie = "interest:kestrel-terminals>norhaven-container[shares]"
    for identity in (min(documents), tie, "nor-007", "kestrel-terminals"):
        said = run("explain", identity, cwd=place)
        assert said.returncode == 0, (identity, said.stderr)
        assert said.stdout.strip()
    assert "Article" in run("explain", "law:cn-nil-2017#7", cwd=place).stdout


def test_what_is_known_of_an_id_is_grouped_by_who_says_it(place: Path) -> None:
    """The source and its words once, the values that were read from them below."""
    said = run("explain", "norhaven-container", cwd=place).stdout
    assert said.count("asserted") == 1
    assert said.count("The terminal company is registered in Portugal;") == 1
    assert "jurisdiction = pt" in said
    assert "name = Norhaven Container Terminal SA" in said


def test_a_document_can_be_named_by_its_file(place: Path) -> None:
    """By its locator, its name or its stem."""
    found = {
        run("explain", name, cwd=place).stdout for name in ("documents/concession.txt", "concession.txt", "concession")
    }
    assert len(found) == 1
    assert "Concession of the container quay" in found.pop()


def test_an_article_that_is_not_in_force_says_so_once(place: Path) -> None:
    """Beside its text, in the words of the law base."""
    said = run("explain", "law:us-bis-affiliates-2025#IFR 2025-19001", cwd=place).stdout
    assert said.count("\n  status ") == 1


def test_an_id_with_a_slip_is_answered_with_those_near_to_it(place: Path) -> None:
    """The ids of entities, also where a name was written."""
    for slip in ("kestrel-terminal", "Kestrel Terminals Pty Ltd"):
        for verb in ("explain", "control"):
            said = run(verb, slip, cwd=place)
            assert said.returncode == 2
            assert "near to it: kestrel-terminals" in said.stderr


def test_the_hint_of_the_demonstration_runs_as_it_is_printed(tmp_path: Path) -> None:
    """Also where longarm is on no path."""
    made = run("demo", "--dir", str(tmp_path / "a demo"), "--no-serve")
    hint = made.stdout.partition("Ask it more:")[2].strip()
    said = subprocess.run(hint, shell=True, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "How far does the arm of the United States reach" in said.stdout


FAULTS: list[tuple[list[str], str, str]] = [
    (["reach", "port-of-norhaven", "XX"], "no state 'XX'", "ISO 3166"),
    (["reach", "port-of-norhaven", "Australia"], "no state 'Australia'", "is AU"),
    (["reach", "atlantis", "AU"], "no site 'atlantis'", "port-of-norhaven"),
    (["reach", "port-of-norhaven", "AU", "--as-of", "soon"], "not a date", "2026-11-23"),
    (["reach", "port-of-norhaven", "AU", "--as-of", "2026-11"], "not a whole day", "2026-11-23"),
    (["reach", "port-of-norhaven", "AU", "--known-at", "2026-02-30"], "calendar", "2026-11-23"),
    (["explain", "nothing-of-the-kind"], "nothing here has the id", "law:"),
    (["explain", "law:xx#1"], "law", "law:"),
    (["ingest", "nowhere"], "no file or folder", "name"),
    (["law", "show", "xx-none"], "holds no", "law list"),
]


@pytest.mark.parametrize(("args", "says", "mend"), FAULTS)
def test_a_fault_is_one_sentence_with_its_mend(place: Path, args: list[str], says: str, mend: str) -> None:
    """On stderr, exit code 2, never a traceback; with --json as JSON."""
    said = run(*args, cwd=place)
    assert said.returncode == 2
    assert says in said.stderr
    assert mend in said.stderr
    assert "Traceback" not in said.stderr
    assert said.stdout == ""
    as_json = run(*args, "--json", cwd=place)
    assert as_json.returncode == 2
    value = json.loads(as_json.stdout)
    assert says in value["message"]
    assert mend in value["mend"]


def test_options_that_are_none_are_faults_too(place: Path) -> None:
    """What click finds comes as JSON where JSON was asked for."""
    said = run("reach", "port-of-norhaven", "AU", "--reading", "middle", "--json", cwd=place)
    assert said.returncode == 2
    assert "middle" in json.loads(said.stdout)["message"]
    assert run("reach", "--wizardry", cwd=place).returncode == 2
    assert run("reach", cwd=place).returncode == 2


def test_outside_a_workspace_it_says_how_to_make_one(tmp_path: Path) -> None:
    """`longarm init DIR`."""
    said = run("reach", "a", "AU", cwd=tmp_path)
    assert said.returncode == 2
    assert "longarm init" in said.stderr
    again = run("init", str(tmp_path / "ws"))
    assert again.returncode == 0
    assert run("init", str(tmp_path / "ws")).returncode == 2


def test_a_site_register_with_a_fault_is_named_by_line(place: Path, tmp_path: Path) -> None:
    """File, line and mend; and nothing is written."""
    shutil.copytree(case("example"), tmp_path / "case")
    site = tmp_path / "case" / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("role: remote maintainer", "role: wizard"), "utf-8")
    said = run("--workspace", str(place), "ingest", str(tmp_path / "case"))
    assert said.returncode == 2
    assert "site.yaml:" in said.stderr
    assert "'wizard' is not a role" in said.stderr


def test_every_command_has_help_and_the_options_of_its_verb() -> None:
    """Options are declared once: the command line has those of Python, no more and no fewer."""
    ctx = main.make_context("longarm", ["--help"], resilient_parsing=True)
    for name in main.list_commands(ctx):
        command: Any = main.get_command(ctx, name)
        assert command.help, name
    for name, of in (("reach", ReachOptions), ("ingest", IngestOptions)):
        command = main.get_command(ctx, name)
        given = {p.name: p.default for p in command.params if p.param_type_name == "option" and p.name != "as_json"}
        assert set(given) == {o.name for o in declared(of)}


def test_entities_are_written_as_followthemoney_reads_them(place: Path) -> None:
    """One a line, and FollowTheMoney takes its own."""
    from followthemoney import model

    said = run("export", cwd=place)
    entities = [json.loads(line) for line in said.stdout.splitlines()]
    own = [e for e in entities if e["schema"] in model.schemata]
    assert own
    assert len(own) < len(entities), "ours stand beside theirs"
    for entity in own:
        if not set(entity["properties"]) - set(model[entity["schema"]].properties):
            assert model.get_proxy(entity, cleaned=False).id == entity["id"]

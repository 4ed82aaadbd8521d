"""The dossier as a journey: written in every form, refused where an answer lacks, compared, asked again otherwise."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import longarm
from longarm.cli import main
from longarm.dossier.checks import lacking, sentences
from longarm.dossier.differences import differences
from longarm.dossier.tongue import tongue
from longarm.dossier.whole import whole
from longarm.dossier.writing import Wanted, written
from longarm.errors import OptionError, Unanswered
from longarm.model.formats import FORMATS
from longarm.model.options import DossierOptions, ReachOptions
from longarm.model.terms import LANGUAGES
from longarm.workspace import Workspace
from longarm.workspace.exporting import exported
from tests_support import case

SHIPPED = {"liege": "liege-airport", "tollerort": "ctt-site", "cloud": "hdh-site", "example": "port-of-norhaven"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    """The shipped cases, each in a workspace of its own."""
    found = {}
    for name in SHIPPED:
        ws = longarm.init(tmp_path_factory.mktemp(name) / "ws")
        ws.ingest(case(name))
        found[name] = ws
    return found


@pytest.fixture(scope="module")
def dossiers(made: dict[str, Workspace]) -> dict[str, dict[str, Any]]:
    """The dossier of each, for the states of its case."""
    return {name: made[name].dossier(site) for name, site in SHIPPED.items()}


def run(ws: Workspace, *args: str) -> Result:
    """Run a command on a workspace."""
    given = ["--workspace", str(ws.layout.root), *args]
    return CliRunner().invoke(main, given, env={"COLUMNS": "100"})


@pytest.mark.parametrize("name", SHIPPED)
def test_every_sentence_of_a_shipped_case_has_its_statements(dossiers: dict[str, dict[str, Any]], name: str) -> None:
    """All of them, in every language: a hundred in a hundred."""
    for language in LANGUAGES:
        made = whole(dossiers[name], tongue(language))
        said = sentences(made)
        assert len(said) > 10
        assert all(s.rests_on for s in said), [s for s in said if not s.rests_on]
        assert lacking(dossiers[name], made) == []


@pytest.mark.parametrize("form", ["html", "docx", "md", "json"])
def test_the_same_case_gives_the_same_bytes(dossiers: dict[str, dict[str, Any]], tmp_path: Path, form: str) -> None:
    """In another workspace, on another day of work: same case, dates and version."""
    other = longarm.init(tmp_path / "ws")
    other.ingest(case("example"))
    again = other.dossier("port-of-norhaven")
    assert written(again, Wanted(form)) == written(dossiers["example"], Wanted(form))


def test_a_negative_statement_without_an_answer_keeps_the_dossier_in(tmp_path: Path) -> None:
    """The list is said, nothing is written; a draft says on its face that it is one."""
    folder = tmp_path / "case"
    shutil.copytree(case("liege"), folder)
    text = (folder / "decisions.yaml").read_text("utf-8")
    without, count = re.subn(r"  - to: lgg-047\n(?:    .*\n)+", "", text)
    assert count == 1
    (folder / "decisions.yaml").write_text(without, "utf-8")
    ws = longarm.init(tmp_path / "ws")
    ws.ingest(folder)
    out = tmp_path / "d.html"
    refused = run(ws, "dossier", "liege-airport", "CN", "--out", str(out))
    assert refused.exit_code == 2
    assert "the dossier is not written: 1 sentence lacks what it needs" in refused.output
    assert "lgg-047: no denial or answer, and nobody wrote down that none was found" in refused.output
    assert not out.exists()
    drafted = run(ws, "dossier", "liege-airport", "CN", "--out", str(out), "--draft")
    assert drafted.exit_code == 0
    assert "Draft, not for publication" in out.read_text("utf-8")
    with pytest.raises(Unanswered) as fault:
        written(ws.dossier("liege-airport", ["CN"]), Wanted("md"))
    assert [row["id"] for row in fault.value.lacking] == ["lgg-047"]


def test_a_reply_that_was_written_down_stands_beside_what_it_answers(dossiers: dict[str, dict[str, Any]]) -> None:
    """By the answer that it names, or by its own words where nobody answered."""
    text = " ".join(written(dossiers["liege"], Wanted("html")).decode().split())
    assert "No answer of Alibaba to this is among the sources read." in text
    made = whole(dossiers["liege"])
    pair = next(p for p in made.pairs if any(e.entity == "lgg-037" for e in p.said))
    assert any(e.entity == "lgg-039" for e in pair.against)


def test_the_letter_stands_beside_the_answer_and_the_point_of_attention_beside_the_denial(
    dossiers: dict[str, dict[str, Any]],
) -> None:
    """What was said in May 2021 and what was found in June; the watching of October 2023 and the firm's denial."""
    by_fact = {e.entity: {a.entity for a in p.against} for p in whole(dossiers["liege"]).pairs for e in p.said}
    assert {"lgg-043", "lgg-046"} <= by_fact["lgg-042"]
    assert "lgg-039" in by_fact["lgg-036"] & by_fact["lgg-037"]


def test_scenarios_say_what_moves_and_the_listing_moves_nothing(dossiers: dict[str, dict[str, Any]]) -> None:
    """Done, it would have left Alibaba more than half."""
    found = {s.id: s for s in whole(dossiers["liege"]).scenarios}
    assert not found["listing-done"].moves
    assert {r[0] for r in found["half-sold"].rows} == {"CN"}


def test_what_if_one_disagrees_computes_all_again_and_says_so(made: dict[str, Workspace]) -> None:
    """Another threshold, another table, a source taken as false."""
    ws = made["liege"]
    plain = ws.dossier("liege-airport", ["CN"])
    strict = ws.dossier("liege-airport", ["CN"], DossierOptions(threshold="0.9"))
    at = {(f["capability"], f["reading"]): f["rung"] for f in strict["reports"]["CN"]["findings"] if not f["part"]}
    survived = {
        (r["capability"], r["reading"]): r["rung"]
        for r in plain["survives"]["CN"]
        if r["is_own_table"] and r["threshold"] == 0.9
    }
    assert at == survived, "what the dossier says of 0.9 is what asking with 0.9 gives"
    sceptical = ws.dossier("liege-airport", ["CN"], DossierOptions(grades="sceptical"))
    for key in ("rung", "confidence"):
        assert {
            (f["capability"], f["reading"]): f[key] for f in sceptical["reports"]["CN"]["findings"] if not f["part"]
        } == {
            (r["capability"], r["reading"]): r[key]
            for r in plain["survives"]["CN"]
            if r["grades"] == "sceptical" and r["is_own_threshold"]
        }
    false = ws.dossier("liege-airport", ["CN"], DossierOptions(without="rtbf-2021-04"))
    html = written(false, Wanted("html")).decode()
    assert "taken as false:" in html
    shape = next(
        f
        for f in false["reports"]["CN"]["findings"]
        if not f["part"] and (f["capability"], f["reading"]) == ("shape", "wide")
    )
    assert shape["rung"] != "power and means", "the page says that it does not survive this source"


def test_a_source_that_is_not_on_file_cannot_be_taken_as_false(made: dict[str, Workspace]) -> None:
    """Nor can a threshold that is none be taken, or a language that nobody writes."""
    for options in (
        DossierOptions(without="nobody"),
        DossierOptions(threshold="2"),
        DossierOptions(threshold="half"),
        DossierOptions(grades="kind"),
        DossierOptions(lang="xx"),
        DossierOptions(as_of="2026"),
    ):
        with pytest.raises(OptionError) as fault:
            made["example"].dossier("port-of-norhaven", ["AU"], options)
        assert fault.value.where.mend


def test_two_dossiers_compared_say_what_moved_and_why(made: dict[str, Workspace], tmp_path: Path) -> None:
    """Findings, what was asked otherwise, statements that came or went."""
    ws = made["liege"]
    for name, more in (("a", []), ("b", ["--as-of", "2021-01-01"])):
        done = run(ws, "dossier", "liege-airport", "CN", "--out", str(tmp_path / f"{name}.json"), *more)
        assert done.exit_code == 0, done.output
    said = run(ws, "dossier", "diff", str(tmp_path / "a.json"), str(tmp_path / "b.json")).output
    assert "power and means, compel 0.94 →" in said
    assert "asked: as of 2026-11-23 → 2021-01-01" in said
    assert "− Alibaba Smart Hub is ground handler at Air cargo station" in said
    a, b = (json.loads((tmp_path / f"{n}.json").read_text("utf-8")) for n in "ab")
    assert differences(a, a)["moved"] == []
    assert not any(differences(a, a)["why"].values())
    back = differences(b, a)["moved"]
    assert [(m["before"], m["after"]) for m in back] == [(m["after"], m["before"]) for m in differences(a, b)["moved"]]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 9}', "\x00"])
def test_what_is_no_dossier_is_said(tmp_path: Path, text: str) -> None:
    """With the file, and without a traceback."""
    (tmp_path / "x.json").write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["dossier", "diff", str(tmp_path / "x.json"), str(tmp_path / "x.json")])
    assert done.exit_code == 2
    assert "x.json" in done.output
    assert "Traceback" not in done.output


def test_a_file_must_say_its_form(made: dict[str, Workspace], tmp_path: Path) -> None:
    """By its ending; nothing is computed before that is known."""
    done = run(made["example"], "dossier", "port-of-norhaven", "--out", str(tmp_path / "x.xls"))
    assert done.exit_code == 2
    assert ".html, .pdf, .docx, .md, .json" in done.output


def test_the_dossier_is_shown_on_the_terminal_and_as_json(made: dict[str, Workspace]) -> None:
    """The same value as Python gives."""
    shown = run(made["example"], "dossier", "port-of-norhaven", "AU", "CH").output
    assert shown.count("reach into Port of Norhaven?") == 2
    value = json.loads(run(made["example"], "dossier", "port-of-norhaven", "AU", "--json").output)
    assert value == made["example"].dossier("port-of-norhaven", ["AU"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dossier_is_written_in_every_language_and_quotations_stay_in_theirs(
    dossiers: dict[str, dict[str, Any]], language: str
) -> None:
    """The page says its language, and a Chinese article keeps its own."""
    html = written(dossiers["liege"], Wanted("html", language=language)).decode()
    assert f'<html lang="{language}">' in html
    assert 'lang="zh">任何组织和公民都应当依法支持' in html


def test_a_file_stands_by_itself(dossiers: dict[str, dict[str, Any]]) -> None:
    """No script, nothing loaded from elsewhere, every link within leads somewhere."""
    html = written(dossiers["liege"], Wanted("html")).decode()
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="/', html)
    assert not re.search(r"url\((?!data:)", html)
    ids = set(re.findall(r'\bid="([^"]*)"', html))
    assert set(re.findall(r'href="#([^"]*)"', html)) <= ids
    brief = written(dossiers["liege"], Wanted("html", brief=True)).decode()
    there = set(re.findall(r'\bid="([^"]*)"', brief))
    assert set(re.findall(r'href="#([^"]*)"', brief)) <= there


def test_the_word_file_carries_the_map(dossiers: dict[str, dict[str, Any]]) -> None:
    """As pictures: Word cannot draw what a page draws."""
    with zipfile.ZipFile(BytesIO(written(dossiers["liege"], Wanted("docx")))) as opened:
        assert sum(n.startswith("word/media/") for n in opened.namelist()) == 2


def test_known_time_covers_the_answers(made: dict[str, Workspace]) -> None:
    """What was written down later is not yet known; yesterday's dossier lacks it."""
    with pytest.raises(OptionError):
        made["liege"].dossier("liege-airport", ["CN"], DossierOptions(known_at="soon"))
    assert made["liege"].dossier("liege-airport", ["CN"], DossierOptions(known_at="2026-11-23"))["wanting"] == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_evidence_goes_out_in_every_format(made: dict[str, Workspace], tmp_path: Path, form: str) -> None:
    """The same bytes from the command line and over Python."""
    ws, out = made["example"], tmp_path / f"x.{FORMATS[form].ending}"
    done = run(ws, "export", "port-of-norhaven", "--format", form, "--out", str(out))
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == exported(ws.dossier("port-of-norhaven"), ws.entities(), form)


def test_an_export_that_cannot_be_is_said(made: dict[str, Workspace]) -> None:
    """A format without a site, a label of another format, a label that is none."""
    for args in (
        ("export", "--format", "stix"),
        ("export", "--as-of", "2024-01-01"),
        ("export", "--draft"),
        ("export", "port-of-norhaven", "--format", "stix", "--tlp", "amber"),
        ("export", "port-of-norhaven", "--format", "misp", "--tlp", "pink"),
        ("export", "port-of-norhaven", "--format", "xml"),
    ):
        done = run(made["example"], *args)
        assert done.exit_code == 2, args
        assert "Traceback" not in done.output


@pytest.mark.parametrize("name", ["liege", "tollerort"])
def test_what_breaks_a_finding_is_what_asking_without_it_gives(
    made: dict[str, Workspace], dossiers: dict[str, dict[str, Any]], name: str
) -> None:
    """A source that a finding does not survive, taken as false: the rung and level that the page says are left."""
    site = SHIPPED[name]
    found = dossiers[name]["reports"]["CN"]["findings"]
    broken = [(f, b) for f in found if f["part"] is None for b in f["breaks_without"]]
    assert broken
    for f, b in broken[:3]:
        again = made[name].dossier(site, ["CN"], DossierOptions(without=b["origin"]))
        (now,) = (
            g
            for g in again["reports"]["CN"]["findings"]
            if (g["part"], g["capability"], g["reading"]) == (None, f["capability"], f["reading"])
        )
        if b["then"]:
            assert (now["rung"], now["level"], now["confidence"]) == (
                "power and means",
                b["then"]["level"],
                pytest.approx(b["then"]["share"]),
            )
        else:
            assert now["rung"] != "power and means"


def test_a_scenario_stands_on_its_own_day_as_compare_does(
    made: dict[str, Workspace], dossiers: dict[str, dict[str, Any]]
) -> None:
    """One verb, one answer: what the dossier says that moves is what `compare` says."""
    ws, site = made["tollerort"], SHIPPED["tollerort"]
    for s in dossiers["tollerort"]["scenarios"]:
        moved = ws.compare(site, "CN", ReachOptions(scenario=s["id"]))["moved"]
        whole = {(m["capability"], m["reading"]): m["after"]["rung"] for m in moved if m["part"] is None}
        told = {(m["capability"], m["reading"]): m["after"]["rung"] for m in s["states"]["CN"]["moved"]}
        assert set(told.items()) <= set(whole.items()), s["id"]


def test_a_slip_in_an_id_does_not_let_an_accusation_through(tmp_path: Path) -> None:
    """An id that nothing describes is said at ingest, and counts as somebody who is named."""
    folder = tmp_path / "case"
    shutil.copytree(case("liege"), folder)
    facts = json.loads((folder / "facts.json").read_text("utf-8"))
    (fact,) = (f for f in facts["facts"] if f["id"] == "lgg-047")
    fact["about"] = ["alibaba-grup"]
    (folder / "facts.json").write_text(json.dumps(facts), "utf-8")
    text = (folder / "decisions.yaml").read_text("utf-8")
    text = re.sub(r"  - to: lgg-047\n(?:    .*\n)+", "", text)
    (folder / "decisions.yaml").write_text(text, "utf-8")
    ws = longarm.init(tmp_path / "ws")
    taken = ws.ingest(folder)
    assert any("alibaba-grup" in w for w in taken.warnings)
    assert "lgg-047" in {w["id"] for w in ws.dossier("liege-airport", ["CN"])["wanting"]}

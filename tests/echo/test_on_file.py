"""Origin groups of a workspace: proposed, accepted, seen in `explain` and in the statements, taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from echo_texts import AGENCY, CUT, OTHER

import longarm
from longarm.cli import main
from longarm.errors import OptionError, UnknownEntity
from longarm.workspace import Workspace, echoes
from tests_support import case


@pytest.fixture
def reports(tmp_path: Path) -> Workspace:
    """The example case with three press articles, of which one repeats another, each cited by the register."""
    return filed(tmp_path)


def filed(tmp_path: Path, beside: str = "") -> Workspace:
    """File the articles, with the same words beside each."""
    folder = tmp_path / "case"
    shutil.copytree(case("example"), folder)
    documents, lines = "", ""
    for text in (AGENCY, CUT, OTHER):
        (folder / "documents" / f"{text.document}.txt").write_text(text.text + beside, "utf-8")
        documents += (
            f"  - {{id: {text.document}, file: documents/{text.document}.txt, kind: original, lang: eng,\n"
            f"     publisher: {text.publisher}, class: press, published: {text.published}}}\n"
        )
        quote = "Corvin Ales" if text is OTHER else "Tarvos Foods, a company seated in Lindau"
        name = "Corvin Ales" if text is OTHER else "Tarvos Foods"
        lines += (
            f"  - {{id: firm-{text.document}, schema: Company, name: {name},\n"
            f'     source: {{document: {text.document}, quote: "{quote}"}}}}\n'
        )
    with (folder / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write(documents)
    site = (folder / "site.yaml").read_text("utf-8")
    (folder / "site.yaml").write_text(site.replace("entities:\n", "entities:\n" + lines, 1), "utf-8")
    workspace = longarm.init(tmp_path / "ws")
    workspace.ingest(folder)
    return workspace


def origins(workspace: Workspace) -> dict[str, set[str]]:
    """Give the origins of what is said of each invented firm."""
    found: dict[str, set[str]] = {}
    for row in workspace.statements():
        if row["entity_id"].startswith("firm-"):
            found.setdefault(row["entity_id"], set()).add(row["origin"])
    return found


def test_a_group_is_proposed_and_changes_nothing_until_it_is_accepted(reports: Workspace) -> None:
    """A machine proposes; a person decides; the statements of both members then have one origin."""
    before = origins(reports)
    (group,) = echoes.proposed(reports)
    assert group["says"] == "2 articles, 1 origin"
    assert origins(reports) == before
    echoes.accept(reports, group["id"])
    after = origins(reports)
    assert after["firm-agency"] == after["firm-cut"] == {group["id"]}
    assert after["firm-other"] == before["firm-other"]
    echoes.withdraw(reports, group["id"])
    assert origins(reports) == before
    with pytest.raises(UnknownEntity):
        echoes.withdraw(reports, group["id"])
    with pytest.raises(UnknownEntity):
        echoes.accept(reports, "echo:none")


def test_teasers_that_articles_of_one_site_share_make_no_copies_of_them(tmp_path: Path) -> None:
    """They stay in the text of a page, and are not compared."""
    places = ("Selmouth", "Portville", "Lindau", "Ferrol", "Aske", "Calder", "Merrow", "Tarn")
    beside = "".join(
        f"\nRead also: The ferry company of {place} opens {n * 7 + 3} new berths for islanders in the spring"
        for n, place in enumerate(places)
    )
    (group,) = echoes.proposed(filed(tmp_path, beside))
    assert group["says"] == "2 articles, 1 origin"


def test_explain_shows_the_group_of_a_document_and_of_an_origin(reports: Workspace) -> None:
    """Who repeats whom, in which role, on what evidence; proposed and decided are told apart."""
    (group,) = echoes.proposed(reports)
    run = CliRunner()
    where = ["--workspace", str(reports.layout.root)]
    for asked, how in ((group["members"][1]["document"], "proposed"), (group["id"], "decided")):
        if how == "decided":
            echoes.accept(reports, group["id"])
        told = run.invoke(main, [*where, "explain", asked], catch_exceptions=False)
        assert told.exit_code == 0
        assert "2 articles, 1 origin" in told.stdout
        assert how in told.stdout
        assert "verbatim cut" in told.stdout
        assert "shared text" in " ".join(told.stdout.split())


def test_too_many_texts_are_said_and_not_left_out_in_silence(
    reports: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that would take too long says that nothing was compared."""
    monkeypatch.setattr(echoes, "MOST_WHILE_ASKED", 1)
    (group,) = echoes.proposed(reports)
    told = reports.explain(group["members"][0]["document"])
    assert "not compared" in told["group"]["says"]
    with pytest.raises(OptionError):
        echoes.proposed(reports, most=1)


def test_groups_are_listed_accepted_and_taken_back_on_the_command_line(reports: Workspace) -> None:
    """What was decided is not proposed again until it is taken back."""

    def run(*words: str) -> str:
        done = CliRunner().invoke(main, ["--workspace", str(reports.layout.root), "echo", *words])
        assert done.exit_code == 0, done.output
        return done.output

    (group,) = echoes.proposed(reports)
    said = run()
    assert group["id"] in said
    assert "2 articles, 1 origin" in said
    assert "2 documents are one origin now" in run("accept", group["id"])
    assert "0 groups proposed, 1 decided" in run("list")
    run("withdraw", group["id"])
    assert group["id"] in run("list", "--json")
    wrong = CliRunner().invoke(main, ["--workspace", str(reports.layout.root), "echo", "accept", "echo:none"])
    assert wrong.exit_code == 2

"""The case folder: every line of it becomes statements with their evidence."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import longarm
from longarm.workspace import Workspace
from tests_support import edit


def test_every_statement_knows_its_source(example: Workspace) -> None:
    """Each has a document, an origin and a grade; where a text was read, the quote stands at its span."""
    documents = example.documents()
    rows = example.statements()
    assert rows
    for row in rows:
        assert row["document"] in documents
        assert row["origin"]
        assert row["grade"]
        if row["span_start"] is not None:
            text = example.text(row["document"])
            assert 0 <= row["span_start"] < row["span_end"] <= len(text)


def test_a_register_line_takes_over_the_evidence_of_the_fact_that_it_cites(example: Workspace) -> None:
    """Documents, origin, stance and grade are the fact's; the dates are the line's."""
    rows = [r for r in example.statements() if r["schema"] == "Ownership" and r["prop"] == "percentage"]
    seventy = next(r for r in rows if r["value"] == "70")
    assert (seventy["origin"], seventy["grade"], seventy["valid_from"]) == ("kestrel-report-2025", "A2", "2019-03")
    quote = example.text(seventy["document"])[seventy["span_start"] : seventy["span_end"]]
    assert quote.startswith("Kestrel Terminals holds 70 %")


def test_the_writers_own_word_cannot_be_judged(empty: Workspace, folder: Path) -> None:
    """It counts in the bounds only: its grade is F6, unless one is given with its reason."""
    site = folder / "site.yaml"
    text = site.read_text("utf-8").replace("    source: nor-005\n", '    source: {own: "I was told"}\n')
    site.write_text(text, "utf-8")
    empty.ingest(folder)
    safeguard = [r for r in empty.statements() if r["entity_id"] == "maintenance-windows"]
    assert {r["grade"] for r in safeguard} == {"F6"}


def test_the_schemas_are_schemas(example: Workspace) -> None:
    """Each file of a case folder has one, and it is valid itself."""
    for name in ("case", "site", "sources", "facts", "decisions"):
        text = files("longarm.ingest").joinpath("schemas", f"{name}.schema.json").read_text("utf-8")
        jsonschema.Draft202012Validator.check_schema(json.loads(text))


def test_a_file_that_belongs_to_no_case_is_named(empty: Workspace, folder: Path) -> None:
    """It is not read, and that is said."""
    (folder / "notes.txt").write_text("x", "utf-8")
    assert any("notes.txt" in w for w in empty.ingest(folder).warnings)


def test_publishers_without_a_class_are_named_and_graded_as_a_copy(
    empty: Workspace, folder: Path, tmp_path: Path
) -> None:
    """Nobody vouches for them, and no rule knows them; one that a rule knows needs no line."""
    edit(folder, "sources.yaml", "  - {name: Crane Weekly, class: press, because: trade press}\n", "")
    facts = folder / "facts.json"
    written = facts.read_text("utf-8")
    known = longarm.init(tmp_path / "known")
    assert known.ingest(folder).warnings == ()
    assert {r["grade"] for r in known.statements() if r["entity_id"] == "nor-004"} == {"B3"}
    facts.write_text(written.replace("Crane Weekly", "Xyzzy"), "utf-8")
    taken = empty.ingest(folder)
    assert any("Xyzzy" in w for w in taken.warnings)
    assert {r["grade"] for r in empty.statements() if r["entity_id"] == "nor-004"} == {"C3"}


def test_plain_entities_say_that_they_cannot_be_judged(tmp_path: Path) -> None:
    """Unless a publisher's class is given."""
    path = tmp_path / "x.ftm.jsonl"
    path.write_text('{"id": "a", "schema": "Company", "properties": {"name": ["A"]}}\n', "utf-8")
    first = longarm.init(tmp_path / "one")
    assert any("cannot be judged" in w for w in first.ingest(path).warnings)
    second = longarm.init(tmp_path / "two")
    from longarm.model.options import IngestOptions

    second.ingest(path, IngestOptions(publisher="The register", publisher_class="register"))
    assert {r["grade"] for r in first.statements()} == {"F6"}
    assert {r["grade"] for r in second.statements()} == {"A1"}
    with pytest.raises(longarm.LongarmError, match="not a class"):
        second.ingest(path, IngestOptions(publisher_class="gossip"))

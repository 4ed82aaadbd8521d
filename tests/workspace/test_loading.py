"""Loads: whole or not seen, stopped and gone on with, never twice; the same however they are cut."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from invented_register import Desk

import longarm
from longarm.errors import SourceError
from longarm.model.options import IngestOptions
from longarm.model.tables import STATEMENTS
from longarm.store import decisions, loads
from longarm.workspace import Workspace, loading, preparing

HEAD = "#register list 2026-01-01 -\n"
LINES = HEAD + "".join(f"e{i % 17} Name {i % 23}\n" for i in range(40))


def facts(ws: Workspace) -> list[tuple[object, ...]]:
    """What is on file, whatever parts it lies in."""
    rows = longarm.open(ws.layout.root).statements()
    return sorted(tuple(str(v) for k, v in r.items() if k != "record") for r in rows)


def test_a_load_that_is_killed_shows_nothing_and_goes_on_to_the_same_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after every chunk in turn: what was acknowledged is not read again, and all is there once."""
    monkeypatch.setattr(loading, "ROWS", 5)
    for dies in (1, 2, 4):
        desk.reader.die_after = dies
        with pytest.raises(KeyboardInterrupt):
            desk.bring(LINES)
        assert facts(desk.ws) == []
        assert decisions.commits(desk.ws.database) == []
    (unfinished,) = loads.unfinished(desk.ws.database)
    assert len(unfinished.stretches) == 0 + 1 + 4, "the first chunk alone does not fill a part"
    desk.reader.die_after = 10**9
    done = desk.bring(LINES)
    assert done.commit == 1
    whole = longarm.init(desk.folder / "whole")
    other = Desk(whole, desk.folder, desk.reader)
    monkeypatch.setattr(loading, "ROWS", 1_000_000)
    once = other.bring(LINES)
    assert done.statements == once.statements
    assert facts(desk.ws) == facts(whole)
    assert not list(desk.ws.layout.loading.glob("*")), "notes of a finished load are gone"


def test_the_same_source_twice_is_once(desk: Desk) -> None:
    """Neither a part nor a commit."""
    first = desk.bring(LINES)
    again = desk.bring(LINES, "2026-12-24")
    assert first.statements == len(facts(desk.ws)) > 0
    assert again.commit is None
    assert len(facts(desk.ws)) == first.statements


def test_bad_rows_are_kept_with_their_reasons_over_all_stretches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one file, in the order of the source."""
    monkeypatch.setattr(loading, "ROWS", 4)
    taken = desk.bring(HEAD + "a A\n?\nb B\nc C\n?\nd D\n?\n")
    assert taken.rejects == 3
    assert taken.reject_file
    kept = [json.loads(r) for r in (desk.ws.layout.root / taken.reject_file).read_text("utf-8").splitlines()]
    assert [r["line"] for r in kept] == [3, 6, 8]
    assert [p.name for p in desk.ws.layout.rejects.iterdir()] == [Path(taken.reject_file).name]


def test_a_source_of_nothing_but_bad_rows_is_refused(desk: Desk) -> None:
    """With the first of them; and nothing is on file."""
    with pytest.raises(SourceError, match="no answer"):
        desk.bring(HEAD + "?\n?\n")
    assert decisions.commits(desk.ws.database) == []


def test_what_no_statement_may_hold_is_set_aside(desk: Desk) -> None:
    """A control character that a reader let through; the row beside it is taken."""
    taken = desk.bring(HEAD + "a Plain\nb Bell\a\n")
    assert taken.rejects == 1
    assert set(desk.names()) == {"Plain"}


ENTITY = '{"id": "%s", "schema": "Company", "properties": {"name": ["%s"]}}\n'


@pytest.mark.parametrize("packing", ["plain", "gzip", "zstd", "zip", "zip of gzip"])
def test_a_packed_source_gives_what_the_plain_one_gives(tmp_path: Path, packing: str) -> None:
    """Told by its bytes: the file is called the same."""
    data = (ENTITY % ("a", "Acme") + ENTITY % ("b", "Bolt")).encode()
    path = tmp_path / "source"
    if packing.startswith("zip"):
        with zipfile.ZipFile(path, "w") as out:
            out.writestr("inner/entities.json", gzip.compress(data) if packing.endswith("gzip") else data)
    else:
        packed = {"plain": data, "gzip": gzip.compress(data), "zstd": pa.compress(data, "zstd", asbytes=True)}
        path.write_bytes(packed[packing])
    ws = longarm.init(tmp_path / "ws")
    assert ws.ingest(path).statements == 4
    assert [e["id"] for e in ws.entities()] == ["a", "b"]


def test_a_folder_a_glob_and_an_archive_of_several_are_one_load(tmp_path: Path) -> None:
    """Each file is a document of its own, so that a row's number says where it stands."""
    folder = tmp_path / "many"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.jsonl").write_text(ENTITY % (name, name * 3), "utf-8")
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as out:
        for name in "ab":
            out.write(folder / f"{name}.jsonl", f"{name}.jsonl")
    found = []
    for number, source in enumerate((folder, folder / "*.jsonl", tmp_path / "many.zip")):
        ws = longarm.init(tmp_path / f"ws{number}")
        taken = ws.ingest(source, IngestOptions(dataset="many"))
        assert (taken.documents, taken.statements, taken.commit) == (2, 4, 1)
        found.append({(r["id"], r["document"], r["record"]) for r in ws.statements()})
    assert found[0] == found[1] == found[2]
    assert {record for _, _, record in found[0]} == {1}


def test_standard_input_is_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept before it is read: it comes only once."""

    class Piped:
        buffer = (tmp_path / "piped").open("w+b")

    Piped.buffer.write((ENTITY % ("a", "Acme")).encode())
    Piped.buffer.seek(0)
    monkeypatch.setattr("sys.stdin", Piped)
    ws = longarm.init(tmp_path / "ws")
    assert ws.ingest("-").statements == 2
    Piped.buffer.close()


def test_parts_written_before_records_were_kept_are_read(example: Workspace) -> None:
    """A case says no record: the column is there, and empty."""
    assert {r["record"] for r in example.statements()} == {None}


def test_the_same_document_under_another_grade_or_format_adds_only_what_is_new(tmp_path: Path) -> None:
    """An id is on file once, whichever load brought it."""
    path = tmp_path / "source"
    path.write_text(ENTITY % ("a", "Acme"), "utf-8")
    ws = longarm.init(tmp_path / "ws")
    ws.ingest(path)
    graded = ws.ingest(path, IngestOptions(publisher_class="register"))
    assert graded.statements == 2, "under its grade it is another statement"
    again = ws.ingest(path, IngestOptions(publisher="Somebody", publisher_class="register"))
    assert again.statements == 0
    ids = ws.table(STATEMENTS).column("id").to_pylist()
    assert len(ids) == len(set(ids)) == 4


def test_a_large_load_keeps_the_memory_of_one_part(tmp_path: Path) -> None:
    """Chunks go to disk as they come: ten times the rows, the same parts each."""
    ws = longarm.init(tmp_path / "ws")
    path = tmp_path / "many.jsonl"
    path.write_text("".join(ENTITY % (f"e{i}", f"Name {i}") for i in range(5000)), "utf-8")
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    (task,) = preparing.tasks(ws, str(path), IngestOptions(), now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("longarm.ingest.lines.BLOCK", 1 << 14)
        patch.setattr(loading, "ROWS", 1000)
        loading.load(ws, task)
    parts = decisions.parts(ws.database, "statements")
    assert sum(p.rows for p in parts) == 10_000
    assert max(p.rows for p in parts) <= 2000

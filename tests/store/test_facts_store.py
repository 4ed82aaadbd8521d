"""Facts: append-only, whole or not at all, the same bytes twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import longarm
from longarm.errors import Damaged, NoWorkspace, WorkspaceExists
from longarm.model.options import ReachOptions
from longarm.store import archive, layout
from longarm.workspace import Workspace
from tests_support import case


def digest(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_ingesting_the_same_folder_twice_adds_nothing(example: Workspace) -> None:
    """Neither a part, nor a document, nor a commit."""
    before = digest(example.layout.root / "facts")
    again = example.ingest(case("example"))
    assert again.commit is None
    assert digest(example.layout.root / "facts") == before


def test_derived_data_come_back_the_same_byte_for_byte(example: Workspace) -> None:
    """Nothing derived is precious."""
    shutil.rmtree(example.layout.derived, ignore_errors=True)
    example.reach("port-of-norhaven", "AU")
    before = digest(example.layout.derived)
    shutil.rmtree(example.layout.derived)
    longarm.open(example.layout.root).reach("port-of-norhaven", "AU")
    assert before
    assert digest(example.layout.derived) == before


def test_a_damaged_derived_file_is_made_again(example: Workspace) -> None:
    """A broken cache is no fault of the user's."""
    report = example.reach("port-of-norhaven", "AU")
    for path in example.layout.derived.rglob("*"):
        if path.is_file():
            path.write_bytes(b"{")
    assert longarm.open(example.layout.root).reach("port-of-norhaven", "AU") == report


@pytest.mark.parametrize("n", range(12))
def test_a_writer_that_is_killed_leaves_the_old_state_whole(
    example: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    """Killed at the n-th file operation, or just before the commit: readers see what they saw before."""
    before = example.statements()
    changed = tmp_path / "changed"
    shutil.copytree(case("example"), changed)
    site = changed / "site.yaml"
    site.write_text(site.read_text("utf-8").replace('share: "70"', 'share: "60"'), "utf-8")
    calls = {"left": n}
    real = layout.write_whole

    def failing(path: Path, data: bytes) -> None:
        if calls["left"] == 0:
            raise KeyboardInterrupt
        calls["left"] -= 1
        real(path, data)

    for module in ("longarm.store.layout", "longarm.store.archive", "longarm.store.lake"):
        monkeypatch.setattr(f"{module}.write_whole", failing)
    try:
        longarm.open(example.layout.root).ingest(changed)
        killed = False
    except KeyboardInterrupt:
        killed = True
    monkeypatch.undo()
    after = longarm.open(example.layout.root).statements()
    assert (after == before) == killed
    if killed:
        longarm.open(example.layout.root).ingest(changed)
        assert longarm.open(example.layout.root).statements() != before


def test_a_changed_part_is_named_and_not_believed(example: Workspace) -> None:
    """Bytes on disk that are not those that were committed raise Damaged."""
    part = next(example.layout.parts.glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:-3] + b"xyz")
    damaged = longarm.open(example.layout.root)

    def read_all() -> None:
        damaged.statements()
        damaged.documents()
        damaged.origins()

    with pytest.raises(Damaged, match=part.stem):
        read_all()


def test_a_changed_document_is_named_and_not_believed(example: Workspace) -> None:
    """The archive checks the hash whenever it gives a document."""
    document = next(iter(example.documents()))
    path = next(p for p in example.layout.documents.rglob(document))
    path.write_bytes(b"something else")
    with pytest.raises(Damaged, match=document):
        example.text(document)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, "/etc/passwd"])
def test_the_archive_gives_nothing_but_documents(tmp_path: Path, name: str) -> None:
    """An id that is no hash is never made a path."""
    with pytest.raises(longarm.LongarmError, match="not the id"):
        archive.get(tmp_path, name)


def test_a_workspace_is_found_from_inside_it_and_made_only_once(tmp_path: Path) -> None:
    """`init` never overwrites; `open` looks upwards."""
    with pytest.raises(NoWorkspace):
        longarm.open(tmp_path)
    longarm.init(tmp_path / "ws")
    with pytest.raises(WorkspaceExists):
        longarm.init(tmp_path / "ws")
    inside = tmp_path / "ws" / "facts"
    assert longarm.open(inside).layout.root == (tmp_path / "ws").absolute()


def test_nothing_is_known_before_it_was_retrieved(example: Workspace) -> None:
    """Known time: before the day on which its documents were retrieved, a case is not there."""
    assert example.statements(known_at="2026-11-22") == []
    assert example.statements(known_at="2026-11-23")
    with pytest.raises(longarm.LongarmError, match="no site"):
        example.reach("port-of-norhaven", "AU", ReachOptions(known_at="2026-11-22"))


def test_valid_time_is_asked_for_apart(example: Workspace) -> None:
    """Before March 2019 the terminal had no operator, and the base holds no law that was in force: nothing to assess.

    A little later the law was there, the terminal was not.
    """
    report = example.reach("port-of-norhaven", "AU", ReachOptions(as_of="2018-01-01"))
    assert {f["rung"] for f in report["findings"]} == {"not assessed"}
    report = example.reach("port-of-norhaven", "AU", ReachOptions(as_of="2018-12-31"))
    assert {f["rung"] for f in report["findings"]} == {"no path found"}
    now = example.reach("port-of-norhaven", "AU")
    assert "means only" in {f["rung"] for f in now["findings"]}


def test_both_writers_of_one_moment_are_kept(example: Workspace, tmp_path: Path) -> None:
    """Two commits that both thought they were next lose nothing."""
    rows: list[dict[str, Any]] = []
    for i, share in enumerate(("61", "62")):
        folder = tmp_path / str(i)
        shutil.copytree(case("example"), folder)
        site = folder / "site.yaml"
        site.write_text(site.read_text("utf-8").replace('share: "70"', f'share: "{share}"'), "utf-8")
        longarm.open(example.layout.root).ingest(folder)
    rows = longarm.open(example.layout.root).statements()
    assert {"61", "62", "70"} <= {r["value"] for r in rows if r["prop"] == "percentage"}

"""Facts: append-only, whole or not at all, the same bytes twice."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import longarm
from longarm.errors import Damaged, NoWorkspace, WorkspaceExists
from longarm.model.options import ReachOptions
from longarm.store import archive, files
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
    real = files.write_whole

    def failing(path: Path, data: bytes) -> None:
        if calls["left"] == 0:
            raise KeyboardInterrupt
        calls["left"] -= 1
        real(path, data)

    for module in ("longarm.store.files", "longarm.store.archive", "longarm.store.lake"):
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
    with pytest.raises(longarm.LongarmError, match="nothing was on file"):
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


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Two processes ingest two cases into one workspace at the same time: both are there, whole."""
    longarm.init(tmp_path / "ws").cases()
    command = [sys.executable, "-m", "longarm.cli", "--workspace", str(tmp_path / "ws"), "ingest"]
    names = ("example", "tollerort")
    writers = [subprocess.Popen([*command, str(case(n))], stderr=subprocess.PIPE) for n in names]
    for writer in writers:
        _, said = writer.communicate(timeout=120)
        assert writer.returncode == 0, said
    both = longarm.open(tmp_path / "ws")
    for name in names:
        alone = longarm.init(tmp_path / name)
        alone.ingest(case(name))
        expected = {r["id"] for r in alone.statements()}
        assert expected <= {r["id"] for r in both.statements()}


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A copy of the example with a text replaced."""
    folder = tmp_path / f"changed-{len(list(tmp_path.iterdir()))}"
    shutil.copytree(case("example"), folder)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")
    return folder


def test_a_corrected_case_answers_as_if_it_had_always_been_so(example: Workspace, tmp_path: Path) -> None:
    """What the new version no longer states is withdrawn; nothing is added to the old value."""
    corrected = changed(tmp_path, "site.yaml", 'share: "70"', 'share: "10"')
    taken = longarm.open(example.layout.root).ingest(corrected)
    assert taken.withdrawn
    fresh = longarm.init(tmp_path / "fresh")
    fresh.ingest(corrected)
    mended = longarm.open(example.layout.root).reach("port-of-norhaven", "AU")
    assert mended["findings"] == fresh.reach("port-of-norhaven", "AU")["findings"]
    back = longarm.open(example.layout.root).ingest(case("example"))
    assert back.commit is not None
    first = longarm.init(tmp_path / "first")
    first.ingest(case("example"))
    again = longarm.open(example.layout.root).reach("port-of-norhaven", "AU")
    assert again["findings"] == first.reach("port-of-norhaven", "AU")["findings"]


def test_yesterdays_answer_can_be_made_again_after_a_correction(example: Workspace, tmp_path: Path) -> None:
    """Known time: what came in later is known later, even if its document is older."""
    yesterday = ReachOptions(known_at="2026-11-23")
    before = example.reach("port-of-norhaven", "AU", yesterday)
    for name, old, new in (
        ("site.yaml", 'share: "70"', 'share: "10"'),
        ("case.yaml", "threshold: 0.5", "threshold: 0.9"),
        ("sources.yaml", "class: listed-filing", "class: copy"),
    ):
        longarm.open(example.layout.root).ingest(changed(tmp_path, name, old, new))
    after = longarm.open(example.layout.root)
    assert after.reach("port-of-norhaven", "AU", yesterday) == before
    assert after.reach("port-of-norhaven", "AU")["findings"] != before["findings"]


def test_the_database_stays_in_the_workspace_whatever_it_is_called(tmp_path: Path) -> None:
    """A `?` or `#` in a folder's name is no part of an address."""
    ws = longarm.init(tmp_path / "a?b#c")
    ws.ingest(case("example"))
    assert [p.name for p in tmp_path.iterdir()] == ["a?b#c"]
    assert (tmp_path / "a?b#c" / "decisions.sqlite").is_file()


@pytest.mark.parametrize("kept", [b"[]", b"null", b"{", b"{}", b""])
def test_whatever_stands_in_the_cache_it_is_no_answer_unless_it_is_one(example: Workspace, kept: bytes) -> None:
    """It is made again."""
    report = example.reach("port-of-norhaven", "AU")
    for path in example.layout.derived.rglob("*.json"):
        path.write_bytes(kept)
    assert longarm.open(example.layout.root).reach("port-of-norhaven", "AU") == report


def test_another_case_in_the_workspace_changes_no_answer(example: Workspace) -> None:
    """Neither a figure, nor a gap, nor a warning."""
    before = example.reach("port-of-norhaven", "AU")
    example.ingest(case("tollerort"))
    assert longarm.open(example.layout.root).reach("port-of-norhaven", "AU") == before

"""The disk fails, or the program is killed, at every operation in turn: nothing is lost, nothing is half seen."""

from __future__ import annotations

import datetime as dt
import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from invented_register import Desk
from test_succession import delta, snapshot

import longarm
from longarm.store import decisions, files
from longarm.workspace import Workspace, columns, compacting, loading
from tests_support import case

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
FAULTS: dict[str, Callable[[], BaseException]] = {
    "full": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "broken": lambda: OSError(errno.EIO, "Input/output error"),
    "killed": lambda: KeyboardInterrupt(),
}


EACH = ["killed", pytest.param("full", marks=pytest.mark.long), pytest.param("broken", marks=pytest.mark.long)]


class Failing(files.Disk):
    """A disk whose n-th operation fails, and every one after it."""

    def __init__(self, good: int, fault: str):
        self.good = good
        self.fault = fault

    def __getattribute__(self, name: str) -> Any:
        found = object.__getattribute__(self, name)
        if name.startswith("_") or not callable(found):
            return found

        def counted(*args: Any) -> Any:
            if self.good == 0:
                fault = FAULTS[self.fault]()
                raise fault
            self.good -= 1
            return found(*args)

        return counted


def seen(ws: Workspace) -> list[dict[str, Any]]:
    """What a reader sees, either way."""
    fresh = longarm.open(ws.layout.root)
    rows = fresh.statements()
    assert sorted(columns.statements(fresh).to_pylist(), key=lambda r: r["id"]) == rows
    return rows


def survives(desk: Desk, act: Callable[[Desk], Any], fault: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Fail at each operation of an act in turn, from the same state; gives how many operations it has.

    After the fault a reader sees what was there before, or all that the act brings; done again, all of it.
    """
    start = desk.ws.layout.root
    before = seen(desk.ws)
    act(copied(desk, "whole"))
    whole = seen(longarm.open(desk.folder / "whole"))
    for n in range(1000):
        if fault == "broken" and n % 5:
            continue  # the same way out as a full disk, looked at here and there
        tried = copied(desk, "tried")
        with monkeypatch.context() as patch:
            patch.setattr(files, "disk", Failing(n, fault))
            try:
                act(tried)
            except (OSError, KeyboardInterrupt):
                pass
            else:
                assert n > 0
                assert seen(tried.ws) == whole
                return n
        is_committed = len(decisions.commits(tried.ws.database)) > len(decisions.commits(desk.ws.database))
        assert seen(tried.ws) == (whole if is_committed else before)
        assert not list(tried.ws.layout.root.rglob(".writing-*")), "nothing half-written is left"
        tried.ws = longarm.open(tried.ws.layout.root)
        act(tried)
        assert seen(tried.ws) == whole
        assert start == desk.ws.layout.root
    pytest.fail("it never went through")


def copied(desk: Desk, name: str) -> Desk:
    """The same workspace, elsewhere."""
    root = desk.folder / name
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(desk.ws.layout.root, root)
    return Desk(longarm.open(root), desk.folder, desk.reader)


@pytest.mark.parametrize("fault", EACH)
def test_a_load_survives_a_fault_at_every_operation(desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """A newer snapshot over an older one, in several stretches, with a bad row."""
    monkeypatch.setattr(loading, "ROWS", 4)
    desk.bring(snapshot("2026-01-01", a="A", b="B", c="C"), "2026-01-02")
    second = snapshot("2026-02-01", a="A", b="X", d="D", e="E") + "?\n"
    assert survives(desk, lambda d: d.bring(second, "2026-02-02"), fault, monkeypatch) >= 50


@pytest.mark.parametrize("fault", EACH)
def test_a_case_survives_a_fault_at_every_operation(desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """A case folder is taken whole or not."""
    folder = desk.folder / "case"
    folder.mkdir()
    shutil.copytree(case("example"), folder, dirs_exist_ok=True)
    assert survives(desk, lambda d: d.ws.ingest(folder), fault, monkeypatch) >= 50


@pytest.mark.parametrize("fault", EACH)
def test_a_compaction_survives_a_fault_at_every_operation(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Before, during and after, every reader sees the same."""
    three_months(desk)
    assert survives(desk, lambda d: compacting.compact(d.ws, NOW), fault, monkeypatch) >= 10


@pytest.mark.parametrize("fault", FAULTS)
def test_an_export_is_written_whole_or_not(
    example: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """What was there before stays."""
    from longarm.cli.frame import write_out

    path = tmp_path / "out.jsonl"
    path.write_bytes(b"older")
    for n in range(6):
        with monkeypatch.context() as patch:
            patch.setattr(files, "disk", Failing(n, fault))
            try:
                write_out(path, b"newer")
            except (OSError, KeyboardInterrupt):
                assert path.read_bytes() in (b"older", b"newer")
    write_out(path, b"newer")
    assert path.read_bytes() == b"newer"


def three_months(desk: Desk) -> None:
    """A register over time."""
    desk.bring(snapshot("2026-01-01", a="A", b="B", c="C"), "2026-01-02")
    desk.bring(snapshot("2026-02-01", a="A", b="X", d="D"), "2026-02-02")
    desk.bring(delta("2026-03-01", "2026-02-01", "-a", "e E"), "2026-03-02")


@pytest.mark.parametrize("known_at", [None, "2026-01-02", "2026-02-02", "2026-03-02"])
def test_a_compaction_changes_no_answer(desk: Desk, known_at: str | None) -> None:
    """To the byte, as known on any day; the parts are fewer; a second one has nothing to do."""
    three_months(desk)
    desk.ws.ingest(case("example"))
    desk.ws.ingest(case("tollerort"))
    before = longarm.open(desk.ws.layout.root).statements(known_at)
    done = compacting.compact(desk.ws, NOW)
    assert done.parts_after < done.parts_before
    assert longarm.open(desk.ws.layout.root).statements(known_at) == before
    assert compacting.compact(desk.ws, NOW).commit is None
    again = desk.bring(snapshot("2026-04-01", e="E"), "2026-04-02")
    assert again.withdrawn > 0, "what stands is found in merged parts too"


def test_two_compactions_at_once_lose_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The later of them is told, and changes nothing."""
    three_months(desk)
    before = seen(desk.ws)
    real = decisions.commit

    def slow(*args: Any, **more: Any) -> int:
        with monkeypatch.context() as patch:
            patch.setattr(decisions, "commit", real)
            compacting.compact(longarm.open(desk.ws.layout.root), NOW)
        return real(*args, **more)

    monkeypatch.setattr(decisions, "commit", slow)
    with pytest.raises(longarm.LongarmError, match="another compaction"):
        compacting.compact(desk.ws, NOW)
    assert seen(desk.ws) == before
    shutil.rmtree(desk.ws.layout.derived, ignore_errors=True)
    assert seen(desk.ws) == before

"""The disk fails, or the program is killed, at every operation in turn: nothing is lost, nothing is half seen."""

from __future__ import annotations

import datetime as dt
import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_succession import delta, snapshot

import longarm
from conftest import Desk  # type: ignore[attr-defined]
from longarm.store import decisions, files
from longarm.workspace import Workspace, columns, compacting, loading
from tests_support import case

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
FAULTS: dict[str, Callable[[], BaseException]] = {
    "full": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "broken": lambda: OSError(errno.EIO, "Input/output error"),
    "killed": lambda: KeyboardInterrupt(),
}


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


def survives(ws: Workspace, act: Callable[[], Any], fault: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Fail at each operation of an act in turn, until it goes through; gives at how many it failed."""
    before, commits = seen(ws), decisions.commits(ws.database)
    for n in range(500):
        with monkeypatch.context() as patch:
            patch.setattr(files, "disk", Failing(n, fault))
            try:
                act()
            except (OSError, KeyboardInterrupt):
                went_through = False
            else:
                went_through = True
        if went_through:
            return n
        assert seen(ws) == before
        assert decisions.commits(ws.database) == commits
        assert not list(ws.layout.root.rglob(".writing-*")), "nothing half-written is left"
    pytest.fail("it never went through")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_load_survives_a_fault_at_every_operation(desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """A newer snapshot over an older one, with bad rows: in the end the same as without a fault."""
    monkeypatch.setattr(loading, "ROWS", 4)
    first, second = (
        snapshot("2026-01-01", a="A", b="B", c="C"),
        snapshot("2026-02-01", a="A", b="X", d="D", e="E") + "?\n",
    )
    desk.bring(first, "2026-01-02")
    assert survives(desk.ws, lambda: desk.bring(second, "2026-02-02"), fault, monkeypatch) >= 10
    whole = Desk(longarm.init(desk.folder / "whole"), desk.folder, desk.reader)
    whole.bring(first, "2026-01-02")
    whole.bring(second, "2026-02-02")
    assert seen(desk.ws) == seen(whole.ws)
    assert [p.name for p in desk.ws.layout.rejects.iterdir()] == [p.name for p in whole.ws.layout.rejects.iterdir()]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_case_survives_a_fault_at_every_operation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """A case folder is taken whole or not."""
    ws = longarm.init(tmp_path / "ws")
    failed = survives(ws, lambda: longarm.open(ws.layout.root).ingest(case("example")), fault, monkeypatch)
    assert failed >= 10
    assert seen(ws)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_compaction_survives_a_fault_at_every_operation(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Before, during and after, every reader sees the same."""
    three_months(desk)
    before = seen(desk.ws)
    assert survives(desk.ws, lambda: compacting.compact(desk.ws, NOW), fault, monkeypatch) >= 5
    assert seen(desk.ws) == before


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

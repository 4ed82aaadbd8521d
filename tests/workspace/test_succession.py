"""Snapshots and deltas over time: what vanished has ended, what stayed is not written twice, and yesterday stays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_register import Desk

import longarm
from longarm.errors import SourceError
from longarm.workspace import loading


def snapshot(date: str, **names: str) -> str:
    """A register as a whole."""
    return f"#register snapshot {date} -\n" + "".join(f"{e} {n}\n" for e, n in names.items())


def delta(date: str, follows: str, *rows: str) -> str:
    """What changed in it."""
    return f"#register delta {date} {follows}\n" + "".join(f"{r}\n" for r in rows)


def test_a_newer_snapshot_ends_what_vanished_and_keeps_what_was(desk: Desk) -> None:
    """The end is the snapshot's date; known from the day on which it came in; what stayed was seen again."""
    desk.bring(snapshot("2026-01-01", a="Acme", b="Bolt", c="Crane"), "2026-01-05")
    taken = desk.bring(snapshot("2026-02-01", a="Acme", b="Bolt & Nut"), "2026-02-05")
    assert (taken.statements, taken.withdrawn) == (1, 3)
    assert desk.names() == {
        "Acme": (None, "2026-02-05"),
        "Bolt": ("2026-02-01", "2026-01-05"),
        "Bolt & Nut": (None, "2026-02-05"),
        "Crane": ("2026-02-01", "2026-01-05"),
    }
    before = {"Acme": (None, "2026-01-05"), "Bolt": (None, "2026-01-05"), "Crane": (None, "2026-01-05")}
    assert desk.names("2026-02-04") == before, "what was known then stays what was known then"


def test_what_comes_back_is_a_statement_of_its_own(desk: Desk) -> None:
    """It had ended; the newer document says it anew."""
    for month, names in enumerate(({"a": "Acme"}, {"b": "Bolt"}, {"a": "Acme", "b": "Bolt"}), start=1):
        desk.bring(snapshot(f"2026-0{month}-01", **names), f"2026-0{month}-02")
    rows = [r for r in longarm.open(desk.ws.layout.root).statements() if r["value"] == "Acme"]
    assert sorted(str(r["valid_to"]) for r in rows) == ["2026-02-01", "None"]


def test_the_same_snapshot_twice_is_once(desk: Desk) -> None:
    """Nothing ends, nothing is added."""
    first = snapshot("2026-01-01", a="Acme")
    desk.bring(first, "2026-01-05")
    assert desk.bring(first, "2026-03-05").commit is None
    assert desk.names() == {"Acme": (None, "2026-01-05")}


def test_an_older_snapshot_after_a_newer_is_refused(desk: Desk) -> None:
    """It would end what came later; the message says what to do."""
    desk.bring(snapshot("2026-02-01", a="Acme"))
    with pytest.raises(SourceError, match="one of 2026-02-01 is on file already"):
        desk.bring(snapshot("2026-01-01", b="Bolt"))
    assert set(desk.names()) == {"Acme"}


def test_deltas_apply_in_order_and_a_gap_is_reported(desk: Desk) -> None:
    """An entity that a delta speaks of loses what it no longer has; one that it closes loses all; others stay."""
    desk.bring(snapshot("2026-01-01", a="Acme", b="Bolt", c="Crane", d="Dock"), "2026-01-02")
    first = desk.bring(delta("2026-01-08", "2026-01-01", "b Bolt & Nut", "-c", "e Edge"), "2026-01-09")
    assert first.warnings == ()
    assert desk.names()["Acme"] == (None, "2026-01-02")
    assert desk.names()["Bolt"][0] == desk.names()["Crane"][0] == "2026-01-08"
    assert desk.names()["Bolt & Nut"][0] is desk.names()["Edge"][0] is None
    second = desk.bring(delta("2026-01-22", "2026-01-15", "c Crane", "-e"), "2026-01-23")
    assert "gap" in second.warnings[0]
    assert "2026-01-15" in second.warnings[0]
    assert desk.names()["Edge"][0] == "2026-01-22"


def test_what_a_delta_says_and_closes_later_has_ended(desk: Desk) -> None:
    """In the order of the source; closed first and said again later, it stands."""
    desk.reader.chunk = 1
    desk.bring(snapshot("2026-01-01", a="Acme", b="Bolt"), "2026-01-02")
    desk.bring(delta("2026-02-01", "2026-01-01", "n New", "-n", "-a", "a Acme", "b Bolt", "-b"), "2026-02-02")
    ends = {name: end for name, (end, _) in desk.names().items()}
    assert ends == {"Acme": None, "Bolt": "2026-02-01", "New": "2026-02-01"}


def test_a_list_ends_nothing(desk: Desk) -> None:
    """What is missing in an open list is missing, no more."""
    desk.bring("#register list 2026-01-01 -\na Acme\n", name="open.txt")
    desk.bring("#register list 2026-02-01 -\nb Bolt\n", name="open.txt")
    assert {end for end, _ in desk.names().values()} == {None}


NAMES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["Acme", "Bolt", "Crane"]), min_size=1)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=1, max_size=4), st.integers(0, 4))
def test_what_stands_is_what_the_last_snapshot_has(desk: Desk, months: list[dict[str, str]], dies: int) -> None:
    """However many came before, and wherever the load of one of them was stopped."""
    desk.ws = longarm.init(desk.folder / f"ws-{len(list(desk.folder.iterdir()))}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "ROWS", 3)
        desk.reader.chunk = 1
        for month, names in enumerate(months, start=1):
            text, day = snapshot(f"2026-0{month}-01", **names), f"2026-0{month}-02"
            desk.reader.die_after = dies
            try:
                desk.bring(text, day)
            except KeyboardInterrupt:
                desk.reader.die_after = 10**9
                desk.bring(text, day)
            rows = longarm.open(desk.ws.layout.root).statements()
            stands = {(r["entity_id"], r["value"]) for r in rows if r["prop"] == "name" and r["valid_to"] is None}
            assert stands == set(names.items())

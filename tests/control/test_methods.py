"""All methods side by side."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from holding_draws import NAMES, holding, of, rows
from hypothesis import given

from longarm.control.holdings import Holding, Holdings
from longarm.control.methods import METHODS, side_by_side
from longarm.errors import OptionError, UnknownEntity
from longarm.model.terms import WHOLE


def test_every_method_names_its_source() -> None:
    """Law or paper, for each; the key is the name."""
    assert all(m.name == name and m.title and m.source for name, m in METHODS.items())


def test_the_methods_disagree_where_they_should() -> None:
    """A chain of 60 and 30 %: full for the register, 18 % multiplied, no ownership for sanctions."""
    found = {r.method: r for r in side_by_side(of(("S", "A", 60.0), ("A", "T", 30.0)), root="S", target="T")}
    assert {name: r.value for name, r in found.items()} == {
        "integrated": "18 %", "multiplied": "18 %", "interval": "18 %", "ofac50": "not owned", "eu50": "not owned",
        "psc": "25-50 %", "awv10": "reached", "awv20": "reached", "awv25": "reached", "capability": "shape, stop",
    }  # fmt: skip
    assert found["awv25"].number == found["psc"].number == WHOLE * 3 // 10
    assert found["integrated"].number == WHOLE * 18 // 100


def test_asked_about_a_company_the_methods_look_upwards() -> None:
    """Everybody above it is a row; nothing beside it is."""
    rows_found = side_by_side(
        of(("S", "A", 60.0), ("A", "T", 60.0), ("A", "U", 60.0)), target="T", methods=["majority"]
    )
    assert [(r.holder, r.held, r.value) for r in rows_found] == [("A", "T", "controls"), ("S", "T", "controls")]


def test_the_date_decides_the_test_of_ownership() -> None:
    """Exactly one half before and after 3 July 2024."""
    found = of(("S", "A", 50.0))
    for day, value in ((dt.date(2024, 7, 2), "not owned"), (dt.date(2024, 7, 3), "owned")):
        assert [r.value for r in side_by_side(found, root="S", methods=["eu50"], as_of=day)] == [value]


def test_a_range_shows_what_is_certain_and_what_may_be() -> None:
    """25 to 60 % is no majority for certain and may be one; an unknown share is nothing for certain, never zero."""
    found = Holdings.of([holding("S", "A", WHOLE // 4, WHOLE * 6 // 10), Holding("S", "B", "unknown")])
    shown = {(r.method, r.held): (r.value, r.at_most) for r in side_by_side(found, root="S")}
    assert shown["ofac50", "A"] == ("not owned", "owned")
    assert shown["psc", "A"] == ("none", "50-75 %")
    assert shown["majority", "A"] == ("may control", "controls")
    assert shown["integrated", "B"] == ("none", "100 %")
    assert all(r.at_most is None for r in side_by_side(of(("S", "A", 60.0)), root="S"))


def test_what_is_not_there_is_named() -> None:
    """An unknown holder, an unknown method, and no question at all."""
    found = of(("S", "A", 50.0))
    with pytest.raises(UnknownEntity, match="'X'"):
        side_by_side(found, root="X")
    with pytest.raises(OptionError, match="majority"):
        side_by_side(found, root="S", methods=["magic"])
    with pytest.raises(OptionError, match="neither"):
        side_by_side(found)


@given(rows(ranged=True))
def test_no_holdings_break_a_method(drawn: list[Holding]) -> None:
    """Each method answers for everybody, in plain values."""
    found = Holdings.of(
        [*drawn, Holding("A", "G", "unknown"), holding("A", "A", WHOLE // 10), Holding("G", "A", "golden")]
    )
    for name in ("A", NAMES[-1]):
        if name in found.entities:
            assert all(isinstance(r.to_dict()["words"], str) for r in side_by_side(found, root=name))
            side_by_side(found, target=name)


def test_a_chain_of_ten_thousand_is_answered_by_every_method() -> None:
    """No recursion, and no method that looks at every pair."""
    found = of(*((f"c{at:05d}", f"c{at + 1:05d}", 60.0) for at in range(10_000)))
    start = time.perf_counter()
    rows_found = side_by_side(found, root="c00000")
    assert {r.method for r in rows_found} == set(METHODS)
    assert time.perf_counter() - start < 60

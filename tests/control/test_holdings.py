"""Reading holdings, and what is odd about them."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.control.holdings import Holdings
from longarm.control.kinds import KINDS, kind_of
from longarm.control.majority import closure, pairs
from longarm.control.rows import fraction, read_rows
from longarm.control.sheet import read_csv
from longarm.errors import SourceError
from longarm.model.shares import Share
from longarm.model.terms import WHOLE


def _row(**more: Any) -> dict[str, Any]:
    return {"owner": "A", "owned": "B", "share": 0.3, "kind": "shares", **more}


@pytest.mark.parametrize("share", [-0.1, 1.5, math.nan, math.inf, True, "much", [0.5, 0.2], [0.1], {}, "12,5"])
def test_a_share_that_is_none_is_given_back_with_its_row(share: object) -> None:
    """The row is left out and named; the others stay as they are."""
    read = read_rows([_row(), _row(owned="C", share=share)], "some.json")
    assert [h.owned for h in read.rows] == ["B"]
    assert [(r.where.file, r.where.line) for r in read.rejects] == [("some.json", 2)]
    assert any(w.startswith("row 2: ") for w in read.holdings().warnings)


@pytest.mark.parametrize(
    "row", [{}, {"owner": "A"}, {"owner": " ", "owned": "B"}, _row(valid_from="May"), _row(step="x"), 3]
)
def test_a_row_without_a_name_or_with_a_wrong_date_is_given_back(row: Any) -> None:
    """Nothing is guessed."""
    read = read_rows([row])
    assert not read.rows
    assert len(read.rejects) == 1


def test_shares_that_sum_to_more_than_the_whole_are_reported_and_not_normalised() -> None:
    """60 % and 60 % stay 60 % and 60 %, and the warning names both rows."""
    found = read_rows([_row(share=0.6), _row(owner="C", share=0.6)]).holdings()
    assert [h.owns.lo for h in found.rows] == [600_000_000] * 2
    assert any("rows 1, 2" in w and "120 %" in w for w in found.warnings)


def test_the_same_row_twice_counts_once_and_is_reported() -> None:
    """Two sources on one holding are one tie, never a sum (design 4.1)."""
    found = read_rows([_row(), _row()]).holdings()
    assert len(found.rows) == 1
    assert any("rows 1 and 2" in w and "counts once" in w for w in found.warnings)
    assert not closure(found, ["A"])


def test_two_shares_for_one_holding_give_the_range_between() -> None:
    """The lower end uses the smaller, the upper end the larger."""
    found = read_rows([_row(share=0.3), _row(share=0.6)]).holdings()
    assert [h.owns for h in found.rows] == [Share(300_000_000, 600_000_000)]
    assert not closure(found, ["A"])
    assert closure(found, ["A"], end="hi") == {"B"}


def test_two_classes_of_shares_are_two_holdings() -> None:
    """30 % in one class and 30 % in another are 60 %."""
    found = read_rows([_row(share_class="a"), _row(share_class="b")]).holdings()
    assert closure(found, ["A"]) == {"B"}


def test_own_shares_carry_no_votes_and_are_reported() -> None:
    """41 of the 80 % that can vote are a majority (AktG 16(3), 71b)."""
    found = read_rows([_row(share=0.41), _row(owner="B", share=0.2)]).holdings()
    assert closure(found, ["A"]) == {"B"}
    assert any("row 2" in w and "own shares" in w for w in found.warnings)


def test_components_are_never_added_to_the_declared_whole() -> None:
    """BODS: a component record explains an indirect interest, it is no further one."""
    read = read_rows([_row(), _row(owned="C", component=True), _row(owned="D", indirect="true")])
    assert [h.owned for h in read.rows] == ["B"]
    assert len(read.warnings) == 2


def test_suspended_votes_count_for_nobody_while_the_ownership_stays() -> None:
    """From and to a date (design 4.2); an unclear day counts where it gives less."""
    rows = [_row(share=0.6, suspended_from="2024-02", suspended_to="2024-06-30"), _row(owner="C", share=0.3)]
    found = read_rows(rows).holdings()
    assert closure(found.at(dt.date(2024, 1, 31)), ["A"]) == {"B"}
    assert not closure(found.at(dt.date(2024, 2, 15)), ["A"])
    assert closure(found.at(dt.date(2024, 2, 15), "hi"), ["A"], end="hi") == {"B"}
    paused = found.at(dt.date(2024, 5, 1))
    assert closure(paused, ["C"]) == {"B"}
    assert paused.into["B"][0].owns.lo == 600_000_000
    assert closure(found.at(dt.date(2024, 7, 1)), ["A"]) == {"B"}


def test_a_holding_counts_in_its_time_only() -> None:
    """A partial date is certain outside its span and in the upper end inside it."""
    found = read_rows([_row(share=0.6, valid_from="2020", valid_to="2022-06-01")]).holdings()
    for day, lower, upper in ((2019, 0, 0), (2020, 0, 1), (2021, 1, 1), (2023, 0, 0)):
        assert len(found.at(dt.date(day, 6, 1)).rows) == lower
        assert len(found.at(dt.date(day, 6, 1), "hi").rows) == upper


def test_numbers_of_worked_examples_are_parts_of_one_and_text_is_a_percentage() -> None:
    """0.2499 and '24.99 %' are the same share, exactly."""
    assert fraction(0.2499) == fraction("24.99 %") == Share(249_900_000, 249_900_000)
    assert fraction([0.25, 0.5], open_lower=True) == Share(250_000_001, 500_000_000)
    assert fraction([None, 0.5]) == Share(0, 500_000_000)
    assert fraction(None) is None


@pytest.mark.parametrize(("word", "kind"), [("Golden share", "golden"), ("votingRights", "votes"), (None, "shares")])
def test_the_words_of_the_ownership_standard_are_read(word: str | None, kind: str) -> None:
    """BODS 0.4 interest types and plain words name the same kinds."""
    assert kind_of(word) == (kind, True)
    assert kind in KINDS


def test_an_unknown_kind_is_reported_and_read_as_shares() -> None:
    """Unknown is a value, never dropped."""
    read = read_rows([_row(kind="friendship")])
    assert read.rows[0].kind == "shares"
    assert "friendship" in read.warnings[0]


@pytest.mark.parametrize(
    ("kind", "share", "controls"),
    [
        ("contract", None, True), ("trust", None, True), ("trust", 0.3, False), ("appointment", None, True),
        ("appointment", 0.6, True), ("appointment", 0.4, False), ("golden", 0.01, False), ("golden", None, False),
        ("seat", None, False), ("actual controller", None, True), ("subsidiary", None, True), ("profit", 0.9, False),
        ("votes", 0.6, True), ("consolidation", None, False), ("management", None, False), ("loan", 0.9, False),
        ("option", 0.9, False), ("unknown", None, False),
    ],
)  # fmt: skip
def test_what_controls_by_itself(kind: str, share: float | None, controls: bool) -> None:
    """Contract, trust, appointment and named controllers; never a golden share, a seat, a loan or an option."""
    found = read_rows([_row(kind=kind, share=share)]).holdings()
    assert (closure(found, ["A"]) == {"B"}) is controls


def test_a_free_float_controls_nobody() -> None:
    """Many small holders act with nobody."""
    assert pairs(read_rows([_row(kind="float", share=0.8)]).holdings()) == []


CSV = """owner,owned,share,kind,valid_from
State,HoldCo,51,shares,2020
HoldCo,"Port, Ltd",24.99 %,shares,
HoldCo,Ferry,25..50,shares,
State,Ferry,,golden share,
,Ferry,3,shares,
State,Quay,150,shares,
State,Pier,10,shares,2020,extra
"""


def test_a_csv_file_is_read_and_each_bad_line_is_named() -> None:
    """The others are read; the error has the file, the line and the reason."""
    found, rejects = read_csv(CSV, "holdings.csv")
    assert {h.label for h in found.rows} == {"State>HoldCo", "HoldCo>Port, Ltd", "HoldCo>Ferry", "State>Ferry"}
    assert [(r.where.file, r.where.line) for r in rejects] == [
        ("holdings.csv", 6),
        ("holdings.csv", 7),
        ("holdings.csv", 8),
    ]
    assert {h.owned: str(h.share) for h in found.out_of["HoldCo"]} == {"Port, Ltd": "24.99 %", "Ferry": "25 % to 50 %"}


def test_a_csv_file_in_parts_of_one_is_read_so_and_says_it() -> None:
    """Where no number exceeds 1, shares are parts of one; `percent` is never guessed."""
    found, _ = read_csv("owner;owned;share\nA;B;0.51\nA;C;0.25..0.5\n")
    assert [str(h.share) for h in found.rows] == ["51 %", "25 % to 50 %"]
    assert any("parts of one" in w for w in found.warnings)
    found, _ = read_csv("owner,owned,percent\nA,B,0.51\n")
    assert [str(h.share) for h in found.rows] == ["0.51 %"]


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", "owner,share\nA,5\n", 'owner,owned\n"A,B\n'])
def test_a_csv_file_without_its_columns_is_refused(text: str) -> None:
    """The error says what was expected."""
    with pytest.raises(SourceError, match=r"expected|CSV"):
        read_csv(text, "x.csv")


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever stands in the file: holdings, rejects or an error that says so."""
    try:
        found, _ = read_csv("owner,owned,share\n" + text)
    except SourceError:
        return
    assert isinstance(found, Holdings)


@given(st.lists(st.dictionaries(st.sampled_from(["owner", "owned", "share", "votes", "kind", "p", "step"]),
                                st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
                                | st.lists(st.floats(), max_size=3)), max_size=6))  # fmt: skip
def test_no_row_breaks_the_reader(rows: list[dict[str, Any]]) -> None:
    """Each row is read or given back; none is lost."""
    read = read_rows(rows)
    assert len(read.rows) + len(read.rejects) == len(rows)
    assert all(0 <= h.owns.lo <= h.owns.hi <= WHOLE for h in read.holdings().rows)

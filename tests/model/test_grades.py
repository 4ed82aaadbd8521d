"""Grades are labels with a stated table."""

from __future__ import annotations

import pytest

from longarm.model import grades


def test_the_shipped_table_is_that_of_the_design() -> None:
    """Design 4.1."""
    table = grades.table()
    assert [table.of_letter(x) for x in "ABCDE"] == [990, 950, 800, 500, 200]
    assert [table.of_digit(x) for x in "12345"] == [990, 950, 800, 500, 200]
    assert str(table.default("register")) == "A1"
    assert str(table.default("agency")) == "B2"


def test_what_cannot_be_judged_has_no_number() -> None:
    """F and 6 mean *cannot be judged*, not *bad*: never zero."""
    table = grades.table()
    assert table.of_letter("F") is None
    assert table.of_digit("6") is None
    assert not grades.read("F3").is_judgeable
    assert grades.in_words(grades.read("F6")) == "cannot be judged, cannot be judged"


def test_a_case_may_change_the_table() -> None:
    """What it does not change stays."""
    table = grades.table({"letters": {"B": 0.9}, "classes": {"press": "C2"}})
    assert table.of_letter("B") == 900
    assert table.of_letter("C") == 800
    assert str(table.default("press")) == "C2"


def test_an_allegation_is_one_digit_lower() -> None:
    """5 is the lowest, 6 is no digit of that scale."""
    assert [str(grades.read(g).lowered()) for g in ("B2", "B5", "B6")] == ["B3", "B5", "B6"]


@pytest.mark.parametrize("text", ["", "B", "22", "BB", "G1", "A7", "A10"])
def test_what_is_no_grade_is_refused(text: str) -> None:
    """With the value and what was expected."""
    with pytest.raises(ValueError, match="not a grade"):
        grades.read(text)

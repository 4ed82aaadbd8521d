"""The worked examples of ownership and control, and how a case file is run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from longarm.control.cases import agrees, run, run_file
from longarm.errors import SourceError

DATA: dict[str, Any] = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["id"])
def test_a_worked_example_comes_out_as_published(case: dict[str, Any]) -> None:
    """Every figure that a case expects is computed by general code, within the tolerance of the file."""
    outcomes = run(case, DATA["tolerance"])
    assert outcomes, "a case that expects nothing tests nothing"
    assert [o for o in outcomes if not o.agreed] == []


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["id"])
def test_the_order_of_the_holdings_changes_no_answer(case: dict[str, Any]) -> None:
    """Rows of a file have no order, unless a step says so."""
    turned = {**case, "holdings": list(reversed(case["holdings"]))}
    assert [o.computed for o in run(turned)] == [o.computed for o in run(case)]


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["id"])
def test_other_names_change_no_figure(case: dict[str, Any]) -> None:
    """No name is known to the code: with every entity renamed, the same figures agree."""
    names = sorted({h[end] for h in case["holdings"] for end in ("owner", "owned")}, key=len, reverse=True)
    if any(key.endswith(tuple(f"_in_{n}" for n in names)) or "contributes" in key for key in _keys(case["expected"])):
        pytest.skip("the keys of this case are made of names")
    renamed = {n: f"n{at:03d}x" for at, n in enumerate(sorted(names))}

    def turn(value: Any) -> Any:
        if isinstance(value, dict):
            if "after_step" in value:
                return {"after_step": {step: turn(state) for step, state in value["after_step"].items()}}
            return {turn(k): v if k in ("kind", "source") else turn(v) for k, v in value.items()}
        if isinstance(value, list):
            return [turn(v) for v in value]
        if isinstance(value, str):
            if value in renamed:
                return renamed[value]
            a, sign, b = value.partition(">")
            return f"{renamed[a]}>{renamed[b]}" if sign and a in renamed and b in renamed else value
        return value

    turned = {**case, "holdings": turn(case["holdings"]), "expected": turn(case["expected"])}
    assert [o for o in run(turned) if not o.agreed] == []


def _keys(value: Any) -> list[str]:
    if not isinstance(value, dict):
        return []
    return [*value, *(k for v in value.values() for k in _keys(v))]


def test_a_wrong_expectation_is_shown_as_a_difference() -> None:
    """The result stands beside the expectation, and the two are not the same."""
    case = {"id": "x", "holdings": [{"owner": "A", "owned": "B", "share": 0.6}], "expected": {"pairs": []}}
    (outcome,) = run(case)
    assert not outcome.agreed
    assert outcome.computed == [["A", "B"]]


def test_what_nothing_computes_is_a_difference_and_not_passed_over() -> None:
    """A name without an answer is no agreement."""
    case = {"id": "x", "holdings": [], "expected": {"colour": 3, "remark": "this one says something"}}
    assert [(o.what, o.agreed) for o in run(case)] == [("colour", False)]


@pytest.mark.parametrize(
    "case",
    [
        {"id": "x"},
        {"id": "x", "holdings": [{"owner": "A"}], "expected": {"integrated": {"A>B": 0}}},
        {
            "id": "x",
            "holdings": [{"owner": "A", "owned": "A", "share": 1}],
            "expected": {"minimal_cut_sets_control": []},
        },
        {"id": "x", "holdings": [{"owner": "A", "owned": "B", "share": 7}], "expected": {"as_of": "soon", "pairs": []}},
        {"id": "x", "holdings": [], "expected": {"tier": 11, "acquirers": ["A"], "target": "B", "votes": 0}},
    ],
)
def test_a_broken_case_is_an_outcome_and_no_crash(case: dict[str, Any]) -> None:
    """A case that cannot be asked says why, in its place among the others."""
    assert all(isinstance(o.to_dict(), dict) for o in run(case))


@pytest.mark.parametrize("data", [None, 3, {"cases": 3}, "cases"])
def test_a_file_that_holds_no_cases_is_refused(data: object) -> None:
    """The error names the file and the form that was expected."""
    with pytest.raises(SourceError, match="cases"):
        run_file(data, "some.json")


def test_a_whole_file_is_run_in_its_order() -> None:
    """One call for the command line: every figure of every case."""
    outcomes = run_file(DATA)
    assert list(dict.fromkeys(o.case for o in outcomes)) == [case["id"] for case in DATA["cases"]]
    assert all(o.agreed for o in outcomes)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (0.5, 0.5000001, True), (0.5, 0.51, False), (True, 1, False), (None, 0, False), (["a", "b"], ["b", "a"], True),
        ([["a", "b"]], [["b", "a"]], False), ([0.1, 0.2], [0.2, 0.1], False), ({"a": 1}, {"a": 1, "b": 2}, False),
    ],
)  # fmt: skip
def test_answers_are_compared_by_what_they_are(one: object, other: object, same: bool) -> None:
    """Numbers within the tolerance, names in any order, pairs in theirs; true is no number."""
    assert agrees(one, other) is same

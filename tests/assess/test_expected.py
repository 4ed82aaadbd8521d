"""Comparing reports with an `expected.json`: what counts as right, by which rule, and what binds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from longarm.assess.expected import Comparison, Outcome, compare

CONVENTION = (
    "Where the state commands an owner whose tie to the site is cut or too weak to carry means, the preferred rung is "
    "'no path found' with the cut named; 'legal power only' is also right. 'power and means' is wrong."
)


def found(rung: str, level: str | None = None, reading: str = "narrow", **more: Any) -> dict[str, Any]:
    """One finding of a report."""
    value = {"part": "quay", "capability": "see", "reading": reading, "rung": rung, "level": level}
    return {**value, "confidence": 0.75, "paths": [], "paths_more": 0, **more}


def wanted(rung: str = "no path found", level: str | None = None, **more: Any) -> dict[str, Any]:
    """An expected dict of one finding, in the narrow reading."""
    block = {"rung": rung, "level": level, "confidence": "moderate"}
    finding = {"id": "X1", "state": "cn", "part": "quay", "capability": "see", "narrow": block, "agreed": True}
    meta = {"case": "x", "default_as_of": "2026-11-23", "conventions": [CONVENTION]}
    return {"meta": meta, "site": "port", "findings": [{**finding, **more}]}


def check(expected: dict[str, Any], *findings: dict[str, Any]) -> Comparison:
    """Compare with a report that is always the same."""
    return compare(expected, lambda _state, _day, _scenario: {"findings": list(findings)})


def test_the_same_rung_and_level_is_as_expected() -> None:
    """Rung and level are compared; the reader's words for a confidence are shown and compared with nothing."""
    (row,) = check(wanted("power and means", "control"), found("power and means", "control")).rows
    assert (row.outcome, row.is_failure) == (Outcome.SAME, False)
    assert (row.expected_confidence, row.confidence) == ("moderate", 0.75)


def test_another_level_differs_where_one_is_asked_for() -> None:
    """`power and means` carries its level."""
    (row,) = check(wanted("power and means", "control"), found("power and means", "compel")).rows
    assert row.outcome is Outcome.DIFFERS
    assert row.is_failure


def test_no_level_asked_for_takes_any() -> None:
    """Null says nothing of the level."""
    (row,) = check(wanted("legal power only"), found("legal power only", "compel")).rows
    assert row.outcome is Outcome.SAME


@pytest.mark.parametrize(
    ("accept", "computed", "right"),
    [
        ("legal power only", ("legal power only", "compel"), True),
        ("legal power only (wide) where a tie of place is enough", ("legal power only", "compel"), False),
        ("power and means, level influence, low confidence if …", ("power and means", "influence"), True),
        ("power and means, level influence, low confidence if …", ("power and means", "control"), False),
        ("power and means (wide) if so: then it is power and means in both readings", ("power and means", "x"), True),
        ("ask the reader", ("power and means", "control"), False),
    ],
)
def test_an_alternative_is_read_from_its_beginning(accept: str, computed: tuple[str, str], right: bool) -> None:
    """A rung at the start, the reading in brackets and a level count; a text without a rung is shown, no more."""
    (row,) = check(wanted("means only", accept=[accept]), found(*computed)).rows
    assert (row.outcome is Outcome.ACCEPTED) is right
    assert row.used == (accept if right else None)
    assert row.unread == ((accept,) if accept.startswith("ask") else ())


def test_a_convention_allows_legal_power_where_a_cut_is_named() -> None:
    """The convention of the file, and only where it speaks of: an owner whose tie is cut or too weak."""
    computed = found("legal power only", "compel")
    (row,) = check(wanted(cut_by=["an order"]), computed).rows
    assert (row.outcome, row.used, row.is_failure) == (Outcome.CONVENTION, CONVENTION, False)
    (row,) = check(wanted(), computed).rows
    assert row.is_failure


def test_a_convention_allows_legal_power_over_an_owner_that_was_found() -> None:
    """A path through a holding shows the weak owner too."""
    hop = {"from": "state:CN", "to": "owner", "kind": "interest"}
    (row,) = check(wanted(), found("legal power only", "compel", paths=[{"hops": [hop]}])).rows
    assert row.outcome is Outcome.CONVENTION


def test_a_convention_never_allows_what_it_calls_wrong() -> None:
    """`power and means` is wrong there."""
    (row,) = check(wanted(cut_by=["an order"]), found("power and means", "control")).rows
    assert row.is_failure


def test_the_second_reader_counts_only_where_the_readers_differ() -> None:
    """Where they agree, there is one answer."""
    second = {"second_reader": {"narrow": "means only"}}
    (row,) = check(wanted(agreed=False, **second), found("means only")).rows
    assert row.outcome is Outcome.SECOND
    (row,) = check(wanted(agreed=True, **second), found("means only")).rows
    assert row.is_failure


def test_a_difference_without_agreement_is_reported_and_no_failure() -> None:
    """Neither answer binds."""
    compared = check(wanted(agreed=False), found("means only"))
    assert [r.id for r in compared.differences] == ["X1"]
    assert compared.failures == ()


def test_a_scenario_that_the_case_does_not_have_is_skipped_in_so_many_words() -> None:
    """It is never computed as if it were none."""

    def ask(_state: str, _day: str, scenario: str | None) -> Mapping[str, Any] | None:
        assert scenario == "original-deal"
        return None

    (row,) = compare(wanted(scenario="original-deal"), ask).rows
    assert (row.outcome, row.outcome.value, row.computed) == (Outcome.SCENARIO, "skipped: no such scenario", None)


def test_a_part_that_is_not_in_the_report_is_a_failure_where_agreed() -> None:
    """What was not computed was not confirmed."""
    (row,) = check(wanted(part="nowhere"), found("no path found")).rows
    assert (row.outcome, row.is_failure) == (Outcome.NOT_COMPUTED, True)


def test_the_site_itself_is_the_whole() -> None:
    """A finding on the site, or without a part, is compared with that of the whole site."""
    for part in ("port", None):
        (row,) = check(wanted(part=part), found("no path found", part=None)).rows
        assert (row.part, row.outcome) == (None, Outcome.SAME)


def test_each_state_and_day_is_asked_for_once() -> None:
    """A report is dear; both readings and all parts come from one."""
    asked = []

    def ask(state: str, day: str, _scenario: str | None) -> Mapping[str, Any]:
        asked.append((state, day))
        return {"findings": [found("no path found"), found("no path found", reading="wide")]}

    expected = wanted()
    expected["findings"] += [{**expected["findings"][0], "id": "X2", "wide": {"rung": "no path found"}}]
    compared = compare(expected, ask)
    assert asked == [("CN", "2026-11-23")]
    assert [(r.id, r.reading) for r in compared.rows] == [("X1", "narrow"), ("X2", "narrow"), ("X2", "wide")]


def test_a_row_is_plain_values() -> None:
    """What `--json` prints can be written as JSON, with the path in order."""
    hops = [{"from": "state:CN", "to": "a", "kind": "organ"}, {"from": "a", "to": "quay", "kind": "access"}]
    computed = found("means only", paths=[{"hops": hops}], paths_more=2)
    value = json.loads(json.dumps(check(wanted("means only"), computed).to_dict()))
    (row,) = value["rows"]
    assert row["path"] == ["state:CN", "a", "quay"]
    assert (row["paths"], row["outcome"], row["is_failure"]) == (3, "as expected", False)
    assert value["counts"]["as expected"] == 1

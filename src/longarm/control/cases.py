"""Run worked examples: the expected figure beside the computed one.

A case has `holdings` and `expected`. What it expects is looked up by name, whatever the method that it is filed under;
some names only give what the question takes for granted (listed persons, a quota, a date). A name that nothing
computes is shown as such and counts as a difference, unless its value is a sentence, which is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from longarm.control.answers import ANSWERS, contributes, share_of_votes
from longarm.control.answers_more import MORE_ANSWERS
from longarm.control.majority import suspend_upstream
from longarm.control.question import Question
from longarm.errors import LongarmError, SourceError

GIVEN: Final = frozenset({
    "note", "rule", "status", "derived", "listed", "as_of", "root", "target", "threshold", "inclusive",
    "quota", "quota_votes", "weights", "acquirer", "acquirers", "same_state", "tier", "groups", "agreements",
    "origin_p", "share_interval",
})  # fmt: skip
_PLAN_GIVEN: Final = GIVEN | {"lower_open", "upper_open", "share", "holding"}
_SUSPENDED: Final = "variant_suspended_votes"
_OF_VOTES: Final = re.compile(r"(.+)_share_of_votes_in_(.+)")
_CONTRIBUTES: Final = re.compile(r"contributes_to_(.+)")
TOLERANCE: Final = 1e-6


@dataclass(frozen=True)
class Outcome:
    """One figure of one case."""

    case: str
    what: str
    expected: Any
    computed: Any
    agreed: bool

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values."""
        return asdict(self)


def run_file(data: object, file_name: str | None = None) -> list[Outcome]:
    """Run every case of a file of the form of the worked examples.

    Raises SourceError where it is no such file.
    """
    cases = data.get("cases") if isinstance(data, Mapping) else data
    if not isinstance(cases, list):
        raise SourceError("no list of cases: {'cases': [{id, holdings, expected}]} was expected", file=file_name)
    tolerance = data.get("tolerance", TOLERANCE) if isinstance(data, Mapping) else TOLERANCE
    return [outcome for case in cases for outcome in run(case, float(tolerance))]


def run(case: Mapping[str, Any], tolerance: float = TOLERANCE) -> list[Outcome]:
    """Compute everything that one case expects."""
    name = str(case.get("id", "?")) if isinstance(case, Mapping) else "?"
    if not isinstance(case, Mapping) or not isinstance(expected := case.get("expected"), Mapping):
        return [Outcome(name, "expected", None, "a case with 'holdings' and 'expected' was expected", False)]
    try:
        question = Question.of(case, expected)
    except (ValueError, LongarmError) as error:
        return [Outcome(name, "holdings", None, f"refused: {error}", False)]
    return [replace(one, case=name) for one in _ask(question, expected, GIVEN, "", tolerance)]


def _ask(q: Question, expected: Mapping[str, Any], given: frozenset[str], prefix: str, near: float) -> list[Outcome]:
    found: list[Outcome] = []
    for what, value in expected.items():
        if what in given or (what not in ANSWERS and what not in MORE_ANSWERS and _is_remark(value)):
            continue
        if isinstance(value, Mapping) and (nested := _nested(q, what, value)) is not None:
            found += _ask(nested, value, _PLAN_GIVEN if what == "planned" else GIVEN, f"{prefix}{what} ", near)
            continue
        try:
            computed = _compute(q, what, value)
        except (ValueError, KeyError, TypeError, LongarmError) as error:
            found.append(Outcome("", prefix + what, value, f"refused: {error}", False))
            continue
        ordered = what not in _UNORDERED
        if isinstance(value, Mapping) and isinstance(computed, Mapping) and value:
            for key, one in value.items():
                agreed = key in computed and agrees(one, computed[key], near, ordered)
                found.append(Outcome("", f"{prefix}{what} {key}", one, computed.get(key), agreed))
        else:
            found.append(Outcome("", prefix + what, value, computed, agrees(value, computed, near, ordered)))
    return found


_UNORDERED: Final = frozenset(
    f"minimal_{kind}_sets_{what}" for kind in ("path", "cut") for what in ("control", "reach")
)
"""Lists of sets: neither their order nor that of their members says anything."""


def _is_remark(value: Any) -> bool:
    return isinstance(value, str) and " " in value.strip()


def _nested(q: Question, what: str, value: Mapping[str, Any]) -> Question | None:
    if what == "before":
        return q
    if what == "planned":
        return q.planned(value)
    return q.with_holdings(suspend_upstream(q.holdings, q.rule)) if what == _SUSPENDED else None


def _compute(q: Question, what: str, value: Any) -> Any:
    if answer := ANSWERS.get(what) or MORE_ANSWERS.get(what):
        return answer(q, value)
    if named := _OF_VOTES.fullmatch(what):
        return share_of_votes(q, named[1], named[2])
    if named := _CONTRIBUTES.fullmatch(what):
        return contributes(q, named[1])
    return "not computed: no answer has this name"


def agrees(expected: Any, computed: Any, tolerance: float = TOLERANCE, pairs_are_ordered: bool = True) -> bool:
    """Say whether two answers are one: numbers within the tolerance, names in any order, pairs in theirs."""
    if isinstance(expected, bool) or isinstance(computed, bool) or expected is None or computed is None:
        return expected is computed
    if isinstance(expected, (int, float)) and isinstance(computed, (int, float)):
        return abs(expected - computed) <= tolerance
    if isinstance(expected, Mapping) and isinstance(computed, Mapping):
        same = expected.keys() == computed.keys()
        return same and all(agrees(v, computed[k], tolerance, pairs_are_ordered) for k, v in expected.items())
    if isinstance(expected, list) and isinstance(computed, list):
        if len(expected) != len(computed):
            return False
        if all(isinstance(v, (str, list)) for v in (*expected, *computed)):
            return _sorted(expected, pairs_are_ordered) == _sorted(computed, pairs_are_ordered)
        return all(agrees(a, b, tolerance, pairs_are_ordered) for a, b in zip(expected, computed, strict=True))
    return type(expected) is type(computed) and bool(expected == computed)


def _sorted(values: list[Any], pairs_are_ordered: bool) -> list[str]:
    return sorted(repr(v if isinstance(v, str) or pairs_are_ordered else sorted(v)) for v in values)

"""What a careful reader expects of a case beside what is computed: finding by finding, reading by reading.

Reads a dict of the form `longarm.case.expected/1` (an `expected.json`) and, through a function, the reports it asks
about; gives rows and writes nothing. An answer binds only where two readers agreed on it: a difference there is a
failure, any other is reported. Where the file itself allows another answer, by `accept` or by a convention in its meta,
the row says which one was used. No answer is bent: what is free text and cannot be read is shown and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from longarm.model.terms import READINGS, Level, Reading, Rung
from longarm.model.ties import Kind

Ask = Callable[[str, str, str | None], Mapping[str, Any] | None]
"""(state, day, scenario) → the report of the case; None where the case has no such scenario"""


class Outcome(StrEnum):
    """How a computed answer stands to the expected one."""

    SAME = "as expected"
    ACCEPTED = "accepted"
    """the finding names it as also right"""
    CONVENTION = "allowed by a convention"
    SECOND = "as the second reader"
    """only where the two readers differ"""
    DIFFERS = "differs"
    NOT_COMPUTED = "not computed"
    """the report has no such part or capability"""
    SCENARIO = "skipped: no such scenario"


@dataclass(frozen=True)
class Answer:
    """A rung, with its level where one is given."""

    rung: str
    level: str | None = None

    def is_met_by(self, other: Answer) -> bool:
        """True where `other` has this rung, and this level if one is asked for."""
        return self.rung == other.rung and (self.level is None or self.level == other.level)

    def __str__(self) -> str:
        return f"{self.rung}, {self.level}" if self.level else self.rung


@dataclass(frozen=True)
class Alternative:
    """Another answer that a text allows, and for which reading; None for both."""

    answer: Answer
    reading: Reading | None
    text: str


@dataclass(frozen=True)
class Row:
    """One finding in one reading: expected, computed, and how they stand."""

    id: str
    state: str
    part: str | None
    capability: str
    as_of: str
    reading: str
    agreed: bool
    expected: Answer
    outcome: Outcome
    scenario: str | None = None
    expected_confidence: str | None = None
    """as the reader put it in words; shown, never compared"""
    computed: Answer | None = None
    confidence: float | None = None
    path: tuple[str, ...] = ()
    """the strongest path found, from the state to the part"""
    paths: int = 0
    expected_path: tuple[str, ...] = ()
    """in the ids of the file; an engine may name entities otherwise, so it is shown, never compared"""
    cut_by: tuple[str, ...] = ()
    """what the reader says cuts it"""
    used: str | None = None
    """the alternative or the convention by which another answer is right too"""
    second_reader: str | None = None
    unread: tuple[str, ...] = ()
    """alternatives in words that no program can test"""
    why: str | None = None

    @property
    def is_failure(self) -> bool:
        """True where the readers agreed and the computed answer is not right."""
        return self.agreed and self.outcome in (Outcome.DIFFERS, Outcome.NOT_COMPUTED)

    def to_dict(self) -> dict[str, Any]:
        """Give plain values, in the shape that `--json` prints."""
        return {**asdict(self), "outcome": self.outcome.value, "is_failure": self.is_failure}


@dataclass(frozen=True)
class Comparison:
    """All rows of a case."""

    case: str
    site: str
    rows: tuple[Row, ...]
    conventions: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[Row, ...]:
        """The differences in findings on which the readers agreed."""
        return tuple(r for r in self.rows if r.is_failure)

    @property
    def differences(self) -> tuple[Row, ...]:
        """Every difference, binding or not."""
        return tuple(r for r in self.rows if r.outcome in (Outcome.DIFFERS, Outcome.NOT_COMPUTED))

    def to_dict(self) -> dict[str, Any]:
        """Give plain values, in the shape that `--json` prints."""
        counts = {o.value: sum(r.outcome == o for r in self.rows) for o in Outcome}
        return {
            "case": self.case,
            "site": self.site,
            "counts": counts,
            "failures": [f"{r.id} {r.reading}" for r in self.failures],
            "conventions": list(self.conventions),
            "rows": [r.to_dict() for r in self.rows],
        }


def compare(expected: Mapping[str, Any], ask: Ask) -> Comparison:
    """Compare the findings of an `expected.json` with the reports that `ask` gives; each report is asked for once.

    Raises KeyError where the dict lacks what the form requires.
    """
    meta = expected.get("meta") or {}
    conventions = tuple(meta.get("conventions") or ())
    seen: dict[tuple[str, str, str | None], Mapping[str, Any] | None] = {}

    def report(state: str, as_of: str, scenario: str | None) -> Mapping[str, Any] | None:
        if (state, as_of, scenario) not in seen:
            seen[state, as_of, scenario] = ask(state, as_of, scenario)
        return seen[state, as_of, scenario]

    rows: list[Row] = []
    for finding in expected["findings"]:
        day = str(finding.get("as_of") or meta["default_as_of"])
        rows += _rows({**finding, "as_of": day}, str(expected["site"]), conventions, report)
    return Comparison(str(meta.get("case") or expected["site"]), str(expected["site"]), tuple(rows), conventions)


def _rows(finding: Mapping[str, Any], site: str, conventions: tuple[str, ...], report: Ask) -> Iterator[Row]:
    alternatives, unread = _alternatives(finding.get("accept") or ())
    second = finding.get("second_reader") or {}
    part = finding.get("part")
    for reading in READINGS:
        block = finding.get(reading.value)
        if block is None:
            continue
        row = Row(
            id=finding["id"],
            state=str(finding["state"]).upper(),
            part=None if part == site else part,
            capability=finding["capability"],
            as_of=finding["as_of"],
            reading=reading.value,
            agreed=bool(finding.get("agreed")),
            expected=Answer(block["rung"], block.get("level")),
            outcome=Outcome.SCENARIO,
            scenario=finding.get("scenario"),
            expected_confidence=block.get("confidence"),
            expected_path=tuple(finding.get("path") or ()),
            cut_by=tuple(finding.get("cut_by") or ()),
            second_reader=second.get(reading.value),
            unread=unread,
            why=finding.get("why"),
        )
        found = report(row.state, row.as_of, row.scenario)
        yield row if found is None else _judged(row, found, alternatives, conventions)


def _judged(
    row: Row, report: Mapping[str, Any], alternatives: tuple[Alternative, ...], conventions: tuple[str, ...]
) -> Row:
    found = _find(report, row)
    if found is None:
        return replace(row, outcome=Outcome.NOT_COMPUTED)
    computed = Answer(found["rung"], found.get("level"))
    paths = found.get("paths") or []
    outcome, used = _outcome(row, computed, alternatives, conventions if _has_weak_owner(row, paths) else ())
    return replace(
        row,
        outcome=outcome,
        used=used,
        computed=computed,
        confidence=found.get("confidence"),
        path=_walk(paths[0]) if paths else (),
        paths=len(paths) + int(found.get("paths_more") or 0),
    )


def _outcome(
    row: Row, computed: Answer, alternatives: tuple[Alternative, ...], conventions: tuple[str, ...]
) -> tuple[Outcome, str | None]:
    if row.expected.is_met_by(computed):
        return Outcome.SAME, None
    for other in alternatives:
        if other.reading in (None, row.reading) and other.answer.is_met_by(computed):
            return Outcome.ACCEPTED, other.text
    for text in conventions:
        preferred, also = _convention(text)
        if row.expected.rung == preferred and computed.rung in also:
            return Outcome.CONVENTION, text
    if not row.agreed and row.second_reader is not None and Answer(row.second_reader).is_met_by(computed):
        return Outcome.SECOND, None
    return Outcome.DIFFERS, None


_RUNGS = "|".join(sorted((re.escape(r.value) for r in Rung), key=len, reverse=True))
_START = re.compile(rf"\s*['\"]?(?P<rung>{_RUNGS})\b['\"]?(?P<rest>[^:;.]*)", re.IGNORECASE)
_PREFERRED = re.compile(rf"preferred rung is '(?P<preferred>{_RUNGS})'", re.IGNORECASE)
_ALSO = re.compile(rf"'(?P<rung>{_RUNGS})' is also right", re.IGNORECASE)
_OWNS = frozenset({Kind.INTEREST, Kind.CONTROL})
_LEVEL = re.compile(rf"\b({'|'.join(Level)})\b", re.IGNORECASE)


def _alternatives(texts: Iterable[str]) -> tuple[tuple[Alternative, ...], tuple[str, ...]]:
    """Read what begins with a rung; the reading in brackets and the level are taken from what follows it."""
    read: list[Alternative] = []
    unread: list[str] = []
    for text in texts:
        start = _START.match(text)
        if start is None:
            unread.append(text)
            continue
        rest = start["rest"].split(" if ")[0].split(" where ")[0]
        level = _LEVEL.search(rest)
        named = [r for r in READINGS if f"({r.value})" in text]
        answer = Answer(start["rung"].lower(), level[1].lower() if level else None)
        # The whole text may go on ("then C1 is … in both readings"): then the answer stands for both.
        one = named[0] if len(named) == 1 and "both readings" not in text else None
        read.append(Alternative(answer, one, text))
    return tuple(read), tuple(unread)


def _convention(text: str) -> tuple[str | None, frozenset[str]]:
    """Read a convention that names a preferred rung and others that are also right; else (None, nothing)."""
    preferred = _PREFERRED.search(text)
    if preferred is None:
        return None, frozenset()
    return preferred["preferred"].lower(), frozenset(m["rung"].lower() for m in _ALSO.finditer(text))


def _has_weak_owner(row: Row, paths: Sequence[Mapping[str, Any]]) -> bool:
    """True where the state commands an owner whose tie to the site is cut or too weak: what the conventions speak of.

    Either the reader names the cut, or a path that was found runs through an interest or a control.
    """
    return bool(row.cut_by) or any(hop["kind"] in _OWNS for path in paths for hop in path["hops"])


def _find(report: Mapping[str, Any], row: Row) -> Mapping[str, Any] | None:
    for found in report["findings"]:
        if (found["part"], found["capability"], found["reading"]) == (row.part, row.capability, row.reading):
            return dict(found)
    return None


def _walk(path: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the entities of a path in order, each once."""
    ends = [end for hop in path["hops"] for end in (hop["from"], hop["to"])]
    return tuple(dict.fromkeys(ends))

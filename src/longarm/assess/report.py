"""The report of one question, in the shape that `--json` prints and HTTP gives.

It is made of plain values in a fixed order, so the same case, dates and version give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longarm.assess.beside import Beside
from longarm.assess.words import confidence
from longarm.model import dates
from longarm.model.finding import Finding, Possible, Standing, Way
from longarm.model.terms import LEVELS, WHOLE, Level, Reading, Rung, Stance
from longarm.model.ties import Kind, Tie, Ties, state_node

SHOWN = 8
"""Paths, cuts and next steps printed in a finding; how many more there are is said."""
ROUND = 6
"""Figures after the point: worlds are counted, so nothing is lost at 1,024."""


@dataclass(frozen=True)
class About:
    """What the report needs beyond the findings."""

    ties: Ties
    beside: Beside
    state: str
    parts: Sequence[str]
    as_of: dt.date
    judgements: Sequence[Mapping[str, Any]] = ()


def findings(found: Sequence[Finding], about: About) -> list[dict[str, Any]]:
    """Give the findings as plain values."""
    ties = about.ties.by_id()
    cited = _cited(about.ties)
    return [_finding(f, about, ties, cited) for f in found]


def possible(found: Sequence[Possible], about: About) -> list[dict[str, Any]]:
    """Give what stays below the threshold, as plain values."""
    cited = _cited(about.ties)
    return [
        {
            "part": p.part,
            "capability": p.capability.value,
            "reading": p.reading.value,
            "share": _round(p.share),
            "at_most": _round(p.at_most),
            "why": "below the threshold" if p.share else "only in the upper bound",
            "paths": [_way(w, about, cited) for w in p.ways],
        }
        for p in found
    ]


def statements_in(report: Mapping[str, Any]) -> list[str]:
    """Give the ids of every statement that a report cites, sorted."""
    cited: set[str] = set()
    for f in (*report["findings"], *report["possible"]):
        for path in f["paths"]:
            for hop in path["hops"]:
                cited |= set(hop["statements"])
        cited |= set(f.get("beside", ()))
    return sorted(cited)


def _finding(f: Finding, about: About, ties: Mapping[str, Tie], cited: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    s = f.standing
    speaks = s.rung != Rung.NOT_ASSESSED
    on = {t for way in f.ways for t in way.ties}
    ends = {e for t in on for e in (ties[t].holder, ties[t].held)} - {about.parts[0]}
    if not on and f.part is not None:  # nothing found: what was said of the part and of whoever has an access there
        ends = {f.part} | {t.holder for t in ties.values() if t.kind == Kind.ACCESS and t.held == f.part}
    under = {c for t in on for c in cited.get(t, ())}
    judged = [{**j, "holds": _holds(j, about.as_of)} for j in about.judgements if _is_judged(j, f, about.state)]
    return {
        "part": f.part,
        "capability": f.capability.value,
        "reading": f.reading.value,
        "level": s.level.value if s.level else None,
        "rung": next((j["rung"] for j in judged if j["holds"]), s.rung.value),
        "computed_rung": s.rung.value,
        "confidence": _maybe(s.confidence),
        "error": _maybe(s.error),
        "bounds": [_round(b) for b in s.bounds] if s.bounds else None,
        "words": confidence(s.confidence) if s.confidence is not None else None,
        "gross": _gross(f.gross),
        "shares": {
            "joint": _round(f.joint),
            "means_only": _round(f.means_only),
            "power_only": _round(f.power_only),
        },
        "levels": {level.value: _round(share) for level, share in f.levels},
        "paths": [_way(w, about, cited) for w in f.ways[:SHOWN]],
        "paths_more": max(0, len(f.ways) - SHOWN),
        "paths_complete": f.ways_complete,
        "cuts": [list(c.ties) for c in f.cuts[:SHOWN]],
        "cuts_leave": [_round(c.left) for c in f.cuts[:SHOWN]],
        "cuts_then": [_then(c.then) for c in f.cuts[:SHOWN]],
        "next": [
            {"tie": g.tie, "label": ties[g.tie].label, "share": _round(g.share), "gain": _round(g.gain)}
            for g in f.gains[:SHOWN]
        ],
        "breaks_without": [
            {"origin": o, "left": _round(left), "then": _then(then)}
            for (o, left), then in zip(f.breaks, f.breaks_then, strict=True)
        ],
        "beside": about.beside.of(ends, under, f.capability, _tied(about.ties, about.state)) if speaks else [],
        "judged": judged,
    }


def _then(then: tuple[Level, float] | None) -> dict[str, Any] | None:
    return None if then is None else {"level": then[0].value, "share": _round(then[1])}


def _gross(s: Standing) -> dict[str, Any]:
    return {"rung": s.rung.value, "level": s.level.value if s.level else None, "confidence": _maybe(s.confidence)}


def _way(way: Way, about: About, cited: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    ties, minorities = about.ties.by_id(), _minorities(about.ties)
    return {
        "hops": [_hop(ties[t], cited.get(t, ()), way, minorities) for t in way.ties],
        "level": way.level.value if way.level else None,
        "meets_in": way.entity,
        "share": _round(way.share),
    }


def _minorities(ties: Ties) -> set[str]:
    """Interests that are no majority by any source."""
    most: dict[str, int] = {}
    for a in ties.assertions:
        if a.share_hi is not None:
            most[a.tie] = max(most.get(a.tie, 0), a.share_hi)
    return {t for t, share in most.items() if share * 2 <= WHOLE}


def _hop(tie: Tie, statements: Sequence[str], way: Way, minorities: Collection[str]) -> dict[str, Any]:
    level = _LEVEL.get(tie.kind, "fact")
    if way.level == Level.INFLUENCE and tie.id in minorities:
        level = Level.INFLUENCE.value
    return {
        "from": tie.holder,
        "to": tie.held,
        "tie": tie.id,
        "kind": tie.kind,
        "class": tie.cls,
        "level": level,
        "label": tie.label,
        "disputed": tie.opens == Reading.WIDE,
        "cuttable": tie.cuttable,
        "last_confirmed": tie.last_confirmed,
        "statements": list(statements),
    }


def _cited(ties: Ties) -> dict[str, list[str]]:
    """Give the statements beneath each tie; what nobody reviewed only where nothing else says it."""
    found: dict[str, set[str]] = {}
    waiting: dict[str, set[str]] = {}
    for a in ties.assertions:
        into = waiting if a.put_as == Stance.INFERRED else found
        into.setdefault(a.tie, set()).update(a.statements)
    found = {**waiting, **found}
    return {t: sorted(s) for t, s in found.items()}


def _holds(judgement: Mapping[str, Any], as_of: dt.date) -> bool:
    """True where a judgement speaks of this day. One of another time stands beside, and lifts no rung of today's.

    A judgement that cites no statement on file lifts none either.
    """
    if not judgement.get("cites"):
        return False
    time = judgement.get("for")
    try:
        return time is None or dates.in_force(str(time), str(time), as_of) != dates.Certainty.NO
    except ValueError:
        return False


def _tied(ties: Ties, state: str) -> set[str]:
    """Give everybody whom any chain of ties leads to from the state: by its bodies, seats, holdings, rights, posts."""
    out: dict[str, set[str]] = {}
    for t in ties.ties:
        if t.kind in _CHAIN:
            out.setdefault(t.holder, set()).add(t.held)
    found, todo = set[str](), [state_node(state)]
    while todo:
        new = out.get(todo.pop(), set()) - found
        found |= new
        todo += sorted(new)
    return found


def _is_judged(judgement: Mapping[str, Any], f: Finding, state: str) -> bool:
    return (
        judgement["state"].upper() == state
        and judgement["capability"] == f.capability
        and judgement.get("part") in (f.part, None)
    )


_CHAIN = frozenset({Kind.ORGAN, Kind.REGISTERED, Kind.SEATED, Kind.INTEREST, Kind.CONTROL, Kind.INFLUENCE, Kind.STAFF})

_LEVEL = {
    **dict.fromkeys((Kind.ORGAN, Kind.CONTROL, Kind.INTEREST), LEVELS[0].value),
    **dict.fromkeys((Kind.DUTY, Kind.DUTY_PARENT, Kind.DUTY_STAFF, Kind.DUTY_AT), LEVELS[1].value),
    Kind.INFLUENCE: LEVELS[2].value,
    **dict.fromkeys((Kind.ACCESS, Kind.CONTAINS, Kind.PROCESSES), "means"),
}


def _round(value: float) -> float:
    return round(value, ROUND)


def _maybe(value: float | None) -> float | None:
    return None if value is None else _round(value)

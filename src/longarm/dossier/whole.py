"""The view of a dossier: all states of one site, with what every form of it shows, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from longarm.dossier import paths, sentences
from longarm.dossier.evidence import Evidence, evidence
from longarm.dossier.page import Bearing, Pair, in_order, pairs
from longarm.dossier.paths import PathView
from longarm.dossier.tongue import ENGLISH, N_, Tongue
from longarm.dossier.view import CUTS, Cell, Line, View, breaks, cell, cuts, next_steps, printed, thens, view
from longarm.model.terms import AGREED, CAPABILITIES


@dataclass(frozen=True)
class Finding:
    """One capability at the whole site: both readings, what carries it, what cuts it, what breaks it."""

    capability: str
    narrow: Cell | None
    wide: Cell | None
    reading: str
    """of which the sentence, the path and the cuts speak"""
    sentence: str
    path: PathView | None
    second: PathView | None
    """a path of the wide reading that meets elsewhere than any narrow one"""
    cuts: tuple[tuple[tuple[str, ...], float], ...]
    cut_ties: tuple[tuple[str, ...], ...]
    cuts_more: int
    breaks: tuple[tuple[str, float], ...]
    next: tuple[tuple[str, float, float], ...]
    statements: tuple[str, ...]
    """what the sentence rests on"""
    cuts_then: tuple[tuple[str, float] | None, ...] = ()
    breaks_then: tuple[tuple[str, float] | None, ...] = ()
    """the lower level at which power and means still meet, with its share"""
    judged: tuple[Mapping[str, Any], ...] = ()
    """what people judged of it, here or at a part"""
    same_as: str | None = None
    """an earlier capability with the same path, cuts and sources: shown once"""

    @property
    def carried_by(self) -> tuple[Any, ...]:
        """What is shown beneath the sentence, so that two findings that stand on the same can be told once."""
        ways = tuple(tuple(h.ties for h in way.hops) if way else () for way in (self.path, self.second))
        return ways, self.path.reading if self.path else "", self.cut_ties, self.cuts, self.breaks, self.next

    @property
    def agrees(self) -> bool:
        """True where both readings say the same."""
        return self.narrow is not None and self.narrow == self.wide

    @property
    def leading(self) -> Cell | None:
        """The cell of the reading that is spoken of."""
        return self.wide if self.reading == "wide" else self.narrow


@dataclass(frozen=True)
class Survival:
    """Where one capability and reading would stand on other thresholds and on other tables of grades."""

    capability: str
    reading: str
    thresholds: tuple[tuple[float, str, bool], ...]
    """(threshold, rung, whether it is the case's own)"""
    tables: tuple[tuple[str, str, float | None], ...]
    """(name of the table, rung, confidence) at the case's own threshold"""
    levels: frozenset[str | None] = frozenset({None})
    """levels on which it stands anywhere in the table"""

    @property
    def holds(self) -> bool:
        """True where nothing moves the rung."""
        return len({r for _, r, _ in (*self.thresholds, *self.tables)}) == 1 and len(self.levels) == 1


@dataclass(frozen=True)
class Chapter:
    """What is said of one state."""

    view: View
    is_own: bool
    findings: tuple[Finding, ...]
    survivals: tuple[Survival, ...]
    law: Mapping[str, Any]

    @property
    def is_alike(self) -> bool:
        """True where all capabilities stand alike in either reading: one row tells them all."""
        told = {(c.rung, c.level, c.figure) for line in self.view.lines for c in (line.narrow, line.wide) if c}
        quiet = {rung for rung, _, _ in told} <= {"no path found", "not assessed"}
        return len({rung for rung, _, _ in told} if quiet else told) == 1

    @property
    def is_silent(self) -> bool:
        """True where the same sentence says of every capability that nothing was found: it is said once."""
        first = self.findings[0]
        quiet = first.wide is not None and first.wide.rung == "no path found"
        return quiet and all(
            f.agrees and not (f.path or f.judged) and (f.sentence, f.wide) == (first.sentence, first.wide)
            for f in self.findings
        )

    @property
    def has_path(self) -> bool:
        """True where any capability has a path."""
        return any(f.path for f in self.findings)


@dataclass(frozen=True)
class Scenario:
    """A scenario and what moves in it: rows of (state, capability, narrow before, after, wide before, after)."""

    id: str
    title: str
    as_of: str
    """the day on which both sides stand"""
    rows: tuple[tuple[str, str, tuple[Cell | None, Cell | None], tuple[Cell | None, Cell | None]], ...]

    @property
    def moves(self) -> bool:
        """True where any rung or confidence is another."""
        return bool(self.rows)


@dataclass(frozen=True)
class Fact:
    """A cited fact with its evidence and what a person wrote down of its answer."""

    id: str
    sentence: str
    stance: str
    bears: str | None
    start: str | None
    end: str | None
    remark: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Whole:
    """A dossier as it is read."""

    site: str
    site_name: str
    case: Mapping[str, Any]
    question: Mapping[str, Any]
    chapters: tuple[Chapter, ...]
    pairs: tuple[Pair, ...]
    replies: Mapping[str, tuple[Mapping[str, Any], ...]]
    bearings: Mapping[str, Bearing]
    gaps: tuple[Fact, ...]
    not_linked: tuple[Fact, ...]
    agreements: tuple[Fact, ...]
    precedents: tuple[Fact, ...]
    scenarios: tuple[Scenario, ...]
    origins: tuple[Mapping[str, Any], ...]
    documents: tuple[Mapping[str, Any], ...]
    statements: Mapping[str, Evidence]
    notes: Mapping[str, int]
    """statement → its number in the list of evidence"""
    computed: Mapping[str, Any]
    names: Mapping[str, str]
    tongue: Tongue = ENGLISH

    @property
    def first(self) -> Chapter:
        """The state that stands first: the highest rung; the site's own state only where it is alone."""
        return self.chapters[0]

    @property
    def warnings(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What a reader must know, each with the names of the states whose answer says it."""
        found: dict[str, list[str]] = {}
        for c in self.chapters:
            for warning in c.view.warnings:
                found.setdefault(warning, []).append(c.view.state_name)
        return tuple((w, tuple(names)) for w, names in found.items())

    @property
    def numbered(self) -> tuple[tuple[int, Evidence], ...]:
        """The evidence in the order of its numbers."""
        return tuple(sorted(((n, self.statements[s]) for s, n in self.notes.items()), key=lambda x: x[0]))


def whole(dossier: Mapping[str, Any], tongue: Tongue = ENGLISH) -> Whole:
    """Make the view of a compiled dossier."""
    reports = {
        code: {**report, "statements": {**report["statements"], **dossier["statements"]}, "names": dossier["names"]}
        for code, report in dossier["reports"].items()
    }
    own = dossier["case"]["own_state"]
    ordered = in_order((view(r, tongue) for r in reports.values()), own)
    chapters = tuple(_chapter(v, reports[v.state], dossier, tongue) for v in ordered)
    anything = {"statements": dossier["statements"], "names": dossier["names"]}
    facts = {f["id"]: _fact(f, anything, tongue) for f in dossier["facts"]}
    bearings = {f["id"]: _bearing(f, dossier["facts"]) for f in dossier["facts"]}
    beside = tuple(_beside(chapters, {f["id"]: f["polarity"] for f in dossier["facts"]}))
    site = dossier["question"]["site"]
    made = Whole(
        site=site,
        site_name=dossier["names"].get(site, site),
        case=dossier["case"],
        question=dossier["question"],
        chapters=chapters,
        pairs=pairs(beside, bearings),
        replies={f["id"]: tuple(f["replies"]) for f in dossier["facts"] if f["replies"]},
        bearings=bearings,
        gaps=_of(facts, reports, "gaps"),
        not_linked=_of(facts, reports, "not_linked"),
        agreements=tuple(f for f in facts.values() if f.bears in AGREED),
        precedents=tuple(f for f in facts.values() if f.bears == "precedent"),
        scenarios=tuple(_scenario(s) for s in dossier["scenarios"]),
        origins=tuple(dossier["origins"]),
        documents=tuple(dossier["documents"]),
        statements={},
        notes={},
        computed=dossier["computed"],
        names=dossier["names"],
        tongue=tongue,
    )
    shown = {e.id: e for e in _shown(made)}
    return replace(made, statements=shown, notes={s: n for n, s in enumerate(shown, start=1)})


def _of(facts: Mapping[str, Fact], reports: Mapping[str, Mapping[str, Any]], kind: str) -> tuple[Fact, ...]:
    """Give the facts that the answers name as gaps, or as looked at and not linked."""
    ids = dict.fromkeys(g["id"] for r in reports.values() for g in r["coverage"][kind])
    return tuple(facts[i] for i in ids if i in facts)


def _chapter(v: View, report: Mapping[str, Any], dossier: Mapping[str, Any], t: Tongue) -> Chapter:
    return Chapter(
        view=v,
        is_own=v.state == dossier["case"]["own_state"],
        findings=tuple(_told_once(_finding(line, report, t) for line in v.lines)),
        survivals=tuple(_survivals(dossier["survives"][v.state])),
        law=dossier["law"][v.state],
    )


def _finding(line: Line, report: Mapping[str, Any], t: Tongue) -> Finding:
    """Give what is said of one capability at the whole site, beneath its line of page one."""
    at = {f["reading"]: f for f in report["findings"] if f["part"] is None and f["capability"] == line.capability}
    narrow, wide = at.get("narrow"), at.get("wide")
    best = sentences.leading(narrow, wide)
    assert best is not None
    spoken = sentences.weightiest(best, report["findings"], sentences.weights(report))
    way = (spoken["paths"] or best["paths"] or [None])[0]
    met = {p["meets_in"] for p in narrow["paths"]} if narrow else set()
    further = None
    if best["reading"] == "narrow" and best["rung"] == "power and means" and wide:
        further = next((p for p in wide["paths"] if p["meets_in"] not in met), None)
    cuts_then, breaks_then = thens(best)
    judged = (s for j in spoken["judged"] if j["holds"] for s in j["cites"])
    carried = (s for h in (way["hops"] if way else ()) for s in h["statements"])
    return Finding(
        capability=line.capability,
        narrow=line.narrow,
        wide=line.wide,
        reading=best["reading"],
        sentence=line.sentence,
        path=paths.path(spoken, way, report, t) if way else None,
        second=paths.path(wide, further, report, t) if wide and further else None,
        cuts=cuts(best, report, t),
        cut_ties=tuple(tuple(c) for c in best["cuts"][:CUTS]),
        cuts_more=max(0, len(best["cuts"]) - CUTS),
        breaks=breaks(best, report),
        cuts_then=cuts_then,
        breaks_then=breaks_then,
        judged=tuple(_judged(line.capability, report)),
        next=next_steps(best, report, t),
        statements=tuple(dict.fromkeys(judged)) or tuple(dict.fromkeys(carried)),
    )


def _judged(capability: str, report: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Give each judgement on a capability once, with the part that it speaks of."""
    seen: set[str] = set()
    for f in report["findings"]:
        for j in f["judged"] if f["capability"] == capability else ():
            key = repr(sorted(j.items(), key=lambda x: x[0]))
            if key not in seen:
                seen.add(key)
                yield j


def _told_once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Mark the findings that stand on the very same as an earlier one."""
    seen: dict[tuple[Any, ...], str] = {}
    for f in findings:
        first = seen.setdefault(f.carried_by, f.capability) if f.path else f.capability
        yield f if first == f.capability else replace(f, same_as=first)


def _survivals(rows: Sequence[Mapping[str, Any]]) -> Iterable[Survival]:
    places = dict.fromkeys((r["capability"], r["reading"]) for r in rows)
    for capability, reading in places:
        here = [r for r in rows if (r["capability"], r["reading"]) == (capability, reading)]
        yield Survival(
            capability,
            reading,
            tuple((r["threshold"], r["rung"], r["is_own_threshold"]) for r in here if r["is_own_table"]),
            tuple((r["grades"] or "case", r["rung"], r["confidence"]) for r in here if r["is_own_threshold"]),
            frozenset(r["level"] for r in here),
        )


def _scenario(scenario: Mapping[str, Any]) -> Scenario:
    rows = []
    for code, found in scenario["states"].items():
        after = {(f["capability"], f["reading"]): f for f in found["lines"]}
        before = {(f["capability"], f["reading"]): f for f in found["before"]}
        moved = {m["capability"] for m in found["moved"] if printed(m["before"]) != printed(m["after"])}
        for capability in (c for c in CAPABILITIES if c in moved):
            both = [(_line(before.get((capability, r))), _line(after.get((capability, r)))) for r in ("narrow", "wide")]
            rows.append((code, str(capability), both[0], both[1]))
    return Scenario(scenario["id"], scenario["title"], scenario["as_of"], tuple(rows))


def _line(f: Mapping[str, Any] | None) -> Cell | None:
    """Give a cell of a scenario, which tells nothing of what it would be without safeguards."""
    return None if f is None else cell({**f, "words": None, "gross": f})


def _fact(f: Mapping[str, Any], holding: Mapping[str, Any], t: Tongue) -> Fact:
    found = (evidence(s, holding, t) for s in f["statements"])
    return Fact(
        f["id"],
        f["sentence"],
        f["stance"],
        f["bears"],
        f["start"],
        f["end"],
        f["remark"],
        tuple(e for e in found if e is not None),
    )


def _bearing(f: Mapping[str, Any], facts: Sequence[Mapping[str, Any]]) -> Bearing:
    """Give what a fact bears on and stands against; a recorded answer stands against what it answers."""
    against = {*f["contradicts"], *(r["answered_by"] for r in f["replies"] if r.get("answered_by"))}
    against |= {o["id"] for o in facts if any(r.get("answered_by") == f["id"] for r in o["replies"])}
    return Bearing(f["bears"], frozenset(against))


def _beside(chapters: Sequence[Chapter], polarities: Mapping[str, str | None]) -> Iterable[Evidence]:
    """Give what stands beside the findings. What was looked for and not shown is put as that, never as a statement.

    An open question is no saying: it stands under what is not known.
    """
    found: dict[str, Evidence] = {}
    for chapter in chapters:
        found.update({e.id: e for e in chapter.view.beside})
    for e in found.values():
        polarity = polarities.get(e.entity or "")
        if polarity != "unverified":
            yield replace(e, stance="not found") if polarity == "not_shown" else e


def _shown(made: Whole) -> Iterable[Evidence]:
    """Give the evidence in the order in which it is met: paths, then what was said, then agreements."""
    for chapter in made.chapters:
        for f in chapter.findings:
            for way in (f.path, f.second):
                for hop in way.hops if way else ():
                    yield from hop.evidence
    for pair in made.pairs:
        yield from (*pair.said, *pair.against)
    for fact in (*made.agreements, *made.precedents, *made.gaps, *made.not_linked):
        yield from fact.evidence


LACKS: Final = {
    "source": N_("no source"),
    "answer": N_("no denial or answer, and nobody wrote down that none was found"),
}
"""What a negative statement on somebody named may lack."""

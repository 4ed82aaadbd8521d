"""The view of a report: what terminal and page both show, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from longarm.dossier import paths, sentences
from longarm.dossier.evidence import Evidence, evidence
from longarm.dossier.labels import label
from longarm.dossier.paths import PathView
from longarm.dossier.tongue import ENGLISH, N_, Tongue
from longarm.dossier.warnings import warned

OTHERS, CUTS, NEXT = 5, 5, 5
"""How many further paths, cuts and next steps are shown; what is beyond them is counted in `more`."""


@dataclass(frozen=True)
class Cell:
    """One reading of one capability."""

    rung: str
    level: str | None
    confidence: float | None
    error: float | None
    bounds: tuple[float, float] | None
    words: str | None
    gross_rung: str
    gross_confidence: float | None
    most: float | None = None
    """share of worlds in which power and means meet at most, where the rung is a lower one"""

    @property
    def figure(self) -> str:
        """The confidence with its error, as in `0.71 ±.03`."""
        if self.confidence is None:
            return ""
        return f"{self.confidence:.2f} ±{_short(self.error)}"

    @property
    def differs_gross(self) -> bool:
        """True where safeguards change the rung or the confidence."""
        return self.gross_rung != self.rung or self.gross_confidence != self.confidence


@dataclass(frozen=True)
class Line:
    """One capability at one place, both readings."""

    capability: str
    part: str | None
    place: str
    narrow: Cell | None
    wide: Cell | None
    sentence: str

    @property
    def agrees(self) -> bool:
        """True where both readings say the same."""
        return self.narrow is not None and self.wide is not None and self.narrow == self.wide


@dataclass(frozen=True)
class View:
    """A report as it is read."""

    site: str
    site_name: str
    state: str
    state_name: str
    dates: str
    headline: str
    lines: tuple[Line, ...]
    parts: tuple[tuple[str, tuple[Line, ...]], ...]
    strongest: PathView | None
    others: tuple[PathView, ...]
    cuts: tuple[tuple[tuple[str, ...], float], ...]
    next: tuple[tuple[str, float, float], ...]
    beside: tuple[Evidence, ...]
    gaps: tuple[tuple[str, str, str | None], ...]
    not_linked: tuple[tuple[str, str, str | None], ...]
    coverage: Mapping[str, Any]
    warnings: Sequence[str]
    worlds: int
    possible: tuple[str, ...] = field(default=())
    as_of: str = ""
    known_at: str = ""
    case_title: str = ""
    threshold: float = 0.5
    cut_ties: tuple[tuple[str, ...], ...] = ()
    """the ties of each set in `cuts`, in the same order"""
    breaks: tuple[tuple[str, float], ...] = ()
    """origins that the carrying finding does not survive, with the share that is left"""
    more: Mapping[str, int] = field(default_factory=dict)
    """how many paths, cuts and next steps are known beyond those shown"""
    names: Mapping[str, str] = field(default_factory=dict)
    """what is mentioned by id, by its name"""
    supposed: tuple[str, ...] = ()
    """what was taken otherwise than the case has it"""
    second: PathView | None = None
    """a path of the wide reading that meets in another entity than the strongest does"""


def view(report: Mapping[str, Any], tongue: Tongue = ENGLISH) -> View:
    """Make the view of a report."""
    return _Making(report, tongue).view()


class _Making:
    """The view of one report in the making."""

    def __init__(self, report: Mapping[str, Any], tongue: Tongue) -> None:
        self.report = report
        self.t = tongue
        self.names: Mapping[str, str] = report["names"]
        self.weight = sentences.weights(report)

    def view(self) -> View:
        """Give it whole."""
        report, t, q = self.report, self.t, self.report["question"]
        lines = self._lines()
        carrying = sentences.carrying(report)
        if carrying is not None and not carrying["paths"]:
            carrying = None
        further = sentences.second(report)
        strongest = paths.path(carrying, carrying["paths"][0], report, t) if carrying else None
        second = paths.path(*further, report, t) if further else None
        others = list(self._others([p for p in (strongest, second) if p is not None]))
        return View(
            site=q["site"],
            site_name=self.names.get(q["site"], q["site"]),
            state=q["state"],
            state_name=t.state(q["state"]),
            dates=sentences.dates_line(report, t),
            headline=sentences.headline(report, t),
            lines=tuple(x for x in lines if x.part is None),
            parts=tuple(_by_part(lines)),
            strongest=strongest,
            others=tuple(others[:OTHERS]),
            cuts=cuts(carrying, report, t),
            next=next_steps(carrying, report, t),
            beside=self._beside(),
            gaps=tuple((g["id"], g["sentence"], g["remark"]) for g in report["coverage"]["gaps"]),
            not_linked=tuple((g["id"], g["sentence"], g["remark"]) for g in report["coverage"]["not_linked"]),
            coverage=report["coverage"],
            warnings=warned(report, t),
            worlds=report["worlds"],
            possible=tuple(self._possible()),
            as_of=q["as_of"],
            known_at=q["known_at"] or "",
            case_title=report["case"]["title"],
            threshold=report["case"]["threshold"],
            cut_ties=tuple(tuple(ties) for ties in carrying["cuts"][:CUTS]) if carrying else (),
            breaks=breaks(carrying, report),
            more=_more(carrying, len(others)),
            names=self.names,
            supposed=supposed(report["case"], report["case"]["threshold"]),
            second=second,
        )

    def _lines(self) -> list[Line]:
        cells: dict[tuple[str | None, str], dict[str, Mapping[str, Any]]] = {}
        for f in self.report["findings"]:
            cells.setdefault((f["part"], f["capability"]), {})[f["reading"]] = f
        found = []
        for (part, capability), by_reading in cells.items():
            best = sentences.leading(by_reading.get("narrow"), by_reading.get("wide"))
            if best is None:
                continue
            whole = best if part is None else None
            if part is None:
                best = sentences.weightiest(best, self.report["findings"], self.weight)
            found.append(
                Line(
                    capability=capability,
                    part=part,
                    place=self.names.get(part, part) if part else self.t.say(N_("the whole site")),
                    narrow=cell(by_reading.get("narrow"), self.t, most(by_reading.get("narrow"), self.report)),
                    wide=cell(by_reading.get("wide"), self.t, most(by_reading.get("wide"), self.report)),
                    sentence=sentences.finding(
                        best,
                        self.report["question"]["state"],
                        self.names,
                        only_wide=self._only_wide(best),
                        law_in_base=self.report["coverage"]["law_in_base"],
                        whole=whole,
                        tongue=self.t,
                    ),
                )
            )
        return found

    def _only_wide(self, best: Mapping[str, Any]) -> bool:
        """True where the narrow reading of what a sentence speaks of stands on another rung: then it must say which."""
        if best["reading"] != "wide":
            return False
        place = (best["part"], best["capability"], "narrow")
        narrow = [f for f in self.report["findings"] if (f["part"], f["capability"], f["reading"]) == place]
        return any(f["rung"] != best["rung"] for f in narrow)

    def _others(self, shown: Iterable[PathView]) -> Iterable[PathView]:
        """Give the paths beside those shown, each once, the strongest finding first."""
        rank = {"power and means": 0, "means only": 1, "legal power only": 2}
        ranked = []
        for f in (f for f in self.report["findings"] if f["part"] is not None):
            order = (rank.get(f["rung"], 3), self.weight.get(f["part"], 1))
            ranked += [((*order, -p["share"], len(p["hops"])), f, p) for p in f["paths"]]
        seen = {path.ends for path in shown}
        for _, f, way in sorted(ranked, key=lambda r: r[0]):
            ends = paths.leads(way)
            if ends not in seen:
                seen.add(ends)
                yield paths.path(f, way, self.report, self.t)

    def _beside(self) -> tuple[Evidence, ...]:
        ids: dict[str, None] = {}
        for f in self.report["findings"]:
            ids.update(dict.fromkeys(f["beside"]))
        found = [e for e in (evidence(i, self.report, self.t) for i in ids) if e is not None]
        dated = {e.id: self.report["statements"][e.id]["valid_from"] or "" for e in found}
        return tuple(sorted(found, key=lambda e: (dated[e.id], e.id)))

    def _possible(self) -> Iterable[str]:
        for p in self.report["possible"]:
            if p["reading"] == "wide":
                yield self.t.say(
                    N_("{capability} at {place}: power and means in {share} of worlds, {most} at most ({why})"),
                    capability=self.t.term(p["capability"]),
                    place=self.names.get(p["part"], p["part"]),
                    share=self.t.share(p["share"]),
                    most=self.t.share(p["at_most"]),
                    why=self.t.term(p["why"]),
                )


def supposed(case: Mapping[str, Any], threshold: float) -> tuple[str, ...]:
    """Say what was taken otherwise than a case has it."""
    own = case.get("own_threshold")
    found = [f"the threshold is {threshold}, not {own}"] if own not in (None, threshold) else []
    found += [f"the {case['grades']} table of grades"] if case.get("grades") else []
    return (*found, *(f"taken as false: {o}" for o in case.get("without") or ()))


def printed(standing: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    """Give what is read of a standing, a confidence to two figures: what moves by less does not move."""
    if standing is None:
        return None
    confidence = standing["confidence"]
    return standing["rung"], standing["level"], None if confidence is None else f"{confidence:.2f}"


def most(f: Mapping[str, Any] | None, report: Mapping[str, Any]) -> float | None:
    """Give the share of worlds in which power and means meet at most, where a finding stands on a lower rung."""
    if f is None or f["rung"] == "power and means":
        return None
    alike = [
        p["at_most"]
        for p in report["possible"]
        if p["capability"] == f["capability"] and p["reading"] == f["reading"] and f["part"] in (None, p["part"])
    ]
    return round(max(alike), 2) if alike else None  # as it is printed: what reads alike is told once


def cell(f: Mapping[str, Any] | None, tongue: Tongue = ENGLISH, at_most: float | None = None) -> Cell | None:
    """Give one reading of one capability."""
    if f is None:
        return None
    bounds = (f["bounds"][0], f["bounds"][1]) if f["bounds"] else None
    gross = f["gross"]
    if f.get("computed_rung", f["rung"]) != f["rung"]:  # a person's judgement: the figures are of what was computed
        return Cell(f["rung"], None, None, None, None, None, f["rung"], None)
    words = tongue.term(f["words"]) if f["words"] else None
    return Cell(
        f["rung"], f["level"], f["confidence"], f["error"], bounds, words, gross["rung"], gross["confidence"], at_most
    )


def _by_part(lines: Iterable[Line]) -> Iterable[tuple[str, tuple[Line, ...]]]:
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        if line.part is not None:
            grouped.setdefault(line.place, []).append(line)
    return ((place, tuple(several)) for place, several in grouped.items())


def breaks(f: Mapping[str, Any] | None, report: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    """Give the origins that a finding does not survive by name, with the share that is left."""
    named = {s["origin"]: s["origin_name"] or s["title"] or s["publisher"] for s in report["statements"].values()}
    return tuple((named.get(b["origin"]) or b["origin"], b["left"]) for b in (f["breaks_without"] if f else ()))


def thens(f: Mapping[str, Any]) -> tuple[tuple[tuple[str, float] | None, ...], tuple[tuple[str, float] | None, ...]]:
    """Give, for the cuts and for the breaking origins, the lower level at which power and means still meet."""

    def read(then: Mapping[str, Any] | None) -> tuple[str, float] | None:
        return (then["level"], then["share"]) if then else None

    cut = tuple(read(c) for c in f.get("cuts_then", ())[:CUTS])
    return cut, tuple(read(b.get("then")) for b in f["breaks_without"])


def next_steps(
    f: Mapping[str, Any] | None, report: Mapping[str, Any], tongue: Tongue = ENGLISH
) -> tuple[tuple[str, float, float], ...]:
    """Give what to find out next: the tie in words, by how much it could move the finding, its share on file."""
    listed = f["next"][:NEXT] if f else ()
    return tuple((label(n["tie"], n["label"], report["names"], tongue), n["gain"], n["share"]) for n in listed)


def cuts(
    f: Mapping[str, Any] | None, report: Mapping[str, Any], tongue: Tongue = ENGLISH
) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Give the smallest sets of ties that cut a finding, in words, with the share that each leaves."""
    if f is None:
        return ()
    several = (*report["findings"], *report["possible"])
    labels = {h["tie"]: h["label"] for g in several for path in g["paths"] for h in path["hops"]}
    labels |= {n["tie"]: n["label"] for g in report["findings"] for n in g["next"]}
    return tuple(
        (tuple(label(t, labels.get(t, t), report["names"], tongue) for t in ties), left)
        for ties, left in zip(f["cuts"][:CUTS], f["cuts_leave"][:CUTS], strict=True)
    )


def _more(f: Mapping[str, Any] | None, others: int) -> Mapping[str, int]:
    if f is None:
        return {}
    return {
        "paths": max(0, others - OTHERS),
        "cuts": max(0, len(f["cuts"]) - CUTS),
        "next": max(0, len(f["next"]) - NEXT),
    }


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".removeprefix("0")

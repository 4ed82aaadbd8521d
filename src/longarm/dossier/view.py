"""The view of a report: what terminal and page both show, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from longarm.dossier import sentences
from longarm.model import dates, grades, states

STATE = "state:"
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
class Evidence:
    """One statement beneath a hop, as it is shown."""

    id: str
    stance: str
    grade: str | None
    grade_words: str
    says: str
    quote: str | None
    quote_lang: str | None
    who: str
    kind: str
    chain: tuple[str, ...]
    when: str
    url: str | None
    document: str | None
    span: tuple[int, int] | None
    documents: int = 1
    """how many documents repeat it: one origin all the same"""
    title: str = ""
    entity: str | None = None
    """what it is a statement on: the cited fact, where it is one"""


@dataclass(frozen=True)
class Hop:
    """One step of a path: ties between the same two ends are shown as one."""

    start: str
    end: str
    start_name: str
    end_name: str
    level: str
    words: tuple[str, ...]
    is_disputed: bool
    meets: bool
    is_last: bool
    ties: tuple[str, ...]
    last_confirmed: str | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class PathView:
    """A path with the finding that it carries."""

    capability: str
    reading: str
    part: str
    rung: str
    share: float
    hops: tuple[Hop, ...]
    level: str | None
    place: str = ""
    """the part by its name"""
    meets_in: str = ""
    confidence: float | None = None
    """of the finding that it carries; `share` is that of the path alone"""


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
    second: PathView | None = None
    """a path of the wide reading that meets in another entity than the strongest does"""


def view(report: Mapping[str, Any]) -> View:
    """Make the view of a report."""
    q, names = report["question"], report["names"]
    lines = _lines(report)
    carrying = sentences.carrying(report)
    if carrying is not None and not carrying["paths"]:
        carrying = None
    further = sentences.second(report)
    strongest = _path(carrying, carrying["paths"][0], report) if carrying else None
    second = _path(*further, report) if further else None
    shown = [p for p in (strongest, second) if p is not None]
    others = list(_others(report, shown))
    return View(
        site=q["site"],
        site_name=names.get(q["site"], q["site"]),
        state=q["state"],
        state_name=states.name(q["state"]),
        dates=sentences.dates_line(report),
        headline=sentences.headline(report),
        lines=tuple(x for x in lines if x.part is None),
        parts=tuple(_by_part(lines)),
        strongest=strongest,
        others=tuple(others[:OTHERS]),
        cuts=_cuts(carrying, report),
        next=tuple((n["label"], n["gain"], n["share"]) for n in (carrying["next"][:NEXT] if carrying else ())),
        beside=_beside(report),
        gaps=tuple((g["id"], g["sentence"], g["remark"]) for g in report["coverage"]["gaps"]),
        not_linked=tuple((g["id"], g["sentence"], g["remark"]) for g in report["coverage"]["not_linked"]),
        coverage=report["coverage"],
        warnings=report["warnings"],
        worlds=report["worlds"],
        possible=tuple(_possible(report)),
        as_of=q["as_of"],
        known_at=q["known_at"] or "",
        case_title=report["case"]["title"],
        threshold=report["case"]["threshold"],
        cut_ties=tuple(tuple(ties) for ties in carrying["cuts"][:CUTS]) if carrying else (),
        breaks=_breaks(carrying, report),
        more=_more(carrying, len(others)),
        names=names,
        second=second,
    )


def _breaks(f: Mapping[str, Any] | None, report: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    named = {s["origin"]: s["origin_name"] or s["title"] or s["publisher"] for s in report["statements"].values()}
    return tuple((named.get(b["origin"]) or b["origin"], b["left"]) for b in (f["breaks_without"] if f else ()))


def _more(f: Mapping[str, Any] | None, others: int) -> Mapping[str, int]:
    if f is None:
        return {}
    return {
        "paths": max(0, others - OTHERS),
        "cuts": max(0, len(f["cuts"]) - CUTS),
        "next": max(0, len(f["next"]) - NEXT),
    }


def _lines(report: Mapping[str, Any]) -> list[Line]:
    names = report["names"]
    rank = sentences.weights(report)
    cells: dict[tuple[str | None, str], dict[str, Mapping[str, Any]]] = {}
    for f in report["findings"]:
        cells.setdefault((f["part"], f["capability"]), {})[f["reading"]] = f
    found = []
    for (part, capability), by_reading in cells.items():
        best = sentences.leading(by_reading.get("narrow"), by_reading.get("wide"))
        if best is None:
            continue
        if part is None:
            best = sentences.weightiest(best, report["findings"], rank)
        found.append(
            Line(
                capability=capability,
                part=part,
                place=names.get(part, part) if part else "the whole site",
                narrow=_cell(by_reading.get("narrow")),
                wide=_cell(by_reading.get("wide")),
                sentence=sentences.finding(
                    best, report["question"]["state"], names, only_wide=_only_wide(best, report)
                ),
            )
        )
    return found


def _only_wide(best: Mapping[str, Any], report: Mapping[str, Any]) -> bool:
    """True where the narrow reading of what a sentence speaks of stands on another rung: then it must say which."""
    if best["reading"] != "wide":
        return False
    place = (best["part"], best["capability"], "narrow")
    narrow = [f for f in report["findings"] if (f["part"], f["capability"], f["reading"]) == place]
    return any(f["rung"] != best["rung"] for f in narrow)


def _cell(f: Mapping[str, Any] | None) -> Cell | None:
    if f is None:
        return None
    bounds = (f["bounds"][0], f["bounds"][1]) if f["bounds"] else None
    gross = f["gross"]
    return Cell(
        f["rung"], f["level"], f["confidence"], f["error"], bounds, f["words"], gross["rung"], gross["confidence"]
    )


def _by_part(lines: Iterable[Line]) -> Iterable[tuple[str, tuple[Line, ...]]]:
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        if line.part is not None:
            grouped.setdefault(line.place, []).append(line)
    return ((place, tuple(several)) for place, several in grouped.items())


def _others(report: Mapping[str, Any], shown: Iterable[PathView]) -> Iterable[PathView]:
    """Give the paths beside those shown, each once, the strongest finding first."""
    rank = {"power and means": 0, "means only": 1, "legal power only": 2}
    weight = sentences.weights(report)
    ranked = []
    for f in (f for f in report["findings"] if f["part"] is not None):
        order = (rank.get(f["rung"], 3), weight.get(f["part"], 1))
        ranked += [((*order, -p["share"], len(p["hops"])), f, p) for p in f["paths"]]
    seen = {tuple(dict.fromkeys(e for h in path.hops for e in (h.start, h.end))) for path in shown}
    for _, f, path in sorted(ranked, key=lambda r: r[0]):
        ends = tuple(dict.fromkeys(e for h in path["hops"] if h["kind"] != "fact" for e in (h["from"], h["to"])))
        if ends in seen:
            continue
        seen.add(ends)
        yield _path(f, path, report)


def _path(f: Mapping[str, Any], path: Mapping[str, Any], report: Mapping[str, Any]) -> PathView:
    part = f["part"] or path["hops"][-1]["to"]
    return PathView(
        capability=f["capability"],
        reading=f["reading"],
        part=part,
        rung=f["rung"],
        share=path["share"],
        hops=_hops(path, report),
        level=path["level"],
        place=_name(part, report),
        meets_in=path["meets_in"],
        confidence=f["confidence"],
    )


def _hops(path: Mapping[str, Any], report: Mapping[str, Any]) -> tuple[Hop, ...]:
    """Join ties between the same ends; a fact about an entity joins the step that leads to it."""
    steps: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    facts: dict[str, list[Mapping[str, Any]]] = {}
    for hop in path["hops"]:
        if hop["kind"] == "fact":
            facts.setdefault(hop["from"], []).append(hop)
        else:
            steps.setdefault((hop["from"], hop["to"]), []).append(hop)
    found = []
    order = {"compel": 0, "control": 0, "influence": 0, "means": 1, "fact": 2}
    for i, ((start, end), several) in enumerate(steps.items()):
        joined = sorted(several, key=lambda h: order[h["level"]]) + facts.get(end, [])
        evidence = _folded((s for hop in joined for s in hop["statements"]), report)
        found.append(
            Hop(
                start=start,
                end=end,
                start_name=_name(start, report),
                end_name=_name(end, report),
                level=joined[0]["level"],
                words=tuple(h["label"] for h in joined),
                is_disputed=any(h["disputed"] for h in joined),
                meets=end == path["meets_in"],
                is_last=i == len(steps) - 1,
                ties=tuple(h["tie"] for h in joined),
                last_confirmed=max((h["last_confirmed"] for h in joined if h["last_confirmed"]), default=None),
                evidence=evidence,
            )
        )
    return tuple(found)


def _name(node: str, report: Mapping[str, Any]) -> str:
    if node.startswith(STATE):
        return states.name(node.removeprefix(STATE))
    name: str = report["names"].get(node, node)
    return name


def _folded(statements: Iterable[str], report: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """Give what several documents say of one origin as one, with their number: an echo adds nothing."""
    first: dict[tuple[str | None, str], Evidence] = {}
    repeated: dict[tuple[str | None, str], set[str | None]] = {}
    for s in statements:
        e = _evidence(s, report)
        if e is not None:
            key = (report["statements"][s]["origin"], e.says)
            first.setdefault(key, e)
            repeated.setdefault(key, set()).add(e.document)
    return tuple(replace(e, documents=len(repeated[key])) for key, e in first.items())


def _evidence(statement: str, report: Mapping[str, Any]) -> Evidence | None:
    s = report["statements"].get(statement)
    if s is None:
        return None
    article = s["document_kind"] == "law"
    stands = s.get("status") or "in force"
    status = f" ({str(stands).replace('_', ' ')})" if stands not in ("in force", "in_force") else ""
    in_law = f"{s['title']}, {s['prop']}{status}: {s['value']}"
    says = in_law if article else (s["quote"] or f"{s['prop']}: {s['value']}")
    chain = [x for x in (s["speaker"], s["origin_name"], s["publisher"]) if x]
    return Evidence(
        id=statement,
        stance=s["stance"],
        grade=s["grade"],
        grade_words=grades.in_words(grades.read(s["grade"])) if s["grade"] else "",
        says=says,
        quote=s["quote"],
        quote_lang=s.get("quote_lang"),
        who=s["publisher"] or s["origin_name"] or "",
        kind=s["document_kind"] or "",
        chain=tuple(dict.fromkeys(chain)),
        when=dates.in_words(s["published"]) if _is_date(s["published"]) else (s["published"] or "undated"),
        url=s["url"],
        document=s["document"],
        span=(s["span"][0], s["span"][1]) if s["span"] else None,
        title=s["title"] or "",
        entity=s["entity"],
    )


def _is_date(text: str | None) -> bool:
    try:
        return text is not None and bool(dates.span(text))
    except ValueError:
        return False


def _cuts(f: Mapping[str, Any] | None, report: Mapping[str, Any]) -> tuple[tuple[tuple[str, ...], float], ...]:
    if f is None:
        return ()
    several = (*report["findings"], *report["possible"])
    labels = {h["tie"]: h["label"] for g in several for path in g["paths"] for h in path["hops"]}
    labels |= {n["tie"]: n["label"] for g in report["findings"] for n in g["next"]}
    return tuple(
        (tuple(labels.get(t, t) for t in ties), left)
        for ties, left in zip(f["cuts"][:CUTS], f["cuts_leave"][:CUTS], strict=True)
    )


def _beside(report: Mapping[str, Any]) -> tuple[Evidence, ...]:
    ids: dict[str, None] = {}
    for f in report["findings"]:
        ids.update(dict.fromkeys(f["beside"]))
    found = [e for e in (_evidence(i, report) for i in ids) if e is not None]
    dated = {e.id: report["statements"][e.id]["valid_from"] or "" for e in found}
    return tuple(sorted(found, key=lambda e: (dated[e.id], e.id)))


def _possible(report: Mapping[str, Any]) -> Iterable[str]:
    for p in report["possible"]:
        if p["reading"] == "wide":
            place = report["names"].get(p["part"], p["part"])
            yield (
                f"{p['capability']} at {place}: power and means in {p['share']:.2f} of worlds, "
                f"{p['at_most']:.2f} at most ({p['why']})"
            )


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".removeprefix("0")

"""Coverage: what was looked at, what is missing, what was looked at and not linked. Every answer states it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longarm.assess.beside import CitedFact
from longarm.model import shares, states
from longarm.model import warnings as warned
from longarm.model.finding import Finding
from longarm.model.names import plainest
from longarm.model.terms import WHOLE, Rung
from longarm.model.ties import Kind, Ties, state_node
from longarm.model.warnings import Warned

NO_TIE = frozenset({"no tie"})
GAPS = frozenset({"gap"})
_TIED = frozenset({Kind.ORGAN, Kind.REGISTERED, Kind.SEATED})


@dataclass(frozen=True)
class Looked:
    """What an answer rests on."""

    rows: Sequence[Mapping[str, Any]]
    facts: Sequence[CitedFact]
    ties: Ties
    instruments: Sequence[str]
    unconfirmed: Sequence[str]
    parts: Sequence[str]
    state: str
    states: Sequence[str] = ()
    """those that the case tests"""
    rejected: int = 0
    """rows of its sources that were not taken"""


def parts(rows: Iterable[Mapping[str, Any]], site: str) -> list[dict[str, str | None]]:
    """Give the parts of a site, the critical first, then by id: {"id", "type", "criticality"}."""
    found: dict[str, dict[str, str | None]] = {}
    listed = [r for r in rows if r["schema"] == "SitePart"]
    for r in listed:
        if r["prop"] == "site" and r["value"] == site:
            found[r["canonical_id"]] = {"id": r["canonical_id"], "type": None, "criticality": None}
    for r in listed:
        key = {"partType": "type", "criticality": "criticality"}.get(r["prop"])
        if key and r["canonical_id"] in found:
            found[r["canonical_id"]][key] = r["value"]
    weight = {"high": 0, "medium": 1, "low": 2}
    return sorted(found.values(), key=lambda p: (weight.get(p["criticality"] or "", 1), str(p["id"])))


def assessed(ties: Ties, places: Sequence[str], *, has_law: bool) -> dict[str | None, bool]:
    """Say of each part whether it can be assessed: the state's law is in the base, or somebody's access is known."""
    known = {t.held for t in ties.ties if t.kind == Kind.ACCESS}
    found: dict[str | None, bool] = {p: has_law or p in known for p in places}
    found[None] = has_law or bool(known & set(places))
    return found


def carried_by(rows: Iterable[Mapping[str, Any]], facts: Iterable[CitedFact]) -> dict[str, set[str]]:
    """Give for each statement the cited facts that it rests on: same document, same words."""
    by_span: dict[tuple[str, int], set[str]] = {}
    found: dict[str, set[str]] = {}
    ids = {f.id for f in facts}
    listed = list(rows)
    for r in listed:
        if r["canonical_id"] in ids and r["document"] and r["span_start"] is not None:
            by_span.setdefault((r["document"], r["span_start"]), set()).add(r["canonical_id"])
    for r in listed:
        if r["document"] and r["span_start"] is not None:
            found[r["id"]] = by_span.get((r["document"], r["span_start"]), set())
    return found


def coverage(looked: Looked) -> dict[str, Any]:
    """Give the coverage block of a report."""
    gaps = [f for f in looked.facts if f.bears in GAPS or f.polarity == "unverified"]
    apart = [f for f in looked.facts if f.bears in NO_TIE or f.polarity == "not_shown"]
    holders = {t.held for t in looked.ties.ties if t.kind == Kind.ACCESS}
    without = [p for p in looked.parts if p not in holders]
    tied = sorted({t.held for t in looked.ties.ties if t.holder == state_node(looked.state) and t.kind in _TIED})
    complete = bool(looked.instruments) and not gaps and not without and not looked.rejected
    return {
        "status": "complete" if complete else "partial",
        "law_in_base": bool(looked.instruments),
        "instruments": list(looked.instruments),
        "unconfirmed": list(looked.unconfirmed),
        "statements": len(looked.rows),
        "rejected_rows": looked.rejected,
        "documents": len({r["document"] for r in looked.rows if r["document"]}),
        "origins": len({r["origin"] for r in looked.rows if r["origin"]}),
        "entities_tied": tied,
        "parts_without_access": without,
        "gaps": [_said(f) for f in gaps],
        "not_linked": [_said(f) for f in apart],
    }


def _said(f: CitedFact) -> dict[str, Any]:
    return {"id": f.id, "sentence": f.sentence, "remark": f.remark, "statements": list(f.statements[:1])}


def statements_in(block: Mapping[str, Any]) -> list[str]:
    """Give the statements that a coverage block cites."""
    return [s for key in ("gaps", "not_linked") for f in block[key] for s in f["statements"]]


def warnings(looked: Looked, findings: Sequence[Finding], titles: Mapping[str, str]) -> list[warned.Warned]:
    """Say what a reader must know before trusting a figure, each once; `titles` are those of the instruments by id."""
    called = _called(looked.rows)
    found = [*_sums(looked.ties, called), *_two_shares(looked.ties, called)]
    used = {t for f in findings for way in f.ways for t in way.ties}
    by_id = looked.ties.by_id()
    duties = [by_id[t].cls for t in used if t in by_id and by_id[t].kind.startswith(Kind.DUTY)]
    unsure = [i for i in looked.unconfirmed if any(cls.startswith(f"{i}#") for cls in duties)]
    found += [Warned(warned.UNCONFIRMED, {"instrument": titles.get(i, i)}) for i in unsure]
    for f in findings:
        if not f.ways_complete:
            asked = {"capability": f.capability, "reading": f.reading}
            place = {"place": called.get(f.part, f.part)} if f.part else {}
            found.append(Warned(warned.STOPPED if f.part else warned.STOPPED_WHOLE, {**place, **asked}))
    state = {"state": states.name(looked.state), "code": looked.state}
    if looked.states and looked.state not in looked.states:
        found.append(Warned(warned.NOT_TESTED, state))
    if looked.rejected:
        found.append(Warned(warned.REJECTED, {"count": looked.rejected}))
    if not looked.instruments:
        found.append(Warned(warned.NO_LAW, state))
    if any(f.standing.rung == Rung.NOT_ASSESSED for f in findings):
        found.append(Warned(warned.NOT_ASSESSED, {}))
    return list({w.text: w for w in found}.values())


def _sums(ties: Ties, called: Mapping[str, str]) -> Iterable[Warned]:
    """Shares over 100 % in sum are reported, never made to fit."""
    sums: dict[tuple[str, str], int] = {}
    for t in ties.ties:
        if t.kind == Kind.INTEREST:
            least = [a.share_lo for a in ties.assertions if a.tie == t.id and a.share_lo and a.stance == "asserted"]
            sums[t.held, t.cls] = sums.get((t.held, t.cls), 0) + min(least, default=0)
    for (company, cls), total in sorted(sums.items()):
        if total > WHOLE:
            values = {"kind": cls, "company": called.get(company, company), "total": shares.percent(total)}
            yield Warned(warned.OVER_A_WHOLE, values)


def _two_shares(ties: Ties, called: Mapping[str, str]) -> Iterable[Warned]:
    """Two shares for one holding are reported; the smaller counts, in the upper bound the larger."""
    for t in ties.ties:
        if t.kind == Kind.INTEREST:
            given = {
                (a.share_lo, a.share_hi)
                for a in ties.assertions
                if a.tie == t.id and a.share_lo is not None and a.stance == "asserted"
            }
            if len(given) > 1:
                several = [str(shares.Share(lo, hi or lo)) for lo, hi in sorted(given) if lo is not None]
                ends = {"holder": called.get(t.holder, t.holder), "held": called.get(t.held, t.held)}
                yield Warned(warned.TWO_SHARES, {**ends, "shares": several})


def names(rows: Iterable[Mapping[str, Any]], report: Mapping[str, Any]) -> dict[str, str]:
    """Give a name for everything that a report mentions by id."""
    wanted: set[str] = {report["question"]["site"], *report["coverage"]["entities_tied"]}
    for f in (*report["findings"], *report["possible"]):
        wanted.add(f["part"] or "")
        for path in f["paths"]:
            wanted |= {e for hop in path["hops"] for e in (hop["from"], hop["to"])}
    called = _called(rows)
    return {entity: called[entity] for entity in sorted(wanted) if entity in called}


def _called(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return plainest((r["canonical_id"], r["value"]) for r in rows if r["prop"] in ("name", "title"))

"""A dossier compiled: one question for several states, with law, sources, scenarios, and how it was computed.

The value is plain and in a fixed order: the same case, dates and program version give the same bytes. It is what
`longarm dossier --out FILE.json` writes, what every other form is rendered from, and what two dossiers are compared by.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import longarm
from longarm.errors import OptionError
from longarm.model import grades, states
from longarm.model.options import DossierOptions, declared
from longarm.model.terms import CAPABILITIES, LANGUAGES, OUR_NOTE, READINGS
from longarm.store import derived
from longarm.workspace import answering, supposing
from longarm.workspace.grounds import Asked, Grounds, grounds
from longarm.workspace.store import program, silent, today

if TYPE_CHECKING:
    from longarm.model.case import Case
    from longarm.model.ties import Ties
    from longarm.workspace import Workspace

FORMAT = 1
"""Of the value: raised where a reader of the last one would misread it."""
THRESHOLDS = (333, 500, 667, 900)
"""Thousandths at which the dossier says whether a finding would stand; the case's own is added."""
AROUND = 180
"""Characters of a document shown on either side of a quote."""
_FACT_MARK = re.compile(r"^\[[^\]\n]*\]\s*")


def dossier(ws: Workspace, site: str, asked_states: Sequence[str], options: DossierOptions) -> dict[str, Any]:
    """Compile the dossier of a site for some states; those of the case where none is named.

    Raises UnknownState, UnknownSite, or OptionError.
    """
    if options.lang not in LANGUAGES:
        raise OptionError(f"--lang: '{options.lang}' is none of longarm's", mend=f"one of: {', '.join(LANGUAGES)}")
    case = ws.case(site, options.known_at)
    codes = list(dict.fromkeys(states.check(s) for s in asked_states or case.states))
    if not codes:
        raise OptionError(f"the case '{case.id}' names no state", mend="name one: longarm dossier SITE STATE")
    reports = {}
    for code in codes:
        ws.progress(f"How far does the arm of {states.in_text(code)} reach")
        with _quietly(ws):
            reports[code] = ws.reach(site, code, options.reach())
    as_of = reports[codes[0]]["question"]["as_of"]
    known_at = options.known_at
    head = ws.head()
    without = supposing.disbelieved(ws, options)
    altered = supposing.altered(case, options)
    key = derived.key(
        "dossier",
        program(),
        head,
        site,
        codes,
        as_of,
        known_at,
        options.worlds,
        altered.threshold,
        options.grades,
        without,
    )
    value: dict[str, Any] = derived.fresh(
        ws.layout.derived,
        "dossiers",
        key,
        lambda: _compiled(ws, altered, reports, replace(options, as_of=as_of), without),
    )
    return value


def _compiled(
    ws: Workspace, case: Case, reports: dict[str, dict[str, Any]], options: DossierOptions, without: tuple[str, ...]
) -> dict[str, Any]:
    from longarm.assess import places, sources, timeline
    from longarm.law.listing import titles

    as_of = reports[next(iter(reports))]["question"]["as_of"]
    ws.progress("The law, the sources, both clocks")
    with _quietly(ws):
        asked = Asked("", as_of, options.known_at, None, options.worlds, without)
        on = {code: grounds(ws, case, replace(asked, state=code)) for code in reports}
    first = next(iter(on.values()))
    rows = first.rows
    parts = [str(p["id"]) for p in first.parts]
    facts = _facts(ws, case, rows, options.known_at)
    ends = {c: _ends(r) for c, r in reports.items()}
    law = {code: _law(code, on[code], reports[code], ends[code]) for code in reports}
    cited = {s for r in reports.values() for s in r["statements"]} | {s for f in facts for s in f["statements"]}
    statements = _statements(ws, cited, rows, reports)
    documents = ws.documents(options.known_at)
    names = {**titles(i for on_ in on.values() for i in on_.law.instruments), **_names(rows)}
    hops = [h for r in reports.values() for f in r["findings"] for p in f["paths"] for h in p["hops"]]
    everybody = set().union(*ends.values()) | set(_holders(first.ties, parts))
    ws.progress("Other thresholds and tables of grades")
    survives = {code: _survives(case, on[code], options.grades) for code in reports}
    ws.progress("The scenarios of the case")
    with _quietly(ws):
        scenarios = _scenarios(ws, case, reports, options)
    return {
        "format": FORMAT,
        "question": {
            "site": case.site,
            "states": list(reports),
            "as_of": as_of,
            "known_at": reports[next(iter(reports))]["question"]["known_at"],
            "known_at_asked": options.known_at,
            "worlds": options.worlds,
            "threshold": case.threshold / 1000,
            "case_threshold": ws.case(case.site, options.known_at).threshold / 1000,
            "grades": options.grades,
            "without": list(without),
        },
        "case": {**_case(case), "has_demonstration": ws.has_demonstration(case.id, options.known_at)},
        "names": names,
        "reports": reports,
        "law": law,
        "survives": survives,
        "scenarios": scenarios,
        "facts": facts,
        "wanting": _wanting(facts, rows),
        "timeline": timeline.events(
            facts,
            hops,
            [i for rows_ in law.values() for i in rows_["instruments"]],
            statements,
            {s for r in reports.values() for s in r["statements"]},
        ),
        "places": places.places(rows, case.site, parts, names),
        "seats": places.seats(first.ties, everybody, names),
        "documents": sources.documents(rows, documents, cited),
        "origins": sources.origins(rows, ws.origins(), cited),
        "statements": statements,
        "computed": _computed(ws, case, list(reports), options, rows),
    }


@contextmanager
def _quietly(ws: Workspace) -> Iterator[None]:
    """Tell the steps of a dossier, not those of every question beneath it."""
    told, ws.progress = ws.progress, silent
    try:
        yield
    finally:
        ws.progress = told


def _case(case: Case) -> dict[str, Any]:
    table = case.table
    return {
        "id": case.id,
        "title": case.title,
        "site": case.site,
        "own_state": case.own_state,
        "states": list(case.states),
        "note": case.note,
        "threshold": case.threshold / 1000,
        "influence_from": case.influence_from,
        "stale_after": [asdict(s) for s in case.stale],
        "grades": {
            "letters": {k: v / 1000 for k, v in table.letters},
            "digits": {k: v / 1000 for k, v in table.digits},
            "classes": dict(table.classes),
        },
    }


def _facts(ws: Workspace, case: Case, rows: Sequence[Mapping[str, Any]], known_at: str | None) -> list[dict[str, Any]]:
    """Give every cited fact of the case, with what a person wrote down of its answer."""
    from longarm.assess.beside import cited_facts

    replies: dict[str, list[dict[str, Any]]] = {}
    for r in ws.decided("reply", known_at, case.id):
        replies.setdefault(r["to"], []).append(
            {"says": r["says"], "on": str(r["on"]), "by": r["author"], "answered_by": r.get("answered_by")}
        )
    document_of = {r["id"]: r["document"] for r in rows}
    return [
        {
            "id": f.id,
            "sentence": f.sentence,
            "stance": f.stance,
            "bears": f.bears,
            "polarity": f.polarity,
            "about": sorted(f.about),
            "contradicts": sorted(f.contradicts),
            "capabilities": sorted(f.hints),
            "remark": f.remark,
            "start": f.start,
            "end": f.end,
            "statements": list(f.statements),
            "documents": sorted({document_of[s] for s in f.statements if document_of.get(s)}),
            "replies": replies.get(f.id, []),
        }
        for f in cited_facts(rows)
    ]


def _wanting(facts: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    from longarm.assess import replies
    from longarm.resolve.same import schemata

    return replies.wanting(facts, replies.named(schemata(rows), facts))


def _ends(report: Mapping[str, Any]) -> set[str]:
    """Give the entities on the paths of a report, the parts and the state left out."""
    found = {
        e
        for f in (*report["findings"], *report["possible"])
        for p in f["paths"]
        for h in p["hops"]
        for e in (h["from"], h["to"])
    }
    return {e for e in found if not e.startswith("state:")} - {p["id"] for p in report["parts"]}


def _holders(ties: Ties, parts: Sequence[str]) -> Iterable[str]:
    from longarm.model.ties import Kind

    return (t.holder for t in ties.ties if t.kind == Kind.ACCESS and t.held in parts)


def _law(code: str, on: Grounds, report: Mapping[str, Any], ends: set[str]) -> dict[str, Any]:
    from longarm.law.binding import binding

    parts = [str(p["id"]) for p in on.parts]
    about = ends | set(_holders(on.ties, parts))
    used = {h["tie"] for f in report["findings"] for p in f["paths"] for h in p["hops"]}
    return {
        "in_base": report["coverage"]["law_in_base"],
        "instruments": binding(on.ties.ties, on.law.instruments, code, about, used),
    }


def _survives(case: Case, on: Grounds, asked: str | None) -> list[dict[str, Any]]:
    """Say where the whole site stands on the table that is asked for and on the others, at several thresholds.

    A table gives other figures to the same letters and digits: ties, duties and their grades stay what they are.
    """
    from longarm.reach.standings import standings

    thresholds = sorted({*THRESHOLDS, case.threshold})
    found: list[dict[str, Any]] = []
    for name in (None, *(n for n in grades.others() if n != asked)):
        table = case.table if name is None else grades.other(name, case.table)
        at = standings(replace(on.question, table=table), thresholds, on.assessed)
        found += [
            {
                "grades": name or asked,
                "is_own_table": name is None,
                "threshold": threshold / 1000,
                "is_own_threshold": threshold == case.threshold,
                "capability": str(capability),
                "reading": str(reading),
                "rung": str(s.rung),
                "level": str(s.level) if s.level else None,
                "confidence": None if s.confidence is None else round(s.confidence, 6),
            }
            for capability in CAPABILITIES
            for reading in READINGS
            for threshold in thresholds
            for s in (at[capability, reading, threshold],)
        ]
    return found


def _scenarios(
    ws: Workspace, case: Case, reports: Mapping[str, Mapping[str, Any]], options: DossierOptions
) -> list[dict[str, Any]]:
    """Compare the whole site without and with each scenario of the case, for every state asked."""
    from longarm.assess.compare import compare
    from longarm.ingest import scenario as reading

    found = []
    for name, text in sorted(ws.scenarios(case.site, options.known_at).items()):
        laid = reading.read(text.encode(), f"scenarios/{name}.yaml", case.site, today())
        by_state = {}
        day = replace(options, as_of=laid.as_of or options.as_of)
        for code, report in reports.items():
            before = report if day == options else ws.reach(case.site, code, day.reach())
            after = ws.reach(case.site, code, day.reach(name))
            moved = [m for m in compare(before, after)["moved"] if m["part"] is None]
            by_state[code] = {
                "lines": _lines(after),
                "before": _lines(before),
                "moved": [m for m in moved if _standing(m["before"]) != _standing(m["after"])],
            }
        found.append({"id": name, "title": laid.title, "as_of": day.as_of, "text": text, "states": by_state})
    return found


def _lines(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give where the whole site stands."""
    shown = ("capability", "reading", "rung", "level", "confidence", "error", "bounds")
    return [{k: f[k] for k in shown} for f in report["findings"] if f["part"] is None]


def _standing(s: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    return None if s is None else (s["rung"], s["level"], s["confidence"])


def _statements(
    ws: Workspace,
    cited: Iterable[str],
    rows: Sequence[Mapping[str, Any]],
    reports: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Give every statement of the dossier with the words around its quote."""
    known: dict[str, Any] = {i: s for r in reports.values() for i, s in r["statements"].items()}
    found = {i: known.get(i) for i in sorted(cited)}
    missing = [i for i, s in found.items() if s is None]
    found.update(answering.evidence(ws, missing, rows))
    return {i: {**s, "around": _around(ws, s)} for i, s in sorted(found.items()) if s is not None}


def _around(ws: Workspace, statement: Mapping[str, Any]) -> list[str] | None:
    """Give the words before and after a quote in its document, cut at blanks."""
    if not statement["span"] or not statement["document"]:
        return None
    text = ws.text(statement["document"])
    start, end = statement["span"]
    if statement["document_kind"] == OUR_NOTE:  # a line of our note stands by itself, behind the mark of its fact
        line = text.rfind("\n", 0, start) + 1
        rest = text.find("\n", end)
        before, after = _FACT_MARK.sub("", text[line:start]), text[end : rest if rest >= 0 else len(text)]
        return [before, after]
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return [before, after]


def _names(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    from longarm.model.names import plainest

    found = plainest((r["canonical_id"], r["value"]) for r in rows if r["prop"] in ("name", "title"))
    return dict(sorted(found.items()))


def _computed(
    ws: Workspace, case: Case, codes: Sequence[str], options: DossierOptions, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Say how it was computed: hashes, versions, and the command that repeats it."""
    return {
        "version": longarm.__version__,
        "program": program(),
        "facts": _facts_hash(ws, case, options.known_at, rows),
        "law": _law_hash(),
        "command": _command(case.site, codes, options),
    }


def _facts_hash(ws: Workspace, case: Case, known_at: str | None, rows: Sequence[Mapping[str, Any]]) -> str:
    """Hash what is known of a case, by what it says: in another workspace the same case has the same."""
    said = {kind: ws.standing(kind, known_at, case.id) for kind in ("judgement", "note", "reply", "same", "scenario")}
    return derived.key(sorted({r["id"] for r in rows}), said, asdict(ws.case(case.site, known_at)))[:16]


def _law_hash() -> str:
    digest = hashlib.sha256()
    base = files("longarm.law").joinpath("base")
    for folder in (base, base.joinpath("instruments")):
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.name.endswith((".yaml", ".json")):
                digest.update(entry.name.encode() + entry.read_bytes())
    return digest.hexdigest()[:16]


def _command(site: str, codes: Sequence[str], options: DossierOptions) -> str:
    words = ["longarm", "dossier", site, *codes]
    for option in declared(DossierOptions):
        value = getattr(options, option.name)
        if value != option.default and option.name != "lang":
            words += [f"--{option.name.replace('_', '-')}", str(value)]
    return shlex.join(words)

"""Two dossiers of a case compared: which findings moved, and what is different beneath them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from longarm.dossier.labels import label
from longarm.dossier.tongue import ENGLISH
from longarm.dossier.view import printed
from longarm.errors import OptionError
from longarm.model import states

if TYPE_CHECKING:
    from rich.console import Console

_ASKED = ("as_of", "known_at", "worlds", "threshold", "grades", "without")


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Give what moved from one dossier to another, and why.

    `moved`: a row a finding whose rung, level or printed confidence is another. `why`: what was asked otherwise, the
    table of grades, the program, the law, statements and documents that came or went, facts whose answer is new.
    """
    sites = [x["question"]["site"] for x in (before, after)]
    if sites[0] != sites[1]:
        raise OptionError(f"the two dossiers are of different sites: {sites[0]}, {sites[1]}", mend="two of one site")
    codes = [c for c in after["reports"] if c in before["reports"]]
    return {
        "site": after["question"]["site"],
        "moved": [m for c in codes for m in _moved(c, before["reports"][c], after["reports"][c])],
        "states_gone": [c for c in before["reports"] if c not in after["reports"]],
        "states_come": [c for c in after["reports"] if c not in before["reports"]],
        "why": _why(before, after),
        "names": {**before["names"], **after["names"]},
    }


def _moved(code: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    then = {(f["part"], f["capability"], f["reading"]): f for f in before["findings"]}
    now = {(f["part"], f["capability"], f["reading"]): f for f in after["findings"]}
    for place in (*then, *(p for p in now if p not in then)):
        one, two = then.get(place), now.get(place)
        if printed(one) == printed(two):
            continue
        yield {
            "state": code,
            "part": place[0],
            "capability": place[1],
            "reading": place[2],
            "before": _standing(one),
            "after": _standing(two),
            "ties_gone": _labels(_ties(one) - _ties(two), one),
            "ties_come": _labels(_ties(two) - _ties(one), two),
        }


def _standing(f: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if f is None else {k: f[k] for k in ("rung", "level", "confidence", "bounds")}


def _ties(f: Mapping[str, Any] | None) -> set[str]:
    return set() if f is None else {h["tie"] for p in f["paths"] for h in p["hops"]}


def _labels(ties: set[str], f: Mapping[str, Any] | None) -> list[dict[str, str]]:
    said = {h["tie"]: h["label"] for p in (f["paths"] if f else ()) for h in p["hops"]}
    return [{"tie": t, "label": said.get(t, t)} for t in sorted(ties)]


def _why(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    one, two = before["question"], after["question"]
    then, now = before["statements"], after["statements"]
    documents = [{d["id"]: d for d in x["documents"]} for x in (before, after)]
    replies = [{f["id"] for f in x["facts"] if f["replies"]} for x in (before, after)]
    return {
        "asked": {k: [one[k], two[k]] for k in _ASKED if one[k] != two[k]},
        "grades": _table(before["case"]["grades"], after["case"]["grades"]),
        "program": _pair(before["computed"]["program"], after["computed"]["program"]),
        "law": _pair(before["computed"]["law"], after["computed"]["law"]),
        "facts": _pair(before["computed"]["facts"], after["computed"]["facts"]),
        "statements_gone": [_said(i, then[i]) for i in sorted(set(then) - set(now))],
        "statements_come": [_said(i, now[i]) for i in sorted(set(now) - set(then))],
        "documents_gone": [_document(documents[0][i]) for i in sorted(set(documents[0]) - set(documents[1]))],
        "documents_come": [_document(documents[1][i]) for i in sorted(set(documents[1]) - set(documents[0]))],
        "answers_come": sorted(replies[1] - replies[0]),
        "answers_gone": sorted(replies[0] - replies[1]),
    }


def _pair(one: Any, two: Any) -> list[Any] | None:
    return None if one == two else [one, two]


def _table(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {
        f"{kind} {k}": [one[kind].get(k), two[kind].get(k)]
        for kind in ("letters", "digits", "classes")
        for k in sorted({*one[kind], *two[kind]})
        if one[kind].get(k) != two[kind].get(k)
    }


def _said(identity: str, s: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": identity,
        "says": s["quote"] or f"{s['prop']}: {s['value']}",
        "stance": s["stance"],
        "grade": s["grade"],
        "who": s["publisher"] or s["origin_name"],
    }


def _document(d: Mapping[str, Any]) -> dict[str, Any]:
    return {k: d[k] for k in ("id", "publisher", "title", "published")}


def show_differences(found: Mapping[str, Any], console: Console) -> None:
    """Write what moved and why on a terminal."""
    from rich.markup import escape

    from longarm.dossier.terminal import mark, put

    names = found["names"]
    put(console, "")
    put(console, "[bold]What is different beneath[/]")
    listed = list(dict.fromkeys(_reasons(found["why"])))
    for line in listed or ["Nothing: the same question, program, law and facts."]:
        put(console, escape(line), 2)
    put(console, "")
    put(console, "[bold]What moved[/] [dim](− and + are ties of the paths shown)[/]")
    if not found["moved"]:
        put(console, "No finding of the states in both moved.")
    whole = [m for m in found["moved"] if not m["part"]]
    for m in whole:
        place = names.get(m["part"], m["part"]) if m["part"] else "the whole site"
        then, now = (_words(m[k]) for k in ("before", "after"))
        rung = (m["after"] or m["before"])["rung"]
        head = f"{states.name(m['state'])} · {m['capability']} · {place} · {m['reading']}"
        put(console, f"{mark(m['capability'], rung)} [bold]{escape(head)}[/]")
        put(console, f"{then} → {now}", 2)
        for key, sign in (("ties_gone", "−"), ("ties_come", "+")):
            for tie in m[key][:4]:
                put(console, f"{sign} {escape(label(tie['tie'], tie['label'], names, ENGLISH))}", 2)
    for key, words in (("states_gone", "Only in the first"), ("states_come", "Only in the second")):
        if found[key]:
            put(console, f"{words}: {', '.join(states.name(c) for c in found[key])}")
    if len(whole) < len(found["moved"]):
        put(console, f"And {len(found['moved']) - len(whole)} findings at single parts; --json gives them.")


def _words(standing: Mapping[str, Any] | None) -> str:
    if standing is None:
        return "not in it"
    figure = "" if standing["confidence"] is None else f" {standing['confidence']:.2f}"
    level = f", {standing['level']}" if standing["level"] else ""
    return f"{standing['rung']}{level}{figure}"


def _reasons(why: Mapping[str, Any]) -> Iterable[str]:
    for name, values in why["asked"].items():
        one, two = (", ".join(v) if isinstance(v, list) else v for v in values)
        yield f"asked: {name.replace('_', ' ')} {one or 'as in the case'} → {two or 'as in the case'}"
    for name, (one, two) in why["grades"].items():
        yield f"table of grades: {name} {one} → {two}"
    for key, words in (
        ("program", "another program"),
        ("law", "another law base"),
        ("facts", "other facts or decisions"),
    ):
        if why[key]:
            yield f"{words}: {why[key][0]} → {why[key][1]}"
    for key, sign in (("documents_gone", "−"), ("documents_come", "+")):
        for d in why[key]:
            named = f"{d['publisher'] or 'no publisher'}: {d['title'] or 'no title'}"
            yield f"{sign} document: {named} ({d['published'] or 'undated'})"
    for key, sign in (("statements_gone", "−"), ("statements_come", "+")):
        for s in why[key][:12]:
            yield f"{sign} {s['stance']} {s['grade'] or ''}: {s['says']} ({s['who'] or 'no source'})"
        if len(why[key]) > 12:
            yield f"{sign} {len(why[key]) - 12} more statements; --json gives them all"
    for key, words in (("answers_come", "answer written down for"), ("answers_gone", "answer withdrawn for")):
        for fact in why[key]:
            yield f"{words} {fact}"

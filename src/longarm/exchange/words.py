"""Findings and statements in words, as every format carries them: plain English, the stance first, who says it next.

A rung on which nothing was found is said with what it does not mean, and never with a figure (design 4.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from longarm.exchange.cited import NOTHING_FOUND, Cited
from longarm.exchange.documents import LAW
from longarm.model import grades, states
from longarm.model.terms import OUR_NOTE, Rung, Stance

CAPABILITY: Final = (
    "A finding is about capability. Nothing here says that anybody has done wrong, unless a statement says so, "
    "and then it says who said it."
)
NOT_GOOD_NEWS: Final = {
    Rung.NO_PATH.value: "No path was found in what was looked at. This does not say that there is none.",
    Rung.NOT_ASSESSED.value: "This was not assessed: neither the law of that state nor the holders of the access are "
    "on file. It says nothing about whether there is a path.",
}
PUT: Final = {
    Stance.ASSERTED.value: "Statement",
    Stance.ALLEGED.value: "Allegation",
    Stance.DENIED.value: "Denial",
    Stance.PLANNED.value: "Plan",
    Stance.INFERRED.value: "Inference",
}
"""How a statement is put, as the first word of what is written of it."""


def question(c: Cited) -> str:
    """Ask the question of a dossier; what was supposed against the case, and that it is a draft, stands behind it."""
    return "".join([_question(c), *(f" [{line}]" for line in supposed(c))])


def supposed(c: Cited) -> list[str]:
    """Say what was taken otherwise than the case has it, and whether something lacks its source or its answer."""
    q = c.given.get("question") or {}
    own, asked = q.get("case_threshold"), q.get("threshold")
    found = [f"supposed: the threshold is {asked}, not {own}"] if own is not None and asked != own else []
    found += [f"supposed: the {q['grades']} table of grades"] if q.get("grades") else []
    found += [f"supposed: taken as false: {o}" for o in q.get("without") or ()]
    return found + (["DRAFT, not for publication: something lacks its source or its answer"] if q.get("draft") else [])


def _question(c: Cited) -> str:
    of = [states.in_text(s) for s in c.states]
    if len(of) > 1:
        return f"How far do the arms of {', '.join(of[:-1])} and {of[-1]} reach into {c.name(c.site)}?"
    return f"How far does {f'the arm of {of[0]}' if of else 'any arm'} reach into {c.name(c.site)}?"


def finding(c: Cited, state: str, f: Mapping[str, Any]) -> str:
    """Say a finding in one line, with what it does not mean where nothing was found."""
    head = f"{states.name(state)} · {f['capability']} · {c.place(f.get('part'))} · {f['reading']} reading: {f['rung']}"
    if f["rung"] in NOTHING_FOUND:
        meant = f"{NOT_GOOD_NEWS[f['rung']]} Coverage: {coverage_status(c, state)}."
        return f"{head}. {meant}{_gross(f)}{judgements(f)}"
    level = f", {f['level']}" if f.get("level") else ""
    if is_judged(f):
        head, level = f"{head}, by a person's judgement", f"{level}. Computed: {f['computed_rung']}"
    return f"{head}{level}{_figure(f)}.{_gross(f)}{judgements(f)}"


def judgements(f: Mapping[str, Any]) -> str:
    """Say what people judged of a finding: who, when, of which time, on which statements, and why."""
    said = []
    for j in f.get("judged") or ():
        time = f", for {j['for']}" if j.get("for") else ""
        lifts = "" if j.get("holds") else " (which lifts no rung of this day)"
        rests = "; ".join(map(str, j.get("cites") or ())) or "no statement on file"
        said.append(f" Judged by {j.get('author')} on {j.get('on')}: {j['rung']}{time}{lifts}; rests on {rests}")
        said[-1] += f"; {j['reason']}" if j.get("reason") else ""
    return "".join(f"{s}." for s in said)


def is_judged(f: Mapping[str, Any]) -> bool:
    """True where a person's judgement set the rung; the figure then belongs to the rung that was computed."""
    return bool(f.get("computed_rung")) and f["computed_rung"] != f["rung"]


def figure(f: Mapping[str, Any]) -> float | None:
    """Give the confidence that may stand as a figure for a finding's own rung; None where there is none.

    There is none where nothing was found, which a figure would turn into an assurance, nor for a person's judgement.
    """
    if f["rung"] in NOTHING_FOUND or is_judged(f) or f.get("confidence") is None:
        return None
    return float(f["confidence"])


def possible(c: Cited, p: Mapping[str, Any]) -> str:
    """Say what stays below the threshold."""
    return (
        f"{p['capability']} · {c.place(p['part'])} · {p['reading']} reading: {p['why']}; "
        f"{p['share']:.2f} of worlds, at most {p['at_most']:.2f}"
    )


def statement(s: Mapping[str, Any], *, lead: bool = True) -> str:
    """Say a statement: how it is put, by whom, its grade, and the words."""
    put = f"{PUT.get(str(s.get('stance')), str(s.get('stance')))}: " if lead else ""
    of = f" [{', '.join(filter(None, (who(s), s.get('published'), grade_words(s))))}]"
    return f"{put}{says(s)}{of}"


def says(s: Mapping[str, Any]) -> str:
    """Give the words of a statement: the quote, our note's words named as such, an article, or the value."""
    if s.get("document_kind") == LAW:
        return f"{s.get('title') or s['entity']}, {s['prop']} ({s.get('status') or 'in force'}): {s['value']}"
    if s.get("quote"):
        return f"{s['quote']} (our note, in our words)" if s.get("document_kind") == OUR_NOTE else str(s["quote"])
    return str(s["value"]) if s["prop"] == "sentence" else f"{s['entity']}, {s['prop']}: {s['value']}"


def who(s: Mapping[str, Any]) -> str:
    """Say who says it, on which occasion, and who published it."""
    speaker, origin, publisher = (s.get(k) for k in ("speaker", "origin_name", "publisher"))
    first = f"{speaker} ({origin})" if speaker and origin and speaker != origin else speaker or origin
    several = [first, f"published by {publisher}" if publisher and publisher != first else None]
    return ", ".join(str(x) for x in several if x) or "no speaker named"


def grade_words(s: Mapping[str, Any]) -> str:
    """Give the grade of a statement with its words; '' where it has none."""
    if not s.get("grade"):
        return ""
    return f"grade {s['grade']}: {grades.in_words(grades.read(str(s['grade'])))}"


def credibility(s: Mapping[str, Any]) -> str | None:
    """Give the digit that a statement counts with: an allegation's is one lower (design 4.1); None without a grade."""
    if not s.get("grade"):
        return None
    grade = grades.read(str(s["grade"]))
    return (grade.lowered() if s.get("stance") == Stance.ALLEGED else grade).digit


def coverage_status(c: Cited, state: str) -> str:
    """Say how far the state was looked at."""
    return str((c.reports[state].get("coverage") or {}).get("status") or "not known")


def limits(c: Cited, state: str) -> list[str]:
    """Say the limits of an answer: coverage, law, gaps, what was looked at and not linked, warnings."""
    r = c.reports[state]
    block = r.get("coverage") or {}
    found = [f"Coverage: {coverage_status(c, state)}."]
    if not block.get("law_in_base"):
        only = "only ownership and control were looked at"
        found.append(f"No law of {states.in_text(state)} in force that day is in the base: {only}.")
    without = [c.name(p) for p in block.get("parts_without_access") or ()]
    if without:
        found.append(f"Nobody's access is on file for: {', '.join(without)}.")
    found += [f"Not known: {g['sentence']}" for g in block.get("gaps") or ()]
    found += [f"Looked at, not linked: {g['sentence']}" for g in block.get("not_linked") or ()]
    found += [f"Warning: {w}" for w in r.get("warnings") or ()]
    return found


def _figure(f: Mapping[str, Any]) -> str:
    if f.get("confidence") is None:
        return ""
    bounds = f.get("bounds")
    error = f" ±{f['error']:.2f}" if f.get("error") is not None else ""
    between = f" ({bounds[0]:.2f} to {bounds[1]:.2f})" if bounds else ""
    words = f", {f['words']}" if f.get("words") else ""
    return f"; confidence {f['confidence']:.2f}{error}{between}{words}"


def _gross(f: Mapping[str, Any]) -> str:
    gross = f.get("gross") or {}
    if not gross or (gross.get("rung"), gross.get("level")) == (f.get("computed_rung", f["rung"]), f.get("level")):
        return ""
    level = f", {gross['level']}" if gross.get("level") else ""
    return f" Without the safeguards on file: {gross['rung']}{level}."

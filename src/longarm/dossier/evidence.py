"""Statements as they are shown: how each is put and graded, the words, who says so, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from longarm.dossier.tongue import ENGLISH, N_, Tongue
from longarm.model import grades

_COUNTRIES: Final = frozenset(
    {"country", "jurisdiction", "mainCountry", "state", "dataLocation", "keysHeldIn", "itemOrigin"}
)
NOT_REVIEWED: Final = "not reviewed"
"""How a claim is put that nobody decided on: it counts in the upper bound only, and has no grade yet"""
_PROPERTIES: Final = (
    *(N_("main country"), N_("jurisdiction"), N_("country"), N_("owner"), N_("asset"), N_("percentage")),
    *(N_("holder"), N_("part"), N_("access role"), N_("gives"), N_("contains"), N_("processes"), N_("sector")),
    *(N_("body"), N_("category"), N_("bears"), N_("share"), N_("voting percentage"), N_("interest type")),
    *(N_("controller"), N_("controlled"), N_("control type"), N_("start date"), N_("end date"), N_("site")),
)
"""Names of properties that evidence often shows; others stand in English."""


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
    around: tuple[str, str] | None = None
    """the words before and after the quote in its document"""
    origin: str | None = None


def evidence(statement: str, report: Mapping[str, Any], tongue: Tongue = ENGLISH) -> Evidence | None:
    """Give a statement of a report as it is shown; None where the report does not hold it."""
    s = report["statements"].get(statement)
    if s is None:
        return None
    stands = str(s.get("status") or "in force").replace("_", " ")
    status = f" ({tongue.term(stands)})" if stands != "in force" else ""
    if s["document_kind"] == "law":
        article = tongue.say("article {number}", number=str(s["prop"]).removeprefix("article "))
        says = f"{s['title']}, {article}{status}: {s['value']}"
    else:
        says = s["quote"] or _value(s["prop"], report["names"].get(s["value"], s["value"]), tongue)
    chain = [x for x in (s["speaker"], s["origin_name"], s["publisher"]) if x]
    around = s.get("around")
    is_waiting = str(s["origin"] or "").startswith("unreviewed:")
    return Evidence(
        id=statement,
        stance=NOT_REVIEWED if is_waiting else s["stance"],
        grade=None if is_waiting else s["grade"],
        grade_words="" if is_waiting else _grade_words(s["grade"], tongue),
        says=says,
        quote=s["quote"],
        quote_lang=s.get("quote_lang"),
        who=s["publisher"] or s["origin_name"] or "",
        kind=s["document_kind"] or "",
        chain=tuple(dict.fromkeys(chain)),
        when=tongue.day(s["published"]),
        url=s["url"],
        document=s["document"],
        span=(s["span"][0], s["span"][1]) if s["span"] else None,
        title=s["title"] or "",
        entity=s["entity"],
        around=(around[0], around[1]) if around else None,
        origin=s["origin"],
    )


def folded(statements: Iterable[str], report: Mapping[str, Any], tongue: Tongue = ENGLISH) -> tuple[Evidence, ...]:
    """Give what several documents say of one origin as one, with their number: an echo adds nothing."""
    first: dict[tuple[str, ...], Evidence] = {}
    repeated: dict[tuple[str, ...], set[str | None]] = {}
    for s in statements:
        e = evidence(s, report, tongue)
        if e is not None:
            key = (e.origin or e.id, e.entity or "", e.stance, e.says)
            first.setdefault(key, e)
            repeated.setdefault(key, set()).add(e.document)
    return tuple(replace(e, documents=len(repeated[key])) for key, e in first.items())


def gathered(several: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Join what one record says of one thing without words to quote: its values are read together, not one by one."""
    found: dict[tuple[str | None, ...], Evidence] = {}
    for e in several:
        if e.quote or e.kind == "law" or not e.entity:
            found[(e.id,)] = e
            continue
        key = (e.entity, e.document, e.stance, e.grade)
        found[key] = replace(found[key], says=f"{found[key].says}; {e.says}") if key in found else e
    return tuple(found.values())


def origins(several: Iterable[Evidence]) -> int:
    """Count whom the evidence goes back to: a document that repeats another is no second source."""
    return len({e.origin or e.id for e in several})


def _value(prop: str, value: str, tongue: Tongue) -> str:
    """Say a value of a register line: the property's name as words, a country by its name."""
    if prop == "sentence":  # what the case itself says, with no document to quote
        return value
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", prop).lower()
    said = tongue.state(value) if prop in _COUNTRIES else value
    return tongue.say(N_("{what}: {value}"), what=tongue.term(words), value=said)


def _grade_words(grade: str | None, tongue: Tongue) -> str:
    if not grade:
        return ""
    return ", ".join(tongue.term(w) for w in grades.in_words(grades.read(grade)).split(", "))

"""Pages: HTML for screen and print, readable without a script.

Take the same views as the terminal, so that no figure or sentence is made twice. Templates lie in `templates/`; every
value is escaped there, and an undefined name is a fault. Nothing here knows HTTP: addresses are relative to the site's
own root, and the surroundings of a page (which case, which states, which dates) come in as a `Frame`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, Final
from urllib.parse import quote, urlencode

import jinja2

from longarm.dossier import ink
from longarm.dossier.evidence import Evidence, gathered, origins
from longarm.dossier.paper_names import over
from longarm.dossier.paths import PathView
from longarm.dossier.sentences import capital
from longarm.dossier.tongue import N_, Tongue, tongue
from longarm.dossier.view import View
from longarm.model.formats import FORMATS
from longarm.model.terms import ANSWERS, DEMONSTRATION, OUR_NOTE

RUNGS: Final = {
    "not assessed": "na",
    "no path found": "none",
    "legal power only": "power",
    "means only": "means",
    "power and means": "pm",
    "evidence of use": "pm use",
    "evidence of intent": "pm intent",
}
"""Classes that draw a rung: which halves of the mark are filled, and how many rings stand around it."""
_ORDER: Final = tuple(RUNGS)
_STANDINGS: Final = (
    *("in force in phases", "in force in part", "in force", "lapsed", "repealed", "replaced", "suspended", "bill"),
)
"""How the law base begins to say how an instrument stands, the longer words first."""
_NOBODY: Final = SimpleNamespace(entity=None)
"""Stands where nothing was said: whoever looks for an answer to it finds none."""


@dataclass(frozen=True)
class Frame:
    """The surroundings of a page: the case that it belongs to, the dates that its links carry on."""

    site: str | None = None
    site_name: str = ""
    states: tuple[tuple[str, str], ...] = ()
    """codes and names of the case's states, in the order of the case"""
    current: str = ""
    """code of the state that is shown, or the name of the page"""
    as_of: str = ""
    known_at: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)
    """options as they were asked for; links carry them on"""
    asked_query: str = ""
    """the states and options of a dossier as the end of an address, for the links to its other forms"""
    languages: tuple[tuple[str, str, str], ...] = ()
    """(code, its name in itself, the address of this page in it)"""
    is_demonstration: bool = False
    """whether a demonstration text is among the documents of the case"""
    language: str = "en"
    is_file: bool = False
    """whether the page stands by itself, with no server behind its links"""
    is_paper: bool = False
    """whether it is drawn for paper, where a drawing must carry its own colours"""

    @property
    def query(self) -> str:
        """The asked options as the end of an address."""
        return f"?{urlencode(self.asked)}" if self.asked else ""


@dataclass(frozen=True)
class Bearing:
    """What a cited fact bears on, and which other cited facts it stands against."""

    bears: str | None
    contradicts: frozenset[str]


@dataclass(frozen=True)
class Pair:
    """What was said, and what was said or found against it."""

    said: tuple[Evidence, ...]
    against: tuple[Evidence, ...]


def foot_rule(text: str) -> str:
    """Give the rule of a style sheet that writes a text at the foot of each printed page."""
    escaped = "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)
    return f'@page{{@bottom-left{{content:"{escaped}";font:8pt Plex,sans-serif;color:#444}}}}\n'


def page(template: str, frame: Frame, **values: Any) -> str:
    """Give a page of this template, in the language of its frame."""
    made = _environment(frame.language, is_file=frame.is_file, is_paper=frame.is_paper)
    return made.get_template(template).render(frame=frame, first=First(), **values)


def numbered(path: PathView | None, sets: Iterable[Sequence[str]]) -> dict[str, int]:
    """Number the ties of some cuts: along a path first, so that the reader meets 1 before 2."""
    cut = [tie for ties in sets for tie in ties]
    along = [tie for hop in path.hops for tie in hop.ties if tie in cut] if path else []
    return {tie: number for number, tie in enumerate(dict.fromkeys((*along, *cut)), start=1)}


def pairs(beside: Sequence[Evidence], bearings: Mapping[str, Bearing]) -> tuple[Pair, ...]:
    """Set each denial and negative finding beside what it answers; what nobody answered comes last, one by one."""
    answers = [e for e in beside if _is_answer(e, bearings) or _answers_one(e, beside, bearings)]
    groups: list[tuple[list[Evidence], list[Evidence]]] = []
    for answer in answers:
        said = [e for e in beside if e not in answers and _stand_against(answer, e, bearings)]
        joined = next((g for g in groups if any(e in g[0] for e in said)), None)
        if joined is None:
            groups.append((said, [answer]))
        else:
            joined[0].extend(e for e in said if e not in joined[0])
            joined[1].append(answer)
    answered = {e.id for said, _ in groups for e in said}
    alone = [e for e in beside if e not in answers and e.id not in answered]
    found = [Pair(tuple(said), tuple(against)) for said, against in groups]
    place = {e.id: i for i, e in enumerate(beside)}
    found.sort(key=lambda p: (not p.said, place[(p.said or p.against)[0].id]))
    return (*found, *(Pair((e,), ()) for e in alone))


def _is_answer(e: Evidence, bearings: Mapping[str, Bearing]) -> bool:
    bearing = bearings.get(e.entity or "")
    return e.stance == "denied" or (bearing is not None and bearing.bears in ANSWERS)


def _answers_one(e: Evidence, beside: Sequence[Evidence], bearings: Mapping[str, Bearing]) -> bool:
    """Say whether something that is itself no allegation stands against one that is."""
    return e.stance not in ("alleged", "inferred", "planned", "not reviewed") and any(
        other.stance == "alleged" and _stand_against(e, other, bearings) for other in beside if other is not e
    )


def _stand_against(one: Evidence, other: Evidence, bearings: Mapping[str, Bearing]) -> bool:
    a, b = bearings.get(one.entity or ""), bearings.get(other.entity or "")
    return bool((a and other.entity in a.contradicts) or (b and one.entity in b.contradicts))


def in_order(views: Iterable[View], own: str | None) -> list[View]:
    """Give states in the order of their highest rung, then by name; the site's own state last."""

    def rank(v: View) -> tuple[bool, int, str]:
        rungs = [_ORDER.index(c.rung) for line in v.lines for c in (line.narrow, line.wide) if c is not None]
        return v.state == own, -max(rungs, default=0), v.state_name

    return sorted(views, key=rank)


class First:
    """Remembers what a page has shown: a grade is put into words on its first showing only."""

    def __init__(self) -> None:
        """Begin with nothing shown."""
        self._shown: set[str] = set()

    def __call__(self, what: str) -> bool:
        """Say whether this is the first time, and remember it."""
        fresh = what not in self._shown
        self._shown.add(what)
        return fresh


def source_address(e: Evidence) -> str | None:
    """Give the page, of our own, on which the quoted words stand: the article of law, or the document with its span."""
    if e.id.startswith("law:"):
        instrument, _, number = e.id.removeprefix("law:").partition("#")
        return f"/law/{quote(instrument, safe='')}#article-{quote(number, safe='')}"
    if e.document is None:
        return None
    span = f"?start={e.span[0]}&end={e.span[1]}#quote" if e.span else ""
    return f"/documents/{quote(e.document, safe='')}{span}"


def _by_routes(
    said: Tongue, bound: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give whom an article binds, by name, and by which routes; those whom the same routes bind stand together."""
    routes: dict[str, list[str]] = {}
    for b in bound:
        words = _route_said(said, b, names)
        ways = routes.setdefault(b["entity"], [])
        if words not in ways:
            ways.append(words)
    together: dict[tuple[str, ...], list[str]] = {}
    for entity, ways in sorted(routes.items()):
        together.setdefault(tuple(ways), []).append(names.get(entity, entity))
    return [(tuple(called), ways) for ways, called in together.items()]


def _standing(said: Tongue, status: str) -> str:
    """Say whether a law is in force; what the base adds in its own words stays in them."""
    words = status.replace("_", " ")
    head = next((h for h in _STANDINGS if words == h or words.startswith((f"{h} ", f"{h};"))), words)
    return said.term(head) + words[len(head) :]


def _route_said(said: Tongue, bound: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say by which route an article binds, and what makes it less than plain."""
    words = said.term(str(bound["route"]).replace("_", " "))
    if bound["at"]:
        words += f" ({names.get(bound['at'], bound['at'])})"
    if bound["reading"] == "wide":
        words += f", {said.say('disputed')}"
    missing = said.say(N_("a fact that it asks for is not on file"))
    return words if bound["certain"] else f"{words}, {missing}"


def _is_web(address: str | None) -> bool:
    return bool(address) and str(address).lower().startswith(("http://", "https://"))


@cache
def _environment(language: str = "en", *, is_file: bool = False, is_paper: bool = False) -> jinja2.Environment:
    """Give the templates of a language; in a file, links lead inside the file or to a source's own page."""
    said = tongue(language)
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("longarm.dossier", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=said.day,
        share=said.share,
        count=said.count,
        figure=said.figure,
        short=said.short,
        first_of=lambda several: next(iter(several), _NOBODY),
        rung=lambda rung: RUNGS.get(rung, "na"),
        segment=lambda text: quote(str(text), safe=""),
        source=source_address,
        gathered=gathered,
        capital=capital,
        by_routes=partial(_by_routes, said),
        standing=partial(_standing, said),
        origins=origins,
        over=over,
    )
    made.tests["web"] = _is_web
    made.globals.update(
        OUR_NOTE=OUR_NOTE,
        DEMONSTRATION=DEMONSTRATION,
        EVIDENCE_FORMATS=tuple(FORMATS),
        _=said.say,
        many=said.many,
        country=said.state,
        several=said.several,
        colon=said.say(N_(": ")),
        language=language,
        is_file=is_file,
        is_paper=is_paper,
        paper=ink,
    )
    return made

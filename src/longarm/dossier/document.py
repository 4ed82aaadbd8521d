"""A dossier as one HTML text: the page on screen, or a file that stands by itself with its fonts inside.

Every other form is made from the file: PDF by WeasyPrint, DOCX and Markdown by converters. So no figure and no sentence
is made twice.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from markupsafe import Markup

from longarm.dossier import map as atlas
from longarm.dossier import timeline
from longarm.dossier.page import Frame, Pair, foot_rule, numbered, page
from longarm.dossier.sentences import dates_line
from longarm.dossier.tongue import N_, Tongue
from longarm.dossier.whole import Chapter, Whole
from longarm.model import grades

GROUPS: Final = {
    "tie": N_("Ties"),
    "agreed": N_("Agreements and plans"),
    "said": N_("What was said"),
    "law": N_("Law"),
}
"""Groups of the timeline, in the order in which they stand."""
SHEETS: Final = ("tokens.css", "longarm.css", "figures.css")
PAPER: Final = "paper.css"


@dataclass(frozen=True)
class Form:
    """How a dossier is written out."""

    brief: bool = False
    """two pages: the answer, the path, what was said, what cuts it"""
    pairs: int = 4
    """how many pairs of saying and answer the brief shows; it says how many more there are"""
    scale: int = 100
    """size of the letters of the brief, in hundredths, so that it fits its two pages"""
    is_file: bool = True
    is_paper: bool = False
    """drawn by WeasyPrint"""
    is_text: bool = False
    """for Markdown, where evidence that opens would stand there twice"""
    is_word: bool = False
    """for Word, which cannot draw: the map comes as pictures"""
    draft: int = 0
    """how many sentences lack their source or their answer, where it is written all the same"""


def document(dossier: Mapping[str, Any], made: Whole, frame: Frame, form: Form | None = None) -> str:
    """Give the HTML text of a dossier; `made` is its view."""
    form = form or Form()
    t = made.tongue
    drawn, line = _map(dossier, t), _timeline(dossier, made)
    written = page(
        "dossier.html",
        replace(frame, language=t.language, is_file=form.is_file, is_paper=form.is_paper),
        d=made,
        brief=form.brief,
        brief_pairs=form.pairs,
        weightiest=lambda several: _weightiest(several, made),
        scale=form.scale,
        is_word=form.is_word or form.is_text,
        draft=form.draft,
        # Every character that is no letter or figure is escaped: a text cannot leave its string.
        foot=Markup(foot_rule(footer(made.site_name, dossier, t))),  # noqa: S704
        css=sheet(is_paper=form.is_paper) if form.is_file else "",
        line=line,
        map=drawn,
        pictures=_pictures(drawn) if form.is_word else (),
        chapters=_chapters(made, has_line=line is not None, has_map=drawn is not None, is_file=form.is_file),
        numbers_of=numbers_of,
        refs_of=lambda ids: _refs(made, ids),
        supposed=_supposed(dossier, t),
        tables=grades.others(),
        forms=_forms(t),
        asked=f"?{frame.asked_query}" if frame.asked_query else "",
    )
    return _without_dead_links(written) if form.brief else written


_WITHIN: Final = re.compile(r'<a href="#([^"]*)">(.*?)</a>', re.DOTALL)


def _without_dead_links(html: str) -> str:
    """Leave the words of links to chapters that a brief does not hold."""
    there = set(re.findall(r'\bid="([^"]*)"', html))
    return _WITHIN.sub(lambda m: m[0] if m[1] in there else f"<span>{m[2]}</span>", html)


def _weightiest(several: Sequence[Pair], made: Whole) -> list[Pair]:
    """Give pairs with a negative finding first, then what a service says that it watches, then the others."""

    def rank(pair: Pair) -> int:
        against = {b.bears for e in pair.against if (b := made.bearings.get(e.entity or ""))}
        said = {b.bears for e in pair.said if (b := made.bearings.get(e.entity or ""))}
        return 0 if "negative finding" in against else 1 if "watching" in said else 2

    return sorted(several, key=rank)


def footer(site_name: str, dossier: Mapping[str, Any], t: Tongue) -> str:
    """Give what stands at the foot of every page: the site and the dates."""
    return f"{site_name}: {dates_line(dossier, t)}."


def numbers_of(c: Chapter) -> dict[str, int]:
    """Number the ties that cuts of a state break, once for its whole chapter: along its strongest path first."""
    return numbered(c.view.strongest, [ties for f in c.findings for ties in f.cut_ties])


def _forms(t: Tongue) -> list[tuple[str, str]]:
    """Give the forms in which the page can be taken away, with their names."""
    return [("pdf", "PDF"), ("docx", "Word"), ("md", "Markdown"), ("html", t.say(N_("one file"))), ("json", "JSON")]


def _refs(made: Whole, statements: Iterable[str]) -> Markup:
    shown = [made.notes[s] for s in statements if s in made.notes]
    links = Markup("").join(Markup('<a href="#e{n}">[{n}]</a>').format(n=n) for n in shown)
    return Markup('<span class="refs">{}</span>').format(links)


def _supposed(dossier: Mapping[str, Any], t: Tongue) -> list[str]:
    """Say what was taken otherwise than the case has it."""
    q = dossier["question"]
    said = []
    if q["threshold"] != q.get("case_threshold", q["threshold"]):
        said.append(t.say(N_("the threshold is {share}"), share=t.share(q["threshold"])))
    if q["grades"]:
        said.append(t.say(N_("the {table} table of grades"), table=t.term(q["grades"])))
    named = {o["id"]: o["name"] or o["id"] for o in dossier["origins"]}
    said += [t.say(N_("taken as false: {origin}"), origin=named.get(o, o)) for o in q["without"]]
    return said


def _chapters(made: Whole, *, has_line: bool, has_map: bool, is_file: bool) -> list[tuple[str, str]]:
    t = made.tongue
    found = [("said", t.say(N_("What was said")))] if made.pairs else []
    found += [(f"state-{c.view.state}", c.view.state_name) for c in made.chapters]
    found.append(("law", t.say(N_("The law"))))
    if made.scenarios:
        found.append(("scenarios", t.say(N_("Scenarios"))))
    if made.agreements or made.precedents:
        found.append(("agreed", t.say(N_("Agreements and plans"))))
    found += [
        *([("timeline", t.say(N_("Timeline")))] if has_line else []),
        *([("map", t.say(N_("Map")))] if has_map else []),
        ("gaps", t.say(N_("Not known"))),
        *([("disagree", t.say(N_("What if I disagree?")))] if not is_file else []),
        ("sources", t.say(N_("Sources"))),
        ("evidence", t.say(N_("Evidence"))),
        ("computed", t.say(N_("How it was computed"))),
    ]
    return found


def _timeline(dossier: Mapping[str, Any], made: Whole) -> timeline.Timeline | None:
    t = made.tongue
    listed = sorted(dossier["timeline"], key=lambda e: list(GROUPS).index(e["group"]))
    events = [
        timeline.Event(
            id=e["id"],
            label=_event_label(e, made),
            group=t.term(GROUPS[e["group"]]),
            start=e["start"],
            end=e["end"],
            published=e["published"] if e["group"] != "law" else None,
            known=e["known"],
            stance=e["stance"],
            level=e["level"] if e["group"] == "tie" else "",
            href=next((f"#e{made.notes[s]}" for s in e["statements"] if s in made.notes), None),
        )
        for e in listed
        if e["start"] or e["end"] or e["published"]
    ]
    if not events:
        return None
    q = dossier["question"]
    as_of = dt.date.fromisoformat(q["as_of"])
    known = dt.date.fromisoformat(q["known_at"] or q["as_of"])
    return timeline.rows(events, as_of, known, timeline.words(t.say), t.day)


def _event_label(e: Mapping[str, Any], made: Whole) -> str:
    from longarm.dossier.labels import label

    return label(e["id"], e["label"], made.names, made.tongue) if e["group"] == "tie" else str(e["label"])


def _map(dossier: Mapping[str, Any], t: Tongue) -> atlas.Map | None:
    """Draw the map where the site carries coordinates of its own; none are looked up."""
    try:
        places = [atlas.Place(p["id"], p["name"], p["latitude"], p["longitude"], p["kind"]) for p in dossier["places"]]
    except ValueError:
        return None
    site = next((p for p in places if p.kind == "site"), None)
    if site is None:
        return None
    asked = set(dossier["question"]["states"])
    seats = [
        atlas.Seat(s["state"], t.state(s["state"]), tuple(s["entities"]), s["state"] in asked) for s in dossier["seats"]
    ]
    return atlas.drawn(site, [p for p in places if p.kind != "site"], seats)


def _pictures(drawn: atlas.Map | None) -> tuple[str, ...]:
    """Give the world and the region of the site as images that stand inside the page."""
    from longarm.dossier.figures import standalone
    from longarm.dossier.pictures import inline

    return tuple(inline(standalone(str(svg))) for svg in (drawn.world, drawn.region)) if drawn else ()


@cache
def sheet(*, is_paper: bool = False) -> Markup:
    """Give the style sheets as one, the fonts inside, so that a file asks nothing of anybody."""
    static = files("longarm.serve").joinpath("static")
    text = "\n".join(static.joinpath(name).read_text("utf-8") for name in (*SHEETS, *([PAPER] if is_paper else [])))
    for font in sorted(static.joinpath("fonts").iterdir(), key=lambda f: f.name):
        if font.name.endswith(".woff2"):
            inside = base64.b64encode(font.read_bytes()).decode()
            text = text.replace(f"url(fonts/{font.name})", f"url(data:font/woff2;base64,{inside})")
    if is_paper:  # WeasyPrint takes no range of weights: the face as it is, its weights by the font's own axis
        text = re.sub(r"font-weight:\d+ \d+;", "", text)
    return Markup(text)  # noqa: S704 (our own sheets)

"""The timeline: when each thing was true, and when it was first published, on one axis.

Reads events with partial dates; gives rows of real text, each with one drawing of its bar, and the same figure as one
drawing for a text document. Places are shares of the width (`x="20%"`), not units of a view box: so lines, dashes and
dots keep their form at every width, and texts are not stretched. What a bar says by its form stands in words beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from longarm.dossier.bars import Axis, axis_drawn, bar, ruled
from longarm.dossier.figures import FONT, LIGHT, el, group, link, sign, sign_at, standalone, wrapped
from longarm.model import dates

Words = Mapping[str, str]
_LINE: Final = 15.0
_LONGEST: Final = 400
"""Letters of a label; the whole stands where the label leads to."""
_SHEET: Final = (0.0, 232.0, 572.0, 740.0)
"""Where label, bar and dates begin on the sheet, and where it ends: 12 units are 8 points across an A4 page."""


@dataclass(frozen=True)
class Event:
    """Something that was, is or may be true for a time."""

    id: str
    label: str
    group: str
    start: str | None
    """a partial date; None where the start is not known"""
    end: str | None
    """a partial date, the last day included; None where the end is open or not known"""
    published: str | None
    """when it was first published"""
    known: str | None
    """when it became known here; without it, publication counts"""
    stance: str
    level: str = ""
    """control, compel, influence, means or fact, of a tie"""
    href: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One event as it is shown: the bar, and in words what the bar says."""

    event: Event
    bar: Markup
    sign: Markup
    stance: str
    when: str
    published: str
    """when it was first published, in words; empty where that is not on file"""
    is_late: bool
    """whether it was not yet known on the day on which the knowledge stands"""
    link: str | None


@dataclass(frozen=True)
class Timeline:
    """An axis, and rows by group, the groups in the order in which they came."""

    axis: Markup
    line: Markup
    """the lines of the two dates alone, for the row of a group's name"""
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    scale: Axis
    words: Words

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, in order."""
        return tuple(row for _, rows in self.groups for row in rows)

    @property
    def has_late(self) -> bool:
        """Whether anything was not yet known."""
        return any(row.is_late for row in self.rows)


def words(_: Callable[[str], str]) -> dict[str, str]:
    """Give the texts that the figure writes itself, in the language of `_`."""
    return {
        "asserted": _("asserted"),
        "alleged": _("alleged"),
        "denied": _("denied"),
        "planned": _("planned"),
        "inferred": _("inferred"),
        "both": _("{start} to {end}"),
        "start": _("since {start}"),
        "end": _("until {end}, start not known"),
        "undated": _("undated"),
        "published": _("published {day}"),
        "late": _("not yet known"),
        "as_of": _("as of {day}"),
        "known_at": _("known at {day}"),
        "both_clocks": _("as of and known at {day}"),
    }


def rows(
    events: Iterable[Event],
    as_of: dt.date,
    known_at: dt.date,
    texts: Words | None = None,
    in_words: Callable[[str], str] = dates.in_words,
) -> Timeline:
    """Lay events out on both clocks. `texts` are those of `words`; without them they are English.

    Within a group events stand by start, those without one last. Raises ValueError where a date is none.
    """
    told = texts or words(str)
    given = list(events)
    by_group: dict[str, list[Row]] = {e.group: [] for e in given}
    scale = Axis.over([(e.start, e.end, e.published) for e in given], as_of, known_at)
    for event in sorted(given, key=_order):
        by_group[event.group].append(_row(event, scale, told, in_words))
    return Timeline(
        axis_drawn(scale, _clocks(scale, told, in_words)),
        ruled(scale),
        tuple((name, tuple(found)) for name, found in by_group.items()),
        scale,
        told,
    )


def _order(e: Event) -> tuple[bool, str, str, str, str]:
    return e.start is None, e.start or "", e.end or "9999-12-32", e.label, e.id


def _row(e: Event, scale: Axis, told: Words, in_words: Callable[[str], str]) -> Row:
    is_late = _is_late(e, scale.known_at)
    if len(e.label) > _LONGEST:
        e = replace(e, label=f"{e.label[: _LONGEST - 1].rstrip()}…")
    return Row(
        event=e,
        bar=bar(scale, e.stance, e.start, e.end, e.published, is_late=is_late),
        sign=sign(e.stance),
        stance=told.get(e.stance, e.stance),
        when=_when(e, told, in_words),
        published=told["published"].format(day=in_words(e.published)) if e.published else "",
        is_late=is_late,
        link=link(e.href),
    )


def _is_late(e: Event, known_at: dt.date) -> bool:
    """Say whether an event was certainly unknown on a day; a partial date is not certain inside its span."""
    first = e.known or e.published
    return first is not None and dates.span(first).first > known_at


def _when(e: Event, told: Words, in_words: Callable[[str], str]) -> str:
    if e.start and e.start == e.end:
        return in_words(e.start)
    if e.start and e.end:
        return told["both"].format(start=in_words(e.start), end=in_words(e.end))
    if e.start:
        return told["start"].format(start=in_words(e.start))
    return told["end"].format(end=in_words(e.end)) if e.end else told["undated"]


def _clocks(scale: Axis, told: Words, in_words: Callable[[str], str]) -> tuple[str, str]:
    as_of, known_at = (in_words(day.isoformat()) for day in (scale.as_of, scale.known_at))
    if scale.as_of == scale.known_at:
        return told["both_clocks"].format(day=as_of), ""
    return told["as_of"].format(day=as_of), told["known_at"].format(day=known_at)


def sheet(timeline: Timeline, in_words: Callable[[str], str] = dates.in_words) -> str:
    """Give the whole figure as one SVG document of its own, labels as text: for a text document or a picture."""
    left, middle, right, edge = _SHEET
    scale = timeline.scale.within(middle, right - 14 - middle)
    parts = [el("g", axis_drawn(scale, _clocks(scale, timeline.words, in_words), is_part=True))]
    y = 52.0
    for name, found in timeline.groups:
        parts += [
            el("text", name, x=left, y=y + 17, font_weight=600),
            el("path", d=f"M{left} {y + 24}H{edge}", stroke=LIGHT["rule-2"]),
        ]
        y += 26
        for row in found:
            drawn, height = _sheet_row(row, timeline, scale, y)
            parts += drawn
            y += height
    inside = group(parts, font_family=FONT, font_size=12, fill=LIGHT["ink"])
    return standalone(el("svg", inside, viewBox=f"0 0 {edge:.0f} {y + 8:.0f}"))


def _sheet_row(row: Row, timeline: Timeline, scale: Axis, y: float) -> tuple[list[Markup], float]:
    left, middle, right, edge = _SHEET
    e, told = row.event, timeline.words
    name = wrapped(e.label, 12, middle - left - 32, 4)
    said = [row.stance, row.when, row.published, told["late"] if row.is_late else "", e.note]
    when = wrapped(" · ".join(filter(None, said)), 11, edge - right, 5)
    height = max(len(name), len(when)) * _LINE + 9
    colour = LIGHT["ink-3" if row.is_late else "ink"]
    lines = [el("text", text, x=left + 20, y=y + 15 + i * _LINE, fill=colour) for i, text in enumerate(name)]
    lines += [
        el("text", text, x=right, y=y + 15 + i * _LINE, fill=LIGHT["ink-2"], font_size=11)
        for i, text in enumerate(when)
    ]
    form = bar(scale, e.stance, e.start, e.end, e.published, is_late=row.is_late, is_part=True, height=height)
    return [
        sign_at(e.stance, left, y + 4),
        *lines,
        el("g", form, transform=f"translate(0 {y:.0f})"),
        el("path", d=f"M{left} {y + height:.0f}H{edge}", stroke=LIGHT["rule"]),
    ], round(height)

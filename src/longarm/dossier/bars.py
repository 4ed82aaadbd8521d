"""The bars of the timeline and their axis: what is certain, what is not, and what goes on.

The stance gives the form of the bar: full, hollow, a pair of lines, hatched, a row of dots. A partial date is a thin
line with a cap where it may begin or end. A dotted line is a start that is not known, an end that is open, or a stretch
that the axis no longer shows. All of it is read in one ink.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from longarm.dossier.figures import FONT, LIGHT, Attributes, el, group, measured, short, tinted
from longarm.model import dates

HEIGHT: Final = 24
_AXIS: Final = 50
_BEFORE: Final = 40
"""Years before the day of the question that an axis shows at most: one old date must not flatten all others."""
_AHEAD: Final = 10
_LABELS: Final = 14
_NAMED: Final = 7
"""Years, or steps of years, that are named at most; twice as many are ticked."""
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_LEAST: Final = 0.012
"""Share of the axis below which a bar could not be seen."""
_Stretch = tuple[float, float]


@dataclass(frozen=True)
class Axis:
    """The years that are shown, and where a day stands among them; every year is equally wide."""

    first: int
    years: int
    step: int
    as_of: dt.date
    known_at: dt.date
    left: float = 0.0
    width: float | None = None
    """in units of a drawing; None stands for shares of whatever width there is"""

    @classmethod
    def over(
        cls, times: Iterable[tuple[str | None, str | None, str | None]], as_of: dt.date, known_at: dt.date
    ) -> Axis:
        """Choose the years for starts, ends and days of publication, from the first of them to the two clocks."""
        early, late = min(as_of, known_at).year, max(as_of, known_at).year
        floor, roof = early - _BEFORE, late + _AHEAD
        for start, end, published in times:
            spans = [dates.span(t).first.year for t in (start, end, published) if t]
            early = min([early, *(max(year, floor) for year in spans)])
            late = max([late, *(min(year, roof) for year in spans[:1] if start)])
        step = next((s for s in _STEPS if (late + 1 - early) <= s * _LABELS), _STEPS[-1])
        first = early - early % step
        years = -(-(late + 1 - first) // step) * step
        return cls(first, years, step, as_of, known_at)

    def within(self, left: float, width: float) -> Axis:
        """Give the same axis on a stretch of a larger drawing."""
        return replace(self, left=left, width=width)

    def at(self, day: dt.date, *, is_end: bool = False) -> float:
        """Give the place of a day, from 0 to 1, its evening where it ends something; others beyond the axis."""
        length = 366 if calendar.isleap(day.year) else 365
        return (day.year - self.first + (day.timetuple().tm_yday - (not is_end)) / length) / self.years

    def x(self, share: float) -> str:
        """Write a place."""
        inside = min(1.0, max(0.0, share))
        return f"{short(inside * 100)}%" if self.width is None else short(self.left + inside * self.width)

    def over_width(self, share: float) -> str:
        """Write a length."""
        return f"{short(share * 100)}%" if self.width is None else short(share * self.width)


def bar(
    axis: Axis,
    stance: str,
    start: str | None,
    end: str | None,
    published: str | None,
    *,
    is_late: bool = False,
    is_part: bool = False,
    height: float | None = None,
) -> Markup:
    """Draw one row: the lines of both dates, the bar in the form of its stance, and the tick of its publication."""
    token = "rule-2" if is_late else "counter" if stance == "denied" else "ink"
    form = tinted(token, _form(axis, stance, start, end), stroke="currentColor")
    tick = _tick(axis, published, is_late=is_late) if published else Markup("")
    # A bar as short as its tick is wide would vanish behind it.
    drawn = [_ruling(axis, height), *((tick, form) if _is_short(axis, start, end) else (form, tick))]
    return Markup("").join(drawn) if is_part else _whole(drawn, HEIGHT)


def _is_short(axis: Axis, start: str | None, end: str | None) -> bool:
    last = axis.at(dates.span(end).last if end else axis.as_of)
    return start is not None and last - axis.at(dates.span(start).first) < 2 * _LEAST


def ruled(axis: Axis) -> Markup:
    """Draw the lines of both dates alone."""
    return _whole([_ruling(axis)], HEIGHT)


def _whole(drawn: Iterable[Markup], height: int, _class: str = "tl-bar") -> Markup:
    inside = Markup("").join(drawn)
    return el("svg", inside, _class, width="100%", height=height, fill="none", aria_hidden="true")


def _form(axis: Axis, stance: str, start: str | None, end: str | None) -> list[Markup]:
    """Part a time into what is certain, what is not, and what goes on, and draw each."""
    now = axis.at(axis.as_of, is_end=True)
    begin = dates.span(start) if start else None
    close = dates.span(end) if end else None
    low, sure_low = (axis.at(begin.first), axis.at(begin.last)) if begin else (0.0, None)
    sure_high, high = (axis.at(close.first, is_end=True), axis.at(close.last, is_end=True)) if close else (now, now)
    drawn: list[Markup] = []
    if begin and begin.first == begin.last:
        sure_low = low
    if sure_low is None:
        drawn += _dots(axis, 0.0, max(high, 0.0))
    elif sure_low < sure_high or (begin == close and sure_low == low):
        drawn += _sure(axis, stance, sure_low, max(sure_high, sure_low + _LEAST))
        drawn += _whisker(axis, stance, low, sure_low, cap=low)
        drawn += _whisker(axis, stance, sure_high, high, cap=high)
    elif close or low < now:
        drawn += _whisker(axis, stance, low, max(high, low + _LEAST), cap=low)
        drawn += _whisker(axis, stance, high, high, cap=high, is_always=close is not None)
    else:
        drawn += _whisker(axis, stance, low, low, cap=low, is_always=True)
    if not close:
        drawn += _dots(axis, max(low, now), 1.0)
    return drawn


def _sure(axis: Axis, stance: str, start: float, end: float) -> list[Markup]:
    """Draw what is certain; where the axis ends first, a dotted end says that it goes on."""
    a, b = max(0.0, start), min(1.0, end)
    if a >= 1 or b <= 0:
        return _dots(axis, *((0.97, 1.0) if a >= 1 else (0.0, 0.03)))
    more = _dots(axis, 0.0, 0.02) if start < 0 else []
    more += _dots(axis, 0.98, 1.0) if end > 1 else []
    a, b = (max(a, 0.02) if start < 0 else a), (min(b, 0.98) if end > 1 else b)
    b = max(b, a + _LEAST)
    # A bar at the very edge grows inwards.
    a, b = (1 - _LEAST, 1.0) if b > 1 else (a, b)
    x1, x2 = axis.x(a), axis.x(b)

    def line(y: float, width: float, **more: str) -> Markup:
        return el("line", x1=x1, x2=x2, y1=y, y2=y, stroke_width=width, **more)

    forms = {
        "alleged": [el("rect", fill="none", x=x1, y=8.75, width=axis.over_width(b - a), height=6.5, stroke_width=1.5)],
        "denied": [line(9.25, 2), line(14.75, 2)],
        "planned": [line(12, 7, stroke_dasharray="1.5 3"), line(8.5, 1), line(15.5, 1)],
        "inferred": [line(12, 4.5, stroke_dasharray=".1 8", stroke_linecap="round")],
    }
    return [*forms.get(stance, [line(12, 7)]), *more]


def _whisker(axis: Axis, stance: str, start: float, end: float, *, cap: float, is_always: bool = False) -> list[Markup]:
    """Draw a stretch that a partial date leaves open, with a cap where it ends at the latest."""
    if (end <= start and not is_always) or end < 0 or start > 1:
        return []
    dash: Attributes = {"stroke_dasharray": "3 2"} if stance == "planned" else {}
    line = el("line", x1=axis.x(start), x2=axis.x(end), y1=12, y2=12, stroke_width=1.5, **dash)
    if not 0 <= cap <= 1:
        return [line]
    return [line, el("line", x1=axis.x(cap), x2=axis.x(cap), y1=7, y2=17, stroke_width=1.5)]


def _dots(axis: Axis, start: float, end: float) -> list[Markup]:
    if end <= start or end <= 0 or start >= 1:
        return []
    more: Attributes = {"stroke_width": 1.5, "stroke_dasharray": "1.5 3"}
    return [el("line", "", "tl-dots", x1=axis.x(start), x2=axis.x(end), y1=12, y2=12, stroke=LIGHT["rule-2"], **more)]


def _tick(axis: Axis, published: str, *, is_late: bool) -> Markup:
    """Draw the day of publication; a partial one is a broken tick, with a line as far as it may have been."""
    days = dates.span(published)
    first, last = axis.at(days.first), axis.at(days.last)
    x = axis.x(first)
    broken: Attributes = {"stroke_dasharray": "4 2"} if days.first != days.last else {}
    drawn = [
        el("line", "", "tl-halo", x1=x, x2=x, y1=3, y2=21, stroke=LIGHT["paper"], stroke_width=5.5),
        el("line", x1=x, x2=x, y1=3, y2=21, stroke_width=2.5, **broken),
    ]
    if broken:
        drawn.append(el("line", x1=x, x2=axis.x(last), y1=3, y2=3, stroke_width=1))
    return tinted("rule-2" if is_late else "reach", drawn, stroke="currentColor")


def _ruling(axis: Axis, height: float | None = None) -> Markup:
    """Draw the lines of both dates down a row; without a height, far beyond it, for the cell of the table to cut."""
    drawn = []
    top, bottom = (-150.0, 174.0) if height is None else (0.0, height)
    for day, name in ((axis.as_of, "ink-3"), (axis.known_at, "reach")):
        x = axis.x(axis.at(day, is_end=True))
        more: Attributes = {"stroke": LIGHT[name], "stroke_width": 1}
        if name == "reach" or axis.as_of != axis.known_at:
            drawn.append(el("line", "", f"tl-{name}", x1=x, x2=x, y1=top, y2=bottom, **more))
    return Markup("").join(drawn)


def axis_drawn(axis: Axis, clocks: tuple[str, str], *, is_part: bool = False) -> Markup:
    """Draw the years, and above them the two dates by name; where both are one, the second is empty."""
    drawn: list[Markup] = []
    # A narrow screen has room for seven years by name; a style sheet cannot thin them out in print.
    every = 2 if axis.years // axis.step > _NAMED else 1
    for i, year in enumerate(range(axis.first, axis.first + axis.years, axis.step)):
        x = axis.x((year - axis.first) / axis.years)
        is_named = i % every == 0
        drawn.append(el("line", x1=x, x2=x, y1=36 if is_named else 44, y2=_AXIS, stroke="currentColor"))
        if year > 0 and is_named:
            drawn.append(el("text", str(year), x=x, y=46, dx=4, fill="currentColor"))
    marks = [tinted("ink-3", drawn)]
    days = ((axis.as_of, clocks[0], 11), (axis.known_at, clocks[1], 26))
    for day, text, y in days:
        if not text:
            continue
        is_reach = day == axis.known_at and (axis.as_of == axis.known_at or y == 26)
        marks.append(_flag(axis, axis.at(day, is_end=True), text, y, "reach" if is_reach else "ink-3"))
    font: Attributes = {"font_family": FONT, "font_size": 11.5}
    inside = group(marks, "fig-text", **font)
    return inside if is_part else _whole([inside], _AXIS, "tl-bar tl-axis")


def _flag(axis: Axis, share: float, text: str, y: float, name: str) -> Markup:
    """Write the name of a date beside its line, on the side that has room, and lead the line down to the rows."""
    is_left = share > 0.5
    x = axis.x(share)
    if axis.width is not None and is_left and measured(text, 12) > axis.left + share * axis.width:
        is_left = False
    side: Attributes = {"text_anchor": "end", "dx": -4} if is_left else {"dx": 4}
    drawn = [
        el("line", x1=x, x2=x, y1=y - 9, y2=_AXIS, stroke="currentColor"),
        el("text", text, x=x, y=y, fill="currentColor", font_weight=600, **side),
    ]
    return tinted(name, drawn)

"""The marks of a map: the site's square, numbered rings with their leaders, names, and ways to the site.

Takes places in units of a drawing; nothing here knows the Earth. Marks never cover one another: one that finds its
place taken moves aside, and a line leads back to where it belongs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

from markupsafe import Markup

from longarm.dossier.figures import Attributes, Box, el, measured, placed, tinted

Point = tuple[float, float]
_RADIUS: Final = 10.0
_SQUARE: Final = 11.0
_LETTERS: Final = 15.0
_LONGEST: Final = 30
"""Letters of a name on a map; the whole name stands in the text beside it."""


@dataclass(frozen=True)
class Pin:
    """Something to be marked: by a ring with a number or letter, by a name, or by both."""

    at: Point
    text: str
    name: str = ""
    is_asked: bool = False
    is_part: bool = False


def drawn(
    site: Point,
    site_name: str,
    wanted: Sequence[Pin],
    frame: tuple[float, float],
    size: float,
    *,
    codes: Sequence[tuple[str, Point, bool]] = (),
    taken: Sequence[Box] = (),
) -> Markup:
    """Draw all marks of a map, `size` times as large as on paper; codes stand only where room is left."""
    square = Box(*site, (_SQUARE + 3) * size, (_SQUARE + 3) * size)
    spots = [Box(*pin.at, 6 * size, 6 * size) for pin in wanted]
    full = [square, *taken]
    leaders, rings, names = [], [], []
    homes: list[Box] = []
    for i, pin in enumerate(wanted):
        home = Box(*pin.at, 0, 0)
        if pin.text:
            others = [spot for j, spot in enumerate(spots) if j != i]
            side = 2 * (_RADIUS + 1) * size
            home = placed(Box(*pin.at, side, side), [*full, *others], frame, size)
            full.append(home)
            if (home.x, home.y) != pin.at:
                leaders.append(_leader(pin, home, size))
            rings.append(_ring(pin, home, size))
        homes.append(home)
    for pin, home in zip(wanted, homes, strict=True):
        if pin.name:
            box = _beside(pin.name, home, [*full, *spots], frame, size)
            full.append(box)
            names.append(_name(pin.name, box, size, "reach"))
    box = _beside(site_name, square, [*full, *spots], frame, size)
    # The legend names the site too; far from its square, the name would seem to be that of another place.
    if hypot(box.x - site[0], (box.y - site[1]) * 2) < box.width / 2 + 40 * size:
        full.append(box)
        names.append(_name(site_name, box, size, "ink"))
    letters = []
    for code, at, is_asked in codes:
        room = Box(*at, measured(code, _LETTERS * size), _LETTERS * size)
        if not any(room.meets(t) for t in [*full, *spots]):
            full.append(room)
            text = _text(code, room, size * 0.9, font_weight=600 if is_asked else 400)
            letters.append(tinted("reach" if is_asked else "ink-3", [text]))
    return Markup("").join([*letters, *leaders, *rings, _square(site, size), *names])


def way(lines: Sequence[Sequence[Point]], size: float, *, is_asked: bool) -> Markup:
    """Draw the line from a state to the site."""
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) for line in lines if len(line) > 1)
    width = (1.8 if is_asked else 0.9) * size
    line = el("path", d=path, fill="none", stroke="currentColor", stroke_width=width)
    return tinted("reach" if is_asked else "ink-3", [line]) if path else Markup("")


def _square(site: Point, size: float) -> Markup:
    """Draw the end of every way, the same square as at the end of a path, with a rim that parts it from lines."""
    side = _SQUARE * size
    corner: Attributes = {"x": site[0] - side / 2, "y": site[1] - side / 2, "width": side, "height": side}
    rim = el("rect", fill="none", stroke="currentColor", stroke_width=3 * size, **corner)
    return tinted("paper", [rim]) + tinted("ink", [el("rect", fill="currentColor", **corner)])


def _leader(pin: Pin, home: Box, size: float) -> Markup:
    line = el("path", d=f"M{pin.at[0]:.1f} {pin.at[1]:.1f}L{home.x:.1f} {home.y:.1f}", stroke="currentColor")
    dot = el("circle", cx=pin.at[0], cy=pin.at[1], r=2.4 * size, fill="currentColor")
    return tinted("reach" if pin.is_asked else "ink", [line, dot], fill="none", stroke_width=size)


def _ring(pin: Pin, home: Box, size: float) -> Markup:
    ground = el("circle", cx=home.x, cy=home.y, r=_RADIUS * size, fill="currentColor")
    width = (3.0 if pin.is_asked else 1.4) * size
    place: Attributes = {"cx": home.x, "cy": home.y, "r": _RADIUS * size, "fill": "none", "stroke": "currentColor"}
    dash: Attributes = {"stroke_dasharray": f"{3 * size:.1f} {2 * size:.1f}"} if pin.is_part else {}
    ring = el("circle", stroke_width=width, **place, **dash)
    small = 0.8 if len(pin.text) < 3 else 0.6
    text = _text(pin.text, home, size * small, font_weight=600)
    return tinted("paper", [ground]) + tinted("reach" if pin.is_asked else "ink", [ring, text])


def _beside(name: str, home: Box, taken: Sequence[Box], frame: tuple[float, float], size: float) -> Box:
    """Find room for a name: at the right of its mark, at the left, below, above, then wherever is nearest."""
    width, height = measured(_cut(name), _LETTERS * size) + 4 * size, (_LETTERS + 3) * size
    over, down = (home.width + width) / 2 + 3 * size, (home.height + height) / 2 + size
    for x, y in ((over, 0.0), (-over, 0.0), (0.0, down), (0.0, -down)):
        box = Box(home.x + x, home.y + y, width, height)
        is_inside = width / 2 <= box.x <= frame[0] - width / 2 and height / 2 <= box.y <= frame[1] - height / 2
        if is_inside and not any(box.meets(t) for t in taken):
            return box
    return placed(Box(home.x, home.y + down, width, height), taken, frame, size)


def _name(name: str, box: Box, size: float, token: str) -> Markup:
    text = _cut(name)
    halo = _text(text, box, size, font_weight=600, stroke="currentColor", stroke_width=4 * size)
    return tinted("paper", [halo], stroke_linejoin="round") + tinted(token, [_text(text, box, size, font_weight=600)])


def _text(text: str, box: Box, size: float, **attributes: str | float) -> Markup:
    letters = _LETTERS * size
    place: Attributes = {"x": box.x, "y": box.y + letters * 0.36, "text_anchor": "middle", "font_size": letters}
    return el("text", text, fill="currentColor", **place, **attributes)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"

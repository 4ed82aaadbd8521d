"""The map: the site, and the states in which those who stand near it are seated.

Reads places and seats; gives a map of the world, a frame of 600 km around the site, and the rows of the tables that say
the same in words. All states are drawn alike; the one whose reach is asked has a heavier line, its colour and its name.
A line from a state to the site says who is seated where, and is no route of anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import Markup

from longarm.dossier import ground, pins
from longarm.dossier.figures import FONT, LIGHT, Attributes, Box, el, tinted
from longarm.dossier.globe import Point, checked, distance_km, great_circle, middle
from longarm.dossier.pins import Pin

_WIDTH: Final = 1000.0
_REGION: Final = (600.0, 400.0)
"""Kilometres across and down, and units of the drawing at once."""
_APART_KM: Final = 0.2
"""Nearer than this a part stands where its site stands."""
_SIZES: Final[tuple[tuple[str, float, Attributes], ...]] = (
    ("map-wide", 1.0, {}),
    ("map-narrow", 2.2, {"display": "none"}),
)
"""Marks twice: a narrow screen shrinks the ground to a third, and a style sheet shows marks of a size to be read."""


@dataclass(frozen=True)
class Place:
    """The site, or a part of it, with its coordinates. Raises ValueError where these are no place on Earth."""

    id: str
    name: str
    latitude: float
    longitude: float
    kind: str
    """site or part"""

    def __post_init__(self) -> None:
        """Refuse what is no place."""
        checked(self.longitude, self.latitude)

    @property
    def point(self) -> Point:
        """Longitude and latitude, in this order."""
        return checked(self.longitude, self.latitude)


@dataclass(frozen=True)
class Seat:
    """A state, and who is seated or registered there."""

    state: str
    """ISO 3166 code of two letters"""
    name: str
    entities: tuple[str, ...]
    is_asked: bool
    """whether it is the state whose reach is asked"""


@dataclass(frozen=True)
class SeatRow:
    """A seat as its row of the table shows it."""

    number: int | None
    """the number on the map; None where nobody is seated there, or where no outline is at hand"""
    seat: Seat
    is_outlined: bool


@dataclass(frozen=True)
class PartRow:
    """A part with its letter in the regional frame; None where it lies beyond the frame."""

    letter: str | None
    place: Place
    distance_km: float


@dataclass(frozen=True)
class Map:
    """Two drawings, and the rows that say the same."""

    site: Place
    world: Markup
    region: Markup
    seats: tuple[SeatRow, ...]
    parts: tuple[PartRow, ...]
    kilometres: int = int(_REGION[0])
    """width of the regional frame"""

    @property
    def has_undrawn(self) -> bool:
        """Whether a state has no outline at hand."""
        return any(not row.is_outlined for row in self.seats)


def drawn(site: Place, parts: Sequence[Place], seats: Sequence[Seat]) -> Map:
    """Draw the site, its parts that have a place of their own, and the states of the seats, numbered as they come."""
    numbered: list[SeatRow] = []
    for seat in seats:
        has_outline = middle(seat.state) is not None
        number = 1 + sum(r.number is not None for r in numbered) if has_outline and seat.entities else None
        numbered.append(SeatRow(number, seat, has_outline))
    lettered: list[PartRow] = []
    for part in parts:
        away = distance_km(site.point, part.point)
        if away >= _APART_KM:
            x, y = ground.in_frame(site.point, part.point, _REGION)
            is_inside = 0 < x < _REGION[0] and 0 < y < _REGION[1]
            count = sum(r.letter is not None for r in lettered)
            lettered.append(PartRow(_letter(count) if is_inside else None, part, away))
    return Map(site, _world(site, numbered), _region(site, lettered, seats), tuple(numbered), tuple(lettered))


def _letter(count: int) -> str:
    return (_letter(count // 26 - 1) if count >= 26 else "") + chr(ord("A") + count % 26)


def _world(site: Place, rows: Sequence[SeatRow]) -> Markup:
    """Draw the world, as far north and south as outlines, ways and the site reach."""
    found = [(row, point) for row in rows if (point := middle(row.seat.state)) is not None]
    ways = [(row, great_circle(point, site.point)) for row, point in found if row.number is not None]
    top, height = ground.cropped([site.point, *(p for _, lines in ways for line in lines for p in line)])

    def at(point: Point) -> Point:
        x, y = ground.on_world(point)
        return x, y - top

    drawn_ways = [(row.seat.is_asked, [[at(p) for p in line] for line in lines]) for row, lines in ways]
    wanted = [
        Pin(at(point), str(row.number or ""), row.seat.name if row.seat.is_asked else "", is_asked=row.seat.is_asked)
        for row, point in found
        if row.number is not None or row.seat.is_asked
    ]
    asked = frozenset(row.seat.state.upper() for row, _ in found if row.seat.is_asked)
    scale: Attributes = {"transform": f"translate(0 {-top:.2f}) scale({1 / ground.FINE})"}
    pieces = [el("g", _land() + _outlined(asked), stroke_linejoin="round", **scale)]
    for name, size, hidden in _SIZES:
        lines = [pins.way(line, size, is_asked=is_asked) for is_asked, line in drawn_ways]
        marks = pins.drawn(at(site.point), site.name, wanted, (_WIDTH, height), size)
        pieces.append(el("g", Markup("").join([*lines, marks]), name, font_family=FONT, **hidden))
    return _whole(pieces, _WIDTH, height)


@cache
def _land() -> Markup:
    path = el("path", "", "map-land", d=ground.land(), fill="currentColor", fill_rule="evenodd", **_edge(0.6))
    ring = el("path", d=ground.rim(), fill="none", stroke="currentColor", stroke_width=ground.FINE)
    return tinted("rule", [ring, path])


def _edge(width: float) -> Attributes:
    return {"stroke": LIGHT["paper"], "stroke_width": width * ground.FINE}


@cache
def _outlined(asked: frozenset[str]) -> Markup:
    """Draw the asked states over the others: ground of their own, and a heavier line that leaves the cut open."""
    pieces = []
    for code in sorted(asked):
        fill, line = ground.country(code)
        pieces.append(tinted("reach-bg", [el("path", d=fill, fill="currentColor", fill_rule="evenodd")]))
        heavy: Attributes = {"fill": "none", "stroke": "currentColor", "stroke_width": 2 * ground.FINE}
        pieces.append(tinted("reach", [el("path", "", "map-asked", d=line, stroke_linecap="round", **heavy)]))
    return Markup("").join(pieces)


def _region(site: Place, parts: Sequence[PartRow], seats: Sequence[Seat]) -> Markup:
    """Draw the frame around the site: borders, the codes of the states, the parts by letter, and a scale."""
    centre, asked = site.point, {s.state.upper() for s in seats if s.is_asked}
    lands, lines, codes = [], [], []
    for code, fill, line, label in ground.framed(centre, _REGION):
        is_asked = code in asked
        token = "reach-bg" if is_asked else "rule"
        lands.append(tinted(token, [el("path", d=fill, fill="currentColor", fill_rule="evenodd")]))
        heavy: Attributes = {"stroke_width": 3.0 if is_asked else 1.2, "fill": "none", "stroke": "currentColor"}
        # The asked state's line goes over that of its neighbours.
        lines.append((is_asked, tinted("reach" if is_asked else "paper", [el("path", d=line, **heavy)])))
        if code and label:
            codes.append((code, label, is_asked))
    wanted = [
        Pin(ground.in_frame(centre, row.place.point, _REGION), row.letter, is_part=True) for row in parts if row.letter
    ]
    scale = Box(75, _REGION[1] - 20, 130, 34)
    marks = pins.drawn(
        ground.in_frame(centre, centre, _REGION), site.name, wanted, _REGION, 1.2, codes=codes, taken=[scale]
    )
    pieces = [*lands, *(line for _, line in sorted(lines, key=lambda pair: pair[0])), _scale()]
    return _whole([*pieces, el("g", marks, font_family=FONT)], *_REGION)


def _scale() -> Markup:
    y = _REGION[1] - 14
    bar = el("path", d=f"M20 {y - 5:.0f}v5h100v-5", fill="none", stroke="currentColor", stroke_width=1.5)
    text = el("text", "100 km", x=70, y=y - 7, text_anchor="middle", fill="currentColor", font_size=15)
    return tinted("ink-2", [bar, text], font_family=FONT)


def _whole(pieces: Sequence[Markup], width: float, height: float) -> Markup:
    box = f"0 0 {width:.0f} {height:.0f}"
    return el("svg", Markup("").join(pieces), "map-svg", viewBox=box, aria_hidden="true")

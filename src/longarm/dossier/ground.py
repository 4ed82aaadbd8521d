"""Outlines as paths of a drawing: the whole world, one country, and a frame around a place.

Works on `globe` alone. Paths of the world are whole numbers, `FINE` to a unit: neighbours then round to the same line,
and the text stays small. The world is projected once in a process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from longarm.dossier import globe
from longarm.dossier.globe import Point

FINE: Final = 2
_SCALE: Final = 500 / globe.HALF_WIDTH
_NORTH, _SOUTH = 84.0, -57.0
"""Latitudes at which the world is cropped: no outline lies beyond them."""
_Grid = tuple[int, int]


def on_world(point: Point) -> Point:
    """Give the place of a point on the whole world, 1000 units wide, the North Pole at the top."""
    x, y = globe.equal_earth(point)
    return 500 + _SCALE * x, _SCALE * (globe.HALF_HEIGHT - y)


def cropped(points: Iterable[Point]) -> tuple[float, float]:
    """Give where the drawing begins and how high it is, so that outlines and these points are in it, with room."""
    latitudes = [p[1] for p in points]
    north = 90.0 if max(latitudes, default=0) > _NORTH - 2 else _NORTH
    south = -90.0 if min(latitudes, default=0) < _SOUTH + 2 else _SOUTH
    top, bottom = on_world((0, north))[1] - 8, on_world((0, south))[1] + 8
    return top, bottom - top


@cache
def land() -> str:
    """Give all outlines as one path, to be filled by the even-odd rule."""
    return "".join(_fill(ring) for _, rings in sorted(globe.outlines("world").items()) for ring in rings)


@cache
def country(code: str) -> tuple[str, str]:
    """Give a country's ground, and its border without the cut at the antimeridian."""
    rings = globe.outlines("world").get(code, ())
    return "".join(map(_fill, rings)), "".join(map(_border, rings))


@cache
def rim() -> str:
    """Give the edge of the world, west and east."""
    sides = []
    for longitude in (-180.0, 180.0):
        latitudes = [-90 + 4.5 * i for i in range(41)]
        sides.append(_path([_grid((longitude, latitude)) for latitude in latitudes], ""))
    return "".join(sides)


def _grid(point: Point) -> _Grid:
    x, y = on_world(point)
    return round(x * FINE), round(y * FINE)


def _fill(ring: Sequence[Point]) -> str:
    points = _plain(_grid(p) for p, _ in globe.stretched(ring, 5))
    return _path(points, "z") if len(points) > 2 else ""


def _border(ring: Sequence[Point]) -> str:
    """Give the lines of a ring that are borders; a small country keeps a dot, so that its line can be seen."""
    lines: list[list[_Grid]] = [[]]
    for point, is_border in globe.stretched(ring, 5):
        if not is_border:
            lines.append([])
        lines[-1].append(_grid(point))
    if len(lines) == 1:
        return _path(_plain(lines[0]), "z")
    # The walk began within a line whose beginning now stands at the end.
    lines[0] = lines.pop() + lines[0]
    return "".join(_path(_plain(line), "") for line in lines if len(line) > 1)


def _plain(points: Iterable[_Grid]) -> list[_Grid]:
    """Drop points that repeat the one before, or lie straight between their neighbours."""
    kept: list[_Grid] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1:
            (ax, ay), (bx, by) = kept[-2], kept[-1]
            if (bx - ax) * (point[1] - ay) == (by - ay) * (point[0] - ax):
                kept.pop()
        kept.append(point)
    return kept


def _path(points: Sequence[_Grid], end: str) -> str:
    if not points:
        return ""
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps) or '0 0'}{end}".replace(" -", "-")


def in_frame(centre: Point, point: Point, frame: tuple[float, float]) -> Point:
    """Give the place of a point in a frame of kilometres around a centre."""
    x, y = globe.around(centre, point)
    return frame[0] / 2 + x, frame[1] / 2 - y


def framed(centre: Point, frame: tuple[float, float]) -> Iterable[tuple[str, str, str, Point | None]]:
    """Give, of each country in a frame around a centre, its code, ground, border, and the middle of what is seen."""
    for code, rings in sorted(globe.outlines("near").items()):
        fills, borders, largest, middle = [], [], 900.0, None
        for ring in rings:
            if globe.is_beyond(centre, ring):
                continue
            walk = [(in_frame(centre, p, frame), is_border) for p, is_border in globe.stretched(ring, 1)]
            seen = _within([p for p, _ in walk], frame)
            if len(seen) < 3:
                continue
            fills.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in seen) + "z")
            borders += _lines(walk, frame)
            size, spot = _centroid(seen)
            if size > largest:
                largest, middle = size, spot
        if fills:
            yield code, "".join(fills), "".join(borders), middle


def _within(points: list[Point], frame: tuple[float, float]) -> list[Point]:
    """Clip a polygon to a frame, side by side (Sutherland and Hodgman 1974)."""
    for axis, limit, sign in ((0, 0.0, 1), (0, frame[0], -1), (1, 0.0, 1), (1, frame[1], -1)):
        kept: list[Point] = []
        for a, b in pairwise((*points[-1:], *points)):
            a_in, b_in = (a[axis] - limit) * sign >= 0, (b[axis] - limit) * sign >= 0
            if a_in != b_in:
                share = (limit - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
            if b_in:
                kept.append(b)
        points = kept
    return points


def _lines(walk: Sequence[tuple[Point, bool]], frame: tuple[float, float]) -> list[str]:
    """Clip the borders of a ring to a frame, each stretch for itself (Liang and Barsky 1984), and join what meets."""
    drawn: list[str] = []
    pen: Point | None = None
    for (a, _), (b, is_border) in pairwise((walk[-1], *walk)):
        low, high = 0.0, 1.0
        for axis in (0, 1):
            step = b[axis] - a[axis]
            if step == 0:
                low = low if 0 <= a[axis] <= frame[axis] else 2.0
                continue
            first, last = sorted(((0 - a[axis]) / step, (frame[axis] - a[axis]) / step))
            low, high = max(low, first), min(high, last)
        if low >= high or not is_border:
            continue
        start, stop = ((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in (low, high))
        drawn.append(f"{'' if start == pen else f'M{start[0]:.1f} {start[1]:.1f}'}L{stop[0]:.1f} {stop[1]:.1f}")
        pen = stop
    return drawn


def _centroid(points: Sequence[Point]) -> tuple[float, Point]:
    area = x = y = 0.0
    for (ax, ay), (bx, by) in pairwise((*points, points[0])):
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return (abs(area) / 2, (x / (3 * area), y / (3 * area))) if area else (0.0, points[0])

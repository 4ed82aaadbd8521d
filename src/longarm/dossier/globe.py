"""The ground that maps are drawn on: outlines of countries, two projections, great circles.

Reads the packaged outlines (Natural Earth; see `outlines/NOTICE.md`) and nothing else. Degrees come in as longitude and
latitude, in this order. A ring keeps the cut that the outlines have at the antimeridian.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import acos, asin, atan2, ceil, cos, degrees, hypot, isfinite, pi, radians, sin, sqrt
from typing import Final

Point = tuple[float, float]
EARTH_KM: Final = 6371.0
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
HALF_WIDTH: Final = 2 * sqrt(3) * pi / (3 * _A1)
HALF_HEIGHT: Final = _A4 * (pi / 3) ** 9 + _A3 * (pi / 3) ** 7 + _A2 * (pi / 3) ** 3 + _A1 * pi / 3
"""Half the extent of Equal Earth on the unit sphere: at the equator, and at a pole."""
_EDGE: Final = 179.99
"""Longitude beyond which a stretch of an outline is the cut at the antimeridian, and no border."""


@cache
def outlines(scale: str) -> dict[str, tuple[tuple[Point, ...], ...]]:
    """Give the rings of each country by its ISO code, those without a code under an empty one; `world` or `near`."""
    text = files("longarm.dossier").joinpath("outlines", "countries.json").read_text("utf-8")
    return {code: tuple(_ring(flat) for flat in rings) for code, rings in json.loads(text)[scale].items()}


def _ring(flat: Sequence[int]) -> tuple[Point, ...]:
    x = y = 0
    points = []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 100, y / 100))
    return tuple(points)


def checked(longitude: float, latitude: float) -> Point:
    """Bring a longitude into -180 to 180. Raises ValueError where the two are no place on Earth."""
    if not (isfinite(longitude) and isfinite(latitude) and -90 <= latitude <= 90):
        raise ValueError(
            f"latitude {latitude}, longitude {longitude} is no place; -90 to 90 was expected of a latitude"
        )
    return (longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180), latitude


def equal_earth(point: Point) -> Point:
    """Project to Equal Earth, equal-area, on the unit sphere (Šavrič, Patterson & Jenny 2018, eqs. 2 and 3)."""
    theta = asin(sqrt(3) / 2 * sin(radians(point[1])))
    square = theta * theta
    slope = 9 * _A4 * square**4 + 7 * _A3 * square**3 + 3 * _A2 * square + _A1
    y = theta * (_A4 * square**4 + _A3 * square**3 + _A2 * square + _A1)
    return 2 * sqrt(3) * radians(point[0]) * cos(theta) / (3 * slope), y


def around(centre: Point, point: Point) -> Point:
    """Project to kilometres east and north of a centre, equal-area (Lambert's azimuthal: Snyder 1987, p. 185).

    A point beyond the horizon is drawn onto it: the far side of the Earth has no place in a regional frame.
    """
    lon, lat, lat0 = radians(point[0] - centre[0]), radians(point[1]), radians(centre[1])
    near = sin(lat0) * sin(lat) + cos(lat0) * cos(lat) * cos(lon)
    east, north = cos(lat) * sin(lon), cos(lat0) * sin(lat) - sin(lat0) * cos(lat) * cos(lon)
    if near < 0:
        far = hypot(east, north) or 1.0
        return EARTH_KM * sqrt(2) * east / far, EARTH_KM * sqrt(2) * north / far
    scale = EARTH_KM * sqrt(2 / (1 + near))
    return scale * east, scale * north


def is_beyond(centre: Point, ring: Iterable[Point]) -> bool:
    """Say whether a whole ring lies beyond the horizon of a centre."""
    return all(_angle(centre, p) > pi / 2 for p in ring)


def distance_km(a: Point, b: Point) -> float:
    """Give the length of the shortest way between two places."""
    return EARTH_KM * _angle(a, b)


def great_circle(a: Point, b: Point) -> list[list[Point]]:
    """Give the shortest way between two places as lines; it is parted where it crosses the antimeridian."""
    angle = _angle(a, b)
    if sin(angle) < 1e-9:
        return [[a, b]] if abs(a[0] - b[0]) <= 180 else [[a], [b]]
    ends = [_vector(a), _vector(b)]
    count = max(2, ceil(degrees(angle)) // 2)
    lines: list[list[Point]] = [[a]]
    for i in range(1, count + 1):
        share = i / count
        k, m = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
        x, y, z = (k * p + m * q for p, q in zip(*ends, strict=True))
        point = b if i == count else (degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y))))
        last = lines[-1][-1]
        if abs(point[0] - last[0]) > 180:
            edge = 180.0 if last[0] > 0 else -180.0
            gone = abs(edge - last[0]) / (360 - abs(point[0] - last[0])) if last[0] != edge else 0.0
            latitude = last[1] + (point[1] - last[1]) * gone
            lines[-1].append((edge, latitude))
            lines.append([(-edge, latitude)])
        lines[-1].append(point)
    return lines


def _vector(p: Point) -> tuple[float, float, float]:
    lon, lat = radians(p[0]), radians(p[1])
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _angle(a: Point, b: Point) -> float:
    dot = sum(p * q for p, q in zip(_vector(a), _vector(b), strict=True))
    return acos(max(-1.0, min(1.0, dot)))


@cache
def middle(code: str) -> Point | None:
    """Give the place that stands for a country: the centroid of its largest ring; None where it has no outline."""
    rings = outlines("near").get(code.upper()) if code else None
    if not rings:
        return None
    ring = max(rings, key=lambda r: abs(_moments(r)[0]))
    area, x, y = _moments(ring)
    return (x, y) if area else ring[0]


def _moments(ring: Sequence[Point]) -> tuple[float, float, float]:
    """Give signed area and centroid, a degree of longitude counted by its length at the ring's middle latitude."""
    narrow = cos(radians((min(p[1] for p in ring) + max(p[1] for p in ring)) / 2))
    area = x = y = 0.0
    for (ax, ay), (bx, by) in pairwise((*ring, ring[0])):
        cross = (ax * by - bx * ay) * narrow
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return (area / 2, x / (3 * area), y / (3 * area)) if area else (0.0, *ring[0])


def stretched(ring: Sequence[Point], step: float) -> Iterable[tuple[Point, bool]]:
    """Give the points of a closed ring, at most `step` degrees apart, and whether the way to each is a border."""
    for a, b in pairwise((*ring, ring[0])):
        is_cut = abs(a[0]) >= _EDGE and abs(b[0]) >= _EDGE
        count = max(1, ceil(max(abs(b[0] - a[0]), abs(b[1] - a[1])) / step))
        for i in range(1, count + 1):
            share = i / count
            yield (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share), not is_cut

"""Make the outlines of the maps from an unpacked npm package `world-atlas`, which carries Natural Earth as TopoJSON.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    .venv/bin/python scripts/outlines.py package

Writes `src/longarm/dossier/outlines/countries.json` and says which areas have no ISO code. The same package gives the
same bytes. Arcs are simplified before they are joined to rings, so that a border is the same line for both neighbours.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from babel.core import get_global

TARGET: Final = Path(__file__).parent.parent / "src/longarm/dossier/outlines/countries.json"
LEFT_OUT: Final = "AQ"
"""Antarctica: no state's ground, and half the size of the file's southern edge."""
SETS: Final = {"near": (0.04, 0.004), "world": (0.2, 0.4)}
"""Degrees by which a simplified line may depart (some 4 km for a frame of 600 km, half a pixel of a map of the world),
and square degrees below which an island is dropped, unless it is a country's largest."""
HUNDREDTHS: Final = 100


def main(package: Path) -> None:
    """Read the package, write the outlines, name what has no code."""
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    atlas = json.loads((package / "countries-50m.json").read_text("utf-8"))
    written: dict[str, Any] = {"source": f"Natural Earth, by world-atlas {version}, countries-50m"}
    said = []
    for name, (tolerance, smallest) in SETS.items():
        found, nameless = outlined(atlas, tolerance, smallest)
        written[name] = dict(sorted(found.items()))
        said.append(f"{name}: {len(found)} codes, {sum(len(r) // 2 for rs in found.values() for r in rs)} points")
    TARGET.write_text(json.dumps(written, separators=(",", ":")) + "\n", "utf-8")
    said += [f"{TARGET.name}: {TARGET.stat().st_size} bytes", f"without a code: {', '.join(sorted(nameless))}"]
    sys.stdout.write("\n".join(said) + "\n")


def outlined(atlas: dict[str, Any], tolerance: float, smallest: float) -> tuple[dict[str, list[list[int]]], list[str]]:
    """Give the packed rings by code, and the names of areas without one, whose rings stand under an empty code."""
    arcs = [simplified(arc, tolerance) for arc in decoded(atlas)]
    found: dict[str, list[list[int]]] = {}
    nameless: list[str] = []
    for country in atlas["objects"]["countries"]["geometries"]:
        code = alpha2(country.get("id"))
        if code == LEFT_OUT or "arcs" not in country:
            continue
        if not code:
            nameless.append(country["properties"]["name"])
        rings = [part for ring in rings_of(country) for part in cut(joined(ring, arcs))]
        found.setdefault(code, []).extend(map(packed, kept(rings, smallest)))
    return found, nameless


def alpha2(number: str | None) -> str:
    """Give the ISO 3166 code of two letters for the one of three digits; nothing where it names no one country."""
    names = get_global("territory_aliases").get(number or "") or []
    return names[0] if len(names) == 1 else ""


def decoded(atlas: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Give the arcs of a quantised topology in degrees (TopoJSON specification, section 2.1.3)."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def simplified(points: list[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """Drop points that a straight line misses by less than the tolerance (Douglas and Peucker 1973); keep both ends."""
    keep = {0, len(points) - 1}
    open_ = [(0, len(points) - 1)]
    if points[0] == points[-1]:
        # A closed arc has no line between its ends; its farthest point divides it.
        far = max(range(len(points)), key=lambda i: (math.dist(points[0], points[i]), -i))
        keep.add(far)
        open_ = [(0, far), (far, len(points) - 1)]
    while open_:
        first, last = open_.pop()
        if last - first < 2:
            continue
        gap, at = max((away(points[i], points[first], points[last]), -i) for i in range(first + 1, last))
        if gap > tolerance:
            keep.add(-at)
            open_ += [(first, -at), (-at, last)]
    return [points[i] for i in sorted(keep)]


def away(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the distance of a point from a stretch, a degree of longitude counted by its length at that latitude."""
    narrow = math.cos(math.radians(p[1]))
    px, py, bx, by = (p[0] - a[0]) * narrow, p[1] - a[1], (b[0] - a[0]) * narrow, b[1] - a[1]
    length = bx * bx + by * by
    t = 0.0 if length == 0 else max(0.0, min(1.0, (px * bx + py * by) / length))
    return math.hypot(px - t * bx, py - t * by)


def rings_of(country: dict[str, Any]) -> list[list[int]]:
    """Give all rings of a geometry, outer and inner alike: they are filled by the even-odd rule."""
    if country["type"] == "Polygon":
        return list(country["arcs"])
    return [ring for polygon in country["arcs"] for ring in polygon]


def joined(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[int, int]]:
    """Join arcs to a ring in whole hundredths of a degree; a negative number is an arc read backwards."""
    points: list[tuple[int, int]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        for x, y in arc:
            point = (round(x * HUNDREDTHS), round(y * HUNDREDTHS))
            if not points or points[-1] != point:
                points.append(point)
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def cut(ring: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Cut a ring at the antimeridian, over which the package has stitched it: each part lies within 180 degrees."""
    turn, half = 360 * HUNDREDTHS, 180 * HUNDREDTHS
    unrolled = ring[:1]
    for x, y in ring[1:]:
        before = unrolled[-1][0]
        unrolled.append((x + turn * round((before - x) / turn), y))
    parts = []
    for lap in (-1, 0, 1):
        east, west = half + lap * turn, -half + lap * turn
        part = clipped(clipped(unrolled, east, 1), west, -1)
        if len(part) > 2:
            parts.append([(x - lap * turn, y) for x, y in part])
    return parts or [ring]


def clipped(ring: list[tuple[int, int]], limit: int, side: int) -> list[tuple[int, int]]:
    """Keep what of a ring lies on one side of a meridian (Sutherland and Hodgman 1974)."""
    kept_points: list[tuple[int, int]] = []
    for a, b in pairwise((*ring[-1:], *ring)):
        a_in, b_in = (limit - a[0]) * side >= 0, (limit - b[0]) * side >= 0
        if a_in != b_in:
            kept_points.append((limit, round(a[1] + (b[1] - a[1]) * (limit - a[0]) / (b[0] - a[0]))))
        if b_in:
            kept_points.append(b)
    return [p for i, p in enumerate(kept_points) if p != kept_points[i - 1]]


def kept(rings: list[list[tuple[int, int]]], smallest: float) -> list[list[tuple[int, int]]]:
    """Keep the largest ring of a country, and those that can be seen."""
    shaped = [ring for ring in rings if len(ring) > 2] or rings[:1]
    largest = max(shaped, key=area)
    return [ring for ring in shaped if ring is largest or area(ring) >= smallest]


def area(ring: list[tuple[int, int]]) -> float:
    """Give the area of a ring in square degrees of the equator (shoelace formula)."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
    return abs(twice) / 2 / HUNDREDTHS**2 * math.cos(math.radians(ring[0][1] / HUNDREDTHS))


def packed(ring: list[tuple[int, int]]) -> list[int]:
    """Write the first point, then each step to the next, in one flat list: half the bytes of pairs."""
    flat: list[int] = [*ring[0]]
    for a, b in pairwise(ring):
        flat += [b[0] - a[0], b[1] - a[1]]
    return flat


if __name__ == "__main__":
    main(Path(sys.argv[1]))

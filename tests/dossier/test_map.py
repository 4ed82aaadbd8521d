"""The map by itself: places on the ground, states all alike, marks that keep apart."""

from __future__ import annotations

import itertools
import math
import re
from xml.etree import ElementTree as ET

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.dossier import figures, globe, ground
from longarm.dossier import map as figure
from longarm.dossier.figures import Box
from longarm.dossier.map import Map, Place, Seat
from longarm.dossier.paper_names import over
from longarm.model import states

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
SITE = Place("s", "Gate", 50.6374, 5.4432, "site")
SEATS = (Seat("AU", "Australia", ("Kestrel",), True), Seat("BE", "Belgium", ("Gate SA", "Other"), False))


def _page(m: Map, *, is_paper: bool = False) -> str:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("longarm.dossier", "templates"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    made.globals["_"] = lambda message, **values: message.format(**values)
    made.globals["colon"] = ": "
    made.globals["is_paper"], made.filters["over"] = is_paper, over
    return made.from_string('{% import "map.html" as m with context %}{{ m.drawn(map) }}').render(map=m)


def _xml(svg: str) -> ET.Element:
    return ET.fromstring(svg)


_LONGITUDES = st.floats(-180, 180)
_LATITUDES = st.floats(-90, 90)
_POINTS = st.tuples(_LONGITUDES, _LATITUDES)


@given(_POINTS)
def test_every_place_on_earth_lies_within_the_projection(point: globe.Point) -> None:
    """No pole and no antimeridian runs off the paper."""
    x, y = globe.equal_earth(point)
    assert abs(x) <= globe.HALF_WIDTH + 1e-9
    assert abs(y) <= globe.HALF_HEIGHT + 1e-9


def test_equal_earth_has_the_proportions_that_were_published() -> None:
    """The equator is 2.05458 times as long as the central meridian, a pole 0.59247 times as long as the equator."""
    width, height = globe.equal_earth((180, 0))[0], globe.equal_earth((0, 90))[1]
    assert (width, height) == pytest.approx((globe.HALF_WIDTH, globe.HALF_HEIGHT))
    assert width / height == pytest.approx(2.05458, abs=5e-6)
    assert globe.equal_earth((180, 90))[0] / width == pytest.approx(0.59247, abs=5e-6)


@given(_LONGITUDES, st.floats(-80, 80))
def test_equal_earth_keeps_areas(longitude: float, latitude: float) -> None:
    """A small field is as large on paper as on the sphere, wherever it lies."""
    d = 1e-4
    a, b, c = (
        globe.equal_earth(p) for p in ((longitude, latitude), (longitude + d, latitude), (longitude, latitude + d))
    )
    field = abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))
    assert field == pytest.approx(math.radians(d) ** 2 * math.cos(math.radians(latitude + d / 2)), rel=1e-3)


@given(_POINTS, _POINTS)
def test_a_frame_keeps_distances_from_its_centre(centre: globe.Point, point: globe.Point) -> None:
    """Within a few kilometres over 300, across the poles and the antimeridian; what is beyond stays beyond."""
    away = globe.distance_km(centre, point)
    drawn = math.hypot(*globe.around(centre, point))
    assert drawn <= globe.EARTH_KM * math.sqrt(2) + 1
    if away <= 300:
        assert drawn == pytest.approx(away, rel=0.001, abs=0.01)
    else:
        assert drawn > 299


@given(_POINTS, _POINTS)
def test_the_shortest_way_never_leaps_across_the_map(a: globe.Point, b: globe.Point) -> None:
    """It is parted at the antimeridian, and ends where it should."""
    lines = globe.great_circle(a, b)
    assert lines[0][0] == a
    assert lines[-1][-1] == b
    for line in lines:
        for p, q in itertools.pairwise(line):
            assert abs(p[0] - q[0]) <= 180
            assert -90 <= q[1] <= 90


def test_outlines_lie_within_the_antimeridian_and_leave_antarctica_out() -> None:
    """Whatever crosses it is cut there; no line runs around the world."""
    for scale in ("world", "near"):
        found = globe.outlines(scale)
        assert "AQ" not in found
        for rings in found.values():
            for ring in rings:
                assert all(-180 <= x <= 180 and -60 < y < 84 for x, y in ring)
                assert all(abs(p[0] - q[0]) < 40 for p, q in zip(ring, (*ring[1:], ring[0]), strict=True))


def test_almost_every_state_has_an_outline() -> None:
    """Those that have none are known, and are said to be not drawn."""
    without = {"AQ", "BQ", "BV", "CC", "CX", "EU", "GF", "GI", "GP", "MQ", "RE", "SJ", "TK", "TV", "UM", "YT"}
    codes = set(states._names())
    assert {c for c in codes if globe.middle(c) is None} == without
    assert set(globe.outlines("near")) - {""} <= codes


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(90, 0), (-90, 0), (90, 180), (0, 180), (0, -180), (-17, 179.99), (-17, -179.99), (65.7, -168.9), (0, 540)],
)
def test_a_site_at_the_edges_of_the_world_is_drawn_inside_the_paper(latitude: float, longitude: float) -> None:
    """At the poles and on the antimeridian too, with its ways and its frame."""
    m = figure.drawn(Place("s", "Edge", latitude, longitude, "site"), [], SEATS)
    for svg in (m.world, m.region):
        root = _xml(svg)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        squares = [e for e in root.iter("rect") if e.get("fill") == "currentColor"]
        assert squares
        for square in squares:
            assert 0 <= float(square.attrib["x"]) + float(square.attrib["width"]) / 2 <= width
            assert 0 <= float(square.attrib["y"]) + float(square.attrib["height"]) / 2 <= height


@pytest.mark.parametrize("place", [(90.1, 0), (-91, 0), (math.nan, 0), (0, math.inf)])
def test_what_is_no_place_is_refused(place: tuple[float, float]) -> None:
    """With the value and what was expected."""
    with pytest.raises(ValueError, match=r"is no place; -90 to 90 was expected"):
        Place("s", "Nowhere", *place, "site")


def test_the_asked_state_has_a_heavier_line_its_name_and_a_word_beside_its_colour() -> None:
    """Never the colour alone."""
    m = figure.drawn(SITE, [], SEATS)
    assert ">Australia</text>" in m.world
    assert ">Belgium</text>" not in m.world
    assert 'class="map-asked"' in m.world
    assert '<span class="map-asked-word">asked</span>' in _page(m)


def test_all_states_are_drawn_by_the_same_code() -> None:
    """Asked for another, the other gets the line, and the first loses it."""
    turned = tuple(Seat(s.state, s.name, s.entities, not s.is_asked) for s in SEATS)
    m = figure.drawn(SITE, [], turned)
    assert ">Belgium</text>" in m.world
    assert ">Australia</text>" not in m.world


def test_only_states_in_which_somebody_is_seated_are_numbered() -> None:
    """As they come; the number on the map is that of the table."""
    seats = (Seat("NZ", "New Zealand", (), False), *SEATS, Seat("EU", "European Union", ("Agency",), False))
    m = figure.drawn(SITE, [], seats)
    assert [row.number for row in m.seats] == [None, 1, 2, None]
    assert [row.is_outlined for row in m.seats] == [True, True, True, False]
    shown = _page(m)
    assert "nobody on file" in shown
    assert "not drawn" in shown


def test_the_table_holds_all_that_the_map_shows() -> None:
    """The drawings are hidden from readers that are read to."""
    parts = [Place("p", "Rail yard", 50.65, 5.61, "part")]
    m = figure.drawn(SITE, parts, SEATS)
    shown = _page(m)
    tables = " ".join(re.findall(r"<table>.*?</table>", shown, re.DOTALL))
    for name in ("Australia", "Kestrel", "Belgium", "Gate SA", "Other", "Rail yard"):
        assert name in tables
    assert shown.count("<svg") == shown.count('aria-hidden="true"')


def test_a_part_where_its_site_stands_is_no_part_of_the_frame() -> None:
    """One beyond the frame stands in the table without a letter."""
    parts = [
        Place("same", "Same", 50.6374, 5.4433, "part"),
        Place("near", "Near", 50.7, 5.5, "part"),
        Place("far", "Far", -37.8, 144.9, "part"),
        Place("next", "Next", 50.5, 5.3, "part"),
    ]
    found = figure.drawn(SITE, parts, SEATS).parts
    assert [(row.place.id, row.letter) for row in found] == [("near", "A"), ("far", None), ("next", "B")]


def test_letters_go_on_after_z() -> None:
    """A site may have many parts."""
    parts = [Place(f"p{i}", f"Part {i}", 50.64 + i / 100, 5.5, "part") for i in range(28)]
    assert [row.letter for row in figure.drawn(SITE, parts, ()).parts][-3:] == ["Z", "AA", "AB"]


def test_marks_do_not_cover_one_another() -> None:
    """Fifteen states around one site: each ring keeps its own ground."""
    codes = ("BE", "NL", "LU", "DE", "FR", "GB", "IE", "CH", "AT", "CZ", "DK", "LI", "MC", "IT", "ES")
    m = figure.drawn(SITE, [], [Seat(c, c, ("x",), False) for c in codes])
    for group in ("map-wide", "map-narrow"):
        marks = next(e for e in _xml(m.world).iter("g") if e.get("class") == group)
        rings = [e for e in marks.iter("circle") if e.get("fill") == "none"]
        assert len(rings) == len(codes)
        for i, a in enumerate(rings):
            for b in rings[i + 1 :]:
                apart = math.dist(*((float(e.attrib["cx"]), float(e.attrib["cy"])) for e in (a, b)))
                assert apart >= 2 * float(a.attrib["r"])


def test_a_mark_without_room_is_not_lost() -> None:
    """It stands where it was wanted."""
    want = Box(5, 5, 4, 4)
    assert figures.placed(want, [Box(5, 5, 100, 100)], (10, 10)) == want


def test_no_text_becomes_markup() -> None:
    """Names are what others wrote; they stand on the map, in the table, and in a document of its own."""
    site = Place("s", HOSTILE, 50.6, 5.4, "site")
    m = figure.drawn(site, [Place("p", HOSTILE, 50.9, 5.4, "part")], [Seat("AU", HOSTILE, (HOSTILE,), True)])
    for text in (_page(m), figures.standalone(m.world), figures.standalone(m.region)):
        assert "<script" not in text
        assert "<img" not in text


def test_a_drawing_stands_alone_in_light_colours() -> None:
    """With its space and size named, and no class, variable or style left."""
    m = figure.drawn(SITE, [], SEATS)
    for svg in (m.world, m.region):
        assert " style=" not in svg
        text = figures.standalone(svg)
        assert _xml(text).tag == "{http://www.w3.org/2000/svg}svg"
        assert _xml(text).get("width")
        assert "class=" not in text
        assert "var(" not in text
        assert figures.LIGHT["rule"] in text


def test_a_frame_inside_one_state_is_filled() -> None:
    """Though no border runs through it; and the far side of the Earth fills none."""
    inside = {code for code, *_ in ground.framed((93.0, 56.0), (600, 400))}
    assert len(inside) == 1
    assert not [code for code, *_ in ground.framed((-140.0, -30.0), (600, 400))]


def test_the_same_places_give_the_same_drawing() -> None:
    """Byte for byte."""
    assert figure.drawn(SITE, [], SEATS) == figure.drawn(SITE, [], SEATS)


def test_on_paper_a_name_that_runs_from_right_to_left_stands_over_the_drawing() -> None:
    """Inside an SVG the PDF would set it letter by letter, unjoined and backwards."""
    name = "شركة مرسى"
    arabic = figure.drawn(Place("s", name, 50.6374, 5.4432, "site"), [], SEATS)
    paper, screen = _page(arabic, is_paper=True), _page(arabic)
    over_it = re.findall(r'<span class="map-over" dir="rtl" style="([^"]+)">([^<]+)</span>', paper)
    assert [said for _, said in over_it] == [name, name]  # in the world and around the site, each once
    assert all(re.fullmatch(r"left:[\d.]+%;top:[\d.]+%;font-size:[\d.]+mm", place) for place, _ in over_it)
    shown = paper.replace(
        paper[paper.index('<g class="map-narrow"') : paper.index("</svg>", paper.index("map-narrow"))], ""
    )
    assert not re.search(rf"<text[^>]*>{name}", shown)
    assert "map-over" not in screen
    assert re.search(rf"<text[^>]*>{name}", screen)
    assert "map-over" not in _page(figure.drawn(SITE, [], SEATS), is_paper=True)
    mixed = figure.drawn(Place("s", "Gate (مرسى) SA", 50.6374, 5.4432, "site"), [], SEATS)
    assert 'dir="ltr"' in _page(mixed, is_paper=True)

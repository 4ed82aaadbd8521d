"""The timeline by itself: both clocks, dates that are not exact, and stances that are read in one ink."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from importlib.resources import files
from xml.etree import ElementTree as ET

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.dossier import figures, timeline
from longarm.dossier.bars import Axis
from longarm.dossier.timeline import Event, Timeline
from longarm.model.terms import Stance

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
TODAY = dt.date(2026, 11, 23)
PLAIN = Event("e", "A tie", "Ties", "2018-12-05", None, "2018-12-06", None, "asserted")


def _drawn(*events: Event, as_of: dt.date = TODAY, known_at: dt.date = TODAY) -> Timeline:
    return timeline.rows(events, as_of, known_at)


def _row(**more: object) -> timeline.Row:
    return _drawn(replace(PLAIN, **more)).rows[0]  # type: ignore[arg-type]


def _xml(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def _lines(svg: str, **attributes: str) -> list[ET.Element]:
    found = _xml(svg).iter("line")
    return [e for e in found if all(e.get(k.replace("_", "-")) == v for k, v in attributes.items())]


def _page(t: Timeline) -> str:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("longarm.dossier", "templates"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    made.globals["_"] = lambda message, **values: message.format(**values)
    # The macro reads one mark from a file of others, which asks for all of its own filters.
    made.loader = jinja2.ChoiceLoader(
        [jinja2.DictLoader({"marks.html": "{% macro level(name) %}{{ name }}{% endmacro %}"}), made.loader]  # type: ignore[list-item]
    )
    return made.from_string('{% import "timeline.html" as t with context %}{{ t.drawn(timeline) }}').render(timeline=t)


def test_each_stance_has_a_form_and_a_word_of_its_own() -> None:
    """Five stances, five bars that differ without their colours, five words."""
    bare = {re.sub(r' (?:class|color)="[^"]*"', "", _row(stance=s).bar) for s in Stance}
    assert len(bare) == len(Stance)
    assert [_row(stance=s).stance for s in Stance] == [s.value for s in Stance]
    assert len({re.sub(r' (?:class|color)="[^"]*"', "", _row(stance=s).sign) for s in Stance}) == len(Stance)


def test_a_whole_day_begins_the_bar_without_a_doubt() -> None:
    """No cap and no thin line: the day is known."""
    assert not _lines(_row().bar, stroke_width="1.5", y1="12", stroke="currentColor")
    assert len(_lines(_row().bar, stroke_width="7")) == 1


def test_a_partial_date_is_an_uncertain_end() -> None:
    """From the first to the last day that `2018` may mean runs a thin line with a cap; the bar begins after it."""
    axis = Axis.over([("2018", "2021-06", None)], TODAY, TODAY)
    bar = _row(start="2018", end="2021-06", published=None).bar
    full = _lines(bar, stroke_width="7")[0]
    assert full.get("x1") == axis.x(axis.at(dt.date(2018, 12, 31)))
    assert full.get("x2") == axis.x(axis.at(dt.date(2021, 6, 1), is_end=True))
    caps = [e.get("x1") for e in _lines(bar, y1="7", y2="17")]
    assert caps == [axis.x(axis.at(dt.date(2018, 1, 1))), axis.x(axis.at(dt.date(2021, 6, 30), is_end=True))]


def test_what_is_dated_by_one_year_is_nowhere_certain() -> None:
    """`2019 to 2019` may be one day of it."""
    bar = _row(start="2019", end="2019", published=None).bar
    assert not _lines(bar, stroke_width="7")
    assert len(_lines(bar, y1="7", y2="17")) == 2


def test_an_open_end_runs_to_the_day_of_the_question_and_is_dotted_from_there() -> None:
    """Nothing says that it ended; nothing says more."""
    t = _drawn(PLAIN)
    now = t.scale.x(t.scale.at(TODAY, is_end=True))
    assert _lines(t.rows[0].bar, stroke_width="7")[0].get("x2") == now
    dots = [e for e in _xml(t.rows[0].bar).iter("line") if e.get("class") == "tl-dots"]
    assert [(e.get("x1"), e.get("x2")) for e in dots] == [(now, "100%")]


def test_an_unknown_start_is_dotted_and_said() -> None:
    """It is never drawn as a start."""
    row = _row(start=None, end="2020", published=None)
    assert not _lines(row.bar, stroke_width="7")
    assert row.when == "until 2020, start not known"
    assert _row(start=None, end=None).when == "undated"


def test_a_bar_of_one_day_can_be_seen() -> None:
    """And its tick does not cover it."""
    bar = _row(start="2021-06-14", end="2021-06-14", published="2021-06-14").bar
    full = _lines(bar, stroke_width="7")[0]
    assert float(str(full.get("x2")).rstrip("%")) - float(str(full.get("x1")).rstrip("%")) > 1
    assert bar.index('stroke-width="7"') > bar.index('stroke-width="2.5"')


def test_what_was_not_yet_known_is_grey_and_says_so() -> None:
    """By the day on which it became known here; by publication where that is not on file; never for certain inside a
    partial date."""
    then = dt.date(2023, 10, 5)

    def late(**more: object) -> bool:
        return _drawn(replace(PLAIN, **more), known_at=then).rows[0].is_late  # type: ignore[arg-type]

    assert late(published="2024-03")
    assert not late(published="2023-10-05")
    assert not late(published="2023")
    assert late(published="2018", known="2026-11-23")
    assert not late(published=None)
    shown = _page(_drawn(replace(PLAIN, published="2024"), known_at=then))
    assert "<b>not yet known</b>" in shown
    assert figures.LIGHT["rule-2"] in shown
    assert "not yet known" not in _page(_drawn(PLAIN))


def test_the_two_dates_are_named_once_where_they_are_one() -> None:
    """And each by itself where they differ."""
    assert "as of and known at 23 November 2026" in _drawn(PLAIN).axis
    parted = _drawn(PLAIN, known_at=dt.date(2023, 10, 5)).axis
    assert "as of 23 November 2026" in parted
    assert "known at 5 October 2023" in parted


def test_rows_keep_the_order_of_their_groups_and_stand_by_start_within() -> None:
    """Those without a start come last."""
    given_ = [
        replace(PLAIN, id="b", group="Law", start="2020"),
        replace(PLAIN, id="c", group="Ties", start=None),
        replace(PLAIN, id="d", group="Ties", start="2015"),
        replace(PLAIN, id="a", group="Law", start="2019"),
    ]
    t = _drawn(*given_)
    assert [(name, [r.event.id for r in found]) for name, found in t.groups] == [
        ("Law", ["a", "b"]),
        ("Ties", ["d", "c"]),
    ]


def test_texts_come_from_the_words_that_were_handed_in() -> None:
    """The figure writes no language of its own."""
    texts = timeline.words(lambda message: message.upper().replace("{START}", "{start}").replace("{DAY}", "{day}"))
    t = timeline.rows([PLAIN], TODAY, TODAY, texts, in_words=lambda day: f"<{day}>")
    assert t.rows[0].when == "SINCE <2018-12-05>"
    assert t.rows[0].stance == "ASSERTED"
    assert "AS OF AND KNOWN AT &lt;2026-11-23&gt;" in t.axis


@pytest.mark.parametrize("day", ["0001", "0001-01-01", "9999", "9999-12", "9999-12-31"])
def test_the_ends_of_the_calendar_are_drawn(day: str) -> None:
    """One odd date neither fails nor flattens the others."""
    for given_ in ({"start": day}, {"end": day}, {"published": day}, {"start": day, "end": day}):
        t = _drawn(PLAIN, replace(PLAIN, id="odd", **given_))  # type: ignore[arg-type]
        assert t.scale.years <= 60
        assert all(_xml(r.bar) is not None for r in t.rows)
        assert _xml(timeline.sheet(t)) is not None


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_a_question_at_the_ends_of_the_calendar_is_drawn(day: dt.date) -> None:
    """Whatever day is asked for."""
    assert _xml(_drawn(PLAIN, as_of=day, known_at=day).rows[0].bar) is not None


def test_without_events_the_page_says_that_nothing_is_on_file() -> None:
    """An empty axis would look like an answer."""
    t = _drawn()
    assert t.rows == ()
    shown = _page(t)
    assert "<table" not in shown
    assert "Nothing with a date is on file." in shown
    assert _xml(timeline.sheet(t)) is not None


def test_what_is_no_date_is_refused() -> None:
    """With the value."""
    with pytest.raises(ValueError, match="'soon' is not a date"):
        _drawn(replace(PLAIN, start="soon"))


def test_no_text_becomes_markup_or_a_script_address() -> None:
    """Labels, notes, groups and addresses are what others wrote."""
    event = replace(PLAIN, label=HOSTILE, note=HOSTILE, group=HOSTILE, level=HOSTILE, href="javascript:alert(3)")
    t = _drawn(event)
    for text in (_page(t), timeline.sheet(t)):
        assert "<script" not in text
        assert "<img" not in text
        assert "javascript:" not in text
    assert figures.link("/law/x#article-7") == "/law/x#article-7"
    assert figures.link("//elsewhere.invalid") is None
    assert _xml(timeline.sheet(t)) is not None


def test_no_style_stands_in_an_attribute() -> None:
    """The policy of the pages would drop it."""
    assert " style=" not in _page(_drawn(PLAIN, replace(PLAIN, stance="planned", end="2020")))


def test_the_sheet_stands_alone() -> None:
    """One document: texts inside, sizes known, no class that would need a style sheet."""
    sheet = timeline.sheet(_drawn(PLAIN, replace(PLAIN, label="Another tie that has a rather long name " * 3)))
    root = _xml(sheet)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(root.attrib["height"]) > 100
    assert "A tie" in sheet
    assert "class=" not in sheet
    assert "var(" not in sheet


def test_the_colours_are_those_of_the_tokens() -> None:
    """On light paper; a drawing that gets no style sheet must not look otherwise."""
    tokens = files("longarm.serve").joinpath("static", "tokens.css").read_text("utf-8")
    for name, value in figures.LIGHT.items():
        assert re.search(rf"--{name}:(#\w+)", tokens)[1] == value  # type: ignore[index]


_DAYS = st.dates(min_value=dt.date(1, 1, 1))
_PARTIAL = st.none() | st.builds(lambda d, n: d.isoformat()[:n], _DAYS, st.sampled_from([4, 7, 10]))


@given(start=_PARTIAL, end=_PARTIAL, published=_PARTIAL, as_of=_DAYS, known_at=_DAYS, stance=st.sampled_from(Stance))
def test_every_mark_stays_on_its_axis(
    start: str | None, end: str | None, published: str | None, as_of: dt.date, known_at: dt.date, stance: Stance
) -> None:
    """From the left edge to the right one, for any dates in any order, even an end before its start."""
    t = _drawn(replace(PLAIN, start=start, end=end, published=published, stance=stance), as_of=as_of, known_at=known_at)
    for element in _xml(t.rows[0].bar).iter():
        places = [float(element.get(k, "0%").rstrip("%")) for k in ("x1", "x2") if element.tag == "line"]
        assert all(0 <= place <= 100 for place in places)
        if element.tag == "rect":
            assert float(element.get("width", "").rstrip("%")) >= 0

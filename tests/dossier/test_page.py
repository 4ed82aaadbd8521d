"""The page by itself: marks by their rule, pairs by what stands against what, and no text that becomes markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import jinja2
import pytest

from longarm.dossier import page
from longarm.dossier.document import Form, document
from longarm.dossier.evidence import Evidence
from longarm.dossier.page import Bearing, Frame, Pair
from longarm.dossier.paths import Hop, PathView
from longarm.dossier.view import Cell, Line, View
from longarm.dossier.whole import Chapter, Fact, Finding, Survival, Whole
from longarm.model.terms import CAPABILITIES, Rung

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def _cell(rung: str = "power and means", **more: object) -> Cell:
    given = {"confidence": 0.71, "error": 0.03, "bounds": (0.6, 0.8), "words": "likely", "level": "compel"} | more
    return Cell(rung=rung, gross_rung=rung, gross_confidence=given["confidence"], **given)  # type: ignore[arg-type]


def _line(narrow: Cell | None, wide: Cell | None, part: str | None = None) -> Line:
    return Line("see", part, part or "the whole site", narrow, wide, "One sentence.")


def _evidence(name: str, **more: object) -> Evidence:
    plain = Evidence(
        id=name,
        stance="asserted",
        grade="B2",
        grade_words="usually reliable, probably true",
        says=f"{name} says",
        quote=f"{name} says",
        quote_lang=None,
        who="Paper",
        kind="our note",
        chain=("Speaker", "Paper"),
        when="May 2021",
        url="https://paper.invalid/1",
        document="d",
        span=(1, 5),
        entity=f"fact-{name}",
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def _hop(level: str, start: str, end: str, *, is_last: bool = False, meets: bool = False, **more: object) -> Hop:
    plain = Hop(
        start, end, start, end, level, (f"{start} over {end}",), False, meets, is_last, (f"{start}>{end}",), None
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def _view(**more: object) -> View:
    hops = (
        _hop("compel", "State", "Firm", meets=True, is_disputed=True, evidence=(_evidence("a"),)),
        _hop("means", "Firm", "Gate", is_last=True, last_confirmed="2024-05"),
    )
    plain = View(
        site="gate-site",
        site_name="Gate Site",
        state="AU",
        state_name="Australia",
        dates="as of 1 May 2026, known at 1 May 2026",
        headline="The answer.",
        lines=(_line(_cell("means only", level=None), _cell()),),
        parts=(("Gate", (_line(_cell("means only", level=None), _cell(), "gate"),)),),
        strongest=PathView("see", "wide", "gate", "power and means", 0.7, hops, "compel"),
        others=(),
        cuts=((("Firm over Gate",), 0.1),),
        next=(("Firm over Gate", 0.19, 0.8),),
        beside=(),
        gaps=(("gap-1", "Who holds the keys.", "Ask them."),),
        not_linked=(("no-1", "No tie was found.", None),),
        coverage={
            "status": "partial",
            "law_in_base": True,
            "instruments": ["au-x"],
            "unconfirmed": [],
            "statements": 12,
            "documents": 3,
            "origins": 2,
            "entities_tied": [],
            "parts_without_access": [],
        },
        warnings=("a path rests on au-x, which nobody has confirmed",),
        worlds=1024,
        as_of="2026-05-01",
        known_at="2026-05-01",
        case_title="Case",
        cut_ties=(("Firm>Gate",),),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def _finding(v: View, capability: str) -> Finding:
    """What a dossier says of a capability: in these tests, of the first line, by the strongest path."""
    line = v.lines[0]
    carries = v.strongest is not None and v.strongest.capability == capability
    return Finding(
        capability=capability,
        narrow=line.narrow,
        wide=line.wide,
        reading="wide" if line.wide else "narrow",
        sentence=line.sentence,
        path=v.strongest if carries else None,
        second=None,
        cuts=v.cuts if carries else (),
        cut_ties=v.cut_ties if carries else (),
        cuts_more=0,
        breaks=v.breaks if carries else (),
        next=v.next if carries else (),
        statements=(),
        cuts_then=(("influence", 0.6),) * len(v.cuts) if carries else (),
        breaks_then=(None,) * len(v.breaks) if carries else (),
    )


def _render(v: View, frame: Frame | None = None, bearings: Mapping[str, Bearing] | None = None) -> str:
    """The dossier of one state, from its view alone."""
    known = bearings or {}
    survivals = (Survival("see", "wide", ((0.5, "power and means", True),), (("case", "power and means", 0.7),)),)
    law = {"in_base": v.coverage["law_in_base"], "instruments": []}
    chapter = Chapter(v, False, tuple(_finding(v, c) for c in CAPABILITIES), survivals, law)
    shown = [e for way in (v.strongest, v.second) for hop in (way.hops if way else ()) for e in hop.evidence]
    shown += v.beside
    question = {"site": v.site, "states": [v.state], "as_of": v.as_of, "known_at": v.known_at, "worlds": v.worlds}
    question |= {"threshold": v.threshold, "grades": None, "without": []}
    grades = {"letters": {"A": 0.99}, "digits": {"1": 0.99}, "classes": {}}
    title = {
        "title": v.case_title,
        "states": [v.state],
        "note": None,
        "grades": grades,
        "influence_from": 250_000_000,
        "stale_after": [],
    }
    made = Whole(
        site=v.site,
        site_name=v.site_name,
        case=title | {"threshold": v.threshold},
        question=question,
        chapters=(chapter,),
        pairs=page.pairs(v.beside, known),
        replies={},
        bearings=known,
        gaps=tuple(Fact(i, s, "inferred", "gap", None, None, r, ()) for i, s, r in v.gaps),
        not_linked=tuple(Fact(i, s, "inferred", "no tie", None, None, r, ()) for i, s, r in v.not_linked),
        agreements=(),
        precedents=(),
        scenarios=(),
        origins=(),
        documents=(),
        statements={e.id: e for e in shown},
        notes={e.id: n for n, e in enumerate(dict.fromkeys(shown), start=1)},
        computed={"command": "longarm", "version": "0", "program": "0", "facts": "0", "law": "0"},
        names=v.names,
    )
    value = {"question": question, "origins": [], "timeline": [], "places": [], "seats": []}
    return document(value, made, frame or Frame(site=v.site, site_name=v.site_name), Form(is_file=False))


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_each_rung_has_a_mark_of_its_own() -> None:
    """Seven rungs, seven marks: `not assessed` is never drawn like `no path found`."""
    assert set(page.RUNGS) == {r.value for r in Rung}
    assert len(set(page.RUNGS.values())) == len(page.RUNGS)


@pytest.mark.parametrize("rung", page.RUNGS)
def test_a_rung_stands_beside_its_mark_in_words(rung: str) -> None:
    """No meaning is carried by a form or a colour alone."""
    text = _flat(_render(_view(lines=(_line(None, _cell(rung)),))))
    assert f'<svg class="g {page.RUNGS[rung]}" viewBox="0 0 18 18" aria-hidden="true">' in text
    assert f"<span>{rung.capitalize()}</span>" in text


def test_no_path_found_has_no_bar_and_no_words_of_confidence() -> None:
    """A long bar or `almost certain` would make it good news, which it never is."""
    cell = _cell("no path found", confidence=1.0, error=0.0, bounds=(0.2, 1.0), words="almost certain", level=None)
    text = _render(_view(lines=(_line(cell, cell),), parts=(), strongest=None, cuts=(), next=()))
    assert "almost certain" not in text
    assert 'class="bar' not in text
    assert "in all worlds" in text
    assert "bounds 0.20 to 1.00" in text


def test_what_was_not_assessed_shows_no_figure() -> None:
    """Null is not zero."""
    cell = _cell("not assessed", confidence=None, error=None, bounds=None, words=None, level=None)
    text = _render(_view(lines=(_line(cell, cell),), parts=(), strongest=None, cuts=(), next=()))
    assert 'class="bar' not in text
    assert "0.00" not in text.partition("<tbody>")[2].partition("</tbody>")[0]


def test_readings_that_agree_are_said_once() -> None:
    """The row says `in either reading`; where they differ both stand, narrow first."""
    same = _flat(_render(_view(lines=(_line(_cell(), _cell()),))))
    assert ", in either reading" in same
    differ = _flat(_render(_view()))
    assert ", in either reading" not in differ
    assert differ.index('data-l="Narrow reading"') < differ.index('data-l="Wide reading"')


def test_a_cut_has_one_number_in_path_evidence_and_table() -> None:
    """Numbers follow the path first, so that the reader meets 1 before 2."""
    view = _view(cut_ties=(("Other>Gate", "Firm>Gate"), ("Firm>Gate",)), cuts=((("a", "b"), 0.0), (("b",), 0.1)))
    assert page.numbered(view.strongest, view.cut_ties) == {"Firm>Gate": 1, "Other>Gate": 2}
    assert _render(view).count('aria-label="Cut 1"') == 4


def test_a_cut_says_what_still_meets_at_a_lower_level() -> None:
    """A cut of control need not be one of legal power or influence."""
    assert "but influence and means still meet in 0.60 of worlds" in _flat(_render(_view()))


def test_gross_is_shown_where_safeguards_change_the_finding() -> None:
    """Rungs are residual; what they were without safeguards stands beside."""
    cell = replace(_cell("means only", level=None), gross_rung="power and means", gross_confidence=0.9)
    assert "without safeguards: power and means, 0.90" in _flat(_render(_view(lines=(_line(cell, cell),))))
    assert "without safeguards" not in _render(_view())


def test_a_denial_stands_beside_what_it_answers() -> None:
    """By what the facts say that they contradict, in either direction; what nobody answered comes last."""
    said, denied, found, alone = (
        _evidence("said", stance="alleged"),
        _evidence("denied", stance="denied"),
        _evidence("found"),
        _evidence("alone", stance="alleged"),
    )
    bearings = {
        "fact-said": Bearing("allegation", frozenset({"fact-found"})),
        "fact-denied": Bearing("denial", frozenset({"fact-said"})),
        "fact-found": Bearing("negative finding", frozenset()),
    }
    pairs = page.pairs((alone, denied, said, found), bearings)
    assert pairs == (Pair((said,), (denied, found)), Pair((alone,), ()))
    text = _flat(_render(_view(beside=(alone, denied, said, found)), bearings=bearings))
    assert "asserted: negative finding" in text
    assert "no answer to it is on file" in text


def test_a_denial_of_nothing_that_stands_here_is_still_shown() -> None:
    """Nothing that stands beside a finding is dropped."""
    (pair,) = page.pairs((_evidence("d", stance="denied"),), {})
    assert (pair.said, len(pair.against)) == ((), 1)


def test_our_note_is_never_put_in_quotation_marks() -> None:
    """Its words are ours; those of a register or an original are theirs."""
    ours = _render(_view())
    hops = (_hop("compel", "State", "Gate", is_last=True, evidence=(_evidence("a", kind="register"),)),)
    theirs = _render(_view(strongest=PathView("see", "wide", "gate", "power and means", 0.7, hops, "compel")), Frame())
    assert "<q>a says</q>" not in ours
    assert "Our note" in ours
    assert "<q>a says</q>" in theirs


def test_a_word_for_both_halves_of_a_grade_is_said_once() -> None:
    """F6: cannot be judged."""
    f6 = _evidence("a", grade="F6", grade_words="cannot be judged, cannot be judged")
    hops = (_hop("compel", "State", "Gate", is_last=True, evidence=(f6,)),)
    view = _view(strongest=PathView("see", "wide", "gate", "power and means", 0.7, hops, "compel"))
    assert "<b>F6</b> cannot be judged<" in _render(view)


def test_hostile_texts_are_escaped_everywhere() -> None:
    """Whatever a source calls itself is shown as text."""
    bad = _evidence("a", says=HOSTILE, quote=HOSTILE, chain=(HOSTILE,), url="javascript:alert(1)", document=HOSTILE)
    hops = (_hop("compel", HOSTILE, HOSTILE, is_last=True, words=(HOSTILE,), ties=(HOSTILE,), evidence=(bad,)),)
    view = _view(
        site=HOSTILE,
        site_name=HOSTILE,
        case_title=HOSTILE,
        headline=HOSTILE,
        lines=(replace(_line(_cell(), _cell()), sentence=HOSTILE),),
        parts=((HOSTILE, (_line(_cell(), _cell(), "gate"),)),),
        strongest=PathView("see", "wide", "gate", "power and means", 0.7, hops, "compel"),
        cuts=(((HOSTILE,), 0.1),),
        cut_ties=((HOSTILE,),),
        next=((HOSTILE, 0.1, 0.5),),
        beside=(bad,),
        gaps=((HOSTILE, HOSTILE, HOSTILE),),
        not_linked=((HOSTILE, HOSTILE, HOSTILE),),
        warnings=(HOSTILE,),
        possible=(HOSTILE,),
        breaks=((HOSTILE, 0.2),),
    )
    text = _render(view, Frame(site=HOSTILE, site_name=HOSTILE, states=((HOSTILE, HOSTILE),), asked={"as_of": HOSTILE}))
    assert "<script" not in text
    assert "<img" not in text
    assert 'href="javascript:' not in text
    assert '"' not in page.foot_rule(HOSTILE).split('content:"')[1].split('";font')[0]


def test_an_undefined_name_is_a_fault() -> None:
    """A template that asks for what nobody gives does not print an empty place."""
    with pytest.raises(jinja2.UndefinedError):
        page.page("home.html", Frame())


def test_states_come_by_their_highest_rung_and_the_own_state_last() -> None:
    """Then by name; which state it is changes nothing else."""
    low = _view(state="CH", state_name="Switzerland", lines=(_line(_cell("no path found"), _cell("no path found")),))
    views = [_view(state="PT", state_name="Portugal"), low, _view(), _view(state="AT", state_name="Austria")]
    assert [v.state for v in page.in_order(views, "PT")] == ["AU", "AT", "CH", "PT"]


@pytest.mark.parametrize(
    ("evidence", "address"),
    [
        (_evidence("law:au-x#7 a"), "/law/au-x#article-7%20a"),
        (_evidence("a"), "/documents/d?start=1&end=5#quote"),
        (_evidence("a", span=None), "/documents/d"),
        (_evidence("a", document=None), None),
    ],
)
def test_evidence_leads_to_its_words(evidence: Evidence, address: str | None) -> None:
    """The article of law, or the document with its span."""
    assert page.source_address(evidence) == address


def test_values_of_one_record_are_read_together() -> None:
    """A register line without words to quote is one source, however many values it gives; a quote stays by itself."""
    several = (
        _evidence("part", quote=None, says="part: gate", entity="access", kind="data"),
        _evidence("quoted"),
        _evidence("role", quote=None, says="role: operator", entity="access", kind="data"),
    )
    assert [e.says for e in page.gathered(several)] == ["part: gate; role: operator", "quoted says"]


def test_what_was_found_of_nothing_is_told_once_where_every_figure_is_the_same() -> None:
    """Another bound of one capability, and each is told by itself."""
    nothing = _cell("no path found", confidence=1.0, bounds=(1.0, 1.0), level=None)
    other = _cell("no path found", confidence=1.0, bounds=(0.28, 1.0), level=None)

    def chapter(*cells: Cell) -> Chapter:
        one = Finding("see", nothing, nothing, "narrow", "Nothing.", None, None, (), (), 0, (), (), ())
        told = (replace(one, capability=c, narrow=x, wide=x) for c, x in zip(CAPABILITIES, cells, strict=True))
        return Chapter(_view(), False, tuple(told), (), {})

    assert chapter(nothing, nothing, nothing).is_silent
    assert not chapter(nothing, other, nothing).is_silent
    assert not chapter(_cell(), _cell(), _cell()).is_silent

"""The answer on a terminal: one body and one part from headline to cuts, and lines that end where they end."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

import longarm
from longarm.dossier import sentences, terminal
from longarm.dossier.view import View, view
from tests_support import case

NAMES = {"gate": "Gate", "store": "Store", "firm": "Firm Inc.", "other": "Other"}


def _finding(part: str | None, reading: str, confidence: float, **more: Any) -> dict[str, Any]:
    return {
        "part": part,
        "capability": "see",
        "reading": reading,
        "rung": "power and means",
        "level": "compel",
        "confidence": confidence,
        "paths": [{"meets_in": "firm"}],
        "judged": [],
    } | more


def _report(*findings: dict[str, Any]) -> dict[str, Any]:
    return {
        "question": {"site": "s", "state": "AU"},
        "names": NAMES,
        "parts": [{"id": "gate", "criticality": "low"}, {"id": "store", "criticality": "high"}],
        "findings": list(findings),
    }


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What China reaches at Liège, and what Romania, of which no law is in the base, reaches at the invented port."""
    ws = longarm.init(tmp_path_factory.mktemp("terminal") / "ws")
    ws.ingest(case("liege"))
    ws.ingest(case("example"))
    return {"CN": ws.reach("liege-airport", "CN"), "RO": ws.reach("port-of-norhaven", "RO")}


def _shown(v: View, width: int = 80) -> str:
    out = io.StringIO()
    terminal.show(v, Console(file=out, width=width, highlight=False))
    return out.getvalue()


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_the_answer_speaks_of_the_most_critical_part_then_of_the_highest_confidence() -> None:
    """Where a part stands in a list says nothing."""
    low, high = _finding("gate", "narrow", 0.99), _finding("store", "narrow", 0.6)
    assert sentences.carrying(_report(low, high)) is high
    control = _finding("gate", "narrow", 0.5, level="control")
    assert sentences.carrying(_report(low, high, control)) is control, "a higher level is the stronger finding"
    weight = {"gate": 1, "store": 1}
    assert sentences.weightiest(low, [high, low], weight) is low


def test_the_wide_reading_speaks_only_where_the_narrow_has_not_both() -> None:
    """Power and means in the narrow reading stand first, whatever the wide one adds."""
    narrow, wide = _finding("store", "narrow", 0.6), _finding("store", "wide", 0.9)
    assert sentences.carrying(_report(narrow, wide)) is narrow
    narrow |= {"rung": "means only", "level": None}
    assert sentences.carrying(_report(narrow, wide)) is wide


def test_what_a_person_judged_stands_above_what_is_computed() -> None:
    """And is said as judged."""
    judged = _finding("gate", "narrow", 1.0, rung="evidence of use", judged=["d"])
    report = _report(judged, _finding("store", "narrow", 0.9))
    assert sentences.headline(report) == "Judged by a person: evidence of use."


def test_a_sentence_below_four_fifths_says_in_how_many_worlds() -> None:
    """A figure, never a word such as likely."""
    told = sentences.finding(_finding("store", "narrow", 0.61), "AU", NAMES)
    assert told.endswith("which can see into Store (in 0.61 of worlds).")
    assert "worlds" not in sentences.finding(_finding("store", "narrow", 0.8), "AU", NAMES)


def test_a_name_that_ends_in_a_full_stop_ends_the_sentence() -> None:
    """`Firm Inc.` has one already."""
    said = sentences.headline(_report(_finding("store", "narrow", 0.9)))
    assert said.endswith("that meet in Firm Inc. Nothing on file shows use.")


def test_sentence_path_and_cuts_are_of_one_finding(reports: dict[str, dict[str, Any]]) -> None:
    """The narrow one at Liège; what the wide reading adds in another body comes second, and is said to be wide."""
    report = reports["CN"]
    v = view(report)
    first = sentences.carrying(report)
    assert v.strongest is not None
    assert v.second is not None
    assert first is not None
    assert (v.strongest.part, v.strongest.capability, v.strongest.reading) == (first["part"], "see", "narrow")
    assert f"meet in {report['names'][v.strongest.meets_in]}." in v.headline
    assert v.second.reading == "wide"
    assert v.second.meets_in != v.strongest.meets_in
    assert f"they meet in {report['names'][v.second.meets_in]} too" in v.headline
    assert v.cut_ties == tuple(tuple(ties) for ties in first["cuts"][:5])
    see = next(line for line in v.lines if line.capability == "see")
    assert v.strongest.place in see.sentence
    said = _flat(_shown(v))
    assert f"The strongest path See · {v.strongest.place} · narrow reading: power and means, compel 0." in said
    assert said.index("The strongest path") < said.index("Where disputed routes are taken as open See ·")


def test_no_line_ends_in_blanks_or_runs_over(reports: dict[str, dict[str, Any]]) -> None:
    """At 80 columns, the width of reference, and narrower."""
    for width in (60, 80):
        for report in reports.values():
            lines = _shown(view(report), width).splitlines()
            assert not [line for line in lines if line != line.rstrip()]
            assert max(len(line) for line in lines) <= width
            assert "Inc.." not in "".join(lines)


def test_without_law_in_the_base_it_is_said_below_the_headline(reports: dict[str, dict[str, Any]]) -> None:
    """And `no path found` is a count of worlds, never a confidence."""
    said = _shown(view(reports["RO"]))
    above = said[: said.index("See ")]
    assert "No law of Romania in force that day is in the base: only ownership and control were looked at." in _flat(
        above
    )
    assert "no path found in 1.00 of worlds in either reading" in said
    assert "1.00 ±" not in said


def test_a_law_that_is_not_plainly_in_force_says_so(reports: dict[str, dict[str, Any]]) -> None:
    """Beside the article, wherever the statement carries its status."""
    report = reports["CN"]
    told = {k: s | {"status": "suspended"} if k.startswith("law:") else s for k, s in report["statements"].items()}
    said = _flat(_shown(view(report | {"statements": told})))
    assert "National Intelligence Law, article 17 (suspended):" in said
    assert "(suspended)" not in _shown(view(report))


def test_gaps_are_parted_from_where_to_ask(reports: dict[str, dict[str, Any]]) -> None:
    """An arrow between what is not known and who would know."""
    assert "logs are kept → ask the terminal for the data processing agreement" in _flat(_shown(view(reports["RO"])))


def test_below_the_answer_stands_how_it_is_read(reports: dict[str, dict[str, Any]]) -> None:
    """Three lines that fit, and where the whole method is."""
    key = _shown(view(reports["CN"])).rstrip().splitlines()[-3:]
    assert key[0].startswith("Narrow: ")
    assert "±" in key[1]
    assert key[2].startswith("Gross: ")
    assert key[2].endswith("docs/method.md")


def test_gross_stands_on_a_line_of_its_own(reports: dict[str, dict[str, Any]]) -> None:
    """So that it does not wrap behind the bounds."""
    v = view(reports["CN"])
    cell = v.lines[0].narrow
    assert cell is not None
    changed = replace(v.lines[0], narrow=replace(cell, gross_rung="means only", gross_confidence=0.9))
    said = _shown(replace(v, lines=(changed, *v.lines[1:])))
    assert "        gross: means only 0.90" in said.splitlines()

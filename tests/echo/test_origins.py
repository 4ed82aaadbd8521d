"""An origin group in the fact base: an echo raises nothing, a new origin does, and new facts keep their own origin."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from echo_texts import AGENCY, ALL, CUT, EXTENDED, OTHER

from longarm.echo import groups
from longarm.echo.origins import applied, propose
from longarm.graph.records import gather
from longarm.graph.ties import Options, build
from longarm.model import grades
from longarm.model.claims import Text
from longarm.model.terms import Bound, Reading
from longarm.reach.hold import draws, hold
from longarm.reach.worlds import Enumerated

B2 = 0.95 * 0.95
TEXTS = {t.document: t for t in ALL}


def proposal() -> dict[str, Any]:
    """The proposal for the invented agency story and its copies."""
    return propose(groups(ALL)[0], TEXTS).to_dict()


def row(document: str, quote: str, origin: str | None = None) -> dict[str, Any]:
    """Give one statement that Tarvos holds 49 percent, read from a quote of a document."""
    start = TEXTS[document].text.index(quote)
    return {
        "id": f"{document}-percentage",
        "entity_id": document,
        "schema": "Ownership",
        "prop": "percentage",
        "value": "49",
        "dataset": "case",
        "document": document,
        "origin": origin or f"document:{document}",
        "stance": "asserted",
        "grade": "B2",
        "span_start": start,
        "span_end": start + len(quote),
    }


def confidence(rows: list[dict[str, Any]]) -> float:
    """Give the share of worlds in which the holding stands, every outcome enumerated."""
    ends = (("owner", "tarvos"), ("asset", "mill"))
    listed = [r for row in rows for r in (row, *({**row, "id": row["id"] + p, "prop": p, "value": v} for p, v in ends))]
    found = build(gather(listed, {}, {}), Options(dt.date(2025, 6, 1)))
    table = grades.table()
    worlds = Enumerated(draws(found, table))
    held = hold(found, worlds, table, Bound.GRADED, Reading.NARROW)
    (tie,) = held.own
    return worlds.share(held.own[tie])


SAID = "will take a 49 percent stake in the mill from the town of Oakmere"


def test_an_echo_raises_nothing_and_a_new_origin_does() -> None:
    """Three papers that repeat one agency are one draw of B2; a register beside it is a second."""
    copied = [row(d, SAID) for d in ("agency", "cut", "extended")]
    assert confidence(copied) == pytest.approx(1 - (1 - B2) ** 3)
    merged = applied(copied, [proposal()])
    assert {r["origin"] for r in merged} == {proposal()["id"]}
    assert confidence(merged) == pytest.approx(B2)
    beside = row("other", "A court in Lindau", origin="register:firms")
    assert confidence(applied([*copied, beside], [proposal()])) == pytest.approx(1 - (1 - B2) ** 2)


def test_the_ids_of_statements_stay() -> None:
    """A decision changes which origin speaks, and no fact."""
    copied = [row(d, SAID) for d in ("agency", "cut")]
    assert [r["id"] for r in applied(copied, [proposal()])] == [r["id"] for r in copied]
    assert [{**r, "origin": ""} for r in applied(copied, [proposal()])] == [{**r, "origin": ""} for r in copied]


def test_what_a_copy_adds_keeps_its_own_origin() -> None:
    """The mayor spoke to that newspaper, not to the agency."""
    (own,) = applied([row("extended", "the council had never seen the contract")], [proposal()])
    assert own["origin"] == "document:extended"


def test_an_origin_that_a_case_names_stays() -> None:
    """A first speaker is a person's word already."""
    (said,) = applied([row("cut", SAID, origin="ministry-2025")], [proposal()])
    assert said["origin"] == "ministry-2025"


def test_a_translated_copy_speaks_for_the_origin_but_for_new_figures() -> None:
    """Words say nothing across languages; a number that the origin does not have is new."""
    text = TEXTS["translated"]
    more = dataclasses.replace(text, document="more", text=text.text + "\nLa mairie a reçu 740 lettres.")
    texts = {t.document: t for t in (AGENCY, more)}
    (group,) = groups(list(texts.values()))
    own = [more.text[s:e] for s, e in group.members[1].own_spans]
    assert own == ["La mairie a reçu 740 lettres"]


def test_a_proposal_says_how_many_articles_and_why() -> None:
    """The decision can be audited: roles, reasons and what is each member's own are in it."""
    told = proposal()
    assert told["says"] == "5 articles, 1 origin"
    assert told["date"] == AGENCY.published
    assert all(m["why"] for m in told["members"][1:])
    assert {m["role"] for m in told["members"]} >= {"original", "verbatim cut", "extended", "translated"}
    assert propose(groups((AGENCY, CUT))[0], TEXTS).id == propose(groups((AGENCY, CUT, EXTENDED, OTHER))[0], TEXTS).id


def test_a_report_and_a_speaker_of_a_group_are_one_whichever_copy_was_read() -> None:
    """Whose report it was gives way to the group; who spoke stays, and spoke on the day of the first report."""
    said = "Tarvos"
    decided = [proposal()]
    for origin, wanted in (
        ("report:the-courier:2025-05-09", decided[0]["id"]),
        ("speaker:ministry:2025-05-09", f"speaker:ministry:{decided[0]['date']}"),
        ("case:first-speaker", "case:first-speaker"),
    ):
        found = applied([row(CUT.document, said, origin)], decided)
        assert [r["origin"] for r in found] == [wanted]


def test_of_two_texts_of_one_day_the_one_that_credits_the_other_is_no_original() -> None:
    """However long it is."""
    words = "Tarvos holds 49 percent of the mill, and the ministry wants to know by the end of May who else has a part"
    first = Text("f" * 64, f"{words}. {words} in Orsk, it says.", "en", "2025-05-09", "The Courier", "Mill")
    copy = Text(
        "a" * 64,
        f"{words}. {words} in Orsk, it says.\nMore was not said.\n(Source: The Courier)",
        "en",
        "2025-05-09",
        "Port Wire",
        "Mill",
    )
    (group,) = groups([copy, first])
    assert group.documents == (first.document, copy.document)

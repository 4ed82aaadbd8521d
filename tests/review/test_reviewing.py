"""From a claim to statements and back: a workspace, its facts and its findings."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from article import ACCESS, ARTICLE, CLAIMS, DENIAL, DOCUMENT, OWNS, PLAN, SEAT, SILENCE, TEXT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import longarm
from longarm.errors import EvidenceError, LongarmError, OptionError, UnknownEntity
from longarm.model.claims import Claim
from longarm.model.options import ReachOptions
from longarm.review.relations import Choices
from longarm.store import decisions, reviews
from longarm.workspace import Verdict, Workspace
from tests_support import case

SITE = "port-of-norhaven"
LINKED = {"Kestrel Terminals Pty Ltd": "kestrel-terminals", "Crane controls": "crane-controls"}


def _accept(ws: Workspace, claim: Claim, links: dict[str, str] | None = None, **more: Any) -> Any:
    return ws.review(claim.id, Verdict("accept", "read", links or {}, **more))


def _ids(ws: Workspace) -> set[str]:
    return {r["id"] for r in ws.statements()}


def _reviewed(ws: Workspace) -> list[dict[str, Any]]:
    return [r for r in ws.statements() if r["dataset"] == "review"]


def test_an_accepted_claim_cites_its_words(proposed: Workspace) -> None:
    """Document, span, speaker, origin, stance and grade are those of the claim; the quote stands at its span."""
    _accept(proposed, ACCESS, LINKED, choices=Choices(role="remote maintainer"))
    rows = _reviewed(proposed)
    assert {r["schema"] for r in rows} == {"Access", "CitedFact"}
    for r in rows:
        assert proposed.text(r["document"])[r["span_start"] : r["span_end"]] == ACCESS.quote
        assert (r["speaker"], r["stance"], r["grade"]) == ("an engineer", "alleged", "B3")
        assert r["origin"] == "speaker:an-engineer:2026-11-20"
    assert "speaker:an-engineer:2026-11-20" in proposed.origins()
    explained = proposed.explain(ACCESS.id)
    assert any(s["quote"] == ACCESS.quote for s in explained["statements"])


def test_acceptance_changes_the_findings_and_says_so(proposed: Workspace) -> None:
    """What the decision tells is what the report gives before and after."""
    before = proposed.reach(SITE, "AU")
    done = _accept(proposed, ACCESS, LINKED, choices=Choices(role="remote maintainer"))
    assert {(c.part, c.capability) for c in done.changes} == {("crane-controls", c) for c in ("see", "shape", "stop")}
    after = proposed.reach(SITE, "AU")
    rung = {(f["part"], f["capability"]): f["rung"] for f in before["findings"]}
    moved = [f for f in after["findings"] if rung[f["part"], f["capability"]] != f["rung"]]
    assert moved or any(c.after > c.before for c in done.changes)


def test_a_mention_becomes_an_entity_by_a_decision_only(proposed: Workspace) -> None:
    """Unlinked, a claim becomes a sentence on file and no tie; made, the entity has the name that the text gives it."""
    entities = {r["entity_id"] for r in proposed.statements()}
    done = _accept(proposed, OWNS)
    assert set(done.unlinked) == {"Morrow Capital", "Helvion Cranes AG"}
    assert {r["entity_id"] for r in proposed.statements()} - entities == {OWNS.id}
    proposed.undo_review()
    _accept(proposed, OWNS, {"Morrow Capital": "new:Company", "Helvion Cranes AG": "helvion"})
    made = [r for r in _reviewed(proposed) if r["entity_id"] == "morrow-capital"]
    assert {(r["prop"], r["value"]) for r in made} == {("id", "morrow-capital"), ("name", "Morrow Capital")}
    (share,) = [r["value"] for r in _reviewed(proposed) if r["prop"] == "percentage"]
    assert share == "60"


def test_what_names_an_entity_stays_as_long_as_something_links_to_it(proposed: Workspace) -> None:
    """The claim that made it may be taken back; another that was linked to it keeps its name on file."""
    _accept(proposed, OWNS, {"Morrow Capital": "new:Company", "Helvion Cranes AG": "helvion"})
    _accept(proposed, PLAN, {"Orrin Data Ltd": "morrow-capital", "Terminal operating system": "terminal-system"})
    proposed.undo_review(1)
    assert any(r["prop"] == "name" and r["entity_id"] == "morrow-capital" for r in proposed.statements())
    proposed.undo_review(2)
    assert not _reviewed(proposed)


@pytest.mark.parametrize("claim", [DENIAL, PLAN], ids=["denied", "planned"])
def test_denied_and_planned_stay_what_they_are(proposed: Workspace, claim: Claim) -> None:
    """Neither becomes an assertion: no finding gains by it."""
    links = {
        "Kestrel Terminals Pty Ltd": "kestrel-terminals",
        "Norhaven Container Terminal SA": "norhaven-container",
        "Orrin Data Ltd": "new:Company",
        "Terminal operating system": "terminal-system",
    }
    done = _accept(proposed, claim, {m: links[m] for m in (*claim.subject, *claim.object)})
    assert {r["stance"] for r in _reviewed(proposed) if r["prop"] not in ("id", "name")} == {claim.stance}
    assert all(c.after <= c.before for c in done.changes if c.what == "power and means")
    if claim is PLAN:
        assert not done.changes


def test_no_comment_moves_nothing(proposed: Workspace) -> None:
    """It is evidence for neither side: on file, beside no finding."""
    done = _accept(proposed, SILENCE, {"The port authority": "norhaven-port-authority"})
    assert not done.changes
    assert ("bears", "no comment") in {(r["prop"], r["value"]) for r in _reviewed(proposed)}


def test_the_name_of_a_state_needs_no_link(proposed: Workspace) -> None:
    """Registered in Switzerland: a property of the firm, by the state's code."""
    _accept(proposed, SEAT, {"Helvion Cranes AG": "helvion"})
    assert ("helvion", "jurisdiction", "ch") in {(r["entity_id"], r["prop"], r["value"]) for r in _reviewed(proposed)}


def test_what_waits_counts_in_the_upper_bound_only(example: Workspace) -> None:
    """Design, section 1: unreviewed it counts in the upper bound only; refused, not at all."""
    before = example.reach(SITE, "AU")
    example.propose(TEXT, CLAIMS, publisher_class="press")
    waiting = example.reach(SITE, "AU")
    for one, other in zip(before["findings"], waiting["findings"], strict=True):
        assert one["confidence"] == other["confidence"]
        assert one["rung"] == other["rung"]
        assert one["bounds"][0] == other["bounds"][0] or one["rung"] in (
            "no path found",
            "legal power only",
            "not assessed",
        )
    assert before["findings"] != waiting["findings"]
    for claim in CLAIMS:
        example.review(claim.id, Verdict("refuse", "for the test"))
    assert example.reach(SITE, "AU")["findings"] == before["findings"]


def _weight(change: dict[str, Any]) -> float:
    return abs(float(change["after"]) - change["before"]) * (1 if change["what"] == "power and means" else 0.25)


def test_the_queue_begins_with_what_would_change_most(proposed: Workspace) -> None:
    """Largest change first; what touches nothing on file comes last."""
    items = proposed.review_queue()["items"]
    sizes = [max((_weight(c) for c in i["changes"]), default=0) for i in items]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0
    assert items[-1]["id"] == SILENCE.id


def test_a_newer_version_proposes_nothing_twice(proposed: Workspace) -> None:
    """What was decided stays decided, whatever its id is now; what waited is superseded."""
    _accept(proposed, ACCESS, LINKED)
    proposed.review(SILENCE.id, Verdict("refuse", "background"))
    stated = _ids(proposed)
    newer = [
        replace(c, id=f"cl-new-{i}", subject=(*c.subject, "and more"), version="rules/2") for i, c in enumerate(CLAIMS)
    ]
    done = proposed.propose(TEXT, newer, publisher_class="press")
    assert (done.proposed, done.known, done.superseded) == (4, 2, 4)
    assert {i["claim"]["version"] for i in proposed.review_queue()["items"]} == {"rules/2"}
    assert _ids(proposed) == stated
    again = proposed.propose(TEXT, newer, publisher_class="press")
    assert (again.proposed, again.superseded) == (4, 0)
    assert len(proposed.review_queue()["items"]) == 4


def test_another_proposer_stands_beside(proposed: Workspace) -> None:
    """A model proposes what the rules did: once; and what they did not."""
    done = proposed.propose(TEXT, [replace(OWNS, id="cl-model", version="model@ab12/1")], publisher_class="press")
    assert (done.proposed, done.superseded) == (1, 1)
    assert len(proposed.review_queue()["items"]) == 6


def test_a_quote_that_is_not_at_its_span_is_refused(example: Workspace) -> None:
    """With the reason, in a reject file; the rest is taken."""
    done = example.propose(TEXT, [replace(OWNS, start=OWNS.start + 1, end=OWNS.end + 1), ACCESS])
    assert (done.proposed, done.refused) == (1, 1)
    assert done.reject_file is not None
    (row,) = [json.loads(x) for x in (example.layout.root / done.reject_file).read_text("utf-8").splitlines()]
    assert row["index"] == 0
    assert "not at characters" in row["reason"]


def test_the_text_is_kept_as_a_document(proposed: Workspace) -> None:
    """Its offsets are those of the claims."""
    (row,) = [d for d in proposed.documents().values() if d["dataset"] == "review"]
    assert proposed.text(row["id"]) == ARTICLE
    assert (row["publisher"], row["published"]) == ("Harbour Gazette", "2026-11-20")
    assert (row["lang"], row["locator"]) == ("eng", DOCUMENT)


def test_a_correction_and_a_stance_wait_on_to_be_accepted(proposed: Workspace) -> None:
    """The claim keeps its id; what is accepted is the claim as it was put right."""
    proposed.review(OWNS.id, Verdict("correct", "misread", fields={"share": [50.0, 60.0], "quote": "holds 60 percent"}))
    proposed.review(OWNS.id, Verdict("stance", "the paper keeps a distance", stance="alleged"))
    item = proposed.claim(OWNS.id)
    assert (item["claim"]["quote"], item["claim"]["stance"], item["status"]) == (
        "holds 60 percent",
        "alleged",
        "pending",
    )
    _accept(proposed, OWNS, {"Morrow Capital": "new", "Helvion Cranes AG": "helvion"})
    said = {(r["prop"], r["value"]) for r in _reviewed(proposed)}
    assert {("percentageMinimum", "50"), ("percentageMaximum", "60")} <= said


def test_a_split_makes_claims_of_their_own(proposed: Workspace) -> None:
    """Each waits; an undo of the split takes back what was decided on them."""
    parts = [{"quote": "Morrow Capital"}, {"quote": "holds 60 percent of Helvion Cranes AG", "subject": ["it"]}]
    done = proposed.review(OWNS.id, Verdict("split", parts=parts))
    waiting = {i["id"] for i in proposed.review_queue()["items"]}
    assert set(done.parts) <= waiting
    assert OWNS.id not in waiting
    proposed.review(done.parts[0], Verdict("refuse", "no claim"))
    proposed.undo_review(done.seq)
    waiting = {i["id"] for i in proposed.review_queue()["items"]}
    assert OWNS.id in waiting
    assert not set(done.parts) & waiting


@pytest.mark.parametrize(
    ("verdict", "fault", "says"),
    [
        (Verdict("refuse"), OptionError, "needs its reason"),
        (Verdict("praise"), OptionError, "no decision"),
        (Verdict("undo"), OptionError, "no decision"),
        (Verdict("stance", stance="inferred"), OptionError, "no stance"),
        (Verdict("correct"), OptionError, "needs a field"),
        (Verdict("correct", fields={"subject": [""]}), OptionError, "empty name"),
        (Verdict("correct", fields={"dates": [{"date": "2026-02-30", "text": "", "role": "on"}]}), OptionError, "form"),
        (Verdict("accept", links={}, choices=Choices(role="remote maintainer")), OptionError, "no role"),
        (Verdict("correct", fields={"id": "x"}), OptionError, "cannot change"),
        (Verdict("correct", fields={"relation": "likes"}), OptionError, "no relation"),
        (Verdict("correct", fields={"quote": "never said"}), EvidenceError, "do not stand"),
        (Verdict("correct", fields={"start": 0}), EvidenceError, "not at characters"),
        (Verdict("correct", fields={"share": [90.0, 10.0]}), OptionError, "wrong form"),
        (Verdict("correct", fields={"dates": [{"date": 3}]}), OptionError, "wrong form"),
        (Verdict("split", parts=[{"quote": "Morrow Capital"}]), OptionError, "two parts"),
        (Verdict("split", parts=[{"quote": "Morrow"}, {"quote": "elsewhere"}]), EvidenceError, "inside the claim"),
        (Verdict("split", parts=[{"quote": "Morrow"}, {"quote": "Morrow"}]), OptionError, "the same"),
        (Verdict("accept", links={"Morrow Capital": "nobody"}), UnknownEntity, "has the id"),
        (Verdict("accept", links={"Nobody": "helvion"}), OptionError, "does not speak of"),
        (Verdict("accept", links={"Morrow Capital": "new:Site"}), OptionError, "is made of a mention"),
        (Verdict("accept", grade="A1"), OptionError, "without a reason"),
        (Verdict("accept", "why", grade="Z9"), OptionError, "not a grade"),
        (Verdict("accept", choices=Choices(role="king")), OptionError, "no role"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    proposed: Workspace, verdict: Verdict, fault: type[LongarmError], says: str
) -> None:
    """No traceback; the claim waits on."""
    before = decisions.head(proposed.database)
    with pytest.raises(fault, match=says):
        proposed.review(OWNS.id, verdict)
    assert proposed.reviews() == []
    assert decisions.head(proposed.database) == before


def test_a_claim_is_decided_once(proposed: Workspace) -> None:
    """And there is none of an unknown id."""
    proposed.review(OWNS.id, Verdict("refuse", "no"))
    with pytest.raises(OptionError, match="refused already by decision 1"):
        proposed.review(OWNS.id, Verdict("accept"))
    with pytest.raises(UnknownEntity):
        proposed.review("cl-none", Verdict("accept"))
    assert proposed.claim(OWNS.id[:11])["status"] == "refused"


def test_of_two_that_decide_at_once_one_looks_again(proposed: Workspace) -> None:
    """The number of a decision is given once; nothing of the second is kept, no statement either."""
    known = _ids(proposed)
    proposed.review(SILENCE.id, Verdict("refuse", "no"))
    late = reviews.Review(1, OWNS.id, "refuse", {"claim": {}}, "", "2026-11-24")
    stamp = decisions.Stamp(dt.datetime.now(dt.UTC), "b", "longarm 0")
    with pytest.raises(OptionError, match="at the same moment"):
        decisions.commit(
            proposed.database, stamp, source="x", dataset="review", parts=[],
            also=lambda c, n: reviews.write(c, n, stamp, late),
        )  # fmt: skip
    assert len(proposed.reviews()) == 1
    assert _ids(proposed) == known


def test_each_decision_has_its_audit_entry(proposed: Workspace) -> None:
    """In the same transaction, with the reason."""
    _accept(proposed, ACCESS, LINKED)
    proposed.undo_review(reason="misread")
    with proposed.database.connect() as connection:
        told = connection.execute(sa.select(decisions.AUDIT).where(decisions.AUDIT.c.what == "review")).mappings()
        rows = [json.loads(r["detail"]) for r in told]
    assert [(r["act"], r["reason"]) for r in rows] == [("accept", "read"), ("undo", "misread")]


def test_derived_may_be_deleted(proposed: Workspace) -> None:
    """Decisions and facts stand; extraction run again proposes what was not decided."""
    _accept(proposed, ACCESS, LINKED)
    stated = _ids(proposed)
    shutil.rmtree(proposed.layout.derived)
    assert _ids(proposed) == stated
    assert proposed.claim(ACCESS.id)["status"] == "accepted"
    assert proposed.propose(TEXT, CLAIMS).proposed == 5


def test_yesterday_does_not_know_todays_decision(proposed: Workspace) -> None:
    """Known time covers what was accepted and what was proposed."""
    before = proposed.reach(SITE, "AU", ReachOptions(known_at="2026-11-23"))["findings"]
    _accept(proposed, ACCESS, LINKED, choices=Choices(role="remote maintainer"))
    assert proposed.reach(SITE, "AU", ReachOptions(known_at="2026-11-23"))["findings"] == before


_acts = st.lists(st.tuples(st.sampled_from(["accept", "refuse", "stance", "undo"]), st.integers(0, 9)), max_size=8)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_acts)
def test_the_statements_on_file_are_those_of_the_log(
    example_made: Path, tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    """After any decisions and undos: replay of the log gives the facts, and taking all back gives those before."""
    from longarm.review import log

    folder = tmp_path_factory.mktemp("replayed") / "ws"
    shutil.copytree(example_made, folder)
    ws = longarm.open(folder)
    ws.propose(TEXT, CLAIMS, publisher_class="press")
    bare = _ids(ws)
    for act, pick in acts:
        claim = CLAIMS[pick % len(CLAIMS)]
        try:
            if act == "undo":
                stands = [r for r in ws.reviews() if r["stands"]]
                ws.undo_review(stands[pick % len(stands)]["seq"] if stands else None)
            else:
                links = {m: "new:Company" if pick % 2 else "helvion" for m in claim.subject if act == "accept"}
                ws.review(claim.id, Verdict(act, "x", links, stance="alleged"))
        except OptionError:
            continue
        assert _ids(ws) - bare == log.stated(reviews.read(ws.database))
    while any(r["stands"] and r["act"] != "undo" for r in ws.reviews()):
        ws.undo_review()
    assert _ids(ws) == bare


@pytest.mark.postgresql
def test_a_team_reviews_on_postgresql(example_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same acts, the same facts, on the other database."""
    given_server = os.environ.get("LONGARM_TEST_POSTGRESQL")
    if not given_server:
        pytest.fail("LONGARM_TEST_POSTGRESQL names no server; scripts/test-all.sh starts one")
    server = sa.create_engine(given_server, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text("DROP DATABASE IF EXISTS longarm_review WITH (FORCE)"))
        connection.execute(sa.text("CREATE DATABASE longarm_review"))
    monkeypatch.setenv("LONGARM_DATABASE", given_server.replace("/postgres?", "/longarm_review?"))
    try:
        ws = longarm.init(tmp_path / "ws")
        ws.ingest(case("example"))
        ws.propose(TEXT, CLAIMS, publisher_class="press")
        bare = _ids(ws)
        _accept(ws, ACCESS, LINKED)
        ws.review(SILENCE.id, Verdict("refuse", "background"))
        assert _ids(ws) > bare
        ws.undo_review(1)
        assert _ids(ws) == bare
        assert [r["act"] for r in ws.reviews() if r["stands"]] == ["undo", "refuse"]
        late = reviews.Review(1, OWNS.id, "refuse", {"claim": {}}, "", "2026-11-24")
        stamp = decisions.Stamp(dt.datetime.now(dt.UTC), "b", "longarm 0")
        with pytest.raises(OptionError, match="at the same moment"):
            decisions.commit(
                ws.database, stamp, source="x", dataset="review", parts=[],
                also=lambda c, n: reviews.write(c, n, stamp, late),
            )  # fmt: skip
        ws.database.dispose()
    finally:
        with server.connect() as connection:
            connection.execute(sa.text("DROP DATABASE longarm_review WITH (FORCE)"))
        server.dispose()


def test_a_claim_that_was_missed_is_added_by_hand(proposed: Workspace) -> None:
    """It waits, under its author's name, is accepted like any other, and taken back with all that rests on it."""
    fields = {
        "quote": "Crane maker changes hands",
        "relation": "sale",
        "stance": "alleged",
        "subject": ["Helvion Cranes AG"],
    }
    done = proposed.add_claim(TEXT.document, fields, "the headline says it")
    assert done.claim in {i["id"] for i in proposed.review_queue()["items"]}
    state = proposed.claim(done.claim)
    assert state["claim"]["version"].startswith("hand/")
    assert TEXT.text[state["claim"]["start"] : state["claim"]["end"]] == fields["quote"]
    with pytest.raises(OptionError, match="there already"):
        proposed.add_claim(TEXT.document, fields)
    proposed.review(done.claim, Verdict("accept"))
    proposed.undo_review(done.seq)
    assert done.claim not in {i["id"] for i in proposed.review_queue()["items"]}


@pytest.mark.parametrize(
    ("document", "fields", "fault"),
    [
        ("nowhere", {"quote": "Crane maker", "relation": "sale"}, UnknownEntity),
        (TEXT.document, {"quote": "never said", "relation": "sale"}, EvidenceError),
        (TEXT.document, {"quote": "", "relation": "sale"}, EvidenceError),
        (TEXT.document, {"quote": "Crane maker", "relation": "likes"}, OptionError),
        (TEXT.document, {"quote": "Crane maker", "relation": "sale", "stance": "inferred"}, OptionError),
        (TEXT.document, {"quote": "Crane maker", "relation": "sale", "share": [9.0, 3.0]}, OptionError),
    ],
)
def test_a_claim_by_hand_is_held_against_the_text_too(
    proposed: Workspace, document: str, fields: dict[str, Any], fault: type[LongarmError]
) -> None:
    """Nothing is written where it does not stand."""
    with pytest.raises(fault):
        proposed.add_claim(document, fields)
    assert proposed.reviews() == []


def test_a_place_cannot_be_an_owner(proposed: Workspace) -> None:
    """Whoever holds something is somebody; a site is nobody."""
    with pytest.raises(OptionError, match="cannot be the owner"):
        proposed.review(
            OWNS.id, Verdict("accept", links={"Morrow Capital": "port-of-norhaven", "Helvion Cranes AG": "helvion"})
        )
    assert proposed.reviews() == []


def test_what_was_accepted_shows_the_links_that_were_made(proposed: Workspace) -> None:
    """Not those that would have been suggested; what it made stands under its own id."""
    proposed.review(ACCESS.id, Verdict("accept"))
    item = proposed.claim(ACCESS.id)
    assert [m["suggested"] for m in item["mentions"]] == [None, None]
    assert all(record["schema"] == "CitedFact" for record in item["states"])
    proposed.undo_review()
    made = Verdict("accept", links={"Morrow Capital": "new:Company", "Helvion Cranes AG": "helvion"})
    proposed.review(OWNS.id, made)
    owners = [r["values"]["owner"] for r in proposed.claim(OWNS.id)["states"] if "owner" in r["values"]]
    assert owners == [["morrow-capital"]]

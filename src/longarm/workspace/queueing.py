"""The queue of review as plain values: each claim with its words, who says so, what it would state and change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from longarm.errors import LongarmError
from longarm.model import grades
from longarm.model.claims import Claim
from longarm.model.names import slug
from longarm.model.statement import Statement
from longarm.model.terms import Stance
from longarm.review import log, order
from longarm.review.log import State
from longarm.review.relations import Choices
from longarm.review.writing import evidence, unreviewed, write
from longarm.store import claims as proposals
from longarm.store import reviews
from longarm.workspace.changing import Changes
from longarm.workspace.linking import NEW, Desk, fitting, mentions, type_of
from longarm.workspace.reviewing import pending, state

if TYPE_CHECKING:
    from longarm.workspace.store import OnFile

AROUND = 400
"""Characters of the text that are shown before and after a quote."""
MEASURED = 200
"""Claims whose change of the findings is computed, at most; the others are ordered by relation and names."""
_DAY = "2000-01-01"
"""A day for statements that are only tried; none is kept."""


def queue(ws: OnFile, document: str | None = None) -> dict[str, Any]:
    """Give the claims that wait, what would change findings most first; and how many are decided."""
    desk = Desk.of(ws)
    if document is not None:
        document = desk.document(document)
    changes = Changes(desk)
    waiting = [s for s in pending(ws) if document is None or s.claim.document == document]
    ranked = []
    for i, each in enumerate(waiting):
        links = desk.suggested(each.claim)
        moved = _changes(desk, changes, each.claim, links) if i < MEASURED else ()
        ranked.append((order.rank(each.claim, moved, list(links.values()), desk.near), each, moved))
    ranked.sort(key=lambda r: (r[0], r[1].claim.document, r[1].claim.id))
    counts: dict[str, int] = {}
    for each in log.states(reviews.read(ws.database)).values():
        if each.status != "pending":
            counts[each.status] = counts.get(each.status, 0) + 1
    return {
        "pending": len(ranked),
        "decided": counts,
        "measured": min(len(waiting), MEASURED),
        "items": [_item(desk, each, moved) for _, each, moved in ranked],
    }


def one(ws: OnFile, identity: str, links: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Give one claim, waiting or decided; with what it would change under these links, else under the suggested ones.

    Raises UnknownEntity where there is none of this id.
    """
    desk = Desk.of(ws)
    each = state(ws, identity)
    found = desk.suggested(each.claim) if links is None else links
    moved = _changes(desk, Changes(desk), each.claim, found) if each.status == "pending" else ()
    return _item(desk, each, moved)


def rows_unreviewed(ws: OnFile, known_at: str | None = None) -> list[dict[str, Any]]:
    """Give the ties of claims that wait as rows of statements, put as inferred: for the upper bound only.

    A claim takes part where each mention that its tie needs has the name of one entity on file and of no other.
    """
    texts, listed = proposals.read(ws.layout.claims)
    if not listed:
        return []
    desk = Desk.of(ws, known_at)
    retrieved = {i: d["retrieved"] for i, d in ws.documents(known_at).items()}
    found: list[dict[str, Any]] = []
    for each in pending(ws):
        kept = texts.get(each.claim.document, {}).get("kept")
        if kept not in retrieved:
            continue
        accepted = desk.acceptance(each.claim, desk.suggested(each.claim))
        made = unreviewed(accepted, retrieved[kept], type_of)
        if fitting(made, accepted.schemata) is None:
            found += [s.row() for s in made]
    return found


def _changes(desk: Desk, changes: Changes, claim: Claim, links: Mapping[str, str]) -> Sequence[order.Change]:
    try:
        tried = _tried(desk, claim, links, Choices(most=True))
    except LongarmError:
        return ()
    return changes.of(tried, claim.stance)


def _tried(desk: Desk, claim: Claim, links: Mapping[str, str], choices: Choices) -> list[Statement]:
    accepted = desk.acceptance(claim, links, choices)
    said = [s for s in write(accepted, _DAY, type_of).statements if s.schema != "CitedFact"]
    return [] if fitting(said, accepted.schemata) else said


def _item(desk: Desk, each: State, moved: Sequence[order.Change]) -> dict[str, Any]:
    from rigour.langs import iso_639_alpha2

    claim = each.claim
    text = desk.text(claim.document)
    cited = desk.cited(claim.document)
    row = desk.documents.get(cited.kept, {})
    suggested = desk.suggested(claim) if each.accepted is None else _linked(each.accepted)
    basis = evidence(claim, cited)
    states = _states(desk, each, suggested)
    return {
        "id": claim.id,
        "status": each.status,
        "decisions": list(each.rows),
        "parent": each.parent,
        "claim": log.to_dict(claim),
        "document": {
            "id": claim.document,
            "kept": cited.kept,
            "kind": row.get("kind") or "article",
            "title": row.get("title"),
            "publisher": cited.publisher,
            "publisher_class": cited.publisher_class,
            "published": cited.published,
            "url": row.get("url"),
            "lang": iso_639_alpha2(cited.lang) if cited.lang else None,
        },
        "before": _whole_words(text[max(0, claim.start - AROUND) : claim.start], claim.start > AROUND, False),
        "after": _whole_words(text[claim.end : claim.end + AROUND], False, claim.end + AROUND < len(text)),
        "more": claim.end + AROUND < len(text),
        "cue": text[claim.cue[0] : claim.cue[1]] if claim.cue else None,
        "origin": basis.origin,
        "grade": basis.grade,
        "grade_words": grades.in_words(grades.read(str(basis.grade))),
        "mentions": [
            {
                "mention": mention,
                "suggested": suggested.get(mention),
                "candidates": [asdict(c) for c in desk.names.candidates(mention)],
            }
            for mention in mentions(claim)
        ],
        "states": states,
        "changes": [asdict(c) for c in moved],
        "changes_note": _note(claim, moved, states),
    }


def _whole_words(words: str, cut_before: bool, cut_behind: bool) -> str:
    """Give a stretch of a text without the word that its edge cuts."""
    if cut_before:
        words = words.partition(" ")[2] or words
    return (words.rpartition(" ")[0] or words) if cut_behind else words


def _linked(accepted: Mapping[str, Any]) -> dict[str, str]:
    """Give the links of an acceptance; what it made of a mention stands under the id that it was given."""
    found = dict(accepted["links"])
    for mention, target in accepted["links"].items():
        if target.partition(":")[0] == NEW:
            named = [e for e in accepted["made"] if e == slug(mention) or e.startswith(f"{slug(mention)}-")]
            found[mention] = named[0] if named else target
    return found


def _states(desk: Desk, each: State, links: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the records that acceptance appended, or would append under the suggested links: schema and values."""
    choices = Choices(**each.accepted["choices"]) if each.accepted is not None else Choices()
    try:
        found: dict[str, dict[str, Any]] = {}
        for s in write(desk.acceptance(each.claim, links, choices), _DAY, type_of).statements:
            if s.prop != "id":
                record = found.setdefault(s.entity_id, {"schema": s.schema, "values": {}})
                record["values"].setdefault(s.prop, []).append(s.value)
    except LongarmError:
        return []
    return list(found.values())


def _note(claim: Claim, moved: Sequence[order.Change], states: Sequence[Mapping[str, Any]]) -> str:
    if moved:
        return "if it is right in every world, and means the most that its words can mean"
    if claim.stance == Stance.PLANNED:
        return "nothing: what is planned counts inside a scenario only"
    if claim.relation == "no_comment":
        return "nothing: a refusal to comment is evidence for neither side"
    if all(s["schema"] == "CitedFact" for s in states):
        return "no tie: it stands beside what it is about"
    return "no finding moves"

"""Origin groups of the documents on file: proposed, accepted by a person, and shown by `explain`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import longarm
from longarm import config
from longarm.errors import OptionError, UnknownEntity
from longarm.model.claims import Text
from longarm.model.terms import OUR_NOTE
from longarm.store import decisions
from longarm.workspace.store import today

if TYPE_CHECKING:
    from longarm.echo import Index, Join
    from longarm.workspace.store import OnFile

DECISION: Final = "origin"
"""The kind of decision that makes a group one origin"""
MOST: Final = 20_000
"""Texts on file that are compared with one another when asked"""
MOST_WHILE_ASKED: Final = 1000
"""the same while somebody waits for `explain`: a few seconds, once"""
MOST_TOLD: Final = 5000
"""the same for one new text, which is compared with its candidates only"""
LONGEST: Final = 2_000_000
"""Bytes of a document that is compared"""
_NOT_REPORTS: Final = frozenset({OUR_NOTE, "register", "data"})


def proposed(ws: OnFile, most: int = MOST) -> list[dict[str, Any]]:
    """Propose an origin for each group of two or more documents on file, the largest first; nothing is written.

    What was found is kept as long as no fact and no decision is added. Raises OptionError where there are more than
    `most` texts.
    """
    rows = _reports(ws)
    if len(rows) > most:
        raise OptionError(
            f"{len(rows)} texts on file, {most} are compared at once", mend="add them to a longarm.echo.Index instead"
        )
    return list(_found(ws, decisions.head(ws.database)))


def _found(ws: OnFile, head: str) -> tuple[dict[str, Any], ...]:
    key = (str(ws.layout.root), head)
    if key not in _KEPT:
        from longarm.echo import groups
        from longarm.echo.origins import propose

        texts = {i: _text(ws, i, r) for i, r in sorted(_reports(ws).items())}
        _KEPT.clear()  # of one workspace, and of its last state only
        _KEPT[key] = tuple(propose(g, texts).to_dict() for g in groups(list(texts.values())) if len(g.members) > 1)
    return _KEPT[key]


_KEPT: dict[tuple[str, str], tuple[dict[str, Any], ...]] = {}


def repeats(ws: OnFile, document: str) -> dict[str, Any] | None:
    """Say which text on file a text repeats, by the strongest evidence, and why; None where it repeats none.

    The texts are read once in a process and a new one costs nothing of the others, so that a feed may be taken in.
    Where more are on file than are compared while one waits, the answer says so and names no document.
    """
    rows = _reports(ws)
    if document not in rows:
        return None
    if len(rows) > MOST_TOLD:
        return {"document": None, "why": f"not compared: {len(rows)} texts on file, {MOST_TOLD} are while one waits"}
    index = _index(ws, rows)
    made = next(iter(_joins(index, _text(ws, document, rows[document]))), None)
    if made is None:
        return None
    other = rows[made.origin]
    about = {k: other[k] for k in ("title", "publisher", "published", "locator")}
    return {"document": made.origin, **about, "role": made.role.value, "why": made.why(), "weak": made.is_weak}


def _joins(index: Index, text: Text) -> Sequence[Join]:
    from longarm.echo import joins

    return joins(index, text)


def _index(ws: OnFile, rows: Mapping[str, Mapping[str, Any]]) -> Index:
    """Give the index of the texts on file, those added that are new since it was asked for last."""
    from longarm.echo import Index

    key = str(ws.layout.root)
    if key not in _INDEXES:
        _INDEXES.clear()
        _INDEXES[key] = (Index(), set())
    index, have = _INDEXES[key]
    if not have <= rows.keys():
        _INDEXES[key] = index, have = (Index(), set())
    for identity in sorted(rows.keys() - have):
        index.add(_text(ws, identity, rows[identity]))
        have.add(identity)
    return index


_INDEXES: dict[str, tuple[Index, set[str]]] = {}
"""Of one workspace: its index, and which documents are in it."""


def accept(ws: OnFile, identity: str) -> dict[str, Any]:
    """Decide that the documents of a proposal go back to one origin; the decision keeps members, roles and reasons.

    Raises UnknownEntity where nothing proposes this origin.
    """
    chosen = next((p for p in proposed(ws) if p["id"] == identity), None)
    if chosen is None:
        raise UnknownEntity(
            f"nothing proposes the origin '{identity}'", mend="longarm echo lists the groups with their ids"
        )
    _decide(ws, identity, chosen)
    return chosen


def withdraw(ws: OnFile, identity: str) -> None:
    """Take such a decision back: a later row with no members. Raises UnknownEntity where none stands."""
    standing = accepted(ws).get(identity)
    if standing is None:
        raise UnknownEntity(
            f"no decision makes '{identity}' an origin",
            mend="longarm explain DOCUMENT says whether it is in a group, and in which",
        )
    _decide(ws, identity, {**standing, "members": []})


def accepted(ws: OnFile, known_at: str | None = None) -> dict[str, dict[str, Any]]:
    """Give the groups that a person accepted, by the id of their origin."""
    return {i: v for i, v in ws.standing(DECISION, known_at).items() if v["members"]}


def shown(ws: OnFile, identity: str) -> dict[str, Any] | None:
    """Give the group that an origin or a document belongs to, accepted or proposed; None where it stands alone.

    Where more texts are on file than an answer may take time for, it says that they were not compared.
    """
    for decided in (True, False):
        if not decided and (count := len(_reports(ws))) > MOST_WHILE_ASKED:
            says = f"not compared with the other texts on file: {count}, and {MOST_WHILE_ASKED} are while one waits"
            return {"id": identity, "says": says, "members": [], "decided": False}
        for group in accepted(ws).values() if decided else proposed(ws):
            if identity == group["id"] or any(m["document"] == identity for m in group["members"]):
                return {**group, "decided": decided}
    return None


def _decide(ws: OnFile, identity: str, value: Mapping[str, Any]) -> None:
    now = dt.datetime.now(dt.UTC)
    stamp = decisions.Stamp(now, config.read().author, f"longarm {longarm.__version__}")
    said = decisions.Decision(DECISION, identity, dict(value), today())
    decisions.commit(ws.database, stamp, source=identity, dataset="decisions", parts=(), decisions=[said])


def _reports(ws: OnFile) -> dict[str, dict[str, Any]]:
    found = ws.documents()
    originals = {r["taken_from"] for r in found.values()}  # what a text was read out of is that text, not a copy
    return {i: r for i, r in found.items() if i not in originals and _is_report(r)}


def _text(ws: OnFile, identity: str, row: Mapping[str, Any]) -> Text:
    from longarm.extract.lines import classify

    lang = (row["lang"] or "")[:2] or None
    text = Text(identity, ws.text(identity), lang, row["published"], row["publisher"], row["title"], row["url"])
    # A page's teasers stay in its text: two articles of one site would share them, and be taken for copies.
    return replace(text, lines=classify(text))


def _is_report(row: Mapping[str, Any]) -> bool:
    """Our own notes and extracts of registers are no reports that one could copy."""
    return row["kind"] not in _NOT_REPORTS and row["media_type"].startswith("text/") and row["size"] <= LONGEST

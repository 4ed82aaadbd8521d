"""An origin group as the origin of statements: the proposal, what a person decides on, and what the decision changes.

Nothing is joined by a machine alone: `propose` writes what would be decided, with every reason; once it is accepted,
`applied` gives the statements read from its members one origin, but for those whose quote is a member's own. A speaker
whom they quote spoke once. An origin that a case names itself is a person's word already and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from longarm.echo.groups import Member, OriginGroup
from longarm.model.claims import Text

PREFIX: Final = "echo:"
"""Of the id of an origin that stands for a group"""
DEFAULTS: Final = ("document:", "page:", "report:")
"""Origins that say only where a statement was read, or whose report it was; these alone a decision replaces"""
SPEAKER: Final = "speaker:"
"""Origins that name who spoke, and the day of the report that was read: `speaker:NAME:DAY`"""
_OWN: Final = 0.5
"""share of a quote that must be a member's own for its statement to keep its own origin"""


_ADDING: Final = frozenset({"extended", "verbatim part", "reworded", "credit only"})
"""Roles of texts that may say more than their origin"""


@dataclass(frozen=True)
class OriginProposal:
    """That these documents go back to one origin, and why."""

    id: str
    name: str
    date: str | None
    note: str
    members: tuple[Mapping[str, Any], ...]
    """document, role, publisher, published, why, weak, own: spans of its own"""

    def to_dict(self) -> dict[str, Any]:
        """Give it as the decisions keep it and `explain` shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "date": self.date,
            "note": self.note,
            "says": _counted(len(self.members)),
            "members": [dict(m) for m in self.members],
        }


def propose(group: OriginGroup, texts: Mapping[str, Text]) -> OriginProposal:
    """Propose one origin for a group. The id is that of its original: more copies later keep it."""
    original = texts[group.original]
    title = original.title or next((line.strip() for line in original.text.split("\n") if line.strip()), "")
    roles: dict[str, int] = {}
    for member in group.members[1:]:
        roles[member.role.value] = roles.get(member.role.value, 0) + 1
    told = ", ".join(f"{count} {role}" for role, count in sorted(roles.items()))
    weak = sum(m.is_through_weak for m in group.members)
    note = f"{group.sentence()}" + (f": {told}" if told else "") + (f"; {weak} joined weakly" if weak else "")
    return OriginProposal(
        id=origin_id(group.original),
        name=", ".join(x for x in (original.publisher, f"“{title[:120]}”" if title else "") if x) or original.document,
        date=original.published,
        note=note,
        members=tuple(_row(m, texts[m.document]) for m in group.members),
    )


def origin_id(document: str) -> str:
    """Give the id of the origin whose first report is this document."""
    return PREFIX + (document if len(document) == 64 else sha256(document.encode()).hexdigest())[:24]


def applied(rows: Iterable[Mapping[str, Any]], decided: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give rows of statements with the origin that accepted proposals give them; the ids of statements stay.

    `decided` are proposals as `to_dict` gives them. A statement without a span follows its document, unless that adds
    text of its own: then nobody knows from which part it was read, and it keeps its origin.
    """
    owns: dict[str, tuple[str, str | None, Sequence[Sequence[int]], bool]] = {}
    for proposal in decided:
        for member in proposal["members"]:
            follows = member["role"] not in _ADDING
            owns.setdefault(member["document"], (proposal["id"], proposal["date"], member["own"], follows))
    found: list[dict[str, Any]] = []
    for row in rows:
        kept = dict(row)
        group = owns.get(row["document"] or "")
        if group is not None and not _is_own(row, *group[2:]):
            kept["origin"] = _joined(row["origin"], *group[:2])
        found.append(kept)
    return found


def _joined(origin: str | None, group: str, day: str | None) -> str | None:
    """Give the origin that a member's statement has in its group.

    Who spoke stays who spoke, but on one occasion: that of the first report, whichever day a copy was read on.
    """
    told = origin or ""
    if told.startswith(DEFAULTS):
        return group
    if told.startswith(SPEAKER) and day:
        return f"{told.rpartition(':')[0]}:{day}"
    return origin


def _is_own(row: Mapping[str, Any], own: Sequence[Sequence[int]], follows: bool) -> bool:
    """Say whether a statement was read from what a member adds: half of its quote lies there, or none can say."""
    start, end = row["span_start"], row["span_end"]
    if start is None or end is None:
        return not follows
    inside = sum(max(0, min(end, e) - max(start, s)) for s, e in own)
    return bool(inside > _OWN * (end - start))


def _row(member: Member, text: Text) -> Mapping[str, Any]:
    return {
        "document": member.document,
        "role": member.role.value,
        "publisher": text.publisher,
        "published": text.published,
        "why": None if member.join is None else member.join.why(),
        "of": None if member.join is None else member.join.origin,
        "weak": member.is_through_weak,
        "own": [] if member.join is None else [list(s) for s in member.own_spans],
    }


def _counted(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}, 1 origin"

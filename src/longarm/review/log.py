"""The log of review as values: which acts stand, and how each claim stands after them.

Nothing is erased: an undo is a later row that names every row it takes back. A row stands unless a standing later row
takes it back, so an undo can be undone as well, to any depth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Protocol

from longarm.errors import OptionError
from longarm.model.claims import Claim, ClaimDate


class Act(StrEnum):
    """What a person does with a claim."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REFUSE = "refuse"
    SPLIT = "split"
    STANCE = "stance"
    ADD = "add"
    UNDO = "undo"


CORRECTABLE = ("relation", "subject", "object", "share", "site", "attribution", "dates", "start", "end", "quote")
"""Fields of a claim that a correction may change; the stance has an act of its own."""


class Row(Protocol):
    """A row of the log."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def claim(self) -> str:
        """Id of the claim."""

    @property
    def act(self) -> str:
        """What was done."""

    @property
    def value(self) -> Mapping[str, Any]:
        """The claim as it stood, and what was decided."""

    @property
    def reason(self) -> str:
        """Why."""


@dataclass(frozen=True)
class State:
    """How a claim stands: pending, accepted, refused or split; as it was corrected; and by which rows."""

    status: str
    claim: Claim
    rows: tuple[int, ...] = ()
    accepted: Mapping[str, Any] | None = None
    """the value of the row that accepted it"""
    parent: str | None = None
    """id of the claim that was split into it and others"""


def standing(rows: Sequence[Row]) -> list[Row]:
    """Give the rows that no standing later row takes back, oldest first; undos among them."""
    gone: set[int] = set()
    kept: list[Row] = []
    for row in sorted(rows, key=lambda r: -r.seq):
        if row.seq in gone:
            continue
        kept.append(row)
        if row.act == Act.UNDO:
            gone.update(int(s) for s in row.value["takes_back"])
    return kept[::-1]


def states(rows: Sequence[Row]) -> dict[str, State]:
    """Give how every claim stands that a standing row decides on, or that a standing split made."""
    found: dict[str, State] = {}
    for row in standing(rows):
        if row.act == Act.UNDO:
            continue
        now = found.get(row.claim) or State("pending", from_dict(row.value["claim"]))
        now = replace(now, rows=(*now.rows, row.seq))
        if row.act == Act.ACCEPT:
            now = replace(now, status="accepted", accepted=row.value)
        elif row.act == Act.REFUSE:
            now = replace(now, status="refused")
        elif row.act == Act.ADD:
            pass  # it waits, as what a machine proposes does
        elif row.act == Act.SPLIT:
            now = replace(now, status="split")
            for part in row.value["parts"]:
                child = from_dict(part)
                found.setdefault(child.id, State("pending", child, parent=row.claim))
        else:
            now = replace(now, claim=changed(now.claim, row.value["fields"]))
        found[row.claim] = now
    return found


def taken_back(rows: Sequence[Row], seq: int) -> list[int]:
    """Give what an undo of a row takes back: it, and all later rows on its claim and on what that was split into.

    So the claim stands again as it stood just before that row. Raises OptionError where the row does not stand.
    """
    row = next((r for r in standing(rows) if r.seq == seq), None)
    if row is None:
        raise OptionError(
            f"decision {seq} does not stand" if any(r.seq == seq for r in rows) else f"there is no decision {seq}",
            mend="longarm review log lists those that stand",
        )
    family = {row.claim}
    found = []
    for later in sorted((r for r in rows if r.seq >= seq), key=lambda r: r.seq):
        if later.claim in family:
            found.append(later.seq)
            if later.act == Act.SPLIT:
                family |= {part["id"] for part in later.value["parts"]}
    return found


def stated(rows: Sequence[Row]) -> set[str]:
    """Give the ids of the statements that the log makes: those of what stands accepted.

    What describes an entity stays as long as something that stands accepted links to it, whoever made the entity.
    """
    accepted = [s.accepted for s in states(rows).values() if s.accepted is not None]
    linked = {entity for value in accepted for entity in value["linked"]}
    found = {i for value in accepted for i in value["statements"]}
    for row in rows:
        if row.act == Act.ACCEPT:
            for entity, ids in row.value["made"].items():
                if entity in linked:
                    found.update(ids)
    return found


def changed(claim: Claim, given: Mapping[str, Any]) -> Claim:
    """Give a claim with some fields changed; it keeps its id, for it is the same proposal, put right."""
    return from_dict({**to_dict(claim), **given})


def worded(value: Any) -> str:
    """Say the value of a claim's field in words."""
    if isinstance(value, Mapping):
        return f"{value['role']} {value['date']}"
    if isinstance(value, list | tuple):
        return ", ".join(worded(v) for v in value) or "–"
    return "–" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def to_dict(claim: Claim) -> dict[str, Any]:
    """Give a claim as plain values."""
    row = asdict(claim)
    return {k: list(v) if isinstance(v, tuple) else v for k, v in row.items()}


def from_dict(row: Mapping[str, Any]) -> Claim:
    """Read a claim from plain values; fields that this program does not know are left out."""
    known = {f.name for f in fields(Claim)}
    given = {k: v for k, v in row.items() if k in known}
    for key in ("attribution", "subject", "object"):
        given[key] = tuple(given.get(key) or ())
    for key in ("share", "cue"):
        given[key] = tuple(given[key]) if given.get(key) else None
    given["dates"] = tuple(ClaimDate(d["date"], d["text"], d["role"]) for d in given.get("dates") or ())
    return Claim(**given)


def kept_apart(proposed: Iterable[Claim], decided: Iterable[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Part proposals into those to be decided, and those that an earlier version proposed and somebody decided.

    The same id is the same claim. Where the id differs, the same span, relation and stance is the same claim again; of
    several that share these, each decided one answers for one: the one that is nearest to it in its names.
    """
    before = {c.id: c for c in decided}
    listed = list(proposed)
    ids = {c.id for c in listed}
    known = [c for c in listed if c.id in before]
    left = [c for c in listed if c.id not in before]
    for old in sorted((c for c in before.values() if c.id not in ids), key=lambda c: c.id):
        same = [c for c in left if _key(c) == _key(old) and c.version != old.version]
        if same:
            again = max(same, key=lambda c: (c.subject == old.subject, c.object == old.object, c.id))
            left.remove(again)
            known.append(again)
    return left, known


def _key(claim: Claim) -> tuple[str, int, int, str, str]:
    return claim.document, claim.start, claim.end, claim.relation, claim.stance

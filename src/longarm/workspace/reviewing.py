"""Review: the queue of claims, and what a person decides on them, each decision in one transaction with its audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import longarm
from longarm import config
from longarm.errors import EvidenceError, OptionError, UnknownEntity
from longarm.model import grades
from longarm.model.claims import Claim, claim_id, stands
from longarm.model.terms import Stance
from longarm.review import log, reading
from longarm.review.log import Act, State
from longarm.review.relations import ACCESS, RELATIONS, Choices
from longarm.review.writing import DATASET, Written, write
from longarm.store import claims as proposals
from longarm.store import decisions, lake, reviews
from longarm.workspace.linking import Desk, fitting, type_of

if TYPE_CHECKING:
    from longarm.review.order import Change
    from longarm.workspace.store import OnFile

_SHORTEST = 7
"""Characters of an id by which a claim may be named."""
_STANCES = tuple(s.value for s in Stance if s != Stance.INFERRED)


@dataclass(frozen=True)
class Verdict:
    """What a person decides on a claim."""

    act: str
    reason: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    """accept: a mention, as the text has it → id of an entity; `new:Company` makes one; no entry leaves it unlinked"""
    choices: Choices = field(default_factory=Choices)
    grade: str | None = None
    """accept: another grade than the usual one; needs a reason"""
    stance: str | None = None
    """stance: the new one"""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """correct: fields of the claim"""
    parts: Sequence[Mapping[str, Any]] = ()
    """split: of each part what is its own, at least its quote"""


@dataclass(frozen=True)
class Decided:
    """What a decision did."""

    seq: int
    act: str
    claim: str
    status: str
    appended: int
    """statements that are new or stand again"""
    withdrawn: int
    """statements that no longer stand"""
    changes: tuple[Change, ...] = ()
    """findings that moved"""
    takes_back: tuple[int, ...] = ()
    unlinked: tuple[str, ...] = ()
    """mentions that were left unlinked: no tie was appended for them"""
    parts: tuple[str, ...] = ()
    """ids of the claims that a split made"""
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """what a correction or another stance put right: before and after"""


def pending(ws: OnFile) -> list[State]:
    """Give the claims that wait for a decision, as they were corrected, in the order of their texts."""
    stood = log.states(reviews.read(ws.database))
    _, rows = proposals.read(ws.layout.claims)
    proposed = [c for c in map(log.from_dict, rows) if c.id not in stood]
    fresh, _ = log.kept_apart(proposed, [s.claim for s in stood.values()])
    waiting = [State("pending", c) for c in fresh] + [s for s in stood.values() if s.status == "pending"]
    return sorted(waiting, key=lambda s: (s.claim.document, s.claim.start, s.claim.end, s.claim.id))


def state(ws: OnFile, identity: str) -> State:
    """Give how a claim stands; its id may be cut short as long as it names one.

    Raises UnknownEntity where there is none of this id, or several begin so.
    """
    stood = log.states(reviews.read(ws.database))
    _, rows = proposals.read(ws.layout.claims)
    known = {row["id"]: State("pending", log.from_dict(row)) for row in rows} | stood
    if identity in known:
        return known[identity]
    found = [c for c in known if len(identity) >= _SHORTEST and c.startswith(identity)]
    if len(found) == 1:
        return known[found[0]]
    if found:
        raise UnknownEntity(f"{len(found)} claims begin with '{identity}'", mend=f"such as {', '.join(found[:3])}")
    raise UnknownEntity(f"there is no claim '{identity}'", mend="longarm review list gives the claims that wait")


def decide(ws: OnFile, identity: str, verdict: Verdict) -> Decided:
    """Decide on a claim that waits. Raises OptionError or EvidenceError, with the mend; then nothing was written."""
    rows = reviews.read(ws.database)
    now = state(ws, identity)
    identity = now.claim.id
    if verdict.act not in (*Act,) or verdict.act in (Act.UNDO, Act.ADD):
        raise OptionError(f"'{verdict.act}' is no decision on a claim", mend="accept, correct, refuse, split, stance")
    if now.status != "pending":
        last = f" by decision {now.rows[-1]}" if now.rows else ""
        raise OptionError(f"claim '{identity}' is {now.status} already{last}", mend="undo that decision first")
    reason = verdict.reason.strip()
    if verdict.act == Act.REFUSE and not reason:
        raise OptionError("a refusal needs its reason", mend="add --reason")
    desk = Desk.of(ws)
    value: dict[str, Any] = {"claim": log.to_dict(now.claim)}
    written: Written | None = None
    if verdict.act == Act.ACCEPT:
        written = _accepted(desk, now.claim, verdict)
        value |= _acceptance(written, verdict)
    elif verdict.act == Act.STANCE:
        if verdict.stance not in _STANCES:
            raise OptionError(f"'{verdict.stance}' is no stance", mend=f"one of: {', '.join(_STANCES)}")
        value["fields"] = {"stance": verdict.stance}
    elif verdict.act == Act.CORRECT:
        value["fields"] = _correction(desk, now.claim, verdict.fields)
    elif verdict.act == Act.SPLIT:
        value["parts"] = _parts(desk, now.claim, verdict.parts)
    row = reviews.Review(_next(rows), identity, verdict.act, value, reason, _today())
    done = _commit(ws, rows, row, written, desk)
    unlinked = desk.unlinked(now.claim, verdict.links) if written is not None else ()
    right = {k: (value["claim"][k], v) for k, v in value.get("fields", {}).items() if k not in ("start", "end")}
    return replace(done, unlinked=unlinked, parts=tuple(p["id"] for p in value.get("parts", ())), fields=right)


def add(ws: OnFile, document: str, fields: Mapping[str, Any], reason: str = "") -> Decided:
    """Add a claim that no machine proposed: a quote of a text on file, a relation, and what it names. It waits then.

    It is a decision, with its author, and may be taken back. Raises UnknownEntity where no such text is kept,
    EvidenceError where the quote does not stand in it, OptionError for a field that is none.
    """
    desk = Desk.of(ws)
    given = dict(fields)
    stance, quote = str(given.pop("stance", "asserted")), str(given.pop("quote", ""))
    if stance not in _STANCES:
        raise OptionError(f"'{stance}' is no stance", mend=f"one of: {', '.join(_STANCES)}")
    if given.get("relation") not in RELATIONS:
        raise OptionError(f"'{given.get('relation')}' is no relation", mend=f"one of: {', '.join(RELATIONS)}")
    name = desk.document(document)
    text = desk.text(name)
    at = text.find(quote) if quote else -1
    if at < 0:
        raise EvidenceError(f"the words '{quote[:60]}' do not stand in the text", mend="quote them to the letter")
    blank = Claim("", name, at, at + len(quote), quote, stance, (), str(given["relation"]), (), ())
    made = log.changed(blank, _correction(desk, blank, given))
    made = replace(
        made,
        id=claim_id(name, made.start, made.end, stance, made.relation, made.subject, made.object),
        version=f"hand/{config.read().author}",
    )
    rows = reviews.read(ws.database)
    _, proposed = proposals.read(ws.layout.claims)
    if made.id in log.states(rows) or any(row["id"] == made.id for row in proposed):
        raise OptionError("this claim is there already", mend=f"longarm review show {made.id}")
    row = reviews.Review(_next(rows), made.id, Act.ADD.value, {"claim": log.to_dict(made)}, reason.strip(), _today())
    return _commit(ws, rows, row, None, desk)


def undo(ws: OnFile, seq: int | None = None, reason: str = "") -> Decided:
    """Take a decision back, the last that stands if none is named, and with it what later rests on it.

    The claim stands again as it stood before. An undo may be taken back as well. Raises OptionError where there is
    nothing to take back.
    """
    rows = reviews.read(ws.database)
    if seq is None:
        stands_yet = [r for r in log.standing(rows) if r.act != Act.UNDO]
        if not stands_yet:
            raise OptionError("there is no decision to take back", mend="longarm review list gives what waits")
        seq = stands_yet[-1].seq
    gone = log.taken_back(rows, seq)
    of = next(r for r in rows if r.seq == seq)
    value = {"claim": of.value["claim"], "takes_back": gone, "of": seq}
    row = reviews.Review(_next(rows), of.claim, Act.UNDO.value, value, reason.strip(), _today())
    return replace(_commit(ws, rows, row, None, Desk.of(ws)), takes_back=tuple(gone))


def history(ws: OnFile) -> list[dict[str, Any]]:
    """Give the log, the newest row first, each with whether it still stands."""
    rows = reviews.read(ws.database)
    kept = {r.seq for r in log.standing(rows)}
    return [{**asdict(r), "value": dict(r.value), "stands": r.seq in kept} for r in reversed(rows)]


def _commit(
    ws: OnFile, rows: list[reviews.Review], row: reviews.Review, written: Written | None, desk: Desk
) -> Decided:
    """Append the row, and whatever it adds to the statements or takes from them, in one transaction."""
    from longarm.model.tables import ORIGINS, STATEMENTS

    after_rows = [*rows, row]
    before, after = log.stated(rows), log.stated(after_rows)
    new = {s.id: s for s in (*written.statements, *(x for m in written.made.values() for x in m))} if written else {}
    on_file = set(ws.table(STATEMENTS).column("id").to_pylist()) if before != after else set()
    gone = ws.withdrawn()
    parts = []
    fresh = [new[i].row() for i in sorted(after - on_file) if i in new]
    if fresh:
        parts.append(lake.write(ws.layout.parts, STATEMENTS, STATEMENTS.table(fresh)))
    origins = [o for o in desk.origins(written) if o["id"] not in ws.origins()] if written else []
    if origins:
        parts.append(lake.write(ws.layout.parts, ORIGINS, ORIGINS.table(origins)))
    withdrawn, restored = sorted(before - after), sorted((after - before) & gone)
    said = []
    if withdrawn or restored:
        version = {"withdrawn": withdrawn, "restored": restored}
        said.append(decisions.Decision("version", DATASET, version, row.known))
    then = desk.standings() if before != after else {}
    stamp = decisions.Stamp(dt.datetime.now(dt.UTC), config.read().author, f"longarm {longarm.__version__}")
    decisions.commit(
        ws.database,
        stamp,
        source=f"review of {row.claim}",
        dataset=DATASET,
        parts=parts,
        decisions=said,
        also=lambda connection, seq: reviews.write(connection, seq, stamp, row),
    )
    now = log.states(after_rows).get(row.claim)
    changes = Desk.of(ws).moved(then) if before != after else ()
    return Decided(
        row.seq,
        row.act,
        row.claim,
        now.status if now else "pending",
        len(fresh) + len(restored),
        len(withdrawn),
        changes,
    )


def _accepted(desk: Desk, claim: Claim, verdict: Verdict) -> Written:
    if verdict.grade is not None:
        try:
            grades.read(verdict.grade)
        except ValueError as fault:
            raise OptionError(str(fault), mend="give --grade as B2") from None
        if not verdict.reason.strip():
            raise OptionError(f"grade {verdict.grade} departs from the usual one without a reason", mend="add --reason")
    for name, known in ((verdict.choices.role, _roles()), (verdict.choices.right, _rights())):
        if name is not None and name not in known:
            raise OptionError(f"'{name}' is no role or right", mend=f"one of: {', '.join(known)}")
    if verdict.choices.role is not None and claim.relation not in ACCESS:
        raise OptionError(f"a '{claim.relation}' claim has no role", mend="a role belongs to a claim of an access")
    accepted = desk.acceptance(claim, verdict.links, verdict.choices, verdict.grade)
    written = write(accepted, _today(), type_of)
    if misfit := fitting(written.statements, accepted.schemata):
        raise OptionError(misfit, mend="link the mention to somebody else, or correct the claim first")
    return written


def _acceptance(written: Written, verdict: Verdict) -> dict[str, Any]:
    return {
        "links": dict(verdict.links),
        "choices": {k: v for k, v in asdict(verdict.choices).items() if v},
        "grade": verdict.grade,
        "statements": sorted(s.id for s in written.statements),
        "made": {entity: sorted(s.id for s in several) for entity, several in written.made.items()},
        "linked": sorted(written.linked),
    }


def _roles() -> list[str]:
    from longarm.model.roles import roles

    return list(roles())


def _rights() -> list[str]:
    from longarm.model.roles import rights

    return list(rights())


def _correction(desk: Desk, claim: Claim, given: Mapping[str, Any]) -> dict[str, Any]:
    """Check a correction: known fields, a relation of the vocabulary, a quote that stands in the text."""
    unknown = sorted(set(given) - set(log.CORRECTABLE))
    if unknown or not given:
        raise OptionError(
            f"a correction cannot change {', '.join(unknown)}"
            if unknown
            else "a correction needs a field that it changes",
            mend=f"one of: {', '.join(log.CORRECTABLE)}",
        )
    fields = dict(given)
    for name in ("subject", "object", "attribution"):
        if any(not isinstance(x, str) or not x.strip() for x in fields.get(name) or ()):
            raise OptionError(f"the {name} of a claim cannot be an empty name", mend="leave it out, or write the name")
    if "relation" in fields and fields["relation"] not in RELATIONS:
        raise OptionError(f"'{fields['relation']}' is no relation", mend=f"one of: {', '.join(RELATIONS)}")
    if "quote" in fields and "start" not in fields:
        fields |= _span(desk, claim, str(fields["quote"]), near=True)
    return _checked(desk, claim, fields)


def _checked(desk: Desk, claim: Claim, fields: dict[str, Any]) -> dict[str, Any]:
    try:
        after = log.changed(claim, fields)
        lo, hi = after.share or (0.0, 0.0)
        is_fine = 0 <= lo <= hi <= 100 and reading.fits(fields.get("dates"))
    except (TypeError, ValueError, KeyError):
        is_fine = False
    if not is_fine:
        raise OptionError(
            "a field of the correction has the wrong form",
            mend="a share as 30 or 30..33.3, from 0 to 100; a date as `since 2018-12`; several names one by one",
        )
    if not stands(after, desk.text(claim.document)):
        raise EvidenceError(
            f"the words '{after.quote[:60]}' are not at characters {after.start} to {after.end}",
            mend="quote the text to the letter",
        )
    return fields


def _span(desk: Desk, claim: Claim, quote: str, *, near: bool) -> dict[str, Any]:
    """Find a quote: inside the claim's own words, or, with `near`, at the place in the text that is nearest to them."""
    text = desk.text(claim.document)
    found = text.find(quote, claim.start, claim.end) if quote else -1
    if found < 0 and near and quote:
        places = [i for i in (text.rfind(quote, 0, claim.end), text.find(quote, claim.start)) if i >= 0]
        found = min(places, key=lambda i: abs(i - claim.start), default=-1)
    if found < 0:
        raise EvidenceError(
            f"the words '{quote[:60]}' do not stand {'in the text' if near else 'inside the claim'}",
            mend="quote them to the letter",
        )
    return {"start": found, "end": found + len(quote), "quote": quote}


def _parts(desk: Desk, claim: Claim, given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if len(given) < 2:
        raise OptionError("a split needs two parts or more", mend="give each its own words")
    found: dict[str, dict[str, Any]] = {}
    for part in given:
        fields = {k: v for k, v in part.items() if k in (*log.CORRECTABLE, "stance")}
        if part.get("stance", claim.stance) not in _STANCES:
            raise OptionError(f"'{part['stance']}' is no stance", mend=f"one of: {', '.join(_STANCES)}")
        if "quote" in fields:
            fields |= _span(desk, claim, str(fields["quote"]), near=False)
        made = log.changed(claim, _checked(desk, claim, fields))
        # A part is a claim of its own, also where it has the words of the whole.
        name = claim_id(made.document, made.start, made.end, made.stance, made.relation, made.subject, made.object)
        if name == claim.id or name in found:
            raise OptionError("two parts of the split are the same", mend="give each its own words or names")
        found[name] = log.to_dict(replace(made, id=name))
    return list(found.values())


def _next(rows: Sequence[reviews.Review]) -> int:
    return rows[-1].seq + 1 if rows else 1


def _today() -> str:
    return str(dt.datetime.now(dt.UTC).date())

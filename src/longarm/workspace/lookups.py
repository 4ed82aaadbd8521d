"""Looking things up: what an id is, which law binds an entity, who controls it by which method."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longarm.errors import OptionError, UnknownEntity
from longarm.model import dates
from longarm.model.options import ControlOptions, LawOptions
from longarm.model.terms import Reading
from longarm.workspace import echoes
from longarm.workspace.answering import quoted, rows_of, same_in, ties_of
from longarm.workspace.store import today

if TYPE_CHECKING:
    from longarm.model.ties import Ties
    from longarm.workspace.store import OnFile


_SHORTEST = 7
"""Characters of its id by which a document may be named."""


def explain(ws: OnFile, identity: str) -> dict[str, Any]:
    """Explain anything that a report names: a statement, an article of law, a document, a cited fact, an entity.

    Raises UnknownEntity where nothing has this id.
    """
    from longarm.assess import explain as explaining

    if identity.startswith("law:"):
        from longarm.law.cited import law_statement

        return {"kind": "article", "id": identity, **law_statement(identity)}
    documents = ws.documents()
    rows = ws.statements()
    if len(identity) >= _SHORTEST and identity not in documents:
        begins = [i for i in documents if i.startswith(identity)]
        identity = begins[0] if len(begins) == 1 else identity
    if identity in documents:
        row = documents[identity]
        told = {**row, "kind": "document", "document_kind": row["kind"], "text": ws.text(identity)}
        group = echoes.shown(ws, identity)
        return {**told, "group": group} if group else told
    group = echoes.shown(ws, identity) if identity.startswith("echo:") else None
    found = _explain_tie(ws, identity, rows) or explaining.explain(identity, rows)
    if found is None and group is not None:
        found = {"kind": "origin", "id": identity, "rows": []}
    if found is None:
        found = _explain_waiting(ws, identity)
    if found is not None and found["kind"] == "claim":
        return found
    if found is None:
        raise UnknownEntity(
            f"nothing here has the id '{identity}'",
            mend="an id of a statement, claim, document, entity or fact, or an article: law:INSTRUMENT#NUMBER",
        )
    if group is not None:
        found["group"] = group
    origins = ws.origins()
    found["statements"] = [{"id": r["id"], **quoted(ws, r, documents, origins)} for r in found.pop("rows")]
    return found


def _explain_waiting(ws: OnFile, identity: str) -> dict[str, Any] | None:
    """Explain a claim, waiting or decided, or a statement that one would make and that counts in the upper bound."""
    from longarm.assess import explain as explaining
    from longarm.workspace import queueing

    if identity.startswith("cl-"):
        try:
            return {**queueing.one(ws, identity), "kind": "claim"}
        except UnknownEntity:
            return None
    return explaining.explain(identity, queueing.rows_unreviewed(ws))


def _explain_tie(ws: OnFile, identity: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Explain a tie by the statements beneath its assertions, on the day of its case; a duty by its article."""
    if ">" not in identity:
        return None
    if identity.startswith("duty"):
        from longarm.law.cited import law_statement
        from longarm.law.listing import article_of

        name, _ = article_of(identity.split("[", 1)[-1].rsplit("]", 1)[0])
        return {**law_statement(f"law:{name}"), "kind": "tie", "id": identity, "rows": []}
    for case in ws.cases().values():
        as_of = case.as_of or today()
        ties = ties_of(ws, case, as_of, None)
        tie = ties.by_id().get(identity)
        if tie is not None:
            said = {s for a in ties.assertions if a.tie == identity for s in a.statements}
            chosen = [r for r in rows if r["id"] in said]
            return {"kind": "tie", "id": identity, "label": tie.label, "rows": chosen}
    return None


def law_applies(ws: OnFile, entity: str, options: LawOptions) -> dict[str, Any]:
    """Say which articles bind an entity on a day, by which route: of every state in which it is placed.

    Raises UnknownEntity where no tie places it anywhere, OptionError for a date that is none.
    """
    from longarm.law.duties import duties
    from longarm.law.listing import duty_row
    from longarm.model.ties import STATE, Kind
    from longarm.resolve.same import schemata

    day = whole_day("as-of", options.as_of)
    found: dict[str, dict[str, Any]] = {}
    asked: set[str] = set()
    as_of = day
    for case in ws.cases().values():
        as_of = day or case.as_of or today()
        ties = ties_of(ws, case, as_of, None)
        named = same_in(ws, case).get(entity, entity)
        held = {t.held for t in ties.ties if t.kind == Kind.ACCESS and t.holder == named} | {named}
        placing = (Kind.REGISTERED, Kind.SEATED, Kind.PLACE)
        asked |= {t.holder.removeprefix(STATE) for t in ties.ties if t.kind in placing and t.held in held}
        kinds = schemata(rows_of(ws, case))
        for state in sorted(asked):
            law = duties(ties, kinds, state, dates.span(as_of).first, case.table)
            for tie in law.ties.ties:
                if tie.held == named and (options.reading != Reading.NARROW or tie.opens == Reading.NARROW):
                    found.setdefault(tie.id, duty_row(tie, state))
    if not asked:
        raise UnknownEntity(f"nothing on file places '{entity}' in any state", mend="an entity's id")
    return {"entity": entity, "as_of": as_of, "states": sorted(asked), "duties": list(found.values())}


def control(ws: OnFile, entity: str, options: ControlOptions) -> dict[str, Any]:
    """Say who controls an entity and what it controls, by every accepted method, from the ties of all cases.

    Raises UnknownEntity where no holding names it.
    """
    from longarm.control import methods
    from longarm.control.rows import read_rows

    day = whole_day("as-of", options.as_of)
    found: list[dict[str, Any]] = []
    for case in ws.cases().values():
        ties = ties_of(ws, case, day or case.as_of or today(), None)
        found += _holdings(ties)
        entity = same_in(ws, case).get(entity, entity)
    unique = {json.dumps(h, sort_keys=True): h for h in found}
    read = read_rows(unique.values())
    holdings = read.holdings()
    if entity not in holdings.entities:
        raise UnknownEntity(f"'{entity}' is in none of the {len(holdings.rows)} holdings", mend="an entity's id")
    above = methods.side_by_side(holdings, target=entity, methods=options.methods)
    below = methods.side_by_side(holdings, root=entity, methods=options.methods)
    return {
        "entity": entity,
        "above": [r.to_dict() for r in above],
        "below": [r.to_dict() for r in below],
        "warnings": list(holdings.warnings),
    }


def _holdings(ties: Ties) -> Iterable[dict[str, Any]]:
    """Give the interests and the direct control of a day as holdings: the graded assertions of each tie."""
    from longarm.model import shares
    from longarm.model.ties import Kind

    for tie in ties.ties:
        said = [a for a in ties.assertions if a.tie == tie.id and a.stance == "asserted" and a.certainty == "graded"]
        if not said or tie.kind not in (Kind.INTEREST, Kind.CONTROL):
            continue
        row = {"owner": tie.holder, "owned": tie.held, "kind": "shares" if tie.kind == Kind.INTEREST else "control"}
        given = [(a.share_lo, a.share_hi) for a in said if a.share_lo is not None and a.share_hi is not None]
        if tie.kind == Kind.INTEREST and given:
            lo, hi = min(g[0] for g in given), max(g[1] for g in given)
            column = "votes" if tie.cls == "votes" else "share"
            text = shares.percent(lo).removesuffix(" %")
            row[column] = text if lo == hi else f"{text}..{shares.percent(hi).removesuffix(' %')}"
        yield row


def control_of_holdings(
    file: str | Path, root: str | None, target: str | None, options: ControlOptions
) -> dict[str, Any]:
    """Put the methods side by side over a CSV of holdings. Raises SourceError, UnknownEntity or OptionError."""
    from longarm.control import methods, sheet
    from longarm.ingest import files

    path = Path(file)
    holdings, rejects = sheet.read_csv(files.text(_one_file(path), str(path)), str(path))
    day = whole_day("as-of", options.as_of)
    rows = methods.side_by_side(holdings, root, target, options.methods, dt.date.fromisoformat(day) if day else None)
    return {
        "root": root,
        "target": target,
        "rows": [r.to_dict() for r in rows],
        "warnings": list(holdings.warnings),
        "rejects": [r.to_dict() for r in rejects],
    }


def check_control_cases(file: str | Path) -> list[dict[str, Any]]:
    """Run worked examples of ownership and control: expected beside computed. Raises SourceError."""
    from longarm.control import cases
    from longarm.ingest import yaml_lines

    path = Path(file)
    data = yaml_lines.read(_one_file(path), str(path))
    return [o.to_dict() for o in cases.run_file(data.value, str(path))]


def _one_file(path: Path) -> bytes:
    from longarm.ingest import files

    found = files.read(path)
    if len(found) != 1:
        raise OptionError(f"'{path}' is not one file", mend="name the file itself")
    return next(iter(found.values()))


def whole_day(name: str, value: str | None) -> str | None:
    """Check a date option: a whole day of the calendar."""
    if value is None:
        return None
    try:
        span = dates.span(value)
    except ValueError as fault:
        raise OptionError(f"--{name}: {fault}", mend="a day as 2026-11-23") from None
    if span.first != span.last:
        raise OptionError(f"--{name}: '{value}' is not a whole day", mend="a day as 2026-11-23")
    return value

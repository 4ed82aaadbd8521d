"""Answering a question: statements → ties → duties → worlds → report, each step kept where it can be used again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from longarm.model import dates
from longarm.model.case import Case
from longarm.model.scenario import Scenario
from longarm.store import decisions, derived
from longarm.workspace.grounds import Asked, grounds
from longarm.workspace.store import program

if TYPE_CHECKING:
    from longarm.model.ties import Ties
    from longarm.workspace.store import OnFile


def report(ws: OnFile, case: Case, asked: Asked) -> dict[str, Any]:
    """Compute the report of one question, in the shape that `--json` prints."""
    from longarm.assess import beside, coverage
    from longarm.assess import report as reports
    from longarm.law.listing import titles
    from longarm.reach.findings import find

    on = grounds(ws, case, asked)
    rows, state, known_at, everything = on.rows, asked.state, asked.known_at, on.ties
    assumed = f"scenario:{asked.scenario.id}" if asked.scenario else None
    day = dates.span(asked.as_of).first
    parts = [str(p["id"]) for p in on.parts]
    ws.progress(f"Computing in {asked.worlds:,} possible worlds")
    found = find(on.question, case.threshold, on.assessed)
    facts = beside.cited_facts(rows)
    by_fact = {f.id: list(f.statements) for f in facts}
    judgements = [
        {**j, "cites": [s for fact in j["statements"] for s in by_fact.get(fact, ())]}
        for j in ws.decided("judgement", known_at, case.id)
    ]
    about = reports.About(
        everything,
        beside.Beside(facts, coverage.carried_by(rows, facts)),
        state,
        (case.site, *parts),
        day,
        judgements,
    )
    value: dict[str, Any] = {
        "question": {
            "site": case.site,
            "state": state,
            "as_of": asked.as_of,
            "known_at": known_at or max((r["first_seen"] for r in rows if r["dataset"] != assumed), default=None),
        },
        "scenario": {"id": asked.scenario.id, "title": asked.scenario.title} if asked.scenario else None,
        "case": {
            "id": case.id,
            "title": case.title,
            "threshold": case.threshold / 1000,
            "own_threshold": None if asked.own_threshold is None else asked.own_threshold / 1000,
            "grades": asked.grades,
            "without": list(asked.without),
        },
        "parts": on.parts,
        "findings": reports.findings(found.findings, about),
        "possible": reports.possible(found.possible, about),
        "worlds": asked.worlds,
    }
    rejected = sum(r["rows"] for r in _of_datasets(ws, "rejects", known_at, {r["dataset"] for r in rows}))
    looked = coverage.Looked(
        rows, facts, everything, on.law.instruments, on.law.unconfirmed, parts, state, case.states, rejected
    )
    value["coverage"] = coverage.coverage(looked)
    told = coverage.warnings(looked, found.findings, titles(on.law.instruments))
    value["warnings"] = [w.text for w in told]
    value["warned"] = [w.told() for w in told]
    value["names"] = {**titles(on.law.instruments), **coverage.names(rows, value)}
    cited = reports.statements_in(value)
    cited += [s for s in coverage.statements_in(value["coverage"]) if s not in cited]
    value["statements"] = evidence(ws, cited, rows)
    return value


def rows_of(
    ws: OnFile, case: Case, known_at: str | None = None, scenario: Scenario | None = None
) -> list[dict[str, Any]]:
    """Give the statements that a case rests on, under canonical ids: its own, and those of no other case.

    What claims propose that nobody decided on goes along as inferred: it counts in the upper bound only.
    """
    from longarm.resolve.same import apply
    from longarm.workspace.queueing import rows_unreviewed

    others = {c.id for c in ws.cases(known_at).values()} - {case.id}
    rows = [r for r in ws.statements(known_at) if r["dataset"] not in others]
    rows += rows_unreviewed(ws, known_at)
    if scenario is not None:
        rows = [r for r in rows if not scenario.strikes(r)] + [dict(r) for r in scenario.rows]
    return apply(rows, same_in(ws, case, known_at))


def _of_datasets(ws: OnFile, kind: str, known_at: str | None, datasets: set[str]) -> list[Any]:
    said = decisions.latest(ws.database, kind, known_at)
    return [value for subject, value in said.items() if subject in datasets]


def ties_of(ws: OnFile, case: Case, as_of: str, known_at: str | None, scenario: Scenario | None = None) -> Ties:
    """Give the ties in force on a day, as known on another: a derived table."""
    from longarm.graph import overlay, records
    from longarm.graph import ties as graph
    from longarm.model import tables
    from longarm.model.ties import Ties, to_tables
    from longarm.resolve.same import apply

    def make() -> Sequence[Any]:
        ws.progress("Building the ties")
        published = {i: d["published"] for i, d in ws.documents(known_at).items()}
        same = same_in(ws, case, known_at)
        found = records.gather(rows_of(ws, case, known_at, scenario), published, same)
        options = graph.Options(dates.span(as_of).first, case.stale, scenario.planned if scenario else frozenset())
        built = graph.build(found, options)
        if scenario is not None:
            assumed = graph.build(records.gather(apply(scenario.rows, same), {}, same), options)
            built = overlay.lay(built, assumed, scenario.under(same))
        return to_tables(built.ties, built.assertions, built.safeguards)

    key = derived.key("graph", program(), ws.head(), asdict(case), as_of, known_at, _key(scenario))
    contracts = (tables.TIES, tables.ASSERTIONS, tables.SAFEGUARDS)
    return Ties.from_tables(*derived.fresh_tables(ws.layout.derived, "graph", key, contracts, make))


def _key(scenario: Scenario | None) -> str | None:
    return scenario.text if scenario else None


def same_in(ws: OnFile, case: Case, known_at: str | None = None) -> dict[str, str]:
    """Give the canonical id of every entity that people judged to be another, in a case."""
    from longarm.resolve.same import canonical

    return canonical(value["ids"] for value in ws.decided("same", known_at, case.id))


def evidence(ws: OnFile, ids: Iterable[str], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give each cited statement with its quote, document, origin, stance and grade."""
    from longarm.law.cited import law_statement

    by_id = {r["id"]: r for r in rows}
    documents, origins = ws.documents(), ws.origins()
    found: dict[str, Any] = {}
    for i in ids:
        if i.startswith("law:"):
            found[i] = law_statement(i)
        elif i in by_id:
            found[i] = quoted(ws, by_id[i], documents, origins)
    return found


def quoted(
    ws: OnFile, row: Mapping[str, Any], documents: Mapping[str, Any], origins: Mapping[str, Any]
) -> dict[str, Any]:
    """Give a statement with its quote and all that stands behind it."""
    document = documents.get(row["document"] or "", {})
    quote = None
    if row["span_start"] is not None and row["document"]:
        quote = ws.text(row["document"])[row["span_start"] : row["span_end"]]
    origin = origins.get(row["origin"] or "", {})
    return {
        "entity": row["entity_id"],
        "schema": row["schema"],
        "prop": row["prop"],
        "value": row["value"],
        "quote": quote,
        "span": [row["span_start"], row["span_end"]] if quote else None,
        "stance": row["stance"],
        "grade": row["grade"],
        "speaker": row["speaker"],
        "origin": row["origin"],
        "origin_name": origin.get("name"),
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
        "known": row["first_seen"],
        "document": row["document"],
        "document_kind": document.get("kind"),
        "publisher": document.get("publisher"),
        "title": document.get("title"),
        "published": document.get("published"),
        "url": document.get("url"),
    }

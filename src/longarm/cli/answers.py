"""What is asked: reach, explain, control."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from longarm.cli.frame import FAULT, consoles, json_option, open_workspace, options, tell
from longarm.errors import OptionError, SourceError, UnknownEntity
from longarm.model.names import plainest
from longarm.model.options import ReachOptions

if TYPE_CHECKING:
    from longarm.workspace import Workspace


@click.command()
@click.argument("site")
@click.argument("state")
@options(ReachOptions)
@json_option
@click.pass_context
def reach(ctx: click.Context, /, site: str, state: str, as_json: bool, **options: Any) -> None:
    """Say how far STATE (an ISO 3166 code, such as CN) reaches into SITE, by which path, and what cuts it."""
    out, err = consoles()
    workspace = open_workspace(ctx, None if as_json else err)
    report = workspace.reach(site, state, ReachOptions(**options))
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.terminal import show
    from longarm.dossier.view import view

    show(view(report), out)


@click.command()
@click.argument("identity", metavar="ID")
@json_option
@click.pass_context
def explain(ctx: click.Context, identity: str, as_json: bool) -> None:
    """Explain whatever an answer names: a statement, a claim, a tie, a cited fact, a document, an entity, an
    article of law.

    A document may also be named by the name of its file.
    """
    workspace = open_workspace(ctx)
    try:
        found = workspace.explain(identity)
    except UnknownEntity as fault:
        document = _document(workspace, identity)
        if document is None:
            raise _with_near(workspace, identity, fault) from None
        found = workspace.explain(document)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    if found["kind"] == "claim":
        from longarm.cli.review_screen import show_claim

        show_claim(found, consoles()[0])
        return
    from longarm.dossier.tables import show_explained

    show_explained(found, consoles()[0])


def _document(workspace: Workspace, name: str) -> str | None:
    """Give the document of this locator, file name or stem; nothing where none or several have it."""
    there: dict[str, None] = {}
    for identity, row in workspace.documents().items():
        locator = row["locator"] or ""
        if name in (locator, Path(locator).name, Path(locator).stem) and locator:
            there[identity] = None
    return next(iter(there)) if len(there) == 1 else None


def _with_near(workspace: Workspace, identity: str, fault: UnknownEntity) -> UnknownEntity:
    """Give the fault with the ids that are near to what was written, where some are."""
    rows = workspace.statements()
    by_name = {r["value"].casefold(): r["entity_id"] for r in rows if r["prop"] == "name"}
    ids = sorted({r["entity_id"] for r in rows} - {identity})
    near = difflib.get_close_matches(identity, ids, n=3, cutoff=0.6)
    named = difflib.get_close_matches(identity.casefold(), sorted(by_name), n=2, cutoff=0.75)
    said = list(dict.fromkeys([*(by_name[n] for n in named), *near]))
    mend = fault.where.mend
    return UnknownEntity(fault.message, mend=f"near to it: {', '.join(said)}" if said else mend)


def _names(workspace: Workspace) -> dict[str, str]:
    """Give entities their plainest name, under every id that they go by."""
    named = [r for r in workspace.statements() if r["prop"] in ("name", "title")]
    return plainest((r[which], r["value"]) for r in named for which in ("entity_id", "canonical_id"))


@click.command()
@click.argument("entity", required=False)
@click.option("--holdings", metavar="FILE", help="A CSV of holdings: owner, owned, share, … No workspace is needed.")
@click.option("--root", metavar="NAME", help="With --holdings: who holds; everything below it is shown.")
@click.option("--target", metavar="NAME", help="With --holdings: what is held; everybody above it is shown.")
@click.option(
    "--cases", "cases_file", metavar="FILE", help="Worked examples: result beside expectation; exit 1 on a difference."
)
@click.option("--method", "methods", multiple=True, help="One method by name, several, or all (the default).")
@click.option("--as-of", help="When it was true: YYYY-MM-DD.")
@json_option
@click.pass_context
def control(ctx: click.Context, /, as_json: bool, **given: Any) -> None:
    """Show who controls ENTITY, and what it controls, by every accepted method side by side."""
    from longarm.model.options import ControlOptions
    from longarm.workspace import check_control_cases, control_of_holdings

    wanted = ControlOptions(as_of=given["as_of"], methods=given["methods"] or ("all",))
    out, err = consoles()
    if given["cases_file"]:
        outcomes = check_control_cases(given["cases_file"])
        different = [o for o in outcomes if not o["agreed"]]
        if as_json:
            click.echo(json.dumps(outcomes, ensure_ascii=False, indent=1))
        else:
            from longarm.dossier.control_tables import show_outcomes

            show_outcomes(outcomes, out)
        ctx.exit(1 if different else 0)
    names: dict[str, str] = {}
    if given["holdings"]:
        try:
            answer = control_of_holdings(given["holdings"], given["root"], given["target"], wanted)
        except UnknownEntity:
            faults = _row_faults(given["holdings"])
            if not faults:
                raise
            if as_json:
                tell({**faults[0].to_dict(), "rejects": [row.to_dict() for row in faults]}, "", None)
            for row in () if as_json else faults:
                tell({}, str(row), row.where.mend)
            ctx.exit(FAULT)
    elif given["entity"]:
        workspace = open_workspace(ctx, None if as_json else err)
        try:
            answer = workspace.control(given["entity"], wanted)
        except UnknownEntity as fault:
            raise _with_near(workspace, given["entity"], fault) from None
        names = {} if as_json else _names(workspace)
    else:
        raise click.UsageError("name an ENTITY, or give --holdings FILE or --cases FILE")
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.control_tables import show_control

    show_control(answer, out, err, names, full=bool(given["methods"]))


def _row_faults(file: str) -> list[SourceError]:
    """Give the faults of the rows of a file of holdings of which no row could be read; else none."""
    from longarm.control.sheet import read_csv
    from longarm.ingest import files

    data = next(iter(files.read(Path(file)).values()))
    holdings, rejects = read_csv(files.text(data, file), file)
    return [] if holdings.rows else rejects


@click.command()
@click.argument("site")
@click.argument("state")
@options(ReachOptions)
@json_option
@click.pass_context
def compare(ctx: click.Context, /, site: str, state: str, as_json: bool, **given: Any) -> None:
    """Compute a question without and with a scenario, and say what moved and why."""
    out, err = consoles()
    workspace = open_workspace(ctx, None if as_json else err)
    if not given["scenario"]:
        there = ", ".join(sorted(workspace.scenarios(site)))
        raise OptionError(
            "there is no scenario to compare with",
            mend=f"give --scenario with one of the case: {there}; or a file" if there else "give --scenario FILE",
        )
    answer = workspace.compare(site, state, ReachOptions(**given))
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.tables import show_comparison

    show_comparison(answer, out)

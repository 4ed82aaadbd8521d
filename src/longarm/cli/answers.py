"""What is asked: reach, explain, control."""

from __future__ import annotations

import json
from typing import Any

import click

from longarm.cli.frame import consoles, json_option, open_workspace, options
from longarm.model.options import ReachOptions


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
    """Explain whatever an answer names: a statement, a tie, a cited fact, a document, an entity, an article of law."""
    found = open_workspace(ctx).explain(identity)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.tables import show_explained

    show_explained(found, consoles()[0])


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
            from longarm.dossier.tables import show_outcomes

            show_outcomes(outcomes, out)
        ctx.exit(1 if different else 0)
    if given["holdings"]:
        answer = control_of_holdings(given["holdings"], given["root"], given["target"], wanted)
    elif given["entity"]:
        answer = open_workspace(ctx, None if as_json else err).control(given["entity"], wanted)
    else:
        raise click.UsageError("name an ENTITY, or give --holdings FILE or --cases FILE")
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.tables import show_control

    show_control(answer, out, err)


@click.command()
@click.argument("site")
@click.argument("state")
@options(ReachOptions)
@json_option
@click.pass_context
def compare(ctx: click.Context, /, site: str, state: str, as_json: bool, **given: Any) -> None:
    """Compute a question without and with a scenario, and say what moved and why."""
    out, err = consoles()
    answer = open_workspace(ctx, None if as_json else err).compare(site, state, ReachOptions(**given))
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.tables import show_comparison

    show_comparison(answer, out)

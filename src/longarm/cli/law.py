"""The law base on the command line: list, show, applies, diff."""

from __future__ import annotations

import json
from typing import Any

import click

from longarm.cli.frame import consoles, json_option, open_workspace, options
from longarm.model.options import LawOptions


@click.group()
def law() -> None:
    """The law base: instruments and articles, as they stood on a day."""


@law.command("list")
@click.option("--state", help="Only this state's: an ISO 3166 code.")
@click.option("--as-of", help="Only what was in force on this day: YYYY-MM-DD.")
@json_option
def law_list(state: str | None, as_of: str | None, as_json: bool) -> None:
    """List instruments: id, whose, since when, how well read."""
    from longarm.law.listing import listing

    rows = listing(state, as_of)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.law_tables import no_instruments, show_instruments

    if not rows:
        click.echo(no_instruments(state, as_of, listing()))
        return
    show_instruments(rows, consoles()[0])


@law.command("show")
@click.argument("identity", metavar="ID")
@json_option
def law_show(identity: str, as_json: bool) -> None:
    """Show an instrument: its articles, whom they bind, by which route, and its limits."""
    from longarm.law.listing import detail

    found = detail(identity)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.law_tables import show_instrument

    show_instrument(found, consoles()[0])


@law.command("applies")
@click.argument("entity")
@options(LawOptions)
@json_option
@click.pass_context
def law_applies(ctx: click.Context, /, entity: str, as_json: bool, **given: Any) -> None:
    """Say which articles bind ENTITY on a day, by which route; and what is not known."""
    out, err = consoles()
    answer = open_workspace(ctx, None if as_json else err).law_applies(entity, LawOptions(**given))
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.law_tables import show_duties

    show_duties(answer, out)


@law.command("diff")
@click.argument("first", metavar="DATE")
@click.argument("second", metavar="DATE")
@click.option("--state", help="Only this state's: an ISO 3166 code.")
@json_option
def law_diff(first: str, second: str, state: str | None, as_json: bool) -> None:
    """Say what came into force, ended, was renumbered or lives on between two days."""
    from longarm.law.listing import diff

    rows = diff(first, second, state)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    from longarm.dossier.law_tables import show_changes

    show_changes(rows, consoles()[0])

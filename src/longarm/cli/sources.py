"""Where documents come from and go back to: the entries of a feed, and which documents are one origin."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from longarm.cli.frame import FAULT, consoles, json_option, open_workspace, options, tell
from longarm.errors import InputError
from longarm.model.options import ExtractOptions


@click.command()
@click.argument("source", metavar="FILE-OR-URL")
@click.option("--propose", is_flag=True, help="Fetch the entries, keep them, and put their claims into the review.")
@click.option("--most", default=20, show_default=True, help="With --propose: how many entries, from the first.")
@options(ExtractOptions)
@json_option
@click.pass_context
def feed(ctx: click.Context, /, source: str, propose: bool, most: int, as_json: bool, **given: Any) -> None:
    """List the entries of a feed: RSS, RDF or Atom. Each is an address that `longarm extract` takes."""
    from rich.markup import escape

    from longarm.workspace import extracting

    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    found = extracting.feed(source, now)
    out, err = consoles()
    if nowhere := sum(not e.url for e in found):
        err.print(f"[red]![/] {nowhere} entries have no address of http or https: they cannot be read.")
    if propose:
        _take_entries(ctx, [e.url for e in found if e.url][:most], ExtractOptions(**given), now, as_json)
        return
    if as_json:
        click.echo(json.dumps([asdict(e) for e in found], ensure_ascii=False, indent=1))
        return
    for entry in found:
        out.print(f"[dim]{entry.published or entry.updated or 'undated'}[/]  {escape(entry.title)}", highlight=False)
        out.print(f"  {escape(entry.url or 'no address')}", highlight=False, soft_wrap=True)
    out.print(f"[dim]{len(found)} entries.[/]")


def _take_entries(
    ctx: click.Context, urls: Sequence[str], chosen: ExtractOptions, at: dt.datetime, as_json: bool
) -> None:
    from longarm.cli.extract import answer_of, say
    from longarm.workspace import extracting

    answers: list[dict[str, Any]] = []
    failed = 0
    for url, read in extracting.take_all(open_workspace(ctx, None), urls, chosen, at):
        if isinstance(read, InputError):
            failed += 1
            answers.append({"document": url, **read.to_dict()})
            if not as_json:
                tell(read.to_dict(), str(read), read.where.mend)
            continue
        answers.append(answer_of(read))
        if not as_json:
            say(read)
    if as_json:
        click.echo(json.dumps(answers, ensure_ascii=False, indent=1))
    if failed:
        ctx.exit(FAULT)


@click.group(invoke_without_command=True)
@click.pass_context
def echo(ctx: click.Context) -> None:
    """Say which documents on file go back to one origin, and decide on it."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listed, as_json=False)


@echo.command("list")
@json_option
@click.pass_context
def listed(ctx: click.Context, as_json: bool) -> None:
    """List the groups that are proposed and not yet decided on, the largest first."""
    from rich.markup import escape

    from longarm.workspace import echoes

    workspace = open_workspace(ctx, None)
    standing = echoes.accepted(workspace)
    found = [p for p in echoes.proposed(workspace) if p["id"] not in standing]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    out, _ = consoles()
    for group in found:
        out.print(f"[bold]{group['id']}[/]  {escape(group['says'])}: {escape(group['name'])}", highlight=False)
        for member in group["members"]:
            why = f": {escape(member['why'])}" if member.get("why") else ""
            out.print(f"  {escape(str(member['role']))} [dim]{member['document'][:12]}{why}[/]", highlight=False)
    decided = f", {len(standing)} decided" if standing else ""
    out.print(f"[dim]{len(found)} groups proposed{decided}. `longarm echo accept ID` makes one origin of a group.[/]")


@echo.command()
@click.argument("identity", metavar="ID")
@click.pass_context
def accept(ctx: click.Context, identity: str) -> None:
    """Decide that the documents of a group go back to one origin: what they repeat counts once."""
    from longarm.workspace import echoes

    chosen = echoes.accept(open_workspace(ctx, None), identity)
    click.echo(f"{len(chosen['members'])} documents are one origin now: {identity}.")


@echo.command()
@click.argument("identity", metavar="ID")
@click.pass_context
def withdraw(ctx: click.Context, identity: str) -> None:
    """Take such a decision back."""
    from longarm.workspace import echoes

    echoes.withdraw(open_workspace(ctx, None), identity)
    click.echo(f"Taken back: {identity}.")

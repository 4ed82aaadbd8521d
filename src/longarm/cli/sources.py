"""Where documents come from and go back to: the entries of a feed, and which documents are one origin."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from longarm.cli.frame import consoles, json_option, open_workspace
from longarm.errors import SourceError

if TYPE_CHECKING:
    from longarm.fetch import Fetched

LARGEST = 20_000_000
"""Bytes of one file."""


def is_web(name: str) -> bool:
    """Say whether a source is an address of the web; anything else is a path."""
    return name.lower().startswith(("http://", "https://"))


def opened(name: str) -> bytes:
    """Read a file whole. Raises SourceError where it is missing, too large or not to be read."""
    path = Path(name)
    try:
        if not path.is_file():
            raise SourceError("no such file", file=name, mend="give the path of a document, or an address of the web")
        if path.stat().st_size > LARGEST:
            raise SourceError(f"more than {LARGEST:,} bytes", file=name, mend="split it into its documents")
        return path.read_bytes()
    except OSError as fault:
        raise SourceError(f"cannot be read: {fault.strerror}", file=name) from None


def fetched(url: str) -> Fetched:
    """Take a page from the web, now. Raises Refused where it may not be asked, or its answer may not be taken."""
    from longarm import fetch

    return fetch.fetch(url, dt.datetime.now(dt.UTC).replace(microsecond=0))


@click.command()
@click.argument("source", metavar="FILE-OR-URL")
@json_option
def feed(source: str, as_json: bool) -> None:
    """List the entries of a feed: RSS, RDF or Atom. Each is an address that `longarm extract` takes."""
    from rich.markup import escape

    from longarm import fetch

    if is_web(source):
        got = fetched(source)
        found = fetch.entries(got.body, got.url)
    else:
        found = fetch.entries(opened(source), Path(source).name)
    if as_json:
        click.echo(json.dumps([asdict(e) for e in found], ensure_ascii=False, indent=1))
        return
    out, _ = consoles()
    for entry in found:
        out.print(f"[dim]{entry.published or entry.updated or 'undated'}[/]  {escape(entry.title)}", highlight=False)
        out.print(f"  {escape(entry.url)}", highlight=False, soft_wrap=True)
    out.print(f"[dim]{len(found)} entries.[/]")


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

"""What goes in and comes out: init, ingest, export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from longarm.cli.frame import consoles, json_option, open_workspace, options
from longarm.model.options import IngestOptions

if TYPE_CHECKING:
    from rich.console import Console

    from longarm.workspace import Ingested


@click.command()
@click.argument("folder", metavar="DIR")
@json_option
def init(folder: str, as_json: bool) -> None:
    """Make a workspace in DIR, with a commented example of a case in DIR/case."""
    from longarm import workspace

    made = workspace.init(folder)
    case = workspace.write_example(Path(folder) / "case")
    if as_json:
        click.echo(json.dumps({"workspace": str(made.layout.root), "case": [str(p) for p in case]}))
        return
    click.echo(f"Made a workspace in {folder}, with an example to write your own case by in {folder}/case:")
    for path in case:
        click.echo(f"  {path}")
    click.echo(f"\nNext:  cd {folder}\n       longarm ingest case\n       longarm reach port-of-norhaven AU")


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@options(IngestOptions)
@json_option
@click.pass_context
def ingest(ctx: click.Context, /, sources: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Take case folders, or whatever is in a format that is read here: files, folders, globs, `-` for standard input.

    The format is found by content, packed or not. The same source twice adds nothing; a load that was stopped goes on
    where it stopped, when the same command is given again. A newer snapshot of a register ends what vanished.
    """
    out, err = consoles()
    workspace = open_workspace(ctx, None if as_json else err)
    done = [(s, workspace.ingest(s, IngestOptions(**options))) for s in sources]
    if as_json:
        click.echo(json.dumps([{"source": s, **vars(i)} for s, i in done], ensure_ascii=False, indent=1))
        return
    for source, taken in done:
        _say_ingested(out, err, source, taken)


def _say_ingested(out: Console, err: Console, source: str, taken: Ingested) -> None:
    from rich.markup import escape

    if taken.commit is None:
        out.print(f"{escape(source)}: nothing new; it was here already.")
    else:
        out.print(
            f"{escape(source)}: {taken.statements:,} statements from {taken.documents:,} documents, "
            f"as '{escape(taken.dataset)}' (commit {taken.commit})."
            + (f" {taken.withdrawn:,} that this version no longer makes are withdrawn." if taken.withdrawn else "")
        )
    for warning in taken.warnings:
        err.print(f"[red]![/] {escape(warning)}")
    if taken.rejects:
        err.print(f"[red]![/] {taken.rejects} rows were not taken; each with its reason in {taken.reject_file}")

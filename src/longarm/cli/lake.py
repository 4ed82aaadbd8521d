"""What lies on file and whether it is whole: verify, lake stats, log, show, diff, compact."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

import click

from longarm.cli.frame import consoles, json_option, open_workspace


@click.command()
@click.option("--set-aside", is_flag=True, help="Read damaged parts no more, and those brought back whole again.")
@json_option
@click.pass_context
def verify(ctx: click.Context, set_aside: bool, as_json: bool) -> None:
    """Check every byte on file, every contract, span and id; exit 1 where something is not as it was committed.

    What is damaged is named. With --set-aside the rest is served without it; every answer says that rows are missing.
    """
    from longarm.workspace import verifying

    _, err = consoles()
    found = verifying.verify(open_workspace(ctx, None if as_json else err), set_aside=set_aside)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        for fault in found.faults:
            where = f" (commit {fault.commit})" if fault.commit is not None else ""
            click.echo(f"{fault.kind} {fault.name}{where}: {fault.says}")
        click.echo(
            f"{found.parts:,} parts, {found.documents:,} documents, {found.statements:,} statements: "
            + (f"{len(found.faults):,} faults" if found.faults else "all as it was committed")
        )
        if found.set_aside or found.taken_back:
            click.echo(f"{found.set_aside:,} parts are read no more, {found.taken_back:,} are read again")
    ctx.exit(1 if found.faults else 0)


@click.group()
def lake() -> None:
    """Look into the lake of facts: its parts, its commits, what came between two; merge small parts."""


@lake.command()
@json_option
@click.pass_context
def stats(ctx: click.Context, as_json: bool) -> None:
    """Say how many parts, rows and bytes there are, by table and source."""
    from longarm.workspace import history

    found = history.stats(open_workspace(ctx))
    if _json(found, as_json):
        return
    for row in found["tables"]:
        size = f"{row['bytes'] / row['rows']:.1f} bytes a row" if row["rows"] else "no rows"
        click.echo(
            f"{row['table']:<12} {row['source']:<28} {row['rows']:>13,} rows in {row['parts']:,} parts, "
            f"{row['bytes']:,} bytes ({size}); {row['retired']:,} retired"
        )
    for row in found["unfinished"]:
        click.echo(f"not finished: {row['source']}, {row['statements']:,} statements so far; ingest it again to go on")
    if found["unnamed"]["parts"]:
        click.echo(f"{found['unnamed']['parts']:,} parts that no commit names, {found['unnamed']['bytes']:,} bytes")


@lake.command()
@json_option
@click.pass_context
def log(ctx: click.Context, as_json: bool) -> None:
    """List the commits, the newest first."""
    from longarm.workspace import history

    found = history.log(open_workspace(ctx))
    if _json(found, as_json):
        return
    for row in found:
        click.echo(f"{row['seq']:>5}  {row['at']}  {row['author']:<12} {_rows(row['rows'])}  {row['source']}")


@lake.command()
@click.argument("commit", type=int)
@json_option
@click.pass_context
def show(ctx: click.Context, commit: int, as_json: bool) -> None:
    """Show what COMMIT brought."""
    from longarm.workspace import history

    found = history.show(open_workspace(ctx), commit)
    if _json(found, as_json):
        return
    click.echo(f"commit {found['seq']} of {found['at']} by {found['author']}, {found['program']}: {found['source']}")
    for part in found["parts"]:
        retired = f", retired by {part['retired']}" if part["retired"] is not None else ""
        click.echo(f"  {part['table']:<12} {part['hash']}  {part['rows']:,} rows, {part['size']:,} bytes{retired}")
    _statements(found["statements"])


@lake.command()
@click.argument("before", type=int)
@click.argument("after", type=int)
@json_option
@click.pass_context
def diff(ctx: click.Context, before: int, after: int, as_json: bool) -> None:
    """Say what came after commit BEFORE, up to commit AFTER; 0 is before the first."""
    from longarm.workspace import history

    found = history.diff(open_workspace(ctx), before, after)
    if _json(found, as_json):
        return
    click.echo(f"{found['added']:,} statements added, {found['ended']:,} ended, {found['withdrawn']:,} withdrawn")
    _statements(found["statements"])
    for row in found["endings"]:
        click.echo(f"  ended {row['ended']}: {row['statement']}")


@lake.command()
@json_option
@click.pass_context
def compact(ctx: click.Context, as_json: bool) -> None:
    """Merge small parts into large ones, in one transaction. No answer changes; old parts stay on disk."""
    from longarm.workspace import compacting

    _, err = consoles()
    done = compacting.compact(open_workspace(ctx, None if as_json else err), dt.datetime.now(dt.UTC))
    if _json(asdict(done), as_json):
        return
    if done.commit is None:
        click.echo("There is nothing to merge.")
        return
    click.echo(
        f"{done.parts_before:,} parts became {done.parts_after:,}, {done.bytes_before:,} bytes {done.bytes_after:,} "
        f"(commit {done.commit})"
    )


def _json(value: Any, as_json: bool) -> bool:
    if as_json:
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
    return as_json


def _rows(rows: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {table}" for table, count in sorted(rows.items())) or "no rows"


def _statements(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        click.echo(f"  {row['entity_id']}  {row['schema']}.{row['prop']} = {row['value'][:80]}")

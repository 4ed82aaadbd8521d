"""A case held against what careful readers expect of it: check."""

from __future__ import annotations

import json

import click

from longarm.cli.frame import consoles, json_option, progress


@click.command()
@click.argument("case", metavar="CASE")
@click.argument("expected", metavar="EXPECTED")
@json_option
@click.pass_context
def check(ctx: click.Context, case: str, expected: str, as_json: bool) -> None:
    """Hold a case folder against an expected.json; exit 1 where a finding that readers agreed on differs."""
    from longarm.workspace.checking import check as checked

    out, err = consoles()
    found = checked(case, expected, progress(err) if not as_json else lambda _: None)
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
    else:
        from longarm.dossier.tables import show_checked

        show_checked(found.to_dict(), out)
    ctx.exit(1 if found.failures else 0)

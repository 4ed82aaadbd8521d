"""Writing a case and holding it against what careful readers expect of it: draft, check."""

from __future__ import annotations

import json
from pathlib import Path

import click

from longarm.cli.frame import consoles, json_option, progress
from longarm.errors import SourceError


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


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("folder", metavar="DIR")
@click.option("--site", metavar="ID", help="The entity that is the site, where the file does not say so.")
@click.option("--state", "states", multiple=True, help="A state to test; every country of the entities if not given.")
@json_option
def draft(source: str, folder: str, site: str | None, states: tuple[str, ...], as_json: bool) -> None:
    """Draft a site register from SOURCE, a folder of cited facts and entities, into DIR: a proposal to go through."""
    from longarm.ingest import drafting, files
    from longarm.workspace.checking import write_draft

    given = files.read(Path(source))
    if not drafting.is_draftable(given):
        raise SourceError(
            f"'{source}' cannot be drafted from", mend="a folder with facts.json, *.ftm.jsonl and no site.yaml"
        )
    made = write_draft(given, drafting.Wanted(site=site, states=states), Path(folder))
    if as_json:
        click.echo(json.dumps({"case": str(made)}))
        return
    click.echo(f"Drafted {made}/site.yaml. Go through every line of it, then: longarm ingest {made}")

"""What goes out to other tools: the entities of a workspace, or the evidence of a dossier."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from longarm.cli.frame import consoles, json_option, open_workspace, options, write_out
from longarm.errors import OptionError
from longarm.model.formats import FORMATS
from longarm.model.options import DossierOptions


@click.command()
@click.argument("site", required=False)
@click.argument("states", metavar="[STATE...]", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    help="With a SITE: the format of the evidence; ftm if not given.",
)
@click.option("--out", "out_file", metavar="FILE", help="Where to write; standard output if not given.")
@click.option("--tlp", metavar="LABEL", help="With misp: the Traffic Light Protocol label of the event.")
@click.option("--draft", is_flag=True, help="Write it though something lacks its source or its answer.")
@options(DossierOptions)
@json_option
@click.pass_context
def export(ctx: click.Context, /, site: str | None, states: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Write the entities of the workspace as FollowTheMoney, or the evidence of a dossier of SITE in another format.

    Without SITE: every entity, one a line, or one list with --json. With SITE: what the dossier for some STATEs cites.
    Refused, as the dossier is, while something negative on somebody named lacks its source or its answer.
    """
    out_file, form, tlp, draft = (given.pop(k) for k in ("out_file", "form", "tlp", "draft"))
    known_at = given["known_at"]
    workspace = open_workspace(ctx, None if as_json or not site else consoles()[1])
    if site is None:
        if form not in (None, "ftm") or tlp or draft or given != {**asdict(DossierOptions()), "known_at": known_at}:
            raise OptionError(
                "without a site only --known-at, --out and --json mean anything; the rest speaks of a dossier",
                mend="longarm export SITE [STATE...] --format …",
            )
        _put(_entities(workspace.entities(known_at), as_json=as_json).encode(), out_file)
        return
    from longarm.dossier.checks import lacking, must_be_whole
    from longarm.dossier.whole import whole
    from longarm.workspace.exporting import exported

    value = workspace.dossier(site, states, DossierOptions(**given))
    if not draft:
        must_be_whole(value, whole(value))
    elif lacking(value, whole(value)):
        value = {**value, "question": {**value["question"], "draft": True}}
    _put(exported(value, workspace.entities(known_at), form or "ftm", tlp), out_file)


def _entities(entities: list[dict[str, Any]], *, as_json: bool) -> str:
    if as_json:
        return json.dumps(entities, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return "".join(json.dumps(e, ensure_ascii=False, sort_keys=True) + "\n" for e in entities)


def _put(data: bytes, out_file: str | None) -> None:
    if out_file is None:
        click.echo(data, nl=False)
        return
    write_out(Path(out_file), data)
    click.echo(f"{out_file}: {len(data):,} bytes")

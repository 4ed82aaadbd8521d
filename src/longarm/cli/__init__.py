"""The command line: the same verbs as in Python, with the same options. The one place that prints.

What is heavy is imported inside the command that needs it, so that `longarm --help` answers at once.
"""

from __future__ import annotations

import click

from longarm import config
from longarm.cli.answers import compare, control, explain, reach
from longarm.cli.checking import check, draft
from longarm.cli.dossier import dossier
from longarm.cli.exporting import export
from longarm.cli.extract import extract
from longarm.cli.facts import ingest, init
from longarm.cli.frame import Group
from longarm.cli.lake import lake, verify
from longarm.cli.law import law
from longarm.cli.mapping import mapping
from longarm.cli.pages import demo, serve
from longarm.cli.review import review
from longarm.cli.sources import echo, feed


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--workspace", metavar="DIR", help="The workspace; the one around the current folder if not given.")
@click.version_option(package_name="longarm", message="longarm %(version)s")
@click.pass_context
def main(ctx: click.Context, workspace: str | None) -> None:
    """How far does a foreign state's arm reach into a critical site, by which path, and what cuts it?

    First steps: `longarm demo` shows the Liège case. `longarm init DIR` makes a workspace with a commented example to
    write your own case by; `longarm ingest`, `longarm reach SITE STATE`, `longarm dossier SITE --out FILE.pdf`,
    `longarm explain ID`, `longarm serve` go on.
    """
    ctx.obj = workspace or config.read().workspace


for command in (
    demo,
    init,
    ingest,
    verify,
    lake,
    mapping,
    review,
    reach,
    dossier,
    compare,
    explain,
    control,
    check,
    draft,
    law,
    serve,
    export,
    extract,
    feed,
    echo,
):
    main.add_command(command)

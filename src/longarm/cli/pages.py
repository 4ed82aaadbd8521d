"""What is shown in a browser: serve, demo."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from pathlib import Path

import click

from longarm.cli.frame import consoles, json_option, open_workspace, progress


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; others can reach any but this."
)
@click.option(
    "--port", default=8321, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@json_option
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, as_json: bool) -> None:
    """Show the workspace as pages, and answer over HTTP. Ctrl-C stops it."""
    from longarm.serve import run

    workspace = open_workspace(ctx)
    run.serve(workspace, host, port, lambda address: _serving(address, as_json=as_json))


def _serving(address: str, *, as_json: bool = False) -> None:
    click.echo(json.dumps({"address": address}) if as_json else f"The page: {address}   (Ctrl-C stops it)")


@click.command()
@click.option(
    "--dir", "folder", metavar="DIR", help="Where to keep the demonstration; a temporary folder if not given."
)
@click.option("--no-serve", is_flag=True, help="Only compute and print.")
@click.option(
    "--port", default=8321, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@json_option
def demo(folder: str | None, no_serve: bool, port: int, as_json: bool) -> None:
    """Show the Liège case: ingest it, compute how far China reaches into the cargo airport, print it, serve it."""
    import tempfile

    from longarm import workspace
    from longarm.dossier.terminal import show
    from longarm.dossier.view import view

    out, err = consoles()
    place = Path(folder) if folder else Path(tempfile.mkdtemp(prefix="longarm-demo-"))
    shown = workspace.demo(place, progress(err) if not as_json else lambda _: None)
    report = shown.reach(workspace.DEMO_SITE, workspace.DEMO_STATE)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        show(view(report), out)
        click.echo(f"\nThe workspace is in {place}. Ask it more:")
        click.echo(f"  {_program()} --workspace {shlex.quote(str(place))} reach {workspace.DEMO_SITE} US\n")
    if not no_serve:
        from longarm.serve import run

        shown.dossier(workspace.DEMO_SITE)  # so that the first look at the page does not wait

        answer = f"sites/{workspace.DEMO_SITE}/dossier"
        run.serve(shown, "127.0.0.1", port, lambda address: _serving(f"{address}{answer}", as_json=as_json))


def _program() -> str:
    """Give how this very program is called: by its name where a shell finds it, else by where it lies."""
    if shutil.which("longarm"):
        return "longarm"
    called = Path(sys.argv[0]).resolve()
    if called.name == "longarm":
        return shlex.quote(str(called))
    return f"{shlex.quote(sys.executable)} -m longarm.cli"

"""What every command shares: how faults are said, options declared once, the workspace, the consoles."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from longarm.errors import LongarmError
from longarm.model.options import declared

if TYPE_CHECKING:
    from rich.console import Console

    from longarm.workspace import Workspace

_F = TypeVar("_F", bound=Callable[..., Any])
FAULT = 2


class Group(click.Group):
    """Says every fault in one sentence with its mend, and exits with 2; with --json, as JSON too."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LongarmError as fault:
            tell(fault.to_dict(), str(fault), fault.where.mend)
            ctx.exit(FAULT)
        except KeyboardInterrupt:
            click.echo("Stopped. Nothing half-done was kept.", err=True)
            ctx.exit(130)
        except OSError as fault:
            words = f"{fault.filename or 'the workspace'}: {fault.strerror or fault}"
            tell({"error": "system", "message": words}, words, None)
            ctx.exit(FAULT)

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Say also what click itself finds at fault as JSON, where JSON was asked for."""
        if not extra.pop("standalone_mode", True):
            return super().main(args, prog_name, standalone_mode=False, **extra)
        try:
            # Without standalone mode click gives the code of `ctx.exit` back instead of leaving with it.
            code = super().main(args, prog_name, standalone_mode=False, **extra)
            sys.exit(code if isinstance(code, int) else 0)
        except click.ClickException as fault:
            if wants_json():
                tell({"error": "option", "message": fault.format_message()}, "", None)
            else:
                fault.show()
            sys.exit(FAULT)
        except click.exceptions.Abort:
            click.echo("Stopped. Nothing half-done was kept.", err=True)
            sys.exit(130)


def wants_json() -> bool:
    """True where JSON was asked for, also where the command line is too wrong to be parsed."""
    return "--json" in sys.argv


def tell(value: dict[str, Any], words: str, mend: str | None) -> None:
    """Say a fault: in words on stderr, or as JSON in both places."""
    if wants_json():
        text = json.dumps(value, ensure_ascii=False)
        click.echo(text)  # whoever reads the answer finds the error in its place
        click.echo(text, err=True)
        return
    click.echo(f"longarm: {words}", err=True)
    if mend:
        click.echo(f"         {mend}", err=True)


def options(of: type) -> Callable[[_F], _F]:
    """Give a command the options that its verb declares."""

    def add(command: _F) -> _F:
        for option in reversed(list(declared(of))):
            name = f"--{option.name.replace('_', '-')}"
            if isinstance(option.default, bool):
                command = click.option(name, option.name, is_flag=True, help=option.says)(command)
                continue
            kind: Any = (
                click.Choice(option.choices) if option.choices else int if isinstance(option.default, int) else str
            )
            command = click.option(
                name,
                option.name,
                default=option.default,
                type=kind,
                help=option.says,
                metavar=option.metavar,
                show_default=isinstance(option.default, int),
            )(command)
        return command

    return add


def json_option(command: _F) -> _F:
    """Give a command `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Answer, and errors, as JSON for programs.")(command)


def open_workspace(ctx: click.Context, console: Console | None = None) -> Workspace:
    """Open the workspace that was named, or the one around the current folder; steps are told on `console`."""
    from longarm import workspace

    found = workspace.open(ctx.obj or ".")
    if console is not None:
        found.progress = progress(console)
    return found


def write_out(path: Path, data: bytes) -> None:
    """Write what a user asked for where they asked, whole or not at all, and readable as their other files are."""
    from longarm.store.files import write_whole

    write_whole(path, data)
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def progress(console: Console) -> Callable[[str], None]:
    """Give what tells each step as it begins."""

    def say(step: str) -> None:
        console.print(f"[dim]{step} …[/]", highlight=False)

    return say


def consoles() -> tuple[Console, Console]:
    """Give the console for answers and the one for progress and warnings."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False), Console(stderr=True, highlight=False)

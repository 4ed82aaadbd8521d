"""The report on a terminal: the answer, the strongest path hop by hop with its evidence, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from longarm.dossier.view import Cell, Evidence, PathView, View
from longarm.model import states

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_MARK = {"see": ("○", "◐", "◑", "●"), "shape": ("△", "◭", "◮", "▲"), "stop": ("□", "◧", "◨", "■")}
_FILL = {"no path found": 0, "legal power only": 1, "means only": 2, "power and means": 3}
_LINE = {"control": "━━", "compel": "══", "influence": "┄┄", "means": "──", "fact": "··"}
STANCE = {"asserted": "=", "alleged": "~", "denied": "≠", "planned": "⇢", "inferred": "∴"}


def mark(capability: str, rung: str) -> str:
    """Give the mark of a finding: the form says the capability, the filled halves power (left) and means (right)."""
    if rung == "not assessed":
        return "◌"
    return _MARK[capability][_FILL.get(rung, 3)]


def show(view: View, console: Console) -> None:
    """Write the view of a report."""
    for block in _blocks(view):
        console.print(block)


def _blocks(v: View) -> Iterator[RenderableType]:
    from rich.markup import escape
    from rich.padding import Padding

    yield ""
    yield f"[bold]How far does the arm of {escape(states.in_text(v.state))} reach into {escape(v.site_name)}?[/]"
    yield f"[dim]{v.dates}[/]"
    yield Padding(escape(v.headline), (0, 0, 1, 0))
    yield from _answers(v)
    if v.strongest:
        yield ""
        yield from _path(v.strongest, "The strongest path")
    if v.others:
        yield ""
        yield "[bold]Also[/]"
        for path in v.others:
            names = " → ".join([path.hops[0].start_name, *(h.end_name for h in path.hops)])
            yield Padding(f"{mark(path.capability, path.rung)} {escape(names)} [dim]{path.share:.2f}[/]", (0, 0, 0, 2))
    if v.cuts:
        yield ""
        yield "[bold]What cuts it[/] [dim](share of worlds that is left)[/]"
        for words, left in v.cuts:
            yield Padding(f"[red]✕[/] {escape(' and '.join(words))}  [dim]{left:.2f}[/]", (0, 0, 0, 2))
    if v.next:
        yield ""
        yield "[bold]What to find out next[/] [dim](how far the answer could move)[/]"
        for question, gain, _ in v.next:
            yield Padding(f"{gain:.2f}  {escape(question)}", (0, 0, 0, 2))
    if v.beside:
        yield ""
        yield "[bold]Beside it[/]"
        for e in v.beside:
            yield Padding(_said(e), (0, 0, 0, 2))
    yield ""
    yield from _coverage(v)


def _answers(v: View) -> Iterator[RenderableType]:
    """One capability after the other: the reading, the mark, the rung, the confidence; then the sentence."""
    from rich.markup import escape
    from rich.padding import Padding

    for line in v.lines:
        if line.agrees and line.wide is not None:
            rows = [("in either reading", line.wide)]
        else:
            given = (("narrow reading", line.narrow), ("wide reading", line.wide))
            rows = [(name, cell) for name, cell in given if cell is not None]
        for i, (name, cell) in enumerate(rows):
            lead = f"[bold]{line.capability.capitalize():<6}[/]" if i == 0 else " " * 6
            yield f"{lead}{_cell(line.capability, cell)} [dim]{name}[/]"
        yield Padding(escape(line.sentence), (0, 0, 0, 6))


def _cell(capability: str, cell: Cell) -> str:
    style = "bold blue" if cell.rung == "power and means" else "default"
    level = f", {cell.level}" if cell.level else ""
    words = f"{mark(capability, cell.rung)} {cell.rung}{level}"
    figure = f"  {cell.figure}" if cell.figure else ""
    if cell.rung == "no path found" and cell.confidence is not None:  # no probability of innocence: a count of worlds
        figure = f"  in {cell.confidence:.2f} of worlds"
    bounds = f" [dim]({cell.bounds[0]:.2f} to {cell.bounds[1]:.2f})[/]" if cell.bounds else ""
    gross = ""
    if cell.differs_gross and cell.gross_confidence is not None:
        gross = f" [dim]gross {cell.gross_rung} {cell.gross_confidence:.2f}[/]"
    return f"[{style}]{words}[/]{figure}{bounds}{gross}"


def _path(path: PathView, title: str) -> Iterator[RenderableType]:
    from rich.markup import escape
    from rich.padding import Padding

    yield f"[bold]{title}[/] [dim]{path.capability}, {path.reading} reading, holds in {path.share:.2f} of worlds[/]"
    yield f"  ○ [bold]{escape(path.hops[0].start_name)}[/]"
    for hop in path.hops:
        line = _LINE.get(hop.level, "──")
        confirmed = f" [dim]last confirmed {hop.last_confirmed}[/]" if hop.last_confirmed else ""
        for i, words in enumerate(hop.words):
            lead = f"{line} [blue]{hop.level}[/]: " if i == 0 else "   "
            yield Padding(f"{lead}{escape(words)}{confirmed if i == 0 else ''}", (0, 0, 0, 2))
        for e in hop.evidence:
            yield Padding(_said(e), (0, 0, 0, 5))
        dot = "■" if hop.is_last else "◉" if hop.meets else "○"
        meets = " [blue]power and means meet here[/]" if hop.meets and path.rung == "power and means" else ""
        yield f"  {dot} [bold]{escape(hop.end_name)}[/]{meets}"


def _said(e: Evidence) -> str:
    from rich.markup import escape

    colour = "red" if e.stance == "denied" else "dim"
    says = e.says if len(e.says) <= 220 else e.says[:217] + "…"
    chain = " ‹ ".join(reversed(e.chain)) or e.who or "no source"
    kind = ", our note" if e.kind == "our note" else ""
    if e.documents > 1:
        kind += f", {e.documents} → 1"
    grade = f" {e.grade}" if e.grade else ""
    return (
        f"[{colour}]{STANCE.get(e.stance, '?')} {e.stance}{grade}[/] {escape(says)} "
        f"[dim]{escape(chain)}, {escape(e.when)}{kind} · {e.id[:12] if not e.id.startswith('law:') else e.id}[/]"
    )


def _coverage(v: View) -> Iterator[RenderableType]:
    from rich.markup import escape
    from rich.padding import Padding

    c = v.coverage
    yield (
        f"[bold]Coverage: {c['status']}[/] [dim]{len(c['instruments'])} instruments of {escape(v.state_name)} in force "
        f"looked at, {c['statements']:,} statements, {c['origins']} origins, {v.worlds:,} worlds[/]"
    )
    for title, several in (("Not known", v.gaps), ("Looked at, no line drawn", v.not_linked)):
        if several:
            yield f"  [bold]{title}[/]"
            for _, sentence, remark in several:
                yield Padding(f"· {escape(sentence)}" + (f" [dim]{escape(remark)}[/]" if remark else ""), (0, 0, 0, 2))
    for warning in v.warnings:
        yield Padding(f"[red]![/] {escape(warning)}", (0, 0, 0, 2))
    for line in v.possible[:6]:
        yield Padding(f"[dim]below the threshold: {escape(line)}[/]", (0, 0, 0, 2))

"""The report on a terminal: the answer, the strongest path hop by hop with its evidence, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from longarm.dossier.evidence import Evidence
from longarm.dossier.paths import PathView
from longarm.dossier.view import Cell, View
from longarm.model import states
from longarm.model.terms import OUR_NOTE

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

_MARK = {"see": ("○", "◐", "◑", "●"), "shape": ("△", "◭", "◮", "▲"), "stop": ("□", "◧", "◨", "■")}
_FILL = {"no path found": 0, "legal power only": 1, "means only": 2, "power and means": 3}
_LINE = {"control": "━━", "compel": "══", "influence": "┄┄", "means": "──", "fact": "··"}
WIDE = 110
"""Columns from which a list is a table; below that each row is a block, so that no id is cut."""
STANCE = {"asserted": "=", "alleged": "~", "denied": "≠", "planned": "⇢", "inferred": "∴"}


def mark(capability: str, rung: str) -> str:
    """Give the mark of a finding: the form says the capability, the filled halves power (left) and means (right)."""
    if rung == "not assessed":
        return "◌"
    return _MARK[capability][_FILL.get(rung, 3)]


class Trimmed:
    """What is printed without the blanks that fill a line to its end: they are no part of what is said."""

    def __init__(self, inner: RenderableType, left: int = 0) -> None:
        self.inner, self.left = inner, left

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.padding import Padding
        from rich.segment import Segment

        inner = Padding(self.inner, (0, 0, 0, self.left)) if self.left else self.inner
        for line in console.render_lines(inner, options, pad=False):
            while line and not line[-1].text.strip():
                line.pop()
            if line:
                line[-1] = line[-1]._replace(text=line[-1].text.rstrip())
            yield from line
            yield Segment.line()


def put(console: Console, what: RenderableType, left: int = 0) -> None:
    """Print, `left` blanks from the margin, without blanks at the ends of lines."""
    console.print(Trimmed(what, left), end="")


def show(view: View, console: Console) -> None:
    """Write the view of a report."""
    for left, block in _blocks(view):
        put(console, block, left)


def _blocks(v: View) -> Iterator[tuple[int, str]]:
    from rich.markup import escape

    yield 0, ""
    country = escape(states.in_text(v.state))
    yield 0, f"[bold]How far does the arm of {country} reach into {escape(v.site_name)}?[/]"
    yield 0, f"[dim]{v.dates}[/]"
    yield from _head(v, country)
    yield from _answers(v)
    if v.strongest:
        yield 0, ""
        yield from _path(v.strongest, "The strongest path")
    if v.second:
        yield 0, ""
        yield from _path(v.second, "Where disputed routes are taken as open")
    if v.others:
        yield 0, ""
        yield 0, "[bold]Also[/] [dim](share of worlds in which the path holds)[/]"
        for path in v.others:
            names = " → ".join([path.hops[0].start_name, *(h.end_name for h in path.hops)])
            about = f"{path.capability}, {path.reading}, {path.share:.2f}"
            yield 2, f"{mark(path.capability, path.rung)} {escape(names)} [dim]({about})[/]"
    if v.cuts:
        yield 0, ""
        left_over = f"share of worlds that is left; below {v.threshold:.2f} the finding falls"
        yield 0, f"[bold]What cuts it[/] [dim]({_of(v.strongest)}: {left_over})[/]"
        for words, left in v.cuts:
            yield 2, f"{left:.2f}  [red]✕[/] {escape(' and '.join(words))}"
    if v.next:
        yield 0, ""
        yield 0, f"[bold]What to find out next[/] [dim]({_of(v.strongest)}: how far it could move)[/]"
        for question, gain, _ in v.next:
            yield 2, f"{gain:.2f}  {escape(question)}"
    if v.beside:
        yield 0, ""
        yield 0, "[bold]Beside it[/]"
        for e in v.beside:
            yield 2, _said(e)
    yield 0, ""
    yield from _coverage(v)
    yield 0, ""
    yield from _key()


def _head(v: View, country: str) -> Iterator[tuple[int, str]]:
    """Say the answer, and what a reader must know before it."""
    from rich.markup import escape

    if v.supposed:
        yield 0, f"[red]![/] Supposed, against the case: {escape('; '.join(v.supposed))}."
    yield 0, escape(v.headline)
    if v.coverage.get("law_in_base") is False:
        only = "only ownership and control were looked at"
        yield 0, f"[red]![/] No law of {country} in force that day is in the base: {only}."
    yield 0, ""


def _of(path: PathView | None) -> str:
    from rich.markup import escape

    return f"{path.capability}, {path.reading} reading, at {escape(path.place)}" if path else "of the answer"


def _answers(v: View) -> Iterator[tuple[int, str]]:
    """One capability after the other: the reading, the mark, the rung, the confidence; then the sentence."""
    from rich.markup import escape

    for line in v.lines:
        if line.agrees and line.wide is not None:
            rows = [("in either reading", line.wide)]
        else:
            given = (("narrow reading", line.narrow), ("wide reading", line.wide))
            rows = [(name, cell) for name, cell in given if cell is not None]
        for i, (name, cell) in enumerate(rows):
            lead = f"[bold]{line.capability.capitalize():<6}[/]" if i == 0 else " " * 6
            yield 0, f"{lead}{_cell(line.capability, cell)} [dim]{name}[/]"
            if cell.differs_gross and cell.gross_confidence is not None:
                yield 8, f"[dim]gross: {cell.gross_rung}{_figure(cell.gross_rung, cell.gross_confidence)}[/]"
        yield 6, escape(line.sentence)


def _figure(rung: str, confidence: float) -> str:
    """Give a confidence; of `no path found` it is no probability of innocence, but a count of worlds."""
    return f" in {confidence:.2f} of worlds" if rung == "no path found" else f" {confidence:.2f}"


def _cell(capability: str, cell: Cell) -> str:
    style = "bold blue" if cell.rung == "power and means" else "default"
    level = f", {cell.level}" if cell.level else ""
    words = f"{mark(capability, cell.rung)} {cell.rung}{level}"
    figure = f"  {cell.figure}" if cell.figure else ""
    if cell.rung == "no path found" and cell.confidence is not None:
        figure = _figure(cell.rung, cell.confidence)
    bounds = f" [dim]({cell.bounds[0]:.2f} to {cell.bounds[1]:.2f})[/]" if cell.bounds else ""
    if cell.rung == "no path found" and cell.bounds and cell.bounds[0] == cell.bounds[1]:
        bounds = ""
    return f"[{style}]{words}[/]{figure}{bounds}"


def _path(path: PathView, title: str) -> Iterator[tuple[int, str]]:
    from rich.markup import escape

    yield 0, f"[bold]{title}[/]"
    level = f", {path.level}" if path.level and path.rung == "power and means" else ""
    figure = "" if path.confidence is None else _figure(path.rung, path.confidence)
    carried = f"{path.capability.capitalize()} · {path.place or path.hops[-1].end_name} · {path.reading} reading"
    yield 2, f"{escape(carried)}: {path.rung}{level}{figure}"
    yield 2, f"[dim]this path alone holds in {path.share:.2f} of worlds[/]"
    yield 2, f"○ [bold]{escape(path.hops[0].start_name)}[/]"
    for hop in path.hops:
        line = _LINE.get(hop.level, "──")
        confirmed = f" [dim]· last confirmed {hop.last_confirmed}[/]" if hop.last_confirmed else ""
        for i, words in enumerate(hop.words):
            lead = f"{line} [blue]{hop.level}[/]: " if i == 0 else "   "
            yield 2, f"{lead}{escape(words)}{confirmed if i == 0 else ''}"
        for e in hop.evidence:
            yield 5, _said(e)
        dot = "■" if hop.is_last else "◉" if hop.meets else "○"
        meets = " [blue]power and means meet here[/]" if hop.meets and path.rung == "power and means" else ""
        yield 2, f"{dot} [bold]{escape(hop.end_name)}[/]{meets}"


def _said(e: Evidence) -> str:
    from rich.markup import escape

    colour = "red" if e.stance == "denied" else "dim"
    says = e.says if len(e.says) <= 220 else e.says[:217] + "…"
    chain = " ‹ ".join(reversed(e.chain)) or e.who or "no source"
    kind = ", our note" if e.kind == OUR_NOTE else ""
    if e.documents > 1:
        kind += f", {e.documents} → 1"
    grade = f" {e.grade}" if e.grade else ""
    return (
        f"[{colour}]{STANCE.get(e.stance, '?')} {e.stance}{grade}[/] {escape(says)} "
        f"[dim]{escape(chain)}, {escape(e.when)}{kind} · {e.id[:12] if not e.id.startswith('law:') else e.id}[/]"
    )


def _coverage(v: View) -> Iterator[tuple[int, str]]:
    from rich.markup import escape

    c = v.coverage
    looked = (
        f"{len(c['instruments'])} instruments of {escape(v.state_name)} in force looked at, "
        f"{c['statements']:,} statements, {c['origins']} origins, {v.worlds:,} worlds"
    )
    yield 0, f"[bold]Coverage: {c['status']}[/] [dim]{looked}[/]"
    for title, several in (("Not known", v.gaps), ("Looked at, no line drawn", v.not_linked)):
        if several:
            yield 2, f"[bold]{title}[/]"
            for _, sentence, remark in several:
                yield 2, f"· {escape(sentence)}" + (f" [dim]→ {escape(remark)}[/]" if remark else "")
    for warning in v.warnings:
        yield 2, f"[red]![/] {escape(warning)}"
    for line in v.possible[:6]:
        yield 2, f"[dim]below the threshold: {escape(line)}[/]"


def _key() -> Iterator[tuple[int, str]]:
    """Say in three short lines how the answer is read."""
    yield 0, "[dim]Narrow: only routes of law that are plainly open. Wide: disputed ones too.[/]"
    yield 0, "[dim]0.94 ±.01 (0.90 to 0.99): share of worlds and its error (least to most).[/]"
    yield 0, "[dim]Gross: without the safeguards on file. How it is computed: docs/method.md[/]"

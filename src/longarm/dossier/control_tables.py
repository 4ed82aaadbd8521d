"""Control by every method on a terminal, and worked examples held against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from longarm.dossier.terminal import WIDE, put

if TYPE_CHECKING:
    from rich.console import Console


def show_control(
    answer: Mapping[str, Any],
    console: Console,
    err: Console,
    names: Mapping[str, str] | None = None,
    *,
    full: bool = False,
) -> None:
    """Write control: who stands above, what lies below; one summary a pair, or `full`, every method in its words."""
    from rich.markup import escape

    called = names or {}
    groups = [("", answer["rows"])] if "rows" in answer else []
    if "above" in answer:
        name = escape(called.get(answer["entity"], answer["entity"]))
        groups = [(f"Above {name}", answer["above"]), (f"Below {name}", answer["below"])]
    for title, rows in groups:
        if title:
            put(console, f"\n[bold]{title}[/]" + ("" if rows else "  [dim]nobody and nothing, by any method[/]"))
        if rows and full and console.width >= WIDE:
            put(console, _control_table(rows, called))
        elif rows and full:
            _show_methods(rows, called, console)
        elif rows:
            _show_pairs(rows, called, console)
    if not full and any(rows for _, rows in groups):
        put(console, "\n[dim]Open: it depends on where in its range a share lies.[/]")
        put(console, "[dim]Every method in its words: --method all. With its source: --json.[/]")
    for warning in answer["warnings"]:
        put(err, f"[red]![/] {escape(warning)}")


def _pairs(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, Mapping[str, Any]]]:
    grouped: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    for r in rows:
        grouped.setdefault((r["holder"], r["held"]), {})[r["method"]] = r
    return grouped


def _pair(pair: tuple[str, str], called: Mapping[str, str]) -> str:
    from rich.markup import escape

    return f"[bold]{escape(' → '.join(called.get(end, end) for end in pair))}[/]"


def _show_pairs(rows: Sequence[Mapping[str, Any]], called: Mapping[str, str], console: Console) -> None:
    """Write one line a holder and held: the tests that most rules ask for."""
    from rich.markup import escape

    for pair, by in _pairs(rows).items():
        tiers = [f"{n} %{_if_open(by[f'awv{n}'])}" for n in ("10", "20", "25") if _met(by.get(f"awv{n}")) != "no"]
        said = (
            f"majority control: {_met(by.get('majority'))}",
            f"integrated share: {_value(by['integrated']) if 'integrated' in by else 'none'}",
            f"if the holder were listed: OFAC {_met(by.get('ofac50'))}, EU {_met(by.get('eu50'))}",
            f"UK PSC: {_value(by['psc']) if 'psc' in by else 'none'}",
            f"German tiers: {', '.join(tiers) or 'none'}",
        )
        put(console, f"{_pair(pair, called)}  {escape('; '.join(said))}", 2)


def _met(r: Mapping[str, Any] | None) -> str:
    """Say whether a test is met: yes, no, or open where that hangs on where in its range a share lies."""
    if r is None:
        return "no"
    if r.get("at_most") not in (None, r["value"]) or r["value"].startswith("may"):
        return "open"
    return "no" if r["value"] in ("none", "below", "not owned") else "yes"


def _if_open(r: Mapping[str, Any]) -> str:
    return " (open)" if _met(r) == "open" else ""


def _value(r: Mapping[str, Any]) -> str:
    value: str = r["value"]
    return value if not r.get("at_most") or value.endswith(r["at_most"]) else f"{value} to {r['at_most']}"


def _in_names(r: Mapping[str, Any], called: Mapping[str, str]) -> str:
    return str(r["words"]).replace(r["holder"], called.get(r["holder"], r["holder"]))


def _show_methods(rows: Sequence[Mapping[str, Any]], called: Mapping[str, str], console: Console) -> None:
    """Write every method below the pair that it is of."""
    from rich.markup import escape

    for pair, by in _pairs(rows).items():
        put(console, _pair(pair, called), 2)
        for r in by.values():
            put(console, f"[dim]{escape(r['title'])}:[/] {escape(_value(r))} · {escape(_in_names(r, called))}", 4)


def _control_table(rows: Sequence[Mapping[str, Any]], called: Mapping[str, str]) -> Any:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("method", "holder", "held", "value", "in words"):
        table.add_column(name, overflow="fold")
    last = ""
    for r in rows:
        method = r["title"] if r["title"] != last else ""
        last = r["title"]
        ends = (called.get(r["holder"], r["holder"]), called.get(r["held"], r["held"]))
        table.add_row(*(escape(c) for c in (method, *ends, _value(r), _in_names(r, called))))
    return table


def show_outcomes(outcomes: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Write worked examples: every difference, and how many agree."""
    from rich.markup import escape

    different = [o for o in outcomes if not o["agreed"]]
    for o in different:
        put(console, f"[red]≠[/] {escape(str(o['case']))} {escape(str(o['what']))}")
        put(console, f"   expected {escape(str(o['expected']))}\n   computed {escape(str(o['computed']))}")
    cases = len({o["case"] for o in outcomes})
    put(console, f"{len(outcomes) - len(different)} of {len(outcomes)} figures of {cases} examples agree.")

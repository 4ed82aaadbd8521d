"""The law on a terminal: instruments, what binds an entity, what changed between two days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from longarm.dossier.terminal import WIDE, put
from longarm.model import states

if TYPE_CHECKING:
    from rich.console import Console

_PLACED = ("entity.jurisdiction", "entity.seat")
"""What is on file of whoever a duty names at all: the place by which it binds."""


def show_instruments(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Write a list of instruments."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    if console.width < WIDE:
        for r in rows:
            until = f" until {r['until']}" if r["until"] else ""
            powers = f"{r['powers']}/{r['articles']} powers"
            put(console, f"[bold]{r['id']}[/]  {escape(r['title'])}")
            put(console, f"[dim]{r['state']} · since {r['since'] or '?'}{until} · {r['confidence']} · {powers}[/]", 2)
    else:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for name in ("id", "state", "title", "since", "until", "read as", "powers"):
            table.add_column(name, no_wrap=name in ("id", "since", "until"))
        for r in rows:
            powers = f"{r['powers']}/{r['articles']}"
            dated = (r["since"] or "", r["until"] or "")
            table.add_row(r["id"], r["state"], escape(r["title"]), *dated, r["confidence"], powers)
        put(console, table)
    put(console, f"[dim]{len(rows)} instruments. Powers: articles that give one, of those recorded.[/]")


def no_instruments(state: str | None, as_of: str | None, base: Sequence[Mapping[str, Any]]) -> str:
    """Say that a list of instruments is empty, and what the base holds."""
    holds = f"it holds {len(base)} instruments of {len({r['state'] for r in base})} states."
    of = states.in_text(state) if state else ""
    own = [r for r in base if state and r["state"] == state.strip().upper()]
    if state and not own:
        return f"No law of {of} is in the base; {holds}"
    whose = f" of {of}" if state else ""
    return f"No law{whose} in the base was in force on {as_of}; {holds}"


def show_instrument(found: Mapping[str, Any], console: Console) -> None:
    """Write one instrument with its articles."""
    from rich.markup import escape

    title = found["title"]
    put(console, f"\n[bold]{escape(title['en'])}[/] {escape(title['original'])} [dim]{found['id']}[/]")
    put(console, f"  {escape(found['status'])}, since {found['valid_from']}; {found['confidence'].replace('_', ' ')}")
    for article in found["articles"]:
        gives = ", ".join(str(c) for c in article["capability"]) or "gives no power"
        put(
            console,
            f"\n[bold]Article {escape(article['number'])}[/] [dim]{article['kind'].replace('_', ' ')}[/] {gives}",
        )
        put(console, escape(article["compels"]), 2)
        routes = [f"{r.replace('_', ' ')} {v}" for r, v in article["routes"].items() if v != "no"]
        if routes:
            put(console, f"[dim]routes: {', '.join(routes)}; binds {escape(article['of_whom'])}[/]", 2)
    if found["readings"]:
        put(console, "\n[bold]Readings[/] [dim](of courts, authorities, firms and scholars; never averaged)[/]")
        for r in found["readings"]:
            position = r["position"].replace("_", " ")
            articles = ", ".join(r.get("articles") or ())
            put(console, f"[dim]{position}[/] {escape(str(r.get('author') or ''))} [dim]art. {escape(articles)}[/]", 2)
            put(console, escape(r["summary"]), 4)
    put(console, "\n[bold]Safeguards on paper[/] [dim](0 to 2; not assessed is not zero; never added up)[/]")
    for name, value in found["safeguards"].items():
        put(console, f"  {name.replace('_', ' ')}: {'not assessed' if value is None else value}")


def show_duties(answer: Mapping[str, Any], console: Console) -> None:
    """Write which articles bind an entity: those that bind for certain, then those that wait for a fact."""
    for title, certain in (("Binds", True), ("May bind: a fact that the article asks for is not known", False)):
        several = [d for d in answer["duties"] if d["certain"] is certain]
        rows = list({(d["instrument"], d["article"], _route(d), d["reading"]): d for d in several}.values())
        if not rows:
            continue
        put(console, f"\n[bold]{title}[/]")
        if console.width < WIDE:
            _show_duty_blocks(rows, console)
        else:
            put(console, _duty_table(rows))
        if not certain:
            put(
                console,
                f"[dim]To state one, add under 'facts:' in site.yaml: {{entity: {answer['entity']}, fact: sector, "
                "value: …, source: …}; a fact of a part goes where the part stands. Then ingest the case again.[/]",
            )
    if not answer["duties"]:
        put(console, f"No article of {', '.join(answer['states'])} in the base binds {answer['entity']}.")


def _asks(d: Mapping[str, Any]) -> str:
    """Give the facts that an article asks for, beside the place by which it binds."""
    return ", ".join(n.removeprefix("entity.") for n in d["needs"] if n not in _PLACED)


def _route(d: Mapping[str, Any]) -> str:
    return str(d["route"]).replace("_", " ") + (f" at {d['at']}" if d["at"] else "")


def _show_duty_blocks(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    from rich.markup import escape

    for d in rows:
        put(console, f"[bold]{escape(d['title'])}[/], art. {escape(str(d['article']))} [dim]{d['instrument']}[/]", 2)
        about = (d["state"], f"route {_route(d)}", ", ".join(d["gives"]), f"{d['reading']} reading", d["grade"])
        put(console, escape(" · ".join(about)), 4)
        if not d["certain"] and _asks(d):
            put(console, f"[dim]asks for:[/] {escape(_asks(d))}", 4)


def _duty_table(rows: Sequence[Mapping[str, Any]]) -> Any:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    waits = any(not d["certain"] for d in rows)
    for name in ("state", "instrument", "article", "route", "gives", "reading", "grade", *(("asks for",) * waits)):
        table.add_column(name, overflow="fold")
    for d in rows:
        cells = (d["state"], d["title"], d["article"], _route(d), ", ".join(d["gives"]), d["reading"], d["grade"])
        table.add_row(*(escape(str(c)) for c in (*cells, *((_asks(d),) * waits))))
    return table


def show_changes(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Write what changed in the law between two days."""
    from rich.markup import escape

    for r in rows:
        articles = "" if r["whole"] else f" art. {', '.join(r['articles'])}"
        to = r["becomes"]
        becomes = f" → {to['instrument']} {to.get('number') or ''}".rstrip() if to else ""
        put(console, f"{r['day']}  [bold]{r['turn']}[/]  {escape(r['instrument'] + articles + becomes)}")
        if r["why"]:
            put(console, f"[dim]{escape(r['why'])}[/]", 12)
    put(console, f"[dim]{len(rows)} changes.[/]")

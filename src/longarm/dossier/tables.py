"""Tables on a terminal: what is known of one id, instruments of law, control by every method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from longarm.dossier.terminal import STANCE, put
from longarm.model import states

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 110
"""Columns from which a list is a table; below that each row is a block, so that no id is cut."""
PATHS = 2
"""How many paths a comparison names a finding; the others are counted."""
_PLACED = ("entity.jurisdiction", "entity.seat")
"""What is on file of whoever a duty names at all: the place by which it binds."""


def show_explained(found: Mapping[str, Any], console: Console) -> None:
    """Write what is known of one id."""
    from rich.markup import escape

    put(console, f"\n[bold]{found['kind'].capitalize()}[/] {escape(str(found['id']))}")
    if found["kind"] == "document":
        for key in ("document_kind", "publisher", "title", "published", "retrieved", "url"):
            if found.get(key):
                put(console, f"[dim]{key.removeprefix('document_')}[/] {escape(str(found[key]))}", 2)
        put(console, "")
        put(console, escape(found["text"]), 2)
        return
    if found.get("label"):
        put(console, f"{escape(found['label'])}", 2)
    if found["kind"] == "article" or found.get("schema") == "Instrument":
        put(console, f"[bold]{escape(found['title'])}[/], {found['prop']}  [dim]{found['grade']}[/]", 2)
        put(console, escape(found["value"]), 2)
        if found["quote"]:
            put(console, f"“{escape(found['quote'])}”", 2)
        if found.get("status") not in (None, "in force"):
            put(console, f"[dim]status[/] {escape(found['status'])}", 2)
        if found.get("status") not in (None, "in force"):
            put(console, f"[dim]status[/] {escape(found['status'])}", 2)
        put(console, f"[dim]binds[/] {escape(found['of_whom'])}", 2)
        for route, value in found["routes"].items():
            put(console, f"[dim]route {route.replace('_', ' ')}[/] {value}", 2)
        put(console, f"[dim]{escape(found['publisher'] or '')} {escape(found['url'] or '')}[/]", 2)
        return
    _show_statements(found["statements"], console)


def _show_statements(statements: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Write who says it, in which words, and below it the values that were read from them."""
    from rich.markup import escape

    for (head, quote), several in _by_source(statements).items():
        put(console, head, 2)
        if quote:
            put(console, f"“{escape(quote)}”", 4)
        told: dict[str, str] = {}
        for s in several:
            told.setdefault(f"is a {s['schema']}" if s["prop"] == "id" else f"{s['prop']} = {s['value']}", s["id"])
        for line, identity in told.items():
            if not quote or not line.endswith(f"= {quote}"):
                put(console, f"{escape(line)} [dim]· {identity[:12]}[/]", 4)


def _by_source(statements: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str | None], list[Mapping[str, Any]]]:
    """Group statements by who says them how, and in which words."""
    from rich.markup import escape

    grouped: dict[tuple[str, str | None], list[Mapping[str, Any]]] = {}
    for s in statements:
        chain = " ‹ ".join(dict.fromkeys(x for x in (s["publisher"], s["origin_name"], s["speaker"]) if x))
        grade = f" {s['grade']}" if s["grade"] else ""
        head = (
            f"{STANCE.get(s['stance'], '?')} {s['stance']}{grade} {escape(chain or 'no source')}, "
            f"{escape(s['published'] or 'undated')} [dim](known {s['known']})[/]"
        )
        grouped.setdefault((head, s["quote"]), []).append(s)
    return grouped


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


def show_comparison(answer: Mapping[str, Any], console: Console) -> None:
    """Write what a scenario moves: one line a finding, and which paths went or came, in names."""
    from rich.markup import escape

    q, names = answer["question"], answer["names"]
    site = names.get(q["site"], q["site"])
    put(console, f"\n[bold]{escape(answer['scenario']['title'])}[/]")
    put(console, f"[dim]{escape(site)}, {escape(states.name(q['state']))}, as of {q['as_of']}[/]")
    grouped: dict[tuple[str | None, str], dict[tuple[str, str], list[Mapping[str, Any]]]] = {}
    for m in answer["moved"]:
        same = m["before"] and m["after"] and m["before"]["level"] == m["after"]["level"]
        stood = (_stood(m["before"], level=not same), _stood(m["after"], level=not same))
        grouped.setdefault((m["part"], m["capability"]), {}).setdefault(stood, []).append(m)
    for (part, capability), by_stood in grouped.items():
        place = names.get(part, part) if part else "the whole site"
        put(console, "")
        for (before, after), moved in by_stood.items():
            readings = " and ".join(m["reading"] for m in moved)
            turn = f"{before} → {after}" if before != after else f"{before}, as before, by other paths"
            put(console, f"[bold]{capability.capitalize()}[/] · {escape(place)} · {readings}: {turn}")
        _show_ways([m for moved in by_stood.values() for m in moved], q["state"], names, console)
    put(console, f"\n[dim]{len(answer['moved'])} findings moved, {answer['unmoved']} did not.[/]")
    put(console, "[dim]What a scenario adds is assumed: it holds in every world.[/]")


def _show_ways(moved: Sequence[Mapping[str, Any]], state: str, names: Mapping[str, str], console: Console) -> None:
    """Write at most two of the paths that went or came, one of each first; never a mere change of article."""
    from rich.markup import escape

    went = dict.fromkeys(_way(w, state, names) for m in moved for w in m["paths_gone"])
    came = dict.fromkeys(_way(w, state, names) for m in moved for w in m["paths_come"])
    sides = [("went", [w for w in went if w not in came]), ("came", [w for w in came if w not in went])]
    firsts = [(title, way) for title, ways in sides for way in ways[:1]]
    rest = [(title, way) for title, ways in sides for way in ways[1:]]
    for title, way in (firsts + rest)[:PATHS]:
        put(console, f"[dim]{title}:[/] {escape(way)}", 2)
    more = len(firsts + rest) - PATHS
    if more > 0:
        put(console, f"[dim]and {more} more[/]", 2)
    if not firsts and (went or came):
        put(console, "[dim]the same bodies, by other articles of law[/]", 2)


def _way(ties: Sequence[str], state: str, names: Mapping[str, str]) -> str:
    """Give a path as the names along it: a tie is `kind:holder>held[class]`."""
    ends: dict[str, None] = {}
    for tie in ties:
        ends.update(dict.fromkeys(e for e in tie.partition(":")[2].partition("[")[0].split(">") if "=" not in e))
    own = {f"state:{state}": states.name(state)}
    return " → ".join(own.get(e) or names.get(e, e) for e in ends if e)


def _stood(f: Mapping[str, Any] | None, *, level: bool) -> str:
    """Say where a finding stands; `no path found` without a figure, which would read as good news."""
    if f is None:
        return "not there"
    if f["rung"] == "no path found":
        return str(f["rung"])
    by = f", {f['level']}" if level and f["level"] else ""
    figure = f" {f['confidence']:.2f}" if f["confidence"] is not None else ""
    return f"{f['rung']}{by}{figure}"


def show_checked(found: Mapping[str, Any], console: Console) -> None:
    """Write a case held against what readers expect: one line a finding and reading."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("", "finding", "question", "reading", "expected", "computed", "outcome"):
        table.add_column(name, overflow="fold")
    for r in found["rows"]:
        sign = "[red]≠[/]" if r["is_failure"] else "≠" if r["outcome"] == "differs" else "="
        question = f"{r['state']} {r['capability']} {r['part'] or 'site'} {r['as_of']}"
        expected = r["expected"]["rung"] + (f", {r['expected']['level']}" if r["expected"]["level"] else "")
        computed = ""
        if r["computed"]:
            level = f", {r['computed']['level']}" if r["computed"]["level"] else ""
            figure = f" {r['confidence']:.2f}" if r["confidence"] is not None else ""
            computed = f"{r['computed']['rung']}{level}{figure}"
        binding = "" if r["agreed"] else " (open)"
        cells = (r["id"] + binding, question, r["reading"], expected, computed, r["outcome"])
        table.add_row(sign, *(escape(c) for c in cells))
    put(console, table)
    counts = ", ".join(f"{n} {what}" for what, n in found["counts"].items() if n)
    console.print(f"{escape(found['case'])}: {counts}; {len(found['failures'])} binding differences.")

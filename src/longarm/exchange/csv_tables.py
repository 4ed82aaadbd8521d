"""The evidence of a dossier as tables: findings, paths hop by hop, statements, origins, cuts, and what stands beside.

Comma-separated values as RFC 4180 has them (Shafranovich 2005, section 2): a header line, CRLF at the end of each
record, quotes doubled; UTF-8 without a mark. A spreadsheet would run a text that begins with = + - @, a tab or a
carriage return as a formula: such a text gets an apostrophe before it. Numbers that we computed are left as they are.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from longarm.exchange import words
from longarm.exchange.cited import NOTHING_FOUND, Cited, cited
from longarm.exchange.documents import document_id

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_FIXED: Final = (1980, 1, 1, 0, 0, 0)
_FINDING: Final = ("state", "part", "part_name", "capability", "reading")
_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "findings": (
        *(*_FINDING, "rung", "computed_rung", "level", "confidence", "error", "lower", "upper", "words"),
        *("gross_rung", "gross_level", "gross_confidence", "joint", "means_only", "power_only"),
        *("paths", "paths_not_listed", "paths_complete", "coverage", "means", "judged"),
    ),
    "paths": (
        *(*_FINDING, "path", "path_share", "path_level", "meets_in", "hop", "from", "from_name", "to", "to_name"),
        *("kind", "class", "level", "label", "stance", "disputed", "cuttable", "last_confirmed", "tie", "statements"),
    ),
    "possible": (*_FINDING, "share", "at_most", "why", "path", "ties"),
    "beside": (*_FINDING, "statement", "stance", "says", "who"),
    "statements": (
        *("id", "entity", "entity_name", "schema", "property", "value", "quote", "quote_lang", "stance", "grade"),
        *("speaker", "origin", "origin_name", "publisher", "document_title", "document_kind", "published", "url"),
        *("document", "span_start", "span_end", "valid_from", "valid_to"),
    ),
    "origins": ("origin", "name", "documents", "statements"),
    "cuts": (*_FINDING, "cut", "left", "threshold", "tie", "kind", "label"),
}
README: Final = """The evidence of a dossier, as tables.

Comma-separated values (RFC 4180), UTF-8, one header line each.
findings    one row a part (none: the whole site), capability and reading
paths       one row a hop, from the state to the part; `statements` are ids in statements.csv, parted by semicolons
possible    what stays below the threshold, or stands only in the upper bound
beside      denials, negative findings and allegations beside a finding
statements  every cited statement: how it is put, its grade, its words, who says so, and where
origins     the independent sources, with the cited documents and statements that go back to each
cuts        sets of ties that can be sold, ended or closed, without which a finding falls

A text that begins with = + - @, a tab or a carriage return has an apostrophe before it, so that no spreadsheet runs it
as a formula. Where `document_kind` is "our note", `quote` is what we noted of the page, in our words.
`stance` says how a statement is put: asserted, alleged, denied, planned, inferred. Only the first says that it is so.
"no path found" and "not assessed" are no good news: see `means` and `coverage`.
"""


def tables(dossier: Mapping[str, Any]) -> dict[str, str]:
    """Give the tables of a dossier by file name."""
    c = cited(dossier)
    rows = {
        "findings": _findings(c),
        "paths": _paths(c),
        "possible": _possible(c),
        "beside": _beside(c),
        "statements": _statements(c),
        "origins": _origins(c),
        "cuts": _cuts(c),
    }
    return {f"{name}.csv": _written(columns, rows[name]) for name, columns in _COLUMNS.items()}


def archive(dossier: Mapping[str, Any]) -> bytes:
    """Give the tables as a zip with a note on how to read them; all dates in it are the same fixed one."""
    c = cited(dossier)
    head = f"{words.question(c)}\nAs of {c.as_of}, known at {c.known_at}. longarm {c.version}.\n{words.CAPABILITY}\n\n"
    held = {"README.txt": head + README, **tables(dossier)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for name, text in held.items():
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            into.writestr(entry, text.encode())
    return made.getvalue()


def _written(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    made = io.StringIO(newline="")
    into = csv.writer(made, lineterminator="\r\n")
    into.writerow(columns)
    into.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return made.getvalue()


def _cell(value: Any) -> Any:
    """Give a cell: nothing for what is not known, yes and no, our numbers as they are, texts that no one can run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else "; ".join(map(str, value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _each(c: Cited) -> Iterator[tuple[dict[str, Any], Mapping[str, Any]]]:
    for state in c.states:
        for f in c.reports[state].get("findings") or ():
            yield _named(c, state, f), f


def _named(c: Cited, state: str, f: Mapping[str, Any]) -> dict[str, Any]:
    part = f.get("part")
    return {
        "state": state,
        "part": part,
        "part_name": c.place(part),
        "capability": f["capability"],
        "reading": f["reading"],
    }


def _findings(c: Cited) -> Iterator[dict[str, Any]]:
    for named, f in _each(c):
        lower, upper = f.get("bounds") or (None, None)
        gross, shares = f.get("gross") or {}, f.get("shares") or {}
        own = ("rung", "computed_rung", "level", "confidence", "error", "paths_complete")
        yield {
            **named,
            **{k: f.get(k) for k in own},
            "words": None if f["rung"] in NOTHING_FOUND else f.get("words"),
            "lower": lower,
            "upper": upper,
            **{f"gross_{k}": gross.get(k) for k in ("rung", "level", "confidence")},
            **{k: shares.get(k) for k in ("joint", "means_only", "power_only")},
            "paths": len(f.get("paths") or ()),
            "paths_not_listed": f.get("paths_more"),
            "coverage": words.coverage_status(c, named["state"]),
            "means": words.NOT_GOOD_NEWS.get(f["rung"], words.CAPABILITY),
            "judged": words.judgements(f).strip(),
        }


def _paths(c: Cited) -> Iterator[dict[str, Any]]:
    for named, f in _each(c):
        for number, path in enumerate(f.get("paths") or (), 1):
            for at, hop in enumerate(path["hops"], 1):
                tie = c.ties[str(hop["tie"])]
                yield {
                    **named,
                    "path": number,
                    "path_share": path.get("share"),
                    "path_level": path.get("level"),
                    "meets_in": path.get("meets_in"),
                    "hop": at,
                    "from": tie.source,
                    "from_name": c.name(tie.source),
                    "to": tie.target,
                    "to_name": c.name(tie.target),
                    "kind": tie.kind,
                    "class": tie.cls,
                    "level": hop.get("level"),
                    "label": tie.label,
                    "stance": tie.stances or (tie.stance,),
                    "disputed": tie.is_disputed,
                    "cuttable": tie.is_cuttable,
                    "last_confirmed": tie.last_confirmed,
                    "tie": tie.id,
                    "statements": tie.statements,
                }


def _possible(c: Cited) -> Iterator[dict[str, Any]]:
    for state in c.states:
        for p in c.reports[state].get("possible") or ():
            for number, path in enumerate(p.get("paths") or (), 1):
                labels = "; ".join(str(h["label"]) for h in path["hops"])
                named = {k: p.get(k) for k in ("share", "at_most", "why")}
                yield {**_named(c, state, p), **named, "path": number, "ties": labels}


def _beside(c: Cited) -> Iterator[dict[str, Any]]:
    for named, f in _each(c):
        for i in f.get("beside") or ():
            s = c.statements.get(i)
            if s is not None:
                yield {**named, "statement": i, "stance": s["stance"], "says": words.says(s), "who": words.who(s)}


def _statements(c: Cited) -> Iterator[dict[str, Any]]:
    same = ("entity", "schema", "value", "quote", "quote_lang", "stance", "grade", "speaker", "origin", "origin_name")
    rest = ("publisher", "document_kind", "published", "url", "valid_from", "valid_to")
    for i, s in c.statements.items():
        start, end = s.get("span") or (None, None)
        yield {
            "id": i,
            **{k: s.get(k) for k in (*same, *rest)},
            "entity_name": c.names.get(str(s["entity"])),
            "property": s["prop"],
            "document_title": s.get("title"),
            "document": document_id(s) or None,
            "span_start": start,
            "span_end": end,
        }


def _origins(c: Cited) -> Iterator[dict[str, Any]]:
    behind: dict[str, list[Mapping[str, Any]]] = {}
    for s in c.statements.values():
        behind.setdefault(str(s.get("origin") or ""), []).append(s)
    called = {o["id"]: o.get("name") for o in c.given.get("origins") or ()}
    for origin in sorted(set(behind) - {""}):
        said = behind[origin]
        yield {
            "origin": origin,
            "name": called.get(origin) or next((s["origin_name"] for s in said if s.get("origin_name")), None),
            "documents": len({document_id(s) for s in said} - {""}),
            "statements": len(said),
        }


def _cuts(c: Cited) -> Iterator[dict[str, Any]]:
    for named, f in _each(c):
        for number, (ties, left) in enumerate(zip(f.get("cuts") or (), f.get("cuts_leave") or (), strict=True), 1):
            for t in ties:
                tie = c.ties.get(t)
                yield {
                    **named,
                    "cut": number,
                    "left": left,
                    "threshold": c.case.get("threshold"),
                    "tie": t,
                    "kind": tie.kind if tie else None,
                    "label": tie.label if tie else None,
                }

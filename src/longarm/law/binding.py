"""Which articles bind whom, by which route, and what the same instruments limit: the law chapter of a dossier.

Reads the duty ties of one state and day, and the law base; writes a row an instrument. For every state alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from longarm.law.articles import Article
from longarm.law.force import grade
from longarm.law.instruments import Instrument, instrument
from longarm.law.listing import article_of, duty_row, readings
from longarm.model.ties import Kind, Tie

LIMITS = frozenset({"limit", "safeguard", "protection", "principle", "exception"})
"""Kinds of article that bound a power of the same instrument."""


def binding(
    ties: Iterable[Tie], looked: Collection[str], state: str, about: Collection[str], on_paths: Collection[str]
) -> list[dict[str, Any]]:
    """Give the instruments of a state that were looked at, those that bind somebody first.

    `about` are the entities that matter at the site; what binds only others is counted in `others`. `on_paths` are the
    ids of ties that a path of this state uses.
    """
    by_article: dict[str, list[Tie]] = {}
    for tie in ties:
        if tie.kind.startswith(Kind.DUTY):
            by_article.setdefault(article_of(tie.cls)[0], []).append(tie)
    found = [_instrument(instrument(i), state, by_article, about, on_paths) for i in looked]
    return sorted(found, key=lambda i: (not i["on_path"], not any(a["binds"] for a in i["articles"]), i["id"]))


def _instrument(
    of: Instrument, state: str, ties: Mapping[str, list[Tie]], about: Collection[str], on_paths: Collection[str]
) -> dict[str, Any]:
    articles = [_article(of, a, state, ties.get(f"{of.id}#{a.number}", []), about, on_paths) for a in of.articles]
    source = of.sources[0] if of.sources else None
    return {
        "id": of.id,
        "title": of.title.en,
        "title_original": of.title.original,
        "short_name": of.short_name,
        "status": of.status,
        "since": of.valid_from,
        "until": of.valid_to,
        "confidence": of.confidence,
        "note": of.note,
        "reviewed_on": of.reviewed_on,
        "source": asdict(source) if source else None,
        "safeguards": asdict(of.safeguards),
        "safeguards_basis": of.safeguards_basis,
        "articles": [a for a in articles if a["binds"] or a["others"]],
        "limits": [_limit(a) for a in of.articles if a.kind in LIMITS],
        "readings": [_reading(r) for r in readings(of.id)],
        "on_path": any(a["on_path"] for a in articles),
    }


def _article(
    of: Instrument,
    article: Article,
    state: str,
    ties: Collection[Tie],
    about: Collection[str],
    on_paths: Collection[str],
) -> dict[str, Any]:
    here = [t for t in ties if t.held in about]
    return {
        "number": article.number,
        "statement": f"law:{of.id}#{article.number}",
        "compels": article.compels,
        "of_whom": article.of_whom,
        "quote": article.quote,
        "quote_lang": article.quote_lang,
        "gives": [str(c) for c in article.capability],
        "prior_approval": article.prior_approval,
        "secrecy_duty": article.secrecy_duty,
        "grade": str(grade(of, article)),
        "binds": sorted((_bound(t, state) for t in here), key=lambda b: (b["entity"], b["route"])),
        "others": len({t.held for t in ties} - set(about)),
        "on_path": any(t.id in on_paths for t in ties),
    }


def _bound(tie: Tie, state: str) -> dict[str, Any]:
    row = duty_row(tie, state)
    return {"entity": tie.held, **{k: row[k] for k in ("route", "at", "reading", "certain")}}


def _limit(article: Article) -> dict[str, Any]:
    return {
        "number": article.number,
        "statement": f"law:{article.instrument}#{article.number}",
        "kind": article.kind,
        "says": article.compels,
        "quote": article.quote,
        "quote_lang": article.quote_lang,
    }


def _reading(row: Mapping[str, Any]) -> dict[str, Any]:
    source = (row.get("sources") or [{}])[0]
    return {
        "id": row["id"],
        "articles": [str(a) for a in row.get("articles") or ()],
        "question": row.get("question"),
        "position": row.get("position"),
        "summary": row.get("summary"),
        "author": row.get("author"),
        "by_kind": row.get("by_kind"),
        "by_state": row.get("by_state"),
        "dated": row.get("dated"),
        "confidence": row.get("confidence"),
        "title": source.get("title"),
        "publisher": source.get("publisher"),
        "url": source.get("url"),
        "date": source.get("date"),
    }

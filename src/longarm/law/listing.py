"""The law base as people look it up: a list of instruments, and one in detail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from longarm.errors import InputError, OptionError, UnknownEntity
from longarm.law.changes import changes
from longarm.law.force import article_in_force, grade
from longarm.law.instruments import Instrument, instrument, instruments
from longarm.model import dates, states
from longarm.model.ties import Kind, Tie


def listing(state: str | None = None, as_of: str | None = None) -> list[dict[str, Any]]:
    """Give a row an instrument; with `as_of`, only those of which an article was in force.

    Raises UnknownState, or OptionError for a date that is none.
    """
    chosen = instruments([states.check(state)] if state else None)
    try:
        day = dates.span(as_of).first if as_of else None
    except ValueError as fault:
        raise OptionError(f"--as-of: {fault}") from None
    rows = []
    for i in chosen:
        forces = [article_in_force(i, a, day) for a in i.articles] if day else []
        if day and not any(f != dates.Certainty.NO for f in forces):
            continue
        rows.append(
            {
                "id": i.id,
                "state": i.jurisdiction,
                "title": i.title.en,
                "since": i.valid_from,
                "until": i.valid_to,
                "status": i.status,
                "confidence": i.confidence,
                "articles": len(i.articles),
                "powers": sum(a.gives_power for a in i.articles),
            }
        )
    return rows


def detail(identity: str) -> dict[str, Any]:
    """Give an instrument whole. Raises UnknownEntity, with the mend, where the base holds none of this id."""
    try:
        found = instrument(identity)
    except InputError:
        raise UnknownEntity(f"the law base holds no '{identity}'", mend="'longarm law list' gives the ids") from None
    grades = {a.number: str(grade(found, a)) for a in found.articles}
    return {**_plain(found), "grades": grades, "readings": readings(identity)}


def readings(identity: str) -> list[dict[str, Any]]:
    """Give what courts, authorities, services, firms and scholars read in an instrument: kept apart from its text."""
    return [r for r in _readings() if r["instrument"] == identity]


@cache
def _readings() -> list[dict[str, Any]]:
    text = files("longarm.law").joinpath("base", "interpretations.yaml").read_text("utf-8")
    data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    found: list[dict[str, Any]] = data["interpretations"]
    return found


def diff(first: str, second: str, state: str | None = None) -> list[dict[str, Any]]:
    """Give a row a change between two days, the first excluded. Raises OptionError, or UnknownState."""
    try:
        days = [dates.span(d).first for d in (first, second)]
    except ValueError as fault:
        raise OptionError(str(fault), mend="two days, as 2025-12-31 2026-01-01") from None
    found = changes(days[0], days[1], [states.check(state)] if state else None)
    return [
        {
            "day": str(c.day),
            "turn": str(c.turn),
            "instrument": c.instrument,
            "articles": list(c.articles),
            "whole": c.is_whole,
            "becomes": asdict(c.becomes) if c.becomes else None,
            "why": c.why,
        }
        for c in found
    ]


def article_of(cls: str) -> tuple[str, str]:
    """Split the class of a duty into `instrument#number` and the rest: a number may hold a slash itself.

    Raises UnknownEntity where no article of the base is at its start.
    """
    identity, _, rest = cls.partition("#")
    try:
        numbers = {a.number for a in instrument(identity).articles}
    except InputError:
        numbers = set()
    fitting = [n for n in numbers if rest == n or rest.startswith(f"{n}/")]
    if not fitting:
        raise UnknownEntity(f"'{cls}' names no article of the base", mend="'longarm law list' gives the ids")
    number = max(fitting, key=len)
    return f"{identity}#{number}", rest[len(number) + 1 :].split("/")[0]


def duty_row(tie: Tie, state: str) -> dict[str, Any]:
    """Give a duty tie as a row: the article, its route, what it gives, and under which reading it binds."""
    name, at_route = article_of(tie.cls)
    identity, _, number = name.partition("#")
    found = instrument(identity)
    article = found.article(number)
    by_kind = {Kind.DUTY: "direct", Kind.DUTY_PARENT: "parent", Kind.DUTY_STAFF: "staff"}
    return {
        "state": state,
        "instrument": identity,
        "title": found.title.en,
        "article": number,
        "route": by_kind.get(tie.kind) or at_route,
        "at": tie.at,
        "gives": list(tie.gives),
        "reading": tie.opens,
        "certain": not tie.upper_only,
        "grade": str(grade(found, article)),
        "compels": article.compels,
        "needs": [n for n in article.needs if n != "instrument.in_force_at"],
        "rests_on": [list(alternative) for alternative in tie.requires],
    }


def _plain(found: Instrument) -> dict[str, Any]:
    value = asdict(found)
    value["routes"] = {name: {"value": r.value, "note": r.note} for name, r in found.routes}
    return value


def titles(identities: Iterable[str]) -> dict[str, str]:
    """Give instruments by id with the short names by which a tie of law is called."""
    return {i: instrument(i).short_name or instrument(i).title.en for i in identities}

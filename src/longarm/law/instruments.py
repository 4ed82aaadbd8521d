"""The instruments of the law base, as values that cannot change.

One YAML file an instrument lies in `base/instruments`, in the form of `base/instrument.schema.json`; `base/index.yaml`
says whose each is, so that one state's law is read without the rest. Reads these files, writes nothing. What the words
of the coding mean is in `base/vocabulary.yaml`; where the data come from, in `base/NOTICE.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from longarm.errors import InputError, SourceError, UnknownState
from longarm.law.articles import Addressee, Article, Cited, RouteCase, Routes, RouteValue, article, built
from longarm.law.periods import NOTHING_MORE, Force, force

__all__ = [
    "Addressee",
    "Article",
    "Cited",
    "Effect",
    "Force",
    "Instrument",
    "NotedRoute",
    "RouteCase",
    "RouteValue",
    "Routes",
    "Safeguards",
    "Source",
    "Title",
    "index",
    "instrument",
    "instruments",
]

_BASE: Final = files("longarm.law").joinpath("base")
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STATE: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Title:
    """The name in English and in the language of the law."""

    en: str
    original: str


@dataclass(frozen=True)
class NotedRoute:
    """A route as the instrument as a whole leaves it open, and why."""

    value: RouteValue
    note: str


@dataclass(frozen=True)
class Safeguards:
    """The seven principles of the OECD declaration of 2022, 0 to 2 on paper; None, not assessed, is never zero."""

    legal_basis: int | None
    legitimate_aim: int | None
    prior_approval: int | None
    handling_limits: int | None
    transparency: int | None
    oversight: int | None
    redress: int | None


@dataclass(frozen=True)
class Effect:
    """How an instrument bears on ties at a site, at home and abroad."""

    kinds: tuple[str, ...]
    at_home: str
    abroad: str
    note: str | None


@dataclass(frozen=True)
class Source:
    """Where the record was read."""

    title: str
    publisher: str
    url: str
    date: str


@dataclass(frozen=True)
class Instrument:
    """A law or order of one state or of the Union."""

    id: str
    jurisdiction: str
    """ISO 3166 alpha-2, or EU."""
    title: Title
    short_name: str
    status: str
    standing: str
    """The closed word for the status."""
    in_force: bool
    """As recorded on `reviewed_on`. For any other day ask `force.article_in_force`."""
    valid_from: str | None
    valid_to: str | None
    confidence: str
    routes: tuple[tuple[str, NotedRoute], ...]
    safeguards: Safeguards
    safeguards_basis: str
    articles: tuple[Article, ...]
    sources: tuple[Source, ...]
    note: str | None
    reviewed_on: str
    effect: Effect | None = None
    effect_until_about: str | None = None
    force: Force = NOTHING_MORE

    def article(self, number: str) -> Article:
        """Give the article of this number. Raises InputError where there is none."""
        for found in self.articles:
            if found.number == number:
                return found
        known = "; ".join(a.number for a in self.articles)
        raise InputError(f"'{self.id}' has no article '{number}' in the law base; it has {known}")


def instruments(jurisdictions: Iterable[str] | None = None) -> tuple[Instrument, ...]:
    """Give the instruments of these states, or all, in the order of the index.

    A state without law in the base gives nothing: whoever asks must say "not assessed". Raises UnknownState where a
    code is not two capital letters.
    """
    if jurisdictions is None:
        return _of(None)
    return _of(frozenset(jurisdictions))


def instrument(identity: str) -> Instrument:
    """Give one instrument. Raises InputError where the base has none of this id."""
    if identity not in index():
        raise InputError(f"'{identity}' is not in the law base; an id of law/base/index.yaml was expected")
    return _read(identity)


@cache
def index() -> Mapping[str, Mapping[str, str | None]]:
    """Whose each instrument is, with `jurisdiction`, `valid_from`, `valid_to` and `status` as recorded."""
    found: Mapping[str, Mapping[str, str | None]] = _yaml("index.yaml")
    return found


@cache
def _of(jurisdictions: frozenset[str] | None) -> tuple[Instrument, ...]:
    for code in sorted(jurisdictions or ()):
        if not _STATE.fullmatch(code):
            raise UnknownState(f"'{code}' is not a state; two capital letters of ISO 3166, or EU, were expected")
    wanted = (i for i, row in index().items() if jurisdictions is None or row["jurisdiction"] in jurisdictions)
    return tuple(_read(i) for i in wanted)


def _yaml(name: str) -> Any:
    place = _BASE.joinpath(name)
    try:
        return yaml.load(place.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - either loader is a safe one
    except (OSError, yaml.YAMLError) as fault:
        raise SourceError(f"the law base cannot be read: {fault}", file=f"law/base/{name}") from fault


@cache
def _read(identity: str) -> Instrument:
    name = f"instruments/{identity}.yaml"
    row = _yaml(name)
    try:
        row["title"] = Title(**row["title"])
        row["routes"] = tuple((route, NotedRoute(**said)) for route, said in row["routes"].items())
        row["safeguards"] = Safeguards(**row["safeguards"])
        row["articles"] = tuple(article(identity, a) for a in row["articles"])
        row["sources"] = tuple(Source(**s) for s in row["sources"])
        row["force"] = force(row.get("force"))
        if row.get("effect"):
            row["effect"] = built(Effect, row["effect"])
        return Instrument(**row)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        mend = "compare the file with law/base/instrument.schema.json"
        raise SourceError(f"'{identity}' is no instrument: {fault}", file=f"law/base/{name}", mend=mend) from fault

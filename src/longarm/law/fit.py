"""Whether an entity is one that an article addresses: by class, by sector, by condition (`base/vocabulary.yaml`).

An entity fits if it fits one class in `who`, and a sector, and the condition if there is one. What is not known does
not fit and does not fail: it leaves the tie to the upper bound. The table of classes and the facts that each asks for
come from the base; only their names are known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from longarm.law.articles import Article
from longarm.model.ties import Kind, Ties, state_node

Alternative = tuple[str, ...]
"""ids of ties that must hold together"""


@dataclass(frozen=True)
class Fit:
    """The ways in which an entity fits; `is_incomplete` where a fact that the article asks for is not known."""

    alternatives: tuple[Alternative, ...]
    is_incomplete: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of entities: fact → (value → id of the tie that says so), and the schema of each."""

    facts: Mapping[str, Mapping[str, Mapping[str, str]]]
    schemata: Mapping[str, str]
    organs: Mapping[str, str]

    @staticmethod
    def of(ties: Ties, schemata: Mapping[str, str], state: str) -> Known:
        """Gather the facts from the ties; a state's articles address its own bodies, not those of another."""
        facts: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        organs = {}
        for tie in ties.ties:
            if tie.kind == Kind.FACT and "=" in tie.held:
                fact, value = tie.held.split("=", 1)
                facts[tie.holder][fact][value] = tie.id
            elif tie.kind == Kind.ORGAN and tie.holder == state_node(state):
                organs[tie.held] = tie.id
        return Known(facts, schemata, organs)

    def get(self, entity: str, fact: str) -> Mapping[str, str]:
        """Give the values of a fact, each with its tie; empty where nothing is known."""
        return self.facts.get(entity, {}).get(fact, {})


def fit(article: Article, name: str, entity: str, known: Known) -> Fit | None:
    """Say how an entity fits an article; None where it certainly does not."""
    met = known.get(entity, "meets")
    stated = [t for t in (met.get(name.lower()), met.get(article.instrument.lower())) if t]
    if stated:
        return Fit(tuple((t,) for t in stated))
    sectors = _sectors(article.addressee.sectors, entity, known)
    if sectors is None:
        return None
    certain: list[Alternative] = []
    possible = False
    for who in article.addressee.who:
        by_class = _class(who, entity, known)
        if by_class is None:
            continue
        possible = True
        if not by_class.is_incomplete and not sectors.is_incomplete:
            certain += [(*c, *s) for c in by_class.alternatives for s in sectors.alternatives]
    if not possible:
        return None
    waits = article.open_condition is not None or article.trigger in ("general_act", "listing", "designation")
    if (
        article.trigger == "designation"
        and known.get(entity, "is_designated").get("yes")
        and not article.open_condition
    ):
        waits = False
    if not certain or waits:
        return Fit(((),), is_incomplete=True)
    return Fit(tuple(dict.fromkeys(tuple(dict.fromkeys(c)) for c in certain)))


def _class(who: str, entity: str, known: Known) -> Fit | None:
    """Fit one class of addressee."""
    row = _vocabulary()["addressee.who"].get(who)
    if row is None:
        return None
    schema = known.schemata.get(entity, "")
    asked = row["fact"]
    if asked is None:
        if not schema:  # nothing says what it is
            return Fit(((),), is_incomplete=True)
        is_person = schema == "Person"
        wanted = {"any_organisation": not is_person, "any_person": is_person}
        return Fit(((),)) if wanted.get(who, False) else None
    fact = str(asked).split(".", 1)[-1]
    if fact == "sector":
        return _sectors(tuple(row["sectors"]), entity, known)
    if fact == "is_state_body":
        return Fit(((known.organs[entity],),)) if entity in known.organs else None
    values = known.get(entity, fact)
    if not values:
        return Fit(((),), is_incomplete=True)
    yes = [tie for value, tie in values.items() if value != "no"]
    return Fit(tuple((tie,) for tie in yes)) if yes else None


def _sectors(wanted: tuple[str, ...], entity: str, known: Known) -> Fit | None:
    """Fit a list of sectors; `*` is any. A firm of a narrower sector is also one of the wider."""
    if "*" in wanted:
        return Fit(((),))
    own = {v: tie for v, tie in known.get(entity, "sector").items() if v in _sector_names()}
    if not own:
        return Fit(((),), is_incomplete=True)
    fitting = [tie for value, tie in sorted(own.items()) if _wider(value) & set(wanted)]
    return Fit(tuple((tie,) for tie in fitting)) if fitting else None


def _wider(sector: str) -> set[str]:
    """Give a sector and every sector of the tree that it lies in."""
    found = {sector}
    tree = _vocabulary()["sector_tree"]
    while True:
        more = {wide for wide, narrow in tree.items() if set(narrow) & found} - found
        if not more:
            return found
        found |= more


@cache
def _sector_names() -> frozenset[str]:
    return frozenset(_vocabulary()["addressee.sectors"])


@cache
def _vocabulary() -> dict[str, Any]:
    text = files("longarm.law").joinpath("base", "vocabulary.yaml").read_text("utf-8")
    data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    found: dict[str, Any] = data.get("vocabulary", data)
    if "sector_tree" not in found:
        found = {**found, "sector_tree": data["sector_tree"]}
    return found

"""Duties: which articles of a state bind which entities, by which route, on a day (design 4.2, `compel`).

Reads the ties that say where an entity is registered and managed, and what is known of it; writes one tie for each
article, entity and route that is open. A tie rests on the facts that the article asks for (`requires`); where one of
them is missing, the tie is left to the upper bound. No state is named here, and nothing is decided by a nationality.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from longarm.law.articles import Article
from longarm.law.fit import Known, fit
from longarm.law.force import article_in_force, grade
from longarm.law.instruments import Instrument, instruments
from longarm.model.dates import Certainty
from longarm.model.grades import GradeTable
from longarm.model.ties import Assertion, Kind, Tie, Ties, draw_key, state_node, tie_id

OPENS = {"yes": "narrow", "disputed": "wide"}
_AT = {"data_or_keys": ("dataLocation", "keysHeldIn"), "offering": ("offeredIn",), "item_origin": ("itemOrigin",)}


@dataclass
class Duties:
    """What the law of one state gives on a day, and how much of it was looked at."""

    ties: Ties
    instruments: tuple[str, ...]
    """in force on the day, with an article that gives a power"""
    unconfirmed: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


def duties(
    known: Ties,
    schemata: Mapping[str, str],
    state: str,
    as_of: dt.date,
    table: GradeTable,
    known_at: str | None = None,
) -> Duties:
    """Give the duty ties of a state, with one assertion for each article.

    `schemata` gives each entity's schema. The assertion of an article is graded by how its text was read. Known time
    covers law too: an instrument is known here from the day on which it was reviewed.
    """
    facts = Known.of(known, schemata, state)
    home = _home(known, state)
    ties: list[Tie] = []
    assertions: list[Assertion] = []
    looked: list[str] = []
    unconfirmed: list[str] = []
    for instrument in instruments([state]):
        if known_at is not None and instrument.reviewed_on > known_at:
            continue
        binding = False
        for article in instrument.articles:
            force = article_in_force(instrument, article, as_of)
            if not article.gives_power or force == Certainty.NO:
                continue
            binding = True
            made = _joined(_ties(article, instrument, state, known, facts, home, unclear=force == Certainty.UNCLEAR))
            ties += made
            assertions += [_assertion(tie, instrument, article, as_of, table) for tie in made]
        if binding:
            looked.append(instrument.id)
            if instrument.confidence == "unconfirmed":
                unconfirmed.append(instrument.id)
    return Duties(Ties(tuple(ties), tuple(assertions)), tuple(looked), tuple(unconfirmed), {"duties": len(ties)})


def _joined(made: Iterable[Tie]) -> list[Tie]:
    """Make one tie of those that differ only in what they rest on, such as where data lie and where keys are held."""
    found: dict[str, Tie] = {}
    for tie in made:
        same = found.get(tie.id)
        found[tie.id] = tie if same is None else replace(same, requires=same.requires + tie.requires)
    return list(found.values())


def _home(known: Ties, state: str) -> dict[str, list[str]]:
    """Entity → ids of the ties that place it under the law of the state: registered there, or managed there."""
    found: dict[str, list[str]] = defaultdict(list)
    for tie in known.ties:
        if tie.kind in (Kind.REGISTERED, Kind.SEATED) and tie.holder == state_node(state):
            found[tie.held].append(tie.id)
    return found


def _ties(
    article: Article,
    instrument: Instrument,
    state: str,
    known: Ties,
    facts: Known,
    home: Mapping[str, list[str]],
    *,
    unclear: bool,
) -> Iterator[Tie]:
    node = state_node(state)
    name = f"{instrument.id}#{article.number}"
    title = instrument.short_name or instrument.title.en
    for entity, places in sorted(home.items()):
        fitting = fit(article, name, entity, facts)
        if fitting is None:
            continue
        needs = tuple((place, *alternative) for place in places for alternative in fitting.alternatives)
        direct = OPENS.get(article.routes.direct)
        for kind, route in ((Kind.DUTY, "direct"), (Kind.DUTY_PARENT, "parent"), (Kind.DUTY_STAFF, "staff")):
            opens = OPENS.get(getattr(article.routes, route))
            if opens and direct:  # what the bound entity controls or employs: no more open than its being bound
                opens = OPENS["disputed"] if OPENS["disputed"] in (opens, direct) else opens
                yield Tie(
                    tie_id(kind, node, entity, name),
                    kind,
                    node,
                    entity,
                    name,
                    gives=tuple(article.capability),
                    requires=needs,
                    opens=opens,
                    upper_only=unclear or fitting.is_incomplete,
                    label=f"{title}, art. {article.number}: route {route}" + (" (disputed)" if opens == "wide" else ""),
                )
    yield from _at_parts(article, name, title, node, known, facts, unclear=unclear)


def _at_parts(
    article: Article, name: str, title: str, node: str, known: Ties, facts: Known, *, unclear: bool
) -> Iterator[Tie]:
    """Duties that follow data, keys, an offer or an item: they bind whoever has an access there, at that part only."""
    places = [t for t in known.ties if t.kind == Kind.PLACE and t.holder == node]
    for place in places:
        for route, classes in _AT.items():
            opens = OPENS.get(getattr(article.routes, route))
            if place.cls not in classes or not opens:
                continue
            for access in (t for t in known.ties if t.kind == Kind.ACCESS and t.held == place.held):
                fitting = fit(article, name, access.holder, facts)
                if fitting is None:
                    continue
                yield Tie(
                    tie_id(Kind.DUTY_AT, node, access.holder, f"{name}/{route}/{access.cls}", place.held),
                    Kind.DUTY_AT,
                    node,
                    access.holder,
                    f"{name}/{route}",
                    gives=tuple(article.capability),
                    requires=tuple((place.id, access.id, *alternative) for alternative in fitting.alternatives),
                    opens=opens,
                    upper_only=unclear or fitting.is_incomplete,
                    label=f"{title}, art. {article.number}: route {route.replace('_', ' ')}"
                    + (" (disputed)" if opens == "wide" else ""),
                    at=place.held,
                )


def _assertion(tie: Tie, instrument: Instrument, article: Article, as_of: dt.date, table: GradeTable) -> Assertion:
    """One text read is one draw, however many entities and routes rest on it."""
    name = f"law:{instrument.id}#{article.number}"
    given = grade(instrument, article, as_of, table)
    return Assertion(
        key=draw_key(f"law:{instrument.id}", name, "asserted"),
        tie=tie.id,
        origin=f"law:{instrument.id}",
        stance="asserted",
        put_as="asserted",
        letter=given.letter,
        digit=given.digit,
        statements=(name,),
    )

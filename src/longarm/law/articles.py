"""An article of the law base: what its text says, whom it binds, by which route, and what it gives.

The text record and the coding stay apart: what ends in `_hint` is the record's, the same word without it is the
coding's, made by one test for every state (`base/vocabulary.yaml`). Pure values; `instruments` reads the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from longarm.law.periods import NOTHING_MORE, Force, force
from longarm.model.terms import Capability

RouteValue = Literal["yes", "disputed", "no"]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Routes:
    """Which ways an article is open to reach an entity: `narrow` takes `yes`, `wide` also `disputed`."""

    direct: RouteValue
    parent: RouteValue
    staff: RouteValue
    data_or_keys: RouteValue
    offering: RouteValue
    item_origin: RouteValue


@dataclass(frozen=True)
class RouteCase:
    """A route's other value where the fact in `when` is known."""

    route: str
    value: RouteValue
    when: str


@dataclass(frozen=True)
class Addressee:
    """Whom an article binds: one class of `who`, and a sector of `sectors` (`*` is any), and the condition, if any."""

    who: tuple[str, ...]
    sectors: tuple[str, ...]
    condition: str | None


@dataclass(frozen=True)
class Cited:
    """An article named by another."""

    instrument: str
    number: str


@dataclass(frozen=True)
class Article:
    """One article: what its text says, and how it is coded. Instrument and date identify it; its number is a name."""

    instrument: str
    number: str
    compels: str
    of_whom: str
    quote: str | None
    quote_lang: str | None
    text_seen: bool
    duty: tuple[str, ...]
    sectors_hint: tuple[str, ...]
    capability_hint: tuple[Capability, ...]
    """What the text record names; `capability` is what the coding lets the article give."""
    gives_power: bool
    kind: str
    capability: tuple[Capability, ...]
    addressee: Addressee
    routes: Routes
    needs: tuple[str, ...]
    """Facts without which the tie stays in the upper bound."""
    trigger: str | None
    prior_approval: str | None
    """None where it is not known."""
    secrecy_duty: bool | None
    extraterritorial_text: bool
    ownership_effect: str | None
    basis: str
    coded_from: str
    route_cases: tuple[RouteCase, ...] = ()
    item_scope: str | None = None
    widens: tuple[Cited, ...] = ()
    backs: tuple[str, ...] = ()
    """For a sanction: the articles of the same instrument whose duty it enforces."""
    force: Force = NOTHING_MORE

    @property
    def open_condition(self) -> str | None:
        """The addressee's condition, unless it only repeats the dates that `force` carries."""
        return None if self.force.condition_by_date else self.addressee.condition


def article(instrument_id: str, row: Mapping[str, Any]) -> Article:
    """Build an article from its block in the file. Raises KeyError, TypeError or ValueError where a word is wrong."""
    return built(
        Article,
        {
            **row,
            "instrument": instrument_id,
            "addressee": built(Addressee, row["addressee"]),
            "routes": Routes(**row["routes"]),
            "route_cases": [RouteCase(**c) for c in row.get("route_cases", ())],
            "widens": [Cited(**c) for c in row.get("widens", ())],
            "capability": [Capability(c) for c in row["capability"]],
            "capability_hint": [Capability(c) for c in row["capability_hint"]],
            "force": force(row.get("force")),
        },
    )


def built(kind: type[_T], row: Mapping[str, Any]) -> _T:
    """Build `kind` from a block of the file, its lists frozen. Raises TypeError on a missing or an unknown word."""
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})

"""A draft of a mapping for a table that nobody has mapped yet: by the names of its columns, and by what stands in them.

A draft is a proposal: every line says why it is there, and what was left out is listed. People read it before it is
used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from longarm.ingest.formats import tabular
from longarm.ingest.formats.suggesting_values import Look, look
from longarm.ingest.formats.tabular import How
from longarm.ingest.stream import Input

_ROWS: Final = 1_000
_LINK: Final = ("percentage", "startDate", "endDate")
_NUMBERS: Final = ("leiCode", "registrationNumber", "vatCode", "taxNumber")
_OF_PERSONS: Final = ("firstName", "lastName", "birthDate", "nationality")


@dataclass(frozen=True)
class Column:
    """A column of a table and what it is taken for."""

    name: str
    side: str | None
    """owner or asset, by its name"""
    prop: str | None
    look: Look
    why: str


@dataclass(frozen=True)
class Draft:
    """A drafted mapping."""

    kind: str
    """holdings, companies or persons"""
    columns: tuple[Column, ...]
    entities: Mapping[str, tuple[str, tuple[str, ...], tuple[Column, ...]]]
    """name → schema, keys, columns"""
    left: tuple[Column, ...]
    warnings: tuple[str, ...]


@cache
def _words() -> tuple[dict[str, str], dict[str, str]]:
    data = yaml.safe_load(files("longarm.ingest.formats").joinpath("suggesting.yaml").read_text("utf-8"))

    # YAML reads `no` as false, and a column may be called so.
    def of(part: str) -> dict[str, str]:
        return {("no" if w is False else str(w)): name for name, words in data[part].items() for w in words}

    return of("sides"), of("properties")


def tokens(name: str) -> list[str]:
    """Give the words of a column's name: lower case, without accents, parted at signs and humps."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", " ", name)
    flat = unicodedata.normalize("NFKD", parted.replace("ß", "ss").replace("%", " percent "))
    return re.findall(r"[a-z0-9]+", "".join(c for c in flat if not unicodedata.combining(c)).lower())


def _phrase(words: Sequence[str], known: Mapping[str, str]) -> tuple[str, str] | None:
    """Give (meaning, phrase) of the longest known phrase in the words; the last of equal ones."""
    for size in range(min(4, len(words)), 0, -1):
        for at in range(len(words) - size, -1, -1):
            phrase = " ".join(words[at : at + size])
            if phrase in known:
                return known[phrase], phrase
    return None


def draft(source: Input) -> Draft:
    """Draft a mapping of a table. Raises SourceError where it is none."""
    table = tabular.opened(source, How(most=_ROWS))
    cells: dict[str, list[str]] = {name: [] for name in table.head if name}
    for rows in table.rows:
        for name, values in cells.items():
            values += [v or "" for v in rows.columns[name].to_pylist()]
    columns = tuple(_column(name, look(values)) for name, values in cells.items())
    return _decided(columns)


def _column(name: str, seen: Look) -> Column:
    """Say what a column is by its name, and by its values where they tell more."""
    sides, properties = _words()
    words = tokens(name)
    side = _phrase(words, sides)
    rest = [w for w in words if side is None or w not in side[1].split()]
    named = _phrase(rest, properties) or (_phrase(words, properties) if side is None or not rest else None)
    prop, why = (named[0], f"its name says '{named[1]}'") if named else (None, "")
    if seen.is_lei:
        prop, why = "leiCode", "its values are LEIs, by their check digits"
    elif seen.is_email:
        prop, why = "email", "its values are addresses of e-mail"
    elif prop is None and side is None:
        prop, why = seen.guess()
    elif prop in ("name", "percentage") and seen.is_number and prop == "name":
        prop, why = "registrationNumber", "its name says 'name', its values are numbers"
    elif prop is not None and not seen.fits(prop):
        why = f"its name says '{named[1] if named else ''}', but its values do not"
        prop = None
    return Column(name, side[0] if side else None, prop, seen, why)


def _decided(columns: tuple[Column, ...]) -> Draft:
    """Decide what a row is: a holding of two parties, a company or a person."""
    sides = {c.side for c in columns}
    if "owner" in sides and ("asset" in sides or any(c.prop == "percentage" for c in columns)):
        return _holdings(columns)
    filled = [c for c in columns if c.prop in ("firstName", "lastName", "birthDate") and c.look.filled > 0.5]
    schema = "Person" if filled else "Company"
    fit = [_named(c) for c in columns if c.prop not in _LINK]
    taken, left = _fitting(fit, schema)
    left += [c for c in columns if c.prop in _LINK]
    kind, name = ("persons", "person") if filled else ("companies", "company")
    entities = {name: (schema, _keys(taken), tuple(taken))} if _keys(taken) else {}
    return Draft(kind, columns, entities, tuple(left), _warnings(columns, entities))


def _holdings(columns: tuple[Column, ...]) -> Draft:
    parties: dict[str, list[Column]] = {"owner": [], "asset": []}
    link: list[Column] = []
    last = "asset"
    for column in columns:
        if column.prop in _LINK:
            link.append(column)
            continue
        # A column that names no side stands beside the one that does: `owner, country, company, number`.
        last = column.side or last
        if column.side is None and column.prop == "name" and any(c.prop == "name" for c in parties[last]):
            last = "owner" if last == "asset" else "asset"  # a second name begins the other party
        parties[last].append(_named(column))
    entities: dict[str, tuple[str, tuple[str, ...], tuple[Column, ...]]] = {}
    left: list[Column] = []
    for side, name in (("owner", "owner"), ("asset", "company")):
        is_person = side == "owner" and any(
            c.prop in ("firstName", "lastName") and c.look.filled > 0.9 for c in parties[side]
        )
        schema = "Person" if is_person else "LegalEntity" if side == "owner" else "Company"
        taken, more = _fitting(parties[side], schema)
        left += more
        if keys := _keys(taken):
            entities[name] = (schema, keys, tuple(taken))
    taken, more = _fitting(link, "Ownership")
    left += more
    if len(entities) == 2:
        keys = (*entities["owner"][1], *entities["company"][1])
        entities["holding"] = ("Ownership", tuple(dict.fromkeys(keys)), tuple(taken))
    else:
        left += taken
    return Draft("holdings", columns, entities, tuple(left), _warnings(columns, entities))


def _named(column: Column) -> Column:
    """A column that only says who it is of is that one's name: `Shareholder`."""
    if column.prop is None and column.side is not None and not column.why:
        if column.look.is_number:
            return Column(column.name, column.side, "registrationNumber", column.look, "it names a party by a number")
        return Column(column.name, column.side, "name", column.look, "it names a party")
    return column


def _fitting(columns: Sequence[Column], schema: str) -> tuple[list[Column], list[Column]]:
    """Part columns into those that the schema has a property for, each property once, and the others."""
    from longarm.model import vocabulary

    of_schema = vocabulary.model().get(schema)
    assert of_schema is not None
    taken: list[Column] = []
    left: list[Column] = []
    for column in columns:
        is_doubled = any(c.prop == column.prop for c in taken) and column.prop not in ("name", "registrationNumber")
        fits = column.prop is not None and of_schema.get(column.prop) is not None and not is_doubled
        (taken if fits else left).append(column)
    return taken, left


def _keys(taken: Sequence[Column]) -> tuple[str, ...]:
    """Give the columns that tell an entity from others: a number where there always is one, else also the names."""
    numbers = [c for c in taken if c.prop in _NUMBERS]
    full = [c for c in numbers if c.look.filled > 0.995]
    if full:
        return (min(full, key=lambda c: _NUMBERS.index(str(c.prop))).name,)
    names = [c for c in taken if c.prop in ("name", "firstName", "lastName", "birthDate")]
    return tuple(c.name for c in (*names, *numbers)) if names else tuple(c.name for c in numbers)


def _warnings(columns: Sequence[Column], entities: Mapping[str, Any]) -> tuple[str, ...]:
    found = [] if entities else ["no column tells a name or a number: give the keys of each entity by hand"]
    for column in columns:
        if column.prop == "percentage" and column.look.is_fraction:
            found.append(f"'{column.name}' looks like parts of 1, not of 100: multiply it before it is read")
        if column.look.is_ambiguous:
            found.append(f"'{column.name}': day and month cannot be told apart in what was seen; day first is assumed")
    return tuple(found)

"""Values cleaned by their type, a column at a time: the same as FollowTheMoney's own cleaning, but not one by one.

Of countries, dates and languages each distinct value is cleaned once. Of names, addresses and other texts those that
cleaning cannot change are found by one expression over the column, and only the rest is cleaned one by one.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from longarm.model import dates, vocabulary

_STATES: Final = frozenset({"jurisdiction", "mainCountry"})
"""Properties that must name a state: a part of the United Kingdom, which FollowTheMoney tells apart, counts as it."""
_FEW: Final = frozenset({"country", "language", "topic", "gender"})
_PLAIN: Final = r"\x21-\x7E\x{00C0}-\x{02AF}\x{0410}-\x{044F}\x{3041}-\x{3096}\x{30A1}-\x{30FA}\x{4E00}-\x{9FFF}"
"""Letters that no cleaning touches: printable ASCII, precomposed Latin and Cyrillic, kana, common Han."""
_UNTOUCHED: Final = {
    "string": rf"^[{_PLAIN}]+( +[{_PLAIN}]+)*$",
    "name": rf"^[{_PLAIN}]+( [{_PLAIN}]+)*$",
    "address": rf"^[{_PLAIN}]+( [{_PLAIN}]+)*$",
}
_NOT_NAME: Final = r"^[\"']"
_NOT_ADDRESS: Final = r";|<BR|ESQ|,\s?[,.]"
_CACHE: Final = 200_000
"""Distinct values of one type that are remembered, at most."""


class Cleaner:
    """Cleans columns, and keeps count of what no type could take."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str | None]] = {}
        self.lost: Counter[tuple[str, str]] = Counter()
        """(property, value) → how often it could not be read"""
        self.lost_more = 0
        """how many others, once many distinct ones are counted"""

    @staticmethod
    def kind(schema: str, prop: str) -> str:
        """Give the name of a property's type. Raises SourceError where there is no such property."""
        return _kind(schema, prop)

    def column(self, kind: str, prop: str, values: pa.Array) -> pa.Array:
        """Clean a column; what its type cannot take becomes null. Gives the same array where nothing changed."""
        if kind == "entity" or not len(values):
            return values
        if kind == "date":
            return self.days(prop, values)
        if kind in _FEW:
            return self._distinct("state" if prop in _STATES else kind, prop, values)
        return self._texts(kind, prop, values)

    def days(self, prop: str, values: pa.Array) -> pa.Array:
        """Give the day that a date or time is written with, as partial as it is, without turning it to another zone."""
        return self._distinct("day", prop, values)

    def _distinct(self, kind: str, prop: str, values: pa.Array) -> pa.Array:
        encoded = values.dictionary_encode()
        known = self._known.setdefault(kind, {})
        if len(known) > _CACHE:
            known.clear()
        found = []
        for value in encoded.dictionary.to_pylist():
            if value not in known:
                known[value] = _once(kind, value)
            found.append(known[value])
        if None in found:
            counts = pc.value_counts(encoded.indices).to_pylist()
            for row in counts:
                place = row["values"]
                if place is not None and found[place] is None:
                    self._lose(prop, encoded.dictionary[place].as_py(), row["counts"])
        return pa.array(found, pa.string()).take(encoded.indices)

    def _texts(self, kind: str, prop: str, values: pa.Array) -> pa.Array:
        untouched = pc.match_substring_regex(values, _UNTOUCHED.get(kind, _UNTOUCHED["string"]))
        if kind == "name":
            untouched = pc.and_(untouched, pc.invert(pc.match_substring_regex(values, _NOT_NAME)))
        elif kind == "address":
            untouched = pc.and_(untouched, pc.invert(pc.match_substring_regex(values, _NOT_ADDRESS)))
        doubtful = pc.fill_null(pc.invert(untouched), False)
        if not pc.any(doubtful).as_py():
            return values
        cleaned = []
        clean = _type(kind).clean
        for value in values.filter(doubtful).to_pylist():
            fit = clean(value)
            cleaned.append(fit)
            if fit is None and value.strip():
                self._lose(prop, value, 1)
        return pc.replace_with_mask(values, doubtful, pa.array(cleaned, pa.string()))

    def _lose(self, prop: str, value: str, times: int) -> None:
        if len(self.lost) < 1000 or (prop, value) in self.lost:
            self.lost[prop, value[:200]] += times
        else:
            self.lost_more += times

    def warnings(self) -> tuple[str, ...]:
        """Say what could not be read, and forget it."""
        said = [f"{prop}: '{value}' could not be read ({times} times)" for (prop, value), times in self.lost.items()]
        if self.lost_more:
            said.append(f"{self.lost_more} more values could not be read")
        self.lost.clear()
        self.lost_more = 0
        return tuple(said)


def _once(kind: str, value: str) -> str | None:
    if kind == "day":
        return day(value)
    if kind == "state":
        code = _type("country").clean(value)
        return "gb" if code is not None and code.startswith("gb-") else code
    found: str | None = _type(kind).clean(value)
    return found


@cache
def _kind(schema: str, prop: str) -> str:
    return str(vocabulary.property_of(schema, prop).type.name)


@cache
def _type(kind: str) -> Any:
    from followthemoney.types import registry

    return registry.get(kind)


@lru_cache(maxsize=50_000)
def day(text: str) -> str | None:
    """Give the day, month or year that a text begins with, or None where it is no date between 1001 and 2999.

    Years before and after are what registers write for "long ago" and "no end".
    """
    given = text.strip()
    short = given[:10] if len(given) > 10 and given[10] in "T " else given
    try:
        span = dates.span(short)
    except ValueError:
        return None
    return short if 1001 <= span.first.year <= 2999 else None

"""Columns of texts cleaned by FollowTheMoney's types: each distinct value once, and plain ones not at all.

Most values of a register are letters, digits and single spaces already; an expression finds those, and only the
others go through the type. What the calculation could not read (a share of 150 %) is no value, either.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from longarm.model import dates, shares

if TYPE_CHECKING:
    from followthemoney.property import Property
    from followthemoney.schema import Schema

_KEPT: Final = 200_000
"""Distinct values that are remembered from one stretch to the next."""
_LETTERS: Final = "À-ɏΑ-ΡΣ-ωЀ-ѯ"
"""Latin, Greek and Cyrillic letters that are composed already, and stay as they are."""
_PLAIN: Final = rf"^[!-~{_LETTERS}](?:[ -~{_LETTERS}]*[!-~{_LETTERS}])?$"
_NAME: Final = rf"A-Za-z0-9{_LETTERS}.,&()/+:-"
_PLAIN_NAME: Final = rf"^[{_NAME}]+(?: [{_NAME}]+)*$"
_ADDRESS: Final = rf"A-Za-z0-9{_LETTERS}()/&:-"
_PLAIN_ADDRESS: Final = rf"^[{_ADDRESS}]+(?:[.,]? [{_ADDRESS}]+)*$"
_DAY: Final = r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$"
_COMMA: Final = re.compile(r"(\d{1,3}),(\d+)(\s*%?)", re.ASCII)
_FIGURE: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)

SHARES: Final = ("percentage", "votingPercentage")
ENDS: Final = ("percentageMinimum", "percentageMaximum")
DAYS: Final = ("startDate", "endDate", "date")


@dataclass
class Column:
    """A function of texts that is asked once for each distinct one."""

    clean: Callable[[str], str | None]
    plain: str | None = None
    """an expression: values that fit it are clean as they are"""
    unlike: str | None = None
    """unless this stands in them"""
    _known: dict[str, str | None] = field(default_factory=dict)

    def __call__(self, values: pa.Array) -> pa.Array:
        """Give the values cleaned; what is none becomes null. Gives the very same array where nothing changes."""
        if self.plain is not None:
            is_plain = self._plain(values)
            if pc.all(is_plain, min_count=0).as_py():
                return values
        coded = values.dictionary_encode()
        words = coded.dictionary
        listed: list[str | None] = words.to_pylist()
        if self.plain is not None:
            fits = self._plain(words).to_pylist()
            made = [word if fit else self._of(word) for word, fit in zip(listed, fits, strict=True)]
        else:
            made = [self._of(word) for word in listed]
        if made == listed:
            return values
        return pa.array(made, pa.string()).take(coded.indices)

    def one(self, value: str) -> str | None:
        """Clean one value."""
        return self._of(value)

    def _plain(self, values: pa.Array) -> pa.Array:
        fits = pc.match_substring_regex(values, self.plain)
        return fits if self.unlike is None else pc.and_not(fits, pc.match_substring(values, self.unlike))

    def _of(self, word: str | None) -> str | None:
        if word is None:
            return None
        try:
            return self._known[word]
        except KeyError:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[word] = self.clean(word)
            return found


def cells() -> Column:
    """Clean cells as FollowTheMoney does: composed letters, no control characters, no space around; empty is none."""
    from followthemoney.util import sanitize_text

    return Column(sanitize_text, _PLAIN)


def of(schema: Schema, prop: Property, form: str | None, fuzzy: bool) -> Column:
    """Give what cleans the values of a property."""
    form = form or prop.format
    kind: Any = prop.type
    is_interval = schema.is_a("Interval")
    readable = _readable(schema, prop)

    if kind.name == "email":
        return Column(_emails(kind))

    def clean(text: str) -> str | None:
        try:
            found = kind.clean_text(text, fuzzy=fuzzy, format=form, proxy=None)
        except (ValueError, OverflowError):  # of a date beyond the calendar, of a format that does not fit
            return None
        if not found:
            return None
        if readable is not None:
            found = readable(found)
        return found or None

    plain = None
    if kind.name == "name":
        plain = _PLAIN_NAME
    elif kind.name == "date" and form is None:
        plain = _DAY
    elif readable is None and (kind.name in ("string", "text", "number") or (kind.name == "identifier" and not form)):
        plain = r"(?s)^.+$"  # these types take any text as it is
    elif kind.name == "address":
        plain = _PLAIN_ADDRESS
    if is_interval and prop.name in DAYS:
        plain = _DAY if form is None else None
    return Column(clean, plain, "ESQ" if kind.name == "address" else None)


def trimmed(schema: Schema, prop: Property) -> Column:
    """Give what cleans values that come from no cell: first as a cell, then by the property's type."""
    from followthemoney.util import sanitize_text

    by_type = of(schema, prop, None, False).clean

    def clean(text: str) -> str | None:
        found = sanitize_text(text)
        return None if found is None else by_type(found)

    return Column(clean)


def _emails(kind: Any) -> Callable[[str], str | None]:
    """Clean addresses; a domain, which costs a tenth of a millisecond, once for all who have it."""
    domains: dict[str, str | None] = {}

    def clean(text: str) -> str | None:
        local, at, domain = text.rpartition("@")
        if domain not in domains:
            if len(domains) >= _KEPT:
                domains.clear()
            whole = kind.clean_text(f"x@{domain}") if at else None
            domains[domain] = whole and whole[2:]
        ending = domains[domain]
        local = local.removeprefix("mailto:")
        return f"{local}@{ending}" if ending and kind.LOCAL_RE.match(local) else None

    return clean


def _readable(schema: Schema, prop: Property) -> Callable[[str], str | None] | None:
    """Give what tells whether the calculation can read a value, and writes it as it is read."""
    if schema.is_a("Ownership") and prop.name in SHARES:
        return _share
    if prop.name in ENDS:
        return _end
    if schema.is_a("Interval") and prop.name in DAYS and prop.type.name == "date":
        return _day
    return None


def is_vital(schema: Schema, prop: Property) -> bool:
    """True where an entity is better not taken than taken without this value: a share or a date that is none."""
    return _readable(schema, prop) is not None


def _share(text: str) -> str | None:
    written = _point(text)
    try:
        shares.read(written)
    except ValueError:
        return None
    return written


def _end(text: str) -> str | None:
    written = _point(text).rstrip("% ")
    try:
        if not _FIGURE.fullmatch(written):
            return None
        shares.parts(written)
    except ValueError:
        return None
    return written


def _point(text: str) -> str:
    """A decimal comma becomes a point: a share has no thousands."""
    found = _COMMA.fullmatch(text.strip())
    return f"{found[1]}.{found[2]}{found[3]}" if found else text.strip()


def _day(text: str) -> str | None:
    day = text[:10]  # a tie holds for days
    try:
        dates.span(day)
    except ValueError:
        return None
    return day

"""One line of the register of persons with significant control, taken apart: whom it names, and what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

_NUMBER: Final = re.compile(r"[A-Z0-9]{8}", re.ASCII)
_PATH: Final = re.compile(r"/company/([^/]+)/(?:.*/)?([^/]+)/?")
_LINES: Final = (
    "care_of",
    "po_box",
    "premises",
    "address_line_1",
    "address_line_2",
    "locality",
    "region",
    "postal_code",
    "country",
)
Data = Mapping[str, Any]


class Bad(ValueError):
    """A line that says too little, or wrongly; the message is the reason."""


class Of(NamedTuple):
    """What every line says: of which company, of which entry, and what was done with it."""

    company: str
    entry: str
    """the register's own id of the entry"""
    data: Data
    is_deleted: bool


def of(value: Any) -> Of:
    """Take a line of a snapshot, or an event of the stream, apart. Raises Bad."""
    if not isinstance(value, dict):
        raise Bad("a line is one object")
    data = value.get("data")
    event = value.get("event")
    if not isinstance(data, dict):
        if not isinstance(event, dict):
            raise Bad("it has no 'data'")
        data = {}
    links = data.get("links")
    path = value.get("resource_uri") or (links.get("self") if isinstance(links, dict) else None)
    found = _PATH.fullmatch(path) if isinstance(path, str) else None
    company = value.get("company_number") or (found[1] if found else "")
    entry = value.get("resource_id") or (found[2] if found else "")
    if not isinstance(company, str) or not isinstance(entry, str):
        raise Bad("company_number: a text was expected")
    kind = event.get("type") if isinstance(event, dict) else None
    return Of(company, entry, data, kind == "deleted")


def company_number(given: str) -> str:
    """Give a company number in its eight characters. Raises Bad where it is none."""
    if len(given) == 8 and given.isascii() and given.isdigit():
        return given
    number = given.strip().upper()
    if number.isdigit() and len(number) < 8:
        number = number.zfill(8)
    if not _NUMBER.fullmatch(number):
        raise Bad(f"company_number: '{given[:40]}' is none; eight letters and digits were expected")
    return number


def text(data: Data, key: str) -> str | None:
    """Give a text of a line, or None. Raises Bad where it is something else."""
    value = data.get(key)
    if type(value) is str:
        return value or None
    if value is not None:
        raise Bad(f"{key}: a text was expected, not {type(value).__name__}")
    return None


def part(data: Data, key: str) -> Data:
    """Give an object within a line, empty where there is none. Raises Bad where it is something else."""
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Bad(f"{key}: an object was expected, not {type(value).__name__}")
    return value


def natures(data: Data) -> tuple[str, ...]:
    """Give the natures of control. Raises Bad where they are no list of texts."""
    value = data.get("natures_of_control")
    if value is None:
        return ()
    if type(value) is list:
        for code in value:
            if type(code) is not str or not code:
                break
        else:
            return tuple(value)
    raise Bad("natures_of_control: a list of texts was expected")


def address(data: Data, key: str) -> str | None:
    """Write an address in one line."""
    if data.get(key) is None:
        return None
    given = part(data, key)
    care, box, house, street, *rest = map(given.get, _LINES)
    if house and street and type(house) is str and len(house) < 6 and house.isalnum():
        house, street = f"{house} {street}", None
    try:
        return ", ".join(filter(None, (care, box and "PO Box " + box, house, street, *rest))) or None
    except TypeError:
        raise Bad(f"{key}: its lines are no texts") from None


def born(data: Data) -> str | None:
    """Give the date of birth as far as it is said: mostly month and year. Raises Bad where it is no date."""
    given = part(data, "date_of_birth")
    year, month, day = given.get("year"), given.get("month"), given.get("day")
    if year is None:
        return None
    if not all(type(n) is int for n in (year, month or 0, day or 0)) or not 1001 <= year <= 2999:
        raise Bad(f"date_of_birth: '{str(dict(given))[:80]}' is none")
    if not month:
        return str(year)
    if not 1 <= month <= 12 or not 0 <= (day or 0) <= 31:
        raise Bad(f"date_of_birth: '{str(dict(given))[:80]}' is none")
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"


class Name(NamedTuple):
    """A name and its parts."""

    whole: str | None
    title: str | None = None
    first: str | None = None
    middle: str | None = None
    last: str | None = None


def name(data: Data) -> Name:
    """Give the name, without the title where its parts are given."""
    given = part(data, "name_elements")
    if not given:
        return Name(text(data, "name"))
    middle = text(given, "middle_name") or text(given, "other_forenames")
    first, last = text(given, "forename"), text(given, "surname")
    whole = " ".join(filter(None, (first, middle, last)))
    return Name(whole or text(data, "name"), text(given, "title"), first, middle, last)

"""Values of BODS as FollowTheMoney's property types clean them, at the pace of a register.

Codes and dates repeat, so each distinct one is cleaned once. A name or an address that is already as cleaning would
leave it is told by cheap signs and passed on; the rest is given to FollowTheMoney itself.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from msgspec import UNSET, UnsetType

MOST_NAME: Final = 384
MOST_IDENTIFIER: Final = 64
MOST_STRING: Final = 1024
MOST_TEXT: Final = 65_000
MOST_URL: Final = 4096
MOST_CODE: Final = 200
_PLAIN_ADDRESS: Final = re.compile(r"[\r\n\t;<]|ESQ|,\s?[,.]|  ")
_PLAIN_URL: Final = re.compile(r"https?://[a-z0-9][a-z0-9.\-]*\.[a-z]{2,}/[A-Za-z0-9/._\-]*")
_ID: Final = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?", re.ASCII)
_DAY: Final = re.compile(r"(1[0-9]|20)\d\d-\d\d-\d\d", re.ASCII)
_QUOTES: Final = "\"'«»‘’“”„‚`´"
MOST_ID: Final = 150


def given(text: str | UnsetType) -> str | None:
    """Give a text, or None where it is left out or blank."""
    return None if text is UNSET or not text or text.isspace() else text


@cache
def _clean_by(name: str) -> Callable[[str], str | None]:
    from followthemoney.types import registry  # slow to import, and not needed to recognise a format

    return registry.get(name).clean


def _is_clean(text: str) -> bool:
    if not text.isprintable() or "  " in text or text[0] == " " or text[-1] == " ":
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def name(text: str) -> str | None:
    """Clean a name."""
    if len(text) <= MOST_NAME and _is_clean(text) and text[0] not in _QUOTES and text[-1] not in _QUOTES:
        return text
    return _shortened(_clean_by("name")(text), MOST_NAME)


def words(text: str) -> str | None:
    """Clean a short text."""
    return text if len(text) <= MOST_STRING and _is_clean(text) else _shortened(_clean_by("string")(text), MOST_STRING)


def long_text(text: str) -> str | None:
    """Clean a text of any length."""
    return text if len(text) <= MOST_TEXT and _is_clean(text) else _shortened(_clean_by("text")(text), MOST_TEXT)


def identifier(text: str) -> str | None:
    """Clean an identifier; one that is longer than any register writes is none."""
    found = text if _is_clean(text) else _clean_by("identifier")(text)
    return found if found and len(found) <= MOST_IDENTIFIER else None


def address(text: str) -> str | None:
    """Clean an address on one line."""
    if len(text) <= MOST_STRING and _is_clean(text) and not _PLAIN_ADDRESS.search(text):
        return text
    return _shortened(_clean_by("address")(text[: 4 * MOST_STRING]), MOST_STRING)


def country(code: str) -> str | None:
    """Give FollowTheMoney's code of a country or a part of one; None where there is none."""
    return _country(code) if len(code) <= MOST_CODE else None


@lru_cache(maxsize=4096)
def _country(code: str) -> str | None:
    return _clean_by("country")(code)


@lru_cache(maxsize=65_536)
def date(text: str) -> str | None:
    """Give a date as FollowTheMoney takes it; None for years that no record can mean. Takes what the schema took."""
    return _clean_by("date")(text)


def day(text: str) -> str | None:
    """Give the day of a date or a moment, YYYY-MM-DD; a partial date stays partial."""
    return date(text[:10])


def url(text: str) -> str | None:
    """Clean an address of the web; what is none, such as a URN, is not carried."""
    if len(text) > MOST_URL:
        return None
    return text if _PLAIN_URL.fullmatch(text) else _url(text)


@lru_cache(maxsize=4096)
def _url(text: str) -> str | None:
    return _clean_by("url")(text)


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Give a text as a part of an id: small letters and figures of the Latin script; a hash where little is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return found if len(found) >= 2 else f"p{_digest(text)}"


def entity_id(scope: str, record: str) -> str:
    """Give the id of the entity that a record of a publisher is about.

    FollowTheMoney takes letters, figures, dots and hyphens; a record id with anything else is put as its hash.
    """
    if len(record) <= MOST_ID and _ID.fullmatch(record):
        return f"{scope}-{record}"
    return f"{scope}-x{_digest(record)}"


def part_id(statement_id: str) -> str:
    """Give the part of an id that tells a version of a record from the others."""
    return _digest(statement_id)[:10]


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


def _shortened(text: str | None, most: int) -> str | None:
    return text[:most] if text else None

"""Kinds of thing that a noun or a name may speak of, so that each end of a relation gets what can stand there.

Reads the noun table `cues/nouns.yaml` and the names of states of the CLDR (Unicode, through Babel).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from babel import Locale

from longarm.extract.cues import table
from longarm.extract.names import folded


class Kind(StrEnum):
    """What a phrase speaks of."""

    TIME = "time"
    QUANTITY = "quantity"
    STAFF = "staff"
    """people who act for the organisation that they belong to"""
    PERSON = "person"
    AUTHORITY = "authority"
    LABEL = "label"
    """a company, by a word that also introduces names"""
    PARTY = "party"
    """a company by its part in the story: buyer, parent, operator"""
    ORGANISATION = "org"
    SITE = "site"
    DATA = "data"
    """data, systems and equipment"""
    DEAL = "deal"
    DOCUMENT = "document"
    THING = "thing"
    PLACE = "country"
    NAME = "name"
    """a name of which nothing more is known"""
    OTHER = "other"


ACTORS: Final = frozenset({Kind.NAME, Kind.ORGANISATION, Kind.AUTHORITY, Kind.LABEL, Kind.PARTY, Kind.PERSON})
FIRMS: Final = frozenset({Kind.NAME, Kind.ORGANISATION, Kind.LABEL, Kind.PARTY})
_FORM: Final = re.compile(
    r"(?:ltd|inc|plc|corp|llc|co|sa|nv|bv|ag|gmbh|se|srl|sarl|spa|oy|ab|as|group|groupe|groep|gruppe|holdings?|partners"
    r"|capital|systems|logistics|ports|energy|telecom|technologies|industries|international|services?|trust|bank)\.?",
    re.IGNORECASE,
)
_COUNTRY_NAMES: Final = ("en", "fr", "nl", "de")


@cache
def _nouns(lang: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    rows: dict[str, str] = table("nouns")[lang]
    case = "(?:e?s|n)?" if lang == "de" else ""  # of the genitive and the dative
    return tuple(
        (Kind(kind), re.compile(row.replace("*", r"[\w’'-]*") + case, re.IGNORECASE)) for kind, row in rows.items()
    )


@cache
def _bare_nouns(lang: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    rows: dict[str, str] = table("nouns")[lang]
    return tuple((Kind(kind), re.compile(row.replace("*", ""), re.IGNORECASE)) for kind, row in rows.items())


@lru_cache(maxsize=8192)
def kind_of_bare_noun(word: str, lang: str) -> Kind:
    """Give the kind of a noun that is no compound: of "Werk", not of "Mastwerk"."""
    bare = folded(word)
    return next((kind for kind, pattern in _bare_nouns(lang) if pattern.fullmatch(bare)), Kind.OTHER)


@lru_cache(maxsize=8192)
def kind_of_noun(word: str, lang: str) -> Kind:
    """Give the kind of a common noun, `OTHER` where the table does not know it."""
    bare = folded(word)
    if bare[:1].isdigit():
        return Kind.TIME if len(bare) == 4 and bare.isdigit() else Kind.QUANTITY
    return next((kind for kind, pattern in _nouns(lang) if pattern.fullmatch(bare)), Kind.OTHER)


@cache
def states() -> frozenset[str]:
    """Give the names of states and territories in the languages read, in small letters."""
    return frozenset(
        str(name).casefold()
        for code in _COUNTRY_NAMES
        for key, name in Locale(code).territories.items()
        if not key.isdigit()
    ) | {"turkey", "turquie", "turkije", "türkei", "usa", "schweiz", "great britain", "england", "scotland", "wales"}


@lru_cache(maxsize=8192)
def kind_of_name(name: str, lang: str) -> Kind:
    """Give the kind of a name by its own words: a state, a body, a site, else a name."""
    if name.casefold() in states():
        return Kind.PLACE
    words = re.split(r"[\s-]+|(?<=\w)[’'](?=\w)", name)
    if _FORM.fullmatch(words[-1]) and len(words) > 1:
        return Kind.ORGANISATION
    kinds = [kind_of_bare_noun(word, lang) for word in words]
    kinds += [kind for word in words if (kind := kind_of_noun(word, lang)) in (Kind.AUTHORITY, Kind.LABEL, Kind.PARTY)]
    if kind_of_noun(words[-1], lang) is Kind.DOCUMENT:
        return Kind.DOCUMENT
    for kind in (Kind.AUTHORITY, Kind.ORGANISATION, Kind.LABEL, Kind.PARTY, Kind.SITE):
        if kind in kinds and (len(words) > 1 or lang in ("de", "nl") or kind is Kind.AUTHORITY):
            return Kind.ORGANISATION if kind in (Kind.LABEL, Kind.PARTY) else kind
    return Kind.NAME

"""The form of a name: a run of capitalised words, joined by the small words that names carry.

One form for all readers of a text, so that a mention, a speaker and a credit have the same ends. Nothing is looked up.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿ]"
"""A letter that no small letter is, in any of the alphabets of the languages read"""
WORD: Final = rf"(?:{CAPITAL}[\w’'&.-]*[\w&]|{CAPITAL}\b)"
"""A word of a name; a full stop may stand inside, never at its end"""
JOIN: Final = r"(?:of|for|the|on|and|&|de|du|des|d[’']|la|le|les|l[’']|et|van|voor|der|den|het|von|für|und|zu|y)"
"""A small word inside a name, in any of the languages, where a speaker is cut out of running words"""
_LINKS: Final = {
    "en": r"of the|of|and the|for the|for|on the|on|de la|de|van der|van|von|&",
    "fr": r"de la |de l[’']|du |des |de |d[’']|van |von |pour la |pour le |pour |à l[’']|à la |aux |à |& ",
    "nl": r"van de|van der|van den|van het|van|voor de|voor het|voor|de|von|&",
    "de": r"für die|für das|für den|für|von der|von|van|zu|de|&",
}
"""Small words inside a name: "Ministry of Trade", "Amt für Netzsicherheit", or "Carla van Dorn", by language."""


@cache
def name_pattern(lang: str | None) -> re.Pattern[str]:
    """Give the form of a name with the links of a language; of all of them where it is not known."""
    rows = [row for code, row in _LINKS.items() if lang in (None, code)]
    links = "|".join(
        part.replace(" ", r"[ \u00a0]")
        for row in rows
        for part in (row.split("|") if row.endswith(" ") else _spaced(row))
    )
    return re.compile(rf"{WORD}(?:[ \u00a0](?:{links})?{WORD})*")


def _spaced(row: str) -> list[str]:
    return [f"{part} " for part in row.split("|")]


NAME: Final = name_pattern(None)
"""A name in any of the languages"""
PERSON: Final = re.compile(rf"{WORD}(?: (?:van|de|der|den|von|du|la|le|di))*(?: {WORD}){{0,3}}")
"""A person alone on a line, or a firm of up to four words"""
RUN: Final = re.compile(rf"{WORD}(?: {WORD})*")
"""A name without links, as a person's or a firm's"""
POSSESSIVE: Final = re.compile(r"[’']s?$")


def folded(word: str) -> str:
    """Give a word in small letters, without the marks around it and the sign of possession."""
    return POSSESSIVE.sub("", word.casefold().strip(".,;:\"'“”«»()"))

"""The language that a dossier is written in: messages from catalogues; dates, numbers and names of states by CLDR.

A message is an English sentence with names in braces; a catalogue (`locales/*.po`, gettext) gives it in another
language. Values are put in after translation and are never read as messages. What has no translation stands in English,
and a test counts how many that are. Quotations, names and titles stay in the language of their source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from longarm.model import dates, states
from longarm.model.terms import LANGUAGES

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ISOLATE: Final = "\u2068"
_END: Final = "\u2069"
"""First strong isolate and its end: Unicode Standard Annex 9, section 2.4."""


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message for the catalogues where it stands as data; it is translated where it is said."""
    return message


class Tongue:
    """One language."""

    def __init__(self, language: str, messages: Mapping[str, str]) -> None:
        """Take the ISO 639-1 code and the messages: English → this language."""
        self.language = language
        self._messages = messages
        self._locale = Locale.parse("en_GB" if language == "en" else language)

    def say(self, message: str, **values: object) -> str:
        """Say a message with its values put in."""
        said = self._messages.get(message, message)
        return said.format_map({k: _apart(v) for k, v in values.items()}) if values else said

    def term(self, word: str) -> str:
        """Say a word of the vocabulary that stands in data; one that no catalogue holds stays as it is."""
        return self._messages.get(word, word)

    def many(self, one: str, several: str, count: int, **values: object) -> str:
        """Say one of two messages by a count, which is put in as `n`."""
        return self.say(one if count == 1 else several, n=self.count(count), **values)

    def day(self, text: str | None) -> str:
        """Write a partial date as people read it: a day, a month or a year; what is no date stays what it is."""
        try:
            if not text:
                return self.say("undated")
            first = dates.span(text).first
        except ValueError:
            return str(text)
        if len(text) == 4:
            return text
        if self.language == "en":
            return dates.in_words(text)
        if len(text) == 7:
            return format_skeleton("yMMMM", first, locale=self._locale)
        said = format_date(first, "long", locale=self._locale)
        return f"1er {said[2:]}" if self.language == "fr" and first.day == 1 else said  # CLDR leaves it a cardinal

    def state(self, code: str) -> str:
        """Name a state; the code itself where CLDR has no name."""
        if self.language == "en":
            return states.name(code)
        return str(self._locale.territories.get(code.upper(), code.upper()))

    def in_text(self, code: str) -> str:
        """Name a state as it stands inside a sentence: in English with its article where it takes one."""
        return states.in_text(code) if self.language == "en" else self.state(code)

    def share(self, value: float) -> str:
        """Write a share of worlds with two figures: 0.94."""
        return format_decimal(value, "0.00", locale=self._locale)

    def short(self, value: float) -> str:
        """Write a share below one as short as the language has it: .10 in English, 0,10 elsewhere."""
        said = self.share(value)
        return said[1:] if self.language == "en" and said.startswith("0.") else said

    def figure(self, value: float) -> str:
        """Write a figure as short as it is."""
        return format_decimal(value, "#,##0.###", locale=self._locale)

    def exact(self, figure: str) -> str:
        """Write a figure with all the digits that it is given with."""
        return format_decimal(Decimal(figure), "0.############", locale=self._locale)

    def count(self, value: int) -> str:
        """Write a count: 1,024."""
        return format_decimal(value, "#,##0", locale=self._locale)

    def several(self, items: Iterable[str]) -> str:
        """Join what is listed as a sentence lists it: a, b and c."""
        return format_list([str(i) for i in items], locale=self._locale)


def _apart(value: object) -> object:
    """Set a name that runs from right to left apart, so that it does not turn the sentence around it."""
    if isinstance(value, str) and _RIGHT_TO_LEFT.search(value) and not value.startswith(_ISOLATE):
        return f"{_ISOLATE}{value}{_END}"
    return value


@cache
def tongue(language: str = "en") -> Tongue:
    """Give a language by its code. Raises ValueError where there is none."""
    if language not in LANGUAGES:
        raise ValueError(f"'{language}' is not a language of longarm; one of: {', '.join(LANGUAGES)}")
    return Tongue(language, {} if language == "en" else catalogue(language))


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Read the catalogue of a language: the messages that somebody translated and nobody marked as doubtful."""
    place = files("longarm.dossier").joinpath("locales", f"{language}.po")
    if not place.is_file():
        return {}
    with place.open("rb") as opened:
        read = read_po(opened, locale=language)
    found: dict[str, str] = {}
    for m in read:
        if m.id and m.string and not m.fuzzy:
            several = isinstance(m.id, (tuple, list))  # one and many: two messages, for whoever counts chooses
            ids, said = (m.id, m.string) if several else ([m.id], [m.string])
            found.update((str(i), str(s)) for i, s in zip(ids, said, strict=False) if s)
    return found


ENGLISH: Final = tongue("en")

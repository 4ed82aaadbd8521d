"""Which names of a text are persons: by a title, an office beside them, or a surname that later stands alone."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from longarm.extract.cues import table
from longarm.extract.kinds import Kind, kind_of_name, kind_of_noun

TITLE: Final = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Mme|Mlle|Me|M|MM|Herr|Herrn|Frau|Mevrouw|Sir|Prof|Maître)\.?\s")
_TITLED: Final = frozenset("Mr Mrs Ms Dr Mme Mlle Me M MM Herr Herrn Frau Mevrouw heer mevrouw Sir Prof Maître".split())  # noqa: SIM905
_SPEAKS: Final = re.compile(
    r"(?:spokes\w+|porte-parole|woordvoerd\w+|\w*[Ss]precher\w*|\w*[Aa]nwalt|avocate?|counsel|lawyer)$"
)
_MEMBER: Final = re.compile(r"(?:member|membre|lid|Mitglied) (?:of|du|de|van|des) (?:the |la |het )?\w+ $")
_OFFICE: Final = re.compile(r",\s(?:[\w’'-]+\s){0,4}?[\w’'-]+(?=[,.;:\s)])")
_WORDS: Final = re.compile(r"[\w’'-]+")


@cache
def _said(lang: str) -> re.Pattern[str]:
    """A verb of speech behind a quotation, with its subject to follow: "s’indigne Radomir Veskov"."""
    verbs = table("speech")[lang]["verbs"] if lang in table("speech") else r"(?!)"
    return re.compile(rf"[”\"»“,]\s*(?:s[’']\w+|a |so |zo )?(?:{verbs})\s$", re.IGNORECASE)


def persons_in(text: str, found: list[tuple[int, int, str]], lang: str) -> frozenset[str]:
    """Give the names, as they stand, that the text treats as persons somewhere."""
    alone = {name for _, _, name in found if " " not in name}
    return frozenset(
        name
        for start, end, name in found
        if kind_of_name(name, lang) is Kind.NAME and _is_person(text, start, end, name, alone, lang)
    )


def _is_person(text: str, start: int, end: int, name: str, alone: set[str], lang: str) -> bool:
    fore = text[max(0, start - 40) : start]
    before = _WORDS.findall(fore)
    last = before[-1] if before else ""
    office = last in _TITLED or _SPEAKS.match(last) or kind_of_noun(last, lang) is Kind.PERSON or _MEMBER.search(fore)
    if last and office and fore.rstrip(" ,").endswith(last):
        return True
    if " " not in name:
        return False
    behind = _OFFICE.match(text, end, end + 60)
    words = _WORDS.findall(behind.group())[:3] if behind else []
    said = _said(lang).search(fore) is not None
    surname = name.split()[-1] in alone and not set(name.split()[:-1]) & alone
    return said or surname or any(kind_of_noun(word, lang) is Kind.PERSON for word in words)

"""Capitals that make no name: German nouns, and the first word of a sentence in any language.

What the text does with a word tells: a noun stands behind an article or a number, is written small elsewhere, or is one
that the table of nouns knows.
"""

from __future__ import annotations

import re
from typing import Final

from longarm.extract.kinds import Kind, kind_of_bare_noun, kind_of_noun
from longarm.extract.names import CAPITAL

_NOUN_ENDING: Final = re.compile(
    r"\w{3,}(?:ung(?:en)?|heit(?:en)?|keit(?:en)?|schaft(?:en)?|tion(?:en)?|tät(?:en)?|nisse?|ismus|tum|ment|sicht|zeug|nahmen?|griffe?|gänge?|träge?|werte?|wechsel)$"
)
_BEHIND: Final = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein(?:e[nmrs]?)?|kein(?:e[nmrs]?)?|sein(?:e[nmrs]?)?|ihr(?:e[nmrs]?)?|alle[nr]?|"
    r"diese[nmrs]?|jede[nmrs]?|eigene[nrsm]?|neue[nrsm]?|weitere[nrsm]?|erste[nrsm]?|letzte[nrsm]?|fremde[nrsm]?|"
    r"ausländische[nrsm]?|staatliche[nrsm]?|öffentliche[nrsm]?|viele|mehrere|beide|einige|zur|zum|vom|beim|im|am|ins|\d+(?:[.,]\d+)?|zwei|drei|vier|fünf"
    rf"|sechs|acht|zehn|achtzig|hundert|tausend)\s(?:[a-zäöüß]+(?:e|en|er|es|em)\s)?(?P<noun>{CAPITAL}[\w-]+)",
    re.IGNORECASE,
)
_FRONTED: Final = re.compile(
    r"(?:^|[.!?]\s)((?:Ge|Be|Er|Ver|Ent|An|Aus|Ein|Auf|Unter|Über|Zer)\w+(?:t|en)|[A-ZÄÖÜ]\w+iert)"
    r"(?=\s(?:wird|werden|wurde|wurden|ist|sind|hat|haben|sollen?)\b)",
    re.MULTILINE,
)
_OPENING: Final = re.compile(rf"(?:(?:^|[.!?:;]|\n|[”\"“«„–])\s*[“\"«„(]?)(?P<word>{CAPITAL}[\w’'-]+)", re.MULTILINE)
_ENGLISH: Final = re.compile(r"\w+(?:ings?|it(?:y|ies)|ness|tions?|ments?|ly|ism|[^e]ed)$")
_FORMS: Final = "AG|GmbH|SE|KG|Holding|Gruppe|Group|BV|NV|Ltd|Inc|Bank"
_BODIES: Final = frozenset({Kind.AUTHORITY, Kind.LABEL, Kind.PARTY, Kind.ORGANISATION})
_INTRODUCING: Final = frozenset(
    {Kind.LABEL, Kind.PARTY, Kind.PERSON, Kind.STAFF, Kind.DATA, Kind.QUANTITY, Kind.DOCUMENT}
)


def common_nouns(text: str, lang: str) -> frozenset[str]:
    """Give the capitalised words of a text that are no names when they stand alone."""
    return _german(text) if lang == "de" else _first_words(text, lang or "en")


def _german(text: str) -> frozenset[str]:
    articled = {match["noun"] for match in _BEHIND.finditer(text)}
    fronted = set(_FRONTED.findall(text))
    firms = set(re.findall(rf"\b({CAPITAL}[\w-]+)(?=(?:\s{CAPITAL}[\w-]+)?\s(?:{_FORMS})\b)", text))
    found: set[str] = set()
    for word in set(re.findall(rf"\b{CAPITAL}[\w-]+", text)):
        if kind_of_bare_noun(word, "de") is not Kind.OTHER or word in fronted:
            found.add(word)
            continue
        kind = kind_of_noun(word, "de")
        if word in firms or (kind in _BODIES and word not in articled):
            continue
        if kind is not Kind.OTHER and word not in articled and len(re.findall(rf"\b{word}\b", text)) > 1:
            continue  # a word that keeps coming without an article is a name, whatever it ends in
        if kind is not Kind.OTHER or word in articled or _NOUN_ENDING.match(word):
            found.add(word)
    return frozenset(found)


def _first_words(text: str, lang: str) -> frozenset[str]:
    """Words that have a capital only because a sentence begins with them."""
    opening = {match["word"] for match in _OPENING.finditer(text)}
    small = set(re.findall(r"(?<![\w@./-])[^\W\d_A-ZÀ-Þ][\w’'-]+(?![\w@]|\.\w)", text))
    found = set()
    for word in sorted(opening):
        low = word[:1].lower() + word[1:]
        within = re.search(rf"[\w,][ \u00a0]{re.escape(word)}\b", text)
        hyphened = "-" in word and word.partition("-")[2].islower()
        listed = lang == "en" and not within and re.search(rf"\b{re.escape(word)} and [a-z]", text)
        if hyphened or listed:
            found.add(word)
            continue
        if within and not (lang == "en" and low in small and kind_of_noun(word, lang) is not Kind.OTHER):
            continue
        if low in small or kind_of_noun(word, lang) is not Kind.OTHER or (lang == "en" and _ENGLISH.match(word)):
            found.add(word)
    return frozenset(found)


def introduced(noun: str, following: str, lang: str) -> bool:
    """Say whether a German or Dutch noun before a name only introduces it."""
    kind = kind_of_noun(noun, lang)
    company = bool(re.search(r"(?:Hafengesellschaft|Wasserwerke|Stadtwerke)$", noun))
    form = re.fullmatch(_FORMS, following) is not None or not following[:1].isupper()
    return kind in _INTRODUCING and not form and not company


_BODY: Final = {
    "fr": re.compile(
        r"(?:\s(?!(?:est|sont|a|ont|et|ou|qui|que|dont|en|au|aux|sur|par|pour|avec|dans|ne|n|se|va|doit|peut)\b)[a-zà-ÿ]{4,})?"
        r"(?:\s(?:pour (?:la |le |les |l[’'])|de la |de l[’']|du |des |de |d[’'])(?![a-zà-ÿ]+(?:er|ir|re|oir)\b)"
        r"[a-zà-ÿ]{4,}(?:\s(?:publiques?|nationale?s?|générale?s?|numériques?|maritimes?|civile?s?|financiers?|[a-zà-ÿ]+"
        rf"(?:ique|aire|elle|ale)s?))?)?(?:\s(?:de la |de l[’']|du |des |de |d[’']){CAPITAL}[\w’'-]+)?"
    ),
    "de": re.compile(r"\s(?:des|der)\s(?:Landes|Bundes|Kantons|Staates|Stadt|Landkreises|Provinz)\b"),
    "nl": re.compile(
        r"\s(?:voor|van)(?:\s(?:de|het))?(?:\s[a-z]+(?:e|en))?\s[a-z]{4,}"
        rf"(?:\s(?:van|voor)(?:\s(?:de|het))?\s{CAPITAL}[\w-]+)?"
    ),
}


def institution_at(text: str, start: int, end: int, lang: str) -> int:
    """Give the end of a body that a capitalised noun begins: "Commission de sûreté numérique de Calder"."""
    pattern = _BODY.get(lang)
    if pattern is None:
        return end
    kind = (kind_of_noun if lang == "de" else kind_of_bare_noun)(text[start:end], lang)
    if kind not in (
        Kind.AUTHORITY,
        Kind.LABEL,
        Kind.ORGANISATION,
    ):
        return end
    match = pattern.match(text, end)
    found = match.group() if match else ""
    return end + len(found.rstrip()) if re.search(r"\s(?:de|du|des|der|d[’']|pour|voor|van)", found) else end

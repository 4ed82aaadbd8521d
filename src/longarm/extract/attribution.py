"""Who says it: the chain from the nearest reporter to the speaker, as far as the sentence tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from longarm.extract.names import Name, fullest, names

Span = tuple[int, int]
_LANGUAGES: Final = frozenset({"en", "fr", "nl", "de"})
_ATTRIBUTING: Final = 30
"""Words of the longest clause that only attributes."""
_NOUN_BEFORE: Final = (
    r"[Dd](?:er|ie|as|en|em|es)|[Ee]in(?:e[mnrs]?)?|[Kk]ein(?:e[mnrs]?)?|[Ii](?:m|ns)|[Aa]m|[Zz]u[mr]|[Vv]om|[Bb]eim|"
    r"(?:sein|ihr|dies|jed|all|viel|manch)e?[mnrs]?|[a-zäöü]{4,}(?:en|er|es|em)|[Gg]uten?|ohne|von|[Vv]ier|[Dd]rei|zwei"
)
_PART: Final = re.compile(r";\s|,\s(?:and|but|et|mais|en|maar|und|aber)\s", re.IGNORECASE)
"""Where a sentence begins another of its parts, which may have a speaker of its own."""
_GENERIC: Final = frozenset(
    {"company", "firm", "group", "operator", "société", "groupe", "opérateur", "entreprise"}
    | {"bedrijf", "groep", "unternehmen", "firma", "betreiber", "gruppe"}
)
"""Roles that any organisation has: they stand for the one that was named last."""
_ARTICLE: Final = {
    "en": "the|its|a|an|their",
    "fr": "le|la|l['’]|les|un|une|son|sa|du|des",
    "nl": "de|het|een|zijn|haar",
    "de": "der|die|das|den|dem|des|ein|eine|einer|eines",
}


_WHO: Final = (
    r"(?:an?|une?|een|eine?[rmns]?|the|two|deux|twee|zwei|some)\s+"
    r"((?:former |ancien(?:ne)? |voormalige? |ehemalige[rn]? |senior |anonymous )?"
    r"(?:person|people|source|sources|official|officials|employee|clerk|insider|leaflet|report|colleague|auditor|nurse|"
    r"personne|employée?|tract|rapport|infirmi(?:er|ère)|bron|bronnen|medewerker|monteur|folder|"
    r"quelle|insider|mitarbeiter(?:in)?|flugblatt)"
    r"(?:\s(?:close to|familiar with|proche du|proche de la|dicht bij|dicht rond|of|de|aus|nahe)"
    r"\s(?:the |het |de |la |dem |der )?[\w’']{2,30})?)(?=\W|$)"
)
"""Whoever is not named: the words that the text has for them."""
_UNNAMED: Final = re.compile(rf"{_WHO}(?:,[^,]{{0,60}},)?(?:\s+handed out[^,]{{0,40}})?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Speaker:
    """Who is named beside a word of saying, and where that stands."""

    name: str
    start: int
    end: int
    """of the whole clause that attributes"""


@dataclass(frozen=True)
class _Words:
    verbs: re.Pattern[str]
    by: re.Pattern[str]
    denies: re.Pattern[str]
    role: re.Pattern[str]
    thinks: re.Pattern[str] | None = None
    """words of thinking and finding: they attribute, and name no speaker of a statement"""


def attributes(text: str, clause: Span, lang: str | None) -> bool:
    """Say whether a clause only says who says, thinks or found what stands beside it."""
    words = _words(lang)
    if len(re.findall(r"\w+", text[clause[0] : clause[1]])) > _ATTRIBUTING:
        return False
    return any(w is not None and w.search(text, *clause) for w in (words.by, words.verbs, words.thinks))


def speakers(text: str, sentence: Span, lang: str | None, known: Sequence[Name]) -> tuple[Speaker, ...]:
    """Give the speakers that a sentence names, in the order in which they stand; names in their fullest form."""
    words = _words(lang)
    here = [n for n in known if sentence[0] <= n.start and n.end <= sentence[1]]
    found: dict[str, Speaker] = {}

    def add(who: tuple[str, int, int], start: int, end: int) -> None:
        name = _whole_name(who[0], text, who[2], known)
        found.setdefault(name, Speaker(name, min(start, who[2]), max(end, who[1])))

    for mark in words.by.finditer(text, *sentence):
        who = _after(text, mark.end(), sentence[1], here, words, lang)
        if who:
            add(who, mark.start(), who[1])
    for mark in words.verbs.finditer(text, *sentence):
        if any(s.start <= mark.start() < s.end for s in found.values()):
            continue
        after = _after(text, mark.end(), min(sentence[1], mark.end() + 70), here, words, lang)
        closed = re.search(r"[,\"”»“]\s*(?:\w+\s){0,2}$", text[max(sentence[0], mark.start() - 16) : mark.start()])
        who = _before(text, sentence[0], mark.start(), here, words, lang)
        if closed and after:
            who = after
        who = who or after
        if who:
            add(who, mark.start(), mark.end())
    return tuple(sorted(found.values(), key=lambda s: s.start))


def of_claim(text: str, sentence: Span, claim: Span, found: Sequence[Speaker]) -> tuple[str, ...]:
    """Give the chain of a claim from the speakers of its sentence: those of its own part where each part has one."""
    if not found:
        return ()
    parts = [sentence[0], *(m.start() for m in _PART.finditer(text, *sentence)), sentence[1]]

    def part(at: int) -> int:
        return max(i for i, start in enumerate(parts[:-1]) if start <= at)

    mine = [s for s in found if part(s.start) == part(min(max(claim[0], sentence[0]), sentence[1] - 1))]
    others = [s for s in found if s not in mine]
    if not mine and all(part(s.start) > part(claim[0]) for s in others) and len(parts) > 2:
        mine = [s for s in found if s.end > claim[0]]
    chosen = mine or list(others)
    relative = re.match(r"\W*(?:who|which|qui|dont|die|der|das|dat)\b", text[claim[0] : claim[1]], re.IGNORECASE)
    if relative and any(abs(claim[0] - s.end) < 30 and s.end <= claim[0] + 1 for s in chosen):
        return ()
    return tuple(dict.fromkeys(s.name for s in chosen))


def _whole_name(said: str, text: str, at: int, known: Sequence[Name]) -> str:
    """Give the fullest name of whom a short name or a role stands for, as far as the text before it tells."""
    if said[:1].isupper():
        return fullest(said, [n.text for n in known])
    words = said.lower().split()
    head = words[-1]
    longer = [n for n in known if re.search(rf"\b{re.escape(head)}\b", n.text, re.IGNORECASE)]
    if longer:
        return fullest(longer[0].text, [n.text for n in known])
    titled = re.search(rf"\b{re.escape(head)}\w*\s+((?:[^\W\d_a-zß-öø-ÿ][\w’'-]+\s?){{1,3}})", text[:at], re.IGNORECASE)
    if titled and titled[1][:1].isupper():
        return fullest(titled[1].strip(), [n.text for n in known])
    if head in _GENERIC:
        before = [
            n for n in known if n.end <= at and text.rfind(chr(10), 0, n.start) >= text.rfind(chr(10), 0, at) - 600
        ]
        if before:
            start = max(text.rfind(". ", 0, at - 1), text.rfind(chr(10), 0, at - 1))
            prior = [n for n in before if n.end <= max(start, 1)]
            return fullest((prior or before)[-1].text, [n.text for n in known])
    return said


def denies(text: str, sentence: Span, lang: str | None) -> Span | None:
    """Give the words by which a sentence denies what was said before it, without saying it again."""
    found = _words(lang).denies.search(text, *sentence)
    return found.span() if found else None


def _before(
    text: str, start: int, at: int, here: Sequence[Name], words: _Words, lang: str | None
) -> tuple[str, int, int] | None:
    """Give a name or role right before a word of saying: no more than a few words between."""
    near = [n for n in here if n.end <= at and len(re.findall(r"\w+", text[n.end : at])) <= 3 and n.start >= start]
    if near and not re.search(r"\w|[.;:]", text[near[-1].end : at].replace(",", "")):
        return near[-1].text, near[-1].end, near[-1].start
    said = text[max(start, at - 80) : at]
    unnamed = _UNNAMED.search(said)
    if unnamed:
        return unnamed[1], at, at - len(unnamed[0])
    role = re.search(
        rf"\b(?:{_ARTICLE.get(lang or 'en', _ARTICLE['en'])})\s?([\w-]*(?:{words.role.pattern}))(?:\s+\w+){{0,1}}\s*$",
        said,
        re.IGNORECASE,
    )
    if role:
        return role[1], at, at - len(role[0])
    if near and not re.search(r"[.;:]", text[near[-1].end : at]):
        return near[-1].text, near[-1].end, near[-1].start
    return None


def _after(
    text: str, at: int, end: int, here: Sequence[Name], words: _Words, lang: str | None
) -> tuple[str, int, int] | None:
    """Give a name or role right after a word of saying."""
    near = [n for n in here if n.start >= at and len(re.findall(r"\w+", text[at : n.start])) <= 4 and n.end <= end]
    unnamed = re.match(rf"\W*{_WHO}", text[at : min(end, at + 90)], re.IGNORECASE)
    if unnamed:
        return unnamed[1], at + unnamed.end(), at
    role = re.match(
        rf"\W*(?:\w+\s+){{0,2}}?(?:{_ARTICLE.get(lang or 'en', _ARTICLE['en'])})\s?([\w-]*(?:{words.role.pattern}))",
        text[at : min(end, at + 60)],
        re.IGNORECASE,
    )
    first = near[0] if near and not re.search(r"[.;]", text[at : near[0].start]) else None
    if first and (role is None or at + role.start() >= first.start or first.end <= at + role.end() + 30):
        return first.text, first.end, at
    return (role[1], at + role.end(), at) if role else None


@cache
def _words(lang: str | None) -> _Words:
    given: dict[str, Any] = yaml.safe_load(files("longarm.extract").joinpath("attribution.yaml").read_text("utf-8"))
    of = given[lang if lang in _LANGUAGES else "en"]
    whole = {k: re.compile(rf"(?<!\w)(?:{v})(?!\w)", re.IGNORECASE) for k, v in of.items() if k != "role"}
    return _Words(**whole, role=re.compile(of["role"], re.IGNORECASE))


def all_names(text: str, spans: Sequence[Span], lang: str | None) -> tuple[Name, ...]:
    """Give the names of a text, of the parts that are read."""
    found = tuple(n for span in spans for n in names(text, span))
    return found if lang != "de" else tuple(n for n in found if not _is_noun(n.text, text))


def _is_noun(name: str, text: str) -> bool:
    """Say whether a single capitalised word of German is a common noun: it stands behind an article or an adjective."""
    if " " in name or not name.isalpha() or name.isupper():
        return False
    return re.search(rf"\b(?:{_NOUN_BEFORE})\s+{re.escape(name)}\b", text) is not None

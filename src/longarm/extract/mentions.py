"""Names in a text, each where it stands, with the fullest form that the text itself gives and the kind of thing it is.

A name is a run of capitalised words (`names`). Nothing is looked up but the names of states; a mention becomes an
entity only by a person's decision. What "the company" or "it" stands for is settled in `references`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from longarm.extract.forms import common_nouns, institution_at, introduced
from longarm.extract.kinds import Kind, kind_of_bare_noun, kind_of_name, kind_of_noun
from longarm.extract.language import Grammar
from longarm.extract.names import POSSESSIVE, WORD, name_pattern
from longarm.extract.persons import TITLE, persons_in
from longarm.extract.places import Places, places_in
from longarm.extract.smallwords import small_words

_LINK: Final = r"(?:de la |de l[’']|du |des |de |d[’']|of the |of |for |van de |van het |van |voor |für |der |des )"
_ELIDED: Final = re.compile(r"^(?:[LDSNJMC]|Qu|Jusqu|Lorsqu)[’'](?=\w)")
_ACRONYM: Final = re.compile(r"^\s\((?P<short>[^\W\d_a-z][A-Z&-]{1,7})\)")
_TIED: Final = re.compile(rf"(?P<who>{WORD} {WORD})\s(?:of|for|van|von|de|du|d[’'])\s?(?={WORD})")
"""A person and whose they are: "Hilde Tammes van Astrane" are two names."""
_INFLECTED: Final = re.compile(r"^([A-ZÄÖÜ]\w+(?:isch|lich|al|ell|ig)e)n(?= [A-ZÄÖÜ])")
_CASE: Final = re.compile(r"(?:der|dem|des) $", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"(?<=[a-zà-ÿ,]) (?P<article>(?:De|Het|La|Le|Les|The|Die|Das|Der) |L[’'])$")
_SMALL_FORM: Final = re.compile(r" (?:plc|ltd|llc|inc|gmbh|bv|nv)\b")
_MOST_FORMS: Final = 200
"""How many names that share a word are compared, so that a long list of names stays quick to read"""


@dataclass(frozen=True)
class Mention:
    """A name where it stands in the text, and the fullest form of it that the text gives."""

    start: int
    end: int
    name: str


class Mentions:
    """The mentions of one text, in order."""

    def __init__(self, text: str, grammar: Grammar | None, spans: list[tuple[int, int]] | None = None) -> None:
        self.text = text
        self.grammar = grammar
        self.lang = grammar.lang if grammar else ""
        self._institutions: dict[str, str] = {}
        tables = small_words(self.lang) if self.lang else {}
        self._little = frozenset().union(*(tables[key] for key in tables))
        self._common = common_nouns(text, self.lang)
        found: list[tuple[int, int, str]] = []
        pattern = name_pattern(self.lang or None)
        for start, end in spans or [(0, len(text))]:
            for match in pattern.finditer(text, start, end):
                for s, e in self._parts(match):
                    kept = self._kept(s, e) if not found or s >= found[-1][1] else None
                    found += [kept] if kept else []
        self._counts = Counter(name for _, _, name in found)
        self._found = found
        self.all = tuple(Mention(start, end, self._full(name, start)) for start, end, name in found)
        self._ends = [mention.end for mention in self.all]

    def _full(self, name: str, start: int) -> str:
        """Give the fullest form of a name; of a German one, "der Tolmarischen Bank", the form of a subject."""
        name = self._fullest.get(name, name)
        if self.lang != "de" or not _INFLECTED.match(name):
            return name
        return _INFLECTED.sub(r"\1", name) if _CASE.search(self.text, max(0, start - 4), start) else name

    def _parts(self, match: re.Match[str]) -> list[tuple[int, int]]:
        """Cut a German run where a common noun is tied to a name: "Erwerb von Calder" is no name."""
        start, run = match.start(), match.group()
        first, _, rest = run.partition(" ")
        if kind_of_noun(first, self.lang or "en") in (Kind.PERSON, Kind.STAFF) and rest[:1].isupper():
            start, run = start + len(first) + 1, rest
        if tied := _TIED.match(run):
            words = tied["who"].split()
            if all(kind_of_noun(word, self.lang or "en") is Kind.OTHER for word in words):
                return [(start, start + tied.end("who")), (start + tied.end(), match.end())]
        if self.lang != "de":
            return [(start, match.end())]
        cut = re.search(r"\s(?:von(?: der)?|zu|für(?: d\w+)?)\s", run)
        if cut and not self._is_one(run[: cut.start()].split(), cut.group().split()[0], run[cut.end() :].split()[0]):
            return [(start, start + cut.start()), (start + cut.end(), match.end())]
        return [(start, match.end())]

    def _is_one(self, before: list[str], link: str, after: str) -> bool:
        """Say whether a German link stands inside a name: "Amt für Netze", "Jan von Dorn", not "Erwerb von Calder"."""
        kind = kind_of_noun(before[-1], "de")
        if link == "für":
            return kind in (Kind.AUTHORITY, Kind.ORGANISATION, Kind.SITE)
        common = self._is_common(before[-1]) or kind is not Kind.OTHER
        return len(before) == 1 and not common and kind_of_noun(after, "de") is Kind.OTHER

    def _is_common(self, word: str) -> bool:
        return word in self._common

    def _kept(self, start: int, end: int) -> tuple[int, int, str] | None:
        name = self.text[start:end]
        if self.lang in ("fr", "") and (elided := _ELIDED.match(name)):
            start, name = start + elided.end(), name[elided.end() :]
        titled = TITLE.match(name)
        if titled:
            start, name = start + titled.end(), name[titled.end() :]
        role = self.grammar.words["role"].match(name) if self.grammar else None
        if role and len(name) > role.end():
            start, name = start + role.end(), name[role.end() :]
        name = POSSESSIVE.sub("", name)
        start, words = self._bare(start, name.split())
        if len(words) == 1:
            longer = institution_at(self.text, start, end, self.lang)
            if longer > end:
                return start, longer, self.text[start:longer]
        if len(words) == 1 and (self._is_common(words[0]) or self._is_adjective(words[0], end)):
            return None
        if all(kind_of_bare_noun(word, self.lang or "en") in (Kind.TIME, Kind.QUANTITY) for word in words):
            return None
        name = " ".join(words)
        if article := _ARTICLE.search(self.text, max(0, start - 8), start):
            start, name = article.start("article"), article["article"] + name  # the paper De Boei
        if form := _SMALL_FORM.match(self.text, start + len(name)):
            name += form.group()
        if len(name) < 2 or self.text[start : start + len(name)] != name or name.isdigit():
            return None
        return start, start + len(name), name

    def _bare(self, start: int, words: list[str]) -> tuple[int, list[str]]:
        """Take off what only stands before a name: small words, titles, offices, and nouns that introduce it."""
        while words and (self._is_small(words[0]) or TITLE.match(words[0] + " ")):
            start = self.text.index(words[1], start + len(words[0])) if len(words) > 1 else start
            words = words[1:]
        while len(words) > 1 and self._introduces(words[0], words[1]):
            start = self.text.index(words[1], start + len(words[0]))
            words = words[1:]
        while len(words) > 1 and words[1][0].isupper() and kind_of_noun(words[0], self.lang or "en") is Kind.PERSON:
            start = self.text.index(words[1], start + len(words[0]))
            words = words[1:]
        return start, words

    def _is_small(self, word: str) -> bool:
        small = word.islower() or bool(self.grammar and self.grammar.words["not_a_name"].fullmatch(word))
        return small or word.lower() in self._little

    def _is_adjective(self, word: str, end: int) -> bool:
        """Say whether a Dutch capital is the adjective of a country: "het Ombrische pensioenfonds"."""
        return self.lang == "nl" and word.endswith(("se", "sche")) and re.match(r"\s[a-z]", self.text[end:]) is not None

    def _introduces(self, noun: str, following: str) -> bool:
        """Say whether a German noun only introduces a name: "der Ausrüster Sewerlux" is Sewerlux."""
        return self.lang in ("de", "nl") and introduced(noun, following, self.lang)

    @cached_property
    def _fullest(self) -> dict[str, str]:
        """Map a short form to the longest name that begins with it, or ends with it where it is a surname."""
        by_word: dict[str, list[str]] = {}
        for name in self._counts:
            words = name.split()
            for word in {words[0], words[-1]}:
                by_word.setdefault(word, []).append(name)
        full: dict[str, str] = {}
        for name in self._elsewhere:
            by_word.setdefault(name.split()[0], []).append(name)
        for start, end, name in self._found:
            acronym = _ACRONYM.match(self.text, end) or _ACRONYM.match(self.text[end : end + 12])
            if acronym and acronym["short"][0] == name[0].upper() and " " in name and start >= 0:
                full.setdefault(acronym["short"], name)
        for short in sorted(self._counts, key=len):
            longer = [
                other
                for other in by_word[short.split()[0]][:_MOST_FORMS]
                if len(other) > len(short)
                and len(other.split()) <= len(short.split()) + 3
                and (
                    other.startswith(short + " ")
                    or (" " not in short and other.endswith(" " + short))
                    or (
                        " " in short and other.split()[0] == short.split()[0] and other.split()[-1] == short.split()[-1]
                    )
                )
                and not (self._is_place(short) and other.startswith(short))
            ]
            if longer:
                full.setdefault(short, max(longer, key=lambda name: (self._counts[name], -len(name))))
        for short, name in full.items():
            seen = {short}
            while name in full and name not in seen:
                seen.add(name)
                name = full[name]
            full[short] = name
        return full

    @cached_property
    def _elsewhere(self) -> list[str]:
        """The longer names of headline, caption and notes, where capitals are not those of a title."""
        names: list[str] = []
        for line in self.text.splitlines():
            words = re.findall(r"[^\W\d_]{4,}", line)
            if not words or sum(word[0].isupper() for word in words) * 10 > len(words) * 6:
                continue
            at = self.text.find(line)
            for match in name_pattern(self.lang or None).finditer(self.text, at, at + len(line)):
                names += [kept[2] for s, e in self._parts(match) if (kept := self._kept(s, e)) and " " in kept[2]]
        return [name for name in dict.fromkeys(names) if name not in self._counts][:_MOST_FORMS]

    def _is_place(self, name: str) -> bool:
        """Say whether the text speaks of a name as a place: something is in it, and that is no stake."""
        return name in self._places.sometimes or kind_of_name(name, self.lang or "en") is Kind.PLACE

    @cached_property
    def _places(self) -> Places:
        return places_in(self.text, self._found)

    @cached_property
    def persons(self) -> frozenset[str]:
        """The fullest forms of the names that the text gives an office or a title."""
        known = persons_in(self.text, self._found, self.lang or "en")
        return frozenset(self._fullest.get(name, name) for name in known)

    def kind(self, name: str) -> Kind:
        """Give the kind of a name: by its words, and by how the text speaks of it."""
        own = kind_of_name(name, self.lang or "en")
        if own is not Kind.NAME:
            return own
        if name in self.persons:
            return Kind.PERSON
        return Kind.PLACE if name in self._places.mostly else Kind.NAME

    def within(self, start: int, end: int) -> list[Mention]:
        """Give the mentions that lie inside a span."""
        found: list[Mention] = []
        for mention in self.all[bisect_left(self._ends, start) :]:
            if mention.end > end:
                break
            if mention.start >= start:
                found.append(mention)
        return found

    def before(self, at: int, limit: int = 400) -> Mention | None:
        """Give the last mention that ends at or before a place, no further than `limit` characters away."""
        index = bisect_left(self._ends, at + 1) - 1
        if index < 0 or self.all[index].end < at - limit:
            return None
        return self.all[index]

    def referred(self, phrase: str, at: int) -> str:
        """Give the name that a phrase stands for: a name in it, else the one last spoken of whose words it shares."""
        bare = phrase.strip(" ,")
        head = bare.lower().split()[-1] if bare else ""
        index = bisect_left(self._ends, at)
        earlier = self.all[max(0, index - 60) : index]
        for mention in reversed(earlier):
            if head and len(head) > 3 and head in mention.name.lower().split():
                return mention.name
        words = self.grammar.words if self.grammar else {}
        if "reference" in words and words["reference"].fullmatch(bare) and earlier:
            near = Counter(mention.name for mention in earlier[-12:])
            return max(near, key=lambda name: (near[name], self._counts[name]))
        if "pronoun" in words and words["pronoun"].fullmatch(bare) and earlier:
            return earlier[-1].name
        return ""

    def institution(self, head: str) -> str:
        """Give the fullest name that the text builds on a common noun: "ministère" in "ministère du Commerce"."""
        if len(head) < 4:
            return ""
        if head not in self._institutions:
            if len(self._institutions) >= _MOST_FORMS:
                return ""
            found = re.search(
                rf"\b{re.escape(head)}(?:\s[a-zà-ÿ]+){{0,3}}?\s{_LINK}{WORD}(?:\s(?:{_LINK})?{WORD})*", self.text
            )
            self._institutions[head] = found.group() if found else ""
        return self._institutions[head]

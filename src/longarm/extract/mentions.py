"""Names in a text, and what "the company" or "it" stands for: the fullest form that the text itself gives.

A name is a run of capitalised words, joined by the small words that names carry ("Ministry of Trade", "Compagnie
lirienne d'équipement"). Nothing is looked up; a mention becomes an entity only by a person's decision.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from longarm.extract.language import Grammar

_WORD: Final = r"[A-ZÀ-ÖØ-Þ][\w’'&.-]*[\w&]|[A-Z]\b"
_LINK: Final = (
    r"(?:of the|of|and the|for the|for|de la|de l’|de l'|des|du|de|d’|d'|van de|van der|van den|van het|van|"
    r"voor de|voor|von der|von|für|des|&|à|aux|in)"
)
_NAME: Final = re.compile(rf"(?:{_WORD})(?:\s(?:{_LINK}\s?)?(?:{_WORD}))*")
_TITLE: Final = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Mme|Me|M|Herr|Frau|Mevrouw|Minister|Deputy|Farmer|Sir|Prof)\.?\s")
_POSSESSIVE: Final = re.compile(r"[’']s?$")

_MOST_FORMS: Final = 200
"""How many names that share a word are compared, so that a long list of names stays quick to read"""


@dataclass(frozen=True)
class Mention:
    """A name where it stands in the text, and the fullest form of it that the text gives."""

    start: int
    end: int
    name: str


class Mentions:
    """The mentions of one text, in order, and the references that they answer."""

    def __init__(self, text: str, grammar: Grammar | None, spans: list[tuple[int, int]] | None = None) -> None:
        self.text = text
        self.grammar = grammar
        self._institutions: dict[str, str] = {}
        found: list[tuple[int, int, str]] = []
        for start, end in spans or [(0, len(text))]:
            for match in _NAME.finditer(text, start, end):
                kept = self._kept(match)
                if kept:
                    found.append(kept)
        found = self._undescribed(found)
        self._counts = Counter(name for _, _, name in found)
        full = self._fullest
        self.all = tuple(Mention(start, end, full.get(name, name)) for start, end, name in found)
        self._ends = [mention.end for mention in self.all]

    def _kept(self, match: re.Match[str]) -> tuple[int, int, str] | None:
        start, name = match.start(), match.group()
        titled = _TITLE.match(name)
        if titled:
            start, name = start + titled.end(), name[titled.end() :]
        role = self.grammar.words["role"].match(name) if self.grammar else None
        if role and len(name) > role.end():
            start, name = start + role.end(), name[role.end() :]
        name = _POSSESSIVE.sub("", name)
        words = name.split()
        while words and (self._is_small(words[0]) or _TITLE.match(words[0] + " ")):
            start += len(words[0]) + 1
            words = words[1:]
        name = " ".join(words)
        if not name or len(name) < 2 or self.text[start : start + len(name)] != name:
            return None
        return start, start + len(name), name

    def _is_small(self, word: str) -> bool:
        return word.islower() or bool(self.grammar and self.grammar.words["not_a_name"].fullmatch(word))

    def _undescribed(self, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Take the noun off a name that stands with an article: "der Ausrüster Sewerlux" is Sewerlux.

        Only where nouns are written like names, and only if the name stands by itself elsewhere in the text.
        """
        if self.grammar is None or "described" not in self.grammar.words:
            return found
        alone = {name for _, _, name in found if " " not in name}
        out = []
        for start, end, name in found:
            noun, _, rest = name.partition(" ")
            if rest in alone and self.grammar.words["described"].search(self.text, max(0, start - 24), start):
                out.append((start + len(noun) + 1, end, rest))
            else:
                out.append((start, end, name))
        return out

    @cached_property
    def _fullest(self) -> dict[str, str]:
        """Map a short form to the longest name that begins with it, or ends with it where it is a surname."""
        by_word: dict[str, list[str]] = {}
        for name in self._counts:
            words = name.split()
            for word in {words[0], words[-1]}:
                by_word.setdefault(word, []).append(name)
        full: dict[str, str] = {}
        for short in sorted(self._counts, key=len):
            longer = [
                other
                for other in by_word[short.split()[0]][:_MOST_FORMS]
                if len(other) > len(short)
                and len(other.split()) <= len(short.split()) + 3
                and (other.startswith(short + " ") or (" " not in short and other.endswith(" " + short)))
            ]
            if longer:
                full[short] = max(longer, key=lambda name: (self._counts[name], -len(name)))
        for short, name in full.items():
            while name in full:
                name = full[name]
            full[short] = name
        return full

    def within(self, start: int, end: int) -> list[Mention]:
        """Give the mentions that lie inside a span."""
        at = bisect_left(self._ends, start)
        return [mention for mention in self.all[at:] if mention.start >= start and mention.end <= end]

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
            return self._topic(at)
        return ""

    def institution(self, head: str) -> str:
        """Give the fullest name that the text builds on a common noun: "ministère" in "ministère du Commerce"."""
        if len(head) < 4:
            return ""
        if head not in self._institutions:
            if len(self._institutions) >= _MOST_FORMS:
                return ""
            self._institutions[head] = self._built_on(head)
        return self._institutions[head]

    def _built_on(self, head: str) -> str:
        found = re.search(
            rf"\b{re.escape(head)}(?:\s[a-zà-ÿ]+){{0,3}}?\s(?:{_LINK}\s?)(?:{_WORD})(?:\s(?:{_LINK}\s?)?(?:{_WORD}))*",
            self.text,
        )
        return found.group() if found else ""

    def _topic(self, at: int) -> str:
        """Give the first name of the sentence before: what a pronoun at the head of the next one usually takes up."""
        reach = max(0, at - 2_000)
        back = self.text.rfind(". ", reach, max(0, at - 2))
        begin = max(self.text.rfind(". ", reach, max(back, 0)), self.text.rfind("\n", reach, at), reach - 1) + 1
        for mention in self.within(max(0, begin), at):
            return mention.name
        last = self.before(at)
        return last.name if last else ""

"""What a text says about its names: sentences and their phrases, appositions, and the parts that firms play.

"Vorsk, the port's operator," says that "the operator" is Vorsk; "the purchase of Calder by Vorsk" says that Vorsk is
the buyer (`cues/parts.yaml`).
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from longarm.extract import sentences
from longarm.extract.clauses import Span
from longarm.extract.kinds import ACTORS, Kind
from longarm.extract.language import grammar
from longarm.extract.mentions import Mention, Mentions
from longarm.extract.names import WORD
from longarm.extract.phrase import Phrase
from longarm.extract.phrases import phrases
from longarm.model.claims import Text

_COPULA: Final = re.compile(r"^\s(?:is|was|remains|est|était|is|blijft|ist|war|bleibt)\s$")
DATELINE: Final = re.compile(rf"{WORD}(?:[ -]{WORD})*(?:,\s[^–—\n]{{2,24}})?\s?(?:\([^)\n]{{2,30}}\)\s)?[-–—]+\s")
_PLAYERS: Final = frozenset({Kind.PARTY, Kind.LABEL, Kind.PERSON, Kind.AUTHORITY})
DESCRIBING: Final = frozenset(
    {Kind.LABEL, Kind.PARTY, Kind.ORGANISATION, Kind.AUTHORITY, Kind.PERSON, Kind.STAFF, Kind.SITE}
)
"""Kinds of noun that say what a name is"""


class Story:
    """A text, its sentences, their phrases, and what they say about each name."""

    def __init__(self, mentions: Mentions, lang: str) -> None:
        self.text, self.mentions, self.lang = mentions.text, mentions, lang
        self._whole = Text("", self.text, lang)
        self._phrases: dict[Span, tuple[Phrase, ...]] = {}
        self._lines: dict[int, list[Span]] = {}
        self._settled: dict[tuple[str, int, str], str] = {}

    def sentence(self, at: int) -> Span:
        """Give the sentence that holds a place."""
        found = self._line(at)
        return next((span for span in reversed(found) if span[0] <= at), found[0] if found else (at, at))

    def previous(self, sentence: Span, most: int = 3) -> list[Span]:
        """Give the sentences before one, nearest first, into the paragraph above."""
        out: list[Span] = []
        at = sentence[0]
        while len(out) < most and at > 0:
            start = self.text.rfind("\n", 0, at) + 1
            before = [span for span in self._line(at if at > start else start - 1) if span[1] <= at]
            out += reversed(before)
            at = min(start, before[0][0]) - 1 if before else start - 1
        return out[:most]

    def _line(self, at: int) -> list[Span]:
        start = self.text.rfind("\n", 0, at) + 1
        if start not in self._lines:
            end = self.text.find("\n", start)
            line = sentences.Span(start, len(self.text) if end < 0 else end)
            self._lines[start] = [(s.start, s.end) for s in sentences.sentences(self._whole, line)]
        return self._lines[start]

    def phrases(self, sentence: Span) -> tuple[Phrase, ...]:
        """Give the noun phrases of a sentence."""
        if sentence not in self._phrases:
            start, end = sentence
            line = start == 0 or self.text[start - 1] == "\n"
            dated = DATELINE.match(self.text, start, end) if line else None
            start = dated.end() if dated else start
            self._phrases[sentence] = phrases(self.text, start, end, self.mentions, self.lang)
        return self._phrases[sentence]

    @cached_property
    def _all(self) -> list[Phrase]:
        spans: list[Span] = []
        for start in [0, *(m.end() for m in re.finditer("\n", self.text))]:
            spans += self._line(start)
        return [phrase for span in spans if span[1] - span[0] < 3_000 for phrase in self.phrases(span)]

    @cached_property
    def described(self) -> dict[str, list[tuple[int, str]]]:
        """The names that the text describes, by the noun: "a fund" by "Vorsk, a fund", with the place."""
        table_: dict[str, list[tuple[int, str]]] = {}
        for phrase in self._all:
            if phrase.name and phrase.head and phrase.head not in phrase.name.lower():
                table_.setdefault(phrase.head, []).append((phrase.start, phrase.name))
        for at, name in self.apposed.items():
            head = next((p.head for p in self._at.get(at, ()) if not p.name), "")
            if head:
                table_.setdefault(head, []).append((at, name))
        for left, right in zip(self._all, self._all[1:], strict=False):
            if left.name and not right.name and _COPULA.match(self.text[left.end : right.start]):
                table_.setdefault(right.head, []).append((right.start, left.name))
        return {head: sorted(rows) for head, rows in table_.items()}

    @cached_property
    def _at(self) -> dict[int, list[Phrase]]:
        found: dict[int, list[Phrase]] = {}
        for phrase in self._all:
            found.setdefault(phrase.start, []).append(phrase)
        return found

    @cached_property
    def apposed(self) -> dict[int, str]:
        """The descriptions that stand beside a name, by where they begin: "Vorsk, a fund", "the lender, Vorsk,"."""
        found: dict[int, str] = {}
        for number, right in enumerate(self._all):
            left = self._all[number - 1] if number else None
            if left is None or right.preposition or right.joined or left.pronoun or right.pronoun:
                continue
            gap = self.text[left.end : right.start]
            if "\n" in gap or not re.fullmatch(
                r",\s|\s\(|\s[–-]\s", self.text[max(left.end, right.start - 2) : right.start]
            ):
                continue
            if right.start - left.end > 2 and not re.fullmatch(r"[^,.;:]{0,40},\s", gap):
                continue
            told = left.name and not right.name and left.kind in ACTORS | {Kind.SITE} and right.kind in DESCRIBING
            # "… of Vorsk, the ministry said": who speaks behind a comma describes nobody before it.
            if told and not grammar(self.lang).words["said"].match(self.text, right.end + 1):
                found[right.start] = left.name
            if (
                left.preposition == "of"
                and number > 1
                and (left.name or self._all[number - 2].kind in _PLAYERS)
                and self._all[number - 2].of == left
                and right.name
            ):
                left = self._all[number - 2]  # "the director of Vorsk, A B,"
            if right.start in found:
                continue
            if right.name and not left.name and left.kind in DESCRIBING and right.kind in ACTORS | {Kind.SITE}:
                closing = self.text[right.end : right.end + 2].strip()[:1]
                if closing in (",", ".", ")", ";", ":", "") and left.determiner:
                    found[left.start] = right.name
        return found

    def _full(self, name: str) -> str:
        return next((m.name for m in self.mentions.all if name == m.name or name.startswith(self._raw(m))), "")

    def _raw(self, mention: Mention) -> str:
        return self.text[mention.start : mention.end]

    def words(self, phrase: Phrase) -> str:
        """Give the words of a description as a subject has them: German adjectives lose the ending of their case."""
        words = re.sub(r"^(?:\d[\d.,]*|own|eigenen?|propres?)\s", "", phrase.words)
        if self.lang == "de":
            words = re.sub(r"(bericht|kreis)en$", r"\1e", words)
        if self.lang == "de" and phrase.preposition and phrase.determiner in ("der", "dem", "des"):
            words = re.sub(r"^([a-zäöüß]+e)n(?=\s[A-ZÄÖÜ])", r"\1", words)
        return words

"""What "the company", "its parent", "the ministry" or "it" stands for, inside one text.

A reference is settled by what the text says (`story`): by a name or a body built on the same noun, by an apposition, by
the part that a company plays, else by salience, which falls with distance and is higher for what a sentence is about.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Final

from longarm.extract.clauses import Span
from longarm.extract.cues import table
from longarm.extract.kinds import ACTORS, FIRMS, Kind, kind_of_noun
from longarm.extract.language import grammar
from longarm.extract.lines import classify
from longarm.extract.mentions import Mentions
from longarm.extract.names import WORD, folded
from longarm.extract.phrase import Phrase
from longarm.extract.story import DESCRIBING, Story
from longarm.model.claims import NOT_OF_THE_ARTICLE, Text

_NAME: Final = rf"(?P<n>{WORD}(?:\s(?:&\s)?{WORD})*)"
_HELD: Final = re.compile(
    r",?\s(?:is|are|was|est|is|wordt|ist|wird)\s[^.;,]{0,30}(?:owned|held|détenue?|eigendom|gehalten)\b|\s(?:gehört)\b",
    re.IGNORECASE,
)
_REACH: Final = 2_500
"""Characters back over which a name may still be what a reference stands for"""
_DEFINITE: Final = frozenset(
    "the le la les l du des au aux de het der die das den dem des am im vom zum zur beim".split()  # noqa: SIM905
)


@lru_cache(maxsize=4)
def _parts(lang: str) -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (
            re.compile(row["nouns"], re.IGNORECASE),
            tuple(re.compile("(?i:" + told.replace("{n}", f")(?-i:{_NAME})(?i:") + ")") for told in row["told"]),
        )
        for row in table("parts")[lang].values()
    )


class References(Story):
    """The references of one text and what they stand for."""

    def name_of(self, phrase: Phrase, at: int, without: frozenset[str] = frozenset()) -> str:
        """Give the name that a phrase stands for in the text, or its own words."""
        if phrase.name:
            return phrase.name
        if phrase.start in self.apposed:
            return self.apposed[phrase.start]
        definite = phrase.owned or phrase.determiner in _DEFINITE
        definite = definite or phrase.determiner in (
            "this",
            "that",
            "ce",
            "cet",
            "cette",
            "deze",
            "dit",
            "die",
            "dieses",
        )
        if phrase.kind is Kind.STAFF and (before := self._owner(phrase)):
            return self.name_of(before, at, without)
        if phrase.kind is Kind.STAFF and (firm := phrase.of or self._employer(phrase)) and not firm.pronoun:
            return self.name_of(firm, at, without)
        definite = definite and phrase.determiner not in ("les", "aux", "des", "ces", "leurs", "ses")
        tied = phrase.of.name if phrase.of is not None and phrase.kind in _COMPANIES else ""
        if tied and phrase.of is not None:
            found = self.settled(phrase.head, at, phrase.kind, without | {tied}, modified=True) if definite else ""
            return found or self.text[phrase.body : phrase.of.end]
        own = bool(self.mentions.within(phrase.body, phrase.body + len(phrase.words)))
        if definite and not own and phrase.kind in _REFERRING:
            modified = kind_of_noun(phrase.words.split()[0], self.lang) is not Kind.OTHER and " " in phrase.words
            if found := self.settled(phrase.head, at, phrase.kind, without, modified=modified):
                return found
        return self.words(phrase)

    def _employer(self, phrase: Phrase) -> Phrase | None:
        """Give the phrase at which staff works: "engineers at Vorsk", "Techniker bei der Bank"."""
        own = self.phrases(self.sentence(phrase.start))
        at = own.index(phrase) + 1 if phrase in own else 0
        near = own[at] if 0 < at < len(own) else None
        works = near is not None and near.preposition in _AT and near.kind in ACTORS and near.start - phrase.end < 10
        return near if works else None

    def _owner(self, phrase: Phrase) -> Phrase | None:
        """Give the phrase whose staff a phrase is: "the fund" in "the fund's people"."""
        own = self.phrases(self.sentence(phrase.start))
        at = own.index(phrase) if phrase in own else 0
        return own[at - 1] if at and own[at - 1].preposition == "'s" else None

    def settled(
        self, head: str, at: int, kind: Kind, without: frozenset[str] = frozenset(), *, modified: bool = False
    ) -> str:
        """Give what a noun refers to at a place, empty where the text does not say."""
        for name in self._candidates(head, at, kind, modified):
            if name not in without:
                return name
        return ""

    def _candidates(self, head: str, at: int, kind: Kind, modified: bool) -> list[str]:
        out: list[str] = []
        wanted = folded(head)
        earlier = [m for m in self.mentions.all if m.end <= at and at - m.start < _REACH]
        built = [m.name for m in reversed(earlier) if self._built_on(wanted, m.name)]
        built += [m.name for m in self.mentions.all if m.start > at and self._built_on(wanted, m.name)][:1]
        out += built
        if kind not in FIRMS:
            out += self._institution(wanted)
        rows = self.described.get(head, [])
        out += [name for place, name in reversed(rows) if place < at]
        out += [name for place, name in rows if place >= at][:1]
        for nouns, told in _parts(self.lang):
            if nouns.fullmatch(wanted):
                played = [match["n"] for pattern in told for match in pattern.finditer(self.text)]
                out += [full for name in played if (full := self._full(name))]
        if head in _WATCHING and not built:
            out += self.salient(at, frozenset({Kind.AUTHORITY}))
        if kind is Kind.PARTY and not out and not modified:
            out += self.salient(at, FIRMS)
        if kind is Kind.LABEL and not built and not modified:
            out += self.salient(at, FIRMS)
        return out

    def _built_on(self, head: str, name: str) -> bool:
        words = [folded(word) for word in name.split()]
        if len(head) < 3:
            return False
        least = 2 if head in ("amt", "rat", "hof") else 3
        compound = (
            self.lang in ("de", "nl") and len(head) > least and any(w.endswith(head) and w != head for w in words)
        )
        return (len(words) > 1 and head in words) or compound

    def _institution(self, head: str) -> list[str]:
        """Give the bodies and sites that the text builds on a noun: "the city" is "city of Selmouth"."""
        found = [
            phrase.words
            for phrase in self._all
            if not phrase.pronoun
            and (phrase.head == head or (self.lang in ("de", "nl") and phrase.head.endswith(head) and len(head) > 3))
            and phrase.words.lower() != phrase.head
            and (self.mentions.within(phrase.body, phrase.body + len(phrase.words)))
        ]
        if not found:
            found = [
                p.words
                for p in self._all
                if p.head == head and " " in p.words and p.kind is Kind.AUTHORITY and not p.of
            ]
        return found[:1]

    def part(self, noun: str) -> list[str]:
        """Give the names that the text says play a part, such as "seller"."""
        row = table("parts")[self.lang].get(noun)
        if row is None:
            return []
        at = list(table("parts")[self.lang]).index(noun)
        told = _parts(self.lang)[at][1]
        played = [match["n"] for pattern in told for match in pattern.finditer(self.text)]
        return list(dict.fromkeys(full for name in played if (full := self._full(name))))

    @cached_property
    def held(self) -> tuple[str, ...]:
        """The firms and sites of which the text says that somebody holds, buys or sells a part; buyers come last."""
        counts: dict[str, int] = {}
        for left, right in zip(self._all, self._all[1:], strict=False):
            near = right.preposition and right.start - left.end < 12 and "\n" not in self.text[left.end : right.start]
            if near and left.kind in (Kind.QUANTITY, Kind.DEAL) and right.kind in FIRMS | {Kind.SITE}:
                if right.preposition not in _OF:
                    continue
                name = self.name_of(right, right.start)
                if right.name or name != right.words:
                    counts[name] = counts.get(name, 0) + (2 if left.kind is Kind.QUANTITY else 1)
        for mention in self.mentions.all:
            if _HELD.match(self.text, mention.end) and self.mentions.kind(mention.name) in FIRMS | {Kind.SITE}:
                counts[mention.name] = counts.get(mention.name, 0) + 2
        buyers = {*self.part("buyer"), *self.part("parent")}
        return tuple(sorted(counts, key=lambda name: (name in buyers, -counts[name])))

    @cached_property
    def things(self) -> frozenset[str]:
        """The names that the text gives to software and equipment: "the control program Pathlock"."""
        found = {p.name for p in self._all if p.name and p.head not in p.name.lower() and self._is_data(p.head)}
        for left, right in zip(self._all, self._all[1:], strict=False):
            if (
                right.name
                and left.kind is Kind.DATA
                and self.text[left.end : right.start] in (", ", " called ", " namens ")
            ):
                found.add(right.name)
        return frozenset(found)

    def _is_data(self, noun: str) -> bool:
        return kind_of_noun(noun, self.lang) is Kind.DATA

    @cached_property
    def sellers(self) -> tuple[str, ...]:
        """Who sells, as the text says it of a share: "takes 49 percent in Vorsk from the city"."""
        found = []
        for number, phrase in enumerate(self._all):
            before = self._all[max(0, number - 4) : number]
            taken = phrase.preposition in ("from", "auprès") and any(p.kind is Kind.QUANTITY for p in before)
            if taken and phrase.kind in ACTORS:
                found.append(self.name_of(phrase, phrase.start))
        return tuple(dict.fromkeys([*found, *self.part("seller")]))

    def salient(self, at: int, kinds: frozenset[Kind]) -> list[str]:
        """Give the names of some kinds that a reader has in mind at a place, best first."""
        weights: dict[str, float] = {}
        own = self.sentence(at)
        for number, span in enumerate([own, *self.previous(own, 6)]):
            leading = True
            where = {p.of.start for p in self.phrases(span) if p.of is not None and p.kind in (Kind.SITE, Kind.PLACE)}
            for phrase in self.phrases(span):
                if phrase.start in where:
                    continue  # "the port of Calder" does not speak of Calder
                if phrase.start >= at or not phrase.name or phrase.kind not in kinds:
                    continue
                near = 1.0 / (1 + number)
                weights[phrase.name] = weights.get(phrase.name, 0.0) + near * (
                    2.0 if leading and not phrase.preposition else 1.0
                )
                leading = False
        return sorted(weights, key=lambda name: -weights[name])

    def subject(self, span: Span, before: int, kinds: frozenset[Kind]) -> str:
        """Give what a sentence is about, up to a place: its first phrase without a preposition that fits."""
        described = ""
        for phrase in self.phrases(span):
            if phrase.end > before:
                break
            if phrase.preposition or phrase.joined or phrase.pronoun:
                continue
            kind = self.kind_of(phrase)
            if kind in kinds:
                found = self.name_of(phrase, phrase.start)
                if kind in DESCRIBING and found == phrase.words and kind is not Kind.AUTHORITY and not phrase.name:
                    described = described or (found if phrase.determiner in _DEFINITE else "")
                    continue
                return found
        return described

    def kind_of(self, phrase: Phrase) -> Kind:
        """Give the kind of what a phrase stands for: of staff, that of those whose staff it is."""
        if phrase.kind is Kind.STAFF and (phrase.of or self._owner(phrase) or self._employer(phrase)):
            return Kind.ORGANISATION
        return Kind.DATA if phrase.name and phrase.name in self.things else phrase.kind

    def pronoun(self, phrase: Phrase, kinds: frozenset[Kind]) -> str:
        """Give what a pronoun stands for: what its own sentence is about so far, else the sentence before."""
        own = self.sentence(phrase.start)
        if phrase.pronoun == "person" and Kind.PERSON in kinds:
            kinds = frozenset({Kind.PERSON})
        elif phrase.words.lower() in ("it", "het", "es", "they"):
            kinds = kinds - {Kind.PERSON}
        for span in [own, *self.previous(own, 2)]:
            found = self.subject(span, phrase.start, kinds)
            if found:
                return found
        names = self.salient(phrase.start, kinds)
        return names[0] if names else ""

    def antecedent(self, at: int, kinds: frozenset[Kind]) -> str:
        """Give what a relative clause at a place speaks of: the nearest phrase before it that fits."""
        own = self.sentence(at)
        earlier = [phrase for phrase in self.phrases(own) if phrase.end <= at and not phrase.pronoun]
        for phrase in reversed(earlier[-4:]):
            if self.kind_of(phrase) in kinds:
                return self.name_of(phrase, phrase.start)
        return ""


_WATCHING: Final = frozenset(
    "watchdog regulator authority agency body bureau régulateur autorité gendarme agence toezichthouder autoriteit "  # noqa: SIM905
    "dienst waakhond behörde aufsicht aufsichtsbehörde regulierer".split()
)
"""Nouns for whatever body a text has spoken of"""
_OF: Final = frozenset("of in 's de du des d dans van an am der von vom".split())  # noqa: SIM905
_COMPANIES: Final = frozenset({Kind.LABEL, Kind.PARTY, Kind.ORGANISATION})
_AT: Final = frozenset("at from of with von vom bei beim der des van bij de du des chez".split())  # noqa: SIM905
_REFERRING: Final = frozenset(
    {Kind.LABEL, Kind.PARTY, Kind.ORGANISATION, Kind.AUTHORITY, Kind.SITE, Kind.PERSON, Kind.OTHER, Kind.DOCUMENT}
)


@lru_cache(maxsize=4)
def references_in(text: str, lang: str) -> References:
    """Give the references of a whole text, headline and all, for those who have no mentions of it yet.

    What teasers and promotions name is another story's.
    """
    lines = classify(Text("", text, lang))
    own = [(line.start, line.end) for line in lines if line.kind not in NOT_OF_THE_ARTICLE]
    return References(Mentions(text, grammar(lang), own), lang)


@lru_cache(maxsize=4)
def references(mentions: Mentions, lang: str) -> References:
    """Give the references of a text; kept for the text in hand, since every claim asks."""
    return References(mentions, lang)

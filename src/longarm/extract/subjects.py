"""The subject of a relation: who stands before its cue, who acts in it, or whom the text is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from longarm.extract.clauses import Span
from longarm.extract.kinds import ACTORS, Kind
from longarm.extract.language import Grammar, Rule
from longarm.extract.phrase import Phrase
from longarm.extract.references import References
from longarm.extract.smallwords import small_words
from longarm.extract.wants import Wanted

_AGENT: Final = frozenset("by to from with par à de d door aan van bij bei von durch an zu zur zum of".split())  # noqa: SIM905
_OBLIQUE: Final = frozenset(
    "den dem einen einem ihren ihrem seinen seinem keinen keinem diesen diesem am im vom zum zur beim".split()  # noqa: SIM905
)
_VERBAL: Final = re.compile(r"(?:ed|ing|ly|ée?s?|er|ir|ment|end|tement)$", re.IGNORECASE)
_ROLES: Final = frozenset({Kind.PARTY, Kind.LABEL, Kind.ORGANISATION, Kind.STAFF})
_SUBORDINATE: Final = re.compile(
    r"\W*(?:wie|als|nachdem|weil|wenn|obwohl|während|da|seit|bevor|zoals|nadat|omdat|terwijl|toen|hoewel|sinds)\b",
    re.IGNORECASE,
)
_WHOSE: Final = frozenset("whose dont waarvan waarin waarmee deren dessen duquel".split())  # noqa: SIM905
_UNDETERMINED: Final = frozenset({Kind.OTHER, Kind.THING, Kind.STAFF})


@dataclass(frozen=True)
class Subjects:
    """A cue in its clause, and how its subject is found."""

    text: str
    clause: Span
    cue: Span
    rule: Rule
    refs: References
    grammar: Grammar

    def _verbal(self, phrase: Phrase) -> bool:
        """Say whether a plain word without an article is rather a verb or an adverb."""
        plain = not (phrase.name or phrase.determiner or phrase.pronoun or " " in phrase.words)
        return plain and phrase.kind is Kind.OTHER and _VERBAL.search(phrase.words) is not None

    def _behind(self, phrase: Phrase) -> list[Phrase]:
        """Give what a phrase says behind the cue: words of the cue itself, such as its verb, are no end of it."""
        end = phrase.body + len(phrase.words)
        if phrase.name or phrase.pronoun:
            return [phrase]
        if self._verbal(phrase) or (end <= self.cue[1] and phrase.kind in _ROLES and self.rule.frame != "duty"):
            return []
        own = not phrase.determiner and (phrase.kind is Kind.OTHER or end > self.cue[1])
        if not own or phrase.body >= self.cue[1]:
            return [phrase]
        left = self.text[self.cue[1] : end].strip()
        return [replace(phrase, start=self.cue[1], body=self.cue[1], words=left)] if left else []

    def _name(self, phrase: Phrase, without: frozenset[str] = frozenset()) -> str:
        return self.refs.name_of(phrase, phrase.start, without)

    def _fits(self, phrase: Phrase, kinds: frozenset[Kind]) -> bool:
        kind = self.refs.kind_of(phrase)
        if kind is Kind.SITE and phrase.name and Kind.NAME in kinds:
            return True  # a terminal that has a name is also the firm that bears it
        return not phrase.pronoun and kind in kinds

    def _subject(self, before: list[Phrase], behind: list[Phrase], want: Wanted) -> str:
        opening = before[0] if before else None
        local = opening is not None and opening.words.lower() in ("where", "où", "waar", "wo", "waarin", "worin")
        if opening is not None and self._oblique_relative(opening):
            return self._first([*before[1:], *behind], want.subject) or self._from_context(want.subject)
        if opening is not None and not local and opening.pronoun == "relative" and opening.start <= self.clause[0] + 14:
            found = self._first(before[1:], want.subject) or self.refs.antecedent(self.clause[0], want.subject)
            if found:
                return found
        for kinds in (want.subject, want.subject | ACTORS if want.subject <= ACTORS else want.subject):
            if found := self._first(before, kinds):
                return found
        for phrase in before:
            if phrase.pronoun in ("pronoun", "person") and not phrase.preposition:
                if resolved := self.refs.pronoun(phrase, want.subject):
                    return resolved
            elif (
                not phrase.preposition
                and phrase.determiner
                and phrase.kind in _UNDETERMINED
                and self._nominative(phrase)
            ):
                return self._name(phrase)
        within = [p for p in behind if p.end <= self.cue[1]]
        if not before and (found := self._first(within, want.subject)):
            return found
        if self._turned(before, behind) and (found := self._first(behind, want.subject)):
            return found
        return self._from_context(want.subject) or self._first([*before, *behind], want.subject, plain=False)

    def _oblique_relative(self, opening: Phrase) -> bool:
        """Say whether the clause opens with "in which", "whose", "dont": what it speaks of is its object."""
        if opening.pronoun != "relative" or opening.start > self.clause[0] + 14:
            return False
        return bool(opening.preposition) or opening.words.lower() in _WHOSE

    def _turned(self, before: list[Phrase], behind: list[Phrase]) -> bool:
        """Say whether the subject may stand behind the verb: something else stands before it in its own clause."""
        if self.grammar.lang not in ("de", "nl"):
            return False
        lead = self.text[self.clause[0] : self.cue[0]].strip(' ,„“"')
        head = self.text[self.refs.sentence(self.cue[0])[0] : self.clause[0]].rstrip()
        apart = head.endswith(",") and _SUBORDINATE.match(head)  # "Wie X berichtet, betreibt Y …"
        joined = (lead == "" and not apart) or lead.lower() in small_words(self.grammar.lang)["and"]
        return bool(behind) and (bool(before) or not joined or self.clause[0] == self.refs.sentence(self.cue[0])[0])

    def _nominative(self, phrase: Phrase) -> bool:
        return not (self.grammar.lang == "de" and phrase.determiner in _OBLIQUE)

    def _first(self, found: list[Phrase], kinds: frozenset[Kind], plain: bool = True) -> str:
        for phrase in found:
            if plain and (phrase.preposition or not self._nominative(phrase)):
                continue
            if self._fits(phrase, kinds):
                return self._name(phrase)
        return ""

    def _last(self, found: list[Phrase], kinds: frozenset[Kind]) -> str:
        return self._first(list(reversed(found)), kinds, plain=False)

    def _beside(self, before: list[Phrase], want: Wanted) -> str:
        """Give the name nearest before the cue: what "registered in" or "a unit of" speaks of."""
        for phrase in reversed(before):
            if phrase.pronoun == "relative":
                found = self.refs.antecedent(phrase.start, want.subject)
            elif phrase.pronoun:
                found = self.refs.pronoun(phrase, want.subject)
            else:
                found = self._name(phrase) if self._fits(phrase, want.subject) else ""
                if found and not phrase.name and found == self.refs.words(phrase) and phrase.kind in _ROLES:
                    continue  # "a subsidiary", "eine Tochter": the word for the tie is none of its ends
            if found:
                return found
        return self.refs.antecedent(self.clause[0], want.subject) or self._from_context(want.subject)

    def _agent(self, found: list[Phrase], want: Wanted) -> str:
        for phrase in found:
            if phrase.preposition in _AGENT and self._fits(phrase, want.subject) and phrase.body >= self.cue[0] - 40:
                return self._name(phrase)
        later = [p for p in found if p.body >= self.cue[0]]
        return self._first(later, want.subject, plain=False)

    def _from_context(self, kinds: frozenset[Kind], without: frozenset[str] = frozenset()) -> str:
        """Give what the sentence so far, the sentence before or the text is about."""
        own = self.refs.sentence(self.cue[0])
        said = [m.end() for m in self.grammar.words["complement"].finditer(self.text, own[0], self.clause[0])]
        for begin in reversed(said):
            part = [p for p in self.refs.phrases(own) if begin <= p.start and p.end <= self.clause[0]]
            if (found := self._first(part, kinds)) and found not in without:
                return found
        for span in [own, *self.refs.previous(own, 1)]:
            found = self.refs.subject(span, min(span[1], self.clause[0]), kinds)
            if found and found not in without:
                return found
        return next((name for name in self.refs.salient(self.clause[0], kinds) if name not in without), "")

    def _in_mind(self, kinds: frozenset[Kind]) -> list[str]:
        """Give what a clause is about without saying it: named before in its sentence, held by others, or salient."""
        own = self.refs.phrases(self.refs.sentence(self.cue[0]))
        said = [self._name(p) for p in own if p.end <= self.clause[0] and p.name and self._fits(p, kinds)]
        return [*said, *self.refs.held, *self.refs.salient(self.clause[0], kinds)]

    def _is_settled(self, phrase: Phrase, name: str) -> bool:
        """Say whether a phrase is a name or is known to stand for one, and is no word of the tie itself."""
        return bool(phrase.name) or name != self.refs.words(phrase)

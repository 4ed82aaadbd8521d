"""The words of relations in a sentence: which cues stand there, and which of them say something of their own.

Reads the rules of a language and a sentence, writes cues with their clauses; `assemble` makes claims of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from longarm.extract.clauses import Span, clauses
from longarm.extract.language import Grammar, Rule
from longarm.extract.mentions import Mentions
from longarm.extract.shares import shares

_LONG_NAME: Final = 80
"""No name that a cue could be part of reaches further, in characters."""
_TAKES_IN: Final = frozenset({"no_indication", "no_comment", "possible_trigger", "commitment", "legal_duty"})
"""Relations whose object is itself a statement."""
_TAKES_IN_NOUNS: Final = frozenset({"decision", "examines", "special_right", "origin_of_reporting"})
"""Relations whose object may be the noun of another: a sale that is approved, or examined."""
_BOUGHT: Final = frozenset({"sale", "owns"})
"""What an authority clears or refuses, and so says nothing about by itself."""
_SHARES_ITS_WORDS: Final = frozenset({"registered_in", "joint_venture"})
"""Relations beside which another may be read in the same words: a venture beside its holdings."""


@dataclass(frozen=True)
class Found:
    """A rule, and where its words stand in the text."""

    rule: Rule
    cue: Span


class Wording:
    """Finds the words of relations in the sentences of one text."""

    def __init__(self, text: str, mentions: Mentions, grammar: Grammar) -> None:
        self.text, self.mentions, self.grammar = text, mentions, grammar

    def found(self, sentence: Span) -> tuple[list[Found], list[Span]]:
        """Give the cues of a sentence from left to right, without what is only named inside another, and its clauses.

        A duty, a promise or a finding takes in what follows it: "no sign that data were copied" speaks of no copying.
        A weak cue gives way to any other in its clause: "approved the sale" is a decision.
        """
        cues = self._cues(sentence)
        found = [one for one in cues if not any(self._takes_in(other, one) for other in cues)]
        spans = clauses(self.text, sentence, [one.cue for one in found], self.grammar)
        where = {one: clause_of(spans, one.cue, sentence) for one in found}
        taken = {where[one] for one in found if not one.rule.weak}
        kept: list[Found] = []
        for one in found:
            if not one.rule.weak or where[one] not in taken:
                kept.append(one)
                taken.add(where[one])
        if len(kept) == len(found):
            return found, spans
        return kept, clauses(self.text, sentence, [one.cue for one in kept], self.grammar)

    def _cues(self, sentence: Span) -> list[Found]:
        body = self.text[sentence[0] : sentence[1]]
        found: list[Found] = []
        quantities = shares(body, self.grammar)
        for rule in self.grammar.rules:
            matches = list(rule.cue.finditer(body))
            if not matches or (rule.unless and rule.unless.search(body)):
                continue
            for match in matches:
                if rule.needs_share and not self._is_holding(body, match.span(), [(s, e) for s, e, _ in quantities]):
                    continue
                cue = (sentence[0] + match.start(), sentence[0] + match.end())
                if self._in_name(sentence, cue):
                    continue
                if match.group().strip() and not any(self._covers(other, cue, rule.relation) for other in found):
                    found.append(Found(rule, cue))
        return sorted(found, key=lambda one: one.cue)

    def _in_name(self, sentence: Span, cue: Span) -> bool:
        """Say whether a cue is part of a name of several words: "Port Services" services nothing.

        Not where all nouns are written like names, nor in the first word of a sentence.
        """
        if cue[0] == sentence[0] or "described" in self.grammar.words:
            return False
        near = self.mentions.before(cue[1] + _LONG_NAME, 2 * _LONG_NAME)
        while near is not None and near.start > cue[0]:
            near = self.mentions.before(near.start, _LONG_NAME)
        return (
            near is not None and near.start <= cue[0] and cue[1] <= near.end and " " in self.text[near.start : near.end]
        )

    def _takes_in(self, outer: Found, inner: Found) -> bool:
        """Say whether one cue stands in what another is about; only a finding may stand behind it."""
        of, is_weak = inner.rule.relation, inner.rule.weak
        if of == outer.rule.relation or outer.rule.weak:
            return False
        if outer.rule.relation == "no_indication" and of == "wrongful_conduct":
            first, last = sorted((outer.cue, inner.cue))
        elif inner.cue[0] < outer.cue[1]:
            return False
        else:
            first, last = outer.cue, inner.cue
        takes = outer.rule.relation in _TAKES_IN or (
            outer.rule.relation in _TAKES_IN_NOUNS and (is_weak or of in _BOUGHT)
        )
        return takes and not self.grammar.words["turn"].search(self.text, first[1], last[0])

    def _is_holding(self, body: str, cue: Span, quantities: list[Span]) -> bool:
        if self.grammar.words["figure"].search(body):
            return False
        near = any(s < cue[1] + 50 and e > cue[0] - 50 for s, e in quantities)
        return near or bool(self.grammar.words["rest"].search(body, *cue))

    @staticmethod
    def _covers(other: Found, cue: Span, relation: str) -> bool:
        # Rules stand in the order of their weight: what a heavier one has read, a lighter one does not read again.
        overlap = other.cue[0] < cue[1] and cue[0] < other.cue[1]
        return overlap and (other.rule.relation == relation or other.rule.relation not in _SHARES_ITS_WORDS)


def clause_of(spans: list[Span], cue: Span, sentence: Span) -> Span:
    """Give the clause in which a cue stands; where it reaches over several, all of them."""
    for span in spans:
        if span[0] <= cue[0] + 1 and cue[1] <= span[1] + 1:
            return span
    touched = [span for span in spans if span[0] < cue[1] and cue[0] < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else sentence

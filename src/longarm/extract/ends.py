"""Find the two ends of a relation around its cue: subject and object, by where names stand in the clause."""

from __future__ import annotations

import re
from typing import Final

from longarm.extract.clauses import Span
from longarm.extract.language import Grammar, Rule
from longarm.extract.mentions import Mentions

Names = tuple[str, ...]


def ends(text: str, clause: Span, cue: Span, rule: Rule, mentions: Mentions, grammar: Grammar) -> tuple[Names, Names]:
    """Give subject and object of a cue in its clause, each empty where the clause and what precedes it name none."""
    cue = _whole_words(text, cue)
    before = _before(text, clause, cue, mentions, grammar, near=rule.frame == "near")
    if rule.frame == "passive":
        agent = grammar.words["agent"].search(text, cue[0], clause[1])
        subject = _after(text, agent.end() if agent else cue[1], clause[1], mentions, grammar)
        return subject[:1], before
    after = _after(text, cue[1], clause[1], mentions, grammar)
    if rule.frame == "either" and not mentions.within(clause[0], cue[0]):
        return after[:1], ()
    if rule.frame == "duty":
        inside = _after(text, cue[0], cue[1], mentions, grammar)
        return (inside or before), after
    if rule.frame == "no_sign":
        # Whom nothing was found about: the last one spoken of before the body that found nothing.
        earlier = mentions.before(clause[0])
        return ((earlier.name,) if earlier else before), after
    if _OWNED.search(text[max(clause[0], cue[0] - 24) : cue[1]]):
        return after, before  # "its subsidiary, X": X is what is held
    return before, after


_OWNED: Final = re.compile(
    r"\b(?:its|their|whose|sa|leur|ses|zijn|haar|hun|seine[rnm]?|ihre[rnm]?|deren|dessen)\s+(?:[\w-]+\s+)?"
    r"(?:subsidiar|daughter|filiale|dochter|tochter)",
    re.IGNORECASE,
)
"""A daughter that is named by whose she is."""


def _whole_words(text: str, cue: Span) -> Span:
    """Give a cue without a word that it only begins: a pattern may look at the first letter of a name."""
    start, end = cue
    if end < len(text) and text[end - 1 : end + 1].isalnum():
        while end > start and text[end - 1].isalnum():
            end -= 1
    return start, end


def _before(text: str, clause: Span, cue: Span, mentions: Mentions, grammar: Grammar, near: bool) -> Names:
    named = mentions.within(clause[0], cue[0])
    opening = re.match(grammar.words["relative_word"].pattern + r"\b", text[clause[0] : cue[0]], re.IGNORECASE)
    if opening:
        antecedent = mentions.before(clause[0])
        return (antecedent.name,) if antecedent else ()
    if named:
        return (named[-1].name if near else named[0].name,)
    words = text[clause[0] : cue[0]].strip()
    for part in (words, *words.split(",")):
        name = mentions.referred(part.strip(), clause[0])
        if name:
            return (name,)
    head = noun_phrase(words, grammar)
    if head and not head[0].isupper() and not grammar.words["determiner"].match(words):
        head = ""  # no noun that the text names: a verb, or what joins two clauses
    if head and head.lower() not in grammar.function_words and not grammar.words["pronoun"].fullmatch(head):
        return (head,)
    last = mentions.before(clause[0])
    return (last.name,) if last else ()


def _after(text: str, start: int, end: int, mentions: Mentions, grammar: Grammar) -> Names:
    head = noun_phrase(text[start:end], grammar)
    named = mentions.within(start, end)
    if head and grammar.words["holding"].search(head):
        # "30 percent of the shares": what is held is whose shares they are, named behind or spoken of before.
        held = named[0] if named else mentions.before(start)
        return (held.name,) if held else ()
    if named and (not head or named[0].start - start <= len(head) + 12):
        return (named[0].name,)
    if head:
        return (mentions.referred(head, start) or head,)
    return tuple(mention.name for mention in named[:1])


def noun_phrase(words: str, grammar: Grammar) -> str:
    """Give the words of a noun phrase at the head of some words, without its article, up to where it ends."""
    bare = words.strip(' ,“”"«»')
    while (first := bare.split(maxsplit=1)) and first[0].lower() in grammar.function_words:
        bare = first[1] if len(first) > 1 else ""
    bare = grammar.words["determiner"].sub("", bare, count=1)
    stop = grammar.words["np_stop"].search(bare + " ")
    head = (bare[: stop.start()] if stop else bare).strip()
    return head if 0 < len(head.split()) <= 6 else ""

"""What surrounds a claim: the kind of its line, its stance, who says it, and its dates.

The one place where the reading of claims asks the stages beside it, so that each can be exchanged.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from longarm.extract.attribution import attribution_of
from longarm.extract.clauses import Span
from longarm.extract.dates import dates_in
from longarm.extract.ends import noun_phrase
from longarm.extract.language import Grammar
from longarm.extract.lines import classify
from longarm.extract.mentions import Mentions
from longarm.extract.sentences import Span as Place
from longarm.extract.sentences import sentences
from longarm.extract.stance import stance_of
from longarm.model.claims import ClaimDate, Line, Text

_IN_FORCE: Final = frozenset({"commitment", "legal_duty", "agreement", "special_right"})
"""What is in force although its days lie ahead."""
_WHEN: Final = frozenset({"on", "since", "from"})


_SEEKS: Final = re.compile(
    r"\b(?:seek\w*|sought|aim\w*|tr(?:y|ies|ied|ying)|want\w*|cherch\w+|vis(?:e|ent|ait)|tent\w+|souhait\w+|probe(?:er|ren)\w*|"
    r"tracht\w*|beoog\w*|versuch\w*|bemüh\w*|möchte\w*)\b",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"\b(?:(?:contacted|reached|asked|questioned|approached|interviewed) by|"
    r"(?:contacté|interrogé|sollicité|questionné)e?s? par|"
    r"(?:gevraagd|benaderd|ondervraagd|gecontacteerd|bevraagd) door)\s(?:the |le |la |l['’]|de |het |den )?",
    re.IGNORECASE,
)
"""Whoever asked is the one who reports what was answered."""


def lines_of(text: Text) -> tuple[Line, ...]:
    """Give the lines of a text by kind."""
    return classify(text)


def sentences_of(text: Text, line: Line) -> list[Span]:
    """Give the sentences of a line."""
    return [(one.start, one.end) for one in sentences(text, line)]


def stance(
    text: Text, sentence: Span, cue: Span, grammar: Grammar, clause: Span, relation: str
) -> tuple[str, Span | None]:
    """Give the stance of a cue in its clause, and where the words stand that set it.

    A statement about a day after the publication is planned, whatever its tense: "the fund takes over on 1 July".
    """
    head = text.text[sentence[0] : clause[0]]
    inside = text.text[clause[0] : clause[1]]
    if corrected(text, head + inside[: max(0, cue[1] - clause[0])], grammar):
        return "denied", None
    put = stance_of(text, Place(*sentence), Place(*clause), grammar.lang, Place(*cue), relation)
    if relation == "examines" and put.stance == "planned" and put.cue is not None:
        sought = _SEEKS.search(text.text, put.cue.start, put.cue.end)
        put = replace(put, stance="asserted") if sought else put  # who seeks to find out examines already
    if put.stance == "asserted" and relation not in _IN_FORCE and text.published:
        ahead = [day for day in dates_in(text, *clause) if day.role in _WHEN and _is_after(day.date, text.published)]
        if ahead:
            return "planned", None
    outside = put.cue and not (clause[0] <= put.cue.start and put.cue.end <= clause[1])
    return put.stance or "asserted", (put.cue.start, put.cue.end) if put.cue and outside else None


def _is_after(date: str, published: str) -> bool:
    """Say whether a date, or the beginning of an interval, lies after the day of publication; a vague one does not."""
    begin = date.split("/")[0]
    return begin > published[: len(begin)]


def corrected(text: Text, head: str, grammar: Grammar) -> bool:
    """Say whether the words before a claim mark it as what the paper itself said wrongly before."""
    return bool(grammar.words["own_earlier"].search(head) and grammar.words["correction"].search(text.text))


def chain(
    text: Text,
    lines: tuple[Line, ...],
    sentence: Span,
    span: Span,
    mentions: Mentions,
    grammar: Grammar,
    *,
    denied: bool = False,
) -> tuple[str, ...]:
    """Give who says a claim, nearest reporter first: a speaker's label, then the subject of the reporting verb."""
    head = text.text[sentence[0] : span[0]] + text.text[span[0] : span[1]][:40]
    if text.publisher and corrected(text, head, grammar):
        return (text.publisher,)
    read = attribution_of(text, lines, Place(*sentence), Place(*span))
    if read and (asked := _asking(text, sentence, span, mentions)) and asked not in read:
        read = (asked, *read)
    if not read and denied and (speaker := _denying(text.text, span, mentions, grammar)):
        return (speaker,)
    return read


def _asking(text: Text, sentence: Span, span: Span, mentions: Mentions) -> str:
    """Give the paper that put the question to which a claim is the answer; empty where none is named, or it is ours."""
    match = _ASKED.search(text.text, sentence[0], span[1])
    if match is None:
        return ""
    named = [m for m in mentions.within(match.end(), match.end() + 60) if m.start - match.end() <= 2]
    ours = (text.publisher or "").casefold()
    return named[0].name if named and named[0].name.casefold() not in ours else ""


def _denying(text: str, span: Span, mentions: Mentions, grammar: Grammar) -> str:
    """Read who denies, where the claim itself is the denial."""
    match = grammar.words["denial_pronoun"].search(text, *span) or grammar.words["denial"].search(text, *span)
    return _speaker(text, span[0], match.start(), mentions, grammar) if match else ""


def _speaker(text: str, start: int, end: int, mentions: Mentions, grammar: Grammar) -> str:
    """Give the name, or the description, of who speaks in some words: "its spokesman Ruben Aske" is Ruben Aske."""
    words = text[start:end].strip(' ,.“”"«»–-:')
    bare = grammar.words["determiner"].sub("", words, count=1)
    if not bare or len(words.split()) > 14:
        return ""
    if grammar.words["pronoun"].fullmatch(bare):
        return mentions.referred(bare, start)
    named = mentions.within(start, end)
    if bare[0].islower():
        head = noun_phrase(grammar.words["source_end"].split(bare, maxsplit=1)[0], grammar)
        full = mentions.institution(head.split()[0]) if head else ""
        if named and (not full or named[0].name in full):
            apart = text[start : named[0].start]
            described = grammar.words["of"].search(apart)
            if not described:
                return named[-1].name if "," in apart else named[0].name
        return full or mentions.referred(head, start) or (head if grammar.words["source"].search(head) else "")
    if not named:
        return ""
    return (mentions.institution(named[0].name) if " " not in named[0].name else "") or named[0].name


def dates(text: Text, start: int, end: int, grammar: Grammar) -> tuple[ClaimDate, ...]:
    """Give the dates in a span, relative ones resolved from the day of publication."""
    del grammar
    return tuple(ClaimDate(found.date, found.text, found.role) for found in dates_in(text, start, end))

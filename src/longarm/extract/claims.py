"""Claims: what the lines of the body say, each with its span, stance, chain of attribution and relation.

A relation is found by its words in a clause (`relations.yaml`), the span is the clause that can stand by itself,
subject and object are the names nearest to the words. A sentence that only denies what was said before it denies that
claim. Whatever proposes, a claim whose quote is not at its span is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from longarm.extract.attribution import Speaker, all_names, denies, of_claim, speakers
from longarm.extract.lines import classify
from longarm.extract.names import Name, fullest
from longarm.extract.put import corrects, is_bill, put
from longarm.extract.sentences import clauses, sentences
from longarm.extract.stance import ALLEGED, ASSERTED, DENIED, LANGUAGES, PLANNED
from longarm.model.claims import YIELDS_NO_CLAIM, Claim, Line, Text, claim_id, stands

VERSION: Final = "rules/1"
"""Of what proposes: raised with every change that proposes other claims."""

Span = tuple[int, int]

_WHOLE: Final = 0.72
"""Share of a sentence from which a clause is told as the whole sentence."""
_PERCENT: Final = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|percent|per cent|procent|prozent|pour cent)", re.IGNORECASE)
_PUT: Final = {"no_comment": ASSERTED, "no_indication": ASSERTED, "precedent": ASSERTED, "separation": None}
"""Relations that are a negation, or a story of the past, in themselves: their own words set no stance."""
_OWN_WORDS: Final = frozenset({"no_comment", "origin_of_reporting"})
"""Relations in which the text speaks for itself: that somebody did not answer is nobody's saying."""
_IN_FORCE: Final = frozenset({"commitment", "legal_duty"})
"""Relations that look ahead by their nature: a promise that was made is asserted."""


@dataclass(frozen=True)
class Extraction:
    """What was read out of a text."""

    text: Text
    lines: tuple[Line, ...]
    claims: tuple[Claim, ...]
    left_out: str | None = None
    """why there are no claims, where the language has no words of its own"""


def extract(text: Text) -> Extraction:
    """Read a text: every line by its kind, and the claims of its body."""
    found = classify(text)
    if text.lang not in LANGUAGES:
        said = f"claims are read in {', '.join(LANGUAGES)}; this text is in '{text.lang or 'a language not told'}'"
        return Extraction(text, found, (), said)
    body = [line for line in found if line.kind not in YIELDS_NO_CLAIM]
    reading = _Reading(text, body)
    kept = {c.id: c for c in reading.claims() if stands(c, text.text)}
    return Extraction(text, found, tuple(sorted(kept.values(), key=lambda c: (c.start, c.end, c.id))))


class _Reading:
    """One text being read, sentence by sentence."""

    def __init__(self, text: Text, body: Sequence[Line]) -> None:
        self.text, self.said, self.lang = text, text.text, text.lang
        self.sentences = [s for line in body for s in sentences(text, line)]
        self.names = all_names(self.said, self.sentences, self.lang)
        self.full = [n.text for n in self.names]

    def claims(self) -> Iterator[Claim]:
        """Give every claim, in the order of the text."""
        last: list[Claim] = []
        for sentence in self.sentences:
            who = speakers(self.said, sentence, self.lang, self.names)
            here = list(self._of(sentence, who))
            denial = denies(self.said, sentence, self.lang)
            if denial is not None and last and not here:
                here = list(self._denied(last, sentence, who, denial))
            yield from here
            if here:
                last = here

    def _of(self, sentence: Span, who: Sequence[Speaker]) -> Iterator[Claim]:
        parts = clauses(self.said, sentence)
        if self.said[sentence[0] : sentence[1]].rstrip(" \"'”’»").endswith("?"):
            return
        for relation, pattern in _relations(self.lang or "en"):
            mark = pattern.search(self.said, *sentence)
            if mark is None:
                continue
            part = next(p for p in parts if p[0] <= mark.start() < p[1])
            start, end = self._span(parts, part, mark, sentence)
            how = put(self.said, sentence, (start, end), self.lang or "en")
            stance = _put(relation, how.stance)
            if relation == "legal_duty" and is_bill(self.said, sentence, self.lang or "en"):
                stance = PLANNED
            if stance is None:
                continue
            yield self._claim(relation, (start, end), mark, stance, sentence, who)

    def _denied(self, last: Sequence[Claim], sentence: Span, who: Sequence[Speaker], cue: Span) -> Iterator[Claim]:
        start, end = sentence
        chain = tuple(dict.fromkeys(s.name for s in who))
        for claim in last[:1]:
            made = replace(
                claim,
                start=start,
                end=end,
                quote=self.said[start:end],
                stance=DENIED,
                attribution=chain,
                dates=(),
                cue=cue,
            )
            yield _named(made)

    def _claim(
        self, relation: str, span: Span, mark: re.Match[str], stance: str, sentence: Span, who: Sequence[Speaker]
    ) -> Claim:
        chain = () if relation in _OWN_WORDS else of_claim(self.said, sentence, span, who)
        if self.text.publisher and corrects(self.said, sentence, span, self.lang or "en"):
            chain = (self.text.publisher,)
        near = [n for n in self.names if sentence[0] <= n.start < sentence[1]]
        before = [n for n in near if n.end <= mark.start() and n.text not in chain]
        after = [n for n in near if n.start >= mark.end()]
        subject = (fullest(before[-1].text, self.full),) if before else self._earlier(sentence)
        objects = (fullest(after[0].text, self.full),) if after else ()
        percent = _PERCENT.search(self.said, *span)
        share = None
        if percent and relation in {"owns", "sale"}:
            value = float(percent[1].replace(",", "."))
            share = (value, value) if value <= 100 else None
        return _named(
            Claim(
                id="",
                document=self.text.document,
                start=span[0],
                end=span[1],
                quote=self.said[span[0] : span[1]],
                stance=stance,
                attribution=chain,
                relation=relation,
                subject=subject,
                object=objects,
                share=share,
                version=VERSION,
            )
        )

    def _earlier(self, sentence: Span) -> tuple[str, ...]:
        """Give the first name of the sentence before: whom "it" or "the company" most often means."""
        earlier = [s for s in self.sentences if s[1] <= sentence[0]]
        names: list[Name] = [n for n in self.names if earlier and earlier[-1][0] <= n.start < earlier[-1][1]]
        return (fullest(names[0].text, self.full),) if names else ()

    def _span(self, parts: Sequence[Span], part: Span, mark: re.Match[str], sentence: Span) -> Span:
        """Give the part of a sentence that says it: the clause of the words, with what it cannot stand without."""
        i = j = parts.index(part)
        while i > 0 and len(self.said[parts[i][0] : mark.start()].split()) < 2:
            i -= 1
        while j + 1 < len(parts) and not self.said[mark.end() : parts[j][1]].split():
            j += 1
        start, end = parts[i][0], parts[j][1]
        if end - start > _WHOLE * (sentence[1] - sentence[0]):
            start, end = sentence
        quote = self.said[start:end].rstrip(" ,;:—–")
        return start, start + len(quote)


def _put(relation: str, stance: str | None) -> str | None:
    """Give the stance of a claim from how its words are put."""
    fixed = _PUT.get(relation)
    if fixed is not None:
        return fixed
    if relation in _IN_FORCE and stance in {PLANNED, DENIED}:
        return ASSERTED
    if relation == "decision" and stance == DENIED:
        return ASSERTED
    if relation == "possible_trigger":
        return ALLEGED
    return stance


def _named(claim: Claim) -> Claim:
    given = (claim.document, claim.start, claim.end, claim.stance, claim.relation, claim.subject, claim.object)
    return replace(claim, id=claim_id(*given))


@cache
def _relations(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    given = yaml.safe_load(files("longarm.extract").joinpath("relations.yaml").read_text("utf-8"))
    return tuple((name, re.compile(rf"(?<!\w)(?:{of[lang]})(?!\w)", re.IGNORECASE)) for name, of in given.items())

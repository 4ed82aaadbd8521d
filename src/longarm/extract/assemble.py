"""Put claims together: cues of relations in clauses, with stance, chain of attribution, ends, share and dates.

Reads a text, writes an `Extraction`. Whatever proposes, a claim whose quote is not at its span is refused here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from longarm.extract import signals
from longarm.extract.clauses import Span, trim
from longarm.extract.ends import ends
from longarm.extract.kinds import Kind
from longarm.extract.language import LANGUAGES, Grammar, grammar
from longarm.extract.mentions import Mention, Mentions
from longarm.extract.shares import shares
from longarm.extract.sites import site_of
from longarm.extract.wording import Found, Wording, clause_of
from longarm.extract.written_in import language
from longarm.model.claims import YIELDS_NO_CLAIM, Claim, Line, Text, claim_id, stands

VERSION: Final = "rules/2"
MAX_CHARACTERS: Final = 2_000_000
"""A text is read up to here; a longer one says so in its notes."""
MAX_SENTENCE: Final = 3_000
"""A longer one is no sentence but a table or a fault of reading; it is not read, and the notes say so."""
_MAX_CLAIMS: Final = 20_000
_ALWAYS_ASSERTED: Final = frozenset({"no_comment", "no_indication", "origin_of_reporting"})
_TAKEN_UP: Final = 4
"""How many sentences a denial such as "the firm denied it" may stand behind what it denies."""


@dataclass(frozen=True)
class Extraction:
    """What was read out of one text."""

    lines: tuple[Line, ...]
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...] = ()
    lang: str | None = None
    notes: tuple[str, ...] = ()
    """what the reader must know: a language without claims, a text cut"""


def claims(text: Text) -> Extraction:
    """Read the claims of a text in English, French, Dutch or German; of another language, its mentions only."""
    notes: list[str] = []
    if len(text.text) > MAX_CHARACTERS:
        notes.append(f"read up to character {MAX_CHARACTERS} of {len(text.text)}")
        text = replace(text, text=text.text[:MAX_CHARACTERS])
    lang = text.lang.lower().split("-")[0] if text.lang else language(text.text)
    known = grammar(lang) if lang in LANGUAGES and lang else None
    lines = signals.lines_of(text)
    spans = [(line.start, line.end) for line in lines if line.kind not in YIELDS_NO_CLAIM]
    mentions = Mentions(text.text, known, spans)
    if known is None:
        notes.append(f"no claims are read in {lang or 'this language'}: mentions only")
        return Extraction(lines, (), mentions.all, lang, tuple(notes))
    reader = _Reader(replace(text, lang=lang), lines, mentions, known)
    for line in lines:
        if line.kind not in YIELDS_NO_CLAIM:
            for sentence in signals.sentences_of(text, line):
                reader.read(sentence)
    if reader.too_long:
        notes.append(f"{reader.too_long} sentences of more than {MAX_SENTENCE} characters were not read")
    if reader.refused:
        notes.append(f"{reader.refused} proposals refused: their quote is not at their span")
    return Extraction(lines, tuple(reader.kept), mentions.all, lang, tuple(notes))


@dataclass(frozen=True)
class _Said:
    """What was said or asked, as far as a denial may take it up."""

    relation: str
    subject: tuple[str, ...]
    objects: tuple[str, ...]
    share: tuple[float, float] | None


_GOES_ON: Final = re.compile(
    r"(?:This|That|These|Such|Cet?te?|Ces?|Cela|Dit|Deze|Dat|Die[sz]\w*|Das)\b(?=.*\b(?:would|could|might|\w+rai(?:t|ent)|"
    r"zou(?:den)?|würden?|könnten?)\b)",
    re.DOTALL,
)
_OUTLET: Final = re.compile(
    r"\s(?:news |press |wire )?(?:agency|newspaper|paper|daily|weekly|broadcaster|magazine)\b", re.IGNORECASE
)
_ITS_DAUGHTER: Final = re.compile(
    r"\b(?:its|their|sa|leur|ses|zijn|haar|hun|sein\w*|ihr\w*)\s+(?:[\w-]+\s+){0,2}"
    r"(?:subsidiar\w+|daughter|filiale\w*|dochter\w*|\w*tochter\w*)",
    re.IGNORECASE,
)


class _Reader:
    """Walks a text sentence by sentence and remembers what was said, for denials that take it up."""

    def __init__(self, text: Text, lines: tuple[Line, ...], mentions: Mentions, known: Grammar) -> None:
        self.text, self.lines, self.mentions, self.grammar = text, lines, mentions, known
        self.wording = Wording(text.text, mentions, known)
        self.kept: list[Claim] = []
        self.refused = 0
        self.too_long = 0
        self._ids: set[str] = set()
        self._sentences = 0
        self._sayable: tuple[_Said, int] | None = None
        self._spoken: tuple[tuple[str, ...], int] = ((), -1)
        """the last chain that was read, and in which sentence"""
        self._reporter = ""

    def read(self, sentence: Span) -> None:
        self._sentences += 1
        if sentence[1] - sentence[0] > MAX_SENTENCE:
            self.too_long += 1
            return
        body = self.text.text[sentence[0] : sentence[1]]
        words = self.grammar.words
        if body.rstrip('”"»“ ').endswith("?"):
            self._ask(sentence)
            return
        if words["hypothetical"].search(body) or words["general"].search(body):
            return
        found, spans = self.wording.found(sentence)
        taken: set[tuple[str, Span]] = set()
        for one in found:
            clause = clause_of(spans, one.cue, sentence)
            if one.rule.span == "rest":
                clause = (one.cue[0], sentence[1])
            if (one.rule.relation, clause) not in taken:
                taken.add((one.rule.relation, clause))
                self._propose(one, clause, sentence, denied_around=self._denial_around(sentence, clause))
        if all(one.rule.weak for one in found):
            self._take_up(sentence, body, spans)

    def _ask(self, sentence: Span) -> None:
        """Remember what a question is about: it claims nothing, but "No." may answer it."""
        found, spans = self.wording.found(sentence)
        if found:
            one = found[0]
            clause = clause_of(spans, one.cue, sentence)
            subject, objects = ends(self.text.text, clause, one.cue, one.rule, self.mentions, self.grammar)
            self._sayable = (_Said(one.rule.relation, subject, objects, self._share(one, clause)), self._sentences)

    def _denial_around(self, sentence: Span, clause: Span) -> bool:
        """Say whether the words before a clause deny it: "Corvane denied a report that it had shared …"."""
        head = self.text.text[sentence[0] : clause[0]]
        return bool(self.grammar.words["denial"].search(head)) and clause[0] - sentence[0] < 160

    def _propose(self, one: Found, clause: Span, sentence: Span, denied_around: bool) -> None:
        text = self.text.text
        subject, objects = ends(text, clause, one.cue, one.rule, self.mentions, self.grammar)
        share = self._share(one, clause)
        whole = trim(text, sentence, ".") if denied_around else clause
        spans = [(whole, "denied")] if denied_around else [(clause, "")]
        if denied_around and self.grammar.words["report_denied"].search(text, sentence[0], clause[0]):
            spans.append((clause, "alleged"))
        if one.rule.relation == "subsidiary_of" and not denied_around and (held := self._held(one, sentence)):
            spans = [(held, "")]
        for span, forced in spans:
            stance, cue = signals.stance(self.text, sentence, one.cue, self.grammar, clause, one.rule.relation)
            if one.rule.relation in _ALWAYS_ASSERTED:
                stance, cue = "asserted", None
            stance = forced or one.rule.stance or stance
            chain = self._chain(sentence, span, stance, one.rule.relation)
            if forced == "alleged" and (source := self.mentions.before(clause[0])) and source.start > sentence[0]:
                chain = (source.name,)
            self._keep(span, stance, chain, one.rule.relation, subject, objects, share, cue)

    def _held(self, one: Found, sentence: Span) -> Span | None:
        """Give the span of "X, the giant, and its subsidiary, Y": from whose it is to what it is."""
        text = self.text.text
        match = _ITS_DAUGHTER.search(text, max(sentence[0], one.cue[0] - 30), sentence[1])
        if match is None or match.start() > one.cue[1]:
            return None
        before = self.mentions.within(max(sentence[0], match.start() - 60), match.start())
        behind = [m for m in self.mentions.within(match.end(), match.end() + 60) if m.start - match.end() <= 3]
        return (before[-1].start, behind[0].end) if before and behind else None

    def _chain(self, sentence: Span, span: Span, stance: str, relation: str) -> tuple[str, ...]:
        if relation in ("no_comment", "origin_of_reporting"):
            return ()  # that somebody kept silent is what the paper itself says
        read = signals.chain(
            self.text, self.lines, sentence, span, self.mentions, self.grammar, denied=stance == "denied"
        )
        if not read and self._spoken[1] == self._sentences - 1 and _GOES_ON.match(self.text.text[slice(*sentence)]):
            return self._spoken[0][:1]  # "This move would …": who told of the move says what it would do
        return tuple(dict.fromkeys(self._outlet(name, sentence) for name in read))

    def _outlet(self, name: str, sentence: Span) -> str:
        """Give the paper that "the British news agency" stands for: the one that was named last."""
        at = self.text.text.find(name, *sentence)
        described = at >= 0 and _OUTLET.match(self.text.text, at + len(name))
        return self._reporter if described and self._reporter else name

    def _share(self, one: Found, clause: Span) -> tuple[float, float] | None:
        if one.rule.relation not in {"owns", "sale", "subsidiary_of", "joint_venture"}:
            return None
        read = shares(self.text.text[clause[0] : clause[1]], self.grammar)
        if not read:
            return None
        at = one.cue[0] - clause[0]
        return min(read, key=lambda item: abs(item[0] - at))[2]

    def _take_up(self, sentence: Span, body: str, spans: list[Span]) -> None:
        """Read "the firm denied it" as a denial of what was said shortly before."""
        match = self.grammar.words["denial_pronoun"].search(body)
        if not match or self._sayable is None or self._sentences - self._sayable[1] > _TAKEN_UP:
            return
        said = self._sayable[0]
        cue = (sentence[0] + match.start(), sentence[0] + match.end())
        span = clause_of(spans, cue, sentence)
        chain = self._chain(sentence, span, "denied", said.relation)
        self._keep(span, "denied", chain, said.relation, said.subject, said.objects, said.share, None)

    def _keep(
        self,
        span: Span,
        stance: str,
        chain: tuple[str, ...],
        relation: str,
        subject: tuple[str, ...],
        objects: tuple[str, ...],
        share: tuple[float, float] | None,
        cue: Span | None,
    ) -> None:
        if chain:
            self._spoken = chain, self._sentences
            if self.mentions.kind(chain[0]) is Kind.NAME:
                self._reporter = chain[0]
        start, end = trim(self.text.text, span, " ,;")
        made = Claim(
            id=claim_id(self.text.document, start, end, stance, relation, subject, objects),
            document=self.text.document,
            start=start,
            end=end,
            quote=self.text.text[start:end],
            stance=stance,
            attribution=chain,
            relation=relation,
            subject=subject,
            object=objects,
            share=share,
            dates=signals.dates(self.text, start, end, self.grammar),
            site=site_of((start, end), self.mentions, self.grammar.lang, {*subject, *objects}),
            cue=cue,
            version=VERSION,
        )
        if not stands(made, self.text.text) or len(self.kept) >= _MAX_CLAIMS:
            self.refused += 1
            return
        if made.id in self._ids:
            return
        self._ids.add(made.id)
        self.kept.append(made)
        if stance in ("alleged", "planned", "asserted"):
            self._sayable = (_Said(relation, subject, objects, share), self._sentences)

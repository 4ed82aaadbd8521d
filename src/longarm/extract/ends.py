"""Find the two ends of a relation around its cue: subject and object, by what can stand there and where it stands.

Phrases of the clause are tried by their place (before or behind the cue, with or without a preposition) and by their
kind (`wants`); what the clause leaves out comes from the sentence and the text (`references`).
"""

from __future__ import annotations

import re
from typing import Final

from longarm.extract.clauses import Span
from longarm.extract.frames import frames
from longarm.extract.kinds import ACTORS, FIRMS, Kind
from longarm.extract.language import Grammar, Rule
from longarm.extract.mentions import Mentions
from longarm.extract.objects import FROM, TO, Names, Objects
from longarm.extract.phrase import Phrase
from longarm.extract.references import references
from longarm.extract.wants import Wanted, wanted

_BUYING: Final = re.compile(
    r"\b(?:buy|bought|acqui|purchas|take(?:s|n)?\b|took|taking|rach[eè]t|achet|achat|repren|repris|koop|kocht|aankoop|"
    r"verwerf|verwier|verworv|overne|overge|kauf|erwerb|erwirb|erwarb|übern|aufstock|raise|increase|option|bid)",
    re.IGNORECASE,
)
_SELLING: Final = re.compile(
    r"\b(?:sell|sold|sale|divest|dispos|offload|vend|vente|céd|cède|cession|verkoo|verkoc|verkau|veräuß|abtret|abgeb)",
    re.IGNORECASE,
)
_OWNED: Final = re.compile(
    r"\b(?:its|their|whose|sa|leur|ses|zijn|haar|hun|seine[rnm]?|ihre[rnm]?|deren|dessen)\s+(?:[\w-]+\s+)?"
    r"(?:subsidiar|daughter|filiale|dochter|tochter)",
    re.IGNORECASE,
)
"""A daughter that is named by whose she is."""
_IN_HANDS: Final = re.compile(
    r"\b(?:in the hands of|aux mains d|in handen van|in den Händen|in der Hand)\b", re.IGNORECASE
)
_BLAMING: Final = re.compile(
    r"\b(?:accus|beschuldig|wirft|warf|werf|verdächtig|soupçonn|verwijt|reproch)", re.IGNORECASE
)
_GETTING: Final = re.compile(
    r"\b(?:borrow|emprunt|leen(?:t|de) .{0,30}bij|bought|buys?|purchas|procur|order(?:s|ed)|sources|comes? from|"
    r"came from|gets?|receiv|reç|krijgt|kreeg|ontv|erh[äi]l|erhalten|bekomm|bezieht|bezog|kauft|koopt|achète|achet)",
    re.IGNORECASE,
)
_DEALING: Final = re.compile(
    r"\b(?:sale|purchase|takeover|vente|cession|rachat|achat|verkoop|aankoop|Verkauf|Kauf)\b", re.IGNORECASE
)
_PARTAKING: Final = re.compile(r"\bbeteiligt\b")
_WERDEN: Final = re.compile(r"\b(?:wird|werden|werde|wurde|wurden|worden)\b")
_THAT: Final = re.compile(r"\b(?:dass|dat|que|qu[’'])(?=\W)", re.IGNORECASE)
_ENTRUSTED: Final = re.compile(
    r"\b(?:entrusted|awarded|confiée?s?|attribuée?s?|toevertrouwd|gegund|anvertraut)\b", re.IGNORECASE
)
_ACTING: Final = re.compile(
    r"\b(?:behalf|acting for|front for|puppet|orders from|pour le compte|au nom|prête-nom|namens|in opdracht|"
    r"im Auftrag|auf Weisung|Strohmann|answers to)\b",
    re.IGNORECASE,
)
_MACHINE: Final = re.compile(
    r"\w*(?:servers?n?|serveurs?|computers?|rechnern?|cloud|datacenters?|rechenzentrum|datacentrum)"
)
_GIVEN: Final = frozenset({"finances", "supplies", "transfers_data_to"})
_BY: Final = frozenset({"by", "par", "door", "durch"})
_AGENTS: Final = ACTORS | {Kind.DOCUMENT, Kind.STAFF}


def ends(text: str, clause: Span, cue: Span, rule: Rule, mentions: Mentions, grammar: Grammar) -> tuple[Names, Names]:
    """Give subject and object of a cue in its clause, each empty where the clause and what precedes it name none."""
    return _Clause(text, clause, _whole_words(text, cue), rule, references(mentions, grammar.lang), grammar).ends()


class _Clause(Objects):
    def ends(self) -> tuple[Names, Names]:
        want = wanted(self.rule.relation)
        sentence = self.refs.sentence(self.cue[0])
        inside = [p for p in self.refs.phrases(sentence) if p.end > self.clause[0] and p.start < self.clause[1]]
        said = [
            f for f in frames(self.text, *sentence, self.grammar.lang) if f.kind == "opens" and f.end <= self.cue[0]
        ]
        apart = [p for p in inside if not any(f.start < p.end <= f.end for f in said)]
        inside = apart if any(self._fits(p, want.subject) for p in apart) else inside
        inside = self._subordinate(inside)
        before = [p for p in inside if p.body < self.cue[0] and not self._verbal(p)]
        later = [p for p in inside if p.body >= self.cue[0]]
        behind = [q for p in later for q in self._behind(p)]
        frame = self.rule.frame
        if self.rule.relation == "sale":
            return self._sale(before, behind, want)
        if frame == "either":
            subject = self._last(before, want.subject) or self._first(behind, want.subject, plain=False)
            return _one(subject), ()
        if frame == "no_sign":
            return self._no_sign(before, behind, want)
        near = self.text[self.cue[0] : self.cue[1]]
        if self.rule.relation == "hosts" and (server := self._server(behind)):
            return _one(server), self._thing(before or behind, want, server)
        given = _ENTRUSTED.search(self.text, self.cue[0], min(self.clause[1], self.cue[1] + 24))
        acting = self.rule.relation == "controls" and _ACTING.search(near)
        partakes = _PARTAKING.search(self.text, *self.clause)
        hands = _IN_HANDS.search(self.text, *self.clause)
        if not partakes and (frame == "passive" or given or acting or hands or self._is_passive(behind)):
            subject = self._agent(behind, want) or self._agent(before, want)
            if subject or frame == "passive":
                objects = self._objects([*before, *behind], want, subject)
                if not objects and not before and want.take == "named":
                    objects = _one(self._from_context(want.object & ACTORS, frozenset({subject})))
                return _one(subject), objects
        if frame == "duty" or (self.rule.relation == "wrongful_conduct" and _BLAMING.search(near)):
            firms = want.subject - {Kind.AUTHORITY} if frame == "duty" else want.subject
            subject = self._first([*behind, *before], firms, plain=False) or self._subject(before, behind, want)
            return _one(subject), self._objects([p for p in behind if self._name(p) != subject], want, subject)
        if self.rule.relation in _GIVEN and _GETTING.search(near):
            return self._got(before, behind, want)
        subject = self._beside(before, want) if frame == "near" else self._subject(before, behind, want)
        if _OWNED.search(self.text[max(self.clause[0], self.cue[0] - 24) : self.cue[1]]):
            held = self._first(behind, want.subject, plain=False)
            return _one(held), _one(subject)
        rest = [*behind, *reversed(before)] if want.take != "thing" else behind
        objects = self._objects(rest, want, subject)
        if want.take == "thing" and not objects:
            objects = self._objects(before, want, subject)
        return _one(subject), objects

    def _subordinate(self, inside: list[Phrase]) -> list[Phrase]:
        """Give the phrases of the clause that "that" opens, where one with a subject of its own holds the cue."""
        opened = [m.end() for m in _THAT.finditer(self.text, self.clause[0], self.cue[0])]
        own = [p for p in inside if opened and p.body >= opened[-1]]
        return own if any(p.end <= self.cue[0] and not p.preposition for p in own) else inside

    def _is_passive(self, behind: list[Phrase]) -> bool:
        """Say whether an agent stands right behind the cue, or in it: "is hosted by Vorsk"."""
        agents = _BY | {"von", "vom"} if _WERDEN.search(self.text, *self.clause) else _BY
        near = [p for p in behind if p.kind in _AGENTS and p.preposition in agents]
        return any(p.start < self.cue[1] + (60 if p.preposition in ("von", "vom") else 24) for p in near)

    def _no_sign(self, before: list[Phrase], behind: list[Phrase], want: Wanted) -> tuple[Names, Names]:
        """Give whom nothing was found about, and what was looked for; who looked is neither."""
        looked = frozenset(self._name(p) for p in before if not p.pronoun)
        sayers = looked | frozenset(self.refs.salient(self.clause[0], frozenset({Kind.AUTHORITY, Kind.PERSON})))
        near = [p for p in behind if self._fits(p, FIRMS) and self._name(p) not in looked]
        subject = next((self._name(p) for p in near), "")
        said = [p for p in behind if p.pronoun == "pronoun"]
        if not subject and said:
            subject = self.refs.pronoun(said[0], FIRMS)
        about = [name for name in self.refs.salient(self.clause[0], FIRMS | {Kind.SITE}) if name not in sayers]
        subject = subject or (about[0] if about else "")
        rest = [p for p in behind if self._name(p) != subject and p.end > self.cue[1]] or behind
        return _one(subject), self._thing(rest, want, subject)

    def _sale(self, before: list[Phrase], behind: list[Phrase], want: Wanted) -> tuple[Names, Names]:
        """Give seller, thing and buyer; the buyer is the subject where no seller is named."""
        near = self.text[self.cue[0] : self.cue[1]]
        buys = bool(_BUYING.search(near)) and not _SELLING.search(near)
        noun = _DEALING.search(near) is not None
        actor = self._subject(before, behind if not noun else [], want) if before or not noun else ""
        seller = buyer = thing = ""
        parts = [*behind, *before] if self.grammar.lang in ("de", "nl") else behind
        for phrase in parts:
            if not self._fits(phrase, want.subject | want.object) or phrase.kind is Kind.PERSON:
                continue
            name = self._name(phrase, frozenset({actor}))
            if name == actor or not (self._is_settled(phrase, name) or phrase.preposition):
                continue
            if phrase.preposition in _BY and not buys and not noun:
                seller, buyer = name, actor  # "sold by Vorsk"
            elif buys and not seller and self._sells(phrase, thing):
                seller = name
            elif phrase.preposition in _BY or (not buys and phrase.preposition in TO and not buyer):
                buyer = name
            elif not thing and self._fits(phrase, want.object):
                thing = name
        known = {actor, seller, buyer}
        if not thing:
            thing = next((name for name in self._in_mind(want.object) if name not in known), "")
        if buys and not noun:
            if not seller and thing in self.refs.held:
                seller = next((name for name in self.refs.sellers if name not in {actor, thing}), "")
            parties = (thing, actor) if seller else (thing,)
            return _one(seller or actor), tuple(name for name in parties if name)
        if noun or not actor or seller:
            sellers = [name for name in [seller, *self.refs.sellers, actor] if name]
            actor = next((name for name in sellers if name not in {thing, buyer}), actor)
            buyer = buyer or next((n for n in self.refs.part("buyer") if n not in {actor, thing}), "")
        actor = actor or next((n for n in self.refs.salient(self.clause[0], FIRMS) if n not in {thing, buyer}), "")
        return _one(actor), tuple(name for name in (thing, buyer) if name)

    def _sells(self, phrase: Phrase, thing: str) -> bool:
        """Say whether a phrase names the seller; Dutch and German say "van" and "von" of what is bought too."""
        if phrase.preposition in ("from", "auprès") or (
            self.grammar.lang == "fr" and phrase.preposition in ("à", "au")
        ):
            return True
        return bool(thing) and phrase.preposition in ("van", "von", "vom", "bij", "bei")

    def _server(self, behind: list[Phrase]) -> str:
        """Give whose machines data lie on: "on the servers of Vorsk"."""
        for phrase in behind:
            if _MACHINE.fullmatch(phrase.head) and phrase.of is not None and self._fits(phrase.of, ACTORS):
                return self._name(phrase.of)
        return ""

    def _got(self, before: list[Phrase], behind: list[Phrase], want: Wanted) -> tuple[Names, Names]:
        """Turn round what is got: "Vorsk buys its software from Merrow" says that Merrow supplies Vorsk."""
        getter = self._subject(before, behind, want)
        given = [p for p in behind if p.preposition in FROM and self._fits(p, want.subject)]
        giver = next((name for p in given if (name := self._name(p)) != getter), "")
        if not giver and self.rule.relation == "transfers_data_to":
            giver = next((n for n in self.refs.salient(self.clause[0], want.subject) if n != getter), "")
        return _one(giver), _one(getter)


def _one(name: str) -> Names:
    return (name,) if name else ()


def _whole_words(text: str, cue: Span) -> Span:
    """Give a cue without a word that it only begins: a pattern may look at the first letter of a name."""
    start, end = cue
    if end < len(text) and text[end - 1 : end + 1].isalnum():
        while end > start and text[end - 1].isalnum():
            end -= 1
    return start, end


def noun_phrase(words: str, grammar: Grammar) -> str:
    """Give the words of a noun phrase at the head of some words, without its article, up to where it ends."""
    bare = words.strip(' ,“”"«»')
    while (first := bare.split(maxsplit=1)) and first[0].lower() in grammar.function_words:
        bare = first[1] if len(first) > 1 else ""
    bare = grammar.words["determiner"].sub("", bare, count=1)
    stop = grammar.words["np_stop"].search(bare + " ")
    head = (bare[: stop.start()] if stop else bare).strip()
    return head if 0 < len(head.split()) <= 6 else ""

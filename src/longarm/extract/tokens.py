"""The words of a sentence and what each does to a noun phrase: opens it, joins it, ends it, or is a verb.

No tagger: small words come from a table (`cues/phrases.yaml`), verbs are told by where they stand and how they end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from longarm.extract.kinds import Kind, kind_of_noun
from longarm.extract.smallwords import small_words

if TYPE_CHECKING:
    from longarm.extract.mentions import Mention, Mentions
    from longarm.extract.phrase import Phrase

_TOKEN: Final = re.compile(
    r"(?:\b(?:[ldnsjmtc]|qu|jusqu|lorsqu|puisqu)[’'](?=\w))|[’']s\b|\d+(?:[.,]\d+)*|§|%"
    r"|[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+|[-.&][^\W_]+)*|&|[^\w\s]",
    re.IGNORECASE,
)
_MODALS: Final = frozenset("must will can shall may could would should might cannot".split())  # noqa: SIM905
_PAST: Final = frozenset(
    "bought sold hung gave took made went came saw found got ran held kept let put set met built lent led left lost "  # noqa: SIM905
    "paid rose fell grew said told wrote spoke won drew".split()
)
_FRONTED: Final = re.compile(r"(?:Ge|Be|Er|Ver|Ent|An|Aus|Ein|Auf|Unter|Über|Zer)\w+(?:t|en)|[A-ZÄÖÜ]\w+iert")
_PASSIVE: Final = frozenset("wird werden wurde wurden ist sind hat haben soll sollen sollten".split())  # noqa: SIM905
_ASKING: Final = re.compile(r"[\w’'-]+-(?:t-)?(?:ils?|elles?|on)")
_PARTICIPLE: Final = re.compile(r"\w{2,}ed|seen|sent|held|given|written|known|sold|made|built|taken|handed")
_FRENCH_VERB: Final = re.compile(r"\w{2,}(?:aient|ait|era|eront|èrent|erait|eraient)$")
_TURNS: Final = frozenset(
    "must will can shall may could would should might not to had has have having a ont avait avaient aurait auraient "  # noqa: SIM905
    "heeft hebben had hadden".split()
)
"""Words behind which a plain small word is a verb: "must store", "had sought", "to train\""""


class Tokens:
    """The tokens of a stretch of text, a place among them, and the phrases found so far."""

    def __init__(self, text: str, start: int, end: int, mentions: Mentions, lang: str) -> None:
        self.text, self.lang, self.mentions = text, lang, mentions
        self.small = small_words(lang)
        self.tokens = list(_TOKEN.finditer(text, start, end))
        self.named: dict[int, Mention] = {mention.start: mention for mention in mentions.within(start, end)}
        self.found: list[Phrase] = []
        self.at = 0

    def _is_verb(self, word: str, token: re.Match[str], preposition: str) -> bool:
        """Say whether a plain small word opens no phrase: it stands behind a phrase, a pronoun or an auxiliary."""
        if self.lang == "de" or token.start() in self.named or not word[0].islower() or token.group()[0].isupper():
            return False
        before = self.tokens[self.at - 1].group().lower() if self.at else ""
        if before in _MODALS:
            return True
        if kind_of_noun(word, self.lang) is not Kind.OTHER:
            return False
        if before in _TURNS and (not preposition or before == "to"):
            after = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
            opens = after is not None and (
                after.group()[0].isalnum() and after.group() not in self.small["preposition"]
            )
            return before != "to" or opens
        if preposition:
            return False
        last = self.found[-1] if self.found else None
        if last is None or last.words.lower() in ("that", "dat", "que"):
            return False
        return not self.text[last.end : token.start()].strip()

    def _role(self, word: str, raw: str) -> str:
        if self.lang in ("de", "nl") and word in self.small["relative"]:
            before = self.text[: self.tokens[self.at].start()].rstrip()[-1:]
            if before == "," and not self._noun_follows():
                return "relative"
        elif word in self.small["relative"]:
            return "relative"
        if self.lang == "de" and word == "sie" and raw == "Sie":
            return "pronoun"
        if self.lang == "de" and _FRONTED.fullmatch(raw) and self._following() in _PASSIVE:
            return "stop"  # "Betrieben wird das Werk von …"
        if self.lang == "fr" and _ASKING.fullmatch(word):
            return "stop"  # "a-t-il"
        order = ("of", "article") if self.lang == "fr" else ("article", "of")
        for role in (*order, "owner", "this", "and", "preposition", "person", "pronoun", "stop"):
            if word in self.small[role]:
                return role
        return ""

    def _following(self) -> str:
        return self.tokens[self.at + 1].group().lower() if self.at + 1 < len(self.tokens) else ""

    def _noun_follows(self) -> bool:
        """Say whether a noun, and not a clause, follows "der": the next words are adjectives and a capital."""
        following = [token.group() for token in self.tokens[self.at + 1 : self.at + 4]]
        if self.lang == "nl":
            return not following or following[0].lower() not in self.small["stop"] | self.small["preposition"]
        for word in following:
            if word[0].isupper():
                after = self.tokens[self.at + 1 + following.index(word) + 1 : self.at + 3 + following.index(word)]
                return not after or not after[0].group()[0].isalpha() or following.index(word) == 0
            if not re.fullmatch(r"[a-zäöüß]+(?:e|en|er|es|em)|\d+", word) or word in self.small["stop"]:
                return False
        return False

    def _genitive(self, word: str, at: int) -> bool:
        if self.lang != "de" or word not in ("der", "des") or not self.found:
            return False
        last = self.found[-1]
        return not last.pronoun and not last.name and not self.text[last.end : at].strip()

    def _is_small(self, word: str) -> bool:
        low = word.lower().rstrip("’'")
        return any(low in self.small[key] for key in self.small)

    def _noun_after_name(self, first: int, at: int) -> bool:
        if at >= len(self.tokens) or not self.tokens[at].group()[0].islower():
            return False
        word = self.tokens[at].group()
        if self._is_small(word):
            return False
        after = self.tokens[at + 1].group() if at + 1 < len(self.tokens) else "."
        if kind_of_noun(word, "en") is Kind.TIME:
            return False
        if kind_of_noun(word, "en") is not Kind.OTHER:
            opens = after.lower() in self.small["article"] | self.small["owner"] or after[0].isupper()
            return not (opens and word.endswith("s"))
        opened = first > 0 and self.tokens[first - 1].group().lower() in self.small["article"] | self.small["owner"]
        named = kind_of_noun(self.tokens[at - 1].group(), "en") is Kind.OTHER  # a committee asks; a crane has controls
        if opened and named and after in (",", ".", ";"):
            return not word.endswith("ed")  # "the Crane controls,"
        return after[0].islower() and kind_of_noun(after, "en") is not Kind.OTHER and not word.endswith(("s", "ed"))

    def _verb(self, first: int, at: int) -> bool:
        """Say whether a word behind a noun is its verb."""
        word = self.tokens[at].group()
        if at == first or kind_of_noun(word, self.lang) is not Kind.OTHER:
            return False
        if self.lang == "fr":
            return _FRENCH_VERB.match(word) is not None
        following = self.tokens[at + 1].group() if at + 1 < len(self.tokens) else "."
        if self.lang == "en" and _PARTICIPLE.fullmatch(word) and following.lower() in self.small["preposition"]:
            return True  # "a leaflet handed out", "a letter seen by"
        if kind_of_noun(self.tokens[at - 1].group(), self.lang) is Kind.OTHER:
            return False
        if self.lang == "nl":
            return word[0].islower()
        if kind_of_noun(following, "en") is not Kind.OTHER and following[0].islower() and not word.endswith("s"):
            return False
        return word in _PAST or word.endswith(("ed", "s", "ing"))

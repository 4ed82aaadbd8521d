"""Noun phrases of a sentence, with what stands before them: the stuff of which subjects and objects are made.

Reads the tables `cues/phrases.yaml` (small words) and `cues/nouns.yaml` (kinds). No tagger: a phrase begins at an
article, a number, a name or a plain word, and ends at a small word, a mark, or the end of a name. In German it ends
with its capitalised noun.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from longarm.extract.kinds import Kind, kind_of_noun
from longarm.extract.phrase import Phrase
from longarm.extract.smallwords import small_words

if TYPE_CHECKING:
    from longarm.extract.mentions import Mention, Mentions

_TOKEN: Final = re.compile(
    r"(?:\b(?:[ldnsjmtc]|qu|jusqu|lorsqu|puisqu)[’'](?=\w))|[’']s\b|\d+(?:[.,]\d+)*|§|%"
    r"|[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+|[-.&][^\W_]+)*|&|[^\w\s]",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 9
_MOST_ADJECTIVES: Final = 4
_FRENCH_FIRST: Final = frozenset("ancien ancienne nouveau nouvelle premier première grand grande petit petite".split())  # noqa: SIM905
_APART: Final = re.compile(
    r"(?:dienst|agence|agentur|agentschap|bond|syndicat|gewerkschaft|verband|service)$", re.IGNORECASE
)
_ARTICLES: Final = frozenset({"De", "Het", "La", "Le", "Les", "The"})
_FAMILY: Final = re.compile(r"famil(?:ie|le)", re.IGNORECASE)
_PARTICIPLE: Final = re.compile(r"\w{2,}ed|seen|sent|held|given|written|known|sold|made|built|taken|handed")
_FRENCH_VERB: Final = re.compile(r"\w{2,}(?:aient|ait|era|eront|èrent|erait|eraient)$")
_TURNS: Final = frozenset(
    "must will can shall may could would should might not to had has have having a ont avait avaient aurait auraient "  # noqa: SIM905
    "heeft hebben had hadden".split()
)
"""Words behind which a plain small word is a verb: "must store", "had sought", "to train\""""
_WHOLE: Final = frozenset({Kind.AUTHORITY, Kind.SITE, Kind.PLACE, Kind.ORGANISATION})
"""Kinds of noun that are part of a name: "luchthaven Zuiderwaard", "Gemeinde Osterhagen", "city of Selmouth\""""


def phrases(text: str, start: int, end: int, mentions: Mentions, lang: str) -> tuple[Phrase, ...]:
    """Give the noun phrases and pronouns of text[start:end], in order."""
    return tuple(_Reader(text, start, end, mentions, lang).read())


class _Reader:
    def __init__(self, text: str, start: int, end: int, mentions: Mentions, lang: str) -> None:
        self.text, self.lang, self.mentions = text, lang, mentions
        self.small = small_words(lang)
        self.tokens = list(_TOKEN.finditer(text, start, end))
        self.named: dict[int, Mention] = {mention.start: mention for mention in mentions.within(start, end)}
        self.found: list[Phrase] = []
        self.at = 0

    def read(self) -> list[Phrase]:
        preposition = determiner = ""
        opened, joined = -1, False
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            word = token.group().lower().rstrip("’'")
            role = "" if token.start() in self.named else self._role(word, token.group())
            if role == "preposition" and determiner and self.lang == "en":
                role = ""  # "an outside auditor"
            if role in ("preposition", "of"):
                touches = bool(self.found) and not self.text[self.found[-1].end : token.start()].strip(" '’”\"»s")
                preposition, determiner, opened = ("of" if role == "of" and touches else word), "", -1
                if role == "of" and not touches and word in ("du", "des"):
                    preposition, opened = "", token.start()
                if word in ("du", "des", "au", "aux", "am", "im", "vom", "zum", "zur", "beim"):
                    determiner = word
            elif role in ("article", "owner", "this"):
                genitive = self._genitive(word, token.start())
                preposition = "of" if genitive and not preposition else preposition
                determiner, opened = word, token.start() if opened < 0 else opened
            elif role in ("pronoun", "person", "relative"):
                self.found.append(self._pronoun(token, role, preposition))
                preposition, determiner, opened, joined = "", "", -1, False
            elif role == "and":
                joined = bool(self.found) and not self.text[self.found[-1].end : token.start()].strip(" ,")
                preposition, determiner, opened = (preposition if joined else ""), "", -1
            elif (
                role == "stop"
                or not (token.group()[0].isalnum())
                or (not determiner and self._is_verb(word, token, preposition))
            ):
                preposition, determiner, opened, joined = "", "", -1, False
            else:
                made = self._phrase(token.start() if opened < 0 else opened, preposition, determiner, joined)
                if made:
                    self._add(made)
                    preposition, determiner, opened, joined = "", "", -1, False
                    continue
                preposition, determiner, opened = (preposition, determiner, opened) if determiner else ("", "", -1)
            self.at += 1
        self._tie()
        return self.found

    def _is_verb(self, word: str, token: re.Match[str], preposition: str) -> bool:
        """Say whether a plain small word opens no phrase: it stands behind a phrase, a pronoun or an auxiliary."""
        if self.lang == "de" or token.start() in self.named or not word[0].islower() or token.group()[0].isupper():
            return False
        if kind_of_noun(word, self.lang) is not Kind.OTHER:
            return False
        before = self.tokens[self.at - 1].group().lower() if self.at else ""
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
        order = ("of", "article") if self.lang == "fr" else ("article", "of")
        for role in (*order, "owner", "this", "and", "preposition", "person", "pronoun", "stop"):
            if word in self.small[role]:
                return role
        return ""

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

    def _pronoun(self, token: re.Match[str], role: str, preposition: str) -> Phrase:
        kind = Kind.PERSON if role == "person" else Kind.OTHER
        word = token.group()
        return Phrase(
            token.start(),
            token.start(),
            token.end(),
            preposition,
            "",
            False,
            word,
            "",
            word.lower(),
            kind,
            pronoun=role,
        )

    def _phrase(self, opened: int, preposition: str, determiner: str, joined: bool) -> Phrase | None:
        first = self.at
        last, name, owner, owner_end = self._german(first) if self.lang == "de" else self._plain(first)
        if last < first:
            return None
        body = self.tokens[first].start()
        end = max(self.tokens[last].end(), name.end if name else 0)
        while self.at < len(self.tokens) and self.tokens[self.at].start() < end:
            self.at += 1
        before = self.text[body : name.start].split() if name else []
        if name and name.end == end and before and owner_end < 0:
            noun = kind_of_noun(before[-1], self.lang)
            whole = self.lang != "en" and (
                (noun in _WHOLE - {Kind.ORGANISATION} and not _APART.search(before[-1]))
                or _FAMILY.fullmatch(before[-1])
            )
            if not whole:
                kind = self._named(name)
                if noun in (Kind.PERSON, Kind.STAFF):
                    kind = Kind.PERSON
                return Phrase(
                    opened,
                    name.start,
                    end,
                    preposition,
                    determiner,
                    determiner in self.small["owner"],
                    name.name,
                    name.name,
                    before[-1].lower(),
                    kind,
                    joined=joined,
                )
            begin = self._noun_start(name.start, before[-1])
            words = self.text[begin:end]
            return Phrase(
                opened,
                begin,
                end,
                preposition,
                determiner,
                False,
                words,
                words,
                before[-1].lower(),
                noun,
                joined=joined,
            )
        words = self.text[body:end]
        if name and name.start == body and name.end == end:
            kind = self._named(name)
            return Phrase(
                opened,
                body,
                end,
                preposition,
                determiner,
                False,
                name.name,
                name.name,
                name.name.split()[-1].lower(),
                kind,
                joined=joined,
            )
        if owner_end >= 0:
            self._owner(opened, body, owner_end, determiner, owner)
            body = owner_end + len(self.text[owner_end:end]) - len(self.text[owner_end:end].lstrip())
            opened, words = body, self.text[body:end]
            determiner = "the"
        head = self._head(words)
        return Phrase(
            opened,
            body,
            end,
            preposition,
            determiner,
            determiner in self.small["owner"],
            words,
            "",
            head,
            kind_of_noun(head, self.lang),
            owner=owner,
            joined=joined,
        )

    def _owner(self, opened: int, body: int, owner_end: int, determiner: str, owner: str) -> None:
        """Keep the one whose something is as a phrase of its own: "the handler" in "the handler's licence"."""
        words = re.sub(r"[’']s?$", "", self.text[body:owner_end])
        head = self._head(words)
        kind = self.mentions.kind(owner) if owner else kind_of_noun(head, self.lang)
        self.found.append(
            Phrase(
                opened,
                body,
                body + len(words),
                "'s",
                determiner,
                determiner in self.small["owner"],
                owner or words,
                owner,
                owner.split()[-1].lower() if owner else head,
                kind,
            )
        )

    def _noun_start(self, name_start: int, noun: str) -> int:
        return self.text.rindex(noun, 0, name_start)

    def _named(self, mention: Mention) -> Kind:
        return self.mentions.kind(mention.name)

    def _head(self, words: str) -> str:
        parts: list[str] = [part for part in re.findall(r"[^\W\d_][\w’'-]*", words.lower()) if part]
        if not parts:
            return words.lower()
        if self.lang == "fr":
            known: list[str] = [part for part in parts if kind_of_noun(part, "fr") is not Kind.OTHER]
            return known[0] if known else next((p for p in parts if p not in _FRENCH_FIRST), parts[0])
        return parts[-1]

    def _german(self, first: int) -> tuple[int, Mention | None, str, int]:
        """Read up to the capitalised noun: adjectives before it, the name that it introduces behind it."""
        at = first
        while at < len(self.tokens) and at - first <= _MOST_ADJECTIVES:
            word = self.tokens[at].group()
            if self.tokens[at].start() in self.named or word[0].isupper():
                break
            if not (word[0].isalnum() or word in "%§") or any(
                word.lower() in self.small[key] for key in ("stop", "preposition", "of", "and", "article", "owner")
            ):
                return -1, None, "", -1
            at += 1
        if at >= len(self.tokens) or at - first > _MOST_ADJECTIVES:
            return -1, None, "", -1
        name = self.named.get(self.tokens[at].start())
        end = name.end if name else self.tokens[at].end()
        last = at
        while last + 1 < len(self.tokens) and self.tokens[last + 1].start() < end:
            last += 1
        if not name and last + 1 < len(self.tokens):
            following = self.named.get(self.tokens[last + 1].start())
            if following and not self.text[end : following.start].strip():  # "der Ausrüster Sewerlux"
                name, end = following, following.end
                while last + 1 < len(self.tokens) and self.tokens[last + 1].start() < end:
                    last += 1
        return last, name, "", -1

    def _plain(self, first: int) -> tuple[int, Mention | None, str, int]:
        at, name, owner, owner_end = first, None, "", -1
        last = first - 1
        while at < len(self.tokens) and at - first < _MOST_WORDS:
            token = self.tokens[at]
            word = token.group()
            named = self.named.get(token.start())
            if named:
                name = named
                while at < len(self.tokens) and self.tokens[at].start() < named.end:
                    last, at = at, at + 1
                if at < len(self.tokens) and self.tokens[at].group() in ("’s", "'s", "’", "'") and self.lang != "fr":
                    owner, owner_end = named.name, self.tokens[at].end()
                    last, at = at, at + 1
                    name = None
                    continue
                if self.lang != "en" or not self._noun_after_name(at):
                    break
                continue
            if (
                word in _ARTICLES
                and at + 1 < len(self.tokens)
                and self.tokens[at + 1].start() in self.named
                and at > first
            ):
                last, at = at, at + 1  # "the union De Lijnwerker"
                continue
            if word in ("’s", "'s") and at > first:
                owner_end = token.end()
                last, at = at, at + 1
                continue
            if not (word[0].isalnum() or word == "%") or self._is_small(word) or self._verb(first, at):
                break
            last, at = at, at + 1
        if owner_end >= 0 and last >= 0 and self.tokens[last].end() == owner_end:  # a possessive without its noun
            owner_end = -1
        return last, name, owner, owner_end

    def _is_small(self, word: str) -> bool:
        low = word.lower().rstrip("’'")
        return any(low in self.small[key] for key in self.small)

    def _noun_after_name(self, at: int) -> bool:
        if at >= len(self.tokens) or not self.tokens[at].group()[0].islower():
            return False
        word = self.tokens[at].group()
        if self._is_small(word):
            return False
        after = self.tokens[at + 1].group() if at + 1 < len(self.tokens) else "."
        if kind_of_noun(word, "en") is not Kind.OTHER:
            opens = after.lower() in self.small["article"] | self.small["owner"] or after[0].isupper()
            return not (opens and word.endswith("s"))
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
        return word.endswith(("ed", "s", "ing"))

    def _add(self, made: Phrase) -> None:
        last = self.found[-1] if self.found else None
        if (
            last
            and made.joined
            and not (last.name or made.name)
            and not made.determiner
            and last.end < made.body
            and made.preposition == last.preposition
            and self.lang == "en"
            and not last.determiner
        ):
            merged = self.text[last.body : made.end]
            self.found[-1] = replace(last, end=made.end, words=merged, head=made.head, kind=made.kind)
            return
        self.found.append(made)

    def _tie(self) -> None:
        """Tie each phrase that belongs to the one before it, from the last to the first."""
        for number in range(len(self.found) - 1, 0, -1):
            made, last = self.found[number], self.found[number - 1]
            if made.preposition == "of" and not last.pronoun and not made.pronoun:
                self.found[number - 1] = self._with(last, made)

    def _with(self, last: Phrase, made: Phrase) -> Phrase:
        """Give a phrase with the one that belongs to it; "city of Selmouth" is one thing, "signals of the line" two."""
        bare = not made.determiner or (made.determiner in ("du", "des") and not made.name)
        deepest = made
        while deepest.of is not None and not deepest.name:
            deepest = deepest.of
        named = bool(deepest.name) or bool(self._names_in(made))
        bodies = self.lang == "de" and last.kind is Kind.AUTHORITY and made.kind is Kind.AUTHORITY
        bare = bare or self.lang in ("fr", "nl")
        whole = (last.kind in _WHOLE and named) or (bare and not made.name and last.kind is not Kind.QUANTITY)
        whole = (whole or bodies) and not last.name
        end = max(made.body + len(made.words) if not made.name else made.end, deepest.end if deepest.name else 0)
        words = self.text[last.body : end] if whole else last.words
        owner = (made.name or made.words) if last.kind in (Kind.STAFF, Kind.PERSON) else last.owner
        return replace(last, of=made, words=words, owner=owner)

    def _names_in(self, made: Phrase) -> list[str]:
        return [mention.name for mention in self.mentions.within(made.body, made.body + len(made.words))]

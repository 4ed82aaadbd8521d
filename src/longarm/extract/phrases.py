"""Noun phrases of a sentence, with what stands before them: the stuff of which subjects and objects are made.

Reads the tables `cues/phrases.yaml` (small words) and `cues/nouns.yaml` (kinds). A phrase begins at an article, a
number, a name or a plain word (`tokens`), and reaches as far as `extents` says; what belongs to it is tied to it last.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from longarm.extract.extents import Extents
from longarm.extract.kinds import Kind, kind_of_noun
from longarm.extract.phrase import Phrase

if TYPE_CHECKING:
    from longarm.extract.mentions import Mention, Mentions

_FRENCH_FIRST: Final = frozenset("ancien ancienne nouveau nouvelle premier première grand grande petit petite".split())  # noqa: SIM905
_APART: Final = re.compile(
    r"(?:dienst|agence|agentur|agentschap|bond|syndicat|gewerkschaft|verband|service)$", re.IGNORECASE
)
_FAMILY: Final = re.compile(r"famil(?:ie|le)", re.IGNORECASE)
_WHOLE: Final = frozenset({Kind.AUTHORITY, Kind.SITE, Kind.PLACE, Kind.ORGANISATION})
"""Kinds of noun that are part of a name: "luchthaven Zuiderwaard", "Gemeinde Osterhagen", "city of Selmouth\""""


def phrases(text: str, start: int, end: int, mentions: Mentions, lang: str) -> tuple[Phrase, ...]:
    """Give the noun phrases and pronouns of text[start:end], in order."""
    return tuple(_Reader(text, start, end, mentions, lang).read())


class _Reader(Extents):
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
        plain = name is not None and " " not in name.name and self._named(name) is Kind.NAME
        if self.lang == "de" and plain and before and not before[-1][0].isupper():
            name, before = None, []  # "eigene Angaben", "14 Stadtwerke": a noun with its adjective is no name
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
        if self.lang == "fr" and kind_of_noun(words, "fr") is not Kind.OTHER:
            return words.lower()
        if self.lang == "fr":
            known: list[str] = [part for part in parts if kind_of_noun(part, "fr") is not Kind.OTHER]
            return known[0] if known else next((p for p in parts if p not in _FRENCH_FIRST), parts[0])
        return parts[-1]

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
        bodies = self.lang == "de" and last.kind is Kind.AUTHORITY and not made.name
        bare = bare or self.lang in ("fr", "nl")
        whole = (last.kind in _WHOLE and named) or (bare and not made.name and last.kind is not Kind.QUANTITY)
        whole = (whole or bodies) and not last.name
        end = max(made.body + len(made.words) if not made.name else made.end, deepest.end if deepest.name else 0)
        words = self.text[last.body : end] if whole else last.words
        owner = (made.name or made.words) if last.kind in (Kind.STAFF, Kind.PERSON) else last.owner
        return replace(last, of=made, words=words, owner=owner)

    def _names_in(self, made: Phrase) -> list[str]:
        return [mention.name for mention in self.mentions.within(made.body, made.body + len(made.words))]

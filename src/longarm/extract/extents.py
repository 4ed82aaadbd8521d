"""How far a noun phrase reaches: to its capitalised noun in German, elsewhere to a small word, a verb or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from longarm.extract.tokens import Tokens

if TYPE_CHECKING:
    from longarm.extract.mentions import Mention

_MOST_WORDS: Final = 9
_MOST_ADJECTIVES: Final = 4
_ARTICLES: Final = frozenset({"De", "Het", "La", "Le", "Les", "The"})


class Extents(Tokens):
    """Tokens, and how far the phrase that begins at one of them reaches.

    An extent is the last token, the name in it, whose it is where a possessive says so, and where that possessive ends.
    """

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
                if self.lang != "en" or not self._noun_after_name(first, at):
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

"""The small words of a language, by what they do to a noun phrase: the table `cues/phrases.yaml`, read once."""

from __future__ import annotations

from functools import cache

from longarm.extract.cues import table


@cache
def small_words(lang: str) -> dict[str, frozenset[str]]:
    """Give the small words of a language by the keys of the table, such as article, preposition and pronoun."""
    return {key: frozenset(str(words).split()) for key, words in table("phrases")[lang].items()}

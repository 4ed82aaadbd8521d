"""The language of a text among those in which claims are read, by its function words; None where no one is plain."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = {
    "en": "the of and to in is was that for with on by said has it as from its which not are were been",
    "fr": "le la les de des du et est une dans que pour qui par sur au pas plus ne se son avec aux ce",
    "nl": "de het een van en is dat niet zijn voor met die op te aan door bij wordt heeft ook er naar",
    "de": "der die das und ist nicht ein eine den von mit zu dem des im auf für sich auch wird hat an",
}
_LEAST: Final = 0.12
"""Share of the words of a text that must be function words of a language."""
_APART: Final = 1.25
"""How much more there must be than of the next."""


def language(text: str) -> str | None:
    """Tell the language of a text: en, fr, nl, de, or None."""
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", text[:20_000])]
    if len(words) < 8:
        return None
    found = sorted(((sum(w in set(of.split()) for w in words) / len(words), lang) for lang, of in _WORDS.items()))
    (second, _), (first, lang) = found[-2:]
    return lang if first >= _LEAST and first >= _APART * second else None

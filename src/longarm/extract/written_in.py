"""The language of a text: by py3langid, whose model lies in the wheel (Lui & Baldwin 2012), else by its small words.

The model is asked first and believed where it is sure; of a line or two it never is. Then what the document declares
counts, and last the small words of the languages in which claims are read.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from longarm.extract.cues import LANGUAGES

_LEAST: Final = 40
"""letters; below it the model's guess is worth nothing"""
_SURE: Final = 0.8
_SAMPLE: Final = 4000
"""characters that are looked at"""
_FEWEST: Final = 5
"""words; of fewer, small words tell nothing"""
_SHARE: Final = 1 / 8
"""of all words that must be small words of a language"""


def language(text: str, declared: str | None = None) -> str | None:
    """Give the ISO 639-1 code of a text's language, None where nothing tells it."""
    sample = text[:_SAMPLE]
    if sum(sign.isalpha() for sign in sample) >= _LEAST:
        code, share = _identifier().classify(sample)
        if share >= _SURE:
            return str(code)
    return declared or _by_small_words(sample)


def _by_small_words(sample: str) -> str | None:
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < _FEWEST:
        return None
    counted = {code: sum(word in small for word in words) for code, small in _small_words().items()}
    best = max(counted, key=lambda code: counted[code])
    return best if counted[best] > _SHARE * len(words) else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _small_words() -> dict[str, frozenset[str]]:
    folder = files("longarm.extract").joinpath("relations")
    return {
        code: frozenset(yaml.safe_load(folder.joinpath(f"{code}.yaml").read_text("utf-8"))["function_words"].split())
        for code in LANGUAGES
    }

"""The language of a text, by py3langid, whose model lies in the wheel (Lui & Baldwin 2012, langid.py)."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

_LEAST: Final = 40
"""letters; below it a guess is worth nothing"""
_SURE: Final = 0.8


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language(text: str, declared: str | None = None) -> str | None:
    """Give the ISO 639-1 code of a text's language; where that is unsure, what the page declares, or None."""
    sample = text[:4000]
    if sum(sign.isalpha() for sign in sample) < _LEAST:
        return declared
    code, share = _identifier().classify(sample)
    return str(code) if share >= _SURE else declared

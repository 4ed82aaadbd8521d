"""Who is named by the words of a credit: an agency known by its name, or a publisher by its telling words or initials.

Reads `publishers.yaml`; what is no name in it ("news agency", "press room") tells no publisher apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import yaml

from longarm.echo.words import folded

_TABLE: Final[dict[str, Any]] = yaml.safe_load(
    resources.files("longarm.echo").joinpath("publishers.yaml").read_text(encoding="utf-8")
)
_AGENCIES: Final = frozenset(_TABLE["agencies"])
_SMALL: Final = frozenset(_TABLE["small"])
_GENERIC: Final = frozenset(_TABLE["kinds"]) | _SMALL
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def is_agency(name: str) -> bool:
    """Say whether the words are names of known agencies and nothing else, such as `dpa/afp`."""
    said = [w for w in re.split(r"[\s/,+&]+", name.casefold().strip(" .()")) if w]
    return bool(said) and all(w in _AGENCIES for w in said)


@lru_cache(maxsize=1 << 16)
def tokens(name: str) -> tuple[str, ...]:
    """Give the words of a name that tell it apart: `Norwind News Agency` gives `norwind`."""
    every = tuple(folded(w) for w in _LETTERS.findall(name))
    return tuple(w for w in every if w not in _GENERIC and len(w) > 1) or every


@lru_cache(maxsize=1 << 16)
def names(credit: str, publisher: str) -> bool:
    """Say whether the words of a credit name this publisher: by all its telling words, or by its initials."""
    telling = tokens(publisher)
    said = [folded(w) for w in _LETTERS.findall(credit)]
    if not telling or not said:
        return False
    if set(telling) <= set(said):
        return True
    own = [w for w in tokens(credit) if w not in _GENERIC]
    if own and len(max(own, key=len)) >= 4 and set(own) <= set(telling) and len(own) * 2 >= len(telling):
        return True
    words = [folded(w) for w in _LETTERS.findall(re.sub(r"\(.*?\)|,.*", "", publisher))]
    return any(
        _initials(w.strip(), words)
        for w in re.split(r"[\s/,]+", credit)
        if _is_short(w) and folded(w.strip("()[].")) not in _SMALL
    )


def _is_short(word: str) -> bool:
    """An abbreviation: two to five letters, all large, or all small and no word."""
    letters = word.strip("()[].")
    return 2 <= len(letters) <= 5 and letters.isalpha() and (letters.isupper() or letters.islower())


def _initials(short: str, words: Sequence[str]) -> bool:
    """Say whether the letters are those of the name: each begins a word, or goes on in the word that it is in.

    The words may be taken from any start, for an agency puts its kind before or after its name.
    """
    letters = folded(short.strip("()[]."))
    content = [w for w in words if w not in _SMALL]
    turned = [content[i:] + content[:i] for i in range(len(content))]
    return len(content) > 1 and any(_spelled(letters, w) for w in turned)


def _spelled(letters: str, words: Sequence[str]) -> bool:
    if not words:
        return not letters
    first, rest = words[0], words[1:]
    if not letters or first[0] != letters[0]:
        return False
    place = 0
    for used in range(1, len(letters) + 1):
        if _spelled(letters[used:], rest) or (not rest and used == len(letters)):
            return True
        if used < len(letters):
            place = first.find(letters[used], place + 1)
            if place < 0:
                return False
    return False

"""The tables of cue words, by language: read once, compiled once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

LANGUAGES: Final = ("en", "fr", "nl", "de")
"""Languages for which claims are read; others give mentions only"""


def known(lang: str | None) -> str | None:
    """Give the two-letter code of a language that has tables, or None."""
    code = (lang or "").strip().lower().replace("_", "-").split("-", maxsplit=1)[0]
    return code if code in LANGUAGES else None


@cache
def table(name: str) -> dict[str, Any]:
    """Read a table of cues, language by language."""
    found: dict[str, Any] = yaml.safe_load(files("longarm.extract.cues").joinpath(f"{name}.yaml").read_text("utf-8"))
    return found


@cache
def patterns(name: str, key: str, lang: str | None, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile one row of a table; without a language, the rows of all of them together."""
    of = table(name)
    rows = [row for code in ([lang] if lang else LANGUAGES) for row in of[code].get(key, [])]
    return re.compile("|".join(f"(?:{row})" for row in rows) or r"(?!)", flags)

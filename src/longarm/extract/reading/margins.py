"""What an extractor leaves in that is not the article: its headline, teasers, decks, captions, notices of the site.

Each rule looks at what the page says of a line (`marks`), at where the line stands, and only then at words. A line that
is left out is named with its kind and kept beside the text, so that nothing is lost and a reader can be asked about it.
Credits ("Reporting by …", "Source: …") stay in the text: the chain of attribution is read from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

import yaml

from longarm.extract.reading.marks import Mark, folded

_ADDRESS: Final = re.compile(r"(https?://|www\.)\S+")
_CLOCK: Final = re.compile(
    r"\d{1,2}[:h]\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-](19|20)?\d{2}\b|\b(19|20)\d{2}-\d{2}-\d{2}\b"
    r"|\b\d{1,2}\.? (de )?\w+ (de )?(19|20)\d{2}\b|\b\w+\.? \d{1,2}, (19|20)\d{2}\b|\b\d+ (min|minut\w*)\b"
)
_SENTENCE: Final = re.compile(r"[.:!?…»”\"'’)]\s*$")
_STOP: Final = re.compile(r"[.!?]\s*$")


def _words() -> dict[str, str]:
    path = resources.files("longarm.extract.reading").joinpath("margins.yaml")
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: "|".join(f"(?:{words})" for words in rows) for name, rows in lists.items()}


_W: Final = _words()
_LABEL: Final = re.compile(rf"\W*(?:{_W['label']})\b[^:：.]{{0,30}}[:：]", re.IGNORECASE)
_ALONE: Final = re.compile(rf"\W*(?:{_W['alone']})\W*", re.IGNORECASE)
_NOTICE: Final = re.compile(_W["notice"], re.IGNORECASE)
_STAMP: Final = re.compile(rf"\W*(?:{_W['stamp']})\b.{{0,60}}", re.IGNORECASE)
_CREDIT: Final = re.compile(rf"\W*(?:{_W['credit']})", re.IGNORECASE)


@dataclass(frozen=True)
class LeftOut:
    """A line that was left out of the text, and as what: headline, deck, teaser, caption, notice, stamp."""

    kind: str
    text: str


@dataclass(frozen=True)
class About:
    """What the page declares of itself."""

    titles: frozenset[str]
    """folded"""
    description: str
    """folded"""


def parted(lines: Sequence[str], marked: Mapping[str, Mark], about: About) -> tuple[list[str], list[LeftOut]]:
    """Part the lines of an extraction into the article and what is left out of it, both in order."""
    kept: list[str] = []
    out: list[LeftOut] = []
    last = len(lines) - 1
    while last > 0 and _tail(lines[last], marked):
        last -= 1
    for number, line in enumerate(lines):
        started = any(len(folded(before)) > 120 for before in kept)
        kind = _kind(line, marked, about, started=started) or ("teaser" if number > last else None)
        if kind is None:
            kept.append(line)
        else:
            out.append(LeftOut(kind, line))
    return kept, out


def _tail(line: str, marked: Mapping[str, Mark]) -> bool:
    """Say whether a line at the end is one of a list of links."""
    mark = marked.get(folded(line))
    if mark is None or _STOP.search(line):
        return mark is not None and mark.listed and mark.linked > 0.2 * mark.letters
    return mark.linked >= (0.2 if mark.listed else 0.6) * mark.letters


def _kind(line: str, marked: Mapping[str, Mark], about: About, *, started: bool) -> str | None:
    key = folded(line)
    mark = marked.get(key)
    if not key:
        return "notice"
    if _CREDIT.match(line):
        return None
    if not started and _is_title(key, about):
        return "headline"
    if mark is not None and (kind := _by_mark(line, key, mark, about, started=started)):
        return kind
    return _by_words(line, key, mark, started=started)


def _is_title(key: str, about: About) -> bool:
    return any(key == title or (len(key) > 20 and title.startswith(key)) for title in about.titles)


def _by_mark(line: str, key: str, mark: Mark, about: About, *, started: bool) -> str | None:
    if mark.tag == "h1":
        return "headline"
    if mark.caption and mark.letters < 600:
        return "caption"
    if mark.pictured and not _SENTENCE.search(line):
        return "caption"
    if not started and mark.tag != "p" and (mark.deck or (about.description and key == about.description)):
        return "deck"
    mostly = mark.linked >= 0.75 * mark.letters and mark.tag in ("p", "br", "div")
    if mostly and 25 < len(key) < 160 and not _quoted(line) and not _STOP.search(line):
        return "teaser"
    whole = mark.linked >= 0.95 * mark.letters
    if mark.linked > 0.4 * mark.letters and mark.lead and _LABEL.match(mark.lead + ":"):
        return "teaser"
    if _STOP.search(line) and len(key) > 80:
        return None  # a sentence of the story that is a link
    if whole and (len(key) > 25 or mark.listed) and mark.tag not in ("h2", "h3", "h4", "td"):
        return "teaser"
    if mark.aside and mark.linked > 0.4 * mark.letters and not _quoted(line):
        return "teaser"
    return None


def _by_words(line: str, key: str, mark: Mark | None, *, started: bool) -> str | None:
    if _ADDRESS.fullmatch(line.strip("-–• \t")):
        return "notice"
    if _LABEL.match(line) and len(key) < 250:
        return "teaser"
    if _ALONE.fullmatch(line):
        return "notice"
    if len(line) < 80 and _STAMP.fullmatch(line) and _CLOCK.search(line):
        return "stamp"
    if not started and len(line) < 70 and not _SENTENCE.search(line) and _CLOCK.search(line) and len(key.split()) < 10:
        return "stamp"
    if len(key) < 420 and _NOTICE.search(line) and not _quoted(line):
        return "notice"
    capitals = sum(sign.isupper() for sign in line)
    if mark is not None and mark.linked > 0.8 * mark.letters and capitals > 0.6 * sum(sign.isalpha() for sign in line):
        return "teaser"
    return None


def _quoted(line: str) -> bool:
    """Say whether somebody is quoted in a line: then it belongs to the story, whatever it speaks of."""
    return bool(re.search(r"[“„«\"][^”“»\"]{15,}[”“»\"]", line))

"""What in an extraction is not the article: its headline, decks, teasers, captions, notices of the site, stamps.

Each rule looks at what the page says of a line (`marks`), at where the line stands, and only then at words. No line is
taken out of the text: it gets its kind, and only the body yields claims. A line of credit ("Reporting by …", "Source:
…") is body here; `extract.lines` tells by its words what kind of credit it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

import yaml

from longarm.extract.reading.marks import Mark, folded
from longarm.model.claims import LineKind

_ADDRESS: Final = re.compile(r"(https?://|www\.)\S+")
_CLOCK: Final = re.compile(
    r"\d{1,2}[:h]\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-](19|20)?\d{2}\b|\b(19|20)\d{2}-\d{2}-\d{2}\b"
    r"|\b\d{1,2}\.? (de )?\w+ (de )?(19|20)\d{2}\b|\b\w+\.? \d{1,2}, (19|20)\d{2}\b|\b\d+ (min|minut\w*)\b"
)
_SENTENCE: Final = re.compile(r"[.:!?…»”\"'’)]\s*$")
_STOP: Final = re.compile(r"[.!?]\s*$")
_NAME: Final = re.compile(
    r"\W*(?:(?:by|par|door|von|por|di|av)\s+)?[^\W\d_][\w.'’-]*(?:[\s,/&|–-]+[^\W\d_][\w.'’-]*){1,9}\W*", re.IGNORECASE
)
_LONGEST_SIGNATURE: Final = (200, 14)
"""characters and words of a byline"""
_A_PARAGRAPH: Final = 120
"""letters of a line behind which the article has begun"""


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
class About:
    """What the page declares of itself."""

    titles: frozenset[str]
    """folded"""
    description: str
    """folded"""


def judged(lines: Sequence[str], marked: Mapping[str, Mark], about: About) -> list[LineKind]:
    """Give the kind of each line of an extraction, in order."""
    kinds: list[LineKind] = []
    last = len(lines) - 1
    while last > 0 and _tail(lines[last], marked):
        last -= 1
    started = False
    for number, line in enumerate(lines):
        kind = _kind(line, marked.get(folded(line)), about, started=started)
        kind = kind or (LineKind.TEASER if number > last else LineKind.BODY)
        kinds.append(kind)
        started = started or (kind is LineKind.BODY and len(folded(line)) > _A_PARAGRAPH)
    return kinds


def by_page(line: str, mark: Mark, about: About, *, started: bool) -> LineKind | None:
    """Give the kind that the page and the words give a line, None where neither says anything."""
    return _kind(line, mark, about, started=started)


def _tail(line: str, marked: Mapping[str, Mark]) -> bool:
    """Say whether a line at the end is one of a list of links."""
    mark = marked.get(folded(line))
    if mark is None or _STOP.search(line):
        return mark is not None and mark.listed and mark.linked > 0.2 * mark.letters
    return mark.linked >= (0.2 if mark.listed else 0.6) * mark.letters


def _kind(line: str, mark: Mark | None, about: About, *, started: bool) -> LineKind | None:
    key = folded(line)
    if not key:
        return LineKind.PROMOTION
    if _CREDIT.match(line):
        return None
    if not started and is_title(key, about.titles):
        return LineKind.HEADLINE
    if mark is not None and (kind := _by_mark(line, key, mark, about, started=started)):
        return kind
    return _by_words(line, key, mark, started=started)


def is_title(key: str, titles: frozenset[str]) -> bool:
    """Say whether folded words are a title of the page, or its beginning."""
    return any(key == title or (len(key) > 20 and title.startswith(key)) for title in titles)


def _by_mark(line: str, key: str, mark: Mark, about: About, *, started: bool) -> LineKind | None:
    if mark.tag == "h1":
        return LineKind.HEADLINE
    if mark.signed and (kind := _signature(line, mark)) is not None:
        return kind
    if mark.caption and mark.letters < 600:
        return LineKind.CAPTION
    if mark.pictured and not _SENTENCE.search(line):
        return LineKind.CAPTION
    if not started and mark.tag != "p" and (mark.deck or (about.description and key == about.description)):
        return LineKind.HEADLINE
    mostly = mark.linked >= 0.75 * mark.letters and mark.tag in ("p", "br", "div")
    if mostly and 25 < len(key) < 160 and not _quoted(line) and not _STOP.search(line):
        return LineKind.TEASER
    whole = mark.linked >= 0.95 * mark.letters
    if mark.linked > 0.4 * mark.letters and mark.lead and _LABEL.match(mark.lead + ":"):
        return LineKind.TEASER
    if _STOP.search(line) and len(key) > 80:
        return None  # a sentence of the story that is a link
    if whole and (len(key) > 25 or mark.listed) and mark.tag not in ("h2", "h3", "h4", "td"):
        return LineKind.TEASER
    if mark.aside and mark.tag in ("h2", "h3", "h4", "h5", "h6"):
        return LineKind.TEASER
    if mark.aside and mark.linked > 0.4 * mark.letters and not _quoted(line):
        return LineKind.TEASER
    return None


def _signature(line: str, mark: Mark) -> LineKind | None:
    """Judge what stands where the page has authors, dates and sources: names and times are a byline, words are not."""
    words = re.findall(r"[^\W\d_]+", line)
    if len(line) > _LONGEST_SIGNATURE[0] or len(words) > _LONGEST_SIGNATURE[1]:
        return None
    if _CLOCK.search(line):
        return LineKind.BYLINE
    if _NAME.fullmatch(line) and sum(word[0].isupper() for word in words) >= 0.6 * len(words):
        return LineKind.SOURCE_CREDIT if mark.sourced else LineKind.BYLINE
    return None


def _by_words(line: str, key: str, mark: Mark | None, *, started: bool) -> LineKind | None:
    if _ADDRESS.fullmatch(line.strip("-–• \t")):
        return LineKind.PROMOTION
    if _LABEL.match(line) and len(key) < 250:
        return LineKind.TEASER
    if _ALONE.fullmatch(line):
        return LineKind.PROMOTION
    if len(line) < 80 and _STAMP.fullmatch(line) and _CLOCK.search(line):
        return LineKind.BYLINE
    if not started and len(line) < 70 and not _SENTENCE.search(line) and _CLOCK.search(line) and len(key.split()) < 10:
        return LineKind.BYLINE
    if len(key) < 420 and _NOTICE.search(line) and not _quoted(line):
        return LineKind.PROMOTION
    capitals = sum(sign.isupper() for sign in line)
    if mark is not None and mark.linked > 0.8 * mark.letters and capitals > 0.6 * sum(sign.isalpha() for sign in line):
        return LineKind.TEASER
    return None


def _quoted(line: str) -> bool:
    """Say whether somebody is quoted in a line: then it belongs to the story, whatever it speaks of."""
    return bool(re.search(r"[“„«\"][^”“»\"]{15,}[”“»\"]", line))

"""Lines of a text by kind: what is the article, and what stands around it.

Reads a `Text`, gives a `Line` for every line that is not empty. Nothing is deleted, so offsets stay. What a page says
of its lines goes first; what it calls body, and every line of another document, is judged by the words that open it
(`cues/lines.yaml`) and by its form: length, end mark, capitals, place on the page, repetition.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from longarm.extract.credits import credit_line
from longarm.extract.cues import known, patterns
from longarm.extract.sentences import Span, sentences
from longarm.model.claims import Line, LineKind

if TYPE_CHECKING:
    from longarm.model.claims import Text

__all__ = ["Span", "classify", "sentences"]

MOST_LINES: Final = 20_000
"""Lines read of one text; what comes after is given as body, so that nothing is lost"""

MOST_LINKS: Final = 12
"""Links at the foot of a page; a longer list is the article's own"""

_LINES: Final = re.compile(r"[^\n\r]+")
_ENDS: Final = (".", "!", "?", "”", '"', "»", "“", ":", ";", ",", "…", ")", "'", "’")
_LINK: Final = re.compile(r"\s*(?:https?://\S+|www\.\S+)\s*[|]?\s*$")
_BULLET: Final = re.compile(r"\s*[-–•*·]\s+")
# the title of another article: four words or more, one sentence, at most one word before a colon
_LINKS_TO: Final = re.compile(r"\s*[-–•*·]\s+(?:\w+:\s)?(?:(?!\.\s)[^:\s]+\s+){3}(?:(?!\.\s)[^:])+$")
_TRAILING_LINK: Final = re.compile(r"https?://\S+\s*$")


def classify(text: Text) -> tuple[Line, ...]:
    """Give the kind of each line that is not empty, in order, by characters of the text."""
    lang = known(text.lang)
    spans = [(m.start(), m.end()) for m in _LINES.finditer(text.text) if m.group().strip()]
    contents = [text.text[start:end].strip() for start, end in spans]
    told = {line.start: line.kind for line in text.lines}
    kinds = [told.get(start, LineKind.BODY) for start, _ in spans]
    for at, line in enumerate(contents[:MOST_LINES]):
        if kinds[at] is LineKind.BODY:
            kinds[at] = _by_words(line, at, lang) or _by_form(line, at, contents, text) or LineKind.BODY
    _tail_list(contents, kinds)
    return tuple(Line(start, end, kind) for (start, end), kind in zip(spans, kinds, strict=True))


def _by_words(line: str, at: int, lang: str | None) -> LineKind | None:
    """Judge a line by the words that open it, or that stand in it while it is short."""
    bare = _BULLET.sub("", line).lstrip("|>▶►→[( ")
    words = len(bare.split())
    if words <= 45 and patterns("lines", "teaser", lang).match(bare) and not (words > 25 and bare.endswith(".")):
        return LineKind.TEASER
    if words <= 45 and patterns("lines", "caption", lang).match(bare):
        return LineKind.CAPTION
    if words <= 30 and patterns("lines", "caption_anywhere", lang).search(bare):
        return LineKind.CAPTION
    credit = credit_line(line, at, lang)
    if credit is not None:
        return credit[0]
    if words <= 60 and patterns("lines", "promotion", lang).match(bare):
        return LineKind.PROMOTION
    if words <= 60 and patterns("lines", "anywhere", lang).search(bare):
        return LineKind.PROMOTION
    if _LINK.fullmatch(line) or (words <= 12 and _TRAILING_LINK.search(line)):
        return LineKind.PROMOTION
    return None


def _by_form(line: str, at: int, lines: list[str], text: Text) -> LineKind | None:
    """Judge a line by its form: the headline on top, a cry in capitals between paragraphs, a repeated line."""
    words = line.split()
    if at == 0 and (
        _like(line, text.title)
        or (3 <= len(words) <= 24 and "|" not in line and len(lines) > 1 and not line.endswith((".", ";", ",", ":")))
    ):
        return LineKind.HEADLINE
    if at > 0 and _like(line, text.title):
        return LineKind.HEADLINE
    letters = [letter for letter in line if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if (
        at > 0
        and len(words) >= 8
        and len(letters) > 12
        and "|" not in line
        and capitals / len(letters) > 0.85
        and not line.endswith(".")
    ):
        return LineKind.TEASER
    return None


def _like(line: str, title: str | None) -> bool:
    """Say whether a line is the title of the page."""
    if not title or len(line) < 8:
        return False
    low, name = line.casefold().strip(), title.casefold().strip()
    return low == name or (len(low) > 20 and name.startswith(low))


def _tail_list(lines: list[str], kinds: list[LineKind]) -> None:
    """Mark the list of links at the foot: bullets without an end mark, after the last paragraph of the article."""
    at = len(lines) - 1
    last: list[int] = []
    while at > 0:
        line = lines[at]
        if kinds[at] is LineKind.BODY and _BULLET.match(line) and not line.endswith(_ENDS) and _LINKS_TO.match(line):
            last.append(at)
        elif kinds[at] is LineKind.BODY:
            break
        at -= 1
    if 2 <= len(last) <= MOST_LINKS and len(last) < len(lines) / 2:
        for number in last:
            kinds[number] = LineKind.TEASER

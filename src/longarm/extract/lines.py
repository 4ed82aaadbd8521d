"""Lines by kind: body, headline, teaser, byline, agency credit, source credit, caption, promotion.

No line is deleted: offsets stay, and a person sees why a line yields nothing. A line is known by its words, which stand
in `lines.yaml`, or by its form: a headline stands first, is short and is no sentence; a list of links stands at the end
without a full stop. Form decides only where it is safe: a lost line of the body is worse than a teaser kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from longarm.model.claims import Line, LineKind, Text

_ENDS: Final = re.compile(r"[.!?…:;»”\"'’)\]]\s*$")
_SENTENCE: Final = re.compile(r"[.!?…][»”\"'’)\]]*\s*$")
_ADDRESS: Final = re.compile(r"(?:\S+\s*:\s*)?https?://\S+(?:\s+(?:and|et|und|en)\s+https?://\S+)*\s*$")
_NAMES: Final = re.compile(r"(?:[^\W\d_a-z][\w’'.-]*)(?: (?:[^\W\d_a-z][\w’'.-]*|de|van|von|der|den|du|di|la)){0,3}")
"""A name alone, which right below a headline is that of who wrote it, or of the agency."""
_HEADLINE: Final = 140
"""Letters of the longest headline."""
_SHORTEST: Final = 15
_LOUD: Final = 40
"""Letters from which a line in capitals alone is a link put between paragraphs, and no heading of a part."""
_TAIL: Final = 110
"""Letters of the longest line of a list of links."""
_CUED: Final = 420
"""Letters beyond which words of a cue say nothing: a paragraph of the body may hold any of them."""


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the lines that hold anything, without the blanks around them."""
    for found in re.finditer(r"[^\n]+", text):
        raw = found[0]
        start = found.start() + len(raw) - len(raw.lstrip())
        end = found.start() + len(raw.rstrip())
        if start < end:
            yield start, end


def classify(text: Text) -> tuple[Line, ...]:
    """Give every line of a text by its kind, in order."""
    spans = list(lines(text.text))
    words = [text.text[a:b] for a, b in spans]
    kinds = [_by_words(w) for w in words]
    _head(words, kinds)
    for i in range(1, len(words)):
        if kinds[i] is None and words[i].isupper() and "|" not in words[i] and _LOUD <= len(words[i]) <= _HEADLINE:
            kinds[i] = LineKind.TEASER
    _tail(words, kinds)
    return tuple(Line(a, b, k or LineKind.BODY) for (a, b), k in zip(spans, kinds, strict=True))


def by_words(line: str) -> LineKind | None:
    """Say what a line is by its words alone; None where they say nothing."""
    return _by_words(line)


def _by_words(line: str) -> LineKind | None:
    if len(line) > _CUED:
        return None
    if _ADDRESS.fullmatch(line):
        return LineKind.TEASER
    return next((kind for kind, cues in _cues() if any(c.match(line) for c in cues)), None)


def _head(words: Sequence[str], kinds: list[LineKind | None]) -> None:
    """Find the headline: short, first, no sentence, and followed by a body."""
    if len(words) < 3 or kinds[0] is not None or not _SHORTEST <= len(words[0]) <= _HEADLINE:
        return
    rest = [len(w) for w, k in zip(words[1:], kinds[1:], strict=True) if k is None]
    if not rest or sum(rest) < 2 * len(words[0]) or words[0].startswith(("-", "•", "*", "|")):
        return
    if re.search(r"[.…]\s*$", words[0]) or re.search(r"\d{2,4}[/-]\d{1,4}$|\bn°", words[0]):
        return  # a sentence, or the number of a notice
    kinds[0] = LineKind.HEADLINE
    if kinds[1] is None and _NAMES.fullmatch(words[1]) and len(words[2]) > len(words[1]):
        kinds[1] = LineKind.BYLINE


def _tail(words: Sequence[str], kinds: list[LineKind | None]) -> None:
    """Take what stands at the end without a full stop, between lines that are known to be no body."""
    last = max((i for i, k in enumerate(kinds) if k is None and _SENTENCE.search(words[i])), default=-1)
    known = [i for i in range(last + 1, len(words)) if kinds[i] is not None]
    if last < 0 or not known:
        return
    for i in range(last + 1, len(words)):
        near = any(abs(i - j) <= 3 for j in known)
        if (
            kinds[i] is None
            and near
            and re.match(r"[^|]*[^\W_]{2}", words[i])
            and len(words[i]) <= _TAIL
            and not _ENDS.search(words[i])
        ):
            kinds[i] = LineKind.TEASER


@cache
def _cues() -> tuple[tuple[LineKind, tuple[re.Pattern[str], ...]], ...]:
    given = yaml.safe_load(files("longarm.extract").joinpath("lines.yaml").read_text("utf-8"))
    return tuple(
        (LineKind(kind), tuple(re.compile(cue, re.IGNORECASE) for cue in cues)) for kind, cues in given.items()
    )

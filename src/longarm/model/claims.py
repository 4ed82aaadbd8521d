"""What is read out of a text: its lines by kind, and claims, each a proposal that stands at a span of its document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class LineKind(StrEnum):
    """What a line of a page is; none is deleted, for offsets must stay."""

    BODY = "body"
    HEADLINE = "headline"
    TEASER = "teaser"
    BYLINE = "byline"
    AGENCY_CREDIT = "agency credit"
    SOURCE_CREDIT = "source credit"
    CAPTION = "caption"
    PROMOTION = "promotion"


YIELDS_NO_CLAIM: Final = frozenset(set(LineKind) - {LineKind.BODY})
"""Kinds of line in which nothing is proposed as a claim; credits feed the chain of attribution."""


NOT_OF_THE_ARTICLE: Final = frozenset((LineKind.TEASER, LineKind.PROMOTION, LineKind.CAPTION))
"""Kinds of line that speak of another text, of the site, or of a picture: their credits are not the article's."""


@dataclass(frozen=True)
class Line:
    """One line of a text, by characters of the decoded text, end excluded, without the line break."""

    start: int
    end: int
    kind: LineKind


@dataclass(frozen=True)
class Text:
    """A document as text: what claims are read from, with stable offsets."""

    document: str
    """SHA-256 of the document's bytes, as the archive names it; a file name where nothing is kept"""
    text: str
    lang: str | None = None
    published: str | None = None
    """ISO date, as precise as known: the anchor of relative dates"""
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    lines: tuple[Line, ...] = ()
    """its lines as the page itself tells their kinds; empty where the document tells none"""


@dataclass(frozen=True)
class ClaimDate:
    """A date inside a claim: ISO as precise as the words, or an interval a/b; its words; its role."""

    date: str
    text: str
    role: str
    """on, since, from, until, by"""


@dataclass(frozen=True)
class Claim:
    """A statement proposed by a machine from a text (design, section 1); refused where its quote is not at its span."""

    id: str
    document: str
    start: int
    end: int
    quote: str
    stance: str
    """asserted, alleged, denied, planned: the terms of the design"""
    attribution: tuple[str, ...]
    """nearest reporter first, speaker last; empty where the text speaks for itself"""
    relation: str
    """a relation of the vocabulary of claims, such as owns, examines, agreement"""
    subject: tuple[str, ...]
    object: tuple[str, ...]
    share: tuple[float, float] | None = None
    """percent, least and most"""
    dates: tuple[ClaimDate, ...] = ()
    site: str | None = None
    cue: tuple[int, int] | None = None
    """a second span, where the words that set the stance stand elsewhere"""
    version: str = ""
    """what proposed it, with its version: rules/1, model-name@hash/1"""


def claim_id(
    document: str, start: int, end: int, stance: str, relation: str, subject: tuple[str, ...], objects: tuple[str, ...]
) -> str:
    """Give the id of a claim: a hash of document, span, predicate and stance, the same in every version."""
    parts = (document, str(start), str(end), stance, relation, *subject, "\x1e", *objects)
    return "cl-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def stands(claim: Claim, text: str) -> bool:
    """Say whether the quote of a claim is at its span, to the letter."""
    return 0 <= claim.start < claim.end <= len(text) and text[claim.start : claim.end] == claim.quote

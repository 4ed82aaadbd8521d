"""Stated credits: whose report a text says it gives, in English, French, Dutch and German.

Reads the text by lines, gives the credits with their spans. A credit of the whole text (a source line, an agency's
dateline, `with Reuters`) is told from a report that the running text names, and from a single remark that is quoted:
the first joins with little more, the second needs shared facts, the third makes no echo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from longarm.echo.publishers import is_agency

LONGEST_LINE: Final = 160
"""Characters of a line that can be a credit of the whole text"""


class Reach(StrEnum):
    """How much of a text a credit covers."""

    WHOLE = "whole text"
    REPORT = "report named in the text"
    REMARK = "one remark"


@dataclass(frozen=True)
class Credit:
    """A credit: its words at their span, the names in it, and how much it covers."""

    start: int
    end: int
    words: str
    reach: Reach
    names: str
    """the part that names somebody, as written"""
    is_formal: bool = True
    """true where the form says that somebody is credited; a bare short line may be anything until a publisher fits"""


_SOURCE: Final = re.compile(r"^\W*(?:sources?|quellen?|bron(?:nen)?|fuente)\s*[:：]\s*(?P<n>\S.*)$", re.IGNORECASE)
_CREDITED: Final = (
    r"(?P<n>(?:l[ae']\s?|the\s|der\s|het\s)?(?:(?-i:[A-ZÀ-Þ])[^\d\n()]{1,50}?|(?-i:[a-z]{2,5}(?:/[a-z]{2,5})*)))"
)
_WITH: Final = re.compile(
    r"(?:^|^.{0,50}\b(?:and|et|en|und)\s+|^.{0,50}[(,/]\s*)(?:(?:with|avec|mit|met)(?:\s+(?:material|reporting|inputs?|"
    r"bijdragen?|informations?|reports?)\s+(?:from|by|de|van|von|der|du))?|additional reporting by)\s+"
    + _CREDITED
    + r"\)?\W*$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"\b(?:from|after|based on|d['’]après|selon|traduit\s+(?:de|d['’])|naar|op basis van|nach|"
    r"auf Grundlage|basierend auf|"
    r"(?:first )?published (?:by|in)|originally (?:by|in)|paru dans|publié par|verscheen (?:eerder )?(?:bij|in)|"
    r"erschienen (?:bei|in))\s+(?P<n>[^.:]{2,90})",
    re.IGNORECASE,
)
_MADE_OVER: Final = re.compile(
    r"translat|traduct|traduit|vertal|vertaald|übersetz|bericht\b|\breports?\b|dépêche|article\b|meldung|mitteilung|"
    r"published|paru\b|publié|verscheen|erschienen|adapted|adapté|bewerk",
    re.IGNORECASE,
)
_DATELINE: Final = re.compile(
    r"^(?P<place>(?:[A-ZÀ-Þ][^\W\d]+[^\n()\d]{0,50}|[^\W\d][\w'’.-]*(?:[ /][^\W\d][\w'’.-]*){0,2})"
    r"(?:,?\s+(?:\d{1,2}\.?\s+[^\W\d]{3,10}\.?|[^\W\d]{3,10}\.?\s+\d{1,2}),?(?:\s+\d{4})?)?)"
    r"\s*\((?P<n>[^\W\d][^()\d\n]{1,30})\)\s*[-–—:]+\s"
)
"""a place, perhaps with a day, and an agency in brackets before a dash; no figures but those of the day"""
_SIGNED: Final = re.compile(r"\((?P<n>[^\W\d][\w .&/-]{1,28})\)\s*\.?$")
_AGENCY_THEN: Final = re.compile(
    r"\b(?i:news\s?agency|newswire|wire service|agency|agence(?:\s+de\s+presse)?|nachrichtenagentur|agentur|persbureau|"
    r"nieuwsagentschap|persagentschap|nieuwsdienst|presseagentur)\s+(?P<n>[^\W\d_]\w*(?:\s[A-ZÀ-Þ]\w*){0,3})"
)
_NAME: Final = r"(?P<n>(?:[A-ZÀ-Þ][\w&'’.-]*)(?:\s(?:[A-ZÀ-Þ][\w&'’.-]*|of|de|van|der|du|des|la)){0,4})"
_REPORTED: Final = re.compile(
    rf"(?:\b(?:as|wie|comme|zoals|zo|so|wat)\s+)?{_NAME}\s+(?:has |had |hat |heeft |a |had als eerste )?"
    r"(?:first |zuerst |als eerste |eerder |zuvor |earlier |le premier )?"
    r"(?:reported|reports|revealed|berichtete|berichtet|gemeldet|meldete|meldet|meldde|meldt|berichtte|bericht|rapporté|"
    r"rapporte|révélé|révèle|onthulde|enthüllte)\b"
)
_REPORTED_BY: Final = re.compile(
    r"\b(?:(?:first )?reported by|according to a report (?:by|in)|report(?:s|ed)? (?:in|by) (?:the )?|"
    r"rapporté par|révélé par|meldt|meldde|berichtet(?:e)?|meldet(?:e)?|bericht(?:te)?|gemeld door|"
    r"selon un article (?:de|du)|laut einem bericht (?:von|der|des)|"
    rf"volgens een bericht van)\s+(?:l['’]|l[ae]\s|the\s|de\s|die\s|das\s|der\s|het\s)?(?:\w+\s)?{_NAME}"
)
_REPORTING: Final = re.compile(
    r"\b(?:report(?:s|ed)?|reveal(?:s|ed)|wrote|published|berichte(?:t|te|ten)?|bericht|melde(?:t|te|ten|n)?|meld(?:t|de|den)|gemeldet|"
    r"schreibt|schrieb|schrijft|schreef|onthul(?:t|de)|enthüllte?|rapporte?|rapporté|révèle|révélé|écrit|annonce|dépêche)\b",
    re.IGNORECASE,
)
_BARE: Final = (40, 4)
"""characters and words of a line that may be a bare name"""
_SENTENCE: Final = re.compile(r"[.!?:,;»”\"]\s*$")
_PHOTO: Final = re.compile(r"photo|foto|bild|image|caption|légende|crédit|beeld|picture|graphic|grafik", re.IGNORECASE)


def stated(text: str) -> tuple[Credit, ...]:
    """Give the credits of a text in order; what they name is settled by `names`, against publishers."""
    found: dict[tuple[int, int], Credit] = {}
    lines = list(_lines(text))
    for number, (at, line) in enumerate(lines):
        edge = number < 4 or number >= len(lines) - 4
        for credit in _of_line(at, line, edge):
            found.setdefault((credit.start, credit.end), credit)
        for credit in _of_sentences(at, line):
            found.setdefault((credit.start, credit.end), credit)
    return tuple(sorted(found.values(), key=lambda c: (c.start, c.end)))


def mentioned(text: str, start: int) -> Reach:
    """Say how a publisher's name that stands at `start` is meant: a report of its own, or one remark."""
    left = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1
    right = min((i for i in (text.find(". ", start), text.find("\n", start)) if i >= 0), default=len(text))
    return Reach.REPORT if _REPORTING.search(text[left:right]) else Reach.REMARK


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def _of_line(at: int, line: str, edge: bool) -> Iterator[Credit]:
    """Give what a line credits for the whole text."""
    if (match := _DATELINE.match(line)) is not None:
        yield _credit(at, match, Reach.WHOLE)
    elif not _PHOTO.search(line[:30]) and (match := _SIGNED.search(line)) is not None:
        yield _credit(at, match, Reach.WHOLE, is_formal=is_agency(match.group("n")))
    if len(line) > LONGEST_LINE or _PHOTO.search(line[:30]):
        return
    match = _SOURCE.match(line) or _WITH.search(line)
    if match is None and edge and _MADE_OVER.search(line):
        match = _AFTER.search(line)
        match = match if match is not None and re.search(r"[A-ZÀ-Þ]", match.group("n")) else None
    if match is not None:
        yield _credit(at, match, Reach.WHOLE)
    elif edge and len(line) <= _BARE[0] and len(line.split()) <= _BARE[1] and not _SENTENCE.search(line):
        bare = line.strip()
        start = at + line.index(bare)
        name = bare.strip("–—-()")
        yield Credit(start, start + len(bare), bare, Reach.WHOLE, name, is_agency(name))


def _of_sentences(at: int, line: str) -> Iterator[Credit]:
    """Give what the running text credits: an agency named as such, or a name that reported."""
    for pattern in (_AGENCY_THEN, _REPORTED, _REPORTED_BY):
        for match in pattern.finditer(line):
            reach = mentioned(line, match.start("n"))
            yield _credit(at, match, reach)


def _credit(at: int, match: re.Match[str], reach: Reach, is_formal: bool = True) -> Credit:
    found = match.group()
    start = at + match.start() + len(found) - len(found.lstrip())
    return Credit(start, start + len(found.strip()), found.strip(), reach, match.group("n").strip(), is_formal)

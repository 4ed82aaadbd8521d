"""Credits: who wrote, edited or first reported a text, on lines of their own and inside the running text.

Reads the cue table `lines.yaml`. A credit says which origin a text has, so the names are cut out of it; it is no claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from longarm.extract.cues import known, patterns, table
from longarm.extract.names import PERSON
from longarm.model.claims import NOT_OF_THE_ARTICLE, LineKind

if TYPE_CHECKING:
    from longarm.model.claims import Text

MOST_IN_A_LINE: Final = 160
"""Characters of the longest line that is a credit as a whole"""


@dataclass(frozen=True)
class Credit:
    """A stretch of the text that names its makers or its source; `kind` is byline, agency credit or source credit."""

    start: int
    end: int
    kind: LineKind
    names: tuple[str, ...]


_DATELINE: Final = re.compile(
    r"(?P<place>[^\W\d_][\w'’.\- ]{1,40}?)(?:,\s*(?P<day>[^()\n]{3,24}?))?"
    r"\s*\((?P<name>[^\W\d_][\w .&/-]{1,30})\)(?=\s*[-–—])"
)
_INITIALS: Final = re.compile(r"\(?[a-z]{2,4}(?:\s?/\s?[a-z]{2,4}){0,3}\)?")
_LINES: Final = re.compile(r"[^\n\r]+")
_ROLE: Final = re.compile(
    r"^(?:(?:additional\s+)?(?:reporting|writing|editing|translation)\s+by|posted by|written by"
    r"|published by|édité par|édition|traduit par|"
    r"traduction|redactie|vertaling|bewerking|redaktion|korrektur|übersetzung|sources?|bron|quellen?|bericht|"
    r"texte?|tekst|text|"
    r"autor(?:in)?|verslag|reportage|récit|by|par|door|von|avec|mit|with|met|from|de|van)\s*(?:[:]"
    r"|\b)\s*(?:de\s+|der\s+|du\s+)?",
    re.IGNORECASE,
)
_OUR: Final = re.compile(r"^(?:our|notre|nos|onze|unser(?:em|er)?)\s+", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"\s*(?:,\s*(?:\d.*|[a-z][\w -]*)|\b(?:press release|communiqué|persbericht|pressemitteilung)\b.*)$", re.IGNORECASE
)
_GENRE: Final = re.compile(
    r"^(?:(?:a|the|une?|le|la|l[’']|een|het|eine[rs]?|die|der|das)\s*)?(?:report|article|story|dispatch"
    r"|dépêche|bericht|artikel|mitteilung|"
    r"meldung|communiqué|persbericht|pressemitteilung)\s+(?:by|from|de|d[’']|van|von|der|des)\s*",
    re.IGNORECASE,
)


@cache
def _agency(lang: str | None) -> re.Pattern[str]:
    """An agency named inside a sentence: the word for agency, then its name."""
    words = "|".join(row["agency_word"] for code, row in table("lines").items() if lang in (None, code))
    name = r"[^\W\d_a-z][\w&-]*(?:\s[^\W\d_a-z][\w&-]*){0,2}"
    cited = r"cité(?:e|s|es)? par |quoted by |cited by |geciteerd door |zitiert von "
    return re.compile(rf"(?P<whole>(?i:{cited})?\b(?i:the )?(?i:{words})\s(?P<name>{name}))")


def credits(text: Text) -> tuple[Credit, ...]:  # noqa: A001 -- the word of the field
    """Give every credit in order: bylines, agency and source credits, datelines, agencies named in a sentence."""
    lang = known(text.lang)
    found: list[Credit] = []
    aside = {line.start for line in text.lines if line.kind in NOT_OF_THE_ARTICLE}
    for number, match in enumerate(_LINES.finditer(text.text)):
        start, line = match.start(), match.group()
        if start in aside:
            continue
        whole = credit_line(line.strip(), number, lang)
        if whole is not None:
            begin = start + len(line) - len(line.lstrip())
            found.append(Credit(begin, begin + len(line.strip()), whole[0], whole[1]))
            continue
        dateline = _DATELINE.match(line)
        if dateline and number < 6:  # a dateline opens the running text, never its end
            found.append(Credit(start, start + dateline.end(), LineKind.AGENCY_CREDIT, (dateline["name"].strip(),)))
        for named in _agency(lang).finditer(line):
            if text.publisher and named["name"] in text.publisher:
                continue
            found.append(
                Credit(
                    start + named.start("whole"), start + named.end("whole"), LineKind.AGENCY_CREDIT, (named["name"],)
                )
            )
    return tuple(found)


def credit_line(line: str, number: int, lang: str | None) -> tuple[LineKind, tuple[str, ...]] | None:
    """Say whether a line is a credit from end to end, and whom it names."""
    if not line or len(line) > MOST_IN_A_LINE:
        return None
    for kind, key in ((LineKind.AGENCY_CREDIT, "agency"), (LineKind.SOURCE_CREDIT, "source")):
        if patterns("lines", key, lang).match(line):
            return kind, names(line)
    ends = line.endswith((".", "?", "!"))
    if (
        patterns("lines", "byline", lang).match(line)
        and not (ends and len(line.split()) > 8)
        and len(line.split()) <= 14
    ):
        mixed = re.search(
            r"\((?:mit|met|avec|with)\s+[\w ,/]+\)|\b(?:mit|met|avec)\s+(?:dpa|afp)\b", line, re.IGNORECASE
        )
        found = names(line)
        return (LineKind.AGENCY_CREDIT if mixed else LineKind.BYLINE), found
    if number == 1 and not ends and ":" not in line:
        if _INITIALS.fullmatch(line):
            return LineKind.BYLINE, tuple(part.strip() for part in line.strip("()").split("/"))
        if PERSON.fullmatch(line) and len(line.split()) <= 4:
            one = len(line.split()) == 1
            return (LineKind.AGENCY_CREDIT if one else LineKind.BYLINE), (line,)
    return None


def names(credit: str) -> tuple[str, ...]:
    """Cut the names out of a credit: `(Reporting by A B; Editing by C D)` gives A B and C D."""
    found: list[str] = []
    for piece in re.split(r"[;()|]|,\s+(?=[^\W\d_])|\s(?:and|et|en|und)\s(?=[^\W\d_])", credit.strip(" ()[].")):
        part = re.sub(r"^translated\b.*?\bfrom\s+|^naar\s+|^d[’']après\s+", "", piece.strip(" .,"), flags=re.IGNORECASE)
        part = re.sub(r"\s+\d.*$", "", part)
        for _ in range(3):
            part = _GENRE.sub("", _ROLE.sub("", part))
        part = _TAIL.sub("", _OUR.sub("", part)).strip(" .,:")
        part = re.sub(r"^(?:redacteur|verslaggever|correspondent|reporter|journaliste)\s+(?=[A-Z])", "", part)
        lower = part[:1].islower() and len(part.split()) > 1 and bool(found)
        if (
            part
            and not lower
            and not part.isdigit()
            and len(part) > 1
            and not part.lower().endswith(("redaktion", "redactie"))
        ):
            found.append(part)
    return tuple(dict.fromkeys(found))

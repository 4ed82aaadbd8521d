"""Names of speakers: cut out of the words around a verb of speech, and brought to the fullest form that the text gives.

A speaker may be a name ("Reuters"), a role with a name ("its spokesman A B"), a body by its common noun ("the
ministry"), a reference ("the company") or a pronoun. The last three are resolved inside the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from longarm.extract.cues import table
from longarm.extract.names import JOIN, NAME, WORD, folded
from longarm.extract.voices import spoken_of, voice

if TYPE_CHECKING:
    from longarm.extract.sentences import Span

_TOKEN: Final = re.compile(r"[\w§][\w&.’'-]*|&|[^\w\s]")
_LOWER_TAIL: Final = re.compile(rf"^(?:[^\W\d_A-ZÀ-Þ][\w’'-]*,?\s)+(?P<name>{WORD}(?:\s(?:&\s|{JOIN}\s)?{WORD})*)$")
_ROLE_ENDING: Final = re.compile(
    r"(?:leiter|chef|sprecher|minister|vorsitzende|direktor|anwalt|hoofd|directeur)(?:in|r|n)?$", re.IGNORECASE
)
_SPOKES: Final = re.compile(
    r"(?:a|the|its|un|une|son|sa|een|eine?|der|die)\s(?:\w+\s)?(?:spokes(?:man|woman|person)|porte-parole"
    r"|woordvoerder|woordvoerster|"
    r"sprecher(?:in)?)(?:\s(?:der|des|van|du|de la)\s\w+)?",
    re.IGNORECASE,
)
_STATEMENT: Final = re.compile(
    r"(?P<owner>[\w ’'&-]+?)[’']s? (?:statement|press release|announcement|communiqué|lawyers? statement)$|"
    r"(?:le |un )?communiqué (?:de |du |d[’'])(?P<of>[\w ’'&-]+)$",
    re.IGNORECASE,
)
_OWNED: Final = re.compile(r"^(?:the|its|their) (?:company|firm|group|ministry)[’']s ", re.IGNORECASE)
_NOBODY: Final = re.compile(
    r"(?:nothing|nobody|no|none|rien|niets|niemand|nichts|es|it|there|man|on|het|this|that|these|those|it must be"
    r"|the|sich|zich|als erste[rs]?|dies|das|dat|dit|cela)$",
    re.IGNORECASE,
)
REFERENCE: Final = re.compile(
    r"^(?:the |le |la |l[’']|het |de |das |die |der |dem |den )?(?:company|firm|group|supplier|operator"
    r"|buyer|society|société|entreprise|groupe|"
    r"opérateur|associé|bedrijf|onderneming|concern|unternehmen|firma|konzern|gesellschaft|klägerin|betreiber)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def names_in(text: str) -> tuple[tuple[int, str], ...]:
    """Give every run of capitalised words of a text with its place; a run ends at the end of a sentence or line."""
    found: list[tuple[int, str]] = []
    for match in NAME.finditer(text):
        start, run = match.start(), match.group()
        first, _, rest = run.partition(" ")
        if rest and first.lower() in _OPENERS and rest[:1].isupper():  # the first word of a sentence
            start, run = start + len(first) + 1, rest
        found.append((start, run))
    return tuple(found)


def trim(words: str, lang: str) -> str:
    """Take articles, titles and roles off a speaker: "its spokesman A B" gives "A B"."""
    row = table("speech")[lang]
    words = words.strip(" ,;:.\"“”«»„'()\u00a0\u202f–-")
    determiner = re.compile(rf"^(?:{row['determiners']}(?:\s|(?<=[’'])))+", re.IGNORECASE)
    title = re.compile(rf"^(?:{row['titles']})(?:\.|\s|$)\s*", re.IGNORECASE)
    words = determiner.sub("", words, count=1) if not words.lower().startswith(("both ", "beide ")) else words
    tail = _LOWER_TAIL.match(words)
    if tail and " of " not in words[: tail.start("name")]:
        name = tail["name"]
        before = words[: tail.start("name")].split()
        if not before or before[-1] not in {
            "of",
            "for",
            "de",
            "du",
            "des",
            "van",
            "von",
            "der",
            "voor",
            "aus",
            "to",
        }:
            words = name
    role = re.match(rf"^(?:{WORD}\s)?(?:[a-zà-ÿ]+\s|(?i:{row['titles']})\s)+(?P<name>{WORD}\s{WORD})$", words)
    if role and not re.search(rf"\s{JOIN}\s", words):
        words = role["name"]
    words = re.sub(r"\s[a-z]+ly$", "", words)
    for _ in range(3):
        bare = title.sub("", words)
        if bare and bare != words:
            words = bare
    parts = words.split()
    if len(parts) >= 3 and _ROLE_ENDING.search(parts[0]):
        words = " ".join(parts[1:])
    return words.strip(' ,;:."“”«»')


def fullest(name: str, text: str, at: int, lang: str) -> str:
    """Give the longest form under which the text names a speaker; itself where it names it only so."""
    wanted = [folded(part) for part in name.split() if len(part) > 2 or part.isupper()]
    if not wanted:
        return name
    lower = name[:1].islower()
    if len(wanted) == 1:
        longer = _titled(name, text, lang) or (_headed(name, text) if lang in ("fr", "nl") else None)
        if longer:
            return longer
    best, best_key = name, (len(name.split()) if not lower else 0, 0)
    for place, run in names_in(text):
        said = trim(run, lang)
        if not said or len(said.split()) > 8 or (lang == "de" and not _german(name, said, text, place)):
            continue
        parts = [folded(part) for part in re.split(r"[\s’']", run if lower else said)]
        if not lower and (" and " in said or _FORM.fullmatch(said.casefold().replace(name.casefold(), "", 1).strip())):
            continue
        if all(
            word in parts or (lower and len(word) > 4 and any(part.endswith(word) for part in parts)) for word in wanted
        ):
            key = (len(said.split()), -abs(place - at))
            if key > best_key:
                best, best_key = said, key
    return best


def _titled(name: str, text: str, lang: str) -> str | None:
    """Give the person who bears a title: "the minister" is "minister A B" elsewhere in the text."""
    word = folded(name)
    if not (re.fullmatch(table("speech")[lang]["titles"], word, re.IGNORECASE) or _ROLE_ENDING.search(word)):
        return None
    person = rf"(?i:\b{re.escape(word)}),?\s(?P<name>{WORD}(?:\s(?:van\s|de\s|von\s)?{WORD}){{0,2}})"
    found = [match["name"] for match in re.finditer(person, text)]
    return max(found, key=lambda one: len(one.split())) if found else None


def _headed(name: str, text: str) -> str | None:
    """Give the body that a French or Dutch common noun heads: "la commission" is "Commission de sûreté de X"."""
    word = re.escape(name.split()[0])
    link = r"(?:(?:de la|de l[’']|du|des|de|d[’']|van de|van|voor|pour)\s?)"
    body = rf"(?i:\b{word})(?:\s{link}[^\W\dA-Z][\w-]+(?:\s[^\W\dA-Z][\w-]+)?)?(?:\s{link}?{WORD}){{1,3}}"
    found = [match.group() for match in re.finditer(body, text) if len(match.group().split()) <= 7]
    return max(found, key=len) if found else None


_FORM: Final = re.compile(r"(?:ltd|inc|plc|corp|llc|co|sa|nv|bv|ag|gmbh|se|srl|sarl|group|groupe)\.?")
_ARTICLE: Final = re.compile(
    r"\b(?:der|die|das|dem|den|des|ein|eine|einem|einer|im|am|zur|zum|vom|beim)\s$", re.IGNORECASE
)


def _german(name: str, said: str, text: str, place: int) -> bool:
    """Say whether a run of German capitals can be the fuller form: it goes on to the right, or is a full name."""
    low, first = said.casefold(), said.split()[0].casefold()
    if low.startswith(name.casefold() + " ") or (first.endswith(name.casefold()) and first != name.casefold()):
        return len(said.split()) <= 4 and "," not in said
    person = len(said.split()) == 2 and low.endswith(" " + name.casefold()) and " " not in name
    return person and not _ARTICLE.search(text[max(0, place - 6) : place])


def subject_before(text: str, at: int, lang: str) -> str | None:
    """Give the name that the sentence before a place is about: the first in it that is no title alone."""
    line = text.rfind("\n", 0, at) + 1
    window = text[line:at]
    previous = [m.end() for m in re.finditer(r"[.!?]\s", window)]
    start = line + (previous[-2] if len(previous) > 1 else 0)
    if at - line < 3:  # the first sentence of a paragraph looks into the paragraph above
        start = max(0, text.rfind("\n", 0, max(0, line - 1)))
    found = [trim(run, lang) for place, run in names_in(text) if start <= place < at]
    stops = set(re.sub(r"[^\w|]", "", table("speech")[lang]["determiners"]).split("|"))
    return next((name for name in found if len(name) > 2 and name.lower() not in stops | _OPENERS), None)


_OUTSIDE: Final = frozenset("in at from dem den op aan à au after last this een un une on".split())  # noqa: SIM905
_OPENERS: Final = frozenset(
    "according more it he she they this that there and but for from then when while although after before under "  # noqa: SIM905
    "until since our one two three not if also nothing selon depuis il elle ils elles on cela rien mais après avant "
    "dans lors aucun nous hij zij wij volgens dat sinds maar eerder toen geen niets laut nach seit aber auch wir man "
    "hinweise bis tegen".split()
)
_NEVER_FIRST: Final = frozenset(
    "that dass dat que qu' qu’ lequel laquelle to in on at of mit bekend weten zurück not nicht niet".split()  # noqa: SIM905
)


def phrase_after(text: str, start: int, end: int, lang: str) -> tuple[int, int]:
    """Give the stretch of the noun phrase that begins at a place: up to a comma, a verb, a foreign word."""
    row = table("speech")[lang]
    stop = re.compile(
        rf"(?:{row['verbs']}|{row['bridge']}|{row['leads']}|{row['speech_acts']}|that|dass|dat|que|about"
        rf"|told|to|tegen|zu|wird|sind|will|"
        r"bereits|weten|bekend|mee|mit|weiter|on|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
        r"|m[ae]rcredi|lundi|mardi|jeudi|vendredi|moet|moeten|kan|zou|muss|kann|nicht|mit)$",
        re.IGNORECASE,
    )
    join = re.compile(rf"{JOIN}|close|to|proche|dicht|bij|dossier|familiar|with|the", re.IGNORECASE)
    last = start
    for count, token in enumerate(_TOKEN.finditer(text, start, end)):
        word = token.group()
        if count > 11 or not (word[0].isalnum() or word == "&") or (not count and word.lower() in _NEVER_FIRST):
            break
        small, joins = word[0].islower(), join.fullmatch(word) is not None
        if count and stop.match(word) and not (joins and small):
            break
        named = count > 0 and text[start:last].split()[-1][:1].isupper()
        if named and (word in _OUTSIDE or (small and not joins)):
            break
        if count and word in {"and", "et", "en", "und"} and text[token.end() : token.end() + 2].strip()[:1].islower():
            break
        last = token.end()
    return start, last


def is_pronoun(words: str, lang: str) -> bool:
    """Say whether a speaker is only a pronoun."""
    if lang == "fr" and re.search(r"-(?:t-)?(?:ils?|elles?|on)$", words.strip()):
        return True
    return re.fullmatch(table("speech")[lang]["pronouns"], words.strip(), re.IGNORECASE) is not None


def resolve(words: str, text: str, span: Span, lang: str, last: str | None) -> str | None:
    """Bring the words of a speaker to a name: pronouns to the last speaker, references to what the text is about."""
    if is_pronoun(re.sub(r"\s(?:n[’']|ne)$", "", words.strip()), lang):
        return last or spoken_of(text, span.start, words, lang)
    if _SPOKES.fullmatch(words.strip()) and " " not in words.strip(" ").partition(" ")[2]:
        return subject_before(text, span.start, lang)
    found = voice(text, span.start, span.end, lang)
    if found and not _NOBODY.match(found):
        return found
    owner = _STATEMENT.match(words.strip())
    if owner:
        words = owner["owner"] or owner["of"]
    bare = trim(_OWNED.sub("", words.strip()), lang)
    if not bare or _NOBODY.match(bare) or not re.search(r"[^\W\d_]{2}", bare):
        return None
    if REFERENCE.match(bare):
        return _company(text, span, lang) or bare
    return fullest(bare, text, span.start, lang)


def _company(text: str, span: Span, lang: str) -> str | None:
    name = subject_before(text, span.start, lang)
    return fullest(name, text, span.start, lang) if name else None

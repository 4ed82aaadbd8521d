"""Frames of speech: a speaker with a verb of speech, or with "according to", found in a sentence.

Reads the cue table `cues/speech.yaml`, and finds the speaker by the order of words: before the verb, or behind it where
the clause is turned round. `attribution` says which frames reach a claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from longarm.extract.cues import known, table
from longarm.extract.names import NAME
from longarm.extract.sentences import Span
from longarm.extract.speakers import phrase_after

if TYPE_CHECKING:
    from longarm.model.claims import Text

MOST_FRAMES: Final = 12
"""Frames of speech read in one sentence; no sentence of prose has more"""


@dataclass(frozen=True, order=True)
class Frame:
    """A frame of speech: the whole clause, the words of the speaker, and what it is.

    `opens`: content follows. `closes`: content stands before. `acts`: the speaker denies or promises in its own clause.
    `relays`: it stands behind another speaker, who is quoted by it.
    """

    start: int
    end: int
    speaker: Span
    kind: str


@lru_cache(maxsize=4)
def grammar_of(lang: str) -> dict[str, re.Pattern[str]]:
    row = table("speech")[lang]
    verb, bridge, pronoun, lead = row["verbs"], row["bridge"], row["pronouns"], row["leads"]
    flags = re.IGNORECASE
    return {
        "verb": re.compile(rf"(?<![\w’'-]){verb}(?![\w’'])", flags),
        "act": re.compile(rf"(?<![\w’'-]){row['speech_acts']}(?![\w’'])", flags),
        "according": re.compile(rf"(?<![\w’'-]){row['according']}(?:\s|(?<=[’']))", flags),
        "quoted": re.compile(rf",?\s*(?<![\w’'-]){row['quoted_by']}\s", flags),
        "bridge": re.compile(rf"(?:(?<=\s)|^|(?<=[’']))(?:{bridge})\s*$", flags),
        "pronoun": re.compile(rf"(?:(?<=\s)|^|(?<=[\"”]))?(?:{pronoun})$", flags),
        "inverted pronoun": re.compile(rf"(?:\s|(?=-))(?:{pronoun})(?!\w)", flags),
        "lead": re.compile(rf"^\W*(?:(?:{lead}|{_DAY})\s)*", flags),
        "content": re.compile(rf"^[^.;:\"“„«]{{0,70}}?(?:,?\s*{row['content']})", flags),
        "that": re.compile(r"(?<!\w)(?:that|dass|dat|que|qu[’'])(?!\w)", flags),
        "first": re.compile(rf"{row['first']}$", flags),
    }


_BREAK: Final = re.compile(r"[;:]\s|[\"”»]\s?,?\s|–\s|—\s|\.\s")
_FORE: Final = re.compile(
    r"(?<![\w’'])(?:an?|the|to|of having|this|its|his|her|their|our|of|no|any|such|des|les|la|le|une?|son"
    r"|sa|cette|du|een|het|zijn|haar|der|die|"
    r"das|eine?|einen|seine?|forum|by)\s$",
    re.IGNORECASE,
)
_DAY: Final = (
    r"(?:on |in |at |en |op |am |im )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:maan|dins|woens"
    r"|donder|vrij|zater|zon)dag|"
    r"lundi|mardi|m[e]rcredi|jeudi|vendredi|samedi|dimanche|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|janvier|january|19\d\d|"
    r"20\d\d|(?:vorige|last|this) \w+)\w*,?"
)
_BY: Final = re.compile(r"\b(?:told|assured|informed|notified|warned) by\s", re.IGNORECASE)
_RELATIVE: Final = re.compile(r"(?:which|who|qui|die|der|dat)$", re.IGNORECASE)
_FINITE: Final = re.compile(
    r"\s(?:is|are|was|were|has|had|have|would|will|could|lies?|belongs?|hat|hatte|ist|war|wird|est|était|a"
    r"|ont|heeft|had|wordt|zijn|gehört)\s",
)
_STRICT: Final = re.compile(
    r"\s*(?:this|it|dies|das|dat|cela)?\s*(?:that\b|que\b|qu[’']|dat\b|,?\s?dass\b|:)", re.IGNORECASE
)
_REPORT: Final = re.compile(
    r"\b(?:report|article|story|post|article|dépêche|bericht|artikel|meldung|verhaal)s?\s(?:in|by|from|of"
    r"|on|de|du|d[’']|van|in|des|der)\s?"
    r"(?=[^.;:]{3,60}?(?:\sthat\b|\sselon le|\sselon la|,|\sdat\b))",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?:\s(?:the |a )?(?!that\b|they\b|it\b|he\b|she\b)[A-Z][\w]+(?:\s[A-Z]\w+)*|\s(?:me|us|him|her"
    r"|them|the press|in a \w+|to [A-Z]\w+(?:\s[A-Z]\w+)*"
    r"|on \w+day))*(?=\s?(?:[,:.\"”]|that\b|$))",
)
_AS: Final = re.compile(
    r"(?:^|[.;:]\s)\W*(?:as|wie|zoals|comme|ainsi que)\s(?:the\s|die\s|de\s|l[’'])?$", re.IGNORECASE
)
_HEREAFTER: Final = re.compile(r"\szufolge\b")
_COMMA: Final = re.compile(r"[,.;:]\s")
_NOUNLIKE: Final = re.compile(
    r"[^\W\d_a-z]|\b(?:the|le|la|l[’']|de|het|der|die|das|a|an|un|une|een|eine?|son|sa|ses|leurs?|zijn|haar|hun|seine?"
    r"|ihre?|its|his|her)\b"
)
_SPARING: Final = frozenset(
    "found finds reported announced show shows showed informed known know knows told felt feels feel learned hopes "  # noqa: SIM905
    "fears recalls mentioned rules continued posted tweeted decided reads".split()
)


@lru_cache(maxsize=4096)
def frames(text: str, start: int, end: int, lang: str) -> tuple[Frame, ...]:
    """Give the frames of speech of the sentence at `start:end`, in order."""
    grammar = grammar_of(lang)
    found = _sources(text, start, end, lang)
    for key in ("verb", "act"):
        for match in grammar[key].finditer(text, start, end):
            if _is_noun(text, start, match, lang) or any(f.start <= match.start() < f.end for f in found):
                continue
            frame = _of_verb(text, start, end, match, grammar, lang, key == "act")
            if frame:
                found.append(frame)
    for match in _REPORT.finditer(text, start, end):
        source = NAME.search(text, match.end(), min(end, match.end() + 60))
        if source:
            found.append(Frame(match.start(), source.end(), Span(source.start(), source.end()), "report"))
    for match in _BY.finditer(text, start, end):
        begin, stop = phrase_after(text, match.end(), end, lang)
        if stop > begin:
            found.append(Frame(match.start(), stop, Span(begin, stop), "opens"))
    for match in grammar["quoted"].finditer(text, start, end):
        begin, stop = phrase_after(text, match.end(), end, lang)
        found.append(Frame(match.start(), stop, Span(begin, stop), "relays"))
    return tuple(sorted(found)[:MOST_FRAMES])


def _sources(text: str, start: int, end: int, lang: str) -> list[Frame]:
    """Give the frames without a verb: "according to X", "X zufolge"."""
    found: list[Frame] = []
    for match in grammar_of(lang)["according"].finditer(text, start, end):
        begin, stop = phrase_after(text, match.end(), end, lang)
        if stop > begin:
            # "X, according to Y" closes what stands before it; at the start of a clause it opens what follows
            fore = text[start : match.start()].strip(' "“„«')
            kind = "opens" if len(fore) < 3 or fore.endswith((";", ":", " and", " et", " en", " und")) else "closes"
            found.append(Frame(match.start(), stop, Span(begin, stop), kind))
    for match in _HEREAFTER.finditer(text, start, end) if lang == "de" else ():
        begin = max((cut.end() for cut in _COMMA.finditer(text, start, match.start())), default=start)
        if begin < match.start():
            found.append(Frame(begin, match.end(), Span(begin, match.start()), "opens"))
    return found


def _is_noun(text: str, start: int, word: re.Match[str], lang: str) -> bool:
    """Say whether the form of a verb is a noun or an infinitive here: "a report", "its claims", "to say"."""
    fore = _FORE.search(text[max(start, word.start() - 14) : word.start()])
    if fore and lang == "fr" and fore.group().strip() == "a":  # the auxiliary
        fore = None
    return fore is not None or word.group()[0].isupper()


def _of_verb(
    text: str, start: int, end: int, verb: re.Match[str], grammar: dict[str, re.Pattern[str]], lang: str, act: bool
) -> Frame | None:
    """Read the frame around one verb: its speaker before it, or behind it where the clause is turned round."""
    after = text[verb.end() : end]
    opens = bool(grammar["content"].match(after)) or (lang == "en" and _bare_content(after, verb.group()))
    before = text[start : verb.start()]
    turned = re.search(
        r"(?:[,\"”»“!?]|^)\s*(?:so |zo |a |ont |had |heeft |hat |avait |m[’']a )*$", before, re.IGNORECASE
    )
    if turned and (lang != "en" or before.strip()[-1:] in '",”»“,?!'):
        pronoun = grammar["inverted pronoun"].match(text, verb.end(), end)
        if pronoun:
            return Frame(verb.start(), pronoun.end(), Span(pronoun.start(), pronoun.end()), "closes")
        skip = re.match(
            r"\s(?:(?:mercredi|lundi|mardi|jeudi|vendredi|am \w+|gisteren|hier|auch|dann|on \w+)\s)?",
            text[verb.end() : end],
        )
        if skip:
            begin, stop = phrase_after(text, verb.end() + skip.end(), end, lang)
            words = text[begin:stop]
            onward = verb.group().lower() == "told" or text[stop:end].lstrip().startswith("that ")
            if stop > begin and _NOUNLIKE.search(words) and not onward:
                return Frame(verb.start(), stop, Span(begin, stop), "closes")
    if lang in ("nl", "de") and _adverbial(text, start, verb.start(), grammar):
        begin, stop = phrase_after(text, verb.end() + 1, end, lang)  # the verb stands second, its subject behind it
        if stop > begin:
            return Frame(verb.start(), stop, Span(begin, stop), "opens")
    if act:
        opens = bool(_STRICT.match(after))
    speaker = _subject(text, start, verb.start(), grammar)
    if speaker is None:
        return None
    tail = text[verb.end() : end].strip()
    if not opens and tail.startswith(",") and _AS.search(text[start : speaker.start]):
        return Frame(speaker.start, verb.end(), speaker, "opens")
    if not opens and not act:
        ends = len(tail) < 60 and len(text[start : speaker.start].strip()) > 15
        passive = re.search(r",\s*$", text[start : speaker.start]) or re.search(
            r"[\"”»,]\s*$", text[start : speaker.start]
        )
        if not (ends and passive):
            return None
        return Frame(speaker.start, verb.end(), speaker, "closes")
    return Frame(speaker.start, verb.end(), speaker, "opens" if opens else "acts")


def _adverbial(text: str, start: int, end: int, grammar: dict[str, re.Pattern[str]]) -> bool:
    """Say whether what stands before a verb is a time or a place, so that the subject follows the verb."""
    piece = re.split(r"[.;:]\s", text[start:end])[-1].strip()
    lead = grammar["lead"].match(piece + " ")
    return bool(piece) and len(piece.split()) <= 6 and bool(lead and lead.end() > 1 and re.match(r"\W*[A-ZÀ-Þ]", piece))


def _bare_content(after: str, verb: str) -> bool:
    """Say whether an English clause follows without "that": "said it has opened no inquiry"."""
    if verb.lower() in _SPARING:
        if verb.lower() in ("found", "felt", "know", "knows", "show", "shows", "reported"):
            return bool(re.match(r"\s(?:he|she|they|we|there)\s", after))
        return verb.lower() == "told" and bool(re.match(r"\s(?:[A-Z][\w ]+?|him|her|them|me|us|\w+ \w+) that\b", after))
    return bool(
        re.match(r"\s(?:an?|the|it|he|she|they|we|no|nothing|there|some|all|few|[A-Z]\w+|\w+ly|\w+)\s\S", after)
    ) and not re.match(r"\s(?:on|in|at|by|to|for|with|from|last|this|during|after|before)\s", after)


def _subject(text: str, start: int, end: int, grammar: dict[str, re.Pattern[str]]) -> Span | None:
    """Find the subject that ends before a verb: back over auxiliaries and an inserted clause."""
    stop = end
    for _ in range(4):
        bridge = grammar["bridge"].search(text[start:stop].rstrip())
        if bridge is None:
            break
        stop = start + bridge.start()
    words = text[start:stop].rstrip()
    begin = start
    for cut in _BREAK.finditer(words):
        begin = start + cut.end()
    for that in grammar["that"].finditer(words):
        begin = max(begin, start + that.end())
    for said in grammar["verb"].finditer(words, max(0, begin - start)):
        if not _FORE.search(words[max(0, said.start() - 14) : said.start()]) and said.group()[0].islower():
            begin = start + said.end()
    piece = text[begin : start + len(words)]
    parts = [p for p in re.split(r",\s", piece) if p.strip(" ,")]
    if not parts:
        return None
    chosen = parts[-1]
    if piece.endswith(",") and len(parts) >= 2:
        inserted = parts[-1].strip(" ,")
        named = re.fullmatch(r"(?:[^\W\d_a-z][\w.’'-]+\s?){2,4}", inserted)
        chosen = parts[-1] if named else parts[-2] if len(parts) >= 2 else parts[0]
    lead = grammar["lead"].match(chosen)
    chosen = chosen[lead.end() :] if lead else chosen
    chosen = re.split(r"\s(?:and|but|et|mais|en|maar|und|aber)\s(?=[a-zà-ÿ])", chosen)[-1]
    finite = _FINITE.search(" " + chosen + " ")
    if finite and finite.start() > 0:
        chosen = chosen[: finite.start() - 1]
    if _RELATIVE.match(chosen.strip()) and begin + 3 < end:
        before = list(NAME.finditer(text, start, begin + max(0, piece.rfind(chosen))))
        return Span(before[-1].start(), before[-1].end()) if before else None
    at = text.find(chosen, begin, end) if chosen.strip() else -1
    if at < 0 or not 1 <= len(chosen.split()) <= 12:
        return None
    return Span(at, at + len(chosen.rstrip(" ,")))


def attributing_clauses(text: Text, sentence: Span) -> tuple[tuple[int, int], ...]:
    """Give the clauses of a sentence that only say who speaks, as stretches of the text; "that" is left out."""
    found = frames(text.text, sentence.start, sentence.end, known(text.lang) or "en")
    merged: list[tuple[int, int]] = []
    for frame in found:
        if frame.kind in ("acts", "relays", "report"):
            continue
        start, end = min(frame.start, frame.speaker.start), max(frame.end, frame.speaker.end)
        tail = _TAIL.match(text.text, end, sentence.end)
        end = tail.end() if tail else end
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)

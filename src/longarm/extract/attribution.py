"""Attribution: who says it, from the nearest reporter to the speaker.

Reads the cue table `cues/speech.yaml`. A frame of speech is a speaker with a verb of speech, or with "according to";
frames that reach a claim make its chain: what closes the sentence is nearest to the page, then what opens it, from the
left, then what stands inside the claim. The publisher of the page is not repeated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from longarm.extract.cues import known
from longarm.extract.frames import Frame, attributing_clauses, frames, grammar_of
from longarm.extract.sentences import Span
from longarm.extract.speakers import is_pronoun, phrase_after, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from longarm.model.claims import Line, Text

__all__ = ["attributing_clauses", "attribution_of", "last_speaker"]

_LINE_SPEAKER: Final = re.compile(
    r"^(?P<who>(?:[^\W\d_a-z][\w.’'-]*|de|van|der|heer)(?:\s(?:[^\W\d_a-z][\w.’'-]*|de|van|der|den|heer|von)){1,4})"
    r"(?:\s\([^)\n]{2,40}\))?(?:,\s[^.:\n]{3,60})?(?::\s|\.?\s–\s)"
)
_AS_SAYING: Final = re.compile(r"(?P<outer>.+?)\s(?:quoted|cited)\s(?P<inner>.+?)(?:\sas)?$", re.IGNORECASE)
_ANAPHOR: Final = re.compile(r"(?i:^(?:this|that|das|dies|dat|dit|c[’']est ce que|ce que))(?=\s[a-zà-ÿ]|$)")
_SUBJUNCTIVE: Final = re.compile(r"\b(?:sei|seien|habe|werde|lägen|würden|hätten|könne|müsse|solle|gebe|wolle)\b")
_QUOTES: Final = re.compile(r"[\"“”„«»]")
_STOPS: Final = re.compile(r"[.!?]\s")
_MARKS: Final = re.compile(r"[\"“”„«»]")
_JOINED: Final = re.compile(r",\s(?:and|but|while|et|mais|en|maar|und|aber|doch)\s*$", re.IGNORECASE)


def attribution_of(text: Text, lines: Iterable[Line], sentence: Span, claim: Span) -> tuple[str, ...]:
    """Give who says a claim, nearest reporter first, speaker last; empty where the text speaks for itself."""
    lang = known(text.lang) or "en"
    body = text.text
    line = next((one for one in lines if one.start <= sentence.start < one.end), None)
    line_start = line.start if line else body.rfind("\n", 0, sentence.start) + 1
    line_end = line.end if line else len(body)
    own = frames(body, sentence.start, sentence.end, lang)
    chain = _reach(text, own, sentence, claim, lang)
    if not chain and (around := quotation(body, line_start, line_end, claim.start)):
        chain = _of_quotation(text, around, line_start, line_end, lang)
    if not chain:
        chain = _carried(text, line_start, line_end, sentence, claim, lang)
    if not chain:
        speaker = _LINE_SPEAKER.match(body[line_start:line_end])
        if speaker and claim.start >= line_start + speaker.end():
            who = Span(line_start, line_start + speaker.end("who"))
            name = resolve(body[who.start : who.end], body, who, lang, None)
            chain = [name] if name else []
    published = (text.publisher or "").casefold()
    if len(chain) > 1:
        chain = [name for n, name in enumerate(chain) if n == len(chain) - 1 or name.casefold() not in published]
    return tuple(dict.fromkeys(chain))


def _reach(text: Text, found: tuple[Frame, ...], sentence: Span, claim: Span, lang: str) -> list[str]:
    """Name the speakers whose frames reach the claim inside its own sentence."""
    body = text.text
    opening, closing, inside = _sorted(body, found, claim, lang)
    chain: list[str] = []
    last = last_speaker(text, sentence.start, lang)
    for frame in [*closing, *opening, *inside]:
        chain += _relays(body, frame, found, lang)
        words = body[frame.speaker.start : frame.speaker.end].strip()
        if grammar_of(lang)["first"].search(words) and len(words.split()) <= 8:
            chain += [text.publisher] if text.publisher else []
            continue
        quoting = _AS_SAYING.match(words)
        for part in quoting.group("outer", "inner") if quoting else (words,):
            name = resolve(part, body, frame.speaker, lang, last)
            chain += [name] if name else []
    return list(dict.fromkeys(chain))


def _sorted(
    body: str, found: tuple[Frame, ...], claim: Span, lang: str
) -> tuple[list[Frame], list[Frame], list[Frame]]:
    """Sort the frames that reach a claim: those that open it, close it, or stand inside."""
    opening: list[Frame] = []
    closing: list[Frame] = []
    inside: list[Frame] = []
    for frame in found:
        between = body[frame.end : claim.start]
        if frame.kind == "closes" and frame.start >= claim.end - 1:
            closing += [] if ";" in body[claim.end : frame.start] else [frame]
        elif frame.kind == "opens" and frame.end <= claim.start:
            opening += [] if ";" in between and not between.startswith(":") else [frame]
        elif frame.kind == "closes" and frame.end <= claim.start and _inserted(body, frame, claim, lang):
            inside.append(frame)
        elif frame.kind in ("opens", "acts") and claim.start <= frame.speaker.start <= claim.start + 45:
            inside += [frame] if frame.end <= claim.end else []
        elif frame.kind == "closes" and claim.start < frame.start < claim.end:
            inserted = grammar_of(lang)["according"].match(body, frame.start) is not None
            closing += [frame] if inserted or claim.end <= frame.end + 12 else []
    report = [f for f in found if f.kind == "report" and f.end <= claim.start and ";" not in body[f.end : claim.start]]
    if report:  # "X denied a report in Y that …": what follows is Y's
        opening = [report[-1], *(f for f in opening if f.start > report[-1].end)]
    for n in range(len(opening) - 1, 0, -1):  # "X says …, and Y says …": what follows is Y's alone
        if _JOINED.search(body[opening[n - 1].end : opening[n].start]):
            return opening[n:], closing, inside
    return opening, closing, inside


def _inserted(body: str, frame: Frame, claim: Span, lang: str) -> bool:
    """Say whether "according to X" stands between commas right before a claim."""
    apart = body[frame.end : claim.start].strip() in ("", ",") and body[max(0, frame.start - 2) : frame.start] == ", "
    return apart and grammar_of(lang)["according"].match(body, frame.start) is not None


def _relays(body: str, frame: Frame, found: tuple[Frame, ...], lang: str) -> list[str]:
    """Name those who quote the speaker of a frame: "X, quoted by Y, said"."""
    near = [
        r
        for r in found
        if r.kind == "relays" and frame.speaker.start < r.start <= max(frame.end, frame.speaker.end + 3)
    ]
    names = [resolve(body[r.speaker.start : r.speaker.end], body, r.speaker, lang, None) for r in near]
    return [name for name in names if name]


def _of_quotation(text: Text, around: Span, line_start: int, line_end: int, lang: str) -> list[str]:
    """Name who speaks a quotation: words behind its end, else before its start, in whichever sentence they stand."""
    body = text.text
    stop = min((n for n in (body.find(". ", around.end, line_end), line_end) if n > 0), default=line_end)
    closing = [f for f in frames(body, max(line_start, around.end - 1), stop, lang) if f.kind in ("closes", "opens")]
    begin = max((m.end() + line_start for m in _STOPS.finditer(body[line_start : around.start])), default=line_start)
    opening = [f for f in frames(body, begin, around.start + 1, lang) if f.kind in ("opens", "acts")]
    for frame in [*(f for f in closing if f.start < around.end + 12 and _follows(body, f, around)), *reversed(opening)]:
        last = last_speaker(text, frame.start, lang, line_start)
        name = resolve(body[frame.speaker.start : frame.speaker.end], body, frame.speaker, lang, last)
        if name:
            return [name]
    return []


def _follows(body: str, frame: Frame, around: Span) -> bool:
    """Say whether a frame takes up the quotation right before it, and opens none of its own."""
    return frame.kind == "closes" or body[around.end : frame.start].strip(" ,") == ""


def _carried(text: Text, line_start: int, line_end: int, sentence: Span, claim: Span, lang: str) -> list[str]:
    """Carry a speaker over from the sentence before or after: a quotation that goes on, "that is what X said"."""
    body = text.text
    quoted = bool(
        _QUOTES.match(body[claim.start : claim.start + 1] or " ") or _QUOTES.match(body[max(0, claim.start - 1)])
    )
    told = lang == "de" and _SUBJUNCTIVE.search(body[claim.start : claim.end]) is not None
    if quoted or told:
        name = last_speaker(text, sentence.start, lang, line_start)
        return [name] if name else []
    nxt = re.match(r"\s*", body[sentence.end : line_end])
    begin = sentence.end + (nxt.end() if nxt else 0)
    stop = min((n for n in (body.find(". ", begin, line_end), line_end) if n > 0), default=line_end)
    if _ANAPHOR.match(body[begin:stop]):
        # "Das teilte X am Dienstag mit": the verb stands second, the speaker behind it
        verb = grammar_of(lang)["verb"].search(body, begin, min(stop, begin + 60))
        if verb:
            by = re.match(r"\s(?:by|par|door|von)\s", body[verb.end() : stop])
            first, last = phrase_after(body, verb.end() + (by.end() if by else 1), stop, lang)
            name = resolve(body[first:last], body, Span(first, last), lang, None)
            return [name] if name else []
    return []


def quotation(body: str, start: int, end: int, at: int) -> Span | None:
    """Give the quotation of a line that holds a place: from mark to mark, however many sentences lie between."""
    opened: int | None = None
    for mark in _MARKS.finditer(body, start, end):
        opens = mark.group() in "«„" or (mark.group() in '"“”»' and opened is None)
        if opened is None and opens:
            if mark.start() > at:
                return None
            opened = mark.start()
        elif opened is not None:
            if opened <= at <= mark.start():
                return Span(opened, mark.end())
            opened = None
    return None


def last_speaker(text: Text, before: int, lang: str, since: int | None = None) -> str | None:
    """Name the speaker of the last frame before a place, at most two sentences and one paragraph back."""
    body = text.text
    line_start = body.rfind("\n", 0, max(0, before - 1)) + 1
    start = since if since is not None else line_start
    window = [m.end() for m in re.finditer(r"[.!?][\"”»]?\s", body[start:before])]
    cuts = [start, *(start + end for end in window)]
    for begin, stop in reversed(list(zip(cuts, [*cuts[1:], before], strict=True))[-4:]):
        for frame in reversed(frames(body, begin, stop, lang)):
            words = body[frame.speaker.start : frame.speaker.end]
            if is_pronoun(words, lang):
                continue
            if _ANAPHOR.fullmatch(words.strip()):  # "Dies gab die Direktorin bekannt"
                first, last = phrase_after(body, frame.end + 1, stop, lang)
                return resolve(body[first:last], body, Span(first, last), lang, None)
            return resolve(words, body, frame.speaker, lang, None)
    return None

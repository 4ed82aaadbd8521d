"""Claims that a language model proposes: what it is asked, and what of its answer can stand.

A model may invent; so nothing counts but what can be checked. A quote must stand in the passage to the letter, the
relation and the stance must be of the vocabulary, and every name must occur in the text. What fails is refused and
counted. Pure: who asks the model, and where, is none of this module's business.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from longarm.extract import signals
from longarm.extract.assemble import Extraction
from longarm.extract.language import LANGUAGES, grammar
from longarm.model.claims import Claim, LineKind, Text, claim_id, stands
from longarm.model.terms import Stance

PASSAGE: Final = 6_000
"""Characters of the body that one question holds, at most."""
MOST: Final = 100
"""Questions for one text, at most; a longer text says so in its notes."""
_STANCES: Final = tuple(s.value for s in Stance if s != Stance.INFERRED)
_SAME: Final = 0.5
"""Intersection over union from which a proposal of the same relation says what a rule has read already."""
_JSON: Final = re.compile(r"\{.*\}", re.DOTALL)


@dataclass(frozen=True)
class Question:
    """A passage of the body of a text."""

    start: int
    end: int
    passage: str

    def body(self, model: str) -> dict[str, Any]:
        """Give the request for a chat completion that answers in JSON."""
        return {
            "model": model,
            "temperature": 0,
            "seed": 0,
            "messages": [
                {"role": "system", "content": _told()},
                {"role": "user", "content": self.passage},
            ],
            "response_format": {"type": "json_object"},
        }


def questions(text: Text, found: Extraction) -> Iterator[Question]:
    """Give the passages of a text's body, whole lines, none longer than `PASSAGE` where a line allows it."""
    start = end = None
    asked = 0
    for line in (one for one in found.lines if one.kind is LineKind.BODY):
        if start is not None and end is not None and line.end - start > PASSAGE:
            yield Question(start, end, text.text[start:end])
            start, asked = None, asked + 1
            if asked >= MOST:
                return
        start, end = line.start if start is None else start, line.end
    if start is not None and end is not None:
        yield Question(start, end, text.text[start:end])


def added(text: Text, found: Extraction, answers: Sequence[tuple[Question, str]], model: str) -> Extraction:
    """Give an extraction with what the answers add to it; what a rule has read already is not proposed twice."""
    claims = list(found.claims)
    ids = {c.id for c in claims}
    refused: dict[str, int] = {}
    for asked, answer in answers:
        for row in _rows(answer, refused):
            try:
                made = _claim(text, found, asked, row, f"model/{model}")
            except _Unfit as fault:
                _count(refused, str(fault))
                continue
            if made.id in ids or any(_is_same(made, c) for c in found.claims):
                continue
            ids.add(made.id)
            claims.append(made)
    told = [f"{count} proposals of the model refused: {why}" for why, count in sorted(refused.items())]
    ordered = sorted(claims, key=lambda c: (c.start, c.end, c.relation, c.id))
    return replace(found, claims=tuple(ordered), notes=(*found.notes, *told))


def relations() -> tuple[str, ...]:
    """Give the relations that a model may name."""
    return tuple(_words()["relations"])


@cache
def _words() -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load(files("longarm.extract").joinpath("modelled.yaml").read_text("utf-8"))
    return data


@cache
def _told() -> str:
    listed = "\n".join(f"- {name}: {says}" for name, says in _words()["relations"].items())
    return f"{_words()['says']}{listed}"


def _rows(answer: str, refused: dict[str, int]) -> list[Mapping[str, Any]]:
    try:
        # Some models wrap their JSON in a fence or a sentence.
        whole = _JSON.search(answer)
        rows = json.loads(whole.group() if whole else answer)["claims"]
    except (ValueError, LookupError, TypeError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        _count(refused, "an answer was not the JSON that was asked for")
        return []
    return [row for row in rows[:1000] if isinstance(row, dict)]


class _Unfit(ValueError):
    """A proposal that cannot stand, with the reason."""


def _claim(text: Text, found: Extraction, asked: Question, row: Mapping[str, Any], version: str) -> Claim:
    quote, relation, stance = (row.get(k) for k in ("quote", "relation", "stance"))
    at = asked.passage.find(quote.strip()) if isinstance(quote, str) and quote.strip() else -1
    if at < 0 or not isinstance(quote, str):
        raise _Unfit("the quote does not stand in the passage")
    if relation not in _words()["relations"] or stance not in _STANCES:
        raise _Unfit("no relation or stance of the vocabulary")
    named = {key: _names(row.get(key), text.text) for key in ("attribution", "subject", "object")}
    chain, subject, objects = (named[key] for key in ("attribution", "subject", "object"))
    start = asked.start + at
    end = start + len(quote.strip())
    known = grammar(found.lang) if found.lang in LANGUAGES and found.lang else None
    made = Claim(
        id=claim_id(text.document, start, end, str(stance), str(relation), subject, objects),
        document=text.document,
        start=start,
        end=end,
        quote=text.text[start:end],
        stance=str(stance),
        attribution=chain,
        relation=str(relation),
        subject=subject,
        object=objects,
        share=_share(row.get("share")),
        dates=signals.dates(text, start, end, known) if known else (),
        version=version,
    )
    if not stands(made, text.text):
        raise _Unfit("the quote does not stand in the passage")
    return made


def _names(value: Any, text: str) -> tuple[str, ...]:
    """Give a list of names; each must occur in the text."""
    listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    names = tuple(v.strip() for v in listed[:20] if isinstance(v, str) and v.strip())
    if not all(name in text for name in names):
        raise _Unfit("a name does not occur in the text")
    return names


def _share(value: Any) -> tuple[float, float] | None:
    pair = value if isinstance(value, list) and len(value) == 2 else [value, value]
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 100 for v in pair):
        return None
    lo, hi = sorted(float(v) for v in pair)
    return lo, hi


def _is_same(one: Claim, other: Claim) -> bool:
    if one.relation != other.relation:
        return False
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared >= _SAME * (max(one.end, other.end) - min(one.start, other.start))


def _count(refused: dict[str, int], why: str) -> None:
    refused[why] = refused.get(why, 0) + 1

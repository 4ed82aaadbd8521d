"""What happened when, and since when it is known: the rows of a timeline on both clocks (design 4.6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from longarm.model.terms import AGREED

SHOWN = ("agreement", "plan", "watching", "allegation", "denial", "negative finding", "precedent", "conduct")
"""What a cited fact must bear on to stand on the timeline; ties stand there by themselves."""

DATED = ("interest", "control", "influence", "access", "staff")
"""Kinds of tie that have dates of their own; a duty has those of its law, a part contains what it contains."""


def events(
    facts: Iterable[Mapping[str, Any]],
    hops: Iterable[Mapping[str, Any]],
    law: Iterable[Mapping[str, Any]],
    statements: Mapping[str, Mapping[str, Any]],
    cited: Collection[str],
) -> list[dict[str, Any]]:
    """Give the events in order of their start: ties of the paths, what was agreed, planned and said, and the law.

    Of what was said only that which the answers cite: a saying on somebody whom nothing ties to a state is no part of
    that state's answer.
    """
    heard = [f for f in facts if f["bears"] in AGREED or set(f["statements"]) & set(cited)]
    found = [*_ties(hops, statements), *_said(heard, statements), *_law(law)]
    return sorted(found, key=lambda e: (e["group"], e["start"] or "", e["id"]))


def _ties(hops: Iterable[Mapping[str, Any]], statements: Mapping[str, Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    seen: set[str] = set()
    for hop in hops:
        if hop["tie"] in seen or hop["kind"] not in DATED:
            continue
        seen.add(hop["tie"])
        said = [statements[s] for s in hop["statements"] if s in statements]
        yield {
            "id": hop["tie"],
            "group": "tie",
            "label": hop["label"],
            "start": _least(s["valid_from"] for s in said),
            "end": _end(s["valid_to"] for s in said),
            "published": _least(s["published"] for s in said),
            "known": _least(s["known"] for s in said),
            "stance": _stance(said),
            "level": hop["level"],
            "statements": list(hop["statements"]),
        }


def _said(facts: Iterable[Mapping[str, Any]], statements: Mapping[str, Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for fact in facts:
        if fact["bears"] not in SHOWN:
            continue
        said = [statements[s] for s in fact["statements"] if s in statements]
        yield {
            "id": fact["id"],
            "group": "agreed" if fact["bears"] in AGREED else "said",
            "label": fact["sentence"],
            "start": fact["start"],
            "end": fact["end"] or (fact["start"] if fact["bears"] != "agreement" else None),
            "published": _least(s["published"] for s in said),
            "known": _least(s["known"] for s in said),
            "stance": fact["stance"],
            "level": "",
            "statements": list(fact["statements"]),
        }


def _law(instruments: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for i in instruments:
        if i["on_path"]:
            yield {
                "id": i["id"],
                "group": "law",
                "label": i["title"],
                "start": i["since"],
                "end": i["until"],
                "published": i["since"],
                "known": i["reviewed_on"],
                "stance": "asserted",
                "level": "compel",
                "statements": [a["statement"] for a in i["articles"] if a["on_path"]],
            }


def _stance(said: Sequence[Mapping[str, Any]]) -> str:
    """Give the firmest way in which the tie is put: one assertion among allegations makes it asserted."""
    put = {s["stance"] for s in said}
    return next((s for s in ("asserted", "alleged", "planned", "denied", "inferred") if s in put), "asserted")


def _least(values: Iterable[str | None]) -> str | None:
    return min((v for v in values if v), default=None)


def _end(values: Iterable[str | None]) -> str | None:
    """Give the latest end; none where a statement knows of no end."""
    ends = list(values)
    return None if None in ends else max((e for e in ends if e), default=None)

"""Paths as they are shown: hop by hop, ties between the same two ends as one step, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from longarm.dossier.evidence import Evidence, folded
from longarm.dossier.labels import label
from longarm.dossier.tongue import ENGLISH, Tongue
from longarm.model.ties import STATE

_FIRST: Final = {"compel": 0, "control": 0, "influence": 0, "means": 1, "fact": 2}


@dataclass(frozen=True)
class Hop:
    """One step of a path: ties between the same two ends are shown as one."""

    start: str
    end: str
    start_name: str
    end_name: str
    level: str
    words: tuple[str, ...]
    is_disputed: bool
    meets: bool
    is_last: bool
    ties: tuple[str, ...]
    last_confirmed: str | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class PathView:
    """A path with the finding that it carries."""

    capability: str
    reading: str
    part: str
    rung: str
    share: float
    hops: tuple[Hop, ...]
    level: str | None
    place: str = ""
    """the part by its name"""
    meets_in: str = ""
    confidence: float | None = None
    """of the finding that it carries; `share` is that of the path alone"""

    @property
    def ends(self) -> tuple[str, ...]:
        """Whom it leads through, each once."""
        return tuple(dict.fromkeys(e for h in self.hops for e in (h.start, h.end)))


def path(
    finding: Mapping[str, Any], way: Mapping[str, Any], report: Mapping[str, Any], tongue: Tongue = ENGLISH
) -> PathView:
    """Give one path of a finding."""
    part = finding["part"] or way["hops"][-1]["to"]
    return PathView(
        capability=finding["capability"],
        reading=finding["reading"],
        part=part,
        rung=finding["rung"],
        share=way["share"],
        hops=_hops(way, report, tongue),
        level=way["level"],
        place=name(part, report, tongue),
        meets_in=way["meets_in"],
        confidence=finding["confidence"],
    )


def name(node: str, report: Mapping[str, Any], tongue: Tongue = ENGLISH) -> str:
    """Name an end of a tie: a state, an entity, a part."""
    if node.startswith(STATE):
        return tongue.state(node.removeprefix(STATE))
    called: str = report["names"].get(node, node)
    return called


def leads(way: Mapping[str, Any]) -> tuple[str, ...]:
    """Give whom a path leads through, each once, without making a view of it."""
    return tuple(dict.fromkeys(e for h in way["hops"] if h["kind"] != "fact" for e in (h["from"], h["to"])))


def _hops(way: Mapping[str, Any], report: Mapping[str, Any], tongue: Tongue) -> tuple[Hop, ...]:
    """Join ties between the same ends; a fact about an entity joins the step that leads to it."""
    steps: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    facts: dict[str, list[Mapping[str, Any]]] = {}
    for hop in way["hops"]:
        if hop["kind"] == "fact":
            facts.setdefault(hop["from"], []).append(hop)
        else:
            steps.setdefault((hop["from"], hop["to"]), []).append(hop)
    found = []
    for i, ((start, end), several) in enumerate(steps.items()):
        joined = sorted(several, key=lambda h: _FIRST[h["level"]]) + facts.get(end, [])
        found.append(
            Hop(
                start=start,
                end=end,
                start_name=name(start, report, tongue),
                end_name=name(end, report, tongue),
                level=joined[0]["level"],
                words=tuple(label(h["tie"], h["label"], report["names"], tongue) for h in joined),
                is_disputed=any(h["disputed"] for h in joined),
                meets=end == way["meets_in"],
                is_last=i == len(steps) - 1,
                ties=tuple(h["tie"] for h in joined),
                last_confirmed=max((h["last_confirmed"] for h in joined if h["last_confirmed"]), default=None),
                evidence=folded(_statements(joined), report, tongue),
            )
        )
    return tuple(found)


def _statements(hops: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    return (s for hop in hops for s in hop["statements"])

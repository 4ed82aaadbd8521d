"""Safeguards: which ties each measure takes away, where it is in force and works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from longarm.graph.records import Record
from longarm.model.terms import Stance
from longarm.model.ties import SUSPENDED, Kind, Safeguard, Tie, tie_id


def safeguards(records: Iterable[Record], ties: Mapping[str, Tie]) -> list[Safeguard]:
    """Read safeguards; each cuts every tie between the ends that it names.

    Where several origins speak of one, it cuts what any of them names, as often as the least of them says. What cannot
    be judged is heard only where nobody else speaks of it: the graded result leaves it out.
    """
    by_ends: dict[str, list[str]] = defaultdict(list)
    for t in ties.values():
        if t.cls != SUSPENDED:  # it takes reach away itself
            by_ends[f"{t.holder}>{t.held}"].append(t.id)
            by_ends[f"{t.holder}>{t.held}[{t.cls}]"].append(t.id)
    spoken: dict[str, list[Record]] = defaultdict(list)
    for r in records:
        if r.schema == "Safeguard" and r.put_as != Stance.DENIED:
            spoken[r.entity].append(r)
    found = []
    for entity, heard in sorted(spoken.items()):
        several = [r for r in heard if r.is_judged] or heard
        named = {cut for r in several for cut in r.values.get("cuts", ()) if ">" in cut}
        states = {"planned" if r.put_as == Stance.PLANNED else r.one("state") or "planned" for r in several}
        worth = [float(value) for r in several for value in r.values.get("effectiveness", ())]
        found.append(
            Safeguard(
                id=entity,
                name=_first(several, "title") or entity,
                cuts=tuple(sorted({t for cut in named for t in by_ends.get(cut, ())})),
                capabilities=tuple(sorted({c for r in several for c in r.values.get("capability", ())})),
                state="in force" if "in force" in states else min(states),
                verified=_first(several, "verified") or "not known",
                effectiveness=round(min(worth, default=0) * 1000),
                tie=tie_id(Kind.SAFEGUARD, entity, entity),
            )
        )
    return found


def _first(records: Iterable[Record], prop: str) -> str | None:
    return next((value for r in records if (value := r.one(prop))), None)

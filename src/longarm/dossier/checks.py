"""What is checked before a dossier leaves the house: every sentence has its statements, every accusation its answer.

The list of sentences is made from the same view that the page shows, so that none can be forgotten there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from longarm.dossier.tongue import N_
from longarm.dossier.whole import LACKS, Chapter, Finding, Whole
from longarm.errors import Unanswered

QUIET = frozenset({"no path found", "not assessed"})
"""Rungs that rest on what was looked at, not on a statement."""


@dataclass(frozen=True)
class Sentence:
    """A sentence that longarm writes, and what it rests on: ids of statements, or of what was looked at."""

    text: str
    rests_on: tuple[str, ...]
    place: str


def sentences(made: Whole) -> list[Sentence]:
    """Give every sentence of a dossier that says something about the world, with what it rests on."""
    return [s for c in made.chapters for s in _of_state(c)] + list(_facts(made))


def _of_state(c: Chapter) -> Iterable[Sentence]:
    place = f"state-{c.view.state}"
    looked = tuple(f"law:{i}" for i in c.view.coverage["instruments"])
    strongest = c.view.strongest
    carried = tuple(e.id for hop in strongest.hops for e in hop.evidence) if strongest else ()
    # That nothing was found, or that nobody could look, rests on what was looked at: the law, and the ties on file.
    told = {cell.rung for line in c.view.lines for cell in (line.narrow, line.wide) if cell is not None}
    quiet = told <= QUIET
    judged = tuple(s for f in c.findings for j in f.judged for s in j["cites"])
    yield Sentence(c.view.headline, carried or judged or ((looked or ("coverage",)) if quiet else ()), place)
    for f in c.findings:
        at = f"finding-{c.view.state}-{f.capability}"
        quiet = f.leading is not None and f.leading.rung in QUIET
        yield Sentence(f.sentence, f.statements or ((looked or ("coverage",)) if quiet else ()), at)
        yield from _hops(f, at)


def _hops(f: Finding, at: str) -> Iterable[Sentence]:
    for path in (f.path, f.second):
        for hop in path.hops if path else ():
            for words in hop.words:
                yield Sentence(words, tuple(e.id for e in hop.evidence), at)


def _facts(made: Whole) -> Iterable[Sentence]:
    for pair in made.pairs:
        for e in (*pair.said, *pair.against):
            yield Sentence(e.says, (e.id,), "said")  # whether it has a document is asked of what is negative
    for fact in (*made.agreements, *made.precedents, *made.gaps, *made.not_linked):
        yield Sentence(fact.sentence, tuple(e.id for e in fact.evidence), "agreed")


def lacking(dossier: Mapping[str, Any], made: Whole) -> list[dict[str, str]]:
    """Give what a dossier lacks before it may be written out, as {"id", "sentence", "lacks"}."""
    bare = [{"id": s.place, "sentence": s.text, "lacks": N_("no statement")} for s in sentences(made) if not s.rests_on]
    said = [
        {"id": w["id"], "sentence": w["sentence"], "lacks": "; ".join(LACKS[what] for what in w["lacks"])}
        for w in dossier["wanting"]
    ]
    return [*bare, *said]


def must_be_whole(dossier: Mapping[str, Any], made: Whole) -> None:
    """Raise Unanswered, with the list, where a dossier may not be written out."""
    found = lacking(dossier, made)
    if found:
        raise Unanswered.of(
            found,
            mend="add the source or the denial as a cited fact, or say under 'replies' in decisions.yaml that nobody "
            "answered; --draft writes it all the same, marked as a draft",
        )

"""Ties and assertions in force on a day: every record that speaks of a tie is read, dated and graded (design 4.1).

Two sources on one holding are one tie. An end is a denial from its date on. A planned record counts only inside a
scenario. A record whose date is unclear on this day, or that nobody confirmed for too long, counts in the bounds only.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from longarm.graph.readers import Said, names, read
from longarm.graph.records import Record
from longarm.graph.safeguards import safeguards
from longarm.model import dates
from longarm.model.case import Stale
from longarm.model.dates import Certainty
from longarm.model.shares import Share
from longarm.model.terms import Stance
from longarm.model.ties import SUSPENDED, Assertion, Kind, Tie, Ties, draw_key


@dataclass(frozen=True)
class Options:
    """What decides which records count."""

    as_of: dt.date
    stale: Sequence[Stale] = ()
    planned: frozenset[str] = frozenset()
    """entities whose planned records count, inside a scenario"""


def build(records: Iterable[Record], options: Options) -> Ties:
    """Give the ties of a day with their assertions and the safeguards."""
    listed = list(records)
    known = names(listed)
    said: dict[str, list[tuple[Record, Said]]] = defaultdict(list)
    for record in listed:
        if record.put_as == Stance.PLANNED and record.entity not in options.planned:
            continue
        for each in read(record, known):
            said[each.tie.id].append((record, each))
    _of_every_class(said)
    ties, assertions = [], []
    for spoken in said.values():
        found = _assertions(spoken, options)
        if found:
            # What nobody reviewed, and what denies the tie, does not confirm it.
            says_so = [r for r, _ in spoken if r.put_as not in (Stance.INFERRED, Stance.DENIED)]
            confirmed = max((r.published for r in says_so if r.published), default=None)
            ties.append(replace(_tie(spoken), last_confirmed=confirmed))
            assertions += found
    guards = safeguards(listed, {t.id: t for t in ties})
    return Ties(tuple(sorted(ties, key=lambda t: t.id)), tuple(assertions), tuple(guards))


def _of_every_class(said: dict[str, list[tuple[Record, Said]]]) -> None:
    """Let a denial or an end of a holding that gives no figure speak of its votes and of its shares alike."""
    by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, spoken in said.items():
        tie = spoken[0][1].tie
        if tie.kind == Kind.INTEREST and tie.cls != SUSPENDED:
            by_ends[tie.holder, tie.held].append(name)
    for classes in by_ends.values():
        for name, other in permutations(classes, 2):
            for record, each in list(said[name]):
                if each.share is None and each.tie.id == name:
                    about = replace(each, tie=said[other][0][1].tie)
                    if record.put_as == Stance.DENIED:
                        said[other].append((record, about))
                    elif each.valid_to is not None:
                        said[other].append((record, replace(about, only_its_end=True)))


def _tie(spoken: list[tuple[Record, Said]]) -> Tie:
    """Give the tie; what a judged record says that it gives overrides its role.

    What cannot be judged says it only where no judged record speaks of the tie at all: else it would change the graded
    result, which leaves it out.
    """
    heard = [(r, each) for r, each in spoken if r.put_as not in (Stance.DENIED, Stance.PLANNED)]
    heard = [(r, each) for r, each in heard if r.is_judged] or heard
    stated = [each.tie for _, each in heard if each.gives_stated]
    if stated:
        return replace(stated[0], gives=tuple(sorted({g for tie in stated for g in tie.gives})))
    told = heard or spoken
    given = [each.share for _, each in told if each.share is not None]
    first = told[0][1]
    if first.share is None or len(set(given)) < 2:
        return first.tie
    # Sources differ: the words of the tie give all that they say, not what one of them says.
    whole = Share(min(s.lo for s in given), max(s.hi for s in given))
    return replace(first.tie, label=first.tie.label.replace(str(first.share), str(whole), 1))


def _assertions(spoken: list[tuple[Record, Said]], options: Options) -> list[Assertion]:
    """Date what is said of one tie. Ends that a later record of the same holding answers are no denials."""
    running = [s for r, s in spoken if dates.in_force(s.valid_from, s.valid_to, options.as_of) != Certainty.NO]
    starts = [dates.span(s.valid_from).first if s.valid_from else dt.date.min for s in running]
    best = _best(spoken)
    found: dict[tuple[str, str, int | None, int | None], Assertion] = {}
    for record, each in spoken:
        for stance, certainty in _dated(record, each, starts, options):
            a = Assertion(
                key=draw_key(record.origin, each.tie.id, stance),
                tie=each.tie.id,
                origin=record.origin,
                stance=stance,
                put_as=record.put_as,
                letter=best[record.origin, stance][0] if record.is_judged else record.letter,
                digit=best[record.origin, stance][1] if record.is_judged else record.digit,
                certainty=certainty,
                share_lo=each.share.lo if each.share else None,
                share_hi=each.share.hi if each.share else None,
                statements=record.cited(*each.props),
            )
            same = found.get((a.key, a.certainty, a.share_lo, a.share_hi))
            if same is not None:  # one origin in two records of one holding
                a = replace(same, statements=tuple(sorted({*same.statements, *a.statements})))
            found[a.key, a.certainty, a.share_lo, a.share_hi] = a
    return list(found.values())


def _best(spoken: list[tuple[Record, Said]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Give the best letter and digit of what each origin says of a tie, for it and against it: one assertion each."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for record, _ in spoken:
        for stance in ("denied",) if record.put_as == Stance.DENIED else ("asserted", "denied"):
            if record.is_judged:
                letter, digit = found.get((record.origin, stance), ("F", "6"))
                found[record.origin, stance] = min(letter, record.letter), min(digit, record.digit)
    return found


def _dated(record: Record, each: Said, starts: list[dt.date], options: Options) -> Iterator[tuple[str, str]]:
    """Give (stance, certainty) of a record on this day; nothing where it says nothing about this day."""
    stance = "denied" if record.put_as == Stance.DENIED else "asserted"
    running = dates.in_force(each.valid_from, each.valid_to, options.as_of)
    if running != Certainty.NO and not each.only_its_end:
        yield stance, _certainty(record, each, running, options)
    ended = dates.ended_before(each.valid_to, options.as_of)
    if stance == "asserted" and ended != Certainty.NO and each.valid_to is not None:
        end = dates.span(each.valid_to).first
        if any(start < end for start in starts) or running != Certainty.NO:
            yield "denied", _undated(record, each) or ("graded" if ended == Certainty.YES else "unclear date")


def _certainty(record: Record, each: Said, running: Certainty, options: Options) -> str:
    doubt = _undated(record, each)
    if doubt:
        return doubt
    if running == Certainty.UNCLEAR:
        return "unclear date"
    for rule in options.stale:
        if rule.kind == each.tie.kind and record.put_as != Stance.DENIED:
            confirmed = record.published or each.valid_from
            if confirmed and _years_before(options.as_of, rule.years) > dates.span(confirmed).last:
                return "stale"
    return "graded"


def _undated(record: Record, each: Said) -> str | None:
    """Give why a record counts in the bounds only, whatever its dates; None where it does not."""
    if record.put_as == Stance.INFERRED or each.is_unclear:
        return "unreviewed"
    return None if record.is_judged else "unjudged"


def _years_before(day: dt.date, years: int) -> dt.date:
    year = max(day.year - years, dt.MINYEAR)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)

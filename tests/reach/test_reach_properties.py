"""What must hold of every case (design 4.7), on random ones with ties, denials, ranges and readings of every kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from reach_cases import Case, Mix, random_case, renamed, sampled, sets

from longarm.model.finding import Finding
from longarm.model.ties import Assertion, Kind, Tie

W = 64
cases = st.builds(lambda seed: random_case(random.Random(seed), Mix(ties=18)), st.integers(0, 2**32))
LEVELS = ("control", "compel", "influence")
BOUNDS = ("lower", "graded", "upper")
WHATS = ("joint", "power", "means")


def subset(smaller: int, larger: int) -> bool:
    return not smaller & ~larger


@given(cases)
def test_the_narrow_reading_lies_within_the_wide(case: Case) -> None:
    """A reading opens routes and closes none."""
    found = sets(case, sampled(W))
    for key, worlds in found.items():
        assert subset(worlds, found[(key[0], "wide", *key[2:])])


@given(cases)
def test_control_lies_within_compel_and_compel_within_influence(case: Case) -> None:
    """The level of a way is its weakest link, and the best way wins."""
    found = sets(case, sampled(W))
    for *key, level in found:
        for weaker in LEVELS[LEVELS.index(level) + 1 :] if level else ():
            assert subset(found[(*key, level)], found[(*key, weaker)])


@given(cases)
@example(random_case(random.Random(233281), Mix(ties=18)))  # a doubtful safeguard on votes once let the shares step in
def test_lower_lies_within_graded_and_graded_within_upper(case: Case) -> None:
    """World for world, for J, J ∪ M and J ∪ L: safeguards and suspensions in doubt are taken the other way round."""
    found = sets(case, sampled(W))
    for (bound, *key), worlds in found.items():
        for wider in BOUNDS[BOUNDS.index(bound) + 1 :]:
            assert subset(worlds, found[(wider, *key)])


@given(cases)
def test_means_and_power_each_include_where_they_meet(case: Case) -> None:
    """J lies within J ∪ M and within J ∪ L."""
    found = sets(case, sampled(W))
    for (bound, reading, capability, part, what, level), worlds in found.items():
        if what == "joint":
            assert subset(worlds, found[bound, reading, capability, part, "power", level])
            assert subset(worlds, found[bound, reading, capability, part, "means", ""])


def carrying(case: Case) -> list[Tie]:
    """Ties that can carry reach: no safeguard, no suspension, no figure that stands in for a larger one."""
    said = {a.tie for a in case.assertions}
    shares = {(t.holder, t.held) for t in case.ties.values() if t.kind == Kind.INTEREST and t.cls == "shares"}
    return [
        t
        for t in sorted(case.ties.values(), key=lambda t: t.id)
        if t.id in said
        and t.kind != Kind.SAFEGUARD
        and not (t.kind == Kind.INTEREST and t.cls == "suspended")
        and not (t.cls == "votes" and (t.holder, t.held) in shares)
    ]


def one_more(case: Case, tie: Tie, stance: str, grade: str, certainty: str) -> Case:
    """Let one more origin say of a tie what the others say, or deny it."""
    given_ = [a for a in case.assertions if a.tie == tie.id and a.stance == "asserted"]
    lows, highs = [a.share_lo for a in given_], [a.share_hi for a in given_]
    has = stance == "asserted" and given_ and None not in lows
    more = Assertion(
        key=f"new\x1f{tie.id}\x1f{stance}",
        tie=tie.id,
        origin="new",
        stance=stance,
        put_as=stance,
        letter=grade[0],
        digit=grade[1],
        certainty=certainty,
        share_lo=max(lows) if has else None,  # type: ignore[type-var]
        share_hi=max(highs) if has else None,  # type: ignore[type-var]
    )
    return replace(case, assertions=[*case.assertions, more])


grades = st.sampled_from((("A1", "graded"), ("C3", "graded"), ("F6", "unjudged"), ("B2", "stale")))


@given(cases, st.integers(0, 100), grades)
def test_more_evidence_for_a_carrying_tie_never_lowers_reach(case: Case, pick: int, grade: tuple[str, str]) -> None:
    """Another origin that says the same, of any grade, in every bound."""
    ties = carrying(case)
    assume(ties)
    before = sets(case, sampled(W))
    after = sets(one_more(case, ties[pick % len(ties)], "asserted", *grade), sampled(W))
    assert all(subset(before[k], after[k]) for k in before)


@given(cases, st.integers(0, 100), grades)
def test_a_denial_of_a_carrying_tie_never_raises_reach(case: Case, pick: int, grade: tuple[str, str]) -> None:
    """Another origin that denies it, of any grade, in every bound."""
    ties = carrying(case)
    assume(ties)
    before = sets(case, sampled(W))
    after = sets(one_more(case, ties[pick % len(ties)], "denied", *grade), sampled(W))
    assert all(subset(after[k], before[k]) for k in before)


@given(cases)
def test_a_smaller_run_is_a_prefix_of_a_larger(case: Case) -> None:
    """World k is the same world at any number of worlds."""
    small, large = sets(case, sampled(256)), sets(case, sampled(1024))
    assert small == {k: m & ((1 << 256) - 1) for k, m in large.items()}


def numbers(findings: tuple[Finding, ...]) -> Iterator[tuple[object, ...]]:
    """Everything in a finding that is a number, with its place."""
    for f in findings:
        yield (
            f.capability,
            f.reading,
            f.standing,
            f.gross,
            f.joint,
            f.means_only,
            f.power_only,
            f.levels,
            f.ways_complete,
        )
        if f.ways_complete:
            yield tuple(sorted((w.share, w.level or "", len(w.ties)) for w in f.ways))
        yield tuple(sorted(round(g.gain, 12) for g in f.gains))
        yield tuple(sorted((len(c.ties), c.left) for c in f.cuts))
        yield tuple(sorted(left for _, left in f.breaks))


@given(cases, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_input_changes_nothing(case: Case, rng: random.Random) -> None:
    """Ties, assertions and safeguards shuffled: every finding with all that explains it is the same."""
    ties = list(case.ties.items())
    said, guards = list(case.assertions), list(case.safeguards)
    for some in (ties, said, guards):
        rng.shuffle(some)  # type: ignore[arg-type]
    other = replace(case, ties=dict(ties), assertions=said, safeguards=guards)
    assert case.find(worlds=sampled(W)) == other.find(worlds=sampled(W))


NAMES = {
    "S": "X",
    "T": "S",
    "a": "zulu",
    "b": "yankee",
    "c": "b",
    "d": "a",
    "e": "kilo",
    "x": "a person",
    "site": "the site",
}


@given(cases)
@settings(max_examples=40)
def test_another_state_with_other_firms_gets_the_same_numbers(case: Case) -> None:
    """The neutrality swap: states and entities renamed throughout, draw keys carried along and not computed again."""
    other = renamed(case, NAMES)
    mine, theirs = case.find(worlds=sampled(W)), other.find(worlds=sampled(W))
    assert list(numbers(mine.findings)) == list(numbers(theirs.findings))
    assert [(p.share, p.at_most) for p in mine.possible] == [(p.share, p.at_most) for p in theirs.possible]


@given(cases)
def test_equal_law_under_another_flag_gives_equal_numbers(case: Case) -> None:
    """The two states of a case change places, and the question is put for the other one."""
    swapped = renamed(case, {"S": "T", "T": "S"})
    assert swapped.state == "T"
    assert sets(case, sampled(W)) == sets(swapped, sampled(W))
    assert sets(case, sampled(W), state="T") == sets(swapped, sampled(W), state="S")


@given(cases)
def test_a_state_without_any_tie_reaches_nothing(case: Case) -> None:
    """Somebody without any tie to a state gives it nothing, in any bound or reading."""
    assert not any(sets(case, sampled(W), state="nowhere").values())


@pytest.mark.long
@given(cases)
@settings(max_examples=3000)
def test_bounds_readings_and_levels_are_nested_in_three_thousand_cases(case: Case) -> None:
    """The first three properties, at length."""
    found = sets(case, sampled(W))
    for (bound, reading, capability, part, what, level), worlds in found.items():
        assert subset(worlds, found[bound, "wide", capability, part, what, level])
        assert subset(worlds, found["upper", reading, capability, part, what, level])
        if bound == "lower":
            assert subset(worlds, found["graded", reading, capability, part, what, level])
        if level:
            assert subset(worlds, found[bound, reading, capability, part, what, "influence"])

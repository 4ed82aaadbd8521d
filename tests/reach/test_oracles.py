"""The kernel against what is not the kernel: one world at a time, per-world SQL, and networkx.

The oracles are written from section 4 of the design; see `plain_world.py` and `sql_oracle.py`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_world import exact
from reach_cases import ENTITIES, SURE, Case, Mix, exact_or_none, random_case, sampled, sets
from sql_oracle import rows

from longarm.reach.hold import draws

SMALL = Mix(ties=18, origins=3, said=2, guards=1, uncertain=2)
MOST_WORLDS = 24


def small_cases(first: int, count: int) -> Iterator[Case]:
    """Cases of which every world can be gone through."""
    seed = first
    while count:
        case = random_case(random.Random(seed), SMALL)
        if exact_or_none(case, MOST_WORLDS) is not None:
            count -= 1
            yield case
        seed += 1


def outcomes(case: Case) -> dict[str, set[int]]:
    """The values at which each draw turns."""
    found: dict[str, set[int]] = {}
    for key, value in draws(case.frozen(), SURE):
        if 0 < value < 1000:
            found.setdefault(key, set()).add(value)
    return found


def agree_with_enumeration(cases: Iterator[Case]) -> int:
    """Give how many cases agreed, all of them or none."""
    agreed = 0
    for case in cases:
        worlds = case.exact()
        kernel = {key: worlds.exact(m) for key, m in sets(case, worlds).items()}
        assert kernel == exact(case, outcomes(case))
        agreed += 1
    return agreed


def test_enumerated_worlds_give_the_fractions_of_an_oracle_that_goes_through_them_one_by_one() -> None:
    """J, J ∪ M and J ∪ L of every part, capability, level, reading and bound: equal as fractions, on 300 graphs."""
    assert agree_with_enumeration(small_cases(0, 300)) == 300


@pytest.mark.long
@pytest.mark.parametrize("first", range(1_000_000, 2_000_000, 100_000))
def test_enumerated_worlds_give_the_fractions_of_the_oracle_on_ten_thousand_graphs(first: int) -> None:
    """As above, on ten times 1,000 graphs."""
    assert agree_with_enumeration(small_cases(first, 1000)) == 1000


def far_off(cases: Iterator[Case], count: int) -> tuple[int, int]:
    """Give how many shares were compared, and how many lie more than four half-widths from the exact one."""
    compared = far = 0
    for case in cases:
        worlds, drawn = case.exact(), sampled(count)
        truth, guess = sets(case, worlds), sets(case, drawn)
        for key in truth:
            share = drawn.share(guess[key])
            compared += 1
            far += abs(share - worlds.share(truth[key])) > 4 * drawn.half_width(share)
    return compared, far


def test_sampled_worlds_lie_within_four_half_widths_of_the_exact_share() -> None:
    """Of 300 graphs, at 1,024 worlds: a normal error would leave one share in 10¹⁴ outside."""
    compared, far = far_off(small_cases(50_000, 300), 1024)
    assert compared > 10_000
    assert far == 0


@pytest.mark.long
def test_sampled_worlds_lie_within_four_half_widths_on_ten_thousand_graphs() -> None:
    """As above, on 10,000 graphs; nearly all, for the tail of many draws."""
    compared, far = far_off(small_cases(2_000_000, 10_000), 1024)
    assert far <= compared / 1_000_000


def agree_with_sql(seeds: Sequence[int], count: int) -> None:
    """Hold the kernel to the SQL, world for world."""
    cases = [random_case(random.Random(seed), Mix(ties=18)) for seed in seeds]
    kernel = set()
    for g, case in enumerate(cases):
        for (bound, reading, capability, part, what, level), m in sets(case, sampled(count)).items():
            here = (g, str(bound), str(reading), str(capability), part, what, str(level))
            kernel |= {(*here, w) for w in range(count) if m >> w & 1}
    assert kernel == rows(cases, count)


def test_the_kernel_agrees_with_per_world_sql_world_for_world() -> None:
    """J, J ∪ M and J ∪ L of every part, capability, level, reading and bound, on 50 graphs of up to 18 ties."""
    agree_with_sql(range(50), 32)


@pytest.mark.long
@pytest.mark.parametrize("first", range(100_000, 102_000, 50))
def test_the_kernel_agrees_with_per_world_sql_on_two_thousand_graphs(first: int) -> None:
    """As above, on 2,000 graphs and 64 worlds."""
    agree_with_sql(range(first, first + 50), 64)


@given(
    st.lists(st.tuples(st.sampled_from(ENTITIES), st.sampled_from(ENTITIES)), max_size=12), st.sampled_from(ENTITIES)
)
def test_plain_control_is_what_can_be_walked_to(pairs: list[tuple[str, str]], body: str) -> None:
    """Direct control alone: the control closure is reachability in a directed graph."""
    case = Case()
    case.organ(body)
    graph = nx.DiGraph()
    graph.add_node(body)
    for holder, company in pairs:
        case.controls(holder, company)
        graph.add_edge(holder, company)
    for entity in ENTITIES:
        case.access(entity, part=f"at-{entity}")
    found = case.planes(worlds=sampled(1))["stop"]
    reached = {e for e in ENTITIES if found.meetings["narrow", f"at-{e}"].joint["control"]}
    assert reached == {body, *nx.descendants(graph, body)}


@given(st.permutations(ENTITIES), st.lists(st.integers(1, 100), min_size=4, max_size=4))
def test_a_chain_of_majorities_carries_control_as_far_as_each_is_over_one_half(
    order: list[str], shares: list[int]
) -> None:
    """Single holders: the closure walks the edges over 50 %, and multiplies nothing."""
    case = Case()
    case.organ(order[0])
    graph = nx.DiGraph()
    graph.add_node(order[0])
    for holder, company, percent in zip(order, order[1:], shares, strict=False):
        case.holds(holder, company, percent, "register Z0")
        if percent > 50:
            graph.add_edge(holder, company)
    for entity in ENTITIES:
        case.access(entity, part=f"at-{entity}")
    found = case.planes(worlds=sampled(1))["stop"]
    reached = {e for e in ENTITIES if found.meetings["narrow", f"at-{e}"].joint["control"]}
    assert reached == {order[0], *nx.descendants(graph, order[0])}

"""Integrated ownership, against a linear solve and against the sum over all ways."""

from __future__ import annotations

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from holding_draws import NAMES, holding, matrix, of, rows
from hypothesis import assume, given

from longarm.control.beneficial import owners
from longarm.control.holdings import Holding, Holdings
from longarm.control.integrated import has_no_inverse, integrated, inverse, multiplied, ultimate, uncorrected
from longarm.control.linear import components
from longarm.errors import OptionError
from longarm.model.terms import WHOLE


@given(rows())
def test_integrated_ownership_is_the_solution_of_the_linear_system(drawn: list[Holding]) -> None:
    """numpy.linalg on the matrix without the links into the root (Baldone et al. 1998)."""
    found = Holdings.of(drawn)
    a = np.array(matrix(found))
    for at, root in enumerate(NAMES):
        cut = a.copy()
        cut[:, at] = 0
        inner = cut.copy()
        inner[at, :] = 0
        if abs(np.linalg.det(np.eye(len(NAMES)) - inner)) < 1e-9:
            continue
        expected = cut[at, :] @ np.linalg.inv(np.eye(len(NAMES)) - inner)
        computed = integrated(found, root)
        assert [float(computed.get(name) or 0) for name in NAMES] == pytest.approx(list(expected), abs=1e-9)


@given(rows())
def test_before_the_correction_it_is_the_leontief_inverse(drawn: list[Holding]) -> None:
    """A(I − A)⁻¹ and (I − A)⁻¹ (Brioschi et al. 1989); where there is no inverse, that is said."""
    found = Holdings.of(drawn)
    a = np.array(matrix(found))
    singular = abs(np.linalg.det(np.eye(len(NAMES)) - a)) < 1e-9
    assert has_no_inverse(found) == singular
    assume(not singular)
    full = np.linalg.inv(np.eye(len(NAMES)) - a)
    for at, root in enumerate(NAMES):
        assert [float(inverse(found, root).get(n) or 0) for n in NAMES if n in found.entities] == pytest.approx(
            [full[at, i] for i, n in enumerate(NAMES) if n in found.entities], abs=1e-9
        )
        if root in found.entities:
            assert float(uncorrected(found, root)[root] or 0) == pytest.approx(full[at, at] - 1, abs=1e-9)


@given(rows(acyclic=True))
def test_without_cycles_it_is_the_sum_over_all_ways(drawn: list[Holding]) -> None:
    """networkx enumerates the ways; multiplied and integrated are then the same, exactly."""
    found = Holdings.of(drawn)
    graph = nx.DiGraph()
    graph.add_nodes_from(NAMES)
    graph.add_weighted_edges_from((h.owner, h.owned, Fraction(h.owns.lo, WHOLE)) for h in found.rows)
    for root in NAMES:
        expected = {}
        for name in NAMES:
            ways = nx.all_simple_edge_paths(graph, root, name) if name != root else []
            total = sum((_product(graph, way) for way in ways), start=Fraction(0))
            if total:
                expected[name] = total
        assert integrated(found, root) == expected
        assert multiplied(found, root) == expected


def _product(graph: nx.DiGraph, way: list[tuple[str, str]]) -> Fraction:
    total = Fraction(1)
    for edge in way:
        total *= graph.edges[edge]["weight"]
    return total


@given(rows())
def test_nobody_has_more_than_the_whole(drawn: list[Holding]) -> None:
    """In consistent data every corrected share lies between 0 and 1."""
    found = Holdings.of(drawn)
    for root in NAMES:
        assert all(v is None or 0 <= v <= 1 for v in integrated(found, root).values())


@given(rows())
def test_the_value_of_a_company_is_shared_out_in_full(drawn: list[Holding]) -> None:
    """Elliott, Golub and Jackson: the columns of Ĉ(I − C)⁻¹ sum to one."""
    found = Holdings.of(drawn)
    assume(not has_no_inverse(found))
    for name in found.entities:
        assert sum((ultimate(found, root).get(name) or 0 for root in found.entities), start=Fraction(0)) == 1


@given(rows())
def test_components_are_those_of_another_library(drawn: list[Holding]) -> None:
    """networkx finds the same strongly connected components, and ours come holders first."""
    columns = {h.owned: dict[str, Fraction]() for h in drawn}
    for h in drawn:
        columns[h.owned][h.owner] = Fraction(1)
    found = components(columns)
    graph = nx.DiGraph((h.owner, h.owned) for h in drawn)
    assert {frozenset(c) for c in found} == {frozenset(c) for c in nx.strongly_connected_components(graph)}
    place = {name: at for at, group in enumerate(found) for name in group}
    assert all(place[h.owner] <= place[h.owned] for h in drawn)


def test_a_large_ring_is_solved_in_floating_point() -> None:
    """Sixty companies each hold half of the next: the closed form is a geometric series."""
    names = [f"r{at:02d}" for at in range(60)]
    ring = of(("X", "r00", 40.0), *((a, b, 50.0) for a, b in zip(names, [*names[1:], names[0]], strict=True)))
    value = integrated(ring, "X")["r59"]
    assert float(value or 0) == pytest.approx(0.4 * 0.5**59 / (1 - 0.5**60), rel=1e-6)
    assert not has_no_inverse(ring)


def test_a_ring_that_owns_itself_has_no_answer_and_says_so() -> None:
    """Contradictory rows (110 % of A) give None, never a crash or a share over the whole."""
    found = of(("X", "A", 10.0), ("A", "B", 100.0), ("B", "A", 100.0), ("B", "C", 50.0))
    assert integrated(found, "X") == {"A": None, "B": None, "C": None}
    large = [f"r{at:02d}" for at in range(40)]
    ring = of(("X", "r00", 10.0), *((a, b, 100.0) for a, b in zip(large, [*large[1:], large[0]], strict=True)))
    assert set(integrated(ring, "X").values()) == {None}
    assert has_no_inverse(ring)


def test_a_chain_of_ten_thousand_is_no_recursion() -> None:
    """The product of ten thousand links keeps sixty digits, and no more."""
    found = of(*((str(at), str(at + 1), 99.99) for at in range(10_000)))
    value = integrated(found, "0")["10000"]
    assert float(value or 0) == pytest.approx(0.9999**10_000, rel=1e-9)
    assert float(multiplied(found, "0")["10000"]) == pytest.approx(0.9999**10_000, rel=1e-9)


def test_too_many_ways_are_refused_and_not_cut_short() -> None:
    """Every company holds a part of every other: the ways cannot be listed."""
    names = [f"n{at:02d}" for at in range(14)]
    dense = Holdings.of(holding(a, b, WHOLE // 20) for a in names for b in names if a != b)
    with pytest.raises(OptionError, match="ways"):
        multiplied(dense, "n00")


def test_an_ultimate_owner_needs_more_than_a_quarter_or_control() -> None:
    """Exactly 25 % is not more than 25 %; a majority chain counts whatever the product."""
    found = of(("P", "T", 25.0), ("Q", "T", 25.1), ("R", "U", 40.0), ("U", "T", 40.0))
    assert owners(found) == {"Q": ("T",), "R": ("U",)}
    assert owners(found, inclusive=True)["P"] == ("T",)

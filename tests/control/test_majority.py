"""Control by joint majority, against an independent closure and against its own laws."""

from __future__ import annotations

import networkx as nx
from holding_draws import NAMES, holding, of, rows
from hypothesis import given
from hypothesis import strategies as st

from longarm.control.capability import capabilities
from longarm.control.holdings import Holding, Holdings
from longarm.control.majority import Rule, closure, kinds_of_control, pairs, suspend_upstream, votes_of
from longarm.model.terms import WHOLE


def _slow_closure(found: Holdings, root: str) -> set[str]:
    """Repeat the definition until nothing changes, in per cent of the votes, without any of our indexes."""
    inside = {root}
    while True:
        more = {
            name
            for name in NAMES
            if name not in inside
            and 2 * sum(h.owns.lo for h in found.rows if h.owned == name and h.owner in inside) > WHOLE
        }
        if not more:
            return inside - {root}
        inside |= more


@given(rows())
def test_the_closure_is_that_of_the_definition(drawn: list[Holding]) -> None:
    """A second formulation: repeat the rule until nothing changes."""
    found = Holdings.of(drawn)
    for root in NAMES:
        assert closure(found, [root]) == _slow_closure(found, root)


@given(rows())
def test_where_single_majorities_suffice_control_is_reachability_along_them(drawn: list[Holding]) -> None:
    """networkx: with one holder a company, control is the transitive closure of majorities."""
    single = {h.owned: h for h in drawn}
    found = Holdings.of(single.values())
    graph = nx.DiGraph((h.owner, h.owned) for h in found.rows if 2 * h.owns.lo > WHOLE)
    graph.add_nodes_from(NAMES)
    for root in NAMES:
        assert closure(found, [root]) == nx.descendants(graph, root)


@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(drawn: list[Holding], random: object) -> None:
    """Totals stay totals."""
    shuffled = list(drawn)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pairs(Holdings.of(drawn)) == pairs(Holdings.of(shuffled))


@given(rows(), st.sampled_from(NAMES))
def test_one_more_holding_never_takes_control_away_from_its_holder(drawn: list[Holding], root: str) -> None:
    """Control is monotone in the holdings of the set, and in the set."""
    found = Holdings.of(drawn)
    more = Holdings.of([*drawn, holding(root, "G", WHOLE // 10 * 6, row=99)])
    assert closure(found, [root]) <= closure(more, [root])
    assert closure(found, [root]) <= closure(found, [root, "A"]) | {"A"}


@given(rows(ranged=True), st.sampled_from(NAMES))
def test_what_is_certain_is_possible(drawn: list[Holding], root: str) -> None:
    """lower ⊆ upper."""
    found = Holdings.of(drawn)
    assert closure(found, [root], end="lo") <= closure(found, [root], end="hi")


@given(rows(), st.sampled_from(NAMES), st.integers(1, 9), st.integers(1, 9))
def test_a_higher_threshold_never_gives_more(drawn: list[Holding], root: str, one: int, other: int) -> None:
    """And reaching a threshold gives at least what exceeding it gives."""
    found = Holdings.of(drawn)
    low, high = sorted((one * WHOLE // 10, other * WHOLE // 10))
    assert closure(found, [root], Rule(high)) <= closure(found, [root], Rule(low))
    assert closure(found, [root], Rule(low)) <= closure(found, [root], Rule(low, inclusive=True))


@given(st.integers(2, 60), st.integers(1, 10))
def test_a_ring_of_companies_gives_an_outsider_nothing_by_itself(size: int, percent: int) -> None:
    """A cycle does not bootstrap control: half or less of one member stays half or less."""
    names = [f"r{at}" for at in range(size)]
    ring = [(a, b, 50.0) for a, b in zip(names, [*names[1:], names[0]], strict=True)]
    assert not closure(of(*ring, ("X", names[0], percent * 5.0)), ["X"])


def test_a_chain_of_ten_thousand_does_not_recurse() -> None:
    """Depth is no limit."""
    found = of(*((str(at), str(at + 1), 51.0) for at in range(10_000)))
    assert len(closure(found, ["0"])) == 10_000


def test_shares_of_one_company_add_over_everything_controlled() -> None:
    """20 + 20 + 11 through three subsidiaries are a majority; without one of them they are none."""
    ties = [("S", n, 60.0) for n in "ABC"] + [("A", "T", 20.0), ("B", "T", 20.0), ("C", "T", 11.0)]
    assert "T" in closure(of(*ties), ["S"])
    assert "T" not in closure(of(*ties[1:]), ["S"])
    assert votes_of(of(*ties), "S", "T") == (510_000_000, WHOLE)


def test_a_minority_that_contracts_control_is_reported_by_its_kind() -> None:
    """Both ways stand beside each other: the contract and the shares."""
    found = Holdings.of([holding("A", "T", WHOLE * 6 // 10), Holding("A", "T", "contract", word="VIE contract")])
    assert kinds_of_control(found, "A", "T") == ["VIE contract", "shares"]
    assert kinds_of_control(found, "T", "A") == []


def test_a_suspension_that_creates_control_suspends_further_votes() -> None:
    """X gets A by B's suspended votes, and then C, whose votes in A are X's own group's."""
    found = of(("X", "A", 41.0), ("A", "B", 100.0), ("B", "A", 20.0))
    assert closure(suspend_upstream(found), ["X"]) == {"A", "B"}
    assert pairs(found) == [("A", "B")]


def test_who_lends_a_voice_is_not_controlled() -> None:
    """Under a concert tie Y's 25 % count for Z, and Y stays its own."""
    found = Holdings.of([holding("Z", "T", 280_000_000), holding("Y", "T", 250_000_000), Holding("Z", "Y", "concert")])
    assert closure(found, ["Z"]) == {"T"}


def test_what_holdings_allow_below_control() -> None:
    """A golden share shapes and stops where it is, and nothing over the sisters; over a quarter blocks."""
    found = Holdings.of([
        holding("S", "T", 10_000_000, kind="golden"), holding("P", "T", 990_000_000), holding("P", "Sister", WHOLE),
        holding("Q", "U", 250_000_001), holding("R", "U", 250_000_000), Holding("R", "V", "seat"),
    ])  # fmt: skip
    assert capabilities(found, "S", "T") == ("shape", "stop")
    assert capabilities(found, "S", "Sister") == ()
    assert capabilities(found, "P", "T") == ("see", "shape", "stop")
    assert capabilities(found, "Q", "U") == ("shape", "stop")
    assert capabilities(found, "R", "U") == ()
    assert capabilities(found, "R", "V") == ("see", "shape")

"""The worked examples of the design (4.1 to 4.7), exactly: every outcome is enumerated, nothing is sampled."""

from __future__ import annotations

from fractions import Fraction

import pytest
from reach_cases import Case

from longarm.model.ties import Kind

B2 = Fraction(95, 100) * Fraction(95, 100)


def operated(by: str = "e") -> Case:
    """A site whose operator can see, shape and stop."""
    case = Case()
    case.access(by)
    return case


def test_one_register_line_of_grade_b2_is_one_draw() -> None:
    """.95 × .95 = .9025; three documents that repeat the origin are the same assertion, and change nothing."""
    case = operated()
    case.organ("e", "register B2")
    assert case.share(level="control") == B2
    again = operated()
    again.organ("e", ["register B2", "register B2"])
    assert again.share(level="control") == B2


def test_a_second_origin_adds_and_a_denial_takes_away() -> None:
    """More origins soundly and rightly assert it than deny it."""
    two = operated()
    two.organ("e", ["one B2", "other B2"])
    assert two.share(level="control") == 1 - (1 - B2) ** 2
    denied = operated()
    denied.organ("e", ["one B2", "other B2 denied"])
    assert denied.share(level="control") == B2 * (1 - B2)


def test_two_papers_on_one_holding_stay_one_holding() -> None:
    """30 % said twice is 30 %, and no majority."""
    case = operated("c")
    case.organ("a")
    tie = case.holds("a", "c", 30, "one Z0")
    case.say(tie, "other Z0", 30)
    assert case.share("shape", "control") == 0
    assert case.share("shape", "influence") == 1


def test_ten_times_five_percent_is_no_majority_and_a_little_more_is() -> None:
    """Parts per 10⁹: exactly one half is not more than one half."""
    case = operated("c")
    for i in range(10):
        case.organ(f"h{i}")
        case.holds(f"h{i}", "c", 5, "register Z0")
    assert case.share("stop", "control") == 0
    case.organ("h10")
    case.holds("h10", "c", 0.0000001, "register Z0")
    assert case.share("stop", "control") == 1


def test_control_and_influence_together_give_influence() -> None:
    """S controls A (30 % of C) and influences B (30 % of C): C is influenced, not controlled."""
    case = operated("c")
    case.organ("a")
    case.organ("s")
    case.holds("s", "b", 30, "register Z0")
    case.holds("a", "c", 30, "register Z0")
    case.holds("b", "c", 30, "register Z0")
    assert case.share("shape", "control") == 0
    assert case.share("shape", "influence") == 1


def test_a_way_takes_one_influence_hop_and_no_second() -> None:
    """A minority of a minority is no influence."""
    case = operated("c")
    case.organ("s")
    case.holds("s", "b", 30, "register Z0")
    case.holds("b", "c", 30, "register Z0")
    assert case.share("shape", "influence") == 0


def test_a_safeguard_on_one_of_two_ways_leaves_the_reach_whole() -> None:
    """S → B1 → p and S → B2 → p with a safeguard on B1–p: nothing is lost; with one on both, all is."""
    case = Case()
    case.organ("b1")
    case.organ("b2")
    first, second = case.access("b1"), case.access("b2")
    case.guard("g", [first])
    assert case.share("stop", "control") == 1
    case.guard("h", [second])
    assert case.share("stop", "control") == 0


def test_a_safeguard_takes_away_in_the_share_of_worlds_in_which_it_works() -> None:
    """Gross is the reach without it, residual with it."""
    case = Case()
    case.organ("b")
    case.guard("g", [case.access("b")], works=800)
    finding = case.finding("stop")
    assert finding.standing.rung == "no path found"
    assert finding.joint == pytest.approx(0.2)
    assert finding.gross.confidence == 1.0


def test_power_without_access_and_access_without_power_do_not_meet() -> None:
    """S compels X, who has no access, and Y, unrelated to S, operates the part: no path found."""
    case = operated("y")
    case.registered("x")
    case.duty("x")
    case.registered("y", state="T")
    for capability in ("see", "shape", "stop"):
        for reading in ("narrow", "wide"):
            assert case.finding(capability, reading).standing.rung == "no path found"


def test_a_firm_of_another_state_is_not_bound_by_being_active_there() -> None:
    """Being active in S opens nothing; only registration or management there makes the direct route."""
    case = operated("e")
    case.registered("e", state="T")
    case.duty("e", state="T")
    assert case.finding("stop").standing.rung == "no path found"
    assert case.share("stop", "influence") == 0


def test_what_the_bound_controls_elsewhere_needs_the_parent_route() -> None:
    """Closed in the narrow reading where it is disputed, open in the wide one; control of the parent is not enough."""
    case = operated("sub")
    case.registered("parent")
    case.duty("parent")
    case.holds("parent", "sub", 80, "register Z0")
    assert case.share("stop", "compel", reading="wide") == 0
    case.duty("parent", route=Kind.DUTY_PARENT, opens="wide")
    assert case.share("stop", "compel", reading="narrow") == 0
    assert case.share("stop", "compel", reading="wide") == 1
    assert case.finding("stop", "narrow").standing.rung == "means only"


def test_an_article_gives_only_its_capability() -> None:
    """A law on access gives see; it does not stop anything."""
    case = operated()
    case.duty("e", gives=("see",))
    assert case.share("see", "compel") == 1
    assert case.share("stop", "compel") == 0


def test_what_cannot_be_judged_stands_in_the_bounds_alone() -> None:
    """F and 6 get no number: left out of the graded result, taken at their least and most in the bounds."""
    case = operated()
    case.organ("e", "somebody F6")
    shares = [case.share("stop", "control", bound=b) for b in ("lower", "graded", "upper")]
    assert shares == [0, 0, 1]
    denied = operated()
    denied.organ("e", ["register B2", "somebody F6 denied"])
    assert [denied.share("stop", "control", bound=b) for b in ("lower", "graded", "upper")] == [0, B2, B2]


def test_of_two_shares_the_smaller_counts_and_in_the_upper_bound_the_larger() -> None:
    """45 % by one register and 55 % by another: no majority for certain, one at most."""
    case = operated("c")
    case.organ("a")
    tie = case.holds("a", "c", 45, "one Z0")
    case.say(tie, "other Z0", 55)
    assert [case.share("stop", "control", bound=b) for b in ("lower", "graded", "upper")] == [0, 0, 1]


def test_a_range_is_taken_at_its_ends() -> None:
    """25 to 75 %: its smaller end in the graded result and the lower bound, its larger in the upper."""
    case = operated("c")
    case.organ("a")
    case.holds("a", "c", (25, 75), "register Z0")
    assert [case.share("stop", "control", bound=b) for b in ("lower", "graded", "upper")] == [0, 0, 1]


def test_a_golden_share_reaches_its_company_and_no_sister() -> None:
    """Shape or stop over the entity that it is in, never a majority, nothing over its sisters or its parent."""
    case = Case()
    case.organ("s")
    for company in ("unit", "sister", "parent"):
        case.access(company, part=f"at-{company}")
    case.holds("parent", "unit", 99, "register Z0")
    case.holds("parent", "sister", 100, "register Z0")
    case.influences("s", "unit", "veto", gives=("shape", "stop"))
    assert case.share("shape", "influence", part="at-unit") == 1
    assert case.share("see", "influence", part="at-unit") == 0
    assert case.share("shape", "control", part="at-unit") == 0
    for other in ("sister", "parent"):
        assert case.share("shape", "influence", part=f"at-{other}") == 0


def test_posted_staff_are_reached_through_their_employer_alone() -> None:
    """Where the article opens the staff route; a person without such an employer is reached by nobody."""
    case = operated("x")
    case.registered("firm")
    case.duty("firm")
    case.employs("firm", "x")
    assert case.share("see", "compel") == 0
    case.duty("firm", route=Kind.DUTY_STAFF)
    assert case.share("see", "compel") == 1


def test_data_held_in_a_state_bind_whoever_holds_them_at_that_part_alone() -> None:
    """The route *data or keys* is for what is held there."""
    case = Case()
    case.access("host", part="archive")
    case.access("host", part="depot")
    case.duty("host", route=Kind.DUTY_AT, at="archive")
    assert case.share("see", "compel", part="archive") == 1
    assert case.share("see", "compel", part="depot") == 0


def test_stop_passes_down_and_being_in_a_zone_gives_nothing() -> None:
    """*Contains* passes stop; *processes* passes all from a system to its data."""
    case = Case()
    case.organ("e")
    case.access("e", part="zone")
    case.inside(Kind.CONTAINS, "zone", "hall")
    assert [case.share(c, "control", part="hall") for c in ("see", "shape", "stop")] == [0, 0, 1]
    case.inside(Kind.PROCESSES, "zone", "data")
    assert [case.share(c, "control", part="data") for c in ("see", "shape", "stop")] == [1, 1, 1]


def test_an_accounting_consolidation_gives_nothing() -> None:
    """A tie of its own kind without a share."""
    case = operated("c")
    case.organ("s")
    case.tie("consolidation", "s", "c")
    assert case.share("stop", "influence") == 0


def test_cuts_are_minimal_and_leave_the_finding_below_the_threshold() -> None:
    """Two ways need two cuts, one way one; a law and the state's own organ cannot be cut."""
    case = Case()
    case.organ("b1")
    case.organ("b2")
    case.access("b1")
    case.access("b2")
    cuts = case.finding("stop").cuts
    assert len(cuts) == 1
    assert len(cuts[0].ties) == 2
    assert cuts[0].left == 0


def test_what_to_find_out_next_is_ranked_by_how_far_it_could_move_the_answer() -> None:
    """2·p·(1−p)·|with it − without it|."""
    case = operated()
    case.organ("e", "one C3")
    finding = case.finding("stop")
    p = 0.64
    assert finding.gains[0].gain == pytest.approx(2 * p * (1 - p) * 1.0)


def test_the_source_that_a_finding_does_not_survive_is_named() -> None:
    """Struck, it takes the finding below the threshold; one of two does not."""
    one = operated()
    one.organ("e", "alone B2")
    assert [o for o, _ in one.finding("stop").breaks] == ["alone"]
    two = operated()
    two.organ("e", ["first B2", "second B2"])
    assert two.finding("stop").breaks == ()

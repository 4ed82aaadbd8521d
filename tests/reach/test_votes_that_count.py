"""Votes and shares of one holder, votes that are suspended, and own shares (design 4.2)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from reach_cases import Case

B2 = Fraction(95, 100) ** 2
BOUNDS = ("lower", "graded", "upper")


def held(percent: float, cls: str = "shares", by: str = "register Z0") -> Case:
    """A state's own body that holds some of the operator."""
    case = Case()
    case.organ("s")
    case.access("c")
    case.holds("s", "c", percent, by, cls)
    return case


def control(case: Case) -> list[Fraction]:
    return [case.share("stop", "control", bound=b) for b in BOUNDS]


def test_votes_of_which_nobody_makes_use_leave_more_weight_to_the_rest() -> None:
    """40 % is no majority; with the 30 % of another suspended it is 40 of 70."""
    case = held(40)
    case.holds("other", "c", 30, "register Z0")
    assert control(case) == [0, 0, 0]
    case.holds("other", "c", 100, "court Z0", "suspended")
    assert control(case) == [1, 1, 1]


def test_suspended_votes_count_for_nobody_and_the_minority_counts_again_when_the_suspension_ends() -> None:
    """60 % held and suspended: no control, and no influence by it."""
    case = held(60)
    assert control(case) == [1, 1, 1]
    case.holds("s", "c", 100, "court Z0", "suspended")
    assert control(case) == [0, 0, 0]
    assert case.share("shape", "influence") == 0


@pytest.mark.parametrize(("suspended", "controls"), [(20, 0), (30, 0), (10, 1)])
def test_some_of_a_holders_votes_can_be_suspended(suspended: float, controls: int) -> None:
    """60 % of which 20 are suspended are 40 of 80, which is no majority; of which 10, 50 of 90, which is one."""
    case = held(60)
    case.holds("s", "c", suspended, "court Z0", "suspended")
    assert case.share("stop", "control") == controls


def test_own_shares_never_vote() -> None:
    """A company that holds 30 % of itself: 40 % of another are 40 of 70 (Directive (EU) 2017/1132 art. 63)."""
    case = held(40)
    case.holds("c", "c", 30, "register Z0")
    assert control(case) == [1, 1, 1]


def test_where_all_votes_are_suspended_nobody_has_a_majority() -> None:
    """Nothing is no part of nothing."""
    case = held(100)
    case.holds("s", "c", 100, "court Z0", "suspended")
    assert control(case) == [0, 0, 0]
    assert case.share("shape", "influence") == 0


def test_the_threshold_of_influence_is_one_of_the_votes_that_count() -> None:
    """20 % are 20 of 70 where 30 are suspended, and 25 % are enough."""
    case = held(20)
    assert case.share("shape", "influence") == 0
    case.holds("other", "c", 30, "register Z0")
    case.holds("other", "c", 100, "court Z0", "suspended")
    assert case.share("shape", "influence") == 1


def test_a_suspension_in_doubt_is_taken_as_gives_least_and_most_reach() -> None:
    """Of another's votes it adds weight, of the state's own it takes it away."""
    others = held(40)
    others.holds("other", "c", 30, "register Z0")
    others.holds("other", "c", 100, "somebody F6", "suspended")
    assert control(others) == [0, 0, 1]
    own = held(60)
    own.holds("s", "c", 100, "somebody F6", "suspended")
    assert control(own) == [0, 1, 1]


def test_a_safeguard_in_doubt_takes_away_in_the_lower_bound_alone() -> None:
    """F6 gives no number: the measure works where that gives least reach."""
    case = Case()
    case.organ("s")
    case.guard("g", [case.access("s")], by="somebody F6")
    assert control(case) == [0, 1, 1]


def test_votes_that_a_safeguard_takes_are_not_made_good_by_the_shares_behind_them() -> None:
    """60 % of the shares, 20 % of the votes: a safeguard on the votes leaves nothing to cast, whatever the shares."""
    case = held(60)
    case.holds("s", "c", 20, "register Z0", "votes")
    assert control(case) == [0, 0, 0]
    case.guard("g", ["interest:s>c[votes]"])
    assert control(case) == [0, 0, 0]
    case = held(60)
    case.holds("s", "c", 70, "register Z0", "votes")
    assert control(case) == [1, 1, 1]
    case.guard("g", ["interest:s>c[votes]"])
    assert control(case) == [0, 0, 0]


def test_where_the_votes_are_in_doubt_and_taken_the_shares_step_in_at_most() -> None:
    """The votes may be none that a safeguard could take; then the shares count."""
    case = held(60)
    case.holds("s", "c", 70, "somebody F6", "votes")
    case.guard("g", ["interest:s>c[votes]"])
    assert control(case) == [0, 1, 1]


def test_votes_count_where_they_are_known_and_shares_where_they_are_not() -> None:
    """40 % of the votes by a source that is right in .9025 of worlds, over 60 % of the shares; never both."""
    case = held(60)
    case.holds("s", "c", 40, "paper B2", "votes")
    assert case.share("stop", "control") == 1 - B2


def test_votes_in_doubt_are_taken_with_the_shares_at_least_or_at_most() -> None:
    """A figure that cannot be judged leaves the graded result alone, and moves the bound that it can move."""
    fewer = held(60)
    fewer.holds("s", "c", 40, "somebody F6", "votes")
    assert control(fewer) == [0, 1, 1]
    more = held(40)
    more.holds("s", "c", 60, "somebody F6", "votes")
    assert control(more) == [0, 0, 1]


def test_a_smaller_share_that_cannot_be_judged_lowers_the_lower_bound() -> None:
    """60 % by the register, 30 % by somebody who cannot be judged."""
    case = held(60)
    case.say("interest:s>c[shares]", "somebody F6", 30)
    assert control(case) == [0, 1, 1]


def test_a_share_that_nobody_gives_is_nothing_at_least_and_all_at_most() -> None:
    """Unknown is a value: it is neither zero nor a majority in the graded result's favour."""
    case = Case()
    case.organ("s")
    case.access("c")
    case.say(case.holds("s", "c", None, ()), "register Z0")
    assert control(case) == [0, 0, 1]


def test_one_origin_with_two_figures_is_one_voice() -> None:
    """It says the holding twice and another denies it: one against one is not more."""
    case = held(60, by="one Z0")
    case.say("interest:s>c[shares]", "one Z0", 70)
    assert control(case) == [1, 1, 1]
    case.say("interest:s>c[shares]", "other Z0 denied")
    assert control(case) == [0, 0, 0]


def test_a_supplier_acts_by_itself_and_an_owner_needs_somebody_who_directs_it() -> None:
    """A bound sole supplier gives influence; a bound holder of a veto only where the parent route is open."""
    for cls, reached in (("sole supplier", 1), ("veto", 0)):
        case = Case()
        case.access("c")
        case.duty("x")
        case.influences("x", "c", cls, gives=("stop",))
        assert case.share("stop", "influence") == reached
        case.duty("x", route="duty-parent")
        assert case.share("stop", "influence") == 1


def test_what_a_safeguard_takes_away_can_carry_no_duty_either() -> None:
    """A duty that rests on an access is gone for the capabilities for which the access is."""
    case = Case()
    access = case.access("host", part="archive", role="host")
    case.access("host", part="archive", role="tenant")
    case.duty("host", route="duty-at", at="archive", requires=((access,),))
    assert case.share("see", "compel", part="archive") == 1
    case.guard("keys", [access], ("see",))
    assert case.share("see", "compel", part="archive") == 0
    assert case.share("stop", "compel", part="archive") == 1

"""From rows of statements to ties and assertions (design 4.1, 4.2, 4.6)."""

from __future__ import annotations

import random

import pytest
from statement_rows import holding, ids, one, put, say, ties

from longarm.model.case import Stale
from longarm.model.ties import state_node

A_OF_B = "interest:a>b[shares]"


def test_many_documents_of_one_origin_are_one_assertion_with_its_best_letter_and_digit() -> None:
    """Twenty newspapers that repeat one agency are one origin, and one draw."""
    rows = [holding("agency " + grade, 30, document=f"d{i}") for i, grade in enumerate(("C3", "B4", "C2"))]
    found = one(ties(*rows))
    assert (found.letter, found.digit) == ("B", "2")
    assert len(found.statements) == 9


def test_one_origin_in_two_records_with_two_figures_is_still_one_draw_at_its_best_digit() -> None:
    """What one origin says about one tie is one assertion: both figures stand or fall together."""
    found = ties(holding("paper B3", 30, "own-1"), holding("paper B2", 35, "own-2")).assertions
    assert {a.share_lo for a in found} == {300_000_000, 350_000_000}
    assert len({a.key for a in found}) == 1
    assert {a.digit for a in found} == {"2"}


def test_the_same_holding_from_two_origins_is_one_tie() -> None:
    """Two sources on one holding are one tie, never a sum."""
    found = ties(holding("register A1", 30, "own-1"), holding("paper B3", 30, "own-2"))
    assert ids(found) == {A_OF_B}
    assert put(found) == [("paper", "asserted", "graded"), ("register", "asserted", "graded")]


def test_bounds_of_two_sources_that_cross_leave_all_that_lies_between() -> None:
    """At least 60 in one row of a merged record, at most 50 in another: 50 to 60, and no share that runs backwards."""
    found = ties(
        holding("register A1", entity="own", percentageMinimum="60"),
        holding("register A1", entity="own", percentageMaximum="50"),
    )
    assert {(a.share_lo, a.share_hi) for a in found.assertions} == {(500_000_000, 600_000_000)}


def test_an_allegation_counts_one_digit_lower() -> None:
    """B2 alleged is B3; what cannot be judged stays so."""
    assert one(ties(holding("paper B2 alleged", 30))).digit == "3"
    assert one(ties(holding("paper B6 alleged", 30))).digit == "6"


@pytest.mark.parametrize(
    ("by", "certainty"),
    [("x F2", "unjudged"), ("x B6", "unjudged"), ("x B2 inferred", "unreviewed"), ("x B2", "graded")],
)
def test_what_cannot_be_judged_or_nobody_reviewed_counts_in_the_bounds(by: str, certainty: str) -> None:
    """F, 6 and inferred have no number."""
    assert one(ties(holding(by, 30))).certainty == certainty


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({}, [("r", "asserted", "graded")]),
        ({"startDate": "2020"}, [("r", "asserted", "graded")]),
        ({"startDate": "2025"}, []),
        ({"startDate": "2024"}, [("r", "asserted", "unclear date")]),
        ({"startDate": "2024-06"}, [("r", "asserted", "unclear date")]),
        ({"startDate": "2024-06-15"}, [("r", "asserted", "graded")]),
        ({"startDate": "2020", "endDate": "2023"}, []),
        ({"startDate": "2020", "endDate": "2024-06-15"}, [("r", "asserted", "graded")]),
        ({"endDate": "2024"}, [("r", "asserted", "unclear date"), ("r", "denied", "unclear date")]),
        ({"endDate": "2025"}, [("r", "asserted", "graded")]),
    ],
)
def test_a_partial_date_is_certain_outside_its_span_and_a_possibility_inside(
    dates: dict[str, str], said: list[tuple[str, str, str]]
) -> None:
    """Asked on 15 June 2024; the last day belongs to the interval."""
    assert put(ties(holding("r A1", 30, **dates))) == said


def test_an_end_is_a_denial_of_what_another_source_takes_to_go_on() -> None:
    """From its date on; before it there is nothing to deny."""
    rows = holding("old B2", 30, "own-1"), holding("new B2", 30, "own-2", endDate="2022-03-01")
    assert put(ties(*rows)) == [("new", "denied", "graded"), ("old", "asserted", "graded")]
    assert put(ties(*rows, as_of="2021-01-01")) == [("new", "asserted", "graded"), ("old", "asserted", "graded")]


def test_a_later_holding_answers_an_earlier_end() -> None:
    """Sold in 2020 and bought back in 2022: what ended is not what runs now."""
    rows = holding("r A1", 30, "own-1", endDate="2020"), holding("r A1", 40, "own-2", startDate="2022")
    assert put(ties(*rows)) == [("r", "asserted", "graded")]


def test_an_end_that_cannot_be_judged_denies_nothing_in_the_graded_result() -> None:
    """F6 has no number, for an end as for a beginning; so has an end that nobody reviewed."""
    running = holding("r A1", 30, "own-1")
    assert ("x", "denied", "unjudged") in put(ties(running, holding("x F6", 30, "own-2", endDate="2022")))
    assert ("x", "denied", "unreviewed") in put(ties(running, holding("x B2 inferred", 30, "own-2", endDate="2022")))


def test_a_denial_counts_only_against_the_tie_and_the_dates_that_it_names() -> None:
    """A denial for 2019 says nothing of 2024, and a denial of another holding nothing of this one."""
    running = holding("r A1", 30, "own-1")
    past = holding("firm B2 denied", None, "own-2", startDate="2019", endDate="2019")
    other = say("own-3", "Ownership", "firm B2 denied", owner="a", asset="c")
    assert put(ties(running, past)) == [("r", "asserted", "graded")]
    assert [a.tie for a in ties(running, other).assertions if a.stance == "denied"] == ["interest:a>c[shares]"]


def test_a_denial_of_the_allegations_changes_no_tie() -> None:
    """A denial of conduct or intent stands beside the finding."""
    running = holding("r A1", 30)
    words = say(
        "f1", "CitedFact", "firm B2 denied", sentence="The firm denies the allegations.", bears="conduct", about="a"
    )
    assert ties(running, words) == ties(running)


def test_a_denial_or_an_end_without_a_figure_speaks_of_votes_and_shares() -> None:
    """*A holds nothing of B any more* is no word on one class of interest alone."""
    both = holding("r A1", 60, "own-1", votingPercentage=60)
    for words in (holding("firm B2 denied", None, "own-2"), holding("paper B2", None, "own-2", endDate="2022")):
        denied = {a.tie for a in ties(both, words).assertions if a.stance == "denied"}
        assert denied == {A_OF_B, "interest:a>b[votes]"}


def test_a_denied_figure_denies_the_figure_and_no_tie() -> None:
    """*Not 30 %* on a record that others make names no tie."""
    figure = say("own", "Ownership", "firm B2 denied", percentage=30)
    assert put(ties(holding("r A1", 30), figure)) == [("r", "asserted", "graded")]


def test_a_source_that_adds_only_a_figure_or_an_end_speaks_of_the_tie_that_the_record_names() -> None:
    """An accepted claim adds one property to a record; its evidence is that of the tie."""
    named = say("own", "Ownership", "r A1", owner="a", asset="b")
    figure = say("own", "Ownership", "paper B2", percentage=40)
    found = ties(named, figure)
    assert ids(found) == {A_OF_B}
    assert {a.origin: a.share_lo for a in found.assertions} == {"r": None, "paper": 400_000_000}
    ended = ties(named, say("own", "Ownership", "paper B2", endDate="2022"))
    assert put(ended) == [("paper", "denied", "graded"), ("r", "asserted", "graded")]


def test_a_planned_record_counts_only_inside_a_scenario() -> None:
    """A plan is no fact."""
    rows = holding("firm A2 planned", 80)
    assert ties(rows).ties == ()
    assert ids(ties(rows, planned=["own"])) == {A_OF_B}


def test_what_nobody_confirmed_for_too_long_is_left_to_the_upper_bound() -> None:
    """Counted from the latest publication of that origin, by the rule of the case for this kind of tie."""
    rule = (Stale("interest", 5, "accounts are yearly"),)
    published = {"d1": "2018-12", "d2": "2021"}
    old, new = holding("one B2", 30, "own-1", "d1"), holding("two B2", 30, "own-2", "d2")
    assert put(ties(old, new, published=published, stale=rule)) == [
        ("one", "asserted", "stale"),
        ("two", "asserted", "graded"),
    ]
    assert ties(old, new, published=published).ties[0].last_confirmed == "2021"
    again = holding("one B2", 30, "own-1", "d2")
    assert put(ties(old, again, published=published, stale=rule)) == [("one", "asserted", "graded")]


def test_a_bare_country_is_a_possibility_and_a_seat_is_a_tie() -> None:
    """*country* does not say whether a firm is registered or managed there, or only active."""
    firm = ties(say("f", "Company", "r A1", country="be"))
    assert put(firm) == [("r", "asserted", "unreviewed")]
    clear = ties(say("f", "Company", "r A1", country="be", jurisdiction="nl", mainCountry="be"))
    assert {(t.kind, t.holder) for t in clear.ties} == {("registered", state_node("NL")), ("seated", state_node("BE"))}
    assert {a.certainty for a in clear.assertions} == {"graded"}


def test_where_a_person_comes_from_is_never_a_tie() -> None:
    """Neither country nor nationality, also where another source calls the person a legal entity."""
    person = say("p", "Person", "r A1", country="be", nationality="be")
    assert ties(person).ties == ()
    assert ties(person, say("p", "LegalEntity", "paper B2", country="be", jurisdiction="be")).ties == ()


def test_no_hearsay_makes_a_firm_a_person() -> None:
    """What cannot be judged settles what an entity is only where nobody else speaks."""
    firm = say("f", "Company", "r A1", jurisdiction="be")
    assert ids(ties(firm, say("f", "Person", "blog F6", name="F"))) == {"registered:state:BE>f"}
    assert ties(say("f", "Person", "blog F6", country="be")).ties == ()


def test_a_public_body_is_an_organ_of_its_state() -> None:
    """Also where another source calls it an organisation."""
    rows = say("m", "PublicBody", "r A1", country="be"), say("m", "Organization", "r A1", name="Ministry")
    assert ids(ties(*rows)) == {"organ:state:BE>m"}


def test_an_accounting_consolidation_and_fund_management_give_nothing() -> None:
    """A group that reports a firm's figures, or manages a fund that holds it, does not own it."""
    for how in ("consolidation", "fund management", "a word that no table knows"):
        assert ties(say("c", "Control", "r A1", controller="a", controlled="b", controlType=how)).ties == ()


def test_votes_and_shares_of_one_holding_are_two_classes_and_a_range_stays_a_range() -> None:
    """Shares are integers, parts per 10⁹."""
    found = ties(holding("r A1", "25..50", votingPercentage=60))
    shares = {a.tie: (a.share_lo, a.share_hi) for a in found.assertions}
    assert shares == {A_OF_B: (250_000_000, 500_000_000), "interest:a>b[votes]": (600_000_000, 600_000_000)}


def test_suspended_votes_are_a_tie_of_their_own_and_leave_the_holding_alone() -> None:
    """From and to a date; all that the holder has where no figure is given. Nobody can sell a suspension."""
    quiet = holding(
        "court A1", None, "own-2", interestType="suspended votes", startDate="2024-01-01", endDate="2024-12-31"
    )
    found = ties(holding("r A1", 60, "own-1"), quiet)
    assert ids(found) == {A_OF_B, "interest:a>b[suspended]"}
    assert {a.tie: a.share_lo for a in found.assertions}["interest:a>b[suspended]"] == 1_000_000_000
    assert {t.cls: t.cuttable for t in found.ties} == {"shares": True, "suspended": False}
    assert ids(ties(holding("r A1", 60, "own-1"), quiet, as_of="2025-01-01")) == {A_OF_B}


def test_a_word_on_the_contract_overrides_the_role() -> None:
    """A judged word before one that cannot be judged; the role where nobody says anything."""
    base = {"holder": "a", "part": "p", "accessRole": "operator of a system"}
    role = say("acc", "Access", "r A1", **base)
    contract = say("acc", "Access", "paper B2", **base, gives="see")
    rumour = say("acc", "Access", "blog F6", **base, gives="shape")
    assert ties(role).ties[0].gives == ("see", "shape", "stop")
    assert ties(role, contract).ties[0].gives == ("see",)
    assert ties(role, contract, rumour).ties[0].gives == ("see",)


def test_several_origins_of_one_safeguard_make_one_that_works_as_often_as_the_least_says() -> None:
    """It cuts every tie between the ends that any of them names, but no suspension of votes."""
    held = holding("r A1", 60, votingPercentage=60)
    quiet = holding("court A1", None, "own-2", interestType="suspended votes")
    guard = {"title": "trustee", "cuts": "a>b", "state": "in force"}
    one_says = say("g", "Safeguard", "firm B2", **guard, capability=["see", "stop"], effectiveness=0.9)
    other = say("g", "Safeguard", "paper B3", **guard, capability="shape", effectiveness=0.6)
    (found,) = ties(held, quiet, one_says, other).safeguards
    assert found.cuts == (A_OF_B, "interest:a>b[votes]")
    assert found.capabilities == ("see", "shape", "stop")
    assert (found.state, found.effectiveness) == ("in force", 600)
    (planned,) = ties(held, say("g", "Safeguard", "firm B2 planned", **guard)).safeguards
    assert planned.state == "planned"


def test_the_order_of_the_rows_changes_nothing() -> None:
    """Ties and assertions come out in one order."""
    rows = [
        *holding("r A1", 60, "own-1", votingPercentage=55),
        *holding("paper B2", 40, "own-2", endDate="2022"),
        *holding("firm B2 denied", None, "own-3"),
        *say("f", "Company", "r A1", jurisdiction="be", country="nl"),
        *say("acc", "Access", "r A1", holder="a", part="p", accessRole="tenant"),
        *say("acc", "Access", "paper B2", holder="a", part="p", accessRole="tenant", gives=["see", "stop"]),
    ]
    first = ties(rows)
    for seed in range(20):
        random.Random(seed).shuffle(rows)
        again = ties(rows)
        assert again.ties == first.ties
        assert set(again.assertions) == set(first.assertions)


def test_where_sources_give_two_shares_the_words_of_the_tie_give_both() -> None:
    """The least and the most that anybody says; what is denied or planned is not among them."""
    found = ties(
        holding("r B2", "69.54", "own-1"),
        holding("paper B2", "63.7", "own-2"),
        holding("firm B2 denied", "90", "own-3"),
    )
    (tie,) = [t for t in found.ties if t.id == A_OF_B]
    assert tie.label == "a holds 63.7 % to 69.54 % of b"
    (alone,) = [t for t in ties(holding("r B2", "69.54")).ties if t.id == A_OF_B]
    assert alone.label == "a holds 69.54 % of b"

"""From the law base to duty ties: who is bound, by which route, and what is left to the upper bound (design 4.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from reach_cases import Case

from longarm.law import duties as law
from longarm.law.articles import Article
from longarm.law.instruments import Instrument, instruments
from longarm.model.dates import Certainty
from longarm.model.grades import table
from longarm.model.ties import Kind, Tie, state_node

DAY = dt.date(2026, 11, 23)


def codes() -> list[str]:
    """Every state that the base has law of."""
    return sorted({i.jurisdiction for i in instruments()})


def bound(case: Case, state: str, schemata: dict[str, str] | None = None) -> list[Tie]:
    """The duty ties of a state over the entities of a case, all of them companies unless it is said."""
    entities = {e for t in case.ties.values() for e in (t.holder, t.held)}
    given = dict.fromkeys(entities, "Company") | (schemata or {})
    return list(law.duties(case.frozen(), given, state, DAY, table()).ties.ties)


def firm(state: str, *facts: str, name: str = "f") -> Case:
    """A firm registered in a state, with facts."""
    case = Case()
    case.registered(name, state=state)
    for fact in facts:
        case.tie(Kind.FACT, name, fact)
    return case


def plain(who: str, sector: str) -> tuple[Instrument, Article]:
    """An article in force that binds one class of one sector directly, and waits for nothing."""
    return next(
        (i, a)
        for i in instruments()
        for a in i.articles
        if a.gives_power
        and (a.addressee.who, a.addressee.sectors, a.addressee.condition) == ((who,), (sector,), None)
        and a.trigger in ("standing", "request")
        and a.routes.direct == "yes"
        and law.article_in_force(i, a, DAY) == Certainty.YES
    )


@pytest.mark.parametrize("state", codes())
def test_only_what_is_registered_or_managed_there_is_bound_directly(state: str) -> None:
    """A firm of elsewhere that is active in S, holds data of S or deals with a firm of S is not bound by `direct`."""
    case = firm("XX", "sector=telecom", "is_designated=yes", "operates_network=yes")
    case.influences("f", "g", "creditor")
    assert bound(case, state) == []


def test_a_bill_never_fires() -> None:
    """Nor does any article that gives no power, whoever is asked."""
    case = Case()
    facts = ("is_designated=yes", "operates_network=yes", "processes_personal_data=yes", "supplies_encryption=yes")
    for state in codes():
        case.registered("f", state=state)
    for fact in (*facts, "sector=telecom", "sector=postal", "sector=energy"):
        case.tie(Kind.FACT, "f", fact)
    silent = {
        f"{i.id}#{a.number}"
        for i in instruments()
        for a in i.articles
        if i.standing == "bill" or a.kind == "bill" or not a.gives_power
    }
    assert silent
    fired = {t.cls for state in codes() for t in bound(case, state)}
    assert fired
    assert not silent & fired


def test_a_missing_fact_leaves_the_duty_to_the_upper_bound_and_a_fact_that_does_not_fit_leaves_none() -> None:
    """An article for one sector: unknown, met and not met."""
    instrument, article = plain("telecom_operator", "telecom")
    state, name = instrument.jurisdiction, f"{instrument.id}#{article.number}"
    by_sector = {
        sector: [t for t in bound(firm(state, *sector), state) if t.cls == name and t.kind == Kind.DUTY]
        for sector in ((), ("sector=telecom",), ("sector=port",))
    }
    assert [t.upper_only for t in by_sector[()]] == [True]
    (tie,) = by_sector["sector=telecom",]
    assert not tie.upper_only
    assert tie.requires == ((f"registered:{state_node(state)}>f", "fact:f>sector=telecom"),)
    assert by_sector["sector=port",] == []


def test_an_entity_of_which_nobody_says_what_it_is_is_left_to_the_upper_bound() -> None:
    """*Any organisation* asks whether it is one."""
    instrument, _ = plain("any_organisation", "*")
    state = instrument.jurisdiction
    case = firm(state)
    known = [t for t in bound(case, state) if t.kind == Kind.DUTY and not t.upper_only]
    unknown = [t for t in bound(case, state, {"f": ""}) if t.kind == Kind.DUTY and not t.upper_only]
    assert known
    assert unknown == []


def test_the_routes_to_companies_and_staff_are_no_more_open_than_the_duty_itself() -> None:
    """What the *bound* entity controls or employs: where its own duty is disputed, so is theirs."""
    for state in codes():
        ties = bound(firm(state, "sector=telecom", "sector=cloud"), state)
        direct = {t.cls: t.opens for t in ties if t.kind == Kind.DUTY}
        for tie in ties:
            if tie.kind in (Kind.DUTY_PARENT, Kind.DUTY_STAFF):
                assert tie.cls in direct
                assert direct[tie.cls] == "narrow" or tie.opens == "wide"


def test_where_data_lie_and_where_keys_are_held_are_two_grounds_of_one_duty() -> None:
    """One tie at the part with two alternatives; nothing at another part."""
    found = 0
    for state in codes():
        case = Case()
        case.tie(Kind.FACT, "host", "sector=cloud")
        case.tie(Kind.FACT, "host", "sector=telecom")
        lie = case.tie(Kind.PLACE, state_node(state), "archive", "dataLocation")
        keys = case.tie(Kind.PLACE, state_node(state), "archive", "keysHeldIn")
        case.access("host", part="archive", role="host")
        case.access("host", part="depot", role="host")
        ties = bound(case, state)
        assert len({t.id for t in ties}) == len(ties)
        for tie in ties:
            assert (tie.kind, tie.at) == (Kind.DUTY_AT, "archive")
            assert {alternative[0] for alternative in tie.requires} == {lie, keys}
            found += 1
    assert found


def test_a_states_articles_on_its_bodies_do_not_bind_those_of_another() -> None:
    """An organ of T that is registered in S is no state body of S."""
    for state in codes():
        own, foreign = firm(state), firm(state)
        own.organ("f", state=state)
        foreign.organ("f", state="XX")
        of = {t.cls for t in bound(foreign, state, {"f": "PublicBody"})}
        needed = {n for t in bound(own, state, {"f": "PublicBody"}) for some in t.requires for n in some}
        assert of <= {t.cls for t in bound(own, state, {"f": "PublicBody"})}
        assert f"organ:{state_node('XX')}>f" not in needed


@pytest.mark.parametrize("author", ["BE", "CN", "US", "FR"])
def test_equal_law_under_another_flag_gives_equal_ties(author: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every instrument of a state under the flag of another: the same duties with the same grades, but for the name."""
    under = {code: tuple(instruments([author])) for code in ("XA", "XB")}

    def flown(states: list[str]) -> tuple[Instrument, ...]:
        return under[states[0]]

    monkeypatch.setattr(law, "instruments", flown)
    found = []
    for code in ("XA", "XB"):
        case = firm(code, "sector=telecom", "sector=postal", "is_designated=yes")
        case.seated("g", state=code)
        given = dict.fromkeys("fg", "Company")
        made = law.duties(case.frozen(), given, code, DAY, table())

        def anonymous(text: str, code: str = code) -> str:
            return text.replace(f"state:{code}", "state:")

        found.append(
            (
                [
                    replace(
                        t,
                        id=anonymous(t.id),
                        holder=anonymous(t.holder),
                        requires=tuple(tuple(map(anonymous, some)) for some in t.requires),
                    )
                    for t in made.ties.ties
                ],
                [replace(a, tie=anonymous(a.tie)) for a in made.ties.assertions],
            )
        )
    assert found[0] == found[1]
    assert found[0][0]

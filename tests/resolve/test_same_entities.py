"""Canonical ids from judgements that entities are the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from longarm.resolve.same import canonical

pairs = st.lists(st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=3), max_size=8)


def test_a_group_goes_under_the_first_id_of_its_first_judgement() -> None:
    """Later judgements join more to it and do not change its name."""
    assert canonical([["b", "a"], ["c", "d"]]) == {"a": "b", "d": "c"}
    assert canonical([["b", "a"], ["c", "d"], ["d", "a"]]) == {"a": "b", "c": "b", "d": "b"}


def test_a_judgement_taken_back_parts_them_again() -> None:
    """A decision is corrected by a later row; what it made is derived."""
    assert canonical([["b", "a"]]) == {"a": "b"}
    assert canonical([]) == {}


@given(pairs)
def test_the_groups_are_those_that_the_pairs_connect(judged: list[list[str]]) -> None:
    """Checked by walking from entity to entity."""
    found = canonical(judged)
    near: dict[str, set[str]] = {}
    for ids in judged:
        for one in ids:
            near.setdefault(one, set()).update(ids)
    for start in near:
        walked, waiting = {start}, [start]
        while waiting:
            more = near[waiting.pop()] - walked
            walked |= more
            waiting += more
        assert {found.get(e, e) for e in walked} == {found.get(start, start)}
        assert found.get(start, start) in walked
        assert {e for e in near if found.get(e, e) == found.get(start, start)} == walked


@given(pairs)
def test_a_canonical_id_is_nobody_elses_alias(judged: list[list[str]]) -> None:
    """One step leads to it."""
    found = canonical(judged)
    assert not set(found.values()) & set(found)

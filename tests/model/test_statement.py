"""A statement read from a text must quote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.errors import EvidenceError
from longarm.model.statement import Evidence, Statement, check_span, find_span, unseen


def made(span: tuple[int, int] | None, **more: str) -> Statement:
    """A statement with a span."""
    return Statement(
        "e", "Company", "name", "X", "name", "d", "2026-01-01", Evidence(document="doc", span=span, **more)
    )


@given(st.text(), st.text(min_size=1), st.text())
def test_a_quote_is_found_where_it_stands(before: str, quote: str, after: str) -> None:
    """`text[start:end]` is the quote."""
    text = before + quote + after
    start, end = find_span(quote, text)
    assert text[start:end] == quote
    assert check_span(made((start, end)), quote, text)


@pytest.mark.parametrize("span", [(1, 4), (0, 2), (3, 3), (-3, 0), (0, 99), None])
def test_a_quote_that_does_not_stand_there_is_refused(span: tuple[int, int] | None) -> None:
    """The statement is refused, and the message shows both texts."""
    with pytest.raises(EvidenceError):
        check_span(made(span), "abc", "abc def")


def test_the_same_said_twice_is_one_statement_however_late_it_is_read() -> None:
    """The id does not depend on when it was read; it does on who says it and how."""
    first = made((0, 3))
    again = Statement("e", "Company", "name", "X", "name", "d", "2030-01-01", first.evidence)
    assert first.id == again.id
    assert unseen([first, again], set()) == [first]
    assert unseen([first], {first.id}) == []
    assert made((0, 3), stance="denied").id != first.id
    assert made((0, 3), origin="another").id != first.id


@pytest.mark.parametrize("more", [{"stance": "rumoured"}, {"grade": "G1"}, {"valid_from": "2021-13"}])
def test_evidence_that_is_none_is_refused(more: dict[str, str]) -> None:
    """An unknown stance, grade or date never gets in."""
    with pytest.raises(EvidenceError):
        Evidence(**more)

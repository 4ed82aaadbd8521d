"""Shares of BODS: a figure, bounds, excluded bounds, and what contradicts itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from longarm.ingest.formats import bods_shares
from longarm.ingest.formats.bods_shape import Share
from longarm.model import shares

WORDS = {
    "exact": (Share(exact=33.333333333333336), "33.3333333"),
    "a tiny figure": (Share(exact=1e-7), "0.0000001"),
    "nothing": (Share(), None),
    "the whole range says nothing": (Share(minimum=0, maximum=100), None),
    "at least": (Share(minimum=25), "25..100"),
    "more than": (Share(exclusive_minimum=25), "25.0000001..100"),
    "less than": (Share(exclusive_maximum=25), "0..24.9999999"),
    "between": (Share(minimum=25, maximum=50), "25..50"),
    "of two minima the narrower": (Share(minimum=25, exclusive_minimum=25), "25.0000001..100"),
    "exact within bounds": (Share(exact=30, minimum=25, maximum=50), "30"),
    "exact outside bounds": (Share(exact=60, minimum=25, maximum=50), None),
    "crossed": (Share(minimum=50, maximum=25), None),
    "excluded to nothing": (Share(exclusive_minimum=25, exclusive_maximum=25), None),
    "one figure": (Share(minimum=25, maximum=25), "25"),
    "more than everything": (Share(exclusive_minimum=100), None),
    "less than nothing": (Share(exclusive_maximum=0), None),
    "nothing at most": (Share(maximum=0), "0..0"),
    "none": (Share(exact=0), "0"),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_share_is_read_as_it_is_meant(name: str) -> None:
    """Bounds that contradict each other, or an exact figure, are no share."""
    share, words = WORDS[name]
    found = bods_shares.read(share)
    assert (found.in_words() if found else None) == words


FIGURE = st.just(UNSET) | st.floats(0, 100)


@given(st.tuples(FIGURE, FIGURE, FIGURE, FIGURE, FIGURE))
def test_any_share_is_one_that_the_calculation_reads(figures: tuple[float, ...]) -> None:
    """What is written is read by `model.shares`, ends in order, within 0 to 100."""
    found = bods_shares.read(Share(*figures))
    if found is not None:
        read = shares.read(found.in_words())
        assert 0 <= read.lo <= read.hi <= shares.WHOLE
        assert read.is_exact or not found.is_exact

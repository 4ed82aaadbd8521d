"""Whether a predicate happened: its own words, what governs it, and what opens its clause."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.extract.factuality import put
from longarm.extract.signatures import signature
from longarm.extract.tagging import tagged

CASES = [
    # own words
    ("Merrow Steel bought the quay.", "bought", "asserted"),
    ("Merrow Steel did not buy the quay.", "buy", "denied"),
    ("Merrow Steel not only bought the quay but runs it.", "bought", "asserted"),
    ("None of the owners signed.", "signed", "denied"),
    ("The ministry asked, but they didn't.", "did", "denied"),
    ("Merrow Steel will buy the quay.", "buy", "planned"),
    ("Merrow Steel may have bought the quay.", "bought", "alleged"),
    ("They dont own the cranes.", "own", "denied"),
    ("The tenants are leaving tomorrow.", "leaving", "planned"),
    ("The board is going to sell the depot.", "sell", "planned"),
    # what governs an infinitive, in both places
    ("The firm managed to sell the depot.", "sell", "asserted"),
    ("The firm did not manage to sell the depot.", "sell", "denied"),
    ("The firm failed to sell the depot.", "sell", "denied"),
    ("The firm did not fail to sell the depot.", "sell", "asserted"),
    ("The firm wanted to sell the depot.", "sell", "planned"),
    ("The firm refused to sell the depot.", "sell", "denied"),
    ("The firm was able to sell the depot.", "sell", "asserted"),
    ("The firm is able to sell the depot.", "sell", "planned"),
    ("The firm was not able to sell the depot.", "sell", "denied"),
    ("The ministry asked the firm to sell the depot.", "sell", "planned"),
    ("The ministry forced the firm to sell the depot.", "sell", "asserted"),
    ("It was a pleasure to meet them.", "meet", "asserted"),
    ("The firm founded a subsidiary to buy the quay.", "buy", "planned"),
    ("The plan to sell the depot was old.", "sell", "planned"),
    # step by step: what governs may itself be open
    ("The firm hopes to manage to sell the depot.", "sell", "planned"),
    ("If the firm managed to sell the depot, we lost it.", "sell", None),
    # gerunds and bare verbs
    ("They stopped buying coal.", "buying", "denied"),
    ("They kept buying coal.", "buying", "asserted"),
    ("They left without paying the rent.", "paying", "denied"),
    ("Thank you for helping us.", "helping", "asserted"),
    ("Removing the cranes would cost a year.", "Removing", "alleged"),
    ("The owner helped them move the cranes.", "move", "asserted"),
    ("Please let me know.", "know", None),
    # clauses
    ("The firm knows that the ministry signed the lease.", "signed", "asserted"),
    ("The firm does not know that the ministry signed the lease.", "signed", "asserted"),
    ("We hope the ministry signs the lease.", "signs", "planned"),
    ("The ministry demanded that the firm leave the port.", "leave", "planned"),
    ("If they sold the quay, it was cheap.", "sold", None),
    ("Unless they sell the quay, it stays.", "sell", None),
    ("When they sold the quay, prices fell.", "sold", "asserted"),
    ("We will decide when they sell the quay.", "sell", "planned"),
    ("We wait until they sell the quay.", "sell", "planned"),
    ("They found no buyer who paid the price.", "paid", "alleged"),
    ("They found the buyer who paid the price.", "paid", "asserted"),
    # orders and questions
    ("Call the harbour office today.", "Call", None),
    ("If you see smoke, please call the harbour office.", "call", None),
    ("Thank you for the report.", "Thank", "asserted"),
    ("Did they sell the quay?", "sell", None),
    ("When did they sell the quay?", "sell", "asserted"),
    # joined verbs share what governs them
    ("They want to buy and lease the quay.", "lease", "planned"),
    ("They bought the quay and leased it.", "leased", "asserted"),
    ("They did not come and were fined.", "fined", "asserted"),
]


WORDS = st.sampled_from(
    ("to", "not", "if", "that", "and", "buy", "sold", "will", "the", "firm", ",", "who", "be", "having", "let", "?")
)


@pytest.mark.parametrize(("sentence", "word", "stance"), CASES)
def test_a_predicate_is_put_by_its_own_words_and_by_what_it_depends_on(
    sentence: str, word: str, stance: str | None
) -> None:
    """A complement happened if its governor says so in the place where it stands itself."""
    start = sentence.index(word)
    found = put(sentence, (start, start + len(word)))
    assert found.stance == stance
    assert (found.cue is None) == (found.stance == "asserted")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.integers(0, 120))
def test_any_sentence_has_an_answer_and_its_cue_lies_inside(said: str, at: int) -> None:
    """Whatever the characters, nothing fails and nothing points outside."""
    found = put(said, (at, at + 1))
    assert found.cue is None or 0 <= found.cue[0] < found.cue[1] <= len(said)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=90))
def test_a_sentence_without_sense_is_judged_in_bounded_steps(words: list[str]) -> None:
    """Chains of governors are followed a few steps, never round in circles."""
    said = " ".join(words)
    for token in tagged(said):
        assert put(said, (token.start, token.end)).stance in ("asserted", "alleged", "denied", "planned", None)


@given(st.text(max_size=80))
def test_words_keep_their_places(said: str) -> None:
    """Each token is at its span, in order, and what is left out is no letter or digit."""
    tokens = tagged(said)
    assert all(t.start < t.end for t in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
    left = list(said)
    for t in tokens:
        left[t.start : t.end] = " " * (t.end - t.start)
    assert not any(sign.isalnum() for sign in left)


def test_a_long_word_costs_no_time() -> None:
    """The tagger reads forty letters of it."""
    assert tagged("a" * 20_000)[0].end == 20_000


def test_a_signature_says_more_in_the_past_where_the_verb_does() -> None:
    """ "Was able to" happened, "is able to" is open."""
    present, past = signature("to", "able", "able"), signature("to", "able", "able", past=True)
    assert present is not None
    assert past is not None
    assert (present.held, past.held, past.denied) == ("o", "+", "-")
    assert signature("to", "purr", "purr") is None

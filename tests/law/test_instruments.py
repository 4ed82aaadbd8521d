"""Reading the law base: one state without the rest, values that cannot change, faults that say where."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import time
from pathlib import Path

import pytest

from longarm.errors import InputError, SourceError, UnknownState
from longarm.law import instruments as reader
from longarm.law.instruments import index, instrument, instruments
from longarm.model.terms import Capability


def test_the_base_holds_every_instrument() -> None:
    """All of it, in the order of the index, is what one gets without naming a state."""
    everything = instruments()
    assert [law.id for law in everything] == list(index())
    assert sum(len(law.articles) for law in everything) == 415


def test_one_state_is_read_without_the_rest() -> None:
    """The law of one state is that of its code alone: neither a neighbour's nor the Union's."""
    for code in sorted({row["jurisdiction"] for row in index().values() if row["jurisdiction"]}):
        assert {law.jurisdiction for law in instruments([code])} == {code}


def test_the_order_of_the_states_changes_nothing() -> None:
    """Same input, same output."""
    assert instruments(["US", "BE"]) == instruments(["BE", "US"])


def test_a_state_without_law_in_the_base_gives_nothing() -> None:
    """Absence is not innocence: whoever asks says "not assessed"."""
    assert instruments(["LI"]) == ()
    assert instruments([]) == ()


@pytest.mark.parametrize("code", ["cn", "CHN", "", "C1"])
def test_a_code_of_another_form_is_refused(code: str) -> None:
    """Codes are upper-case ISO 3166 alpha-2, or EU; a silent empty answer would read as "no law"."""
    with pytest.raises(UnknownState, match="two capital letters"):
        instruments([code])


def test_an_unknown_instrument_or_article_is_named() -> None:
    """The message names the thing and what was expected."""
    with pytest.raises(InputError, match="xx-nothing"):
        instrument("xx-nothing")
    with pytest.raises(InputError, match="no article '9999'"):
        instrument("cn-nil-2017").article("9999")


def test_the_values_cannot_change() -> None:
    """They are shared by everybody who asks, so they are frozen, down to the lists."""
    law = instrument("cn-nil-2017")
    with pytest.raises(dataclasses.FrozenInstanceError):
        law.status = "in force"  # type: ignore[misc]
    assert all(isinstance(hash(x), int) for x in instruments())


def test_what_the_record_names_and_what_the_coding_gives_stay_apart() -> None:
    """A limit speaks of intelligence, and gives nobody any."""
    limit = instrument("cn-nil-2017").article("8")
    assert limit.capability_hint
    assert limit.capability == ()
    assert instrument("us-cloud-2018").article("2713").capability == (Capability.SEE,)


def test_not_assessed_is_none_and_never_zero() -> None:
    """Unknown is a value: both occur, and they are not the same."""
    scores = {getattr(law.safeguards, f.name) for law in instruments() for f in dataclasses.fields(law.safeguards)}
    assert scores == {None, 0, 1, 2}


def test_a_condition_that_only_repeats_the_dates_is_answered_by_them() -> None:
    """Else a power whose lapse is recorded would hang on a fact that nobody can know."""
    article = instrument("us-fisa702-2008").article("1881a(i)")
    assert article.addressee.condition is not None
    assert article.open_condition is None
    assert instrument("us-cloud-2018").article("2713").open_condition is not None


def test_a_file_that_does_not_fit_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A fault in the base names the file and what mends it."""
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / "aa-one.yaml").write_text("id: aa-one\n")
    (tmp_path / "instruments" / "aa-two.yaml").write_text("id: [\n")
    monkeypatch.setattr(reader, "_BASE", tmp_path)
    for name in ("aa-one", "aa-two"):
        with pytest.raises(SourceError, match=f"{name}.yaml"):
            reader._read.__wrapped__(name)


def test_loading_one_state_takes_less_than_150_ms() -> None:
    """In a fresh process, imports aside; the state with the most articles stands for all."""
    code = (
        "import time; from longarm.law.instruments import instruments; t = time.perf_counter();"
        "instruments(['CN']); print(time.perf_counter() - t)"
    )
    best = min(
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout) for _ in "123"
    )
    assert best < 0.150


def test_asking_again_reads_nothing() -> None:
    """What was read is kept."""
    instruments(["US"])
    start = time.perf_counter()
    instruments(["US"])
    assert time.perf_counter() - start < 0.005

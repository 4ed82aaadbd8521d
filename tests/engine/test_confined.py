"""A child with limits: what misbehaves in it is ended with a reason, and the next document is served."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from longarm.engine.confined import Bounds, Confined
from longarm.errors import Refused

HERE = Path(__file__).parent
BOUNDS = Bounds(memory=300 * 1024 * 1024, seconds=1, most_in=1_000_000, most_out=1_000_000, documents=3)


def child() -> Confined:
    """The misbehaving function in a child, which is found by its folder alone."""
    return Confined("misbehaving:eats", BOUNDS, folder=HERE)


@pytest.mark.parametrize(
    ("do", "reason"),
    [
        ("memory", "memory"),
        ("spin", "time"),
        ("sleep", "time"),
        ("die", "crash"),
        ("write", "fault"),
        ("call", "fault"),
        ("run", "fault"),
        ("output", "size"),
        ("raise", "fault"),
    ],
)
def test_what_misbehaves_is_ended_and_the_next_document_is_served(do: str, reason: str) -> None:
    """Memory, time, death, output, files, network, processes: each gives its reason, and a new child goes on."""
    confined = child()
    with pytest.raises(Refused) as caught:
        confined(b"x", {"do": do, "much": 400 * 1024 * 1024})
    assert caught.value.reason == reason
    assert confined(b"good", {"do": "nothing"}) == b"good"
    assert not Path("/tmp/longarm-must-not-be").exists()
    confined.close()


def test_a_child_is_warm_and_talk_does_not_reach_its_answers() -> None:
    """One process serves many documents, up to its number; what a library prints is no answer."""
    confined = child()
    assert [confined(bytes([n]), {"do": "talk"}) for n in range(7)] == [bytes([n]) for n in range(7)]
    start = time.monotonic()
    confined(b"x", {"do": "nothing"})
    assert time.monotonic() - start < 0.2
    confined.close()


def test_a_document_that_is_too_large_is_not_handed_on() -> None:
    """The size is checked before a child is started."""
    with pytest.raises(Refused) as caught:
        child()(b"x" * 1_000_001, {})
    assert caught.value.reason == "size"


def test_a_child_sees_no_variable_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment is bare: no secret of ours is in its memory."""
    monkeypatch.setenv("LONGARM_DATABASE", "secret")
    assert b"secret" not in child()(b"", {"do": "environment"})
    assert os.environ["LONGARM_DATABASE"] == "secret"

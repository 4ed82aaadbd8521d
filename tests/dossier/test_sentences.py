"""No sentence may say more than its finding: every rung, level, capability and reading, one by one."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from longarm.dossier import sentences
from longarm.dossier.tongue import tongue
from longarm.model.terms import CAPABILITIES, LANGUAGES, LEVELS, Rung

NAMES = {"gate": "Gate", "firm": "Firm"}
OVER = {"control": "controls", "compel": "can compel", "influence": "can influence"}
CAN = {"see": "see into", "shape": "shape", "stop": "stop"}
NEVER = re.compile(
    r"\b(spie[sd]|espionage|sabotage|used|uses|will|threat|risk|suspicious|allegedly|people|Chinese|proves?)\b"
)
MET = [Rung.POWER_AND_MEANS, Rung.MEANS, Rung.LEGAL_POWER]
EVERY = list(itertools.product(MET, LEVELS, CAPABILITIES, (0.4, 0.61, 0.95), (False, True)))


def finding(rung: str, level: str | None, capability: str, confidence: float | None) -> dict[str, Any]:
    """A finding at a part, met in one firm."""
    return {
        "part": "gate",
        "capability": str(capability),
        "reading": "narrow",
        "rung": str(rung),
        "level": str(level) if level else None,
        "confidence": confidence,
        "paths": [{"meets_in": "firm", "hops": []}],
        "judged": [],
    }


@pytest.mark.parametrize(("rung", "level", "capability", "confidence", "only_wide"), EVERY)
def test_a_sentence_says_no_more_than_its_finding(
    rung: Rung, level: str, capability: str, confidence: float, only_wide: bool
) -> None:
    """The verb of its level and no other, what its rung holds and no more, its share of worlds where that is low."""
    level_of = level if rung != Rung.MEANS else None
    said = sentences.finding(finding(rung, level_of, capability, confidence), "CN", NAMES, only_wide=only_wide)
    assert said.startswith("Where disputed routes are taken as open, ") == only_wide
    assert ("of worlds" in said) == (confidence < 0.8)
    assert not NEVER.search(said), said
    others = [v for k, v in OVER.items() if k != level_of]
    assert not any(f" {v} " in said for v in others), said
    if rung == Rung.POWER_AND_MEANS:
        assert f"{OVER[level]} Firm, which can {CAN[capability]} Gate" in said
    if rung == Rung.MEANS:
        assert (
            f"Firm, tied to China, can {CAN[capability]} Gate; no power of that state over it was found to meet that"
            in said
        )
    if rung == Rung.LEGAL_POWER:
        assert f"{OVER[level]} Firm, whose access does not let it {CAN[capability]} Gate" in said
        assert f"can {CAN[capability]}" not in said


@pytest.mark.parametrize("rung", [Rung.NO_PATH, Rung.NOT_ASSESSED])
def test_what_was_not_found_or_not_looked_at_names_nobody_and_is_no_good_news(rung: Rung) -> None:
    """Neither reassures."""
    said = sentences.finding(finding(rung, None, "see", 1.0), "CN", NAMES)
    assert "Firm" not in said
    assert "no proof of absence" in said or "Neither the law" in said
    assert not re.search(r"\b(safe|secure|clean|fine|no risk)\b", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rung_reads_otherwise_in_every_language(language: str) -> None:
    """Seven rungs, seven sentences; each names the state, and the firm where there is one."""
    t = tongue(language)
    rungs = [(r, "compel") for r in Rung]
    said = {r: sentences.finding(finding(r, level, "see", 0.9), "CN", NAMES, tongue=t) for r, level in rungs}
    assert len(set(said.values())) == len(Rung)
    for r in MET:
        assert "Firm" in said[r]
        assert t.in_text("CN") in said[r]


def test_the_level_stands_in_the_sentence_in_every_language() -> None:
    """Control, legal power and influence are never the same words."""
    for language in LANGUAGES:
        said = {
            level: sentences.finding(
                finding(Rung.POWER_AND_MEANS, level, "see", 0.9), "CN", NAMES, tongue=tongue(language)
            )
            for level in LEVELS
        }
        assert len(set(said.values())) == 3, language

"""Words of the report: confidence in words, names of states, one true sentence a finding. Templates over the data."""

from __future__ import annotations


def confidence(value: float) -> str:
    """Say a confidence in words, in the seven bands of US ICD 203, section D.6.e(2)(a)."""
    for edge, words in (
        (0.05, "almost no chance"),
        (0.20, "very unlikely"),
        (0.45, "unlikely"),
        (0.55, "roughly even chance"),
        (0.80, "likely"),
        (0.95, "very likely"),
    ):
        if value <= edge:
            return words
    return "almost certain"

"""The catalogue of safeguards: which ties a measure takes away, for which capabilities, and how well by default."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Measure:
    """One row of the catalogue."""

    name: str
    takes: tuple[str, ...]
    """kinds of tie"""
    capabilities: tuple[str, ...]
    against: tuple[str, ...]
    """levels and routes of power that it answers"""
    works: tuple[tuple[str, float], ...]
    """verified → share of worlds in which it works where it is in force"""
    reason: str

    def effectiveness(self, verified: str) -> float:
        """Give how well it works where nobody says otherwise."""
        return dict(self.works).get(verified, 0.0)


@cache
def measures() -> dict[str, Measure]:
    """Give the catalogue by the name of the measure."""
    data = yaml.safe_load(files("longarm.model").joinpath("safeguards.yaml").read_text("utf-8"))
    return {
        row["measure"]: Measure(
            row["measure"],
            tuple(row["takes"]),
            tuple(row["capabilities"]),
            tuple(row["against"]),
            tuple((str(k), float(v)) for k, v in row["works"].items()),
            row["reason"],
        )
        for row in data["measures"]
    }

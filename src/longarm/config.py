"""What the environment may set. No other module reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    """Settings of one run, from the environment."""

    workspace: str | None = None
    """LONGARM_WORKSPACE: the folder of the workspace, where `--workspace` is not given."""
    database: str | None = None
    """LONGARM_DATABASE: a SQLAlchemy address of the decisions, where they do not lie in the workspace as SQLite."""
    author: str = "local"
    """LONGARM_AUTHOR or USER: who is written beside a decision."""


def read() -> Config:
    """Read the environment."""
    return Config(
        workspace=os.environ.get("LONGARM_WORKSPACE") or None,
        database=os.environ.get("LONGARM_DATABASE") or None,
        author=os.environ.get("LONGARM_AUTHOR") or os.environ.get("USER") or "local",
    )

"""What the environment may set. No other module reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ModelSetting:
    """A language model behind an address that speaks as OpenAI's chat completions do."""

    url: str
    """LONGARM_MODEL_URL: up to and with `/v1`"""
    name: str
    """LONGARM_MODEL: which model is asked"""
    key: str | None = field(default=None, repr=False)
    """LONGARM_MODEL_KEY: sent as the bearer, where one is needed"""


@dataclass(frozen=True)
class Config:
    """Settings of one run, from the environment."""

    workspace: str | None = None
    """LONGARM_WORKSPACE: the folder of the workspace, where `--workspace` is not given."""
    database: str | None = None
    """LONGARM_DATABASE: a SQLAlchemy address of the decisions, where they do not lie in the workspace as SQLite."""
    author: str = "local"
    """LONGARM_AUTHOR or USER: who is written beside a decision."""
    model: ModelSetting | None = None
    """The language model that `extract --model` asks; None where no address is set."""


def read() -> Config:
    """Read the environment."""
    url = os.environ.get("LONGARM_MODEL_URL")
    model = os.environ.get("LONGARM_MODEL")
    return Config(
        model=ModelSetting(url, model, os.environ.get("LONGARM_MODEL_KEY") or None) if url and model else None,
        workspace=os.environ.get("LONGARM_WORKSPACE") or None,
        database=os.environ.get("LONGARM_DATABASE") or None,
        author=os.environ.get("LONGARM_AUTHOR") or os.environ.get("USER") or "local",
    )

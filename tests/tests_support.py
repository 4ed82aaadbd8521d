"""Where the shipped cases lie."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path


def case(name: str) -> Path:
    """Give the folder of a shipped case."""
    with as_file(files("longarm.cases").joinpath(name)) as folder:
        return folder

"""A workspace with claims that wait, and a file of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from article import CLAIMS, TEXT, extracted

from longarm.workspace import Workspace


@pytest.fixture
def proposed(example: Workspace) -> Workspace:
    """The example case with six claims that wait."""
    example.propose(TEXT, CLAIMS, publisher_class="press")
    return example


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The article and its claims as a file."""
    path = tmp_path / "claims.json"
    path.write_text(extracted(), "utf-8")
    return path

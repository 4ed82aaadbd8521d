"""A workspace, and a case to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import longarm
from longarm.workspace import Workspace
from tests_support import case


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return longarm.init(tmp_path / "ws")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example case, to break."""
    shutil.copytree(case("example"), tmp_path / "case")
    return tmp_path / "case"

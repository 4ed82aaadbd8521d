"""What all tests share: a workspace with the invented example case, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import longarm
from longarm.workspace import Workspace
from tests_support import case


@pytest.fixture(scope="session")
def example_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the example case, never to be changed."""
    folder = tmp_path_factory.mktemp("example")
    longarm.init(folder).ingest(case("example"))
    return folder


@pytest.fixture
def example(example_made: Path, tmp_path: Path) -> Workspace:
    """A workspace with the example case, a copy for each test."""
    shutil.copytree(example_made, tmp_path / "ws")
    return longarm.open(tmp_path / "ws")

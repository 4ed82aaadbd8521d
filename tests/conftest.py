"""What all tests share: a workspace with the invented example case, made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import longarm
from longarm.workspace import Workspace
from tests_support import case

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as Debian ships it."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or "/usr/bin/chromium"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=path, args=flags)
        yield made
        made.close()

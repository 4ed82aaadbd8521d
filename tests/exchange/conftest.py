"""What the tests of the exports share: the dossier of the real case, compiled once, and the one that is invented."""

from __future__ import annotations

from typing import Any

import invented_dossier as made_up
import pytest
from hypothesis import settings

import longarm
from longarm.model.options import DossierOptions
from tests_support import case

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def liege_case(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The dossier of the real case, and its FollowTheMoney entities."""
    ws = longarm.init(tmp_path_factory.mktemp("exchange") / "ws")
    ws.ingest(case("liege"))
    return ws.dossier("liege-airport", ["CN", "FR", "US"], DossierOptions()), ws.entities()


@pytest.fixture(scope="session")
def liege(liege_case: tuple[dict[str, Any], list[dict[str, Any]]]) -> dict[str, Any]:
    """The dossier of the real case, never to be changed."""
    return liege_case[0]


@pytest.fixture(scope="session")
def liege_entities(liege_case: tuple[dict[str, Any], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Its entities, never to be changed."""
    return liege_case[1]


@pytest.fixture(scope="session")
def bare(liege: dict[str, Any]) -> dict[str, Any]:
    """The same with what every caller has: the question, the case, the reports, how it was computed."""
    return {k: liege[k] for k in ("question", "case", "reports", "computed")}


@pytest.fixture
def invented() -> dict[str, Any]:
    """A small invented dossier in which every stance and rung occurs."""
    return made_up.invented()

"""A drafted register: a proposal from facts and entities, every line of it marked and cited."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import longarm
from longarm.errors import SourceError
from longarm.ingest import drafting
from tests_support import case


def bare(name: str) -> dict[str, bytes]:
    """Facts and entities of a case, without its register."""
    folder = case(name)
    return {n: (folder / n).read_bytes() for n in ("facts.json", "entities.ftm.jsonl")}


@pytest.mark.parametrize(("name", "site"), [("tollerort", "ctt-site"), ("cloud", "hdh-site"), ("liege", "lgg-site")])
def test_a_draft_goes_through_and_is_asked_like_any_case(name: str, site: str, tmp_path: Path) -> None:
    """The site is found by what the file says of it, the parts and accesses by the links; every line has a source."""
    made = drafting.draft(bare(name), drafting.Wanted())
    register = yaml.safe_load(made["site.yaml"])
    assert register["site"]["id"] == site
    assert register["parts"]
    assert register["accesses"]
    assert all("source" in line for lines in register.values() if isinstance(lines, list) for line in lines)
    assert made["site.yaml"].startswith(b"# DRAFT")
    folder = tmp_path / "case"
    folder.mkdir()
    for file, data in {**bare(name), **made}.items():
        (folder / file).write_bytes(data)
    ws = longarm.init(tmp_path / "ws")
    ws.ingest(folder)
    state = yaml.safe_load(made["case.yaml"])["states"][0]
    assert ws.reach(site, state)["findings"]


def test_a_draft_gives_no_share_that_the_entities_do_not_give() -> None:
    """A subsidiary without a figure stays one."""
    register = yaml.safe_load(drafting.draft(bare("liege"), drafting.Wanted())["site.yaml"])
    held = {(line["holder"], line["held"]): line for line in register["interests"]}
    assert held["cainiao", "alibaba-smart-hub-be"]["type"] == "subsidiary"
    assert held["nethys", "neb-participations"]["share"] == ">50"
    assert all(line.get("share") in (None, ">50") for line in register["interests"])


def test_without_a_site_it_says_how_to_name_one() -> None:
    """It guesses none."""
    files = {"facts.json": b'{"facts": []}', "x.ftm.jsonl": b'{"id": "a", "schema": "Company", "properties": {}}'}
    with pytest.raises(SourceError, match="told to be the site") as fault:
        drafting.draft(files, drafting.Wanted())
    assert "--site" in (fault.value.where.mend or "")

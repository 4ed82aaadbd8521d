"""Two real cases from files to findings, against what two careful readers concluded about them.

An answer binds where the readers agreed. `OPEN` would list every binding finding that differs, with its reason: nothing
is skipped in silence, and a difference that goes away fails here too, until it is struck from the list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import longarm
from longarm.assess.expected import Comparison, Outcome, compare
from longarm.model.options import ReachOptions
from longarm.workspace import Workspace
from tests_support import case

EXPECTED = Path(__file__).parent / "expected"
CASES = ("tollerort", "cloud")

OPEN: dict[str, dict[tuple[str, str], str]] = {"tollerort": {}, "cloud": {}}
"""case → (finding, reading) → why a binding answer is not met"""

OTHERWISE: dict[str, dict[tuple[str, str], str]] = {
    "tollerort": {
        (
            "T3",
            "wide",
        ): "24.99 % lies below the threshold of the case, and a reading opens legal routes, not thresholds",
        (
            "T6",
            "narrow",
        ): "the chain from the state down to the buyer is on file from 10 October 2022 on (second reader)",
        ("T6", "wide"): "as in the narrow reading (second reader)",
    },
    "cloud": {
        ("C1", "narrow"): "the keys are in the host's modules: with the keys, in both readings (accepted)",
        ("C4", "narrow"): "the host belongs to the state's economy and has the means (second reader)",
        ("C5", "narrow"): "as C1 (second reader)",
        ("C6", "narrow"): "as C1 (second reader)",
        ("C9", "narrow"): "an Irish instrument is in the base now, so it is assessed (second reader)",
        ("C9", "wide"): "as in the narrow reading (second reader)",
    },
}
"""case → (finding, reading) → why the first reader's own words are not met: accepted, by convention, or not binding"""

MUST_NOT_LINK: dict[str, dict[str, tuple[str, set[str]]]] = {
    "tollerort": {
        "ZPMC cranes at Burchardkai -> Tollerort": ("no-zpmc", {"zpmc", "ctb-gmbh"}),
        "LOGINK -> Tollerort": ("no-logink", {"logink"}),
        "30 % of port trade with China -> dependency on COSCO": ("no-trade-share", {"sole supplier"}),
        "1260H listing -> CSPL or CTT": ("no-listing-carried", {"us-dod", "cosco-na", "cosco-finance"}),
        "24.99 % of CTT -> HHLA or the port": ("no-stake-upwards", {"cspl>hhla", "cspl>ctt-site", "cspl>poh-se"}),
        "MSC or Italy through the Aponte family": ("no-family-origin", {"aponte"}),
        "Hapag-Lloyd at Altenwerder -> Tollerort": ("no-hapag", {"hapag", "cta-gmbh"}),
    },
    "cloud": {
        "ICC e-mail account -> this platform": ("no-icc", {"icc"}),
        "S3NS / Google -> this platform": ("no-s3ns", {"s3ns", "thales", "google"}),
        "67 million people on the platform": ("no-67-million", {"cnam"}),
        "Microsoft France -> host": ("no-ms-fr", {"ms-fr"}),
        "promise of 2020, interim tender of 2025": ("no-closed-plans", {"p-veran", "scaleway"}),
        "validated by the court -> no reach": ("no-lawful-unreachable", {"ce"}),
    },
}
"""case → what the readers forbid → (the line of the register that says so, what must stand on no path)"""

UNKNOWNS: dict[str, dict[str, str]] = {
    "tollerort": {
        "conditions of the order and rights in the contract": "gap-conditions",
        "information right of the shareholder": "gap-information-right",
        "share of COSCO in the volume of the terminal": "gap-cosco-volume",
        "COSCO group share in COSCO Shipping Holdings today": "gap-cosco-holdings-share",
        "squeeze-out completed or not": "gap-squeeze-out",
        "supplier of the terminal operating system and remote access": "gap-terminal-system",
        "content of MSC's consent rights": "gap-msc-consent",
    },
    "cloud": {
        "who can use the working keys in effect": "gap-keys",
        "has the move happened": "gap-move",
        "Scaleway qualified on the day of the move": "gap-qualification",
        "date of the move from the Netherlands to France": "gap-data-centre",
        "percentage of Microsoft Corporation in the Irish company": "gap-parent-share",
        "date of the ruling of March 2026": "gap-ruling-date",
        "EMC2 authorisation after 21 December 2026": "gap-emc2",
    },
}


@dataclass(frozen=True)
class Checked:
    """A case in a workspace of its own, with what is expected of it."""

    name: str
    workspace: Workspace
    expected: dict[str, Any]
    comparison: Comparison

    def report(self, state: str, as_of: str | None = None) -> dict[str, Any]:
        """Give the report for a state."""
        return self.workspace.reach(self.expected["site"], state, ReachOptions(as_of=as_of))


@cache
def expected(name: str) -> dict[str, Any]:
    """Read an expected.json."""
    value: dict[str, Any] = json.loads((EXPECTED / f"{name}.json").read_text("utf-8"))
    return value


@pytest.fixture(scope="module", params=CASES)
def checked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Each case, ingested and compared once."""
    return made(request.param, tmp_path_factory)


@pytest.fixture(scope="module")
def tollerort(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The container terminal."""
    return made("tollerort", tmp_path_factory)


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The platform of health data."""
    return made("cloud", tmp_path_factory)


_MADE: dict[str, Checked] = {}


def made(name: str, folders: pytest.TempPathFactory) -> Checked:
    """Ingest and compare a case, once in a session."""
    if name not in _MADE:
        workspace = longarm.init(folders.mktemp(name))
        workspace.ingest(case(name))
        site = expected(name)["site"]
        compared = compare(
            expected(name),
            lambda state, day, overlay: workspace.reach(site, state, ReachOptions(as_of=day, scenario=overlay)),
        )
        _MADE[name] = Checked(name, workspace, expected(name), compared)
    return _MADE[name]


def hops(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give every hop of every path, of findings and of what stays below the threshold."""
    for found in (*report["findings"], *report["possible"]):
        for path in found["paths"]:
            yield from path["hops"]


def test_what_both_readers_agreed_on_holds(checked: Checked) -> None:
    """The binding differences are exactly the open ones."""
    assert {(r.id, r.reading) for r in checked.comparison.failures} == set(OPEN[checked.name])


def test_every_other_departure_is_known(checked: Checked) -> None:
    """Where another answer than the first reader's comes out, it is on the list, with its reason."""
    right = (Outcome.SAME, Outcome.SCENARIO)
    others = {(r.id, r.reading) for r in checked.comparison.rows if r.outcome not in right}
    assert others == set(OPEN[checked.name]) | set(OTHERWISE[checked.name])


def test_no_difference_is_left_that_neither_reader_saw(checked: Checked) -> None:
    """Each departure is allowed by the file itself, or is what the other reader concluded."""
    assert checked.comparison.differences == checked.comparison.failures


def test_every_scenario_that_the_readers_asked_for_is_computed(checked: Checked) -> None:
    """The case folder holds an overlay for each."""
    asked = {f["scenario"] for f in checked.expected["findings"] if f.get("scenario")}
    assert asked <= set(checked.workspace.scenarios(checked.expected["site"]))
    assert all(r.outcome is not Outcome.SCENARIO for r in checked.comparison.rows)


def test_a_case_is_read_whole(checked: Checked, tmp_path: Path) -> None:
    """No row of entities is set aside, and nothing is warned of."""
    taken = longarm.init(tmp_path / "ws").ingest(case(checked.name))
    assert (taken.rejects, taken.warnings) == (0, ())


def test_parts_are_those_of_the_expectation(checked: Checked) -> None:
    """The same site and the same parts."""
    parts = {f["part"] for f in checked.report(checked.expected["states"][0])["findings"]}
    assert parts == {None} | {p["id"] for p in checked.expected["parts"]}


def test_what_must_not_be_linked_stands_on_no_path(checked: Checked) -> None:
    """Not in a finding, below the threshold or in the upper bound; and the register says that it was looked at."""
    forbidden = MUST_NOT_LINK[checked.name]
    assert set(forbidden) == {m["what"] for m in checked.expected["must_not_link"]}
    for state in checked.expected["states"]:
        report = checked.report(state.upper())
        seen = {word for h in hops(report) for word in (h["from"], h["to"], h["class"], f"{h['from']}>{h['to']}")}
        said = {n["id"] for n in report["coverage"]["not_linked"]}
        for what, (line, words) in forbidden.items():
            assert line in said, what
            assert not words & seen, (state, what)


def test_what_is_unknown_is_printed_with_every_answer(checked: Checked) -> None:
    """Every unknown is a gap of the coverage, and the coverage says that it is partial."""
    unknowns = UNKNOWNS[checked.name]
    assert set(unknowns) == {u["what"] for u in checked.expected["unknowns"]}
    for state in checked.expected["states"]:
        coverage = checked.report(state.upper())["coverage"]
        assert set(unknowns.values()) <= {g["id"] for g in coverage["gaps"]}
        assert coverage["status"] == "partial"


def test_nothing_is_called_use_or_intent(checked: Checked) -> None:
    """No source says so and nobody judged so."""
    for state in checked.expected["states"]:
        rungs = {f["rung"] for f in checked.report(state.upper())["findings"]}
        assert not rungs & {"evidence of use", "evidence of intent"}


def test_the_stake_begins_on_the_day_of_its_signing(tollerort: Checked) -> None:
    """As of 18 June 2023 there is no tie of 24.99 per cent; the plan of 35 per cent is none on any day."""
    the_case = tollerort.workspace.case(tollerort.expected["site"])

    def stake(day: str) -> set[tuple[int | None, int | None]]:
        ties = tollerort.workspace.ties(the_case, day, None)
        return {(a.share_lo, a.share_hi) for a in ties.assertions if a.tie.startswith("interest:cspl>ctt-gmbh")}

    assert stake("2022-09-01") == stake("2023-06-18") == set()
    assert stake("2023-06-19") == {(249_900_000, 249_900_000)}


def test_the_plan_of_2021_gives_nothing_outside_a_scenario(tollerort: Checked) -> None:
    """A seat and objection rights that were only agreed, and then forbidden, carry no path."""
    for found in tollerort.report("CN", "2022-09-01")["findings"]:
        if found["part"] == "ctt-quay":
            assert found["rung"] == "no path found"


def test_the_order_is_in_force_from_its_day(tollerort: Checked) -> None:
    """Decided on 26 October 2022, it counts from 31 October."""
    the_case = tollerort.workspace.case(tollerort.expected["site"])

    def in_force(day: str) -> bool:
        ties = tollerort.workspace.ties(the_case, day, None)
        return any(t.kind == "safeguard" and t.held == "order-2022" for t in ties.ties)

    assert not in_force("2022-10-30")
    assert in_force("2022-10-31")


def test_control_of_the_group_does_not_rest_on_a_minority(tollerort: Checked) -> None:
    """41.94 or 44.94 per cent are no majority: no path of control runs through that holding."""
    paths = [p for f in tollerort.report("CN")["findings"] for p in f["paths"] if p["level"] == "control"]
    ties = {h["tie"] for p in paths for h in p["hops"] if h["to"] == "cosco-holdings"}
    assert ties
    assert all(t.startswith("control:") for t in ties)


def test_warning_and_denial_stand_in_the_same_case(tollerort: Checked) -> None:
    """The Commission's warning and HHLA's denial are both kept, each against the other."""
    facts = {e["id"]: e for e in tollerort.workspace.entities() if e["schema"] == "CitedFact"}
    assert "ctt-012" in facts["ctt-013"]["properties"]["contradicts"]
    assert "ctt-013" in facts["ctt-012"]["properties"]["contradicts"]


def test_a_lapsed_statute_still_binds_until_its_certifications_end(cloud: Checked) -> None:
    """After the lapse the power goes on to about March 2027; then the explanation loses one instrument."""
    lapsed = "us-fisa702-2008"
    for day, there in (("2026-06-11", True), ("2026-06-13", True), ("2026-11-23", True), ("2027-04-15", False)):
        assert (lapsed in cloud.report("US", day)["coverage"]["instruments"]) is there
    carried = {h["class"].split("#")[0] for h in hops(cloud.report("US", "2027-04-15"))}
    assert "us-cloud-2018" in carried
    assert lapsed not in carried


def test_a_law_of_access_never_fires_stop(cloud: Checked) -> None:
    """To hand over is to let see."""
    for found in cloud.report("US")["findings"]:
        if found["capability"] == "stop":
            classes = {h["class"] for p in found["paths"] for h in p["hops"]}
            assert not any(c.startswith(("us-cloud-2018", "us-fisa702-2008")) for c in classes)


def test_a_selected_host_is_no_host(cloud: Checked) -> None:
    """What is planned gives nobody an access."""
    the_case = cloud.workspace.case(cloud.expected["site"])
    ties = cloud.workspace.ties(the_case, "2026-11-23", None)
    assert not [t for t in ties.ties if t.kind == "access" and t.holder == "scaleway"]

"""The real registers, read without a network, against the edition of 20 February 2024.

Needs the captured registers: ../shared/data beside the project, or $BRIEFING_DATA.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("BRIEFING_DATA", ROOT.parent / "shared" / "data"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (DATA / "registers").is_dir(), reason=f"no captured registers at {DATA}"),
]


def _monitor(workspace: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "monitor", *arguments, "--workspace", str(workspace)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """A workspace into which both captures were read, with what came of it."""
    workspace = tmp_path_factory.mktemp("registers") / "captures"
    shutil.copytree(ROOT / "examples/captures", workspace)
    (workspace / "state").mkdir(exist_ok=True)
    shutil.copytree(ROOT / "state/briefings", workspace / "state/briefings", dirs_exist_ok=True)
    registers = DATA / "registers"
    _monitor(
        workspace, "ingest", "--source", "uk-treaties-capture", str(registers / "uk-parliament-treaties.json")
    )
    _monitor(workspace, "ingest", "--source", "fcdo-capture", str(registers / "fcdo-uk-treaties.jsonl"))
    changes = json.loads(_monitor(workspace, "changes", "list", "--json"))
    agreements = json.loads(_monitor(workspace, "agreements", "list", "--party", "UA", "--json"))
    return {
        "workspace": workspace,
        "changes": changes,
        "agreements": agreements,
    }


def test_newly_concluded_since_the_edition(ingested):
    """Three agreements were concluded since, each once although the registers title it differently."""
    new = [change for change in ingested["changes"] if change["kind"] == "new"]

    assert sorted(change["date"] for change in new) == ["2024-07-19", "2025-01-16", "2026-01-16"]
    assert {change["scope"] for change in new} == {"other"}
    assert {change["parties"] for change in new} == {"GB-UA"}


def test_the_hundred_year_partnership_is_laid_and_in_force(ingested):
    """Signature, laying and entry into force are different dates of one agreement."""
    row = next(each for each in ingested["agreements"] if each["concluded"] == "2025-01-16")
    detail = json.loads(_monitor(ingested["workspace"], "agreements", "show", row["id"], "--json"))

    assert {"stage": "in-force", "date": "16 October 2025"}.items() <= detail["stages"][-1].items()
    assert any(step["step"] == "laid" and step["date"] == "24 February 2025" for step in detail["procedures"])
    assert {each["publisher"] for each in detail["evidence"]} != set()
    assert len({each["finding"].split("-")[0] for each in detail["evidence"]}) >= 1


def test_advanced_not_new(ingested):
    """What was concluded before the cut-off and entered into force after it has moved on, no more."""
    advanced = [change for change in ingested["changes"] if change["kind"] == "advanced"]

    assert sorted(change["date"] for change in advanced) == ["2024-09-01", "2024-09-23"]
    assert {change["stage"] for change in advanced} == {"in-force"}


def test_a_date_that_both_registers_contradict(ingested):
    """The edition says November 2020; both registers say 8 October 2020, and both are quoted."""
    differs = [change for change in ingested["changes"] if change["kind"] == "discrepancy"]
    assert len(differs) >= 1
    detail = json.loads(_monitor(ingested["workspace"], "changes", "show", differs[0]["id"], "--json"))

    assert "8 October 2020" in detail["sources"]
    assert "November 2020" in detail["edition"]
    assert len({each["publisher"] for each in detail["evidence"]}) == 2
    assert all("2020" in each["quote"] for each in detail["evidence"])


def test_nothing_is_said_of_the_agreement_in_neither_register(ingested):
    """Not in the register never reads as not concluded."""
    assert not [change for change in ingested["changes"] if (change["date"] or "") == "2024-01-12"]

"""The labelled development sets and the register's titles, against the bars of recognition.

Needs the labelled sets: ../shared/data beside the project, or $BRIEFING_DATA.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from monitor.detection import Evaluation, detect_record, evaluate
from monitor.detection.titles import partners_in_title
from monitor.model import PartyCode
from monitor.recognition import labelled_records, load_detector, load_names

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("BRIEFING_DATA", ROOT.parent / "shared" / "data"))

pytestmark = pytest.mark.skipif(
    not (DATA / "announcements").is_dir(), reason=f"no labelled announcements at {DATA}"
)


def _scored(name: str, path: Path) -> Evaluation:
    return evaluate(name, labelled_records(path), lambda r: detect_record(r, load_detector()), lambda _: ())


@cache
def announcements() -> Evaluation:
    """Return the announcements of the development set, scored."""
    return _scored("announcements", DATA / "announcements" / "dev.jsonl")


@cache
def press() -> Evaluation:
    """Return the releases, scored."""
    return _scored("press", DATA / "press")


@pytest.mark.parametrize("outcome", ["miss", "false alarm"])
def test_announcements_are_missed_or_invented_twice_at_most(outcome) -> None:
    """Nothing concluded is missed and next to nothing false is claimed."""
    assert announcements().count(outcome) <= 2


def test_sides_of_announcements() -> None:
    """Right on all but two."""
    parties = announcements().parties
    assert parties.of - parties.right <= 2


@pytest.mark.parametrize(("figure", "bar"), [("dates", 0.95), ("stages", 0.88)])
def test_dates_and_stages_of_announcements(figure, bar) -> None:
    """The day of signing where it can be derived; the stage of every document."""
    assert getattr(announcements(), figure).value >= bar


@pytest.mark.parametrize(("outcome", "most"), [("miss", 1), ("false alarm", 2)])
def test_clear_releases(outcome, most) -> None:
    """Real releases, most of which announce nothing."""
    assert press().clear.count(outcome) <= most


@pytest.mark.parametrize(("figure", "bar"), [("recall", 0.80), ("precision", 0.75)])
def test_all_releases(figure, bar) -> None:
    """With those on which labellers could differ."""
    assert getattr(press(), figure).value >= bar


def test_titles_of_the_register_name_the_partner() -> None:
    """Bilateral rows since 1945 with the United Kingdom: the title's partner is one of the record's."""
    rows = _bilateral_rows_since_1945()
    found = [(_partners(row["title"]), _others(row)) for row in rows]
    named = [(partners, others) for partners, others in found if partners]
    right = sum(bool(set(partners) & others) for partners, others in named)
    assert len(named) > 1_500, len(rows)
    assert right / len(named) >= 0.97


def _bilateral_rows_since_1945() -> list[dict[str, Any]]:
    lines = (DATA / "registers" / "fcdo-uk-treaties.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        row
        for row in rows
        if row["bilateral_or_multilateral"] == "BI"
        and (row["signed_date"] or "")[-4:] >= "1945"
        and "UNITED KINGDOM" in row["parties"]
        and _others(row)
    ]


def _others(row: dict[str, Any]) -> set[str]:
    """Return the parties beside the United Kingdom; territories stand in small letters."""
    codes = {load_names().of_register(name) for name in row["parties"] if name.isupper()}
    return {code for code in codes if code is not None} - {"GB"}


def _partners(title: str) -> tuple[str, ...]:
    return partners_in_title(title, PartyCode("GB"), load_names())

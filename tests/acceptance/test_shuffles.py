"""The events of the development set in one ledger, whatever order their announcements come in.

Needs the labelled sets: ../shared/data beside the project, or $BRIEFING_DATA.
"""

import os
import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from monitor.detection import document_of
from monitor.ledger import group
from monitor.model import Agreement, Finding, Stage
from monitor.recognition import labelled_records, load_detector

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("BRIEFING_DATA", ROOT.parent / "shared" / "data"))
SHUFFLES = 10

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (DATA / "announcements").is_dir(), reason=f"no labelled announcements at {DATA}"),
]


@cache
def findings() -> tuple[Finding, ...]:
    """Return what the announcements of the development set say of agreements."""
    documents = [document_of(r) for r in labelled_records(DATA / "announcements" / "dev.jsonl")]
    return tuple(f for document in documents for f in load_detector().detect(document).findings)


def ledger(order: list[Finding], *, batches: int) -> tuple[Agreement, ...]:
    """Return the agreements after the findings came in so many batches."""
    known: tuple[Agreement, ...] = ()
    for number in range(1, batches + 1):
        heard = order[: len(order) * number // batches]
        known = group(heard, known, ()).agreements
    return known


def alike(agreements: tuple[Agreement, ...]) -> set[tuple[object, ...]]:
    """Return agreements without their ids, which come from who was heard first."""
    return {(a.sides, a.kind, a.stage, a.findings, a.signed, a.title, a.conflicts) for a in agreements}


@pytest.mark.parametrize("seed", range(SHUFFLES))
def test_any_order_makes_the_same_ledger(seed) -> None:
    """Which language comes first is chance; what stands in the ledger is not."""
    order = list(findings())
    random.Random(seed).shuffle(order)

    assert alike(ledger(order, batches=7)) == alike(ledger(list(findings()), batches=1))


def test_no_agreement_stands_twice_and_none_is_merged_with_another() -> None:
    """A day of signing, a pair and a kind: one agreement, with every announcement of it."""
    concluded = [a for a in ledger(list(findings()), batches=1) if a.stage.implies_conclusion]
    days = Counter(
        (a.sides, a.kind, a.concluded.date.iso) for a in concluded if a.concluded and a.concluded.date
    )
    told = {f.id: f for f in findings()}
    merged = [
        a.id
        for a in concluded
        if len(
            {
                told[each].date.iso
                for each in a.findings
                if told[each].stage is Stage.CONCLUDED and told[each].signed
            }
        )
        > 1
    ]
    assert [key for key, number in days.items() if number > 1] == []
    assert merged == []

"""Real events, told in many languages: each is one agreement, in any order, and none swallows another.

Needs the labelled announcements: ../shared/data beside the project, or $BRIEFING_DATA.
"""

import json
import os
import random
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.detection import contract
from monitor.ledger import group
from monitor.model import (
    Basis,
    Finding,
    Kind,
    PartialDate,
    Signature,
    Stage,
    finding_id,
    sides_of,
)
from monitor.recognition import load_detector
from monitor.review import person_findings, read_rows

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("BRIEFING_DATA", ROOT.parent / "shared" / "data"))
SHUFFLES = 12

pytestmark = pytest.mark.skipif(
    not (DATA / "announcements/dev.jsonl").is_file(), reason=f"no labelled announcements at {DATA}"
)


@pytest.fixture(scope="module")
def records():
    """The labelled announcements."""
    lines = (DATA / "announcements/dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def labelled(record, at, label):
    """What perfect detection would find of one label."""
    sides, document = sides_of(*label["parties"]), f"d-{record['id']}"
    signed = PartialDate.parse(label["signed"]) if label["signed"] else None
    official = record["site_official"]
    basis = Basis.TEXT if "-text" in record["id"] else Basis.RELEASE if official else Basis.PRESS
    return Finding(
        id=finding_id(document, at, at + 9, sides, Stage.CONCLUDED, label["title"]),
        document_id=document,
        source_id=record["id"],
        sides=sides,
        stage=Stage.CONCLUDED,
        kind=Kind(label["kind"]),
        basis=basis,
        quote=record["text"][:80],
        start=at,
        end=at + 9,
        official=official,
        voice="UA" if official else None,
        title=label["title"],
        date=signed,
        signed=(Signature(signed),) if signed else (),
        published=PartialDate.parse(record["published"]) if record["published"] else None,
        lang=record["lang"],
    )


def told_of(records):
    """Findings by perfect detection, with the event of each and how many agreements an event has."""
    findings, event_of, counts = [], {}, Counter()
    for record in records:
        in_document = Counter()
        for at, label in enumerate(record["concluded"]):
            finding = labelled(record, at, label)
            event = (record["event"], finding.sides)
            findings.append(finding)
            event_of[finding.id] = event
            in_document[event] += 1
        counts |= in_document
    return findings, event_of, counts


def shuffled(findings, seed):
    """The same findings in another order."""
    order = list(findings)
    random.Random(seed).shuffle(order)
    return order


def test_each_event_is_one_agreement_in_any_order(records):
    """Sixteen languages and a page of the text tell of one signing."""
    findings, event_of, counts = told_of(records)

    expected = group(findings, (), ()).agreements
    for seed in range(SHUFFLES):
        assert group(shuffled(findings, seed), (), ()).agreements == expected

    of_event = Counter(event_of[each.findings[0]] for each in expected)
    merged = [each.id for each in expected if len({event_of[finding] for finding in each.findings}) > 1]
    assert merged == []
    assert of_event == counts


def test_what_a_person_knows_meets_what_is_announced(records):
    """An imported list of known agreements must not double those that sources tell of."""
    findings, *_ = told_of(records)
    rows = read_rows((DATA / "agreements.csv").read_text(encoding="utf-8"), "agreements.csv")
    entered = person_findings(
        rows, by="A. Reader", at=datetime(2031, 1, 1, tzinfo=UTC), file="agreements.csv"
    )

    agreements = group([*findings, *entered.findings], (), ()).agreements

    doubled = defaultdict(list)
    for each in agreements:
        if each.concluded and each.concluded.date:
            doubled[each.sides, each.kind, each.concluded.date.iso].append(each.title)
    kinds_that_repeat = {Kind.OTHER}  # a visit's several papers
    assert [
        titles
        for (_, kind, _), titles in doubled.items()
        if len(titles) > 1 and kind not in kinds_that_repeat
    ] == []
    persons = {each.id for each in entered.findings}
    assert all(len(persons & set(each.findings)) <= 1 for each in agreements)


@pytest.mark.slow
def test_what_detection_finds_is_grouped_by_event(records):
    """The same with what the program itself reads, false alarms and misses included."""
    detector, labels = load_detector(), {}
    findings = []
    for record in records:
        for finding in detector.detect(contract.document_of(record)).findings:
            labelled_sides = {sides_of(*label["parties"]) for label in record["concluded"]}
            if finding.stage is Stage.CONCLUDED and finding.sides in labelled_sides:
                labels[finding.id] = (record["event"], finding.sides)
            findings.append(finding)

    expected = group(findings, (), ()).agreements
    for seed in range(SHUFFLES):
        assert group(shuffled(findings, seed), (), ()).agreements == expected

    events = [{labels[each] for each in agreement.findings if each in labels} for agreement in expected]
    of_event = Counter(event for told in events for event in told)
    assert [told for told in events if len(told) > 1] == []
    repeated = {event for event, count in of_event.items() if count > 1}
    assert repeated <= {event for event in repeated if event[0] == "UA-SK-2024"}  # two papers of one visit

"""A register of thousands of rows beside people who review; bench/registers.py has the times."""

import threading

import pytest

from monitor.model import Batch, sides_of
from monitor.store import open_store
from tests.store.samples import T0, agreement, decision, document, finding, item

PAIRS = [sides_of("QB", partner) for partner in ("QR", "QS", "QT", "QU", "QV")]


def ingest(numbers):
    """A batch of register rows, each with its document, finding and agreement."""
    pairs = [(number, PAIRS[number % len(PAIRS)]) for number in numbers]
    return Batch(
        at=T0,
        items=tuple(item(number) for number, _ in pairs),
        documents=tuple(document(number) for number, _ in pairs),
        findings=tuple(finding(number, sides) for number, sides in pairs),
        agreements=tuple(agreement(number, sides) for number, sides in pairs),
    )


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "monitor.db", create=True) as store:
        yield store


@pytest.mark.slow
def test_decisions_get_their_turn_during_an_ingest(store):
    """Each transaction is short, so that a person who reviews never waits for a whole register (S9)."""
    batches = [ingest(range(start, start + 1000)) for start in range(0, 10_000, 1000)]
    ingesting = threading.Thread(target=lambda: [store.save(batch) for batch in batches])
    ingesting.start()
    taken = 0
    with open_store(store.database.place) as reviewing:
        while ingesting.is_alive():
            reviewing.save(Batch(at=T0, decisions=(decision(taken),)))
            taken += 1
    ingesting.join()

    assert taken >= len(batches) // 2

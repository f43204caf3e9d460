"""How long the store takes for a register of thousands of rows."""

import statistics
import threading
import time

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


def took_s(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "monitor.db", create=True) as store:
        yield store


@pytest.mark.slow
def test_a_thousand_register_rows_take_under_half_a_second(store):
    """An ingest of both British registers must end within 15 s, detection included."""
    batches = [ingest(range(start, start + 1000)) for start in range(0, 5000, 1000)]

    assert statistics.median(took_s(lambda each=each: store.save(each)) for each in batches) < 0.5


@pytest.mark.slow
def test_who_reviews_hardly_waits_for_an_ingest(store):
    """Each transaction is short, so that a decision gets its turn between two (S9)."""
    batches = [ingest(range(start, start + 1000)) for start in range(0, 10_000, 1000)]
    ingesting = threading.Thread(target=lambda: [store.save(batch) for batch in batches])
    waits_s = []
    ingesting.start()
    with open_store(store.database.place) as reviewing:
        while ingesting.is_alive():
            waits_s.append(took_s(lambda: reviewing.save(Batch(at=T0, decisions=(decision(len(waits_s)),)))))
    ingesting.join()

    assert statistics.median(waits_s) < 0.2
    assert max(waits_s) < 2

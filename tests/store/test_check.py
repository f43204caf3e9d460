"""The check of the database finds what the database itself does not prevent (S11)."""

import sqlite3
from contextlib import closing

import pytest

from monitor.model import DeliveryStatus
from monitor.store import open_store
from tests.store.samples import agreement, delivery, document, finding, full_batch, pending, report


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """The bytes of a database with a report that was sent."""
    path = tmp_path_factory.mktemp("sent") / "monitor.db"
    with open_store(path, create=True) as store:
        store.save(full_batch(1))
        store.save(full_batch(2))
        store.save_report(report(), [delivery(status=DeliveryStatus.SENT)], [pending()], [])
        assert store.check() == ()
    return path.read_bytes()


@pytest.fixture
def path(tmp_path, sent):
    path = tmp_path / "monitor.db"
    path.write_bytes(sent)
    return path


def damage(path, *statements):
    """Change rows behind the program's back, without its foreign keys."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        pytest.param(
            "DELETE FROM documents", f"a finding quotes document {document(1).id}", id="no-document"
        ),
        pytest.param("DELETE FROM findings", f"rests on finding {finding(1).id}", id="no-finding"),
        pytest.param("DELETE FROM changes", "waits to be told, but is not recorded", id="no-change"),
        pytest.param("DELETE FROM reports", "report r-1 was sent, but", id="sent-without-report"),
        pytest.param("DELETE FROM reports", "report r-1 has told a change, but", id="told-without-report"),
        pytest.param("DELETE FROM reports", "bytes of report r-1 stand without it", id="bytes-alone"),
        pytest.param("DELETE FROM renderings", "report r-1 has no bytes", id="no-bytes"),
        pytest.param(
            "INSERT INTO agreement_aliases VALUES ('old', 'gone', 0)", "stands for agreement gone", id="alias"
        ),
        pytest.param(
            "UPDATE findings SET value = replace(value, '2031-02-16', '2031-02-17')",
            "a row of findings",
            id="another-date",
        ),
        pytest.param("UPDATE findings SET first_seen = '2031'", "a row of findings", id="another-first-seen"),
        pytest.param("UPDATE documents SET passages = x'00'", "a row of documents", id="another-text"),
        pytest.param("UPDATE changes SET life = 'decided'", "a row of changes", id="another-life"),
        pytest.param("UPDATE deliveries SET status = 'waiting'", "a row of deliveries", id="another-status"),
        pytest.param("UPDATE pending SET told_in = NULL", "a row of pending", id="untold"),
        pytest.param("UPDATE renderings SET content = 'x'", "a row of renderings", id="another-report"),
        pytest.param("UPDATE item_keys SET item_key = 'x'", "a row of item_keys", id="another-key"),
        pytest.param("UPDATE audit SET value = '{}'", "a row of audit", id="another-audit"),
    ],
)
def test_each_kind_of_damage_is_found(path, statement, words):
    """Whoever changes the database by hand, or a disk that does, is found out."""
    damage(path, statement)

    with open_store(path) as store:
        assert any(words in fault for fault in store.check()), store.check()


def test_a_quotation_that_does_not_stand_in_its_document_is_found(path):
    """No claim without a quotation from a stored source: the second promise."""
    with open_store(path) as store:
        wrong = finding(1, start=3, end=3 + len(finding(1).quote))
        store.save(full_batch(1, poll=None, findings=(wrong,)))

        assert f"the quotation of finding {wrong.id}" in " ".join(store.check())


def test_many_faults_of_a_kind_are_counted_not_listed(path):
    """A thousand lines hide the one that matters."""
    with open_store(path) as store:
        lost = tuple(agreement(number, findings=(f"f-{number}",)) for number in range(10, 60))
        store.save(full_batch(1, poll=None, agreements=lost))
        faults = store.check()

    assert len(faults) == 21
    assert faults[-1] == "... and 30 more like the last"

"""D2: whatever step of a delivery a process dies at, nothing is lost and what is repeated is recognisable."""

import multiprocessing
import signal
from datetime import timedelta
from email import message_from_bytes

import pytest

from monitor.model import Audience, AuditEntry, Delivery, DeliveryStatus, delivery_id, message_id
from monitor.reports import make_report
from monitor.store import open_store
from tests.fakes import NOON
from tests.reports import sample
from tests.reports.conftest import templates as templates
from tests.slow.mail_server import Recorder, Step, deliver

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

REFUSED, PUT_OFF, SLOW = "refused@x.example", "put-off@x.example", "slow@x.example"
REACHABLE = {PUT_OFF, SLOW}
_REPEATED = {Step.DOT, Step.ACCEPTED, Step.QUIT}  # taken in, and the process died before it could record that


@pytest.fixture(scope="module")
def report(templates):
    """A digest of a busy week."""
    return make_report(sample.busiest().material(), sample.occasion(Audience.READERS), templates)


@pytest.fixture
def database(report, tmp_path):
    """A store that owes the digest to three recipients."""
    path = str(tmp_path / "monitor.db")
    deliveries = [
        Delivery(delivery_id(report.id, "smtp", to), report.id, "smtp", to) for to in (REFUSED, PUT_OFF, SLOW)
    ]
    with open_store(path, create=True) as store:
        store.save_report(report, deliveries, (), (AuditEntry(NOON, "monitor", "report-made", report.id),))
    return path


@pytest.fixture(scope="module")
def processes():
    """Quick to start: they are forked off one that has imported everything, and runs nothing else."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.slow.mail_server"])
    return context


def _deliver_all(processes, database, recorder):
    """Run after run, as a scheduler would, until nothing is due any more."""
    endings, now = [], NOON
    for _ in range(4):
        process = processes.Process(target=deliver, args=(database, recorder.port, now))
        process.start()
        recorder.client = process.pid
        process.join(60)
        endings.append(process.exitcode)
        now += timedelta(minutes=10)
    return endings


@pytest.mark.parametrize("connection", [1, 2, 3])
@pytest.mark.parametrize("step", list(Step), ids=lambda step: step.name.lower())
def test_nothing_is_lost_and_one_repeat_at_most(report, processes, database, step, connection):
    """Three recipients, one refused for good, one put off, one slow; the process dies once."""
    recorder = Recorder(
        (step, connection),
        answers={REFUSED: ["550 no such mailbox"], PUT_OFF: ["451 come back later", "250 fine"]},
        slow_s={SLOW: 0.05},
    )
    with recorder:
        endings = _deliver_all(processes, database, recorder)
    with open_store(database) as store:
        statuses = {each.recipient: each.status for each in store.deliveries()}
        tried = [entry.subject for entry in store.audit() if entry.action == "delivery-dead"]
    got = [recipient for recipient, _ in recorder.got]

    died = recorder.kill is None
    assert endings.count(-signal.SIGKILL) == died, endings
    assert set(endings) <= {0, -signal.SIGKILL}
    assert died or step in {Step.DATA, Step.BODY, Step.DOT, Step.ACCEPTED}  # who is refused sends no DATA
    assert set(got) == REACHABLE
    assert len(got) <= len(REACHABLE) + (died and step in _REPEATED)
    for recipient, mail in recorder.got:
        assert mail.endswith(report.rendering(".eml").content)
        assert message_from_bytes(mail)["Message-ID"] == message_id("monitor.example", report.id, recipient)
    assert len(set(recorder.got)) == len(REACHABLE)  # a repeat is the same bytes
    assert statuses == {
        REFUSED: DeliveryStatus.DEAD,
        PUT_OFF: DeliveryStatus.SENT,
        SLOW: DeliveryStatus.SENT,
    }
    assert tried == [delivery_id(report.id, "smtp", REFUSED)]  # given up in the open

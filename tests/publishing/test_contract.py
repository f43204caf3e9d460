"""What every channel keeps, the real ones and the fake: a delivery is accepted, or says why not."""

import pytest

from monitor.errors import PublishError
from monitor.model import Delivery, delivery_id
from monitor.publishing import FilesChannel, Security, SmtpChannel, SmtpSettings
from tests.fakes import FailingChannel, RecordingChannel
from tests.publishing.smtp.conftest import Mailbox, free_port
from tests.publishing.smtp.conftest import authority as authority
from tests.publishing.smtp.conftest import mail_server as mail_server


def mailer(port):
    """A channel to a port of this machine."""
    settings = SmtpSettings("127.0.0.1", port, "monitor@x.example", Security.NONE, deadline_s=5)
    return SmtpChannel(settings, "monitor.example")


@pytest.fixture(params=["fake", "files", "smtp"])
def pair(request, tmp_path, mail_server):
    """A channel that works, one that does not, and how to ask what the first has taken in."""
    if request.param == "fake":
        works = RecordingChannel()
        return works, FailingChannel(), lambda: [report.renderings for report, _ in works.delivered]
    if request.param == "smtp":
        mailbox = Mailbox()
        return mailer(mail_server(mailbox)), mailer(free_port()), lambda: list(mailbox.got)
    folder = tmp_path / "reports"
    (tmp_path / "in-the-way").write_text("a file")
    works, broken = (FilesChannel(tmp_path / name, "monitor.example") for name in ("reports", "in-the-way"))
    return works, broken, lambda: [{path.name: path.read_bytes() for path in folder.iterdir()}]


def delivery_of(report, channel="any"):
    """A delivery of a report."""
    return Delivery(delivery_id(report.id, channel, "a@x.example"), report.id, channel, "a@x.example")


def test_returning_means_that_it_was_accepted(pair, make_report):
    """The outbox ticks off on return, so whoever returns has it."""
    works, _, taken = pair
    report = make_report()
    works.deliver(report, delivery_of(report))

    assert taken()


def test_a_repeat_is_the_same_bytes(pair, make_report):
    """After a crash a delivery is repeated; whoever gets it twice can tell."""
    works, _, taken = pair
    report = make_report()
    works.deliver(report, delivery_of(report))
    first = taken()[0]
    works.deliver(report, delivery_of(report))

    assert all(each == first for each in taken())


def test_a_failure_says_so_in_words(pair, make_report):
    """PublishError, not permanent: another try may help."""
    _, broken, _ = pair
    report = make_report()

    with pytest.raises(PublishError) as caught:
        broken.deliver(report, delivery_of(report))
    assert not caught.value.permanent
    assert len(str(caught.value)) > 20

"""What every channel keeps, the real ones and the fake: a delivery is accepted, or says why not."""

from dataclasses import replace

import pytest

from monitor.errors import PublishError
from monitor.model import Delivery, Rendering, delivery_id
from monitor.publishing import (
    AtomChannel,
    FilesChannel,
    Security,
    SmtpChannel,
    SmtpSettings,
    WebhookChannel,
)
from tests.fakes import FailingChannel, FakeFetcher, FixedClock, Page, RecordingChannel
from tests.publishing.smtp.conftest import Mailbox, free_port
from tests.publishing.smtp.conftest import authority as authority
from tests.publishing.smtp.conftest import mail_server as mail_server

RECIPIENT = "a@x.example"
FOR_PROGRAMS = (
    Rendering(".json", "application/json", b'{"schema": "x"}'),
    Rendering(".atom", "application/atom+xml", b"<updated>2031-02-23T09:00:00Z</updated>"),
)


def mailer(port):
    """A channel to a port of this machine."""
    settings = SmtpSettings("127.0.0.1", port, "monitor@x.example", Security.NONE, deadline_s=5)
    return SmtpChannel(settings, "monitor.example")


def poster(url, answer):
    """A channel that posts to a place that answers so."""
    return WebhookChannel(FakeFetcher({url: answer}), FixedClock(), "secret")


@pytest.fixture(params=["fake", "files", "smtp", "atom", "webhook"])
def pair(request, tmp_path, mail_server):
    """A channel that works, one that does not, and how to ask what the first has taken in."""
    if request.param == "fake":
        works = RecordingChannel()
        return works, FailingChannel(), lambda: [report.renderings for report, _ in works.delivered]
    if request.param == "smtp":
        mailbox = Mailbox()
        return mailer(mail_server(mailbox)), mailer(free_port()), lambda: list(mailbox.got)
    if request.param == "webhook":
        works = poster(RECIPIENT, Page(b"thanks", status=202))
        return works, poster(RECIPIENT, Page(b"later", status=503)), lambda: list(works._fetcher.asked)
    folder = tmp_path / "reports"
    (tmp_path / "in-the-way").write_text("a file")
    names = ("reports", "in-the-way")
    if request.param == "atom":
        works, broken = (AtomChannel(tmp_path / name) for name in names)
    else:
        works, broken = (FilesChannel(tmp_path / name, "monitor.example") for name in names)
    return works, broken, lambda: [{path.name: path.read_bytes() for path in folder.iterdir()}]


def delivery_of(report, channel="any"):
    """A delivery of a report."""
    return Delivery(delivery_id(report.id, channel, RECIPIENT), report.id, channel, RECIPIENT)


def test_returning_means_that_it_was_accepted(pair, make_report):
    """The outbox ticks off on return, so whoever returns has it."""
    works, _, taken = pair
    report = make_report(for_programs=FOR_PROGRAMS)
    works.deliver(report, delivery_of(report))

    assert taken()


def test_a_repeat_is_the_same_bytes(pair, make_report):
    """After a crash a delivery is repeated; whoever gets it twice can tell."""
    works, _, taken = pair
    report = make_report(for_programs=FOR_PROGRAMS)
    works.deliver(report, delivery_of(report))
    first = taken()[0]
    works.deliver(report, delivery_of(report))

    assert all(each == first for each in taken())


def test_a_report_without_the_form_that_it_needs_is_refused_for_good(pair, make_report):
    """It will not have it at the next try either."""
    works, _, _ = pair
    bare = replace(make_report(for_programs=FOR_PROGRAMS), renderings=())
    if isinstance(works, RecordingChannel | FilesChannel):
        pytest.skip("takes whatever forms there are")

    with pytest.raises(PublishError) as caught:
        works.deliver(bare, delivery_of(bare))
    assert caught.value.permanent


def test_a_failure_says_so_in_words(pair, make_report):
    """PublishError, not permanent: another try may help."""
    _, broken, _ = pair
    report = make_report(for_programs=FOR_PROGRAMS)

    with pytest.raises(PublishError) as caught:
        broken.deliver(report, delivery_of(report))
    assert not caught.value.permanent
    assert len(str(caught.value)) > 20

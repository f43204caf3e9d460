"""Mail: verified, within its deadline, one recipient at a time, the same bytes each time."""

import time
from email import message_from_bytes

import pytest

from monitor.errors import PublishError
from monitor.model import DeliveryStatus, message_id
from monitor.publishing import Security, deliver_due
from tests.fakes import FixedClock
from tests.publishing.smtp.conftest import Mailbox, free_port, raw_server, to


def refused(channel, report, recipient="a@x.example"):
    """The error of a delivery that must fail."""
    with pytest.raises(PublishError) as caught:
        channel.deliver(report, to(report, recipient))
    return caught.value


@pytest.mark.parametrize("security", list(Security))
def test_a_report_arrives_whole(mail_server, channel, make_report, security):
    """Over each kind of connection, with its own bytes after two headers of the recipient's."""
    mailbox, report = Mailbox(), make_report()
    port = mail_server(mailbox, tls=None if security is Security.NONE else security)
    channel(port, security).deliver(report, to(report))
    ((recipients, content),) = mailbox.got

    assert recipients == ["a@x.example"]
    assert content.endswith(report.rendering(".eml").content)
    assert message_from_bytes(content)["Message-ID"] == message_id(
        "monitor.example", report.id, "a@x.example"
    )


def test_a_repeat_is_the_same_message(mail_server, channel, make_report):
    """D2: killed after the server's 250 and before the commit, the repeat is recognisable."""
    mailbox, report = Mailbox(), make_report()
    mailer = channel(mail_server(mailbox))
    for _ in range(2):
        mailer.deliver(report, to(report))

    assert mailbox.got[0] == mailbox.got[1]


def test_lines_that_begin_with_a_dot_arrive_as_they_were(mail_server, channel, make_report):
    """The dot ends a message; RFC 5321, section 4.5.2."""
    mailbox, report = Mailbox(), make_report(text=".hidden\r\n.\r\nQUIT")
    channel(mail_server(mailbox)).deliver(report, to(report))

    assert b"\r\n.\r\nQUIT" in mailbox.got[0][1]


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 no such mailbox", True), ("451 greylisted, come back", False)]
)
def test_a_refused_recipient_is_its_own_matter(mail_server, channel, make_report, answer, permanent):
    """D4: refused for good it is dead-lettered, put off it is tried again."""
    error = refused(channel(mail_server(Mailbox(refuse={"a@x.example": answer}))), make_report())

    assert error.permanent is permanent
    assert answer[4:] in str(error)


@pytest.mark.parametrize(("answer", "permanent"), [("554 looks like spam", True), ("452 disk full", False)])
def test_a_refused_message_is_not_sent(mail_server, channel, make_report, answer, permanent):
    """D5: only the answer to the whole message counts."""
    assert refused(channel(mail_server(Mailbox(answer=answer))), make_report()).permanent is permanent


def test_stripped_starttls_is_refused(mail_server, channel, make_report):
    """D12: somebody on the way takes the offer out; then nothing is sent in the clear."""
    mailbox = Mailbox()
    error = refused(channel(mail_server(mailbox), Security.STARTTLS), make_report())

    assert "nothing was sent" in str(error)
    assert not error.permanent
    assert mailbox.got == []


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_of_another_name_is_refused(mail_server, channel, make_report, security):
    """D12: encrypted to the wrong server is not private."""
    mailbox = Mailbox()
    error = refused(
        channel(mail_server(mailbox, tls=security, name="other.example"), security), make_report()
    )

    assert "certificate" in str(error)
    assert mailbox.got == []


def test_a_certificate_of_an_unknown_authority_is_refused(mail_server, channel, make_report):
    """There is no setting that switches the check off; a CA bundle adds an authority."""
    port = mail_server(tls=Security.TLS)
    error = refused(channel(port, Security.TLS, ca_bundle=None), make_report())

    assert "certificate" in str(error)


def test_login_uses_the_password(mail_server, channel, make_report):
    """Over an encrypted connection only."""
    mailbox, report = Mailbox(), make_report()
    port = mail_server(mailbox, tls=Security.STARTTLS, login=True)
    channel(port, Security.STARTTLS, username="monitor", password="right").deliver(report, to(report))

    assert len(mailbox.got) == 1


def test_a_wrong_password_is_tried_again_and_not_shown(mail_server, channel, make_report):
    """A person mends the setting; until then nothing is dead-lettered, and no log holds the password."""
    port = mail_server(Mailbox(), tls=Security.STARTTLS, login=True)
    error = refused(channel(port, Security.STARTTLS, username="monitor", password="wr0ng!"), make_report())

    assert not error.permanent
    assert "refused the user name or password" in str(error)
    assert "wr0ng!" not in str(error)


def test_a_server_that_is_down_is_tried_again(channel, make_report):
    """The message says which server."""
    port = free_port()
    error = refused(channel(port), make_report())

    assert f"127.0.0.1:{port}" in str(error)
    assert not error.permanent


def drip_greeting(connection, over):
    """A byte of a greeting now and then, for ever."""
    connection.sendall(b"220-")
    while not over.wait(0.02):
        connection.sendall(b"x")


def drip_handshake(connection, over):
    """The beginning of a TLS record that announces more than will come."""
    connection.sendall(b"\x16\x03\x03\x40\x00")
    while not over.wait(0.02):
        connection.sendall(b"x")


def drip_answers(connection, over):
    """A greeting, and then an answer without an end."""
    connection.sendall(b"220 hello\r\n")
    while not over.wait(0.02):
        connection.sendall(b"250-more\r\n")


@pytest.mark.parametrize(
    ("serve", "security"),
    [
        pytest.param(drip_greeting, Security.NONE, id="greeting"),
        pytest.param(drip_handshake, Security.TLS, id="handshake"),
        pytest.param(drip_answers, Security.STARTTLS, id="answers"),
    ],
)
def test_a_server_that_drips_is_cut_off_at_the_deadline(channel, make_report, serve, security):
    """D12: a time limit for each read would wait for ever."""
    with raw_server(serve) as port:
        began = time.monotonic()
        error = refused(channel(port, security, deadline_s=0.3), make_report())
        took_s = time.monotonic() - began

    assert "more than 0.3 s" in str(error)
    assert took_s < 1.3


def accept_and_vanish(connection, over):
    """Accept the message, and close the connection instead of answering the goodbye."""
    connection.sendall(b"220 hello\r\n")
    stream = connection.makefile("rb")
    for line in stream:
        if line.upper().startswith(b"DATA"):
            connection.sendall(b"354 go on\r\n")
            while stream.readline() != b".\r\n":
                pass
            connection.sendall(b"250 accepted\r\n")
            return
        connection.sendall(b"250 fine\r\n")


def test_a_goodbye_that_is_lost_does_not_send_twice(channel, make_report):
    """The server has the message: a failure now would mail it again."""
    report = make_report()
    with raw_server(accept_and_vanish) as port:
        channel(port).deliver(report, to(report))


def test_what_is_no_address_is_never_given_to_a_server(channel, make_report):
    """D10: no second recipient, no second command."""
    error = refused(channel(free_port()), make_report(), "a@x.example>\r\nRCPT TO:<b@x.example")

    assert error.permanent


def test_of_three_recipients_each_gets_its_own_outcome(store, owe, mail_server, channel, make_report):
    """One refused, one put off, one served: nobody is repeated and nothing is dropped quietly."""
    mailbox = Mailbox(refuse={"gone@x.example": "550 unknown", "later@x.example": "450 busy"})
    owe(make_report(), *(("smtp", f"{name}@x.example") for name in ("gone", "later", "here")))
    channels, clock = {"smtp": channel(mail_server(mailbox))}, FixedClock()
    deliver_due(store, channels, clock)
    mailbox.refuse.clear()
    clock.advance(hours=1)
    deliver_due(store, channels, clock)

    assert {each.recipient: each.status for each in store.deliveries()} == {
        "gone@x.example": DeliveryStatus.DEAD,
        "later@x.example": DeliveryStatus.SENT,
        "here@x.example": DeliveryStatus.SENT,
    }
    assert sorted(recipients[0] for recipients, _ in mailbox.got) == ["here@x.example", "later@x.example"]

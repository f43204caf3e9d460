"""Real mail servers on this machine: one that keeps to the rules, and raw ones that do not."""

import socket
import ssl
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from monitor.model import Delivery, delivery_id
from monitor.publishing import Security, SmtpChannel, SmtpSettings


@dataclass
class Mailbox:
    """What a server got, and the answers that it gives to some recipients or to every message."""

    refuse: dict[str, str] = field(default_factory=dict)
    answer: str = "250 OK"
    got: list[tuple[list[str], bytes]] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("2"):
            self.got.append((envelope.rcpt_tos, envelope.original_content))
        return self.answer

    def authenticate(self, server, session, envelope, mechanism, data):
        self.logins.append(data.password)
        return AuthResult(success=data.password == b"right", handled=False)


def free_port():
    """A port that nobody listens on; aiosmtpd cannot choose one itself."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def authority():
    """A certificate authority that only these tests trust."""
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_bundle(authority, tmp_path_factory):
    """Its certificate, as a file."""
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def mail_server(authority):
    """Start a server; it ends with the test."""
    started = []

    def start(mailbox=None, *, tls=None, name="127.0.0.1", login=False):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if tls else None
        if context:
            authority.issue_cert(name).configure_cert(context)
        options = {"tls_context": context, "require_starttls": True} if tls is Security.STARTTLS else {}
        if login:
            options |= {"authenticator": mailbox.authenticate, "auth_required": True}
            options |= {"auth_require_tls": tls is Security.STARTTLS}
        controller = Controller(
            mailbox or Mailbox(),
            hostname="127.0.0.1",
            port=free_port(),
            ssl_context=context if tls is Security.TLS else None,
            **options,
        )
        controller.start()
        started.append(controller)
        return controller.port

    yield start
    for controller in started:
        controller.stop()


@pytest.fixture
def channel(ca_bundle):
    """A channel to a port of this machine."""

    def make(port, security=Security.NONE, **settings):
        values = {"host": "127.0.0.1", "sender": "monitor@monitor.example", "ca_bundle": ca_bundle}
        values |= {"deadline_s": 5.0} | settings
        return SmtpChannel(SmtpSettings(port=port, security=security, **values), "monitor.example")

    return make


def to(report, recipient="a@x.example"):
    """A delivery of a report by mail."""
    return Delivery(delivery_id(report.id, "smtp", recipient), report.id, "smtp", recipient)


@contextmanager
def raw_server(serve):
    """A server that does to each connection what ``serve`` does, in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def loop():
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    serve(connection, over)
                except OSError:
                    continue  # the client hung up, which is what some tests wait for

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)

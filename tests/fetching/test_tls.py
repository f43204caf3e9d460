"""F10: certificates are checked always; each fault has its own words; no switch turns it off."""

import ssl
from datetime import UTC, datetime

import pytest
import trustme

from monitor.model import Transport
from tests.fetching.conftest import ask
from tests.fetching.servers import Server, reply

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2080, 1, 1, tzinfo=UTC)


@pytest.fixture
def resolve_here(make_fetcher):
    """Build a fetcher to which every name is this machine."""
    return lambda **settings: make_fetcher(resolver=lambda host, port: ["127.0.0.1"], **settings)


def fetch_from(fetcher, context, **fields):
    with Server(lambda _: [reply(b"ok")], tls=context) as server:
        return ask(fetcher, server.url(host="mfa.example"), **fields), server


def test_a_good_certificate_is_accepted_and_the_name_is_sent(resolve_here, tls):
    """The address is dialled in figures, yet the server must learn the name: SNI and Host."""
    names = []
    context = tls.server("mfa.example")
    context.sni_callback = lambda sock, name, _: names.append(name)
    got, server = fetch_from(resolve_here(), context, ca_file=tls.ca_file)

    assert got.body == b"ok"
    assert names == ["mfa.example"]
    assert server.asked[0].headers["host"] == f"mfa.example:{server.port}"


def self_signed():
    """Return a server whose certificate nobody but itself vouches for."""
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with ca.private_key_pem.tempfile() as key, ca.cert_pem.tempfile() as certificate:
        context.load_cert_chain(certificate, key)
    return context


FAULTS = [
    pytest.param(lambda tls: tls.server("mfa.example", not_after=LONG_AGO), "has expired", id="expired"),
    pytest.param(
        lambda tls: tls.server("mfa.example", not_before=FAR_AHEAD, not_after=FAR_AHEAD.replace(year=2081)),
        "not valid yet",
        id="not-yet-valid",
    ),
    pytest.param(lambda tls: tls.server("other.example"), "is for another name", id="wrong-name"),
    pytest.param(lambda tls: self_signed(), "is self-signed", id="self-signed"),
    pytest.param(
        lambda tls: tls.stranger("mfa.example"), "an authority that is not known", id="unknown-authority"
    ),
]


@pytest.mark.parametrize(("context", "words"), FAULTS)
def test_a_bad_certificate_is_refused_with_its_own_words(resolve_here, tls, context, words):
    """Whether to wait, to correct the address or to add a CA file depends on which fault it is."""
    got, server = fetch_from(resolve_here(), context(tls), ca_file=tls.ca_file)

    assert (got.exchange.transport, got.body) == (Transport.TLS, None)
    assert words in got.exchange.detail
    assert server.asked == []


def test_a_source_without_a_ca_file_trusts_the_public_authorities_alone(resolve_here, tls):
    """Trust given to one source must not stick to the session: CVE-2024-35195."""
    fetcher = resolve_here()
    with Server(lambda _: [reply(b"ok")], tls=tls.server("mfa.example")) as server:
        url = server.url(host="mfa.example")
        transports = [
            ask(fetcher, url, ca_file=file).exchange.transport for file in (tls.ca_file, None, tls.ca_file)
        ]

    assert transports == [Transport.ANSWERED, Transport.TLS, Transport.ANSWERED]


def test_one_bundle_serves_all_sources(resolve_here, tls):
    """Parliaments run proxies that sign every site anew; one bundle is set once."""
    got, _ = fetch_from(resolve_here(ca_bundle=tls.ca_file), tls.server("mfa.example"))

    assert got.body == b"ok"


@pytest.mark.parametrize("content", [None, "no certificate here"], ids=["missing", "without-certificate"])
def test_a_ca_file_that_cannot_be_used_is_named(resolve_here, tls, tmp_path, content):
    """Falling back to other certificates would undo what the file is for."""
    path = tmp_path / "ours.pem"
    if content:
        path.write_text(content)
    got, server = fetch_from(resolve_here(), tls.server("mfa.example"), ca_file=str(path))

    assert got.exchange.transport is Transport.TLS
    assert "ours.pem" in got.exchange.detail
    assert server.connections == 0


def test_a_server_without_tls_is_named(resolve_here):
    """https on a port that speaks http."""
    with Server(lambda _: [b"HTTP/1.1 400 Bad Request\r\n\r\n", None]) as server:
        server._answer_one = lambda sock, reader: sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n") and False
        exchange = ask(resolve_here(), f"https://mfa.example:{server.port}/").exchange

    assert exchange.transport is Transport.TLS
    assert "no encrypted connection" in exchange.detail


def test_old_protocols_are_refused(resolve_here, tls):
    """TLS 1.1 can be read and changed on the way."""
    context = tls.server("mfa.example")
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    got, _ = fetch_from(resolve_here(), context, ca_file=tls.ca_file)

    assert got.exchange.transport is Transport.TLS


def test_a_connection_over_tls_is_kept(resolve_here, tls):
    """Handshakes are the larger part of a poll that finds nothing new."""
    fetcher = resolve_here()
    with Server(lambda _: [reply(b"ok")], tls=tls.server("mfa.example")) as server:
        for _ in range(3):
            ask(fetcher, server.url(host="mfa.example"), ca_file=tls.ca_file)

    assert (server.connections, len(server.asked)) == (1, 3)


def test_a_body_that_drips_over_tls_is_cut_at_the_deadline(resolve_here, tls):
    """The deadline holds above TLS too, where the library reads by itself."""

    def answer(_):
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"
        yield from server.drip(b"a" * 9_999)

    with Server(answer, tls=tls.server("mfa.example")) as server:
        fetcher = resolve_here(deadline_s=0.2)
        exchange = ask(fetcher, server.url(host="mfa.example"), ca_file=tls.ca_file).exchange

    assert exchange.transport is Transport.TIMEOUT

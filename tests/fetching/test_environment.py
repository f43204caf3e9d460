"""F12: nothing in the environment changes where a request goes or what it carries; proxies are configured."""

import socket

import pytest

from monitor.model import Transport
from tests.fetching.conftest import ask
from tests.fetching.servers import Server, reply


@pytest.fixture
def hostile_environment(tmp_path, monkeypatch):
    """An environment that would send everything to a canary and add a password to it."""
    with Server(lambda _: [reply(b"canary")]) as canary:
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login user password word\n")
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, canary.url())
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
            monkeypatch.setenv(name, "/nowhere/ca.pem")
        yield canary


def test_proxies_and_passwords_of_the_environment_are_ignored(hostile_environment, fetch):
    """A variable left in a service's unit file must not read along or log in for us."""
    with Server(lambda _: [reply(b"direct")]) as server:
        got = fetch(server.url())

    assert got.body == b"direct"
    assert "authorization" not in server.asked[0].headers
    assert hostile_environment.connections == 0


def test_certificates_of_the_environment_are_ignored(hostile_environment, make_fetcher, tls):
    """What is trusted stands in monitor.toml or with the source."""
    fetcher = make_fetcher(resolver=lambda host, port: ["127.0.0.1"], ca_bundle=tls.ca_file)
    with Server(lambda _: [reply(b"ok")], tls=tls.server("mfa.example")) as server:
        got = ask(fetcher, server.url(host="mfa.example"))

    assert got.body == b"ok"


def test_a_configured_proxy_is_asked_and_resolves_the_name(make_fetcher):
    """In many parliaments only the proxy knows the names of the world."""
    with Server(lambda _: [reply(b"by proxy")]) as proxy:
        fetcher = make_fetcher(
            proxy=proxy.url(),
            allow_loopback=False,
            resolver=lambda host, port: pytest.fail(f"resolved {host}"),
        )
        got = ask(fetcher, "http://mfa.example/news")

    assert got.body == b"by proxy"
    assert proxy.asked[0].line == "GET http://mfa.example/news HTTP/1.1"


def test_https_through_a_proxy_is_checked_end_to_end(make_fetcher, tls):
    """The proxy carries bytes; the certificate is still the site's."""
    with Server(lambda _: [reply(b"ok")], tls=tls.server("mfa.example")) as site:

        def tunnel(asked):
            """Take the CONNECT, then be the site: the tunnel's end is served by this very server."""
            yield b"HTTP/1.1 200 Connection established\r\n\r\n"

        with Server(tunnel) as proxy:
            proxy._answer_one = lambda sock, reader: _carry(sock, reader, site.port)
            fetcher = make_fetcher(
                proxy=proxy.url(), resolver=lambda host, port: pytest.fail(f"resolved {host}")
            )
            good = ask(fetcher, "https://mfa.example/", ca_file=tls.ca_file)
            wrong = ask(fetcher, "https://other.example/", ca_file=tls.ca_file).exchange

    assert good.body == b"ok"
    assert wrong.transport is Transport.TLS
    assert "for another name" in wrong.detail


def _carry(sock, reader, port):
    """Be a tunnel: pass bytes both ways until one side ends."""
    import threading

    while reader.readline().strip():
        pass
    sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    with socket.create_connection(("127.0.0.1", port)) as far:
        back = threading.Thread(target=_pump, args=(far, sock), daemon=True)
        back.start()
        _pump(sock, far)
        back.join(timeout=5)
    return False


def _pump(source, target):
    try:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def test_a_proxy_that_refuses_is_named(make_fetcher):
    """Otherwise the site gets the blame."""
    with Server(lambda _: [b"HTTP/1.1 403 Forbidden\r\n\r\n", None]) as proxy:
        exchange = ask(make_fetcher(proxy=proxy.url()), "https://mfa.example/").exchange

    assert exchange.transport is Transport.CONNECTION
    assert "proxy" in exchange.detail


def test_a_proxy_that_is_down_is_named(make_fetcher):
    """Otherwise every site seems down."""
    exchange = ask(make_fetcher(proxy="http://127.0.0.1:1"), "https://mfa.example/").exchange

    assert exchange.transport is Transport.CONNECTION
    assert "through the proxy 127.0.0.1" in exchange.detail


def test_internal_figures_are_refused_behind_a_proxy_too(make_fetcher):
    """The proxy may well reach what we must not."""
    with Server(lambda _: [reply(b"inside")]) as proxy:
        exchange = ask(make_fetcher(proxy=proxy.url()), "http://169.254.169.254/").exchange

    assert exchange.transport is Transport.REFUSED_ADDRESS
    assert proxy.connections == 0

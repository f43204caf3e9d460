"""What the tests of fetching share: a clock that is moved by hand, and a fetcher to loopback servers."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from monitor.fetching import HttpFetcher
from monitor.model import NetworkSettings, Request

SLOT = datetime(2031, 2, 1, 7, 0, tzinfo=UTC)


class ManualClock:
    """A Clock that moves only when it is asked to wait."""

    def __init__(self) -> None:
        self.passed_s = 0.0
        self.waits: list[float] = []

    def now(self) -> datetime:
        return SLOT + timedelta(seconds=self.passed_s)

    def monotonic(self) -> float:
        return self.passed_s

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.passed_s += seconds


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def make_fetcher(clock):
    """Build a fetcher that may ask this machine; settings and hooks as given. All are closed at the end."""
    made = []

    def make(*, resolver=None, dial=None, user_agent=None, **settings):
        network = NetworkSettings(**{"allow_loopback": True, "spacing_s": 0.0, "deadline_s": 5.0} | settings)
        hooks = {name: hook for name, hook in (("resolver", resolver), ("dial", dial)) if hook}
        made.append(HttpFetcher(network, clock, user_agent, **hooks))
        return made[-1]

    yield make
    for fetcher in made:
        fetcher.close()


@pytest.fixture
def fetch(make_fetcher):
    """Fetch one address; keywords go to the request."""
    fetcher = make_fetcher()
    return lambda url, **fields: ask(fetcher, url, **fields)


def ask(fetcher, url, **fields):
    """Return what a fetcher gives for an address, plain http allowed unless said otherwise."""
    return fetcher.fetch(Request("src", url, **{"allow_http": True} | fields), slot=SLOT, number=1)


class Authority:
    """A certificate authority that tests trust by its file, and one that nobody trusts."""

    def __init__(self, folder) -> None:
        self._ca, self._stranger = trustme.CA(), trustme.CA()
        self.ca_file = str(folder / "ca.pem")
        self._ca.cert_pem.write_to_path(self.ca_file)

    def server(self, name, **dates) -> ssl.SSLContext:
        """Return the TLS of a server called ``name``, signed by the trusted authority."""
        return self._context(self._ca.issue_cert(name, **dates))

    def stranger(self, name) -> ssl.SSLContext:
        """Return the same, signed by the other."""
        return self._context(self._stranger.issue_cert(name))

    def _context(self, certificate) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context


@pytest.fixture(scope="session")
def tls(tmp_path_factory):
    """Certificates for the servers of these tests."""
    return Authority(tmp_path_factory.mktemp("tls"))

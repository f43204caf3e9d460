"""The one gate to HTTP: a request goes out, an exchange comes back, whatever the other end does.

What is *not* done here: judging what came. A bot wall with status 200 is a complete answer.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

import monitor
from monitor.fetching.allowance import Allowance
from monitor.fetching.dialling import Dial, Gate, Resolver, ask_system, connect
from monitor.fetching.hops import Cookies, Hop, first_hop, next_hop
from monitor.fetching.politeness import Politeness
from monitor.fetching.stop import StopError
from monitor.fetching.targets import Target, parse_target
from monitor.model import Exchange, NetworkSettings, Reply, Request, Transport
from monitor.ports import Clock

if TYPE_CHECKING:
    from monitor.fetching.wire import Answer


@dataclass(slots=True)
class _Trail:
    """What is known of a fetch so far, kept outside it because it may stop anywhere."""

    host: str
    final_url: str
    redirects: list[str] = field(default_factory=list)

    def go_on(self, target: Target) -> None:
        """Note that the last address sent us on."""
        self.redirects.append(self.final_url)
        self.host, self.final_url = target.host, target.url


class HttpFetcher:
    """Fetches over HTTP and HTTPS. Safe to share between threads; close it after use.

    Args:
        network: Limits and manners.
        clock: Gives the instant of each request and waits between requests to one host.
        user_agent: Who asks; made from the version and ``network.contact`` if None.
        resolver: Gives the addresses of a name; the machine's name service if not given.
        dial: Connects to an address that was checked; for tests.
    """

    def __init__(
        self,
        network: NetworkSettings,
        clock: Clock,
        user_agent: str | None = None,
        *,
        resolver: Resolver = ask_system,
        dial: Dial = connect,
    ) -> None:
        from monitor.fetching.wire import Wire  # only here: requests takes a tenth of a second to import

        self._network = network
        self._clock = clock
        self._user_agent = user_agent or identify(network.contact)
        self._politeness = Politeness(clock, network.spacing_s)
        gate = Gate(resolver, dial, allow_loopback=network.allow_loopback)
        self._wire = Wire(gate, ca_bundle=network.ca_bundle, proxy=network.proxy)

    def fetch(self, request: Request, *, slot: datetime, number: int) -> Reply:
        """Return what came of ``request``. Never raises for what a site or the network does."""
        trail = _Trail(_host_of(request.url), request.url)
        self._politeness.wait(trail.host)
        asked_at, started = self._clock.now(), self._clock.monotonic()
        answer: Answer | None = None
        try:
            answer = self._follow(request, trail)
            transport = Transport.NOT_MODIFIED if answer.status == 304 else Transport.ANSWERED
            detail = ""
        except StopError as stop:
            transport, detail = stop.transport, f"{trail.host or request.source_id}: {stop.detail}"
        body = answer.body if answer else None
        exchange = Exchange(
            source_id=request.source_id,
            slot=slot,
            number=number,
            method=request.method,
            url=request.url,
            asked_at=asked_at,
            took_s=self._clock.monotonic() - started,
            transport=transport,
            detail=detail,
            status=answer.status if answer else None,
            headers=answer.headers if answer else (),
            final_url=trail.final_url,
            redirects=tuple(trail.redirects),
            body_sha256=None if body is None else hashlib.sha256(body).hexdigest(),
            body_bytes=len(body or b""),
        )
        return Reply(exchange, body)

    def close(self) -> None:
        """Close every connection."""
        self._wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _follow(self, request: Request, trail: _Trail) -> "Answer":
        """Ask, and go where redirects lead, within one allowance for all of it."""
        allowance = Allowance(self._network.deadline_s, request.max_bytes)
        hop, cookies = first_hop(request, self._user_agent), Cookies()
        asked: set[tuple[str, str, str]] = set()
        while True:
            given = cookies.for_target(hop.target)
            if (hop.method, hop.target.url, given) in asked:
                raise _too_far("redirects in a circle")
            asked.add((hop.method, hop.target.url, given))
            answer = self._wire.ask(hop, given, allowance, request.ca_file)
            if answer.location is None:
                return _checked(answer, hop)
            if len(trail.redirects) == self._network.max_redirects:
                raise _too_far(f"redirects more than {self._network.max_redirects} times")
            cookies.keep(hop.target, answer.all("set-cookie"))
            hop = next_hop(hop, answer.status, answer.location, allow_http=request.allow_http)
            trail.go_on(hop.target)


def identify(contact: str) -> str:
    """Return the user agent: who asks, and whom to write to about it."""
    name = f"briefing-monitor/{monitor.__version__}"
    return f"{name} (+{contact})" if contact else name


def _checked(answer: "Answer", hop: Hop) -> "Answer":
    if answer.status == 304 and not hop.conditional:
        raise StopError(
            Transport.BAD_REPLY, "says that nothing changed although it was not asked that; tell the site"
        )
    return answer


def _too_far(what: str) -> StopError:
    return StopError(
        Transport.REDIRECT, f"{what}; look at the address in a browser and correct the source's address"
    )


def _host_of(url: str) -> str:
    try:
        return parse_target(url).host
    except ValueError:
        return ""

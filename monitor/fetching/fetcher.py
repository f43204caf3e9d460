"""The one gate to HTTP: a request goes out, an exchange comes back, whatever the other end does.

What is *not* done here: judging what came. A bot wall with status 200 is a complete answer.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import monitor
from monitor.fetching.allowance import Allowance
from monitor.fetching.dialling import Dial, Gate, Resolver, ask_system, connect
from monitor.fetching.hops import Cookies, Hop, first_hop, next_hop
from monitor.fetching.masking import masked, recorded
from monitor.fetching.politeness import Politeness
from monitor.fetching.retrying import rest_s, retry_after_s, wait_before_retry_s
from monitor.fetching.sessions import Sessions
from monitor.fetching.stop import StopError
from monitor.fetching.targets import Target, parse_target
from monitor.model import Exchange, NetworkSettings, Reply, Request, Transport
from monitor.ports import Clock

if TYPE_CHECKING:
    from monitor.fetching.wire import Answer

_SHORT_REST_S = 5.0  # so long is waited for a host that asks to be left alone; else it is not asked


@dataclass(slots=True)
class _Trail:
    """What is known of a fetch so far, kept outside it because it may stop anywhere."""

    host: str
    final_url: str
    redirects: list[str] = field(default_factory=list)

    def begin(self, host: str, url: str) -> None:
        """Note that the fetch starts, or starts again."""
        self.host, self.final_url = host, url
        self.redirects.clear()

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
        folder: Where a source's CA file is looked for, if its path is relative.
        resolver: Gives the addresses of a name; the machine's name service if not given.
        dial: Connects to an address that was checked; for tests.
    """

    def __init__(
        self,
        network: NetworkSettings,
        clock: Clock,
        user_agent: str | None = None,
        *,
        folder: Path = Path(),
        resolver: Resolver = ask_system,
        dial: Dial = connect,
    ) -> None:
        from monitor.fetching.wire import Wire  # only here: requests takes a tenth of a second to import

        self._network = network
        self._folder = folder
        self._clock = clock
        self._user_agent = user_agent or identify(network.contact)
        self.politeness = Politeness(clock, network.spacing_s)
        self._sessions = Sessions(self._visit)
        gate = Gate(resolver, dial, allow_loopback=network.allow_loopback)
        self._wire = Wire(gate, ca_bundle=network.ca_bundle, proxy=network.proxy)

    def fetch(self, request: Request, *, slot: datetime, number: int) -> Reply:
        """Return what came of ``request``. Never raises for what a site or the network does."""
        host = _host_of(request.url)
        trail = _Trail(host, request.url)
        with self.politeness.turn(host):
            asked_at, started = self._clock.now(), self._clock.monotonic()
            outcome = self._leave_alone(host) or self._ask(request, trail)
        answer = outcome.answer
        body = answer.body if answer else None
        exchange = Exchange(
            source_id=request.source_id,
            slot=slot,
            number=number,
            method=request.method,
            url=request.url,
            asked_at=asked_at,
            took_s=self._clock.monotonic() - started,
            transport=outcome.transport,
            detail=f"{trail.host or request.source_id}: {outcome.detail}" if outcome.detail else "",
            status=answer.status if answer else None,
            headers=recorded(answer.headers) if answer else (),
            final_url=trail.final_url,
            redirects=tuple(trail.redirects),
            body_sha256=None if body is None else hashlib.sha256(body).hexdigest(),
            body_bytes=len(body or b""),
            tries=outcome.tries,
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

    def _leave_alone(self, host: str) -> "_Outcome | None":
        """Wait where the host asks for a short rest; say so where it asks for a long one."""
        rests_s = self.politeness.rests_for_s(host)
        if rests_s > _SHORT_REST_S:
            detail = (
                f"asks to be left alone for {rests_s:.0f} more seconds, and is; it is asked again after that"
            )
            return _Outcome(Transport.RESTING, detail, tries=0)
        if rests_s:
            self._clock.sleep(rests_s)
        return None

    def _ask(self, request: Request, trail: _Trail) -> "_Outcome":
        """Ask, and ask again where that can help, within one allowance for all of it."""
        allowance = Allowance(self._network.deadline_s, request.max_bytes)
        tries = 0
        while True:
            tries += 1
            trail.begin(_host_of(request.url), request.url)
            outcome = replace(self._try(request, trail, allowance), tries=tries)
            status = outcome.answer.status if outcome.answer else None
            asked_s = self._retry_after_s(outcome)
            self.politeness.rest(trail.host, rest_s(status, asked_s))
            wait_s = wait_before_retry_s(
                request.method, tries, outcome.transport, status, asked_s, allowance.unused_s
            )
            if wait_s is None:
                return outcome
            self._clock.sleep(wait_s)
            self.politeness.wait(trail.host)
            allowance.start_again()

    def _try(self, request: Request, trail: _Trail, allowance: Allowance) -> "_Outcome":
        try:
            answer = self._follow(request, trail, allowance)
        except StopError as stop:
            return _Outcome(stop.transport, stop.detail)
        return _Outcome(Transport.NOT_MODIFIED if answer.status == 304 else Transport.ANSWERED, answer=answer)

    def _retry_after_s(self, outcome: "_Outcome") -> float | None:
        values = outcome.answer.all("retry-after") if outcome.answer else ()
        return retry_after_s(values[0], self._clock.now()) if values else None

    def _follow(self, request: Request, trail: _Trail, allowance: Allowance) -> "Answer":
        """Ask, with the cookies of the source's session where it has one."""
        answer = self._walk(request, self._sessions.cookies_for(request, allowance), trail, allowance)
        self._sessions.note(request, answer.status)
        return answer

    def _visit(self, request: Request, cookies: Cookies, allowance: Allowance) -> None:
        try:
            self._walk(request, cookies, _Trail("", ""), allowance)
        except StopError as stop:
            raise StopError(
                stop.transport, f"{stop.detail} (at the page of its cookies, {masked(request.url)})"
            ) from None

    def _walk(self, request: Request, cookies: Cookies, trail: _Trail, allowance: Allowance) -> "Answer":
        """Ask, and go where redirects lead, keeping what cookies are set on the way."""
        hop = first_hop(request, self._user_agent)
        ca_file = str(self._folder / request.ca_file) if request.ca_file else None
        asked: set[tuple[str, str, str]] = set()
        while True:
            given = cookies.for_target(hop.target)
            if (hop.method, hop.target.url, given) in asked:
                raise _too_far("redirects in a circle")
            asked.add((hop.method, hop.target.url, given))
            answer = self._wire.ask(hop, given, allowance, ca_file)
            cookies.keep(hop.target, answer.all("set-cookie"))
            if answer.location is None:
                return _checked(answer, hop)
            if len(trail.redirects) == self._network.max_redirects:
                raise _too_far(f"redirects more than {self._network.max_redirects} times")
            hop = next_hop(hop, answer.status, answer.location, allow_http=request.allow_http)
            trail.go_on(hop.target)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of asking, and after how many tries."""

    transport: Transport
    detail: str = ""
    answer: "Answer | None" = None
    tries: int = 1


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

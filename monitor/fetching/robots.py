"""robots.txt: what keeps machines away is not asked, unless the source says that its publisher has agreed.

The file is asked for once a day and host, and remembered beside the workspace, so that a cycle over
unchanged sources asks for nothing else. No such file (HTTP 4xx) means that nothing is forbidden; one
that cannot be had (HTTP 5xx, no answer) means that everything is, until it can be.

Source: RFC 9309, sections 2.2 (rules), 2.3.1 (what a missing or unreachable file means), 2.4 (caching).
"""

import json
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor.errors import StateError
from monitor.fetching.targets import Target, parse_target
from monitor.files import make_directory, write_atomically
from monitor.model import Exchange, Reply, Request, Transport
from monitor.ports import Clock, Fetcher

if TYPE_CHECKING:
    from protego import Protego

NAME = "briefing-monitor"
# Faults of a file, not of the site that has it: an operator must know which address to look at.
_OF_THE_FILE = frozenset(
    {Transport.BAD_ENCODING, Transport.TRUNCATED, Transport.BAD_REPLY, Transport.TIMEOUT}
)
_TTL = timedelta(hours=24)
_MOST_BYTES = 5_000_000
_MOST_READ_BYTES = 512_000  # section 2.5: at least 500 KiB; no rule beyond is known
_MOST_REMEMBERED = 100_000  # characters of one file; longer ones are asked for at each run


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says: its text, empty where nothing is forbidden.

    ``failure`` is the exchange by which it could not be had.
    """

    text: str = ""
    failure: Exchange | None = None


class ObedientFetcher:
    """A Fetcher over ``web`` that keeps to robots.txt. Close it after use.

    Args:
        web: What asks.
        clock: Gives the instant by which what is remembered grows old.
        exempt: Ids of sources whose publishers have agreed to be asked.
        slow_down: Told of a crawl delay, with the host and the seconds.
        remembered: The file in which robots.txt are kept between runs; None keeps them for this run.
    """

    def __init__(
        self,
        web: Fetcher,
        clock: Clock,
        *,
        exempt: Collection[str] = (),
        slow_down: Callable[[str, float], None] | None = None,
        remembered: Path | None = None,
    ) -> None:
        self._web = web
        self._exempt = frozenset(exempt)
        self._slow_down = slow_down
        self._memory = _Memory(clock, remembered)
        self._clock = clock
        self._read: dict[str, Protego | None] = {}
        self._lock = threading.Lock()

    def fetch(self, request: Request, *, slot: datetime, number: int) -> Reply:
        """Return what came of ``request``, or that it was not asked."""
        target = _target_of(request)
        if target is None or request.source_id in self._exempt:
            return self._web.fetch(request, slot=slot, number=number)
        origin = f"{target.scheme}://{target.url.split('/')[2]}"
        rules = self._rules(origin, request, slot)
        if rules.failure is not None:
            return Reply(_unreachable(request, rules.failure, slot, number), None)
        if not self._may(origin, target, rules):
            return Reply(self._forbidden(request, target, slot, number), None)
        return self._web.fetch(request, slot=slot, number=number)

    def close(self) -> None:
        """Keep what is to be remembered."""
        self._memory.keep()

    def _rules(self, origin: str, request: Request, slot: datetime) -> Rules:
        known = self._memory.get(origin)
        if known is None:
            asked = Request(
                request.source_id,
                f"{origin}/robots.txt",
                allow_http=request.allow_http,
                ca_file=request.ca_file,
                max_bytes=_MOST_BYTES,
            )
            known = _rules_of(self._web.fetch(asked, slot=slot, number=0))
            self._memory.put(origin, known)
        return known

    def _may(self, origin: str, target: Target, rules: Rules) -> bool:
        parsed = self._parsed(origin, target.host, rules.text)
        return parsed is None or bool(parsed.can_fetch(target.url, NAME))

    def _parsed(self, origin: str, host: str, text: str) -> "Protego | None":
        with self._lock:
            if origin not in self._read:
                self._read[origin] = parsed = _parse(text)
                delay = parsed.crawl_delay(NAME) if parsed else None
                if delay and self._slow_down is not None:
                    self._slow_down(host, float(delay))
            return self._read[origin]

    def _forbidden(self, request: Request, target: Target, slot: datetime, number: int) -> Exchange:
        detail = (
            f"{target.host}: its robots.txt keeps machines away from this address, and it is not asked; find "
            "another address, or agree with the publisher and set robots: ignore with a note that says so"
        )
        return _not_asked(request, Transport.ROBOTS, detail, self._clock.now(), slot, number)


def _target_of(request: Request) -> Target | None:
    """The target, None where the gate will refuse the address anyway."""
    try:
        return parse_target(request.url)
    except ValueError:
        return None


def _parse(text: str) -> "Protego | None":
    if not text:
        return None
    from protego import Protego

    return Protego.parse(text)


def _rules_of(reply: Reply) -> Rules:
    exchange = reply.exchange
    if exchange.transport is Transport.ANSWERED and exchange.status is not None and exchange.status < 500:
        return Rules(_text(reply.body or b"") if exchange.status == 200 else "")
    # A file that is larger than anybody's rules holds none that could be kept to; one that no redirect
    # leads to is none (section 2.3.1.2).
    none = exchange.transport in (Transport.TOO_LARGE, Transport.REDIRECT)
    return Rules() if none else Rules(failure=exchange)


def _text(body: bytes) -> str:
    """The rules, without the mark of an encoding, which would hide the first of them."""
    return body[:_MOST_READ_BYTES].decode("utf-8-sig", "replace")


def _unreachable(request: Request, failure: Exchange, slot: datetime, number: int) -> Exchange:
    """The source cannot be asked as long as its site does not say what may be."""
    if failure.transport is not Transport.ANSWERED:
        asked = replace(failure, source_id=request.source_id, slot=slot, number=number, method=request.method)
        where = " (at its robots.txt)" if failure.transport in _OF_THE_FILE else ""
        return replace(
            asked, detail=failure.detail + where, url=request.url, final_url=request.url, redirects=()
        )
    detail = (
        f"{urlsplit(failure.url).hostname}: its robots.txt cannot be read (HTTP {failure.status}), "
        "and until it can, machines stay away; it is asked again when next due"
    )
    return _not_asked(request, Transport.ROBOTS, detail, failure.asked_at, slot, number)


def _not_asked(
    request: Request, transport: Transport, detail: str, now: datetime, slot: datetime, number: int
) -> Exchange:
    return Exchange(
        source_id=request.source_id,
        slot=slot,
        number=number,
        method=request.method,
        url=request.url,
        asked_at=now,
        took_s=0.0,
        transport=transport,
        detail=detail,
        final_url=request.url,
        tries=0,
    )


class _Memory:
    """Rules by origin, for a day; those that could not be had, for this run."""

    def __init__(self, clock: Clock, path: Path | None) -> None:
        self._clock = clock
        self._path = path
        self._of_this_run: dict[str, Rules] = {}
        self._texts: dict[str, tuple[datetime, str]] | None = None
        self._changed = False
        self._lock = threading.Lock()

    def get(self, origin: str) -> Rules | None:
        with self._lock:
            if origin in self._of_this_run:
                return self._of_this_run[origin]
            if self._texts is None:
                self._texts = _recall(self._path, self._clock.now())
            found = self._texts.get(origin)
            return None if found is None else Rules(found[1])

    def put(self, origin: str, rules: Rules) -> None:
        with self._lock:
            self._of_this_run[origin] = rules
            if rules.failure is None and len(rules.text) <= _MOST_REMEMBERED and self._texts is not None:
                self._texts[origin] = (self._clock.now(), rules.text)
                self._changed = True

    def keep(self) -> None:
        if self._path is None or not self._changed or self._texts is None:
            return
        told = {origin: [at.isoformat(), text] for origin, (at, text) in self._texts.items()}
        with suppress(StateError):  # what is not remembered is asked for again
            make_directory(self._path.parent)
            write_atomically(self._path, json.dumps(told).encode())


def _recall(path: Path | None, now: datetime) -> dict[str, tuple[datetime, str]]:
    """Return what was remembered and is not too old; a file that is missing or damaged holds nothing."""
    if path is None:
        return {}
    try:
        told = json.loads(path.read_bytes())
        texts = {str(origin): (datetime.fromisoformat(at), str(text)) for origin, (at, text) in told.items()}
        return {origin: kept for origin, kept in texts.items() if timedelta() <= now - kept[0] < _TTL}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}

"""Answering from what was stored: the same rooms read the same bytes again, without a network."""

from collections.abc import Iterable
from datetime import datetime

from monitor.model import Exchange, Reply, Request, Transport

_Key = tuple[str, str, str]


class ReplayFetcher:
    """A Fetcher over stored exchanges with their bodies.

    A request is answered by what its address gave at the slot it is asked for, or at the last slot
    before that. Several requests to one address in a slot (pages asked for by a body) are told apart
    by their number.
    """

    def __init__(self, stored: Iterable[Reply]) -> None:
        self._stored: dict[_Key, list[Reply]] = {}
        for reply in stored:
            exchange = reply.exchange
            key = (exchange.source_id, exchange.method, exchange.url)
            self._stored.setdefault(key, []).append(reply)
        for replies in self._stored.values():
            replies.sort(key=lambda reply: (reply.exchange.slot, reply.exchange.number))

    def fetch(self, request: Request, *, slot: datetime, number: int) -> Reply:
        """Return the stored reply; where nothing fits, an exchange that says so."""
        before = [
            reply
            for reply in self._stored.get((request.source_id, request.method, request.url), [])
            if reply.exchange.slot <= slot
        ]
        found = _at_last_slot(before, number)
        if found is None:
            return Reply(_not_stored(request, slot, number), None)
        conditional = request.etag is not None or request.last_modified is not None
        if found.exchange.transport is Transport.NOT_MODIFIED and not conditional:
            return next((reply for reply in reversed(before) if reply.body is not None), found)
        return found


def _at_last_slot(before: list[Reply], number: int) -> Reply | None:
    if not before:
        return None
    last = [reply for reply in before if reply.exchange.slot == before[-1].exchange.slot]
    return next((reply for reply in last if reply.exchange.number == number), last[-1])


def _not_stored(request: Request, slot: datetime, number: int) -> Exchange:
    return Exchange(
        source_id=request.source_id,
        slot=slot,
        number=number,
        method=request.method,
        url=request.url,
        asked_at=slot,
        took_s=0.0,
        transport=Transport.CONNECTION,
        detail="nothing is stored of this address up to that time, and offline no site is asked",
        final_url=request.url,
    )

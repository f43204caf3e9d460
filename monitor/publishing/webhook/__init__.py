"""The ``webhook`` channel: a report's words as signed JSON, posted through the one gate to HTTP.

The signature is HMAC-SHA256 (RFC 2104) over the body alone, so that every try is the same bytes; whoever
gets one twice knows it by ``Monitor-Delivery``. A redirect is no acceptance: a post that is sent on becomes
another request.
"""

import hashlib
import hmac

from monitor.errors import PublishError
from monitor.model import Delivery, Report, Request, Transport
from monitor.ports import Clock, Fetcher

_NAME = "webhook"
_LATER = frozenset({408, 425, 429})  # RFC 9110 and 6585: not now
_MOST_BYTES = 100_000  # of an answer, which nobody reads
_BY_SETTING = frozenset({Transport.BAD_ADDRESS, Transport.REFUSED_ADDRESS})


class WebhookChannel:
    """Posts reports; ``allow_http`` only where the network settings open this machine to itself."""

    def __init__(self, fetcher: Fetcher, clock: Clock, secret: str, *, allow_http: bool = False) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._secret = secret.encode()
        self._allow_http = allow_http

    def deliver(self, report: Report, delivery: Delivery) -> None:
        """Post ``report`` to the address of ``delivery``.

        Raises:
            PublishError: it was not accepted; permanent where the address refuses it for good.
        """
        words = report.rendering(".json")
        if words is None:
            raise PublishError(_NAME, f"report {report.id} was rendered without JSON", permanent=True)
        request = Request(
            source_id=_NAME,
            url=delivery.recipient,
            method="POST",
            body=words.content,
            headers=(
                ("Content-Type", "application/json"),
                ("Monitor-Delivery", delivery.id),
                ("Monitor-Signature", f"sha256={signature(self._secret, words.content)}"),
            ),
            allow_http=self._allow_http,
            max_bytes=_MOST_BYTES,
        )
        exchange = self._fetcher.fetch(request, slot=self._clock.now(), number=0).exchange
        if exchange.redirects:
            raise PublishError(_NAME, "the address redirects; write the one it leads to", permanent=True)
        if exchange.transport is not Transport.ANSWERED or exchange.status is None:
            permanent = exchange.transport in _BY_SETTING
            raise PublishError(_NAME, exchange.detail or exchange.transport.value, permanent=permanent)
        if not 200 <= exchange.status < 300:
            final = 400 <= exchange.status < 500 and exchange.status not in _LATER
            raise PublishError(_NAME, f"the answer was status {exchange.status}", permanent=final)


def signature(secret: bytes, body: bytes) -> str:
    """Return the HMAC-SHA256 of ``body`` in hexadecimal."""
    return hmac.new(secret, body, hashlib.sha256).hexdigest()

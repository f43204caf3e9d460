"""One request over the wire: requests and urllib3, held to our gate, our certificates and our limits.

Nothing is left to their defaults that bites: no environment (proxies, netrc, certificate variables),
no redirects (a hop is our decision), no cookies kept, no retries, no unpacking (theirs knows no limit).
Most of these are a session's, so there is none: requests makes a request ready, its adapter sends it.
This module imports requests; it is itself imported only when a fetcher is made.
"""

import logging
import re
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import BaseHTTPResponse

from monitor.fetching.allowance import Allowance
from monitor.fetching.decoding import Body, codings_of
from monitor.fetching.dialling import BoundedTls, Gate, tls_context
from monitor.fetching.faults import FAULTS, fault_in_body, fault_in_head
from monitor.fetching.hops import Hop
from monitor.fetching.stop import StopError
from monitor.fetching.targets import is_literal
from monitor.model import Transport

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 65_536
_LENGTH = re.compile(r"[0-9]+")
_POOLS = 64  # hosts whose connections are kept


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply to one hop: either where it leads, or its content."""

    status: int
    headers: tuple[tuple[str, str], ...]
    location: str | None = None
    body: bytes | None = None

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a header, by its name in lower case."""
        return tuple(value for key, value in self.headers if key.lower() == name)


class Wire:
    """One pool of connections, whose every one is made by a gate. Safe to share between threads."""

    def __init__(self, gate: Gate, *, ca_bundle: str | None = None, proxy: str | None = None) -> None:
        self._gate = gate
        self._ca_bundle = ca_bundle or DEFAULT_CA_BUNDLE_PATH
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}
        logging.getLogger("urllib3").setLevel(logging.ERROR)  # below that it logs addresses, secrets included
        self._adapter = _Adapter(gate, self._ca_bundle)

    def ask(self, hop: Hop, cookies: str, allowance: Allowance, ca_file: str | None) -> Answer:
        """Send one request and return its whole reply.

        Raises:
            StopError: no complete reply came within the allowance.
        """
        self._gate.open_for(allowance)
        if self._proxies and is_literal(hop.target.host):
            self._gate.refuse_bad((hop.target.host,))
        prepared = _prepare(hop, cookies)
        response = self._send(prepared, allowance, ca_file or self._ca_bundle)
        try:
            return _read(response.raw, hop, allowance)
        finally:
            response.close()

    def close(self) -> None:
        """Close every connection."""
        self._adapter.close()

    def _send(self, prepared: requests.PreparedRequest, allowance: Allowance, ca: str) -> requests.Response:
        """Send, once more if a connection kept from before was closed by the other end meanwhile."""
        try:
            return self._send_once(prepared, allowance, ca)
        except FAULTS as error:
            stale = not allowance.dialled and not allowance.received and prepared.method in ("GET", "HEAD")
            if not stale:
                raise fault_in_head(error, allowance) from error
        try:
            return self._send_once(prepared, allowance, ca)
        except FAULTS as error:
            raise fault_in_head(error, allowance) from error

    def _send_once(
        self, prepared: requests.PreparedRequest, allowance: Allowance, ca: str
    ) -> requests.Response:
        allowance.start_request()
        response = self._adapter.send(
            prepared, stream=True, timeout=allowance.left_s(), verify=ca, proxies=self._proxies
        )
        if allowance.ended:  # the library takes headers that end in the middle for whole ones
            response.close()
            raise StopError(
                Transport.TRUNCATED, "the reply broke off inside its headers; it is asked again when next due"
            )
        return response


def _prepare(hop: Hop, cookies: str) -> requests.PreparedRequest:
    headers = dict(hop.ask_with(cookies))
    try:
        return requests.Request(hop.method, hop.target.url, headers=headers, data=hop.body).prepare()
    except (requests.RequestException, ValueError) as error:
        raise StopError(
            Transport.BAD_ADDRESS,
            f"no valid request can be made of it ({type(error).__name__}); "
            "correct the source's address and headers",
        ) from error


def _read(raw: BaseHTTPResponse, hop: Hop, allowance: Allowance) -> Answer:
    headers = tuple((str(name), str(value)) for name, value in raw.headers.items())
    answer = Answer(raw.status, headers)
    if raw.status < 200:
        raise _bad_reply(f"gives status {raw.status} and no final answer")
    if raw.status == 304:
        raw.release_conn()
        return answer
    location = _location(answer)
    try:
        if location is not None:
            _skip(raw)
            return Answer(raw.status, headers, location=location)
        return Answer(raw.status, headers, body=_body(raw, answer, hop, allowance))
    except StopError as stop:
        if raw.status == 200:
            raise
        raise StopError(stop.transport, f"answers with status {raw.status}, and {stop.detail}") from None
    except FAULTS as error:
        raise fault_in_body(error, allowance) from error


def _location(answer: Answer) -> str | None:
    """Return where a redirect leads; a redirect without an address is an answer like any other."""
    values = set(answer.all("location"))
    if answer.status not in _REDIRECTS or not values:
        return None
    if len(values) > 1:
        raise StopError(Transport.REDIRECT, "redirects to several addresses at once; tell the site")
    value = values.pop()
    try:
        return value.encode("latin-1").decode("utf-8")  # header bytes come as Latin-1, sites write UTF-8
    except UnicodeError:
        return value


def _body(raw: BaseHTTPResponse, answer: Answer, hop: Hop, allowance: Allowance) -> bytes:
    _refuse_odd_framing(answer, hop, allowance)
    body = Body(codings_of(answer.all("content-encoding")), allowance)
    for piece in raw.stream(_PIECE, decode_content=False):
        body.add(piece)
    raw.release_conn()
    return body.finish()


def _refuse_odd_framing(answer: Answer, hop: Hop, allowance: Allowance) -> None:
    """Refuse what makes the end of a body uncertain, and what says beforehand that it is too large."""
    transfer = {value.strip().lower() for value in answer.all("transfer-encoding")}
    if transfer - {"chunked"}:
        raise _bad_reply("sends its body in a transfer coding that was not asked for")
    lengths = {part.strip() for value in answer.all("content-length") for part in value.split(",")}
    if transfer or not lengths:
        return
    length = lengths.pop()
    if lengths or not _LENGTH.fullmatch(length):
        raise _bad_reply("gives a length of its body that is no number, or several")
    if int(length[:20]) > allowance.max_bytes and hop.method != "HEAD":
        raise allowance.too_large("announces", int(length[:20]))


def _skip(raw: BaseHTTPResponse) -> None:
    """Read past the short body of a redirect, so that the connection can be used again."""
    for count, _ in enumerate(raw.stream(_PIECE, decode_content=False)):
        if count:
            return
    raw.release_conn()


def _bad_reply(what: str) -> StopError:
    return StopError(
        Transport.BAD_REPLY, f"{what}; if this stays, look at the address in a browser and tell the site"
    )


class _Adapter(HTTPAdapter):
    """Connects by the gate and checks certificates by our contexts, one kept for each CA file."""

    def __init__(self, gate: Gate, ca_bundle: str) -> None:
        self._gate = gate
        self._ca_bundle = ca_bundle
        self._pool_classes = _pool_classes(gate)
        self._contexts: dict[str, BoundedTls] = {}
        super().__init__(pool_connections=_POOLS)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pool_classes

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        if proxy.startswith("https:"):
            kwargs["proxy_ssl_context"] = self._context(self._ca_bundle)
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = self._pool_classes
        return manager

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        verified = True  # a path would be looked up on disk each time, and the context has it
        host, _ = super().build_connection_pool_key_attributes(request, verified, cert)
        return host, {"ssl_context": self._context(str(verify))} if host["scheme"] == "https" else {}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave the connection alone: its context requires and checks a certificate, always."""

    def _context(self, ca_file: str) -> BoundedTls:
        context = self._contexts.get(ca_file)
        if context is None:
            context = self._contexts[ca_file] = self._load(ca_file)
        return context

    def _load(self, ca_file: str) -> BoundedTls:
        try:
            return tls_context(ca_file, self._gate.allowance)
        except OSError as error:
            raise StopError(
                Transport.TLS,
                f"the certificates in {ca_file} cannot be loaded ({error.strerror or 'none in it'}); "
                "correct ca_file of the source, or ca_bundle under [network]",
            ) from error


def _pool_classes(gate: Gate) -> dict[str, type[HTTPConnectionPool]]:
    """Return urllib3's pools around one gate. It takes classes, not objects, hence classes made here."""

    class Connection(HTTPConnection):
        def _new_conn(self) -> Any:
            return gate.connect(self.host, self.port, is_proxy=self.proxy is not None)

    class TlsConnection(HTTPSConnection):
        def _new_conn(self) -> Any:
            return gate.connect(self.host, self.port, is_proxy=self.proxy is not None)

    class Pool(HTTPConnectionPool):
        ConnectionCls = Connection

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = TlsConnection

    return {"http": Pool, "https": TlsPool}

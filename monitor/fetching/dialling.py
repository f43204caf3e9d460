"""Connecting: the address that was checked is the address that is dialled.

A name is resolved once, here; every address it leads to is checked; then one of those very addresses
is dialled, so no second answer of the name service can lead elsewhere. If one of them is refused the
whole set is: a name that leads both outside and inside is an attack or a mistake. The name itself
stays with the connection above, for the Host header, SNI and the certificate.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from monitor.fetching.addresses import why_refused
from monitor.fetching.allowance import Allowance
from monitor.fetching.stop import StopError
from monitor.fetching.targets import is_literal
from monitor.model import Transport

Resolver = Callable[[str, int], Sequence[str]]
"""Returns the addresses of a host, most preferred first; raises OSError where there are none."""
Dial = Callable[[socket.socket, tuple[str, int]], None]
"""Connects a socket to an address that was checked; raises OSError."""

_MAX_ADDRESSES = 8
_CONNECT_S = 10.0  # a host that does not take a connection by then is down, whatever the deadline


def ask_system(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses that this machine's name service gives, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def connect(sock: socket.socket, address: tuple[str, int]) -> None:
    """Connect for real."""
    sock.connect(address)


class Gate:
    """Makes every connection of one fetcher; a fetch opens it with its allowance."""

    def __init__(self, resolver: Resolver, dial: Dial, *, allow_loopback: bool) -> None:
        self._resolver = resolver
        self._dial = dial
        self._allow_loopback = allow_loopback
        self._fetch = threading.local()

    def open_for(self, allowance: Allowance) -> None:
        """Let the fetch of this thread connect and wait within its allowance."""
        self._fetch.allowance = allowance

    def allowance(self) -> Allowance:
        """Return the allowance of the fetch that is under way in this thread."""
        allowance: Allowance = self._fetch.allowance
        return allowance

    def connect(self, host: str, port: int, *, is_proxy: bool = False) -> socket.socket:
        """Return a connected socket whose waits end with the fetch.

        A configured proxy is dialled wherever it is: the operator has named it.

        Raises:
            StopError: unresolved, refused, not reachable, or out of time.
        """
        try:
            return self._connect(host.strip("[]"), port, is_proxy=is_proxy)
        except StopError as stop:
            if not is_proxy:
                raise
            raise StopError(
                stop.transport, f"is asked through the proxy {host}, which {stop.detail}"
            ) from None

    def _connect(self, host: str, port: int, *, is_proxy: bool) -> socket.socket:
        allowance = self.allowance()
        allowance.dialled = True
        addresses = (host,) if is_literal(host) else self._resolve(host, port, allowance)
        if not is_proxy:
            self.refuse_bad(addresses)
        return self._dial_first(addresses, port, allowance)

    def refuse_bad(self, addresses: Sequence[str]) -> None:
        """Refuse the whole set if one of its addresses is not public.

        Raises:
            StopError: one is not.
        """
        for address in addresses:
            why = why_refused(address, allow_loopback=self._allow_loopback)
            if why is not None:
                raise _refused(address, why)

    def _resolve(self, host: str, port: int, allowance: Allowance) -> Sequence[str]:
        try:
            found = self._resolve_in_time(host, port, allowance.left_s())
        except TimeoutError:
            raise allowance.timeout() from None
        except (OSError, UnicodeError) as error:
            raise _unresolved(getattr(error, "strerror", None) or "no such name") from error
        if not found:
            raise _unresolved("it has no address")
        return found

    def _resolve_in_time(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """Ask in a thread of its own, because the system's resolver knows no deadline."""
        answer: Future[Sequence[str]] = Future()

        def ask() -> None:
            try:
                answer.set_result(self._resolver(host, port))
            except Exception as error:  # whatever it is, it belongs to the thread that waits
                answer.set_exception(error)

        threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
        return answer.result(timeout=seconds)

    def _dial_first(self, addresses: Sequence[str], port: int, allowance: Allowance) -> socket.socket:
        """Try each address, with a fair share of the time that is left."""
        reason = ""
        addresses = addresses[:_MAX_ADDRESSES]
        for index, address in enumerate(addresses):
            share = allowance.left_s() / (len(addresses) - index)
            try:
                return self._dial_one(address, port, min(share, _CONNECT_S))
            except OSError as error:
                allowance.left_s()  # where the time is up, that is the reason to give
                reason = f"{address}: {error.strerror or 'no answer'}"
        raise StopError(
            Transport.CONNECTION,
            f"does not take connections on port {port} ({reason}); the site may be down, "
            "it is asked again when next due",
        )

    def _dial_one(self, address: str, port: int, seconds: float) -> socket.socket:
        sock = BoundedSocket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        sock.allowance = self.allowance
        try:
            sock.settimeout(seconds)
            self._dial(sock, (address, port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(self.allowance().left_s())  # bounds the TLS handshake, which waits by itself
        except BaseException:
            sock.close()
            raise
        return sock


class BoundedSocket(socket.socket):
    """A socket that waits only as long as the fetch using it may, however slowly bytes drip in."""

    allowance: Callable[[], Allowance]

    def recv_into(self, *args: Any) -> int:
        """Receive within the allowance, and count."""
        with self._in_time() as allowance:
            count = super().recv_into(*args)
            allowance.take(count)
        return count

    def recv(self, *args: Any) -> bytes:
        """Receive within the allowance, and count."""
        with self._in_time() as allowance:
            data = super().recv(*args)
            allowance.take(len(data))
        return data

    def send(self, *args: Any) -> int:
        """Send within the allowance."""
        with self._in_time():
            return super().send(*args)

    def sendall(self, *args: Any) -> None:
        """Send within the allowance."""
        with self._in_time():
            super().sendall(*args)

    def current(self) -> Allowance:
        """Return the allowance of the fetch that uses this socket now."""
        return self.allowance()

    @contextmanager
    def _in_time(self) -> Iterator[Allowance]:
        allowance = self.current()
        self.settimeout(allowance.left_s())
        try:
            yield allowance
        except TimeoutError:
            raise allowance.timeout() from None


class BoundedTlsSocket(BoundedSocket, ssl.SSLSocket):
    """The same over TLS."""

    def current(self) -> Allowance:
        """Return the allowance by way of the context, which a socket knows from its first moment."""
        context: BoundedTls = self.context  # type: ignore[assignment]  # only BoundedTls makes these sockets
        return context.allowance()


class BoundedTls(ssl.SSLContext):
    """A client's TLS that always checks the certificate and its name, on bounded sockets."""

    sslsocket_class = BoundedTlsSocket
    allowance: Callable[[], Allowance]


def tls_context(ca_file: str, allowance: Callable[[], Allowance]) -> BoundedTls:
    """Return a context that trusts the certificates in ``ca_file`` and no others.

    Raises:
        OSError: the file cannot be read, or holds no certificate.
    """
    context = BoundedTls(ssl.PROTOCOL_TLS_CLIENT)  # requires a certificate and checks the name
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(ca_file)
    context.allowance = allowance
    return context


def _refused(address: str, why: str) -> StopError:
    is_loopback = why_refused(address, allow_loopback=True) is None
    remedy = ", or set allow_loopback under [network] for sources served here" if is_loopback else ""
    return StopError(
        Transport.REFUSED_ADDRESS,
        f"leads to {address} ({why}), and only public addresses are asked; check the address{remedy}",
    )


def _unresolved(reason: str) -> StopError:
    return StopError(
        Transport.UNRESOLVED,
        f"is not known to the name service ({reason.lower()}); check the spelling of the address "
        "and this machine's network",
    )

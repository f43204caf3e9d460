"""Loopback servers that misbehave on purpose: each answers a request with the bytes that a test wrote."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

DRIP_S = 0.02


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.line.split(" ")[1]


class Server:
    """Answers each request with the pieces that ``answer`` yields; logs requests, counts connections.

    ``answer`` is called with the request and the server's ``pause``; a piece of None closes the
    connection. ``before_tls`` drips garbage instead of shaking hands.
    """

    def __init__(
        self,
        answer: Callable[[Asked], Iterable[bytes | None]],
        *,
        tls: ssl.SSLContext | None = None,
        family: socket.AddressFamily = socket.AF_INET,
        handshake: bool = True,
    ) -> None:
        self._answer, self._tls, self._handshake = answer, tls, handshake
        self.asked: list[Asked] = []
        self.connections = 0
        self.sent = 0
        self.stopped = threading.Event()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(
            ("::1" if family == socket.AF_INET6 else "127.0.0.1", 0), family=family
        )
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for sock in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        for thread in self._threads:
            thread.join(timeout=5)

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def drip(self, data: bytes) -> Iterator[bytes]:
        """Yield a byte at a time, slowly, until the test is over."""
        for value in data:
            if self.stopped.wait(DRIP_S):
                return
            yield bytes([value])

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            if not self._handshake:
                for piece in self.drip(b"\x16\x03\x03\x40\x00" + b"\x02" * 10_000):
                    sock.sendall(piece)
                return
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True)
                self._open.append(sock)
            with sock.makefile("rb") as reader:
                while self._answer_one(sock, reader):
                    pass
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
        sock.close()

    def _answer_one(self, sock: socket.socket, reader) -> bool:
        line = reader.readline().decode("latin-1").strip()
        if not line:
            return False
        headers = {}
        while (header := reader.readline().decode("latin-1").strip()) != "":
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        asked = Asked(line, headers, reader.read(int(headers.get("content-length", 0))))
        self.asked.append(asked)
        for piece in self._answer(asked):
            if piece is None:
                return False
            sock.sendall(piece)
            self.sent += len(piece)
        return True


def reply(body: bytes = b"", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Return a whole reply with a Content-Length."""
    lines = [
        f"HTTP/1.1 {status}",
        *headers,
        f"Content-Length: {len(body) if length is None else length}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode("latin-1") + body


def head(*headers: str, status: str = "200 OK") -> bytes:
    """Return a reply's head with these headers alone."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode("latin-1")


def redirect(location: str, *headers: str, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return reply(b"", f"Location: {location}", *headers, status=status)

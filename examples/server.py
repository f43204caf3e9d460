"""A small official web, served from this machine: one loopback address a publisher.

A publisher's site answers a path at the simulated instant. The simplest is a folder: ``<folder>/<path>``
is served from the first day on, ``<folder>/@2024-02-24/<path>`` from that day on, and the latest that
applies wins; a file named ``<path>.403`` is a wall, and the path answers 403 with it. Replies carry an
ETag, unless a site says ``Cache-Control: no-store``, and answer conditional requests with 304.
"""

import hashlib
import mimetypes
import selectors
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

mimetypes.add_type("application/atom+xml", ".atom")
mimetypes.add_type("application/rss+xml", ".rss")

Fill = Callable[[str], str]
"""Puts addresses where a text says ``{host:NAME}``."""

Answer = tuple[int, Mapping[str, str], bytes]
"""Status, headers and body. A Content-Length that a site sets itself is sent as it is, right or wrong."""

Site = Callable[[str, datetime, Fill], Answer]
"""Answers a request target (path and query) at an instant."""

_FIRST_DAY = date(2024, 2, 20)
_LOOK_UP_S = 0.05  # how long stopping may take
_NOT_FOUND: Answer = (
    404,
    {"Content-Type": "text/html"},
    b"<!doctype html><title>Not found</title><p>Not found.</p>",
)


class Web:
    """Serves sites, each on an address of its own, as they stand at ``now``.

    Args:
        sites: Sites by name, or a folder whose folders are sites.
        today: The simulated day, or an instant.
        port: The port on every address; 0 takes a free one each. A demo that is to be resumed needs one
            that stays, since addresses of pages name it.
    """

    def __init__(self, sites: Mapping[str, Site] | Path, today: date | datetime, *, port: int = 0) -> None:
        self.requests: list[tuple[str, str, int]] = []
        self.addresses: dict[str, str] = {}
        self.today = today
        self._stopped = threading.Event()
        self._listening = selectors.DefaultSelector()
        self.sites = folder_sites(sites) if isinstance(sites, Path) else sites
        for number, name in enumerate(sorted(self.sites), 1):
            server = _listen(number, port, type("Handler", (_Handler,), {"web": self, "name": name}))
            host, chosen = server.server_address[:2]
            self.addresses[name] = f"{host!s}:{chosen}"
            self._listening.register(server, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()
        for key in list(self._listening.get_map().values()):
            key.fileobj.server_close()  # type: ignore[union-attr]  # only servers are registered
        self._listening.close()

    @property
    def today(self) -> date:
        """The simulated day."""
        return self.now.date()

    @today.setter
    def today(self, day: date | datetime) -> None:
        self.now = day if isinstance(day, datetime) else datetime.combine(day, time(23, 59), UTC)

    def filled(self, text: str) -> str:
        """Return ``text`` with ``{host:NAME}`` replaced by the address that NAME is served on."""
        if "{host:" in text:
            for name, address in self.addresses.items():
                text = text.replace("{host:" + name + "}", address)
        return text

    def _serve(self) -> None:
        while not self._stopped.is_set():
            for key, _ in self._listening.select(_LOOK_UP_S):
                key.fileobj.handle_request()  # type: ignore[union-attr]  # as above


def folder_sites(root: Path) -> dict[str, Site]:
    """Return the folders below ``root`` as sites, by name."""
    return {folder.name: _FolderSite(folder) for folder in root.iterdir() if folder.is_dir()}


def http_date(instant: datetime) -> str:
    """Return an instant as HTTP writes it."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


class _FolderSite:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, target: str, now: datetime, fill: Fill) -> Answer:
        name = urlsplit(target).path.lstrip("/")
        wall = self._find(name + ".403", now.date())
        if wall is not None:
            return 403, {"Content-Type": "text/html"}, wall[0].read_bytes()
        found = self._find(name, now.date())
        if found is None:
            return _NOT_FOUND
        path, since = found
        kind = mimetypes.guess_type(path.name)[0] or "text/html"
        modified = http_date(datetime.combine(since, time(), UTC))
        headers = {"Last-Modified": modified, "Content-Type": f"{kind}; charset=utf-8"}
        return 200, headers, fill(path.read_text(encoding="utf-8")).encode()

    def _find(self, name: str, today: date) -> tuple[Path, date] | None:
        days = {date.fromisoformat(path.name[1:]): path for path in self._folder.glob("@*") if path.is_dir()}
        for day in sorted((day for day in days if day <= today), reverse=True):
            if (days[day] / name).is_file():
                return days[day] / name, day
        plain = self._folder / name
        return (plain, _FIRST_DAY) if plain.is_file() else None


def _listen(number: int, port: int, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """Listen on 127.0.1.n, or on a port of 127.0.0.1 where the system has no such address (macOS)."""
    try:
        return ThreadingHTTPServer((f"127.0.1.{number}", port), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", port and port + number), handler)


class _Handler(BaseHTTPRequestHandler):
    web: ClassVar[Web]
    name: ClassVar[str]
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: two would wait for a delayed acknowledgement

    def do_GET(self) -> None:
        status, given, body = self.web.sites[self.name](self.path, self.web.now, self.web.filled)
        headers = dict(given)
        if status == 200 and headers.get("Cache-Control") != "no-store":
            headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if self._is_known(headers):
                status, body = 304, b""
        self._send(status, headers, body)

    def _is_known(self, headers: Mapping[str, str]) -> bool:
        tag = self.headers.get("If-None-Match")
        if tag is not None:
            return tag == headers["ETag"]
        return self.headers.get("If-Modified-Since", "") == headers.get("Last-Modified")

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.web.requests.append((str(self.connection.getsockname()[0]), self.path, status))
        if status != 304:
            self.close_connection |= headers.get("Content-Length", str(len(body))) != str(len(body))
            headers.setdefault("Content-Length", str(len(body)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the demo's own lines are what a user reads."""

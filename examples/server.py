"""A small official web, served from this machine: one loopback address a publisher, pages by day.

A site is a folder named after its publisher. ``<folder>/<path>`` is served from the first day on,
``<folder>/@2024-02-24/<path>`` from that day on; the latest that applies wins. Replies carry an
ETag and Last-Modified and answer conditional requests with 304. A file named ``<path>.403`` is a wall:
the path answers 403 with it.
"""

import hashlib
import mimetypes
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

mimetypes.add_type("application/atom+xml", ".atom")
mimetypes.add_type("application/rss+xml", ".rss")


class Web:
    """Serves the folders below ``root``, each on an address of its own; ``today`` is the simulated day."""

    def __init__(self, root: Path, today: date) -> None:
        self.today = today
        self.requests: list[tuple[str, str, int]] = []
        self.addresses: dict[str, str] = {}
        self._servers = []
        for number, folder in enumerate(sorted(path for path in root.iterdir() if path.is_dir()), 1):
            server = _listen(f"127.0.1.{number}", self, folder)
            host, port = server.server_address[:2]
            self.addresses[folder.name] = f"{host!s}:{port}"
            self._servers.append(server)
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def filled(self, text: str) -> str:
        """Return ``text`` with ``{host:NAME}`` replaced by the address that NAME is served on."""
        for name, address in self.addresses.items():
            text = text.replace("{host:" + name + "}", address)
        return text


def _listen(host: str, web: Web, folder: Path) -> ThreadingHTTPServer:
    """Listen on ``host``, or on a port of 127.0.0.1 where the system has no such address (macOS)."""
    handler = type("Handler", (_Handler,), {"web": web, "folder": folder})
    try:
        return ThreadingHTTPServer((host, 0), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


class _Handler(BaseHTTPRequestHandler):
    web: ClassVar[Web]
    folder: ClassVar[Path]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name = urlsplit(self.path).path.lstrip("/")
        wall = self._find(name + ".403")
        if wall is not None:
            self._send(403, {"Content-Type": "text/html"}, wall[0].read_bytes())
            return
        found = self._find(name)
        if found is None:
            self._send(404, {}, b"<!doctype html><title>Not found</title><p>Not found.</p>")
            return
        path, since = found
        body = self.web.filled(path.read_text(encoding="utf-8")).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        kind = mimetypes.guess_type(path.name)[0] or "text/html"
        modified = format_datetime(datetime(since.year, since.month, since.day, tzinfo=UTC), usegmt=True)
        headers = {"ETag": tag, "Last-Modified": modified, "Content-Type": f"{kind}; charset=utf-8"}
        if self.headers.get("If-None-Match") == tag:
            self._send(304, headers, b"")
        else:
            self._send(200, headers, body)

    def _find(self, name: str) -> tuple[Path, date] | None:
        days = {date.fromisoformat(path.name[1:]): path for path in self.folder.glob("@*") if path.is_dir()}
        for day in sorted((day for day in days if day <= self.web.today), reverse=True):
            if (days[day] / name).is_file():
                return days[day] / name, day
        plain = self.folder / name
        return (plain, date(2024, 2, 20)) if plain.is_file() else None

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.web.requests.append((str(self.server.server_address[0]), self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the demo's own lines are what a user reads."""

"""Folders below the workspace answer like sites: a JSON listing, and each file under its own address.

``inbox:NAME`` is a folder, ``inbox:NAME/FILE`` a file in it. Mails and saved pages that a person or a mail
program puts there are read, never moved or removed.
"""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote

from monitor.model import Exchange, Reply, Request, Transport
from monitor.ports import Clock, Fetcher

SCHEME = "inbox:"
_SUFFIXES = {".eml": "message/rfc822", ".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf"}
_MOST_FILES = 5_000
_MOST_BYTES = 50_000_000


class FolderFetcher:
    """A Fetcher that answers for folders below ``root``, and hands everything else to ``web``."""

    def __init__(self, root: Path, web: Fetcher, clock: Clock) -> None:
        self._root = root.resolve()
        self._web = web
        self._clock = clock

    def fetch(self, request: Request, *, slot: datetime, number: int) -> Reply:
        """Return what came of ``request``. Never raises for what a folder, a site or the network does."""
        if not request.url.startswith(SCHEME):
            return self._web.fetch(request, slot=slot, number=number)
        started, asked_at = self._clock.monotonic(), self._clock.now()
        try:
            status, media, body = self._answer(request.url)
            transport, detail = Transport.ANSWERED, ""
        except _UnreadableError as error:
            status, media, body = None, "", None
            transport, detail = Transport.BAD_ADDRESS, str(error)
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
            status=status,
            headers=(("Content-Type", media),) if media else (),
            final_url=request.url,
            body_sha256=None if body is None else hashlib.sha256(body).hexdigest(),
            body_bytes=len(body or b""),
        )
        return Reply(exchange, body)

    def _answer(self, url: str) -> tuple[int, str, bytes]:
        path = self._below(url.removeprefix(SCHEME))
        if path.is_dir():
            return 200, "application/json", _listing(path, url)
        if not path.exists() and path.parent.is_dir() and path.suffix:
            return 404, "text/plain", b"the file is gone"
        return 200, _SUFFIXES.get(path.suffix.lower(), "text/plain"), _bytes(path)

    def _below(self, name: str) -> Path:
        """The path that an address names; links that lead out of the workspace are not followed."""
        path = (self._root / unquote(name)).resolve()
        if not path.is_relative_to(self._root) or path == self._root:
            raise _UnreadableError(f"{name} lies outside the workspace; name a folder below it")
        return path


class _UnreadableError(Exception):
    """A folder or file cannot be read; the message says which and what to do."""


def _listing(folder: Path, url: str) -> bytes:
    files = [
        {"name": path.name, "url": f"{url}/{quote(path.name)}", "sha256": _digest(path)}
        for path in _contents(folder)
    ]
    return json.dumps({"files": files}, ensure_ascii=False, indent=1).encode()


def _contents(folder: Path) -> list[Path]:
    """The files of the kinds that are read, by name; what is still being written has another name."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False))
    except OSError as error:
        raise _UnreadableError(f"{folder} cannot be listed: {error.strerror}") from error
    wanted = [n for n in names if not n.startswith(".") and Path(n).suffix.lower() in _SUFFIXES]
    return [folder / name for name in wanted[-_MOST_FILES:]]


def _digest(path: Path) -> str:
    """A hash of a file; of one that cannot be read another mark: asking for the file says why."""
    try:
        return hashlib.sha256(_bytes(path)).hexdigest()
    except _UnreadableError:
        return "unreadable"


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _UnreadableError(f"{path} is larger than {_MOST_BYTES:,} bytes; move it away")
        return path.read_bytes()
    except OSError as error:
        what = "does not exist; create it" if isinstance(error, FileNotFoundError) else error.strerror
        raise _UnreadableError(f"{path} {what}") from error

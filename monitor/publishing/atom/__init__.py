"""The ``atom`` channel: a feed as one file that is replaced whole, whose name never changes.

A report of this channel holds the feed as it is to stand. Reports that waited are not put in place of one
that was made after them.
"""

import re
from datetime import datetime
from pathlib import Path

from monitor.errors import PublishError, StateError
from monitor.files import make_directory, write_atomically
from monitor.model import Delivery, Report

_NAME = "atom"
_MODE = 0o644  # a web server reads it
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_UPDATED = re.compile(rb"<updated>([^<]+)</updated>")


class AtomChannel:
    """Writes feeds into ``folder`` as ``<briefing>-<recipient>.atom``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, report: Report, delivery: Delivery) -> None:
        """Put the feed of ``report`` in place.

        Raises:
            PublishError: it could not be written, or the report was rendered without a feed.
        """
        feed = report.rendering(".atom")
        if feed is None:
            raise PublishError(_NAME, f"report {report.id} was rendered without a feed", permanent=True)
        name = _UNSAFE.sub("-", f"{report.briefing_id}-{delivery.recipient}").strip("-.")
        path = self._folder / f"{name}.atom"
        if _updated(_held(path)) > _updated(feed.content):
            return
        try:
            make_directory(self._folder, 0o750)
            write_atomically(path, feed.content, _MODE)
        except StateError as error:
            raise PublishError(_NAME, str(error)) from error


def _held(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _updated(feed: bytes) -> float:
    """When a feed was last changed, in seconds; its own element stands before those of its entries."""
    found = _UPDATED.search(feed)
    try:
        return datetime.fromisoformat(found[1].decode()).timestamp() if found else 0.0
    except (ValueError, UnicodeDecodeError):
        return 0.0

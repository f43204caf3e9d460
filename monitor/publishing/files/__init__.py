"""The ``files`` channel: a report as files in a folder, whole or not at all.

A digest is named ``<date>-<briefing>-<audience>``, another report by its kind too. Delivering it again
rewrites nothing; another report of the same day never replaces it, it gets a part of its own id in its name.
"""

import re
from pathlib import Path

from monitor.errors import PublishError, StateError
from monitor.files import make_directory, write_atomically
from monitor.model import Delivery, Report, ReportKind
from monitor.publishing.message import addressed

_NAME = "files"
_MODE = 0o640
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


class FilesChannel:
    """Writes reports into ``folder``; ``instance`` is for the Message-ID of the mail among them."""

    def __init__(self, folder: Path, instance: str) -> None:
        self._folder = folder
        self._instance = instance

    def deliver(self, report: Report, delivery: Delivery) -> None:
        """Write every form of ``report``.

        Raises:
            PublishError: a file could not be written.
        """
        forms = [
            (
                each.suffix,
                addressed(report, delivery.recipient, self._instance)
                if _is_mail(each.suffix)
                else each.content,
            )
            for each in report.renderings
        ]
        try:
            make_directory(self._folder, 0o750)
            stem = self._stem(report, forms)
            for suffix, content in forms:
                path = self._folder / f"{stem}{suffix}"
                if not _holds(path, content):
                    write_atomically(path, content, _MODE)
        except StateError as error:
            raise PublishError(_NAME, str(error)) from error

    def _stem(self, report: Report, forms: list[tuple[str, bytes]]) -> str:
        """The plain name, unless a file of that name holds something else."""
        day = report.dated or report.made_at.date()
        kind = "" if report.kind is ReportKind.DIGEST else f"{report.kind.value}-"
        plain = _UNSAFE.sub("-", f"{day.isoformat()}-{report.briefing_id}-{kind}{report.audience.value}")
        paths = [(self._folder / f"{plain}{suffix}", content) for suffix, content in forms]
        free = all(not path.exists() or _holds(path, content) for path, content in paths)
        return plain if free else f"{plain}-{report.id.removeprefix('r-')[:8]}"


def _is_mail(suffix: str) -> bool:
    return suffix == ".eml"


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False

"""What reading one body may cost, and the bodies that are not even tried."""

from dataclasses import dataclass

from monitor.errors import ExtractError
from monitor.model import Exchange, ReadJob

_HEAD_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a reading process; docs/architecture.md, "Limits of children".

    ``cpu_s`` is granted anew for each body, in whole seconds. ``memory_bytes`` bounds the address space
    of the process. ``wall_s`` is for a reader that waits instead of working. A process is replaced
    after ``bodies`` of them, and after a PDF above ``pdf_bytes``, whose library does not give all memory
    back. HTML above ``html_bytes`` is refused: it takes seconds to parse and is never a news page.
    """

    cpu_s: int = 5
    memory_bytes: int = 512 * 1024 * 1024
    wall_s: float = 60.0
    start_s: float = 60.0
    bodies: int = 500
    pdf_bytes: int = 1_000_000
    html_bytes: int = 4_000_000


def refuse_oversized(job: ReadJob, limits: Limits) -> None:
    """Refuse HTML that is too large to parse.

    Raises:
        ExtractError: it is.
    """
    size = len(job.body)
    if size > limits.html_bytes and _is_html(job.exchange, job.body):
        raise ExtractError(
            job.source.id,
            f"parse refused: the page has {size} bytes and HTML is read up to {limits.html_bytes}; "
            "point the source at a shorter page or a feed",
        )


def is_pdf(body: bytes) -> bool:
    """Return whether a body is a PDF, by its own mark."""
    return b"%PDF-" in body[:_HEAD_BYTES]


def _is_html(exchange: Exchange, body: bytes) -> bool:
    if is_pdf(body):
        return False
    head = body[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"{", b"[")) and b"<html" not in head:
        return False
    return (
        "html" in (exchange.header("Content-Type") or "").lower()
        or b"<html" in head
        or b"<!doctype html" in head
    )

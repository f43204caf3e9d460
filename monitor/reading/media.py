"""What a body is, by its first bytes, then by its file's name and its declared type.

The bytes decide: sites send PDFs as octet streams and block pages as RSS.
"""

import re
from enum import StrEnum

from monitor.model import Exchange

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|script|div|p|h1|table)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:[a-z0-9]+:)?(?:rss|feed|rdf)[\s>:]", re.IGNORECASE)
_MAIL = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}", re.IGNORECASE)
_MAIL_HEADER = re.compile(rb"^(?:from|subject|date|received|mime-version):", re.IGNORECASE | re.MULTILINE)
_HEAD_BYTES = 4_096


class Media(StrEnum):
    """What readers tell apart."""

    PDF = "a PDF"
    FEED = "a feed"
    XML = "XML"
    HTML = "an HTML page"
    JSON = "JSON"
    MAIL = "a mail"
    TEXT = "plain text"
    BINARY = "a file that is not text"


def media_of(exchange: Exchange, body: bytes) -> Media:
    """Return what ``body`` is."""
    head = _ascii(body[:_HEAD_BYTES])
    start = head.lstrip()
    if b"%PDF-" in head[:1024]:
        return Media.PDF
    if start[:1] == b"<":
        return _markup(start)
    if start[:1] in b"{[" and start:
        return Media.JSON
    if _is_mail(exchange, start):
        return Media.MAIL
    if _HTML.search(start):
        return Media.HTML
    return Media.BINARY if _is_binary(start) else Media.TEXT


def _markup(start: bytes) -> Media:
    html, feed = _HTML.search(start), _FEED.search(start)
    if feed and (not html or feed.start() < html.start()):
        return Media.FEED
    if html:
        return Media.HTML
    return Media.XML if start[:5].lower() == b"<?xml" else Media.HTML


def _is_mail(exchange: Exchange, start: bytes) -> bool:
    declared = (exchange.header("content-type") or "").lower().startswith("message/rfc822")
    named = exchange.url.lower().endswith(".eml")
    return (declared or named) and _MAIL.match(start) is not None and _MAIL_HEADER.search(start) is not None


def _is_binary(start: bytes) -> bool:
    return start.count(0) > 0 or start[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"GIF8")


def _ascii(head: bytes) -> bytes:
    """The head without byte order mark and, in UTF-16, without the zero bytes between its letters."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[2:].replace(b"\0", b"")
    return head.replace(b"\0", b"") if head[:1] == b"<" or head[:2] == b"\0<" else head

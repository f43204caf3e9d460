"""Exchanges with their bodies as a WARC file, which archives and libraries keep and read for decades.

Bodies are stored as they were read, without the coding of the wire. So the headers that spoke of that
coding stand as ``X-Archive-Orig-...``, as other archives write them, and length and digests are those
of the body. Beside each reply stands a metadata record: which source asked, at which slot, by which way
it was led, and which findings rest on it. The same exchanges give the same bytes.

Source: ISO 28500:2017 (WARC 1.1).
"""

import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from monitor.errors import StateError
from monitor.files import what_failed
from monitor.model import Exchange

_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_IDS = uuid.UUID("6f5b0f5e-6c0b-5d6e-9d0c-7a3c1e2b4f10")  # the name space of our records' ids
_WARC = "application/warc-fields"


@dataclass(frozen=True, slots=True)
class Archived:
    """An exchange, the bytes that came, and what rests on them."""

    exchange: Exchange
    body: bytes
    findings: Sequence[str] = ()


def write_warc(path: Path, archived: Iterable[Archived], *, software: str, at: datetime) -> int:
    """Write a WARC file, gzip a record, whole or not at all; return the number of exchanges in it.

    Every record is read again and its digest checked before the file gets its name.

    Args:
        path: The file; an existing one is replaced.
        archived: What to write, in order.
        software: Who writes it, for the first record.
        at: When.

    Raises:
        StateError: it could not be written, or does not read back as it was written.
    """
    from warcio.warcwriter import WARCWriter

    with _as_a_whole(path) as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(_info(writer, path.name, software, at))
        count = 0
        for each in archived:
            for record in _records(writer, each):
                writer.write_record(record)
            count += 1
        file.flush()
        _verify(file, path)
    return count


def read_warc(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield type, address and content of every record, digests checked.

    Raises:
        StateError: it cannot be read, or a record is not what its digest says.
    """
    try:
        with path.open("rb") as file:
            yield from _read(file)
    except Exception as error:  # whatever a library raises over a damaged file
        raise StateError(str(path), f"is not a sound WARC file: {error}") from error


def _info(writer: Any, name: str, software: str, at: datetime) -> Any:
    fields = {"software": software, "format": "WARC File Format 1.1"}
    record = writer.create_warcinfo_record(name, fields)
    record.rec_headers.replace_header("WARC-Date", _date(at))
    record.rec_headers.replace_header("WARC-Record-ID", _id("warcinfo", name, _date(at)))
    return record


def _records(writer: Any, archived: Archived) -> Iterator[Any]:
    exchange = archived.exchange
    parts = (exchange.source_id, exchange.slot.isoformat(), str(exchange.number), exchange.url)
    main_id = _id("response", *parts)
    uri = exchange.final_url or exchange.url
    headers = {"WARC-Date": _date(exchange.asked_at), "WARC-Record-ID": main_id}
    if uri.startswith(("http://", "https://")):
        yield writer.create_warc_record(
            uri,
            "response",
            payload=BytesIO(archived.body),
            length=len(archived.body),
            http_headers=_http_headers(exchange, len(archived.body)),
            warc_headers_dict=headers,
        )
    else:  # a file that a person brought, or that lay in a folder
        yield writer.create_warc_record(
            _file_uri(uri),
            "resource",
            payload=BytesIO(archived.body),
            length=len(archived.body),
            warc_content_type=exchange.header("content-type") or "application/octet-stream",
            warc_headers_dict=headers,
        )
    about = {
        **headers,
        "WARC-Record-ID": _id("metadata", *parts),
        "WARC-Refers-To": main_id,
    }
    fields = _fields(archived)
    yield writer.create_warc_record(
        _file_uri(uri) if "://" not in uri else uri,
        "metadata",
        payload=BytesIO(fields),
        length=len(fields),
        warc_content_type=_WARC,
        warc_headers_dict=about,
    )


def _http_headers(exchange: Exchange, length: int) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WIRE else name, _one_line(value))
        for name, value in exchange.headers
    ]
    status = exchange.status or 200
    reason = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    return StatusAndHeaders(
        f"{status} {reason}", [*kept, ("Content-Length", str(length))], protocol="HTTP/1.1"
    )


def _fields(archived: Archived) -> bytes:
    exchange = archived.exchange
    told = [
        ("source", exchange.source_id),
        ("slot", _date(exchange.slot)),
        ("method", exchange.method),
        ("asked", exchange.url),
        *(("redirect", url) for url in exchange.redirects),
        ("sha256", exchange.body_sha256 or ""),
        *(("finding", each) for each in archived.findings),
    ]
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in told).encode()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _file_uri(name: str) -> str:
    from urllib.parse import quote

    return f"urn:file:{quote(name)}"


def _id(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(_IDS, chr(0).join(parts))}>"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(file: IO[bytes]) -> Iterator[tuple[str, str, bytes]]:
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(file, check_digests="raise"):
        content = record.content_stream().read()
        yield record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "", content


def _verify(file: IO[bytes], path: Path) -> None:
    file.seek(0)
    try:
        for _ in _read(file):
            pass
    except Exception as error:  # whatever the library raises, the file must not get its name
        raise StateError(str(path), f"could not be read back, and was not written: {error}") from error


@contextmanager
def _as_a_whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a temporary file that becomes ``path`` when all has gone well."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("w+b") as file:
            yield file
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise StateError(str(path), what_failed(error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink()

"""The WARC export: what warcio reads back is what was stored, whatever a site sent."""

import gzip
from dataclasses import replace

import pytest

from monitor.errors import StateError
from monitor.store import Archived, read_warc, write_warc
from tests.store.samples import T0, exchange

BODY = "<p>Підписано</p>".encode() * 100
HOSTILE = (
    ("Content-Encoding", "gzip"),
    ("Transfer-Encoding", "chunked"),
    ("Content-Length", "12"),
    ("X-Title", "договір \u2028 and more"),
    ("X-Break", "a\r\nSet-Cookie: b"),
    ("Content-Type", "text/html; charset=utf-8"),
)


def _write(path, *archived):
    return write_warc(path, archived, software="briefing-monitor/test", at=T0)


def test_what_is_written_reads_back(tmp_path):
    """A library that keeps it for thirty years must find the very bytes."""
    path = tmp_path / "export.warc.gz"
    count = _write(path, Archived(exchange(), BODY, ("f-1",)), Archived(exchange(number=1), b""))
    records = list(read_warc(path))

    assert count == 2
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "metadata", "response", "metadata"]
    assert records[1][2] == BODY
    assert records[3][2] == b""
    assert b"finding: f-1\r\n" in records[2][2]
    assert b"source: borduria-mfa\r\n" in records[2][2]


def test_headers_of_the_wire_do_not_contradict_the_body(tmp_path):
    """A reader that undid gzip again, or cut at an old length, would read rubbish."""
    path = tmp_path / "export.warc.gz"
    _write(path, Archived(exchange(headers=HOSTILE), BODY))
    raw = gzip.decompress(path.read_bytes())

    assert list(read_warc(path))[1][2] == BODY
    assert b"X-Archive-Orig-Content-Encoding: gzip" in raw
    assert f"\r\nContent-Length: {len(BODY)}\r\n".encode() in raw
    assert b"\r\nSet-Cookie:" not in raw


@pytest.mark.parametrize("url", ["saved page.html", "inbox:mail/1.eml", "звіт.pdf"])
def test_what_a_person_brought_is_a_resource(tmp_path, url):
    """It came from no web server, and must not look as if it had."""
    path = tmp_path / "export.warc.gz"
    _write(path, Archived(exchange(url=url, final_url=url, method="INGEST"), BODY))
    records = list(read_warc(path))

    assert records[1][0] == "resource"
    assert records[1][2] == BODY


def test_the_way_there_stands_beside_the_reply(tmp_path):
    """An address that redirected is not the address that answered."""
    path = tmp_path / "export.warc.gz"
    led = exchange(
        url="https://a.example/", redirects=("https://a.example/",), final_url="https://b.example/"
    )
    _write(path, Archived(led, BODY))
    _, response, metadata = read_warc(path)

    assert response[1] == "https://b.example/"
    assert b"asked: https://a.example/\r\nredirect: https://a.example/\r\n" in metadata[2]


def test_the_same_evidence_gives_the_same_bytes(tmp_path):
    """Two exports can be compared by their hash."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        _write(tmp_path / name / "export.warc.gz", Archived(exchange(), BODY, ("f-1",)))

    assert (tmp_path / "a/export.warc.gz").read_bytes() == (tmp_path / "b/export.warc.gz").read_bytes()


def test_a_damaged_file_is_found_out(tmp_path):
    """A digest that does not fit is said, not read over."""
    path = tmp_path / "export.warc.gz"
    _write(path, Archived(exchange(), BODY))
    raw = gzip.decompress(path.read_bytes()).replace("Підписано".encode(), "підписано".encode(), 1)
    path.write_bytes(gzip.compress(raw))

    with pytest.raises(StateError, match="not a sound WARC"):
        list(read_warc(path))


def test_a_failed_export_leaves_what_was_there(tmp_path):
    """The last good export must not be lost to a body that is missing."""
    path = tmp_path / "export.warc.gz"
    path.write_bytes(b"before")

    def broken():
        yield Archived(exchange(), BODY)
        raise StateError("evidence", "this stored body is missing")

    with pytest.raises(StateError, match="missing"):
        write_warc(path, broken(), software="test", at=T0)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("status", [200, 404, 299, 999])
def test_any_status_can_be_archived(tmp_path, status):
    """Sites invent numbers."""
    path = tmp_path / "export.warc.gz"
    _write(path, Archived(replace(exchange(), status=status), BODY))

    assert list(read_warc(path))[1][2] == BODY

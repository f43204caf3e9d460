"""Bodies that try to make a parser open, fetch or grow something, for every kind of source (P2, P3, P11)."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.errors import ExtractError
from monitor.model import Listing, SourceKind
from monitor.reading import read
from tests.reading.jobs import make_item, make_job
from tests.reading.pdfs import make_pdf

ROOT = Path(__file__).parents[2]
_WATCHED: list[tuple[str, object]] = []
_ON: list[bool] = []


def _hook(event, arguments):
    if _ON and event in {
        "open",
        "socket.connect",
        "socket.getaddrinfo",
        "urllib.Request",
        "subprocess.Popen",
    }:
        _WATCHED.append((event, arguments[0]))


@contextmanager
def watching():
    """Note what is opened or asked for meanwhile."""
    if not getattr(sys, "_reading_is_watched", False):
        sys.addaudithook(_hook)  # a hook cannot be taken away again
        sys._reading_is_watched = True
    _WATCHED.clear()
    _ON.append(True)
    try:
        yield _WATCHED
    finally:
        _ON.clear()


def job(kind, body, content_type=None):
    """A job of any kind of source, or of one of its documents where ``kind`` is None."""
    if kind is None:
        return make_job(body, url="https://mfa.example/news/1", item=make_item(), content_type=content_type)
    more = {}
    if kind is SourceKind.LISTING:
        more["listing"] = Listing(item="li")
    if kind in (SourceKind.REGISTER, SourceKind.API):
        more |= {"rows": "rows", "fields": (("id", "id"), ("title", "title"))}
    return make_job(body, kind, content_type=content_type, **more)


def outcome(made):
    """What is read, as text; a refusal is as good."""
    try:
        return repr(read(made))
    except ExtractError as refusal:
        return str(refusal)


KINDS = [*(kind for kind in SourceKind if kind is not SourceKind.INBOX), None]
ADDRESSES = ["https://canary.example/feed", "/etc/passwd", "file:///etc/passwd", "..", "data:text/xml,<rss/>"]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_body_is_never_taken_for_an_address_or_a_path(kind):
    """Several parsers fetch a text that looks like an address and open one that is a path."""
    outcome(job(kind, b"<rss/>"))  # what is imported opens files of its own
    with watching() as opened:
        said = [outcome(job(kind, address)) for address in ADDRESSES]

    assert opened == []
    assert not any("root:" in each for each in said)


_FEED = "<rss><channel><title>a</title><item><title>{}</title><link>https://mfa.example/1</link></item></channel></rss>"
_SITEMAP = "<urlset><url><loc>https://mfa.example/{}</loc></url></urlset>"
ATTACKS = {
    "billion-laughs": "<!DOCTYPE a [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 or chr(0)};'.replace(chr(0), '') * 10}'>" for n in range(1, 12))
    + "]>",
    "one-long-entity-many-times": f"<!DOCTYPE a [<!ENTITY a11 '{'x' * 100_000}'>]>",
    "file": "<!DOCTYPE a [<!ENTITY a11 SYSTEM 'file:///etc/passwd'>]>",
    "web": "<!DOCTYPE a [<!ENTITY a11 SYSTEM 'http://canary.example/x'>]>",
    "parameter": "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://canary.example/x.dtd'> %p; <!ENTITY a11 'x'>]>",
    "dtd": "<!DOCTYPE a SYSTEM 'http://canary.example/x.dtd'>",
    "public-dtd": "<!DOCTYPE a PUBLIC '-//X//Y' 'http://canary.example/x.dtd'>",
    "stylesheet": "<?xml-stylesheet href='http://canary.example/x.xsl' type='text/xsl'?>",
    "circle": "<!DOCTYPE a [<!ENTITY a11 '&b;'><!ENTITY b '&a11;'>]>",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_xml_fetches_nothing_and_grows_to_nothing(attack):
    """A kilobyte must not become a gigabyte, nor a feed or a sitemap read what is ours."""
    bodies = {
        SourceKind.FEED: _FEED.format("&a11;" * 100),
        SourceKind.SITEMAP: _SITEMAP.format("&a11;" * 100),
        None: f"<html><body><main><p>{'&a11;' * 100} They signed it today.</p></main></body></html>",
    }
    outcome(job(SourceKind.FEED, _FEED.format("warm")))
    outcome(job(SourceKind.SITEMAP, _SITEMAP.format("warm")))
    outcome(job(None, bodies[None]))
    with watching() as opened:
        said = [outcome(job(kind, '<?xml version="1.0"?>' + attack + body)) for kind, body in bodies.items()]

    assert opened == []
    assert max(len(each) for each in said) < 20_000
    assert not any("root:" in each for each in said)


READ_ALL = """
import sys
from tests.reading.test_hostile import samples
from monitor.recognition import load_detector
from monitor.model import DocumentRead
from monitor.reading import read
detector = load_detector()
for made in samples():
    found = read(made)
    documents = [found.document] if isinstance(found, DocumentRead) else found.documents
    sys.stdout.buffer.write((repr(found) + repr([detector.detect(each) for each in documents])).encode())
"""
SURROUNDINGS = [
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "20", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONOPTIMIZE": "1"},
    {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
]


def samples():
    """A body of every form."""
    words = "On 16 February 2031 in Borduria City, Canada and Ukraine signed an agreement on security."
    rows = (
        '{"rows": [{"id": "1", "title": "Agreement between Canada and Ukraine"}, {"id": "2", "title": "b"}]}'
    )
    return [
        job(SourceKind.FEED, _FEED.format(words)),
        job(SourceKind.SITEMAP, _SITEMAP.format("news/1")),
        job(SourceKind.LISTING, f"<ul><li><a href=/1>{words}</a> 16.02.2031<li><a href=/2>Two</a></ul>"),
        job(SourceKind.REGISTER, rows),
        job(SourceKind.API, rows),
        job(None, f"<html lang=en><main><h1>Statement</h1><p>{words}</p><p>İstanbul</p></main></html>"),
        make_job(make_pdf([words]), url="https://mfa.example/a.pdf", item=make_item()),
    ]


@pytest.mark.slow
def test_the_same_bytes_give_the_same_whatever_the_surroundings():
    """Hash seed, time zone, locale: a finding's id must not depend on who reads, or where."""
    said = []
    for each in SURROUNDINGS:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))
        }
        command = [sys.executable, "-c", READ_ALL]
        done = subprocess.run(command, cwd=ROOT, env=environment | each, capture_output=True, check=True)
        said.append(done.stdout)

    assert len(set(said)) == 1
    assert b"security" in said[0]

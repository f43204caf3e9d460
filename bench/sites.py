"""A load server on loopback: synthetic official sites with validators, delays, noise and changes.

``python bench/sites.py --port 8801 --addresses 50`` binds 127.0.0.1 and the addresses after it, 250 to
a third byte. One process and one event loop with bodies made beforehand, so that a reply costs tens of
microseconds and the client is what is measured. Nothing here is a real page or a real name.

Site i has ``/s/<i>/news`` (a listing of about 70 KB), ``/s/<i>/feed`` (20 entries; Atom where i is even,
RSS where it is odd) and ``/s/<i>/a/<j>`` (an article). Every 200 carries an ETag and a Last-Modified,
and either is answered by 304.

Control, by GET, answered in JSON:
  /ctl/set?delay=50&validators=1&noise=0   delay in ms; noise: each body differs outside its main region
  /ctl/warm?kind=news&n=1000               make the bodies beforehand
  /ctl/change?kind=news&n=1000&k=10        k of the first n sites get one new item; others at each call
  /ctl/reset                               first versions, no delay, counters at zero
  /ctl/stats                               what was answered since the last call
"""

import argparse
import asyncio
import json
import random
import sys
import zlib
from collections import Counter
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from time import gmtime, strftime
from urllib.parse import parse_qsl

EPOCH = 1_700_000_000
NOISE = b"%NOISE%"
_WORDS = (
    "bridge harbour statistics school election visit railway library budget museum orchard tariff minister "
    "session hospital award regional climate survey pension heritage festival transport forestry fisheries "
    "delegation programme opening annual report consultation guidance council assembly ferry programme"
)


def prose(seed: int, count: int) -> str:
    """Return ``count`` words that are the same for the same seed."""
    chosen = random.Random(seed).choices(_WORDS.split(), k=count)
    return " ".join(chosen).capitalize()


@dataclass
class Sites:
    """What is served, and what was asked."""

    versions: dict[tuple[str, int], int] = field(default_factory=dict)
    made: dict[tuple[str, int, int], "Made"] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    delay_s: float = 0.0
    validators: bool = True
    noise: bool = False
    turn: int = 0

    def version(self, kind: str, site: int) -> int:
        return self.versions.get((kind, site), 0)

    def page(self, kind: str, site: int, number: int) -> "Made":
        version = self.version(kind, site)
        made = self.made.get((kind, site, number))
        if made is None or made.version != version:
            made = self.made[kind, site, number] = Made.of(kind, site, number, version)
        return made


@dataclass(frozen=True)
class Made:
    """A body with its headers, ready to be sent."""

    version: int
    etag: bytes
    modified: bytes
    media: bytes
    body: bytes

    @classmethod
    def of(cls, kind: str, site: int, number: int, version: int) -> "Made":
        media, body = MAKERS[kind](site, number, version)
        etag = f'"{kind}-{site}-{number}-{version}-{zlib.crc32(body):08x}"'
        modified = formatdate(EPOCH + 3600 * version, usegmt=True)
        return cls(version, etag.encode(), modified.encode(), media.encode(), body)

    def full(self, *, validators: bool, noise: bytes) -> bytes:
        body = self.body.replace(NOISE, noise)
        known = b"ETag: %b\r\nLast-Modified: %b\r\n" % (self.etag, self.modified) if validators else b""
        head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n%bContent-Length: %d\r\n\r\n"
        return head % (self.media, known, len(body)) + body

    def same(self) -> bytes:
        head = b"HTTP/1.1 304 Not Modified\r\nETag: %b\r\nLast-Modified: %b\r\n\r\n"
        return head % (self.etag, self.modified)


# --- bodies


def _entries(site: int, version: int, count: int) -> list[dict[str, str | int]]:
    """Items of a site, newest first; each change moves the list on by one."""
    newest = 100 + version
    return [_entry(site, serial) for serial in range(newest, newest - count, -1)]


def _entry(site: int, serial: int) -> dict[str, str | int]:
    seed, at = site * 100_003 + serial, EPOCH + serial * 5400
    return {
        "id": f"{site}-{serial}",
        "title": prose(seed, 9),
        "summary": prose(seed + 1, 32),
        "office": prose(seed + 2, 4),
        "path": f"/s/{site}/a/{serial}",
        "at": at,
        "iso": strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(at)),
        "day": strftime("%d %B %Y", gmtime(at)),
    }


@lru_cache(1)
def _around() -> tuple[str, str, str]:
    """Header, facets and footer, which all sites share: nine tenths of a page."""
    menu = "".join(
        f'<li class="menu__item"><a class="menu__link" data-track=\'{{"section":"{k // 12}","link":"{k}"}}\''
        f' href="/browse/{k}">{prose(k, 4)}</a></li>\n'
        for k in range(90)
    )
    style = "".join(
        f".c{k}{{margin:{k % 9}px;padding:0 {k % 5}em;color:#{k * 4099:06x}}}" for k in range(120)
    )
    script = "".join(f"site.m{k}=function(a,b){{return a.find('.c{k}').length>b?a:null}};" for k in range(90))
    head = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>%TITLE%</title>'
        f'<meta name="token" content="{NOISE.decode()}"><style>{style}</style><script>{script}</script>'
        '</head>\n<body><a href="#content">Skip to main content</a><div id="banner"><p>Cookies are needed.'
        f'</p></div><header><nav><ul class="menu">{menu}</ul></nav></header><div class="container">'
    )
    facets = "".join(
        f'<div class="facet"><input type="checkbox" id="o-{k}" name="bodies[]" value="{k}">'
        f'<label for="o-{k}">{prose(k + 500, 5)}</label></div>\n'
        for k in range(160)
    )
    links = "".join(
        f'<li><a class="foot" href="/help/{k}">{prose(k + 900, 4)}</a></li>\n' for k in range(100)
    )
    foot = f"</div><footer><ul>{links}</ul><p>Made at {NOISE.decode()}</p></footer></body></html>\n"
    return head, facets, foot


def _news(site: int, _number: int, version: int) -> tuple[str, bytes]:
    head, facets, foot = _around()
    rows = "".join(
        f'<li class="item"><div class="item__title"><a href="{each["path"]}">{each["title"]}</a></div>'
        f'<p class="item__summary">{each["summary"]}</p><ul><li>From: {each["office"]}</li>'
        f'<li>Updated: <time datetime="{each["iso"]}">{each["day"]}</time></li></ul></li>\n'
        for each in _entries(site, version, 20 + site % 31)
    )
    main = f'<main id="content"><h1>News of body {site}</h1><ul class="listing">{rows}</ul></main>'
    whole = head.replace("%TITLE%", f"News of body {site}") + f"<aside>{facets}</aside>{main}{foot}"
    return "text/html; charset=utf-8", whole.encode()


def _article(site: int, number: int, version: int) -> tuple[str, bytes]:
    head, _, foot = _around()
    entry = _entry(site, number)
    words = "".join(f"<p>{prose(site * 7 + number + k, 70)}</p>\n" for k in range(18 + (site + number) % 26))
    main = f'<main id="content"><h1>{entry["title"]}</h1>{words}<p>Revision {version}.</p></main>'
    whole = head.replace("%TITLE%", str(entry["title"])) + main + foot
    return "text/html; charset=utf-8", whole.encode()


def _feed(site: int, _number: int, version: int) -> tuple[str, bytes]:
    entries = _entries(site, version, 20)
    return _atom(site, entries) if site % 2 == 0 else _rss(site, entries)


def _atom(site: int, entries: list[dict[str, str | int]]) -> tuple[str, bytes]:
    listed = "".join(
        f"<entry><id>tag:sites.example,2023:{each['id']}</id><title>{each['title']}</title>"
        f'<updated>{each["iso"]}</updated><link rel="alternate" href="http://127.0.0.1{each["path"]}"/>'
        f'<summary type="html">&lt;p&gt;{each["summary"]}&lt;/p&gt;</summary></entry>\n'
        for each in entries
    )
    feed = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:{site}</id>'
        f"<title>Body {site}</title><updated>{entries[0]['iso']}</updated>\n{listed}</feed>\n"
    )
    return "application/atom+xml; charset=utf-8", feed.encode()


def _rss(site: int, entries: list[dict[str, str | int]]) -> tuple[str, bytes]:
    listed = "".join(
        f'<item><guid isPermaLink="false">tag:sites.example,2023:{each["id"]}</guid>'
        f"<title>{each['title']}</title><pubDate>{formatdate(float(each['at']), usegmt=True)}</pubDate>"
        f"<link>http://127.0.0.1{each['path']}</link>"
        f"<description>&lt;p&gt;{each['summary']}&lt;/p&gt;</description></item>\n"
        for each in entries
    )
    feed = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Body {site}</title>'
        f"<link>http://127.0.0.1/s/{site}/news</link><description>News</description>\n{listed}</channel></rss>\n"
    )
    return "application/rss+xml; charset=utf-8", feed.encode()


MAKERS = {"news": _news, "feed": _feed, "a": _article}


# --- answers


def answer(sites: Sites, path: str, head: bytes) -> tuple[bytes, float]:
    """Return the bytes to send and the seconds to wait before."""
    address, _, query = path.partition("?")
    parts = address.strip("/").split("/")
    if parts[0] == "ctl" and len(parts) == 2:
        return _control(sites, parts[1], dict(parse_qsl(query))), 0.0
    try:
        site, kind, number = int(parts[1]), parts[2], int(parts[3]) if len(parts) > 3 else 0
        made = sites.page(kind, site, number)
    except (KeyError, ValueError, IndexError):
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 0.0
    if sites.validators and not sites.noise and _is_current(made, head):
        sites.counts["304"] += 1
        return made.same(), sites.delay_s
    sites.counts["200"] += 1
    noise = b"%07d" % (random.randrange(10_000_000) if sites.noise else 0)
    return made.full(validators=sites.validators and not sites.noise, noise=noise), sites.delay_s


def _is_current(made: Made, head: bytes) -> bool:
    given = _header(head, b"if-none-match")
    return made.etag in given if given else _header(head, b"if-modified-since") == made.modified


def _header(head: bytes, name: bytes) -> bytes:
    at = head.lower().find(b"\r\n" + name + b":")
    return b"" if at < 0 else head[at + len(name) + 3 : head.index(b"\r\n", at + 2)].strip()


def _control(sites: Sites, verb: str, said: dict[str, str]) -> bytes:
    told: dict[str, int] = {}
    count, kind = int(said.get("n", "100")), said.get("kind", "news")
    if verb == "set":
        sites.delay_s = int(said["delay"]) / 1000 if "delay" in said else sites.delay_s
        sites.validators = said["validators"] == "1" if "validators" in said else sites.validators
        sites.noise = said["noise"] == "1" if "noise" in said else sites.noise
    elif verb == "warm":
        told["bytes"] = sum(len(sites.page(kind, site, 0).body) for site in range(count))
    elif verb == "change":
        told["changed"] = _change(sites, kind, count, int(said.get("k", "1")))
    elif verb == "reset":
        sites.__init__()  # type: ignore[misc]  # every field back to its default
    elif verb == "stats":
        told = dict(sites.counts)
        sites.counts.clear()
    body = json.dumps({"count": told, **told} if verb == "stats" else told).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )


def _change(sites: Sites, kind: str, count: int, wanted: int) -> int:
    step = max(1, count // wanted)
    chosen = {(sites.turn + at * step) % count for at in range(wanted)}
    sites.turn += 1
    for site in chosen:
        sites.versions[kind, site] = sites.version(kind, site) + 1
        sites.page(kind, site, 0)
    return len(chosen)


class Connection(asyncio.Protocol):
    """One client; requests are answered in turn."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._received = b""
        self._waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(high=1 << 22)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._waiting:
            self._answer()

    def _answer(self) -> None:
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head, self._received = self._received[: end + 4], self._received[end + 4 :]
            sent, delay_s = answer(self._sites, head.split(b" ", 2)[1].decode("latin-1"), head)
            if delay_s:
                self._waiting = True
                asyncio.get_running_loop().call_later(delay_s, self._later, sent, head)
                return
            self._send(sent, head)

    def _later(self, sent: bytes, head: bytes) -> None:
        self._waiting = False
        self._send(sent, head)
        self._answer()

    def _send(self, sent: bytes, head: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(sent)
            if b"connection: close" in head.lower():
                self._transport.close()


def address(number: int) -> str:
    """Return the loopback address with that number, from 0."""
    return f"127.0.{number // 250}.{1 + number % 250}"


async def serve(port: int, addresses: int) -> None:
    """Serve until the process is ended."""
    sites, loop = Sites(), asyncio.get_running_loop()
    for number in range(addresses):
        await loop.create_server(lambda: Connection(sites), address(number), port, backlog=4096)
    print(f"listening on {addresses} addresses, port {port}", flush=True)
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="Synthetic sites on loopback.")
    parser.add_argument("--port", type=int, default=8801)
    parser.add_argument("--addresses", type=int, default=50)
    given = parser.parse_args()
    try:
        asyncio.run(serve(given.port, given.addresses))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()

"""F13: a reply that ends early is an error at every point of it, however its end is announced."""

import gzip

import pytest

from monitor.model import Transport
from tests.fetching.servers import Server, head, reply

PAGE = "<html><ul>" + "".join(f"<li><a href='/{n}'>Treaty {n}</a>" for n in range(200)) + "</ul></html>"
BODY = PAGE.encode()
FRAMED = {
    "length": reply(BODY),
    "chunked": head("Transfer-Encoding: chunked")
    + b"".join(
        b"%x\r\n%b\r\n" % (len(BODY[at : at + 97]), BODY[at : at + 97]) for at in range(0, len(BODY), 97)
    )
    + b"0\r\n\r\n",
    "length-gzip": reply(gzip.compress(BODY), "Content-Encoding: gzip"),
    "until-closed-gzip": head("Content-Encoding: gzip") + gzip.compress(BODY),
}


@pytest.mark.parametrize("raw", FRAMED.values(), ids=FRAMED.keys())
def test_a_page_cut_anywhere_is_never_an_answer(fetch, raw):
    """Half a list read as a list reports the other half as removed."""
    at_twentieths = [len(raw) * part // 20 for part in range(20)]
    with Server(lambda asked: [raw[: int(asked.path[1:])], None]) as server:
        got = [fetch(server.url(f"/{cut}")) for cut in (*at_twentieths, len(raw))]

    assert all(reply.body is None for reply in got[:-1])
    assert Transport.ANSWERED not in {reply.exchange.transport for reply in got[:-1]}
    assert {reply.exchange.transport for reply in got[10:-1]} == {Transport.TRUNCATED}
    assert got[-1].body == BODY


def test_the_message_says_how_much_came(fetch):
    """An operator can tell a site that breaks off from one that sends nothing."""
    with Server(lambda _: [reply(b"half", length=8), None]) as server:
        detail = fetch(server.url()).exchange.detail

    assert "broke off after" in detail

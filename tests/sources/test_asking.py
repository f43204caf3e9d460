"""What is asked of a source: as written, page by page, and conditionally only where that is safe."""

import json

import pytest

from monitor.model import Validators
from monitor.sources import config_sha256, first_request, has_next_page, page_request

KEPT = Validators(etag='W/"1"', last_modified="Sun, 16 Feb 2031 10:00:00 GMT")
PAGING = {"offset": "Skip", "size": 50, "size_name": "Take", "total": "totalResults"}
BODY_PAGING = PAGING | {"offset": "page.from", "size_name": "page.rows", "place": "body", "first": 1}


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://news.example/v2?dept=x&publishedDate>=2031-01-01&pick=100", id="comparison"),
        pytest.param(
            "https://news.example/search.atom?organisations[]=mfa&world_locations[]=b", id="brackets"
        ),
        pytest.param("https://news.example/rss?query=%7B%22filters%22%3A%5B%5D%7D", id="encoded-json"),
        pytest.param("https://news.example/rss.aspx?tipo=1|2", id="bar"),
    ],
)
def test_the_address_is_asked_as_it_is_written(parse, feed, url):
    """Some servers read `>=` and `[]` only as they stand in their documentation."""
    assert first_request(parse(feed(url=url)).all[0], None).url == url


def test_validators_are_echoed_byte_for_byte(parse, feed):
    """Peers that sent a time of their own missed edits when the server's clock was behind."""
    request = first_request(parse(feed()).all[0], KEPT)

    assert (request.etag, request.last_modified) == (KEPT.etag, KEPT.last_modified)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"paging": PAGING}, id="paged"),
        pytest.param({"method": "POST", "body": {"q": "*"}}, id="post"),
    ],
)
def test_no_validators_where_an_unchanged_page_proves_nothing(parse, register, keys):
    """Page two may have changed although page one has not."""
    request = first_request(parse(register(**keys)).all[0], KEPT)

    assert (request.etag, request.last_modified) == (None, None)


def test_pages_of_a_query_change_two_parameters_and_nothing_else(parse, register):
    """The rest of the address stays as it is written."""
    source = parse(register(url="https://t.example/api?Take=1&q=a+b&Skip=0&x>=1", paging=PAGING)).all[0]

    assert page_request(source, 0).url == "https://t.example/api?Take=50&q=a+b&Skip=0&x>=1"
    assert page_request(source, 100).url == "https://t.example/api?Take=50&q=a+b&Skip=100&x>=1"


def test_paging_adds_parameters_that_the_address_lacks(parse, register):
    """An address without a query is paged too."""
    source = parse(register(url="https://t.example/api", paging=PAGING)).all[0]

    assert page_request(source, 50).url == "https://t.example/api?Skip=50&Take=50"


def test_pages_of_a_body_change_the_named_keys(parse, register):
    """The offset stands within the body, counts from 1, and the rest is sent as it stands."""
    body = {"query": "*", "page": {"from": 1, "rows": 10}, "list": ["Ü"]}
    source = parse(register(method="POST", body=body, paging=BODY_PAGING)).all[0]

    first, third = page_request(source, 0), page_request(source, 100)

    assert json.loads(first.body) == body | {"page": {"from": 1, "rows": 50}}
    assert json.loads(third.body) == body | {"page": {"from": 101, "rows": 50}}
    assert third.method == "POST"
    assert ("Content-Type", "application/json") in third.headers


def test_a_body_without_paging_is_sent_as_written(parse, register):
    """Reordering or respacing JSON would make a signed or picky request fail."""
    text = '{ "b": 1,  "a": [1.0] }'

    assert first_request(parse(register(method="POST", body=text)).all[0], None).body == text.encode()


def test_a_source_without_paging_has_no_second_page(parse, feed):
    """A caller that pages blindly is told so."""
    with pytest.raises(ValueError, match="no paging"):
        page_request(parse(feed()).all[0], 20)


def test_own_headers_win_over_those_of_the_kind(parse, feed):
    """Some services want an Accept or user agent of their own."""
    headers = first_request(parse(feed(headers={"accept": "text/xml"})).all[0], None).headers

    assert headers == (("accept", "text/xml"),)


def test_the_request_carries_how_the_source_may_be_reached(parse, feed):
    """The gate refuses plain http and private authorities unless the entry allows them."""
    source = parse(feed(url="http://mfa.example/", allow_http=True, ca_file="ca.pem")).all[0]

    request = first_request(source, None)

    assert (request.source_id, request.allow_http, request.ca_file) == ("ruritania-mfa", True, "ca.pem")


@pytest.mark.parametrize(
    ("rows", "total", "pages", "more"),
    [
        pytest.param(50, 120, None, True, id="rows-left"),
        pytest.param(120, 120, None, False, id="all-read"),
        pytest.param(130, 120, None, False, id="more-than-stated"),
        pytest.param(50, None, None, False, id="no-total"),
        pytest.param(100, 22000, 3, True, id="pages-left"),
        pytest.param(150, 22000, 3, False, id="enough-pages"),
    ],
)
def test_a_poll_pages_to_the_total_or_as_far_as_the_entry_says(parse, register, rows, total, pages, more):
    """A register of 22,000 rows, newest first, is not read whole every day."""
    source = parse(register(paging=PAGING | {"pages": pages})).all[0]

    assert has_next_page(source, rows, total) is more


@pytest.mark.parametrize(
    ("change", "same"),
    [
        pytest.param({"note": "Other."}, True, id="note"),
        pytest.param({"every": "1d"}, True, id="interval"),
        pytest.param({"verified": "2031-02-16"}, True, id="verified"),
        pytest.param({"url": "https://mfa.example/other"}, False, id="address"),
        pytest.param({"voice": "XB"}, False, id="voice"),
        pytest.param({"main": "article"}, False, id="selector"),
        pytest.param({"headers": {"Accept-Language": "en"}}, False, id="header"),
    ],
)
def test_an_edit_of_what_is_asked_or_read_forgets_validators(parse, feed, change, same):
    """Otherwise a server's 304 would keep the new selector from ever being used."""
    before, after = parse(feed()).all[0], parse(feed(**change)).all[0]

    assert (config_sha256(before) == config_sha256(after)) is same

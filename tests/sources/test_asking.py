"""What is asked of a source: as written, page by page, and conditionally only where that is safe."""

import json
from dataclasses import replace
from datetime import date

import pytest

from monitor.model import Item, PageValidators, Validators
from monitor.sources import (
    Progress,
    config_sha256,
    document_request,
    next_requests,
    reaching_back_to,
    request_again,
)
from monitor.sources import first_request as ask_first

TODAY = date(2031, 2, 17)

KEPT = Validators(etag='W/"1"', last_modified="Sun, 16 Feb 2031 10:00:00 GMT")
PAGING = {"offset": "Skip", "size": 50, "size_name": "Take", "total": "totalResults"}
BODY_PAGING = PAGING | {"offset": "page.from", "size_name": "page.rows", "place": "body", "first": 1}


def first_request(source, validators):
    """The first request of a poll on the example's day."""
    return ask_first(source, validators, TODAY)


def page_request(source, rows):
    """The request for the page after so many rows, of a register that has more."""
    pages = rows // source.paging.size
    if not pages:
        return first_request(source, None)
    return next_requests(source, Progress(pages, rows, total=1_000_000), TODAY, back_pages=10)[0]


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


def test_no_validators_where_an_address_is_not_the_whole_question(parse, register):
    """What is posted decides on the answer too."""
    request = first_request(parse(register(method="POST", body={"q": "*"})).all[0], KEPT)

    assert (request.etag, request.last_modified) == (None, None)


def test_a_further_page_is_asked_for_by_its_own_validators(parse, register):
    """Page two may have changed although page one has not."""
    source = parse(register(paging=PAGING)).all[0]
    request = request_again(source, PageValidators("https://t.example/api?Skip=50", etag='"2"'), TODAY)

    assert (request.url, request.etag) == ("https://t.example/api?Skip=50", '"2"')


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
    """Nothing is asked for that a site was not said to have."""
    unread = Progress(pages=1, listed=20, reached=False)

    assert next_requests(parse(feed()).all[0], unread, TODAY, back_pages=10) == ()


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

    following = next_requests(source, Progress(rows // 50, rows, total=total), TODAY, back_pages=10)

    assert bool(following) is more


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


def test_pages_may_be_counted_instead_of_rows(parse, register):
    """Press services ask for page 3, not for row 100."""
    paging = {"offset": "pagenumber", "size": 50, "total": "total", "by": "pages", "first": 1}
    source = parse(register(url="https://t.example/api?pagenumber=1&size=50", paging=paging)).all[0]

    assert page_request(source, 0).url == "https://t.example/api?pagenumber=1&size=50"
    assert page_request(source, 100).url == "https://t.example/api?pagenumber=3&size=50"


@pytest.mark.parametrize(
    ("reached", "empty", "asked"),
    [
        pytest.param(True, False, [], id="something-known-was-seen"),
        pytest.param(False, False, ["https://mfa.example/feed/?paged=2"], id="all-is-new"),
        pytest.param(False, True, [], id="the-feed-has-ended"),
    ],
)
def test_earlier_pages_of_a_feed_are_asked_for_only_to_meet_what_is_known(parse, feed, reached, empty, asked):
    """A feed of ten items passes a hundred in a busy week; its server still has them."""
    source = parse(feed(url="https://mfa.example/feed/", earlier={"parameter": "paged"})).all[0]
    progress = Progress(1, 10, reached=reached, empty=empty)

    assert [each.url for each in next_requests(source, progress, TODAY, back_pages=10)] == asked
    assert first_request(source, None).url == "https://mfa.example/feed/"


def test_days_are_filled_into_the_address(parse, api):
    """Services that want a period are asked for the last so many days, in the form that they read."""
    source = parse(api(url="https://a.example/s?from={since:%d%m%Y}&to={today}", days=30)).all[0]

    assert first_request(source, KEPT).url == "https://a.example/s?from=18012031&to=2031-02-17"
    assert first_request(source, KEPT).etag is None


def test_after_a_pause_a_source_is_asked_as_far_back_as_the_pause_was_long(parse, api):
    """A monitor that was off for two months must not leave a month out."""
    source = parse(api(url="https://a.example/s?from={since}", days=30)).all[0]

    assert first_request(reaching_back_to(source, date(2030, 12, 17), TODAY), None).url.endswith("2030-12-16")
    assert reaching_back_to(source, date(2031, 2, 16), TODAY) == source


def test_an_items_json_is_asked_for_beside_its_page(parse, feed):
    """Sites that build their pages by script answer the script in JSON."""
    document = {"url": "https://mfa.example/content{path}.model.json", "title": "title", "text": "text"}
    source = parse(feed(document=document)).all[0]
    item = Item("ruritania-mfa", ("id:1",), "T", "v", url="https://mfa.example/en/news/1?x=2")

    assert document_request(source, item).url == "https://mfa.example/content/en/news/1.model.json"
    assert (
        document_request(source, replace(item, read_at="https://mfa.example/j")).url
        == "https://mfa.example/j"
    )

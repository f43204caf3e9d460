"""Posting: signed, through the one gate, and accepted only by a plain yes."""

import hashlib
import hmac

import pytest

from monitor.errors import FetchError, PublishError
from monitor.fetching import HttpFetcher
from monitor.model import Delivery, NetworkSettings, Rendering, delivery_id
from monitor.publishing import WebhookChannel
from tests.fakes import FakeFetcher, FixedClock, Page

JSON = (Rendering(".json", "application/json", b'{"schema": "x"}'),)


def to(report, url):
    """A delivery of a report to an address."""
    return Delivery(delivery_id(report.id, "webhook", url), report.id, "webhook", url)


def refused(page, report):
    """The error that an answer leads to."""
    url = "https://hook.example/in"
    with pytest.raises(PublishError) as caught:
        WebhookChannel(FakeFetcher({url: page}), FixedClock(), "s").deliver(report, to(report, url))
    return caught.value


def test_the_receiver_can_check_who_posted(httpserver, make_report):
    """Over a real connection: HMAC-SHA256 of the body, and an id that is the same at every try."""
    got = []

    def take(request):
        from werkzeug import Response

        got.append((dict(request.headers), request.data))
        return Response(status=204)

    httpserver.expect_request("/in", method="POST").respond_with_handler(take)
    report = make_report(for_programs=JSON)
    network = NetworkSettings(allow_loopback=True, spacing_s=0)
    with HttpFetcher(network, FixedClock()) as fetcher:
        channel = WebhookChannel(fetcher, FixedClock(), "secret", allow_http=True)
        for _ in range(2):
            channel.deliver(report, to(report, httpserver.url_for("/in")))
    headers, body = got[0]

    assert body == report.rendering(".json").content
    assert headers["Monitor-Signature"] == "sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert headers["Monitor-Delivery"].startswith("y-")
    assert headers["Content-Type"] == "application/json"
    assert got[0][1] == got[1][1]
    assert got[0][0] == got[1][0]


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(500, False), (503, False), (429, False), (408, False), (404, True), (410, True), (401, True)],
)
def test_an_answer_that_is_no_yes_is_a_failure(make_report, status, permanent):
    """What may pass is tried again, what will not is given up and shown."""
    error = refused(Page(b"", status=status), make_report(for_programs=JSON))

    assert error.permanent is permanent
    assert str(status) in str(error)


def test_a_redirect_is_no_yes(make_report):
    """A post that is sent on becomes a GET, whose 200 says nothing about our report."""
    error = refused(
        Page(b"", status=200, redirects=("https://hook.example/in",)), make_report(for_programs=JSON)
    )

    assert error.permanent
    assert "redirects" in str(error)


def test_a_connection_that_fails_is_tried_again(make_report):
    """The gate's own words say why."""
    error = refused(
        FetchError("webhook", "timeout", "did not answer in 30 s"), make_report(for_programs=JSON)
    )

    assert not error.permanent
    assert "did not answer" in str(error)


def test_the_gate_lets_nothing_be_posted_inside(make_report):
    """An address of our own network in subscriptions.yaml must not make us ask it."""
    report = make_report(for_programs=JSON)
    url = "https://169.254.169.254/latest"
    with HttpFetcher(NetworkSettings(spacing_s=0), FixedClock()) as fetcher:
        channel = WebhookChannel(fetcher, FixedClock(), "secret")
        with pytest.raises(PublishError) as caught:
            channel.deliver(report, to(report, url))

    assert caught.value.permanent

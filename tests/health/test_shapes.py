"""Pages that come with status 200 and are no answer; written for the project by marker, size and title."""

import pytest

from monitor.health import check_document_reply, check_source_reply
from monitor.model import Verdict
from tests.health.more_pages import MORE_NO_ANSWERS, MORE_ORDINARY
from tests.health.pages import ARTICLE, NO_ANSWERS, ORDINARY_PAGES, PAGE_URL, page
from tests.health.polls import URL, make_reply, make_source

SHAPES = {shape.name: shape for shape in NO_ANSWERS}


@pytest.mark.parametrize("shape", [*NO_ANSWERS, *MORE_NO_ANSWERS], ids=lambda shape: shape.name)
def test_a_page_that_is_no_answer_is_named(shape):
    """Its words must never be quoted as the publisher's, nor its emptiness read as "nothing new"."""
    objection = check_document_reply(shape.reply())

    assert objection is not None
    assert objection.reason.code == shape.code


@pytest.mark.parametrize("shape", NO_ANSWERS, ids=lambda shape: shape.name)
def test_the_same_page_for_a_feed_is_named_alike(shape):
    """The name says more to an operator than "a page came instead of the list"."""
    objection = check_source_reply(make_source(), shape.reply(URL))

    assert objection is not None
    assert objection.reason.code == shape.code


@pytest.mark.parametrize("shape", [*ORDINARY_PAGES, *MORE_ORDINARY], ids=lambda shape: shape.name)
def test_an_ordinary_page_passes(shape):
    """A false alarm is an announcement unread."""
    assert check_document_reply(shape.reply()) is None


def test_there_are_enough_shapes_to_speak_of():
    """The figures of the bench mean something only over many kinds of pages."""
    assert len({shape.name for shape in NO_ANSWERS}) == len(NO_ANSWERS) >= 45
    assert len({shape.name for shape in ORDINARY_PAGES}) == len(ORDINARY_PAGES) >= 45
    assert len({shape.body for shape in NO_ANSWERS if shape.body.strip()}) > 140


@pytest.mark.parametrize(
    ("reply", "verdict", "vendor"),
    [
        pytest.param(
            make_reply(b"x", status=403, headers=(("CF-Mitigated", "challenge"),)),
            Verdict.BLOCKED,
            "Cloudflare",
            id="by-header",
        ),
        pytest.param(
            make_reply(SHAPES["akamai-denied"].body, status=403),
            Verdict.BLOCKED,
            "Akamai",
            id="403-with-page",
        ),
        pytest.param(
            make_reply(SHAPES["cloudflare-challenge"].body, status=503),
            Verdict.BLOCKED,
            "Cloudflare",
            id="503-that-is-a-wall",
        ),
        pytest.param(
            make_reply(final_url="https://validate.perfdrive.com/?ssa=1"),
            Verdict.BLOCKED,
            "Radware",
            id="redirect",
        ),
    ],
)
def test_a_wall_with_an_error_status_is_named(reply, verdict, vendor):
    """503 is how some walls answer; "maintenance" would send the operator the wrong way."""
    objection = check_source_reply(make_source(), reply)

    assert objection is not None
    assert objection.reason.verdict is verdict
    assert vendor in objection.detail


@pytest.mark.parametrize(
    ("url", "final", "same"),
    [
        pytest.param("https://mfa.example/feed", "https://www.mfa.example/en/feed", True, id="www"),
        pytest.param(
            "https://www.mfa.gov.xx/feed", "https://news.mfa.gov.xx/feed", True, id="subdomain-of-a-body"
        ),
        pytest.param("https://mfa.gov.xx/feed", "https://mod.gov.xx/feed", False, id="another-ministry"),
        pytest.param("https://mfa.example/feed", "https://mfa.example.org/feed", False, id="another-site"),
    ],
)
def test_only_another_publisher_is_another_site(url, final, same):
    """A redirect within a publisher's names is daily life, to another's is a doubt."""
    objection = check_source_reply(make_source(url=url), make_reply(url=url, final_url=final))

    assert (objection is None) is same


def test_an_article_that_leads_to_the_home_page_is_no_document():
    """The front page's headlines would be read as that article's text."""
    reply = make_reply(page("Ministry", ARTICLE * 20), url=PAGE_URL, final_url="https://mfa.example/")

    objection = check_document_reply(reply)

    assert objection is not None
    assert objection.reason.code == "redirected-home"


@pytest.mark.parametrize("attack", ["<script", "<script>", "<", "<title", "<input ", "<svg " * 3 + ">"])
def test_a_hostile_page_is_judged_at_once(attack):
    """This runs in the main process, without the limits that readers have."""
    body = b"<!DOCTYPE html>" + attack.encode() * (400_000 // len(attack))

    check_document_reply(make_reply(body, url=PAGE_URL))  # pytest's own limit fails a quadratic pattern

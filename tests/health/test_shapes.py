"""Pages that come with status 200 and are no answer; written for the project by marker, size and title."""

import pytest

from monitor.health import check_document_reply, check_source_reply
from monitor.model import Verdict
from tests.health.polls import make_reply, make_source

PAGE_URL = "https://mfa.example/news/2031/borduria"
ARTICLE = "<p>Ruritania and Borduria signed an agreement on security cooperation in Strelsau.</p>"


def page(title: str, body: str = "", head: str = "") -> bytes:
    """Return a page with little else than its title."""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()
    )


WALLS = {
    "cloudflare": (page("Just a moment...", "<script>window._cf_chl_opt={}</script>"), "challenge"),
    "cloudflare-block": (
        page("Attention Required! | Cloudflare", "<div class=cf-error-details>x</div>"),
        "challenge",
    ),
    "akamai": (
        page("Access Denied", "Reference #18.2 <p>https://errors.edgesuite.net/18.2</p>"),
        "challenge",
    ),
    "akamai-bot-manager": (page("", "<div id=sec-if-cpt-container></div>"), "challenge"),
    "imperva": (
        page("", "<iframe src=/_Incapsula_Resource?SW=1>Request unsuccessful.</iframe>"),
        "challenge",
    ),
    "imperva-incident": (page("x", "Incapsula incident ID: 9-1"), "challenge"),
    "radware": (page("Radware Bot Manager Captcha", "Radware Bot Manager"), "challenge"),
    "datadome": (
        page("mfa.example", "<script src=https://ct.captcha-delivery.com/c.js></script>"),
        "challenge",
    ),
    "f5": (page("Request Rejected", "The requested URL was rejected."), "challenge"),
    "sucuri": (page("Sucuri WebSite Firewall - Access Denied"), "challenge"),
    "anubis": (page("Making sure you're not a bot!", "<script id=anubis_challenge></script>"), "challenge"),
    "ddos-guard": (page("DDoS-Guard", "Checking your browser before accessing"), "challenge"),
    "captcha": (page("mfa", "<form><div class=g-recaptcha></div></form>"), "challenge"),
    "forbidden-with-200": (page("403 Forbidden", "nginx"), "challenge"),
    "consent": (page("Before you continue", "<form>We use cookies</form>"), "consent"),
    "login": (page("Log in", "<form><input name=p type='password'></form>"), "login-asked"),
    "maintenance": (page("Site under maintenance", "Back at noon."), "maintenance"),
    "technical-difficulties": (page("State", "We are experiencing technical difficulties."), "maintenance"),
    "soft-404": (page("Page not found - Ministry", ARTICLE), "soft-404"),
    "soft-404-ukrainian": (page("Сторінку не знайдено", "Спробуйте пошук"), "soft-404"),
    "soft-404-german": (page("Seite nicht gefunden | Ministerium"), "soft-404"),
    "parked": (page("mfa.example", "This domain is for sale."), "parked"),
    "javascript-shell": (page("News", "<div id='root'></div><script src=/app.js></script>"), "shell"),
}


@pytest.mark.parametrize(("body", "code"), WALLS.values(), ids=WALLS.keys())
def test_a_page_that_is_no_answer_is_named(body, code):
    """Its words must never be quoted as the publisher's, nor its emptiness read as "nothing new"."""
    objection = check_document_reply(make_reply(body, url=PAGE_URL))

    assert objection is not None
    assert objection.reason.code == code


@pytest.mark.parametrize(("body", "code"), WALLS.values(), ids=WALLS.keys())
def test_the_same_page_for_a_feed_is_named_alike(body, code):
    """The name says more to an operator than "a page came instead of the list"."""
    objection = check_source_reply(make_source(), make_reply(body))

    assert objection is not None
    assert objection.reason.code == code


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(page("Ruritania and Borduria sign agreement", ARTICLE), id="short-release"),
        pytest.param(
            page("Agreement on the maintenance of aircraft signed", ARTICLE), id="aircraft-maintenance"
        ),
        pytest.param(
            page("Minister opens new login service", ARTICLE + "<a href=/login>Log in</a>"), id="login-link"
        ),
        pytest.param(
            page("Statement", ARTICLE * 8 + "<script src=/_Incapsula_Resource?SWJIYLWA=1></script>"),
            id="ordinary-page-behind-imperva",
        ),
        pytest.param(
            page(
                "Statement", ARTICLE, "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>"
            ),
            id="ordinary-page-behind-cloudflare",
        ),
        pytest.param(
            page("Contact", ARTICLE * 8 + "<form><div class=g-recaptcha></div></form>"), id="page-with-a-form"
        ),
        pytest.param(page("Cookies", ARTICLE * 30 + "before you continue"), id="words-in-a-long-text"),
        pytest.param(page("Missing persons not found after flood", ARTICLE), id="not-found-in-a-headline"),
        pytest.param(b"%PDF-1.7 captcha-delivery.com", id="pdf"),
        pytest.param(b'{"title": "Just a moment..."}', id="json"),
    ],
)
def test_an_ordinary_page_passes(body):
    """A false alarm is an announcement unread."""
    assert check_document_reply(make_reply(body, url=PAGE_URL)) is None


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
            make_reply(WALLS["akamai"][0], status=403), Verdict.BLOCKED, "Akamai", id="403-with-page"
        ),
        pytest.param(
            make_reply(WALLS["cloudflare"][0], status=503),
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

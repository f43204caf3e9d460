"""Feeds: valid by the rules of RFC 4287, read back by feedparser and by the monitor's own reading."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from monitor.model import Exchange, ReadJob, ReportKind, Source, SourceKind, Transport
from monitor.reading import read
from monitor.reports import Known, Placed, ToldAt, make_report, make_table
from tests.reports import sample
from tests.reports.sample import UNTIL
from tests.reports.test_escape import CANARIES

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z")


def changes_feed(week, templates, taken_back=()):
    """The feed of a week's changes, told an hour after each other."""
    history = tuple(
        ToldAt(change, UNTIL - timedelta(hours=at), change.id in taken_back)
        for at, change in enumerate(week.told)
    )
    report = make_report(week.material(history=history), sample.occasion(), templates, forms=("atom",))
    return report.rendering(".atom").content


def agreements_feed(week, templates):
    """The feed of a week's agreements."""
    places = tuple(Placed(each, sample.Scope.SERIES, in_edition=False) for each in week.agreements.values())
    known = Known(sample.EDITION, places, week.findings, sample.NAMES)
    updated = dict.fromkeys(week.agreements, UNTIL)
    occasion = sample.occasion(kind=ReportKind.TABLE)
    report = make_table(known, occasion, templates, forms=("atom",), updated=updated)
    return report.rendering(".atom").content


@pytest.fixture(scope="module")
def schema():
    """RFC 4287's grammar."""
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def faults_of(feed, schema):
    """What breaks RFC 4287, a sentence each: its grammar, and the rules that a grammar cannot say."""
    root = etree.fromstring(feed)
    schema.validate(root)
    faults = [f"line {error.line}: {error.message}" for error in schema.error_log]
    if root.find(f"{ATOM}author/{ATOM}name") is None:
        faults.append("4.1.1: no author of the feed, and none of its entries")
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    if len(set(ids)) != len(ids):
        faults.append("4.1.1: two entries of one id and one updated")
    faults += [f"3.3: {each.text} is no instant of RFC 3339" for each in root.iter(f"{ATOM}updated")
               if not RFC_3339.match(each.text)]  # fmt: skip
    return faults + [fault for entry in root.iter(f"{ATOM}entry") for fault in faults_of_entry(entry)]


def faults_of_entry(entry):
    """What an entry leads to or holds."""
    links = entry.findall(f"{ATOM}link")
    if len([link for link in links if link.get("rel", "alternate") == "alternate"]) > 1:
        yield "4.1.2: more than one alternate link of one type"
    if not links and entry.find(f"{ATOM}content") is None and entry.find(f"{ATOM}summary") is None:
        yield "4.1.2: neither content, summary nor alternate link"
    for link in links:
        if not link.get("href").startswith(("https://", "http://")):
            yield "4.2.7: a link without an address"


@pytest.mark.parametrize("make", [changes_feed, agreements_feed], ids=["changes", "agreements"])
@pytest.mark.parametrize("week", [sample.quiet, sample.one, sample.busiest], ids=["none", "one", "many"])
def test_a_feed_keeps_the_rules_of_its_format(templates, schema, make, week):
    """Feed readers differ in what they forgive."""
    assert faults_of(make(week(), templates), schema) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        pytest.param(b"<title>", b"<title>x</title><title>", id="two-titles"),
        pytest.param(b"<generator>", b"<colour>red</colour><generator>", id="an-unknown-element"),
        pytest.param(b"2031-02-23T09:00:00Z", b"23 February 2031", id="a-day-in-words"),
        pytest.param(b"tag:monitor.example", b"tag:%zz", id="no-address"),
    ],
)
def test_the_rules_are_really_asked(templates, schema, good, bad):
    """A schema that takes everything would prove nothing."""
    feed = changes_feed(sample.one(), templates)

    assert good in feed
    assert faults_of(feed.replace(good, bad, 1), schema) != []


@pytest.mark.parametrize("text", [*CANARIES, "nul \x00 and \ufffe and lone \ud800", "]]> <![CDATA[ & &amp;"])
def test_text_from_the_web_breaks_no_feed(templates, schema, text):
    """One illegal character and no feed reader shows anything any more."""
    week = sample.Week()
    week.tell("QS", title=text, publisher=text, quote=text)

    for make in (changes_feed, agreements_feed):
        feed = make(week, templates)
        assert faults_of(feed, schema) == []
        assert feedparser.parse(feed).bozo == 0


def test_feedparser_reads_every_entry_with_its_link(templates):
    """What subscribers' programs see."""
    week = sample.busiest()
    parsed = feedparser.parse(changes_feed(week, templates))

    assert parsed.bozo == 0
    assert parsed.version == "atom10"
    assert len(parsed.entries) == len(week.told)
    assert parsed.entries[0].title == "Borduria: signed 22 February 2031"
    assert parsed.entries[0].link == "https://qs.example/0-QS"
    assert all(entry.updated_parsed for entry in parsed.entries)


def test_the_monitor_reads_it_as_a_source(templates):
    """One library's monitor can watch another's."""
    body = changes_feed(sample.busiest(), templates)
    source = Source("theirs", SourceKind.FEED, "Another library", "https://lib.example/ex-1.atom", "en")
    at = datetime(2031, 2, 24, tzinfo=UTC)
    exchange = Exchange(
        source.id, at, 0, "GET", source.url, at, 0.1, Transport.ANSWERED, status=200,
        headers=(("content-type", "application/atom+xml"),), final_url=source.url,
        body_sha256=sha256(body).hexdigest(), body_bytes=len(body),
    )  # fmt: skip
    items = read(ReadJob(source, exchange, body)).items

    assert len(items) == len(sample.busiest().told)
    assert {item.url for item in items} >= {"https://qs.example/0-QS"}
    assert len({item.key for item in items}) == len(items)


def test_an_entry_keeps_its_id_when_what_it_says_changes(templates):
    """A feed reader shows it as changed, not as another."""
    week = sample.one()
    before = feedparser.parse(changes_feed(week, templates)).entries[0]
    week.told[0] = replace(week.told[0], version="v2")
    after = feedparser.parse(changes_feed(week, templates, taken_back={week.told[0].id})).entries[0]

    assert after.id == before.id
    assert after.title.startswith("Correction: ")


def test_a_change_without_evidence_is_left_out(templates):
    """Nothing is claimed without a quotation from a stored source."""
    week = sample.three()
    week.told[0] = replace(week.told[0], evidence=("f-gone",))

    assert len(feedparser.parse(changes_feed(week, templates)).entries) == 2

"""Feeds: valid by the rules of RFC 4287, read back by feedparser and by the monitor's own reading."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

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
ELEMENTS = frozenset(
    ["feed", "id", "title", "subtitle", "updated", "author", "name", "generator", "entry", "link", "summary"]
)
IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+\Z")


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


def faults_of(feed):
    """What breaks a rule of RFC 4287, a sentence each; the rules that this document can break."""
    root = etree.fromstring(feed)
    entries = root.findall(f"{ATOM}entry")
    faults = [fault for element in (root, *entries) for fault in faults_of_metadata(element)]
    faults += [fault for entry in entries for fault in faults_of_content(entry)]
    if root.tag != f"{ATOM}feed":
        faults.append("2: the document element is no feed")
    if root.find(f"{ATOM}author/{ATOM}name") is None:
        faults.append("4.1.1: no author of the feed, and none of its entries")
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    if len(set(ids)) != len(ids):
        faults.append("4.1.1: two entries of one id and one updated")
    faults += [
        f"not of Atom: {each.tag}" for each in root.iter() if each.tag.removeprefix(ATOM) not in ELEMENTS
    ]
    return faults


def faults_of_metadata(element):
    """What a feed and an entry both must have."""
    for name in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{name}")) != 1:
            yield f"4.1.1, 4.1.2: exactly one {name} in {element.tag}"
    if not IRI.match(element.findtext(f"{ATOM}id") or ""):
        yield "4.2.6: the id is no IRI"
    if not RFC_3339.match(element.findtext(f"{ATOM}updated") or ""):
        yield "3.3: updated is no RFC 3339 instant with a capital T and Z or an offset"


def faults_of_content(entry):
    """What an entry leads to or holds."""
    links = entry.findall(f"{ATOM}link")
    if len([link for link in links if link.get("rel", "alternate") == "alternate"]) > 1:
        yield "4.1.2: more than one alternate link of one type"
    if not links and entry.find(f"{ATOM}content") is None and entry.find(f"{ATOM}summary") is None:
        yield "4.1.2: neither content, summary nor alternate link"
    for link in links:
        if not (link.get("href") or "").startswith(("https://", "http://")):
            yield "4.2.7: a link without an address"


@pytest.mark.parametrize("make", [changes_feed, agreements_feed], ids=["changes", "agreements"])
@pytest.mark.parametrize("week", [sample.quiet, sample.one, sample.busiest], ids=["none", "one", "many"])
def test_a_feed_keeps_the_rules_of_its_format(templates, make, week):
    """Feed readers differ in what they forgive."""
    assert faults_of(make(week(), templates)) == []


@pytest.mark.parametrize("text", [*CANARIES, "nul \x00 and \ufffe and lone \ud800", "]]> <![CDATA[ & &amp;"])
def test_text_from_the_web_breaks_no_feed(templates, text):
    """One illegal character and no feed reader shows anything any more."""
    week = sample.Week()
    week.tell("QS", title=text, publisher=text, quote=text)

    for make in (changes_feed, agreements_feed):
        feed = make(week, templates)
        assert faults_of(feed) == []
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

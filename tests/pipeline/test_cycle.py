"""One run after another: what is told, and what is never told twice."""

from monitor.errors import FetchError
from monitor.model import ChangeKind, Life, Verdict
from tests.fakes import Page
from tests.pipeline.conftest import FEED, REGISTER, feed, page, row, rows


def test_a_signing_in_a_register_is_told_once(house):
    """The main job: a new row is a change, a digest, a delivery; the next run says nothing more."""
    house.run()
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.run()
    house.run()

    assert house.told() == ["Example Agreement No. 1 on mutual support"]
    assert [change.kind for change in house.store.changes()] == [ChangeKind.NEW]


def test_the_first_poll_compares_by_the_date_of_the_event(house):
    """What was signed after the edition is a change on the first poll too; what was before it is none."""
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))

    house.run()

    assert house.told() == ["Example Agreement No. 1 on mutual support"]


def test_a_run_without_news_changes_nothing_but_poll_rows(house):
    """The canonical export is the same after ten runs in which nothing happened."""
    house.run()
    before = list(house.store.export())
    for _ in range(10):
        house.run()

    assert list(house.store.export()) == before


def test_a_failed_source_stops_no_other(house):
    """The register is down; the feed's news is told all the same."""
    house.pages[REGISTER.url] = FetchError("register", "timeout", "register.example did not answer in 30 s")

    outcomes = house.run()

    assert [outcome.poll.verdict for outcome in outcomes] == [Verdict.ERROR, Verdict.OK]
    assert [outcome.failed for outcome in outcomes] == [True, False]


def test_an_item_that_disappears_is_not_the_end_of_an_agreement(house):
    """Sites drop old items; absence is never an event."""
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1), row(2))
    house.run()
    told = house.told()
    house.pages[REGISTER.url] = rows(row(1), row(2), row(3, "2018-01-01"))
    house.run()

    assert house.told() == told
    assert {change.life for change in house.store.changes()} == {Life.OPEN}


def test_a_document_that_could_not_be_read_is_asked_for_again(house):
    """The feed names an item whose page is down: the next poll must not take it for known."""
    house.run()
    house.pages[FEED.url] = feed(("1", "A visit to Kyiv"), ("0", "Nothing of interest"))
    address = "https://ministry.example/1.html"
    house.pages[address] = FetchError("feed", "timeout", "did not answer")
    house.run()
    house.pages[address] = page("A visit to Kyiv", "The minister travelled by train.")
    house.run()
    fetched = [request.url for request in house.parts.fetcher.asked]

    assert fetched.count(address) == 2
    house.run()
    assert [request.url for request in house.parts.fetcher.asked].count(address) == 2


def test_every_claim_rests_on_stored_words(house):
    """A quotation stands in the stored text of its document, and its bytes are in the evidence."""
    house.pages[REGISTER.url] = rows(row(1))
    house.run()
    findings = house.store.findings(ids=[f for a in house.store.agreements() for f in a.findings])
    documents = {d.id: d for d in house.store.documents({f.document_id for f in findings})}

    assert findings
    for finding in findings:
        document = documents[finding.document_id]
        assert document.text[finding.start : finding.end] == finding.quote
        assert house.parts.evidence.get(document.body_sha256)


def test_what_a_list_says_of_an_item_rests_on_the_lists_bytes(house):
    """Where a page cannot be had, the entry's own words are quoted, and their bytes must be shown too."""
    title = "Canada and Ukraine sign an agreement on security cooperation"
    house.pages[FEED.url] = feed(("1", title))
    house.pages["https://ministry.example/1.html"] = Page(b"gone", status=410)
    house.run()
    findings = house.store.findings()
    cited = house.store.documents({finding.document_id for finding in findings})
    documents = [document for document in cited if document.source_id == "feed"]

    assert [document.flags for document in documents] == [("entry-only",)]
    assert title.encode() in house.parts.evidence.get(documents[0].body_sha256)


def test_a_source_that_stays_broken_is_told_to_the_operator_once(house):
    """Three failed polls are a notice, in the outcome and in the audit; so is the recovery."""
    house.run()
    good = house.pages[REGISTER.url]
    house.pages[REGISTER.url] = FetchError("register", "timeout", "did not answer")
    told = [house.run()[0].notice for _ in range(5)]
    house.pages[REGISTER.url] = good
    told.append(house.run()[0].notice)
    audit = [entry.action for entry in house.store.audit(subject="register")]

    assert [one.kind.value if one else None for one in told] == [
        None,
        None,
        "source-failing",
        None,
        None,
        "source-recovered",
    ]
    assert audit == ["source-failing", "source-recovered"]

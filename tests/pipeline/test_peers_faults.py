"""Four faults that well-known monitors have, each of which loses or repeats what a reader must know.

They were reproduced on urlwatch 2.29 and webchanges 3.37; here each must not happen.
"""

from dataclasses import replace

from monitor.model import DeliveryStatus, Verdict
from tests.fakes import FailingChannel, RecordingChannel
from tests.pipeline.conftest import FEED, REGISTER, feed, page, row, rows, with_subscriptions


def test_a_change_found_while_mail_is_down_is_not_lost(house):
    """urlwatch saves the baseline before it sends: with the mail server down the change is gone for ever."""
    house.channels["files"] = FailingChannel(times=2)
    house.pages[REGISTER.url] = rows(row(1))
    house.run()
    assert house.told() == []
    for _ in range(30):
        house.run()

    assert house.told() == ["Example Agreement No. 1 on mutual support"]


def test_one_failing_channel_neither_repeats_nor_withholds_the_others(house):
    """With one of three channels down for three runs, the healthy ones get the change once each."""
    with_subscriptions(house, "first", "second", "third")
    house.channels.clear()
    house.channels |= {"first": RecordingChannel(), "second": FailingChannel(), "third": RecordingChannel()}
    house.pages[REGISTER.url] = rows(row(1))
    for _ in range(3):
        house.run()

    assert len(house.told("first")) == 1
    assert len(house.told("third")) == 1
    owed = [d for d in house.store.deliveries() if d.channel == "second"]
    assert owed
    assert {d.status for d in owed} == {DeliveryStatus.RETRY}


def test_a_redesign_is_a_fault_not_silence(house):
    """A selector that matches nothing any more is, for the peers, one mass deletion and then silence."""
    house.run()
    house.pages[FEED.url] = page("Our new site", "Please enjoy our new design.")
    broken = [outcome for _ in range(3) for outcome in house.run() if outcome.source_id == "feed"]
    house.pages[FEED.url] = feed(("1", "Canada and Ukraine"), ("0", "Nothing of interest"))
    house.pages["https://ministry.example/1.html"] = page("Canada and Ukraine", "A visit took place.")
    mended = [outcome for outcome in house.run() if outcome.source_id == "feed"]

    assert [outcome.failed for outcome in broken] == [True, True, True]
    assert mended[0].poll.verdict is Verdict.OK
    assert mended[0].poll.items_new == 1


def test_validators_are_the_servers_own_words(house):
    """Peers send their own clock as If-Modified-Since; a server five minutes behind then hides an edit."""
    from tests.fakes import Page

    stamp = "Tue, 20 Feb 2024 09:55:00 GMT"
    house.pages[FEED.url] = Page(
        feed(("0", "Nothing of interest")),
        headers=(("Content-Type", "application/atom+xml"), ("Last-Modified", stamp), ("ETag", 'W/"a  b"')),
    )
    house.run()
    house.run()
    asked = [request for request in house.parts.fetcher.asked if request.url == FEED.url]

    assert (asked[0].last_modified, asked[0].etag) == (None, None)
    assert (asked[1].last_modified, asked[1].etag) == (stamp, 'W/"a  b"')


def test_validators_of_a_reply_that_could_not_be_read_are_forgotten(house):
    """A broken body with an ETag, then 304 for ever: the items would never be seen."""
    from tests.fakes import Page

    headers = (("Content-Type", "application/atom+xml"), ("ETag", '"broken"'))
    house.pages[FEED.url] = Page(b"<feed><entry>", headers=headers)
    house.run()
    house.run()

    assert {request.etag for request in house.parts.fetcher.asked if request.url == FEED.url} == {None}


def test_an_edited_entry_of_the_sources_file_asks_anew(house):
    """Validators that belong to another question must not answer this one."""
    from tests.fakes import Page

    headers = (("Content-Type", "application/atom+xml"), ("ETag", '"same"'))
    house.pages[FEED.url] = Page(feed(("0", "Nothing of interest")), headers=headers)
    house.run()
    sources = type(house.parts.sources)((REGISTER, replace(FEED, lang="fr")))
    house.parts = replace(house.parts, sources=sources)
    house.run()
    asked = [request for request in house.parts.fetcher.asked if request.url == FEED.url]

    assert asked[-1].etag is None


def test_a_site_is_asked_in_full_each_week(house):
    """A server whose validators never change hides its news for a week at most, not for ever."""
    from tests.fakes import Page

    headers = (("Content-Type", "application/atom+xml"), ("ETag", '"for ever"'))
    house.pages[FEED.url] = Page(feed(("0", "Nothing of interest")), headers=headers)
    house.run()
    full = []
    for _ in range(15):
        house.clock.advance(hours=23)
        house.run()
        asked = [request for request in house.parts.fetcher.asked if request.url == FEED.url]
        full.append(asked[-1].etag is None)

    assert [day for day, whole in enumerate(full, 1) if whole] == [7, 14]

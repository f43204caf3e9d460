"""JSON Feed within the kind feed. Source: https://www.jsonfeed.org/version/1.1/"""

import json

from monitor.model import ItemsRead
from monitor.reading import read
from tests.reading.jobs import make_job

VERSION = "https://jsonfeed.org/version/1.1"
ITEM = {
    "id": 41,
    "url": "/news/41",
    "title": "They sign",
    "content_html": "<p>Ruritania and Borduria signed.</p>",
    "date_published": "2031-02-16T10:00:00+02:00",
}


def feed_of(*items, follow=True, **feed) -> ItemsRead:
    """Return what a JSON Feed holds."""
    body = json.dumps({"version": VERSION, "title": "News", "items": list(items)} | feed)
    found = read(make_job(body, url="https://mfa.example/feed.json", follow=follow))
    assert isinstance(found, ItemsRead)
    return found


def test_items_are_read_like_those_of_other_feeds():
    """A number for an id and a relative address are common, though the format has neither."""
    (item,) = feed_of(ITEM, language="de").items

    assert item.keys == ("id:41", "link:mfa.example/news/41", "title:they sign|2031-02-16")
    assert (item.url, item.lang) == ("https://mfa.example/news/41", "de")


def test_the_full_text_stands_in_for_pages_that_are_not_followed():
    """Where pages are walled, what the feed itself says is read."""
    followed, alone = feed_of(ITEM), feed_of(ITEM, follow=False)

    assert followed.documents == ()
    assert alone.documents[0].text == "They sign\nRuritania and Borduria signed."


def test_plain_text_is_not_read_as_markup():
    """content_text may speak of <b> without meaning it."""
    item = {"id": "1", "content_text": "Use <b> sparingly.\n\nSecond part."}
    (document,) = feed_of(item, follow=False).documents

    assert document.text == "Use <b> sparingly. Second part.\nUse <b> sparingly.\nSecond part."


def test_items_that_are_no_objects_are_passed_over():
    """One broken item must not cost the others."""
    assert len(feed_of("x", None, {}, ITEM).items) == 1

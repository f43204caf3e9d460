"""Press services in JSON: rows become items, their text a document where it is at hand."""

import json

import pytest

from monitor.errors import ExtractError
from monitor.model import Attachment, DateOrder, ItemsRead, Paging, PagingBy, SourceKind
from monitor.reading import read
from tests.reading.jobs import make_job

FIELDS = (("id", "ref"), ("title", "name"), ("published", "day"), ("summary", "lead"), ("link", "url"))
ROW = {
    "ref": 7,
    "name": "Ruritania &amp; Borduria sign",
    "day": "2031-02-16T23:30:00Z",
    "lead": "<p>In <b>Strelsau</b>.</p>",
    "url": "/news/7",
}


def items_of(*rows, fields=FIELDS, **source) -> ItemsRead:
    """Return what a reply with some rows holds."""
    body = json.dumps({"hits": list(rows), "total": len(rows)})
    found = read(make_job(body, SourceKind.API, rows="hits", fields=fields, **source))
    assert isinstance(found, ItemsRead)
    return found


def test_a_row_becomes_an_item():
    """Words are text, links absolute, days those of the publisher's zone."""
    (item,) = items_of(ROW, timezone="Europe/Kyiv").items

    assert (item.title, item.summary) == ("Ruritania & Borduria sign", "In Strelsau.")
    assert item.url == "https://mfa.example/news/7"
    assert item.published is not None
    assert item.published.iso == "2031-02-17"
    assert item.keys[:2] == ("id:7", "link:mfa.example/news/7")


def test_a_rows_full_text_is_its_document():
    """No request is made for what the reply says already; its links to papers are kept."""
    text = "<p>They signed.</p><p><a href='/t.pdf'>Agreement (PDF)</a></p>"
    found = items_of(ROW | {"body": text}, fields=(*FIELDS, ("text", "body")))

    (document,) = found.documents
    assert document.text == "Ruritania & Borduria sign\nThey signed.\nAgreement (PDF)"
    assert document.item_key == found.items[0].key
    assert document.attachments == (Attachment("https://mfa.example/t.pdf", "Agreement (PDF)"),)


def test_a_document_may_be_read_elsewhere_than_at_the_page():
    """Pages built by scripts have their words in another reply; readers are still shown the page."""
    fields = (*FIELDS, ("document", "join('', ['https://api.example/d?r=', to_string(ref)])"))
    (item,) = items_of(ROW, fields=fields).items

    assert (item.url, item.read_at) == ("https://mfa.example/news/7", "https://api.example/d?r=7")


@pytest.mark.parametrize(
    ("change", "is_edit"),
    [
        pytest.param({"name": "Corrected"}, True, id="title"),
        pytest.param({"lead": "In Klow."}, True, id="summary"),
        pytest.param({"views": 12}, False, id="a-counter-that-is-not-mapped"),
    ],
)
def test_an_edit_is_of_what_is_mapped(change, is_edit):
    """Services count readers in the same rows; that is no new version."""
    before, after = items_of(ROW).items[0], items_of(ROW | change).items[0]

    assert (before.version != after.version) is is_edit


def test_days_in_figures_are_read_in_the_sources_order():
    """02/03/2031 is 2 March in most of the world and 3 February in some of it."""
    row = ROW | {"day": "02/03/2031"}
    days = [
        items_of(row, date_order=order).items[0].published.iso for order in (DateOrder.DMY, DateOrder.MDY)
    ]

    assert days == ["2031-03-02", "2031-02-03"]


def test_the_total_and_the_number_of_rows_are_told():
    """Paging ends where the service says, not where a page happens to be short."""
    paging = Paging("page", 50, "total", by=PagingBy.PAGES, first=1)
    found = items_of(ROW, ROW, {"ref": 8, "name": "Other"}, paging=paging)

    assert (len(found.items), found.total, found.listed) == (2, 3, 3)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param("<!DOCTYPE html><html><body>Technical difficulties</body></html>", "HTML", id="page"),
        pytest.param('{"error": "x"}', "no list of rows", id="error-object"),
        pytest.param('{"hits": [{"titel": "x"}]}', "changed its shape", id="other-names"),
        pytest.param('{"hits": [{"name": "x"}', "JSON cannot be read", id="cut-short"),
    ],
)
def test_another_shape_is_refused(body, message):
    """An error object with status 200 must never read as a service without news."""
    with pytest.raises(ExtractError, match=message):
        read(make_job(body, SourceKind.API, rows="hits", fields=FIELDS))

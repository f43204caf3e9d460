"""Watched pages: the page is the item, and its words are its version."""

import json
from dataclasses import replace

import pytest

from monitor.errors import ExtractError
from monitor.model import Attachment, ItemsRead, JsonDocument, SourceKind
from monitor.reading import read
from tests.reading.jobs import make_job
from tests.reading.pdfs import make_pdf

URL = "https://government.example/agreement"
PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>T</title></head><body><nav>{menu}</nav>"
    "<main><h1>Agreement on railways</h1>{text}</main></body></html>"
)
JSON = JsonDocument(
    title="title",
    text="details.body",
    published="day",
    attachments="details.attachments",
    withdrawn="withdrawn_notice.explanation",
)


def page_of(text="<p>Article 1. The parties build a line.</p>", menu="Home"):
    """Return the page with some text."""
    return PAGE.format(text=text, menu=menu)


def watched(body, **source) -> ItemsRead:
    """Return what a watched page holds."""
    job = make_job(body, SourceKind.PAGE, url=URL, **source)
    found = read(replace(job, source=replace(job.source, url=URL)))
    assert isinstance(found, ItemsRead)
    return found


def version(body, **source) -> str:
    """The version of the page."""
    return watched(body, **source).items[0].version


def test_the_page_itself_is_the_item():
    """Its document stands beside it and needs no second request."""
    found = watched(page_of())

    assert [(item.key, item.title) for item in found.items] == [
        ("link:government.example/agreement", "Agreement on railways")
    ]
    assert found.documents[0].text == "Agreement on railways\nArticle 1. The parties build a line."
    assert found.documents[0].item_key == found.items[0].key


@pytest.mark.parametrize(
    ("body", "is_edit"),
    [
        pytest.param(page_of(), False, id="same"),
        pytest.param(page_of(menu="Home News"), False, id="other-menu"),
        pytest.param(page_of("<p>Article 1.   The parties build a line.</p>"), False, id="other-spaces"),
        pytest.param(page_of("<p>Article 1. The parties build two lines.</p>"), True, id="other-words"),
        pytest.param(
            page_of("<p>Article 1. The parties build a line.</p><a href=/v2.pdf></a>"), True, id="other-paper"
        ),
    ],
)
def test_the_words_and_papers_are_the_version(body, is_edit):
    """A changed menu is no change of the text; a paper that was replaced is one."""
    assert (version(body) != version(page_of())) is is_edit


def test_going_back_to_an_earlier_text_is_going_back_to_its_version():
    """A, B, A: the third poll differs from the second, and says which text it is."""
    first, second, third = version(page_of()), version(page_of("<p>B</p>")), version(page_of())

    assert first == third != second


def test_a_pdf_is_watched_by_its_words():
    """Files are rebuilt without a word changed."""
    one, other = (make_pdf(["Article 1. The parties build a line."], title=title) for title in ("a", "b"))

    assert watched(one).documents[0].flags[0] == "pdf"
    assert version(one).split()[1] == version(other).split()[1]


def test_a_content_interface_is_watched_by_its_fields():
    """Official sites answer what their pages are made from; papers come with their names."""
    body = {
        "title": "Agreement",
        "day": "2031-02-16T12:00:00Z",
        "details": {"body": "<p>It was signed.</p>", "attachments": [{"title": "Text", "url": "/t.pdf"}]},
        "withdrawn_notice": {},
        "publishing_request_id": 1,
    }
    found = watched(json.dumps(body), document=JSON)

    assert found.documents[0].text == "Agreement\nIt was signed."
    assert found.documents[0].attachments == (Attachment("https://government.example/t.pdf", "Text"),)
    assert found.flags == ()
    assert version(json.dumps(body | {"publishing_request_id": 2}), document=JSON) == found.items[0].version


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(page_of("<p>This page was withdrawn on 3 March 2031.</p><p>Article 1.</p>"), id="en"),
        pytest.param(page_of("<p>Diese Vereinbarung ist nicht mehr aktuell.</p><p>A.</p>"), id="de"),
        pytest.param(page_of("<p>Ce document a été retiré.</p><p>Article 1.</p>"), id="fr"),
        pytest.param(page_of("<p>Угода втратила чинність.</p><p>Стаття 1.</p>"), id="uk"),
    ],
)
def test_a_notice_of_withdrawal_is_named(body):
    """A withdrawn text that is still there looks like any other to who does not read the notice."""
    assert "withdrawn" in watched(body).flags


def test_a_clause_on_withdrawal_is_no_notice():
    """Treaties speak of withdrawal themselves, far down and at length."""
    clauses = "".join(f"<p>Article {n}. On lines.</p>" for n in range(1, 12))

    assert "withdrawn" not in watched(page_of(clauses + "<p>It has been withdrawn from.</p>")).flags


def test_a_notice_in_json_is_the_first_thing_the_document_says():
    """The reviewer reads it before the text it is about."""
    body = {
        "title": "A",
        "details": {"body": "Text."},
        "withdrawn_notice": {"explanation": "<p>Replaced.</p>"},
    }
    found = watched(json.dumps(body), document=JSON)

    assert found.documents[0].text == "A\nReplaced.\nText."
    assert found.flags == ("withdrawn",)


def test_a_selector_that_matches_nothing_is_marked():
    """A rebuilt site must not pass for an edited text."""
    assert "selector-missed:main" in watched(page_of(), main=".gone").flags


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param(page_of("").replace("<h1>Agreement on railways</h1>", ""), "no text", id="no-text"),
        pytest.param(b"PK\x03\x04docx\x00", "not text", id="office-file"),
        pytest.param('{"title": "x"}', "name in `document`", id="json-without-fields"),
    ],
)
def test_what_is_no_document_is_refused(body, message):
    """The page's last good version stays what it was."""
    with pytest.raises(ExtractError, match=message):
        watched(body)

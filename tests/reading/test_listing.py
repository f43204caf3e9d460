"""Pages that list news: entries by selectors, and a rebuilt site that must not look like one without news."""

from datetime import date

import pytest

from monitor.errors import ExtractError
from monitor.model import DateOrder, ItemsRead, Listing, SourceKind
from monitor.reading import read
from tests.reading.jobs import make_job

URL = "https://mfa.example/news/all?page=1"
LISTING = Listing(item="div.row", link="h3 a", date="p.date", summary="p.lead", next=".pager a.act + a")
ROW = (
    '<div class="row"><p class="date">{day}</p><h3><a href="{href}">{title}</a></h3>'
    '<p class="lead">L</p></div>'
)


def page_of(*rows: str, pager: str = "", head: str = "") -> str:
    """Return a page that lists some rows."""
    menu = "<nav><a href='/'>Home</a><a href='/about'>About the ministry</a></nav>"
    body = f"{menu}<main>{''.join(rows)}</main><div class=pager>{pager}</div>"
    return f"<!DOCTYPE html><html lang=en><head><title>News</title>{head}</head><body>{body}</body></html>"


def row(number=1, day="16 February 2031 - 19:02", title="They sign an agreement"):
    """Return an entry."""
    return ROW.format(day=day, href=f"/news/{number}", title=f"{title} {number}")


def listing_of(html, listing=LISTING, *, url=URL, content_type=None, **source) -> ItemsRead:
    """Return what a page lists."""
    job = make_job(html, SourceKind.LISTING, url=url, content_type=content_type, listing=listing, **source)
    found = read(job)
    assert isinstance(found, ItemsRead)
    return found


def test_an_entry_becomes_an_item():
    """Menus are no entries; the day is read in the source's language, the link made absolute."""
    (item,) = listing_of(page_of(row(42))).items

    assert (item.title, item.url, item.summary) == (
        "They sign an agreement 42",
        "https://mfa.example/news/42",
        "L",
    )
    assert item.published is not None
    assert item.published.first == date(2031, 2, 16)
    assert item.keys == ("link:mfa.example/news/42", "title:they sign an agreement 42|2031-02-16")


@pytest.mark.parametrize(
    ("day", "source", "expected"),
    [
        pytest.param("24 червня 2022 року - 23:23", {"lang": "uk"}, "2022-06-24", id="ukrainian-genitive"),
        pytest.param("16. februára 2031", {"lang": "sk"}, "2031-02-16", id="slovak"),
        pytest.param("令和13年2月16日", {"lang": "ja"}, "2031-02-16", id="era"),
        pytest.param("16.02.2031", {"lang": "de"}, "2031-02-16", id="points"),
        pytest.param("02/03/2031", {"lang": "en"}, "2031-03-02", id="day-first-by-default"),
        pytest.param(
            "02/03/2031", {"lang": "en", "date_order": DateOrder.MDY}, "2031-02-03", id="month-first"
        ),
        pytest.param("<time datetime='2031-02-16T10:00'>yesterday</time>", {}, "2031-02-16", id="machine"),
    ],
)
def test_days_are_read_as_the_site_writes_them(day, source, expected):
    """A list whose days cannot be read cannot be paged back to a day."""
    listing = Listing(item="div.row", link="h3 a", date="p.date time" if "<time" in day else "p.date")
    (item,) = listing_of(
        page_of(row(day=day)), listing, **{"lang": "en", "date_order": DateOrder.DMY} | source
    ).items

    assert item.published is not None
    assert item.published.iso == expected


@pytest.mark.parametrize(
    ("rows", "selectors", "titles"),
    [
        pytest.param(
            "<li><a href=/1>One</a> <a href=/c>Culture</a></li>", {"item": "li"}, ["One"], id="first"
        ),
        pytest.param("<a class=t href=/1><h3>One</h3></a>", {"item": "a.t"}, ["One"], id="entry-is-the-link"),
        pytest.param(
            "<li><a href=/1><img></a><h3><a href=/1>One</a></h3></li>", {"item": "li"}, ["One"], id="picture"
        ),
        pytest.param(
            "<li><a href=/1 aria-label='One'><img></a></li>", {"item": "li"}, ["One"], id="only-a-picture"
        ),
        pytest.param(
            "<li><h3>One</h3><a href=/1>Read more</a></li>",
            {"item": "li", "title": "h3"},
            ["One"],
            id="title-apart",
        ),
        pytest.param(
            "<li><a href=/1>One</a><ul><li><a href=/2>Two</a></li></ul></li>",
            {"item": "li"},
            ["One"],
            id="entries-within-entries",
        ),
    ],
)
def test_links_and_titles_are_found_where_the_entry_does_not_say(rows, selectors, titles):
    """One selector is enough for most lists."""
    assert [item.title for item in listing_of(page_of(rows), Listing(**selectors)).items] == titles


@pytest.mark.parametrize(
    ("html", "flags"),
    [
        pytest.param(page_of("<p>New design</p>"), ("selector-missed:item",), id="nothing"),
        pytest.param(
            page_of("<div class=row><p class=date>16.02.2031</p><h3>Menu</h3></div>" * 3),
            ("selector-missed:link", "selector-missed:title"),
            id="no-links",
        ),
        pytest.param(
            page_of("".join(row(n, day="") for n in range(4))), ("selector-missed:date",), id="no-days"
        ),
        pytest.param(page_of(*(row(n) for n in range(4))), (), id="as-expected"),
        pytest.param(page_of(*(row(n) for n in range(4)), row(9, day="")), (), id="one-without-a-day"),
    ],
)
def test_a_rebuilt_site_is_marked(html, flags):
    """A selector that matches navigation, or nothing, must not look like a list without news."""
    assert listing_of(html).flags == flags


def test_the_next_page_is_named():
    """The link after the current page's, relative to the page."""
    pager = "<a class=act href='?page=1'>1</a><a href='?page=2'>2</a>"

    assert listing_of(page_of(row(), pager=pager)).more == ("https://mfa.example/news/all?page=2",)


def test_the_last_page_has_no_next_one():
    """Sites end their pagers with a link that leads nowhere."""
    pager = "<a class=act href='?page=1'>1</a><a href='javascript:void(0);'>next</a>"

    assert listing_of(page_of(row(), pager=pager)).more == ()


def test_an_edited_title_is_another_version_a_relative_day_is_not():
    """ "2 hours ago" is another text with every poll."""
    first, later, edited = (
        listing_of(page_of(row(day=day, title=title))).items[0]
        for day, title in (("2 hours ago", "T"), ("3 hours ago", "T"), ("3 hours ago", "Corrected"))
    )

    assert first.version == later.version
    assert first.version != edited.version


def test_old_encodings_are_read():
    """Ministries serve lists in Shift_JIS to this day."""
    html = page_of(row(day="2031年2月16日", title="日英協定に署名")).encode("shift_jis")
    (item,) = listing_of(html, content_type="text/html; charset=Shift_JIS", lang="ja").items

    assert item.title == "日英協定に署名 1"


@pytest.mark.parametrize(
    ("html", "listing", "message"),
    [
        pytest.param("", LISTING, "empty page", id="nothing"),
        pytest.param(page_of(row()), Listing(item="li:has(> a["), "cannot be used", id="broken-selector"),
        pytest.param("<p>" + "x" * 4_000_001, LISTING, "4 MB", id="too-large"),
    ],
)
def test_what_cannot_be_read_is_said(html, listing, message):
    """The poll fails with a reason instead of finding nothing."""
    with pytest.raises(ExtractError, match=message):
        listing_of(html, listing)

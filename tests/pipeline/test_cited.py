"""Cited pages in the digest: what becomes of one is told once, with the statements that rest on it."""

from dataclasses import replace

import pytest

from monitor.briefing import OUTSIDE_CHANGED, OutsideEvent, as_detail
from monitor.model import (
    AuditEntry,
    Batch,
    Citation,
    Dependency,
    DependsOn,
    NothingNew,
    PartialDate,
    Section,
    Source,
    SourceKind,
    Statement,
    Unit,
)
from monitor.pipeline import poll_due
from tests.fakes import Page
from tests.pipeline.conftest import FEED, REGISTER, edition, feed, page, row, rows

URL = "https://ministry.example/agreement"
CITED = Source(
    "text-page",
    SourceKind.PAGE,
    publisher="Example Ministry",
    url=URL,
    lang="en",
    licence="example licence",
    quote_words=12,
)
FIRST, SECOND = (f"The sides consult within {hours} hours. It lasts ten years." for hours in (24, 48))
STATEMENTS = (
    Statement("uk.1", "uk", Unit.SENTENCE, "The agreement commits the UK to consult.", notes=(3,)),
    Statement("uk.2", "uk", Unit.SENTENCE, "Another matter."),
    Statement("note-3", "uk", Unit.NOTE, "Agreement, 12 January 2024", note=3, citations=("text",)),
)


@pytest.fixture
def cites(house):
    """A house whose briefing cites a page that was read once, and the digest on that."""
    citing = replace(
        edition(),
        sections=(Section("uk", "The UK's agreement", number="3"),),
        statements=STATEMENTS,
        citations=(Citation("text", 3, "Example Ministry", "The agreement", url=URL),),
    )
    house.parts = replace(
        house.parts, editions=(citing,), sources=type(house.parts.sources)((REGISTER, CITED))
    )
    house.pages[URL] = page("Agreement", FIRST)
    house.run()
    return house


def becomes(house, reply):
    """The Markdown of the digest that follows once the page answers otherwise; None without a digest."""
    house.pages[URL] = reply
    before = len(house.channels["files"].delivered)
    house.clock.advance(days=7)
    house.run()
    (report,) = [each for each, _ in house.channels["files"].delivered[before:]] or [None]
    return report and report.rendering(".md").content.decode()


def test_an_edit_is_told_with_what_rests_on_it(cites):
    """What it said, what it says, and the statement to look at; the words that stayed are not repeated."""
    text = becomes(cites, page("Agreement", SECOND))

    assert "# 1 cited page changed" in text
    assert "## Cited pages that are no longer as cited" in text
    assert "“The sides consult within 24 hours.”" in text
    assert "“The sides consult within 48 hours.” (licence: example licence)" in text
    assert "(note 3): “The agreement commits the UK to consult.”" in text
    assert "1 statement of the briefing rests on it" in text
    assert "Another matter" not in text


def test_what_shares_the_words_that_went_comes_first(cites):
    """Of twelve statements on a page the one that says "24 hours" is the one to look at."""
    said = Statement("uk.0", "uk", Unit.SENTENCE, "It is a long text.", notes=(3,))
    hours = Statement("uk.9", "uk", Unit.SENTENCE, "They consult within 24 hours.", notes=(3,))
    (citing,) = cites.parts.editions
    cites.parts = replace(cites.parts, editions=(replace(citing, statements=(said, *STATEMENTS, hours)),))
    text = becomes(cites, page("Agreement", SECOND))

    assert text.index("They consult") < text.index("It is a long text")


def test_going_back_is_told_too(cites):
    """A, B, A: who has changed the briefing for B must hear that A stands again."""
    becomes(cites, page("Agreement", SECOND))
    text = becomes(cites, page("Agreement", FIRST))

    assert "cited page changed" in text
    assert text.index("within 48 hours") < text.index("within 24 hours")


def test_each_is_told_once(cites):
    """The next digest is the honest "nothing new"."""
    becomes(cites, page("Agreement", SECOND))

    assert "Nothing found" in becomes(cites, page("Agreement", SECOND))


def test_the_first_text_is_no_news(cites):
    """It is what later ones are compared with."""
    ((report, _),) = cites.channels["files"].delivered

    assert "ited page" not in report.rendering(".md").content.decode()


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        pytest.param(
            page("Agreement", f"{FIRST} This page was withdrawn on 1 March 2024."), "Marked as withdrawn"
        ),
        pytest.param(
            page("Another matter", "Monday.", "Tuesday."), "Text replaced by another", id="replaced"
        ),
        pytest.param(
            Page(page("Agreement", FIRST), final_url="https://ministry.example/texts/2024"),
            "Moved to another address, ",
            id="moved",
        ),
        pytest.param(Page(b"<title>Gone</title>", 410), "Gone, ", id="gone"),
    ],
)
def test_what_became_of_it_is_named(cites, reply, words):
    """A withdrawn paper is another matter than a corrected one."""
    assert words in becomes(cites, reply)


def test_what_lasts_is_told_once(cites):
    """A page that is gone stays gone; that it is there again is news."""
    gone = Page(b"<title>Gone</title>", 410)
    becomes(cites, gone)

    assert "Gone, " not in becomes(cites, gone)
    assert "There again, " in becomes(cites, page("Agreement", FIRST))


def test_a_move_is_told_once(cites):
    """The page is read at its new address from then on."""
    moved = Page(page("Agreement", FIRST), final_url="https://ministry.example/texts/2024")
    becomes(cites, moved)

    assert "Moved to" not in becomes(cites, moved)


def test_who_wants_no_empty_digest_hears_of_a_cited_page(cites):
    """It is not nothing."""
    quiet = replace(cites.parts.subscriptions[0], nothing_new=NothingNew.SKIP)
    cites.parts = replace(cites.parts, subscriptions=(quiet,))

    assert becomes(cites, page("Agreement", FIRST)) is None
    assert "1 cited page changed" in becomes(cites, page("Agreement", SECOND))


def test_it_stands_beside_what_was_signed(cites):
    """The signing comes first."""
    cites.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    text = becomes(cites, page("Agreement", SECOND))

    assert text.index("signed") < text.index("cited page changed")
    assert "## Cited pages" in text


def test_every_form_has_the_section(cites):
    """Whoever reads the mail as plain text is told as much."""
    becomes(cites, page("Agreement", SECOND))
    report, _ = cites.channels["files"].delivered[-1]

    for form in (".html", ".txt"):
        text = report.rendering(form).content.decode()
        assert "within 24 hours" in text, form
        assert "cited pages that are no longer as cited" in text.lower(), form


def test_a_page_that_no_briefing_cites_is_not_told(cites):
    """It is watched for its own sake; `monitor sources changes` shows it."""
    uncited = replace(cites.parts.editions[0], citations=())
    cites.parts = replace(cites.parts, editions=(uncited,))

    assert "Nothing found" in becomes(cites, page("Agreement", SECOND))


def test_polling_alone_tells_nothing(cites):
    """What is seen between two digests waits for the next one."""
    cites.pages[URL] = page("Agreement", SECOND)
    cites.clock.advance(hours=2)
    poll_due(cites.parts, all_now=True)

    assert "1 cited page changed" in becomes(cites, page("Agreement", SECOND))


# --- newer editions of cited papers, and things outside

LIBRARY = replace(FEED, publisher="Example Library", citations=("example/sanctions",))


@pytest.fixture
def lists(cites):
    """A house whose briefing cites a paper that a library lists in its feed."""
    (citing,) = cites.parts.editions
    paper = Citation("sanctions", 3, "Example Library", "Sanctions against Borduria")
    citing = replace(citing, citations=(*citing.citations, paper))
    sources = type(cites.parts.sources)((REGISTER, CITED, LIBRARY))
    cites.parts = replace(cites.parts, editions=(citing,), sources=sources)
    cites.pages["https://ministry.example/9.html"] = page("Sanctions", "What was updated.")

    def run(title):
        cites.pages[FEED.url] = feed(("9", title))
        return becomes(cites, page("Agreement", FIRST))

    return run


def test_a_newer_edition_of_a_cited_paper_is_told(lists):
    """The statement rests on what its publisher has replaced."""
    text = lists("Sanctions against Borduria")

    assert "# 1 cited page in a newer edition" in text
    assert "Newer edition, 21 February 2024" in text
    assert "https://ministry.example/9.html" in text
    assert "“The agreement commits the UK to consult.”" in text
    assert "newer edition" not in lists("Sanctions against Borduria")


def test_another_paper_is_no_newer_edition(lists):
    """Only its own title counts."""
    assert "newer edition" not in lists("Sanctions against Syldavia")


@pytest.fixture
def depends(cites):
    """A house whose second statement depends on who is Prime Minister."""
    (citing,) = cites.parts.editions
    on = Dependency(DependsOn.OUTSIDE, "the office-holder: Prime Minister")
    statements = tuple(replace(s, depends_on=(on,)) if s.id == "uk.2" else s for s in citing.statements)
    cites.parts = replace(cites.parts, editions=(replace(citing, statements=statements),))

    def run(thing, day):
        event = OutsideEvent(
            "", thing, PartialDate.parse(day), "Keir became PM", "https://gov.example/pm", ""
        )
        now = cites.clock.now()
        entry = AuditEntry(now, "Anna", OUTSIDE_CHANGED, "example", as_detail(event))
        cites.store.save(Batch(at=now, audit=(entry,)))
        return becomes(cites, page("Agreement", FIRST))

    return run


def test_a_new_office_holder_is_one_line(depends):
    """What happened, where it can be read, who says so, and what it touches; once."""
    text = depends("the office-holder: Prime Minister", "2024-02-25")

    assert "# Keir became PM" in text
    assert "Keir became PM, 25 February 2024 ([gov.example](https://gov.example/pm); entered by Anna)" in text
    assert "“Another matter.”" in text


def test_what_happened_outside_is_told_once(cites, depends):
    """A change of office-holder is no series of announcements."""
    depends("the office-holder: Prime Minister", "2024-02-25")

    assert "Keir" not in becomes(cites, page("Agreement", FIRST))


def test_what_happened_before_the_cut_off_is_no_news(depends):
    """The edition was written with it."""
    assert "Keir" not in depends("the office-holder: Prime Minister", "2024-02-19")

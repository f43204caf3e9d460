"""Figures: a picture of a table that stands beside it, which says in words what it shows."""

from base64 import b64decode
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from bs4 import BeautifulSoup

from monitor.model import Count, CountOf, Entry, PartialDate, ReportKind, Stage, sides_of
from monitor.reports import Track, make_health, make_report, make_table
from monitor.reports.figures import Drawn, PlotKind
from tests.reports import sample
from tests.reports.sample import UNTIL
from tests.reports.test_sheets import health as health
from tests.reports.test_sheets import known as known


class Draughtsman:
    """Draws a line, and remembers of what."""

    def __init__(self):
        self.plots = []

    def draw(self, plot):
        self.plots.append(plot)
        return Drawn(
            "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
            b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        )


@pytest.fixture
def artist():
    return Draughtsman()


@pytest.fixture
def made(templates, artist, health, known):
    """Make a report of a kind, with an artist or without one."""

    def make(kind, by=artist, **values):
        occasion = sample.occasion(kind=kind, artist=by)
        if kind is ReportKind.HEALTH:
            return make_health(replace(health, **values), "ex-1", occasion, templates)
        if kind is ReportKind.TABLE:
            return make_table(known, occasion, templates)
        return make_report(sample.many(3).material(**values), occasion, templates)

    return make


KINDS = [ReportKind.HEALTH, ReportKind.STATE, ReportKind.TABLE]


def polled(weeks, since=None):
    """A source's polls of so many weeks, one a day, a third of which failed."""
    return Track(tuple((UNTIL - timedelta(days=day), day % 3 != 0) for day in range(7 * weeks)), since)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_a_page_holds_its_picture_and_a_mail_brings_it_along(made, kind):
    """Nothing is fetched when it is opened; whoever does not see it reads what it shows."""
    more = {"tracks": {"src-qs": polled(2)}} if kind is ReportKind.HEALTH else {}
    report = made(kind, **more)
    image = BeautifulSoup(report.rendering(".html").content, "lxml").find("img")
    mail = message_from_bytes(report.rendering(".eml").content, policy=policy.default)
    html = BeautifulSoup(mail.get_body(("html",)).get_content(), "lxml").find("img")
    (png,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]

    assert b64decode(image["src"].removeprefix("data:image/svg+xml;base64,")).startswith(b"<svg")
    assert len(image["alt"]) > 30
    assert html["alt"] == image["alt"]
    assert f"<{html['src'].removeprefix('cid:')}>" == png["Content-ID"]
    assert png.get_content().startswith(b"\x89PNG")
    assert max(len(line) for line in report.rendering(".eml").content.split(b"\r\n")) < 998


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_without_the_extra_the_tables_stand_alone(made, kind):
    """The same words, without pictures; text and Markdown are the same in any case."""
    drawn, plain = made(kind), made(kind, by=None)

    assert b"<img" not in plain.rendering(".html").content
    assert plain.rendering(".md") == drawn.rendering(".md")
    assert plain.rendering(".txt") == drawn.rendering(".txt")


def test_the_same_report_is_the_same_bytes(made):
    """A repeat must be recognisable as one, pictures and all."""
    assert made(ReportKind.STATE).rendering(".eml") == made(ReportKind.STATE).rendering(".eml")


def test_the_running_count_goes_on_from_the_edition(templates, artist):
    """What the edition lists, what was signed since, and its own number to compare with."""
    entry = Entry(
        "e-qw",
        sides_of("QR", "QW"),
        Stage.CONCLUDED,
        sample.Kind.SECURITY,
        date=PartialDate.day(date(2031, 1, 12)),
    )
    count = Count("c-s", 1, "agreements", of=CountOf.SERIES)
    edition = replace(sample.EDITION, entries=(entry,), counts=(count,))
    week = sample.three()
    occasion = sample.occasion(kind=ReportKind.STATE, artist=artist)
    report = make_report(week.material(edition=edition), occasion, templates)
    (plot,) = artist.plots
    text = report.rendering(".md").content.decode()

    assert [(mark.day, mark.value) for mark in plot.marks] == [(date(2031, 1, 12), 1), (date(2031, 2, 22), 2)]
    assert plot.level == 1
    assert "| 22 February 2031 | Borduria | 2 | no |" in text
    assert "Syldavia | 3" not in text  # only reported


def test_the_timeline_tells_stages_and_scopes_apart(made, artist):
    """By row and by shape, not by colour alone."""
    made(ReportKind.TABLE)
    (plot,) = artist.plots

    assert plot.kind is PlotKind.TIMELINE
    assert plot.rows == ("signed", "in force")
    assert set(plot.groups) == {mark.group for mark in plot.marks}


def test_weeks_are_counted_in_words_and_shade(made, artist):
    """A week nobody asked in is no failure; the newest week ends today."""
    report = made(ReportKind.HEALTH, tracks={"src-qs": polled(2)})
    (plot,) = artist.plots

    assert [mark.words for mark in plot.marks] == ["5 of 7", "4 of 7"]
    assert plot.marks[-1].day == UNTIL.date() - timedelta(days=6)
    assert "| not asked | 5 of 7 | 4 of 7 |" in report.rendering(".md").content.decode()


def test_a_week_of_which_not_all_is_known_is_not_counted(made, artist):
    """Of a source asked every few minutes only the last days are looked at; "not asked" would be false."""
    report = made(ReportKind.HEALTH, tracks={"src-qs": polled(2, since=UNTIL - timedelta(days=13))})

    assert [mark.words for mark in artist.plots[0].marks] == ["4 of 7"]
    assert "| not counted | not counted | 4 of 7 |" in report.rendering(".md").content.decode()

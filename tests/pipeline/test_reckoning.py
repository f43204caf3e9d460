"""Where sources count the series otherwise than is known: told once, with its quotation."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from monitor.app.loading import load_shipped_templates
from monitor.model import (
    Audience,
    Kind,
    NothingNew,
    PartialDate,
    ReportKind,
    Stage,
    Subscription,
    sides_of,
)
from monitor.model import Entry as EditionEntry
from monitor.pipeline import Press
from monitor.pipeline.briefcase import Briefcase
from monitor.pipeline.press import occasion_of, report_on
from monitor.reports import Masthead
from tests.pipeline.conftest import FEED, REGISTER, edition, feed, page, row, rows

WRONG = "Ukraine has signed 7 bilateral security agreements so far."
HEADING = "## Where sources disagree on the series"


def entry(party, day):
    """An agreement of the series that the edition states."""
    return EditionEntry(
        f"{party}-signed",
        sides_of(party, "UA"),
        Stage.CONCLUDED,
        Kind.SECURITY,
        date=PartialDate.parse(day),
    )


@pytest.fixture
def counting(house):
    """A house whose briefing has five agreements and whose ministry counts seven."""
    partners = ("GB", "DE", "FR", "DK", "IT")
    known = replace(edition(), entries=tuple(entry(party, "2024-01-12") for party in partners))
    house.parts = replace(
        house.parts,
        editions=(known,),
        subscriptions=(
            Subscription(
                "all", "example", Audience.READERS, "files", ("reports",), nothing_new=NothingNew.SEND
            ),
        ),
    )
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"))
    house.pages[FEED.url] = feed(("0", "Nothing of interest"), ("1", "Talks"))
    house.pages["https://ministry.example/1.html"] = page("Talks", WRONG)
    return house


def digests(house):
    """The digests that a week's run makes, in Markdown."""
    before = len(house.channels["files"].delivered)
    house.run()
    house.clock.advance(days=7)
    made = house.channels["files"].delivered[before:]
    return [report.rendering(".md").content.decode() for report, _ in made]


def test_a_wrong_number_is_told_once_with_its_quotation(counting):
    """The reader sees who says what and what is known; the next digest does not say it again."""
    (first,), (second,) = digests(counting), digests(counting)

    assert HEADING in first
    assert "Example Ministry (21 February 2024): 7 agreements. Known here by then: 5" in first
    assert f"> {WRONG}" in first
    assert "sources disagree on the series" in first.splitlines()[0].lower()
    assert HEADING not in second


def test_every_form_of_the_digest_has_it(counting):
    """A reader of the mail must not miss what stands in the page."""
    counting.run()
    report, _ = counting.channels["files"].delivered[-1]

    for suffix in (".md", ".html", ".txt"):
        assert WRONG in " ".join(report.rendering(suffix).content.decode().split())


def test_the_table_of_agreements_shows_it_as_long_as_it_stands(counting):
    """The table is looked up when the digest that told it is long forgotten."""
    digests(counting)
    press = Press(load_shipped_templates(), Masthead(instance="test.example"), ZoneInfo("UTC"))
    case = Briefcase(counting.parts, counting.parts.editions[0])
    occasion = occasion_of(
        press, counting.parts.subscriptions[0], None, counting.clock.now(), ReportKind.TABLE
    )
    made = report_on(counting.parts, press, case, occasion, ("md",))

    assert f"“{WRONG}”" in made.rendering(".md").content.decode()

"""Two briefings in one workspace: sources and findings are shared, each document is read once.

The second briefing is the example that ships, on agreements of the United States.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.briefing import parse_briefing
from monitor.files import load_yaml
from monitor.model import Audience, ChangeKind, Subscription
from monitor.sources import Sources
from tests.pipeline.conftest import FEED, REGISTER, feed, page

EXAMPLE = Path(__file__).parents[2] / "examples" / "nordic-2023"
SIGNED = "https://ministry.example/1.html"


@pytest.fixture
def second():
    """The example briefing."""
    file = load_yaml(EXAMPLE / "briefing.yaml")
    text = (EXAMPLE / "text" / "2023-12-20.md").read_text(encoding="utf-8")
    return parse_briefing(file.data, file.line_of, "briefing.yaml", text)


@pytest.fixture
def house(house, second):
    """A house with both, and a ministry that speaks for the United States."""
    subscriptions = (
        *house.parts.subscriptions,
        Subscription("nordic", second.briefing_id, Audience.REVIEWERS, "files", ("reports",)),
    )
    house.parts = replace(
        house.parts,
        editions=(*house.parts.editions, second),
        subscriptions=subscriptions,
        sources=Sources((REGISTER, replace(FEED, voice="US"))),
    )
    return house


def _announce(house, partner):
    title = f"United States and {partner} sign security agreement"
    house.pages[FEED.url] = feed(("1", title))
    house.pages[SIGNED] = page(
        title,
        f"On 1 March 2024 the United States and {partner} signed a bilateral security agreement in Kyiv.",
    )
    house.run()


def test_an_agreement_between_both_focal_parties_is_compared_with_both(house):
    """One page, one agreement, a change a briefing, and a digest that tells each."""
    _announce(house, "Ukraine")
    changes = house.store.changes()

    assert sorted((each.briefing_id, each.kind) for each in changes) == [
        ("example", ChangeKind.NEW),
        ("nordic-2023", ChangeKind.NEW),
    ]
    assert len({each.agreement_id for each in changes}) == 1
    assert len(house.told()) == 2


def test_each_document_is_read_once(house):
    """The page is asked for once, whichever number of briefings it concerns."""
    _announce(house, "Ukraine")
    asked = [request.url for request in house.parts.fetcher.asked]

    assert asked.count(SIGNED) == 1


@pytest.mark.slow
def test_what_concerns_one_briefing_leaves_the_other_alone(house):
    """An agreement of the other focal party is no change here."""
    _announce(house, "Denmark")

    assert {each.briefing_id for each in house.store.changes()} == {"nordic-2023"}


def test_the_example_says_what_its_sources_say(second):
    """Two agreements and talks, with the cut-off before the day of publication."""
    stated = [(each.id, each.stage.value, each.date.iso) for each in second.entries]

    assert (second.as_of, second.published) == (date(2023, 12, 20), date(2023, 12, 28))
    assert stated == [
        ("se-security", "concluded", "2023-12-05"),
        ("fi-security", "concluded", "2023-12-18"),
        ("dk-talks", "negotiating", "2022-02"),
    ]

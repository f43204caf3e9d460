"""Who is told what: nothing that stands goes untold, nothing that was taken back is told."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from monitor.app.loading import load_shipped_templates
from monitor.model import Action, Audience, Batch, Life, NothingNew, Subscription
from monitor.pipeline import Press, poll_due, record, write_reports
from monitor.reports import Masthead
from monitor.review import apply, decide
from tests.fakes import RecordingChannel
from tests.pipeline.conftest import REGISTER, row, rows

SIGNED = "Example Agreement No. 1 on mutual support"


@pytest.fixture
def on_hold(house):
    """A house that has found a signing, and has told nobody yet."""
    house.parts = replace(house.parts, subscriptions=(replace(house.parts.subscriptions[0], hold=True),))
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.run()
    return house


def release(house, **changes):
    """End the hold."""
    subscriptions = (replace(house.parts.subscriptions[0], hold=False, **changes),)
    house.parts = replace(house.parts, subscriptions=subscriptions)
    house.run()


def settle(house, action, lives=(Life.OPEN,)):
    """Decide on the only change."""
    (change,) = house.store.changes(lives=lives)
    decision = decide(action, change, by="A. Researcher", at=house.clock.now())
    house.store.save(Batch(at=house.clock.now(), decisions=(decision,), changes=(apply(decision, change),)))


def say_of_agreement(house, action, **values):
    """Decide on the agreement of the signing that was found."""
    agreement = next(each for each in house.store.agreements() if each.title == SIGNED)
    decision = decide(action, agreement, by="A. Researcher", at=house.clock.now(), values=values)
    batch = Batch(at=house.clock.now(), decisions=(decision,))
    record(house.parts, batch, decisions=(decision,), sides=(agreement.sides,))


def test_what_a_reviewer_rejected_before_the_digest_is_not_told(on_hold):
    """The reviewer is the last gate: a weekly mail must not say what was rejected on Tuesday."""
    settle(on_hold, Action.REJECT)
    release(on_hold)

    assert on_hold.told() == []
    assert "nothing new" in on_hold.channels["files"].delivered[0][0].subject


def test_what_a_reviewer_accepted_before_the_digest_is_told(on_hold):
    """Settled is not the same as told."""
    settle(on_hold, Action.ACCEPT)
    release(on_hold)

    assert on_hold.told() == [SIGNED]


def test_what_was_withdrawn_before_the_digest_makes_no_empty_digest(on_hold):
    """Who asked for no "nothing new" must not get one because something came and went."""
    say_of_agreement(on_hold, Action.NOT_AN_AGREEMENT)
    release(on_hold, nothing_new=NothingNew.SKIP)

    assert on_hold.channels["files"].delivered == []


def test_what_comes_back_after_it_went_untold_is_told(on_hold):
    """A digest ticks off what it tells, not what it leaves out."""
    settle(on_hold, Action.REJECT)
    release(on_hold)
    settle(on_hold, Action.DEFER, lives=[Life.DECIDED])
    on_hold.run()

    assert on_hold.told() == [SIGNED]


def test_a_new_subscription_is_told_what_stands(house):
    """Its first digest must not say "nothing new" while a signing stands that it never heard of."""
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.run()
    house.channels["late"] = RecordingChannel()
    late = Subscription("late", "example", Audience.READERS, "late", ("reader@test.example",))
    house.parts = replace(house.parts, subscriptions=(*house.parts.subscriptions, late))
    house.run()
    house.run()

    assert house.told("late") == [SIGNED]
    assert house.told() == [SIGNED]


def test_a_filter_that_is_widened_tells_what_it_held_back(house):
    """A subscription for Canada that now asks for everything has not heard of the United Kingdom."""
    narrow = replace(house.parts.subscriptions[0], parties=("CA",))
    house.parts = replace(house.parts, subscriptions=(narrow,))
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.run()
    assert house.told() == []
    house.parts = replace(house.parts, subscriptions=(replace(narrow, parties=()),))
    house.run()

    assert house.told() == [SIGNED]


def test_a_digest_that_cannot_be_made_is_counted_and_made_later(house):
    """A broken template must neither pass for success nor lose what was to be told."""
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.clock.advance(hours=1)
    poll_due(house.parts, all_now=True)
    broken = Press({}, Masthead(instance="test.example"), ZoneInfo("UTC"))
    written = write_reports(house.parts, broken)
    house.run()

    assert written.reports == ()
    assert [(key, "template" in why) for key, why in written.failed] == [("all", True)]
    assert house.told() == [SIGNED]


def test_a_digest_of_a_wrong_clock_holds_up_none(house):
    """The clock was a year ahead for an hour: what comes after must not wait until that year."""
    from monitor.model import Cadence

    weekly = replace(house.parts.subscriptions[0], cadence=Cadence.WEEKLY, nothing_new=NothingNew.SKIP)
    house.parts = replace(house.parts, subscriptions=(weekly,))
    house.clock.advance(days=365)
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.run()
    house.clock.advance(days=-365)
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1), row(2))
    house.run()

    assert house.told() == [SIGNED, "Example Agreement No. 2 on mutual support"]


def test_a_day_that_comes_twice_has_one_digest(house):
    """The clock is set back over a night: the same "nothing new" is not made again, nor is it an error."""
    daily = replace(house.parts.subscriptions[0], timezone="UTC")
    house.parts = replace(house.parts, subscriptions=(daily,))
    house.run()
    house.clock.advance(days=3)
    house.run()
    house.clock.advance(days=-3)
    house.run()

    assert len(house.channels["files"].delivered) == 2
    assert house.store.reports()[-1].dated == date(2024, 2, 21)


def test_what_was_told_of_one_edition_is_not_told_again_of_the_next(house):
    """The briefing is closed and its cut-off moves on: the same difference is old news under its new id."""
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.run()
    (told,) = house.store.changes()
    carried = replace(told, id="c-next", as_of=date(2024, 2, 25), supersedes=told.id)
    ended = replace(told, life=Life.SUPERSEDED)
    house.store.save(Batch(at=house.clock.now(), changes=(ended, carried)))
    press = Press(load_shipped_templates(), Masthead(instance="test.example"), ZoneInfo("UTC"))

    assert write_reports(house.parts, press).reports == ()

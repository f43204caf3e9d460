"""Corrections read by somebody who wants them to fail: to all who were told, once, and of nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.model import (
    Audience,
    Batch,
    Cadence,
    DeliveryStatus,
    Entry,
    Kind,
    PartialDate,
    ReportKind,
    Stage,
    Subscription,
    sides_of,
)
from monitor.pipeline import record
from monitor.review import decide
from tests.fakes import RecordingChannel
from tests.pipeline.conftest import FEED, REGISTER, feed, page, row, rows
from tests.pipeline.test_told import decided, delivered, text_of

A, B = "a@x.example", "b@x.example"


def corrections(house, channel="files"):
    """Who got which correction, in order."""
    return [
        (delivery.recipient, report.id)
        for report, delivery in house.channels[channel].delivered
        if report.kind is ReportKind.CORRECTION
    ]


def told(house, *recipients, **values):
    """The house, whose recipients were told of a signing."""
    one = Subscription("all", "example", Audience.REVIEWERS, "files", recipients or (A,))
    house.parts = replace(house.parts, subscriptions=(replace(one, **values),))
    house.pages[REGISTER.url] = rows(row(1))
    house.run()
    return house


def with_recipients(house, *recipients):
    """The same subscription to others."""
    (one,) = house.parts.subscriptions
    house.parts = replace(house.parts, subscriptions=(replace(one, recipients=recipients),))


def corrected(house, field, value):
    """A person corrects a field of the only agreement with the United Kingdom."""
    agreement = house.store.agreements(party="GB")[-1]
    now = house.clock.now()
    decision = decide("correct", agreement, by="A. Reviewer", at=now, values={"field": field, "value": value})
    record(house.parts, Batch(now, decisions=(decision,)), decisions=(decision,), sides=(agreement.sides,))


def test_each_recipient_gets_one(house):
    """Two people, three runs: two corrections."""
    told(house, A, B)
    decided(house, "not-an-agreement")
    for _ in range(3):
        house.run()

    assert sorted(to for to, _ in corrections(house)) == [A, B]


def test_every_subscription_that_told_it_takes_it_back_and_no_other(house):
    """At once for those who heard it; the weekly readers had not been told yet, and never are."""
    house.channels["mail"] = RecordingChannel()
    weekly = Subscription("weekly", "example", Audience.READERS, "mail", (B,), cadence=Cadence.WEEKLY)
    house.parts = replace(house.parts, subscriptions=(house.parts.subscriptions[0], weekly))
    house.run()
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.run()
    decided(house, "not-an-agreement")
    house.run()
    house.clock.advance(days=8)
    house.run()

    assert len(corrections(house)) == 1
    assert corrections(house, "mail") == []
    assert house.told("mail") == []


def test_who_joined_later_was_told_nothing_and_gets_none(house):
    """A correction of something unheard of would be its first announcement."""
    told(house, A)
    with_recipients(house, A, B)
    decided(house, "not-an-agreement")
    house.run()

    assert [to for to, _ in corrections(house)] == [A]


def test_who_left_the_list_gets_none(house):
    """They asked for no more mail."""
    told(house, A, B)
    with_recipients(house, A)
    decided(house, "not-an-agreement")
    house.run()

    assert [to for to, _ in corrections(house)] == [A]


def test_whom_the_digest_never_reached_gets_none(house):
    """It was given up; it is dead, and so is what it said."""
    told(house, A, B)
    missed = next(each for each in house.store.deliveries() if each.recipient == B)
    house.store.save_outcome(replace(missed, status=DeliveryStatus.DEAD), ())
    decided(house, "not-an-agreement")
    house.run()

    assert [to for to, _ in corrections(house)] == [A]


def test_an_edition_that_is_edited_in_place_was_no_mistake(house):
    """Somebody writes the signing into briefing.yaml: the digest was right, and nothing is told again."""
    told(house)
    (edition,) = house.parts.editions
    entry = Entry(
        "gb-1",
        sides_of("GB", "UA"),
        Stage.CONCLUDED,
        Kind.OTHER,
        title="Example Agreement No. 1 on mutual support",
        date=PartialDate.day(date(2024, 3, 1)),
    )
    house.parts = replace(
        house.parts, editions=(replace(edition, entries=(*edition.entries, entry), sha256="2"),)
    )
    house.run()
    house.run()

    assert corrections(house) == []
    assert len(house.told()) == 1


@pytest.mark.parametrize("series", ["yes", "no"])
def test_a_place_towards_the_series_that_is_decided_was_no_mistake(house, series):
    """Whether it belongs was open, or is seen otherwise; that it was signed stands."""
    told(house)
    corrected(house, "series", series)
    house.run()
    house.run()

    assert corrections(house) == []


def test_a_title_that_is_corrected_was_no_mistake_of_fact(house):
    """It is the same agreement, under its right name."""
    told(house)
    corrected(house, "title", "Example Agreement on mutual support")
    house.run()

    assert corrections(house) == []


def test_a_day_that_a_person_corrects_is_one_line(house):
    """The digest gave 1 March; the signing is not announced again."""
    told(house)
    corrected(house, "signed", "2024-03-02")
    house.run()
    house.run()
    (correction,) = delivered(house, ReportKind.CORRECTION)

    assert "The day is 2 March 2024, not 1 March 2024." in text_of(correction)
    assert len(house.told()) == 2  # told, and corrected


def test_each_telling_that_turns_out_wrong_has_its_correction(house):
    """Rejected, accepted after all, rejected again: two tellings, two corrections, each naming its own."""
    told(house)
    for action, reason in (("reject", "not-concluded"), ("accept", ""), ("reject", "not-concluded")):
        decided(house, action, reason=reason)
        house.run()
        house.run()

    assert len(delivered(house)) == 2
    assert len(corrections(house)) == 2
    assert len({report_id for _, report_id in corrections(house)}) == 2


def test_on_hold_it_waits_and_goes_out_once(house):
    """Before an election nothing leaves the house, corrections of what left before included."""
    told(house)
    (one,) = house.parts.subscriptions
    house.parts = replace(house.parts, subscriptions=(replace(one, hold=True),))
    decided(house, "not-an-agreement")
    house.run()
    assert corrections(house) == []
    house.parts = replace(house.parts, subscriptions=(one,))
    house.run()
    house.run()

    assert len(corrections(house)) == 1


def test_a_correction_speaks_of_what_is_wrong_alone(house):
    """Two signings were told, one of them is none."""
    told(house)
    signs = "signed the Agreement on security cooperation between Canada and Ukraine in Kyiv"
    house.pages[FEED.url] = feed(("1", "Canada and Ukraine sign"), ("0", "Nothing of interest"))
    house.pages["https://ministry.example/1.html"] = page(
        "Canada and Ukraine sign", f"The Prime Minister of Canada and the President of Ukraine {signs}."
    )
    house.run()
    decided(house, "not-an-agreement", next(c for c in house.store.changes() if "CA" in c.sides))
    house.run()
    house.run()
    (correction,) = delivered(house, ReportKind.CORRECTION)

    assert "Canada" in correction.subject
    assert "United Kingdom" not in correction.subject

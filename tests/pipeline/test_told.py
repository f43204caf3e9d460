"""Who is told what, once: leads that are confirmed, corrections, alerts, holds, pauses, trials, reminders."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.model import (
    Audience,
    Batch,
    Cadence,
    DeliveryStatus,
    MessagePer,
    NothingNew,
    ReportKind,
    Source,
    SourceKind,
    Subscription,
    Tell,
)
from monitor.pipeline import record
from monitor.pipeline.briefcase import Briefcase
from monitor.review import apply, decide
from monitor.sources import Sources
from tests.pipeline.conftest import FEED, REGISTER, feed, page, row, rows

PRESS = Source(
    id="press",
    kind=SourceKind.FEED,
    publisher="The Example Wire",
    url="https://wire.example/feed.atom",
    lang="en",
    official=False,
    licence="example",
)
SIGNED = (
    "signed the Agreement on security cooperation between Canada and Ukraine in Kyiv on 21 February 2024."
)


def subscribed(house, *subscriptions, **values):
    """The house with these subscriptions, or with one of these values."""
    one = Subscription("all", "example", Audience.REVIEWERS, "files", ("reports",))
    house.parts = replace(house.parts, subscriptions=subscriptions or (replace(one, **values),))
    return house


def delivered(house, kind=ReportKind.DIGEST):
    """The reports of a kind that were delivered, in order."""
    return [report for report, _ in house.channels["files"].delivered if report.kind is kind]


def text_of(report):
    """A report as plain text on one line."""
    return " ".join(report.rendering(".txt").content.decode().split())


def decided(house, action, change=None, reason=""):
    """A person's decision on the only change, or on its agreement."""
    (change,) = [change] if change else house.store.changes()
    now = house.clock.now()
    if action != "not-an-agreement":
        decision = decide(
            action, change, by="A. Reviewer", at=now, reason=reason, seen_version=change.version
        )
        house.store.save(Batch(at=now, decisions=(decision,), changes=(apply(decision, change),)))
        return
    agreement = house.store.agreement(change.agreement_id)
    decision = decide(action, agreement, by="A. Reviewer", at=now, reason=reason)
    record(house.parts, Batch(now, decisions=(decision,)), decisions=(decision,), sides=(agreement.sides,))


@pytest.fixture
def with_press(house):
    """A house that reads a press agency too, which reports a signing by Canada."""
    house.parts = replace(house.parts, sources=Sources((REGISTER, FEED, PRESS)))
    house.pages[PRESS.url] = feed(("p1", "Canada signs"))
    house.pages["https://ministry.example/p1.html"] = page(
        "Canada signs", f"The Prime Minister of Canada and the President of Ukraine {SIGNED}"
    )
    return house


def official_word(house):
    """The ministry publishes the signing as well."""
    house.pages[FEED.url] = feed(("1", "Canada and Ukraine sign"), ("0", "Nothing of interest"))
    house.pages["https://ministry.example/1.html"] = page(
        "Canada and Ukraine sign", f"Today the Prime Minister and the President of Ukraine {SIGNED}"
    )


class TestLeads:
    """A rumour that is confirmed is one line, not a second announcement."""

    def test_a_lead_that_was_told_is_confirmed_in_one_line(self, with_press):
        """Who read the rumour in an earlier digest must not take the confirmation for another agreement."""
        house = with_press
        house.run()
        official_word(house)
        house.run()
        first, second = delivered(house)

        assert "Press only" in text_of(first)
        assert "now confirmed by Example Ministry" in text_of(second)
        assert "signing by Canada confirmed" in second.subject

    def test_to_whom_the_lead_was_not_told_the_signing_is_news(self, with_press):
        """Readers who are told of confirmed signings only never heard the rumour."""
        house = subscribed(with_press, audience=Audience.READERS, tell=Tell.CONFIRMED)
        house.run()
        official_word(house)
        house.run()
        rumour, news = delivered(house)

        assert rumour.changes == ()
        assert "Canada signed" in news.subject


class TestDroppedLeads:
    """A rumour of spring must not stand in every digest of the year; that it is dropped is said once."""

    @pytest.fixture
    def dropped(self, with_press):
        """A house that told the rumour, and then nobody said so again for 91 days."""
        house = subscribed(with_press, nothing_new=NothingNew.SEND)
        house.run()
        house.clock.advance(days=91)
        house.run()
        return house

    def test_the_next_digest_says_so_once(self, dropped):
        """Whoever noted the rumour learns that nothing came of it, as far as is known."""
        dropped.clock.advance(days=1)
        dropped.run()
        _, second, third = (text_of(each) for each in delivered(dropped))

        assert (
            "The signing by Canada on 21 February 2024, told as reported only on 21 February 2024" in second
        )
        assert "no new report within 90 days, so it is dropped" in second
        assert "is dropped" not in third

    def test_it_stands_no_longer(self, dropped):
        """No count, no list and no reminder has it any more."""
        (change,) = dropped.store.changes()
        case = Briefcase(dropped.parts, dropped.parts.editions[0])

        assert case.standing == ()
        assert change.id in case.lapsed

    def test_a_later_official_word_confirms_it(self, dropped):
        """It was true: one line names the digest that gave it as a rumour."""
        official_word(dropped)
        dropped.clock.advance(days=1)
        dropped.run()
        text = text_of(delivered(dropped)[-1])

        assert "now confirmed by Example Ministry" in text
        assert "gave it as reported only" in text

    def test_what_stands_again_is_told_again(self, dropped):
        """Somebody waits longer now: it is a lead as it was, and those who were told of its end learn so."""
        dropped.parts = replace(dropped.parts, lead_days=200)
        dropped.run()

        assert "Press only" in text_of(delivered(dropped)[-1])

    def test_nobody_is_told_of_the_end_of_what_they_never_heard_of(self, with_press):
        """Readers who are told of confirmed signings only."""
        house = subscribed(with_press, tell=Tell.CONFIRMED, nothing_new=NothingNew.SEND)
        house.run()
        house.clock.advance(days=91)
        house.run()

        assert "is dropped" not in text_of(delivered(house)[-1])


@pytest.fixture
def two_voices(house):
    """A house that reads the ministry of Canada and the President of Ukraine, on one host."""
    ukraine = replace(PRESS, id="ua", publisher="Example President", voice="UA", official=True)
    house.parts = replace(house.parts, sources=Sources((REGISTER, FEED, ukraine)))
    house.pages[PRESS.url] = feed(("u0", "Nothing of interest"))
    house.pages["https://ministry.example/u0.html"] = page("Nothing of interest", "A bridge was painted.")
    return house


def president_says(house, day=21):
    """The President of Ukraine publishes the signing."""
    title = f"Ukraine and Canada signed on {day} February"
    house.pages[PRESS.url] = feed(("u1", title))
    house.pages["https://ministry.example/u1.html"] = page(
        title,
        f"The Prime Minister of Canada and the President of Ukraine {SIGNED}".replace("21 Feb", f"{day} Feb"),
    )


def reads_later(house):
    """What is fetched from now on is a later version of its page."""
    house.clock.advance(hours=1)
    house.parts.fetcher.now = house.clock.now()


class TestConfirmations:
    """A signing told on one side's word is told once more, in a line, when the other side says so."""

    def test_the_other_side_confirms_in_one_line(self, two_voices):
        """Who was told "one government" learns that it is both; nobody is told of a second signing."""
        house = two_voices
        official_word(house)
        house.run()
        president_says(house)
        house.run()
        house.run()
        first, second = delivered(house)

        assert "Canada signed, one side says" in first.subject
        assert second.subject.endswith("signing by Canada confirmed by both sides")
        assert "now confirmed by Example President" in text_of(second)
        assert delivered(house, ReportKind.CORRECTION) == []

    def test_who_was_told_on_both_words_hears_nothing_more(self, two_voices):
        """A third page that says the same is no news."""
        house = two_voices
        official_word(house)
        president_says(house)
        house.run()
        president_says(house)
        house.pages[FEED.url] = feed(("1", "Canada and Ukraine sign"), ("0", "Nothing of interest"))
        house.run()

        assert len(delivered(house)) == 1

    def test_a_correction_after_a_confirmation_names_the_first_telling(self, two_voices):
        """That is where the statement stands which people have quoted."""
        house = two_voices
        official_word(house)
        house.run()
        president_says(house)
        house.run()
        decided(house, "not-an-agreement")
        house.run()
        house.run()
        (correction,) = delivered(house, ReportKind.CORRECTION)

        assert f"(“{delivered(house)[0].subject}”)" in text_of(correction)

    def test_a_second_voice_that_gives_another_day_is_one_line_with_both(self, two_voices):
        """Neither a correction, since one side still says so, nor a further step of the agreement."""
        house = two_voices
        president_says(house, day=22)
        house.run()
        official_word(house)
        house.run()
        house.run()
        _, second = delivered(house)

        assert "Signed 21 or 22 February 2024, now confirmed by Example Ministry" in text_of(second)
        assert "sources disagree" in text_of(second)
        assert "step further" not in text_of(second)
        assert delivered(house, ReportKind.CORRECTION) == []

    def test_a_day_that_the_sides_dispute_is_settled_in_one_line(self, two_voices):
        """Canada says the 21st, Ukraine the 22nd; then Ukraine mends its page."""
        house = two_voices
        official_word(house)
        president_says(house, day=22)
        house.run()
        president_says(house, day=21)
        house.run()
        house.run()
        first, second = delivered(house)

        assert "21 or 22 February 2024 (sources disagree)" in text_of(first)
        assert second.subject.endswith("day of the signing by Canada settled")
        assert delivered(house, ReportKind.CORRECTION) == []

    def test_a_side_that_contradicts_a_told_day_only_later_is_one_line_with_both(self, two_voices):
        """No new voice and no correction: one of those who said so now gives another day."""
        house = two_voices
        official_word(house)
        reads_later(house)
        president_says(house, day=21)
        house.run()
        reads_later(house)
        president_says(house, day=22)
        house.run()
        house.run()
        _, second = delivered(house)

        assert second.subject.endswith("day of the signing by Canada disputed")
        assert "Signed 21 or 22 February 2024, on which sources now disagree" in text_of(second)
        assert "the digest of 21 February 2024 gave 21 February 2024" in text_of(second)
        assert delivered(house, ReportKind.CORRECTION) == []

    def test_a_day_that_is_settled_after_that_is_one_line_again(self, two_voices):
        """Whoever read that sources disagree learns that they do so no longer."""
        house = two_voices
        official_word(house)
        for day in (21, 22, 21):
            reads_later(house)
            president_says(house, day=day)
            house.run()
        *_, last = delivered(house)

        assert last.subject.endswith("day of the signing by Canada settled")


class TestCorrections:
    """What a report stated as confirmed and does not hold is corrected once, with the report named."""

    def test_what_is_no_agreement_after_all_is_taken_back_once(self, house):
        """A reader has forwarded it; silence would leave it standing."""
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        decided(house, "not-an-agreement")
        for _ in range(3):
            house.run()
        (correction,) = delivered(house, ReportKind.CORRECTION)
        (digest,) = delivered(house)

        assert f"(“{digest.subject}”) said that the United Kingdom signed" in text_of(correction)
        assert "a reviewer has found that it is no agreement" in text_of(correction)
        assert correction.subject.startswith("[example] Correction to the digest of 21 February 2024")

    def test_what_was_never_told_is_not_corrected(self, house):
        """A correction of something unheard of would be its first announcement."""
        subscribed(house, cadence=Cadence.WEEKLY)
        house.run()
        house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
        house.run()
        decided(house, "not-an-agreement")
        house.clock.advance(days=8)
        house.run()

        assert delivered(house, ReportKind.CORRECTION) == []
        assert house.told() == []

    def test_a_rumour_that_comes_to_nothing_needs_no_correction(self, with_press):
        """It was told as a rumour."""
        with_press.run()
        decided(with_press, "not-an-agreement")
        with_press.run()

        assert delivered(with_press, ReportKind.CORRECTION) == []

    def test_a_day_that_was_given_wrongly_is_corrected(self, house):
        """The register mends its date: whoever quoted the old one must learn of it."""
        house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1, "2024-03-01"))
        house.run()
        house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1, "2024-03-04"))
        house.run()
        house.run()
        (correction,) = delivered(house, ReportKind.CORRECTION)

        assert "The day is 4 March 2024, not 1 March 2024." in text_of(correction)
        assert len(delivered(house)) == 1

    def test_talks_that_go_on_correct_nothing(self, house):
        """The day of talks is that of the last that was heard of them."""
        for number, day in ((1, 21), (2, 24)):
            house.pages[FEED.url] = feed((str(number), "Talks"), ("0", "Nothing of interest"))
            house.pages[f"https://ministry.example/{number}.html"] = page(
                "Canada and Ukraine continue talks on a security agreement",
                f"On {day} February 2024 Canada and Ukraine held a further round of negotiations on"
                " a bilateral security agreement in Ottawa.",
            )
            house.run()
            house.clock.advance(days=3)

        assert delivered(house, ReportKind.CORRECTION) == []

    def test_a_rejection_of_what_was_told_is_a_correction_to_those_who_were_told(self, house):
        """Readers who get everything were told before the reviewer looked."""
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        decided(house, "reject", reason="not-concluded")
        house.run()
        (correction,) = delivered(house, ReportKind.CORRECTION)

        assert "a reviewer has looked at the evidence and rejected it" in text_of(correction)

    def test_what_was_taken_back_and_is_true_after_all_is_told_again(self, house):
        """A rejection that was a mistake is undone; silence would leave the correction standing."""
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        decided(house, "reject", reason="not-concluded")
        house.run()
        decided(house, "accept")
        house.run()
        house.run()

        assert len(delivered(house, ReportKind.CORRECTION)) == 1
        assert [len(report.changes) for report in delivered(house)] == [1, 1]

    def test_a_rejection_that_only_leaves_it_out_here_corrects_nothing(self, house):
        """It is true; it does not matter to this briefing."""
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        decided(house, "reject", reason="outside")
        house.run()

        assert delivered(house, ReportKind.CORRECTION) == []

    def test_a_new_edition_that_settles_a_change_corrects_nothing(self, house):
        """The briefing was revised: what the digest said is as true as before."""
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        (edition,) = house.parts.editions
        later = replace(edition, as_of=date(2024, 6, 1), sha256="2")
        house.parts = replace(house.parts, editions=(later,))
        house.run()

        assert delivered(house, ReportKind.CORRECTION) == []

    def test_two_that_turn_out_to_be_one_are_corrected(self, house):
        """Whoever counted them counted one too many."""
        house.pages[REGISTER.url] = rows(row(1), row(2, "2024-05-05"))
        house.run()
        first, second = house.store.agreements(party="GB")[-2:]
        now = house.clock.now()
        decision = decide("merge", first, by="A. Reviewer", at=now, values={"other": second.id})
        record(house.parts, Batch(now, decisions=(decision,)), decisions=(decision,), sides=(first.sides,))
        house.run()
        house.run()
        (correction,) = delivered(house, ReportKind.CORRECTION)

        assert "it is the same agreement as" in text_of(correction)
        _, dispute = delivered(house)
        assert dispute.subject.endswith("day of the signing by the United Kingdom disputed")


class TestPolicies:
    """Who is told what, and when."""

    def test_what_was_on_hold_goes_out_as_one_digest(self, house):
        """Before elections nothing leaves the house; afterwards one digest does, not ten."""
        subscribed(house, audience=Audience.READERS, hold=True)
        for number in (1, 2, 3):
            house.pages[REGISTER.url] = rows(*(row(each) for each in range(1, number + 1)))
            house.run()
        assert delivered(house) == []
        subscribed(house, audience=Audience.READERS, hold=False)
        house.run()
        house.run()

        assert [len(report.changes) for report in delivered(house)] == [3]

    @pytest.mark.parametrize("silence", ["hold", "paused"])
    def test_a_correction_waits_for_the_end_of_a_hold_and_reviewers_know(self, house, silence):
        """Nothing leaves the house in an election; whoever was told wrongly must learn of it all the same."""
        readers = Subscription("readers", "example", Audience.READERS, "files", ("readers",))
        desk = Subscription("desk", "example", Audience.REVIEWERS, "files", ("desk",))
        subscribed(house, readers)
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        decided(house, "not-an-agreement")
        subscribed(house, replace(readers, **{silence: True}), desk)
        house.run()
        assert delivered(house, ReportKind.CORRECTION) == []
        assert "1 correction waits until the subscription readers is" in text_of(delivered(house)[-1])

        subscribed(house, readers)
        house.run()
        (correction,) = delivered(house, ReportKind.CORRECTION)

        assert correction.subscription_id == "readers"

    def test_what_was_found_in_a_pause_is_counted_not_told(self, house):
        """A pause is not a hold; but a gap in what is told must be said."""
        house.run()
        subscribed(house, paused=True)
        house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
        house.run()
        subscribed(house, paused=False)
        house.clock.advance(days=1)
        house.run()
        last = delivered(house)[-1]

        assert last.changes == ()
        assert "1 change that was found while this subscription was paused is not told here" in text_of(last)

    def test_a_trial_goes_to_the_testers_and_going_live_tells_everything(self, house):
        """Trying a subscription must neither mail its readers nor swallow what they are to be told."""
        real = Subscription("real", "example", Audience.READERS, "files", ("readers",))
        trial = replace(real, id="real.test", recipients=("testers",), test=True)
        subscribed(house, replace(real, hold=True), trial)
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        tried = list(house.channels["files"].delivered)
        subscribed(house, real)
        house.run()
        live = house.channels["files"].delivered[len(tried) :]

        assert [(report.subject[:6], delivery.recipient) for report, delivery in tried] == [
            ("[TEST]", "testers")
        ]
        assert [(len(report.changes), delivery.recipient) for report, delivery in live] == [(1, "readers")]

    def test_one_message_a_change(self, house):
        """For those who file each agreement by itself."""
        subscribed(house, message=MessagePer.CHANGE)
        house.pages[REGISTER.url] = rows(row(1), row(2))
        house.run()
        house.run()

        assert [len(report.changes) for report in delivered(house)] == [1, 1]

    def test_a_new_subscription_begins_with_all_that_the_edition_lacks(self, house):
        """ "Nothing new" to somebody who was never told anything would be false comfort."""
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        subscribed(house, Subscription("new", "example", Audience.READERS, "files", ("new",)))
        house.run()

        assert len(delivered(house)[-1].changes) == 1

    def test_what_is_rejected_before_the_digest_is_due_is_not_told(self, house):
        """A reviewer was quicker than the week."""
        subscribed(house, audience=Audience.READERS, cadence=Cadence.WEEKLY)
        house.run()
        house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
        house.run()
        decided(house, "reject")
        house.clock.advance(days=7)
        house.run()
        house.clock.advance(days=7)
        house.run()

        assert [report.changes for report in delivered(house)] == [(), (), ()]

    def test_only_what_a_reviewer_accepted(self, house):
        """A committee's secretary may want nothing less."""
        subscribed(house, audience=Audience.READERS, tell=Tell.ACCEPTED, nothing_new=NothingNew.SKIP)
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        assert delivered(house) == []
        decided(house, "accept")
        house.run()

        assert [len(report.changes) for report in delivered(house)] == [1]

    def test_readers_wait_for_a_second_source_where_a_reviewer_asked_for_one(self, house):
        """Reviewers see it all the time."""
        subscribed(house, audience=Audience.READERS, cadence=Cadence.DAILY)
        house.run()
        house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
        house.run()
        decided(house, "needs-second-source")
        house.clock.advance(days=2)
        house.run()

        assert house.told() == []


class TestAlerts:
    """What cannot wait is told at once, and the digest tells it in full."""

    def test_an_urgent_signing_is_told_at_once_and_in_the_digest(self, house):
        """The United Kingdom is the reader's own state."""
        subscribed(house, audience=Audience.READERS, cadence=Cadence.WEEKLY, urgent=True)
        house.run()
        house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1, "2024-02-21"))
        house.run()
        house.run()
        (alert,) = delivered(house, ReportKind.ALERT)
        house.clock.advance(days=7)
        house.run()

        assert alert.subject == "[example] Urgent: The United Kingdom signed"
        assert delivered(house)[-1].changes == alert.changes
        assert len(delivered(house, ReportKind.ALERT)) == 1

    def test_old_news_is_not_urgent(self, house):
        """A register that is read for the first time would ring a year of bells."""
        subscribed(house, audience=Audience.READERS, cadence=Cadence.WEEKLY, urgent=True)
        house.clock.advance(days=60)
        house.pages[REGISTER.url] = rows(row(1))
        house.run()

        assert delivered(house, ReportKind.ALERT) == []

    def test_what_was_alerted_and_does_not_hold_is_corrected(self, house):
        """Whoever was alarmed is told, though the digest never came."""
        subscribed(house, audience=Audience.READERS, cadence=Cadence.WEEKLY, urgent=True)
        house.run()
        house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1, "2024-02-21"))
        house.run()
        decided(house, "not-an-agreement")
        house.run()

        assert len(delivered(house, ReportKind.CORRECTION)) == 1


class TestReminders:
    """Reviewers who are silent are reminded, then a deputy too."""

    def test_reviewers_are_reminded_and_after_twice_the_time_a_deputy(self, house):
        """Readers' mail says that changes wait; somebody must come and look."""
        subscribed(house, remind_after_days=3, deputies=("deputy",))
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        reminded = []
        for _ in range(8):
            house.clock.advance(days=1)
            before = len(house.channels["files"].delivered)
            house.run()
            new = house.channels["files"].delivered[before:]
            reminded.append([d.recipient for r, d in new if r.kind is ReportKind.REMINDER])

        assert reminded == [[], [], ["reports"], [], [], ["reports", "deputy"], [], []]

    def test_nobody_is_reminded_of_what_was_put_off(self, house):
        """Deferring is an answer."""
        subscribed(house, remind_after_days=3)
        house.pages[REGISTER.url] = rows(row(1))
        house.run()
        decided(house, "defer")
        house.clock.advance(days=10)
        house.run()

        assert delivered(house, ReportKind.REMINDER) == []


class TestPeriodic:
    """Health, state and table come by their own calendar."""

    @pytest.mark.parametrize("kind", [ReportKind.HEALTH, ReportKind.STATE, ReportKind.TABLE])
    def test_each_comes_once_a_period(self, house, kind):
        """Whatever was found meanwhile."""
        subscribed(house, report=kind, cadence=Cadence.DAILY)
        house.pages[REGISTER.url] = rows(row(1))
        for _ in range(3):
            house.run()
        house.clock.advance(days=1)
        house.run()

        assert len(delivered(house, kind)) == 2
        assert house.store.pending("all") == ()


def test_a_report_that_cannot_be_written_stops_no_other(house):
    """A broken template of the alert must not cost the digest."""
    from monitor.app.loading import load_shipped_templates
    from monitor.pipeline import Press, write_reports
    from monitor.reports import Masthead

    subscribed(house, audience=Audience.READERS, cadence=Cadence.DAILY, urgent=True)
    house.pages[REGISTER.url] = rows(row(1, "2024-02-21"))
    templates = load_shipped_templates() | {"alert.md.j2": "{{ d.nonsense }}"}
    import zoneinfo

    from monitor.pipeline import poll_due

    house.clock.advance(hours=1)
    poll_due(house.parts, all_now=True)
    written = write_reports(house.parts, Press(templates, Masthead(), zoneinfo.ZoneInfo("UTC")))

    assert [report.kind for report in written.reports] == [ReportKind.DIGEST]
    assert "templates/alert.md.j2:1" in written.failed[0][1]


def test_dead_deliveries_are_told_to_reviewers(house):
    """D11: nothing is dropped quietly; the next report says that something never arrived."""
    house.run()
    (delivery,) = house.store.deliveries()
    house.store.save_outcome(replace(delivery, status=DeliveryStatus.DEAD), ())
    house.clock.advance(days=1)
    house.run()

    assert "1 delivery of reports failed for good" in text_of(delivered(house)[-1])


def test_half_an_hour_later_nothing_is_sent_again(house):
    """D7: a restart with nothing changed is no mail."""
    house.pages[REGISTER.url] = rows(row(1))
    house.run()
    sent = len(house.channels["files"].delivered)
    house.clock._now += timedelta(minutes=30)
    house.run()

    assert len(house.channels["files"].delivered) == sent

"""Alerts, corrections and reminders: short, attributed, and naming what they are about."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.model import Audience, ChangeKind, PartialDate, ReportKind, Scope, Stage, Word
from monitor.reports import Earlier, Wrong, make_report
from tests.reports import sample
from tests.reports.sample import UNTIL, Week


def printed(templates, kind, material, suffix=".txt", audience=Audience.READERS):
    """A report of a kind, in one form."""
    report = make_report(material, sample.occasion(audience, kind=kind, since=None), templates)
    return report.subject, report.rendering(suffix).content.decode()


def words(text):
    """How many words a reader reads; addresses are clicked, not read."""
    return len(re.sub(r"https?://\S+|^- ", "", text, flags=re.M).split())


class TestAlert:
    """Under sixty words, the important ones first, on whose word."""

    def test_it_says_who_signed_what_on_whose_word(self, templates):
        """Everything that a busy reader needs before opening the digest."""
        week = Week()
        week.tell("QW", date(2031, 2, 22))
        subject, text = printed(templates, ReportKind.ALERT, week.material())

        assert subject == "[EX-1] Urgent: Genovia signed"
        assert "Genovia signed a ten-year security agreement with Ruritania on 22 February 2031." in " ".join(
            text.split()
        )
        assert "Text read: Government of Genovia" in text
        assert "https://qw.example/0-QW" in text

    @pytest.mark.parametrize("count", [1, 2, 5, 40])
    def test_it_stays_under_sixty_words_and_counts_what_it_leaves_out(self, templates, count):
        """A long alert is a digest that came too early."""
        week = Week()
        for number in range(count):
            week.tell(
                "QW", date(2031, 2, 22), word=Word.BOTH, title=f"Agreement {number} on long-term support"
            )
        _, text = printed(templates, ReportKind.ALERT, week.material())

        assert words(text) < 60
        left_out = count - text.count("\n- ") - text.startswith("- ")
        assert (f"{left_out} more change" in text) is (left_out > 0)

    def test_a_termination_is_told_as_such(self, templates):
        """The end of an agreement is no signing."""
        week = Week()
        week.tell("QV", date(2031, 2, 20), kind=ChangeKind.ADVANCED, stage=Stage.TERMINATED)
        subject, text = printed(templates, ReportKind.ALERT, week.material())

        assert subject == "[EX-1] Urgent: Zubrowka: terminated"
        assert "with Zubrowka: terminated 20 February 2031." in " ".join(text.split())

    def test_a_trial_is_marked(self, templates):
        """Nobody must take a test for news."""
        occasion = sample.occasion(kind=ReportKind.ALERT, trial=True)
        report = make_report(sample.one().material(), occasion, templates)

        assert report.subject.startswith("[TEST] [EX-1] Urgent:")


class TestCorrection:
    """What was said, where, and what holds instead."""

    @staticmethod
    def wrong(taken_back=True, word=Word.TEXT, said=date(2031, 2, 19), **more):
        """A week with one change that an earlier digest told."""
        week = Week()
        change = week.tell("QS", date(2031, 2, 19), word=word)
        earlier = Earlier("[EX-1] Week to 20 February 2031: Borduria signed", date(2031, 2, 20))
        earlier = replace(earlier, said=PartialDate.day(said))
        week.told.clear()
        return week, Wrong(change, earlier, taken_back, **more)

    def text(self, templates, week, wrong, **material):
        """The correction on one line."""
        subject, text = printed(templates, ReportKind.CORRECTION, week.material(wrong=(wrong,), **material))
        return subject, " ".join(text.split())

    def test_it_names_the_report_that_was_wrong(self, templates):
        """Whoever forwarded it must find it again."""
        subject, text = self.text(templates, *self.wrong())

        assert subject == "[EX-1] Correction to the digest of 20 February 2031: Borduria"
        assert (
            "The report of 20 February 2031 (“[EX-1] Week to 20 February 2031: Borduria signed”) said that"
            " Borduria signed “Agreement on security cooperation” on 19 February 2031." in text
        )

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            pytest.param({}, "the sources that said so do not say so any more", id="sources-changed"),
            pytest.param(
                {"rejected": True}, "a reviewer has looked at the evidence and rejected it", id="rejected"
            ),
            pytest.param(
                {"merged_into": "Pact of Zenda"}, "it is the same agreement as “Pact of Zenda”", id="merged"
            ),
        ],
    )
    def test_it_says_why_it_does_not_hold(self, templates, change, words):
        """ "We were wrong" without a reason invites a call."""
        week, wrong = self.wrong(**change)

        assert words in self.text(templates, week, wrong)[1]

    def test_what_is_only_reported_now_is_said(self, templates):
        """A ministry took its page down; the press still says so."""
        week, wrong = self.wrong()
        lead = replace(wrong.change, id="c-lead", kind=ChangeKind.LEAD, word=Word.PRESS)

        assert "it is only reported" in self.text(templates, week, wrong, earlier=(lead,))[1]

    def test_what_is_no_agreement_is_said(self, templates):
        """A person decided so."""
        week, wrong = self.wrong()
        key = wrong.change.agreement_id
        week.agreements[key] = replace(week.agreements[key], stage=Stage.UNRELATED)

        assert "a reviewer has found that it is no agreement" in self.text(templates, week, wrong)[1]

    def test_a_wrong_day_is_mended_with_its_quotation(self, templates):
        """The new day is a claim like any other: quoted and linked."""
        week, wrong = self.wrong(taken_back=False, said=date(2031, 2, 12))
        _, text = self.text(templates, week, wrong)

        assert "signed “Agreement on security cooperation” on 12 February 2031." in text
        assert "The day is 19 February 2031, not 12 February 2031." in text
        assert sample.QUOTES["en"].format(place="Strelsau") in text


class TestReminder:
    """Which changes wait, since when, and what to type."""

    def test_it_lists_what_waits_the_longest_waiting_first(self, templates):
        """The oldest is the most embarrassing."""
        week = sample.three()
        week.told[2] = replace(week.told[2], first_seen=UNTIL - timedelta(days=9))
        subject, text = printed(templates, ReportKind.REMINDER, week.material(), audience=Audience.REVIEWERS)

        assert subject == "[EX-1] 3 changes await review, the oldest since 14 February 2031"
        assert text.index(week.told[2].id) < text.index(week.told[0].id)
        assert f"monitor review show {week.told[0].id}" in text

    def test_beyond_twenty_it_counts(self, templates):
        """A reminder of three hundred lines reminds nobody."""
        _, text = printed(templates, ReportKind.REMINDER, sample.many(30).material())

        assert text.count("monitor review show") == 20
        assert "And 10 more" in text


class TestToldBefore:
    """A digest knows what its recipients were told."""

    def test_a_signing_that_was_told_is_no_news_but_what_is_new_of_it(self, digest):
        """In June it enters into force: "Borduria signed" would be a second announcement."""
        week = Week()
        change = week.tell("QS", date(2031, 2, 19), stage=Stage.CONCLUDED)
        before = {change.id: Earlier("x", date(2031, 2, 20), change.date)}
        made = digest(week, before=before)

        assert made.concluded == ()
        assert [row.happened for row in made.advanced] == ["Signed 19 February 2031"]
        assert "Updates the digest of 20 February 2031" in made.advanced[0].notes
        assert "signed;" not in made.subject

    def test_outside_the_series_too(self, digest):
        """It moves to those that moved on."""
        week = Week()
        change = week.tell("QS", date(2031, 2, 19), scope=Scope.OTHER)
        made = digest(week, before={change.id: Earlier("x", date(2031, 2, 20), change.date)})

        assert (made.others, len(made.others_moved)) == ((), 1)

    def test_a_confirmation_names_who_confirms(self, digest):
        """One line: what was a rumour, and on whose word it stands now."""
        rumour = sample.three().told[1]
        week = Week()
        confirmed = week.tell("QT", date(2031, 2, 21), word=Word.BOTH)
        week.told[0] = replace(confirmed, supersedes=rumour.id)
        (line,) = digest(week, earlier=(rumour,)).confirmed

        assert line.happened == (
            "Signed 21 February 2031, now confirmed by the Government of Syldavia"
            " and the Government of Ruritania"
        )

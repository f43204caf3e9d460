"""What was told before and stands on more now is one line; a day that the sides dispute is never picked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.model import (
    Basis,
    ChangeKind,
    Claimed,
    Conflict,
    Fault,
    Life,
    LookedAt,
    PartialDate,
    Scope,
    Stage,
    Word,
)
from monitor.reports import Earlier
from tests.reports import sample
from tests.reports.sample import UNTIL, Week

TOLD = date(2031, 2, 20)
DAY = date(2031, 2, 19)


def grown(digest, ground, *, told=("QR",), said=DAY, **more):
    """The digest of a signing by Borduria that was told on ``told`` and stands on ``ground`` as well."""
    week = Week()
    change = week.tell("QS", DAY, word=Word.BOTH, **more)
    before = {change.id: Earlier("x", TOLD, said and PartialDate.parse(str(said)), told)}
    return digest(week, before=before, grown={change.id: ground})


class TestConfirmations:
    """One voice was told; another one joins it."""

    def test_the_partner_confirms_in_one_line(self, digest):
        """Who says so now, and on whose word alone it was told."""
        made = grown(digest, ("QS",), told=("QR", "day"))
        (line,) = made.confirmed

        assert line.happened == (
            "Signed 19 February 2031, now confirmed by the Government of Borduria;"
            " the digest of 20 February 2031 gave it on the word of Ruritania alone"
        )
        assert made.lead[0] == (
            "Borduria now confirms its signing on 19 February 2031,"
            " which the digest of 20 February 2031 gave on the word of Ruritania alone."
        )
        assert "signing by Borduria confirmed by both sides" in made.subject

    def test_it_is_no_second_announcement(self, digest):
        """Neither a row among those who signed, nor statements that go out of date once more."""
        made = grown(digest, ("QS",), aged=(sample.Aged("sum-2", sample.How.SUPERSEDED),))

        assert (made.concluded, made.out_of_date, made.still_right) == ((), (), ())
        assert not any("legally binding" in line for line in made.not_established)

    def test_only_the_new_voice_is_quoted_to_readers(self, digest):
        """The other was quoted when it was told."""
        assert {each.publisher for each in grown(digest, ("QS",)).quotations} == {"Government of Borduria"}

    def test_one_side_confirms_several(self, digest):
        """Three signings told without Ruritania, whose site answers again: one sentence."""
        week = Week()
        changes = [week.tell(party, DAY, word=Word.BOTH) for party in ("QS", "QT", "QU")]
        before = {each.id: Earlier("x", TOLD, each.date, (each.sides[1], "day")) for each in changes}
        made = digest(week, before=before, grown={each.id: ("QR",) for each in changes})

        assert made.lead[0] == (
            "Ruritania now confirms the signing by Borduria (19 February), Syldavia (19 February) and"
            " Freedonia (19 February), told before without Ruritania."
        )
        assert len(made.confirmed) == 3

    def test_a_text_that_was_read_since(self, digest):
        """It outweighs any release, and changes nothing of what was told."""
        made = grown(digest, ("text",), told=("QR", "QS", "day"))

        assert "whose text has now been read" in made.confirmed[0].happened
        assert made.lead[0] == "The text of the agreement with Borduria has now been read."

    def test_a_rumour_names_the_digest_that_gave_it(self, digest):
        """A reader finds it there."""
        rumour = sample.three().told[1]
        week = Week()
        week.told.append(replace(week.tell("QT", DAY, word=Word.BOTH), supersedes=rumour.id))
        del week.told[0]
        rumours = {week.told[0].id: Earlier("x", TOLD, week.told[0].date)}
        made = digest(week, earlier=(rumour,), rumours=rumours)

        assert "which the digest of 20 February 2031 gave as reported only, is now confirmed" in made.lead[0]
        assert made.confirmed[0].happened.endswith("the digest of 20 February 2031 gave it as reported only")

    def test_what_was_decided_is_not_put_to_reviewers_again(self, digest):
        """They accepted it on one voice; a second asks nothing of them."""
        week = Week()
        change = replace(week.tell("QS", DAY, word=Word.BOTH), life=Life.DECIDED)
        week.told[0] = change
        made = digest(week, sample.Audience.REVIEWERS, grown={change.id: ("QS",)})

        assert len(made.confirmed) == 1
        assert made.to_decide == ()


@pytest.fixture
def disputed():
    """Borduria says the 19th, Ruritania the 20th."""
    week = Week()
    change = week.tell("QS", DAY, word=Word.BOTH, aged=(sample.Aged("sum-2", sample.How.SUPERSEDED),))
    one, other = change.evidence
    claims = (Claimed("2031-02-19", one), Claimed("2031-02-20", other))
    agreement = week.agreements[change.agreement_id]
    week.agreements[change.agreement_id] = replace(agreement, conflicts=(Conflict("signed", claims),))
    return week


class TestDisputedDays:
    """Two governments disagree on a day: none is picked, wherever it is given."""

    def test_both_days_stand_everywhere(self, digest, disputed):
        """In the lead, in the table, and where the briefing is out of date."""
        made = digest(disputed)

        assert "on 19 or 20 February 2031 (sources disagree)" in made.lead[0]
        assert made.concluded[0].signed == "19 or 20 February 2031: sources disagree"
        assert made.out_of_date[0].now == "Borduria signed on 19 or 20 February 2031."

    def test_the_days_are_written_out_with_who_gives_them(self, digest, disputed):
        """A day is a day, not 2031-02-19."""
        (line,) = (line for line in digest(disputed).not_established if "disagree" in line)

        assert line == (
            "Borduria, date of signature: sources disagree: 19 February 2031 (Government of Borduria);"
            " 20 February 2031 (Government of Ruritania)."
        )

    def test_two_pages_of_one_publisher_are_told_apart(self, digest, disputed):
        """ "Government of Borduria; Government of Borduria" helps nobody."""
        text, release = disputed.told[0].evidence
        both = {"publisher": "Government of Borduria"}
        disputed.findings[text] = replace(disputed.findings[text], basis=Basis.TEXT, **both)
        disputed.findings[release] = replace(disputed.findings[release], **both)
        (line,) = (line for line in digest(disputed).not_established if "disagree" in line)

        assert "(Government of Borduria, the agreement itself)" in line
        assert "(Government of Borduria, “Ruritania: Agreement on security cooperation”)" in line

    def test_the_press_puts_no_government_in_doubt(self, digest):
        """It is a conflict to be told, but the day is not open."""
        week = sample.busiest()

        assert (
            next(row for row in digest(week).concluded if row.party == "Borduria").signed
            == "22 February 2031"
        )

    def test_a_dispute_that_ends_is_one_line(self, digest):
        """Borduria corrects its page: the signing is not announced again."""
        made = grown(digest, ("day",), told=("QR", "QS"), said="2031-02-19/2031-02-20")

        assert made.confirmed[0].happened == (
            "Signed 19 February 2031, on which sources no longer disagree;"
            " the digest of 20 February 2031 gave two days, 19 and 20 February 2031"
        )
        assert "day of the signing by Borduria settled" in made.subject


class TestUnderWay:
    """Talks in a lead, and talks that have ended."""

    def test_a_lead_says_who_talks_and_on_whose_word(self, digest):
        """ "One negotiation moved" tells nothing; a rumour of talks is a rumour."""
        week = Week()
        week.tell("QX", DAY, kind=ChangeKind.UNDER_WAY, stage=Stage.ANNOUNCED_INTENT, word=Word.PRESS)
        made = digest(week)

        assert made.lead == (
            "No new signing was found.",
            "San Theodoros: intended, 19 February 2031 (press only).",
        )
        assert made.headline == "Agreement with San Theodoros intended, reports say"

    @pytest.mark.parametrize(
        ("scope", "signed", "ended"),
        [
            pytest.param(Scope.UNDECIDED, date(2031, 2, 15), True, id="signed-since"),
            pytest.param(Scope.UNDECIDED, date(2031, 2, 5), False, id="signed-before-the-talks"),
            pytest.param(Scope.SERIES, date(2031, 2, 15), False, id="another-than-that-of-the-series"),
        ],
    )
    def test_talks_that_ended_in_another_agreement_are_over(self, digest, scope, signed, ended):
        """ "No newer step was found" for months after the signing would be wrong."""
        week = Week()
        talks = week.tell(
            "QW", date(2031, 2, 10), kind=ChangeKind.UNDER_WAY, stage=Stage.NEGOTIATING, scope=scope
        )
        other = week.tell("QW", signed, scope=Scope.OTHER)
        week.told.clear()

        assert ("Genovia" not in digest(week, earlier=(talks, other)).under_way_before) is ended


class TestChecks:
    """What was and could not be checked, without saying the same for months."""

    def test_an_old_look_says_when_and_no_more(self, digest):
        """What was seen in June is no news in October; that nobody has looked since is."""
        old = UNTIL - timedelta(days=90)
        coverage = tuple(
            replace(row, manual=(LookedAt("President of Syldavia", "A", old, "three signings", "src-qt"),))
            if row.manual
            else row
            for row in sample.COVERAGE
        )
        lines = digest(Week(), coverage=coverage).checks

        assert any("President of Syldavia, last on 25 November 2030." in line for line in lines)
        assert not any("three signings" in line for line in lines)

    def test_two_sources_of_one_publisher_are_told_apart(self, digest):
        """Two pages have moved: which?"""
        notes = tuple(
            Fault(key, "UK Example", None, "has moved the page to another address", read=True)
            for key in ("page-a", "page-b")
        )
        (line,) = (line for line in digest(Week(), faults=notes).checks if "noted" in line)

        assert "UK Example (page-a), whose site" in line
        assert "UK Example (page-b), whose site" in line

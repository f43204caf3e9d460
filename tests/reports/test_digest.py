"""The editorial rules, line by line: what a digest says, and what it must not."""

import shlex
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.model import (
    Aged,
    Audience,
    Binding,
    ChangeKind,
    How,
    PartialDate,
    PartyCode,
    Procedure,
    ProcedureStep,
    Scope,
    Signature,
    Stage,
    StageReached,
    Word,
)
from monitor.reports import compose
from tests.reports import sample
from tests.reports.sample import UNTIL, Week, occasion


def others():
    """Two agreements with Genovia outside the series, one of them in force since, and one that moved on."""
    week = Week()
    week.tell("QW", date(2031, 2, 10), scope=Scope.OTHER)
    change = week.tell("QW", date(2031, 2, 12), scope=Scope.OTHER, stage=Stage.CONCLUDED)
    agreement = week.agreements[change.agreement_id]
    force = StageReached(Stage.IN_FORCE, PartialDate.day(date(2031, 2, 20)), agreement.findings, Word.TEXT)
    week.agreements[agreement.id] = replace(agreement, stages=(*agreement.stages, force))
    moved = week.tell(
        "QV",
        date(2031, 2, 18),
        scope=Scope.OTHER,
        kind=ChangeKind.ADVANCED,
        stage=Stage.IN_FORCE,
        title="Framework",
    )
    agreement = week.agreements[moved.agreement_id]
    signed = StageReached(Stage.CONCLUDED, PartialDate.day(date(2030, 5, 3)), agreement.findings, Word.TEXT)
    week.agreements[agreement.id] = replace(agreement, stages=(signed, *agreement.stages))
    return week


def told_as(digest_of, **change):
    """The digest of a week with one change."""
    week = Week()
    week.tell(**change)
    return digest_of(week)


class TestLead:
    """Subject and two sentences: most readers read nothing else."""

    def test_the_week_of_the_editorial_rules(self, digest):
        """One signing on good word and two in the press, in the shape that the rules print."""
        made = digest(sample.three())

        assert made.subject == (
            "[EX-1] Week to 23 February 2031: Borduria signed; Syldavia and Freedonia reported signed"
        )
        assert made.lead == (
            "Borduria signed a ten-year security agreement with Ruritania on 22 February 2031.",
            "Press reports say that Syldavia (21 February) and Freedonia (22 February) did so too.",
        )

    @pytest.mark.parametrize("audience", list(Audience))
    def test_one_governments_word_is_attributed(self, digest, audience):
        """One government's word is enough to alert, never enough to state."""
        made = digest(sample.one(), audience)

        assert made.subject.endswith(": Syldavia signed, one side says")
        assert made.lead[0].endswith("on 19 February 2031, according to the Government of Syldavia.")

    def test_beyond_five_names_one_sides_word_is_still_marked(self, digest):
        """A count must not hide that five of six stand on one government's word."""
        week = Week()
        for number, code in enumerate(["QS", "QT", "QU", "QV", "QX", "QY"]):
            week.tell(code, date(2031, 2, 10 + number), word=Word.ONE if number else Word.TEXT)

        assert digest(week).lead[0].endswith("and the United Republic of Nowhere on one side's word alone.")

    def test_press_alone_is_never_stated(self, digest):
        """A lead is shown and attributed, and the sentence says that nobody official confirms it."""
        made = told_as(digest, kind=ChangeKind.LEAD, word=Word.PRESS)

        assert made.subject.endswith("Borduria reported signed")
        assert made.lead[0].startswith("Press reports say that Borduria signed")
        assert made.lead[0].endswith("no official source of a party confirms it.")

    def test_beyond_five_names_a_count_stands_and_the_eu_apart(self, digest):
        """Twelve names make a subject that nobody reads; 28 countries and the EU are not 29 countries."""
        week = Week()
        for number, code in enumerate(["QS", "QT", "QU", "QV", "QX", "EU"]):
            week.tell(code, date(2031, 2, 10 + number))
        made = digest(week)

        assert made.subject.endswith(": 5 countries and the EU signed")
        assert made.lead[0] == (
            "5 countries and the EU (between 10 and 15 February 2031)"
            " signed security agreements with Ruritania."
        )

    def test_a_count_holds_none_that_may_not_belong_to_the_series(self, digest):
        """The number gets quoted; a signing whose membership nobody has decided is named beside it."""
        week = Week()
        for number, code in enumerate(["QS", "QT", "QU", "QV", "QX", "EU"]):
            week.tell(code, date(2031, 2, 10 + number))
        week.tell("QY", date(2031, 2, 20), scope=Scope.UNDECIDED)
        made = digest(week)

        assert made.subject.endswith(
            ": 5 countries and the EU signed; the United Republic of Nowhere signed, perhaps of the series"
        )
        assert made.lead[0] == (
            "5 countries and the EU (between 10 and 15 February 2031) signed security agreements with"
            " Ruritania; the United Republic of Nowhere (20 February) signed too, perhaps of the series."
        )

    def test_what_it_does_to_the_briefing_is_the_second_sentence(self, digest):
        """The researcher wants to know whether there is work to do."""
        made = told_as(digest, aged=(Aged("sum-2", How.SUPERSEDED),))

        assert made.lead[1] == "One statement of the briefing is now out of date."

    def test_a_termination_comes_first(self, digest):
        """The end of an agreement matters more than another beginning."""
        week = sample.three()
        week.tell("QV", date(2031, 2, 20), kind=ChangeKind.ADVANCED, stage=Stage.TERMINATED)
        made = digest(week)

        assert ": Zubrowka: terminated; Borduria signed;" in made.subject
        assert "with Zubrowka: terminated 20 February 2031" in made.lead[0]

    def test_a_lead_confirmed_later_is_said_in_one_line(self, digest):
        """It was announced when it was reported; announcing it again would count it twice."""
        rumour = sample.three().told[1]
        week = Week()
        confirmed = week.tell("QT", date(2031, 2, 21), word=Word.BOTH)
        week.told[0] = replace(confirmed, supersedes=rumour.id)
        made = digest(week, earlier=(rumour,))

        assert made.concluded == ()
        assert [line.party for line in made.confirmed] == ["Syldavia"]
        assert made.subject.endswith(": signing by Syldavia confirmed")

    @pytest.mark.parametrize(
        ("since", "expected"),
        [
            pytest.param(UNTIL - timedelta(days=7), "Week to 23 February 2031", id="week"),
            pytest.param(UNTIL - timedelta(days=1), "23 February 2031", id="day"),
            pytest.param(UNTIL - timedelta(days=38), "16 January to 23 February 2031", id="after-a-pause"),
            pytest.param(None, "To 23 February 2031", id="first"),
        ],
    )
    def test_the_subject_names_the_window(self, since, expected):
        """T3: after a pause the digest says which days it covers."""
        made = compose(sample.quiet().material(), occasion(since=since))

        assert made.subject == f"[EX-1] {expected}: nothing new"

    def test_days_are_local_days(self):
        """Half past midnight in London is still the day before in UTC."""
        night = datetime(2031, 6, 30, 23, 30, tzinfo=UTC)
        made = compose(sample.quiet().material(), occasion(since=night - timedelta(days=1), until=night))

        assert "1 July 2031" in made.subject


class TestTable:
    """Who signed what, when, where, and who says so."""

    def test_a_row_holds_what_the_rules_print(self, digest):
        """Country, signed, place, title, length, source."""
        row = told_as(digest, party="QS", place="Zenda").concluded[0]

        assert (row.party, row.signed, row.place, row.title, row.length) == (
            "Borduria",
            "19 February 2031",
            "Zenda",
            "Agreement on security cooperation",
            "10 years",
        )
        assert (row.source.words, [link.text for link in row.source.links]) == (
            "Text read",
            ["Government of Borduria"],
        )

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            (Word.TEXT, "Text read"),
            (Word.BOTH, "Both governments"),
            (Word.ONE, "One government"),
            (Word.THIRD, "Third-party official"),
            (Word.PRESS, "Press only"),
            (Word.PERSON, "Entered by a person"),
        ],
    )
    def test_whose_word_is_words_not_scores(self, digest, word, expected):
        """A reader can weigh "both governments"; 0.93 means nothing to them."""
        row = told_as(digest, word=word).concluded[0]

        assert row.source.words == expected

    def test_both_governments_are_both_linked(self, digest):
        """Whoever forwards the line can show both pages."""
        row = told_as(digest, word=Word.BOTH).concluded[0]

        assert [link.text for link in row.source.links] == [
            "Government of Borduria",
            "Government of Ruritania",
        ]

    @pytest.mark.parametrize(
        ("party", "expected"),
        [pytest.param("QS", "Country", id="country"), pytest.param("EU", "Party", id="eu")],
    )
    def test_the_eu_is_not_listed_under_country(self, digest, party, expected):
        """The EU is a party, never a country, in the column's heading too."""
        assert told_as(digest, party=party).party_heading == expected

    def test_an_exchange_of_letters_shows_each_day_and_is_dated_by_the_last(self, digest):
        """It is concluded on the last letter; each side's day is a fact of its own."""
        week = Week()
        change = week.tell("QS", date(2031, 2, 20))
        letters = tuple(
            Signature(PartialDate.day(day), place=place)
            for day, place in ((date(2031, 2, 12), "Zenda"), (date(2031, 2, 20), "Strelsau"))
        )
        week.agreements[change.agreement_id] = replace(week.agreements[change.agreement_id], signed=letters)

        assert digest(week).concluded[0].signed == (
            "20 February 2031 (signed 12 February 2031, Zenda and 20 February 2031, Strelsau)"
        )

    def test_a_signing_that_is_undated_says_so(self, digest):
        """No date is invented; what is missing stands under "not yet established"."""
        made = told_as(digest, day=None, kind=ChangeKind.UNDATED)

        assert made.concluded[0].signed == "not stated"
        assert "On which day the agreement with Borduria was signed." in made.not_established

    def test_lateness_is_marked(self, digest):
        """An old announcement that was only now understood is not this week's news."""
        row = told_as(digest, found_late=True).concluded[0]

        assert "Found late in an announcement of 19 February 2031" in row.notes

    def test_membership_in_doubt_is_marked(self, digest):
        """Without evidence that it belongs to the series, a person decides."""
        made = told_as(digest, scope=Scope.UNDECIDED)

        assert "May belong to the series: not decided" in made.concluded[0].notes
        assert any("belongs to the series that the briefing follows" in line for line in made.not_established)

    def test_procedures_and_force_stand_beside_the_row(self, digest):
        """Laid before Parliament and in force are not the signing; they are notes with their days."""
        week = Week()
        change = week.tell("QS")
        agreement = week.agreements[change.agreement_id]
        in_force = StageReached(Stage.IN_FORCE, PartialDate.day(date(2031, 2, 21)), (), Word.ONE)
        laid = ProcedureStep(Procedure.LAID, PartialDate.day(date(2031, 2, 20)))
        week.agreements[change.agreement_id] = replace(
            agreement, stages=(*agreement.stages, in_force), procedures=(laid,)
        )

        assert digest(week).concluded[0].notes == (
            "Laid before Parliament 20 February 2031",
            "In force since 21 February 2031",
        )


class TestNotEstablished:
    """What nobody may read into a digest."""

    def test_a_signature_settles_neither_force_nor_effect(self, digest):
        """Signed is not binding and not in force."""
        assert (
            "Whether the agreement is legally binding, and when it takes effect: a signature settles neither."
            in told_as(digest).not_established
        )

    def test_what_a_source_says_on_binding_is_not_asked_again(self, digest):
        """The tool never infers it, but repeats who says it."""
        week = Week()
        change = week.tell("QS")
        agreement = week.agreements[change.agreement_id]
        week.agreements[change.agreement_id] = replace(
            agreement, binding=Binding.NO, binding_says=("no: Government of Borduria",)
        )
        made = digest(week)

        assert "Not legally binding, says the Government of Borduria" in made.concluded[0].notes
        assert not any("legally binding" in line for line in made.not_established)

    def test_disagreement_stands_side_by_side(self, digest):
        """The tool never picks a number; both are shown with who says each, and both are quoted."""
        made = digest(sample.busiest())

        assert (
            "Borduria, date of signature: sources disagree: 22 February 2031 (Government of Borduria);"
            " 21 February 2031 (The Strelsau Courier)." in made.not_established
        )
        quoted = {
            quotation.publisher for quotation in made.quotations if quotation.about.startswith("Borduria")
        }
        assert quoted >= {"Government of Borduria", "The Strelsau Courier"}

    def test_the_side_that_has_not_spoken_is_named(self, digest):
        """Which government's word is missing tells the researcher where to look."""
        assert "Word from Ruritania on the signing by Syldavia." in digest(sample.one()).not_established


class TestStatements:
    """What the briefing now gets wrong or leaves out."""

    def test_a_statement_is_one_row_with_its_place_and_notes(self, digest):
        """The researcher must find the sentence and its footnotes."""
        rows = digest(sample.three()).out_of_date

        assert [(row.where, row.now) for row in rows] == [
            ("Summary", "Borduria signed on 22 February 2031."),
            (
                "Section 3, Who has signed?, list item (notes 4 and 5)",
                "Leaves out Borduria (signed 22 February 2031).",
            ),
        ]

    def test_several_changes_share_one_row(self, digest):
        """A row a statement, not a row a change."""
        rows = digest(sample.busiest()).out_of_date

        assert [row.now for row in rows] == [
            "The EU (20 February 2031) and Borduria (22 February 2031) signed.",
            "Leaves out the EU (signed 20 February 2031) and Borduria (signed 22 February 2031).",
        ]

    def test_beyond_five_a_statement_names_a_count(self, digest):
        """Twelve names in a cell are a list, not a position."""
        week = Week()
        for number, code in enumerate(["QS", "QT", "QU", "QV", "QX", "EU"]):
            week.tell(code, date(2031, 2, 10 + number), aged=(Aged("s3-1", How.INCOMPLETE),))

        assert digest(week).out_of_date[0].now == (
            "Leaves out 5 countries and the EU (signed by 15 February 2031)."
        )

    def test_a_rumour_ages_nothing(self, digest):
        """Press only is never counted, so no sentence is wrong because of it."""
        made = told_as(digest, kind=ChangeKind.LEAD, word=Word.PRESS, aged=(Aged("sum-2", How.SUPERSEDED),))

        assert made.out_of_date == ()

    def test_a_first_stays_a_first_and_other_counts_are_unaffected(self, digest):
        """Readers take these for wrong; one line saves them the look."""
        made = digest(sample.three())

        assert made.still_right == (
            "Genovia was the first country to sign: a first stays a first.",
            (
                "“30 countries that joined the Zenda declaration” is unaffected: it counts adherents to the"
                " declaration, not bilateral agreements."
            ),
        )

    def test_a_contradiction_is_reported_apart(self, digest):
        """A date that was wrong when printed is not out of date: it is a discrepancy."""
        row = digest(sample.busiest()).contradictions[0]

        assert (row.what, row.edition_says, row.sources_say) == (
            "Genovia, Trade agreement: date of signature",
            "November 2030",
            "8 October 2030",
        )


class TestOtherSections:
    """Each change stands in one section."""

    def test_every_change_of_a_busy_week_stands_somewhere(self, digest):
        """Nothing is lost between the sections."""
        week = sample.busiest()
        made = digest(week)
        sections = (
            made.concluded,
            made.confirmed,
            made.advanced,
            made.contradictions,
            made.omitted,
            made.others,
            made.minor,
            made.under_way,
        )
        shown = [row.change_id for rows in sections for row in rows]

        assert sorted(shown) == sorted(change.id for change in week.told)

    def test_other_agreements_signed_and_moved_on_stand_apart(self, digest):
        """A signature and an entry into force are not one kind of news, and no stage bears another's day."""
        made = digest(others())

        assert [row.happened for row in made.others] == [
            "Signed 10 February 2031",
            "Signed 12 February 2031; in force since 20 February 2031",
        ]
        assert [row.happened for row in made.others_moved] == [
            "In force since 18 February 2031 (signed 3 May 2030)"
        ]
        assert made.subject.endswith(
            ": 2 other agreements with Genovia signed; 1 other agreement with Zubrowka in force"
        )

    def test_the_lead_says_who_signed_what_outside_the_series(self, digest):
        """ "Two other agreements are new or changed" names nothing that matters."""
        assert digest(others()).lead == (
            (
                "Genovia and Ruritania signed two other agreements, outside the series that the briefing"
                " follows."
            ),
            "“Framework” with Zubrowka: in force since 18 February 2031 (signed 3 May 2030).",
        )

    def test_a_first_digest_says_since_when(self):
        """It covers everything since the edition's cut-off, not a week."""
        made = compose(others().material(), occasion(since=None))

        assert made.lead[0].startswith("Since 1 February 2031 Genovia and Ruritania have signed two")

    def test_one_other_agreement_is_named_with_whose_word_it_is(self, digest):
        """A single one is worth its title; what one side says is attributed in a lead too."""
        week = Week()
        week.tell("QV", date(2031, 2, 12), scope=Scope.OTHER, word=Word.ONE, title="Pact on grain")

        assert digest(week).lead[0] == (
            "Zubrowka and Ruritania signed “Pact on grain” on 12 February 2031, according to the Government"
            " of Zubrowka, outside the series that the briefing follows."
        )

    def test_letters_of_intent_close_the_list_but_the_readers_own_states_show(self, digest):
        """The reader's own state always shows."""
        week = Week()
        for party in ("QV", "QW"):
            week.tell(party, scope=Scope.OTHER, instrument="letter of intent")
        made = digest(week)

        assert [row.party for row in made.others] == ["Genovia"]
        assert [row.party for row in made.minor] == ["Zubrowka"]

    def test_a_party_that_is_reported_to_have_signed_is_not_still_in_talks(self, digest):
        """Two sentences of one mail must not contradict each other."""
        week = Week()
        week.tell("QV", kind=ChangeKind.LEAD, word=Word.PRESS)

        assert digest(week).under_way_before == "No newer step was found in the talks with San Theodoros."

    def test_talks_that_did_not_move_are_named_once(self, digest):
        """Who is still in talks by the edition, those that signed or moved this week apart."""
        made = digest(sample.busiest())

        assert [row.party for row in made.under_way] == ["San Theodoros"]
        assert made.under_way_before == "No newer step was found in the talks with Zubrowka."


class TestNothingNew:
    """The digest that is read most."""

    def test_it_is_three_honest_lines(self, digest):
        """Nothing found; what was checked and what could not be; what is under way."""
        made = digest(sample.quiet())
        found, checked, under_way = made.lead

        assert made.nothing_new
        assert found.startswith("In what could be read there was no signing in the series")
        assert checked == (
            "Read: 2 official sources of 2 countries, last on 23 February 2031, 08:42."
            " Could not be read: Freedonia Today, whose site has not answered since 3 February 2031;"
            " President of Syldavia, whose site refuses machines since 3 February 2031."
            " Looked at by hand: President of Syldavia, 22 February 2031: nothing new."
            " No official source of Freedonia could be read, and nobody has looked by hand."
        )
        assert under_way == "No newer step was found in the talks with Zubrowka and San Theodoros."

    def test_without_any_reading_it_does_not_comfort(self, digest):
        """ "Checked, nothing new" without coverage is false comfort."""
        made = digest(sample.quiet(), coverage=(), faults=())

        assert made.lead[1] == "No source has been read yet."

    def test_gaps_are_said(self, digest):
        """Items may have passed unseen: the promise is that this is said."""
        made = digest(sample.quiet(), gaps=sample.GAPS)

        assert made.checks[-1].startswith(
            "Items of src-qs may have passed unseen between 3 February 2031, 08:00"
        )


class TestAudiences:
    """Readers get what may be forwarded, reviewers what they decide on."""

    def test_readers_see_neither_ids_nor_scores_nor_commands(self, printed):
        """A hash in a forwarded mail is noise, a decision link in it an accident."""
        week = sample.busiest()
        text = printed(week, ".txt", questions=sample.QUESTIONS)

        for word in (
            "score",
            "0.97",
            "monitor review",
            "A. Archivist",
            "All 40 items",
            *(c.id for c in week.told),
        ):
            assert word not in text

    def test_nobody_reads_of_stale_or_verdicts(self, printed):
        """Out of date, not stale; no health jargon in readers' copies."""
        text = printed(sample.busiest(), ".txt").lower()

        assert not {"stale", "verdict", "hash", "suspect", "not-modified"} & set(text.split())

    def test_reviewers_get_ids_scores_reasons_and_the_commands(self, printed):
        """They decide each change with the evidence on the same screen."""
        week = sample.one()
        change = week.told[0]
        text = printed(week, ".md", Audience.REVIEWERS)

        assert f"monitor review accept {change.id} --by NAME --seen {change.version}" in text
        assert (
            "score 0.97. A verb of signing in the past tense, beside the name of an agreement; of 100 such"
            " findings about 97 are right." in text
        )
        assert week.findings["f-0-QT"].quote in text

    def test_commands_can_be_pasted_whatever_a_version_holds(self, printed):
        """A version can hold a source's words: quoted for the shell, and exact in the fenced block."""
        week = sample.one()
        week.told[0] = replace(week.told[0], version="1 March & 2 March; `rm` $HOME it's")
        text = printed(week, ".md", Audience.REVIEWERS)
        (command,) = (line for line in text.splitlines() if line.startswith("monitor review accept"))

        assert shlex.split(command)[-1] == "1 March & 2 March; `rm` $HOME it's"

    def test_readers_learn_that_reviewers_are_silent(self, printed):
        """How many changes await review, and since when."""
        text = printed(sample.quiet(), ".txt", awaiting=3, awaiting_since=sample.LONG_AGO)

        assert "3 earlier changes await review, the oldest since 3 February 2031." in text

    @pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
    def test_the_closing_line_is_the_rules(self, printed, suffix):
        """Signed does not mean in force."""
        assert "Signed does not mean in force. Times are UK time." in printed(sample.three(), suffix)


class TestIsolation:
    """D8: one poison item stops no other."""

    def test_a_change_without_evidence_is_shown_as_failed_and_not_claimed(self, digest):
        """Nothing is claimed without a quotation from a stored source, the others go out."""
        week = sample.three()
        week.told[0] = replace(week.told[0], evidence=("f-gone",))
        made = digest(week)

        assert [failed.reason for failed in made.failed] == ["its evidence is missing from the store"]
        assert "Borduria" not in made.subject + "".join(made.lead)
        assert [row.party for row in made.concluded] == ["Syldavia", "Freedonia"]

    def test_a_digest_of_nothing_but_failures_is_not_nothing_new(self, digest):
        """That would be the worst false comfort."""
        week = sample.one()
        week.told[0] = replace(week.told[0], evidence=())
        made = digest(week)

        assert not made.nothing_new
        assert made.subject.endswith(": 1 change could not be shown")
        assert made.lead[0] == "1 change could not be shown; the end of this digest says why."

    def test_an_unknown_party_is_shown_by_its_code(self, digest):
        """A missing name is no reason to lose an item."""
        assert digest(sample.three(), names={}).concluded[0].party == "QS"


def test_the_same_material_gives_the_same_id_whatever_the_order(digest):
    """A digest rendered again after a crash is the same digest."""
    week = sample.busiest()
    first = digest(week).report_id
    week.told.reverse()

    assert digest(week).report_id == first


def test_another_version_of_a_change_is_another_report(digest):
    """What a reader would notice makes another digest."""
    week = sample.one()
    first = digest(week).report_id
    week.told[0] = replace(week.told[0], version="v9")

    assert digest(week).report_id != first


def test_a_focal_party_that_is_no_side_is_not_invented(digest):
    """Both sides are named where neither is the focal party."""
    edition = replace(sample.EDITION, topic=replace(sample.EDITION.topic, focal=PartyCode("QX")))

    assert digest(sample.one(), edition=edition).concluded[0].party == "Ruritania and Syldavia"

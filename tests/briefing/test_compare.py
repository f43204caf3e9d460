"""What is a change, by the date of the event, whenever it was first seen."""

import random

import pytest

from monitor.model import (
    Basis,
    ChangeKind,
    DateOf,
    How,
    Kind,
    Level,
    Relation,
    Scope,
    Stage,
    Statement,
    Titled,
    Unit,
    Word,
)
from monitor.model import Dependency as On
from monitor.model import DependsOn as D

TALKS = {"stage": Stage.NEGOTIATING, "title": "", "date": "2030-08", "date_of": DateOf.TALKS_OPENED}
TIED = {"d-f-a-1-concluded": "They signed today.\nIt rests on the Strelsau Declaration."}


def _kinds(changes):
    return [change.kind for change in changes]


@pytest.mark.parametrize(
    ("entry", "known", "expected"),
    [
        pytest.param(None, {"concluded": "2031-02-24"}, [ChangeKind.NEW], id="signed-after-the-cut-off"),
        pytest.param(None, {"concluded": "2031-02-01"}, [ChangeKind.OMITTED], id="signed-on-the-cut-off-day"),
        pytest.param(None, {"concluded": "2030-06-01"}, [ChangeKind.OMITTED], id="edition-left-it-out"),
        pytest.param({}, {"concluded": "2031-01-05"}, [], id="edition-has-it"),
        pytest.param({}, {"concluded": None}, [], id="source-no-longer-gives-the-date"),
        pytest.param(TALKS, {"concluded": "2031-02-24"}, [ChangeKind.NEW], id="negotiated-then-signed"),
        pytest.param(None, {"concluded": None}, [ChangeKind.UNDATED], id="nobody-says-when"),
        pytest.param(None, {"concluded": "2031-02"}, [ChangeKind.UNDATED], id="the-month-of-the-cut-off"),
        pytest.param(None, {"concluded": "2031"}, [ChangeKind.UNDATED], id="the-year-of-the-cut-off"),
        pytest.param(None, {"concluded": "2031-03"}, [ChangeKind.NEW], id="the-month-after"),
        pytest.param(None, {"concluded": "2031-01-20/2031-02-03"}, [ChangeKind.NEW], id="letters-over-days"),
        pytest.param(None, {"negotiating": "2031-02-24"}, [ChangeKind.UNDER_WAY], id="talks-since"),
        pytest.param(None, {"negotiating": "2031-01-24"}, [], id="talks-before"),
        pytest.param(TALKS, {"declined": "2031-02-24"}, [ChangeKind.UNDER_WAY], id="refused-since"),
        pytest.param(
            {},
            {"concluded": "2031-01-05", "in_force": "2031-02-20"},
            [ChangeKind.ADVANCED],
            id="now-in-force",
        ),
        pytest.param({}, {"concluded": "2031-01-05", "in_force": "2031-01-20"}, [], id="was-in-force"),
        pytest.param({}, {"concluded": "2031-01-05", "in_force": None}, [], id="in-force-undated"),
    ],
)
def test_only_what_the_edition_lacks_is_a_change(
    compared, make_edition, make_entry, make_agreement, entry, known, expected
):
    """The date of the event decides; a source that stops giving a date reopens nothing."""
    edition = make_edition() if entry is None else make_edition(make_entry(**entry))
    changes = compared(edition, make_agreement(**known))

    assert _kinds(changes) == expected


def test_negotiations_that_ended_in_a_signature_name_their_entry(
    compared, make_edition, make_entry, make_agreement
):
    """The reviewer sees which line of the briefing it settles."""
    talks = make_entry("xb-talks", **TALKS)
    draft = make_entry("xb-draft", **TALKS | {"date": "2031-01-10", "date_of": DateOf.DRAFT_PRESENTED})
    (change,) = compared(make_edition(draft, talks), make_agreement(concluded="2031-02-24"))

    assert (change.kind, change.entry_id) == (ChangeKind.NEW, "xb-draft")


@pytest.mark.parametrize("word", [Word.PRESS, Word.THIRD], ids=["press", "a-third-party"])
def test_what_no_side_confirms_is_a_lead_and_ages_nothing(
    compared, make_edition, make_entry, make_agreement, word
):
    """A rumour is shown and attributed; no sentence of the briefing is called out of date for it."""
    listing = Statement("s-1", "x", Unit.SENTENCE, "It negotiates.", depends_on=(On(D.ENTRY, "xb-talks"),))
    edition = make_edition(make_entry("xb-talks", **TALKS), statements=(listing,))
    (change,) = compared(edition, make_agreement(concluded="2031-02-24", word=word))

    assert (change.kind, change.word, change.aged) == (ChangeKind.LEAD, word, ())


def test_a_rumour_about_what_the_edition_already_has_is_nothing(
    compared, make_edition, make_entry, make_agreement
):
    """The press recalls old signings every week."""
    changes = compared(make_edition(make_entry()), make_agreement(concluded="2031-01-05", word=Word.PRESS))

    assert changes == ()


def test_what_a_person_entered_counts_as_confirmed(compared, make_edition, make_agreement):
    """A named person's entry with an evidence address is as good as a release."""
    (change,) = compared(make_edition(), make_agreement(concluded="2031-02-24", word=Word.PERSON))

    assert change.kind is ChangeKind.NEW


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"concluded": "2031-02-24"}, [ChangeKind.NEW], id="new"),
        pytest.param({"concluded": "2030-06-01"}, [], id="old"),
        pytest.param(
            {"concluded": "2030-06-01", "in_force": "2031-03-01"},
            [ChangeKind.ADVANCED],
            id="old-now-in-force",
        ),
        pytest.param({"negotiating": "2031-02-24"}, [], id="talks-of-others"),
    ],
)
def test_outside_the_series_only_what_happened_since_is_told(
    compared, make_edition, make_agreement, values, expected
):
    """Other agreements of the focal party show when new or moving; the past is not the briefing's subject."""
    changes = compared(make_edition(), make_agreement(kind=Kind.ECONOMIC, **values))

    assert _kinds(changes) == expected
    assert {change.scope for change in changes} <= {Scope.OTHER}


def test_talks_of_the_readers_own_state_always_show(compared, make_edition, make_topic, make_agreement):
    """The own state's papers matter to its parliament whatever their subject."""
    edition = make_edition(topic=make_topic(own_state="XB"))
    changes = compared(edition, make_agreement(kind=Kind.ECONOMIC, negotiating="2031-02-24"))

    assert _kinds(changes) == [ChangeKind.UNDER_WAY]


def test_agreements_of_others_and_of_companies_are_nothing(compared, make_edition, make_agreement):
    """The briefing follows one party's agreements between states."""
    others, known = make_agreement(concluded="2031-02-24")
    foreign = type(others)("a-2", ("XB", "XC"), others.kind, others.stage, others.word, others.findings)
    company = make_agreement("a-3", concluded="2031-02-24", level=Level.COMPANY)

    assert compared(make_edition(), (foreign, known), company) == ()


def test_what_a_person_called_no_agreement_is_nothing(compared, make_edition, make_agreement):
    """A decision takes it out of every comparison."""
    agreement, known = make_agreement(concluded="2031-02-24")
    refused = type(agreement)(
        agreement.id, agreement.sides, agreement.kind, Stage.UNRELATED, agreement.word, ()
    )

    assert compared(make_edition(), (refused, known)) == ()


def test_an_old_page_that_speaks_of_an_undated_signing_puts_it_before_the_cut_off(
    compared, make_edition, make_agreement, make_finding
):
    """What a page of last summer already calls signed cannot have been signed since."""
    from monitor.model import PartialDate

    finding = make_finding("f-1", published=PartialDate.parse("2030-07-01"))
    changes = compared(make_edition(), make_agreement(concluded=None, findings=(finding,)))

    assert _kinds(changes) == [ChangeKind.OMITTED]


def test_a_further_stage_nobody_confirms_is_not_an_advance(compared, make_edition, make_agreement):
    """An article that calls it in force does not make it so."""
    agreement, known = make_agreement(concluded="2030-06-01", in_force="2031-03-01", word=Word.PRESS)
    confirmed = type(agreement)(
        agreement.id,
        agreement.sides,
        Kind.ECONOMIC,
        agreement.stage,
        Word.ONE,
        agreement.findings,
        stages=agreement.stages,
    )

    assert compared(make_edition(), (confirmed, known)) == ()


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        pytest.param({"concluded": "2031-03"}, {"concluded": "2031-03-05"}, False, id="the-day-became-known"),
        pytest.param({"concluded": "2031-03-05"}, {"concluded": "2031-03-05"}, True, id="nothing"),
        pytest.param(
            {"concluded": "2031-03-05"},
            {"concluded": "2031-03-05", "in_force": "2031-04-01"},
            False,
            id="it-entered-into-force",
        ),
        pytest.param({"negotiating": "2031-03-05"}, {"negotiating": "2031-04-05"}, True, id="another-round"),
        pytest.param({"negotiating": "2031-03-05"}, {"agreed_text": "2031-04-05"}, False, id="text-final"),
    ],
)
def test_a_change_is_told_again_only_for_what_a_reader_would_notice(
    compared, make_edition, make_agreement, before, after, same
):
    """One id for one difference; its version says whether there is something to tell."""
    (first,) = compared(make_edition(), make_agreement(**before))
    (second,) = compared(make_edition(), make_agreement(**after))

    assert first.id == second.id
    assert (first.version == second.version) is same


def test_evidence_begins_with_what_carries_the_conclusion(
    compared, make_edition, make_agreement, make_finding
):
    """The quotation on top of the screen is the one that says "signed", from the strongest paper."""
    findings = (
        make_finding("f-a", stage=Stage.NEGOTIATING),
        make_finding("f-b", date="2031-02-24", basis=Basis.PRESS),
        make_finding("f-c", date="2031-02-24", basis=Basis.TEXT),
    )
    (change,) = compared(make_edition(), make_agreement(concluded="2031-02-24", findings=findings))

    assert change.evidence == ("f-c", "f-b", "f-a")
    assert change.first_seen is not None


def test_the_order_of_agreements_does_not_matter(compared, make_edition, make_agreement):
    """A digest must not depend on the order of rows."""
    pairs = [make_agreement(f"a-{day}", concluded=f"2031-02-{day}") for day in range(10, 20)]
    shuffled = random.Random(7).sample(pairs, len(pairs))

    assert compared(make_edition(), *pairs) == compared(make_edition(), *shuffled)


def test_an_amendment_does_not_stand_for_what_it_amends(compared, make_edition, make_entry, make_agreement):
    """Its title holds the parent's title, and yet it is another instrument."""
    entry = make_entry(
        kind=Kind.ECONOMIC, title="Free Trade and Strategic Partnership Agreement", in_series=False
    )
    title = (
        "Agreement amending the Free Trade and Strategic Partnership Agreement between Borduria and Ruritania"
    )
    amendment = make_agreement(
        concluded="2031-02-24", kind=Kind.ECONOMIC, title=title, relation=Relation.AMENDS
    )
    (change,) = compared(make_edition(entry), amendment)

    assert (change.kind, change.entry_id) == (ChangeKind.NEW, None)


def test_a_second_pact_of_one_pair_is_not_the_first(compared, make_edition, make_entry, make_agreement):
    """The same partner, kind and generic title two years later is a new agreement."""
    later = make_agreement(concluded="2033-01-16", title="Agreement on security cooperation")
    (change,) = compared(make_edition(make_entry()), later)

    assert (change.kind, change.entry_id) == (ChangeKind.NEW, None)


def test_a_title_in_another_language_matches_by_kind_and_day(
    compared, make_edition, make_entry, make_agreement, make_finding
):
    """Each government titles the paper in its own language."""
    finding = make_finding("f-1", lang="de", date="2031-01-05")
    titled = (Titled("Abkommen über Sicherheitszusagen", "XB", "f-1"),)
    known = make_agreement(concluded="2031-01-05", findings=(finding,), title=titled[0].title, titles=titled)

    assert compared(make_edition(make_entry()), known) == ()


def test_statements_age_with_the_change(compared, make_edition, make_entry, make_agreement):
    """The change says which statements, how, and since when."""
    statements = (
        Statement("s-1", "x", Unit.SENTENCE, "Talks go on.", depends_on=(On(D.ENTRY, "xb-talks"),)),
        Statement("s-2", "x", Unit.SENTENCE, "Syldavia signed.", depends_on=(On(D.SERIES),)),
    )
    edition = make_edition(make_entry("xb-talks", **TALKS), statements=statements)
    (change,) = compared(edition, make_agreement(concluded="2031-02-24"), texts=TIED)

    assert [(each.statement_id, each.how) for each in change.aged] == [
        ("s-1", How.SUPERSEDED),
        ("s-2", How.INCOMPLETE),
    ]
    assert {each.since.iso for each in change.aged} == {"2031-02-24"}


def test_without_evidence_for_the_series_only_the_matched_entry_ages(
    compared, make_edition, make_entry, make_agreement
):
    """A person has yet to decide whether it joins the list; that the talks are over is plain."""
    statements = (
        Statement("s-1", "x", Unit.SENTENCE, "Talks go on.", depends_on=(On(D.ENTRY, "xb-talks"),)),
        Statement("s-2", "x", Unit.SENTENCE, "Syldavia signed.", depends_on=(On(D.SERIES),)),
    )
    edition = make_edition(make_entry("xb-talks", **TALKS), statements=statements)
    (change,) = compared(edition, make_agreement(concluded="2031-02-24"))

    assert change.scope is Scope.UNDECIDED
    assert [each.statement_id for each in change.aged] == ["s-1"]


def test_a_title_in_a_language_nobody_named_matches_by_kind_and_day(
    compared, make_edition, make_entry, make_agreement, make_finding
):
    """A person types the title as the partner's page gives it, without saying in which language."""
    finding = make_finding("f-1", lang="", date="2031-01-05")
    titled = (Titled("Abkommen über Sicherheitszusagen", None, "f-1"),)
    known = make_agreement(concluded="2031-01-05", findings=(finding,), title=titled[0].title, titles=titled)

    assert compared(make_edition(make_entry()), known) == ()

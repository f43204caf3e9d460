"""What today's comparison does to the changes that are stored, and what subscribers are told of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.briefing import reconcile
from monitor.briefing.out_of_date import standing_changes
from monitor.model import Action, ChangeKind, Decision, Life, Scope, Word

AS_OF = date(2031, 2, 1)
NOW = datetime(2031, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def meet(compared, make_edition):
    """Compare pairs of ``make_agreement`` today and reconcile with what was stored."""

    def run(stored, *pairs, **values):
        fresh = compared(make_edition(), *pairs)
        return reconcile(stored, fresh, as_of=AS_OF, now=NOW, **values)

    return run


def _lives(reconciled):
    return {change.kind: change.life for change in reconciled.save}


def test_a_confirmed_signing_supersedes_the_lead(meet, make_agreement):
    """It was reported last week: the next digest says "confirmed", and the lead is closed by it."""
    lead = meet((), make_agreement(concluded="2031-02-24", word=Word.PRESS)).save[0]
    met = meet((lead,), make_agreement(concluded="2031-02-24", word=Word.BOTH))

    assert [(each.kind, each.supersedes) for each in met.tell] == [(ChangeKind.NEW, lead.id)]
    assert _lives(met) == {ChangeKind.NEW: Life.OPEN, ChangeKind.LEAD: Life.SUPERSEDED}


def test_what_it_supersedes_stays_known(meet, make_agreement):
    """A second source of the next day must not make the digest announce it anew."""
    lead = meet((), make_agreement(concluded="2031-02-24", word=Word.PRESS)).save[0]
    first = meet((lead,), make_agreement(concluded="2031-02-24", word=Word.ONE))
    later = meet(first.save, make_agreement(concluded="2031-02-24", in_force="2031-02-26", word=Word.BOTH))

    assert [each.supersedes for each in later.tell] == [lead.id]


def test_a_lead_of_a_merged_agreement_is_superseded_too(meet, make_agreement):
    """A person said that the rumour and the release are of one agreement."""
    lead = meet((), make_agreement("a-rumour", concluded="2031-02-23", word=Word.PRESS)).save[0]
    official = make_agreement("a-1", concluded="2031-02-24")
    met = meet((lead,), official, aliases={"a-rumour": "a-1"})

    assert [each.supersedes for each in met.tell] == [lead.id]


def test_a_lead_that_nobody_repeats_is_withdrawn(meet, make_agreement):
    """A person called it no agreement: nothing supersedes it."""
    lead = meet((), make_agreement(concluded="2031-02-24", word=Word.PRESS)).save[0]

    assert _lives(meet((lead,))) == {ChangeKind.LEAD: Life.WITHDRAWN}


def test_a_change_of_another_edition_is_superseded(meet, make_agreement):
    """The edition was closed; what it lacked is compared with the new one."""
    change = meet((), make_agreement(concluded="2031-02-24")).save[0]

    assert _lives(meet((replace(change, as_of=date(2030, 1, 1)),))) == {ChangeKind.NEW: Life.SUPERSEDED}


def test_a_rejected_change_is_not_told_again(meet, make_agreement):
    """Rejected is rejected until a reader would notice something new."""
    pair = make_agreement(concluded="2031-02-24")
    decided = replace(meet((), pair).save[0], life=Life.DECIDED)

    assert meet((decided,), pair).tell == ()
    assert meet((decided,), make_agreement(concluded="2031-02-25")).tell


@pytest.mark.parametrize(
    ("read", "late"),
    [
        pytest.param(timedelta(minutes=2), False, id="understood-when-read"),
        pytest.param(timedelta(days=40), True, id="read-weeks-before"),
    ],
)
def test_what_was_read_long_ago_is_found_late(
    compared, make_edition, make_agreement, make_finding, read, late
):
    """Our rules learned to read it only now: the digest must not pass it off as this week's news."""
    seen = datetime(2031, 3, 1, tzinfo=UTC)  # when the comparison of the tests saw every finding
    finding = make_finding(date="2031-02-05", retrieved=seen - read)
    (change,) = compared(make_edition(), make_agreement(concluded="2031-02-05", findings=(finding,)))

    assert (change.kind, change.scope, change.found_late) == (ChangeKind.NEW, Scope.UNDECIDED, late)


@pytest.fixture
def next_edition(compared, make_edition):
    """What stands against the next edition, of 1 April, which lacks the same."""

    def run(stored, *pairs):
        edition = make_edition(as_of=date(2031, 4, 1), published=date(2031, 4, 1))
        return reconcile(stored, compared(edition, *pairs), as_of=edition.as_of, now=NOW)

    return run


@pytest.mark.parametrize("life", [Life.OPEN, Life.DECIDED])
def test_what_the_next_edition_lacks_too_goes_on(meet, next_edition, make_agreement, life):
    """Open stays open and rejected stays rejected: closing an edition makes no news of either."""
    pair = make_agreement(concluded="2031-02-24")
    old = replace(meet((), pair).save[0], life=life)
    met = next_edition((old,), pair)

    assert met.tell == ()
    assert [(each.kind, each.life, each.supersedes) for each in met.carried] == [
        (ChangeKind.OMITTED, life, old.id)
    ]
    assert _lives(met)[ChangeKind.NEW] is Life.SUPERSEDED


def test_what_is_new_about_it_is_told(meet, next_edition, make_agreement):
    """It was rejected when undated by half; a day that becomes known later is something to tell."""
    old = replace(meet((), make_agreement(concluded="2031-03")).save[0], life=Life.DECIDED)
    met = next_edition((old,), make_agreement(concluded="2031-03-05"))

    assert [each.life for each in met.tell] == [Life.OPEN]


def test_a_rejection_holds_against_the_next_edition(
    meet, next_edition, compared, make_edition, make_agreement
):
    """What a person rejected puts no statement of the next edition out of date."""
    pair = make_agreement(concluded="2031-02-24", series="strelsau")
    old = replace(meet((), pair).save[0], life=Life.DECIDED)
    carried = next_edition((old,), pair).carried
    refusal = Decision("r-1", Action.REJECT, old.id, "Anna", NOW, seen_version=old.version)
    edition = make_edition(as_of=date(2031, 4, 1), published=date(2031, 4, 1))

    assert standing_changes(edition, (old, *carried)) == list(carried)
    assert standing_changes(edition, (old, *carried), (refusal,)) == []

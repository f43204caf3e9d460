"""Each statement's state comes from the standing changes of its own edition, as people decided on them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.briefing import (
    OUTSIDE_CHANGED,
    OutsideEvent,
    Status,
    as_detail,
    outside_events,
    statement_states,
)
from monitor.model import Action, AuditEntry, Decision, How, Life, PartialDate, Statement, Unit
from monitor.model import Dependency as On
from monitor.model import DependsOn as D


@pytest.fixture
def edition(make_edition):
    """An edition with one statement that lists who has signed, and one that does not."""
    listing = Statement("s-1", "x", Unit.SENTENCE, "Syldavia signed.", depends_on=(On(D.SERIES),))
    return make_edition(statements=(Statement("s-0", "x", Unit.HEADING, "Pacts"), listing))


@pytest.fixture
def changes(edition, compared, make_agreement):
    """Two agreements of the series since the edition."""
    pairs = [
        make_agreement("a-late", "XC", concluded="2031-03-05", series="strelsau"),
        make_agreement("a-early", "XB", concluded="2031-02-24", series="strelsau"),
    ]
    return compared(edition, *pairs)


def _state(edition, changes, **options):
    heading, listing = statement_states(edition, changes, **options)
    assert heading.status is Status.CURRENT
    return listing


def test_several_agreements_touch_one_statement(edition, changes):
    """It is out of date since the first of them, and because of all."""
    state = _state(edition, changes)

    assert (state.status, state.how) == (Status.OUT_OF_DATE, How.INCOMPLETE)
    assert (state.since.iso, state.because) == ("2031-02-24", ("a-early", "a-late"))


@pytest.mark.parametrize(
    ("until", "because"),
    [
        pytest.param(date(2031, 2, 23), (), id="the-day-before"),
        pytest.param(date(2031, 2, 24), ("a-early",), id="the-day"),
        pytest.param(date(2031, 3, 5), ("a-early", "a-late"), id="both"),
    ],
)
def test_until_a_day(edition, changes, until, because):
    """What had happened by then, whenever it was learned."""
    assert _state(edition, changes, until=until).because == because


def test_what_a_person_rejected_ages_nothing(edition, changes):
    """Until its evidence changes what a reader would notice."""
    first = changes[0]
    at = datetime(2031, 3, 6, tzinfo=UTC)
    no = Decision("n-1", Action.REJECT, first.id, "anna", at, seen_version=first.version)

    assert _state(edition, changes, decisions=[no]).because == ("a-late",)
    later = replace(first, version="another")
    assert _state(edition, [later, *changes[1:]], decisions=[no]).because == ("a-early", "a-late")


@pytest.mark.parametrize(
    ("day", "until", "status"),
    [
        pytest.param("2031-07-05", None, Status.OUT_OF_DATE, id="since-the-cut-off"),
        pytest.param("2031-07-05", date(2031, 7, 4), Status.CURRENT, id="not-yet"),
        pytest.param("2031-01-05", None, Status.CURRENT, id="before-the-cut-off"),
    ],
)
def test_what_depends_on_an_office_holder(make_edition, day, until, status):
    """No agreement tells of it; a person does, and the day counts as of any event."""
    on = On(D.OUTSIDE, "the office-holder: Prime Minister")
    edition = make_edition(statements=(Statement("s-1", "x", Unit.SENTENCE, "X said so.", depends_on=(on,)),))
    event = OutsideEvent("", "The Office-Holder: prime minister", PartialDate.parse(day), "Y came", "url", "")
    entry = AuditEntry(datetime(2031, 8, 1, tzinfo=UTC), "Anna", OUTSIDE_CHANGED, "b", as_detail(event))
    (state,) = statement_states(edition, (), outside=outside_events([entry], edition), until=until)

    assert state.status is status
    if status is Status.OUT_OF_DATE:
        assert (state.how, state.since.iso) == (How.RELATIVE_TIME, day)
        assert [each[:2] for each in state.because] == ["o-"]


@pytest.mark.parametrize(
    "values",
    [
        {"life": Life.WITHDRAWN},
        {"life": Life.SUPERSEDED},
        {"as_of": date(2030, 1, 1)},
        {"briefing_id": "other"},
    ],
    ids=["withdrawn", "superseded", "of-another-edition", "of-another-briefing"],
)
def test_what_no_longer_stands_ages_nothing(edition, changes, values):
    """A change against an older edition says nothing about this one."""
    gone = [replace(change, **values) for change in changes]

    assert _state(edition, gone).status is Status.CURRENT

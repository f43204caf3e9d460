"""Who may be told of a change, and what cannot wait."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.model import (
    Action,
    Audience,
    Change,
    ChangeKind,
    Kind,
    PartialDate,
    Scope,
    Series,
    Stage,
    Subscription,
    Tell,
    Topic,
    Word,
    sides_of,
)
from monitor.scheduling import is_urgent, may_tell, urgency

READERS = Subscription("s", "b", Audience.READERS, "files", ("x",))
REVIEWERS = replace(READERS, audience=Audience.REVIEWERS)
CHANGE = Change(
    id="c",
    briefing_id="b",
    as_of=date(2031, 2, 1),
    kind=ChangeKind.NEW,
    scope=Scope.SERIES,
    agreement_id="a",
    sides=sides_of("QR", "QS"),
    stage=Stage.CONCLUDED,
    agreement_kind=Kind.SECURITY,
    title="",
    word=Word.ONE,
    version="v",
    date=PartialDate.day(date(2031, 2, 20)),
)
RUMOUR = replace(CHANGE, kind=ChangeKind.LEAD, word=Word.PRESS)
TODAY = date(2031, 2, 21)
TOPIC = Topic("QR", Series("z", "Zenda", date(2030, 7, 12), (Kind.SECURITY,), ()), own_state="QW")


@pytest.mark.parametrize(
    ("subscription", "change", "action", "expected"),
    [
        pytest.param(READERS, CHANGE, None, True, id="confirmed"),
        pytest.param(READERS, RUMOUR, None, True, id="rumour-attributed"),
        pytest.param(READERS, CHANGE, Action.REJECT, False, id="rejected"),
        pytest.param(REVIEWERS, CHANGE, Action.REJECT, False, id="rejected-for-reviewers"),
        pytest.param(READERS, CHANGE, Action.NEEDS_SECOND_SOURCE, False, id="waits-for-a-second"),
        pytest.param(REVIEWERS, CHANGE, Action.NEEDS_SECOND_SOURCE, True, id="reviewers-see-it"),
        pytest.param(
            READERS, replace(CHANGE, word=Word.BOTH), Action.NEEDS_SECOND_SOURCE, True, id="second-came"
        ),
        pytest.param(replace(READERS, tell=Tell.CONFIRMED), RUMOUR, None, False, id="confirmed-only"),
        pytest.param(replace(READERS, tell=Tell.CONFIRMED), RUMOUR, Action.ACCEPT, True, id="accepted"),
        pytest.param(replace(READERS, tell=Tell.ACCEPTED), CHANGE, None, False, id="accepted-only"),
        pytest.param(replace(REVIEWERS, tell=Tell.ACCEPTED), CHANGE, None, False, id="reviewers-too"),
    ],
)
def test_a_change_is_told_by_policy_and_decision(subscription, change, action, expected):
    """Nothing that a person settled otherwise is told."""
    assert may_tell(subscription, change, action) is expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({"sides": sides_of("QR", "QW")}, 1, id="own-state"),
        pytest.param({"sides": sides_of("QR", "QW"), "scope": Scope.OTHER}, 1, id="own-state-any-agreement"),
        pytest.param({"sides": sides_of("QR", "JP")}, 2, id="g7"),
        pytest.param({"sides": sides_of("QR", "JP"), "scope": Scope.OTHER}, None, id="g7-outside-the-series"),
        pytest.param({}, None, id="another-state"),
        pytest.param({"stage": Stage.TERMINATED, "kind": ChangeKind.ADVANCED}, 0, id="termination"),
        pytest.param({"stage": Stage.DECLINED, "kind": ChangeKind.UNDER_WAY}, 0, id="denial"),
        pytest.param({"sides": sides_of("QR", "QW"), "word": Word.PRESS}, None, id="rumour"),
        pytest.param(
            {"sides": sides_of("QR", "QW"), "kind": ChangeKind.ADVANCED, "stage": Stage.IN_FORCE},
            None,
            id="in-force",
        ),
        pytest.param(
            {"sides": sides_of("QR", "QW"), "date": PartialDate.day(date(2031, 2, 3))}, None, id="long-ago"
        ),
        pytest.param({"sides": sides_of("QR", "QW"), "date": None}, 1, id="undated"),
    ],
)
def test_what_is_urgent_and_how_much(changed, expected):
    """The editorial rule, case by case; the important ones first."""
    change = replace(CHANGE, **changed)

    assert (urgency(change, TOPIC) if is_urgent(change, TOPIC, TODAY) else None) == expected

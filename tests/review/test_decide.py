"""A named person decides on what stands now; whatever cannot stand is refused with all reasons."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import ConfigError, DecisionError
from monitor.model import Action
from monitor.review import Reason, decide, reason_of, version_of


def test_a_decision_records_who_when_why_and_on_what(change, at):
    """It may have to be defended years later."""
    decision = decide(
        "accept", change(), by=" A. Reader ", at=at, reason="confirmed: text read", evidence=["f-1"]
    )

    assert (decision.action, decision.by, decision.at, decision.evidence) == (
        Action.ACCEPT,
        "A. Reader",
        at,
        ("f-1",),
    )
    assert (reason_of(decision), decision.seen_version) == ((Reason.CONFIRMED, "text read"), "v1")


def test_the_same_form_sent_twice_is_one_decision(change, at):
    """A double click must not make two rows."""
    first, second = (decide("accept", change(), by="A", at=at) for _ in range(2))

    assert first == second


def test_the_same_words_later_are_another_decision(change, at):
    """Accept, reject, accept again: the last one counts."""
    first = decide("accept", change(), by="A", at=at)
    second = decide("accept", change(), by="A", at=at + timedelta(minutes=5))

    assert first.id != second.id


def test_a_decision_on_an_outdated_view_is_refused_with_both_versions(change, at):
    """Somebody else decided, or a source said more, while the page was open."""
    with pytest.raises(DecisionError) as caught:
        decide("accept", change(version="v2"), by="A", at=at, seen_version="v1")

    assert (caught.value.seen, caught.value.current) == ("v1", "v2")
    assert "v1" in str(caught.value)
    assert "v2" in str(caught.value)


def test_an_agreement_has_a_version_too(agreement, at):
    """Two people may correct one agreement at once."""
    seen = version_of(agreement)

    with pytest.raises(DecisionError):
        decide(
            "not-an-agreement",
            replace(agreement, title="Accord"),
            by="A",
            at=at,
            reason="old",
            seen_version=seen,
        )


def test_all_faults_are_listed_at_once(agreement, at):
    """One round of correcting a form is enough."""
    with pytest.raises(ConfigError) as caught:
        decide("accept", agreement, by=" ", at=at.replace(tzinfo=None))

    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("action", "values", "words"),
    [
        pytest.param("agree", {}, "use one of correct, merge, not-an-agreement, split", id="no-such-action"),
        pytest.param("reject", {}, "cannot be decided on an agreement", id="an-action-on-changes"),
        pytest.param("merge", {}, "needs the other agreement's id", id="merge-with-nothing"),
        pytest.param("merge", {"other": "qb-qr-2031-02-17-012345"}, "already", id="merge-with-its-own-alias"),
        pytest.param("merge", {"other": "qb-qs-2031-02-17-012345"}, "other sides", id="merge-across-pairs"),
        pytest.param("split", {}, "needs the ids", id="split-of-nothing"),
        pytest.param("split", {"findings": "f-9"}, "not findings of this agreement: f-9", id="a-stranger"),
        pytest.param("split", {"findings": "f-1,f-2,f-3"}, "must leave a finding", id="split-of-everything"),
        pytest.param("correct", {"field": "word", "value": "x"}, "cannot be corrected", id="no-such-field"),
        pytest.param("correct", {"field": "signed", "value": "5 May"}, "not an ISO date", id="no-date"),
        pytest.param("correct", {"field": "kind", "value": "pact"}, "kind cannot be 'pact'", id="no-kind"),
        pytest.param("correct", {"field": "duration", "value": "P"}, "P10Y", id="no-duration"),
        pytest.param("correct", {"field": "title", "value": ""}, "must not be empty", id="empty-title"),
        pytest.param("not-an-agreement", {"field": "title"}, "takes no particulars", id="more-than-asked"),
    ],
)
def test_what_cannot_be_decided_on_an_agreement_is_refused(agreement, at, action, values, words):
    """A decision that means nothing would be on record for ever."""
    with pytest.raises(DecisionError, match=words):
        decide(action, agreement, by="A", at=at, reason="other", values=values)


def test_a_split_records_what_stayed(agreement, at):
    """It must mean the same when more findings have come."""
    decision = decide("split", agreement, by="A", at=at, values={"findings": "f-3, f-1"})

    assert (decision.value("findings"), decision.value("rest")) == ("f-1,f-3", "f-2")


@pytest.mark.parametrize(
    ("field", "value"), [("series", ""), ("signed", "2031-02"), ("relation", "amends"), ("duration", "P99Y")]
)
def test_a_correction_may_set_what_the_field_can_hold(agreement, at, field, value):
    """An agreement can be of no series, a date be known to the month."""
    decision = decide("correct", agreement, by="A", at=at, values={"field": field, "value": value})

    assert decision.value("value") == value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("not-bilateral", (Reason.NOT_BILATERAL, "")),
        ("outside: of no interest here", (Reason.OUTSIDE, "of no interest here")),
        ("I rang the ministry: it is so", (Reason.OTHER, "I rang the ministry: it is so")),
        ("", (Reason.OTHER, "")),
    ],
)
def test_a_reason_is_a_code_and_free_text(change, at, written, expected):
    """Codes are counted, text is read."""
    assert reason_of(decide("reject", change(), by="A", at=at, reason=written)) == expected

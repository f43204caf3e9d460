"""What a decision does to the life of a change."""

import pytest

from monitor.errors import DecisionError
from monitor.model import Life
from monitor.review import apply, decide


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("accept", Life.OPEN, Life.DECIDED),
        ("reject", Life.OPEN, Life.DECIDED),
        ("defer", Life.OPEN, Life.OPEN),
        ("needs-second-source", Life.OPEN, Life.OPEN),
        ("defer", Life.DECIDED, Life.OPEN),
        ("reject", Life.DECIDED, Life.DECIDED),
    ],
)
def test_accepting_and_rejecting_settle_a_change(change, at, action, before, after):
    """What is deferred, or waits for a second source, stays on the list."""
    subject = change(life=before)

    assert apply(decide(action, subject, by="A", at=at), subject).life is after


def test_a_decision_on_an_earlier_version_settles_nothing(change, at):
    """What a reader would notice has changed, so it is open again."""
    decision = decide("reject", change(), by="A", at=at)

    assert apply(decision, change(version="v2")).life is Life.OPEN


@pytest.mark.parametrize("life", [Life.SUPERSEDED, Life.WITHDRAWN])
def test_what_is_gone_cannot_be_decided(change, at, life):
    """Its edition was closed, or its agreement was none."""
    with pytest.raises(DecisionError, match=life.value):
        apply(decide("accept", change(), by="A", at=at), change(life=life))


def test_a_decision_about_something_else_is_refused(change, at):
    """A programming error must not settle a change."""
    with pytest.raises(DecisionError, match="not about it"):
        apply(decide("accept", change(), by="A", at=at), change(id="c-2"))

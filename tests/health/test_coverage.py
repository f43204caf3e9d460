"""Who would tell us, and what fails: the part of the digest that keeps it honest."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.health import coverage, faults
from monitor.model import ManualLook, PartyCode, Reach, Verdict
from tests.health.polls import NOW, YESTERDAY, make_source, make_state

RURITANIA, BORDURIA = PartyCode("RR"), PartyCode("BR")
SOURCE = make_source(voice=RURITANIA)
FAILING = make_state(last_verdict=Verdict.BLOCKED, last_reason="refused", failing_since=YESTERDAY, failures=3)


def row(source=SOURCE, state=None, looks=()):
    """Return Ruritania's coverage by one source."""
    states = {} if state is None else {source.id: state}
    return coverage([source], states, looks, [RURITANIA], NOW)[0]


def test_a_source_read_well_covers_its_party():
    """Which source would tell us, and when it was last read."""
    covered = row(state=make_state())

    assert [(read.publisher, read.last_success) for read in covered.sources_read] == [
        ("Ministry of Ruritania", YESTERDAY)
    ]
    assert covered.is_covered
    assert covered.trouble == ()


@pytest.mark.parametrize(
    ("source", "state", "words"),
    [
        pytest.param(SOURCE, replace(FAILING, last_success=None), "refuses machines", id="walled"),
        pytest.param(SOURCE, None, "has not been asked yet", id="never-asked"),
        pytest.param(
            SOURCE,
            make_state(last_success=NOW - timedelta(days=40)),
            "has not been asked since it was due",
            id="overdue",
        ),
        pytest.param(
            replace(SOURCE, enabled=False), make_state(), "is switched off in sources.yaml", id="switched-off"
        ),
        pytest.param(replace(SOURCE, reach=Reach.MANUAL), None, "is looked at by hand only", id="by-hand"),
    ],
)
def test_what_is_not_read_is_said(source, state, words):
    """ "Checked, nothing new" without coverage is false comfort."""
    covered = row(source, state)

    assert not covered.is_covered
    assert [trouble.words for trouble in covered.trouble] == [words]


def test_a_fresh_failure_is_said_beside_the_last_good_reading():
    """Both are true: it was read yesterday, and it does not answer now."""
    covered = row(state=FAILING)

    assert covered.is_covered
    assert [(trouble.words, trouble.since) for trouble in covered.trouble] == [
        ("refuses machines", YESTERDAY)
    ]


def test_the_latest_manual_look_counts():
    """A person's dated look is an answer like any other."""
    looks = [
        ManualLook(SOURCE.id, "A. Reader", YESTERDAY, "nothing new"),
        ManualLook(SOURCE.id, "B. Reader", NOW - timedelta(days=9)),
    ]

    covered = row(replace(SOURCE, reach=Reach.MANUAL), looks=looks)

    assert [(look.by, look.at) for look in covered.manual] == [("A. Reader", YESTERDAY)]
    assert covered.is_covered


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(make_source(voice=None, official=False), id="press"),
        pytest.param(make_source(voice=BORDURIA), id="another-party"),
    ],
)
def test_only_the_partys_own_voice_covers_it(source):
    """Press and other governments are no substitute for the party's own word."""
    assert not row(source, make_state()).is_covered


def test_every_party_gets_a_row_in_the_order_asked():
    """A party without any source is the one to know about."""
    rows = coverage([SOURCE], {}, (), [BORDURIA, RURITANIA], NOW)

    assert [each.party for each in rows] == [BORDURIA, RURITANIA]


@pytest.mark.parametrize(
    ("reach", "expected"),
    [pytest.param(Reach.OPEN, False, id="open"), pytest.param(Reach.WALLED, True, id="walled")],
)
def test_a_failing_source_is_a_fault_with_since_when(reach, expected):
    """Every fault is seen by a user; one that was known before fails no run."""
    (fault,) = faults([replace(SOURCE, reach=reach)], {SOURCE.id: FAILING}, NOW)

    assert (fault.words, fault.since, fault.expected) == ("refuses machines", YESTERDAY, expected)


def test_silence_of_the_monitor_itself_is_a_fault():
    """A scheduler that died looks like a quiet week."""
    (fault,) = faults([SOURCE], {SOURCE.id: make_state(last_success=NOW - timedelta(days=30))}, NOW)

    assert fault.words == "has not been asked since it was due"


@pytest.mark.parametrize(
    ("source", "state"),
    [
        pytest.param(SOURCE, make_state(), id="well"),
        pytest.param(SOURCE, None, id="never-asked"),
        pytest.param(replace(SOURCE, enabled=False), FAILING, id="switched-off"),
        pytest.param(replace(SOURCE, reach=Reach.MANUAL), FAILING, id="by-hand"),
    ],
)
def test_no_fault_where_nothing_is_wrong(source, state):
    """Faults that are none are soon not read."""
    assert faults([source], {source.id: state} if state else {}, NOW) == ()

"""H8, H9: an operator is told once, reminded weekly, told of the recovery; silence is judged by habit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.health import coverage, faults, notice, silent_since
from monitor.model import NoticeKind, Reach, SourceState, Verdict
from tests.health.polls import NOW, make_reply, make_source, make_state

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _told(verdicts, *, every=HOUR, source=None, state=None):
    """Poll after poll, return what the operator is told at which, as (number, kind)."""
    source, state, told = source or make_source(), state or make_state(), []
    for number, verdict in enumerate(verdicts):
        now = NOW + every * number
        good = verdict.is_success
        after = replace(
            state,
            last_verdict=verdict,
            failures=0 if good else state.failures + 1,
            failing_since=None if good else state.failing_since or now,
        )
        state, one = notice(source, state, after, now)
        told += [(number, one.kind)] if one else []
    return told


def test_three_failures_in_a_row_are_one_notice():
    """One hiccup is daily life; a mail for each failed poll would be filtered away."""
    assert _told([Verdict.ERROR] * 20) == [(2, NoticeKind.FAILING)]


@pytest.mark.parametrize("good", [Verdict.OK, Verdict.NOT_MODIFIED])
def test_a_success_between_starts_the_count_again(good):
    """A site that answers every third time is slow, not gone."""
    assert _told([Verdict.ERROR, Verdict.ERROR, good] * 5) == []


def test_it_is_repeated_every_week():
    """What stays broken must not be forgotten in a busy month."""
    told = _told([Verdict.GONE] * 30, every=DAY)

    assert told == [
        (2, NoticeKind.FAILING),
        (9, NoticeKind.REMINDER),
        (16, NoticeKind.REMINDER),
        (23, NoticeKind.REMINDER),
    ]


def test_a_recovery_is_told_once():
    """Somebody may be about to look by hand."""
    told = _told([Verdict.ERROR] * 4 + [Verdict.OK] * 3)

    assert told == [(2, NoticeKind.FAILING), (4, NoticeKind.RECOVERED)]


def test_a_recovery_of_which_nobody_was_told_is_no_news():
    """There was no notice, so there is nothing to take back."""
    assert _told([Verdict.ERROR, Verdict.ERROR, Verdict.OK]) == []


def test_a_second_failure_is_told_again():
    """It may be another fault."""
    told = _told([Verdict.ERROR] * 3 + [Verdict.OK] + [Verdict.BLOCKED] * 3)

    assert [kind for _, kind in told] == [NoticeKind.FAILING, NoticeKind.RECOVERED, NoticeKind.FAILING]


def test_a_wall_that_stands_is_no_news():
    """A source that is known to refuse machines refuses them every hour."""
    walled = make_source(reach=Reach.WALLED)
    never_read = SourceState("ruritania-mfa", last_verdict=Verdict.BLOCKED)

    assert _told([Verdict.BLOCKED] * 10, source=walled, state=never_read) == []


def test_a_wall_that_closes_again_is():
    """It had opened; now it is news that it has not."""
    walled = make_source(reach=Reach.WALLED)

    assert _told([Verdict.GONE] * 4, source=walled)[0] == (2, NoticeKind.FAILING)


def test_the_notice_says_what_since_when_and_why():
    """An operator decides from this one line whether to get up."""
    failing = make_state(failures=2, failing_since=NOW - DAY)
    after = replace(
        failing,
        failures=3,
        last_verdict=Verdict.GONE,
        last_reason="not-found",
        last_detail="the address no longer exists (HTTP 404)",
    )
    _, told = notice(make_source(), failing, after, NOW)

    assert told.words == (
        "has failed 3 times in a row, since 2031-02-16 09:30 UTC: the address no longer exists (HTTP 404)"
    )


def _published(*days):
    """The state of a source that listed something new so many days ago."""
    return make_state(news_at=tuple(NOW - DAY * each for each in sorted(days, reverse=True)))


@pytest.mark.parametrize(
    ("state", "silent"),
    [
        pytest.param(_published(20, 21, 22, 23, 24), True, id="daily-then-nothing-for-twenty-days"),
        pytest.param(_published(13, 14, 15, 16, 17), False, id="less-than-a-fortnight-is-a-holiday"),
        pytest.param(_published(20, 27, 34, 41, 48), False, id="weekly-and-not-three-weeks-late"),
        pytest.param(_published(22, 29, 36, 43, 50), True, id="weekly-and-three-weeks-late"),
        pytest.param(_published(100, 190, 280, 370, 460), False, id="quarterly"),
        pytest.param(_published(100, 101, 141, 142, 143), False, id="one-long-pause-is-part-of-the-habit"),
        pytest.param(_published(300, 301, 302), False, id="too-little-to-speak-of-a-habit"),
        pytest.param(_published(), False, id="never-anything"),
        pytest.param(
            replace(_published(20, 21, 22, 23, 24), failing_since=NOW - DAY),
            False,
            id="fails-which-is-told-anyway",
        ),
    ],
)
def test_silence_is_judged_by_the_sources_own_rhythm(state, silent):
    """A register that grows twice a year must not be called dead every month."""
    assert (silent_since(make_source(), state, NOW) is not None) is silent


def test_silence_is_told_once_a_week_until_it_ends():
    """The old list, served unchanged for ever after a rebuild, is a fault that no poll shows."""
    source, state = make_source(), _published(20, 21, 22, 23, 24)
    kinds = []
    for day in range(16):
        before, now = state, NOW + DAY * day
        news = (*state.news_at, now) if day == 15 else state.news_at
        state, told = notice(source, before, replace(before, last_verdict=Verdict.OK, news_at=news), now)
        kinds += [(day, told.kind)] if told else []

    assert kinds == [
        (0, NoticeKind.SILENT),
        (7, NoticeKind.SILENT),
        (14, NoticeKind.SILENT),
        (15, NoticeKind.HEARD),
    ]


def test_coverage_says_that_a_source_has_fallen_silent():
    """It is read, and yet it would not tell us: both are true, and both are said (coverage kept true)."""
    source = make_source(voice="QR")
    state = replace(_published(20, 21, 22, 23, 24), last_success=NOW, failing_since=None)
    (covered,) = coverage([source], {source.id: state}, [], ["QR"], NOW)

    assert [each.source_id for each in covered.sources_read] == [source.id]
    assert covered.trouble[0].words == "answers, but against its habit has listed nothing new"
    assert covered.trouble[0].since == NOW - DAY * 20


def test_a_digest_is_told_of_silence_as_of_something_to_be_noted():
    """It was read, and yet nobody can rely on it: readers must learn both."""
    state = replace(_published(20, 21, 22, 23, 24), last_verdict=Verdict.OK, last_success=NOW)
    (fault,) = faults([make_source()], {make_source().id: state}, NOW)

    assert (fault.read, fault.since) == (True, NOW - DAY * 20)
    assert fault.words == "answers, but against its habit has listed nothing new"


def test_a_poll_with_news_is_remembered_and_a_quiet_one_is_not():
    """The rhythm is that of what is new, not that of our polling."""
    from tests.health.polls import judged, make_items

    quiet = judged(make_items(*range(10)), make_reply())
    news = judged(make_items(*range(11)), make_reply())

    assert (quiet.state.news_at, news.state.news_at) == ((), (NOW,))

"""What a poll is worth; RELIABILITY H1 to H4, and what peers get wrong."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Expectation, PartialDate, Reach, SourceKind, Transport, Verdict
from tests.health.polls import NOW, YESTERDAY, judged, known_by, make_items, make_reply, make_state

PAGE = (
    b"<!DOCTYPE html><html><head><title>News</title></head><body>" + b"<p>Many words.</p>" * 200 + b"</body>"
)
SAME = make_items(*range(10))


def test_a_known_list_is_ok():
    """The dull case: nothing new, and the source is well."""
    judgement = judged(SAME)

    assert (judgement.poll.verdict, judgement.poll.items_seen, judgement.poll.items_new) == (
        Verdict.OK,
        10,
        0,
    )
    assert judgement.state.last_success == NOW


def test_new_and_edited_items_are_counted():
    """What the run prints about a source."""
    read = make_items(*range(9), 10, 11)
    read = replace(read, items=(replace(read.items[0], version="v2"), *read.items[1:]))

    poll = judged(read).poll

    assert (poll.items_new, poll.items_edited) == (2, 1)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(make_reply(None, status=304, transport=Transport.NOT_MODIFIED), "", id="304"),
        pytest.param(make_reply(), "same-body", id="same-body"),
    ],
)
def test_an_unchanged_list_is_a_success(reply, reason):
    """Not modified is an answer: the source is well, and its counts stay."""
    judgement = judged(None, reply)

    assert (judgement.poll.verdict, judgement.poll.reason) == (Verdict.NOT_MODIFIED, reason)
    assert (judgement.state.last_success, judgement.state.last_items) == (NOW, 10)


BAD = {
    "refused": (make_reply(b"no", status=403), Verdict.BLOCKED, "refused"),
    "login": (make_reply(b"no", status=401), Verdict.BLOCKED, "login-asked"),
    "too-many": (make_reply(b"no", status=429), Verdict.BLOCKED, "too-many-requests"),
    "legal": (make_reply(b"no", status=451), Verdict.BLOCKED, "legal"),
    "unavailable": (make_reply(b"no", status=503), Verdict.ERROR, "maintenance"),
    "server-error": (make_reply(b"no", status=500), Verdict.ERROR, "server-error"),
    "bad-parameter": (make_reply(b"no", status=422), Verdict.ERROR, "request-refused"),
    "not-found": (make_reply(b"no", status=404), Verdict.GONE, "not-found"),
    "withdrawn": (make_reply(b"no", status=410), Verdict.GONE, "gone"),
    "odd-status": (make_reply(b"no", status=206), Verdict.ERROR, "odd-status"),
    "timeout": (make_reply(None, status=None, transport=Transport.TIMEOUT), Verdict.ERROR, "timeout"),
    "truncated": (make_reply(None, status=200, transport=Transport.TRUNCATED), Verdict.ERROR, "truncated"),
    "no-body": (make_reply(b" \n"), Verdict.EMPTY, "no-body"),
    "page-for-a-feed": (make_reply(PAGE), Verdict.WRONG_TYPE, "page-instead"),
    "page-called-rss": (
        make_reply(PAGE, headers=(("Content-Type", "application/rss+xml"),)),
        Verdict.WRONG_TYPE,
        "page-instead",
    ),
    "other-site": (
        make_reply(final_url="https://borduria.example/feed.xml"),
        Verdict.SUSPECT,
        "redirected-away",
    ),
    "home-page": (make_reply(final_url="https://www.mfa.example/"), Verdict.SUSPECT, "redirected-home"),
}


@pytest.mark.parametrize(("reply", "verdict", "reason"), BAD.values(), ids=BAD.keys())
def test_what_is_no_answer_gets_its_own_verdict(reply, verdict, reason):
    """A 200 is not a success; an operator must see at once what to do."""
    poll = judged(None, reply).poll

    assert (poll.verdict, poll.reason) == (verdict, reason)
    assert poll.detail


@pytest.mark.parametrize(("reply", "verdict", "reason"), BAD.values(), ids=BAD.keys())
def test_a_failed_poll_changes_nothing_but_health(reply, verdict, reason):
    """H1: even where a reader made items of a bad reply, the counts of good days stay."""
    before = make_state()

    judgement = judged(make_items(1, 2), reply, state=before)

    after = judgement.state
    assert (after.last_success, after.last_items, after.known_items) == (YESTERDAY, 10, 10)
    assert (after.failing_since, after.failures, after.last_verdict) == (NOW, 1, verdict)
    assert judgement.gaps == ()


def test_failing_since_is_the_first_failure():
    """Readers are told since when a source has not answered."""
    before = make_state(failing_since=YESTERDAY, failures=4, last_verdict=Verdict.ERROR)

    after = judged(None, BAD["timeout"][0], state=before).state

    assert (after.failing_since, after.failures) == (YESTERDAY, 5)


def test_a_good_poll_ends_the_failure():
    """Recovery is news to the operator as well."""
    before = make_state(failing_since=YESTERDAY, failures=4, last_verdict=Verdict.ERROR)

    after = judged(SAME, state=before).state

    assert (after.failing_since, after.failures, after.last_verdict) == (None, 0, Verdict.OK)


def test_what_cannot_be_read_is_an_error():
    """A reader's complaint reaches the operator without the source's name twice."""
    poll = judged(None, error="ruritania-mfa: this is no RSS or Atom feed").poll

    assert (poll.verdict, poll.reason, poll.detail) == (
        Verdict.ERROR,
        "unreadable",
        "this is no RSS or Atom feed",
    )


def test_a_failed_page_is_a_failed_poll():
    """The second page of a register that fails must not make the first look like the whole."""
    from monitor.health import judge
    from tests.health.polls import make_source

    replies = (make_reply(), make_reply(b"no", status=500))

    judgement = judge(make_source(), replies, None, "", make_state(), {}, NOW, NOW)

    assert judgement.poll.verdict is Verdict.ERROR


# --- the list is not what it was


@pytest.mark.parametrize(
    ("items", "expect", "verdict", "reason"),
    [
        pytest.param(0, Expectation(), Verdict.EMPTY, "no-items", id="empty"),
        pytest.param(
            0, Expectation(min_items=0), Verdict.SUSPECT, "items-dropped", id="empty-though-allowed"
        ),
        pytest.param(5, Expectation(), Verdict.SUSPECT, "items-dropped", id="half"),
        pytest.param(7, Expectation(), Verdict.OK, "", id="thirty-per-cent-less"),
        pytest.param(5, Expectation(max_drop=0.6), Verdict.OK, "", id="half-where-that-is-allowed"),
        pytest.param(8, Expectation(min_items=9), Verdict.SUSPECT, "few-items", id="fewer-than-it-must-have"),
        pytest.param(10, Expectation(requires=("Newsroom",)), Verdict.SUSPECT, "phrase-missing", id="phrase"),
    ],
)
def test_a_list_that_shrinks_is_no_quiet_success(items, expect, verdict, reason):
    """Peers report one mass deletion after a redesign, then silence with exit code 0."""
    poll = judged(make_items(*range(items)), expect=expect).poll

    assert (poll.verdict, poll.reason) == (verdict, reason)


def test_a_short_list_may_lose_an_item():
    """Three entries where there were four is a Tuesday, not a redesign."""
    assert judged(make_items(0, 1), state=make_state(4)).poll.verdict is Verdict.OK


def test_a_shorter_list_is_accepted_when_it_has_settled():
    """A site that shows ten items instead of thirty from now on must not stay unread for ever."""
    read, known, state = make_items(*range(5)), known_by(SAME), make_state()
    verdicts = []
    for _ in range(3):
        judgement = judged(read, state=state, known=known)
        verdicts.append(judgement.poll.verdict)
        state = judgement.state

    assert verdicts == [Verdict.SUSPECT, Verdict.SUSPECT, Verdict.OK]
    assert state.last_items == 5


def _dropped(kind, *, dated):
    """The judgement on a short list of strangers that has now been seen for the third time."""
    read = make_items(90, 91)
    if dated:
        items = [replace(item, published=PartialDate.parse("2031-02-16")) for item in read.items]
        read = replace(read, items=tuple(items))
    state = make_state(failures=2, failing_since=YESTERDAY, last_reason="items-dropped")
    return judged(read, state=state, kind=kind)


@pytest.mark.parametrize(
    ("kind", "dated"),
    [
        pytest.param(SourceKind.FEED, False, id="feed"),
        pytest.param(SourceKind.LISTING, True, id="listing-of-dated-entries"),
    ],
)
def test_a_short_list_of_strangers_settles_and_is_a_gap(kind, dated):
    """A feed is relaunched with three entries, one of them a signing: held for ever, it would be missed."""
    judgement = _dropped(kind, dated=dated)

    assert (judgement.poll.verdict, judgement.poll.items_new) == (Verdict.OK, 2)
    assert len(judgement.gaps) == 1


def test_a_sites_navigation_never_settles():
    """A selector that matches the navigation gives few entries, none of them known and none dated."""
    assert _dropped(SourceKind.LISTING, dated=False).poll.verdict is Verdict.SUSPECT


def test_a_feed_cut_short_is_suspect():
    """Close-delimited replies end where the connection does."""
    poll = judged(replace(SAME, flags=("unclosed",))).poll

    assert (poll.verdict, poll.reason) == (Verdict.SUSPECT, "unclosed")


# --- identity and gaps


def test_items_back_under_other_keys_are_one_question():
    """H4: all ids changed is one thing to ask, not ten announcements."""
    judgement = judged(make_items(*range(10), prefix="guid:"))

    assert (judgement.poll.verdict, judgement.poll.reason) == (Verdict.SUSPECT, "identity-changed")
    assert len(judgement.questions) == 1
    assert "10 of 10 items are known under other keys" in judgement.questions[0].text


def test_a_question_is_asked_once():
    """The same doubt at every poll must not fill the desk."""
    first = judged(make_items(*range(10), prefix="guid:"))
    second = judged(make_items(*range(10), prefix="guid:"), state=first.state)

    assert first.questions[0] == second.questions[0]


def test_an_answered_question_releases_the_list():
    """A person has said that the new keys are right."""
    asked = judged(make_items(*range(10), prefix="guid:")).questions[0].id

    judgement = judged(make_items(*range(10), 10, prefix="guid:"), answered=(asked,))

    assert judgement.poll.verdict is Verdict.OK
    assert (judgement.poll.items_new, judgement.poll.items_edited) == (1, 10)
    assert judgement.questions == ()


def test_a_few_renamed_items_are_no_question():
    """Editors re-create an entry now and then."""
    read = make_items(*range(8))
    renamed = make_items(8, 9, prefix="guid:")

    assert judged(replace(read, items=read.items + renamed.items)).poll.verdict is Verdict.OK


def test_nothing_known_is_a_gap_and_counts():
    """Announcements may have passed unseen; those that are listed are read all the same."""
    judgement = judged(make_items(*range(20, 30)))

    assert (judgement.poll.verdict, judgement.poll.items_new) == (Verdict.OK, 10)
    assert [(gap.since, gap.until) for gap in judgement.gaps] == [(YESTERDAY, NOW)]


@pytest.mark.parametrize(
    ("read", "state"),
    [
        pytest.param(make_items(9, *range(20, 29)), make_state(), id="one-item-known"),
        pytest.param(
            make_items(*range(10)), make_state(0, last_success=None, ever_ok=False), id="first-poll"
        ),
        pytest.param(make_items(*range(10)), make_state(0), id="source-had-no-items"),
    ],
)
def test_no_gap_where_nothing_can_have_passed(read, state):
    """A gap that is none makes readers deaf to those that are."""
    known = known_by(SAME) if state.known_items else {}

    assert judged(read, state=state, known=known).gaps == ()


# --- sources that refuse machines


@pytest.mark.parametrize(
    ("reach", "before", "reply", "expected"),
    [
        pytest.param(Reach.WALLED, None, "refused", True, id="walled-refuses-at-first"),
        pytest.param(Reach.WALLED, Verdict.BLOCKED, "refused", True, id="walled-goes-on-refusing"),
        pytest.param(Reach.WALLED, Verdict.BLOCKED, "timeout", True, id="walled-hangs-up-instead"),
        pytest.param(Reach.WALLED, Verdict.OK, "refused", False, id="walled-had-opened"),
        pytest.param(Reach.WALLED, Verdict.BLOCKED, "withdrawn", False, id="walled-is-gone"),
        pytest.param(Reach.DEPENDS, Verdict.BLOCKED, "refused", True, id="depends-still-closed"),
        pytest.param(Reach.OPEN, Verdict.BLOCKED, "refused", False, id="open-refuses"),
    ],
)
def test_a_walled_source_fails_a_run_only_when_its_state_changes(reach, before, reply, expected):
    """Exit code 3 every day for a site that has refused machines for years tells nobody anything."""
    state = make_state(last_verdict=before)

    assert judged(None, BAD[reply][0], state=state, reach=reach).expected_failure is expected


# --- properties

_OUTCOMES = st.lists(
    st.tuples(
        st.sampled_from(sorted(BAD)) | st.none(),
        st.sets(st.integers(0, 40), max_size=12),
        st.sampled_from("ab"),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(_OUTCOMES)
def test_only_successes_move_what_is_known(outcomes):
    """Whatever a site does in whatever order, health alone follows its failures."""
    state, known = make_state(0, last_success=None, last_verdict=None, ever_ok=False), {}
    for bad, numbers, prefix in outcomes:
        before = state
        read = make_items(*sorted(numbers), prefix=prefix)
        judgement = judged(read, BAD[bad][0] if bad else None, state=state, known=known)
        state = judgement.state
        if judgement.poll.verdict.is_success:
            known |= known_by(read)
            assert (state.failing_since, state.failures, state.last_items) == (None, 0, len(numbers))
        else:
            assert (state.last_success, state.last_items, state.known_items, state.ever_ok) == (
                before.last_success,
                before.last_items,
                before.known_items,
                before.ever_ok,
            )
            assert state.failures == before.failures + 1
            assert judgement.gaps == ()
            assert judgement.poll.items_new == 0

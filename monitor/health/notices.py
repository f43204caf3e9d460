"""When an operator is told of a source: once it has failed for good, each week after, when it is back.

A single failed poll is daily life and stands in the digest's coverage alone. Silence is judged by the
source's own rhythm: a ministry that publishes every day and stops for a fortnight is remarkable, a
register that grows twice a year is not. Pure.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.health.judging import is_expected_failure
from monitor.health.reasons import words_for
from monitor.model import Notice, NoticeKind, Source, SourceState

AFTER = 3  # failed polls in a row
REMIND_EVERY = timedelta(days=7)
_FEWEST_NEWS = 5  # polls that brought news, before a rhythm can be spoken of
_LONGER = 3  # times the longest pause so far
_SHORTEST_SILENCE = timedelta(days=14)


def notice(
    source: Source, before: SourceState, after: SourceState, now: datetime
) -> tuple[SourceState, Notice | None]:
    """Return the state with what was told noted in it, and what is to be told after a poll, if anything.

    A source that is known to refuse machines, and goes on refusing, is no news.
    """
    verdict = after.last_verdict
    if verdict is not None and not verdict.is_success:
        return _of_failure(source, before, after, now)
    if before.noticed_at is not None:
        since = f"{before.failing_since:%Y-%m-%d %H:%M}" if before.failing_since else "some time"
        words = f"answers again; it had failed since {since} UTC"
        return replace(after, noticed_at=None), Notice(NoticeKind.RECOVERED, source.id, now, words)
    return _of_silence(source, after, now)


def silent_since(source: Source, state: SourceState, now: datetime) -> datetime | None:
    """Return since when a source that answers has listed nothing new, against its habit; None if it has."""
    news = state.news_at
    if not source.enabled or len(news) < _FEWEST_NEWS or state.failing_since is not None:
        return None
    longest = max(later - earlier for earlier, later in pairwise(news))
    allowed = max(_LONGER * longest, _SHORTEST_SILENCE)
    return news[-1] if now - news[-1] > allowed else None


def _of_failure(
    source: Source, before: SourceState, after: SourceState, now: datetime
) -> tuple[SourceState, Notice | None]:
    assert after.last_verdict is not None  # noqa: S101 - the caller has looked
    if is_expected_failure(source, before.last_verdict, after.last_verdict):
        return after, None
    last = before.noticed_at
    if last is None and after.failures < AFTER:
        return after, None
    if last is not None and now - last < REMIND_EVERY:
        return after, None
    kind = NoticeKind.FAILING if last is None else NoticeKind.REMINDER
    since = f"{after.failing_since:%Y-%m-%d %H:%M}" if after.failing_since else "some time"
    why = after.last_detail or words_for(after.last_reason, after.last_verdict)
    words = f"has failed {after.failures} times in a row, since {since} UTC: {why}"
    return replace(after, noticed_at=now), Notice(kind, source.id, now, words)


def _of_silence(source: Source, after: SourceState, now: datetime) -> tuple[SourceState, Notice | None]:
    since = silent_since(source, after, now)
    last = after.silent_told_at
    if since is None:
        told = Notice(NoticeKind.HEARD, source.id, now, "lists something new again") if last else None
        return (replace(after, silent_told_at=None), told) if last else (after, None)
    if last is not None and now - last < REMIND_EVERY:
        return after, None
    words = (
        f"answers, but has listed nothing new since {since:%Y-%m-%d}, against its habit; look at it by hand"
    )
    return replace(after, silent_told_at=now), Notice(NoticeKind.SILENT, source.id, now, words)

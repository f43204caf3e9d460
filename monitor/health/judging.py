"""Judge a poll from what was asked, what was read, and what is known of its source.

A poll that is not a success changes nothing but the source's health. Absence of an item is never read
as an end. Items seen for the first time only are a gap, and count; items that come back under other
keys are a question, and are held until a person answers or the new keys have stood for three polls.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.health.notes import listed, note_on
from monitor.health.novelty import Novelty, compare_items
from monitor.health.reasons import REASONS, Objection
from monitor.health.replies import check_source_reply
from monitor.model import (
    Gap,
    ItemsRead,
    Poll,
    Question,
    Reach,
    Reply,
    Source,
    SourceKind,
    SourceState,
    Transport,
    Verdict,
)

_SETTLED_AFTER = 2  # failed polls in a row: what the third shows again is how the source is now
_MOST_NEWS = 12  # polls with news that are remembered, to know a source's rhythm
_SMALLEST_DROP = 3  # items; short lists change by one or two every day
_WALL_LIKE = frozenset({Verdict.BLOCKED, Verdict.WRONG_TYPE, Verdict.EMPTY, Verdict.ERROR})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A poll's verdict and the source's state after it, with what is to be said or asked.

    ``expected_failure``: a source that is known to refuse machines has refused once more.
    """

    poll: Poll
    state: SourceState
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Question, ...] = ()
    expected_failure: bool = False


def judge(
    source: Source,
    replies: Sequence[Reply],
    read: ItemsRead | None,
    error: str,
    state: SourceState,
    known_versions: Mapping[str, str],
    slot: datetime,
    now: datetime,
    *,
    answered: Collection[str] = (),
    unchanged: bool = False,
) -> Judgement:
    """Return what to make of a poll.

    Args:
        source: Its entry.
        replies: All that was asked at this slot with what came, in order.
        read: The items of all pages together; None if nothing was read (not modified, or a failure).
        error: Why a body could not be read, empty if it could.
        state: What was known of the source before.
        known_versions: The stored version under every key of the source's items.
        slot: The due time.
        now: The end of the poll.
        answered: Ids of questions to which a person has answered that the source is right.
        unchanged: The bytes are those of the last success, and need not be judged again.
    """
    novelty = compare_items(read.items if read else (), known_versions)
    objection = _objection(source, replies, read, error, unchanged=unchanged)
    doubt = _doubt(source, read, novelty, state) if read and objection is None else None
    question = _question(source, doubt, state, state.failing_since or now) if doubt else None
    if doubt and question and question.id not in answered:
        objection = None if _has_settled(doubt, source, read, novelty, state) else doubt
    verdict, reason, detail = _verdict(objection, replies, read)
    if verdict.is_success:
        reason, detail = note_on(source, replies, read, novelty, state) or (reason, detail)
    poll = Poll(source.id, slot, now, verdict, reason, detail, items_seen=novelty.seen)
    if not verdict.is_success:
        asked = (question,) if question and objection is doubt else ()
        expected = is_expected_failure(source, state.last_verdict, verdict)
        return Judgement(poll, _failed(state, poll), questions=asked, expected_failure=expected)
    poll = replace(poll, items_new=novelty.new, items_edited=novelty.edited + novelty.renamed)
    return Judgement(poll, _succeeded(source, state, poll, read), gaps=_gaps(source, novelty, state, now))


def is_expected_failure(source: Source, before: Verdict | None, verdict: Verdict) -> bool:
    """Return whether a source that is known to refuse machines merely goes on refusing them."""
    if source.reach not in (Reach.WALLED, Reach.DEPENDS) or verdict not in _WALL_LIKE:
        return False
    return before is None or before in _WALL_LIKE


def _objection(
    source: Source, replies: Sequence[Reply], read: ItemsRead | None, error: str, *, unchanged: bool
) -> Objection | None:
    for reply in replies:
        if objection := check_source_reply(source, reply, body_known=unchanged):
            return objection
    if error:
        return Objection(REASONS["unreadable"], error.removeprefix(f"{source.id}: "))
    if read is None:
        return None
    return _incomplete(source, read) or _selector_missed(read) or _phrase_missing(source, replies)


def _incomplete(source: Source, read: ItemsRead) -> Objection | None:
    count, least = listed(source, read), source.expect.min_items
    if source.kind is SourceKind.INBOX:  # people move away what was read
        return None
    if count < least and count == 0:
        return Objection(REASONS["no-items"], "the list is empty; look at the address in a browser")
    if count < least:
        return Objection(REASONS["few-items"], f"{count} items came, at least {least} are expected")
    return None


def _selector_missed(read: ItemsRead) -> Objection | None:
    missed = [flag.partition(":")[2] for flag in read.flags if flag.startswith("selector-missed:")]
    if not missed:
        return None
    what = f"the selector of {' and '.join(missed)} finds nothing, or nothing in most entries"
    return Objection(REASONS["selector-missed"], f"{what}; the site was rebuilt: correct the selectors")


def _phrase_missing(source: Source, replies: Sequence[Reply]) -> Objection | None:
    """Required phrases are looked for in the bytes: in any of the encodings that sites use for them."""
    for phrase in source.expect.requires:
        forms = {
            phrase.encode(encoding, "replace") for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")
        }
        if not any(form in (reply.body or b"") for reply in replies for form in forms):
            return Objection(REASONS["phrase-missing"], f"the reply lacks “{phrase}”, which it must hold")
    return None


def _doubt(source: Source, read: ItemsRead, novelty: Novelty, state: SourceState) -> Objection | None:
    """What may be a fault of the source or its new shape; a person can tell."""
    if novelty.renamed > novelty.seen / 2:
        detail = f"{novelty.renamed} of {novelty.seen} items are known under other keys"
        return Objection(REASONS["identity-changed"], detail)
    if "unclosed" in read.flags:
        return Objection(REASONS["unclosed"], f"the end of the list is missing after {novelty.seen} items")
    came = listed(source, read)
    gone = state.last_items - came
    may_shrink = source.kind is SourceKind.INBOX or (source.days and source.kind is not SourceKind.SITEMAP)
    if not may_shrink and gone >= _SMALLEST_DROP and gone > state.last_items * source.expect.max_drop:
        detail = f"{came} items came, {state.last_items} the last time"
        return Objection(REASONS["items-dropped"], detail)
    return None


def _question(source: Source, doubt: Objection, state: SourceState, asked_at: datetime) -> Question:
    """One question a doubt, however many polls repeat it: its id changes only after a success."""
    since = state.last_success.isoformat() if state.last_success else ""
    text = "\0".join((source.id, doubt.reason.code, since))
    question_id = "q-" + hashlib.sha256(text.encode()).hexdigest()[:16]
    told = f"{source.publisher} {doubt.reason.words}: {doubt.detail}. Is that right?"
    return Question(question_id, source.id, asked_at, told)


def _has_settled(
    doubt: Objection, source: Source, read: ItemsRead | None, novelty: Novelty, state: SourceState
) -> bool:
    """Whether the same has now been seen three times, and is no site's navigation.

    A short list of what was never seen may be a relaunched one: it is read, unless a selector found it and
    its entries have no dates.
    """
    if state.last_reason != doubt.reason.code or state.failures < _SETTLED_AFTER:
        return False
    if doubt.reason.code != "items-dropped" or source.kind is not SourceKind.LISTING or read is None:
        return True
    dated = sum(item.published is not None for item in read.items)
    return novelty.recognised > novelty.seen / 2 or dated > len(read.items) / 2


def _verdict(
    objection: Objection | None, replies: Sequence[Reply], read: ItemsRead | None
) -> tuple[Verdict, str, str]:
    if objection is not None:
        return objection.reason.verdict, objection.reason.code, objection.detail
    if read is not None:
        return Verdict.OK, "", ""
    unmodified = all(reply.exchange.transport is Transport.NOT_MODIFIED for reply in replies)
    return Verdict.NOT_MODIFIED, "" if unmodified else "same-body", ""


def _failed(state: SourceState, poll: Poll) -> SourceState:
    return replace(
        state,
        last_slot=poll.slot,
        last_verdict=poll.verdict,
        last_reason=poll.reason,
        last_detail=poll.detail,
        failing_since=state.failing_since or poll.ended_at,
        failures=state.failures + 1,
    )


def _succeeded(source: Source, state: SourceState, poll: Poll, read: ItemsRead | None) -> SourceState:
    return replace(
        state,
        last_slot=poll.slot,
        last_success=poll.ended_at,
        last_verdict=poll.verdict,
        last_reason=poll.reason,
        last_detail=poll.detail,
        failing_since=None,
        failures=0,
        last_items=state.last_items if read is None else listed(source, read),
        known_items=state.known_items + poll.items_new,
        news_at=(*state.news_at, poll.ended_at)[-_MOST_NEWS:] if poll.items_new else state.news_at,
        ever_ok=True,
    )


def _gaps(source: Source, novelty: Novelty, state: SourceState, now: datetime) -> tuple[Gap, ...]:
    """A gap where a source that had items shows none that was seen before.

    A source that is read back to a day has one where that day lies after the last success. Files in a
    folder come and go; they are no list of what was published.
    """
    last = state.last_success
    if source.kind is SourceKind.INBOX or state.known_items == 0 or last is None:
        return ()
    if source.days:
        unseen = now - last > timedelta(days=source.days)
    else:
        unseen = novelty.seen > 0 and novelty.recognised == 0
    return (Gap(source.id, last, now, "none-seen-before"),) if unseen else ()

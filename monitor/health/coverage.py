"""Who would tell us: by party, the sources that are read, those in trouble, and who looks by hand.

"Checked, nothing new" without this is false comfort.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from monitor.health.judging import is_expected_failure
from monitor.health.notices import silent_since
from monitor.health.reasons import NOTES, words_for
from monitor.model import (
    GIVEN_UP_AFTER,
    Coverage,
    Fault,
    LookedAt,
    ManualLook,
    PartyCode,
    Reach,
    Source,
    SourceRead,
    SourceState,
    Trouble,
)

_GRACE = timedelta(days=3)  # a source read well within it, or within three intervals, still covers its party
_UNASKED = SourceState("")


def coverage(
    sources: Iterable[Source],
    states: Mapping[str, SourceState],
    looks: Iterable[ManualLook],
    parties: Iterable[PartyCode],
    now: datetime,
) -> tuple[Coverage, ...]:
    """Return, for each of ``parties`` in its order, how we would learn of what it announces.

    Only official sources that speak for the party count. A source that fails now but was read well
    within its grace is named both as read, with when, and as in trouble.
    """
    latest: dict[str, ManualLook] = {}
    for look in sorted(looks, key=lambda each: each.at):
        latest[look.source_id] = look
    official = [source for source in sources if source.official]
    return tuple(_of_party(party, official, states, latest, now) for party in parties)


def faults(sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime) -> tuple[Fault, ...]:
    """Return every source that fails, longest first, and what is to be noted of others."""
    found = []
    for source in sources:
        state = states.get(source.id)
        if state is not None and source.enabled and source.reach is not Reach.MANUAL:
            found += _faults_of(source, state, now)
    return tuple(sorted(found, key=lambda fault: (fault.since or now, fault.source_id)))


def overdue_since(source: Source, state: SourceState, now: datetime) -> datetime | None:
    """Return when a source was last read that should have been asked since; None if it is not overdue."""
    asked = source.enabled and source.reach is not Reach.MANUAL
    failing = state.last_verdict is not None and not state.last_verdict.is_success
    if not asked or failing or state.last_success is None:
        return None
    return state.last_success if now - state.last_success > _grace(source) else None


def _of_party(
    party: PartyCode,
    official: Iterable[Source],
    states: Mapping[str, SourceState],
    looks: Mapping[str, ManualLook],
    now: datetime,
) -> Coverage:
    read, trouble, manual = [], [], []
    for source in official:
        if source.voice != party:
            continue
        state = states.get(source.id, _UNASKED)
        look = looks.get(source.id)
        if _covers(source, state, now) and state.last_success is not None:
            read.append(SourceRead(source.id, source.publisher, state.last_success, source.url))
        if words := _trouble(source, state, now):
            since = state.failing_since or silent_since(source, state, now) or state.last_success
            trouble.append(Trouble(source.publisher, since, words, source.id, source.url))
        if look is not None:
            manual.append(LookedAt(source.publisher, look.by, look.at, look.note, source.id))
    return Coverage(party, tuple(read), tuple(trouble), tuple(manual))


def _covers(source: Source, state: SourceState, now: datetime) -> bool:
    if not source.enabled or source.reach is Reach.MANUAL or state.last_success is None:
        return False
    return now - state.last_success <= _grace(source)


def _grace(source: Source) -> timedelta:
    return max(timedelta(seconds=3 * source.every_s), _GRACE)


def _trouble(source: Source, state: SourceState, now: datetime) -> str:
    """What is wrong, completing "its site ..."; empty if nothing is."""
    if source.reach is Reach.MANUAL:
        return "is looked at by hand only"
    if not source.enabled:
        return "is switched off in sources.yaml"
    if state.last_verdict is None:
        return "has not been asked yet"
    if not state.last_verdict.is_success:
        return words_for(state.last_reason, state.last_verdict)
    if not _covers(source, state, now):
        return _NOT_ASKED
    return _SILENT if silent_since(source, state, now) else ""


_NOT_ASKED = "has not been asked since it was due"
_SILENT = "answers, but against its habit has listed nothing new"
_BAFFLING = "has published something that could not be understood because of a fault of ours"


def _faults_of(source: Source, state: SourceState, now: datetime) -> list[Fault]:
    verdict = state.last_verdict
    if verdict is not None and not verdict.is_success:
        words = words_for(state.last_reason, verdict)
        expected = is_expected_failure(source, None, verdict)
        return [Fault(source.id, source.publisher, state.failing_since, words, expected, source.url)]
    if (since := overdue_since(source, state, now)) is not None:
        return [Fault(source.id, source.publisher, since, _NOT_ASKED, url=source.url)]
    notes: list[tuple[datetime | None, str]] = (
        [(None, NOTES[state.last_reason].words)] if state.last_reason in NOTES else []
    )
    if (silent := silent_since(source, state, now)) is not None:
        notes.append((silent, _SILENT))
    if any(tries >= GIVEN_UP_AFTER for _, tries in state.baffling):
        notes.append((None, _BAFFLING))
    return [
        Fault(source.id, source.publisher, since, words, url=source.url, read=True) for since, words in notes
    ]

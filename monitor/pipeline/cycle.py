"""One polling cycle: every due source, host by host, many hosts at the same time.

What a host is asked, it is asked in turn; a slow one delays no other. Sources are worked on one at a
time all the same (see :mod:`monitor.pipeline.turns`), so a poll is recorded as if it were alone.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from monitor.errors import StateError, StoppedError
from monitor.model import SourceState
from monitor.pipeline.parts import Parts
from monitor.pipeline.poll import SourceOutcome, poll_source, record_crash
from monitor.pipeline.turns import (
    Turn,
    TurnsEndedError,
    WaitingEvidence,
    WaitingFetcher,
    WaitingReader,
    in_turns,
)
from monitor.ports import CycleStore
from monitor.scheduling import Due, due_sources

_log = logging.getLogger(__name__)


def poll_due(parts: Parts, *, all_now: bool = False, only: Iterable[str] = ()) -> tuple[SourceOutcome, ...]:
    """Poll every due source; return what came of each, in the order of the sources.

    What fails in one never stops the others.

    Raises:
        StateError: the database or the evidence cannot be written; nothing can be recorded then.
        StoppedError: the process was told to end; sites that have not answered are not waited for.
    """
    wanted = set(only)
    states = parts.store.source_states()
    chosen = [source for source in parts.sources if not wanted or source.id in wanted]
    due = due_sources(chosen, states, parts.clock.now(), all_now=all_now or bool(wanted))
    with parts.store.cycle() as store:
        outcomes = _poll_all(replace(parts, store=store), store, due, states)
    return tuple(outcomes[each.source.id] for each in due)


def _poll_all(
    parts: Parts, store: CycleStore, due: Sequence[Due], states: Mapping[str, SourceState]
) -> dict[str, SourceOutcome]:
    outcomes: dict[str, SourceOutcome] = {}
    turn = Turn()
    waiting = _giving_up(parts, turn) if parts.at_once > 1 else parts

    def poll(each: Due) -> None:
        state = states.get(each.source.id) or SourceState(each.source.id)
        outcomes[each.source.id] = _poll_one(waiting, each, state)

    def look_up() -> None:
        store.flush()
        _stop_if_told(parts)

    if parts.at_once > 1:
        in_turns(_by_host(due), poll, turn, at_once=parts.at_once, meanwhile=look_up)
    else:
        for each in due:
            _stop_if_told(parts)
            poll(each)
    return outcomes


def _stop_if_told(parts: Parts) -> None:
    if parts.is_stopping():
        raise StoppedError("stopped: sources that had not answered are asked at the next start")


def _poll_one(parts: Parts, due: Due, state: SourceState) -> SourceOutcome:
    try:
        return poll_source(parts, due.source, due.slot, state)
    except (StateError, TurnsEndedError):
        raise
    except Exception as error:  # one source among many
        _log.exception("%s: the poll failed unexpectedly", due.source.id)
        return record_crash(parts, due.source, due.slot, state, error)


def _giving_up(parts: Parts, turn: Turn) -> Parts:
    """The parts, with ports that give up the turn while they wait."""
    return replace(
        parts,
        fetcher=WaitingFetcher(parts.fetcher, turn),
        reader=WaitingReader(parts.reader, turn),
        evidence=WaitingEvidence(parts.evidence, turn),
    )


def _by_host(due: Iterable[Due]) -> list[list[Due]]:
    queues: dict[str, list[Due]] = {}
    for each in due:
        queues.setdefault(urlsplit(each.source.url).hostname or each.source.id, []).append(each)
    return list(queues.values())

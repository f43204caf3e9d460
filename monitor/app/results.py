"""What a run did and how a workspace stands, as lines for people and rows for programs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.errors import Problem
from monitor.health import NOTES, overdue_since, silent_since
from monitor.model import (
    GIVEN_UP_AFTER,
    Change,
    ChangeKind,
    Delivery,
    DeliveryStatus,
    Gap,
    Life,
    Question,
    Reach,
    Source,
    SourceState,
    Verdict,
    written,
)
from monitor.pipeline import SourceOutcome, Written

_WORDS = {
    ChangeKind.NEW: "SIGNED",
    ChangeKind.ADVANCED: "MOVED ON",
    ChangeKind.OMITTED: "OMITTED",
    ChangeKind.DISCREPANCY: "DIFFERS",
    ChangeKind.UNDER_WAY: "UNDER WAY",
    ChangeKind.LEAD: "PRESS ONLY",
    ChangeKind.UNDATED: "UNDATED",
}
_NO_BRIEFING = "state/briefings holds no briefing that can be read: nothing is compared, and nobody is told"


@dataclass(frozen=True, slots=True)
class RunResult:
    """What one cycle did."""

    outcomes: tuple[SourceOutcome, ...]
    found: tuple[Change, ...]
    written: Written
    deliveries: tuple[Delivery, ...]
    names: Mapping[str, str]
    briefing_faults: tuple[Problem, ...] = ()
    template_faults: tuple[Problem, ...] = ()
    has_briefing: bool = True

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes found or altered, those that ended apart."""
        return tuple(change for change in self.found if change.life in (Life.OPEN, Life.DECIDED))

    @property
    def sources_failed(self) -> bool:
        """Whether a source that was expected to answer failed, or a briefing does not parse."""
        return any(outcome.failed for outcome in self.outcomes) or bool(self.briefing_faults)

    @property
    def deliveries_failed(self) -> bool:
        """Whether a digest could not be written, or a delivery failed."""
        return bool(self.written.failed or self.template_faults) or any(
            d.status in (DeliveryStatus.RETRY, DeliveryStatus.DEAD) for d in self.deliveries
        )

    def lines(self) -> Iterator[str]:
        """Yield the run in words, the changes first after the count."""
        failed = sum(outcome.failed for outcome in self.outcomes)
        walled = sum(o.expected and not o.poll.verdict.is_success for o in self.outcomes)
        parts = [_counted(len(self.outcomes), "source") + " polled", _counted(len(self.changes), "change")]
        parts += [_counted(failed, "source") + " failed"] if failed else []
        parts += [f"{walled} known to refuse machines"] if walled else []
        yield ", ".join(parts)
        for change in self.changes:
            yield f"  {change_line(change, self.names)}"
        for outcome in self.outcomes:
            yield from _outcome_lines(outcome)
        for problem in (*self.briefing_faults, *self.template_faults):
            yield f"  BROKEN      {problem}"
        if not self.has_briefing:
            yield f"  NOTE        {_NO_BRIEFING}"
        for delivery in self.deliveries:
            if delivery.status is not DeliveryStatus.SENT:
                why = delivery.last_error.removeprefix(f"{delivery.channel}: ")
                yield f"  NOT SENT    {delivery.channel}: {why}"
        for subscription, why in self.written.failed:
            yield f"  NOT WRITTEN {subscription}: {why}; what it would have told is kept for the next run"
        for report in self.written.reports:
            yield f"Report: {report.subject} ({report.audience.value})"

    def as_row(self) -> dict[str, Any]:
        """Return the run as one JSON object."""
        return {
            "sources": [
                {
                    "id": outcome.source_id,
                    "verdict": outcome.poll.verdict.value,
                    "reason": outcome.poll.reason,
                    "new": outcome.poll.items_new,
                    "failed": outcome.failed,
                    "watched": list(outcome.seen),
                    "notice": outcome.notice.kind.value if outcome.notice else None,
                }
                for outcome in self.outcomes
            ],
            "changes": [
                {"id": change.id, "kind": change.kind.value, "agreement": change.agreement_id}
                for change in self.changes
            ],
            "reports": [report.id for report in self.written.reports],
            "reports_failed": [subscription for subscription, _ in self.written.failed],
            "deliveries": [{"id": d.id, "status": d.status.value} for d in self.deliveries],
            "briefing_faults": [str(problem) for problem in self.briefing_faults],
            "template_faults": [str(problem) for problem in self.template_faults],
        }


def _outcome_lines(outcome: SourceOutcome) -> Iterator[str]:
    if outcome.failed:
        yield f"  FAILED      {outcome.source_id}: {outcome.poll.detail or outcome.poll.reason}"
    elif outcome.poll.reason in NOTES:
        yield f"  NOTE        {outcome.source_id}: {outcome.poll.detail}"
    for words in outcome.seen:
        yield f"  WATCHED     {words}"
    if outcome.notice is not None:
        yield f"  NOTICE      {outcome.source_id} {outcome.notice.words}"


def change_line(change: Change, names: Mapping[str, str]) -> str:
    """Return a change as one line: what, who with whom, when, on whose word."""
    sides = " and ".join(names.get(side, side) for side in change.sides)
    when = change.date.written if change.date else "date not stated"
    about = f" ({change.field}: the edition says {change.edition_says})" if change.field else ""
    return f"{_WORDS[change.kind]:<11} {sides}   {when}   {change.word.value}{about}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


@dataclass(frozen=True, slots=True)
class Status:
    """How a workspace stands now."""

    now: datetime
    sources: tuple[Source, ...]
    states: Mapping[str, SourceState]
    waiting: int
    dead: tuple[Delivery, ...]
    open_changes: int
    gaps: tuple[Gap, ...]
    questions: tuple[Question, ...]
    briefing_faults: tuple[Problem, ...]
    held: tuple[tuple[str, int], ...] = ()
    has_briefing: bool = True
    is_timed: bool = True  # not where a workspace with a time of its own is looked at without it

    @property
    def failing(self) -> tuple[SourceState, ...]:
        """Sources that were expected to answer and do not."""
        walled = {source.id for source in self.sources if source.reach in (Reach.WALLED, Reach.MANUAL)}
        polled = {source.id for source in self.sources if source.enabled} - walled
        return tuple(
            state for state in self.states.values() if state.failing_since and state.source_id in polled
        )

    @property
    def noted(self) -> tuple[SourceState, ...]:
        """Sources that were read well, of which something is to be known all the same."""
        polled = {source.id for source in self.sources if source.enabled}
        return tuple(
            state
            for state in self.states.values()
            if state.source_id in polled and state.last_reason in NOTES and not state.failing_since
        )

    @property
    def silent(self) -> tuple[tuple[str, datetime], ...]:
        """Sources that answer and list nothing new, against their habit, and since when."""
        known = ((source, self.states[source.id]) for source in self.sources if source.id in self.states)
        found = ((source.id, silent_since(source, state, self.now)) for source, state in known)
        return tuple((source_id, since) for source_id, since in found if since is not None)

    @property
    def overdue(self) -> tuple[tuple[str, datetime], ...]:
        """Sources that nobody has asked since they were due, and when each was last read, longest first."""
        if not self.is_timed:
            return ()
        known = ((source, self.states[source.id]) for source in self.sources if source.id in self.states)
        found = ((source.id, overdue_since(source, state, self.now)) for source, state in known)
        late = [(source_id, since) for source_id, since in found if since is not None]
        return tuple(sorted(late, key=lambda each: each[1]))

    @property
    def baffling(self) -> tuple[tuple[str, str, int], ...]:
        """Documents that detection goes on failing on: their source, address, and how often it was tried."""
        return tuple(
            (state.source_id, url, tries)
            for state in self.states.values()
            for url, tries in state.baffling
            if tries >= GIVEN_UP_AFTER
        )

    def lines(self) -> Iterator[str]:
        """Yield the state in words, faults first."""
        for problem in self.briefing_faults:
            yield f"BROKEN   {problem}"
        if not self.has_briefing:
            yield f"NOTE     {_NO_BRIEFING}"
        for state in self.failing:
            assert state.failing_since is not None  # noqa: S101 - what `failing` selects
            since = written(state.failing_since.date())
            yield f"FAILING  {state.source_id}: {state.last_detail or state.last_reason}, since {since}"
        if overdue := self.overdue:
            first, since = overdue[0][0], written(overdue[0][1].date())
            yield (
                f"LATE     {_counted(len(overdue), 'source')} not asked since due, {first} since {since};"
                " is `monitor run` or `monitor serve` still started?"
            )
        for state in self.noted:
            yield f"NOTE     {state.source_id}: {state.last_detail}"
        for source_id, url, tries in self.baffling:
            yield (
                f"FAULT    {source_id}: {url} could not be understood, {tries} times, because of a fault of "
                "ours; report it, and run `monitor reread --record --by NAME` once it is mended"
            )
        for source_id, silent in self.silent:
            yield f"SILENT   {source_id}: nothing new since {written(silent.date())}, against its habit"
        for gap in self.gaps:
            yield f"GAP      {gap.source_id}: {written(gap.since.date())} to {written(gap.until.date())}"
        for question in self.questions:
            yield f"QUESTION {question.source_id}: {question.text} ({question.id})"
        for delivery in self.dead:
            why = f"{delivery.last_error} ({delivery.id})"
            yield f"NOT SENT {delivery.channel} to {delivery.recipient}: {why}"
        for subscription, count in self.held:
            yield f"HELD     {subscription}: {_counted(count, 'change')} collected"
        enabled = [source for source in self.sources if source.enabled]
        read = [s for s in self.states.values() if s.last_verdict in (Verdict.OK, Verdict.NOT_MODIFIED)]
        last = max((s.last_success for s in self.states.values() if s.last_success), default=None)
        yield f"{len(read)} of {len(enabled)} enabled sources read well at their last poll"
        yield f"last success: {written(last.date()) if last else 'never'}"
        yield f"{self.open_changes} changes wait for a decision; {self.waiting} deliveries wait"

    def as_row(self) -> dict[str, Any]:
        """Return the state as one JSON object."""
        return {
            "failing": [state.source_id for state in self.failing],
            "overdue": [source_id for source_id, _ in self.overdue],
            "not_understood": [url for _, url, _ in self.baffling],
            "silent": [source_id for source_id, _ in self.silent],
            "open_changes": self.open_changes,
            "deliveries_waiting": self.waiting,
            "deliveries_dead": [delivery.id for delivery in self.dead],
            "held": dict(self.held),
            "gaps": [gap.source_id for gap in self.gaps],
            "questions": [question.text for question in self.questions],
            "noted": {state.source_id: state.last_reason for state in self.noted},
            "briefing_faults": [str(problem) for problem in self.briefing_faults],
            "last_success": {key: s.last_success for key, s in self.states.items()},
        }

"""The health report, for operators: which sources fail since when, what may be missing, what was not sent.

Coverage is for researchers and stands in the digests; here stand verdicts, counts and ids.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model import Delivery, Fault, Gap, Poll, Question, Source, SourceState, Verdict, written
from monitor.reports.material import Occasion
from monitor.reports.sheet import Cell, Part, Sheet
from monitor.reports.subject import bracketed, window_words
from monitor.reports.weeks import Track, weekly
from monitor.reports.words import counted, local_day, lower, moment, sentence
from monitor.reports.writing import sender_for, sheet_id


@dataclass(frozen=True, slots=True)
class Health:
    """What the report is made from; ``polls`` are those of the window, by source id.

    ``tracks`` are what is known of those of the last weeks.
    """

    sources: tuple[Source, ...]
    states: Mapping[str, SourceState] = field(default_factory=dict)
    polls: Mapping[str, tuple[Poll, ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Question, ...] = ()
    dead: tuple[Delivery, ...] = ()
    waiting: int = 0
    tracks: Mapping[str, Track] = field(default_factory=dict)


def compose_health(health: Health, occasion: Occasion) -> Sheet:
    """Return the health of the sources over the window of ``occasion``."""
    failing = [fault for fault in health.faults if not fault.expected and not fault.read]
    enabled = [source for source in health.sources if source.enabled]
    polled = any(health.polls.values())
    headline = (
        f"{len(failing)} of {counted(len(enabled), 'source')} {'fails' if len(failing) == 1 else 'fail'}"
        if failing
        else f"All {counted(len(enabled), 'source')} answer as expected"
        if polled
        else "No source was polled"
    )
    name = occasion.masthead.sender_name
    return Sheet(
        report_id=sheet_id(occasion),
        reference=name,
        briefing="",
        subject=bracketed(occasion, name, f"{window_words(occasion)}: {lower(headline)}"),
        headline=headline,
        preheader=_lead(health, failing)[0],
        window=window_words(occasion),
        as_of="",
        made=moment(occasion.made_at, occasion.zone),
        lead=_lead(health, failing),
        parts=(
            _in_trouble(health, occasion),
            _every_source(health, enabled, occasion),
            weekly(health.tracks, occasion),
            _gaps(health, occasion),
            _questions(health, occasion),
            _not_sent(health),
        ),
        closing="What a source's verdict means, and what to do about it, stands in docs/health.md.",
        sender=sender_for(occasion, "health"),
    )


def _lead(health: Health, failing: Iterable[Fault]) -> tuple[str, ...]:
    walled = sum(fault.expected for fault in health.faults)
    polls = [poll for each in health.polls.values() for poll in each]
    well = sum(poll.verdict.is_success for poll in polls)
    lines = [f"{counted(len(polls), 'poll')} in this time, {well:,} of them read well"]
    if walled:
        lines.append(
            f"{counted(walled, 'source')} known to refuse machines {'does' if walled == 1 else 'do'} so"
        )
    names = ", ".join(fault.source_id for fault in failing)
    if names:
        lines.append(f"Failing: {names}")
    given_up = counted(len(health.dead), "was given up", "were given up")
    lines.append(f"{counted(health.waiting, 'delivery', 'deliveries')} to be tried again; {given_up}")
    return tuple(sentence(line) for line in lines)


def _in_trouble(health: Health, occasion: Occasion) -> Part:
    rows = tuple(
        (
            Cell(fault.source_id, fault.url),
            Cell(fault.publisher),
            Cell(fault.words),
            Cell(_day(fault.since, occasion)),
            Cell("yes" if fault.expected else "no"),
        )
        for fault in health.faults
    )
    columns = ("Source", "Publisher", "Its site ...", "Since", "Expected")
    return Part("In trouble", columns, rows, "No source is in trouble.")


def _every_source(health: Health, enabled: Iterable[Source], occasion: Occasion) -> Part:
    rows = tuple(_row(source, health, occasion) for source in enabled)
    columns = ("Source", "Kind", "Last verdict", "Polls", "Read well", "New items", "Last read well")
    return Part("Every source that is switched on", columns, rows, "No source is switched on.")


def _row(source: Source, health: Health, occasion: Occasion) -> tuple[Cell, ...]:
    state, polls = health.states.get(source.id), health.polls.get(source.id, ())
    verdict = state.last_verdict if state else None
    success = state.last_success if state else None
    return (
        Cell(source.id, source.url),
        Cell(source.kind.value),
        Cell(_verdict(verdict, state)),
        Cell(f"{len(polls):,}"),
        Cell(f"{sum(poll.verdict.is_success for poll in polls):,}"),
        Cell(f"{sum(poll.items_new for poll in polls):,}"),
        Cell(moment(success, occasion.zone) if success else "never"),
    )


def _verdict(verdict: Verdict | None, state: SourceState | None) -> str:
    if verdict is None or state is None:
        return "not asked yet"
    reason = f" ({state.last_reason})" if state.last_reason else ""
    return f"{verdict.value}{reason}"


def _gaps(health: Health, occasion: Occasion) -> Part:
    rows = tuple(
        (
            Cell(gap.source_id),
            Cell(_day(gap.since, occasion)),
            Cell(_day(gap.until, occasion)),
            Cell(gap.reason),
        )
        for gap in health.gaps
    )
    return Part(
        "Gaps: items may have passed unseen", ("Source", "From", "To", "Why"), rows, "No gap is open."
    )


def _questions(health: Health, occasion: Occasion) -> Part:
    rows = tuple(
        (Cell(each.source_id), Cell(_day(each.asked_at, occasion)), Cell(each.text))
        for each in health.questions
    )
    return Part("Questions that wait for an answer", ("Source", "Asked", "Question"), rows, "None.")


def _not_sent(health: Health) -> Part:
    """Recipients are personal data: the id finds them in ``monitor deliver list``."""
    rows = tuple(
        (Cell(each.id), Cell(each.channel), Cell(str(each.attempts)), Cell(each.last_error))
        for each in health.dead
    )
    columns = ("Delivery", "Channel", "Tries", "Last answer")
    return Part("Deliveries that were given up", columns, rows, "None.")


def _day(at: datetime | None, occasion: Occasion) -> str:
    return written(local_day(at, occasion.zone)) if at else "never read"

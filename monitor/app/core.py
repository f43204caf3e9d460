"""A workspace, opened for one command: its parts, put together when first needed, and its jobs."""

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from monitor import pipeline, reports
from monitor.app import views
from monitor.app.channels import channel_names, channels_of
from monitor.app.clock import SetClock, SystemClock
from monitor.app.loading import (
    check_own_templates,
    load_editions,
    load_sources,
    load_subscriptions,
    load_templates,
)
from monitor.app.results import RunResult, Status
from monitor.app.workspace import Workspace
from monitor.errors import ConfigError, NotFoundError, Problem
from monitor.files import what_failed
from monitor.health import coverage
from monitor.model import (
    Action,
    Agreement,
    Audience,
    AuditEntry,
    Batch,
    Change,
    Decision,
    DeliveryStatus,
    Edition,
    ManualLook,
    Source,
    Subscription,
)
from monitor.pipeline import Parts, Press
from monitor.ports import Channel, Clock
from monitor.publishing import deliver_due
from monitor.reports import Masthead
from monitor.review import apply, decide, person_findings, read_rows
from monitor.sources import Sources
from monitor.store import FileEvidence, RunLock, open_store

if TYPE_CHECKING:
    from monitor.store import SqlStore
    from monitor.workers import WorkerReader

_log = logging.getLogger(__name__)

_MOST_READERS = 4  # processes of up to 512 MB each


class App:
    """A workspace, opened for one command.

    Args:
        workspace: Where everything is.
        at: The instant to pretend; only where the workspace has ``simulated_time``.
        create: Whether a missing database may be made; never where evidence says there was one.
        reader: One to share between several openings, since starting its child takes a while; whoever
            made it closes it. Without it, the app makes and closes its own.
        is_stopping: Whether the process was told to end; a run looks about once a second.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        at: datetime | None = None,
        create: bool = False,
        reader: "WorkerReader | None" = None,
        is_stopping: Callable[[], bool] = pipeline.never,
    ) -> None:
        if at is not None and not workspace.settings.simulated_time:
            message = "--at needs simulated_time = true; a real workspace runs on the real time"
            raise ConfigError([Problem("monitor.toml", None, "simulated_time", message)])
        self.workspace = workspace
        self.clock: Clock = SetClock(at) if at else SystemClock()
        self._create = create
        self._reader = reader
        self._is_stopping = is_stopping
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    # --- the parts

    @cached_property
    def sources(self) -> Sources:
        """sources.yaml, checked."""
        return load_sources(self.workspace)

    @cached_property
    def _briefings(self) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
        return load_editions(self.workspace)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Every briefing that parses."""
        return self._briefings[0]

    @cached_property
    def store(self) -> "SqlStore":
        """The database, opened and checked."""
        folder = self.workspace.state / "evidence"
        store = open_store(self.workspace.database, evidence=folder, create=self._create)
        self._closing.callback(store.close)
        return store

    @cached_property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """subscriptions.yaml; without it, the ``files`` channel writes for both audiences."""
        written = load_subscriptions(self.workspace, channel_names(self.workspace))
        if written is not None:
            return written
        return tuple(
            Subscription(
                f"files:{edition.briefing_id}:{audience.value}",
                edition.briefing_id,
                audience,
                "files",
                ("reports",),
            )
            for edition in self.editions
            for audience in Audience
        )

    @cached_property
    def parts(self) -> Parts:
        """What a run works with."""
        from monitor.app.naming import LateDetector, language_names, party_names
        from monitor.app.web import make_fetcher

        reader = self._reader
        if reader is None:
            reader = make_reader(self.sources)
            self._closing.callback(reader.close)
        return Parts(
            clock=self.clock,
            store=self.store,
            evidence=FileEvidence(self.workspace.state / "evidence"),
            fetcher=make_fetcher(self.workspace, self.sources, self.clock, self._closing),
            reader=reader,
            detector=LateDetector(self.workspace.settings.recognition.ask_from),
            sources=self.sources,
            editions=self.editions,
            subscriptions=self.subscriptions,
            names=party_names(),
            languages=language_names(),
            lead_days=self.workspace.settings.recognition.lead_days,
            at_once=1 if self.workspace.settings.simulated_time else self.workspace.settings.network.at_once,
            is_stopping=self._is_stopping,
        )

    @cached_property
    def press(self) -> Press:
        """What rendering needs."""
        settings = self.workspace.settings
        mail = settings.mail
        masthead = Masthead(
            instance=settings.instance,
            sender=mail.sender,
            sender_name=mail.sender_name,
            contact=mail.contact or settings.network.contact,
        )
        zone = ZoneInfo(settings.timezone)
        return Press(load_templates(self.workspace), masthead, zone, reports.make_artist())

    # --- jobs

    def run(self, *, all_now: bool = False, only: Sequence[str] = (), deliver: bool = True) -> RunResult:
        """Poll what is due, compare, and unless told otherwise write and deliver the digests.

        Raises:
            LockedError: another run is under way in this workspace.
            StateError: nothing can be recorded.
            StoppedError: the process was told to end while sources were asked.
        """
        for source_id in only:
            self.sources.get(source_id)
        template_faults = self._template_faults()
        with RunLock(self.workspace.state / "run.lock", self.clock.now()):
            parts = self.parts
            before = {change.id: change.version for change in parts.store.changes()}
            pipeline.take_in_editions(parts, self.clock.now())
            outcomes = pipeline.poll_due(parts, all_now=all_now, only=only)
            after = parts.store.changes()
            found = tuple(change for change in after if before.get(change.id) != change.version)
            written = pipeline.write_reports(parts, self.press) if deliver else pipeline.Written()
            sent = deliver_due(self.store, self.channels, self.clock) if deliver else ()
        faults = self._briefings[1]
        return RunResult(
            outcomes, found, written, sent, parts.names, faults, template_faults, bool(self.editions)
        )

    def _template_faults(self) -> tuple[Problem, ...]:
        """What is wrong with templates, said before anything is due; it stops no poll."""
        try:
            check_own_templates(self.workspace)
        except ConfigError as error:
            return error.problems
        return ()

    @cached_property
    def channels(self) -> Mapping[str, Channel]:
        """Every channel that is configured."""
        return channels_of(self.workspace, self.clock, self._closing)

    def ingest(self, source_id: str, files: Iterable[Path]) -> tuple[list[dict[str, Any]], list[Problem]]:
        """Read saved files as a source's; return a row for each that was read, and the others' faults."""
        source = self.sources.get(source_id)
        self.take_in()
        rows: list[dict[str, Any]] = []
        problems: list[Problem] = []
        for path in files:
            try:
                rows.append(views.ingested_row(pipeline.ingest_file(self.parts, source, path)))
            except ConfigError as error:  # one file among many
                problems.extend(error.problems)
        return rows, problems

    def take_in(self) -> None:
        """Compare the briefings whose files changed since they were last taken in."""
        pipeline.take_in_editions(self.parts, self.clock.now())

    def edition(self, briefing_id: str | None) -> Edition:
        """Return a briefing's edition; with no id, the only one.

        Raises:
            ConfigError: the briefing's files do not parse.
            NotFoundError: no such briefing, or several and none named.
        """
        if briefing_id is None and len(self.editions) == 1:
            return self.editions[0]
        found = next((each for each in self.editions if each.briefing_id == briefing_id), None)
        if found is not None:
            return found
        if self._briefings[1]:
            raise ConfigError(self._briefings[1])
        known = ", ".join(each.briefing_id for each in self.editions) or "none"
        raise NotFoundError(f"no briefing {briefing_id or '(name one with --briefing)'}; known are: {known}")

    def status(self) -> Status:
        """Return how every source, briefing and delivery stands."""
        waiting = (DeliveryStatus.WAITING, DeliveryStatus.RETRY)
        return Status(
            now=self.clock.now(),
            sources=tuple(self.sources),
            states=self.store.source_states(),
            waiting=sum(len(self.store.deliveries(status=status)) for status in waiting),
            dead=self.store.deliveries(status=DeliveryStatus.DEAD),
            open_changes=len(self.store.changes(lives=views.OPEN)),
            gaps=self.store.gaps(),
            questions=self.store.questions(),
            briefing_faults=(*self._briefings[1], *self._template_faults()),
            held=tuple(
                (each.id, len(self.store.pending(each.id))) for each in self.subscriptions if each.hold
            ),
            has_briefing=bool(self.editions),
            is_timed=isinstance(self.clock, SetClock) or not self.workspace.settings.simulated_time,
        )

    def record_look(self, source_id: str, by: str, note: str) -> str:
        """Record that a person looked at a source."""
        source = self.sources.get(source_id)
        now = self.clock.now()
        entry = AuditEntry(now, by, "looked", source_id, note)
        self.store.save(Batch(at=now, looks=(ManualLook(source_id, by, now, note),), audit=(entry,)))
        return f"recorded: {by} looked at {source.publisher} ({source_id})"

    def try_source(self, source_id: str) -> dict[str, Any]:
        """Ask a source once and return what would be read; nothing is stored."""
        return pipeline.try_source(self.parts, self.sources.get(source_id), self.clock.now())

    # --- people's words

    def add_agreements(self, rows: Sequence[Mapping[str, str]], by: str, name: str) -> str:
        """Record what a person knows; the same row twice changes nothing.

        Raises:
            ConfigError: a row is wrong; nothing is recorded then.
        """
        now = self.clock.now()
        entered = person_findings(rows, by=by, at=now, file=name)
        self.take_in()
        unique = {finding.id: finding for finding in entered.findings}
        known = {finding.id for finding in self.store.findings(ids=unique)}
        fresh = [finding for key, finding in unique.items() if key not in known]
        found: tuple[str, ...] = ()
        if fresh:
            entry = AuditEntry(now, by, "entered", name, f"{len(fresh)} agreements")
            batch = Batch(at=now, documents=entered.documents, audit=(entry,))
            found = pipeline.record(self.parts, batch, fresh, documents=entered.documents).found
        series = {edition.topic.series.id for edition in self.editions}
        return "\n".join(views.entered_lines(unique.values(), len(fresh), by, len(found), now, series))

    def import_agreements(self, path: Path, by: str) -> str:
        """Record the rows of a CSV file."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            message = "is not UTF-8 text; save it as “CSV UTF-8”"
            raise ConfigError([Problem(str(path), None, "", message)]) from error
        except OSError as error:
            raise ConfigError(
                [Problem(str(path), None, "", f"cannot be read: {what_failed(error)}")]
            ) from error
        rows = read_rows(text, path.name)
        return self.add_agreements(rows, by, path.name)

    def decide_change(
        self,
        action: str,
        change_id: str,
        by: str,
        reason: str,
        seen: str,
        values: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """Record a decision on a change; ``values`` are its particulars, such as a statement's wording.

        Raises:
            NotFoundError: no such change.
            ConfigError: the decision is not one, or was taken on an older version of the change.
        """

        def attempt() -> Change:
            basis = self.store.revision()
            change = self._change(change_id)
            now = self.clock.now()
            version = seen or change.version
            decision = decide(
                Action(action), change, by=by, at=now, reason=reason, values=values, seen_version=version
            )
            entry = AuditEntry(now, by, action, change_id, reason)
            decided = apply(decision, change)
            self.store.save(
                Batch(now, decisions=(decision,), changes=(decided,), audit=(entry,), basis=basis)
            )
            return change

        change = pipeline.until_fresh(attempt)
        return f"{action}: {change.title or '-'.join(change.sides)} ({change_id}), by {by}"

    def decide_agreement(
        self, action: str, agreement_id: str, by: str, reason: str, values: Mapping[str, str]
    ) -> str:
        """Record a decision on an agreement, and what follows for the briefings."""
        agreement = self._agreement(agreement_id)
        if "other" in values:
            self._agreement(values["other"])
        now = self.clock.now()
        decision = decide(Action(action), agreement, by=by, at=now, reason=reason, values=values)
        entry = AuditEntry(now, by, action, agreement_id, reason)
        batch = Batch(at=now, decisions=(decision,), audit=(entry,))
        pipeline.record(self.parts, batch, decisions=(decision,), sides=(agreement.sides,))
        return f"{action}: {agreement.title or agreement.id} ({agreement_id}), by {by}"

    def _agreement(self, agreement_id: str) -> Agreement:
        found = self.store.agreement(agreement_id)
        if found is None:
            raise NotFoundError(f"no agreement {agreement_id}; `monitor agreements list` shows their ids")
        return found

    def _change(self, change_id: str) -> Change:
        found = next((each for each in self.store.changes() if each.id == change_id), None)
        if found is None:
            raise NotFoundError(f"no change {change_id}; `monitor changes list` shows their ids")
        return found

    # --- what is listed

    def source_rows(self) -> list[dict[str, Any]]:
        """Return a row a source."""
        states = self.store.source_states() if self._has_store else {}
        return [views.source_row(source, states.get(source.id)) for source in self.sources]

    @property
    def _has_store(self) -> bool:
        return "://" in self.workspace.database or Path(self.workspace.database).exists()

    def source_detail(self, source_id: str) -> dict[str, Any]:
        """Return everything about a source."""
        source = self.sources.get(source_id)
        if not self._has_store:
            return views.source_detail(source, None, ())
        state = self.store.source_states().get(source_id)
        return views.source_detail(source, state, self.store.polls(source_id, limit=10))

    def coverage_rows(self) -> list[dict[str, Any]]:
        """Return a row a party that could appear in some briefing."""
        parties = {
            p: None for edition in self.editions for p in pipeline.expected_parties(self.parts, edition)
        }
        states = self.store.source_states()
        covered = coverage(self.sources, states, self.store.looks(), tuple(parties), self.clock.now())
        return [views.coverage_row(each) for each in covered]

    def agreement_rows(self, party: str | None, since: str | None) -> list[dict[str, Any]]:
        """Return a row an agreement, by date."""
        return views.agreement_rows(self.store, party, since)

    def agreement_detail(self, agreement_id: str) -> dict[str, Any]:
        """Return an agreement with its quotations."""
        days = self.workspace.settings.recognition.lead_days
        return views.agreement_detail(self.store, agreement_id, lead_days=days)

    def change_rows(self, briefing_id: str | None, life: str) -> list[dict[str, Any]]:
        """Return a row a change."""
        if briefing_id is not None and not self.store.changes(briefing_id):
            self.edition(briefing_id)  # a name that nobody knows must not look like an empty answer
        return views.change_rows(self.store, briefing_id, life)

    def change_detail(self, change_id: str) -> dict[str, Any]:
        """Return a change with its quotations, statements and decisions."""
        change = self._change(change_id)
        edition = next((e for e in self.editions if e.briefing_id == change.briefing_id), None)
        decisions: tuple[Decision, ...] = self.store.decisions(subjects=[change_id])
        return views.change_detail(self.store, change, edition, decisions)


def make_reader(sources: Iterable[Source] = (), processes: int | None = None) -> "WorkerReader":
    """Return a reader of bodies under limits, in as many processes as pay; whoever takes it closes it.

    Each process begins with the parsers that ``sources`` need, and loads others when a body needs them.
    """
    from monitor.reading import parsers_for, preload, read
    from monitor.workers import WorkerReader

    ready = partial(preload, parsers_for(sources))
    return WorkerReader(read, preload=ready, processes=processes or min(os.cpu_count() or 1, _MOST_READERS))

"""One subscription's turn: what is told it now, as which reports, and the rows that they tick off.

Told is everything that stands and that it has not been told as it is now: what was found before there was
the subscription, and what a filter held back until it was widened, too. Corrections and alerts go out at
once, digests when their period has come, reminders when reviewers are silent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType

from monitor import reports
from monitor.model import (
    Action,
    Audience,
    AuditEntry,
    Change,
    Delivery,
    DeliveryStatus,
    Dispute,
    Edition,
    Errand,
    Life,
    MessagePer,
    PartialDate,
    Pending,
    Report,
    ReportKind,
    Subscription,
    Told,
    delivery_id,
)
from monitor.pipeline.briefcase import Briefcase
from monitor.pipeline.cited import PAGES_TOLD, Watched, cited_event
from monitor.pipeline.gathering import material_for, with_disputes, with_history
from monitor.pipeline.grounds import can_grow
from monitor.pipeline.memory import Lapse, Memory, Mistake, is_lapse, is_withdrawal
from monitor.pipeline.parts import Parts
from monitor.pipeline.press import Press, occasion_of, report_on
from monitor.pipeline.reckoning import DISPUTES_TOLD, told_disputes
from monitor.reports import FOR_PEOPLE, Earlier, Held, Lapsed, Material, ToldAt, Wrong
from monitor.scheduling import digest_due, is_urgent, may_tell, urgency

_LATER = (Action.DEFER, Action.NEEDS_SECOND_SOURCE)
_FORMS = {"webhook": ("json",), "atom": ("atom",)}
# A digest dated later than this was made while the clock was wrong, and holds up none.
_CLOCK_SET_BACK = timedelta(days=1)


class Round:
    """One subscription's turn: what it was told, read once, and the reports that follow."""

    def __init__(self, parts: Parts, press: Press, subscription: Subscription, case: Briefcase) -> None:
        self._parts = parts
        self._press = press
        self._subscription = subscription
        self._case = case
        self._now = parts.clock.now()

    def jobs(self) -> tuple[Callable[[], list[Report]], ...]:
        """Return what may have to be written, each on its own."""
        if self._subscription.report is ReportKind.DIGEST:
            return self._correct, self._alert, self._digest, self._remind
        return (self._periodic,)

    def preview(self, forms: tuple[str, ...]) -> Report:
        """Return the digest that would be sent now, due or not; nothing is stored."""
        last = self._last(ReportKind.DIGEST)
        material = replace(self._material(self._news), counted=len(self._counted))
        material = self._with_pages(material, self._untold_pages)
        material = with_disputes(self._parts, material, self._untold_disputes)
        lapsed = self._memory.lapsed(self._subscription.id, self._now)
        material = replace(material, lapsed=self._lapsed(lapsed))
        rows = [self._row(change) for change in self._news]
        return self._report(material, ReportKind.DIGEST, last.made_at if last else None, rows, forms)

    # --- what is known

    @property
    def _edition(self) -> Edition:
        return self._case.edition

    @cached_property
    def _memory(self) -> Memory:
        return Memory(self._parts.store.told(self._subscription.id), self._case)

    @cached_property
    def _mistakes(self) -> tuple[Mistake, ...]:
        return self._memory.mistakes(self._subscription.id, self._now)

    @cached_property
    def _counted(self) -> tuple[Pending, ...]:
        """What was found in a pause and still stands: the next digest counts it."""
        standing = {change.id: change.version for change in self._case.standing}
        pending = self._parts.store.pending(self._subscription.id)
        return tuple(
            row
            for row in pending
            if row.errand is Errand.COUNT and standing.get(row.change_id) == row.version
        )

    @cached_property
    def _tellable(self) -> tuple[Change, ...]:
        """What stands and may be told; what a correction says is not said twice."""
        passed_over = {(row.change_id, row.version) for row in self._counted}
        passed_over |= {(each.row.change_id, each.row.version) for each in self._mistakes}
        return tuple(
            change
            for change in self._case.standing
            if self._subscription.wants(change)
            and (change.id, change.version) not in passed_over
            and may_tell(self._subscription, change, self._action(change))
        )

    @cached_property
    def _untold(self) -> tuple[Change, ...]:
        """What was not told as it is now."""
        return tuple(change for change in self._tellable if not self._memory.has_told(change))

    @cached_property
    def _news(self) -> tuple[Change, ...]:
        """What a digest tells now: what was not told, and what was and stands on more."""
        untold = {change.id for change in self._untold}
        grown = self._grown
        return (*self._untold, *(c for c in self._case.standing if c.id in grown and c.id not in untold))

    @cached_property
    def _grown(self) -> Mapping[str, tuple[str, ...]]:
        """What signings that were told stand on besides now, by change id."""
        told = {}
        for change in self._tellable:
            grounds = self._memory.grounds(change)
            agreement = self._case.agreements.get(change.agreement_id)
            if can_grow(change, grounds, agreement) and (
                self._memory.has_told(change) or self._differs_by_day(change)
            ):
                told[change.id] = change, grounds
        now = self._case.grounds(change for change, _ in told.values())
        more = {key: tuple(g for g in now[key] if g not in before) for key, (_, before) in told.items()}
        return {key: new for key, new in more.items() if new}

    def _differs_by_day(self, change: Change) -> bool:
        """Whether a change has another version by its day alone, which sources dispute or did when told."""
        told = self._memory.before(change)
        if told is None or not told.pending.said or change.date is None:
            return False
        said = PartialDate.parse(told.pending.said)
        if "/" in told.pending.said:
            return change.date.overlaps(said)
        agreement = self._case.agreements.get(change.agreement_id)
        days = self._case.disputed_days(agreement) if agreement and agreement.conflicts else ()
        return any(day.overlaps(said) for day in days)

    @cached_property
    def _untold_pages(self) -> tuple[Watched, ...]:
        """What became of cited pages and was not told yet."""
        entries = self._parts.store.audit(subject=self._subscription.id)
        told = {page for each in entries if each.action == PAGES_TOLD for page in each.detail.split()}
        return tuple(each for each in self._case.watched if each.id not in told)

    @cached_property
    def _untold_disputes(self) -> tuple[Dispute, ...]:
        """Where sources disagree on the series and it was not told yet."""
        told = told_disputes(self._parts, self._subscription.id) if self._case.disputes else frozenset()
        return tuple(each for each in self._case.disputes if each.id not in told)

    def _lapsed(self, found: Sequence[Lapse]) -> tuple[Lapsed, ...]:
        """Leads that were told and that nobody confirmed for too long."""
        heads = self._heads(each.told for each in found)
        return tuple(
            Lapsed(each.change, _earlier(each.told, heads[each.told.report_id]), self._parts.lead_days)
            for each in found
            if each.told.report_id in heads
        )

    def _with_pages(self, material: Material, pages: Iterable[Watched]) -> Material:
        return replace(material, cited=tuple(cited_event(self._parts, self._edition, each) for each in pages))

    @property
    def _open(self) -> tuple[Change, ...]:
        """What awaits a reviewer; to put a change off is an answer."""
        standing = self._case.standing
        return tuple(c for c in standing if c.life is Life.OPEN and self._action(c) not in _LATER)

    def _action(self, change: Change) -> Action | None:
        word = self._case.last_word(change)
        return word.action if word else None

    def _last(self, kind: ReportKind) -> Report | None:
        return self._parts.store.last_report(self._subscription.id, kind, until=self._now + _CLOCK_SET_BACK)

    # --- the reports

    def _correct(self) -> list[Report]:
        if not self._mistakes:
            return []
        heads = self._heads(each.told for each in self._mistakes)
        wrong = tuple(
            Wrong(
                replace(each.change, date=each.day) if each.day else each.change,
                _earlier(each.told, heads[each.told.report_id]),
                each.day is None,
                each.rejected,
                each.heir.title if each.heir else "",
            )
            for each in self._mistakes
            if each.told.report_id in heads
        )
        material = replace(self._material((), [each.change for each in wrong]), wrong=wrong)
        rows = [each.row for each in self._mistakes]
        report = self._report(material, ReportKind.CORRECTION, None, rows)
        return self._save(report, rows, to=self._reached_by(heads))

    def _reached_by(self, report_ids: Iterable[str]) -> tuple[str, ...]:
        """Recipients who got a report or are still to get it; who left the list wants no more of it."""
        lost = (DeliveryStatus.DEAD, DeliveryStatus.DROPPED)
        sent = self._parts.store.deliveries(of=report_ids)
        reached = {delivery.recipient for delivery in sent if delivery.status not in lost}
        return tuple(each for each in self._subscription.recipients if each in reached)

    def _alert(self) -> list[Report]:
        topic, today = self._edition.topic, self._now.date()
        urgent = [
            change
            for change in self._untold
            if self._subscription.urgent
            and is_urgent(change, topic, today)
            and not self._memory.has_alerted(change)
        ]
        if not urgent:
            return []
        urgent.sort(key=lambda each: (urgency(each, topic) or 0, each.id))
        rows = [self._row(change, Errand.ALERT) for change in urgent]
        return self._save(self._report(self._material(tuple(urgent)), ReportKind.ALERT, None, rows), rows)

    def _digest(self) -> list[Report]:
        last = self._last(ReportKind.DIGEST)
        since = last.made_at if last else None
        pending = bool(self._news or self._untold_pages or self._untold_disputes)
        due = digest_due(self._subscription, pending=pending, last_made=since, now=self._now)
        if not due:
            return []
        if self._subscription.message is MessagePer.DIGEST or not self._news:
            return self._one_digest(self._news, since)
        messages = [
            self._one_digest((change,), since, changes_alone=at > 0) for at, change in enumerate(self._news)
        ]
        return [report for each in messages for report in each]

    def _one_digest(
        self, told: tuple[Change, ...], since: datetime | None, *, changes_alone: bool = False
    ) -> list[Report]:
        """Make one digest; only the first of several tells what is no change's own."""
        counted = () if changes_alone else self._counted
        pages = () if changes_alone else self._untold_pages
        disputes = () if changes_alone else self._untold_disputes
        material = self._with_pages(replace(self._material(told), counted=len(counted)), pages)
        material = with_disputes(self._parts, material, disputes)
        lapsed = () if changes_alone else self._memory.lapsed(self._subscription.id, self._now)
        material = replace(material, lapsed=self._lapsed(lapsed))
        now = self._case.grounds(told)
        rows = [self._row(change, grounds=now[change.id]) for change in told]
        rows += [each.row for each in lapsed]
        report = self._report(material, ReportKind.DIGEST, since, rows)
        return self._save(report, [*rows, *counted], beside=_told_beside(pages, disputes))

    def _remind(self) -> list[Report]:
        days = self._subscription.remind_after_days
        if days is None:
            return []
        patience = timedelta(days=days)
        last = self._last(ReportKind.REMINDER)
        if last is not None and self._now - last.made_at < patience:
            return []
        waited = [(self._now - change.first_seen, change) for change in self._open if change.first_seen]
        overdue = tuple(change for time, change in waited if time >= patience)
        if not overdue:
            return []
        deputies = self._subscription.deputies if max(time for time, _ in waited) >= 2 * patience else ()
        report = self._report(self._material(overdue), ReportKind.REMINDER, None)
        return self._save(report, (), also=deputies)

    def _periodic(self) -> list[Report]:
        kind = self._subscription.report
        last = self._last(kind)
        since = last.made_at if last else None
        if not digest_due(self._subscription, pending=False, last_made=since, now=self._now):
            return []
        occasion = occasion_of(self._press, self._subscription, since, self._now, kind)
        return self._save(report_on(self._parts, self._press, self._case, occasion, self._forms), ())

    # --- making and saving

    @property
    def _forms(self) -> tuple[str, ...]:
        if self._subscription.channel == "files" and self._subscription.report is ReportKind.TABLE:
            return (*FOR_PEOPLE, "csv", "json")
        return _FORMS.get(self._subscription.channel, FOR_PEOPLE)

    def _row(self, change: Change, errand: Errand = Errand.TELL, grounds: tuple[str, ...] = ()) -> Pending:
        return self._memory.row(change, self._subscription.id, self._now, errand, grounds)

    def _material(self, told: tuple[Change, ...], also: Iterable[Change] = ()) -> Material:
        before = {change.id: row for change in told if (row := self._memory.before(change)) is not None}
        rumours = {
            change.id: row
            for change in told
            if change.id not in before and (row := self._memory.rumour(change)) is not None
        }
        heads = self._heads([*before.values(), *rumours.values()])
        grown = {change.id: self._grown[change.id] for change in told if change.id in self._grown}
        last = self._last(ReportKind.DIGEST)
        material = material_for(
            self._parts,
            self._case,
            told,
            self._now,
            since=last.made_at if last else None,
            heard=self._memory.heard(),
            also=also,
        )
        return replace(
            material,
            before=_as_told(before, heads),
            rumours=_as_told(rumours, heads),
            grown=grown,
            held=self._held if self._subscription.audience is Audience.REVIEWERS else (),
        )

    @property
    def _held(self) -> tuple[Held, ...]:
        """The corrections that wait since those who were told are on hold or paused."""
        silent = [each for each in self._parts.subscriptions if each.hold or each.paused]
        found = []
        for each in silent:
            if each.briefing_id == self._subscription.briefing_id and each.report is ReportKind.DIGEST:
                memory = Memory(self._parts.store.told(each.id), self._case)
                found.append(Held(each.id, len(memory.mistakes(each.id, self._now))))
        return tuple(each for each in found if each.corrections)

    def _heads(self, told: Iterable[Told]) -> dict[str, Report]:
        """The reports of rows, without their bytes."""
        ids = {each.report_id for each in told}
        return {report.id: report for report in self._parts.store.reports(ids=ids)} if ids else {}

    def _report(
        self,
        material: Material,
        kind: ReportKind,
        since: datetime | None,
        telling: Sequence[Pending] = (),
        forms: tuple[str, ...] = (),
    ) -> Report:
        forms = forms or self._forms
        occasion = occasion_of(self._press, self._subscription, since, self._now, kind)
        rows = [(row.change_id, row.version) for row in telling]
        rows += [(page.id, page.what) for page in material.cited]
        rows += [(each.id, DISPUTES_TOLD) for each in material.disputes]
        occasion = replace(occasion, rows=tuple(rows))
        if "atom" in forms:
            material = with_history(self._parts, self._case, material, self._history(telling))
        return reports.make_report(material, occasion, self._press.templates, forms=forms)

    def _history(self, telling: Sequence[Pending]) -> list[ToldAt]:
        """All that was told and is being told, each change once as it stands."""
        told = {key: (each.at, False) for key, each in self._memory.stated().items()}
        told |= {key: (each.at, True) for key, each in self._memory.withdrawn().items()}
        told |= {row.change_id: (self._now, is_withdrawal(row)) for row in telling if not is_lapse(row)}
        changes = self._case.changes
        return [ToldAt(changes[key], at, back) for key, (at, back) in told.items() if key in changes]

    def _save(
        self,
        report: Report,
        rows: Iterable[Pending],
        *,
        to: Sequence[str] | None = None,
        also: Iterable[str] = (),
        beside: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> list[Report]:
        """Record a report, ``to`` all recipients unless that says otherwise.

        ``beside`` are the ids of what it tells besides changes, by what the audit calls the telling.

        One that is there is of a day that comes twice, since the clock was set back.
        """
        if self._parts.store.reports(ids=[report.id]):
            return []
        channel = self._subscription.channel
        recipients = self._subscription.recipients if to is None else to
        deliveries = [
            Delivery(delivery_id(report.id, channel, each), report.id, channel, each)
            for each in dict.fromkeys((*recipients, *also))
        ]
        audit = [AuditEntry(self._now, "monitor", "report-made", report.id, self._subscription.id)]
        audit += [
            AuditEntry(self._now, "monitor", action, self._subscription.id, " ".join(ids))
            for action, ids in beside.items()
            if ids
        ]
        self._parts.store.save_report(report, deliveries, rows, audit)
        return [report]


def _told_beside(pages: Iterable[Watched], disputes: Iterable[Dispute]) -> Mapping[str, Sequence[str]]:
    return {PAGES_TOLD: [each.id for each in pages], DISPUTES_TOLD: [each.id for each in disputes]}


def _as_told(rows: Mapping[str, Told], heads: Mapping[str, Report]) -> dict[str, Earlier]:
    return {key: _earlier(row, heads[row.report_id]) for key, row in rows.items() if row.report_id in heads}


def _earlier(told: Told, report: Report) -> Earlier:
    said = PartialDate.parse(told.pending.said) if told.pending.said else None
    dated = report.dated or report.made_at.date()
    return Earlier(report.subject, dated, said, told.pending.grounds)

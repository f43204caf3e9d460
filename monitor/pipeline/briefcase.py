"""What is known of one briefing, read from the store once for all who are told of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from monitor.model import Action, Agreement, Change, ChangeKind, Decision, Dispute, Edition, Life, PartialDate
from monitor.pipeline.cited import Watched, watched_pages
from monitor.pipeline.grounds import grounds_of
from monitor.pipeline.parts import Parts
from monitor.pipeline.reckoning import disputes_of
from monitor.reports import disputed_days

_STANDING = (Life.OPEN, Life.DECIDED)


class Briefcase:
    """One briefing's changes, agreements and decisions as they stand now."""

    def __init__(self, parts: Parts, edition: Edition) -> None:
        self._parts = parts
        self._store = parts.store
        self.edition = edition

    @cached_property
    def changes(self) -> Mapping[str, Change]:
        """Every change by id, of every edition and life."""
        return {change.id: change for change in self._store.changes(self.edition.briefing_id)}

    @cached_property
    def agreements(self) -> Mapping[str, Agreement]:
        """The focal party's agreements, by every id that they have had."""
        found = self._store.agreements(party=self.edition.topic.focal)
        return {key: agreement for agreement in found for key in (*agreement.aliases, agreement.id)}

    @cached_property
    def standing(self) -> tuple[Change, ...]:
        """Open and accepted changes, by date of the event."""
        return tuple(
            each
            for each in self.changes.values()
            if each.life in _STANDING and not self.is_rejected(each) and each.id not in self.lapsed
        )

    @cached_property
    def lapsed(self) -> Mapping[str, date]:
        """The last day of leads that nobody confirmed or repeated for too long, by id; none was decided."""
        leads = [c for c in self.changes.values() if c.kind is ChangeKind.LEAD and c.life is Life.OPEN]
        if not leads:
            return {}
        from monitor.ledger import lead_expires  # most briefings have no lead

        agreements = {lead.id: self.agreements[lead.agreement_id] for lead in leads if self._is_known(lead)}
        ids = {each for agreement in agreements.values() for each in agreement.findings}
        findings = {finding.id: finding for finding in self._store.findings(ids=ids)}
        days, today = self._parts.lead_days, self._parts.clock.now().date()
        last = {key: lead_expires(each, findings, days=days) for key, each in agreements.items()}
        return {key: day for key, day in last.items() if day is not None and day < today}

    def _is_known(self, change: Change) -> bool:
        return change.agreement_id in self.agreements

    @cached_property
    def watched(self) -> tuple[Watched, ...]:
        """What was seen of the pages that it cites, oldest first."""
        return watched_pages(self._parts, self.edition)

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """Where sources count or list the series otherwise than is known, or than others do."""
        return disputes_of(self._parts, self.edition, self.standing)

    def grounds(self, changes: Iterable[Change]) -> Mapping[str, tuple[str, ...]]:
        """Return what each of ``changes`` stands on, by id."""
        wanted = list(changes)
        agreements = {each.id: self.agreements.get(each.agreement_id) for each in wanted}
        ids = {finding for each in wanted for finding in each.evidence}
        ids |= {finding for each in agreements.values() if each for finding in each.findings}
        findings = {finding.id: finding for finding in self._store.findings(ids=ids)} if ids else {}
        return {each.id: grounds_of(each, agreements[each.id], findings) for each in wanted}

    def disputed_days(self, agreement: Agreement) -> tuple[PartialDate, ...]:
        """Return the days of signature that the sides disagree on, or nothing."""
        findings = {each.id: each for each in self._store.findings(ids=agreement.findings)}
        return disputed_days(agreement, findings)

    def kin(self, change: Change) -> tuple[str, ...]:
        """Return the ids that a change has had, its own first.

        The same difference from a later edition has another one, what is confirmed supersedes its rumour, and
        an agreement that was merged into another takes its changes along.
        """
        ids = [change.id]
        for each in ids:
            known = self.changes.get(each)
            before = (known.supersedes,) if known is not None and known.supersedes else ()
            ids += [found for found in (*before, *self._merged[each]) if found not in ids]
        return tuple(ids)

    def last_word(self, change: Change) -> Decision | None:
        """Return what was last decided on a change as it is now, under whichever id."""
        found = (self._decided.get((each, change.version)) for each in self.kin(change))
        return next((decision for decision in found if decision is not None), None)

    def is_rejected(self, change: Change) -> bool:
        """Return whether a person rejected a change as it is now."""
        word = self.last_word(change)
        return word is not None and word.action is Action.REJECT

    @cached_property
    def _decided(self) -> Mapping[tuple[str, str], Decision]:
        return {(each.subject, each.seen_version): each for each in self._store.decisions()}

    @cached_property
    def _merged(self) -> Mapping[str, list[str]]:
        """Ids of changes under the id of the same change of the agreement that theirs was merged into."""
        by_place = {(each.agreement_id, each.kind, each.as_of): each.id for each in self.changes.values()}
        merged: dict[str, list[str]] = defaultdict(list)
        for change in self.changes.values():
            agreement = self.agreements.get(change.agreement_id)
            if agreement is not None and agreement.id != change.agreement_id:
                heir = by_place.get((agreement.id, change.kind, change.as_of))
                if heir is not None:
                    merged[heir].append(change.id)
        return merged

"""What one subscription was told: so that nothing is told twice, and what was wrong is taken back once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.model import (
    Agreement,
    Change,
    ChangeKind,
    Errand,
    PartialDate,
    Pending,
    StageReached,
    Told,
)
from monitor.pipeline.briefcase import Briefcase
from monitor.pipeline.grounds import DAY, DISPUTED
from monitor.review import takes_back

_TAKEN_BACK = "withdrawn "  # stands before the version that was told
_LAPSED = "lapsed "  # stands before the version in which a lead was told
_AGAIN = " again after "  # stands between the version and the report that took it back
_GROWN = " on "  # stands between the version and what it stands on now
_ALERT = "alert "  # stands before the stage that was reached
_IN_FULL = (Errand.TELL, Errand.CORRECT)
_CONCLUDED = (ChangeKind.NEW, ChangeKind.UNDATED, ChangeKind.OMITTED)
_DATED = (*_CONCLUDED, ChangeKind.ADVANCED)  # of talks the day is that of the last that was heard of them
_RUMOURS = (ChangeKind.LEAD, ChangeKind.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that was told and does not hold, with the row that a correction ticks off.

    ``change`` is the one that stands for it now, else the one that was told; ``day`` is the right day where
    only the day was wrong. ``heir`` is the agreement that it turned out to be, told apart from it.
    """

    change: Change
    told: Told
    row: Pending
    day: PartialDate | None = None
    rejected: bool = False
    heir: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Lapse:
    """A lead that was told and that nobody confirmed, with the row that a digest ticks off."""

    change: Change
    told: Told
    row: Pending


class Memory:
    """What a subscription was told of one briefing."""

    def __init__(self, told: Iterable[Told], case: Briefcase) -> None:
        self._case = case
        self._versions: dict[str, set[str]] = {}
        self._stated: dict[str, Told] = {}
        self._grounds: dict[str, set[str]] = {}
        self._withdrawn: dict[str, Told] = {}
        self._lapsed: dict[str, tuple[Told, Told]] = {}
        self._alerted: set[tuple[str, str]] = set()
        for each in told:
            self._remember(each)

    def has_told(self, change: Change) -> bool:
        """Return whether a change was told, or counted, as it is now."""
        told = {version for each in self._case.kin(change) for version in self._versions.get(each, ())}
        return any(_plain(version) == change.version for version in told)

    def has_alerted(self, change: Change) -> bool:
        """Return whether an alert told that a change reached its stage; particulars ring no second bell."""
        return any((each, change.stage.value) in self._alerted for each in self._case.kin(change))

    def before(self, change: Change) -> Told | None:
        """Return the last row that told a signing or a step before; that it was rumoured does not count."""
        for each in self._case.kin(change):
            told, known = self._stated.get(each), self._case.changes.get(each)
            rumour = known is not None and known.kind in _RUMOURS and known.kind is not change.kind
            if told is not None and not rumour and told.pending.errand in _IN_FULL:
                return told
        return None

    def rumour(self, change: Change) -> Told | None:
        """Return the last row that told a signing as reported only, if one did."""
        for each in self._case.kin(change):
            told, known = self._stated.get(each), self._case.changes.get(each)
            if told is None and each in self._lapsed:
                told, _ = self._lapsed[each]
            if told is not None and known is not None and known.kind is ChangeKind.LEAD:
                return told
        return None

    def lapsed(self, subscription_id: str, now: datetime) -> tuple[Lapse, ...]:
        """Return the leads that were told and are dropped, each once."""
        found = []
        for key, told in self._stated.items():
            if key in self._case.lapsed:
                version = f"{_LAPSED}{told.pending.version}"
                row = replace(told.pending, version=version, subscription_id=subscription_id, since=now)
                found.append(Lapse(self._case.changes[key], told, row))
        return tuple(found)

    def grounds(self, change: Change) -> tuple[str, ...]:
        """Return what a signing stood on by all that was told of it."""
        rows = [self._grounds[each] for each in self._case.kin(change) if each in self._grounds]
        return tuple(sorted({ground for grounds in rows for ground in grounds}))

    def stated(self) -> Mapping[str, Told]:
        """Return the last row that stated each change, by its id; what was taken back is not in it."""
        return self._stated

    def heard(self) -> frozenset[str]:
        """Return the ids of changes that were stated, and of leads that were dropped since."""
        return frozenset((*self._stated, *self._lapsed))

    def withdrawn(self) -> Mapping[str, Told]:
        """Return the last row that took back each change, by its id."""
        return self._withdrawn

    def row(
        self,
        change: Change,
        subscription_id: str,
        now: datetime,
        errand: Errand,
        grounds: tuple[str, ...] = (),
    ) -> Pending:
        """Return the row that a report ticks off when it tells a change; told anew, it is another row."""
        version = change.version
        if errand is Errand.ALERT:
            version = f"{_ALERT}{change.stage.value}"
        elif change.id in self._withdrawn:
            version = f"{version}{_AGAIN}{self._withdrawn[change.id].report_id}"
        elif change.id in self._lapsed:
            version = f"{version}{_AGAIN}{self._lapsed[change.id][1].report_id}"
        elif self.has_told(change):
            version = f"{version}{_GROWN}{' '.join(grounds)}"
        return Pending(change.id, version, subscription_id, now, errand, self._said(change), grounds)

    def _said(self, change: Change) -> str:
        """The day that is told, or the span of those that the sides disagree on."""
        agreement = self._case.agreements.get(change.agreement_id)
        days = self._disputed(agreement) if change.kind in _CONCLUDED else ()
        if days:
            return PartialDate.between(days[0].first, days[-1].last).iso
        return change.date.iso if change.date else ""

    def _disputed(self, agreement: Agreement | None) -> tuple[PartialDate, ...]:
        return self._case.disputed_days(agreement) if agreement and agreement.conflicts else ()

    def mistakes(self, subscription_id: str, now: datetime) -> tuple[Mistake, ...]:
        """Return what was stated as confirmed and does not hold, each once."""
        found = []
        for key, told in self._stated.items():
            change = self._case.changes.get(key)
            if change is None or not _is_confirmed(change, told.pending):
                continue
            mistake = self._mistake(change, told)
            if mistake is not None:
                found.append(
                    replace(mistake, row=replace(mistake.row, subscription_id=subscription_id, since=now))
                )
        return tuple(found)

    def _mistake(self, change: Change, told: Told) -> Mistake | None:
        version = f"{_TAKEN_BACK}{told.pending.version}"
        withdrawal = replace(told.pending, version=version, errand=Errand.CORRECT)
        word = self._case.last_word(change)
        if word is not None and takes_back(word):
            return Mistake(change, told, withdrawal, rejected=True)
        agreement = self._case.agreements.get(change.agreement_id)
        heir = self._heir(change, agreement)
        if heir is not None:
            return Mistake(change, told, withdrawal, heir=heir)
        if not _holds(change, agreement):
            return Mistake(change, told, withdrawal)
        return self._wrong_day(change, told, agreement)

    def _wrong_day(self, change: Change, told: Told, agreement: Agreement | None) -> Mistake | None:
        """A day given for a month, or for none, is no mistake."""
        if change.kind is ChangeKind.ADVANCED and not told.pending.version.startswith(f"{change.stage} "):
            return None  # a step was told; that a further one followed makes its day no less right
        day = _day(change, agreement)
        said = PartialDate.parse(told.pending.said) if told.pending.said else None
        if change.kind not in _DATED or day is None or said is None or day.overlaps(said):
            return None
        if any(each.overlaps(said) for each in self._disputed(agreement)):
            return None  # one side still gives it; the next digest gives both
        now = next((each for each in self._case.standing if change.id in self._case.kin(each)), change)
        row = replace(
            told.pending, change_id=now.id, version=now.version, errand=Errand.CORRECT, said=day.iso
        )
        return Mistake(now, told, row, day)

    def _heir(self, change: Change, agreement: Agreement | None) -> Agreement | None:
        """The agreement that another one was merged into, where both were told as two."""
        if agreement is None or agreement.id == change.agreement_id:
            return None
        both = any(
            other.agreement_id == agreement.id and other.kind is change.kind and other.id in self._stated
            for other in self._case.changes.values()
        )
        return agreement if both else None

    def _remember(self, told: Told) -> None:
        row = told.pending
        if is_withdrawal(row) or is_lapse(row):
            before = self._stated.get(row.change_id)
            for memory in (self._versions, self._stated, self._grounds):
                memory.pop(row.change_id, None)
            if is_withdrawal(row):
                self._withdrawn[row.change_id] = told
            elif before is not None:
                self._lapsed[row.change_id] = before, told
        elif row.errand is Errand.ALERT:
            self._alerted.add((row.change_id, row.version.removeprefix(_ALERT)))
            self._stated.setdefault(row.change_id, told)
        else:
            self._versions.setdefault(row.change_id, set()).add(row.version)
            self._remember_grounds(row)
            if _GROWN in row.version:
                self._stated.setdefault(row.change_id, told)
            elif row.errand is not Errand.COUNT:
                self._stated[row.change_id] = told
                self._withdrawn.pop(row.change_id, None)
                self._lapsed.pop(row.change_id, None)

    def _remember_grounds(self, row: Pending) -> None:
        """Who says so adds up; whether the day stands or is disputed is as it was told last."""
        known = self._grounds.setdefault(row.change_id, set())
        if row.grounds:
            known -= {DAY, DISPUTED}
            known.update(row.grounds, {DISPUTED} if "/" in row.said else ())


def _plain(version: str) -> str:
    """The version of a change, without what else a row's tells."""
    return version.partition(_AGAIN)[0].partition(_GROWN)[0]


def is_withdrawal(row: Pending) -> bool:
    """Return whether a correction says that nothing of what was told holds."""
    return row.version.startswith(_TAKEN_BACK)


def is_lapse(row: Pending) -> bool:
    """Return whether a digest said that a lead was dropped."""
    return row.version.startswith(_LAPSED)


def _is_confirmed(change: Change, row: Pending) -> bool:
    """Whether it was stated on good word; a rumour that comes to nothing was told as a rumour."""
    return change.kind is not ChangeKind.LEAD and "unconfirmed" not in row.version


def _holds(change: Change, agreement: Agreement | None) -> bool:
    """Whether what was stated is still what is known, whichever edition it was compared with."""
    if agreement is None or not agreement.is_agreement:
        return False
    if change.kind is ChangeKind.DISCREPANCY:
        return True  # an edition that was mended, or a register that was, leaves nothing wrong in a digest
    if change.kind is ChangeKind.UNDER_WAY and agreement.stage.order >= change.stage.order:
        return True
    reached = _claimed(change, agreement)
    return reached is not None and reached.word.is_confirmed


def _day(change: Change, agreement: Agreement | None) -> PartialDate | None:
    if change.is_laying:
        return agreement.laid if agreement is not None else None
    reached = _claimed(change, agreement)
    return reached.date if reached is not None else None


def _claimed(change: Change, agreement: Agreement | None) -> StageReached | None:
    if agreement is None:
        return None
    return agreement.concluded if change.kind in _CONCLUDED else agreement.reached(change.stage)

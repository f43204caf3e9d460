"""What happened to an agreement and when, in words that never pair a stage with another stage's day."""

from monitor.model import Agreement, Change, PartialDate, Stage
from monitor.model import ChangeKind as Kind
from monitor.reports.desk import Desk, is_reported
from monitor.reports.titles import short_title
from monitor.reports.words import capital, either, lower, stage_words

_STATES = (Stage.IN_FORCE, Stage.PROVISIONALLY_APPLIED)
_LATER = (*_STATES, Stage.TERMINATED, Stage.EXPIRED)
_LAID = "laid before Parliament"


def happened(desk: Desk, change: Change) -> str:
    """Return ``Signed 19 July 2024; in force since 14 March 2025``, and the like for every kind of change."""
    agreement = desk.agreement(change)
    if change.kind is Kind.UNDER_WAY:
        return capital(reached(change.stage, change.date))
    if change.kind is Kind.ADVANCED:
        return capital(_moved_on(desk, change, agreement))
    if is_reported(change):
        return f"Reported signed{_day(change.date)}"
    if days := desk.days(change):
        signed = f"Signed {either(days)}: sources disagree on the day"
    else:
        signed = f"Signed{_day(_conclusion(change, agreement))}"
    return "; ".join([signed, *later(agreement, Stage.CONCLUDED)])


def named(desk: Desk, change: Change) -> str:
    """Return an agreement by its title, in quotation marks."""
    agreement = desk.agreement(change)
    title = change.title or (agreement.title if agreement else "")
    return f"“{short_title(title)}”" if title else "the agreement"


def retold(desk: Desk, change: Change) -> str:
    """Return what happened to which agreement with whom, in one clause."""
    whom = desk.prose(desk.partners(change))
    return f"{named(desk, change)} with {whom}: {lower(happened(desk, change))}"


def later(agreement: Agreement | None, told: Stage) -> list[str]:
    """Return what became of an agreement after its signature, ``told`` apart."""
    if agreement is None:
        return []
    laid = [f"{_LAID} {agreement.laid.written}"] if agreement.laid else []
    stages = (each for each in agreement.stages if each.stage in _LATER and each.stage is not told)
    return [*laid, *(reached(each.stage, each.date) for each in stages)]


def newest_step(desk: Desk, change: Change) -> str:
    """Return what an agreement that was told before has come to, in two or three words."""
    agreement = desk.agreement(change)
    is_laid = agreement is not None and agreement.laid is not None and change.stage is Stage.CONCLUDED
    return _LAID if is_laid else stage_words(change.stage)


def reached(stage: Stage, when: PartialDate | None, by: str = "") -> str:
    """Return ``in force since 14 March 2025``, ``ratified by Canada 3 May 2025``, ``in talks, May 2025``."""
    words = f"{stage_words(stage)}{f' by {by}' if by else ''}"
    if when is None:
        return f"{words}, date not stated"
    if stage in _STATES:
        return f"{words} since {when.written}"
    return f"{words} {when.written}" if stage.implies_conclusion else f"{words}, {when.written}"


def _moved_on(desk: Desk, change: Change, agreement: Agreement | None) -> str:
    """The further stage, by which side where one alone reached it, with the day of signature in brackets."""
    signed = agreement.concluded if agreement else None
    if change.is_laying:
        words = f"{_LAID}{_day(change.date)}"
        return f"{words} (signed {signed.date.written})" if signed and signed.date else words
    now = agreement.reached(change.stage) if agreement else None
    words = reached(change.stage, change.date, desk.prose([now.party]) if now and now.party else "")
    return f"{words} (signed {signed.date.written})" if signed and signed.date else words


def _conclusion(change: Change, agreement: Agreement | None) -> PartialDate | None:
    concluded = agreement.concluded if agreement else None
    return change.date or (concluded.date if concluded else None)


def _day(when: PartialDate | None) -> str:
    return f" {when.written}" if when else ", date not stated"

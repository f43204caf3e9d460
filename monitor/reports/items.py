"""Turn each change into its row, its quotations and, for reviewers, what they decide on.

One change that cannot be written stops no other: it is shown as failed with the reason, and the
lead does not speak of it.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.errors import MonitorError
from monitor.model import Agreement, Binding, Change, Level, Life, PartialDate, Scope, Stage, written
from monitor.model import ChangeKind as Kind
from monitor.reports.confirming import confirmed_line
from monitor.reports.desk import Desk, is_reported
from monitor.reports.digest import Concluded, Contradiction, Decide, Event, Failed, Quotation
from monitor.reports.evidence import quotations, whose_word
from monitor.reports.happened import happened, later
from monitor.reports.review import to_decide
from monitor.reports.titles import short_title
from monitor.reports.words import capital, day, either, field_words, length, listed, publisher_in_prose

_log = logging.getLogger(__name__)
_MINOR = ("letter of intent", "declaration of intent", "statement of intent")
_ENDED = (Stage.TERMINATED, Stage.DECLINED, Stage.EXPIRED)
_MIDNIGHT = re.compile(r"(?<=\d)T00:00(:00(\.0+)?)?Z?\Z")


class Section(StrEnum):
    """Where in the digest an item stands."""

    CONCLUDED = "concluded"
    CONFIRMED = "confirmed"
    ADVANCED = "advanced"
    CONTRADICTION = "contradiction"
    OMITTED = "omitted"
    OTHER = "other"
    OTHER_MOVED = "other-moved"
    MINOR = "minor"
    UNDER_WAY = "under-way"


@dataclass(frozen=True, slots=True)
class Item:
    """One change, written."""

    change: Change
    section: Section
    row: Concluded | Event | Contradiction
    quotations: tuple[Quotation, ...]
    decide: Decide | None


def write_items(desk: Desk) -> tuple[tuple[Item, ...], tuple[Failed, ...]]:
    """Return every change that can be written, and those that cannot.

    By section; what stands on good word before what is only reported; by the date of the event.
    """
    items, failed = [], []
    for change in sorted(desk.material.told, key=lambda each: each.sort_key):
        try:
            items.append(_item(desk, change))
        except Exception as error:  # one item of many: D8, a poison item stops no other
            _log.warning("change %s cannot be shown: %s: %s", change.id, type(error).__name__, error)
            failed.append(Failed(change.id, _reason(error)))
    order = list(Section)
    items.sort(key=lambda item: (order.index(item.section), is_reported(item.change)))
    return tuple(items), tuple(failed)


def in_section(items: Sequence[Item], section: Section) -> tuple[Item, ...]:
    """Return the items of one section."""
    return tuple(item for item in items if item.section is section)


def section_of(desk: Desk, change: Change) -> Section:
    """Return where a change belongs; outside the series everything concluded is "other"."""
    if desk.grown(change):
        return Section.CONFIRMED
    if change.kind is Kind.UNDER_WAY:
        return Section.UNDER_WAY
    if change.kind is Kind.DISCREPANCY:
        return Section.CONTRADICTION
    if change.scope is Scope.OTHER:
        return _section_of_other(desk, change)
    if change.kind is Kind.OMITTED:
        return Section.OMITTED
    if change.kind is Kind.ADVANCED or _is_told_again(desk, change):
        return Section.ADVANCED
    return Section.CONFIRMED if was_reported(desk, change) else Section.CONCLUDED


def _section_of_other(desk: Desk, change: Change) -> Section:
    if _is_minor(desk, change):
        return Section.MINOR
    moved = change.kind is Kind.ADVANCED or _is_told_again(desk, change)
    return Section.OTHER_MOVED if moved else Section.OTHER


def _is_told_again(desk: Desk, change: Change) -> bool:
    """Whether a signing was told before, so that only what is new of it is news."""
    return desk.before(change) is not None and not is_reported(change)


def was_reported(desk: Desk, change: Change) -> bool:
    """Return whether an earlier digest already gave this signing as reported."""
    if is_reported(change):
        return False
    return any(
        is_reported(before) and (before.id == change.supersedes or before.agreement_id == change.agreement_id)
        for before in desk.material.earlier
    )


def _is_confirmed(desk: Desk, change: Change) -> bool:
    return bool(desk.grown(change)) or was_reported(desk, change)


def _item(desk: Desk, change: Change) -> Item:
    section = section_of(desk, change)
    quoted = quotations(desk, change)
    row: Concluded | Event | Contradiction
    if section is Section.CONCLUDED:
        row = _concluded(desk, change)
    elif section is Section.CONTRADICTION:
        row = _contradiction(desk, change)
    else:
        row = _event(desk, change)
    asked = desk.for_reviewers and not (desk.grown(change) and change.life is Life.DECIDED)
    return Item(change, section, row, quoted, to_decide(desk, change, quoted) if asked else None)


def _concluded(desk: Desk, change: Change) -> Concluded:
    agreement = desk.agreement(change)
    title, lang = _title(desk, change)
    return Concluded(
        change_id=change.id,
        party=desk.party(change),
        signed=_signed(desk, change, agreement),
        place=(agreement.place if agreement else "") or "not stated",
        title=short_title(title) or "not stated",
        title_lang=lang,
        length=length(agreement.duration) if agreement and agreement.duration else "not stated",
        source=whose_word(desk, change),
        notes=_notes(desk, change),
        reported=is_reported(change),
    )


def _event(desk: Desk, change: Change) -> Event:
    title, lang = _title(desk, change)
    return Event(
        change_id=change.id,
        party=desk.party(change),
        happened=confirmed_line(desk, change) if _is_confirmed(desk, change) else happened(desk, change),
        title=short_title(title) or "title not stated",
        title_lang=lang,
        source=whose_word(desk, change),
        notes=_notes(desk, change),
    )


def _contradiction(desk: Desk, change: Change) -> Contradiction:
    entry = desk.material.edition.entry(change.entry_id) if change.entry_id else None
    title = short_title((entry.title if entry else "") or _title(desk, change)[0])
    field = field_words(change.field)
    return Contradiction(
        change_id=change.id,
        what=f"{desk.party(change)}, {title}: {field}" if title else f"{desk.party(change)}: {field}",
        title=title,
        edition_says=_said(change.edition_says),
        sources_say=_said(change.sources_say),
        source=whose_word(desk, change),
    )


def _title(desk: Desk, change: Change) -> tuple[str, str]:
    """The title as a source gives it, with its language where it is known to be foreign."""
    agreement = desk.agreement(change)
    title = change.title or (agreement.title if agreement else "")
    wanted = {each.finding_id for each in agreement.titles if each.title == title} if agreement else set()
    for finding in (desk.material.findings.get(each) for each in (*sorted(wanted), *change.evidence)):
        if finding and (finding.title == title or finding.id in wanted):
            return title, "" if finding.lang.lower().startswith("en") else finding.lang
    return title, ""


def _signed(desk: Desk, change: Change, agreement: Agreement | None) -> str:
    """The day of conclusion; of an exchange of letters every day, since it is concluded on the last."""
    if days := desk.days(change):
        return f"{either(days)}: sources disagree"
    signings = agreement.signed if agreement else ()
    if len({signing.date.iso for signing in signings}) < 2:
        return day(change.date)
    return f"{day(change.date)} (signed {listed([_signing(each.date, each.place) for each in signings])})"


def _signing(when: PartialDate, place: str) -> str:
    return f"{when.written}, {place}" if place else when.written


def _notes(desk: Desk, change: Change) -> tuple[str, ...]:
    """What a reader must know beside the row: membership, lateness, force, who says it binds."""
    agreement = desk.agreement(change)
    notes = []
    if (earlier := desk.before(change)) is not None and not desk.grown(change):  # whose row says so itself
        notes.append(f"Updates the digest of {written(earlier.dated)}")
    if change.scope is Scope.UNDECIDED and not is_reported(change):
        notes.append("May belong to the series: not decided")
    if change.found_late:
        published = desk.published(desk.findings(change)[0])
        notes.append(f"Found late in an announcement of {published}" if published else "Found late")
    if agreement:
        if section_of(desk, change) is Section.CONCLUDED:  # elsewhere the row itself says so
            notes += [capital(words) for words in later(agreement, change.stage)]
        elif change.kind in (Kind.ADVANCED, Kind.OMITTED) and agreement.laid and not change.is_laying:
            notes.append(f"Laid before Parliament {agreement.laid.written}")
        notes += _of_agreement(agreement)
    return tuple(notes)


def _of_agreement(agreement: Agreement) -> list[str]:
    notes = []
    parent = short_title(agreement.parent_title)
    if agreement.relation and not (parent and parent in short_title(agreement.title)):
        notes.append(f"{capital(agreement.relation.value)} {parent or 'an earlier agreement'}")
    if agreement.binding is not Binding.NOT_STATED:
        words = "legally binding" if agreement.binding is Binding.YES else "not legally binding"
        says = [publisher_in_prose(_sayer(each)) for each in agreement.binding_says]
        notes.append(f"{capital(words)}, says {listed(says)}" if says else f"Said to be {words}")
    return notes


def _sayer(says: str) -> str:
    """Who says whether it binds, of ``no: Government of Borduria``."""
    value, colon, publisher = says.partition(": ")
    return publisher if colon and value in {each.value for each in Binding} else says


def _is_minor(desk: Desk, change: Change) -> bool:
    """Letters of intent and agency papers close the list, unless the reader's own state is a side."""
    agreement = desk.agreement(change)
    if desk.material.edition.topic.own_state in change.sides or agreement is None:
        return False
    instrument = agreement.instrument.lower()
    return agreement.level is Level.AGENCY or any(words in instrument for words in _MINOR)


def _said(value: str) -> str:
    """A value as prose writes it; an ISO date is written out, without a midnight that nobody meant."""
    value = _MIDNIGHT.sub("", value)
    try:
        return PartialDate.parse(value).written
    except ValueError:
        return value or "nothing"


def _reason(error: Exception) -> str:
    if isinstance(error, MonitorError | LookupError) and error.args:
        return str(error.args[0])
    return f"{type(error).__name__}: {error}"


def signed(items: Sequence[Item]) -> list[Change]:
    """Return what was signed after the edition, on good word, and not reported before."""
    changes = [item.change for item in in_section(items, Section.CONCLUDED)]
    return [change for change in changes if change.stage not in _ENDED and not is_reported(change)]


def reported(items: Sequence[Item]) -> list[Change]:
    """Return what is only reported to be signed."""
    return [item.change for item in in_section(items, Section.CONCLUDED) if is_reported(item.change)]


def ended(items: Sequence[Item]) -> list[Change]:
    """Return what was terminated, declined or has expired, within the briefing's series."""
    changes = [item.change for item in items if item.section is not Section.CONTRADICTION]
    return [change for change in changes if change.stage in _ENDED and change.scope is not Scope.OTHER]


def moved(items: Sequence[Item]) -> list[Change]:
    """Return what was signed before and has reached a further stage."""
    changes = [item.change for item in in_section(items, Section.ADVANCED)]
    return [change for change in changes if change.stage not in _ENDED]


def talking(items: Sequence[Item]) -> list[Change]:
    """Return talks that are alive."""
    changes = [item.change for item in in_section(items, Section.UNDER_WAY)]
    return [change for change in changes if change.stage not in _ENDED]

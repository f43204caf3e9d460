"""What we could and could not check: coverage in a few lines for readers, by party for reviewers.

"Nothing new" without this would be false comfort.
"""

from datetime import datetime

from monitor.model import Coverage, LookedAt, PartyCode, Trouble
from monitor.reports.desk import Desk
from monitor.reports.digest import CoverageRow
from monitor.reports.material import Held
from monitor.reports.words import (
    capital,
    counted,
    in_prose,
    listed,
    parties_counted,
    party_name,
    publisher_in_prose,
    sentence,
)

_MOST_NAMED = 6


def check_lines(desk: Desk) -> tuple[str, ...]:
    """Return the lines on what was read, what could not be, who looked, and what may be missing."""
    lines = [_read_line(desk)]
    if unreadable := _unreadable(desk):
        lines.append(f"Could not be read: {_first(unreadable, '; ')}")
    if noted := _noted(desk):
        lines.append(f"Read, but to be noted: {_first(noted, '; ')}")
    if looks := _looks(desk):
        lines.append(f"Looked at by hand: {_first(looks, '; ')}")
    if uncovered := [each.party for each in desk.material.coverage if not each.is_covered]:
        names = [in_prose(code, desk.material.names) for code in uncovered]
        lines.append(
            f"No official source of {_first(names, ', ')} could be read, and nobody has looked by hand"
        )
    lines += _gaps(desk)
    return tuple(sentence(line) for line in lines)


def was_read(desk: Desk) -> bool:
    """Return whether any official source was read well in the digest's window."""
    since = desk.occasion.since
    read = [each.last_success for row in desk.material.coverage for each in row.sources_read]
    return any(since is None or instant > since for instant in read)


def mostly_unread(desk: Desk) -> bool:
    """Return whether more sources that should have answered failed than were read."""
    failing = {fault.source_id for fault in desk.material.faults if not fault.read and not fault.expected}
    read = {each.source_id for row in desk.material.coverage for each in row.sources_read} - failing
    return len(failing) > len(read)


def _gaps(desk: Desk) -> list[str]:
    """Stretches of time in which items may have passed unseen; the rest by count."""
    lines = [
        f"Items of {publisher_in_prose(desk.publisher(gap.source_id))} may have passed unseen"
        f" between {desk.moment(gap.since)} and {desk.moment(gap.until)}"
        for gap in desk.material.gaps
        if not gap.closed
    ]
    if len(lines) <= _MOST_NAMED:
        return lines
    return [*lines[:_MOST_NAMED], f"The same holds for {counted(len(lines) - _MOST_NAMED, 'other gap')}"]


def coverage_rows(desk: Desk) -> tuple[CoverageRow, ...]:
    """Return one row a party: what was read when, what is in trouble, who looked."""
    return tuple(_row(desk, each) for each in desk.material.coverage)


def _read_line(desk: Desk) -> str:
    read = {each.source_id: each for row in desk.material.coverage for each in row.sources_read}
    if not read:
        return "No source has been read yet"
    parties: set[PartyCode] = {row.party for row in desk.material.coverage if row.sources_read}
    latest = max(each.last_success for each in read.values())
    return (
        f"Read: {counted(len(read), 'official source')} of {parties_counted(parties, desk.material.names)},"
        f" last on {desk.moment(latest)}"
    )


def _noted(desk: Desk) -> list[str]:
    """What is to be noted of sources that were read; two of one publisher are told apart by their ids."""
    notes = [fault for fault in desk.material.faults if fault.read]
    alike = [(fault.publisher, fault.words) for fault in notes]
    lines: dict[str, None] = {}
    for fault in notes:
        which = f" ({fault.source_id})" if alike.count((fault.publisher, fault.words)) > 1 else ""
        since = f" since {desk.day(fault.since)}" if fault.since else ""
        lines[f"{fault.publisher}{which}, whose site {fault.words}{since}"] = None
    return list(lines)


def _unreadable(desk: Desk) -> list[str]:
    """Every source at fault once, whether the run or the coverage names it; not what was read."""
    faults: dict[str, tuple[str, datetime | None, str]] = {}
    failing = [fault for fault in desk.material.faults if not fault.read]
    for fault in sorted(failing, key=lambda each: each.expected):  # news first
        faults[fault.source_id] = (fault.publisher, fault.since, fault.words)
    noted = {fault.source_id for fault in desk.material.faults if fault.read} - faults.keys()
    for each in (each for row in desk.material.coverage for each in row.trouble):
        if each.source_id not in noted:
            faults.setdefault(each.source_id or each.publisher, (each.publisher, each.since, each.words))
    told: dict[str, None] = {}
    for publisher, since, words in faults.values():
        told[f"{publisher}, whose site {words}{_since(desk, since)}"] = None
    return list(told)


def _since(desk: Desk, since: datetime | None) -> str:
    return f" since {desk.day(since)}" if since else ", never read so far"


def _looks(desk: Desk) -> list[str]:
    """The latest look at each publisher; names of people are for reviewers."""
    latest: dict[str, LookedAt] = {}
    for row in desk.material.coverage:
        for look in row.manual:
            if look.publisher not in latest or latest[look.publisher].at < look.at:
                latest[look.publisher] = look
    return [_look(desk, look) for look in latest.values()]


def _look(desk: Desk, look: LookedAt) -> str:
    by = f" by {look.by}" if desk.for_reviewers else ""
    since = desk.occasion.since
    if since is not None and look.at <= since:  # what was found then was told then
        return f"{look.publisher}, last on {desk.day(look.at)}{by}"
    note = f": {look.note}" if look.note else ""
    return f"{look.publisher}, {desk.day(look.at)}{by}{note}"


def _row(desk: Desk, coverage: Coverage) -> CoverageRow:
    read = [
        f"{each.publisher}, {desk.moment(each.last_success)}{_plain(each.url)}"
        for each in coverage.sources_read
    ]
    return CoverageRow(
        party=party_name(coverage.party, desk.material.names),
        read=_first(read, "; ") or "none",
        trouble=_first([_trouble(desk, each) for each in coverage.trouble], "; ") or "none",
        by_hand=_first([_look(desk, look) for look in coverage.manual], "; ") or "nobody",
    )


def _trouble(desk: Desk, trouble: Trouble) -> str:
    return f"{trouble.publisher}: {trouble.words}{_since(desk, trouble.since)}"


def _plain(url: str) -> str:
    return " (plain http, unauthenticated)" if url.lower().startswith("http:") else ""


def _first(parts: list[str], between: str) -> str:
    """The first few by name, the rest by count: nothing is left out silently."""
    if len(parts) <= _MOST_NAMED:
        return listed(parts) if between == ", " else between.join(parts)
    rest = counted(len(parts) - _MOST_NAMED, "other")
    return f"{between.join(parts[:_MOST_NAMED])} and {rest}"


def awaiting_line(desk: Desk) -> str:
    """Return how many earlier changes await a reviewer and since when, or nothing."""
    count, since = desk.material.awaiting, desk.material.awaiting_since
    if not count:
        return ""
    when = f", the oldest since {desk.day(since)}" if since else ""
    return capital(f"{counted(count, 'earlier change')} {'awaits' if count == 1 else 'await'} review{when}.")


def remarks(desk: Desk) -> tuple[str, ...]:
    """Return what else must not go unsaid: what a pause left out, and for reviewers what never arrived."""
    lines = []
    if count := desk.material.counted:
        found = "was" if count == 1 else "were"
        lines.append(
            f"{counted(count, 'change')} that {found} found while this subscription was paused"
            f" {'is' if count == 1 else 'are'} not told here; the state of the briefing shows all."
        )
    if (count := desk.material.undelivered) and desk.for_reviewers:
        lines.append(
            f"{counted(count, 'delivery', 'deliveries')} of reports failed for good: monitor status."
        )
    lines += [_held(each) for each in desk.material.held if desk.for_reviewers]
    return tuple(lines)


def _held(held: Held) -> str:
    waits = "waits" if held.corrections == 1 else "wait"
    return (
        f"{counted(held.corrections, 'correction')} {waits} until the subscription {held.subscription_id} is"
        " no longer on hold or paused; its recipients were told what turned out wrong."
    )

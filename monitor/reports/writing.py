"""Write a digest: from the material to plain words, in the order that a reader needs them.

Pure: time, zone and names are arguments; the same material gives the same digest, byte for byte.
"""

from collections.abc import Sequence
from typing import TypeVar

from monitor.model import is_organisation, report_id, written
from monitor.reports.checks import awaiting_line, check_lines, coverage_rows, remarks, was_read
from monitor.reports.cited import cited_pages, outside_rows
from monitor.reports.desk import Desk, lay_out
from monitor.reports.digest import Concluded, Contradiction, Digest, Event, Fact, Sender
from monitor.reports.items import Item, Section, in_section, write_items
from monitor.reports.lead import lead
from monitor.reports.material import Masthead, Material, Occasion
from monitor.reports.open_points import not_established, under_way_before
from monitor.reports.reckoned import disputed_rows
from monitor.reports.statements import out_of_date, still_right
from monitor.reports.subject import headline, is_regular, subject, window
from monitor.reports.words import capital, in_prose, local_day, sentence

Row = TypeVar("Row", Concluded, Event, Contradiction)


def compose(material: Material, occasion: Occasion) -> Digest:
    """Return the digest of ``material`` for one audience.

    A change that cannot be written is listed in ``failed`` with its reason; the others are written.
    """
    desk = lay_out(material, occasion)
    items, failed = write_items(desk)
    changes = [item.change for item in items if not desk.grown(item.change)]  # those put nothing out of date
    aged = out_of_date(desk, changes)
    edition = material.edition
    checks = check_lines(desk)
    quiet = not items and not failed and not material.cited and not material.disputes
    before = under_way_before(desk)
    return Digest(
        report_id=report_id_of(material, occasion),
        reviewers=desk.for_reviewers,
        reference=edition.reference or edition.briefing_id,
        briefing=edition.title,
        subject=subject(desk, items),
        headline=capital(headline(desk, items)),
        preheader=_preheader(desk, items, len(aged), quiet),
        period=window(desk),
        window=_window(desk),
        as_of=written(edition.as_of),
        made=desk.moment(occasion.made_at),
        lead=_nothing_new(desk, checks, before) if quiet else lead(desk, items, len(aged)),
        nothing_heading="Nothing found." if was_read(desk) else "Nothing could be checked.",
        nothing_new=quiet,
        party_heading=_party_heading(desk, items),
        focal=in_prose(desk.focal, material.names),
        concluded=_rows(items, Section.CONCLUDED, Concluded),
        confirmed=_rows(items, Section.CONFIRMED, Event),
        advanced=_rows(items, Section.ADVANCED, Event),
        not_established=not_established(desk, items),
        out_of_date=aged,
        still_right=still_right(desk, changes),
        outside=outside_rows(desk),
        cited=cited_pages(desk),
        contradictions=_rows(items, Section.CONTRADICTION, Contradiction),
        disputed=disputed_rows(desk),
        omitted=_rows(items, Section.OMITTED, Event),
        others=_rows(items, Section.OTHER, Event),
        others_moved=_rows(items, Section.OTHER_MOVED, Event),
        minor=_rows(items, Section.MINOR, Event),
        under_way=_rows(items, Section.UNDER_WAY, Event),
        under_way_before=before,
        quotations=() if desk.for_reviewers else tuple(q for item in items for q in item.quotations),
        checks=checks,
        coverage=coverage_rows(desk) if desk.for_reviewers else (),
        questions=_questions(desk),
        to_decide=tuple(item.decide for item in items if item.decide),
        awaiting=awaiting_line(desk),
        remarks=remarks(desk),
        failed=failed,
        closing=f"Signed does not mean in force. Times are {occasion.masthead.zone_words}.",
        sender=sender_of(desk),
    )


def report_id_of(material: Material, occasion: Occasion) -> str:
    """Return the content-made id of the report on ``material``."""
    told = occasion.rows or tuple((change.id, change.version) for change in material.told)
    day = local_day(occasion.until, occasion.zone)
    return report_id(occasion.subscription_id, told, day, occasion.kind)


def _rows(items: Sequence[Item], section: Section, kind: type[Row]) -> tuple[Row, ...]:
    return tuple(item.row for item in in_section(items, section) if isinstance(item.row, kind))


def _nothing_new(desk: Desk, checks: Sequence[str], before: str) -> tuple[str, ...]:
    """Three honest lines: nothing found; what was checked and what could not be; what is under way."""
    found = (
        "In what could be read there was no signing in the series that the briefing follows,"
        " and nothing else that puts it out of date."
    )
    if not was_read(desk):
        found = "No official source could be read in this time: a signing may have passed unseen."
    under_way = before or "No talks are known to be under way."
    return found, " ".join(checks), under_way


def _preheader(desk: Desk, items: Sequence[Item], aged: int, quiet: bool) -> str:
    """The line that mail programs show beside the subject."""
    if quiet and not was_read(desk):
        return "No official source could be read."
    return "Nothing new was found in what could be read." if quiet else " ".join(lead(desk, items, aged))


def _window(desk: Desk) -> str:
    """The window; to the minute for reviewers, and whenever it is not a plain day or week."""
    occasion = desk.occasion
    if occasion.since is None:
        return f"{window(desk)}, the first digest of this subscription"
    if is_regular(desk) and not desk.for_reviewers:
        return window(desk)
    return f"{window(desk)}: from {desk.moment(occasion.since)} to {desk.moment(occasion.until)}"


def _party_heading(desk: Desk, items: Sequence[Item]) -> str:
    """The EU is a party, never a country, so the heading widens where it stands in the table."""
    codes = {code for item in in_section(items, Section.CONCLUDED) for code in desk.partners(item.change)}
    return "Party" if any(is_organisation(code) for code in codes) else "Country"


def _questions(desk: Desk) -> tuple[Fact, ...]:
    """What a person is asked; reviewers only."""
    if not desk.for_reviewers:
        return ()
    open_ones = [question for question in desk.material.questions if not question.answered]
    return tuple(
        Fact(f"{desk.publisher(each.source_id)}, {desk.day(each.asked_at)}", sentence(each.text))
        for each in open_ones
    )


def sheet_id(occasion: Occasion) -> str:
    """Return the id of a report that tells no changes: one a day, kind and subscription."""
    return report_id(occasion.subscription_id, (), local_day(occasion.until, occasion.zone), occasion.kind)


def sender_of(desk: Desk) -> Sender:
    """Return what the headers of a mail on a briefing need."""
    return sender_for(desk.occasion, desk.material.edition.briefing_id)


def sender_for(occasion: Occasion, list_id: str) -> Sender:
    """Return what a mail's headers need; mails of one ``list_id`` are one thread."""
    masthead: Masthead = occasion.masthead
    return Sender(
        instance=masthead.instance,
        address=masthead.sender,
        name=masthead.sender_name,
        contact=masthead.contact or masthead.sender,
        list_id=list_id,
        made_at=occasion.made_at.isoformat(),
    )

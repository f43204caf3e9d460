"""The reminder: which changes await review, and since when. Readers' digests say as much in one line."""

from collections.abc import Sequence

from monitor.model import Change
from monitor.reports.desk import Desk, lay_out
from monitor.reports.happened import happened
from monitor.reports.material import Material, Occasion
from monitor.reports.notice import Notice, NoticeItem
from monitor.reports.subject import titled
from monitor.reports.words import counted, lower, sentence
from monitor.reports.writing import report_id_of, sender_of

_MOST_ITEMS = 20


def compose_reminder(material: Material, occasion: Occasion) -> Notice:
    """Return the reminder of ``material.told``, the longest waiting first."""
    desk = lay_out(material, occasion)
    changes = sorted(material.told, key=lambda each: (each.first_seen or occasion.until, each.id))
    headline = f"{counted(len(changes), 'change')} {'awaits' if len(changes) == 1 else 'await'} review"
    edition = material.edition
    return Notice(
        report_id=report_id_of(material, occasion),
        reference=edition.reference or edition.briefing_id,
        briefing=edition.title,
        subject=titled(desk, f"{headline}{_since(desk, changes[0])}"),
        headline=headline,
        preheader=sentence(f"{headline}{_since(desk, changes[0])}"),
        made=desk.moment(occasion.made_at),
        lead=(sentence(f"{headline}{_since(desk, changes[0])}"), "Readers are told that they wait."),
        items=tuple(_item(desk, change) for change in changes[:_MOST_ITEMS]),
        closing=_closing(changes),
        sender=sender_of(desk),
    )


def _since(desk: Desk, change: Change) -> str:
    return f", the oldest since {desk.day(change.first_seen)}" if change.first_seen else ""


def _item(desk: Desk, change: Change) -> NoticeItem:
    seen = f"; seen on {desk.day(change.first_seen)}" if change.first_seen else ""
    text = sentence(f"{desk.party(change)}: {lower(happened(desk, change))}{seen}")
    return NoticeItem(change.id, text, command=f"monitor review show {change.id}")


def _closing(changes: Sequence[Change]) -> tuple[str, ...]:
    more = len(changes) - _MOST_ITEMS
    all_of_them = "the command monitor review list shows all of them."
    return (f"And {more} more; {all_of_them}",) if more > 0 else (sentence(all_of_them),)

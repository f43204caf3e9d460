"""A short report as templates see it: an urgent alert, a correction, a reminder. Plain values only."""

from dataclasses import dataclass

from monitor.reports.digest import OnWhoseWord, Quotation, Sender


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """One change in a sentence or two, with who says so and, where it is needed, the quotations behind it.

    ``command`` is what a reviewer types to see it; empty in what is made to be forwarded.
    """

    change_id: str
    text: str
    source: OnWhoseWord | None = None
    quotations: tuple[Quotation, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One short report for one audience. ``closing`` are sentences after the items."""

    report_id: str
    reference: str
    briefing: str
    subject: str
    headline: str
    preheader: str
    made: str
    lead: tuple[str, ...]
    items: tuple[NoticeItem, ...]
    closing: tuple[str, ...]
    sender: Sender

"""The urgent alert: what cannot wait, in under 60 words, the important ones first.

The digest that follows tells it in full; here stands who did what, on whose word, and a link.
"""

from collections.abc import Sequence

from monitor.model import Change, Stage
from monitor.reports.desk import Desk, lay_out
from monitor.reports.evidence import whose_word
from monitor.reports.happened import retold
from monitor.reports.lead import signing_sentence
from monitor.reports.material import Material, Occasion
from monitor.reports.notice import Notice, NoticeItem
from monitor.reports.subject import titled
from monitor.reports.words import capital, counted, listed, sentence, stage_words
from monitor.reports.writing import report_id_of, sender_of

MOST_WORDS = 60
_RESERVED = 16  # for the headline's last words, the count of what is left out, and the closing
_ENDED = (Stage.TERMINATED, Stage.DECLINED)
_CLOSING = "The next digest tells it in full."


def compose_alert(material: Material, occasion: Occasion) -> Notice:
    """Return the alert on ``material.told``, in the order given.

    Raises:
        LookupError: a change's evidence is missing; nothing is claimed without it.
    """
    desk = lay_out(material, occasion)
    items, left_out = _fitting(desk, material.told)
    headline = capital(_headline(desk, material.told[0]))
    more = (f"{counted(left_out, 'more change')} {'is' if left_out == 1 else 'are'} as urgent.",)
    edition = material.edition
    return Notice(
        report_id=report_id_of(material, occasion),
        reference=edition.reference or edition.briefing_id,
        briefing=edition.title,
        subject=titled(desk, f"Urgent: {headline}"),
        headline=headline,
        preheader=items[0].text,
        made=desk.moment(occasion.made_at),
        lead=(),
        items=items,
        closing=(*(more if left_out else ()), _CLOSING),
        sender=sender_of(desk),
    )


def _fitting(desk: Desk, changes: Sequence[Change]) -> tuple[tuple[NoticeItem, ...], int]:
    """As many items as the words allow, at least one; and how many are left out."""
    left = MOST_WORDS - _RESERVED - len(_headline(desk, changes[0]).split())
    items: list[NoticeItem] = []
    for change in changes:
        item = _item(desk, change)
        left -= _words(item)
        if items and left < 0:
            break
        items.append(item)
    return tuple(items), len(changes) - len(items)


def _words(item: NoticeItem) -> int:
    source = item.source
    parts = [each for link in source.links for each in (link.text, link.title, link.aside)] if source else []
    return len(" ".join([item.text, source.words if source else "", *parts]).split())


def _headline(desk: Desk, change: Change) -> str:
    who = listed([desk.prose([code]) for code in desk.partners(change)])
    return f"{who}: {stage_words(change.stage)}" if change.stage in _ENDED else f"{who} signed"


def _item(desk: Desk, change: Change) -> NoticeItem:
    text = retold(desk, change) if change.stage in _ENDED else signing_sentence(desk, change)
    return NoticeItem(change.id, sentence(text), whose_word(desk, change))

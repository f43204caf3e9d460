"""The correction: what an earlier report stated and does not hold, named with that report."""

from monitor.model import Change, ChangeKind, Life, PartialDate, written
from monitor.reports.desk import Desk, lay_out
from monitor.reports.evidence import quotations, whose_word
from monitor.reports.happened import named
from monitor.reports.material import Earlier, Material, Occasion, Wrong
from monitor.reports.notice import Notice, NoticeItem
from monitor.reports.subject import titled
from monitor.reports.words import field_words, listed, sentence, stage_words
from monitor.reports.writing import report_id_of, sender_of

_STANDING = (Life.OPEN, Life.DECIDED)


def compose_correction(material: Material, occasion: Occasion) -> Notice:
    """Return the correction of ``material.wrong``."""
    desk = lay_out(material, occasion)
    items = tuple(_item(desk, wrong) for wrong in material.wrong)
    edition = material.edition
    days = listed([written(day) for day in sorted({wrong.earlier.dated for wrong in material.wrong})])
    digests = "digest" if len({wrong.earlier.dated for wrong in material.wrong}) == 1 else "digests"
    who = listed(list(dict.fromkeys(desk.party(wrong.change) for wrong in material.wrong)))
    headline = f"Correction to the {digests} of {days}: {who}"
    return Notice(
        report_id=report_id_of(material, occasion),
        reference=edition.reference or edition.briefing_id,
        briefing=edition.title,
        subject=titled(desk, headline),
        headline=headline,
        preheader=items[0].text,
        made=desk.moment(occasion.made_at),
        lead=("What follows was stated in a report that you received, and does not hold.",),
        items=items,
        closing=("Please pass this on to whom you forwarded it.",),
        sender=sender_of(desk),
    )


def _item(desk: Desk, wrong: Wrong) -> NoticeItem:
    change, earlier = wrong.change, wrong.earlier
    stated = f"The report of {written(earlier.dated)} (“{earlier.subject}”) said that {_stated(desk, wrong)}"
    holds = _why(desk, wrong) if wrong.taken_back else _day_now(change, earlier)
    if wrong.taken_back:
        return NoticeItem(change.id, f"{sentence(stated)} {sentence(f'That does not hold: {holds}')}")
    quoted = quotations(desk, change)
    return NoticeItem(change.id, f"{sentence(stated)} {sentence(holds)}", whose_word(desk, change), quoted)


def _stated(desk: Desk, wrong: Wrong) -> str:
    """What was said, in the words in which it can be found there."""
    change, said = wrong.change, wrong.earlier.said
    who, what = desk.prose(desk.partners(change)), named(desk, change)
    when = f" on {said.written}" if said and said.is_day else f" in {said.written}" if said else ""
    if change.kind is ChangeKind.DISCREPANCY:
        return f"sources give {change.sources_say} as the {field_words(change.field)} of {what} with {who}"
    if change.is_laying:
        return f"{what} with {who} was laid before Parliament{when}"
    if change.kind in (ChangeKind.ADVANCED, ChangeKind.UNDER_WAY):
        return f"{what} with {who} was {stage_words(change.stage)}{when}"
    return f"{who} signed {what}{when}"


def _day_now(change: Change, earlier: Earlier) -> str:
    now = change.date.written if change.date else "a day that no source gives"
    before = earlier.said.written if earlier.said else "another day"
    return f"The day is {now}, not {before}"


def _why(desk: Desk, wrong: Wrong) -> str:
    """What is known now instead."""
    if wrong.rejected:
        return "a reviewer has looked at the evidence and rejected it"
    if wrong.merged_into:
        return f"it is the same agreement as “{wrong.merged_into}”, which was told apart from it"
    agreement = desk.agreement(wrong.change)
    if agreement is not None and not agreement.is_agreement:
        return "a reviewer has found that it is no agreement"
    now = _standing(desk, wrong.change)
    if now is not None and now.kind is ChangeKind.LEAD:
        return "no official source of a party says so any more; it is only reported"
    if now is not None and now.kind is ChangeKind.OMITTED:
        return f"it was signed {_on(now.date)}, before the briefing's cut-off, and the briefing leaves it out"
    return "the sources that said so do not say so any more"


def _on(when: PartialDate | None) -> str:
    return f"on {when.written}" if when and when.is_day else f"in {when.written}" if when else "earlier"


def _standing(desk: Desk, change: Change) -> Change | None:
    """What stands on the same agreement instead."""
    return next(
        (
            other
            for other in (*desk.material.told, *desk.material.earlier)
            if other.agreement_id == change.agreement_id and other.id != change.id and other.life in _STANDING
        ),
        None,
    )

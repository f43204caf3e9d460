"""The subject of a digest: which days, and who signed; a reader decides by it whether to open."""

from collections.abc import Sequence
from datetime import date

from monitor.model import Change, Stage, written
from monitor.reports.checks import mostly_unread, was_read
from monitor.reports.cited import cited_headlines
from monitor.reports.confirming import confirmed_headlines
from monitor.reports.desk import Desk, agreed_by_both, is_reported, said_by_one, undecided_apart
from monitor.reports.escape import one_line
from monitor.reports.happened import newest_step
from monitor.reports.items import Item, Section, ended, in_section, moved, reported, signed, talking
from monitor.reports.material import Occasion
from monitor.reports.others import other_headlines
from monitor.reports.reckoned import disputed_headlines
from monitor.reports.words import counted, listed, local_day, parties_counted, span, stage_words

_MOST_HEADLINES = 3
_WEEK = 7  # days
_MOST_NAMED = 3
_TALKS = {
    Stage.AGREED_TEXT: "text agreed with {}",
    Stage.ANNOUNCED_INTENT: "agreement with {} intended",
    Stage.NEGOTIATING: "talks with {} under way",
}
_COUNTED = (
    (Section.CONTRADICTION, "fact", " in the briefing contradicted"),
    (Section.OMITTED, "earlier agreement", " left out"),
)


def subject(desk: Desk, items: Sequence[Item]) -> str:
    """Return ``[CBP-9837] Week to 25 February 2024: Canada signed; Denmark reported signed``."""
    return titled(desk, f"{window(desk)}: {headline(desk, items)}")


def titled(desk: Desk, text: str) -> str:
    """Return a subject with the briefing's number before it, marked where it is a trial."""
    edition = desk.material.edition
    return bracketed(desk.occasion, edition.reference or edition.briefing_id, text)


def bracketed(occasion: Occasion, reference: str, text: str) -> str:
    """Return a subject with what it is about in brackets before it, marked where it is a trial."""
    return one_line(f"{'[TEST] ' if occasion.trial else ''}[{reference}] {text}")


def headline(desk: Desk, items: Sequence[Item]) -> str:
    """Return the news of a digest in few words."""
    news = "; ".join(_headlines(desk, items)[:_MOST_HEADLINES])
    if news:
        return news
    lost = len(desk.material.told) - len(items)
    if lost:
        return f"{counted(lost, 'change')} could not be shown"
    if not was_read(desk):
        return "nothing could be checked"  # "nothing new" would be false comfort
    return "nothing new in what could be read" if mostly_unread(desk) else "nothing new"


def window(desk: Desk) -> str:
    """Return the days that the digest covers."""
    return window_words(desk.occasion)


def window_words(occasion: Occasion) -> str:
    """Return the days of an occasion: ``Week to 25 February 2024``, one day, or a range."""
    last, first = _days(occasion)
    if first is None:
        return f"To {written(last)}"
    if (last - first).days <= 1:
        return written(last)
    return f"Week to {written(last)}" if (last - first).days == _WEEK else span(first, last)


def is_regular(desk: Desk) -> bool:
    """Return whether the window is a plain day or week; after a pause it is neither."""
    last, first = _days(desk.occasion)
    return first is not None and (last - first).days in (0, 1, _WEEK)


def _headlines(desk: Desk, items: Sequence[Item]) -> list[str]:
    of_series, undecided = undecided_apart(desk, signed(items), _MOST_NAMED)
    named = (
        (agreed_by_both(of_series), "{} signed"),
        (said_by_one(of_series), "{} signed, one side says"),
        (undecided, "{} signed, perhaps of the series"),
        (reported(items), "{} reported signed"),
    )
    news = [f"{_names(desk, [change])}: {stage_words(change.stage)}" for change in ended(items)[:2]]
    news += [words.format(_names(desk, changes)) for changes, words in named if changes]
    news += confirmed_headlines(desk, [item.change for item in in_section(items, Section.CONFIRMED)])
    news += _moved(desk, moved(items))
    news += other_headlines(desk, items)
    for section, noun, ending in _COUNTED:
        if count := len(in_section(items, section)):
            news.append(counted(count, noun) + ending)
    news += _talks(desk, talking(items))
    return news + cited_headlines(desk) + disputed_headlines(desk)


def _talks(desk: Desk, changes: Sequence[Change]) -> list[str]:
    """What is under way with whom, and whether only others than the parties say so."""
    news = []
    for stage, words in _TALKS.items():
        of_stage = [change for change in changes if change.stage is stage]
        rumours = [change for change in of_stage if is_reported(change)]
        firm = [change for change in of_stage if change not in rumours]
        news += [words.format(_names(desk, firm))] if firm else []
        news += [f"{words.format(_names(desk, rumours))}, reports say"] if rumours else []
    return news


def _moved(desk: Desk, changes: Sequence[Change]) -> list[str]:
    if len(changes) == 1:
        return [f"agreement with {_names(desk, changes)} {newest_step(desk, changes[0])}"]
    return [f"{counted(len(changes), 'agreement')} moved on"] if changes else []


def _names(desk: Desk, changes: Sequence[Change]) -> str:
    """Up to three names, else a count, in which the EU is no country."""
    parties = desk.all_partners(changes)
    if len(parties) > _MOST_NAMED:
        return parties_counted(parties, desk.material.names)
    return listed([desk.prose([code]) for code in parties])


def _days(occasion: Occasion) -> tuple[date, date | None]:
    first = local_day(occasion.since, occasion.zone) if occasion.since else None
    return local_day(occasion.until, occasion.zone), first

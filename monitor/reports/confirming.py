"""What was told before and stands on more now: one line each, never a second announcement.

A rumour that a party confirms; a signing that one side told alone and the other confirms; a text that was
read since; a day on which sources disagreed and do so no longer, or do so only now.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from monitor.model import Change, PartialDate, PartyCode, written
from monitor.reports.desk import Desk
from monitor.reports.happened import later
from monitor.reports.material import Earlier
from monitor.reports.words import either, listed, parties_counted, publisher_in_prose, short_day

TEXT, DAY, DISPUTED = "text", "day", "disputed"  # of the grounds that are no sides
_MOST_NAMED = 5


def confirmed_line(desk: Desk, change: Change) -> str:
    """Return ``Signed 24 February 2024, now confirmed by ...; the digest of 25 February gave it ...``."""
    day = desk.day_of(change)
    what = [f"Signed {day}" if day else "Signed, date not stated", *_news(desk, change)]
    before = _told_before(desk, change)
    clauses = [", ".join(what), *([before] if before else [])]
    agreement = desk.agreement(change)
    return "; ".join([*clauses, *(later(agreement, change.stage) if agreement else [])])


def confirmed_sentences(desk: Desk, changes: Iterable[Change]) -> tuple[str, ...]:
    """Return what a lead says of them: who confirms whose signing, and what else has been settled."""
    rumours, grown = _sorted(desk, changes)
    sentences = [_rumours_sentence(desk, rumours)] if rumours else []
    sentences += [_confirmation(desk, codes, group) for codes, group in _by_voices(desk, grown)]
    if read := _with(desk, grown, TEXT):
        many = len(read) > 1
        texts = "texts of the agreements" if many else "text of the agreement"
        sentences.append(f"The {texts} with {_names(desk, read)} {'have' if many else 'has'} now been read")
    if settled := _with(desk, grown, DAY):
        days = [f"{desk.prose(desk.partners(each))} on {desk.day_of(each)}" for each in settled]
        sentences.append(f"Sources agree by now on the day of signing: {listed(days)}")
    if disputed := _with(desk, grown, DISPUTED):
        days = [f"{desk.prose(desk.partners(each))} on {desk.day_of(each)}" for each in disputed]
        sentences.append(f"Sources now disagree on the day of signing: {listed(days)}")
    return tuple(sentences)


def confirmed_headlines(desk: Desk, changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the same for a subject line."""
    rumours, grown = _sorted(desk, changes)
    by_sides = [change for change in grown if _voices(desk, change)]
    kinds = (
        (rumours, "signing by {} confirmed"),
        (by_sides, "signing by {} confirmed by both sides"),
        (_with(desk, grown, TEXT), "text of the agreement with {} read"),
        (_with(desk, grown, DAY), "day of the signing by {} settled"),
        (_with(desk, grown, DISPUTED), "day of the signing by {} disputed"),
    )
    return tuple(words.format(_names(desk, group, 3)) for group, words in kinds if group)


def _sorted(desk: Desk, changes: Iterable[Change]) -> tuple[list[Change], list[Change]]:
    """Rumours that are confirmed, and signings that stand on more."""
    every = list(changes)
    return [c for c in every if not desk.grown(c)], [c for c in every if desk.grown(c)]


def _voices(desk: Desk, change: Change) -> tuple[PartyCode, ...]:
    return _sides(desk.grown(change))


def _sides(grounds: Iterable[str]) -> tuple[PartyCode, ...]:
    return tuple(PartyCode(each) for each in grounds if each not in (TEXT, DAY, DISPUTED))


def _with(desk: Desk, changes: Iterable[Change], ground: str) -> list[Change]:
    """Those of which this is the news; that a side spoke for itself outweighs it."""
    return [c for c in changes if ground in desk.grown(c) and not _voices(desk, c)]


def _by_voices(desk: Desk, changes: Iterable[Change]) -> list[tuple[tuple[PartyCode, ...], list[Change]]]:
    """Signings by who confirms them; who confirms its own has a sentence of its own."""
    groups: dict[tuple[tuple[PartyCode, ...], str], list[Change]] = defaultdict(list)
    for change in changes:
        voices = _voices(desk, change)
        if voices:
            groups[voices, change.id if _is_its_own(desk, voices, change) else ""].append(change)
    return [(voices, group) for (voices, _), group in groups.items()]


def _is_its_own(desk: Desk, voices: Iterable[PartyCode], change: Change) -> bool:
    return set(voices) == set(desk.partners(change))


def _confirmation(desk: Desk, voices: Sequence[PartyCode], changes: Sequence[Change]) -> str:
    """``Ukraine now confirms the signing by Iceland (31 May) and ...``; of one's own: ``its signing``."""
    confirms = "confirm" if len(voices) > 1 else "confirms"
    who = desk.prose(voices)
    if _is_its_own(desk, voices, changes[0]):
        day = desk.day_of(changes[0])
        whose = "their" if len(voices) > 1 else "its"
        earlier = desk.before(changes[0])
        alone = f", which {_report(earlier)} gave {_grounds(desk, earlier)}" if earlier else ""
        return f"{who} now {confirms} {whose} signing{f' on {day}' if day else ''}{alone}"
    return f"{who} now {confirms} the signing by {_dated(desk, changes)}, told before without {who}"


def _rumours_sentence(desk: Desk, changes: Sequence[Change]) -> str:
    earlier = [desk.material.rumours.get(change.id) for change in changes]
    days = sorted({each.dated for each in earlier if each})
    reports = "digest" if len(days) == 1 else "digests"
    named = f"the {reports} of {listed([written(day) for day in days])}"
    where = named if all(earlier) else "an earlier digest"
    return f"The signing by {_dated(desk, changes)}, which {where} gave as reported only, is now confirmed"


def _news(desk: Desk, change: Change) -> list[str]:
    grown = desk.grown(change)
    voices = _voices(desk, change)
    news = []
    if voices or not grown:  # a dispute that a second voice brings stands with its two days
        news.append(f"now confirmed by {_publishers(desk, change, voices or change.sides)}")
    if TEXT in grown:
        news.append("whose text has now been read")
    if DISPUTED in grown and not voices:
        news.append("on which sources now disagree")
    if DAY in grown:
        news.append("on which sources no longer disagree")
    return news


def _told_before(desk: Desk, change: Change) -> str:
    rumour, earlier = desk.material.rumours.get(change.id), desk.before(change)
    if rumour is not None:
        return f"{_report(rumour)} gave it as reported only"
    if earlier is None or not earlier.grounds:
        return ""
    if DAY in desk.grown(change) and earlier.said is not None and not earlier.said.is_day:
        return f"{_report(earlier)} gave two days, {_both(earlier.said)}"
    if {DAY, DISPUTED} & set(desk.grown(change)) and not _voices(desk, change) and earlier.said is not None:
        return f"{_report(earlier)} gave {earlier.said.written}"
    return f"{_report(earlier)} gave it {_grounds(desk, earlier)}"


def _both(span: PartialDate) -> str:
    return either([PartialDate.day(span.first), PartialDate.day(span.last)]).replace(" or ", " and ")


def _report(earlier: Earlier) -> str:
    return f"the digest of {written(earlier.dated)}"


def _grounds(desk: Desk, earlier: Earlier) -> str:
    sides = _sides(earlier.grounds)
    text = "on the agreement's text" if TEXT in earlier.grounds else ""
    word = f"on the word of {desk.prose(sides)}" if sides else ""
    return " and ".join(part for part in (text, word) if part) + (" alone" if word and not text else "")


def _publishers(desk: Desk, change: Change, voices: Iterable[str]) -> str:
    """Who says so on good word, one name a voice."""
    wanted = set(voices)
    names: dict[str, str] = {}
    for finding in desk.findings(change):
        if finding.voice in wanted and finding.stage.implies_conclusion:
            names.setdefault(str(finding.voice), publisher_in_prose(desk.said_by(finding)))
    return listed(list(names.values())) or "the text of the agreement"


def _dated(desk: Desk, changes: Sequence[Change]) -> str:
    if len(desk.all_partners(changes)) > _MOST_NAMED:
        return parties_counted(desk.all_partners(changes), desk.material.names)
    return listed([f"{desk.prose(desk.partners(c))} ({_short(desk, c)})" for c in changes])


def _short(desk: Desk, change: Change) -> str:
    return either(desk.days(change)) or short_day(change.date)


def _names(desk: Desk, changes: Sequence[Change], most: int = _MOST_NAMED) -> str:
    parties = desk.all_partners(changes)
    return parties_counted(parties, desk.material.names) if len(parties) > most else desk.prose(parties)

"""When a claim says that it happened: just now, earlier, or on a day that can be worked out.

A document announces what happened within a week of it; older dates, "last year", "already" and the
past perfect only recall. A date that belongs to another paper ("the Declaration of 12 July 2023")
says nothing about this one.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from monitor.detection.claims import Claim, Mood
from monitor.detection.lexicon import Label
from monitor.detection.page import Part, Sentence
from monitor.language import DateMention, Given, Match, is_cjk
from monitor.model import PartialDate

_FRESH = timedelta(days=7)
_TOMORROW = timedelta(days=1)
_OPENING = 12  # tokens into a sentence whose date holds for all of it
_NEAR = 18  # tokens between an act and a date that can be its own
_YEAR_NEAR = 3
_YEAR_NEAR_DESCRIBED = 8  # "the agreement signed by Canada and Jordan in 2009"
_YEAR_OPENING = 2
_CUE_NEAR = 14
_ALIKE_NEAR = 8
_BESIDE = 1  # tokens between a day and "last year"
_PAUSES = frozenset(":;,.–—-")
_PAST = frozenset([Mood.ASSERTED, Mood.PRESUPPOSED, Mood.EARLIER])
_OTHER_EVENTS = ("in-force", "ratified", "terminated", "provisionally-applied")
_BY_PARTICIPLE = 4  # tokens from a participle to a day of its own
_PRESUPPOSED_FRESH = timedelta(days=1)


class Age(StrEnum):
    """How old the claimed act is, as far as the text says."""

    NEW = "new"  # a date within the week, "today", "just"
    OPEN = "open"  # nothing says
    OLD = "old"
    AHEAD = "ahead"  # a date after the document's own


@dataclass(frozen=True, slots=True)
class When:
    """The age of a claim with the date that shows it and the reason, a plain clause."""

    age: Age
    date: PartialDate | None = None
    mention: DateMention | None = None
    reason: str = ""


def when_of(claim: Claim, anchor: date | None) -> When:
    """Return when the act of ``claim`` happened."""
    sentence = claim.sentence
    dated = [mention for mention in sentence.dates if not _belongs_elsewhere(sentence, mention, claim)]
    near = sorted(dated, key=lambda mention: _gap(mention, claim))
    near = [m for m in near if _is_near(m, claim)]
    last_year = next((m for m in near if _is_of_earlier_year(sentence, m)), None)
    if last_year is not None:
        words = sentence.tokens.text[
            sentence.tokens.starts[last_year.first] : sentence.tokens.ends[last_year.last]
        ]
        return When(Age.OLD, None, last_year, f"“{words}” is of an earlier year")
    found = _by_date(claim, near, anchor)
    if claim.mood is Mood.EARLIER:
        return When(Age.OLD, found.date if found else None, None, "the verb looks back on it")
    ago = _cue(claim, "ago", _ALIKE_NEAR)
    if ago:
        return When(Age.OLD, None, None, f"“{ago}” puts it in the past")
    alike = _cue(claim, "alike", _ALIKE_NEAR) if sentence.part is not Part.TITLE else ""
    if alike:
        return When(
            Age.OLD, found.date if found else None, None, f"“{alike}” compares it with the one announced"
        )
    if found is not None and found.age is not Age.OPEN:
        return found
    cue = _cue(claim, "earlier", _CUE_NEAR)
    if cue:
        return When(Age.OLD, found.date if found else None, None, f"“{cue}” says that it happened before")
    if sentence.of("times", "now") and claim.mood is not Mood.PRESUPPOSED:  # that visit may be any
        return When(Age.NEW, PartialDate.day(anchor) if anchor else None, None, "said to have just happened")
    return found or When(Age.OPEN)


def _by_date(claim: Claim, near: list[DateMention], anchor: date | None) -> When | None:
    """Return what the dates near the act say, None without any."""
    fallback: When | None = None
    for mention in near:
        if mention.date is None:
            if mention.given is Given.RELATIVE:
                return When(Age.NEW, None, mention, "said to have happened today")
            fallback = fallback or When(Age.OPEN, None, mention)
            continue
        when = _judge(claim, mention, mention.date, anchor)
        if when.age is not Age.OPEN:
            return when
        fallback = fallback or when
    return fallback


def _judge(claim: Claim, mention: DateMention, day: PartialDate, anchor: date | None) -> When:
    if anchor is None:
        return When(Age.OPEN, day if day.is_day else None, mention)
    if mention.given is Given.NO_YEAR and day.first > anchor + _TOMORROW and claim.mood in _PAST:
        return When(Age.OLD, None, mention, f"“{day.words}” must mean an earlier year")
    if day.first > anchor + _TOMORROW or (mention.given is Given.RELATIVE and day.first > anchor):
        return When(Age.AHEAD, day, mention, f"its date, {day.iso}, lies ahead")
    fresh = _PRESUPPOSED_FRESH if claim.mood is Mood.PRESUPPOSED else _FRESH
    if day.is_day and day.first >= anchor - fresh:
        return When(Age.NEW, day, mention, f"dated {day.iso}, within a week of the document")
    if day.last < anchor - fresh:
        return When(
            Age.OLD, day if day.is_day else None, mention, f"dated {day.iso}, long before the document"
        )
    return When(Age.OPEN, None, mention)


def _is_of_earlier_year(sentence: Sentence, mention: DateMention) -> bool:
    """Return whether "last year" stands beside a day and month: 去年3月26日, "26 March of last year"."""
    if mention.given not in {Given.NO_YEAR, Given.MONTH}:
        return False
    return any(
        0 <= mention.first - cue.last - 1 <= _BESIDE or 0 <= cue.first - mention.last - 1 <= _BESIDE
        for cue in sentence.of("times", "last-year")
    )


def _is_near(mention: DateMention, claim: Claim) -> bool:
    sentence = claim.sentence
    gap, before = _gap(mention, claim), mention.first - sentence.first
    if mention.given is Given.RELATIVE and all(act.overlaps(claim.act) for act in sentence.of("acts")):
        return True  # "welcomed the signature of (a long list) today"
    if mention.given is not Given.YEAR:
        return gap <= _NEAR or before <= _OPENING
    # "In 2011 they signed", "signed in 2011", 2011年に署名; elsewhere a year is often another paper's
    before_year = {mention.first - 1}
    called = [
        word
        for word in sentence.of("text", "years")
        if word.last == mention.first - 1 or word.first == mention.last + 1
    ]
    before_year |= {word.first - 1 for word in called}
    # "in 2011", "vuonna 2011", 2011年; Finnish and Turkish say it with the word for year alone
    after_in = bool(called) or any(link.last in before_year for link in sentence.of("links", "in", "of"))
    after_in = after_in or is_cjk(sentence.tokens.words[claim.act.first])  # 2023年に stands before its verb
    described = claim.noun is not None and 0 <= claim.act.last - claim.noun.last <= 1
    near = _YEAR_NEAR_DESCRIBED if described or _is_bare(claim, mention) else _YEAR_NEAR
    return (after_in and gap <= near) or (_opening(sentence, mention) <= _YEAR_OPENING and gap <= _NEAR)


def _is_bare(claim: Claim, mention: DateMention) -> bool:
    """Return whether only a place stands between an act and a year: "signed in Sochi in 2018"."""
    between = [*claim.sentence.of("nouns"), *claim.sentence.of("acts")]
    return not any(claim.act.last < hit.first < mention.first for hit in between)


def _opening(sentence: Sentence, mention: DateMention) -> int:
    """Return the tokens before a date in its sentence, or behind a colon or comma: "Notes: In 2023 they"."""
    words = sentence.tokens.words
    marks = (at + 1 for at in range(mention.first - 1, sentence.first - 1, -1) if words[at] in _PAUSES)
    return mention.first - next(marks, sentence.first)


def _gap(mention: DateMention, claim: Claim) -> int:
    return _gap_to(mention, claim.act)


def _gap_to(mention: DateMention, act: Match[Label]) -> int:
    """Return the tokens between a date and an act."""
    if mention.first > act.last:
        return mention.first - act.last
    return max(0, act.first - mention.last)


def _belongs_elsewhere(sentence: Sentence, mention: DateMention, claim: Claim) -> bool:
    """Return whether a date hangs on another noun or verb: "of 12 July 2023", "today entered into force"."""
    before = mention.first - 1
    if mention.first - sentence.first <= 1 and "-" in sentence.tokens.words[mention.first : mention.last]:
        return True  # a dateline in figures, "2024-05-28 Brussels"
    apart = _gap_to(mention, claim.act) > _BY_PARTICIPLE
    if claim.mood is Mood.PRESUPPOSED and apart and sentence.of("stages", *_OTHER_EVENTS):
        return True  # "On Wednesday the House approved the agreement signed with Jordan"
    if before < sentence.first:
        return False
    words = sentence.tokens.words
    for link in sentence.of("links", "of"):
        if link.last == before and mention.given in {Given.FULL, Given.NO_YEAR, Given.MONTH}:
            return not (claim.act.first <= before <= claim.act.last)
    bracket = _bracket(words, mention.first, sentence.first)
    if bracket != _bracket(words, claim.act.first, sentence.first):
        return True
    own = _gap_to(mention, claim.act)
    others = [*sentence.of("acts"), *sentence.of("stages", *_OTHER_EVENTS)]
    return any(
        _gap_to(mention, act) < own and _bracket(words, act.first, sentence.first) == bracket
        for act in others
        if not act.overlaps(claim.act)
    )


def _bracket(words: list[str], at: int, first: int) -> int:
    """Return where the bracket that holds a token opens, -1 where none does."""
    for place in range(at - 1, first - 1, -1):
        if words[place] in ")）":
            return -1
        if words[place] in "(（":
            return place
    return -1


def _cue(claim: Claim, key: str, reach: int) -> str:
    """Return the words near the act, or opening the sentence, that put it in the past."""
    sentence = claim.sentence
    wider = [now for now in sentence.of("times", "now") if now.last > now.first]
    for cue in sentence.of("times", key):
        if any(now.first <= cue.first and cue.last <= now.last for now in wider) and cue.first == cue.last:
            continue  # "signed before both presidents" is no earlier time
        near = min(abs(cue.first - claim.act.last), abs(claim.act.first - cue.last)) <= reach
        if near or cue.first - sentence.first <= 2:
            return sentence.tokens.text[sentence.tokens.starts[cue.first] : sentence.tokens.ends[cue.last]]
    return ""

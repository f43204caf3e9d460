"""Whether two records speak of one instrument: never, perhaps, or for sure.

The rules, each with its reason, in the order in which they are asked. No two are joined that differ in
kind, title or date; a register's number joins only with the same sides and the same signing date, or one
missing, since unrelated rows share a paper. An instrument that changes another is not the other.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from itertools import product
from typing import Final

from monitor.ledger.records import Record
from monitor.ledger.titles import Likeness, Match, compare
from monitor.model import Kind, PartialDate, Precision

_ALIKE: Final = 0.6  # of Likeness.value: titles that agree well enough to stand alone beside a date
_TOPIC: Final = 0.5  # concepts that titles in two languages share
_UNSAID: Final = 0.5  # of a score: a paper whose kind one source leaves open
_UNSAID_DAYS: Final = 60
_CLOSE: Final = timedelta(days=3)  # a day lost between time zones, an announcement taken for the signing
_DENIED: Final = timedelta(days=30)  # from a report of a signing to its denial
_SOON: Final = timedelta(days=10)  # from the signing to the text on a government's site
_TALKS: Final = timedelta(days=730)  # from the first talks to the signing
_ROUND: Final = timedelta(days=400)  # between two reports of the same talks
_LATER: Final = timedelta(days=5 * 366)  # from the signing to force


class Tier(IntEnum):
    """How strongly two records are tied; ties are followed from the strongest down."""

    APART = -1
    NONE = 0
    TALKS = 1  # two reports before any signing
    LATER = 2  # what became of an instrument, or what led to it, without its date
    EVENT = 3  # the same kind within days
    DAY = 4  # the same kind on the same day, titles that do not tell
    TITLE = 5  # the same day, titles that agree
    NUMBER = 6  # the same number, and the same day or one not stated
    SAME = 7  # the same title on the same day


class When(IntEnum):
    """What two records' dates say about being one signing."""

    FAR = -1
    UNKNOWN = 0
    CLOSE = 1
    SAME = 2


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """A tier and, within it, a score between 0 and 1."""

    tier: Tier
    score: float = 0.0


_APART: Final = Tie(Tier.APART)
_NONE: Final = Tie(Tier.NONE)


def tie(one: Record, other: Record) -> Tie:
    """Return how two records of the same sides are tied; ``APART`` means that nothing may join them."""
    if one.row and other.row and one.row[0] == other.row[0]:
        return _rows_of_one_register(one, other)
    when = _when(one, other)
    numbered = not one.numbers.isdisjoint(other.numbers)
    if _differ_in_number(one, other) or (when is When.FAR and not numbered):
        return _APART
    likeness = compare(one.title, other.title)
    if _told_apart_by_one_document(one, other, likeness):
        return _APART
    if when is When.FAR:
        return _numbered_on_two_dates(one, other)
    if numbered and likeness.value > 0.0:
        return Tie(Tier.NUMBER, likeness.value)
    if likeness.match is Match.DIFFER or _differ(one, other, likeness, when):
        return _APART
    return _weigh(one, other, likeness, when)


def _rows_of_one_register(one: Record, other: Record) -> Tie:
    """A register lists each instrument once; only a row entered twice is one instrument."""
    if not one.title.whole or one.title.whole != other.title.whole:
        return _APART
    papers = not one.numbers or not other.numbers or not one.numbers.isdisjoint(other.numbers)
    undated = not one.signings and not other.signings and bool(one.numbers)
    same_day = undated or _when(one, other) is When.SAME
    return Tie(Tier.SAME, 1.0) if papers and same_day else _APART


def _differ_in_number(one: Record, other: Record) -> bool:
    """ "Agreement No. 3" is not "Agreement No. 4", nor is what amends the one what amends the other."""
    own, parents = (
        (one.title.numbers, other.title.numbers),
        (one.title.parent_numbers, other.title.parent_numbers),
    )
    return any(first and second and first.isdisjoint(second) for first, second in (own, parents))


def _told_apart_by_one_document(one: Record, other: Record, likeness: Likeness) -> bool:
    """A page that announces two instruments tells them apart by title, kind or instrument."""
    if one.document != other.document or not (one.signings and other.signings):
        return False
    if one.kind is not other.kind or (
        one.instrument and other.instrument and one.instrument != other.instrument
    ):
        return True
    return likeness.match is Match.DIFFER or not (
        one.title.whole == other.title.whole or likeness.value >= _ALIKE
    )


def _numbered_on_two_dates(one: Record, other: Record) -> Tie:
    """Two registers that give one paper the same words and different dates disagree; that is a conflict."""
    same_words = one.title.words == other.title.words != frozenset()
    same_form = one.instrument == other.instrument and one.changes_another is other.changes_another
    if one.row and other.row and same_words and same_form:
        return Tie(Tier.LATER, 1.0)
    return _APART


def _differ(one: Record, other: Record, likeness: Likeness, when: When) -> bool:
    """In kind, or in that one changes another instrument and the other is one of its own."""
    evident = when is When.SAME and likeness.value >= _ALIKE and likeness.shared > 1
    if one.kind is not other.kind and Kind.OTHER not in (one.kind, other.kind) and not evident:
        return True
    if one.changes_another is not other.changes_another:
        original = other if one.changes_another else one
        return bool(original.title.words or original.title.concepts)
    return False


def _weigh(one: Record, other: Record, likeness: Likeness, when: When) -> Tie:
    alike = likeness.match is Match.EQUAL or (likeness.match is Match.AGREE and likeness.value >= _ALIKE)
    same_kind = _same_kind(one, other)
    if when is When.SAME:
        if likeness.match is Match.EQUAL:
            return Tie(Tier.SAME, 1.0)
        if alike:
            return Tie(Tier.TITLE, likeness.value)
        if same_kind or (one.kind is not other.kind and Kind.OTHER in (one.kind, other.kind)):
            return Tie(Tier.DAY, likeness.value + (0.2 if same_kind else 0.0))
        return _NONE
    if when is When.CLOSE:
        if alike or (same_kind and _tells(one, other)):
            return Tie(Tier.EVENT, likeness.value)
        return Tie(Tier.EVENT, likeness.value * _UNSAID) if _leaves_kind_open(one, other) else _NONE
    return _without_a_common_date(one, other, likeness, alike=alike)


def _same_kind(one: Record, other: Record) -> bool:
    """Kind and level; what is of no particular kind must at least be called the same."""
    if one.kind is not other.kind or one.level is not other.level:
        return False
    return one.kind is not Kind.OTHER or (one.instrument == other.instrument != "")


def _tells(one: Record, other: Record) -> bool:
    """Whether their common kind says what they are about."""
    return one.kind is other.kind is not Kind.OTHER and one.level is other.level


def _leaves_kind_open(one: Record, other: Record) -> bool:
    """Whether one of them names neither kind nor subject: "signed an agreement"."""
    return any(each.kind is Kind.OTHER and each.title.says_nothing for each in (one, other))


def _without_a_common_date(one: Record, other: Record, likeness: Likeness, *, alike: bool) -> Tie:
    """What led to an instrument, or came after it, is tied by its title, else by a kind that tells."""
    telling = _tells(one, other)
    tier = Tier.LATER if one.concluded or other.concluded else Tier.TALKS
    if one.concluded and other.concluded:
        enough = alike or (telling and likeness.match is Match.OPEN and likeness.value >= _TOPIC)
    else:
        enough = alike or telling
    if enough:
        return Tie(tier, likeness.value * _nearness(one, other))
    days = _days_between(one, other)
    soon = days is not None and days <= _UNSAID_DAYS
    return Tie(tier, likeness.value * _UNSAID) if soon and _leaves_kind_open(one, other) else _NONE


def _nearness(one: Record, other: Record) -> float:
    """Between 1 and 0: talks lead to the signing that follows them next, force to the one before it."""
    days = _days_between(one, other)
    return 0.5 if days is None else 1.0 / (1.0 + days / 365)


def _days_between(one: Record, other: Record) -> int | None:
    first, second = one.window or one.reported, other.window or other.reported
    return None if first is None or second is None else abs((first.first - second.first).days)


def _when(one: Record, other: Record) -> When:
    if one.window and other.window:
        pairs = product(one.windows, other.windows)
        return max(_compare_windows(one, other, first, second) for first, second in pairs)
    if one.concluded is other.concluded:
        return _compare_reports(one, other)
    before, after = (other, one) if one.concluded else (one, other)
    return _compare_talks(before, after)


def _compare_windows(one: Record, other: Record, first: PartialDate, second: PartialDate) -> When:
    if first.overlaps(second):
        exact = one.signings and other.signings and first.precision is second.precision is Precision.DAY
        return When.SAME if exact else When.CLOSE
    stated = one.signings and other.signings
    return When.CLOSE if stated and first.overlaps(second, days=_CLOSE.days) else When.FAR


def _compare_reports(one: Record, other: Record) -> When:
    """Neither is a dated signing beside another: two talks, or force beside a signing or each other."""
    first, second = one.window or one.reported, other.window or other.reported
    if first is None or second is None:
        return When.UNKNOWN
    if not one.concluded:
        return When.UNKNOWN if first.overlaps(second, days=_ROUND.days) else When.FAR
    if not (one.window or other.window):
        return When.UNKNOWN
    signed, later = (first, second) if one.window else (second, first)
    if signed.first > later.last + _CLOSE or later.first - signed.last > _LATER:
        return When.FAR
    soon = later.first - signed.last <= _SOON
    return When.CLOSE if soon else When.UNKNOWN


def _compare_talks(before: Record, after: Record) -> When:
    """Talks reported after a signing are about another agreement; a denial is about the same."""
    talks, end = before.reported, after.window or after.reported
    if talks is None or end is None:
        return When.UNKNOWN
    until = end.last + (_DENIED if before.declined else _CLOSE)
    possible = talks.first <= until and end.first - talks.last <= _TALKS
    return When.UNKNOWN if possible else When.FAR

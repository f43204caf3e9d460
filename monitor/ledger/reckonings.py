"""Where sources count or list the agreements of a series otherwise than others do, or than is known.

Only what cannot be true on any day around the document's is a dispute: pages are written days after and
before a signing, what may belong to the series may have been counted or not, and so may an organisation
among "countries". A list is taken for whole where it is as long as its own number says, or where it names
most of the parties without saying that there are others. The press counts for nothing here.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from monitor.model import (
    Dispute,
    Kind,
    PartialDate,
    PartyCode,
    Reckoned,
    Reckoning,
    is_organisation,
)

_BEHIND: Final = timedelta(days=7)  # a page counts what its writer had heard of
_AHEAD: Final = timedelta(days=1)  # it is already tomorrow where it is published
_MOST_OF_THEM: Final = 0.7
_FEWEST_LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class Member:
    """One agreement of the series by its party: when it was signed, and the finding that says so.

    ``is_certain``: on good word, and decided to belong to the series. What the edition states needs no
    finding.
    """

    party: PartyCode
    signed: PartialDate | None
    is_certain: bool
    finding_id: str = ""


def disputes(
    reckonings: Iterable[Reckoning], members: Collection[Member], focal: PartyCode, kinds: Collection[Kind]
) -> tuple[Dispute, ...]:
    """Return what the latest word of each source contradicts, by id; none is picked.

    Args:
        reckonings: What documents say, in any order and version.
        members: The series as it is known, one a party.
        focal: Whose agreements they are.
        kinds: What the series is about; a number of something else is none of it.
    """
    latest = _latest([each for each in reckonings if _is_of_series(each, focal, kinds)])
    against_known = [found for each in latest if (found := _against(each, members, focal)) is not None]
    disputed = {each.reckonings[0].id for each in against_known}
    open_ones = [each for each in latest if each.id not in disputed]
    pairs = [
        _dispute((one, other), focal)
        for one, other in combinations(open_ones, 2)
        if _contradict(one, other, members, focal)
    ]
    return tuple(sorted((*against_known, *pairs), key=lambda each: each.id))


def _is_of_series(reckoning: Reckoning, focal: PartyCode, kinds: Collection[Kind]) -> bool:
    if not reckoning.official or not set(reckoning.kinds) & set(kinds):
        return False
    if focal in reckoning.parties:
        return True
    return not reckoning.subject and (reckoning.voice == focal or focal in reckoning.about)


def _latest(reckonings: Sequence[Reckoning]) -> list[Reckoning]:
    """The newest number and list of each source, of each page only as it reads now."""
    versions: dict[tuple[str, str], Reckoning] = {}
    for each in reckonings:
        page = each.source_id, each.item_key or each.url
        if page not in versions or _read(each) > _read(versions[page]):
            versions[page] = each
    current = [
        each
        for each in reckonings
        if each.document_id == versions[each.source_id, each.item_key or each.url].document_id
    ]
    newest: dict[tuple[str, Reckoned, bool, bool], Reckoning] = {}
    for each in sorted(current, key=lambda each: (_last_day(each), each.number or 0, each.id)):
        newest[each.source_id, each.of, each.number is None, each.over_time] = each
    return sorted(newest.values(), key=lambda each: each.id)


def _read(reckoning: Reckoning) -> tuple[str, str]:
    return reckoning.retrieved.isoformat() if reckoning.retrieved else "", reckoning.document_id


def _last_day(reckoning: Reckoning) -> date:
    if reckoning.published is not None:
        return reckoning.published.last
    return reckoning.retrieved.date() if reckoning.retrieved else date.max - _AHEAD


def _first_day(reckoning: Reckoning) -> date:
    """The earliest day that it can be as of; of a page without a day, or of a stretch of time, any."""
    if reckoning.published is None or reckoning.over_time:
        return date.min
    return reckoning.published.first - _BEHIND


def _against(reckoning: Reckoning, members: Collection[Member], focal: PartyCode) -> Dispute | None:
    first, last = _first_day(reckoning), _last_day(reckoning) + _AHEAD
    certain = [each for each in members if each.is_certain and _is_signed(each, first, surely=True)]
    possible = [each for each in members if _is_signed(each, last, surely=False)]
    known = len(certain), len(possible)
    states = _states(certain), _states(possible)
    missing, surplus = _list_differs(reckoning, certain, possible, focal)
    wrong = reckoning.number is not None and not _fits(reckoning, known, states)
    if not wrong and not missing and not surplus:
        return None
    found = _dispute((reckoning,), focal, missing, surplus)
    return replace(
        found,
        known=known,
        known_states=states,
        findings=tuple(each.finding_id for each in certain if each.party in missing and each.finding_id),
    )


def _is_signed(member: Member, by: date, *, surely: bool) -> bool:
    if member.signed is None:
        return not surely
    return (member.signed.last if surely else member.signed.first) <= by


def _states(members: Iterable[Member]) -> int:
    return sum(not is_organisation(each.party) for each in members)


def _fits(reckoning: Reckoning, known: tuple[int, int], states: tuple[int, int]) -> bool:
    """Whether the number is right on some day; "28 countries" may have an organisation among them."""
    assert reckoning.number is not None  # noqa: S101 - the caller asked
    if reckoning.of is Reckoned.AGREEMENTS:
        return known[0] <= reckoning.number <= known[1]
    apart = any(is_organisation(each) for each in reckoning.parties)
    return states[0] <= reckoning.number <= (states[1] if apart else known[1])


def _list_differs(
    reckoning: Reckoning, certain: Sequence[Member], possible: Sequence[Member], focal: PartyCode
) -> tuple[tuple[PartyCode, ...], tuple[PartyCode, ...]]:
    """The parties that a whole list leaves out, and those in it of whom no signing is known."""
    listed = [each for each in reckoning.parties if each != focal]
    if not _is_whole(reckoning, listed, certain):
        return (), ()
    countries = reckoning.of is Reckoned.COUNTRIES
    expected = [each.party for each in certain if not (countries and is_organisation(each.party))]
    missing = tuple(sorted(each for each in expected if each not in listed))
    heard = {each.party for each in possible}
    return missing, tuple(sorted(each for each in listed if each not in heard))


def _is_whole(reckoning: Reckoning, listed: Sequence[PartyCode], certain: Sequence[Member]) -> bool:
    if reckoning.is_open:
        return False
    if reckoning.number is not None:
        apart = [each for each in listed if not is_organisation(each)]
        counted = apart if reckoning.of is Reckoned.COUNTRIES else listed
        return len(counted) == reckoning.number >= _FEWEST_LISTED
    named = sum(each.party in listed for each in certain)
    return len(listed) >= _FEWEST_LISTED and named >= _MOST_OF_THEM * len(certain) > 0


def _contradict(one: Reckoning, other: Reckoning, members: Collection[Member], focal: PartyCode) -> bool:
    """Whether two sources of about the same day, between which nobody signed, cannot both be right."""
    if one.of is not other.of or one.published is None or other.published is None:
        return False
    if one.over_time or other.over_time or not one.published.overlaps(other.published, days=_BEHIND.days):
        return False
    first = min(one.published.first, other.published.first) - _BEHIND
    last = max(one.published.last, other.published.last) + _AHEAD
    if any(each.signed and each.signed.last >= first and each.signed.first <= last for each in members):
        return False
    organised = [any(is_organisation(party) for party in each.parties) for each in (one, other)]
    if one.number is not None and other.number is not None and one.number != other.number:
        return one.of is Reckoned.AGREEMENTS or organised[0] == organised[1]
    lists = [[party for party in each.parties if party != focal] for each in (one, other)]
    whole = all(
        each.number is not None and _is_whole(each, listed, ())
        for each, listed in zip((one, other), lists, strict=True)
    )
    return whole and organised[0] == organised[1] and set(lists[0]) != set(lists[1])


def _dispute(
    reckonings: tuple[Reckoning, ...],
    focal: PartyCode,
    missing: tuple[PartyCode, ...] = (),
    surplus: tuple[PartyCode, ...] = (),
) -> Dispute:
    """A dispute; said again on another page of the source, or known of more since, it is the same."""
    said = sorted(f"{each.source_id} {each.of.value} {each.number}" for each in reckonings)
    lists = () if missing or surplus else tuple(" ".join(sorted(each.parties)) for each in reckonings[1:])
    text = "\0".join((focal, *said, "-", *missing, "-", *surplus, *lists))
    return Dispute(
        "n-" + hashlib.sha256(text.encode()).hexdigest()[:16], reckonings, missing=missing, surplus=surplus
    )

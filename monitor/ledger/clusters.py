"""Join records that speak of one instrument, so that no two that differ end up together.

Ties are followed from the strongest down; a join that would bring two records together that nothing may
join is left out. Where a weak tie would fit two instruments equally, it is followed to neither, except
for a record that says too little to be about one rather than the other: it is evidence for either.
Everything is sorted first, so the result depends on the set of records alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from monitor.ledger.identity import Tie, Tier, tie
from monitor.ledger.records import Record
from monitor.model import Kind

_CLEARLY: Final = 0.15  # by so much must a weak tie's score exceed its rival's

Pair = frozenset[str]


class Clusters:
    """Records in groups that grow; keys are those of records."""

    def __init__(self, records: Sequence[Record], together: Iterable[Pair], apart: Iterable[Pair]) -> None:
        self._records = {record.key: record for record in records}
        self._members = {key: [key] for key in self._records}
        self._head = {key: key for key in self._records}
        self._ties: dict[Pair, Tie] = {}
        self._apart = set(apart)
        self._joined = {pair for pair in together if pair <= self._records.keys()}
        for pair in sorted(self._joined, key=sorted):
            self._join(*sorted(pair))

    def grow(self) -> tuple[tuple[Record, ...], ...]:
        """Follow every tie, and return the groups in order of their first record."""
        ties = self._all_ties()
        for tier in sorted(Tier, reverse=True):
            if tier > Tier.NONE:
                self._follow([(pair, found) for pair, found in ties if found.tier is tier], tier)
        groups = (sorted(members) for members in self._members.values())
        return tuple(tuple(self._records[key] for key in members) for members in sorted(groups))

    def _all_ties(self) -> list[tuple[Pair, Tie]]:
        for one, other in combinations(self._records.values(), 2):
            self._ties[frozenset((one.key, other.key))] = tie(one, other)
        found = [(pair, value) for pair, value in self._ties.items() if value.tier > Tier.NONE]
        return sorted(found, key=lambda each: (-each[1].score, sorted(each[0])))

    def _follow(self, ties: list[tuple[Pair, Tie]], tier: Tier) -> None:
        for pair, found in ties:
            one, other = (self._head[key] for key in sorted(pair))
            if one == other or self._are_apart(one, other):
                continue
            if tier > Tier.DAY or not self._is_doubtful(pair, found):
                self._join(one, other)

    def _is_doubtful(self, pair: Pair, found: Tie) -> bool:
        """Whether a tie fits another group as well, from which the first is apart."""
        first, second = sorted(pair)
        return any(
            not self._says_little(key) and self._has_rival(key, found, towards)
            for key, towards in ((first, self._head[second]), (second, self._head[first]))
        )

    def _has_rival(self, key: str, found: Tie, towards: str) -> bool:
        own = self._head[key]
        for head in self._members:
            if head in (own, towards) or not self._are_apart(head, towards) or self._are_apart(head, own):
                continue
            best = max((self._tie(key, member) for member in self._members[head]), default=Tie(Tier.NONE))
            if best.tier >= found.tier and best.score > found.score - _CLEARLY:
                return True
        return False

    def _says_little(self, key: str) -> bool:
        """Whether it gives a kind and no subject: "a security agreement was signed"."""
        record = self._records[key]
        return record.kind is not Kind.OTHER and record.title.says_nothing

    def _tie(self, one: str, other: str) -> Tie:
        return self._ties[frozenset((one, other))]

    def _are_apart(self, one: str, other: str) -> bool:
        return any(self._is_apart(frozenset(pair)) for pair in self._pairs(one, other))

    def _is_apart(self, pair: Pair) -> bool:
        if pair in self._apart:
            return True
        return pair not in self._joined and self._ties[pair].tier is Tier.APART

    def _pairs(self, one: str, other: str) -> Iterator[tuple[str, str]]:
        return ((a, b) for a in self._members[one] for b in self._members[other])

    def _join(self, one: str, other: str) -> None:
        kept, gone = sorted((self._head[one], self._head[other]))
        if kept != gone:
            self._members[kept] += self._members.pop(gone)
            for key in self._members[kept]:
                self._head[key] = kept

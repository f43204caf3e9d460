"""Who the two sides of a claim are.

The names in the sentence are weighed by what they do there: behind "between" or "with", before the
verb, after "by". Places ("in Paris"), members of organisations and wars are not sides. What the
sentence leaves out, the title, the lead, the publisher and the focal party fill in. Three equal names
make a paper of three sides, unless several papers are signed with each of a list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.detection.claims import Claim
from monitor.detection.lexicon import Label
from monitor.detection.page import APART, Page, Part, Sentence
from monitor.language import Match, Mention, Role, is_cjk
from monitor.model import PartyCode, Sides, is_organisation, sides_of

_SEATS = frozenset(["BE"])  # where the EU and NATO meet: being there is no visit
_ROLE_WEIGHT = {Role.NAME: 3.0, Role.PERSON: 2.4, Role.CAPITAL: 1.4}
_FRAME = 2.0
_SUBJECT = 1.0
_AGENT = 1.5
_PLACE = -2.4
_NOT_ACTING = -3.0
_ORGANISATION = -1.6
_IN_TITLE = 1.5
_FOCAL = 0.6
_ENOUGH = 1.8  # weight from which a name is a side
_MANY_LEADING = 4
_CLEAR = 2.2  # lead of the second over the third that settles three names
_FOLLOWING_IN_SIGNS = 9  # signs of a town between a name and the particle that makes it a place
_LOCAL_REACH = 4  # tokens from "by" or "between" to the mayors or towns
_ARTICLE_REACH = 3  # tokens from an article to its noun
_FRAME_REACH = 24  # tokens from "between" to its second name
_OWN_WORDS = 2  # tokens behind a name that are still its own
_WHERE_REACH = 5  # tokens from "in" to "city": "in the Ukrainian city of"
_TO_FIRST_OF_LIST = 6  # tokens from "with" to the first name
_TO_NEXT_OF_LIST = 4
_WITNESS_REACH = 5  # tokens from "in the presence of" to the name
_LIST = 5  # names in one sentence that make it a list of earlier agreements


@dataclass(frozen=True, slots=True)
class Parties:
    """The sides of a claim: one pair or several; none where it has three sides or they are unknown.

    ``filled`` says that one side came from outside the sentence; ``many`` that it lists many partners.
    """

    pairs: tuple[Sides, ...] = ()
    filled: bool = False
    many: bool = False
    multilateral: bool = False


@dataclass(frozen=True)
class Cast:
    """The parties of a page: those of its title, and how often each acts, weighed by place."""

    title: tuple[PartyCode, ...]
    counts: Counter[PartyCode]
    focal: PartyCode | None
    voice: PartyCode | None
    leading: int = 0  # how many states the title and the lead name
    visited: PartyCode | None = None  # the one state that the title names as a place: "Visit to Albania"

    def partner(self, code: PartyCode | None) -> PartyCode | None:
        """Return the likeliest other side for ``code``, None if the page names nobody else."""
        others = [other for other in self.title if other != code and not is_organisation(other)]
        if len(others) == 1:
            return others[0]
        for other in (self.focal, self.voice):
            if other is not None and other != code and (self.counts[other] or not others):
                return other
        ranked = [
            other for other, _ in self.counts.most_common() if other != code and not is_organisation(other)
        ]
        if not ranked and self.visited != code:
            return self.visited
        return ranked[0] if ranked else None

    def stands_out(self, other: PartyCode, code: PartyCode) -> bool:
        """Whether no third state acts as much on the page as ``other``, which nothing else makes a side."""
        if other in self.title or other in (self.focal, self.voice):
            return True
        thirds = (each for each in self.counts if each not in (other, code) and not is_organisation(each))
        return all(self.counts[third] < self.counts[other] for third in thirds)


def cast_of(page: Page, focal: PartyCode | None) -> Cast:
    """Return who plays on a page."""
    counts: Counter[PartyCode] = Counter()
    title: dict[PartyCode, None] = {}
    leading: set[PartyCode] = set()
    visited: set[PartyCode] = set()
    for sentence in page.sentences:
        weight = {Part.TITLE: 3, Part.LEAD: 2}.get(sentence.part, 1)
        for mention in sentence.acting:
            if _is_place(sentence, mention):
                if sentence.part is Part.TITLE and not is_organisation(mention.code):
                    visited.add(mention.code)
                if mention.code not in _SEATS:
                    counts[mention.code] += weight - 1  # "the minister in Bucharest": whom he visits
                continue
            counts[mention.code] += weight
            if sentence.part in {Part.TITLE, Part.LEAD} and not is_organisation(mention.code):
                leading.add(mention.code)
            if sentence.part is Part.TITLE:
                title[mention.code] = None
    return Cast(tuple(title), counts, focal, page.document.voice, len(leading), _only(visited - set(title)))


def _only(codes: set[PartyCode]) -> PartyCode | None:
    return next(iter(codes)) if len(codes) == 1 else None


def actors(sentence: Sentence) -> set[PartyCode]:
    """Return the parties that a sentence names as more than a place."""
    return {mention.code for mention in sentence.acting if not _is_place(sentence, mention)}


def parties_of(claim: Claim, cast: Cast) -> Parties:
    """Return the sides of a claim."""
    sentence = claim.sentence
    framed = _between(sentence)
    weights = _weigh(claim, cast, framed)
    codes = [code for code, weight in weights.most_common() if weight >= _ENOUGH]
    if any(not is_organisation(code) for code in codes):
        states = [code for code in codes if not is_organisation(code)]
        if len(states) >= 2:
            codes = _with_listed_organisations(claim, states)
    if len(framed) == 2:
        return Parties((sides_of(*framed),))
    if len(codes) >= _LIST:
        several = _distributed(claim, codes, cast)
        return Parties(several, many=True) if several else Parties(many=True, multilateral=True)
    if len(cast.title) == 2 and _speaks_for_title(sentence, codes, cast):
        return Parties((sides_of(*cast.title),))
    if len(codes) == 2:
        several = _each_with_absent(claim, codes, cast)
        if not several and (_is_third_absent(sentence, codes, cast) or _is_third_unnamed(codes, cast)):
            return Parties(multilateral=True)
        return Parties(several, filled=True) if several else Parties((sides_of(*codes),))
    if len(codes) >= 3:
        return _of_three(claim, codes, weights, cast)
    return _completed(claim, codes, weights, cast)


def _speaks_for_title(sentence: Sentence, codes: Sequence[PartyCode], cast: Cast) -> bool:
    """Return whether who stands beside the title's organisation is a mere office-holder of it.

    "High Representative Kallas and India's minister signed the EU-India partnership", under "EU and India".
    """
    named = {mention.code for mention in sentence.acting}
    if not named.issuperset(cast.title) or not any(is_organisation(code) for code in cast.title):
        return False
    roles = {m.role for m in sentence.acting if m.code in codes and m.code not in cast.title}
    return roles == {Role.PERSON}


def acts_locally(claim: Claim) -> bool:
    """Return whether towns, regions, their heads or companies by name conclude it.

    They stand before the verb or after "by".
    "in the city of Gdansk" only says where, "an agreement on border regions" only about what.
    """
    sentence, act = claim.sentence, claim.act
    hits = [hit for hit in sentence.of("scopes", "local", "firm") if not _is_where(sentence, hit)]
    hits = [hit for hit in hits if not _is_of_town(sentence, hit)]
    if any(hit.last < act.first and not _is_subject_matter(claim, hit) for hit in hits):
        return True
    if any(mention.last < act.first and not _is_place(sentence, mention) for mention in sentence.acting):
        return False
    return any(
        hit.first > act.last and not _is_subject_matter(claim, hit)
        if _after_link(sentence, hit, _LOCAL_REACH)
        else is_cjk(sentence.tokens.words[hit.first])
        for hit in hits
    )


def is_behind_sides(sentence: Sentence, hit: Match[Label]) -> bool:
    """Return whether a word stands behind "between A and B": what the paper is about, not whose it is.

    "between Türkiye and Japan on a joint university"; a word right behind a name belongs to it, as in
    "between the Ukrainian company and the German firm".
    """
    framed = _between(sentence)
    if len(framed) != 2:
        return False
    for link in sentence.of("links", "between"):
        near = [m for m in sentence.acting if abs(m.first - link.first) <= _FRAME_REACH]
        following = [m for m in near if m.first > link.last]
        near = following if {m.code for m in following} >= set(framed) else near
        first = {m.code: m for m in reversed(near) if m.code in framed}
        if len(first) == len(framed):
            last = max(m.last for m in first.values())
            return hit.first > (link.last if link.last > last else last + _OWN_WORDS)
    return False


def _is_where(sentence: Sentence, hit: Match[Label]) -> bool:
    """Return whether a town or region is only a place: "in the Ukrainian city of", 広島市で.

    A capital or a comma behind the preposition ends the place: "in Vienna the mayors of".
    """
    words = sentence.tokens.words
    signs = is_cjk(words[hit.first])
    if signs and any(0 < link.first - hit.last <= _WHERE_REACH for link in sentence.of("links", "in-after")):
        return True
    capitals = {m.first for m in sentence.mentions if m.role is Role.CAPITAL}
    for link in sentence.of("links", "in"):
        between = range(link.last + 1, hit.first)
        near = hit.first > link.last and len(between) < (2 * _WHERE_REACH if signs else _WHERE_REACH)
        if near and not any(words[at] in APART or at in capitals for at in between):
            return True
    return False


def _is_of_town(sentence: Sentence, hit: Match[Label]) -> bool:
    """Return whether a word ends the name of a town: "PANAMA CITY, April 9", "in Kuwait City."."""
    words = sentence.tokens.words
    behind = words[hit.last + 1] if hit.last + 1 < sentence.last else "."
    named = any(mention.last == hit.first - 1 for mention in sentence.mentions)
    return named and words[hit.first][:1].isupper() and (behind in APART or behind in ".-")


def _is_subject_matter(claim: Claim, hit: Match[Label]) -> bool:
    """Return whether the word stands behind the instrument, with no "between" or "by" to make it a side."""
    noun = claim.noun
    if noun is None or hit.first < noun.first or not noun.last < hit.first:
        return False
    return not _after_link(claim.sentence, hit, _LOCAL_REACH)


def _after_link(sentence: Sentence, hit: Match[Label], reach: int) -> bool:
    return any(0 < hit.first - link.last <= reach for link in sentence.of("links", "by", "between", "with"))


def _completed(claim: Claim, codes: Sequence[PartyCode], weights: Counter[PartyCode], cast: Cast) -> Parties:
    known = codes[0] if codes else None
    if known is None:
        states = [code for code in cast.title if not is_organisation(code)]
        if not states and (cast.title or cast.leading >= _MANY_LEADING):
            return Parties(multilateral=True)  # a meeting of many, or of an organisation
        if len(states) > 2 and not instrument_is_plural(claim):
            return Parties(multilateral=True)
        if len(states) == 2:
            return Parties((sides_of(*states),), filled=True)
        known = states[0] if states else cast.focal or cast.voice
    if known is None:
        ranked = [code for code, _ in cast.counts.most_common(1)]
        known = ranked[0] if ranked else None
    weaker = [code for code, weight in weights.most_common() if code != known and weight > 0]
    other = weaker[0] if weaker and not is_organisation(weaker[0]) else cast.partner(known)
    if known is None or other is None or known == other:
        return Parties()
    return Parties((sides_of(known, other),), filled=True)


def _of_three(claim: Claim, codes: Sequence[PartyCode], weights: Counter[PartyCode], cast: Cast) -> Parties:
    several = _distributed(claim, codes, cast)
    if several:
        return Parties(several)
    title = [code for code in cast.title if code in codes]
    if len(title) == 2:
        return Parties((sides_of(*title),))
    signing = [code for code in codes if not _looks_on(claim.sentence, code)]
    if len(signing) == 2:
        return Parties((sides_of(*signing),))
    ordered = [weights[code] for code in codes]
    if ordered[1] - ordered[2] >= _CLEAR:
        return Parties((sides_of(codes[0], codes[1]),))
    return Parties(multilateral=True)


def _looks_on(sentence: Sentence, code: PartyCode) -> bool:
    """Return whether a party is only named as a witness: "signed in the presence of Donald Trump"."""
    own = [mention for mention in sentence.acting if mention.code == code]
    return bool(own) and all(_after(sentence, mention, "witness", _WITNESS_REACH) for mention in own)


def _with_listed_organisations(claim: Claim, states: list[PartyCode]) -> list[PartyCode]:
    """Return the states, with organisations that stand among them: "agreements with the EU and Estonia"."""
    listed = _listed_with(claim.sentence) if instrument_is_plural(claim) else []
    if not set(listed) & set(states):
        return states
    return [*states, *(code for code in listed if is_organisation(code))]


def _distributed(claim: Claim, codes: Sequence[PartyCode], cast: Cast) -> tuple[Sides, ...]:
    """Return one pair for each partner where one side signs with each of a list."""
    sentence = claim.sentence
    others = [
        hit for hit in sentence.of("scopes", "several") if not (claim.noun and hit.overlaps(claim.noun))
    ]
    if not (others or sentence.of("scopes", "each") or instrument_is_plural(claim)):
        return ()
    listed = _listed_with(sentence)
    pivots = [code for code in codes if code not in listed]
    if len(listed) >= 2 and len(pivots) == 1:
        return tuple(sides_of(pivots[0], code) for code in listed if code in codes)
    if len(listed) >= 2 and not pivots:
        return _each_with_absent(claim, codes, cast)
    pivot = cast.focal if cast.focal in codes else None
    if pivot is not None and len(codes) >= 3:
        return tuple(sides_of(pivot, code) for code in codes if code != pivot)
    return ()


def _each_with_absent(claim: Claim, codes: Sequence[PartyCode], cast: Cast) -> tuple[Sides, ...]:
    """Return pairs for "agreements signed with A and B", where who signed is not in the sentence."""
    if not instrument_is_plural(claim) or set(codes) - set(_listed_with(claim.sentence)):
        return ()
    pivot = next((code for code in (cast.focal, cast.voice) if code is not None and code not in codes), None)
    if pivot is None:
        pivot = next((code for code, _ in cast.counts.most_common() if code not in codes), None)
    return tuple(sides_of(pivot, code) for code in codes) if pivot is not None else ()


def _is_third_absent(sentence: Sentence, codes: Sequence[PartyCode], cast: Cast) -> bool:
    """Return whether one paper is signed "with A and B" by a third that the title or the voice names."""
    if set(codes) - set(_listed_with(sentence)):
        return False
    thirds = (cast.voice, cast.focal, *cast.title)
    return any(code is not None and code not in codes and not is_organisation(code) for code in thirds)


def _is_third_unnamed(codes: Sequence[PartyCode], cast: Cast) -> bool:
    """Return whether a paper of three is signed by two and an office of ours: "the Prime Minister, X and Y".

    The title then names the three of them.
    """
    states = {code for code in cast.title if not is_organisation(code)}
    return len(states) == len(codes) + 1 and states - set(codes) == {cast.voice}


def instrument_is_plural(claim: Claim) -> bool:
    """Return whether a claim is about several instruments that it does not name: "agreements"."""
    sentence, noun = claim.sentence, claim.noun
    if noun is None or not any(hit.overlaps(noun) for hit in sentence.of("scopes", "several")):
        return False
    # "ein Abkommen" is one; the plural is written alike
    return not any(0 < noun.first - hit.last <= _ARTICLE_REACH for hit in sentence.of("scopes", "single"))


def _listed_with(sentence: Sentence) -> list[PartyCode]:
    """Return the parties of a list that follows "with" or "and between": names, commas and "and".

    Days between the names, as in "with Denmark (23 February 2024), Canada and Italy", do not end it.
    """
    dated = {at for day in sentence.dates for at in range(day.first, day.last + 1)}
    for link in sentence.of("links", "with"):
        found: list[PartyCode] = []
        place = link.last
        for mention in sentence.acting:
            if mention.first <= link.last:
                continue
            gap = [at for at in range(place + 1, mention.first + 1) if at not in dated]
            if len(_without_brackets(sentence, gap)) > (_TO_FIRST_OF_LIST if not found else _TO_NEXT_OF_LIST):
                break
            if mention.role is not Role.PERSON and mention.code not in found:
                found.append(mention.code)
            place = mention.last
        if len(found) >= 2:
            return found
    return []


def _without_brackets(sentence: Sentence, places: list[int]) -> list[int]:
    return [at for at in places if sentence.tokens.words[at] not in "()（）"]


def _between(sentence: Sentence) -> list[PartyCode]:
    """Return the two parties of "between A and B", nearest to the word; empty if it is not so framed."""
    for link in sentence.of("links", "between"):
        following = [
            m for m in sentence.acting if m.first > link.last and m.first - link.last <= _FRAME_REACH
        ]
        codes: list[PartyCode] = []
        for mention in following:
            if mention.code not in codes:
                codes.append(mention.code)
            if len(codes) == 2:
                break
        if len(codes) == 2:
            second = next(m for m in following if m.code == codes[1])
            if any(link.last < conj.first < second.first for conj in sentence.of("links", "and")):
                return codes
    return _before_between(sentence)


def _before_between(sentence: Sentence) -> list[PartyCode]:
    """Return the two parties in front of a "between" that follows its names: "A ile B arasında"."""
    for link in sentence.of("links", "between"):
        preceding = [m for m in sentence.acting if m.last < link.first][-2:]
        if len(preceding) < 2 or preceding[0].code == preceding[1].code:
            continue
        one, other = preceding
        joined = any(one.last < conj.first < other.first for conj in sentence.of("links", "and"))
        if (
            joined
            and link.first - other.last <= _OWN_WORDS + 1
            and other.first - one.last <= _FRAME_REACH // 2
        ):
            return [one.code, other.code]
    return []


def _weigh(claim: Claim, cast: Cast, framed: Iterable[PartyCode]) -> Counter[PartyCode]:
    """Return each code's best weight in the sentence, with what the page adds."""
    sentence = claim.sentence
    best: dict[PartyCode, float] = defaultdict(lambda: -9.0)
    for mention in sentence.mentions:
        if mention.role is Role.OTHER:
            continue
        best[mention.code] = max(best[mention.code], _weight(sentence, mention, claim))
    weights: Counter[PartyCode] = Counter()
    for code, weight in best.items():
        bonus = _IN_TITLE if code in cast.title else 0.0
        bonus += _FOCAL if code == cast.focal else 0.0
        weights[code] = weight + bonus + (_FRAME if code in set(framed) else 0.0)  # type: ignore[assignment]  # a Counter of weights
    return weights


def _weight(sentence: Sentence, mention: Mention, claim: Claim) -> float:
    weight = _ROLE_WEIGHT[mention.role]
    if mention not in sentence.acting:
        return weight + _NOT_ACTING
    if is_organisation(mention.code):
        weight += 0.0 if _joined(sentence, mention) else _ORGANISATION
    if _is_place(sentence, mention):
        weight += _PLACE  # "with a hospital in Nairobi" names the hospital
    elif _after(sentence, mention, "with", 6):
        weight += _FRAME
    elif _after(sentence, mention, "by", 8) and mention.first > claim.act.last:
        weight += _AGENT
    elif mention.last < claim.act.first:
        weight += _SUBJECT
    if abs(mention.first - claim.act.first) > 35:
        weight -= 1.0
    return weight


def _after(sentence: Sentence, mention: Mention, link: str, reach: int) -> bool:
    return any(0 < mention.first - hit.last <= reach for hit in sentence.of("links", link))


def is_at_seat(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a name only says that somebody spoke where the EU and NATO meet: "said in Brussels"."""
    return mention.code in _SEATS and _is_place(sentence, mention)


def _is_place(sentence: Sentence, mention: Mention) -> bool:
    """Return whether it is a place: "in Paris", "in Davos, Switzerland", "Pariisissa", パリで."""
    if mention.role is Role.PERSON:
        return False
    if mention.first in sentence.places:
        return True
    reach = _FOLLOWING_IN_SIGNS if is_cjk(sentence.tokens.words[mention.first]) else 1
    if any(0 < hit.first - mention.last <= reach for hit in sentence.of("links", "in-after")):
        return True
    before = 2 if mention.role is Role.CAPITAL else 1
    places = sentence.of("links", "in")
    return any(0 < mention.first - hit.last <= before for hit in places) or _behind_town(sentence, mention)


def _behind_town(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a town and a comma stand between the preposition and the name."""
    words = sentence.tokens.words
    if mention.first - 1 < sentence.first or words[mention.first - 1] != ",":
        return False
    return any(
        1 < mention.first - hit.last <= 4
        and all(word[:1].isupper() or word == "," for word in words[hit.last + 1 : mention.first])
        for hit in sentence.of("links", "in")
    )


def _joined(sentence: Sentence, mention: Mention) -> bool:
    """Return whether an organisation is coupled with a party: "EU and Ukraine", "with the EU"."""
    if _after(sentence, mention, "with", 3) or _after(sentence, mention, "between", 8):
        return True
    for one, other in pairwise(sentence.mentions):
        if mention in (one, other) and one.code != other.code:
            between = sentence.tokens.words[one.last + 1 : other.first]
            coupled = any(one.last < hit.first < other.first for hit in sentence.of("links", "and"))
            if between in (["-"], ["–"], ["/"]) or (coupled and len(between) <= 3):
                return True
    return False

"""What a whole page says: which agreements it announces as concluded, and its one stage.

Every claim of a conclusion has a weight by where it stands, its mood and its age; claims on the same
sides add up like independent witnesses. A title about plans, talks, a refusal or an anniversary makes
what the body says in passing weaker. What is left under the threshold is not claimed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from monitor.detection.claims import WEAK, Claim, Mood, claims_in, ends_talks, may_end_talks
from monitor.detection.lexicon import Label
from monitor.detection.page import CONTENT_TOKENS, Page, Part, Sentence
from monitor.detection.sides import (
    Cast,
    Parties,
    actors,
    acts_locally,
    instrument_is_plural,
    is_behind_sides,
    parties_of,
)
from monitor.detection.timing import Age, When, when_of
from monitor.detection.wording import title_of_claim
from monitor.language import Match, fold, is_cjk
from monitor.model import Level, PartyCode, Sides, Stage

_WEIGHTS: dict[tuple[Part, Mood], tuple[float, float]] = {
    # (age open, age new)
    (Part.TITLE, Mood.ASSERTED): (0.72, 0.8),
    (Part.TITLE, Mood.HEADLINE): (0.6, 0.7),
    (Part.TITLE, Mood.HEADING): (0.45, 0.6),
    (Part.LEAD, Mood.ASSERTED): (0.58, 0.72),
    (Part.LEAD, Mood.HEADLINE): (0.2, 0.5),
    (Part.LEAD, Mood.PRESUPPOSED): (0.35, 0.6),
    (Part.EARLY, Mood.ASSERTED): (0.36, 0.62),
    (Part.EARLY, Mood.HEADLINE): (0.1, 0.3),
    (Part.EARLY, Mood.PRESUPPOSED): (0.15, 0.4),
    (Part.BODY, Mood.ASSERTED): (0.2, 0.5),
    (Part.BODY, Mood.HEADLINE): (0.05, 0.15),
    (Part.BODY, Mood.PRESUPPOSED): (0.08, 0.25),
    (Part.SPEECH, Mood.ASSERTED): (0.08, 0.3),
    (Part.SPEECH, Mood.HEADLINE): (0.02, 0.1),
    (Part.SPEECH, Mood.PRESUPPOSED): (0.02, 0.1),
}
_ASSERTING = frozenset([Mood.ASSERTED, Mood.HEADLINE, Mood.HEADING, Mood.PRESUPPOSED])
_WEAK_NOUN = 0.9
_ELSEWHERE = 0.85  # the instrument is named outside the sentence
_FILLED = 0.88  # a side is named outside the sentence
_FILLED_PLURAL = 0.85  # and "agreements were signed" may be anybody's
_MULTILATERAL = 0.3
_ALSO_REACH = 4  # tokens between "also" and "signed"
_MANY_REACH = 8  # tokens between an instrument and a word such as "trilateral" that is about it
_MANY_REACH_IN_SIGNS = 30
_COMPANY = 0.3
_STRAY = 0.6
_LONE_AGENCY = 0.5  # a ministry signs with somebody who is not named as a state
_OTHER_TOPIC = (0.4, 0.75)  # the title is about something else: age open, age new
_DENIED_TOPIC = (0.15, 0.4)  # the title says no
_PLANNED_TOPIC = (0.6, 0.9)  # the title has a word of plans, but no verb of signing
_HEADLINE_OF_PLANS = 0.45
_FIRST = frozenset([Part.TITLE, Part.LEAD, Part.EARLY])
_WITNESSES = 2
_TITLE_NAMES = 0.2  # a title without a verb that names the instrument and no other party
_MOST_STATEMENTS = 400  # of a page; a long treaty or debate adds nothing after them

_PART_WEIGHT = {
    Part.TITLE: 3.0,
    Part.LEAD: 1.5,
    Part.EARLY: 0.6,
    Part.BODY: 0.25,
    Part.SPEECH: 0.15,
    Part.BACKGROUND: 0.1,
}
_NO_INSTRUMENT = 0.25
_STAGE_FROM = 0.8
_FURTHER = 0.4
_TITLE_STAGES = frozenset(
    [
        Stage.NEGOTIATING,
        Stage.AGREED_TEXT,
        Stage.DECLINED,
        Stage.ANNOUNCED_INTENT,
        Stage.ANNIVERSARY,
        Stage.RATIFIED,
        Stage.IN_FORCE,
        Stage.IMPLEMENTING,
    ]
)


ASK_FROM = 0.1
"""The score from which a reviewer is asked: one such claim in five was right on the labelled sets."""

# Weight of the evidence, and how often such a claim is right on labelled sets that it was not made for
# (bench/recognition.py, reliability): what is claimed at all is right far more often than its weight says.
_RIGHT = ((0.0, 0.0), (0.3, 0.1), (0.48, 0.3), (0.5, 0.5), (0.54, 0.8), (0.6, 0.9), (0.7, 0.95), (1.0, 0.99))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The scores from which a conclusion is claimed, and from which a reviewer is asked about it.

    What lies between ``ask`` and ``claim`` is unsure; equal values ask nothing. bench/recognition.py
    prints what each width costs.
    """

    claim: float = 0.5
    ask: float = ASK_FROM


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with its sides, its age and its weight."""

    claim: Claim
    parties: Parties
    when: When
    level: Level
    weight: float = 0.0
    further: bool = False  # "they also signed": another instrument of the sides just named
    doubted: bool = False  # by a company, or an agency with somebody who is not named as a state
    stray: bool = False  # a paragraph of its own below a page on other things, such as a link

    @property
    def is_conclusion(self) -> bool:
        """Whether it says that something was concluded, now or earlier."""
        return self.claim.mood in _ASSERTING or self.claim.mood is Mood.EARLIER


@dataclass(frozen=True)
class Conclusion:
    """One pair's agreement announced by a page: the statements for it, strongest first, and its score."""

    sides: Sides
    statements: tuple[Statement, ...]
    score: float

    @property
    def best(self) -> Statement:
        """The statement that is quoted."""
        return self.statements[0]


@dataclass(frozen=True)
class Judgement:
    """What a page says; ``unsure`` are conclusions too weak to claim, strong enough to ask about."""

    stage: Stage
    conclusions: tuple[Conclusion, ...] = ()
    unsure: tuple[Conclusion, ...] = ()
    recalled: tuple[Statement, ...] = ()
    statements: tuple[Statement, ...] = ()
    carriers: tuple[Sentence, ...] = ()
    stage_scores: dict[Stage, float] = field(default_factory=dict)

    @property
    def stage_statement(self) -> Sentence | None:
        """The first sentence that carries the stage."""
        return self.carriers[0] if self.carriers else None


def judge(page: Page, cast: Cast, thresholds: Thresholds | None = None) -> Judgement:
    """Return what ``page`` says; ``cast`` is who plays on it."""
    statements = _statements(page, cast)
    scores, carriers = _stage_scores(page, statements)
    topic = _title_topic(page)
    statements = _without_partyless_titles(statements)
    weighed = [_weighed(statement, page, topic) for statement in statements]
    bounds = thresholds or Thresholds()
    named = _title_names(page) if topic is None else frozenset()
    possible = _conclusions(weighed, min(bounds.ask, bounds.claim), named)
    conclusions = tuple(each for each in possible if each.score >= bounds.claim)
    unsure = tuple(each for each in possible if each.score < bounds.claim)
    recalled = tuple(s for s in weighed if s.is_conclusion and s.parties.pairs and s.when.age is Age.OLD)
    if conclusions:
        return Judgement(Stage.CONCLUDED, conclusions, unsure, recalled, tuple(weighed), (), scores)
    stage = _stage(page, scores, weighed)
    if topic is _DENIED_TOPIC and stage is Stage.RECALLED:
        stage = Stage.DECLINED  # what the page says of a signing it denies
    carrying = tuple(carriers.get(stage, ()))
    return Judgement(stage, (), unsure, recalled, tuple(weighed), carrying, scores)


def _statements(page: Page, cast: Cast) -> list[Statement]:
    found: list[Statement] = []
    title_noun = _named_instrument(page.titles)
    previous = ""
    meeting = any(sentence.of("times", "now") for sentence in page.titles)
    local = _led_below_states(page)
    strays = _strays(page, cast)
    for sentence in page.sentences:
        context = previous or title_noun
        for claim in claims_in(sentence, context):
            parties = parties_of(claim, cast)
            when = when_of(claim, page.anchor)
            if parties.many and when.age is not Age.NEW and sentence.part is not Part.TITLE:
                when = When(Age.OLD, when.date, when.mention, "it lists many partners at once")
            if meeting and when.age is Age.OPEN and claim.mood is Mood.ASSERTED:
                when = When(Age.NEW, when.date, when.mention, "the page reports talks just held")
            named = _of_the_document(claim, parties, found)
            parties = named.parties if named is not None else parties
            level = Level.COMPANY if local and sentence.part is Part.TITLE else _level(claim)
            level = named.level if named is not None else level
            if _goes_on_recalling(claim, when, found):
                when = When(Age.OLD, None, None, "it goes on with what was signed before")
            if claim.mood is Mood.PRESUPPOSED and sentence.of("stages", Stage.TERMINATED.value):
                when = When(Age.OLD, None, None, "it is ended, not concluded")
            before = _further(claim, found)
            if before is not None:
                when = before.when if when.age is Age.OPEN else when
                found.append(replace(before, claim=claim, when=when, further=True))
                continue
            stray = sentence.number in strays and not _knows(strays[sentence.number], parties)
            found.append(Statement(claim, parties, when, level, stray=stray))
        previous = _named_instrument([sentence])
        if len(found) >= _MOST_STATEMENTS:
            break
    return found


def _of_the_document(claim: Claim, parties: Parties, found: Sequence[Statement]) -> Statement | None:
    """Return what "the document was signed by ..." goes on with: the instrument just named, if one is."""
    if not claim.is_weak or claim.noun is None or not found or claim.sentence.part is Part.TITLE:
        return None
    before = found[-1]
    near = 0 < claim.sentence.number - before.claim.sentence.number <= 1
    if not near or before.claim.is_weak or not before.is_conclusion or len(before.parties.pairs) != 1:
        return None
    shared = any(set(pair) & set(before.parties.pairs[0]) for pair in parties.pairs)
    return before if shared else None


def _goes_on_recalling(claim: Claim, when: When, found: Sequence[Statement]) -> bool:
    """Return whether an undated conclusion follows an older one: "Last year we signed ... We signed ..."."""
    if not found or when.age is not Age.OPEN or claim.mood is not Mood.ASSERTED:
        return False
    before = found[-1]
    follows = claim.sentence.block == before.claim.sentence.block
    follows = follows and 0 < claim.sentence.number - before.claim.sentence.number <= 1
    return follows and before.when.age is Age.OLD and before.claim.mood is Mood.ASSERTED


def _further(claim: Claim, found: Sequence[Statement]) -> Statement | None:
    """Return the conclusion that "they also signed ..." adds another instrument to, None if it adds none."""
    sentence = claim.sentence
    if claim.mood is not Mood.ASSERTED or claim.noun is None or sentence.part is Part.TITLE:
        return None
    also = sentence.of("links", "also")
    if not any(
        abs(hit.first - claim.act.first) <= _ALSO_REACH or hit.first - sentence.first <= 1 for hit in also
    ):
        return None
    for before in reversed(found):
        other = before.claim
        if other.mood is not Mood.ASSERTED or not 0 < sentence.number - other.sentence.number <= 2:
            continue
        same = set().union(*before.parties.pairs) if before.parties.pairs else set()
        if other.sentence.part is Part.TITLE or other.noun is None or not actors(sentence) <= same:
            continue
        return before if _is_another(claim, other) else None
    return None


def _is_another(claim: Claim, other: Claim) -> bool:
    """Return whether two claims name different instruments: by form, or by the words of their titles."""
    if claim.instrument != other.instrument:
        return claim.instrument not in WEAK and other.instrument not in WEAK
    own, others = _words(claim), _words(other)
    return bool(own - others) and bool(others - own)


def _words(claim: Claim) -> set[str]:
    return {word for word in fold(title_of_claim(claim)).split() if len(word) > 3}


def _strays(page: Page, cast: Cast) -> dict[int, frozenset[PartyCode]]:
    """Return the sentences that nothing on the page leads to, each with the parties named before it.

    They stand below the first paragraph, and neither the title nor what precedes speaks of an
    instrument: a teaser of another article, or the first word of it.
    """
    named = {cast.voice} if cast.voice is not None else set()
    found: dict[int, frozenset[PartyCode]] = {}
    first: int | None = None
    for sentence in page.sentences:
        if sentence.part is not Part.TITLE:
            opens = first is None and len(sentence) >= CONTENT_TOKENS  # not a menu's or a dateline
            first = sentence.block if opens else first
            if first is not None and sentence.block > first:
                found[sentence.number] = frozenset(named)
        if sentence.of("nouns") or (sentence.of("acts") and sentence.number not in found):
            break
        titled = sentence.part is Part.TITLE  # a title says where a visit goes
        named |= {mention.code for mention in sentence.acting} if titled else actors(sentence)
    return found


def _knows(named: frozenset[PartyCode], parties: Parties) -> bool:
    return any(named.issuperset(pair) for pair in parties.pairs)


def _led_below_states(page: Page) -> bool:
    """Return whether towns or companies conclude what the lead tells: a title then means them as well."""
    leading = [s for s in page.sentences if s.part is Part.LEAD]
    told = [claim for sentence in leading for claim in claims_in(sentence) if claim.mood in _ASSERTING]
    return bool(told) and all(_level(claim) is Level.COMPANY for claim in told)


def _without_partyless_titles(statements: list[Statement]) -> list[Statement]:
    """Drop titles that name no side ("Three presidents sign") where the lead says that there are many."""
    many = any(s.parties.multilateral and s.claim.sentence.part is Part.LEAD for s in statements)
    if not many:
        return statements
    return [s for s in statements if s.claim.sentence.part is not Part.TITLE or s.claim.sentence.mentions]


def _named_instrument(sentences: Sequence[Sentence]) -> str:
    """Return the instrument that sentences name first; no law's: it is not at hand to be signed."""
    for sentence in sentences:
        if sentence.of("scopes", "domestic"):
            continue
        for hit in sentence.of("nouns"):
            return hit.label[1]
    return ""


def _level(claim: Claim) -> Level:
    """Return who concluded it, by words near the instrument; towns and regions count as companies do."""
    sentence = claim.sentence
    centre = claim.noun.first if claim.noun else claim.act.first

    def near(key: str, reach: int) -> bool:
        return any(
            abs(hit.first - centre) <= reach
            and not _is_organisations(sentence, hit)
            and not (key == "company" and _is_public(sentence, hit))
            for hit in sentence.of("scopes", key)
            if key != "company" or not (is_behind_sides(sentence, hit) or _is_beneficiary(claim, hit))
        )

    if near("company", 12) or acts_locally(claim) or claim.instrument == "contract":
        return Level.COMPANY
    return Level.AGENCY if near("agency", 14) else Level.STATE


def _is_public(sentence: Sentence, hit: Match[Label]) -> bool:
    """Return whether a company's word is part of an agency's: "central bank"."""
    return any(
        other.first <= hit.first and hit.last <= other.last and other.last > other.first
        for other in sentence.of("scopes", "agency")
    )


def _is_beneficiary(claim: Claim, hit: Match[Label]) -> bool:
    """Return whether a company only gains by it: "signed a letter which allows companies to produce"."""
    start = max(claim.act.last, claim.noun.last if claim.noun else claim.act.last)
    return any(start < link.first < hit.first for link in claim.sentence.of("links", "relative"))


def _is_organisations(sentence: Sentence, hit: Match[Label]) -> bool:
    """Return whether a word is in a party's own name, as in "European Investment Bank"."""
    return any(mention.first <= hit.first and hit.last <= mention.last for mention in sentence.mentions)


def _weighed(statement: Statement, page: Page, topic: tuple[float, float] | None) -> Statement:
    return replace(statement, weight=_weight(statement, page, topic), doubted=_is_doubted(statement, page))


def _is_doubted(statement: Statement, page: Page) -> bool:
    if statement.level is Level.COMPANY:
        return True
    return statement.level is Level.AGENCY and _is_alone(statement, page)


def _weight(statement: Statement, page: Page, topic: tuple[float, float] | None) -> float:
    """Return how much a statement speaks for a new conclusion, 0 to 1."""
    claim, when = statement.claim, statement.when
    if claim.mood not in _ASSERTING or when.age in {Age.OLD, Age.AHEAD} or not statement.parties.pairs:
        return 0.0
    pair = _WEIGHTS.get((claim.sentence.part, claim.mood))
    if pair is None:
        return 0.0
    fresh = when.age is Age.NEW
    weight = pair[1] if fresh else pair[0]
    weight *= _WEAK_NOUN if claim.is_weak and claim.noun is not None and not _opens_list(claim) else 1.0
    weight *= _ELSEWHERE if claim.noun is None else 1.0
    weight *= _filled(statement, page) if statement.parties.filled else 1.0
    weight *= _MULTILATERAL if _is_multilateral(claim) else 1.0
    weight *= _MULTILATERAL if _title_is_multilateral(page) else 1.0
    weight *= _COMPANY if statement.level is Level.COMPANY else 1.0
    weight *= _STRAY if statement.stray and not fresh else 1.0
    weight *= _LONE_AGENCY if statement.level is not Level.COMPANY and _is_doubted(statement, page) else 1.0
    if topic is not None and (claim.sentence.part is not Part.TITLE or topic is _DENIED_TOPIC):
        weight *= topic[1] if fresh else topic[0]
    if claim.sentence.part is Part.TITLE and claim.mood is Mood.HEADLINE and _lead_is_plan(page):
        weight *= _HEADLINE_OF_PLANS
    if may_end_talks(claim) and any(ends_talks(s) for s in page.sentences if s.part in _FIRST):
        weight *= _HEADLINE_OF_PLANS  # "conclude trade deal" means its talks where a signature lies ahead
    return weight


def _is_alone(statement: Statement, page: Page) -> bool:
    """Return whether a side of an agency's paper is only guessed: named neither with it nor in the title.

    Whose page it is needs no naming: "President met with the Prime Minister of Lithuania".
    """
    titled = set().union(*(actors(title) for title in page.titles))
    titled |= {page.document.voice} if titled and page.document.voice is not None else set()
    return statement.parties.filled and not any(titled.issuperset(pair) for pair in statement.parties.pairs)


def _filled(statement: Statement, page: Page) -> float:
    """Return what a claim loses by a side named elsewhere.

    Nothing where it speaks of "both governments", or where a government's own page names its partner in
    the title: "Visit of the Prime Minister of Vietnam".
    """
    if statement.claim.sentence.of("links", "both"):
        return 1.0
    titled = set().union(*(actors(title) for title in page.titles))
    known = titled | {page.document.voice}
    if page.document.voice is not None and any(
        page.document.voice in pair and known.issuperset(pair) for pair in statement.parties.pairs
    ):
        return 1.0
    plural = instrument_is_plural(statement.claim) and not _opens_list(statement.claim)
    return _FILLED_PLURAL if plural else _FILLED


def _opens_list(claim: Claim) -> bool:
    """Return whether a list says which papers they are: "The following documents were signed:"."""
    return claim.sentence.tokens.words[claim.sentence.last - 1] == ":"


def _is_multilateral(claim: Claim) -> bool:
    centre = claim.noun or claim.act
    reach = _MANY_REACH_IN_SIGNS if is_cjk(claim.sentence.tokens.words[centre.first]) else _MANY_REACH
    return any(
        hit.overlaps(centre) or min(abs(hit.first - centre.first), abs(hit.last - centre.first)) <= reach
        for hit in many_sided(claim.sentence)
    )


def many_sided(sentence: Sentence) -> list[Match[Label]]:
    """Return the words for papers of many sides; "at the G7 summit" only says where."""
    meetings = sentence.of("links", "not-acting")
    return [
        hit
        for hit in sentence.of("scopes", "multilateral")
        if hit.last > hit.first + 1
        or not any(abs(hit.first - other.last) <= 2 or abs(other.first - hit.last) <= 2 for other in meetings)
    ]


def _lead_is_plan(page: Page) -> bool:
    """Return whether the lead speaks of the conclusion as still to come and never as done."""
    plans = False
    for sentence in page.sentences:
        if sentence.part is not Part.LEAD:
            continue
        for claim in claims_in(sentence):
            if claim.mood is Mood.ASSERTED:
                return False
            plans = plans or claim.mood is Mood.FUTURE
    return plans


def _title_topic(page: Page) -> tuple[float, float] | None:
    """Return how much a title on something else than a conclusion weakens the body, None if it does not.

    A denial in the lead counts as one in the title: "Media say that ... signed. The ministry denies it."
    """
    if any(s.of("links", "deny") for s in page.sentences if s.part in {Part.TITLE, Part.LEAD}):
        return _DENIED_TOPIC
    for sentence in page.titles:
        if sentence.of("times", "recap"):
            return _DENIED_TOPIC  # "The year in review" tells nothing new
        claims = claims_in(sentence)
        asserting = [claim for claim in claims if claim.mood in _ASSERTING]
        if asserting and all(when_of(claim, page.anchor).age is Age.AHEAD for claim in asserting):
            return _OTHER_TOPIC  # "signs an agreement tomorrow"
        if asserting:
            return None
        if any(claim.mood is Mood.REFUSED for claim in claims):
            return _DENIED_TOPIC
        if any(claim.mood in {Mood.FUTURE, Mood.AIM, Mood.CONDITIONAL} for claim in claims):
            return _OTHER_TOPIC
        for hit in sentence.of("stages"):
            stage = Stage(hit.label[1])
            if stage in _TITLE_STAGES and (sentence.of("nouns") or stage is Stage.ANNIVERSARY):
                return _PLANNED_TOPIC if stage is Stage.ANNOUNCED_INTENT else _OTHER_TOPIC
    return None


def _title_names(page: Page) -> frozenset[PartyCode]:
    """Return who stands in a title that only names an instrument: "Memorandum with Kenya"."""
    for sentence in page.titles:
        if sentence.of("nouns") and not claims_in(sentence):
            return frozenset(mention.code for mention in sentence.acting)
    return frozenset()


def _conclusions(
    statements: Iterable[Statement], least: float, named: frozenset[PartyCode]
) -> tuple[Conclusion, ...]:
    by_sides: dict[Sides, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.weight > 0:
            for pair in statement.parties.pairs:
                by_sides[pair].append(statement)
    found = []
    for sides, every in by_sides.items():
        own = sorted((s for s in every if not s.further), key=lambda statement: -statement.weight)
        weights = [statement.weight for statement in _distinct(own)]
        if all(statement.doubted for statement in own):
            weights = weights[:1]  # who the other side is stays one doubt, however often it is told
        if own and named and named.issubset(sides) and own[0].claim.mood is Mood.ASSERTED:
            weights.append(_TITLE_NAMES)
        weight = _together(weights)
        score = _likelihood(weight)
        if own and score >= least and own[0].level is not Level.COMPANY:
            found.append(Conclusion(sides, tuple(own), score))
            further = (s for s in every if s.further)
            found += [Conclusion(sides, (s,), _likelihood(min(weight, s.weight))) for s in further]
    return tuple(sorted(found, key=lambda conclusion: (-conclusion.score, conclusion.sides)))


def _distinct(statements: Sequence[Statement]) -> list[Statement]:
    """Return one statement a part and instrument, two a part at most: repetition is no witness.

    What a part only presupposes counts once: "under the agreement signed and the memoranda concluded".
    """
    seen: dict[tuple[Part, str], Statement] = {}
    counts: Counter[Part] = Counter()
    for statement in statements:
        part = statement.claim.sentence.part
        presupposed = statement.claim.mood is Mood.PRESUPPOSED
        key = (part, "" if presupposed else statement.claim.instrument)
        if key not in seen and counts[part] < _WITNESSES:
            seen[key] = statement
            counts[part] += 1
    return list(seen.values())


def _together(weights: Iterable[float]) -> float:
    """Return the weight of several witnesses: that not all of them are wrong."""
    missing = 1.0
    for weight in weights:
        missing *= 1.0 - weight
    return 1.0 - missing


def _likelihood(weight: float) -> float:
    """Return how likely a conclusion of a weight is right, by the measured points and lines between."""
    for (low, at_low), (high, at_high) in pairwise(_RIGHT):
        if weight <= high:
            return at_low + (at_high - at_low) * (weight - low) / (high - low)
    return _RIGHT[-1][1]


def _stage_scores(
    page: Page, statements: Sequence[Statement]
) -> tuple[dict[Stage, float], dict[Stage, list[Sentence]]]:
    """Return how much speaks for each stage, and the sentences that carry it."""
    scores: dict[Stage, float] = defaultdict(float)
    carriers: dict[Stage, list[Sentence]] = defaultdict(list)

    def add(stage: Stage, sentence: Sentence, weight: float) -> None:
        scores[stage] += weight * _PART_WEIGHT[sentence.part]
        carriers[stage].append(sentence)

    for sentence in page.sentences:
        if not sentence.of("stages"):
            continue
        share = 1.0 if sentence.of("nouns") else _NO_INSTRUMENT
        share *= _MULTILATERAL if many_sided(sentence) else 1.0
        letters = sentence.of("nouns", "letter-of-intent")
        said = [hit for hit in _outermost(sentence.of("stages")) if not any(hit.overlaps(n) for n in letters)]
        for key in {hit.label[1] for hit in said}:
            celebrated = key == Stage.ANNIVERSARY and sentence.of("kinds", "partnership")
            add(Stage(key), sentence, 1.0 if celebrated else share)
    for statement in statements:
        sentence = statement.claim.sentence
        if statement.level is Level.COMPANY:
            continue
        stage, weight = _stage_of_claim(statement)
        if stage is not None:
            add(stage, sentence, weight)
    return dict(scores), carriers


def _outermost(hits: Sequence[Match[Label]]) -> list[Match[Label]]:
    """Return the hits that no wider one covers: "parliament approved" is more than "approved"."""
    return [
        hit
        for hit in hits
        if not any(
            other.first <= hit.first
            and hit.last <= other.last
            and other.last - other.first > hit.last - hit.first
            for other in hits
        )
    ]


def _stage_of_claim(statement: Statement) -> tuple[Stage | None, float]:
    mood, age = statement.claim.mood, statement.when.age
    if mood is Mood.REFUSED:
        return Stage.DECLINED, 1.0
    if mood is Mood.CONDITIONAL:
        return Stage.AGREED_TEXT, 1.0  # what is signed on a condition is ready to be signed
    if mood in {Mood.FUTURE, Mood.AIM} or age is Age.AHEAD:
        return Stage.ANNOUNCED_INTENT, 1.0 if mood is Mood.FUTURE else 0.6
    if statement.is_conclusion and (statement.parties.pairs or statement.parties.multilateral):
        return Stage.RECALLED, 0.8 if age is Age.OLD else 0.2 if mood is Mood.HEADLINE else 0.6
    return None, 0.0


def _stage(page: Page, scores: dict[Stage, float], statements: Sequence[Statement]) -> Stage:
    """Return the stage of a page that announces no conclusion."""
    if not scores or max(scores.values()) < _STAGE_FROM:
        return Stage.UNRELATED
    best = max(scores, key=lambda stage: (scores[stage], stage.value))
    before = {Stage.ANNOUNCED_INTENT, Stage.NEGOTIATING}
    if best in before and scores.get(Stage.AGREED_TEXT, 0.0) >= _FURTHER * scores[best]:
        best = Stage.AGREED_TEXT  # a text that is initialled, approved or final is further than a plan
    if best is Stage.NEGOTIATING and scores.get(Stage.DECLINED, 0.0) >= _FURTHER * scores[best]:
        best = Stage.DECLINED  # talks that ended without a signature
    if _title_is_multilateral(page) or (best is Stage.RECALLED and _is_about_many(statements)):
        return Stage.MULTILATERAL
    return best


def _title_is_multilateral(page: Page) -> bool:
    return any(many_sided(sentence) and sentence.of("nouns") for sentence in page.titles)


def _is_about_many(statements: Sequence[Statement]) -> bool:
    """Return whether what the lead says was concluded is a paper of many sides."""
    leading = [s for s in statements if s.claim.sentence.part in {Part.TITLE, Part.LEAD} and s.is_conclusion]
    return bool(leading) and all(s.parties.multilateral or _is_multilateral(s.claim) for s in leading)

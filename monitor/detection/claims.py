"""What single sentences say of an instrument: that it was, will be or was not concluded.

A claim ties an act (a verb or its noun, in a tense and mood) to the nearest instrument. Acts on a
decree, a law or a contract of employment are no claims. Who the sides are and when it happened is
worked out elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.detection.lexicon import Label
from monitor.detection.page import Part, Sentence
from monitor.language import Match
from monitor.model import Stage

_REACH = 30  # tokens between an act and its instrument
_RELATIVE_REACH = 24
_WILL_REACH = 25
_NOT_REACH = 2  # tokens from a negation to what it negates
_NONE_REACH = 2  # from "no" to its noun: "no security agreement"
_REFUSE_REACH = 8  # from "refused" to "to sign"
_REFUSED_REACH = 10  # from "the signing of the agreement" to "was postponed"
_MOST_ACTS = 16  # in one sentence; what has more is a list that says nothing new
_HAPPENED_REACH = 32  # from "the signing of the agreement" to "took place"
_HEADING_REACH = 2  # tokens into a title by which "Signing of an agreement" begins
_LAW_REACH = 9  # tokens from "law" to the agreement that it is about
_PARTNERSHIP_REACH = 10  # farther from the verb it is a relation, not a paper
_ONCE_REACH = 14  # tokens from "once" to "is signed"
_TALKS_REACH = 2  # tokens from "conclude" to "the talks"
_TALKS_ON_REACH = 6  # tokens from "talks on" to their agreement
_SHORT = 30  # tokens of a sentence whose instrument can be named in the one before
_STRENGTH = (
    "refused",
    "future",
    "infinitive",
    "adopt-future",
    "past-perfect",
    "past",
    "participle",
    "present",
    "adopted",
    "nominal",
)
_ADOPTABLE = frozenset(["declaration", "joint-statement", "programme", "plan", "charter"])
WEAK = frozenset(["document", "contract"])


_ASKING = frozenset("?\u061f\uff1f\u037e")  # as Latin, Arabic, wide and old Greek letters ask


class Mood(StrEnum):
    """How an act is put."""

    ASSERTED = "asserted"  # signed, have signed, was signed
    HEADLINE = "headline"  # sign, in the present
    PRESUPPOSED = "presupposed"  # the agreement signed in ..., which they signed
    EARLIER = "earlier"  # had signed
    NAMED = "named"  # the signing
    HEADING = "heading"  # a title that names the signing: "Signing of an agreement with Kenya"
    AIM = "aim"  # to sign
    FUTURE = "future"
    REFUSED = "refused"
    CONDITIONAL = "conditional"  # will not sign unless ...: no refusal yet


_MOODS = {
    "past": Mood.ASSERTED,
    "adopted": Mood.ASSERTED,
    "present": Mood.HEADLINE,
    "participle": Mood.PRESUPPOSED,
    "past-perfect": Mood.EARLIER,
    "nominal": Mood.NAMED,
    "infinitive": Mood.AIM,
    "future": Mood.FUTURE,
    "adopt-future": Mood.FUTURE,
    "refused": Mood.REFUSED,
}


_CAN_BE_NEGATED = frozenset(
    [Mood.ASSERTED, Mood.HEADLINE, Mood.PRESUPPOSED, Mood.AIM, Mood.FUTURE, Mood.EARLIER]
)
_CAN_BE_REFUSED = frozenset([Mood.AIM, Mood.FUTURE, Mood.NAMED, Mood.HEADLINE])


@dataclass(frozen=True, slots=True)
class Claim:
    """An act on an instrument in one sentence; ``noun`` None where the instrument is named elsewhere."""

    sentence: Sentence
    act: Match[Label]
    mood: Mood
    noun: Match[Label] | None
    instrument: str
    distance: int = 0

    @property
    def is_weak(self) -> bool:
        """Whether the instrument is only called a document or a paper."""
        return self.instrument in WEAK


def claims_in(sentence: Sentence, context: str = "") -> tuple[Claim, ...]:
    """Return the claims of one sentence, the strongest tie of each act.

    Args:
        sentence: Where to look.
        context: The instrument that the title or the sentence before names, for "Signed it in Paris".
    """
    if not (sentence.of("acts") or sentence.of("nouns", "exchange")) or _is_question(sentence):
        return ()
    nouns = instruments_in(sentence)
    found = []
    for act in resolved_acts(sentence)[:_MOST_ACTS]:
        claim = _claim(sentence, act, nouns, context)
        if claim is not None:
            found.append(claim)
    return tuple(found)


def _is_question(sentence: Sentence) -> bool:
    """Return whether a sentence asks ("Has the pact been signed?"); Greek asks with a semicolon."""
    mark = sentence.tokens.words[sentence.last - 1]
    return mark in _ASKING or (mark == ";" and sentence.lang == "el")


def resolved_acts(sentence: Sentence) -> tuple[Match[Label], ...]:
    """Return the acts of a sentence, the longer reading first where two overlap ("will sign", "sign").

    A longer hit of another kind also counts: "entered into force" is no entering into.
    """
    rivals = [hit for hit in sentence.of("stages") if hit.last > hit.first]
    described = [hit for hit in sentence.of("acts", "participle") if hit.last > hit.first]
    every = [hit for hit in sentence.of("acts") if not _is_within_description(hit, described)]
    every = [hit for hit in every if not _is_noun(sentence, hit)] + _exchanges(sentence)
    plans = [hit for hit in every if hit.label[1] == "future"]
    every = [hit for hit in every if not _spans_plan(hit, plans)]
    hits = sorted(every, key=lambda hit: (-_width(hit), _STRENGTH.index(hit.label[1])))
    kept: list[Match[Label]] = []
    chained: list[Match[Label]] = []  # "is expected to be signed": "to be signed" is no second act
    for hit in hits:
        if any(hit.overlaps(other) for other in kept):
            chained += [hit] if hit.label[1] in _UNREAL else []
            continue
        if any(other.first <= hit.first and hit.last <= other.last for other in chained):
            continue
        if any(
            hit.overlaps(rival) and _width(rival) > _width(hit) and rival.label[1] in _NOT_ACTS
            for rival in rivals
        ):
            continue
        kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.first))


def _spans_plan(hit: Match[Label], plans: Sequence[Match[Label]]) -> bool:
    """Return whether a past takes a plan's verb: "wurde vereinbart und soll unterzeichnet"."""
    return hit.label[1] == "past" and any(hit.first < plan.first <= hit.last <= plan.last for plan in plans)


def _is_noun(sentence: Sentence, hit: Match[Label]) -> bool:
    """Return whether a present is the noun written alike: "con la firma de"."""
    if hit.label[1] != "present" or not any(hit.overlaps(noun) for noun in sentence.of("acts", "nominal")):
        return False
    return any(article.last == hit.first - 1 for article in sentence.of("links", "article"))


def _exchanges(sentence: Sentence) -> list[Match[Label]]:
    """Return "exchange of notes" as a noun for the act, where they are not of ratification."""
    if sentence.of("stages", Stage.IN_FORCE.value, Stage.RATIFIED.value):
        return []
    return [noun._replace(label=("acts", "nominal")) for noun in sentence.of("nouns", "exchange")]


def _is_within_description(hit: Match[Label], described: Sequence[Match[Label]]) -> bool:
    """Return whether a verb's only word belongs to a noun: "the agreement signed in Paris"."""
    return hit.first == hit.last and any(
        other.first < hit.first and hit.last == other.last for other in described
    )


_UNREAL = frozenset(["refused", "future", "infinitive"])
_NOT_ACTS = frozenset(
    ["in-force", "agreed-text", "ratified", "terminated", "anniversary", "provisionally-applied"]
)


def _width(hit: Match[Label]) -> int:
    """Return how much of a sentence a reading explains; a participle only describes its noun."""
    return 0 if hit.label[1] == "participle" else hit.last - hit.first


def instruments_in(sentence: Sentence) -> list[Match[Label]]:
    """Return nouns of instruments and of domestic acts, the longest reading at each place."""
    hits = [*sentence.of("nouns"), *sentence.of("scopes", "domestic")]
    hits.sort(key=lambda hit: (hit.first, -hit.last))
    kept: list[Match[Label]] = []
    for hit in hits:
        if not kept or hit.first > kept[-1].last:
            kept.append(hit)
    return kept


def _claim(
    sentence: Sentence, act: Match[Label], nouns: Sequence[Match[Label]], context: str
) -> Claim | None:
    mood = _mood(sentence, act)
    adopting = act.label[1] in {"adopted", "adopt-future"}
    near = sorted(
        ((_distance(sentence, act, noun) + _handicap(noun), noun) for noun in nouns), key=_by_distance
    )
    if _is_of_talks(sentence, act):
        return None
    for distance, noun in near:
        if distance > _REACH:
            break
        if noun.label == ("nouns", "partnership") and distance > _handicap(noun) + _PARTNERSHIP_REACH:
            continue
        if noun.label == ("scopes", "domestic") or _is_in_law(sentence, noun):
            return None
        if _is_of_talks_on(sentence, act, noun):
            continue
        if adopting and noun.label[1] not in _ADOPTABLE:
            continue
        if mood in _CAN_BE_NEGATED and _is_none(sentence, noun):
            mood = Mood.REFUSED
        return Claim(sentence, act, _with_relative(sentence, act, noun, mood), noun, noun.label[1], distance)
    if context and not adopting and mood is not Mood.NAMED and not near and len(sentence) <= _SHORT:
        return Claim(sentence, act, mood, None, context, _REACH)
    return None


def _is_in_law(sentence: Sentence, noun: Match[Label]) -> bool:
    """Return whether an instrument is only what a law is about: "the Act implementing the agreement"."""
    for law in sentence.of("scopes", "domestic"):
        if not 0 < noun.first - law.last <= _LAW_REACH:
            continue
        between = [*sentence.of("acts"), *sentence.of("links", "and", "relative")]
        words = sentence.tokens.words[law.last + 1 : noun.first]
        if "," not in words and not any(law.last < hit.first and hit.last < noun.first for hit in between):
            return True
    return False


def _is_of_talks(sentence: Sentence, act: Match[Label]) -> bool:
    """Return whether it is talks that are concluded: "concluded negotiations on a trade agreement".

    What is signed is never the talks: "signed after talks".
    """
    if _MOODS[act.label[1]] is Mood.ASSERTED or act.label[1] == "participle":
        if not _concludes(sentence, act):
            return False
        talks = sentence.of("links", "talks")
    else:
        talks = sentence.of("stages", Stage.NEGOTIATING.value)
    return any(0 < hit.first - act.last <= _TALKS_REACH for hit in talks)


def _is_of_talks_on(sentence: Sentence, act: Match[Label], noun: Match[Label]) -> bool:
    """Return whether an instrument is only what talks are about, so that the act is not on it.

    "signed terms of reference for talks on an agreement", "agreement talks", and with verbs that also end
    talks "the negotiations on the agreement were concluded".
    """
    if any(0 < hit.first - noun.last <= 1 for hit in sentence.of("links", "talks")):
        return True
    if _concludes(sentence, act) and _is_headed(sentence, act, noun):
        return True
    for hit in sentence.of("links", "talks-on"):
        if not -1 <= noun.first - hit.last - 1 <= _TALKS_ON_REACH:
            continue
        if act.last < hit.first:
            return True
        if noun.last < act.last and _concludes(sentence, act):  # "haben ... abgeschlossen" holds its object
            return "," not in sentence.tokens.words[noun.last + 1 : act.last]
    return False


def _is_headed(sentence: Sentence, act: Match[Label], noun: Match[Label]) -> bool:
    """Return whether talks stand right before the act, and a mark parts them from the instrument.

    "Agreement with Kenya: talks concluded".
    """
    words = sentence.tokens.words
    return any(
        noun.last < hit.first < act.first <= hit.last + _TALKS_REACH
        and not _PARTING.isdisjoint(words[noun.last + 1 : hit.first])
        for hit in sentence.of("links", "talks")
    )


def _concludes(sentence: Sentence, act: Match[Label]) -> bool:
    """Return whether the verb can also end talks, as "conclude" and "finalise" do and "sign" does not."""
    return any(hit.overlaps(act) for hit in sentence.of("links", "concludes"))


def may_end_talks(claim: Claim) -> bool:
    """Return whether what was concluded may be the talks only: "concluded a trade agreement"."""
    return _concludes(claim.sentence, claim.act)


def ends_talks(sentence: Sentence) -> bool:
    """Return whether a sentence says that talks were concluded, or that a signature is still to come."""
    nouns = sentence.of("nouns")
    for act in resolved_acts(sentence):
        if not _concludes(sentence, act):
            if act.label[1] == "future":
                return True
        elif _is_of_talks(sentence, act) or any(_is_of_talks_on(sentence, act, noun) for noun in nouns):
            return True
    return False


def _handicap(noun: Match[Label]) -> int:
    """Return how much farther a noun counts: a partnership is the instrument only where nothing else is."""
    return _REACH // 2 if noun.label == ("nouns", "partnership") else 0


def _by_distance(pair: tuple[int, Match[Label]]) -> int:
    return pair[0]


def _mood(sentence: Sentence, act: Match[Label]) -> Mood:
    mood = _MOODS[act.label[1]]
    if mood is Mood.NAMED and _happened(sentence, act):
        mood = Mood.ASSERTED
    if mood is Mood.AIM and any(word.overlaps(act) for word in sentence.of("links", "happened")):
        mood = Mood.ASSERTED  # "kam es zur Unterzeichnung", "doszło do podpisania"
    if _is_refused(sentence, act, mood) or mood is Mood.REFUSED:
        return Mood.CONDITIONAL if _is_conditional(sentence, act) else Mood.REFUSED
    if mood is Mood.NAMED:
        return _heading(sentence, act)
    if sentence.part is Part.TITLE:
        # "Accord signé par", "Agreement signed by": a headline asserts
        return Mood.ASSERTED if mood is Mood.PRESUPPOSED else mood
    if mood is Mood.HEADLINE and any(
        0 < act.first - will.last <= _WILL_REACH for will in sentence.of("links", "will")
    ):
        return Mood.FUTURE  # "will hold talks and sign"
    if mood in {Mood.ASSERTED, Mood.HEADLINE} and _is_once(sentence, act):
        return Mood.FUTURE  # "is published once the agreement is signed"
    named = act.label[1] == "nominal"  # "Signing of the agreement took place"
    if mood is Mood.ASSERTED and not named and act.first == sentence.first and act.last == act.first:
        # "Signed in Paris, the agreement ..."; Greek and Hungarian open a plain sentence with the verb
        return Mood.PRESUPPOSED if "," in sentence.tokens.words[act.last + 1 : sentence.last] else mood
    return mood


def _is_once(sentence: Sentence, act: Match[Label]) -> bool:
    """Return whether the act stands in a clause that begins with "once", "when" or "if"."""
    words = sentence.tokens.words
    return any(
        0 < act.first - link.last <= _ONCE_REACH and "," not in words[link.last + 1 : act.first]
        for link in sentence.of("links", "once")
    )


def _happened(sentence: Sentence, act: Match[Label]) -> bool:
    """Return whether a noun for the act is said to have happened: "the signing took place"."""
    if any(0 < word.first - act.last <= _REFUSED_REACH for word in sentence.of("links", "refuse")):
        return False
    return any(
        _between_both(act, word) <= _HAPPENED_REACH and not _is_parted(sentence, act, word)
        for word in sentence.of("links", "happened")
        if not any(0 < word.first - no.last <= _NOT_REACH for no in sentence.of("links", "not"))
    )


def _heading(sentence: Sentence, act: Match[Label]) -> Mood:
    """Return HEADING for a title that begins with the noun for the act, NAMED for any other."""
    opens = sentence.part is Part.TITLE and act.first - sentence.first <= _HEADING_REACH
    more = sentence.of("stages") or sentence.of("links", "will", "not", "refuse", "unless")
    return Mood.HEADING if opens and not more else Mood.NAMED


def _between_both(one: Match[Label], other: Match[Label]) -> int:
    return max(one.first, other.first) - min(one.last, other.last)


def _is_parted(sentence: Sentence, one: Match[Label], other: Match[Label]) -> bool:
    """Return whether another clause begins between two words: "the talks, which took place in"."""
    first, last = min(one.last, other.last), max(one.first, other.first)
    return any(first < link.first < last for link in sentence.of("links", "relative"))


def _is_refused(sentence: Sentence, act: Match[Label], mood: Mood) -> bool:
    """Return whether the act is negated, denied, or an aim that somebody refuses or puts off."""
    if sentence.of("links", "deny"):
        return True
    negated = any(
        word.overlaps(act) or 0 < _apart(sentence, word, act) <= _NOT_REACH
        for word in sentence.of("links", "not")
        if word.last < act.first or word.overlaps(act)
    )
    if negated:
        return mood in _CAN_BE_NEGATED
    if mood not in _CAN_BE_REFUSED:
        return False
    return any(
        word.overlaps(act)
        or 0 < act.first - word.last <= _REFUSE_REACH
        or 0 < word.first - act.last <= _REFUSED_REACH
        for word in sentence.of("links", "refuse")
    )


def _apart(sentence: Sentence, word: Match[Label], act: Match[Label]) -> int:
    """Return how far a word stands before an act; a date between them does not count."""
    between = range(word.last + 1, act.first)
    dated = {at for day in sentence.dates for at in range(day.first, day.last + 1)}
    return 1 + sum(1 for at in between if at not in dated)


def _is_none(sentence: Sentence, noun: Match[Label]) -> bool:
    """Return whether a negated determiner stands before the noun: "no agreement", "aucun accord"."""
    return any(
        word.overlaps(noun) or 0 < noun.first - word.last <= _NONE_REACH
        for word in sentence.of("links", "none")
    )


def _is_conditional(sentence: Sentence, act: Match[Label]) -> bool:
    """Return whether a refusal only names a condition: "will not sign unless parliament consents"."""
    return any(act.last < word.first for word in sentence.of("links", "unless"))


def _with_relative(sentence: Sentence, act: Match[Label], noun: Match[Label], mood: Mood) -> Mood:
    """Return PRESUPPOSED for an act inside a relative clause on its noun: "the paper that they signed"."""
    if mood is not Mood.ASSERTED or sentence.part is Part.TITLE:
        return mood
    if act.label[1] != "nominal" and act.first == act.last == noun.first - 1:  # "the signed agreements"
        attributed = any(article.last == act.first - 1 for article in sentence.of("links", "article"))
        return Mood.PRESUPPOSED if attributed else mood
    if noun.first > act.first:
        return mood
    if _is_aside(sentence, act):
        return Mood.PRESUPPOSED
    for link in sentence.of("links", "relative"):
        after_noun = noun.last < link.first < act.first and act.first - link.last <= _RELATIVE_REACH
        if after_noun and _will_between(sentence, link, act):
            continue  # "an agreement under which they will cooperate was signed"
        if (
            after_noun or link.last == noun.first - 1
        ):  # "the paper that they signed", "what paper they signed"
            return Mood.PRESUPPOSED
    return mood


def _will_between(sentence: Sentence, link: Match[Label], act: Match[Label]) -> bool:
    return any(link.last < will.first and will.last < act.first for will in sentence.of("links", "will"))


def _is_aside(sentence: Sentence, act: Match[Label]) -> bool:
    """Return whether the act stands behind a comma as a mere participle: "the agreement, signed in Paris"."""
    if act.last != act.first or act.first - 1 < sentence.first:
        return False
    if sentence.tokens.words[act.first - 1] != ",":
        return False
    following = act.first + 1
    return any(
        link.first == following for link in sentence.of("links", "in", "by", "with", "between")
    ) or any(mention.first == following for mention in sentence.dates)


_PARTING = frozenset(":–—-,")
_HARD = frozenset(";\n")
_SOFT = frozenset('“”«»":—–')
_MARKS = _HARD | _SOFT


def _distance(sentence: Sentence, act: Match[Label], noun: Match[Label]) -> int:
    """Return the tokens between act and noun; marks that part clauses count more."""
    if noun.overlaps(act):
        return 0
    first, last = (act.last, noun.first) if noun.first > act.last else (noun.last, act.first)
    words = sentence.tokens.words[first + 1 : last]
    if _MARKS.isdisjoint(words):
        return len(words)
    return len(words) + sum(12 if word in _HARD else 3 if word in _SOFT else 0 for word in words)

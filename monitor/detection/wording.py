"""What a claim's sentence says of the instrument: its title, kind, place, length, and whether it binds."""

from collections.abc import Iterable, Sequence

from monitor.detection.claims import Claim, instruments_in
from monitor.detection.page import Page, Part, Sentence
from monitor.language import Match, Mention, Role, is_cjk
from monitor.model import Binding, Kind

_KIND_REACH = 12
_ORDER = ("defence-industry", "security", "partnership", "transport", "education", "economic", "other")
_TITLE_BEFORE = 5
_TITLE_BEFORE_IN_SIGNS = 12
_TITLE_AFTER = 18
_TO_JOINED_NOUN = 4
_TO_MEETING = 2  # tokens from "at" to "NATO summit"
_PLACE_REACH = 14
_SHORT = 25  # tokens of a sentence on nothing but a duration
_QUOTES = {"“": "”", "«": "»", '"': '"', "„": "“", "「": "」", "『": "』"}
_LONGEST_QUOTED_TITLE = 30  # tokens


def kind_of_claim(claim: Claim, page: Page) -> Kind:
    """Return the subject matter: by the words nearest the instrument, else of the title, else of the lead."""
    sentence = claim.sentence
    if claim.noun is not None:
        centre = claim.noun
        near = [hit for hit in sentence.of("kinds") if _apart(hit, centre) <= _KIND_REACH]
        if near:
            return _closest(near, centre)
    for part in (Part.TITLE, Part.LEAD):
        for other in page.sentences:
            if other.part is part and other.of("kinds"):
                nouns = other.of("nouns")
                return _closest(other.of("kinds"), nouns[0] if nouns else other.of("kinds")[0])
    return Kind.OTHER


def _apart(one: Match[tuple[str, str]], other: Match[tuple[str, str]]) -> int:
    if one.overlaps(other):
        return 0
    return one.first - other.last if one.first > other.last else other.first - one.last


def _closest(hits: Sequence[Match[tuple[str, str]]], centre: Match[tuple[str, str]]) -> Kind:
    """Return the kind of the hit nearest to ``centre``; a longer hit beats a word inside it."""
    outer = [
        hit
        for hit in hits
        if not any(
            o is not hit and o.first <= hit.first and hit.last <= o.last and _wider(o, hit) for o in hits
        )
    ]
    best = min(outer, key=lambda hit: (_apart(hit, centre), _ORDER.index(hit.label[1])))
    return Kind(best.label[1])


def _wider(one: Match[tuple[str, str]], other: Match[tuple[str, str]]) -> bool:
    return one.last - one.first > other.last - other.first


def title_of_claim(claim: Claim) -> str:
    """Return what the sentence calls the instrument: a quoted title, else the words around its noun."""
    sentence, noun = claim.sentence, claim.noun
    if noun is None:
        return ""
    return _quoted(sentence, noun) or _phrase(sentence, noun, claim)


def _quoted(sentence: Sentence, noun: Match[tuple[str, str]]) -> str:
    """Return the quotation that holds the noun, if it is as short as a title."""
    words = sentence.tokens.words
    for at in range(noun.first - 1, max(sentence.first, noun.first - _LONGEST_QUOTED_TITLE) - 1, -1):
        closing = _QUOTES.get(words[at])
        if closing is None:
            continue
        if any(at < act.first and not act.overlaps(noun) for act in sentence.of("acts", "past", "future")):
            return ""  # somebody's words, not a title
        for end in range(noun.last + 1, min(sentence.last, at + _LONGEST_QUOTED_TITLE)):
            if words[end] == closing:
                return sentence.tokens.text[sentence.tokens.ends[at] : sentence.tokens.starts[end]].strip(
                    " .,"
                )
        return ""
    return ""


def _phrase(sentence: Sentence, noun: Match[tuple[str, str]], claim: Claim) -> str:
    stops = _stops(sentence, claim)
    first = noun.first
    most = _TITLE_BEFORE_IN_SIGNS if is_cjk(sentence.tokens.words[noun.first]) else _TITLE_BEFORE
    while first - 1 >= sentence.first and noun.first - first < most and first - 1 not in stops:
        if _is_particle(sentence.tokens.words[first - 1]):
            break
        if not sentence.tokens.words[first - 1].isalnum() and sentence.tokens.words[first - 1] != "-":
            break
        first -= 1
    if sentence.tokens.words[first - 1 : first] == ["-"] and first - 2 >= sentence.first:
        first -= 2  # "UK-Ukraine" is one word
    elif sentence.tokens.words[first] == "-" and first - 1 >= sentence.first:
        first -= 1
    last = noun.last
    while last + 1 < sentence.last and last - noun.last < _TITLE_AFTER and last + 1 not in stops:
        word = sentence.tokens.words[last + 1]
        if not word.isalnum() and word not in "-–":
            break
        last += 1
    first, last = _without_opening(sentence, first, noun), _without_adjuncts(sentence, noun, last)
    return sentence.tokens.text[sentence.tokens.starts[first] : sentence.tokens.ends[last]].strip(" -–")


def _is_particle(word: str) -> bool:
    """Return whether a word is a Japanese particle such as は or の: a title begins behind it."""
    return all("\u3041" <= sign <= "\u309f" for sign in word)


def _without_opening(sentence: Sentence, first: int, noun: Match[tuple[str, str]]) -> int:
    """Return where a title begins: behind an article, and behind a place ("in Charkiv een overeenkomst")."""
    for link in sentence.of("links", "article", "in"):
        if first <= link.first and link.last < noun.first:
            first = max(first, link.last + 1)
            if link.label[1] == "in" and first < noun.first and _is_name_of_place(sentence, first):
                first += 1
    behind = any(link.last == first - 1 for link in sentence.of("links", "in"))
    return first + 1 if behind and first < noun.first and _is_name_of_place(sentence, first) else first


def _without_adjuncts(sentence: Sentence, noun: Match[tuple[str, str]], last: int) -> int:
    """Return where a title ends: before "on" of a date that follows and before "in" with its place."""
    small = {
        at
        for hit in sentence.of("links", "on", "in", "of", "by", "with", "and", "between", "article")
        for at in range(hit.first, hit.last + 1)
    }
    places = {hit.last for hit in sentence.of("links", "in")}
    while last > noun.last:
        if last in small:
            last -= 1
        elif last - 1 in places and last - 1 > noun.last and _is_name_of_place(sentence, last):
            last -= 2
        else:
            return last
    return noun.last


def _is_name_of_place(sentence: Sentence, at: int) -> bool:
    mention = next((m for m in sentence.mentions if m.first <= at <= m.last), None)
    return mention.role is Role.CAPITAL if mention is not None else _is_free_name(sentence, at)


def _stops(sentence: Sentence, claim: Claim) -> set[int]:
    """Return the tokens at which a title ends: other acts, links that open a clause, dates."""
    stops: set[int] = set()
    spans: Iterable[tuple[int, int]] = (
        *((hit.first, hit.last) for hit in (*_joints(sentence), *_to_places(sentence))),
        *(
            (hit.first, hit.last)
            for hit in sentence.of("acts")
            if not (claim.noun and hit.overlaps(claim.noun))
        ),
        *((hit.first, hit.last) for hit in sentence.of("links", "relative", "by", "will", "with")),
        *((hit.first, hit.last) for hit in sentence.of("times")),
        *((mention.first, mention.last) for mention in sentence.dates),
    )
    for first, last in spans:
        stops.update(range(first, last + 1))
    return stops


def _joints(sentence: Sentence) -> list[Match[tuple[str, str]]]:
    """Return the words "and" between two instruments: a title ends at them."""
    nouns = instruments_in(sentence)
    return [
        link
        for link in sentence.of("links", "and")
        if any(0 < noun.first - link.last <= _TO_JOINED_NOUN for noun in nouns)
        and any(noun.last < link.first for noun in nouns)
    ]


def _to_places(sentence: Sentence) -> list[Match[tuple[str, str]]]:
    """Return the words "in" before a capital or a meeting: where it was signed is no part of a title."""
    capitals = {mention.first for mention in sentence.mentions if mention.role is Role.CAPITAL}
    meetings = [
        mention.first
        for mention in sentence.mentions
        if any(0 < hit.first - mention.last <= 1 for hit in sentence.of("links", "not-acting"))
    ]
    return [
        link
        for link in sentence.of("links", "in")
        if link.last + 1 in capitals or any(0 < at - link.last <= _TO_MEETING for at in meetings)
    ]


def place_of_claim(claim: Claim) -> str:
    """Return the place near the act, such as "Kyiv", empty if none is said."""
    return place_named(claim.sentence, claim.act.last)


def place_named(sentence: Sentence, near: int | None = None) -> str:
    """Return the place that a sentence names, nearest to token ``near`` if that is given."""
    words = sentence.tokens.words
    centre = sentence.first if near is None else near
    behind = {link.first for link in sentence.of("links", "in-after")}  # 東京において
    for capital in sentence.mentions:
        if capital.role is Role.CAPITAL and capital.last + 1 in behind:
            return _words_of(sentence, capital)
    for link in sorted(sentence.of("links", "in"), key=lambda hit: abs(hit.first - centre)):
        if abs(link.first - centre) > _PLACE_REACH or link.last + 1 >= sentence.last:
            continue
        at = link.last + 1
        mention = next((m for m in sentence.mentions if m.first == at), None)
        if mention is not None and mention.role is Role.CAPITAL:
            return _words_of(sentence, mention)
        if mention is None and _is_free_name(sentence, at):
            return words[at]
    return ""


def _words_of(sentence: Sentence, mention: Mention) -> str:
    return sentence.tokens.text[sentence.tokens.starts[mention.first] : sentence.tokens.ends[mention.last]]


def _is_free_name(sentence: Sentence, at: int) -> bool:
    """Return whether a token is a capitalised word that nothing else explains."""
    # an act of two parts, "haben ... unterzeichnet", does not explain what stands between them
    spans = [(hit.first, hit.last) for hit in sentence.hits if hit.label[0] != "acts" or _is_close(hit)]
    spans += [(mention.first, mention.last) for mention in sentence.dates]
    capital = sentence.tokens.words[at][:1].isupper()
    return capital and not any(first <= at <= last for first, last in spans)


def duration_of(sentences: Iterable[Sentence]) -> str:
    """Return how long the agreement holds as an ISO 8601 duration, by the first sentence that says so.

    A sentence that names no instrument counts where it is short and says that something lasts: "It
    remains valid for ten years".
    """
    named = False
    for sentence in sentences:
        hits = sentence.of("durations")
        tied = sentence.of("nouns") or sentence.of("acts") or _says_how_long(sentence, named)
        named = named or bool(sentence.of("nouns"))
        if hits and tied:
            return max(hits, key=lambda hit: hit.last - hit.first).label[1]
    return ""


def _is_close(hit: Match[tuple[str, str]]) -> bool:
    return hit.last - hit.first <= 1


def _says_how_long(sentence: Sentence, named: bool) -> bool:
    short = len(sentence) <= _SHORT and sentence.part not in {Part.SPEECH, Part.BACKGROUND}
    return named and short and bool(sentence.of("text", "lasting"))


def binding_of(sentences: Iterable[Sentence]) -> Binding:
    """Return whether the page says that the agreement binds; never inferred."""
    for sentence in sentences:
        if sentence.of("text", "binding-no"):
            return Binding.NO
        if sentence.of("text", "binding-yes"):
            return Binding.YES
    return Binding.NOT_STATED

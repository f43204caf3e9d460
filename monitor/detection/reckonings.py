"""What a page says of a series as a whole: "the 27th agreement", "28 countries have signed", a list of them.

Only what is asserted of what is done is taken. More than, about, another ten, talks with ten, ten years,
ten companies are other things, and so is who joined a declaration. Numbers in words are not read.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from monitor.detection.lexicon import Label, Lexicon
from monitor.detection.page import LexiconSource, Page, Sentence
from monitor.language import Match, Role
from monitor.model import Kind, PartyCode, PassageKind, Reckoned, Reckoning, reckoning_id

_FEWEST, _MOST = 3, 200  # what is counted in twos is named, and no series is as long as that
_FEWEST_LISTED = 5  # parties in a list without a number
_BEFORE, _BEHIND = 3, 1  # tokens around a number in which a word makes it another thing
_LONGEST: Final = 3_000  # characters of a list that is quoted whole
_DONE = ("past", "present", "participle")
_NOT_DONE = ("past-perfect", "infinitive", "future", "refused")
_PAPERS = ("agreement", "treaty", "memorandum", "document", "partnership")
_LISTED = (PassageKind.ITEM, PassageKind.CELL)
_THINGS = {
    "agreements": Reckoned.AGREEMENTS,
    "countries": Reckoned.COUNTRIES,
    "ordinal": Reckoned.AGREEMENTS,
    "ordinal-country": Reckoned.COUNTRIES,
}


def reckonings_of(page: Page, lexicons: LexiconSource) -> tuple[Reckoning, ...]:
    """Return the numbers and lists of ``page``, one a sentence, in order."""
    return tuple(_reckonings(page, lexicons))


def _reckonings(page: Page, lexicons: LexiconSource) -> Iterator[Reckoning]:
    for at, sentence in enumerate(page.sentences):
        if not sentence.quotable or not sentence.of("nouns", *_PAPERS) or not _is_done(sentence):
            continue
        if _number_tokens(sentence) or len(_parties(sentence)) >= _FEWEST_LISTED:
            lexicon = lexicons(sentence.lang)
            if lexicon is not None and lexicon.counts is not None:
                found = _reckoning(page, at, _hits(sentence, lexicon))
                yield from [found] if found is not None else []


def _is_done(sentence: Sentence) -> bool:
    done = bool(sentence.of("acts", *_DONE))
    return done and not sentence.of("acts", *_NOT_DONE) and not sentence.of("stages", "negotiating")


def _number_tokens(sentence: Sentence) -> list[int]:
    words = sentence.tokens.words
    return [
        at
        for at in range(sentence.first, sentence.last)
        if words[at].isdecimal() and len(words[at]) <= 3 and _FEWEST <= int(words[at]) <= _MOST
    ]


def _hits(sentence: Sentence, lexicon: Lexicon) -> dict[str, list[Match[Label]]]:
    assert lexicon.counts is not None  # noqa: S101 - the caller asked
    ids = lexicon.counts.ids(sentence.tokens.words[sentence.first : sentence.last])
    found: dict[str, list[Match[Label]]] = {}
    for match in lexicon.counts.find(ids, 0, len(ids)):
        placed = Match(match.label, match.first + sentence.first, match.last + sentence.first)
        found.setdefault(match.label[1], []).append(placed)
    return found


def _reckoning(page: Page, at: int, hits: dict[str, list[Match[Label]]]) -> Reckoning | None:
    if "apart" in hits:
        return None
    sentence = page.sentences[at]
    counted = _counted(sentence, hits)
    if counted is None and (_number_tokens(sentence) or "open" in hits):
        return None
    before = _before(page, at)
    subject = _named_before(sentence, counted.first) if counted is not None else ()
    listed, end = _with_items(page, at)
    if counted is None and len(listed) < _FEWEST_LISTED:
        return None
    number = int(sentence.tokens.words[counted.first]) if counted is not None else None
    of = _THINGS[counted.label[1]] if counted is not None else Reckoned.AGREEMENTS
    document = page.document
    return Reckoning(
        id=reckoning_id(document.id, sentence.start, end, of, number),
        document_id=document.id,
        source_id=document.source_id,
        of=of,
        number=number,
        quote=document.text[sentence.start : end],
        start=sentence.start,
        end=end,
        parties=tuple(dict.fromkeys((*subject, *listed))),
        subject=subject,
        about=tuple(dict.fromkeys(code for each in before for code in _parties(each))),
        kinds=_kinds([sentence]) or _kinds(before),
        is_open="open" in hits,
        over_time="period" in hits or bool(sentence.dates) or _names_year(sentence),
        published=document.published,
        voice=document.voice,
        official=document.official,
        lang=page.lang,
        url=document.url,
        publisher=document.publisher,
        item_key=document.item_key,
        retrieved=document.retrieved,
    )


def _counted(sentence: Sentence, hits: dict[str, list[Match[Label]]]) -> Match[Label] | None:
    """The number with the thing nearest to it, unless a word beside it makes it something else."""
    found = [match for key in _THINGS for match in hits.get(key, ())]
    found = [match for match in found if match.first in _number_tokens(sentence)]
    sound = [match for match in found if _counts_them(sentence, match, hits)]
    return min(sound, key=lambda match: (match.last - match.first, match.first), default=None)


def _counts_them(sentence: Sentence, match: Match[Label], hits: dict[str, list[Match[Label]]]) -> bool:
    first, last = match.first - _BEFORE, match.last + _BEHIND
    if any(each.first <= last and first <= each.last for each in hits.get("about", ())):
        return False
    if any(each.first <= match.first <= each.last for each in sentence.dates):
        return False
    return not any(match.first < each.first <= match.last for each in sentence.mentions)


def _parties(sentence: Sentence) -> tuple[PartyCode, ...]:
    return tuple(dict.fromkeys(each.code for each in sentence.acting))


def _named_before(sentence: Sentence, number: int) -> tuple[PartyCode, ...]:
    """Who is named before a number: the countries that are counted behind it describe nobody there."""
    named = [each for each in sentence.mentions if each.role is not Role.OTHER and each.last < number]
    return tuple(dict.fromkeys(each.code for each in named))


def _with_items(page: Page, at: int) -> tuple[tuple[PartyCode, ...], int]:
    """The parties of a sentence and of the list that hangs on it, and where the quotation ends."""
    sentence = page.sentences[at]
    parties, end = list(_parties(sentence)), sentence.end
    passages = page.document.passages
    for each in page.sentences[at + 1 :]:
        if each.block == sentence.block or passages[each.block].kind not in _LISTED:
            break
        if each.end - sentence.start > _LONGEST:
            return _parties(sentence), sentence.end
        parties += _parties(each)
        end = each.end
    return tuple(dict.fromkeys(parties)), end


def _before(page: Page, at: int) -> Sequence[Sentence]:
    """What tells of whom and of which kind of papers a sentence speaks that does not say so itself."""
    return (*page.titles, *page.sentences[max(0, at - 1) : at])


def _kinds(sentences: Sequence[Sentence]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(Kind(hit.label[1]) for each in sentences for hit in each.of("kinds")))


def _names_year(sentence: Sentence) -> bool:
    words = sentence.tokens.words[sentence.first : sentence.last]
    return any(len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20") for word in words)

"""A judgement on a page into findings, with quotation, date, title and reasons."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

from monitor.detection.claims import Mood
from monitor.detection.instruments import instruments_of
from monitor.detection.judge import Conclusion, Judgement, Statement
from monitor.detection.page import Page, Part, Sentence
from monitor.detection.sides import Cast, is_at_seat
from monitor.detection.texts import TextPage, done_line
from monitor.detection.timing import Age, When
from monitor.detection.wording import binding_of, duration_of, kind_of_claim, place_of_claim, title_of_claim
from monitor.language import Given, Names
from monitor.model import (
    Basis,
    Finding,
    Kind,
    PartialDate,
    PartyCode,
    Sides,
    Signature,
    Stage,
    finding_id,
    is_organisation,
    sides_of,
)

_PLACES = {
    Part.TITLE: "the title",
    Part.LEAD: "the lead",
    Part.EARLY: "the text near its beginning",
    Part.BODY: "the text",
    Part.SPEECH: "a speech",
    Part.BACKGROUND: "the background",
}
_UNDER_WAY = frozenset(
    [
        Stage.NEGOTIATING,
        Stage.AGREED_TEXT,
        Stage.DECLINED,
        Stage.ANNOUNCED_INTENT,
        Stage.RATIFIED,
        Stage.IN_FORCE,
        Stage.PROVISIONALLY_APPLIED,
        Stage.TERMINATED,
        Stage.AMENDED,
    ]
)
_VAGUER = (Given.FULL, Given.NO_YEAR, Given.BARE_DAY, Given.WEEKDAY, Given.RELATIVE, Given.MONTH, Given.YEAR)
_LEADING = frozenset([Part.TITLE, Part.LEAD])
_FRESH = timedelta(days=7)
_STAGE_SCORE = 0.6
_NAMES = {
    "letter-of-intent": "letter of intent",
    "joint-statement": "joint statement",
    "exchange": "exchange of letters or notes",
    "programme": "programme of cooperation",
}


def conclusions_found(page: Page, judgement: Judgement, names: Names) -> Iterator[Finding]:
    """Yield a finding for each agreement that the page announces."""
    for conclusion in judgement.conclusions:
        finding = _conclusion(page, conclusion, judgement, names)
        if finding is None:
            continue
        several = instruments_of(page, conclusion)
        if several:
            yield from (_one_of(finding, statement, page, len(several)) for statement in several)
        else:
            yield finding


def unsure_found(page: Page, judgement: Judgement, names: Names) -> Iterator[Finding]:
    """Yield what the page may announce, for a reviewer to decide."""
    for conclusion in judgement.unsure:
        finding = _conclusion(page, conclusion, judgement, names)
        if finding is not None:
            yield finding


def text_found(page: Page, text: TextPage, names: Names) -> Finding | None:
    """Return the finding of an agreement's own text."""
    title = text.title
    if not title.quotable:
        return None
    document = page.document
    start, end = title.start, title.end
    quote = document.text[start:end]
    day, place = done_line(page) or (page.printed, "")
    place = names.city(place, page.lang)
    signed = (Signature(PartialDate.day(day), place=place),) if day else ()
    reason = f"the page is the text of an instrument between {_both(text.sides, names)}, under its title"
    dated = f", with the day {day.isoformat()} printed on it" if day else ", without a day of its own"
    return Finding(
        id=finding_id(document.id, start, end, text.sides, Stage.CONCLUDED, quote),
        document_id=document.id,
        source_id=document.source_id,
        sides=text.sides,
        stage=Stage.CONCLUDED,
        kind=_kind_of_sentence(title),
        basis=Basis.TEXT,
        quote=quote,
        start=start,
        end=end,
        voice=document.voice,
        official=document.official,
        instrument=instrument_name(text.instrument),
        title=quote,
        date=signed[0].date if signed else None,
        signed=signed,
        place=place,
        duration=duration_of(page.sentences),
        binding=binding_of(page.sentences),
        published=document.published,
        lang=page.lang,
        url=document.url,
        publisher=document.publisher,
        score=text.score,
        reasons=(reason + dated,),
    )


def stages_found(page: Page, judgement: Judgement, cast: Cast, names: Names) -> tuple[Finding, ...]:
    """Return what the page says of agreements that it does not announce: talks, a draft, a refusal.

    A refusal or denial is told of each pair it names, so that it takes back what an earlier version
    of the page claimed.
    """
    if judgement.stage not in _UNDER_WAY:
        return ()
    carried: dict[Sides, Sentence] = {}
    if judgement.stage is Stage.DECLINED:
        carried = _refused(judgement)
    recalled = {code for statement in judgement.recalled for pair in statement.parties.pairs for code in pair}
    for sentence in judgement.carriers:
        if carried:
            break
        sides = _sides_of_stage(sentence, cast, recalled)
        if sides is not None:
            carried[sides] = sentence
    found = (_under_way(page, judgement.stage, sides, told, names) for sides, told in carried.items())
    return tuple(finding for finding in found if finding is not None)


def _refused(judgement: Judgement) -> dict[Sides, Sentence]:
    """Return the pairs of which a refusal or denial is told, those named in one sentence first."""
    told = [s for s in judgement.statements if s.claim.mood is Mood.REFUSED and not s.stray]
    told = [s for s in told if s.claim.sentence.part in {Part.TITLE, Part.LEAD, Part.EARLY}]
    named = [s for s in told if not s.parties.filled] or told[:1]
    found: dict[Sides, Sentence] = {}
    for statement in named:
        for pair in statement.parties.pairs:
            found.setdefault(pair, statement.claim.sentence)
    return found


def _under_way(page: Page, stage: Stage, sides: Sides, sentence: Sentence, names: Names) -> Finding | None:
    carrier = sentence if sentence.quotable else next((s for s in page.body if s.of("nouns")), None)
    if carrier is None:
        return None
    document = page.document
    start, end = carrier.start, carrier.end
    words = stage.value.replace("-", " ")
    return Finding(
        id=finding_id(document.id, start, end, sides, stage),
        document_id=document.id,
        source_id=document.source_id,
        sides=sides,
        stage=stage,
        kind=_kind_of_sentence(carrier),
        basis=Basis.RELEASE if document.official else Basis.PRESS,
        quote=document.text[start:end],
        start=start,
        end=end,
        voice=document.voice,
        official=document.official,
        instrument=_first_instrument(carrier),
        date=document.published,
        published=document.published,
        lang=page.lang,
        url=document.url,
        publisher=document.publisher,
        score=_STAGE_SCORE,
        reasons=(f"{_PLACES[carrier.part]} speaks of {words} between {_both(sides, names)}",),
    )


def _conclusion(page: Page, conclusion: Conclusion, judgement: Judgement, names: Names) -> Finding | None:
    document = page.document
    quoted = next((s for s in conclusion.statements if s.claim.sentence.quotable), None)
    if quoted is None:
        return None
    sentence = quoted.claim.sentence
    start, end = sentence.start, sentence.end
    title = next((words for s in conclusion.statements if (words := title_of_claim(s.claim))), "")
    day, given = date_of(conclusion, page, judgement.recalled)
    place = _place(conclusion, names)
    return Finding(
        id=finding_id(document.id, start, end, conclusion.sides, Stage.CONCLUDED, title),
        document_id=document.id,
        source_id=document.source_id,
        sides=conclusion.sides,
        stage=Stage.CONCLUDED,
        kind=kind_of_claim(conclusion.best.claim, page),
        basis=Basis.RELEASE if document.official else Basis.PRESS,
        quote=document.text[start:end],
        start=start,
        end=end,
        voice=document.voice,
        official=document.official,
        instrument=instrument_name(_instrument(conclusion)),
        level=conclusion.best.level,
        title=title,
        date=day,
        signed=(Signature(day, place=place),) if day is not None and given else (),
        place=place,
        duration=duration_of(page.sentences),
        binding=binding_of(page.sentences),
        published=document.published,
        lang=page.lang,
        url=document.url,
        publisher=document.publisher,
        score=round(conclusion.score, 3),
        reasons=tuple(_reasons(page, conclusion, names, given)),
    )


def _place(conclusion: Conclusion, names: Names) -> str:
    """Return where it was signed, a capital as it is called by itself."""
    for statement in conclusion.statements:
        words = place_of_claim(statement.claim)
        if words:
            return names.city(words, statement.claim.sentence.lang)
    return ""


def _one_of(finding: Finding, statement: Statement, page: Page, count: int) -> Finding:
    """Return the finding of one of several instruments; it shares sides, day and place with the others."""
    sentence = statement.claim.sentence
    title = title_of_claim(statement.claim)
    return replace(
        finding,
        id=finding_id(finding.document_id, sentence.start, sentence.end, finding.sides, finding.stage, title),
        kind=kind_of_claim(statement.claim, page),
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        instrument=instrument_name(statement.claim.instrument),
        title=title,
        reasons=(*finding.reasons, f"the page names {count} instruments of these sides; this is one of them"),
    )


def date_of(
    conclusion: Conclusion, page: Page, recalled: Collection[Statement] = ()
) -> tuple[PartialDate | None, bool]:
    """Return the day of signing, and whether the text gives it rather than its day of publication."""
    whens = [statement.when for statement in conclusion.statements]
    given = [(when.mention.given, when.date) for when in whens if when.mention is not None and _is_day(when)]
    if given:
        return min(given, key=lambda pair: _VAGUER.index(pair[0]))[1], True
    if any(when.mention is not None and when.age is Age.NEW for when in whens):
        return None, False
    beside = _beside(conclusion, page) or _of_the_meeting(conclusion, page)
    if beside is not None:
        return beside, True
    for when in whens:
        if _is_day(when):
            return when.date, True
    older = _older(conclusion, recalled)
    if older is not None:
        return older, True
    published = page.document.published
    if published is not None and published.is_day:
        return PartialDate.day(published.first, "day of publication"), False
    return None, False


def _older(conclusion: Conclusion, recalled: Collection[Statement]) -> PartialDate | None:
    """Return the day that the lead gives to what the title alone announces: the page came out late."""
    if any(statement.claim.sentence.part is not Part.TITLE for statement in conclusion.statements):
        return None
    for statement in recalled:
        claim = statement.claim
        same = conclusion.sides in statement.parties.pairs and claim.instrument == _instrument(conclusion)
        if (
            same
            and claim.sentence.part is Part.LEAD
            and claim.mood is Mood.ASSERTED
            and _is_day(statement.when)
        ):
            return statement.when.date
    return None


def _beside(conclusion: Conclusion, page: Page) -> PartialDate | None:
    """Return the one day of the week before that the announcing sentence or one beside it names.

    "They signed it. The ministers met in Oslo on Wednesday."
    """
    if page.anchor is None:
        return None
    places = {s.claim.sentence.number for s in conclusion.statements if s.claim.sentence.part in _LEADING}
    days = set()
    for sentence in page.body:
        if sentence.part is not Part.LEAD or not {sentence.number + by for by in (-1, 0, 1)} & places:
            continue
        dated = (mention.date for mention in sentence.dates if mention.date is not None)
        days |= {day for day in dated if day.is_day}  # "since 2024" is no day
    recent = _recent(days, page.anchor)
    return PartialDate.day(recent.pop()) if len(recent) == 1 and len(days) == 1 else None


def _of_the_meeting(conclusion: Conclusion, page: Page) -> PartialDate | None:
    """Return the one day of the week before that the page names ahead of the announcing sentence.

    "The ministers met in Oslo on Wednesday. They spoke of trade. After the talks they signed ...": the
    first paragraphs say when the visit was, and nothing after them does.
    """
    numbers = [
        s.claim.sentence.number for s in conclusion.statements if s.claim.sentence.part is not Part.TITLE
    ]
    if page.anchor is None or not numbers:
        return None
    ahead = [s for s in page.body if s.number < min(numbers) and s.part in {Part.LEAD, Part.EARLY}]
    days = {mention.date for sentence in ahead for mention in sentence.dates if mention.date is not None}
    recent = _recent(days, page.anchor)
    return PartialDate.day(recent.pop()) if len(recent) == 1 else None


def _recent(days: Collection[PartialDate], anchor: date) -> set[date]:
    """Return the days of the week up to ``anchor``."""
    return {day.first for day in days if day.is_day and timedelta() <= anchor - day.first <= _FRESH}


def _is_day(when: When) -> bool:
    return when.date is not None and when.date.is_day


def _instrument(conclusion: Conclusion) -> str:
    for statement in conclusion.statements:
        if not statement.claim.is_weak:
            return statement.claim.instrument
    return conclusion.best.claim.instrument


def instrument_name(key: str) -> str:
    """Return what an instrument is called in English, from its key in the lexicon."""
    return _NAMES.get(key, key)


def _first_instrument(sentence: Sentence) -> str:
    nouns = sentence.of("nouns")
    return instrument_name(nouns[0].label[1]) if nouns else ""


def _kind_of_sentence(sentence: Sentence) -> Kind:
    kinds = sorted(sentence.of("kinds"), key=lambda hit: (hit.first, -hit.last))
    return Kind(kinds[0].label[1]) if kinds else Kind.OTHER


def _sides_of_stage(sentence: Sentence, cast: Cast, recalled: Collection[PartyCode]) -> Sides | None:
    """Return the sides of what is under way; whom the page only recalls agreements with is no side."""
    acting = (mention for mention in sentence.acting if not is_at_seat(sentence, mention))
    codes = list(dict.fromkeys(mention.code for mention in acting))
    states = [code for code in codes if not is_organisation(code)]
    codes = states if len(states) >= 2 else codes
    if len(codes) == 1:
        other = cast.partner(codes[0])
        known = (
            other is not None
            and (other not in recalled or other in cast.title)
            and cast.stands_out(other, codes[0])
        )
        codes += [other] if known and other is not None and other != codes[0] else []
    if not codes and len(cast.title) == 2:
        codes = list(cast.title)
    return sides_of(*codes) if len(codes) == 2 else None


def _both(sides: Sides, names: Names) -> str:
    return f"{names.english(sides[0])} and {names.english(sides[1])}"


def _reasons(page: Page, conclusion: Conclusion, names: Names, given: bool) -> Iterator[str]:
    best = conclusion.best
    yield f"{_where(best)} says of {_both(conclusion.sides, names)}: “{_act_words(best)}”"
    others = {s.claim.sentence.part for s in conclusion.statements[1:]} - {best.claim.sentence.part}
    if others:
        yield "so does " + " and ".join(sorted(_PLACES[part] for part in others))
    dated = next((s for s in conclusion.statements if s.when.reason), None)
    if dated is not None:
        yield dated.when.reason
    if best.parties.filled:
        yield "one side is named elsewhere on the page"
    if not given and page.document.published is not None:
        yield "the text gives no day of signing; the day of publication stands for it"


def _where(statement: Statement) -> str:
    return _PLACES[statement.claim.sentence.part]


def _act_words(statement: Statement) -> str:
    claim = statement.claim
    text = claim.sentence.tokens
    first, last = claim.act.first, claim.act.last
    if claim.noun is not None:
        first, last = min(first, claim.noun.first), max(last, claim.noun.last)
    words = text.text[text.starts[first] : text.ends[last]]
    return words if len(words) <= 160 else words[:157] + "…"

"""A register's row into findings, without language processing of its dates and parties.

A row says that an agreement is concluded, and when it entered into force if its register prints it.
The sides are the row's own parties; where the register names none (the UK Parliament's), those that
the title puts between "between" and the subject. Territories, successors and rows of more than two
sides give no finding. A date in the title is the agreement's own only where the words say so: most
titles date the agreement that they amend.
"""

import re
from collections.abc import Iterator
from datetime import date

from monitor.detection.lexicon import Lexicon
from monitor.detection.titles import instrument_of, kind_of, relation_of, sides_in_title
from monitor.language import Names, find_dates, tokenise
from monitor.model import (
    Basis,
    DateOrder,
    Document,
    Finding,
    PartialDate,
    PartyCode,
    PassageKind,
    Procedure,
    ProcedureStep,
    Row,
    Sides,
    Signature,
    Stage,
    finding_id,
    sides_of,
)

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T|\Z)")
_IN_FIGURES = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})\Z")
_PAPER = re.compile(r"\b(CP|Cmnd|Cmd|Cm|C)\.?\s?(\d{1,5})\b")
_SERIES = re.compile(r"\bTreaty Series\D{0,6}0*(\d{1,4})/(\d{4})")
_MULTILATERAL = re.compile(r"multi", re.IGNORECASE)
# "Protocol, done at London on 7 June 2019, between": only right behind the instrument's own name.
_OWN_DATE = re.compile(
    r"\A(?P<head>.{3,160}?),?\s+(?:done|signed|adopted|made)\s+(?:at\s+(?P<place>[^,;]{2,60}?)\s+)?"
    r"on\s+(?P<dates>[\d,\w ]{3,60}?\d{4})",
    re.IGNORECASE,
)
_PARENT_BEFORE = re.compile(
    r"\b(between|amend\w*|supplement\w*|extend\w*|prolong\w*|revis\w*|modif\w*|concerning|regarding|"
    r"relating|the)\b",
    re.IGNORECASE,
)
_PROCEDURES = {"canratify": Procedure.CAN_RATIFY}
_SCORE = 0.98
_SCORE_UNDATED = 0.85


def findings_of_row(
    document: Document, row: Row, names: Names, english: Lexicon | None
) -> tuple[Finding, ...]:
    """Return what a register's row says, empty where it is not an agreement of exactly two sides."""
    title = row.one("title") or document.title
    sides = _sides(row, title, names)
    if sides is None or _MULTILATERAL.match(row.one("form") or ""):
        return ()
    return tuple(_findings(document, row, title, sides, names, english))


def _findings(
    document: Document, row: Row, title: str, sides: Sides, names: Names, english: Lexicon | None
) -> Iterator[Finding]:
    signed_words = row.one("signed") or ""
    signed = register_date(signed_words, row.date_order)
    place = row.one("place") or ""
    signatures = _signatures(title, signed, place)
    start, end = _span(document, "signed" if signed else "title")
    relation, parent = relation_of(title)
    common = {
        "document_id": document.id,
        "source_id": document.source_id,
        "sides": sides,
        "kind": kind_of(title, english),
        "basis": Basis.REGISTER,
        "voice": document.voice,
        "official": document.official,
        "instrument": instrument_of(title, english),
        "title": title,
        "signed": signatures,
        "place": place,
        "numbers": _numbers(row),
        "relation": relation,
        "parent_title": parent,
        "procedures": tuple(_procedures(row)),
        "published": document.published,
        "lang": document.lang,
        "url": document.url,
        "publisher": document.publisher,
        "item_key": document.item_key,
        "retrieved": document.retrieved,
    }
    when = f"with the date of signature {signed.iso}" if signed else "without a date of signature"
    yield Finding(
        id=finding_id(document.id, start, end, sides, Stage.CONCLUDED, title),
        stage=Stage.CONCLUDED,
        quote=document.text[start:end],
        start=start,
        end=end,
        date=signed or (signatures[-1].date if signatures else None),
        score=_SCORE if signed else _SCORE_UNDATED,
        reasons=(
            f"the register lists it {when}, between {names.english(sides[0])} and {names.english(sides[1])}",
        ),
        **common,  # type: ignore[arg-type]  # one mapping for two findings of the same row
    )
    in_force = register_date(row.one("in_force") or "", row.date_order)
    if in_force is not None:
        start, end = _span(document, "in_force")
        yield Finding(
            id=finding_id(document.id, start, end, sides, Stage.IN_FORCE, title),
            stage=Stage.IN_FORCE,
            quote=document.text[start:end],
            start=start,
            end=end,
            date=in_force,
            score=_SCORE,
            reasons=(f"the register gives its entry into force as {in_force.iso}",),
            **common,  # type: ignore[arg-type]  # as above
        )


def register_date(words: str, order: DateOrder = DateOrder.ISO) -> PartialDate | None:
    """Return the day that a register writes in figures, None where it states none (a blank).

    ``order`` settles 05/04/2020; a day that it makes impossible is read the other way round.
    """
    words = words.strip()
    match = _ISO.match(words)
    if match:
        year, month, day = (int(part) for part in match.groups())
    else:
        match = _IN_FIGURES.match(words)
        if match is None:
            return None
        day, month, year = (int(part) for part in match.groups())
        if (order is DateOrder.MDY and day <= 12) or month > 12:
            day, month = month, day
    try:
        return PartialDate.day(date(year, month, day), words)
    except ValueError:
        return None


def _sides(row: Row, title: str, names: Names) -> Sides | None:
    """Return exactly two sides, or None."""
    spelled = [part.strip() for value in row.all("parties") for part in value.split(";") if part.strip()]
    codes = _states(spelled, names) if spelled else sides_in_title(title, names)
    if len(codes) != 2:
        return None
    return sides_of(*codes)


def _states(spelled: list[str], names: Names) -> tuple[PartyCode, ...]:
    """Return the parties among a row's spellings; a register that has states in capitals has the
    territories it extends to in small letters. An unknown party in capitals counts as one: it makes
    the row one of three sides rather than a wrong one of two."""
    capitals = [spelling for spelling in spelled if spelling.isupper()]
    codes: dict[str, None] = {}
    for spelling in capitals or spelled:
        code = names.of_register(spelling)
        if code is not None:
            codes[code] = None
        elif capitals and not names.is_territory(spelling):
            codes[spelling] = None
    known = names.codes()
    if any(code not in known for code in codes):
        return ()
    return tuple(PartyCode(code) for code in codes)


def _signatures(title: str, signed: PartialDate | None, place: str) -> tuple[Signature, ...]:
    own = own_dates(title)
    days = {signature.date.iso for signature in own}
    if signed is None or signed.iso in days:
        return own
    return (Signature(signed, place=place), *own)


def own_dates(title: str) -> tuple[Signature, ...]:
    """Return the dates and place that a title gives of the agreement itself, not of its parent."""
    match = _OWN_DATE.match(title)
    if match is None or _PARENT_BEFORE.search(match.group("head")):
        return ()
    tokens = tokenise(_spread(match.group("dates")))
    found = (mention.date for mention in find_dates(tokens, "en", None))
    place = match.group("place") or ""
    return tuple(Signature(day, place=place) for day in found if day is not None and day.is_day)


def _spread(dates: str) -> str:
    """Return "20 March, 5 and 11 May 2023" with month and year repeated for each day."""
    year = dates[-4:]
    days = re.findall(r"(\d{1,2})(?!\d)(?:\s+([A-Z][a-z]+))?", dates[:-4])
    month = ""
    spread: list[str] = []
    for day, named in reversed(days):
        month = named or month
        spread.append(f"{day} {month} {year}")
    return "; ".join(reversed(spread))


def _span(document: Document, last_field: str) -> tuple[int, int]:
    """Return the span from the title to a field's line, exact in the document's text."""
    at = 0
    start, end = 0, len(document.text)
    first: int | None = None
    title_end = end
    for passage in document.passages:
        stop = at + len(passage.text)
        name = passage.text.partition(":")[0].strip() if passage.kind is PassageKind.FIELD else ""
        if first is None and (name == "title" or passage.kind is PassageKind.TITLE):
            first, title_end = at, stop
        if name == last_field:
            return (first if first is not None else at), stop
        at = stop + 1
    return (first or start), title_end


def _numbers(row: Row) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in row.all("numbers"):
        words = value.split("||")[0]
        for prefix, number in _PAPER.findall(words):
            if int(number):
                found[f"{prefix} {int(number)}"] = None
        for number, year in _SERIES.findall(words):
            if int(number):
                found[f"TS {int(number)}/{year}"] = None
    return tuple(found)


def _procedures(row: Row) -> Iterator[ProcedureStep]:
    laid = register_date(row.one("laid") or "", row.date_order)
    if laid is not None:
        yield ProcedureStep(Procedure.LAID, laid, "; ".join(_numbers(row)))
    for words in row.all("procedure"):
        if words.strip():
            yield ProcedureStep(
                _PROCEDURES.get(words.strip().lower(), Procedure.SCRUTINY), None, words.strip()
            )

"""Dates in running text: written out, in figures, by weekday, bare, by era, or as "yesterday".

Month and weekday names come from the CLDR, with their inflected forms by a stem rule. What a text
leaves out is filled from its anchor, the day on which it was published where it was published.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from babel import Locale, UnknownLocaleError

from monitor.language.patterns import Patterns
from monitor.language.scripts import ALSO_WRITTEN
from monitor.language.tokens import Tokens, fold, word_list
from monitor.model import PartialDate


class Given(StrEnum):
    """How a date is given."""

    FULL = "full"  # day, month and year
    NO_YEAR = "no-year"
    MONTH = "month"  # with or without its year
    BARE_DAY = "bare-day"  # "on the 10th", 10日
    WEEKDAY = "weekday"
    RELATIVE = "relative"  # today, yesterday, tomorrow
    YEAR = "year"  # a year alone; only those before the anchor's, others are often plans and numbers


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: tokens ``first`` to ``last``, both included; ``date`` None where unresolved."""

    first: int
    last: int
    given: Given
    date: PartialDate | None


_FAR_AHEAD = timedelta(days=60)  # a date without its year is not further ahead of its anchor than this
_LINKS = frozenset(fold(word) for word in word_list("""of de del do di den der dne the day ' . , º ª ° da"""))
_SUFFIXES = frozenset(word_list("st nd rd th"))
_SPELLED = {
    word: day
    for day, word in enumerate(
        word_list(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
} | {"thirtieth": 30}
_TENS = {"twenty": 20, "thirty": 30}
_ORDINALS = frozenset(word_list("""st nd rd th er e го te den an a eme ter º ª ja janda"""))
_YEAR_LINKS = frozenset(
    fold(word) for word in word_list("""of de del do di , . року года г р god году рік ek el""")
)
_FIRST_YEAR = 1800
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}

# today, yesterday, tomorrow, the day before yesterday; entries apart by commas.
_RELATIVE: dict[str, tuple[str, str, str]] = {
    "en": ("today, tonight, this morning, this afternoon, this evening", "yesterday, last night", "tomorrow"),
    "uk": ("сьогодні", "вчора, учора", "завтра"),
    "ru": ("сегодня", "вчера, накануне", "завтра"),
    "be": ("сёння", "учора", "заўтра"),
    "de": ("heute", "gestern", "morgen"),
    "fr": ("aujourd hui, ce jour, ce matin, ce soir", "hier", "demain"),
    "it": ("oggi, stamattina, stamani, stasera", "ieri", "domani"),
    "es": ("hoy", "ayer", "mañana"),
    "pt": ("hoje", "ontem", "amanhã"),
    "pl": ("dziś, dzisiaj", "wczoraj", "jutro"),
    "ro": ("astăzi, azi", "ieri, aseară", "mâine"),
    "nb": ("i dag, idag", "i går", "i morgen"),
    "da": ("i dag", "i går", "i morgen"),
    "sv": ("i dag, idag", "i går, igår", "i morgon, imorgon"),
    "nl": ("vandaag", "gisteren", "morgen"),
    "cs": ("dnes", "včera", "zítra"),
    "sk": ("dnes", "včera", "zajtra"),
    "sl": ("danes", "včeraj", "jutri"),
    "hr": ("danas", "jučer, juče", "sutra"),
    "sr": ("danas, данас", "juče, jučer, јуче", "sutra, сутра"),
    "bg": ("днес", "вчера", "утре"),
    "mk": ("денес, денеска", "вчера", "утре"),
    "fi": ("tänään", "eilen", "huomenna"),
    "et": ("täna", "eile", "homme"),
    "lv": ("šodien", "vakar", "rīt, rītdien"),
    "lt": ("šiandien", "vakar", "rytoj"),
    "hu": ("ma", "tegnap", "holnap"),
    "tr": ("bugün", "dün", "yarın"),
    "az": ("bu gün, bugün", "dünən", "sabah"),
    "sq": ("sot", "dje", "nesër"),
    "el": ("σήμερα", "χθες, χτες", "αύριο"),
    "is": ("í dag", "í gær", "á morgun"),
    "ka": ("დღეს", "გუშინ", "ხვალ"),
    "ja": ("今日, 本日", "昨日", "明日"),
    "zh": ("今天, 今日, 今晚", "昨天, 昨日", "明天, 明日"),
    "ko": ("오늘", "어제", "내일"),
    "ar": ("اليوم", "أمس", "غدا, غداً"),
    "he": ("היום", "אתמול", "מחר"),
    "uz": ("бугун, bugun", "кеча, kecha", "эртага, ertaga"),
    "kk": ("бүгін", "кеше", "ертең"),
    "ca": ("avui", "ahir", "demà"),
    "hy": ("այսօր", "երեկ", "վաղը"),
    "fa": ("امروز", "دیروز", "فردا"),
    "vi": ("hôm nay, sáng nay, chiều nay", "hôm qua", "ngày mai"),
    "id": ("hari ini", "kemarin", "besok"),
    "lb": ("haut", "gëschter", "muer"),
}
_SLAVIC = frozenset(word_list("cs sk sl hr sr bg mk ru uk be pl"))
_ENDINGS_OF_WEEKDAYS = {
    "a": word_list("a u y ě e i o ou om oj ę ą zie ečn* eční* ajš* ňajš*"),
    "а": word_list("а у ы е и і ю ой ою ей ом ата та"),
}
_CALENDAR_OF = {"no": "nb", "nn": "nb", "bs": "hr", "sr": "sr", "cnr": "hr", "sh": "hr"}
_MORE_MONTHS: dict[str, str] = {
    "ar": "كانون الثاني, شباط, آذار, نيسان, أيار, حزيران, تموز, آب, أيلول, "
    " تشرين الأول, تشرين الثاني, كانون الأول",
    "sl": ", , marca, , maja",
    "az": ", , mart*<7, , may*<6, , , , , , , ",
    "et": ", , , , mail",
    "sr": "januar*, februar*, mart*|март*<6, april*, maj*|мај*<5, jun*<6|јун*<6, jul*<6|јул*<6, avgust*, "
    " septemb*, oktob*, novemb*, decemb*",
    "hr": "januar*, februar*, mart*, april*, maj*, juni*, juli*, august*, "
    " septemb*, oktob*, novemb*, decemb*",
    "en": "Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sept, Oct, Nov, Dec",
}

_MORE_WEEKDAYS = {
    "ko": "월요일*, 화요일*, 수요일*, 목요일*, 금요일*, 토요일*, 일요일*",
    "hu": ", kedden, , , , , ",
    "cs": ", , , , pátku|pátkem, , ",
    "sk": ", utorku|utorkom, , štvrtku|štvrtkom, piatku|piatkom, , ",
    "sl": "ponedeljka|ponedeljkom, torka|torkom, , četrtka|četrtkom, petka|petkom, , ",
    "pl": ", wtorku|wtorkiem, , czwartku|czwartkiem, piątku|piątkiem, , ",
    "uk": "понеділка, вівторка, , четверга, , , ",
    "hr": "ponedeljak|ponedeljka, , sreda|srede|sredu, , , , nedelja|nedelje|nedelju",
    "sq": "hënën, martën, mërkurën, enjten, premten, shtunën, dielën",
}

_FIGURES = re.compile(
    r"(?<![\d.,/-])(?:(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<sep>[./-])\s?(?P<m2>\d{1,2})(?P=sep)\s?(?P<y2>\d{4}))(?![\d/]|[.,-]\d)"
)
_FIGURE_MARKS = frozenset("./-")
_YEAR_FIGURES = 4


def find_dates(tokens: Tokens, lang: str, anchor: date | None) -> list[DateMention]:
    """Return the dates in a text, in order; where two overlap, the fuller one."""
    found = [*_in_figures(tokens), *_east_asian(tokens, anchor), *_by_names(tokens, lang, anchor)]
    found += _past_years(tokens, anchor)
    found.sort(key=lambda mention: (mention.first, -mention.last))
    kept: list[DateMention] = []
    for mention in found:
        if not kept or mention.first > kept[-1].last:
            kept.append(mention)
    return kept


def resolve_no_year(day: int, month: int, anchor: date | None) -> date | None:
    """Return the latest such day that is not far ahead of ``anchor``."""
    if anchor is None:
        return None
    for year in (anchor.year + 1, anchor.year, anchor.year - 1):
        candidate = _day(year, month, day)
        if candidate is not None and candidate <= anchor + _FAR_AHEAD:
            return candidate
    return None


def _in_figures(tokens: Tokens) -> Iterator[DateMention]:
    behind = 0
    for start in _starts_of_figures(tokens):
        match = _FIGURES.match(tokens.text, start) if start >= behind else None
        if match is None:
            continue
        behind = match.end()
        if match.group("y1"):
            year, month, day = (int(match.group(name)) for name in ("y1", "m1", "d1"))
        else:
            year, month, day = (int(match.group(name)) for name in ("y2", "m2", "d2"))
            if month > 12:
                month, day = day, month
        found = _day(year, month, day)
        if found is not None:
            first = bisect_left(tokens.starts, match.start())
            last = bisect_left(tokens.starts, match.end()) - 1
            yield DateMention(first, max(first, last), Given.FULL, PartialDate.day(found, match.group()))


def _starts_of_figures(tokens: Tokens) -> Iterator[int]:
    """Yield where a number of up to four figures has a mark behind it that can part a day, month and year."""
    words = tokens.words
    for at in range(len(words) - 1):
        if words[at + 1] in _FIGURE_MARKS and words[at].isdecimal() and len(words[at]) <= _YEAR_FIGURES:
            yield tokens.starts[at]


def _east_asian(tokens: Tokens, anchor: date | None) -> Iterator[DateMention]:
    """Yield 年月日 and 년월일 dates, with an era or without a year, or the day alone."""
    if not any(sign in tokens.text for sign in _UNITS):
        return
    words = tokens.words
    at = 0
    while at < len(words) - 1:
        parts, end = _numbered(words, at)
        if not parts:
            at += 1
            continue
        mention = _east_asian_date(tokens, at, end, parts, anchor)
        if mention is not None:
            yield mention
        at = end + 1


_UNITS = {"年": "y", "月": "m", "日": "d", "号": "d", "년": "y", "월": "m", "일": "d"}


def _numbered(words: list[str], at: int) -> tuple[dict[str, int], int]:
    parts: dict[str, int] = {}
    end = at - 1
    while at + 1 < len(words) and words[at].isdecimal() and len(words[at]) <= 4:
        unit = _UNITS.get(words[at + 1][:1])
        if unit is None or unit in parts or _is_length(words, at + 1):
            break
        parts[unit] = int(words[at])
        end = at + 1
        at += 2
    return parts, end


def _is_length(words: list[str], at: int) -> bool:
    """Return whether a day or year sign only measures a time: 2日間, 10年間."""
    return words[at][1:2] in {"間", "간"} or (at + 1 < len(words) and words[at + 1][:1] in {"間", "간"})


def _east_asian_date(
    tokens: Tokens, first: int, last: int, parts: dict[str, int], anchor: date | None
) -> DateMention | None:
    era = _ERAS.get("".join(tokens.words[max(0, first - 2) : first])[-2:])
    if "y" in parts and era is not None:
        parts["y"] += era
    if "y" in parts and parts["y"] < 1000:
        return None
    text = _text(tokens, first, last)
    if "m" in parts and "d" in parts:
        given = Given.FULL if "y" in parts else Given.NO_YEAR
        day = (
            _day(parts["y"], parts["m"], parts["d"])
            if "y" in parts
            else resolve_no_year(parts["d"], parts["m"], anchor)
        )
        return DateMention(first, last, given, _partial(day, text))
    if "m" in parts and 1 <= parts["m"] <= 12 and "y" in parts:
        return DateMention(first, last, Given.MONTH, PartialDate.month(parts["y"], parts["m"], text))
    if "d" in parts and len(parts) == 1:
        return DateMention(first, last, Given.BARE_DAY, _partial(_bare_day(parts["d"], anchor), text))
    return None


def _bare_day(day: int, anchor: date | None) -> date | None:
    """Return the latest day of that number on or before the anchor, within a month and a half."""
    if anchor is None:
        return None
    for back in range(46):
        candidate = anchor - timedelta(days=back)
        if candidate.day == day:
            return candidate
    return None


def _past_years(tokens: Tokens, anchor: date | None) -> Iterator[DateMention]:
    if anchor is None:
        return
    for at, word in enumerate(tokens.words):
        if len(word) == 4 and word.isdecimal() and _FIRST_YEAR <= int(word) < anchor.year:
            yield DateMention(at, at, Given.YEAR, PartialDate.year(int(word), word))


_SHORT = "month, shortened"


def _by_names(tokens: Tokens, lang: str, anchor: date | None) -> Iterator[DateMention]:
    patterns = calendar_patterns(lang)
    ids = patterns.ids(tokens.words)
    for match in patterns.find(ids, 0, len(tokens)):
        what, value = match.label
        if what == _SHORT and _is_other_word(tokens.words[match.first], lang):
            continue
        if what in {"month", _SHORT}:
            mention = _with_month(tokens, match.first, match.last, value, anchor)
            if (
                mention is not None
                and what == _SHORT
                and (mention.first, mention.last) == (match.first, match.last)
            ):
                continue  # лист is November beside a day or a year, and a letter elsewhere
        elif what == "weekday":
            mention = _weekday(tokens, match.first, match.last, value, anchor)
        else:
            day = anchor + timedelta(days=value) if anchor is not None else None
            text = _text(tokens, match.first, match.last)
            mention = DateMention(match.first, match.last, Given.RELATIVE, _partial(day, text))
        if mention is not None:
            yield mention


def _is_other_word(word: str, lang: str) -> bool:
    """Return whether a word has accents that no short month has: Polish "się" is not "sie", August."""
    word = word.casefold()
    return not word.isascii() and fold(word).isascii() and word not in _short_months(lang)


@cache
def _short_months(lang: str) -> frozenset[str]:
    months = Locale.parse(lang).months
    names = (
        name for context in ("format", "stand-alone") for name in months[context]["abbreviated"].values()
    )
    return frozenset(name.strip(".").casefold() for name in names)


def _weekday(tokens: Tokens, first: int, last: int, value: int, anchor: date | None) -> DateMention:
    day = anchor - timedelta(days=(anchor.weekday() - value) % 7) if anchor is not None else None
    return DateMention(first, last, Given.WEEKDAY, _partial(day, _text(tokens, first, last)))


def _with_month(tokens: Tokens, first: int, last: int, month: int, anchor: date | None) -> DateMention | None:
    """Return the date around a month's name: the day before or after it, the year after or before it."""
    words = tokens.words
    start, day = _day_before(words, first)
    end = last
    if day is None:
        day, end = _day_after(words, last)
    year, end = _year_after(words, end)
    if year is None:
        year, start = _year_before(words, start)
    text = _text(tokens, start, end)
    if day is not None and year is not None:
        return DateMention(start, end, Given.FULL, _partial(_day(year, month, day), text))
    if day is not None:
        return DateMention(start, end, Given.NO_YEAR, _partial(resolve_no_year(day, month, anchor), text))
    if year is not None:
        return DateMention(start, end, Given.MONTH, PartialDate.month(year, month, text))
    return _bare_month(tokens, first, last, month, anchor)


def _bare_month(tokens: Tokens, first: int, last: int, month: int, anchor: date | None) -> DateMention | None:
    word = tokens.words[first]
    if anchor is None or len(word) < 4 or (fold(word) in {"march"} and not word[:1].isupper()):
        return None
    near = resolve_no_year(1, month, anchor)
    if near is None:
        return None
    text = _text(tokens, first, last)
    return DateMention(first, last, Given.MONTH, PartialDate.month(near.year, month, text))


def _day_before(words: list[str], at: int) -> tuple[int, int | None]:
    spelled = _spelled_day(words, at)
    if spelled is not None:
        return spelled
    start = at
    for _ in range(4):  # "6th day of May" has the most between
        start -= 1
        if start < 0:
            break
        word = words[start]
        if word == "." and start > 0 and words[start - 1] in _SUFFIXES:
            break  # "signed on the 30th. November began ..."
        if word.isdecimal():
            return (start, int(word)) if len(word) <= 2 and 1 <= int(word) <= 31 else (at, None)
        if fold(word) not in _LINKS and fold(word) not in _ORDINALS:
            break
    return at, None


def _spelled_day(words: list[str], at: int) -> tuple[int, int] | None:
    """Return where "twenty-third day of" before a month begins, and its day."""
    if at < 3 or [fold(word) for word in words[at - 2 : at]] != ["day", "of"]:
        return None
    start, day = at - 3, _SPELLED.get(fold(words[at - 3]), 0)
    if at >= 5 and words[at - 4] == "-":
        start, day = at - 5, day + _TENS.get(fold(words[at - 5]), 0)
    return (start, day) if 1 <= day <= 31 else None


def _day_after(words: list[str], at: int) -> tuple[int | None, int]:
    for place in range(at + 1, min(at + 3, len(words))):
        word = words[place]
        if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31:
            end = place
            if place + 1 < len(words) and fold(words[place + 1]) in _ORDINALS:
                end = place + 1
            return int(word), end
        if word not in ".,":
            break
    return None, at


def _year_after(words: list[str], at: int) -> tuple[int | None, int]:
    for place in range(at + 1, min(at + 4, len(words))):
        word = words[place]
        if word.isdecimal() and len(word) == 4 and 1800 <= int(word) <= 2199:
            return int(word), place
        if fold(word) not in _YEAR_LINKS:
            break
    return None, at


def _year_before(words: list[str], at: int) -> tuple[int | None, int]:
    """Return a year that stands before, as in Hungarian, Latvian and Lithuanian ("2024 m. birželio")."""
    for place in range(at - 1, max(at - 4, -1), -1):
        word = words[place]
        if word.isdecimal() and len(word) == 4 and 1800 <= int(word) <= 2199:
            return int(word), place
        if fold(word) not in {".", "m", "gada", "gads", ","}:
            break
    return None, at


def _text(tokens: Tokens, first: int, last: int) -> str:
    return tokens.text[tokens.starts[first] : tokens.ends[last]]


def _partial(day: date | None, words: str) -> PartialDate | None:
    return PartialDate.day(day, words) if day is not None else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def calendar_patterns(lang: str) -> Patterns[tuple[str, int]]:
    """Return the names of months and weekdays and the words for today and its neighbours."""
    return Patterns(_distinct(_calendar(_CALENDAR_OF.get(lang, lang))))


def _distinct(entries: Iterable[tuple[str, tuple[str, int]]]) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield entries without stems that another name begins with: Romanian marți is no form of martie."""
    known = list(entries)
    names = [(fold(pattern), label) for pattern, label in known if "*" not in pattern]
    for pattern, label in known:
        stem = fold(pattern.split("*")[0])
        if "*" not in pattern or not any(
            name.startswith(stem) and other[0] != label[0] for name, other in names
        ):
            yield pattern, label


def _calendar(lang: str) -> Iterator[tuple[str, tuple[str, int]]]:
    for words, value in zip(_RELATIVE.get(lang, ("", "", "")), (0, -1, 1), strict=True):
        for word in filter(None, (entry.strip() for entry in words.split(","))):
            yield word, ("relative", value)
    for month, entry in enumerate(_MORE_MONTHS.get(lang, "").split(","), start=1):
        if entry.strip():
            yield entry.strip(), ("month", month)
    yield from _more_weekdays(lang)
    for code in (lang, *ALSO_WRITTEN.get(lang, ())):
        try:
            locale = Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            continue
        yield from _cldr(locale.months, "month", 0, lang)
        yield from _cldr(locale.days, "weekday", 0, lang)


def _more_weekdays(lang: str) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield weekdays that the CLDR's forms do not lead to; signs are tokens of their own."""
    for index, sign in enumerate("月火水木金土日" if lang == "ja" else ""):
        yield f"{sign} 曜", ("weekday", index)
    for index, sign in enumerate("一二三四五六日" if lang == "zh" else ""):
        yield from ((f"{opening} {sign}", ("weekday", index)) for opening in ("星 期", "周", "週", "礼 拜"))
    for index, word in enumerate(_MORE_WEEKDAYS.get(lang, "").split(",")):
        if word.strip():
            yield word.strip(), ("weekday", index)


def _cldr(table: object, what: str, shift: int, lang: str) -> Iterator[tuple[str, tuple[str, int]]]:
    if lang in {"ja", "zh", "ko"}:  # 3月 is read by its figures, 水曜日 by the signs below
        return
    seen = set()
    for width in ("wide", "abbreviated") if what == "month" else ("wide",):
        for context in ("format", "stand-alone"):
            for index, name in table[context][width].items():  # type: ignore[index]  # Babel's LocaleDataDict
                bare = name.strip(".")
                for pattern in _short_weekday(bare, lang) if what == "weekday" else _forms(bare, lang):
                    if pattern not in seen:
                        seen.add(pattern)
                        yield pattern, (_SHORT if width == "abbreviated" else what, index + shift)


def _short_weekday(name: str, lang: str) -> Iterator[str]:
    """Yield the forms of a weekday; a Slavic one in -a by its endings, since its stem is other words' too.

    "středu", "sreda" and "среду" begin as "středisko", "sredstva" and "средства" do.
    """
    endings = _ENDINGS_OF_WEEKDAYS.get(name[-1:]) if lang in _SLAVIC else None
    if endings is None:
        yield from _forms(name, lang)
    else:
        yield from (name[:-1] + ending for ending in endings)


def _forms(name: str, lang: str) -> Iterator[str]:
    """Yield a name and the pattern of its inflected forms: long names lose up to two letters, gain three."""
    if not any(c.isalpha() for c in name) or len(name) < 3:
        return
    words = name.replace("-", " - ").split()
    mark = "^" if lang == "en" else ""
    yield mark + words[0] + "".join(f" {word}" for word in words[1:])
    if len(words) == 1 and len(name) >= 5 and lang not in {"en", "fr", "es", "pt", "it", "de", "nl"}:
        lost = 1 if len(name) < 7 else 2
        yield f"{name[:-lost]}*<{len(name) + 3}"

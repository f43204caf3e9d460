"""Who is named in a text: states and the closed list of organisations, by any of their names.

Names come from the CLDR (by Babel) and from one file a language with what no library has: adjectives
and compounds, inflected and official and former names, capitals where they stand for a government,
and one file for all languages with office-holders, who stand for their state. Sub-state units and
territories are found only so that "British Virgin Islands" does not name the United Kingdom.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Self

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from monitor.language.patterns import Match, Patterns
from monitor.language.scripts import ALSO_WRITTEN, is_latin
from monitor.language.tokens import Tokens, fold, is_cjk, tokenise, word_list
from monitor.model import ORGANISATIONS, PartyCode

EVERYWHERE = "any"
"""The file of names that are looked for in every language."""

REGISTER = "register"
"""The file of spellings that treaty registers use."""

NO_PARTY = PartyCode("-")
"""Stands for what is named but can be no party: a territory, a sub-state unit."""

NameData = Mapping[str, Any]
NameSource = Callable[[str], NameData | None]
"""Gives the names of one language as plain data, or None if there are none."""

# ISO 3166-1 codes that are no states: their own agreements are those of the state they belong to.
# (Kosovo is XK; EU and UN are organisations; the rest of CLDR's X and Q codes are pseudo-regions.)
_TERRITORIES = frozenset(
    word_list(
        """AC AQ AS AW AX BL BM BQ BV CC CP CQ CW CX DG EA EH EZ FK FO GF GG GI GL GP GS GU HK HM IC IM IO
    JE KY MF MO MP MQ MS NC NF PF PM PN PR QO RE SH SJ SX TA TC TF TK UM UN VG VI WF XA XB YT ZZ EU"""
    )
)
# Languages whose names do not change their endings: the stem rule would only find other words there.
_UNINFLECTED = frozenset(word_list("""en fr it es pt nl da sv nb no nn vi id ms bg mk ca he fa"""))
# "Moldovas premierminister": their names take an s and change in nothing else.
_GENITIVE_IN_S = frozenset(word_list("da sv nb nl de lb"))
# Foreign names that end so have one form only: Палау, Перу, Марокко. Their stems are other words'.
_NO_ENDINGS = {lang: tuple("уиоеэюіє") for lang in ("ru", "uk", "be")}
_STEM_GAIN = 4
_INFLECTED_FROM = 4  # letters of a name; of a shorter one the stem is that of other words
_ENDINGS_OF_A = {"a": word_list("y i u e ou om oj ie ę ą"), "а": word_list("ы и у е ю я ой ою і ом")}
_VOWELS = frozenset("aeiouyəаеёиоуыэюяіїαεηιουω")
_ALIKE = 2  # letters that a city and its inflected form begin with: Київ, Києва
_INITIALS = 2
_PARTICLE = 3  # signs of a Korean particle, at most
_SHORTEST = 3  # letters of a name; shorter ones are common words
_SHORTEST_IN_SIGNS = 2
_ADJECTIVES_LISTED = ("en", "fr", "ko", "ar")  # and not always near the name: "marocain"
_ADJECTIVE_MISLEADS = frozenset(["DM"])  # "dominio"
_HAS_ADJECTIVE = 8  # letters of a name; a shorter stem is that of other words too, as in "libertad"
_ADJECTIVE_GAIN = 6
_SHORT_WITH_ADJECTIVE = 4
_LATIN_SLAVIC = ("sk", "jsk", "ijsk", "ansk", "insk")
_CYRILLIC_SLAVIC = (
    "ск",
    "йск",
    "ийск",
    "анск",
    "инск",
    "ијск",
    "јск",
    "ійськ",
    "ськ",
    "йськ",
    "анськ",
    "інськ",
)
_SUFFIXES = {
    "fi": ("lai", "ilai", "läi", "iläi"),
    **dict.fromkeys(("cs", "sk", "pl", "hr", "sl"), _LATIN_SLAVIC),
    **dict.fromkeys(("bg", "mk", "ru", "uk", "be"), _CYRILLIC_SLAVIC),
    "sr": _LATIN_SLAVIC + _CYRILLIC_SLAVIC[:7],
    "nl": ("aans", "ees", "ns", "s"),
    **dict.fromkeys(("sv", "da", "nb"), ("ansk", "sk", "isk", "iansk")),
    "hu": ("ai", "ei", "i"),
    "ro": ("an", "ian", "ez"),
    "es": ("ano", "iano", "és", "eño", "ense"),
    "pt": ("ano", "iano", "ense", "ês"),
    "it": ("ano", "iano", "ese", "iota"),
    "de": ("isch", "anisch", "nisch", "esisch"),
}


# Time zones that the CLDR calls by a capital whose name is not also its state's.
_ZONES_OF_CAPITALS = frozenset(
    word_list(
        """Europe/Amsterdam Europe/Athens Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels
    Europe/Bucharest Europe/Budapest Europe/Chisinau Europe/Copenhagen Europe/Dublin Europe/Helsinki
    Europe/Kiev Europe/Lisbon Europe/Ljubljana Europe/London Europe/Madrid Europe/Minsk Europe/Moscow
    Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Riga Europe/Rome Europe/Sarajevo
    Europe/Skopje Europe/Sofia Europe/Stockholm Europe/Tallinn Europe/Tirane Europe/Vienna Europe/Vilnius
    Europe/Warsaw Europe/Zagreb Atlantic/Reykjavik Asia/Amman Asia/Ashgabat Asia/Baghdad Asia/Baku
    Asia/Bangkok Asia/Beirut Asia/Bishkek Asia/Damascus Asia/Dhaka Asia/Dushanbe Asia/Jakarta Asia/Kabul
    Asia/Katmandu Asia/Manila Asia/Muscat Asia/Nicosia Asia/Pyongyang Asia/Riyadh Asia/Seoul Asia/Taipei
    Asia/Tashkent Asia/Tbilisi Asia/Tehran Asia/Tokyo Asia/Ulaanbaatar Asia/Vientiane Asia/Yerevan
    Africa/Accra Africa/Addis_Ababa Africa/Bamako Africa/Cairo Africa/Conakry Africa/Dakar Africa/Harare
    Africa/Kampala Africa/Khartoum Africa/Kigali Africa/Kinshasa Africa/Libreville Africa/Luanda
    Africa/Lusaka Africa/Maputo Africa/Mogadishu Africa/Nairobi Africa/Niamey Africa/Nouakchott
    Africa/Ouagadougou Africa/Tripoli Africa/Windhoek America/Bogota America/Caracas America/Havana
    America/Managua America/Montevideo"""
    )
)


class Role(StrEnum):
    """What kind of name it is; a capital or a person names a party less surely than the party's own."""

    NAME = "name"
    CAPITAL = "capital"
    PERSON = "person"
    JOINED = "joined"  # a sign that means a party only beside another; never given out
    OTHER = "other"  # a territory or sub-state unit: no party, but it uses up its words


@dataclass(frozen=True, slots=True)
class Mention:
    """One party named in a text, by the tokens ``first`` to ``last``, both included."""

    code: PartyCode
    role: Role
    first: int
    last: int


_Label = tuple[str, Role]


class Names:
    """The names of parties; those of a language are read when it is first met."""

    def __init__(self, source: NameSource) -> None:
        self._source = source
        self._patterns: dict[str, Patterns[_Label]] = {}
        self._english: dict[str, str] = {}
        self._register: dict[str, PartyCode] | None = None

    @classmethod
    def build(cls, data: Mapping[str, NameData]) -> Self:
        """Return names from plain data, one mapping a language."""
        return cls(data.get)

    def patterns(self, lang: str) -> Patterns[_Label]:
        """Return the compiled names of a language, with those that hold everywhere."""
        if lang not in self._patterns:
            proclitics = split_list((self._source(lang) or {}).get("proclitics"))
            self._patterns[lang] = Patterns(_entries(lang, self._source), proclitics)
        return self._patterns[lang]

    def mentions(self, tokens: Tokens, lang: str) -> list[Mention]:
        """Return who is named, in order of place; a longer name hides what lies inside it."""
        return self.mentions_between(tokens, lang, self.patterns(lang).ids(tokens.words), 0, len(tokens))

    def mentions_between(
        self, tokens: Tokens, lang: str, ids: Sequence[tuple[int, ...]], first: int, last: int
    ) -> list[Mention]:
        """Return who is named in the tokens ``first`` to ``last``, not included.

        ``ids`` are what :meth:`patterns` says of all the tokens, asked once for many calls.
        """
        return list(_resolved(self.patterns(lang).find(ids, first, last), tokens))

    def named_in(self, text: str, lang: str = "en") -> tuple[PartyCode, ...]:
        """Return the parties that ``text`` names by their own names, each once, in order."""
        tokens = tokenise(text, self.patterns(lang).cut)
        found = (m.code for m in self.mentions(tokens, lang) if m.role is Role.NAME)
        return tuple(dict.fromkeys(found))

    def of_register(self, spelling: str) -> PartyCode | None:
        """Return the party that a register means by ``spelling``, None if it is no party.

        Registers write names their own way ("KOREA REPUBLIC OF"); a spelling in mixed case that the
        file of register spellings lacks is looked up as an English name.
        """
        code = self._spellings().get(fold_spelling(spelling))
        if code is not None:
            return None if code == NO_PARTY else code
        return self._whole(spelling)

    def is_territory(self, spelling: str) -> bool:
        """Return whether a register's spelling is known to be no party."""
        return self._spellings().get(fold_spelling(spelling)) == NO_PARTY

    def codes(self) -> frozenset[str]:
        """Return every code that can be a party: states, former ones that are named, organisations."""
        named = frozenset(code for code in self._spellings().values() if code != NO_PARTY)
        return known_codes() | named

    def _spellings(self) -> dict[str, PartyCode]:
        if self._register is None:
            data = self._source(REGISTER) or {}
            self._register = {
                fold_spelling(alias): PartyCode(code)
                for code, aliases in data.get("parties", {}).items()
                for alias in split_list(aliases, separator=";")
            }
        return self._register

    def _whole(self, spelling: str) -> PartyCode | None:
        """Return the party of a spelling that is, in its whole length, one English name."""
        tokens = tokenise(spelling.title() if spelling.isupper() else spelling)
        words = [word for word in tokens.words if word.isalpha() and fold(word) not in _FILLERS]
        mentions = [m for m in self.mentions(tokens, "en") if m.role is Role.NAME]
        if len({m.code for m in mentions}) != 1:
            return None
        covered = sum(1 for m in mentions for at in range(m.first, m.last + 1) if tokens.words[at].isalpha())
        return mentions[0].code if covered >= len(words) else None

    def city(self, words: str, lang: str) -> str:
        """Return the capital that ``words`` name as it is called by itself: Київ for "Києві".

        What is no capital, or has no such name in the CLDR, stays as it is written.
        """
        if lang in _UNINFLECTED:
            return words
        tokens = tokenise(words, self.patterns(lang).cut)
        capital = next((m for m in self.mentions(tokens, lang) if m.role is Role.CAPITAL), None)
        named = _cities(lang, capital.code) if capital is not None and len(tokens) == 1 else ()
        alike = {name: _begun_alike(fold(name), fold(words)) for name in named}
        best = max(alike, key=lambda name: alike[name], default="")
        return best if best and alike[best] >= _ALIKE else words

    def english(self, code: PartyCode | str) -> str:
        """Return the English name of a party, for reports; the code itself where there is none."""
        if not self._english:
            self._english = dict(Locale("en").territories)
            self._english |= (self._source("en") or {}).get("shown", {})
        return self._english.get(code, code)


_FILLERS = frozenset(["the", "of", "and", "republic", "kingdom", "government"])


def fold_spelling(spelling: str) -> str:
    """Return a register's spelling as it is compared: letters only, lower case."""
    return " ".join(fold(word) for word in tokenise(spelling).words if word.isalpha())


@cache
def _cities(lang: str, code: PartyCode) -> tuple[str, ...]:
    """Return the cities of a state by which the CLDR calls its time zones, in a language."""
    try:
        zones = Locale.parse(lang).time_zones
    except (UnknownLocaleError, ValueError):
        return ()
    territories = get_global("zone_territories")
    renamed = get_global("zone_aliases")
    own = (str(zone) for zone in zones if territories.get(renamed.get(str(zone), str(zone))) == code)
    return tuple(sorted(str(zones[zone]["city"]) for zone in own if "city" in zones[zone]))


def _begun_alike(one: str, other: str) -> int:
    """Return how many letters two words share at their beginning, 0 where one is much longer."""
    if abs(len(one) - len(other)) > _STEM_GAIN:
        return 0
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def split_list(value: object, separator: str = ",") -> list[str]:
    """Return the entries of a list written on one or more lines, or of a real list."""
    if isinstance(value, list):
        return [str(entry).strip() for entry in value if str(entry).strip()]
    lines = str(value or "").replace("\n", separator)
    return [entry.strip() for entry in lines.split(separator) if entry.strip()]


def _entries(lang: str, source: NameSource) -> Iterator[tuple[str, _Label]]:
    for data in (source(lang), source(EVERYWHERE)):
        if data is None:
            continue
        for section, role in (("parties", Role.NAME), ("capitals", Role.CAPITAL), ("people", Role.PERSON)):
            for code, aliases in (data.get(section) or {}).items():
                for alias in split_list(aliases):
                    yield _capitalised(alias) if role is Role.PERSON else alias, (str(code), role)
        for codes, aliases in (data.get("pairs") or {}).items():
            for alias in split_list(aliases):
                yield alias, (str(codes), Role.NAME)
        for code, aliases in (data.get("joined") or {}).items():
            for alias in split_list(aliases):
                yield alias, (str(code), Role.JOINED)
        for alias in split_list(data.get("others")):
            yield alias, (NO_PARTY, Role.OTHER)
    for code in (lang, *ALSO_WRITTEN.get(lang, ())):
        yield from _from_cldr(code)
        yield from _capitals_from_cldr(code)


def _capitalised(alias: str) -> str:
    """Return a person's name that must be in capitals as here: "Duda" is also a Spanish word."""
    return " ".join("^" + word if word[:1].isupper() else word for word in alias.split())


def _from_cldr(lang: str) -> Iterator[tuple[str, _Label]]:
    try:
        territories = Locale.parse(lang.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return
    for code, name in territories.items():
        if len(code) != 2:
            continue
        label = (NO_PARTY, Role.OTHER) if code in _TERRITORIES else (code, Role.NAME)
        for pattern in _name_patterns(name, lang):
            yield pattern, label
        if code not in _ADJECTIVE_MISLEADS and lang not in _ADJECTIVES_LISTED:
            yield from ((pattern, label) for pattern in _adjective_patterns(name, lang))


def _capitals_from_cldr(lang: str) -> Iterator[tuple[str, _Label]]:
    """Yield the capitals that the CLDR names in a language, as time zones."""
    try:
        zones = Locale.parse(lang.replace("-", "_")).time_zones
    except (UnknownLocaleError, ValueError):
        return
    territories = get_global("zone_territories")
    latin = is_latin(str(Locale.parse(lang.replace("-", "_")).territories.get("DE", "")))
    for zone in sorted(_ZONES_OF_CAPITALS):
        as_in_english = zone.split("/")[-1].replace("_", " ") if latin else ""
        city = zones.get(zone, {}).get("city", as_in_english)
        code = territories.get(get_global("zone_aliases").get(zone, zone))
        patterns = [city] if lang == "ar" and city else _name_patterns(city, lang) if city else ()
        yield from ((pattern, (str(code), Role.CAPITAL)) for pattern in patterns)


def _adjective_patterns(name: str, lang: str) -> Iterator[str]:
    """Yield the patterns of a name's adjective, which begins as the name does.

    Of a long name the stem is enough ("filipínský"); of a short one the language's suffixes are asked for
    as well ("keňský", "Keniaans").
    """
    if not name.isalpha() or is_cjk(name[0]):
        return
    stem = name.lower()
    if len(name) >= _HAS_ADJECTIVE:
        yield f"{stem[:-2]}*<{len(name) + _ADJECTIVE_GAIN}"
    elif len(name) >= _SHORT_WITH_ADJECTIVE:
        for suffix in _SUFFIXES.get(lang, ()):
            yield f"{stem.rstrip('aeаяо')}{suffix}*"


def _name_patterns(name: str, lang: str) -> Iterator[str]:
    """Yield the patterns of a CLDR name: as it stands, and by stems where names are inflected."""
    bare = name.split("(")[0].strip()
    words = [word for word in tokenise(bare).words if word not in "-–—"]
    if not words or any(not word.isalnum() and word not in ".&" for word in words):
        words = [word for word in words if word.isalnum()]
    words = [word for word in words if word.isalnum()]
    if not words or len("".join(words)) < (_SHORTEST_IN_SIGNS if lang in {"zh", "ko"} else _SHORTEST):
        return
    if is_cjk(words[0]):
        yield bare.replace(" ", "")
        return
    apart = " " if bare.replace(" ", "").isalpha() else " ~1 "  # a mark between them may be left out
    yield apart.join("^" + word if word[:1].isupper() else word for word in words)
    if lang in _GENITIVE_IN_S:
        yield apart.join(
            "^" + word if word[:1].isupper() else word for word in (*words[:-1], words[-1] + "s")
        )
    if lang == "ar":
        yield from _arabic_adjectives(words)
    elif lang == "ko":
        yield " ".join((*words[:-1], f"{words[-1]}*<{len(words[-1]) + _PARTICLE}"))
    elif lang not in _UNINFLECTED:
        if len(words) == 1 and len(words[0]) == _INFLECTED_FROM:
            yield from _short_forms(words[0])
        yield " ".join(
            word if word.endswith(_NO_ENDINGS.get(lang, ("\0",))) else _stem(word) for word in words
        )


def _arabic_adjectives(words: list[str]) -> Iterator[str]:
    """Yield the adjectives of a name of one word: ليبي, ليبية for ليبيا.

    The name itself does not change, and its stem would be another word's: البحرين, البحري.
    """
    if len(words) > 1:
        return
    bare = words[0].removeprefix("ال")
    for ending in ("يا", "ا", "ة"):
        if bare.endswith(ending):
            bare = bare.removesuffix(ending)
            break
    if len(bare) >= _SHORTEST:
        yield from (bare + ending for ending in ("ي", "ية", "يين", "يون", "يان"))


def _short_forms(word: str) -> Iterator[str]:
    """Yield patterns for the inflected forms of a name of four letters: Іран, Ірана; Kuba, Kubou.

    A name in another vowel than a has one form in most languages: Peru, Mali.
    """
    stem, last = word[:-1], fold(word[-1])
    if last in _ENDINGS_OF_A:
        yield from (f"^{stem}{ending}" for ending in _ENDINGS_OF_A[last])
    elif last not in _VOWELS:
        yield f"^{word}*<{len(word) + _STEM_GAIN}"


def _stem(word: str) -> str:
    """Return a pattern for the inflected forms of a word: long words lose two letters, gain up to four."""
    if len(word) <= 4:
        return "^" + word if word[:1].isupper() else word
    lost = 1 if len(word) <= 6 else 2
    mark = "^" if word[:1].isupper() else ""
    return f"{mark}{word[:-lost]}*<{len(word) + _STEM_GAIN}"


def _resolved(matches: Iterable[Match[_Label]], tokens: Tokens) -> Iterator[Mention]:
    """Yield the longest match at each place; the first given (the closest) where two are equal."""
    kept: list[Match[_Label]] = []
    for match in sorted(matches, key=lambda m: (m.first, -m.last)):
        if (not kept or match.first > kept[-1].last) and not _is_hollow(tokens, match):
            kept.append(match)
    for at, match in enumerate(kept):
        codes, role = match.label
        if role is Role.JOINED:
            if not _is_joined(tokens, kept, at):
                continue
            role = Role.NAME
        for code in codes.split():
            yield Mention(PartyCode(code), role, match.first, match.last)


def _is_joined(tokens: Tokens, matches: list[Match[_Label]], at: int) -> bool:
    """Return whether another name stands right beside: 日英, 日・ウクライナ, 한-폴란드."""
    own = matches[at]
    if own.first and tokens.words[own.first - 1].isdecimal():
        return False  # 12日
    beside = matches[max(0, at - 1) : at] + matches[at + 1 : at + 2]
    for other in beside:
        if other.label[1] is Role.OTHER:
            continue
        one, two = (own, other) if own.first < other.first else (other, own)
        between = tokens.words[one.last + 1 : two.first]
        if between in _JOINTS or (not between and is_cjk(tokens.words[own.first])):
            return True
    return False


_JOINTS = (["・"], ["·"], ["-"], ["–"], ["ㆍ"])


def _is_hollow(tokens: Tokens, match: Match[_Label]) -> bool:
    """Return whether a match of several words runs over a sentence's end; the points of "U.S." end none."""
    return match.last > match.first and any(
        tokens.words[at] in ".!?;" and not _is_initial(tokens.words[at - 1])
        for at in range(match.first, match.last)
    )


def _is_initial(word: str) -> bool:
    """Return whether a word before a point abbreviates: U, EE."""
    return len(word) <= _INITIALS and word.isupper()


@cache
def known_codes() -> frozenset[str]:
    """Return the codes of states that the CLDR knows, and of organisations."""
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code not in _TERRITORIES) | ORGANISATIONS

"""Which language a text is in, by its letters and its commonest words; for text that does not say so.

A guess among the languages that have a lexicon, good enough to choose one; no statistics beyond a
word list, so it says "und" where nothing speaks for any.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from types import MappingProxyType

ALSO_WRITTEN = MappingProxyType({"sr": ("sr_Latn",), "uz": ("uz_Cyrl",)})
"""Languages in two scripts: their other one, as the CLDR names it."""

UNKNOWN = "und"

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_LATIN_LETTER = re.compile(f"[{_LATIN}]")
_LATIN_WORD = re.compile(f"[{_LATIN}]+")
_OTHER_LETTER = re.compile(rf"[^\W\d_{_LATIN}]")
_SAMPLE = 4_000  # characters looked at
_FEWEST = 2  # common words that must be found

_COMMON = {
    "en": "the of and to in is that for was with on by as has have at from will its this",
    "de": "der die und das den von zu mit des auf für ist im dem nicht ein eine als auch wird sich "
    "wurde hat am zum zur bei zwischen regierung abkommen unterzeichnet minister",
    "fr": "le la les des et du une est dans pour que qui sur par avec au aux ont été ce cette plus "
    "entre signé accord ministre président leur ses l d pays",
    "it": "il di che la per del della con una sono nel alla dei è ha gli le un da non i ed dal tra "
    "stato firmato accordo ministro presidente dell",
    "es": "el la de que los del las por con una para en se ha su al es este un y entre fue lo sus más "
    "acuerdo firmaron ministro presidente sobre",
    "pt": "o de que do da em para com uma os as no na por ao dos se foi não um entre pelo pela "
    "assinado acordo ministro presidente à sobre é",
    "nl": "de het een van en in is dat op te voor met zijn niet aan door ook wordt bij heeft tussen "
    "hebben werd worden zij ondertekend overeenkomst minister der of over",
    "ro": "şi și de la în a cu pe din care pentru să este au al ale mai prin fi un între fost acord "
    "semnat ministrul președintele s",
    "pl": "i w na z do że się jest nie o przez po oraz dla od został zostało jak przy ma między "
    "polski polska umowę umowa podpisali podpisano minister prezydent premier będzie tym",
    "cs": "a v na se je že s z do o pro k při za byl podle ve jako ale jeho mezi byla bylo jsou také "
    "dohodu dohoda podepsali podepsal ministr ministři prezident vlády které který",
    "sk": "a v na sa je že s z do o pre k pri za bol podľa vo ako ale jeho medzi bola bolo sú tiež "
    "dohodu dohoda podpísali podpísal minister ministri prezident vlády ktoré ktorý zmluvu bude "
    "aj",
    "sl": "in v na je da se z za so s po pri tudi bi ki od o ga ter kot sta bila bil bilo sporazum "
    "podpisala podpisali minister predsednik med vlada vlade ob republike bodo",
    "hr": "i u na je da se za s su od o kako koji kao iz će bi po nije ili između bila bilo sporazum "
    "potpisali potpisan ministar predsjednik vlade biti te također ministra",
    "sr": "и у на је да се за са су од о како који као из ће би по није или i u na je da se za sa su od "
    "kako koji kao iz će bi nije ili između bila bilo sporazum potpisali potpisan potpisana ministar "
    "predsednik predsednika vlade biti те између споразум министар председник потписали владе saradnji "
    "saradnje odnos ministra srbija srbije srbiji sredu spoljnih posete poseta bezbednost "
    "bezbednosti saopšteno ponedeljak nedelju",
    "bg": "и на в за от се да с че е по са към не ще при като това между беше бе бъде договор "
    "споразумение министърът министър президент подписаха правителството върху",
    "mk": "и на во за од се да со дека е по ќе не како што меѓу ова беше при ги беа договор "
    "министерот претседателот владата потпишаа потпиша",
    "uk": "і та в у на з що до про за не є для як від із він його ми було між угоду угода підписали "
    "підписано міністр президент буде",
    "ru": "и в на с по что не о за из к это для от как его был мы у года между соглашение подписали "
    "подписано министр президент было будет также или",
    "be": "і ў у на з што да пра за не ад як для яго гэта быў па мы са ён паміж пагадненне падпісалі "
    "падпісана міністр прэзідэнт было будзе гэтага",
    "sv": "och att det i en som på är av för med till den har de inte om ett men från mellan avtal "
    "avtalet undertecknade statsminister statsministern ministern vid blev",
    "nb": "og i det på en som er til av for at med har de ikke om et fra vi den mellom avtale avtalen "
    "undertegnet statsminister statsråd blir ble også etter utenriksminister",
    "da": "og i at det en den til er som på de med af for ikke der har et om vi mellem aftale aftalen "
    "underskrevet underskrev statsminister udenrigsminister blev bliver også efter oplyser hvor "
    "sin sammen ministeriet dansk danmark",
    "is": "og að í á sem er við um það með var til fyrir hefur en ekki af frá eru hann milli samning "
    "samningur undirrituðu undirritað ráðherra þess íslands",
    "fi": "ja on että se ei oli hän myös joka sekä kanssa mukaan ovat kuin tai mutta sen jotka ole "
    "sopimus sopimuksen allekirjoittivat allekirjoitettiin ministeri presidentti suomen välinen "
    "välisen tänään hallitus neuvottelee eli jonka",
    "et": "ja on et ei see ka oli kui oma ning mis aga seda või selle kes tema nende pärast eesti "
    "leping lepingu lepingule allkirjastasid minister president vahel vahelise valitsus täna",
    "lv": "un ir ka ar par no uz tas arī kas lai bija tiek kā pēc gada šo līgumu līgums parakstīja "
    "parakstīts ministrs prezidents starp latvijas šodien tika valdība",
    "lt": "ir kad į su yra iš buvo bei tai kaip už dėl apie po jis taip pat šio metų sutartį sutartis "
    "pasirašė pasirašyta ministras prezidentas tarp lietuvos susitarimą susitarimo šiandien "
    "ministrai",
    "hu": "a az és hogy nem is egy meg van volt de ez csak már mint között szerint azt el közötti "
    "megállapodást megállapodás aláírta aláírták miniszter elnök írt alá egyezményt egyezmény "
    "kormány magyar magyarország szóló közölte",
    "tr": "ve bir bu için ile da de olarak olan daha çok en gibi sonra kadar iki arasında anlaşma "
    "anlaşması imzaladı imzalandı bakanı cumhurbaşkanı türkiye yürürlüğe girdi ise",
    "az": "və bu bir ilə üçün da də olan edib olub arasında ki onun çox həm saziş imzalanıb imzaladı "
    "nazir prezident azərbaycan haqqında",
    "sq": "dhe të në e një për me që nga është i se ka do janë më kjo si nuk marrëveshje nënshkruan "
    "nënshkroi ministri presidenti midis ndërmjet u shqipëria",
    "el": "και το της την του να των για με από στην που στο οι με τον ότι είναι",
    "ka": "და რომ არის ეს იყო მისი მიერ როგორც შორის თუ",
    "hy": "և է են որ մեջ համար հետ այդ այս նաև",
    "kk": "және мен бұл үшін бір болып туралы деп оның осы арасындағы",
    "uz": "ва билан учун бу ҳам бўйича эди деб va bilan uchun bu ham oʻrtasida tomonidan imzolandi "
    "имзоланди келишув",
    "ar": "في من على إلى أن التي الذي عن مع هذا بين وزير الدولة اتفاقية",
    "fa": "و در به از که این با را است برای آن یک شد کرد های وزیر کشور می",
    "he": "של את על הוא לא עם כי זה או גם",
    "lb": "an de déi den vun net mat och ass fir dat huet hunn vum op e d ginn gouf tëscht",
    "ca": "el la de que els del les per amb una i en un és al ha dels aquest",
    "vi": "và của là có được trong cho các với một những đã không này về",
    "id": "dan yang di dengan untuk pada ini dari oleh akan telah antara dalam itu",
}
_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), ("ja",)),
    (re.compile("[\uac00-\ud7af]"), ("ko",)),
    (re.compile("[\u4e00-\u9fff]"), ("zh",)),
    (re.compile("[\u10a0-\u10ff]"), ("ka",)),
    (re.compile("[\u0530-\u058f]"), ("hy",)),
    (re.compile("[\u0370-\u03ff]"), ("el",)),
    (re.compile("[\u0600-\u06ff]"), ("ar", "fa")),
    (re.compile("[\u0590-\u05ff]"), ("he",)),
    (re.compile("[\u0900-\u097f]"), ("hi",)),
    (re.compile("[\u0400-\u04ff]"), ("uk", "ru", "bg", "sr", "mk", "be", "kk", "uz")),
)
_OTHER_SCRIPT = re.compile("|".join(script.pattern for script, _ in _SCRIPTS))
# Letters that only some of the languages of a script have.
_TELLING = {
    "uk": "їєґ",
    "ru": "ыэё",
    "be": "ў",
    "sr": "ћђљњџј",
    "mk": "ѓќѕ",
    "bg": "ъ",
    "kk": "әңғүұқөһ",
    "uz": "ўқғҳ",
    "cs": "ěřů",
    "sk": "ľĺŕ",
    "pl": "łąęśźż",
    "hu": "őű",
    "ro": "țșţ",
    "lv": "āēīļņģķ",
    "lt": "ėįųą",
    "az": "ə",
    "tr": "ığ",
    "is": "ðþ",
    "et": "õü",
    "de": "ß",
    "ar": "ةىيك",
    "fa": "پچژگکی",
    "vi": "ạảấầẩậắằẵặẹẻẽếềểễệịọỏốồổộớờởợụủứừửữựỳỵỷỹđ",
    "fr": "œ",
    "pt": "ãõ",
    "es": "ñ",
}


def guess_language(text: str, among: Iterable[str] | None = None) -> str:
    """Return the language that ``text`` is in, ``und`` where nothing speaks for one.

    Args:
        text: Anything; only its beginning is looked at.
        among: Codes to choose from; all that are known here by default.
    """
    sample = text[:_SAMPLE]
    allowed = frozenset(among) if among is not None else None
    candidates = _by_script(sample)
    lowered = sample.lower()
    scores = {lang: _telling(lowered, lang) for lang in candidates if allowed is None or lang in allowed}
    if not scores:
        return UNKNOWN
    if len(candidates) == 1:
        return next(iter(scores))
    having = _languages_by_word()
    for word in _WORD.findall(sample):
        for lang in having.get(word.casefold(), ()):
            if lang in scores:
                scores[lang] += 1
    best = max(scores, key=lambda lang: scores[lang])
    return best if scores[best] >= _FEWEST else UNKNOWN


def _by_script(sample: str) -> tuple[str, ...]:
    if sample.isascii() or _OTHER_SCRIPT.search(sample) is None:
        return _latin_ones()
    letters = max(1, sum(map(str.isalpha, sample)))
    for script, languages in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share > (0.02 if languages == ("ja",) else 0.3):
            return languages
    return _latin_ones()


@cache
def _latin_ones() -> tuple[str, ...]:
    return tuple(lang for lang in _COMMON if not any(lang in languages for _, languages in _SCRIPTS))


@cache
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    """Return the common words, each with the languages in which it is one."""
    found: dict[str, tuple[str, ...]] = {}
    for lang, words in _COMMON.items():
        for word in set(words.split()):
            found[word] = (*found.get(word, ()), lang)
    return found


def _telling(lowered: str, lang: str) -> float:
    """Return a bonus for letters that this language has and its neighbours lack."""
    own = sum(lowered.count(letter) for letter in _TELLING.get(lang, ""))
    return min(own, 60) / 4


def is_latin(text: str) -> bool:
    """Return whether most letters of ``text`` are Latin."""
    sample = text[:_SAMPLE]
    if is_all_latin(sample):
        return _LATIN_LETTER.search(sample) is not None
    letters = sum(map(str.isalpha, sample))
    return len(_LATIN_LETTER.findall(sample)) * 2 > letters


def is_all_latin(text: str) -> bool:
    """Return whether ``text`` has no letter of another script."""
    return text.isascii() or _OTHER_LETTER.search(text) is None


def has_latin_words(text: str) -> bool:
    """Return whether ``text`` has Latin words enough for a guess that it is in a Latin language."""
    return next(islice(_LATIN_WORD.finditer(text), _FEWEST - 1, None), None) is not None

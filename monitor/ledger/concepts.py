"""What words of titles mean, across languages: enough to see that two titles cannot be one.

A concept is a subject matter that a title can name. Each has the beginnings of the words that name it
in the languages of the parties; three letters or fewer are a whole word. The table only has to tell the
agreements of one pair of sides apart, so it holds what such titles are about and no grammar.
"""

import re
from functools import cache, lru_cache
from typing import Final

_TABLE: Final = {
    "security": """
        securit sécurit sicherheit seguri seguran sicurezz безпек безпец безопас bezpiecz bezpeč
        bezpečn varnost sigurnos безбедн сигурн сигурнос säkerhet sikkerhe sikkerhed turvallis
        julgeolek drošīb saugum ασφάλει biztonsá güvenlik securitat öryggis siguri xavfsiz უსაფრთხო
        安全保障 安保 安全 안보 안전 أمن الأمن veilighei""",
    "defence": """
        defen défen diend verteid militär militar милит militær militä оборон військ воєн военн воен
        oborony obron obran obramb odbran odbramb отбран försvar forsvar puolust kaits aizsardz gynyb
        άμυν αμυντ honvéd védelm savun mbrojt varnarm თავდაც 防衛 国防 防务 국방 دفاع الدفاع arms
        weapon armament rüstung armement navy naval навчальн флот""",
    "industry": """
        industr industri промислов промышл przemysł průmysl priemys teollis tööstus rūpniec pramon
        βιομηχαν iparí ipari sanayi produkt produc produz виробниц производ produkc joint-production
        výrob proizvod 産業 生産 工业 산업 صناع""",
    "drones": "drone drohn дрон безпілотн беспилотн dron uav ドローン 无人机 드론 interceptor",
    "aircraft": "gripen rafale F-16 f16 mirage hävittäj kampfly винищувач истребител flygplan kampfjet",
    "trade": """
        trade handel торгів торгов торговл commerc comerc comerț kereskedel obchod trgovin търговия
        kauppa kauban tirdzniec prekyb εμπορ ticaret comércio handlow 貿易 通商 贸易 무역 تجار
        tariff customs zoll douan митн тамож""",
    "digital": "digital цифров numériq cyfrow digitál skaitmen デジタル 数字 디지털 رقم",
    "economy": """
        econom économ wirtschaft економ эконом gospodar ekonom gazdasá talous majandus οικονομ
        iqtisod 経済 经济 경제 اقتصاد""",
    "finance": """
        financ finanz фінанс финанс finans loan credit кредит kredit prêt préstamo prestito grant
        debt schuld dette bond позик заём займ aid-programme 融資 借款 円借款 贷款 차관 قرض""",
    "investment": """
        invest інвест инвест інвестиц inwest investic befektet yatırım sijoitus fund fonds fond фонд
        投資 基金 투자 استثمار""",
    "minerals": "mineral raw-material надр корисн копалин недр rohstoff minier critical-mineral qazilma 鉱物",
    "reconstruction": """
        reconstruct відбудов восстановлен wiederaufbau reconstrui ricostruz odbudow obnov återuppbyg
        gjenoppbygg genopbyg recovery відновлен 復興 重建 재건""",
    "energy": """
        energ енерг энерг nuclear ядерн атомн nukle atom kernener electric gas gaz oil エネルギ
        原子力 能源""",
    "taxation": "tax податк налог steuer imposit impôt fiscal podatk vero skatt skat 租税 税",
    "transport": """
        transport перевез перевоз verkehr trasport transporte liiken road straß route shipping
        maritime navigation 運輸 交通""",
    "aviation": "air aviation авіа авиа luftver luftfahrt aérien aereo lotnic flug 航空 항공",
    "borders": """
        border кордон границ boundar grenz fronti readmi реадміс реадмисс rücküber migrat visa віз
        виз""",
    "education": """
        educat освіт образов bildung éducat educac istruzion utbildning utdanning scien науков научн
        wissensch universit diplom qualificat 教育 科学 교육""",
    "culture": "cultur культур kultur 文化 문화",
    "health": "health здоров gesundheit santé salud salute medic медич медиц 保健 医療",
    "agriculture": """
        agric сільськ сельск landwirt зерн grain phyto veterin rolnic fish рибальс рыб pêch fischer
        農業""",
    "environment": "environ довкілл экологич umwelt klima climat природ 環境 気候",
    "justice": """
        extradit екстрадиц выдач auslief legal-assistance правов criminal кримінал crime justiz
        judic convict prisoner sentenced""",
    "secrecy": "classified таємн секретн verschlusssach classifi secret geheim sklass tajn 秘密情報 情報保護",
    "partnership": """
        partner партнер партнёр parten partener kumppan partnerlus sociedade asociación strategic
        стратегіч стратегич strateg stratég パートナー 伙伴 동반자 شراك""",
    "friendship": "friend дружб freundsch amitié amistad amicizia przyjaź barátság vänskap 友好 友谊 우호",
    "social-security": "social соціальн социальн sozial pension пенсі пенси 社会保障",
    "space": "space космос космич weltraum spatial 宇宙",
    "labour": "labour labor працевлашт трудов employ work-holiday arbeit",
    "technology": "technolog технолог technik technisch technical техніч технич innovat digital-tech 技術",
    "culture-heritage": "heritage спадщин наслед",
    "sport": "sport спорт",
    "tourism": "touris турист turism",
    "humanitarian": "humanitar гуманітар гуманитар demin розмінув разминир",
    "relations": "diplomatic дипломатич дипломатичн diplomatisch relations-established 国交",
    "intent": "intent intenc absicht intention намір намерен intenç avsikts hensigt hensikts listu-o",
    "amendment": "amend зміни-до изменен änder modif muutta lisäpöytä 改正",
}

# Two titles in different words for these are no evidence of two agreements.
_NEAR: Final = ({"security", "defence"}, {"economy", "investment", "reconstruction", "minerals"})
_WHOLE: Final = 3  # beginnings this short are whole words: "tax", "air"
_CJK: Final = re.compile(r"[぀-ヿ㐀-鿿가-힯]")


def concepts_of(tokens: frozenset[str], text: str) -> frozenset[str]:
    """Return the concepts that words of a title name.

    Args:
        tokens: The words, in lower case.
        text: The whole title, for scripts that do not separate words.
    """
    found = {concept for token in tokens for concept in _concepts_of_word(token)}
    if _CJK.search(text):
        found |= {concept for concept, beginnings in _unspaced() if any(b in text for b in beginnings)}
    return frozenset(found)


def widened(concepts: frozenset[str]) -> frozenset[str]:
    """Return ``concepts`` with those that other words for the same paper may name."""
    near = [group for group in _NEAR if not concepts.isdisjoint(group)]
    return concepts.union(*near)


@lru_cache(maxsize=50_000)
def _concepts_of_word(word: str) -> frozenset[str]:
    return frozenset(
        concept
        for beginning, concept in _beginnings().get(word[:2], ())
        if word == beginning or (len(beginning) > _WHOLE and word.startswith(beginning))
    )


@cache
def _beginnings() -> dict[str, tuple[tuple[str, str], ...]]:
    """The table by the first two letters of each beginning."""
    table: dict[str, list[tuple[str, str]]] = {}
    for concept, words in _TABLE.items():
        for beginning in words.split():
            table.setdefault(beginning[:2], []).append((beginning, concept))
    return {key: tuple(entries) for key, entries in table.items()}


@cache
def _unspaced() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words of scripts without spaces, by concept."""
    return tuple(
        (concept, tuple(word for word in words.split() if _CJK.search(word)))
        for concept, words in _TABLE.items()
    )

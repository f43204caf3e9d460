"""Words that the title of any agreement may hold: no evidence of one agreement or of two.

Names of instruments, of governments, of cooperation and support in general, and grammar, in the
languages of the parties. A word of five letters or more also stands for what begins with it.
"""

from functools import cache
from typing import Final

_BEGINS: Final = 5
_WORDS: Final = """
    agreement agreed accord treat convention protocol memorand understanding arrangement exchange letter
    note notes charter pact deal declaration statement contract framework form mutual bilateral joint
    government goverment republic kingdom united great britain british northern ireland states america
    federal majesty his her excellency respect state union union's socialist soviet people president
    minister ministr cooperat co-operat operation co support assist long longterm long-term term
    commitment field sphere area sector between and the of in on with for to from a an by at as its
    their which into concerning regarding relating relative respecting certain further new year years
    ten decade hundred centur centennial one two party parties constituting establish development
    strengthen no nr угод угода договір договор соглаш меморандум протокол співроб сотруднич сфер сфері
    галуз област довгостр долгоср підтрим поддерж між между про та и і й у в о об на до з за із
    двосторон двусторон спільн совместн заяв уряд правит республік республик україн украин королів корол
    рок років лет год abkommen vereinbarung vertrag zusammenarbeit unterstütz langfrist zwischen und der
    die das des über zur zum im regierung bereich gebiet republik erklärung gemeinsame coopération
    soutien matière entre et le la les de du en sur terme gouvernement républi bilatér déclarat commun
    accordo cooperaz sostegno materia tra fra e il lo gli di del della dei su lungo termine govern
    repubbl dichiaraz acuerdo cooperac apoyo plazo el los y sobre gobierno acordo cooperaç apoio prazo o
    os umowa porozum współprac wsparci długoterm między i w z dziedzin dziedzinie dwustron rząd
    rzeczyposp acord cooperăr cooperar sprijin termen lung între si și în domeniul guvern avtale
    samarbeid støtte langsiktig mellom og om på innen avtal samarbete stöd långsikt mellan och inom
    område aftale samarbejd langsigt mellem sopimus yhteisty tuki tuesta tukea pitkäaik välinen leping
    koostöö toetus pikaajal līgum sadarbīb atbalst ilgtermiņ susitar bendradarb parama ilgalaik dohoda
    smlouva spoluprác podpor dlouhodob dlhodob zmluva sporazum saradnj suradnj podršk dugoročn
    sodelovanj споразум сътруднич подкреп anlaşma işbirliği uzun vadeli destek συμφων συνεργασ υποστήρ
    megállapod együttműk támogat hosszú távú marrëveshj bashkëpun mbështet samning samstarf stuðning
    ukrain
"""


def says_nothing(word: str) -> bool:
    """Return whether a word in lower case may stand in the title of any agreement."""
    whole, beginnings = _tables()
    return word in whole or any(word[:length] in beginnings for length in range(_BEGINS, len(word) + 1))


@cache
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    words = frozenset(_WORDS.split())
    return words, frozenset(word for word in words if len(word) >= _BEGINS)

"""A record without a language gets the one whose words it is made of."""

import pytest

from monitor.language import UNKNOWN, guess_language
from monitor.recognition import languages

SAMPLES = {
    "en": "The two ministers met in the capital and signed the agreement that will be in force for years.",
    "uk": "Міністри зустрілися у столиці та підписали угоду, що діятиме протягом десяти років.",
    "ru": "Министры встретились в столице и подписали соглашение, которое будет действовать для них.",
    "de": "Die Minister haben in der Hauptstadt das Abkommen unterzeichnet, das für zehn Jahre gilt.",
    "fr": "Les ministres ont signé dans la capitale un accord qui est conclu pour une durée de dix ans.",
    "it": "I ministri hanno firmato nella capitale un accordo che è concluso per la durata di dieci anni.",
    "es": "Los ministros firmaron en la capital un acuerdo que se aplica por diez años, según el comunicado.",
    "pt": "Os ministros assinaram na capital um acordo que não foi ainda publicado.",
    "pl": "Ministrowie podpisali w stolicy umowę, która nie została jeszcze ogłoszona.",
    "ro": "Miniștrii au semnat în capitală un acord care este încheiat pentru zece ani.",
    "nb": "Ministrene har i dag undertegnet en avtale som skal gjelde for de neste ti årene.",
    "ja": "両大臣は首都で協定に署名した。",
    "ko": "양국 장관은 수도에서 협정에 서명했다.",
    "zh": "两国部长在首都签署了协定。",
    "ar": "وقع الوزيران الاتفاقية في العاصمة.",
    "el": "Οι υπουργοί υπέγραψαν στην πρωτεύουσα τη συμφωνία που θα ισχύσει για δέκα χρόνια.",
    "ka": "მინისტრებმა დედაქალაქში შეთანხმებას ხელი მოაწერეს.",
    "hu": "A miniszterek a fővárosban aláírták azt a megállapodást, amely nem nyilvános.",
    "tr": "Bakanlar başkentte on yıl için geçerli olan bu anlaşmayı imzaladı ve bir açıklama ile duyurdu.",
    "bg": "Министрите подписаха в столицата споразумение, което ще е в сила за десет години.",
    "fi": "Ministerit allekirjoittivat pääkaupungissa sopimuksen, joka on voimassa kymmenen vuotta.",
}


@pytest.mark.parametrize("lang", SAMPLES)
def test_the_language_of_a_short_text(lang: str) -> None:
    """A wrong guess reads the text with the wrong words."""
    assert guess_language(SAMPLES[lang]) == lang


def test_a_text_that_speaks_for_no_language_is_unknown() -> None:
    """Rows of figures must not be read as some language's sentences."""
    assert guess_language("12 345 — 678 / 90") == UNKNOWN


def test_every_lexicon_can_be_guessed() -> None:
    """A language that cannot be guessed is never read where a page declares none."""
    from monitor.language.scripts import _COMMON, _SCRIPTS

    scripted = {lang for _, langs in _SCRIPTS for lang in langs}
    assert set(languages()) <= set(_COMMON) | scripted

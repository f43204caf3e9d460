"""How many agreements a page counts, and whom it lists: in every first-tier language, and nothing else."""

from datetime import UTC, date, datetime

import pytest

from monitor.model import Document, PartialDate, Passage, PassageKind, Reckoned, document_id
from monitor.recognition import load_detector

AGREEMENTS, COUNTRIES = Reckoned.AGREEMENTS, Reckoned.COUNTRIES
PUBLISHED = PartialDate.day(date(2033, 5, 6))


def document(text, lang="en", *items):
    """A page of a ministry of Kenya, which has a series of security agreements."""
    passages = (Passage(PassageKind.PARAGRAPH, text), *(Passage(PassageKind.ITEM, item) for item in items))
    url = "https://mfa.example/1"
    return Document(
        document_id("mfa", url, "", passages),
        "mfa",
        url,
        "",
        lang,
        passages,
        datetime(2033, 5, 7, tzinfo=UTC),
        PUBLISHED,
        voice="KE",
    )


def reckonings(text, lang="en", *items):
    """What the page counts and lists."""
    return load_detector().detect(document(text, lang, *items), focal="KE").reckonings


@pytest.mark.parametrize(
    ("lang", "text", "of", "number"),
    [
        ("en", "Kenya has signed 17 bilateral security agreements.", AGREEMENTS, 17),
        ("en", "Malta is the 12th country whose security agreement with Kenya was signed.", COUNTRIES, 12),
        ("en", "This is the 19th security agreement that Kenya has signed.", AGREEMENTS, 19),
        ("en", "Kenya has signed security agreements with 16 countries and with the EU.", COUNTRIES, 16),
        ("uk", "Кенія підписала вже 17 безпекових угод.", AGREEMENTS, 17),
        ("uk", "Це вже 18-та безпекова угода, яку підписала Кенія.", AGREEMENTS, 18),
        ("ru", "Кения подписала 17 соглашений о безопасности.", AGREEMENTS, 17),
        ("de", "Es ist das 18. Sicherheitsabkommen, das Kenia unterzeichnet hat.", AGREEMENTS, 18),
        ("de", "Kenia hat mit 16 Ländern ein Sicherheitsabkommen geschlossen.", COUNTRIES, 16),
        ("fr", "C'est le 18e accord de sécurité que le Kenya a signé.", AGREEMENTS, 18),
        ("it", "Il Kenya ha firmato 17 accordi di sicurezza.", AGREEMENTS, 17),
        ("es", "Malta es el 12.º país que ha firmado un acuerdo de seguridad con Kenia.", COUNTRIES, 12),
        ("pt", "O Quénia assinou acordos de segurança com 16 países.", COUNTRIES, 16),
        ("pl", "To już 18. umowa o bezpieczeństwie, którą podpisała Kenia.", AGREEMENTS, 18),
        ("ro", "Este al 23-lea acord de securitate semnat de Kenya.", AGREEMENTS, 23),
        ("ja", "ケニアは27か国と安全保障協定に署名した。", COUNTRIES, 27),
        ("nb", "Kenya har signert 17 sikkerhetsavtaler.", AGREEMENTS, 17),
    ],
)
def test_a_number_is_read_in_its_language(lang, text, of, number):
    """Ministries count in their own language, in figures, in ordinals and by country."""
    (found,) = reckonings(text, lang)

    assert (found.of, found.number, found.quote) == (of, number, text)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya has signed more than 20 security agreements.",
        "Kenya has signed about 20 security agreements.",
        "Kenya signed a 10-year security agreement with Malta.",
        "Kenya has signed another 4 security agreements.",
        "Kenya will sign 17 security agreements.",
        "Kenya is in talks with 10 countries on security agreements like those signed before.",
        "30 countries have joined the declaration that precedes the security agreements signed by Kenya.",
        "All 27 EU member states welcomed the security agreement signed by Kenya.",
        "Kenya signed the security agreement at 12 noon.",
        "Kenya's parliament has ratified 9 of the security agreements signed so far.",
    ],
)
def test_another_number_is_no_count_of_the_series(text):
    """Each of these would accuse a source of what it never said."""
    assert reckonings(text) == ()


def test_a_list_that_hangs_on_its_sentence_is_quoted_with_it():
    """An explainer has the number in a line and the parties in bullets below it."""
    items = ("Malta", "Fiji", "Peru", "Chad", "Oman", "the European Union")
    (found,) = reckonings("Kenya has signed 6 security agreements:", "en", *items)

    assert found.parties == ("KE", "MT", "FJ", "PE", "TD", "OM", "EU")
    assert found.quote.endswith("the European Union")


def test_a_list_that_names_some_says_so():
    """What comes after "including" is no list of all."""
    text = "Kenya has signed 17 security agreements, including with Malta, Fiji, Peru, Chad and Oman."
    (found,) = reckonings(text)

    assert found.is_open


def test_the_quotation_stands_in_the_text():
    """A number without its words could not be checked."""
    text = "The minister spoke. Kenya has signed 17 bilateral security agreements. He thanked all."
    (found,) = reckonings(text)

    assert document(text).text[found.start : found.end] == found.quote

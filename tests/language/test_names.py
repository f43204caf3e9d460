"""Who is named: by official, short and former names, adjectives, capitals and inflected forms."""

import pytest

from monitor.language import Names, Role, tokenise
from monitor.recognition import load_names

NAMES = load_names()


def named(text: str, lang: str) -> list[str]:
    """Return the parties named in ``text``, territories apart."""
    tokens = tokenise(text, NAMES.patterns(lang).cut)
    return [str(m.code) for m in NAMES.mentions(tokens, lang) if m.role is not Role.OTHER]


@pytest.mark.parametrize(
    ("lang", "text", "codes"),
    [
        pytest.param("en", "the United Kingdom of Great Britain and Northern Ireland", ["GB"], id="official"),
        pytest.param("en", "Ukrainian and German ministers", ["UA", "DE"], id="adjectives"),
        pytest.param("de", "das deutsch-ukrainische Abkommen", ["DE", "UA"], id="compound"),
        pytest.param("uk", "українсько-британська угода", ["UA", "GB"], id="ukrainian-compound"),
        pytest.param("uk", "між Україною та Королівством Швеція", ["UA", "SE"], id="ukrainian-instrumental"),
        pytest.param("ru", "между Россией и Китаем", ["RU", "CN"], id="russian-instrumental"),
        pytest.param("pl", "Polska z Litwą", ["PL", "LT"], id="polish-instrumental"),
        pytest.param("ja", "日英両政府", ["JP", "GB"], id="signs-for-two-states"),
        pytest.param("ja", "日・ポーランド首脳", ["JP", "PL"], id="sign-and-name"),
        pytest.param("ja", "12日英国で", ["GB"], id="a-day-is-not-japan"),
        pytest.param("zh", "中乌签署", ["CN", "UA"], id="chinese-signs"),
        pytest.param("ko", "한미 양국", ["KR", "US"], id="korean-pair-in-one-word"),
        pytest.param("ja", "日本と英国", ["JP", "GB"], id="japanese-names"),
        pytest.param("fi", "Suomen ja Ruotsin", ["FI", "SE"], id="finnish-genitive"),
        pytest.param("fr", "l’Allemagne et les Pays-Bas", ["DE", "NL"], id="french-articles"),
        pytest.param("tr", "Türkiye'nin", ["TR"], id="turkish-ending"),
        pytest.param("en", "Kosovo and North Macedonia", ["XK", "MK"], id="kosovo"),
        pytest.param("en", "the Soviet Union and Yugoslavia", ["SUHH", "YUCS"], id="former-states"),
        pytest.param("en", "the EU and NATO", ["EU", "NATO"], id="organisations"),
        pytest.param("en", "the African Union", ["AFU"], id="african-union-is-not-australia"),
        pytest.param("ro", "Romania si Ucraina", ["RO", "UA"], id="without-marks"),
        pytest.param("ar", "والأردن ومصر", ["JO", "EG"], id="arabic-proclitics"),
        pytest.param("ko", "한국과 우크라이나", ["KR", "UA"], id="korean-particles"),
        pytest.param("el", "της Ελλάδας και της Κύπρου", ["GR", "CY"], id="greek-genitive"),
    ],
)
def test_parties_by_any_of_their_names(lang: str, text: str, codes: list[str]) -> None:
    """One missed form is one missed agreement."""
    assert named(text, lang) == codes


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "the British Virgin Islands", id="territory-with-a-states-adjective"),
        pytest.param("en", "New Caledonia", id="territory"),
        pytest.param("en", "Papua", id="half-a-name"),
        pytest.param("en", "give us a turkey in a china shop", id="common-words"),
        pytest.param("en", "New Mexico and West Virginia", id="american-states"),
    ],
)
def test_what_is_no_party(lang: str, text: str) -> None:
    """Territories, sub-state units and common words would give false sides."""
    assert named(text, lang) == []


def test_capitals_are_less_sure_than_names() -> None:
    """ "Paris" can be a place; the role lets the rules ask whether it acts."""
    tokens = tokenise("Paris and Ukraine")
    assert [m.role for m in NAMES.mentions(tokens, "en")] == [Role.CAPITAL, Role.NAME]


def test_the_longest_name_hides_what_lies_inside() -> None:
    """ "Guinea-Bissau" does not name Guinea, nor "South Korea" both Koreas."""
    assert named("Guinea-Bissau and South Korea", "en") == ["GW", "KR"]


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("UKRAINE", "UA"),
        ("UNION OF SOVIET SOCIALIST REPUBLICS", "SUHH"),
        ("Korea, Republic of", "KR"),
        ("GIBRALTAR", None),
        ("Isle of Man", None),
    ],
)
def test_spellings_of_registers(spelling: str, code: str | None) -> None:
    """Registers write names their own way, and list territories beside states."""
    assert NAMES.of_register(spelling) == code


def test_names_can_be_given_as_plain_data() -> None:
    """Tests and other programs need no files."""
    names = Names.build({"any": {}, "en": {"parties": {"ZZ": "Borduria, bordurian*"}}})
    assert names.named_in("The Bordurians and Borduria") == ("ZZ",)


def test_every_file_of_names_compiles() -> None:
    """A typing mistake in one language must not wait for its first document."""
    from monitor.recognition import languages

    assert [lang for lang in languages() if not NAMES.patterns(lang).ids(["x"])] == []


@pytest.mark.parametrize(
    ("words", "lang", "city"),
    [
        ("Празі", "uk", "Прага"),
        ("Londynie", "pl", "Londyn"),
        ("Pariisissa", "fi", "Pariisi"),
        ("Kyiv", "en", "Kyiv"),
        ("Харкові", "uk", "Харкові"),
    ],
    ids=["uk", "pl", "fi", "uninflected", "no-capital"],
)
def test_a_capital_is_called_by_itself(words: str, lang: str, city: str) -> None:
    """An inflected form beside the plain one reads like another place; other towns stay as written."""
    assert NAMES.city(words, lang) == city


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("中国和巴西签署协定", "zh", ["CN", "BR"]),
        ("한국과 페루가 서명했다", "ko", ["KR", "PE"]),
        ("во Крива Паланка", "mk", []),
        ("Палата представителей", "ru", []),
        ("sa Ujedinjenim Arapskim Emiratima", "sr", ["AE"]),
        ("the U.S. and the U.K.", "en", ["US", "GB"]),
        ("EE.UU. y Chile", "es", ["US", "CL"]),
        ("タイと日本", "ja", ["TH", "JP"]),
        ("タイトル", "ja", []),
    ],
    ids=[
        "zh-two-signs",
        "ko-two-signs",
        "mk-town",
        "ru-chamber",
        "sr-latin",
        "en-points",
        "es-points",
        "ja-short",
        "ja-word",
    ],
)
def test_short_and_foreign_names(text: str, lang: str, expected: list[str]) -> None:
    """Brazil has two signs; a chamber (Палата) is not Palau (Палау)."""
    assert named(text, lang) == expected

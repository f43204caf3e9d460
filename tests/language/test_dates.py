"""Dates in running text, in the languages of the first tier and how they leave parts out."""

from datetime import date

import pytest

from monitor.language import Given, find_dates, tokenise

WEDNESDAY = date(2024, 6, 19)


def days(text: str, lang: str, anchor: date | None = WEDNESDAY) -> list[str | None]:
    """Return the dates found in ``text`` as ISO words, None where one stays open."""
    return [m.date.iso if m.date else None for m in find_dates(tokenise(text), lang, anchor)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "on 13 June 2024"),
        ("en", "on June 13th, 2024"),
        ("en", "on Thursday, 13 June"),
        ("uk", "13 червня 2024 року"),
        ("ru", "13 июня 2024 г."),
        ("de", "am 13. Juni 2024"),
        ("fr", "le 13 juin 2024"),
        ("it", "il 13 giugno 2024"),
        ("es", "el 13 de junio de 2024"),
        ("pt", "a 13 de junho de 2024"),
        ("pl", "13 czerwca 2024 r."),
        ("ro", "la 13 iunie 2024"),
        ("nb", "den 13. juni 2024"),
        ("ja", "2024年6月13日"),
        ("ja", "令和6年6月13日"),
        ("ja", "6月13日"),
        ("zh", "2024年6月13日"),
        ("ko", "2024년 6월 13일"),
        ("cs", "13. června 2024"),
        ("fi", "13. kesäkuuta 2024"),
        ("hu", "2024. június 13-án"),
        ("lt", "2024 m. birželio 13 d."),
        ("lv", "2024. gada 13. jūnijā"),
        ("tr", "13 Haziran 2024"),
        ("el", "στις 13 Ιουνίου 2024"),
        ("ar", "13 يونيو 2024"),
        ("ka", "2024 წლის 13 ივნისს"),
        ("hr", "13. lipnja 2024."),
        ("de", "13.06.2024"),
        ("en", "2024-06-13"),
    ],
)
def test_one_day_written_in_many_ways(lang: str, text: str) -> None:
    """The same day must be the same day in every language of the parties."""
    assert set(days(text, lang)) == {"2024-06-13"}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        pytest.param("en", "signed on Monday", "2024-06-17", id="weekday-before"),
        pytest.param("en", "signed on Wednesday", "2024-06-19", id="weekday-is-today"),
        pytest.param("uk", "підписали в понеділок", "2024-06-17", id="weekday-inflected"),
        pytest.param("en", "signed yesterday", "2024-06-18", id="yesterday"),
        pytest.param("fr", "signé aujourd’hui", "2024-06-19", id="today"),
        pytest.param("de", "morgen unterzeichnet", "2024-06-20", id="tomorrow"),
        pytest.param("ja", "13日に署名", "2024-06-13", id="bare-day"),
        pytest.param("en", "on 28 December", "2023-12-28", id="no-year-is-the-latest-one"),
        pytest.param("en", "on 2 July", "2024-07-02", id="no-year-near-ahead"),
    ],
)
def test_what_is_left_out_comes_from_the_day_of_publication(lang: str, text: str, expected: str) -> None:
    """Most announcements say "today" or "on Monday"; the anchor resolves them."""
    assert days(text, lang) == [expected]


def test_without_an_anchor_a_weekday_stays_open() -> None:
    """A guess would be a false date."""
    assert days("signed on Monday", "en", None) == [None]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "from 31 February 2024", id="impossible-day"),
        pytest.param("ja", "2日間の日程で", id="a-length-of-days"),
        pytest.param("en", "they may march", id="words-that-are-months-elsewhere"),
        pytest.param("en", "paragraph 3.2.1 of CP 1277", id="numbers-of-paragraphs"),
        pytest.param("en", "10 km² and 5 ³", id="raised-figures"),
        pytest.param("ja", "9" * 5_000 + "日", id="endless-number"),
    ],
)
def test_what_is_no_date(lang: str, text: str) -> None:
    """A number beside a word must not become a signing date, and odd figures must not stop a cycle."""
    assert [day for day in days(text, lang) if day is not None] == []


def test_a_year_alone_is_read_only_where_it_is_past() -> None:
    """ "In 2011" recalls; "the programme for 2030" and "2500 rifles" date nothing."""
    assert days("in 2011, for 2030, 2500 rifles", "en") == ["2011"]


def test_a_month_alone_is_a_month() -> None:
    """ "In May 2023" must not be sharpened to a day."""
    (mention,) = find_dates(tokenise("in May 2023"), "en", WEDNESDAY)
    assert (mention.given, mention.date and mention.date.iso) == (Given.MONTH, "2023-05")


def test_a_shortened_month_needs_a_day_or_a_year() -> None:
    """Ukrainian лист is November in "3 лист. 2023" and otherwise a letter, such as one of intent."""
    assert find_dates(tokenise("підписали лист про наміри"), "uk", WEDNESDAY) == []
    (mention,) = find_dates(tokenise("3 лист. 2023"), "uk", WEDNESDAY)
    assert mention.date is not None
    assert mention.date.iso == "2023-11-03"

"""Quotations: in their language, cut to their licence, with all that is needed to check them."""

from dataclasses import replace
from datetime import date

from bs4 import BeautifulSoup

from monitor.model import Basis, Word
from monitor.reports.evidence import cut
from tests.reports import sample
from tests.reports.sample import Week


def quotation_of(digest, **change):
    """The first quotation of a week with one change."""
    week = Week()
    week.tell(**change)
    return digest(week).quotations[0]


def test_a_quotation_stays_in_its_language_with_the_language_named(digest, printed):
    """A translation that nobody checked is no evidence; the words are glossed and the slot left open."""
    quoted = quotation_of(digest, party="QT", lang="uk")
    text = printed(sample.one(), ".txt")

    assert quoted.text == sample.QUOTES["uk"]
    assert (quoted.lang, quoted.lang_name) == ("uk", "Ukrainian")
    assert quoted.gloss == "Ruritania and Syldavia: signed on 19 February 2031"
    assert "Unofficial translation: not made yet." in " ".join(text.split())


def test_an_english_quotation_is_not_glossed(digest):
    """English in English says nothing more."""
    quoted = quotation_of(digest)

    assert (quoted.lang_name, quoted.gloss) == ("", "")


def test_every_quotation_on_the_page_bears_its_language(printed):
    """A screen reader reads Ukrainian with a Ukrainian voice, and Arabic runs from the right."""
    page = BeautifulSoup(printed(sample.busiest(), ".html"), "lxml")
    quotes = page.find_all("blockquote")

    assert {quote["lang"] for quote in quotes} == {"en", "de", "ja", "ar"}
    assert all(quote["dir"] == "auto" for quote in quotes)


def test_a_quotation_is_cut_to_what_the_licence_allows_and_says_so(digest):
    """Press text is under copyright: the cap of its source holds, beside its licence."""
    long = " ".join(f"word{number}" for number in range(100))
    quoted = quotation_of(digest, word=Word.PRESS, quote=long)

    assert quoted.text == " ".join(f"word{number}" for number in range(25)) + " […]"
    assert (quoted.cut, quoted.licence) == ("cut to 25 words", "All rights reserved")


def test_a_source_that_left_the_file_still_caps_the_quotation(digest):
    """No licence on record is no licence to reprint."""
    week = Week()
    week.tell(quote="word " * 200)
    quoted = digest(week, sources={}).quotations[0]

    assert (quoted.licence, quoted.cut) == ("not recorded", "cut to 60 words")


def test_characters_count_as_words_where_nothing_separates_words():
    """A cap of five words must cut Japanese too."""
    assert cut("本日、両国政府は署名した", 5) == "本日、両国 […]"


def test_a_page_read_over_plain_http_is_marked(digest):
    """Anybody on the way could have written it."""
    week = Week()
    week.tell(url="http://qs.example/news")
    made = digest(week)

    assert made.quotations[0].caution == "read over plain http, unauthenticated"
    assert made.concluded[0].source.caution == "read over plain http, unauthenticated"


def test_the_text_goes_before_a_release_and_english_before_another_language(digest):
    """Readers get the side's best page, not its first."""
    week = Week()
    change = week.tell("QS", lang="de")
    german = week.findings[change.evidence[0]]
    english = replace(german, id="f-english", lang="en", url="https://qs.example/en")
    text = replace(german, id="f-text", basis=Basis.TEXT, url="https://qs.example/text")
    week.findings |= {each.id: each for each in (english, text)}
    week.told[0] = replace(change, evidence=(german.id, english.id))
    in_english = digest(week).quotations
    week.told[0] = replace(change, evidence=(german.id, english.id, text.id))
    with_text = digest(week).quotations

    assert [quoted.lang for quoted in in_english] == ["en"]
    assert [quoted.page.url for quoted in with_text] == ["https://qs.example/text"]


def test_links_of_one_publisher_are_told_apart(digest):
    """Three links called the same cannot be told apart by a screen reader."""
    week = Week()
    for party, day in (("QS", 18), ("QT", 19), ("QU", 19)):
        week.tell(party, date(2031, 2, day), publisher="President of Ruritania", word=Word.ONE)
    made = digest(week)

    assert [row.source.links[0].text for row in made.concluded] == [
        "President of Ruritania, 18 February 2031",
        "President of Ruritania on Syldavia, 19 February 2031",
        "President of Ruritania on Freedonia, 19 February 2031",
    ]


def test_a_person_who_entered_it_is_named(digest):
    """It counts as confirmed, and is printed as what it is."""
    week = Week()
    change = week.tell("QS", word=Word.PERSON, publisher="B. Librarian")
    finding = week.findings[change.evidence[0]]
    week.findings[finding.id] = replace(finding, basis=Basis.PERSON)
    row = digest(week).concluded[0]

    assert (row.source.words, row.source.links[0].text) == ("Entered by a person", "B. Librarian")

"""Quotations: in their language, cut to their licence, with all that is needed to check them."""

from dataclasses import replace
from datetime import date

from bs4 import BeautifulSoup

from monitor.model import Basis, ChangeKind, PartialDate, Stage, Word
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

    assert quoted.lines == (sample.QUOTES["uk"],)
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

    assert quoted.lines == (" ".join(f"word{number}" for number in range(25)) + " […]",)
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
    """Three links called the same cannot be told apart by a screen reader: the pages' first words can."""
    week = Week()
    for party, day in (("QS", 18), ("QT", 19), ("QU", 19)):
        week.tell(party, date(2031, 2, day), publisher="President of Ruritania", word=Word.ONE)
    made = digest(week)

    assert [(row.source.links[0].text, row.source.links[0].title) for row in made.concluded] == [
        ("President of Ruritania", "Borduria: Agreement on security cooperation"),
        ("President of Ruritania", "Syldavia: Agreement on security cooperation"),
        ("President of Ruritania", "Freedonia: Agreement on security cooperation"),
    ]


def test_links_to_pages_of_one_title_are_told_apart_by_their_day(digest):
    """A publisher that calls every page "Statement" is told apart by the day, then by a number."""
    week = Week()
    for day, url in ((18, "a"), (19, "b"), (19, "c")):
        week.tell("QS", date(2031, 2, day), url=f"https://qs.example/{url}")
    links = [row.source.links[0] for row in digest(week).concluded]

    assert [link.aside for link in links] == [
        "18 February 2031",
        "19 February 2031, page 1",
        "19 February 2031, page 2",
    ]


def test_a_foreign_title_in_a_link_bears_its_language(digest):
    """A screen reader reads the first words of a Ukrainian page with a Ukrainian voice."""
    week = Week()
    for url in ("a", "b"):
        week.tell("QT", lang="uk", title=f"Угода {url}", url=f"https://qt.example/{url}")

    assert {row.source.links[0].lang for row in digest(week).concluded} == {"uk"}


def test_a_registers_fields_stand_on_lines_of_their_own(digest, printed):
    """Title, parties and date run together are hard to check; the words stay the register's own."""
    week = Week()
    week.tell("QS", quote="title: An Agreement\nsigned: 2031-02-19T00:00:00")

    assert digest(week).quotations[0].lines == ("title: An Agreement", "signed: 2031-02-19T00:00:00")
    page = BeautifulSoup(printed(week, ".html"), "lxml")
    assert list(page.blockquote.stripped_strings) == ["title: An Agreement", "signed: 2031-02-19T00:00:00"]


def test_a_cap_cuts_a_long_title_before_the_date_beside_it(digest):
    """The date is what the quotation is for."""
    week = Week()
    title = "title: " + " ".join(f"word{number}" for number in range(100))
    week.tell("QS", word=Word.PRESS, quote=f"{title}\nsigned: 19 February 2031")
    quoted = digest(week).quotations[0]

    assert quoted.lines[1] == "signed: 19 February 2031"
    assert quoted.lines[0].endswith("word19 […]")


def test_a_contradiction_shows_both_registers_of_one_government(digest):
    """Two registers that agree against the edition are worth more than one: both are linked and quoted."""
    week = Week()
    change = week.tell("QS", word=Word.ONE, kind=ChangeKind.DISCREPANCY, field="date", publisher="Register A")
    first = week.findings[change.evidence[0]]
    second = replace(first, id="f-b", publisher="Register B", url="https://qs.example/b")
    week.findings[second.id] = second
    week.told[0] = replace(change, evidence=(first.id, second.id))
    made = digest(week)

    assert [link.text for link in made.contradictions[0].source.links] == ["Register A", "Register B"]
    assert [quoted.publisher for quoted in made.quotations] == ["Register A", "Register B"]


def test_the_quotation_gives_the_day_that_is_told(digest):
    """Of one voice's pages the one that carries what the row says is quoted, not the first."""
    week = Week()
    change = week.tell("QS", date(2031, 2, 19))
    right = week.findings[change.evidence[0]]
    other = replace(
        right, id="f-other", date=PartialDate.day(date(2031, 2, 12)), url="https://qs.example/other"
    )
    week.findings[other.id] = other
    week.told[0] = replace(change, evidence=(other.id, right.id))

    assert [quoted.page.url for quoted in digest(week).quotations] == [right.url]


def test_a_later_stage_is_quoted_too(digest):
    """ "In force since" is a claim of its own: nothing is claimed without a quotation."""
    week = Week()
    change = week.tell("QS")
    signed = week.findings[change.evidence[0]]
    in_force = replace(signed, id="f-force", stage=Stage.IN_FORCE, url="https://qs.example/force")
    week.findings[in_force.id] = in_force
    week.told[0] = replace(change, evidence=(signed.id, in_force.id))

    assert [quoted.page.url for quoted in digest(week).quotations] == [signed.url, in_force.url]


def test_a_person_who_entered_it_is_named(digest):
    """It counts as confirmed, and is printed as what it is."""
    week = Week()
    change = week.tell("QS", word=Word.PERSON, publisher="B. Librarian")
    finding = week.findings[change.evidence[0]]
    week.findings[finding.id] = replace(finding, basis=Basis.PERSON)
    row = digest(week).concluded[0]

    assert (row.source.words, row.source.links[0].text) == ("Entered by a person", "B. Librarian")


def test_a_page_on_the_talks_before_stands_behind_no_signing(digest):
    """A row that says "Text read" must not link the announcement that negotiations had begun."""
    week = Week()
    change = week.tell("QS", word=Word.BOTH)
    (key,) = [each for each in change.evidence if each.endswith("QR")]
    week.findings[key] = replace(week.findings[key], stage=Stage.NEGOTIATING)
    made = digest(week)

    assert [link.text for link in made.concluded[0].source.links] == ["Government of Borduria"]

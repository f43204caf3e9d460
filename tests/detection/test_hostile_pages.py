"""Pages that say no, say it twice, or say it of others; guard/hostile.jsonl has more. All are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.model import Stage

from .conftest import page


def told(detection):
    """Return stage and sides of each finding."""
    return [(finding.stage, finding.sides) for finding in detection.findings]


def titles(detection):
    """Return the titles of the agreements that are told as concluded."""
    return [finding.title for finding in detection.findings if finding.stage is Stage.CONCLUDED]


def test_a_retraction_names_the_pair_it_takes_back(read) -> None:
    """Without a finding the claim of the page's older version would stand for good."""
    found = read(
        "Correction: no agreement was signed",
        "Latvia and Moldova did not sign the agreement on rail freight. An earlier version said so in error.",
    )
    assert told(found) == [(Stage.DECLINED, ("LV", "MD"))]


def test_a_denial_of_several_names_each(read) -> None:
    """One of them may be what another page claimed."""
    found = read(
        "Ministry denies reports",
        "The ministry denied that Latvia and Moldova had signed an agreement on rail.",
        "It also denied that Latvia and Georgia had signed a memorandum on schools.",
    )
    assert told(found) == [(Stage.DECLINED, ("LV", "MD")), (Stage.DECLINED, ("GE", "LV"))]


def test_partners_that_are_only_recalled_are_no_sides_of_plans(read) -> None:
    """A page about new talks often lists the old agreements."""
    found = read(
        "More agreements with Ukraine are prepared",
        "Four further agreements are being prepared.",
        "He recalled that last year agreements were signed with Latvia and Moldova.",
        official=False,
    )
    assert all(stage is not Stage.CONCLUDED for stage, _ in told(found))
    assert not any("LV" in sides or "MD" in sides for _, sides in told(found))


@pytest.mark.parametrize(
    ("published", "signed"),
    [(date(2031, 6, 22), "2031-06-22"), (date(2099, 2, 21), None)],
    ids=["tomorrow-elsewhere", "far-ahead"],
)
def test_no_day_of_signing_lies_ahead_of_its_reading(detector, published, signed) -> None:
    """A feed's wrong year would be told as the day of signing."""
    document = page("Rail", "Today Latvia and Moldova signed an agreement on rail.", published=published)
    read_at = replace(document, retrieved=datetime(2031, 6, 20, 9, tzinfo=UTC))
    [finding] = detector.detect(read_at).findings
    assert (finding.date.iso if finding.date else None) == signed


def test_a_second_instrument_is_told_by_also(read) -> None:
    """ "They" are the sides of the sentence before."""
    found = read(
        "Ceremony in Riga",
        "The ministers of Latvia and Moldova signed the Agreement on Rail Freight on 18 June 2031. "
        "They also signed a memorandum on schools.",
    )
    assert titles(found) == ["Agreement on Rail Freight", "memorandum on schools"]
    assert {each.date.iso for each in found.findings} == {"2031-06-18"}


def test_the_same_instrument_again_is_one(read) -> None:
    """An agreement told twice is worse than one left inside another."""
    found = read(
        "Ceremony in Riga",
        "The ministers of Latvia and Moldova signed the Agreement on Rail Freight on 18 June 2031. "
        "The heads of the railways also signed the agreement.",
    )
    assert len(titles(found)) == 1


@pytest.mark.parametrize(
    ("lang", "title", "body", "last", "place"),
    [
        ("en", "Agreement on Rail between Austria and Georgia",
         "The Parties, hereinafter X, agreed as follows.",
         "Done at Vienna, this 6th day of May 2031.", "Vienna"),
        ("nb", "Avtale om fiske mellom Norge og Danmark",
         "Deltakerne er blitt enige om følgende. Artikkel 1.",
         "Undertegnet i København 6. mai 2031.", "København"),
        ("uk", "Угода про дороги між Україною та Австрією", "Сторони домовилися про таке. Стаття 1.",
         "Укладено в Києві 6 травня 2031 року.", "Київ"),
        ("de", "Abkommen über Straßen zwischen Österreich und Georgien", "Die Vertragsparteien. Artikel 1.",
         "Geschehen zu Wien am 6. Mai 2031.", "Wien"),
    ],
    ids=["en", "nb", "uk", "de"],
)  # fmt: skip
def test_the_last_line_dates_a_text(read, lang, title, body, last, place) -> None:
    """A treaty's text carries its day nowhere else."""
    [finding] = read(title, body, last, lang=lang, published=None).findings
    assert [(each.date.iso, each.place) for each in finding.signed] == [("2031-05-06", place)]


@pytest.mark.parametrize(
    ("lang", "text", "title"),
    [
        ("en", "Austria and Georgia signed in Graz the ten-year Agreement on Roads in Vienna on 6 May 2031.",
         "ten-year Agreement on Roads"),
        ("en", "This page has the text of the Agreement on Roads of Austria and Georgia, signed today.",
         "Agreement on Roads of Austria and Georgia"),
        ("uk", "Україна та Австрія підписали в Харкові угоду про дороги 6 травня 2031 року.",
         "угоду про дороги"),
        ("nl", "Nederland en België tekenden in Maastricht een overeenkomst over wegen op 6 mei 2031.",
         "overeenkomst over wegen"),
        ("es", "España y Perú firmaron en Madrid el acuerdo de carreteras el 6 de mayo de 2031.",
         "acuerdo de carreteras"),
        ("fr", "La France et l'Italie ont signé à Nice un accord sur les routes le 6 mai 2031.",
         "accord sur les routes"),
        ("ja", "2031年5月6日、東京において、日本とインドの外務大臣は航空協定に署名しました。", "航空協定"),
    ],
    ids=["en-place-behind", "en-verb-before", "uk", "nl", "es", "fr", "ja"],
)  # fmt: skip
def test_titles_hold_no_article_place_or_date(read, lang, text, title) -> None:
    """Readers are shown the title as the agreement's name."""
    assert titles(read("News", text, lang=lang, published=date(2031, 5, 7))) == [title]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Austria and Georgia signed an agreement on roads today. It remains valid for ten years."),
        ("de", "Österreich und Georgien unterzeichneten heute ein Abkommen. Es gilt zehn Jahre."),
        ("uk", "Україна та Австрія сьогодні підписали угоду про дороги. Вона діятиме десять років."),
    ],
    ids=["en", "de", "uk"],
)
def test_a_length_may_stand_in_a_sentence_of_its_own(read, lang, text) -> None:
    """ "It" is the agreement."""
    [finding] = read("News", text, lang=lang).findings
    assert finding.duration == "P10Y"

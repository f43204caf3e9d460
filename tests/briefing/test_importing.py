"""A published paper becomes a briefing folder; data/paper.txt is written for these tests."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from monitor.briefing import parse_briefing
from monitor.briefing.importing import import_paper
from monitor.errors import ConfigError
from monitor.files import load_yaml
from monitor.model import CountOf, DateOf, Source, SourceKind, Stage, Unit
from monitor.model import DependsOn as D

PAPER = (Path(__file__).parent / "data" / "paper.txt").read_text(encoding="utf-8")
PARTIES = {
    "Ruritania": "XA",
    "Borduria": "XB",
    "Syldavia": "XC",
    "Norland": "XD",
    "Sudland": "XE",
    "Westland": "XF",
    "Eastland": "XG",
}


def parties_in(text):
    """The invented countries that a text names, in order."""
    places = sorted((text.find(name), code) for name, code in PARTIES.items() if name in text)
    return tuple(code for _, code in places)


@pytest.fixture
def imported(tmp_path):
    """Import a paper as the command line does, by way of the written file."""

    def run(text=PAPER, name="paper.txt", **options):
        result = import_paper(text.encode(), name, parties_in=parties_in, **options)
        path = tmp_path / "briefing.yaml"
        path.write_text(result.yaml, encoding="utf-8")
        file = load_yaml(path)
        return result, file.data, parse_briefing(file.data, file.line_of, "briefing.yaml", result.text)

    return run


@pytest.fixture
def edition(imported):
    """The example paper, imported once."""
    return imported()[2]


def _texts(edition, unit, section=None):
    return [each.text for each in edition.statements if each.unit is unit and section in (None, each.section)]


def test_the_front_page_is_read_and_left_out(edition):
    """Number, day and title are facts of the paper, not statements."""
    assert (edition.reference, edition.title) == ("4711", "Security pacts of Ruritania")
    assert (edition.as_of.isoformat(), edition.published.isoformat()) == ("2031-02-01", "2031-02-01")


def test_page_furniture_is_gone(imported):
    """Running heads, contents and end matter say nothing about the world."""
    result, _, edition = imported()

    for furniture in ("Commons Library Research", "By A Writer", "Nothing here is advice", "Summary\t1"):
        assert furniture not in result.text
    assert Counter(_texts(edition, Unit.HEADING))["Security pacts of Ruritania"] == 1


def test_headings_have_their_numbers_and_places(edition):
    """The contents know most headings; one that they lack is known by its look."""
    outline = [(each.title, each.number, each.parent) for each in edition.sections]

    assert outline == [
        ("Security pacts of Ruritania", "", ""),
        ("Summary", "", ""),
        ("What did the allies promise?", "1", ""),
        ("How long the pacts run", "", "s1"),
        ("Who has signed?", "2", ""),
        ("What about the other Q5 countries?", "", "s2"),
    ]


@pytest.mark.parametrize(
    "whole",
    [
        "They will hold ministers to their word until the last pact ends.",
        "The ten-year rule of the allies holds.",
        "a pact lasts as long as the will behind it, and not a day longer than the people wish.",
    ],
)
def test_what_footnotes_cut_in_two_is_whole(edition, whole):
    """A sentence or quotation across a page break is one unit."""
    assert whole in [each.text for each in edition.statements]


def test_a_link_that_was_cut_is_one_link(imported):
    """Its two halves lead to one page."""
    assert "[ten-year rule of the allies](#)" in imported()[0].text


def test_quotations_keep_whose_they_are(edition):
    """The line below an epigraph belongs to it; "said that:" introduces the other."""
    assert _texts(edition, Unit.QUOTATION) == [
        "“A pact is more than paper”. The Chancellor, 2 January 2030",
        "a pact lasts as long as the will behind it, and not a day longer than the people wish.",
    ]


def test_items_are_units(edition):
    """Nested items too."""
    assert _texts(edition, Unit.ITEM) == [
        "to train Ruritanian forces, which includes:",
        "drills at sea",
        "drills on land.",
        "to rebuild.",
    ]


def test_an_abbreviation_ends_no_sentence(edition):
    """ "Mr. Black" is one man."""
    assert "Mr. Black of Norland said that:" in _texts(edition, Unit.SENTENCE)


def test_every_note_is_tied_to_its_mark(edition):
    """Nine notes, each marked by exactly one statement."""
    marked = {note: each.text for each in edition.statements for note in each.notes}

    assert sorted(marked) == list(range(1, 10))
    assert marked[3] == "drills on land."
    assert marked[4].endswith("the people wish.")


def test_notes_are_split_into_their_citations(edition):
    """Each paper is addressable, whatever stands around it."""
    cited = [
        (each.note, each.publisher, each.title, each.date.iso if each.date else "", each.pinpoint)
        for each in edition.citations
    ]

    assert cited == [
        (1, "Chancellery", "Press release", "2030-01-01", ""),
        (2, "House of Commons", "Pacts", "2030-07-13", "c493"),
        (3, "House of Commons Library", "How pacts work", "2029-06", ""),
        (4, "Daily Gazette", "Ministers speak", "2031-01-03", ""),
        (5, "", "Security Pact between Borduria and Ruritania", "2031-01-05", "Part II, para.3"),
        (6, "Foreign Office", "The Strelsau Declaration", "", ""),
        (7, "", "Norland", "2030-08", ""),
        (7, "", "Sudland", "2030-08", ""),
        (7, "", "Westland", "2030-10", ""),
        (8, "Foreign Office", "Press release", "2031-01-16", ""),
        (9, "Daily Gazette", "Eastland and Ruritania open security talks", "2030-10-28", ""),
        (9, "Chancellery", "Press release", "2031-01-10", ""),
        (9, "Chancellery", "Press release", "2031-01-14", ""),
    ]
    assert edition.citation("strelsau-declaration").accessed.iso == "2031-01-16"
    assert [each.note for each in edition.citations if each.pdf] == [5]
    assert [each.note for each in edition.citations if each.press] == [4, 9]


def test_citations_without_links_are_split_too(imported):
    """A PDF's text, or a page whose links were lost, still names its papers."""
    bare = re.sub(r"\[([^\]]*)\]\(#\)", r"\1", PAPER.replace("\\", ""))
    _, _, linked = imported()
    _, _, unlinked = imported(bare)

    def papers(edition):
        return [
            (each.note, each.publisher, each.title, each.date, each.pinpoint) for each in edition.citations
        ]

    assert papers(unlinked) == papers(linked)


def test_what_was_concluded(edition):
    """The same fact in the summary and in its section is one entry."""
    entries = {each.id: each for each in edition.entries if each.stage is Stage.CONCLUDED}

    assert {(name, each.date.iso, each.in_series) for name, each in entries.items()} == {
        ("xb-security", "2031-01-05", True),
        ("xc-security", "2031-01-20", True),
        ("xb-memorandum-understanding-defence", "2016-03", False),
    }
    assert entries["xb-security"].statements == ("summary.2", "s2.1")
    assert entries["xb-security"].duration == "P10Y"
    assert entries["xb-security"].title == "Security Pact between Borduria and Ruritania"


def test_who_negotiates_since_when(edition):
    """Dates are of what the text says: the opening, the draft, the article; none is lent to another."""
    talks = {each.id: each for each in edition.entries if each.stage is Stage.NEGOTIATING}

    assert {(name, each.date.iso, each.date_of) for name, each in talks.items()} == {
        ("xd-talks", "2030-08", DateOf.TALKS_OPENED),
        ("xe-talks", "2030-08", DateOf.TALKS_OPENED),
        ("xf-talks", "2030-10", DateOf.TALKS_OPENED),
        ("xd-draft", "2031-01-15", DateOf.DRAFT_PRESENTED),
        ("xg-talks", "2030-10-28", DateOf.REPORTED),
    }
    assert all("chancellery-2031" not in name for each in talks.values() for name in each.citations)


def test_what_each_statement_depends_on(edition):
    """By what it says, not by whom it names."""
    depends = {
        each.text[:24]: {(on.on, on.ref, on.parties) for on in each.depends_on} for each in edition.statements
    }

    assert (D.SERIES, "", ()) in depends["Syldavia followed suit o"]
    assert (D.SERIES, "", ("XD", "XE", "XF")) in depends["Syldavia concluded a sec"]
    assert depends["All the remaining Q5 cou"] == {(D.REMAINING, "", ("XD", "XE", "XF"))}
    assert depends["Norland presented a draf"] == {(D.ENTRY, "xd-draft", ()), (D.MOMENT, "xd-draft", ())}
    assert depends["In January the minister "] == {(D.MOMENT, "xd-draft", ())}
    assert depends["Outside the Q5, Eastland"] == {(D.ENTRY, "xg-talks", ())}
    assert depends["Borduria was the first c"] == {(D.FIRST, "first-xb", ()), (D.ENTRY, "xb-security", ())}
    assert depends["Members of the Q5 (Bordu"] == set()
    assert depends["“Eastland and Ruritania "] == set()


def test_a_count_has_its_subject(edition):
    """Signatures of a declaration are not agreements."""
    (count,) = edition.counts

    assert (count.value, count.of) == (30, CountOf.ADHERENTS)


def test_the_words_are_all_there(imported):
    """What is written again is what was read, but for the furniture."""
    result, _, _ = imported()
    again = import_paper(result.text.encode(), "paper.md", parties_in=parties_in, current=imported()[1])

    assert again.text == result.text


def test_a_second_import_changes_nothing(imported):
    """The same paper says the same."""
    first, data, _ = imported()
    second, _, _ = imported(current=data, base=first.proposed)

    assert (second.yaml, second.changes) == (first.yaml, ())


def test_what_a_person_corrected_survives(imported):
    """Three versions meet: the last proposal, the file, and the paper."""
    first, data, _ = imported()
    entries = {each["id"]: each for each in data["entries"]}
    entries["xb-security"]["title"] = "The Borduria Pact"
    data["entries"] = [each for each in data["entries"] if each["id"] != "xg-talks"]
    for each in data["statements"]:
        if each["text"].startswith("Syldavia followed"):
            each["depends_on"] = [{"on": "outside", "ref": "history"}]
        each["depends_on"] = [on for on in each.get("depends_on", []) if on.get("ref") != "xg-talks"]
    _, _, edition = imported(PAPER.replace("drills at sea", "exercises"), current=data, base=first.proposed)

    assert edition.entry("xb-security").title == "The Borduria Pact"
    assert edition.entry("xg-talks") is None, "a proposal that was removed is not made again"
    (followed,) = [each for each in edition.statements if each.text.startswith("Syldavia followed")]
    assert [on.on for on in followed.depends_on] == [D.OUTSIDE]
    assert "exercises" in _texts(edition, Unit.ITEM)


def test_the_ids_of_statements_survive_an_insertion(imported):
    """A sentence keeps its id when another is put before it; the new one gets a new id."""
    first, data, before = imported()
    longer = PAPER.replace("Syldavia followed suit", "Much was said since. Syldavia followed suit")
    result, _, after = imported(longer, current=data, base=first.proposed)
    ids = {each.text: each.id for each in before.statements}

    assert all(each.id == ids[each.text] for each in after.statements if each.text in ids)
    (new,) = [each for each in after.statements if each.text == "Much was said since."]
    assert new.id not in ids.values()
    assert any("Much was said since." in line for line in result.changes)


def test_citations_keep_their_ids_when_notes_are_renumbered(imported):
    """A citation is the same paper in whichever note it stands."""
    first, data, before = imported()
    moved = PAPER.replace("promised pacts.¹", "promised pacts.").replace(
        "¹ Chancellery, [Press release](#), 1 January 2030\n\n", ""
    )
    for old, new in zip("²³⁴⁵⁶⁷⁸⁹", "¹²³⁴⁵⁶⁷⁸", strict=True):
        moved = moved.replace(old, new)
    _, _, after = imported(moved, current=data, base=first.proposed)

    notes = {each.id: each.note for each in before.citations}
    assert {each.id: each.note + 1 for each in after.citations} == {
        name: note for name, note in notes.items() if note > 1
    }


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        pytest.param(PAPER, "paper.odt", "cannot import .odt files", id="unknown-kind"),
        pytest.param(PAPER.replace("1 February 2031\n", ""), "paper.txt", "give --as-of", id="no-day"),
        pytest.param(
            "1 May 2031\n\nTitle\n\nSummary\n\nNobody is named here.", "p.txt", "names no party", id="nobody"
        ),
    ],
)
def test_what_cannot_be_imported_is_said(imported, text, name, message):
    """One clear sentence, and what to do."""
    with pytest.raises(ConfigError, match=message):
        imported(text, name)


def test_bytes_that_are_no_text_are_refused():
    """A file in another encoding would come in with broken names."""
    with pytest.raises(ConfigError, match="not UTF-8"):
        import_paper("Größe".encode("latin-1"), "paper.txt", parties_in=parties_in)


def _source(name, publisher, url="https://elsewhere.example/feed", **values):
    return Source(name, SourceKind.FEED, publisher, url, "en", **values)


def test_sources_are_proposed_for_citations(imported):
    """By the source's own entry, then by its publisher; what nothing covers is named with its notes."""
    sources = (
        _source("chancellery-visits", "Chancellery (visits)"),
        _source("chancellery-press", "Chancellery (press releases)"),
        _source("gazette", "Daily Gazette", official=False),
        _source("office", "Office of the Prince", citations=("res-12/strelsau-declaration",)),
    )
    result, _, edition = imported(sources=sources, briefing_id="res-12")
    found = {each.note: each.source for each in edition.citations}

    assert (found[1], found[4], found[6], found[2]) == ("chancellery-press", "gazette", "office", None)
    assert "no source for House of Commons (note 2)" in result.without_source


@pytest.mark.parametrize(
    ("note", "source", "found"),
    [
        pytest.param("HC Deb 6 May 2030, [Pacts](#), c9", ("debates", "Parliament (Hansard)"), "debates"),
        pytest.param("Downing Street, [Release](#), 6 May 2030", ("pm", "Prime Minister’s Office"), "pm"),
        pytest.param("[ABC-Zenda Charter](#), 6 May 2030", ("abc", "ABC (news)"), "abc", id="named-first"),
        pytest.param(
            "[Zenda Charter](#), 6 May 2030", ("zenda", "Zenda (news)"), None, id="a-country-named-first"
        ),
    ],
)
def test_who_publishes_under_another_name(imported, note, source, found):
    """A debate is in Hansard, whatever the footnote calls it."""
    paper = f"# Pacts of Ruritania\n\n## Summary\n\nTalks go on.[^1]\n\n[^1]: {note}\n"
    _, _, edition = imported(paper, "paper.md", sources=(_source(*source),), as_of=date(2030, 6, 1))

    assert [each.source for each in edition.citations] == [found]


def test_the_watched_page_of_a_paper_is_its_source(imported):
    """The text of an agreement is cited without a publisher."""
    paper = (
        "# Pacts of Ruritania\n\n## Summary\n\nTalks go on.[^1]\n\n[^1]: [Pact on Cooperation](#), part II\n"
    )
    page = Source(
        "page", SourceKind.PAGE, "Government (site, Pact on Co-operation)", "https://g.example", "en"
    )
    _, _, edition = imported(paper, "paper.md", sources=(page,), as_of=date(2030, 6, 1))

    assert [each.source for each in edition.citations] == ["page"]


def test_a_second_import_proposes_by_what_people_corrected(imported):
    """The id and publisher of a citation may be a person's; a source that they took out stays out."""
    paper = "# Pacts of Ruritania\n\n## Summary\n\nTalks go on.[^1]\n\n[^1]: [Charter](#), 6 May 2030\n"
    made, data, _ = imported(paper, "paper.md", as_of=date(2030, 6, 1))
    data["citations"][0]["publisher"] = "Chancellery"
    options = {"sources": (_source("chancellery", "Chancellery"),), "as_of": date(2030, 6, 1)}
    second, data, edition = imported(paper, "paper.md", current=data, base=made.proposed, **options)
    del data["citations"][0]["source"]
    _, _, third = imported(paper, "paper.md", current=data, base=second.proposed, **options)

    assert [each.source for each in (*edition.citations, *third.citations)] == ["chancellery", None]


def test_a_site_says_more_than_a_publishers_name(imported):
    """A ministry's paper may stand on the government's site, and a change shows there."""
    note = "[^1]: Chancellery, [Talks](https://gov.example/1), 6 May 2030"
    paper = f"# Pacts of Ruritania\n\n## Summary\n\nTalks go on.[^1]\n\n{note}\n"
    sources = (
        _source("chancellery", "Chancellery"),
        _source("gov", "Government", "https://gov.example/feed"),
    )
    _, _, edition = imported(paper, "paper.md", sources=sources, as_of=date(2030, 6, 1))

    assert [each.source for each in edition.citations] == ["gov"]


def test_a_paper_on_a_known_series_follows_it(imported, make_topic):
    """Two papers on one series: what a person says of the series holds for both."""
    known = make_topic()
    _, _, edition = imported(topics=(known,))

    assert edition.topic == known

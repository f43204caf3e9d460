"""The redline: rejected it is the text as it stands, accepted the text as proposed, in every form."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from monitor.briefing.importing.blocks import words_of
from monitor.briefing.importing.from_docx import blocks_of_docx
from monitor.briefing.redline import as_docx, as_html, as_markdown, beside, mark_up, plain_words
from monitor.briefing.wording import Clause, Proposal
from monitor.model import Basis, How, Section, Statement, Unit

TEXT = """\
# Pacts

## 1 Who has signed?

Syldavia signed.[^1] Talks with Borduria go on.[^2] Much else is <said>.[^3]

- an aim

> A pact is [more](https://c.example/more) than paper.

[^1]: Gazette, [Pacts](https://g.example/1), 6 May 2030
[^2]: Only a note on talks.
[^3]: The last note.
"""
MADE = datetime(2031, 5, 31, 12, tzinfo=UTC)
T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def edition(make_edition):
    """What TEXT says, as statements."""
    texts = ["Syldavia signed.", "Talks with Borduria go on.", "Much else is <said>."]
    statements = [
        Statement(f"s.{at}", "s", Unit.SENTENCE, text, notes=(at,)) for at, text in enumerate(texts, start=1)
    ]
    return make_edition(statements=tuple(statements), sections=(Section("s", "Who has signed?", "1"),))


def _proposal(
    statement_id, text, *, deletes=False, notes=("C, [Pact & more](https://c.example/?a=1&b=2), 2031",)
):
    clauses = (Clause(text, ("f-1",)),) if text else ()
    notes = notes if text else ()
    return Proposal(f"w-{statement_id}", statement_id, How.SUPERSEDED, deletes, clauses, notes, ("c-1",))


@pytest.fixture
def redline(edition):
    """An addition after the first sentence, another text for the second."""
    proposals = [
        _proposal("s.1", "Norland (1 May 2031) has since signed."),
        _proposal("s.2", "Borduria signed <the> pact.", deletes=True),
    ]
    return mark_up(edition, TEXT, proposals, {"w-s.1": "Because\nof a “quotation”.", "w-s.2": "Why."})


def test_accepted_and_rejected(redline):
    """Nothing but what is proposed differs."""
    assert plain_words(redline, accepted=False).splitlines()[1] == (
        "Syldavia signed. Talks with Borduria go on. Much else is <said>."
    )
    assert plain_words(redline, accepted=True).splitlines()[1] == (
        "Syldavia signed. Norland (1 May 2031) has since signed. Borduria signed <the> pact. "
        "Much else is <said>."
    )


def test_footnotes_are_numbered_as_they_will_be(redline):
    """One came in before the second, which goes; the third moves up one place."""
    numbers = [(note.number, note.text[:12]) for note in redline.notes]

    assert numbers == [
        (1, "Gazette, [Pa"),
        (2, "C, [Pact & m"),
        (None, "Only a note "),
        (3, "C, [Pact & m"),
        (4, "The last not"),
    ]


def test_a_deletion_leaves_no_gap(edition):
    """Two spaces in a row are the trace of a careless editor."""
    accepted = plain_words(mark_up(edition, TEXT, [_proposal("s.2", "", deletes=True)], {}), accepted=True)

    assert "Syldavia signed. Much else is <said>." in accepted


def test_nothing_proposed_is_the_text_itself(edition):
    """The redline of a briefing that is right has no marks."""
    redline = mark_up(edition, TEXT, [], {})

    assert as_markdown(redline).count("{") == 0
    assert plain_words(redline, accepted=True) == plain_words(redline, accepted=False)


def test_markdown_is_critic_markup(redline):
    """It can be accepted or rejected by machine."""
    text = as_markdown(redline)
    accepted = re.sub(
        r"\{--.*?--\}", "", re.sub(r"\{\+\+(.*?)\+\+\}", r"\1", text, flags=re.DOTALL), flags=re.DOTALL
    )

    assert "{++ Norland (1 May 2031) has since signed.[^2]++}" in text
    assert "{--Talks with Borduria go on.[^old-2]--}" in text
    assert re.findall(r"\[\^(\d+)\](?!:)", accepted) == ["1", "2", "3", "4"]


class _Page(HTMLParser):
    """The page's visible text without what is deleted, and how its tags nest."""

    def __init__(self):
        super().__init__()
        self.open, self.words, self.ids, self.targets, self.faults = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta",):
            self.open.append(tag)
        self.ids += [value for key, value in attrs if key == "id"]
        self.targets += [value for key, value in attrs if key == "href"]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        self.words.append(data)


def test_the_page_says_in_words_what_changed(redline):
    """Colour alone tells a screen reader nothing; every mark leads to its note and back."""
    page = _Page()
    page.feed(as_html(redline))
    text = "".join(page.words)

    assert (page.faults, page.open) == ([], [])
    assert "[inserted: Norland (1 May 2031) has since signed." in text
    assert "[deleted: Talks with Borduria go on." in text
    assert "Much else is <said>." in text
    assert {target[1:] for target in page.targets if target.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def _parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        # our own file, written a moment ago
        return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist()}  # noqa: S314


def _words(element, unwanted):
    if element.tag == W + unwanted:
        return ""
    own = element.text or "" if element.tag in (W + "t", W + "delText") else ""
    return own + "".join(_words(child, unwanted) for child in element)


@pytest.mark.parametrize("accepted", [True, False], ids=["accepted", "rejected"])
def test_tracked_changes_of_the_word_document(redline, accepted):
    """Accepted they equal the proposed text, rejected the original."""
    document = _parts(as_docx(redline, author="A & B", made=MADE))["word/document.xml"]
    paragraphs = [_words(each, "del" if accepted else "ins") for each in document.iter(W + "p")]

    expected = ["Pacts", *plain_words(redline, accepted=accepted).splitlines()]
    expected[1] = "1 " + expected[1]
    assert [" ".join(each.split()) for each in paragraphs] == expected


def test_the_word_document_is_whole(redline):
    """Every mark has its footnote, every comment its range; changes have ids and name their author."""
    parts = _parts(as_docx(redline, author="A & B", made=MADE))
    document, notes = parts["word/document.xml"], parts["word/footnotes.xml"]
    marks = [each.get(W + "id") for each in document.iter(W + "footnoteReference")]
    stored = [each.get(W + "id") for each in notes.iter(W + "footnote") if each.get(W + "type") is None]
    changes = [
        *document.iter(W + "ins"),
        *document.iter(W + "del"),
        *notes.iter(W + "ins"),
        *notes.iter(W + "del"),
    ]

    assert sorted(marks) == sorted(stored)
    assert len({each.get(W + "id") for each in changes}) == len(changes)
    assert {each.get(W + "author") for each in changes} == {"A & B"}
    assert len(list(document.iter(W + "commentReference"))) == 2
    assert len(list(parts["word/comments.xml"].iter(W + "comment"))) == 2


def test_the_same_redline_gives_the_same_bytes(redline):
    """A file that differs every time cannot be compared."""
    assert as_docx(redline, author="A", made=MADE) == as_docx(redline, author="A", made=MADE)


def test_it_comes_back_by_the_import(redline):
    """Read again, insertions count and deletions do not: the text as proposed."""
    blocks = blocks_of_docx(as_docx(redline, author="A", made=MADE))
    body = [words_of(each.text) for each in blocks if each.note is None]

    assert body[2] == plain_words(redline, accepted=True).splitlines()[1]
    assert [each.note for each in blocks if each.note] == [1, 2, 3, 4]


def test_what_stands_beside_it(make_finding):
    """The quotation in its language, where it is from, and what is in doubt."""
    finding = make_finding(
        "f-1", lang="de", quote="heute  unterzeichnet", publisher="Kanzlei", url="https://k.example"
    )
    text = beside(_proposal("s.1", "Signed."), {"f-1": finding})

    assert text.splitlines() == [
        "Overtaken by what happened since.",
        "“heute unterzeichnet” [de] (Kanzlei, https://k.example)",
    ]


def test_what_a_person_entered_stands_beside_it_in_words(make_finding):
    """Columns of a file are nothing to read; who entered it, and where they read it, is."""
    values = {"title": "Pact", "date": "2031-02-24", "place": "Zenda", "publisher": "Anna"}
    finding = make_finding("f-1", basis=Basis.PERSON, url="Gazette 7/2031", **values)

    assert beside(_proposal("s.1", "Signed."), {"f-1": finding}).splitlines()[1:] == [
        "Entered by Anna: Pact, 24 February 2031, Zenda (Gazette 7/2031)"
    ]


@pytest.fixture
def in_office(tmp_path):
    """A Word document as LibreOffice opens it: saved again as flat ODF."""

    def run(content):
        path = tmp_path / "redline.docx"
        path.write_bytes(content)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", "--headless", profile, "--convert-to", "fodt", "--outdir", str(tmp_path)]
        subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=100)
        return ElementTree.parse(tmp_path / "redline.fodt").getroot()  # noqa: S314 - written a moment ago

    return run


def _office_words(element, unwanted, within=None):
    """The running text without the tracked changes whose ids are ``unwanted``."""
    within = set() if within is None else within
    kind = element.tag.removeprefix(T)
    if kind in ("tracked-changes", "note") or element.tag.endswith("}annotation"):
        return ""
    if kind == "change-start":
        within.add(element.get(T + "change-id"))
    elif kind == "change-end":
        within.discard(element.get(T + "change-id"))
    words = "" if within & unwanted else (" " if kind == "s" else element.text or "")
    for child in element:
        words += _office_words(child, unwanted, within)
        words += "" if within & unwanted else child.tail or ""
    return words


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_it_is_the_same_document_in_libreoffice(redline, in_office):
    """Tracked changes are listed, accepted and rejected they are the two texts, every note has its words."""
    root = in_office(as_docx(redline, author="A & B", made=MADE))
    kinds = {"insertion": set(), "deletion": set()}
    for region in root.iter(T + "changed-region"):
        kinds[region[0].tag.removeprefix(T)].add(region.get(T + "id"))
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    notes = [" ".join("".join(each.itertext()).split()) for each in root.iter(T + "note-body")]

    assert all(kinds.values())
    assert {each.text for each in root.iter(DC + "creator")} == {"A & B"}
    assert len(list(root.iter(OFFICE + "annotation"))) == 2
    assert notes == [words_of(note.text) for note in redline.notes]
    for accepted in (True, False):
        unwanted = kinds["deletion" if accepted else "insertion"]
        paragraphs = [_office_words(each, unwanted) for each in body]
        expected = plain_words(redline, accepted=accepted)
        assert " ".join(" ".join(paragraphs).split()) == " ".join(f"Pacts 1 {expected}".split())


@pytest.mark.parametrize("first", [1, 2], ids=["on-the-first-sentence", "on-the-second"])
def test_no_comment_stands_between_the_first_two_footnotes(edition, first):
    """There it makes LibreOffice 7.4 mix up all footnotes; the comment says what it is on instead."""
    proposal = _proposal(f"s.{first}", "Norland has signed.", deletes=False)
    redline = mark_up(edition, TEXT, [proposal], {proposal.id: "Why."})
    parts = _parts(as_docx(redline, author="A", made=MADE))
    tags = [each.tag.removeprefix(W) for each in parts["word/document.xml"].iter()]
    order = [tag for tag in tags if tag in ("footnoteReference", "commentReference")]
    comment = "".join(each.text or "" for each in parts["word/comments.xml"].iter(W + "t"))

    assert order[:3] == (
        ["commentReference", "footnoteReference", "footnoteReference"]
        if first == 1
        else ["footnoteReference", "footnoteReference", "commentReference"]
    )
    assert comment == ("On “Norland has signed.”:Why." if first == 1 else "Why.")

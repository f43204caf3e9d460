"""A digest in its forms: the same bytes each time, within bounds, and safe from text and templates."""

import dataclasses
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from monitor.errors import ConfigError
from monitor.model import Audience
from monitor.reports import check_templates, compose, make_report, render
from monitor.reports.printing import MOST_BYTES
from tests.reports import sample
from tests.reports.test_escape import CANARIES


def test_rendering_again_gives_the_same_bytes(templates):
    """A crash between rendering and sending must not make a second, different mail."""
    once, again = (
        make_report(sample.busiest().material(), sample.occasion(), templates).renderings for _ in range(2)
    )

    assert once == again


def test_a_report_has_four_forms(templates):
    """A file for every taste: Markdown, a page, plain text, a mail."""
    report = make_report(sample.three().material(), sample.occasion(), templates)

    assert [form.suffix for form in report.renderings] == [".md", ".html", ".txt", ".eml"]
    assert report.dated == sample.UNTIL.date()
    assert set(report.changes) == {change.id for change in sample.three().told}


@pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
@pytest.mark.parametrize("text", CANARIES)
def test_hostile_text_reaches_no_form_alive(printed, suffix, text):
    """P7, D14: as title, quotation, publisher and place, in each form."""
    week = sample.Week()
    change = week.tell("QS", title=text, quote=text, place=text, publisher=text)
    week.told[0] = dataclasses.replace(change, version=text)
    out = printed(week, suffix, Audience.REVIEWERS)
    page = BeautifulSoup(out if suffix == ".html" else MarkdownIt("commonmark").render(out), "lxml")

    if suffix != ".txt":
        assert {link["href"] for link in page.find_all("a")} == {"https://qs.example/0-QS"}
        assert page.find_all(["img", "script", "iframe"]) == []
    assert not re.search("[\u2028\x0b]", out)


def test_the_shipped_styles_fetch_nothing(printed):
    """No remote image, font or style sheet: a reader's look at the mail is nobody's business."""
    page = printed(sample.busiest(), ".html", Audience.REVIEWERS)

    assert not re.search(r"<(img|link|script|iframe)|url\(|@import", page)


def test_a_broken_item_is_shown_as_failed_and_the_others_go_out(templates):
    """D8, by a template that raises for one item."""
    start = "{% macro concluded(r) %}"
    poison = "{% if r.party == 'Borduria' %}{{ r.nonsense }}{% endif %}"
    broken = {name: text.replace(start, start + poison) for name, text in templates.items()}
    report = make_report(sample.three().material(), sample.occasion(), broken)
    for suffix in (".md", ".html", ".txt"):
        text = report.rendering(suffix).content.decode()

        assert "could not be shown" in text
        assert "Syldavia" in text
        assert "nonsense" in text


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        pytest.param("digest.md.j2", "fine\n{% if %}", 2, id="syntax"),
        pytest.param("digest.txt.j2", "a\nb\n{{ d.no_such_field }}", 3, id="unknown-name"),
        pytest.param("digest.html.j2", "{{ d.lead.append('x') }}", 1, id="changes-a-value"),
        pytest.param("digest.md.j2", "{{ ''.__class__.__mro__ }}", 1, id="reaches-for-python"),
        pytest.param("digest.md.j2", "{{ d.lead.__class__.__base__.__subclasses__() }}", 1, id="escapes"),
        pytest.param("digest.md.j2", "\n{% include 'elsewhere.j2' %}", 2, id="missing-part"),
    ],
)
def test_a_fault_in_a_template_is_named_with_file_and_line(templates, name, text, line):
    """Somebody edits templates by hand; and a template is no way into the machine (K4)."""
    digest = compose(sample.one().material(), sample.occasion())

    with pytest.raises(ConfigError) as caught:
        render(digest, {**templates, name: text})
    assert [(problem.file, problem.line) for problem in caught.value.problems] == [
        (f"templates/{name}", line)
    ]


def test_all_broken_templates_are_named_at_once(templates):
    """At the start, not when the first digest is due."""
    broken = {**templates, "digest.md.j2": "{% if %}", "digest.txt.j2": "\n{{ x"}

    with pytest.raises(ConfigError) as caught:
        check_templates(broken)
    assert [problem.file for problem in caught.value.problems] == [
        "templates/digest.md.j2",
        "templates/digest.txt.j2",
    ]


def test_shipped_templates_compile(templates):
    """What ships works."""
    check_templates(templates)


def test_a_missing_template_says_what_to_do(templates):
    """A workspace without templates is a workspace to set up."""
    digest = compose(sample.one().material(), sample.occasion())
    without = {name: text for name, text in templates.items() if name != "digest.html.j2"}

    with pytest.raises(ConfigError, match="monitor init"):
        render(digest, without)


def test_templates_see_plain_values_only():
    """K4: no methods, no settings, no clock behind any attribute."""
    digest = compose(sample.busiest().material(), sample.occasion(Audience.REVIEWERS))

    def walk(value):
        if dataclasses.is_dataclass(value):
            names = {field.name for field in dataclasses.fields(value)}
            assert {name for name in dir(value) if not name.startswith("_")} == names
            for name in names:
                walk(getattr(value, name))
        elif isinstance(value, tuple):
            for each in value:
                walk(each)
        else:
            assert type(value) in (str, bool, int)

    walk(digest)


@pytest.mark.parametrize("count", [300, pytest.param(5_000, marks=pytest.mark.slow)])
def test_a_huge_digest_stays_mailable_and_counts_what_it_leaves_out(templates, count):
    """D15: mail programs cut at 102 KB; what is left out is counted, never hidden."""
    report = make_report(sample.many(count).material(), sample.occasion(Audience.REVIEWERS), templates)
    page, text, markdown = (report.rendering(s).content.decode() for s in (".html", ".txt", ".md"))
    shown = page.count("on security cooperation</td>") or page.count('<th scope="row"')

    assert len(page.encode()) < MOST_BYTES
    assert shown > 0
    assert re.search(r"And [\d]+ more: the Markdown copy", page)
    assert re.search(r"And [\d]+ more: the Markdown copy", text)
    assert (f"And {count - 1000} more" in markdown) == (count > 1000)


def test_text_lines_fit_a_terminal(printed):
    """Plain text is read as it is; only an address may be longer."""
    text = printed(sample.busiest(), ".txt", Audience.REVIEWERS)
    long = [line for line in text.splitlines() if len(line) > 76 and "https://" not in line]

    assert [line for line in long if not line.startswith("    monitor review")] == []


def test_markdown_is_read_as_its_tables_and_quotations(printed):
    """The structure that the template means is the structure that an engine sees."""
    week = sample.busiest()
    page = BeautifulSoup(MarkdownIt("gfm-like", {"linkify": False}).render(printed(week)), "lxml")

    assert [cell.text for cell in page.find("table").find_all("th")] == [
        "Party",
        "Signed",
        "Place",
        "Title",
        "Length",
        "Source",
    ]
    assert len(page.find("table").find("tbody").find_all("tr")) == 5
    assert len(page.find_all("blockquote")) == len(compose(week.material(), sample.occasion()).quotations)
    assert page.find("h1").text.startswith("The EU and Borduria signed")


def test_a_window_after_a_pause_is_given_in_full(templates):
    """A digest that covers forty days must say so."""
    occasion = sample.occasion(since=sample.UNTIL - timedelta(days=40))
    text = make_report(sample.quiet().material(), occasion, templates).rendering(".txt").content.decode()

    assert "14 January to 23 February 2031" in text
    assert "from 14 January 2031, 09:00 to" in " ".join(text.split())

"""Scraped text is shown, never obeyed: D14 and P7."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from monitor.reports.escape import http_url, language_tag, markdown, one_line

ENGINES = {
    "commonmark": MarkdownIt("commonmark"),
    "gfm-like": MarkdownIt("gfm-like", {"linkify": False}),
}
CANARIES = [
    "![pixel](https://evil.example/p.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "# not a heading",
    "- not a list",
    "1. not a list",
    "> not a quotation",
    "| not | a | table |",
    "```\nnot code\n```",
    "~~kept~~ **kept** __kept__ `kept`",
    "$x^2$ and :smile:",
    "=====",
    "-----",
    "&lt;b&gt; &amp; &copy;",
    "back\\slash \\* \\_",
    "line\u2028separator\x0bvertical\x0ctab",
    "[^1]: footnote [^1]",
    "https://evil.example/?a=b&copy=1",
    "www.evil.example and mail@evil.example",
]


def visible(engine: MarkdownIt, text: str) -> tuple[str, set[str]]:
    """The text that an engine shows and the elements it makes of it, paragraphs apart."""
    page = engine.render(text)
    elements = set(re.findall(r"<([a-z0-9]+)", page)) - {"p"}
    shown = re.sub(r"</?p>", "", page).strip()
    for reference, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(reference, character)
    return shown, elements


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES.keys())
@pytest.mark.parametrize("text", CANARIES)
def test_markdown_shows_hostile_text_as_it_is(engine, text):
    """A title on a page must not put a link, an image or a heading into a parliament's digest."""
    assert visible(engine, markdown(text)) == (one_line(text), set())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_markdown_shows_any_text_as_it_is(text):
    """No meaning changes and no element appears, in two engines, whatever a site publishes."""
    expected = (one_line(text), set())

    assert [visible(engine, markdown(text)) for engine in ENGINES.values()] == [expected, expected]


@pytest.mark.parametrize("text", CANARIES)
def test_a_table_cell_stays_one_cell(text):
    """A pipe in a title must not shift the columns of the table that readers rely on."""
    page = ENGINES["gfm-like"].render(f"| a | b |\n| --- | --- |\n| {markdown(text)} | last |\n")

    assert page.count("<td>") == 2
    assert "<td>last</td>" in page


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://mfa.example/a?b=1&c=2", "https://mfa.example/a?b=1&c=2"),
        ("HTTP://mfa.example/", "HTTP://mfa.example/"),
        ("https://mfa.example/a b(c)", "https://mfa.example/a%20b%28c%29"),
        ('https://mfa.example/"><script>', "https://mfa.example/%22%3E%3Cscript%3E"),
        ("https://mfa.example/новини", "https://mfa.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//mfa.example/x", ""),
        ("https://user:secret@mfa.example/", ""),
        ("https://[bad/", ""),
        ("java\nscript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_plain_web_addresses_become_links(url, expected):
    """D14: links are http or https, carry no credentials, and end where they end."""
    assert http_url(url) == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("uk", "uk"), ("pt-BR", "pt-BR"), ('uk" onload="x', ""), ("", ""), ("ukrainian!", "")],
)
def test_only_language_tags_reach_a_lang_attribute(lang, expected):
    """A page's own lang attribute is scraped text too."""
    assert language_tag(lang) == expected

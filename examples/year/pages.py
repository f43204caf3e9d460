"""Articles as pages, in three shapes that official sites have.

``main``: HTML5 with a main element. ``president``: nested divs, the date with its time in words.
``legacy``: a table for the layout, the date alone. All carry navigation and links to other items, as
real pages do, and say in their head and foot that they are examples.
"""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape

from babel.dates import format_date

from .values import Article, Language, Publisher, Version, local

_REIWA_BEFORE = 2018
_RELATED = 3
_LOCALES = {"en": "en_GB"}


def article_page(
    publisher: Publisher, language: Language, article: Article, version: Version, others: Sequence[Article]
) -> str:
    """Return an article as a page of its publisher; ``others`` are linked beside it."""
    shape = {"main": _main, "president": _president, "legacy": _legacy}[publisher.template]
    return shape(
        publisher, language, article, version, [each for each in others if each is not article][:_RELATED]
    )


def document_frame(publisher: Publisher, language: Language, title: str, body: str, head: str = "") -> str:
    """Return a page of a publisher around ``body``."""
    return f"""<!doctype html>
<html lang="{language.code}">
<head>
  <meta charset="{publisher.charset}">
  <title>{escape(title)} - {escape(publisher.title)}</title>
  <meta name="description" content="{escape(language.example)}">
{head}</head>
<body>
  <header class="site-header"><p>{escape(publisher.title)}</p>
  <nav>{_navigation(language)}</nav></header>
{body}
  <footer class="site-footer"><p>{escape(language.example)}</p></footer>
</body>
</html>
"""


def wordy_day(day: date, language: Language) -> str:
    """Return a day as the language writes it; Japanese in years of the era."""
    if language.code == "ja":
        return f"令和{day.year - _REIWA_BEFORE}年{day.month}月{day.day}日"
    return format_date(day, "long", locale=_LOCALES.get(language.code, language.code))


def _main(
    publisher: Publisher, language: Language, article: Article, version: Version, others: Sequence[Article]
) -> str:
    at = local(article.at, publisher)
    meta = f'  <meta property="article:published_time" content="{at.isoformat()}">\n'
    body = f"""  <main>
    <article>
      <h1>{escape(version.title)}</h1>
      <p class="published"><time datetime="{at:%Y-%m-%d}">{wordy_day(at.date(), language)}</time></p>
{_blocks(version)}{_attachment(article)}    </article>
  </main>
  <aside class="related"><h2>{language.words["more"]}</h2><ul>{_links(others)}</ul></aside>"""
    return document_frame(publisher, language, version.title, body, meta)


def _president(
    publisher: Publisher, language: Language, article: Article, version: Version, others: Sequence[Article]
) -> str:
    body = f"""  <div class="page"><div class="breadcrumbs">{_navigation(language)}</div>
    <div class="article"><h1>{escape(version.title)}</h1>
      <p class="date">{_with_time(local(article.at, publisher), language)}</p>
      <div class="article_content">
{_blocks(version)}{_attachment(article)}      </div>
    </div>
    <div class="sidebar"><p>{language.words["more"]}</p><ul>{_links(others)}</ul></div>
  </div>"""
    return document_frame(publisher, language, version.title, body)


def _legacy(
    publisher: Publisher, language: Language, article: Article, version: Version, others: Sequence[Article]
) -> str:
    at = local(article.at, publisher)
    body = f"""  <table class="layout"><tr><td id="menu"><ul>{_links(others)}</ul></td>
  <td id="contents"><h1>{escape(version.title)}</h1>
<p class="date">{wordy_day(at.date(), language)}</p>
{_blocks(version)}{_attachment(article)}  </td></tr></table>"""
    head = f'  <meta name="dcterms.date" content="{at:%Y-%m-%d}">\n'
    return document_frame(publisher, language, version.title, body, head)


def _with_time(at: datetime, language: Language) -> str:
    year = " року" if language.code == "uk" else ""
    return f"{format_date(at.date(), 'd MMMM y', locale=language.code)}{year} - {at:%H:%M}"


def _blocks(version: Version) -> str:
    return "".join(_block(block) for block in version.paragraphs)


def _block(block: str) -> str:
    if block.startswith("## "):
        return f"      <h2>{escape(block[3:])}</h2>\n"
    if block.startswith("- "):
        rows = "".join(f"<li>{escape(row.removeprefix('- '))}</li>" for row in block.splitlines())
        return f"      <ul>{rows}</ul>\n"
    return f"      <p>{escape(' '.join(block.split()))}</p>\n"


def _navigation(language: Language) -> str:
    places = (("/", "home"), ("/news", "news"), ("/contact", "contact"))
    return " ".join(f'<a href="{path}">{language.words[word]}</a>' for path, word in places)


def _attachment(article: Article) -> str:
    if article.pdf is None:
        return ""
    title = escape(article.pdf.title)
    return f'      <p><a href="/files/{article.pdf.slug}.pdf">{title} (PDF)</a></p>\n'


def _links(others: Sequence[Article]) -> str:
    return "".join(f'<li><a href="{each.path}">{escape(each.versions[-1].title)}</a></li>' for each in others)

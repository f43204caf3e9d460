"""The lists of a publisher: feeds, a listing with pages, sitemaps, a JSON interface, a treaty register."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from .pages import document_frame, wordy_day
from .values import Article, Language, Publisher, Version, local


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as it stands, with its full address."""

    article: Article
    version: Version
    url: str

    @property
    def summary(self) -> str:
        """What lists say of it: a line of its own, else its first paragraph."""
        return self.version.summary or " ".join(self.version.paragraphs[0].split())


def feed(publisher: Publisher, language: Language, entries: Sequence[Shown], base: str) -> tuple[str, str]:
    """Return a feed in the publisher's format, with its media type."""
    writer, media = {
        "rss": (_rss, "application/rss+xml"),
        "atom": (_atom, "application/atom+xml"),
        "rdf": (_rdf, "application/rdf+xml"),
        "json": (_json_feed, "application/feed+json"),
    }[publisher.format]
    return writer(publisher, language, entries, base), media


def _rss(publisher: Publisher, language: Language, entries: Sequence[Shown], base: str) -> str:
    items = "".join(_rss_item(publisher, each) for each in entries)
    return f"""<?xml version="1.0" encoding="{publisher.charset}"?>
<!-- {language.example} -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>{escape(publisher.title)}</title><link>{base}/</link><description>{escape(language.example)}</description>
<language>{language.code}</language>
{items}</channel>
</rss>
"""


def _rss_item(publisher: Publisher, each: Shown) -> str:
    at = format_datetime(local(each.article.at, publisher))
    full = f"<content:encoded>{escape(_html(each.version))}</content:encoded>" if publisher.full_text else ""
    return (
        f"<item><title>{escape(each.version.title)}</title><link>{each.url}</link>"
        f'<guid isPermaLink="false">{publisher.name}:{each.article.slug}</guid><pubDate>{at}</pubDate>'
        f"<description>{escape(each.summary)}</description>{full}</item>\n"
    )


def _atom(publisher: Publisher, language: Language, entries: Sequence[Shown], base: str) -> str:
    newest = max((each.version.at for each in entries), default=None)
    items = "".join(_atom_entry(publisher, each) for each in entries)
    return f"""<?xml version="1.0" encoding="{publisher.charset}"?>
<!-- {language.example} -->
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language.code}">
<id>tag:{publisher.name}.example,2024:feed</id><title>{escape(publisher.title)}</title>
<link rel="alternate" href="{base}/"/><updated>{newest.isoformat() if newest else ""}</updated>
{items}</feed>
"""


def _atom_entry(publisher: Publisher, each: Shown) -> str:
    return (
        f"<entry><id>tag:{publisher.name}.example,2024:{each.article.slug}</id><title>{escape(each.version.title)}</title>"
        f'<link rel="alternate" href="{each.url}"/><published>{each.article.at.isoformat()}</published>'
        f"<updated>{each.version.at.isoformat()}</updated><summary>{escape(each.summary)}</summary></entry>\n"
    )


def _rdf(publisher: Publisher, language: Language, entries: Sequence[Shown], base: str) -> str:
    order = "".join(f'<rdf:li rdf:resource="{each.url}"/>' for each in entries)
    items = "".join(
        f'<item rdf:about="{each.url}"><title>{escape(each.version.title)}</title><link>{each.url}</link>'
        f"<description>{escape(each.summary)}</description>"
        f"<dc:date>{local(each.article.at, publisher).isoformat()}</dc:date></item>\n"
        for each in entries
    )
    return f"""<?xml version="1.0" encoding="{publisher.charset}"?>
<!-- {language.example} -->
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="{base}/"><title>{escape(publisher.title)}</title><link>{base}/</link>
<description>{escape(language.example)}</description><items><rdf:Seq>{order}</rdf:Seq></items></channel>
{items}</rdf:RDF>
"""


def _json_feed(publisher: Publisher, language: Language, entries: Sequence[Shown], base: str) -> str:
    items = [
        {
            "id": f"{publisher.name}:{each.article.slug}",
            "url": each.url,
            "title": each.version.title,
            "summary": each.summary,
            "content_text": each.version.text if publisher.full_text else each.summary,
            "date_published": each.article.at.isoformat(),
            "date_modified": each.version.at.isoformat(),
        }
        for each in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.title,
        "description": language.example,
        "language": language.code,
        "home_page_url": base + "/",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def listing(
    publisher: Publisher,
    language: Language,
    entries: Sequence[Shown],
    page: int,
    pages: int,
    *,
    redesigned: bool,
) -> str:
    """Return one page of a list of news; ``redesigned`` in the markup that came later."""
    row = _new_row if redesigned else _old_row
    rows = "".join(row(publisher, language, each) for each in entries)
    name = "teaser-grid" if redesigned else "item_list"
    body = f"""  <main><h1>{language.words["news"]}</h1>
    <div class="{name}">
{rows}    </div>
    {_pager(page, pages)}
  </main>"""
    return document_frame(publisher, language, language.words["news"], body)


def _old_row(publisher: Publisher, language: Language, each: Shown) -> str:
    day = wordy_day(local(each.article.at, publisher).date(), language)
    return (
        f'      <div class="item_stat"><p class="date">{day}</p>'
        f'<h3><a href="{each.url}">{escape(each.version.title)}</a></h3></div>\n'
    )


def _new_row(publisher: Publisher, language: Language, each: Shown) -> str:
    at = local(each.article.at, publisher)
    title = escape(each.version.title)
    return (
        f'      <article class="teaser"><a class="teaser__link" href="{each.url}">{title}</a>'
        f'<time datetime="{at:%Y-%m-%d}">{wordy_day(at.date(), language)}</time></article>\n'
    )


def _pager(page: int, pages: int) -> str:
    links = "".join(
        f'<a class="pag{" act" if number == page else ""}" href="/news?page={number}">{number}</a>'
        for number in range(1, pages + 1)
    )
    following = f'<a class="next" href="/news?page={page + 1}">{page + 1}</a>' if page < pages else ""
    return f'<div class="pagination">{links}{following}</div>'


def sitemap_index(language: Language, years: Sequence[int], base: str) -> str:
    """Return the list of a site's sitemaps, one a year."""
    maps = "".join(f"<sitemap><loc>{base}/sitemap-{year}.xml</loc></sitemap>" for year in years)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- {language.example} -->
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>
"""


def sitemap(language: Language, entries: Sequence[Shown]) -> str:
    """Return the addresses of a year's pages with the instants of their last change."""
    urls = "".join(
        f"<url><loc>{each.url}</loc><lastmod>{each.version.at.isoformat()}</lastmod></url>\n"
        for each in entries
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- {language.example} -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{urls}</urlset>
"""


def api_page(language: Language, entries: Sequence[Shown], page: int, size: int) -> str:
    """Return one page, from 1, of a press service's JSON, with the number of all items."""
    shown = entries[(page - 1) * size : page * size]
    items = [
        {
            "refCode": each.article.slug,
            "title": each.version.title,
            "leadText": each.summary,
            "eventDate": f"{each.article.at:%Y-%m-%d}",
            "language": language.code,
            "link": each.url,
        }
        for each in shown
    ]
    reply = {"note": language.example, "pageNumber": page, "totalNumber": len(entries), "documents": items}
    return json.dumps(reply, ensure_ascii=False, indent=1)


def register_page(
    language: Language, rows: Sequence[Mapping[str, Any]], base: str, skip: int, take: int
) -> str:
    """Return rows of a treaty register from number ``skip`` on."""
    values = [
        {
            "value": {
                "id": row["id"],
                "name": row["name"],
                "commandPaperPrefix": row["prefix"],
                "commandPaperNumber": row["number"],
                "signedDate": f"{row['signed']}T00:00:00",
                "laidDate": f"{row['laid']}T00:00:00",
                "parliamentaryConclusion": row["conclusion"],
                "webLink": f"{base}/papers/{row['id']}.html",
            }
        }
        for row in rows[skip : skip + take]
    ]
    reply = {"note": language.example, "items": values, "totalResults": len(rows), "skip": skip, "take": take}
    return json.dumps(reply, ensure_ascii=False, indent=1)


def last_change(entries: Sequence[Shown], otherwise: datetime) -> datetime:
    """Return when the last of the entries changed."""
    return max((each.version.at for each in entries), default=otherwise)


def _html(version: Version) -> str:
    return "".join(f"<p>{escape(' '.join(block.split()))}</p>" for block in version.paragraphs)

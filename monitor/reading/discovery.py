"""Find out what an address offers to be polled: a list, a page's feeds, or a page's list of news."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import html

from monitor.language import normalise
from monitor.model import DateOrder, Discovered, ItemsRead, Listing, ReadJob, SourceKind
from monitor.reading.charset import decode
from monitor.reading.days import day_in_words, parse_day
from monitor.reading.languages import primary
from monitor.reading.links import web_link
from monitor.reading.listing import parse_page, select
from monitor.reading.media import Media, media_of

_FEEDS = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
_ASIDE = {"nav", "header", "footer", "aside", "form", "select"}
_LEAST_ENTRIES = 3
_LEAST_TITLE = 12  # characters; menus have shorter words
_LONGEST_TITLE = 200  # characters that count when lists are compared
_CLASS = re.compile(r"[a-zA-Z_][\w-]*\Z")
_MADE_CLASS = re.compile(r"\d{3}|__[A-Za-z0-9]{5,}\Z|[a-z]+-[0-9a-f]{5,}\Z")  # by a tool, new at every build
_DATED = re.compile(r"date|time|datum|published|fecha|data\b", re.IGNORECASE)
_NEXT = ('a[rel~="next"]', "a.next", ".next a", ".pager__item--next a", "li.next > a")
_MOST_FEEDS = 20


def discover(job: ReadJob) -> ItemsRead:
    """Return what a body offers to be polled, as ``found`` of a reading without items."""
    media = media_of(job.exchange, job.body)
    text = decode(job.body, job.exchange.header("content-type"), lang=job.source.lang).text
    kind = _kind(media, text)
    if kind is None and media is Media.HTML:
        return ItemsRead((), found=_on_page(job, text))
    return ItemsRead((), found=Discovered("", kind=kind))


def _kind(media: Media, text: str) -> SourceKind | None:
    start = text[:4_000].lower()
    if media is Media.FEED or (media is Media.JSON and "jsonfeed.org/version" in start):
        return SourceKind.FEED
    if "<urlset" in start or "<sitemapindex" in start:
        return SourceKind.SITEMAP
    return SourceKind.PAGE if media in (Media.PDF, Media.TEXT) else None


def _on_page(job: ReadJob, text: str) -> Discovered:
    page = parse_page(text)
    if page is None:
        return Discovered("")
    base = job.exchange.final_url or job.exchange.url
    title = normalise(str(page.findtext(".//title") or ""), 200)
    lang = primary(page.get("lang") or "")
    return Discovered(title, lang, None, tuple(_feeds(page, base)), _listing(page, lang or job.source.lang))


def _feeds(page: html.HtmlElement, base: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for link in page.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        declared = (link.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" in relations and declared in _FEEDS:
            address = web_link(link.get("href") or "", base)
            if address:
                found.setdefault(address, normalise(link.get("title") or "", 200))
    return list(found.items())[:_MOST_FEEDS]


def _listing(page: html.HtmlElement, lang: str) -> Listing | None:
    """The most repeated kind of link in the main part, as selectors; None where none repeats."""
    main = _main(page)
    groups: dict[str, list[html.HtmlElement]] = {}
    for link in _links(main):
        groups.setdefault(_path(link, main), []).append(link)
    likely = [links for links in groups.values() if len(links) >= _LEAST_ENTRIES]
    best = max(likely, key=_weight, default=None)
    if best is None:
        return None
    entries = _entries(best)
    item = _selector_of(entries, page)
    link_path = "" if entries[0] is best[0] else _within(best[0], entries[0])
    return Listing(item=item, link=link_path, date=_date(entries, lang), next=_next(page))


def _main(page: html.HtmlElement) -> html.HtmlElement:
    for path in (".//main", ".//*[@role='main']", ".//body"):
        found = page.find(path)
        if found is not None and len(list(_links(found))) >= _LEAST_ENTRIES:
            return found
    return page


def _links(main: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for link in main.iter("a"):
        words = normalise(str(link.text_content()))
        if link.get("href") and len(words) >= _LEAST_TITLE and not _is_aside(link, main):
            yield link


def _is_aside(link: html.HtmlElement, main: html.HtmlElement) -> bool:
    for parent in link.iterancestors():
        if parent is main:
            return False
        if parent.tag in _ASIDE:
            return True
    return False


def _weight(links: list[html.HtmlElement]) -> int:
    """Characters of title in all: twenty headlines weigh more than thirty topics."""
    return sum(min(len(normalise(str(link.text_content()))), _LONGEST_TITLE) for link in links)


def _path(link: html.HtmlElement, main: html.HtmlElement) -> str:
    steps = [_step(link)]
    for parent in link.iterancestors():
        if parent is main:
            break
        steps.append(_step(parent))
    return " ".join(reversed(steps))


def _step(element: html.HtmlElement) -> str:
    """An element as a selector: its name and its lasting classes."""
    classes = [
        each
        for each in (element.get("class") or "").split()
        if _CLASS.match(each) and not _MADE_CLASS.search(each)
    ]
    return ".".join([str(element.tag), *classes[:2]])


def _entries(links: list[html.HtmlElement]) -> list[html.HtmlElement]:
    """Around each link the largest element that holds none of the others."""
    # The counter keeps the elements alive, too: lxml would make others for the same place.
    held = Counter(parent for link in links for parent in link.iterancestors())
    entries = []
    for link in links:
        entry = link
        for parent in link.iterancestors():
            if held[parent] > 1:
                break
            entry = parent
        entries.append(entry)
    return entries


def _selector_of(entries: list[html.HtmlElement], page: html.HtmlElement) -> str:
    """The shortest selector that matches the entries and hardly anything else."""
    step = Counter(_step(entry) for entry in entries).most_common(1)[0][0]
    parent = entries[0].getparent()
    around = [] if parent is None else [_step(parent), *(_step(each) for each in parent.iterancestors())]
    candidates = [step, *(f"{outer} > {step}" for outer in around[:1]), *(f"{o} {step}" for o in around[1:4])]
    for selector in candidates:
        if len(select(page, selector)) <= len(entries) * 1.2:
            return selector
    return candidates[-1]


def _within(link: html.HtmlElement, entry: html.HtmlElement) -> str:
    """The link's selector within its entry: by its parent where it has no class of its own."""
    step, parent = _step(link), link.getparent()
    if "." in step or parent is None or parent is entry:
        return step
    return f"{_step(parent)} {step}"


def _date(entries: list[html.HtmlElement], lang: str) -> str:
    """The selector of what reads as a day in most entries; empty where nothing does."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update({_step(each) for each in entry.iterdescendants() if _is_day(each, lang)})
    for selector, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if count >= len(entries) / 2:
            return selector
    return ""


def _is_day(element: html.HtmlElement, lang: str) -> bool:
    if not isinstance(element.tag, str) or (element.tag != "time" and not _DATED.search(_step(element))):
        return False
    words = normalise(str(element.text_content()), 100)
    machine = element.get("datetime") or ""
    return any(parse_day(each, "UTC", DateOrder.DMY) for each in (machine, words) if each) or (
        day_in_words(words, lang) is not None
    )


def _next(page: html.HtmlElement) -> str:
    return next((each for each in _NEXT if select(page, each)), "")

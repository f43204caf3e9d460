"""What a link is called: the publisher alone where it has one page here, else with the page's first words.

Two links with one text must lead to one page: whoever hears them read out has nothing else to go by.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from monitor.reports.digest import Link
from monitor.reports.titles import first_words


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a digest links: ``day`` is when it was published or read, written out."""

    url: str
    publisher: str
    title: str
    day: str
    lang: str = ""


def link_names(pages: Iterable[Page]) -> Mapping[str, Link]:
    """Return a link without its address for each address, the shortest that tells its page from others."""
    waiting = list({page.url: page for page in pages}.values())
    names: dict[str, Link] = {}
    for form in (_by_publisher, _by_title, _by_day):
        alike: dict[Link, list[Page]] = defaultdict(list)
        for page in waiting:
            alike[form(page)].append(page)
        names |= {same[0].url: name for name, same in alike.items() if len(same) == 1}
        waiting = [page for same in alike.values() if len(same) > 1 for page in same]
    return names | _numbered(waiting)


def _by_publisher(page: Page) -> Link:
    return Link(page.publisher)


def _by_title(page: Page) -> Link:
    return Link(page.publisher, title=first_words(page.title), lang=page.lang if page.title else "")


def _by_day(page: Page) -> Link:
    return replace(_by_title(page), aside=page.day)


def _numbered(pages: Iterable[Page]) -> dict[str, Link]:
    """Pages that nothing else tells apart."""
    count: dict[Link, int] = defaultdict(int)
    names = {}
    for page in pages:
        name = _by_day(page)
        count[name] += 1
        aside = ", ".join(part for part in (name.aside, f"page {count[name]}") if part)
        names[page.url] = replace(name, aside=aside)
    return names

"""A publisher's site: which path answers what at an instant, and what is wrong with it that day."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

from . import lists
from .pages import article_page
from .pdf import pdf_of
from .values import Article, Language, Publisher, Version, Year

Answer = tuple[int, Mapping[str, str], bytes]
_HTML = "text/html"
_WALL = (
    "<!doctype html><html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>"
    "<p>You don't have permission to access this page on this server. Reference 18.example "
    "https://errors.edgesuite.net/18.example</p><p>Example page written for Briefing Monitor.</p>"
    "</body></html>"
)
_IN_TROUBLE = (
    "<!doctype html><html lang='en'><head><title>Technical difficulties</title></head><body><h1>Technical "
    "difficulties</h1><p>We apologise. Please come back later.</p><p>Example page written for Briefing "
    "Monitor.</p></body></html>"
)
_NOTHING = "<!doctype html><html><head><title>Not found</title></head><body><p>Not found.</p></body></html>"


def sites(year: Year) -> dict[str, "Site"]:
    """Return the publishers of a year that have a site, for ``server.Web``."""
    return {name: Site(year, each) for name, each in year.publishers.items() if each.kind != "inbox"}


class Site:
    """Answers for one publisher of a year."""

    def __init__(self, year: Year, publisher: Publisher) -> None:
        self._year = year
        self._publisher = publisher
        self._language: Language = year.languages[publisher.lang]

    def __call__(self, target: str, now: datetime, fill: Callable[[str], str]) -> Answer:
        """Answer a path with its query at ``now``; ``fill`` puts in the publisher's address."""
        day = now.date()
        if self._publisher.fault("wall", day):
            return 403, {"Content-Type": _HTML}, _WALL.encode()
        if self._publisher.fault("down", day):
            return 503, {"Content-Type": _HTML, "Retry-After": "3600"}, _IN_TROUBLE.encode()
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        answer = self._list(parts.path, query, now, fill) or self._page(parts.path, now, fill)
        return answer or (404, {"Content-Type": _HTML}, _NOTHING.encode())

    def _list(
        self, path: str, query: Mapping[str, str], now: datetime, fill: Callable[[str], str]
    ) -> Answer | None:
        writer = self._writer(path)
        if writer is None:
            return None
        day = now.date()
        if self._publisher.fault("page-instead", day):
            return 200, {"Content-Type": _HTML}, _IN_TROUBLE.encode()
        if self._publisher.fault("failed-page", day) and query.get("page", "1") != "1":
            return 500, {"Content-Type": _HTML}, _IN_TROUBLE.encode()
        frozen = self._publisher.fault("frozen", day)
        seen_at = self._year.instant(frozen.first - timedelta(1)) if frozen else now
        text, media, changed = writer(path, query, seen_at, fill)
        status, headers, body = self._answer(fill(text), media, changed)
        if self._publisher.fault("cut", day):
            headers = {**headers, "Content-Length": str(len(body))}
            body = body[: len(body) // 2]
        return status, headers, body

    def _writer(self, path: str) -> Callable[..., tuple[str, str, datetime]] | None:
        writers = {
            ("feed", "/feed"): self._feed,
            ("listing", "/news"): self._listing,
            ("sitemap", "/sitemap.xml"): self._sitemap_index,
            ("api", "/api/search"): self._api,
            ("register", "/api/Treaty"): self._register,
        }
        if self._publisher.kind == "sitemap" and path.startswith("/sitemap-"):
            return self._sitemap
        return writers.get((self._publisher.kind, path))

    def _shown(self, now: datetime, fill: Callable[[str], str]) -> list[lists.Shown]:
        base = self._base(fill)
        found = []
        for article in self._year.of(self._publisher.name, now):
            version = article.version(now)
            if article.listed and not article.sender and version is not None:
                found.append(lists.Shown(article, version, base + article.path))
        return found

    def _base(self, fill: Callable[[str], str]) -> str:
        return fill("http://{host:" + self._publisher.name + "}")

    def _feed(
        self, _: str, __: Mapping[str, str], now: datetime, fill: Callable[[str], str]
    ) -> tuple[str, str, datetime]:
        entries = self._shown(now, fill)[: self._publisher.shows]
        text, media = lists.feed(self._publisher, self._language, entries, self._base(fill))
        return text, media, lists.last_change(entries, now)

    def _listing(
        self, _: str, query: Mapping[str, str], now: datetime, fill: Callable[[str], str]
    ) -> tuple[str, str, datetime]:
        entries, size = self._shown(now, fill), self._publisher.shows
        page = _number(query, "page", 1)
        pages = max(1, -(-len(entries) // size))
        shown = entries[(page - 1) * size : page * size]
        redesigned = self._publisher.fault("redesign", now.date()) is not None
        text = lists.listing(self._publisher, self._language, shown, page, pages, redesigned=redesigned)
        return text, _HTML, lists.last_change(shown, now)

    def _sitemap_index(
        self, _: str, __: Mapping[str, str], now: datetime, fill: Callable[[str], str]
    ) -> tuple[str, str, datetime]:
        entries = self._shown(now, fill)
        years = sorted({each.article.at.year for each in entries})
        return (
            lists.sitemap_index(self._language, years, self._base(fill)),
            "application/xml",
            lists.last_change(entries, now),
        )

    def _sitemap(
        self, path: str, _: Mapping[str, str], now: datetime, fill: Callable[[str], str]
    ) -> tuple[str, str, datetime]:
        year = path.removeprefix("/sitemap-").removesuffix(".xml")
        entries = [each for each in self._shown(now, fill) if str(each.article.at.year) == year]
        return lists.sitemap(self._language, entries), "application/xml", lists.last_change(entries, now)

    def _api(
        self, _: str, query: Mapping[str, str], now: datetime, fill: Callable[[str], str]
    ) -> tuple[str, str, datetime]:
        entries = self._shown(now, fill)
        page, size = _number(query, "page", 1), _number(query, "size", 50)
        return (
            lists.api_page(self._language, entries, page, size),
            "application/json",
            lists.last_change(entries, now),
        )

    def _register(
        self, _: str, query: Mapping[str, str], now: datetime, fill: Callable[[str], str]
    ) -> tuple[str, str, datetime]:
        rows = [row for row in self._year.rows if row["from"] <= now.date()]
        skip, take = _number(query, "Skip", 0), _number(query, "Take", 100)
        text = lists.register_page(self._language, rows, self._base(fill), skip, take)
        changed = max((row["from"] for row in rows), default=self._year.start)
        return text, "application/json", self._year.instant(changed) - timedelta(hours=12)

    def _page(self, path: str, now: datetime, fill: Callable[[str], str]) -> Answer | None:
        moved = self._publisher.fault("moved", now.date())
        if moved and not path.startswith("/archive/"):
            return 301, {"Location": f"{self._base(fill)}/archive{path}"}, b""
        path = path.removeprefix("/archive")
        if path.startswith("/files/"):
            return self._pdf(path, now)
        if path.startswith("/papers/"):
            return self._paper(path, now, fill)
        article = self._year.find(self._publisher.name, path, now)
        version = article.version(now) if article else None
        if article is None or version is None or article.sender:
            return None
        others = [
            each
            for each in self._year.of(self._publisher.name, version.at)
            if each.listed and not each.sender
        ]
        language = self._year.languages[article.lang]
        text = article_page(self._publisher, language, article, version, others)
        return self._answer(fill(text), _HTML, version.at)

    def _pdf(self, path: str, now: datetime) -> Answer | None:
        for article in self._year.of(self._publisher.name, now):
            if article.pdf is not None and path == f"/files/{article.pdf.slug}.pdf":
                return self._pdf_answer(article)
        return None

    def _paper(self, path: str, now: datetime, fill: Callable[[str], str]) -> Answer | None:
        """The page of a register's row: its title and what the register says of it."""
        for row in self._year.rows:
            if path == f"/papers/{row['id']}.html" and row["from"] <= now.date():
                at = self._year.instant(row["from"]) - timedelta(hours=12)
                text = f"{row['prefix']} {row['number']}, laid before Parliament on {row['laid']:%d %B %Y}."
                article = Article(self._publisher.name, row["id"], "en", (Version(at, row["name"], text),))
                page = article_page(self._publisher, self._language, article, article.versions[0], ())
                return self._answer(fill(page), _HTML, at)
        return None

    def _pdf_answer(self, article: Article) -> Answer:
        assert article.pdf is not None
        blocks = tuple(" ".join(block.split()) for block in article.pdf.text.split("\n\n") if block.strip())
        body = pdf_of(article.pdf.title, blocks, self._year.languages[article.lang].example)
        return 200, {"Content-Type": "application/pdf", "Last-Modified": _http_date(article.at)}, body

    def _answer(self, text: str, media: str, changed: datetime) -> Answer:
        charset = self._publisher.charset
        headers = {"Content-Type": f"{media}; charset={charset}", "Last-Modified": _http_date(changed)}
        if not self._publisher.validators:
            headers = {"Content-Type": f"{media}; charset={charset}", "Cache-Control": "no-store"}
        return 200, headers, text.encode(charset, "xmlcharrefreplace")


def _http_date(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def _number(query: Mapping[str, str], name: str, otherwise: int) -> int:
    value = query.get(name, "")
    return int(value) if value.isdecimal() else otherwise

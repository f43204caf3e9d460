"""Read the folder of a year: its YAML files into values, refusing what does not fit together."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from monitor.files import load_yaml

from .routine import routine_articles
from .values import Article, Attachment, Fault, Language, Publisher, Routine, Version, Year

_FOR_EVER = date(2100, 1, 1)
_KINDS = frozenset({"feed", "listing", "sitemap", "api", "register", "page", "inbox"})
_FAULTS = frozenset({"wall", "down", "page-instead", "frozen", "redesign", "cut", "failed-page", "moved"})


def load_year(folder: Path) -> Year:
    """Return the year that a folder describes.

    Raises:
        ConfigError: a file is no YAML.
        ValueError: a publisher, language, fault or date is unknown, or two pages share an address.
    """
    frame = load_yaml(folder / "year.yaml").data
    languages = {
        each["code"]: _language(each) for each in load_yaml(folder / "languages.yaml").data["languages"]
    }
    publishers = {
        each["name"]: _publisher(each) for each in load_yaml(folder / "publishers.yaml").data["publishers"]
    }
    articles = list(_articles(folder, publishers))
    for number, publisher in enumerate(publishers.values()):
        language = languages[publisher.lang]
        articles += routine_articles(publisher, language, number, frame["start"], frame["end"])
    year = Year(
        start=frame["start"],
        end=frame["end"],
        poll_at=time.fromisoformat(frame["poll_at"]),
        downtime=(frame["downtime"]["first"], frame["downtime"]["last"]),
        languages=languages,
        publishers=publishers,
        articles=tuple(articles),
        rows=tuple(load_yaml(folder / "register.yaml").data["rows"]),
        deeds=tuple(frame["deeds"]),
    )
    _check(year)
    return year


def _language(raw: Mapping[str, Any]) -> Language:
    return Language(
        raw["code"], raw["example"], raw["words"], tuple((title, text) for title, text in raw["routine"])
    )


def _publisher(raw: Mapping[str, Any]) -> Publisher:
    settings = {key: value for key, value in raw.items() if key not in ("routine", "faults")}
    return Publisher(
        **settings,
        routine=_routine(raw["routine"]) if "routine" in raw else None,
        faults=tuple(_fault(each) for each in raw.get("faults", ())),
    )


def _routine(raw: Mapping[str, Any]) -> Routine:
    pause, flood = raw.get("pause"), raw.get("flood")
    return Routine(
        raw["every"],
        pause=(pause["first"], pause["last"]) if pause else None,
        flood=(flood["on"], flood["count"]) if flood else None,
    )


def _fault(raw: Mapping[str, Any]) -> Fault:
    if raw["what"] not in _FAULTS:
        raise ValueError(f"there is no fault {raw['what']!r}; known are {', '.join(sorted(_FAULTS))}")
    return Fault(raw["what"], raw["first"], raw.get("last", _FOR_EVER))


def _articles(folder: Path, publishers: Mapping[str, Publisher]) -> Iterator[Article]:
    for path in sorted((folder / "year").glob("*.yaml")):
        for raw in load_yaml(path).data["articles"]:
            if raw["by"] not in publishers:
                raise ValueError(f"{path.name}: there is no publisher {raw['by']!r}")
            yield _article(raw, publishers[raw["by"]])


def _article(raw: Mapping[str, Any], publisher: Publisher) -> Article:
    first = Version(_instant(raw["at"], publisher), raw["title"], raw["text"], raw.get("summary", ""))
    versions = [first]
    for edit in raw.get("edits", ()):
        before = versions[-1]
        told = {name: edit.get(name, getattr(before, name)) for name in ("title", "text", "summary")}
        versions.append(Version(_instant(edit["at"], publisher), **told))
    pdf = raw.get("pdf")
    return Article(
        by=publisher.name,
        slug=raw["slug"],
        lang=raw.get("lang", publisher.lang),
        versions=tuple(versions),
        says=raw.get("says", "unrelated"),
        about=tuple(raw.get("about", "").split()),
        listed=raw.get("listed", True),
        pdf=Attachment(pdf["slug"], pdf["title"], pdf["text"]) if pdf else None,
        sender=raw.get("sender", ""),
    )


def _instant(text: str, publisher: Publisher) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(publisher.timezone))


def _check(year: Year) -> None:
    wrong = [
        f"{each.name}: kind {each.kind!r}" for each in year.publishers.values() if each.kind not in _KINDS
    ] + [
        f"{each.by}/{each.slug}: language {each.lang!r}"
        for each in year.articles
        if each.lang not in year.languages
    ]
    addresses: set[tuple[str, str]] = set()
    for article in year.articles:
        if (article.by, article.path) in addresses:
            wrong.append(f"{article.by}{article.path} stands twice")
        addresses.add((article.by, article.path))
    if wrong:
        raise ValueError("; ".join(wrong))

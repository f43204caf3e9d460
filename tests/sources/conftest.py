"""Small builders: a test names only the keys it is about."""

from collections.abc import Mapping

import pytest

from monitor.errors import ConfigError
from monitor.files.yaml import parse_yaml
from monitor.sources import Sources, parse_sources

FEED = {
    "id": "ruritania-mfa",
    "kind": "feed",
    "publisher": "Ministry of Foreign Affairs (Ruritania)",
    "url": "https://mfa.example/en/news.rss",
    "voice": "XR",
    "lang": "en",
    "licence": "CC0",
}
API = FEED | {
    "id": "ruritania-press",
    "kind": "api",
    "url": "https://press.example/api",
    "rows": "items",
    "fields": {"id": "id", "title": "title"},
}
REGISTER = FEED | {
    "id": "ruritania-treaties",
    "kind": "register",
    "url": "https://treaties.example/api?Take=50&Skip=0",
    "rows": "items[].value",
    "fields": {"id": "id", "title": "name"},
}


def _without_none(entry: Mapping) -> dict:
    return {key: value for key, value in entry.items() if value is not None}


@pytest.fixture
def feed():
    """Build a feed's entry; None leaves a key out."""
    return lambda **keys: _without_none(FEED | keys)


@pytest.fixture
def register():
    """Build a register's entry; None leaves a key out."""
    return lambda **keys: _without_none(REGISTER | keys)


@pytest.fixture
def api():
    """Build a press service's entry; None leaves a key out."""
    return lambda **keys: _without_none(API | keys)


@pytest.fixture
def parse():
    """Return the sources of some entries."""
    return lambda *entries: parse_sources({"sources": list(entries)}, lambda *keys: None, "sources.yaml")


@pytest.fixture
def faults(parse):
    """Return what is wrong with some entries, as (where, message)."""

    def faults_of(*entries) -> list[tuple[str, str]]:
        try:
            parse(*entries)
        except ConfigError as error:
            return [(problem.where, problem.message) for problem in error.problems]
        return []

    return faults_of


@pytest.fixture
def parse_text():
    """Return the sources of a file's text, read with its line numbers."""

    def parse_file(text: str) -> Sources:
        file = parse_yaml("sources.yaml", text.encode())
        return parse_sources(file.data, file.line_of, file.file)

    return parse_file

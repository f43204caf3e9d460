"""Documents are built here as the reading room would hand them over."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from monitor.detection import Detection, Detector
from monitor.model import (
    Document,
    PartialDate,
    PartyCode,
    Passage,
    PassageKind,
    Row,
    document_id,
    party_code,
)
from monitor.recognition import load_detector

SEEN = datetime(2031, 6, 20, 9, tzinfo=UTC)
PUBLISHED = date(2031, 6, 19)  # a Thursday


def page(
    title: str,
    *paragraphs: str,
    lang: str = "en",
    published: date | None = PUBLISHED,
    voice: str | None = None,
    official: bool = True,
) -> Document:
    """Return a page with a title and paragraphs."""
    passages = [Passage(PassageKind.TITLE, title)] if title else []
    passages += [Passage(PassageKind.PARAGRAPH, words) for words in paragraphs]
    return Document(
        id=document_id("example", "", title, tuple(passages)),
        source_id="example",
        url="https://news.example/1",
        title=title,
        lang=lang,
        passages=tuple(passages),
        retrieved=SEEN,
        published=PartialDate.day(published) if published else None,
        voice=party_code(voice) if voice else None,
        official=official,
    )


def row(title: str, **fields: str | tuple[str, ...]) -> Document:
    """Return a register's row with its fields as lines, as the reading room writes them."""
    values = {"title": (title,)} | {
        name: value if isinstance(value, tuple) else (value,) for name, value in fields.items()
    }
    passages = tuple(
        Passage(PassageKind.FIELD, f"{name}: {'; '.join(words)}")
        for name, words in values.items()
        if name != "date_order"
    )
    return Document(
        id=document_id("register", "", title, passages),
        source_id="register",
        url="https://register.example/1",
        title=title,
        lang="en",
        passages=passages,
        retrieved=SEEN,
        row=Row(tuple(values.items())),
    )


@pytest.fixture(scope="session")
def detector() -> Detector:
    """Return the detector with the shipped words and names."""
    return load_detector()


Detect = Callable[..., Detection]


@pytest.fixture
def read(detector: Detector) -> Detect:
    """Return a function from a title and paragraphs to what they say."""

    def detect(title: str, *paragraphs: str, focal: str | None = None, **more: object) -> Detection:
        code: PartyCode | None = party_code(focal) if focal else None
        return detector.detect(page(title, *paragraphs, **more), focal=code)  # type: ignore[arg-type]  # as page's

    return detect


@pytest.fixture
def of_row(detector: Detector) -> Detect:
    """Return a function from a register's fields to what the row says."""

    def detect(title: str, **fields: str | tuple[str, ...]) -> Detection:
        return detector.detect(row(title, **fields))

    return detect

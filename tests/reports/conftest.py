"""The shipped templates, and a digest of a sample week in one call."""

from pathlib import Path

import pytest

from monitor.model import Audience
from monitor.reports import compose, make_report
from tests.reports import sample

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="session")
def templates():
    """The templates as they ship, by file name."""
    paths = TEMPLATES.rglob("*.j2")
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture
def digest():
    """Compose a digest of a week; keywords replace parts of the material."""

    def make(week, audience=Audience.READERS, **material):
        return compose(week.material(**material), sample.occasion(audience))

    return make


@pytest.fixture
def printed(templates):
    """Print a week in one form, as text."""

    def make(week, suffix=".md", audience=Audience.READERS, **material):
        report = make_report(week.material(**material), sample.occasion(audience), templates)
        return report.rendering(suffix).content.decode()

    return make

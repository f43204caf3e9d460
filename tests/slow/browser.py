"""A headless Chromium, found or installed, with axe-core to look for what keeps people out."""

from pathlib import Path

import pytest

from tests.slow.packages import npm_package, require_program


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    chromium = require_program("chromium", "chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory) -> str:
    """axe-core's script, to run in a page."""
    package = npm_package("axe-core@4.14.1", tmp_path_factory.mktemp("axe"))
    return Path(package / "axe.min.js").read_text(encoding="utf-8")

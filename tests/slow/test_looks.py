"""Reports as people see them: at three widths, light and dark, without what keeps people out.

Pictures of all of them are left in the test's temporary folder, to be looked at.
"""

import subprocess
from dataclasses import replace

import pytest

from monitor.model import Audience, ReportKind
from monitor.reports import make_artist, make_health, make_report, make_table
from tests.reports import sample
from tests.reports.conftest import templates as templates
from tests.reports.test_figures import polled as polled_for
from tests.reports.test_sheets import health as health
from tests.reports.test_sheets import known as known
from tests.slow.packages import npm_package, require_program

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

WIDTHS = (375, 600, 1200)
ASKED = {("light", 1200), ("light", 375), ("dark", 375)}  # of axe: as tables, and stacked in both schemes
SIZES = (0, 1, 3, 40, 300)
GRAVE = {"serious", "critical"}


def _week(count):
    weeks = {0: sample.quiet, 1: sample.one, 3: sample.three}
    return weeks[count]() if count in weeks else sample.many(count)


@pytest.fixture(scope="module")
def digests(templates):
    """A page for each size and audience, and the busiest week."""
    pages = {}
    for audience in Audience:
        for count in SIZES:
            report = make_report(_week(count).material(), sample.occasion(audience), templates)
            pages[f"{audience.value}-{count}"] = report.rendering(".html").content.decode()
        busy = sample.busiest().material(gaps=sample.GAPS, questions=sample.QUESTIONS)
        report = make_report(busy, sample.occasion(audience), templates)
        pages[f"{audience.value}-busiest"] = report.rendering(".html").content.decode()
    return pages


@pytest.fixture
def others(templates, health, known):
    """A page of each other kind of report, with figures drawn by Altair."""
    pages, artist = {}, make_artist()
    for kind in (ReportKind.ALERT, ReportKind.REMINDER, ReportKind.STATE):
        occasion = sample.occasion(Audience.REVIEWERS, kind=kind, artist=artist)
        pages[kind.value] = make_report(sample.many(12).material(), occasion, templates)
    polled = replace(health, tracks={"src-qs": polled_for(8), "src-qt": polled_for(3)})
    occasion = sample.occasion(kind=ReportKind.HEALTH, artist=artist)
    pages["health"] = make_health(polled, "ex-1", occasion, templates)
    occasion = sample.occasion(kind=ReportKind.TABLE, artist=artist)
    pages["table"] = make_table(known, occasion, templates)
    assert all(pages[name].rendering(".html").content.count(b"<img") for name in ("state", "health", "table"))
    return {name: report.rendering(".html").content.decode() for name, report in pages.items()}


def _faults(browser, axe, pages, folder):
    """What axe calls grave and what runs over the edge, for every page, width and colour scheme."""
    faults = []
    for scheme in ("light", "dark"):
        for width in WIDTHS:
            tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for name, content in pages.items():
                tab.set_content(content)
                tab.screenshot(path=str(folder / f"{name}-{scheme}-{width}.png"), full_page=True)
                where = f"{name}, {scheme}, {width} px"
                if tab.evaluate("document.documentElement.scrollWidth") > width:
                    faults.append(f"{where}: runs over the edge")
                if (scheme, width) not in ASKED:
                    continue
                tab.add_script_tag(content=axe)
                found = tab.evaluate("axe.run().then(result => result.violations)")
                faults += [
                    f"{where}: {each['id']}: {each['help']}" for each in found if each["impact"] in GRAVE
                ]
            tab.close()
    return faults


def test_digests_of_every_size_keep_nobody_out(browser, axe, digests, tmp_path):
    """None, one, three, forty and three hundred changes."""
    assert _faults(browser, axe, digests, tmp_path) == []


def test_the_other_reports_keep_nobody_out(browser, axe, others, tmp_path):
    """Alert, reminder, state, health and table."""
    assert _faults(browser, axe, others, tmp_path) == []


def test_pages_are_valid_html(digests, others, tmp_path):
    """Mail programs repair what is broken, each in its own way; the judge is the W3C's validator."""
    java = require_program("java", "default-jre-headless")
    validator = npm_package("vnu-jar@26.9.27", tmp_path) / "build/dist/vnu.jar"
    for name, content in (digests | others).items():
        (tmp_path / f"{name}.html").write_text(content, encoding="utf-8")
    pages = sorted(str(path) for path in tmp_path.glob("*.html"))
    command = [java, "-jar", validator, "--stdout", "--format", "text", *pages]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)

    assert len(pages) == len(digests) + len(others)
    assert checked.stdout.splitlines()[:-1] == []  # the last line sums up
    assert checked.returncode == 0

"""docs/templates.md: every name that a template can use is explained, and every name explained exists."""

import dataclasses
import re
from pathlib import Path

import pytest
from jinja2.defaults import DEFAULT_FILTERS

from monitor.reports import digest, feed, make_report, notice, sheet
from monitor.reports.environment import environment
from tests.reports import sample

PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_]+)`", PAGE))
CLASSES = {
    each
    for module in (digest, notice, sheet, feed)
    for each in vars(module).values()
    if dataclasses.is_dataclass(each) and each.__module__ == module.__name__
}


@pytest.mark.parametrize("cls", sorted(CLASSES, key=lambda cls: cls.__name__), ids=lambda cls: cls.__name__)
def test_every_field_is_documented(cls):
    """Whoever edits a template finds what it can print without reading the program."""
    assert {field.name for field in dataclasses.fields(cls)} - NAMED == set()


@pytest.mark.parametrize("form", ["md", "html", "txt"])
def test_every_block_and_filter_is_documented(templates, form):
    """A block that no page names is overridden by nobody."""
    texts = [text for name, text in templates.items() if name.endswith(f".{form}.j2")]
    blocks = {block for text in texts for block in re.findall(r"{% block (\w+) %}", text)}
    bare = environment(form, {}).filters.keys() - DEFAULT_FILTERS.keys()

    assert (blocks | bare) - NAMED == set()


def test_the_example_overrides_one_block(templates):
    """The page's own example, run: one block differs, the rest is as shipped."""
    example = re.search(r"```jinja\n(.*?)```", PAGE, re.S)[1]
    mine = {**templates, "digest.md.j2": example}
    shipped, changed = (
        make_report(sample.one().material(), sample.occasion(), each).rendering(".md").content.decode()
        for each in (templates, mine)
    )

    assert changed == shipped + "\nLibrary internal. Do not forward outside the House.\n"


def test_macros_can_be_used_in_a_block(templates):
    """As the page says."""
    block = "{% block closing %}{{ word(d.concluded[0].source) }}{% endblock %}"
    mine = {**templates, "digest.md.j2": '{% extends "base/digest.md.j2" %}' + block}
    report = make_report(sample.one().material(), sample.occasion(), mine)

    assert (
        report.rendering(".md")
        .content.decode()
        .rstrip()
        .endswith("One government: [Government of Syldavia](https://qt.example/0-QT)")
    )

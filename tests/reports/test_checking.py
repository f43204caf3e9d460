"""Templates are checked before anything is due: every fault with its file and line."""

import pytest

from monitor.errors import ConfigError
from monitor.reports import check_templates


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        pytest.param("digest.md.j2", "{% if %}", 1, "Expected an expression", id="syntax"),
        pytest.param("digest.md.j2", "a\n{{ d.leed }}", 2, "d.leed does not exist", id="field"),
        pytest.param("alert.txt.j2", "\n\n{{ d.concluded }}", 3, "d.concluded", id="field-of-another-report"),
        pytest.param("health.html.j2", "{{ now }}", 1, "'now' does not exist", id="name"),
        pytest.param("digest.txt.j2", "{{ x|nosuch }}", 1, "No filter named 'nosuch'", id="filter"),
        pytest.param(
            "digest.md.j2",
            '{% extends "base/digest.md.j2" %}\n{% block closing %}{{ quotatoin(d) }}{% endblock %}',
            2,
            "'quotatoin' does not exist",
            id="misspelt-macro",
        ),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(templates, name, text, line, words):
    """When the mail is due on Monday at eight it is too late."""
    with pytest.raises(ConfigError) as caught:
        check_templates({**templates, name: text}, only=[name])
    problem = caught.value.problems[0]

    assert (problem.file, problem.line) == (f"templates/{name}", line)
    assert words in problem.message


@pytest.mark.parametrize(
    "block",
    [
        "{{ word(d.concluded[0].source) }}",
        "{% for r in d.others %}{{ r.party }}{% endfor %}",
        "{{ d.lead|join }}",
    ],
)
def test_what_can_be_used_is_no_fault(templates, block):
    """Macros of the template that is extended, loop variables, ordinary filters."""
    mine = '{% extends "base/digest.md.j2" %}{% block closing %}' + block + "{% endblock %}"

    check_templates({**templates, "digest.md.j2": mine}, only=["digest.md.j2"])


def test_only_what_is_asked_for_is_checked(templates):
    """A run checks the workspace's own templates; those that ship are tested here."""
    broken = {**templates, "digest.md.j2": "{% if %}"}

    check_templates(broken, only=["alert.md.j2"])
    with pytest.raises(ConfigError):
        check_templates(broken, only=["digest.md.j2"])


def test_other_files_are_no_templates(templates):
    """Patterns of wording are read elsewhere."""
    check_templates({**templates, "wording/x.txt": "{{ not jinja"})

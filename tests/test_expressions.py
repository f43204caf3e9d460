"""Expressions of field maps: what is refused when the file is read, and what is found in a reply."""

import pytest

from monitor.expressions import compile_expression

ROW = {"a": {"b": 1}, "refs": ["Country Series 001/2031: CP 9||https://x.example/9.pdf", "Notes 4/2: 0"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a.b", 1, id="plain-names"),
        pytest.param("a.c", None, id="absent-name"),
        pytest.param("a.b.c", None, id="name-below-a-number"),
        pytest.param("refs[0]", ROW["refs"][0], id="index"),
        pytest.param("split('A ; B;', ';')", ["A", "B"], id="split-trims-and-drops-empty-parts"),
        pytest.param("split(absent, ';')", [], id="split-of-nothing"),
        pytest.param(
            "refs[*].split(split(@, '||')[0], ': ')[-1] | [?starts_with(@, 'C')]",
            ["CP 9"],
            id="paper-number-within-a-reference",
        ),
    ],
)
def test_an_expression_finds_what_it_names(text, found):
    """A field that is absent is nothing, never an error: registers leave fields out."""
    assert compile_expression(text).search(ROW) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a[", "not a JMESPath expression", id="incomplete"),
        pytest.param("", "not a JMESPath expression", id="empty"),
        pytest.param("lenght(a)", "there is no function lenght()", id="unknown-function"),
        pytest.param("a[?split(@)]", "split() takes 2 arguments", id="wrong-number-of-arguments"),
        pytest.param("split(a, '')", "separator", id="separator-that-never-splits"),
        pytest.param("a" * 1001, "longer than 1000 characters", id="too-long"),
    ],
)
def test_a_wrong_expression_is_refused_when_the_file_is_read(text, message):
    """The library compiles a call of an unknown function and fails only on the first reply."""
    with pytest.raises(ValueError, match=message.replace("(", r"\(").replace(")", r"\)")):
        compile_expression(text)


def test_a_value_of_the_wrong_type_names_the_expression():
    """The reader can say which field of which source met a value that it cannot take."""
    with pytest.raises(ValueError, match=r"join\(', ', a\)"):
        compile_expression("join(', ', a)").search(ROW)

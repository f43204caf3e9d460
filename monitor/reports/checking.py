"""What is wrong with templates, found before the first report is due: every fault with its file and line.

Checked are syntax, names that do not exist, and fields that the report does not have. What only data
can bring to light is found when a report is printed, and named the same way.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from monitor.errors import ConfigError, Problem
from monitor.reports.digest import Digest
from monitor.reports.environment import environment
from monitor.reports.feed import Feed
from monitor.reports.notice import Notice
from monitor.reports.sheet import Sheet

_GIVEN = frozenset({"d", "limit", "each", "figures"})
_OF = {
    "digest": Digest,
    "notice": Notice,
    "alert": Notice,
    "correction": Notice,
    "reminder": Notice,
    "sheet": Sheet,
    "health": Sheet,
    "state": Sheet,
    "table": Sheet,
    "feed": Feed,
}


def check_templates(templates: Mapping[str, str], *, only: Collection[str] | None = None) -> None:
    """Check every template whose name ends in ``.j2``, or those in ``only``.

    Raises:
        ConfigError: some are wrong; every fault with its file and line.
    """
    named = {name: text for name, text in templates.items() if name.endswith(".j2")}
    wanted = sorted(name for name in named if only is None or name in only)
    problems = [problem for name in wanted for problem in _faults(name, named)]
    if problems:
        raise ConfigError(problems)


def _faults(name: str, templates: Mapping[str, str]) -> Iterator[Problem]:
    env = environment(_form(name), templates)
    try:
        tree = env.parse(templates[name], name)
        env.compile(templates[name], name)
        known = _names_known(name, tree, env, templates)
    except TemplateSyntaxError as error:
        yield _problem(error.name or name, error.lineno, str(error.message))
        return
    for unknown in sorted(find_undeclared_variables(tree) - known):
        line = next((each.lineno for each in tree.find_all(nodes.Name) if each.name == unknown), None)
        yield _problem(name, line, f"{unknown!r} does not exist here; docs/templates.md lists what does")
    yield from _unknown_fields(name, tree)


def _form(name: str) -> str:
    form = name.removesuffix(".j2").rpartition(".")[2]
    return form if form in ("md", "html", "txt", "atom") else "html"


def _names_known(
    name: str, tree: nodes.Template, env: Environment, templates: Mapping[str, str]
) -> frozenset[str]:
    """What a template may name: what is given, its macros, and those of the templates that it extends."""
    known = set(_GIVEN)
    seen: set[str | None] = set()
    while name not in seen:
        seen.add(name)
        known |= {macro.name for macro in tree.find_all(nodes.Macro)}
        for imported in tree.find_all(nodes.FromImport):
            known |= {each if isinstance(each, str) else each[1] for each in imported.names}
        parent = _parent(tree)
        if parent is None or parent not in templates:
            break
        name, tree = parent, env.parse(templates[parent], parent)
    return frozenset(known)


def _parent(tree: nodes.Template) -> str | None:
    extends = tree.find(nodes.Extends)
    value = extends.template.value if extends and isinstance(extends.template, nodes.Const) else None
    return value if isinstance(value, str) else None


def _unknown_fields(name: str, tree: nodes.Template) -> Iterator[Problem]:
    kind = _OF.get(name.rpartition("/")[2].partition(".")[0])
    if kind is None:
        return
    known = {each.name for each in fields(kind)}
    for each in tree.find_all(nodes.Getattr):
        if isinstance(each.node, nodes.Name) and each.node.name == "d" and each.attr not in known:
            yield _problem(
                name, each.lineno, f"d.{each.attr} does not exist; docs/templates.md lists what does"
            )


def _problem(name: str, line: int | None, message: str) -> Problem:
    return Problem(f"templates/{name}", line, "", message)

"""One sandboxed Jinja environment a format; what a template prints is escaped for its format.

Escaping is not left to whoever edits a template: every printed value that no macro made goes through
the format's own escape. An item that a template cannot show is shown as failed by ``each``; it stops
no other. A name that does not exist is an error, never an empty string.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from monitor.reports.escape import http_url, language_tag, markdown, one_line
from monitor.reports.wrap import bullet, wrapped

_log = logging.getLogger(__name__)

Escape = Callable[[object], str]
Macro = Callable[..., str]

ESCAPES: Mapping[str, Escape] = {
    "md": markdown,
    "html": lambda value: str(escape(one_line(value))),
    "txt": one_line,
    "atom": lambda value: str(escape(one_line(value))),
}


def environment(form: str, templates: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """Return the environment of one format: ``md``, ``html``, ``txt`` or ``atom``.

    The same templates give the same environment, since compiling them takes longer than printing.
    """
    return _environment(form, tuple(sorted(templates.items())))


@lru_cache(maxsize=8)
def _environment(form: str, templates: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    escaped = ESCAPES[form]

    def finalise(value: Any) -> Any:
        return value if isinstance(value, Markup) else _marked(escaped(value))

    env = ImmutableSandboxedEnvironment(
        loader=DictLoader(dict(templates)),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalise,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # In a fenced block Markdown reads nothing, so ``code`` leaves its one line there as it is.
    env.globals.clear()
    env.globals["each"] = each
    env.filters.update(
        md=lambda value: _marked(markdown(value)),
        href=lambda value: _marked(_address(http_url(value), form)),
        code=lambda value: _marked(one_line(value) if form == "md" else escaped(value)),
        lang_tag=lambda value: _marked(language_tag(str(value))),
        wrapped=lambda value, indent=0: _marked(wrapped(one_line(value), indent)),
        bullet=lambda value, indent=0: _marked(bullet(one_line(value), indent)),
    )
    return env


def each(rows: Iterable[Any], show: Macro, failed: Macro) -> Markup:
    """Return every row as ``show`` prints it, one that cannot be shown as ``failed`` prints it.

    ``failed`` is called with the row's change id, if it has one, and the reason.
    """
    return _marked("".join(_shown(row, show, failed) for row in rows))


def _shown(row: Any, show: Macro, failed: Macro) -> str:
    try:
        return str(show(row))
    except Exception as error:  # one item of many: D8, the others go out
        change = getattr(row, "change_id", "") or ""
        _log.warning("an item cannot be shown (%s): %s: %s", change, type(error).__name__, error)
        return str(failed(change, f"{type(error).__name__}: {error}"))


def _address(url: str, form: str) -> str:
    """An address inside a link: an ampersand could begin a character reference."""
    return url if form == "txt" else url.replace("&", "&amp;")


def _marked(text: str) -> Markup:
    """Text that is already in its format's own form."""
    return Markup(text)  # noqa: S704 - every caller has escaped it for its format

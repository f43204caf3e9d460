"""Print a report's words as Markdown, as a page, as plain text, as a mail of the last two, or for programs.

Nothing here reads a clock or makes a random number, so what is rendered again has the same bytes. A
page that would grow past what mail programs show in full lists fewer items of each kind and says how many
more there are.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError

from monitor.errors import ConfigError, Problem
from monitor.model import Rendering
from monitor.reports.digest import Digest
from monitor.reports.environment import environment
from monitor.reports.escape import one_line
from monitor.reports.feed import Feed
from monitor.reports.figures import Figure, in_mail
from monitor.reports.mail import mail_bytes, with_inline_css
from monitor.reports.material import FOR_PEOPLE
from monitor.reports.notice import Notice
from monitor.reports.sheet import Sheet

Words = Digest | Notice | Sheet

MOST_BYTES = 100_000  # Gmail cuts a message off at 102 KB
_MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "eml": "message/rfc822",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
_MOST_ITEMS = 1_000
_FEWER = (40, 25, 15, 8, 4, 2, 1)
_HIDDEN = "sender"  # headers of a mail: addresses are nobody else's business


def render(
    words: Words,
    templates: Mapping[str, str],
    *,
    name: str = "digest",
    forms: Sequence[str] = FOR_PEOPLE,
    figures: Sequence[Figure] = (),
) -> tuple[Rendering, ...]:
    """Return a report in ``forms``, in their order.

    Args:
        words: What to print.
        templates: Template texts by file name.
        name: What kind of report it is: its templates are ``<name>.md.j2`` and so on.
        forms: Of ``md``, ``html``, ``txt``, ``eml``, ``json``.
        figures: Pictures of its tables, for the page and the mail.

    Raises:
        ConfigError: a template is missing, does not compile, or fails outside its items.
    """
    press = _Press(words, templates, name, figures)
    return tuple(rendering(form, press.printed(form)) for form in forms)


def render_feed(feed: Feed, templates: Mapping[str, str]) -> Rendering:
    """Return a feed as an Atom document (RFC 4287).

    Raises:
        ConfigError: its template is missing, does not compile, or fails.
    """
    return rendering("atom", _printed("feed", "atom", feed, templates, _MOST_ITEMS).encode())


def rendering(form: str, content: bytes) -> Rendering:
    """Return bytes as one form of a report."""
    return Rendering(f".{form}", _MEDIA[form], content)


def json_bytes(kind: str, value: object) -> bytes:
    """Return a report's words for programs, with the schema that they follow."""
    plain = _plain(value)
    plain.pop(_HIDDEN, None)
    return dumped({"schema": f"briefing-monitor/{kind}/1", **plain})


def dumped(value: Mapping[str, Any]) -> bytes:
    """Return plain data as JSON in ASCII, so that no reader can misread its encoding."""
    return (json.dumps(value, indent=1) + "\n").encode()


class _Press:
    """One report's words, with the page and the text that its mail is made of printed once."""

    def __init__(
        self, words: Words, templates: Mapping[str, str], name: str, figures: Sequence[Figure]
    ) -> None:
        self._words = words
        self._templates = templates
        self._name = name
        self._figures = figures
        self._pages: tuple[str, str] | None = None
        self._by_form: Mapping[str, Callable[[], bytes]] = {
            "md": lambda: self._text("md", _MOST_ITEMS).encode(),
            "html": lambda: self._page()[0].encode(),
            "txt": lambda: self._text("txt", _FEWER[0]).encode(),
            "eml": lambda: mail_bytes(words, self._text("txt", _FEWER[0]), self._page()[1], figures),
            "json": lambda: json_bytes(name, words),
        }

    def printed(self, form: str) -> bytes:
        """Return one form."""
        return self._by_form[form]()

    def _text(self, form: str, limit: int) -> str:
        return _printed(self._name, form, self._words, self._templates, limit, self._figures)

    def _page(self) -> tuple[str, str]:
        """The page, and the same with its styles inlined: as many items as mail programs show in full."""
        if self._pages is None:
            for limit in _FEWER:
                page = self._text("html", limit)
                inlined = with_inline_css(in_mail(page, self._figures, self._words.report_id))
                if len(inlined.encode()) <= MOST_BYTES:
                    break
            self._pages = page, inlined
        return self._pages


def _printed(
    name: str,
    form: str,
    words: object,
    templates: Mapping[str, str],
    limit: int,
    figures: Sequence[Figure] = (),
) -> str:
    file = f"{name}.{form}.j2"
    if file not in templates:
        message = "this template is missing; monitor init puts it in place"
        raise ConfigError([Problem(f"templates/{file}", None, "", message)])
    env = environment(form, templates)
    try:
        return _tidy(env.get_template(file).render(d=words, limit=limit, figures=figures))
    except TemplateSyntaxError as error:
        where = f"templates/{error.name or file}"
        raise ConfigError([Problem(where, error.lineno, "", str(error.message))]) from error
    except Exception as error:
        raise ConfigError([_fault(file, error)]) from error


def _fault(name: str, error: Exception) -> Problem:
    """Where in which template a fault arose, read off the traceback that Jinja rewrites."""
    file, line = name, None
    trace = error.__traceback__
    while trace is not None:
        where = trace.tb_frame.f_code.co_filename
        if where == "<template>" or where.endswith(".j2"):
            file, line = trace.tb_frame.f_globals.get("name", name), trace.tb_lineno
        trace = trace.tb_next
    what = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    return Problem(f"templates/{file}", line, "", what)


def _tidy(text: str) -> str:
    """At most one empty line in a row, none at the ends, no space before a line's end."""
    lines: list[str] = []
    for line in text.splitlines():
        stripped = line.rstrip()
        if stripped or (lines and lines[-1]):
            lines.append(stripped)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> Any:
    """A value as plain data, its texts visible and on one line."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return one_line(value) if isinstance(value, str) else value

"""Print a digest as Markdown, as a page, as plain text, and as a mail of the last two.

Nothing here reads a clock or makes a random number, so a digest that is rendered again has the same
bytes. A page that would grow past what mail programs show in full lists fewer items of each kind and
says how many more there are.
"""

from collections.abc import Mapping

from jinja2 import TemplateError, TemplateSyntaxError

from monitor.errors import ConfigError, Problem
from monitor.model import Rendering
from monitor.reports.digest import Digest
from monitor.reports.environment import environment
from monitor.reports.mail import mail_bytes, with_inline_css

TEMPLATES = {"md": "digest.md.j2", "html": "digest.html.j2", "txt": "digest.txt.j2"}
MOST_BYTES = 100_000  # Gmail cuts a message off at 102 KB
_MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
_MOST_ITEMS = 1_000
_FEWER = (40, 25, 15, 8, 4, 2, 1)


def render(digest: Digest, templates: Mapping[str, str]) -> tuple[str, tuple[Rendering, ...]]:
    """Return the subject and the forms ``.md``, ``.html``, ``.txt`` and ``.eml``, in this order.

    Args:
        digest: What to print.
        templates: Template texts by file name, at least those of :data:`TEMPLATES`.

    Raises:
        ConfigError: a template is missing, does not compile, or fails outside its items.
    """
    markdown = _printed("md", digest, templates, _MOST_ITEMS)
    text = _printed("txt", digest, templates, _FEWER[0])
    page, inlined = _page(digest, templates)
    forms = {"md": markdown, "html": page, "txt": text}
    renderings = [Rendering(f".{form}", _MEDIA[form], content.encode()) for form, content in forms.items()]
    mail = Rendering(".eml", "message/rfc822", mail_bytes(digest, text, inlined))
    return digest.subject, (*renderings, mail)


def _page(digest: Digest, templates: Mapping[str, str]) -> tuple[str, str]:
    """The page, and the same with its styles inlined: as many items as mail programs show in full."""
    page = inlined = ""
    for limit in _FEWER:
        page = _printed("html", digest, templates, limit)
        inlined = with_inline_css(page)
        if len(inlined.encode()) <= MOST_BYTES:
            break
    return page, inlined


def _printed(form: str, digest: Digest, templates: Mapping[str, str], limit: int) -> str:
    name = TEMPLATES[form]
    if name not in templates:
        message = "this template is missing; monitor init puts it in place"
        raise ConfigError([Problem(f"templates/{name}", None, "", message)])
    env = environment(form, templates)
    try:
        return _tidy(env.get_template(name).render(d=digest, limit=limit))
    except TemplateSyntaxError as error:
        file = f"templates/{error.name or name}"
        raise ConfigError([Problem(file, error.lineno, "", str(error.message))]) from error
    except Exception as error:
        raise ConfigError([_fault(name, error)]) from error


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

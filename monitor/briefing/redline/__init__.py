"""The whole briefing with what is proposed, as Word document, HTML and Markdown."""

from monitor.briefing.redline.as_docx import as_docx
from monitor.briefing.redline.as_html import as_html
from monitor.briefing.redline.as_markdown import accepted_markdown, as_markdown
from monitor.briefing.redline.beside import beside
from monitor.briefing.redline.marked import Redline, mark_up, plain_words

__all__ = [
    "Redline",
    "accepted_markdown",
    "as_docx",
    "as_html",
    "as_markdown",
    "beside",
    "mark_up",
    "plain_words",
]

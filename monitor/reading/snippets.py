"""Words that lists give of their entries: plain text or a piece of HTML, as passages."""

import html
import re

from monitor.model import Passage
from monitor.reading.blocks import passages_of
from monitor.reading.furniture import furniture_in
from monitor.reading.outline import Outline
from monitor.reading.parsing import parse_html
from monitor.reading.plain import plain_lines, plain_passages

TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")


def snippet_passages(value: str, media: str = "text/html") -> tuple[Passage, ...]:
    """Return the passages of ``value``; ``media`` as the list declares it, which is often wrong."""
    if media != "text/plain" and TAG.search(value):
        page = Outline(parse_html(value))
        return passages_of(page.soup, without=furniture_in(page, page.soup))
    return plain_passages(plain_lines(value if media == "text/plain" else html.unescape(value)))

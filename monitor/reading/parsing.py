"""Parse HTML, by lxml: html.parser takes minutes for 120 KB of ``<a``."""

import re
import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def parse_html(text: str) -> BeautifulSoup:
    """Return ``text`` parsed; what can stand in no document is replaced."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(_NOT_TEXT.sub("\ufffd", text), "lxml")

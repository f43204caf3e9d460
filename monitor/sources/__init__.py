"""sources.yaml -> Sources, and what to ask each of them."""

from monitor.sources.asking import config_sha256, first_request, has_next_page, page_request
from monitor.sources.parse import Sources, parse_sources
from monitor.sources.schema import schema

__all__ = [
    "Sources",
    "config_sha256",
    "first_request",
    "has_next_page",
    "page_request",
    "parse_sources",
    "schema",
]

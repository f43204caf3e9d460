"""sources.yaml -> Sources, and what to ask each of them."""

from typing import TYPE_CHECKING, Any

from monitor.sources.asking import (
    config_sha256,
    document_request,
    first_request,
    may_be_unchanged,
    next_requests,
    paper_request,
    reaching_back_to,
    request_again,
)
from monitor.sources.paging import MOST_PAGES, Progress, may_go_back, stops_short
from monitor.sources.values import Sources, plain_sources, sources_of

if TYPE_CHECKING:
    from monitor.sources.file_schema import schema
    from monitor.sources.parse import parse_sources

__all__ = [
    "MOST_PAGES",
    "Progress",
    "Sources",
    "config_sha256",
    "document_request",
    "first_request",
    "may_be_unchanged",
    "may_go_back",
    "next_requests",
    "paper_request",
    "parse_sources",
    "plain_sources",
    "reaching_back_to",
    "request_again",
    "schema",
    "sources_of",
    "stops_short",
]

_LATER = {"parse_sources": "parse", "schema": "file_schema"}


def __getattr__(name: str) -> Any:
    """Load what checks entries only when there are some to check: most runs find them checked."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"monitor.sources.{_LATER[name]}"), name)

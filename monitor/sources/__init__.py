"""sources.yaml -> Sources, and what to ask each of them."""

from monitor.sources.asking import (
    config_sha256,
    document_request,
    first_request,
    is_one_answer,
    next_requests,
    paper_request,
    reaching_back_to,
)
from monitor.sources.paging import MOST_PAGES, Progress, may_go_back, stops_short
from monitor.sources.parse import Sources, parse_sources
from monitor.sources.schema import schema

__all__ = [
    "MOST_PAGES",
    "Progress",
    "Sources",
    "config_sha256",
    "document_request",
    "first_request",
    "is_one_answer",
    "may_go_back",
    "next_requests",
    "paper_request",
    "parse_sources",
    "reaching_back_to",
    "schema",
    "stops_short",
]

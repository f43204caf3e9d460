"""Propose for each citation the source that would tell of a change: by its entry, its site or its publisher.

A source that lists the citation itself wins, then one on the same site, then one of the same publisher. Of
several of one publisher the one whose name says most of the title is taken.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from monitor.briefing.titles import folded
from monitor.model import Citation, Source

_QUALIFIER = re.compile(r"\s*\(([^)]*)\)\s*\Z")
_WORD = re.compile(r"\w+")


def with_sources(
    citations: Iterable[tuple[str, Citation]], sources: Sequence[Source], briefing_id: str
) -> list[tuple[str, Citation]]:
    """Return (unit id, citation) with a source proposed where one fits."""
    return [
        (unit_id, replace(each, source=_source_of(each, sources, briefing_id))) for unit_id, each in citations
    ]


def without_source(citations: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return a line a publisher whose papers are cited and no source covers, with the notes."""
    notes: dict[str, list[int]] = {}
    for each in citations:
        if not each.get("source"):
            notes.setdefault(each.get("publisher") or "publisher not stated", []).append(each["note"])
    return tuple(
        f"no source for {publisher} ({'note' if len(set(at)) == 1 else 'notes'} "
        f"{', '.join(str(note) for note in dict.fromkeys(at))})"
        for publisher, at in notes.items()
    )


def _source_of(citation: Citation, sources: Sequence[Source], briefing_id: str) -> str | None:
    named = f"{briefing_id}/{citation.id}"
    host = urlsplit(citation.url).hostname
    for fits in (
        [each for each in sources if named in each.citations],
        [each for each in sources if host and host in (urlsplit(each.url).hostname, *each.hosts)],
        [each for each in sources if citation.publisher and _is_of(each, citation.publisher)],
    ):
        if fits:
            return max(fits, key=lambda each: _shared(each, citation)).id
    return None


def _is_of(source: Source, publisher: str) -> bool:
    names = {folded(source.publisher), folded(_QUALIFIER.sub("", source.publisher))}
    return folded(publisher) in names


def _shared(source: Source, citation: Citation) -> int:
    """How many words of the title stand in what tells the publisher's sources apart; the first one wins."""
    qualifier = _QUALIFIER.search(source.publisher)
    words = set(_WORD.findall(folded(qualifier[1]))) if qualifier else set()
    return len(words.intersection(_WORD.findall(folded(citation.title))))

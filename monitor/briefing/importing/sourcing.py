"""Propose for each citation the source that would tell of a change: by its entry, its site or its publisher.

A source that lists the citation itself wins, then one on the same site, then one of the same publisher or of
who publishes for it. Where the text names no publisher, the watched page of the paper itself, and a source
whose name the title begins with. Of several the one whose name says most of the title is taken.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from monitor.briefing.titles import are_alike, folded
from monitor.model import Citation, Source, SourceKind

_QUALIFIER = re.compile(r"\s*\(([^)]*)\)\s*\Z")
_WORD = re.compile(r"\w+")
# Who publishes what is cited under another name; folded, a word of the source's publisher.
_PUBLISHED_BY = {
    "downing street": "prime ministers office",
    "house of commons": "hansard",
    "house of lords": "hansard",
}


def with_sources(
    citations: Iterable[tuple[str, Citation]], sources: Sequence[Source], briefing_id: str
) -> list[tuple[str, Citation]]:
    """Return (unit id, citation) with a source proposed where one fits."""
    return [
        (unit_id, replace(each, source=_source_of(each, sources, briefing_id))) for unit_id, each in citations
    ]


def fill_sources(
    citations: Iterable[dict[str, Any]],
    last: Iterable[Mapping[str, Any]],
    proposed: Iterable[dict[str, Any]],
    sources: Sequence[Source],
    briefing_id: str,
) -> None:
    """Enter a source where the file has none, by the ids and publishers that people gave the citations.

    Args:
        citations: The data of briefing.yaml, which is changed.
        last: What the last import proposed: a source that a person took out again stays out.
        proposed: What this import proposes, under the same ids; it is changed, too.
        sources: The sources file's.
        briefing_id: The briefing's folder.
    """
    taken_out = {each["id"] for each in last if each.get("source")}
    by_id = {each["id"]: each for each in proposed}
    for each in citations:
        if each.get("source") or each["id"] in taken_out:
            continue
        publisher, title, url = (str(each.get(key, "")) for key in ("publisher", "title", "url"))
        cited = Citation(each["id"], each["note"], publisher, title, url=url)
        source = _source_of(cited, sources, briefing_id)
        if source is not None:
            each["source"] = source
            by_id.get(each["id"], {})["source"] = source


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
        [each for each in sources if _publishes_for(each, citation.publisher)],
        [each for each in sources if _is_page_of(each, citation)],
        [each for each in sources if not citation.publisher and _is_named_first(each, citation.title)],
    ):
        if fits:
            return max(fits, key=lambda each: _shared(each, citation)).id
    return None


def _is_of(source: Source, publisher: str) -> bool:
    names = {folded(source.publisher), folded(_QUALIFIER.sub("", source.publisher))}
    return folded(publisher) in names


def _publishes_for(source: Source, publisher: str) -> bool:
    word = _PUBLISHED_BY.get(folded(publisher), "")
    return bool(word) and word in folded(source.publisher)


def _is_page_of(source: Source, citation: Citation) -> bool:
    """Whether what tells a watched page from the publisher's others is the title of the cited paper."""
    qualifier = _QUALIFIER.search(source.publisher)
    is_page = source.kind is SourceKind.PAGE and qualifier is not None
    return is_page and are_alike(qualifier[1].rpartition(", ")[2], citation.title) if qualifier else False


def _is_named_first(source: Source, title: str) -> bool:
    """ "NATO-Ukraine Charter" is a paper of NATO's; a country's name does not say who publishes."""
    name = _QUALIFIER.sub("", source.publisher)
    return name.isupper() and title.startswith((f"{name} ", f"{name}-"))


def _shared(source: Source, citation: Citation) -> int:
    """How many words of the title stand in what tells the publisher's sources apart; the first one wins."""
    qualifier = _QUALIFIER.search(source.publisher)
    words = set(_WORD.findall(folded(qualifier[1]))) if qualifier else set()
    return len(words.intersection(_WORD.findall(folded(citation.title))))

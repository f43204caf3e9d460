"""Cited pages: which are watched, what became of them, and which statements rest on them."""

from collections.abc import Mapping
from typing import Any

from monitor import pipeline
from monitor.app.core import App
from monitor.app.sources import write_source
from monitor.briefing import resting_on
from monitor.model import Citation, Edition, Source, SourceKind, SourceState, Verdict

_SOUND = ("as first read", "no address", "not watched", "not read yet")
_EVERY = "1d"  # a paper that is cited changes seldom


def citation_rows(app: App, briefing_id: str | None, *, rotten_only: bool = False) -> list[dict[str, Any]]:
    """Return a row a citation, in the order of the notes, with how its page stands.

    With ``rotten_only`` those that no longer stand as cited, each with the file of its stored copy.
    """
    edition = app.edition(briefing_id)
    states = app.store.source_states()
    newer = pipeline.newer_editions(app.parts, edition)
    rows = [_row(app, edition, each, states) for each in edition.citations]
    for row in rows:
        event = newer.get(row["id"])
        if event is not None:
            when = f" of {event.when}" if event.when else ""
            listed = f"newer edition{when}: {event.url or event.after}"
            row["page"] = listed if row["page"] in _SOUND else f"{row['page']}; {listed}"
    if not rotten_only:
        return rows
    return [{**row, "copy": _copy(app, row["stored"])} for row in rows if row["page"] not in _SOUND]


def _copy(app: App, sha256: str | None) -> str | None:
    """The file of a stored body, below the workspace."""
    return f"{app.workspace.state / 'evidence' / sha256[:2] / sha256}.gz" if sha256 else None


def watch_citations(app: App, briefing_id: str | None) -> tuple[str, ...]:
    """Write an entry into sources.yaml for every cited address that is not watched; return their ids.

    Raises:
        ConfigError: an entry, or the file, is wrong.
        StateError: the file cannot be written.
    """
    edition = app.edition(briefing_id)
    by_address: dict[str, list[Citation]] = {}
    for citation in edition.citations:
        if citation.url and _page_of(app, edition, citation) is None:
            by_address.setdefault(citation.url, []).append(citation)
    sources = {source.id: source for source in app.sources}
    written: list[str] = []
    for cited in by_address.values():
        entry = _entry(edition, cited, sources, {*sources, *written})
        write_source(app, entry)
        written.append(entry["id"])
    return tuple(written)


def _entry(
    edition: Edition, cited: list[Citation], sources: Mapping[str, Source], taken: set[str]
) -> dict[str, Any]:
    """A page speaks for a party only where a source of the same publisher says for which."""
    first = cited[0]
    wanted = f"cited-{first.id}"[:60].rstrip("-.").replace(".", "-")
    ids = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    like = sources.get(first.source or "")
    return {
        "id": next(each for each in ids if each not in taken),
        "kind": SourceKind.PAGE.value,
        "publisher": first.publisher or "publisher not stated",
        "url": first.url,
        **(_terms(like) if like is not None and like.official else {"official": False}),
        "lang": "en",
        **({"allow_http": True} if first.url.startswith("http:") else {}),
        "every": _EVERY,
        "citations": [f"{edition.briefing_id}/{each.id}" for each in cited],
    }


def _terms(like: Source) -> dict[str, Any]:
    terms: dict[str, Any] = {"voice": like.voice, "licence": like.licence}
    return terms | ({"quote_words": like.quote_words} if like.quote_words else {})


def _row(app: App, edition: Edition, citation: Citation, states: Mapping[str, SourceState]) -> dict[str, Any]:
    source = _page_of(app, edition, citation)
    return {
        "id": citation.id,
        "note": citation.note,
        "publisher": citation.publisher,
        "title": citation.title,
        "page": _standing(app, citation, source, states.get(source.id) if source else None),
        "statements": list(resting_on(edition, citation.id)),
        "url": citation.url,
        "watched_as": source.id if source else None,
        "stored": _stored(app, source) if source else None,
    }


def _page_of(app: App, edition: Edition, citation: Citation) -> Source | None:
    """The watched page of a citation: the one at its address, or that lists it."""
    named = f"{edition.briefing_id}/{citation.id}"
    pages = [each for each in app.sources if each.kind is SourceKind.PAGE and each.enabled]
    return next(
        (each for each in pages if each.url == citation.url or named in each.citations),
        None,
    )


def _standing(app: App, citation: Citation, source: Source | None, state: SourceState | None) -> str:
    """How the page stands, in words."""
    if source is None:
        return "not watched" if citation.url else "no address"
    if state is None or state.last_verdict is None:
        return "not read yet"
    if state.last_verdict is Verdict.GONE:
        return "gone"
    if state.failing_since is not None:
        return f"not read since {state.failing_since:%Y-%m-%d}: {state.last_reason}"
    moved = _moved_to(app, source)
    edits = pipeline.page_edits(app.parts, source.id)
    if edits:
        return f"{edits[-1].change.what} {edits[-1].at:%Y-%m-%d}: {edits[-1].change.words}"
    return f"moved to {moved}" if moved else "as first read"


def _moved_to(app: App, source: Source) -> str:
    answered = [each for each in app.store.exchanges(source.id) if each.final_url]
    return answered[-1].final_url if answered and answered[-1].final_url != answered[-1].url else ""


def _stored(app: App, source: Source) -> str | None:
    """The hash of the copy that was stored last; it outlives the page."""
    bodies = [
        each.body_sha256 for each in app.store.exchanges(source.id) if each.body_sha256 and each.status == 200
    ]
    return bodies[-1] if bodies else None

"""What people do with sources: look back, answer what is asked, see what changed, add a new one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from monitor import pipeline
from monitor.app.core import App
from monitor.app.naming import party_names
from monitor.errors import ConfigError, NotFoundError, Problem
from monitor.files import load_yaml, write_atomically
from monitor.files.yaml import parse_yaml
from monitor.health import lines_of
from monitor.model import AuditEntry, Batch, Listing, PartyCode, SourceKind, party_code
from monitor.pipeline import Backfilled, Offer
from monitor.sources import parse_sources
from monitor.store import RunLock

_MODE = 0o644  # people edit this file, and it is kept in git
_QUOTE_WORDS = 60  # where nobody has read the terms
_ORGANISATIONS = {"europa.eu": "EU", "nato.int": "NATO", "un.org": "UN", "osce.org": "OSCE", "coe.int": "COE"}
_OTHER_ENDINGS = {"uk": "GB", "gov": "US", "mil": "US"}


# --- looking back


def backfill_source(app: App, source_id: str, since: date) -> Backfilled:
    """Read a source back to a day and record what follows.

    Raises:
        ConfigError: the source shows one page only, or the day lies ahead.
        FetchError: it gave no usable answer.
        LockedError: a run is under way in this workspace.
    """
    source = app.sources.get(source_id)
    if since > app.clock.now().date():
        raise ConfigError([Problem("--since", None, str(since), "lies ahead; name a day that has been")])
    with RunLock(app.workspace.state / "run.lock", app.clock.now()):
        pipeline.take_in_editions(app.parts, app.clock.now())
        return pipeline.backfill(app.parts, source, since)


def close_gaps(app: App, source_id: str, by: str) -> int:
    """Close a source's open gaps on the word of a person who looked them through; return how many."""
    gaps = [gap for gap in app.store.gaps() if gap.source_id == source_id]
    now = app.clock.now()
    audit = tuple(AuditEntry(now, by, "gap-closed", source_id, f"{gap.since} to {gap.until}") for gap in gaps)
    app.store.save(Batch(at=now, gaps=tuple(replace(gap, closed=True) for gap in gaps), audit=audit))
    return len(gaps)


# --- questions


def question_rows(app: App, *, every: bool = False) -> list[dict[str, Any]]:
    """Return what a person is asked, oldest first; with ``every`` what was answered too."""
    questions = app.store.questions(open_only=not every)
    return [
        {
            "id": each.id,
            "source": each.source_id,
            "asked": each.asked_at,
            "answered": "yes" if each.answered else "no",
            "question": each.text,
        }
        for each in sorted(questions, key=lambda each: each.asked_at)
    ]


def answer_question(app: App, question_id: str, by: str) -> str:
    """Record that what was asked about is right; the next poll takes the source's list in.

    Raises:
        NotFoundError: there is no such question.
    """
    questions = {each.id: each for each in app.store.questions(open_only=False)}
    question = questions.get(question_id)
    if question is None:
        raise NotFoundError(f"no question {question_id}; `monitor questions` shows their ids")
    now = app.clock.now()
    entry = AuditEntry(now, by, "answered", question_id, question.text)
    app.store.save(Batch(at=now, questions=(replace(question, answered=True),), audit=(entry,)))
    return f"answered by {by}: yes. {question.source_id} is taken in at its next poll"


# --- watched pages


def page_change_rows(app: App, source_id: str) -> list[dict[str, Any]]:
    """Return the changes of a watched page, oldest first, with the words that came and went.

    Raises:
        NotFoundError: there is no such source.
        ConfigError: it is no watched page.
    """
    source = app.sources.get(source_id)
    if source.kind is not SourceKind.PAGE:
        message = f"is of kind {source.kind.value}; only pages are watched for changes"
        raise ConfigError([Problem("sources.yaml", None, source_id, message)])
    return [
        {
            "seen": edit.at,
            "what": edit.change.what,
            "words": edit.change.words,
            "before": edit.change.before,
            "after": edit.change.after,
            "diff": list(lines_of(edit.change.diff)),
        }
        for edit in pipeline.page_edits(app.parts, source_id)
    ]


# --- a new source


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says of a new source; empty where it is to be worked out, or asked for."""

    id: str = ""
    publisher: str = ""
    voice: str = ""
    lang: str = ""
    licence: str = ""
    press: bool = False
    allow_http: bool = False
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that could be written, with what the source shows now."""

    entry: Mapping[str, Any]
    shows: tuple[str, ...]
    count: int
    verdict: str
    detail: str


def propose_sources(app: App, url: str, asked: Asked) -> tuple[Proposal, ...]:
    """Look at an address and return an entry for each thing that it offers, those that work first.

    Raises:
        FetchError: the address gives no usable answer.
    """
    offers = pipeline.look_at(app.parts, url, asked.lang, asked.paths, allow_http=asked.allow_http)
    found = [_proposal(app, offer, url, asked) for offer in offers]
    return tuple(sorted(found, key=lambda each: each.count == 0))


def write_source(app: App, entry: Mapping[str, Any]) -> int:
    """Write an entry at the end of sources.yaml and return its line; all else in the file stays.

    Raises:
        ConfigError: the entry, or the file, is wrong; nothing is written then.
        StateError: the file cannot be written.
    """
    from monitor.files.editing import with_entry

    path = app.workspace.sources_file
    file = load_yaml(path)
    content = with_entry(file, path.read_bytes(), "sources", entry)
    written = parse_yaml(path.name, content)
    line = written.line_of("sources", len(written.data["sources"]) - 1) or 0
    try:
        parse_sources(written.data, written.line_of, path.name)
    except ConfigError as error:
        raise ConfigError([_of_the_new(each, line) for each in error.problems]) from error
    write_atomically(path, content, _MODE)
    return line


def _of_the_new(problem: Problem, line: int) -> Problem:
    """A fault of an entry that is not written stands on no line that anybody could look at."""
    if problem.line is None or problem.line < line:
        return problem
    return replace(problem, file="the new entry", line=None)


def likely_voice(url: str) -> str:
    """Return the party that an official address most likely speaks for, empty if it does not show."""
    host = (urlsplit(url).hostname or "").lower()
    for ending, organisation in _ORGANISATIONS.items():
        if host == ending or host.endswith(f".{ending}"):
            return organisation
    label = host.rpartition(".")[2]
    code = _OTHER_ENDINGS.get(label, label.upper() if len(label) == 2 else "")
    return code if code and _is_party(code) else ""


def _is_party(code: str) -> bool:
    try:
        known: PartyCode = party_code(code)
    except ValueError:
        return False
    return known in party_names()


def _proposal(app: App, offer: Offer, url: str, asked: Asked) -> Proposal:
    source, tried = offer.source, offer.tried
    entry: dict[str, Any] = {
        "id": asked.id or _free_id(app, url),
        "kind": source.kind.value,
        "publisher": asked.publisher or _publisher(offer.title, url),
        "url": source.url,
    }
    entry |= {"official": False} if asked.press else {"voice": asked.voice or likely_voice(url)}
    entry |= {"lang": asked.lang or source.lang}
    entry |= {"licence": asked.licence} if asked.licence else _unread_terms(asked)
    entry |= {"allow_http": True} if source.url.startswith("http:") else {}
    entry |= {"verified": app.clock.now().date()}
    entry |= {"paths": list(source.paths)} if source.paths else {}
    entry |= {"listing": dict(_listing(source.listing))} if source.listing else {}
    shows = tuple(str(each) for each in _list(tried["items"]))
    count = int(str(tried["items_in_all"]))
    return Proposal(entry, shows, count, str(tried["verdict"]), str(tried["detail"]))


def _unread_terms(asked: Asked) -> dict[str, Any]:
    return {} if asked.press else {"licence": "not established", "quote_words": _QUOTE_WORDS}


def _listing(listing: Listing) -> Iterator[tuple[str, str]]:
    for name in ("item", "link", "title", "date", "summary", "next"):
        if value := getattr(listing, name):
            yield name, value


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _publisher(title: str, url: str) -> str:
    """The site's name: what a page's title says last, as sites write it."""
    parts = [part.strip() for part in re.split(r"\s[|–—-]\s|\s\|\s", title) if part.strip()]
    return parts[-1] if parts else (urlsplit(url).hostname or url)


def _free_id(app: App, url: str) -> str:
    """An id made from the host's name that no other source has."""
    host = (urlsplit(url).hostname or "source").removeprefix("www.")
    words = re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")[:50] or "source"
    taken = {source.id for source in app.sources}
    candidates = (words, *(f"{words}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in candidates if each not in taken)

"""From the bytes of a paper to the files of its briefing folder; the front of this folder."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from monitor.briefing.importing.blocks import Block
from monitor.briefing.importing.citations import citations_of
from monitor.briefing.importing.facts import propose
from monitor.briefing.importing.found import PartiesIn
from monitor.briefing.importing.from_docx import blocks_of_docx
from monitor.briefing.importing.from_html import blocks_of_html
from monitor.briefing.importing.from_text import blocks_of_text
from monitor.briefing.importing.merging import Merged, merge
from monitor.briefing.importing.sourcing import fill_sources, with_sources, without_source
from monitor.briefing.importing.structure import Paper, structure
from monitor.briefing.importing.topics import propose_topic
from monitor.briefing.importing.units import outline
from monitor.briefing.importing.writing import facts_data, markdown_of, topic_data, yaml_of
from monitor.briefing.layout import SCHEMA_VERSION
from monitor.briefing.parsing import parse_briefing
from monitor.errors import ConfigError, Problem
from monitor.model import Source, Topic

_COMMENTS = {
    "schema": "What this briefing says, and on what each statement depends: see docs/briefing-file.md.",
    "entries": "Proposed from the text; check them. Dates have the precision that the text gives them.",
    "statements": "In the order of the page, notes last. depends_on says what puts a statement out of date.",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What to write: ``briefing_id`` names the folder, ``text_name`` the Markdown file below it.

    ``proposed`` is kept beside them, so that a later import can tell what a person corrected. ``changes``
    say what differs from the file as it stood; ``without_source`` says which citations no source covers.
    """

    briefing_id: str
    yaml: str
    text_name: str
    text: str
    proposed: dict[str, Any]
    changes: tuple[str, ...]
    without_source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """What is known besides the paper."""

    name: str
    parties_in: PartiesIn
    current: Mapping[str, Any] | None
    briefing_id: str
    topics: Sequence[Topic]
    sources: Sequence[Source]


def import_paper(
    content: bytes,
    name: str,
    *,
    parties_in: PartiesIn,
    current: Mapping[str, Any] | None = None,
    base: Mapping[str, Any] | None = None,
    as_of: date | None = None,
    briefing_id: str = "",
    topics: Sequence[Topic] = (),
    sources: Sequence[Source] = (),
) -> Imported:
    """Return the files of the briefing folder that a paper makes.

    Args:
        content: The paper's bytes.
        name: Its file name; the ending says what it is.
        parties_in: Gives the parties that English words name.
        current: The data of the folder's briefing.yaml as it stands, if there is one.
        base: What the last import proposed, if that is known.
        as_of: The information cut-off; the day of publication if not given.
        briefing_id: The folder's name; made from the paper's number if not given.
        topics: What other briefings follow; a paper on the same series of the same party has theirs.
        sources: What is polled; proposed for the citations of the same publisher.

    Raises:
        ConfigError: the file cannot be read, or does not say what the folder needs.
    """
    paper = structure(read_blocks(content, name))
    paper = replace(paper, title=paper.title or str((current or {}).get("title", "")))
    published = paper.published or _known_day(current, "published") or as_of
    if published is None:
        raise _problem(name, "published", "the paper does not say when it was published; give --as-of")
    given = _Given(name, parties_in, current, briefing_id, topics, sources)
    data = _data(paper, published, as_of or _known_day(current, "as_of"), given)
    merged = merge(data, current, base) if current is not None else Merged(data, data, ())
    if current is not None:
        rows, proposed = (each.get("citations", []) for each in (merged.data, merged.proposed))
        fill_sources(rows, (base or {}).get("citations", ()), proposed, sources, str(merged.data["id"]))
    text = markdown_of(paper)
    parse_briefing(merged.data, lambda *_: None, name, text)
    return Imported(
        str(merged.data["id"]),
        yaml_of(merged.data, _COMMENTS),
        str(merged.data["text"]),
        text,
        merged.proposed,
        merged.changes,
        without_source(merged.data.get("citations", ())),
    )


def read_blocks(content: bytes, name: str) -> list[Block]:
    """Return the blocks of a file, by its ending.

    Raises:
        ConfigError: it is of a kind that is not read, or not what its ending says.
    """
    ending = name.lower().rpartition(".")[2]
    reader = _READERS.get(ending)
    if reader is None:
        raise _problem(name, "", f"cannot import .{ending} files; known are .txt, .md, .html, .docx")
    try:
        return reader(content)
    except UnicodeDecodeError as error:
        raise _problem(name, "", f"is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except ValueError as error:
        raise _problem(name, "", str(error)) from error


def _text(content: bytes) -> list[Block]:
    return blocks_of_text(content.decode("utf-8-sig"))


def _html(content: bytes) -> list[Block]:
    return blocks_of_html(content.decode("utf-8-sig"))


_READERS: Mapping[str, Callable[[bytes], list[Block]]] = MappingProxyType(
    {
        "txt": _text,
        "md": _text,
        "markdown": _text,
        "html": _html,
        "htm": _html,
        "docx": blocks_of_docx,
    }
)


def _data(paper: Paper, published: date, as_of: date | None, given: _Given) -> dict[str, Any]:
    outlined = outline(paper)
    cut_off = min(as_of or published, published)
    current = given.current or {}
    name = given.briefing_id or str(current.get("id", "")) or folder_name(paper, given.name)
    citations = with_sources(citations_of(outlined.units), given.sources, name)
    topic = _known_topic(given.current) or propose_topic(
        paper, outlined, citations, given.parties_in, cut_off, given.topics
    )
    if topic is None:
        message = "the paper names no party; write `topic` into briefing.yaml first"
        raise _problem(given.name, "topic", message)
    says = {"reference": paper.reference, "title": paper.title}
    return {
        "schema": SCHEMA_VERSION,
        "id": name,
        **{key: value for key, value in says.items() if value},
        "as_of": cut_off.isoformat(),
        "published": published.isoformat(),
        "text": f"text/{cut_off.isoformat()}.md",
        "topic": topic_data(topic),
    } | facts_data(outlined, citations, propose(outlined, citations, topic, given.parties_in), topic.focal)


def folder_name(paper: Paper, name: str) -> str:
    """Return the name of a paper's folder, by its number or its file's name."""
    return (
        re.sub(r"[^a-z0-9]+", "-", (paper.reference or name.rpartition(".")[0]).lower()).strip("-")
        or "briefing"
    )


def _known_topic(current: Mapping[str, Any] | None) -> Topic | None:
    """The topic as the file has it."""
    if current is None or "topic" not in current:
        return None
    bare = {key: current[key] for key in ("schema", "id", "title", "as_of", "published", "text", "topic")}
    sections = [{"id": "none", "title": "none"}]
    return parse_briefing(bare | {"sections": sections}, lambda *_: None, "briefing.yaml").topic


def _known_day(current: Mapping[str, Any] | None, key: str) -> date | None:
    value = (current or {}).get(key)
    return value if isinstance(value, date) else date.fromisoformat(str(value)) if value else None


def _problem(name: str, where: str, message: str) -> ConfigError:
    return ConfigError([Problem(name, None, where, message)])

"""One announcement, register row or agreement text at one version."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.dates import PartialDate
from monitor.model.item import Row
from monitor.model.party import PartyCode


class PassageKind(StrEnum):
    """What a block of text is on its page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of text: a paragraph, list item, table row or register field."""

    kind: PassageKind
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A link of a document to a paper beside it, with the words of the link."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document at one version. ``text`` is its passages joined by line feeds; spans count into it.

    ``id`` is made from content by :func:`document_id`. ``body_sha256`` names the stored bytes.
    """

    id: str
    source_id: str
    url: str
    title: str
    lang: str
    passages: tuple[Passage, ...]
    retrieved: datetime
    published: PartialDate | None = None
    voice: PartyCode | None = None
    official: bool = True
    publisher: str = ""
    item_key: str = ""
    body_sha256: str | None = None
    row: Row | None = None
    attachments: tuple[Attachment, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, a passage a line."""
        return "\n".join(passage.text for passage in self.passages)


def document_id(source_id: str, url: str, title: str, passages: tuple[Passage, ...]) -> str:
    """Return the content-made id of a document version: the same content has the same id for ever."""
    digest = hashlib.sha256()
    for part in (source_id, url, title, *(passage.text for passage in passages)):
        digest.update(part.encode("utf-8", "replace"))
        digest.update(b"\0")
    return "d-" + digest.hexdigest()[:24]

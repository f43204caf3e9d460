"""What a document says of a series as a whole: how many agreements there are, or with whom."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.dates import PartialDate
from monitor.model.party import PartyCode
from monitor.model.stage import Kind


class Reckoned(StrEnum):
    """What is counted: "28 countries and the EU" are 29 agreements."""

    AGREEMENTS = "agreements"
    COUNTRIES = "countries"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One number or list with its quotation.

    ``quote`` is ``document.text[start:end]``, exactly. ``number`` is None where it only lists; "the 27th
    agreement" is 27. ``parties`` are those that the quotation names, in order, ``subject`` those of them
    that stand before the number, ``about`` those that the title and the sentence before it name.
    ``is_open``: the list says of itself that it is not all ("including"). ``over_time``: the number is of
    a stretch of time or of another day than the document's. ``published`` is the day that it is as of.
    """

    id: str
    document_id: str
    source_id: str
    of: Reckoned
    number: int | None
    quote: str
    start: int
    end: int
    parties: tuple[PartyCode, ...] = ()
    subject: tuple[PartyCode, ...] = ()
    about: tuple[PartyCode, ...] = ()
    kinds: tuple[Kind, ...] = ()
    is_open: bool = False
    over_time: bool = False
    published: PartialDate | None = None
    voice: PartyCode | None = None
    official: bool = True
    lang: str = ""
    url: str = ""
    publisher: str = ""
    item_key: str = ""
    retrieved: datetime | None = None


def reckoning_id(document_id: str, start: int, end: int, of: Reckoned, number: int | None) -> str:
    """Return the id of a reckoning: document version, quoted span and what it says."""
    text = "\0".join((document_id, str(start), str(end), of.value, str(number)))
    return "k-" + hashlib.sha256(text.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A number or list that contradicts what is known, or another source's; none is picked.

    ``reckonings`` are what sources say, the latest of each. ``known`` are agreements of the series that
    were known by then, and ``known_states`` those with states, both at least and at most; empty where only
    sources contradict each other. ``missing`` are parties that a list leaves out, ``findings`` say that
    they signed; ``surplus`` are parties in it of whom no signing is known.
    """

    id: str
    reckonings: tuple[Reckoning, ...]
    known: tuple[int, int] | None = None
    known_states: tuple[int, int] | None = None
    missing: tuple[PartyCode, ...] = ()
    surplus: tuple[PartyCode, ...] = ()
    findings: tuple[str, ...] = ()

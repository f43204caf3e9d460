"""What a document says: that these sides reached this stage of this kind of instrument on this date."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.dates import PartialDate
from monitor.model.party import PartyCode, Sides
from monitor.model.stage import Basis, Binding, Kind, Level, Relation, Stage


@dataclass(frozen=True, slots=True)
class Signature:
    """One signing: an exchange of letters has one a side, on different days."""

    date: PartialDate
    side: PartyCode | None = None
    place: str = ""


class Procedure(StrEnum):
    """Steps that stand beside the stages; none of them says whether an agreement is concluded."""

    LAID = "laid"  # before Parliament, Constitutional Reform and Governance Act 2010, section 20
    CAN_RATIFY = "can-ratify"
    SCRUTINY = "scrutiny"
    CONSENT_VOTE = "consent-vote"


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """A procedure step with its date and the register's own words."""

    step: Procedure
    date: PartialDate | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim with its quotation.

    ``quote`` is ``document.text[start:end]``, exactly. ``date`` is of the stage; ``signed`` only of
    signatures. ``score`` is a probability between 0 and 1. ``title`` is as the document gives it.
    ``numbers`` are register numbers ("CP 1277"). ``series`` is set only where a person said so.
    ``party`` is the side that alone reached the stage (one parliament ratified). ``item_key`` and
    ``retrieved`` are the document's: they tell a row's later version from another row.
    """

    id: str
    document_id: str
    source_id: str
    sides: Sides
    stage: Stage
    kind: Kind
    basis: Basis
    quote: str
    start: int
    end: int
    voice: PartyCode | None = None
    official: bool = True
    instrument: str = ""
    level: Level = Level.STATE
    title: str = ""
    date: PartialDate | None = None
    signed: tuple[Signature, ...] = ()
    place: str = ""
    duration: str = ""
    binding: Binding = Binding.NOT_STATED
    numbers: tuple[str, ...] = ()
    relation: Relation | None = None
    parent_title: str = ""
    procedures: tuple[ProcedureStep, ...] = ()
    published: PartialDate | None = None
    lang: str = ""
    url: str = ""
    publisher: str = ""
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    series: str | None = None
    party: PartyCode | None = None
    item_key: str = ""
    retrieved: datetime | None = None

    @property
    def explanation(self) -> str:
        """In one sentence why it was made, and how often such findings are right; a person's says no odds."""
        because = "; ".join(self.reasons) or "no reason was kept"
        sentence = f"{because[0].upper()}{because[1:]}"
        often = round(self.score * 100)
        odds = "nearly all" if often == 100 else f"about {often}"
        if self.basis is Basis.PERSON:
            return f"{sentence}."
        return f"{sentence}; of 100 such findings {odds} are right."


def finding_id(document_id: str, start: int, end: int, sides: Sides, stage: Stage, title: str = "") -> str:
    """Return the id of a finding: document version, quoted span, sides, stage and title; never its score.

    The title tells apart several instruments that one sentence announces.
    """
    text = "\0".join((document_id, str(start), str(end), *sides, stage.value, title))
    return "f-" + hashlib.sha256(text.encode()).hexdigest()[:24]

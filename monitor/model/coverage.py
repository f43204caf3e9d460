"""What could and could not be checked: coverage by party, and faults of sources, in plain words."""

from dataclasses import dataclass
from datetime import datetime

from monitor.model.party import PartyCode


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A working source that would tell us, and when it was last read well."""

    source_id: str
    publisher: str
    last_success: datetime
    url: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source that does not answer us: since when (None: never read), and why in plain words.

    ``words`` completes the sentence "its site ...": "refuses machines", "has not answered".
    """

    publisher: str
    since: datetime | None
    words: str
    source_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A person looked at a publisher's pages by hand."""

    publisher: str
    by: str
    at: datetime
    note: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How we would learn of a party's announcements: read by machine, in trouble, looked at by hand."""

    party: PartyCode
    sources_read: tuple[SourceRead, ...] = ()
    trouble: tuple[Trouble, ...] = ()
    manual: tuple[LookedAt, ...] = ()

    @property
    def is_covered(self) -> bool:
        """Whether a machine or a person has read a source that speaks for the party."""
        return bool(self.sources_read or self.manual)


@dataclass(frozen=True, slots=True)
class Fault:
    """A source at fault, for the digest and the status page.

    ``expected``: known to refuse machines, so it fails no run; it is named all the same. ``read``: it was
    read well, and this is only to be noted.
    """

    source_id: str
    publisher: str
    since: datetime | None
    words: str
    expected: bool = False
    url: str = ""
    read: bool = False

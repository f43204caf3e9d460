"""The ports and values that a run is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from monitor.model import LEAD_DAYS, Document, Edition, PartyCode, Subscription
from monitor.ports import Clock, Evidence, Fetcher, Reader, Store
from monitor.sources import Sources

if TYPE_CHECKING:
    from monitor.detection import Detection


def never() -> bool:
    """Nobody tells this process to end."""
    return False


class Detects(Protocol):
    """What finds agreements in documents; most cycles have no document, and then none is loaded."""

    def detect(self, document: Document, *, focal: PartyCode | None = None) -> "Detection":
        """Return what a document says."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a run works with; a test hands in fakes.

    ``at_once``: how many hosts are polled at the same time. One after the other, sources are recorded
    in their order, which a story told under a simulated clock needs. ``is_stopping``: whether the process
    was told to end. ``lead_days``: for how long what only others than the parties say stands unrepeated.
    """

    clock: Clock
    store: Store
    evidence: Evidence
    fetcher: Fetcher
    reader: Reader
    detector: Detects
    sources: Sources
    editions: tuple[Edition, ...]
    subscriptions: tuple[Subscription, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    at_once: int = 1
    lead_days: int = LEAD_DAYS
    is_stopping: Callable[[], bool] = never

    @property
    def focal(self) -> PartyCode | None:
        """The focal party, where all briefings share one: it fills in "our countries"."""
        focals = {edition.topic.focal for edition in self.editions}
        return next(iter(focals)) if len(focals) == 1 else None

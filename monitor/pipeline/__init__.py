"""One run, walked through the rooms: loops and ``try``, no rules about treaties."""

from monitor.pipeline.derive import Derived, derive, rederive, take_in_editions
from monitor.pipeline.ingest import ingest_file
from monitor.pipeline.parts import Parts
from monitor.pipeline.poll import SourceOutcome, poll_due, poll_source

__all__ = [
    "Derived",
    "Parts",
    "SourceOutcome",
    "derive",
    "ingest_file",
    "poll_due",
    "poll_source",
    "rederive",
    "take_in_editions",
]

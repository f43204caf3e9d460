"""One run, walked through the rooms: loops and ``try``, no rules about treaties."""

from monitor.pipeline.backfill import Backfilled, backfill
from monitor.pipeline.cycle import poll_due
from monitor.pipeline.derive import Derived, derive, rederive, take_in_editions
from monitor.pipeline.ingest import Ingested, ingest_file
from monitor.pipeline.offers import Offer, look_at
from monitor.pipeline.parts import Parts
from monitor.pipeline.poll import SourceOutcome, poll_source, try_source
from monitor.pipeline.publish import Press, Written, expected_parties, render_report, write_reports
from monitor.pipeline.watching import PageEdit, page_edits

__all__ = [
    "Backfilled",
    "Derived",
    "Ingested",
    "Offer",
    "PageEdit",
    "Parts",
    "Press",
    "SourceOutcome",
    "Written",
    "backfill",
    "derive",
    "expected_parties",
    "ingest_file",
    "look_at",
    "page_edits",
    "poll_due",
    "poll_source",
    "rederive",
    "render_report",
    "take_in_editions",
    "try_source",
    "write_reports",
]

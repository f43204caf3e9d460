"""One run, walked through the rooms: loops and ``try``, no rules about treaties."""

from monitor.pipeline.backfill import Backfilled, backfill
from monitor.pipeline.briefcase import Briefcase
from monitor.pipeline.cited import newer_editions
from monitor.pipeline.cycle import poll_due
from monitor.pipeline.derive import Derived, Detected, detect, record, rederive, take_in_editions, until_fresh
from monitor.pipeline.gathering import expected_parties
from monitor.pipeline.ingest import Ingested, ingest_file
from monitor.pipeline.offers import Offer, look_at
from monitor.pipeline.parts import Parts, never
from monitor.pipeline.poll import SourceOutcome, poll_source, try_source
from monitor.pipeline.press import Press, occasion_of, render_known, report_on
from monitor.pipeline.publish import Written, write_reports
from monitor.pipeline.reread import Late, Reread, reread
from monitor.pipeline.rounds import Round
from monitor.pipeline.watching import PageEdit, page_edits

__all__ = [
    "Backfilled",
    "Briefcase",
    "Derived",
    "Detected",
    "Ingested",
    "Late",
    "Offer",
    "PageEdit",
    "Parts",
    "Press",
    "Reread",
    "Round",
    "SourceOutcome",
    "Written",
    "backfill",
    "detect",
    "expected_parties",
    "ingest_file",
    "look_at",
    "never",
    "newer_editions",
    "occasion_of",
    "page_edits",
    "poll_due",
    "poll_source",
    "record",
    "rederive",
    "render_known",
    "report_on",
    "reread",
    "take_in_editions",
    "try_source",
    "until_fresh",
    "write_reports",
]

"""Atom feeds (RFC 4287): what a subscription was told, newest first, and the agreements that are known.

An entry keeps its id for ever; when what it says changes, its ``updated`` does, so that feed readers show
it as changed. Ids are tag URIs (RFC 4151) of the instance's own domain name.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor.model import Stage, written
from monitor.reports.desk import Desk, EvidenceMissingError, lay_out
from monitor.reports.evidence import whose_word
from monitor.reports.happened import happened, retold
from monitor.reports.material import Material, Occasion, ToldAt
from monitor.reports.table import Known, Row, table_rows
from monitor.reports.words import lower, sentence, stage_words

_log = logging.getLogger(__name__)

MOST_ENTRIES = 100
_NOT_IN_TAG = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; instants are RFC 3339, ``link`` may be empty."""

    id: str
    title: str
    updated: str
    summary: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, newest entry first."""

    id: str
    title: str
    subtitle: str
    updated: str
    author: str
    entries: tuple[FeedEntry, ...]


def compose_changes_feed(material: Material, occasion: Occasion) -> Feed:
    """Return the feed of what a subscription was told: ``material.history``."""
    desk = lay_out(material, occasion)
    edition = material.edition
    told = sorted(material.history, key=lambda each: (each.at, each.change.id), reverse=True)[:MOST_ENTRIES]
    name = edition.reference or edition.briefing_id
    return Feed(
        id=_tag(occasion, edition.as_of, edition.briefing_id, occasion.subscription_id),
        title=f"{name}, {edition.title}: changes",
        subtitle=f"What was concluded since {written(edition.as_of)}. Signed does not mean in force.",
        updated=_instant(max((each.at for each in told), default=occasion.until)),
        author=occasion.masthead.sender_name,
        entries=tuple(entry for each in told if (entry := _change_entry(desk, each)) is not None),
    )


def compose_agreements_feed(known: Known, occasion: Occasion, updated: Mapping[str, datetime]) -> Feed:
    """Return the feed of the agreements that are known; ``updated`` is when each was last heard of, by id."""
    edition = known.edition
    rows = sorted(
        table_rows(known), key=lambda row: (updated.get(row.id, occasion.until), row.id), reverse=True
    )
    name = edition.reference or edition.briefing_id
    return Feed(
        id=_tag(occasion, edition.as_of, edition.briefing_id, occasion.subscription_id),
        title=f"{name}, {edition.title}: agreements",
        subtitle="Every agreement that is known. Signed does not mean in force.",
        updated=_instant(max((updated[row.id] for row in rows if row.id in updated), default=occasion.until)),
        author=occasion.masthead.sender_name,
        entries=tuple(
            _agreement_entry(occasion, edition.as_of, row, updated.get(row.id, occasion.until))
            for row in rows[:MOST_ENTRIES]
        ),
    )


def _change_entry(desk: Desk, told: ToldAt) -> FeedEntry | None:
    """The entry of one change, None where its evidence is missing: nothing is claimed without it."""
    change, edition = told.change, desk.material.edition
    try:
        word = whose_word(desk, change)
    except EvidenceMissingError as error:
        _log.warning("change %s is left out of a feed: %s", change.id, error)
        return None
    title = f"{desk.party(change)}: {lower(happened(desk, change))}"
    said = "; ".join(link.text for link in word.links)
    holds = "This was told before and does not hold. " if told.taken_back else ""
    return FeedEntry(
        id=_tag(desk.occasion, edition.as_of, edition.briefing_id, change.id),
        title=f"Correction: {title}" if told.taken_back else title,
        updated=_instant(told.at),
        summary=f"{holds}{sentence(retold(desk, change))} {word.words}{f': {said}' if said else ''}.",
        link=word.links[0].url if word.links else "",
    )


def _agreement_entry(occasion: Occasion, as_of: date, row: Row, at: datetime) -> FeedEntry:
    signed = f"signed {row.concluded}" if row.concluded else "signed, day not stated"
    force = f" In force since {row.in_force}." if row.in_force else ""
    return FeedEntry(
        id=_tag(occasion, as_of, "agreement", row.id),
        title=f"{row.party_name}: {row.title or 'title not stated'}",
        updated=_instant(at),
        summary=f"{sentence(signed)}{force} Now: {stage_words(Stage(row.stage))}. Word: {row.word}.",
        link=row.sources[0] if row.sources else "",
    )


def _tag(occasion: Occasion, as_of: date, *parts: str) -> str:
    """A tag URI: the authority held the name on the day of the edition's cut-off."""
    authority = (
        re.sub(r"[^a-z0-9.-]", "", occasion.masthead.instance.lower()).strip(".-") or "monitor.invalid"
    )
    return f"tag:{authority},{as_of.isoformat()}:{'/'.join(_NOT_IN_TAG.sub('-', part) for part in parts)}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

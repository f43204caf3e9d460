"""The material on the desk while one digest is written, with the look-ups that every part needs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from monitor.model import (
    Agreement,
    Audience,
    Basis,
    Change,
    Finding,
    Life,
    PartialDate,
    PartyCode,
    Reckoning,
    Scope,
    Source,
    Word,
    written,
)
from monitor.model import ChangeKind as Kind
from monitor.reports.digest import Link
from monitor.reports.disputes import disputed_days
from monitor.reports.escape import language_tag
from monitor.reports.linking import Page, link_names
from monitor.reports.material import Earlier, Material, Occasion
from monitor.reports.words import either, in_prose, listed, local_day, moment, party_name


class EvidenceMissingError(LookupError):
    """No stored finding carries a change, so nothing may be claimed of it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Material and occasion; ``links`` are the names of the pages that the digest can link, by address."""

    material: Material
    occasion: Occasion
    links: Mapping[str, Link] = field(default_factory=dict)

    @property
    def focal(self) -> PartyCode:
        """The party that the briefing follows."""
        return self.material.edition.topic.focal

    @property
    def for_reviewers(self) -> bool:
        """Whether this is the reviewers' edition."""
        return self.occasion.audience is Audience.REVIEWERS

    def agreement(self, change: Change) -> Agreement | None:
        """Return the agreement that a change is about, if at hand."""
        return self.material.agreements.get(change.agreement_id)

    def source(self, finding: Finding | Reckoning) -> Source | None:
        """Return the source of a finding, if it is still in the sources file."""
        return self.material.sources.get(finding.source_id)

    def partners(self, change: Change) -> tuple[PartyCode, ...]:
        """Return the sides other than the focal party."""
        return tuple(side for side in change.sides if side != self.focal)

    def all_partners(self, changes: Iterable[Change]) -> tuple[PartyCode, ...]:
        """Return the partners of several changes, each once, in order."""
        return tuple(dict.fromkeys(code for change in changes for code in self.partners(change)))

    def party(self, change: Change) -> str:
        """Return the partner's name for a table cell."""
        return listed([party_name(code, self.material.names) for code in self.partners(change)])

    def prose(self, codes: Iterable[PartyCode]) -> str:
        """Return parties as a sentence lists them."""
        return listed([in_prose(code, self.material.names) for code in codes])

    def findings(self, change: Change) -> tuple[Finding, ...]:
        """Return the findings that carry a change, the strongest evidence first.

        Raises:
            EvidenceMissingError: none is at hand.
        """
        at_hand = self.material.findings
        found = tuple(at_hand[each] for each in change.evidence if each in at_hand)
        if not found:
            raise EvidenceMissingError("its evidence is missing from the store")
        return found

    def published(self, finding: Finding) -> str:
        """Return when the finding's page was published, else when it was read."""
        if finding.published:
            return finding.published.written
        document = self.material.documents.get(finding.document_id)
        return f"read {self.day(document.retrieved)}" if document else ""

    def said_by(self, finding: Finding | Reckoning) -> str:
        """Return who published a finding's page."""
        return finding.publisher or self.publisher(finding.source_id)

    def page_title(self, finding: Finding | Reckoning) -> str:
        """Return the title of a finding's page, else of its instrument."""
        document = self.material.documents.get(finding.document_id)
        title = finding.title if isinstance(finding, Finding) else ""
        return (document.title if document else "") or title

    def day(self, instant: datetime) -> str:
        """Return the local day of an instant, written out."""
        return written(local_day(instant, self.occasion.zone))

    def moment(self, instant: datetime) -> str:
        """Return the local day and time of an instant."""
        return moment(instant, self.occasion.zone)

    def publisher(self, source_id: str) -> str:
        """Return who publishes a source, or its id where the sources file has it no longer."""
        source = self.material.sources.get(source_id)
        return source.publisher if source else source_id

    def before(self, change: Change) -> Earlier | None:
        """Return what the recipients were told of a change before, if anything."""
        return self.material.before.get(change.id)

    def grown(self, change: Change) -> tuple[str, ...]:
        """Return what a signing that was told before stands on besides now; that alone is news of it."""
        return self.material.grown.get(change.id, ())

    def days(self, change: Change) -> tuple[PartialDate, ...]:
        """Return the days of signature that sources disagree on, or nothing."""
        if change.kind in (Kind.ADVANCED, Kind.UNDER_WAY):  # whose day is that of another stage
            return ()
        return disputed_days(self.agreement(change), self.material.findings)

    def day_of(self, change: Change) -> str:
        """Return the day of an event as a sentence gives it: one, both that sides give, or nothing."""
        return either(self.days(change)) or (change.date.written if change.date else "")

    def standing(self) -> tuple[Change, ...]:
        """Return the changes told before that still stand."""
        lives = (Life.OPEN, Life.DECIDED)
        return tuple(change for change in self.material.earlier if change.life in lives)


def lay_out(material: Material, occasion: Occasion) -> Desk:
    """Return the desk for one digest."""
    plain = Desk(material, occasion)
    at_hand = (material.findings.get(each) for change in material.told for each in change.evidence)
    return Desk(material, occasion, link_names(_page(plain, finding) for finding in at_hand if finding))


def _page(desk: Desk, finding: Finding) -> Page:
    """The page that a finding stands on; an English title needs no language of its own.

    What a person entered names the site that the person relies on: the title is the agreement's.
    """
    if finding.basis is Basis.PERSON:
        return Page(finding.url, desk.said_by(finding), _site(finding.url), desk.published(finding))
    foreign = "" if finding.lang.lower().startswith("en") else language_tag(finding.lang)
    return Page(
        finding.url,
        desk.said_by(finding),
        desk.page_title(finding),
        desk.published(finding),
        foreign,
    )


def _site(url: str) -> str:
    """The host of an address, as people say it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def is_reported(change: Change) -> bool:
    """Return whether a signing is only reported: by the press, or by a third party's official word."""
    return change.kind is Kind.LEAD or not change.word.is_confirmed


def agreed_by_both(changes: Iterable[Change]) -> list[Change]:
    """Return those that rest on the text or on both sides' word."""
    return [change for change in changes if not is_one_sided(change)]


def said_by_one(changes: Iterable[Change]) -> list[Change]:
    """Return those that one side alone says."""
    return [change for change in changes if is_one_sided(change)]


def undecided_apart(
    desk: Desk, changes: Sequence[Change], most_named: int
) -> tuple[list[Change], list[Change]]:
    """Return what a count may count, and what may not belong to the series.

    Where parties are named, nothing is set apart: the row of each says what is not decided.
    """
    if len(desk.all_partners(changes)) <= most_named:
        return list(changes), []
    undecided = [change for change in changes if change.scope is Scope.UNDECIDED]
    return [change for change in changes if change not in undecided], undecided


def is_one_sided(change: Change) -> bool:
    """Return whether one side alone says so, which readers are told."""
    return change.word is Word.ONE

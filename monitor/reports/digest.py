"""A digest as templates see it: words, numbers and lists of them, nothing that can be called.

Every field is text in English, ready to print, except quotations and titles, which keep their
language in ``lang``. Links are http(s) or empty. Escaping is the format's business, not done here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link with a text that says where it leads; ``url`` may be empty.

    ``title`` are the first words of the page's title, in the language ``lang``, and ``aside`` is what else
    tells it from other links, both where the text alone does not.
    """

    text: str
    url: str = ""
    title: str = ""
    lang: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class OnWhoseWord:
    """The words of the editorial rules ("Text read"), who said it, and what to beware of."""

    words: str
    links: tuple[Link, ...] = ()
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Concluded:
    """A row of the main table: who signed, or is reported to have signed."""

    change_id: str
    party: str
    signed: str
    place: str
    title: str
    title_lang: str
    length: str
    source: OnWhoseWord
    notes: tuple[str, ...] = ()
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the smaller tables: a further stage, another agreement, talks; ``happened`` has its day."""

    change_id: str
    party: str
    happened: str
    title: str
    title_lang: str
    source: OnWhoseWord
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfDate:
    """A statement of the briefing, where it stands, and how things stand now."""

    where: str
    says: str
    now: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A value of the edition and what sources give instead."""

    change_id: str
    what: str
    title: str
    edition_says: str
    sources_say: str
    source: OnWhoseWord


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page that the briefing cites: what became of it, and the statements that rest on it.

    ``said`` and ``says`` are the words that differ, in the language ``lang``; of a move the addresses.
    """

    page: Link
    happened: str
    said: str
    says: str
    lang: str
    licence: str
    rests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """Something outside the series that puts statements out of date, as a person says."""

    happened: str
    when: str
    source: Link
    by: str
    rests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stored quotation, line by line, with all that is needed to check it and to be allowed to print it."""

    change_id: str
    about: str
    lines: tuple[str, ...]
    cut: str
    lang: str
    lang_name: str
    gloss: str
    publisher: str
    page: Link
    published: str
    retrieved: str
    licence: str
    caution: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """A number or list of the series that contradicts what is known, or another: who says what, quoted."""

    id: str
    what: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and a value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A finding as reviewers see it; ``because`` says in one sentence why it was made, from ``reasons``."""

    id: str
    publisher: str
    stage: str
    score: str
    reasons: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Decide:
    """A change as reviewers decide on it: its evidence, its facts, and the commands to type."""

    change_id: str
    headline: str
    facts: tuple[Fact, ...]
    quotations: tuple[Quotation, ...]
    findings: tuple[Scored, ...]
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How a party's announcements would reach us."""

    party: str
    read: str
    trouble: str
    by_hand: str


@dataclass(frozen=True, slots=True)
class Failed:
    """An item that could not be shown, and why."""

    change_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sender:
    """What the mail's headers need."""

    instance: str
    address: str
    name: str
    contact: str
    list_id: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest for one audience."""

    report_id: str
    reviewers: bool
    reference: str
    briefing: str
    subject: str
    headline: str
    preheader: str
    period: str
    window: str
    as_of: str
    made: str
    lead: tuple[str, ...]
    nothing_new: bool
    nothing_heading: str
    party_heading: str
    focal: str
    concluded: tuple[Concluded, ...]
    confirmed: tuple[Event, ...]
    advanced: tuple[Event, ...]
    not_established: tuple[str, ...]
    out_of_date: tuple[OutOfDate, ...]
    still_right: tuple[str, ...]
    outside: tuple[Outside, ...]
    cited: tuple[CitedPage, ...]
    contradictions: tuple[Contradiction, ...]
    disputed: tuple[Disputed, ...]
    omitted: tuple[Event, ...]
    others: tuple[Event, ...]
    others_moved: tuple[Event, ...]
    minor: tuple[Event, ...]
    under_way: tuple[Event, ...]
    under_way_before: str
    quotations: tuple[Quotation, ...]
    checks: tuple[str, ...]
    coverage: tuple[CoverageRow, ...]
    questions: tuple[Fact, ...]
    to_decide: tuple[Decide, ...]
    awaiting: str
    remarks: tuple[str, ...]
    failed: tuple[Failed, ...]
    closing: str
    sender: Sender

"""The state of the briefing: what of it is out of date, what stands since, and what awaits a decision."""

from collections.abc import Sequence

from monitor.model import Change, ChangeKind, Life, Scope, written
from monitor.reports.desk import Desk, lay_out
from monitor.reports.digest import Link, OutOfDate
from monitor.reports.evidence import whose_word
from monitor.reports.happened import happened
from monitor.reports.items import write_items
from monitor.reports.material import Material, Occasion
from monitor.reports.running import running_count, signed_since
from monitor.reports.sheet import Cell, Part, Sheet
from monitor.reports.statements import out_of_date
from monitor.reports.subject import titled, window
from monitor.reports.words import counted, field_words, parties_counted, sentence
from monitor.reports.writing import report_id_of, sender_of

_SERIES = (Scope.SERIES, Scope.UNDECIDED)


def compose_state(material: Material, occasion: Occasion) -> Sheet:
    """Return how the edition stands to everything in ``material.told``, the changes that stand today."""
    desk = lay_out(material, occasion)
    items, failed = write_items(desk)
    changes = [item.change for item in items]
    aged = out_of_date(desk, changes)
    edition = material.edition
    count, total = len(aged), len(edition.statements)
    headline = f"{counted(count, 'statement')} of {total:,} {'is' if count == 1 else 'are'} out of date"
    lead = _lead(desk, changes, len(failed))
    return Sheet(
        report_id=report_id_of(material, occasion),
        reference=edition.reference or edition.briefing_id,
        briefing=edition.title,
        subject=titled(desk, f"State of the briefing: {headline}"),
        headline=headline,
        preheader=lead[0],
        window=window(desk),
        as_of=written(edition.as_of),
        made=desk.moment(occasion.made_at),
        lead=lead,
        parts=(
            _statements(aged),
            _changes(desk, "Of the series, or perhaps of it", [c for c in changes if c.scope in _SERIES]),
            _changes(desk, "Outside the series", [c for c in changes if c.scope is Scope.OTHER]),
            _counts(desk, changes),
            running_count(desk, changes),
        ),
        closing="Signed does not mean in force. For the proposed wording: monitor briefing redline.",
        sender=sender_of(desk),
    )


def _lead(desk: Desk, changes: Sequence[Change], failed: int) -> tuple[str, ...]:
    waiting = sum(change.life is Life.OPEN for change in changes)
    since = written(desk.material.edition.as_of)
    stand = "stands" if len(changes) == 1 else "stand"
    signed = signed_since(changes)
    who = parties_counted(desk.all_partners(signed), desk.material.names) if signed else "nobody"
    lines = [
        f"Since the cut-off of {since} {who} signed in the series, on good word",
        f"{counted(len(changes), 'change')} {stand}, of which {waiting} await review",
    ]
    if failed:
        lines.append(f"{counted(failed, 'change')} could not be shown; monitor changes list shows all")
    return tuple(sentence(line) for line in lines)


def _statements(aged: Sequence[OutOfDate]) -> Part:
    rows = tuple((Cell(row.where), Cell(row.says), Cell(row.now)) for row in aged)
    return Part(
        "Statements out of date", ("Where", "It says", "Position now"), rows, "Nothing is out of date."
    )


def _changes(desk: Desk, title: str, changes: Sequence[Change]) -> Part:
    rows = tuple(_row(desk, change) for change in changes)
    return Part(title, ("Party", "What and when", "On whose word", "Review"), rows, "None.")


def _row(desk: Desk, change: Change) -> tuple[Cell, ...]:
    word = whose_word(desk, change)
    review = "decided" if change.life is Life.DECIDED else "open"
    link = word.links[0] if word.links else Link("")
    said = ", ".join(
        part for part in (link.text, f"“{link.title}”" if link.title else "", link.aside) if part
    )
    what = happened(desk, change)
    if change.kind is ChangeKind.DISCREPANCY:
        what = f"Sources contradict the {field_words(change.field)}: {change.sources_say}"
    whose = f"{word.words}: {said}" if said else word.words
    return (Cell(desk.party(change)), Cell(what), Cell(whose, link.url), Cell(review))


def _counts(desk: Desk, changes: Sequence[Change]) -> Part:
    """The edition's numbers beside what was signed since; only the series' own number is moved by it."""
    signed = desk.all_partners(signed_since(changes))
    rows = tuple(
        (
            Cell(count.subject),
            Cell(f"{count.value:,}"),
            Cell(
                f"add {parties_counted(signed, desk.material.names)}"
                if count.of == "series" and signed
                else "unchanged"
            ),
        )
        for count in desk.material.edition.counts
    )
    return Part("Numbers in the briefing", ("Of what", "It says", "Since then"), rows, "It gives none.")

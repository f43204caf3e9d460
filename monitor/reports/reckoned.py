"""Where sources count or list the series otherwise than others do, or than is known: side by side."""

from monitor.model import Dispute, PartyCode, Reckoned, Reckoning
from monitor.reports.desk import Desk
from monitor.reports.digest import Disputed, Quotation
from monitor.reports.evidence import quotation
from monitor.reports.words import capital, counted, listed, sentence

_MOST_SIGNINGS = 3  # quoted beside a list that leaves them out


def disputed_rows(desk: Desk) -> tuple[Disputed, ...]:
    """Return a row a dispute, with every quotation that it is between."""
    return tuple(
        Disputed(each.id, _what(desk, each), _quotations(desk, each)) for each in desk.material.disputes
    )


def disputed_headlines(desk: Desk) -> list[str]:
    """Return in few words that sources disagree on the series, where they do."""
    return ["sources disagree on the series"] if desk.material.disputes else []


def disputed_sentence(desk: Desk) -> str:
    """Return what sources disagree on; empty for nothing."""
    found = desk.material.disputes
    if not found:
        return ""
    numbers = any(not each.missing and not each.surplus for each in found)
    lists = any(each.missing or each.surplus for each in found)
    points = [*(["how many agreements of the series there are"] if numbers else [])]
    points += ["who signed one"] if lists else []
    return f"sources disagree on {listed(points)}"


def _what(desk: Desk, dispute: Dispute) -> str:
    said = listed([_said(desk, each) for each in dispute.reckonings])
    clauses = [said]
    if dispute.missing:
        clauses.append(f"the list leaves out {desk.prose(dispute.missing)}")
    if dispute.surplus:
        clauses.append(f"it names {desk.prose(dispute.surplus)}, of whom no signing is known")
    if dispute.known is not None and dispute.known_states is not None:
        clauses.append(_known(dispute.known, dispute.known_states))
    return sentence(capital("; ".join(clauses)))


def _said(desk: Desk, reckoning: Reckoning) -> str:
    """``Office of the President (25 October 2024) says 27 agreements``."""
    when = reckoning.published.written if reckoning.published else "undated"
    who = f"{desk.said_by(reckoning)} ({when})"
    if reckoning.number is None:
        return f"{who} lists {_listed_parties(desk, reckoning)}"
    noun = "country" if reckoning.of is Reckoned.COUNTRIES else "agreement"
    return f"{who} says {counted(reckoning.number, noun)}"


def _listed_parties(desk: Desk, reckoning: Reckoning) -> str:
    parties: list[PartyCode] = [each for each in reckoning.parties if each != desk.focal]
    return counted(len(parties), "party")


def _known(known: tuple[int, int], states: tuple[int, int]) -> str:
    """What is known of those signed by then; a span where it is not decided of some whether they belong."""
    low, high = known
    number = str(high) if low == high else f"{low} to {high}" if low else f"at most {high}"
    apart = f", {states[1]} of them with countries" if states[1] != high else ""
    return f"known here by then: {number}{apart}"


def _quotations(desk: Desk, dispute: Dispute) -> tuple[Quotation, ...]:
    quoted = [
        quotation(desk, each, change_id=dispute.id, about=f"Counted: {_said(desk, each)}")
        for each in dispute.reckonings
    ]
    for finding_id in dispute.findings[:_MOST_SIGNINGS]:
        finding = desk.material.findings.get(finding_id)
        if finding is not None:
            sides = desk.prose([each for each in finding.sides if each != desk.focal])
            quoted.append(
                quotation(desk, finding, change_id=dispute.id, about=f"Left out: the signing by {sides}")
            )
    return tuple(quoted)

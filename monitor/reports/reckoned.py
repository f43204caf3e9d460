"""Where sources count or list the series otherwise than others do, or than is known: side by side."""

from collections.abc import Iterable, Mapping

from monitor.model import Dispute, PartyCode, Reckoned, Reckoning
from monitor.reports.desk import Desk
from monitor.reports.digest import Disputed, Quotation
from monitor.reports.evidence import quotation
from monitor.reports.words import counted, in_prose, listed, sentence

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
    lists = [each for each in found if each.missing or each.surplus]
    points = ["how many agreements of the series there are"] if len(lists) < len(found) else []
    points += ["who signed an agreement of the series"] if lists else []
    return f"sources disagree on {listed(points)}"


def says(
    reckoning: Reckoning, dispute: Dispute, focal: PartyCode, names: Mapping[str, str], publisher: str = ""
) -> str:
    """Return ``Office of the President (25 October 2024): 27 agreements; leaves out Greece``."""
    when = reckoning.published.written if reckoning.published else "undated"
    clauses = [f"{publisher or reckoning.publisher} ({when}): {_number(reckoning, focal)}"]
    clauses += [f"leaves out {_prose(dispute.missing, names)}"] if dispute.missing else []
    if dispute.surplus:
        clauses.append(f"names {_prose(dispute.surplus, names)}, of whom no signing is known")
    return "; ".join(clauses)


def known_words(dispute: Dispute) -> str:
    """Return how many are known here by then; a span where it is not decided of some whether they belong."""
    if dispute.known is None or dispute.known_states is None:
        return ""
    low, high = dispute.known
    number = str(high) if low == high else f"{low} to {high}" if low else f"at most {high}"
    apart = f", {dispute.known_states[1]} of them with countries" if dispute.known_states[1] != high else ""
    return f"{number}{apart}"


def _what(desk: Desk, dispute: Dispute) -> str:
    said = [_said(desk, dispute, each) for each in dispute.reckonings]
    known = known_words(dispute)
    return sentence(". ".join([*said, *([f"Known here by then: {known}"] if known else [])]))


def _said(desk: Desk, dispute: Dispute, reckoning: Reckoning) -> str:
    return says(reckoning, dispute, desk.focal, desk.material.names, desk.said_by(reckoning))


def _number(reckoning: Reckoning, focal: PartyCode) -> str:
    if reckoning.number is None:
        return f"a list of {counted(sum(each != focal for each in reckoning.parties), 'party', 'parties')}"
    if reckoning.of is Reckoned.COUNTRIES:
        return counted(reckoning.number, "country", "countries")
    return counted(reckoning.number, "agreement")


def _prose(parties: Iterable[PartyCode], names: Mapping[str, str]) -> str:
    return listed([in_prose(each, names) for each in parties])


def _quotations(desk: Desk, dispute: Dispute) -> tuple[Quotation, ...]:
    quoted = [
        quotation(desk, each, change_id=dispute.id, about=_said(desk, dispute, each))
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

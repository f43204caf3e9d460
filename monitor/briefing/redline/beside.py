"""What a reviewer reads beside a proposal: why it is made, the quotations that carry it, what is in doubt."""

from collections.abc import Mapping

from monitor.briefing.wording import ENTERED, Proposal
from monitor.model import Basis, Finding

_MOST_QUOTED = 5
_MOST_CHARS = 400
_WHY = {
    "superseded": "Overtaken by what happened since.",
    "incomplete": "Right, but no longer complete.",
    "count": "The number has changed.",
    "superlative": "An earlier case has come to light.",
    "relative-time": "True at the time of writing only.",
}


def beside(proposal: Proposal, findings: Mapping[str, Finding]) -> str:
    """Return it as plain lines."""
    evidence = dict.fromkeys(each for clause in proposal.clauses for each in clause.evidence)
    quoted = [findings[each] for each in evidence if each in findings]
    # Words that only follow from others of the page need no reason of their own: the caveat is it.
    lines = [_WHY[proposal.how.value]] if evidence or not proposal.clauses else []
    lines += [_quotation(finding) for finding in quoted[:_MOST_QUOTED]]
    if len(quoted) > _MOST_QUOTED:
        lines.append(f"And {len(quoted) - _MOST_QUOTED} more; see the changes {', '.join(proposal.changes)}.")
    lines += [f"Note: {each}." for each in proposal.caveats if not each.endswith(ENTERED)]
    return "\n".join(lines)


def _quotation(finding: Finding) -> str:
    if finding.basis is Basis.PERSON:
        when, place = finding.date.written if finding.date else "", finding.place
        told = ", ".join(part for part in (finding.title, when, place) if part)
        return f"Entered by {finding.publisher}: {told} ({finding.url})"
    words = " ".join(finding.quote.split())
    shown = words if len(words) <= _MOST_CHARS else words[: _MOST_CHARS - 1].rstrip() + "…"
    lang = f" [{finding.lang}]" if finding.lang not in ("", "en") else ""
    where = ", ".join(part for part in (finding.publisher, finding.url) if part)
    return f"“{shown}”{lang} ({where})" if shown else where

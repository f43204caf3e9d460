"""What rests on a cited paper: statements that cite it, carry its note's mark, or state its facts."""

from monitor.model import Edition


def resting_on(edition: Edition, citation_id: str) -> tuple[str, ...]:
    """Return the ids of the statements that rest on a citation, in the order of the page.

    A note with several papers carries all of them, so that a statement with its mark rests on each.
    """
    citation = edition.citation(citation_id)
    facts = {
        statement_id
        for entry in edition.entries
        if citation_id in entry.citations
        for statement_id in entry.statements
    }
    return tuple(
        each.id
        for each in edition.statements
        if citation_id in each.citations
        or each.id in facts
        or (citation is not None and citation.note in each.notes)
    )

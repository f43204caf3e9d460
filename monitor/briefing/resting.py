"""What rests on a cited paper: statements that cite it, carry its note's mark, or state its facts.

And when something else that its publisher lists is a newer edition of it.
"""

import re
from datetime import date

from monitor.briefing.titles import folded
from monitor.model import Citation, Edition, PartialDate

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 3  # words; a shorter title, such as "NATO Summit", names many papers
# What is held or said on an occasion: the next one of the same name is another, not a newer edition.
_SAID = ("answers", "interview", "minutes", "remarks", "replies", "speech", "statement")
_OCCASIONS = frozenset([*_SAID, "conference", "debate", "news", "press", "release"])


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


def is_newer_edition(
    citation: Citation, title: str, published: PartialDate | None, *, edition: Edition, now: date
) -> bool:
    """Return whether what a publisher lists is the cited paper under a later day.

    Args:
        citation: The paper as the edition cites it.
        title: What is listed.
        published: The day that it is listed under; None is today.
        edition: What the briefing says; a paper that it does not date is of its day of publication.
        now: Today.
    """
    words = _WORD.findall(folded(citation.title))
    if (
        len(words) < _FEWEST_WORDS
        or _OCCASIONS.intersection(words)
        or folded(title) != folded(citation.title)
    ):
        return False
    cited = citation.accessed or citation.date
    last = max(cited.last if cited else edition.published, edition.as_of)
    return (published or PartialDate.day(now)).is_after(last)

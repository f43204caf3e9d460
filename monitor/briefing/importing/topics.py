"""Propose what a briefing follows, from its first import; a person checks it before anything is compared."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from monitor.briefing.importing.cues import kinds_in
from monitor.briefing.importing.found import PartiesIn
from monitor.briefing.importing.structure import Paper
from monitor.briefing.importing.units import Outline, slug
from monitor.briefing.membership import evidence_of
from monitor.model import Citation, Kind, PartyCode, Series, Topic


def propose_topic(
    paper: Paper,
    outline: Outline,
    citations: Sequence[tuple[str, Citation]],
    parties_in: PartiesIn,
    as_of: date,
    known: Iterable[Topic] = (),
) -> Topic | None:
    """Return a topic: who the title names, and the declaration that the notes cite, if they do.

    Another paper on the same series of the same party has one of the ``known`` topics, so that what is said
    of the series holds for both. None where the paper names no party.
    """
    focal = _focal(paper, outline, parties_in)
    if focal is None:
        return None
    declaration = next((each for _, each in citations if "eclaration" in each.title), None)
    same = next((each for each in known if _is_same(each, focal, declaration)), None)
    if same is not None:
        return same
    since = declaration.date.first if declaration and declaration.date else as_of.replace(month=1, day=1)
    kinds = kinds_in(paper.title) or [Kind.OTHER]
    series = Series(
        id=slug(paper.title),
        name=paper.title or "Agreements",
        since=since,
        kinds=tuple(kinds[:1]),
        evidence=(declaration.title,) if declaration else (),
        declared_by=declaration.title if declaration else "",
    )
    return Topic(focal=focal, series=series)


def _is_same(topic: Topic, focal: PartyCode, declaration: Citation | None) -> bool:
    """Whether a paper's declaration is the one that a known series rests on."""
    if declaration is None or topic.focal != focal:
        return False
    return evidence_of(topic.series).is_in(declaration.title)


def _focal(paper: Paper, outline: Outline, parties_in: PartiesIn) -> PartyCode | None:
    named = parties_in(paper.title)
    if named:
        return named[0]
    times = Counter(code for unit in outline.units for code in parties_in(unit.text))
    return times.most_common(1)[0][0] if times else None

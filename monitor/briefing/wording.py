"""Propose how statements that are out of date could read: a replacement, an addition, or a deletion.

Every clause names the findings that carry it. Where a fact is missing, brackets say so. The words come from
the templates in ``templates/wording/``; a person can edit the sentence and accept the fact.
"""

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from string import Template

from monitor.briefing.house import (
    dated,
    footnote,
    lasting,
    listed,
    number,
    on_day,
    party_in_text,
    titled,
)
from monitor.briefing.out_of_date import standing_changes
from monitor.model import (
    Action,
    Agreement,
    Change,
    Decision,
    DependsOn,
    Edition,
    Entry,
    Finding,
    How,
    PartyCode,
    Stage,
    Statement,
    Unit,
    Word,
    is_organisation,
)

_POINTS_BACK = frozenset(["Both", "They", "These", "Those", "It", "This", "That", "He", "She", "Each"])
ENTERED = ": entered by a person"
MOST_NAMED = 5  # beyond that a count reads better than a list


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a proposal, with the findings that carry it, the strongest first."""

    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to do with one statement: ``deletes`` its words, put ``clauses`` in their place or after them.

    ``footnotes`` are in house style; ``caveats`` are what a reviewer should know before accepting.
    """

    id: str
    statement_id: str
    how: How
    deletes: bool
    clauses: tuple[Clause, ...]
    footnotes: tuple[str, ...]
    changes: tuple[str, ...]
    caveats: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words to put in."""
        return " ".join(clause.text for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Wording:
    """What proposals are written with: names of parties, templates by file name, and "until when"."""

    names: Mapping[str, str]
    templates: Mapping[str, str]
    until: date


@dataclass(frozen=True, slots=True)
class _Event:
    """A change that touches the statement, with its agreement."""

    change: Change
    agreement: Agreement | None
    partner: PartyCode
    how: How


@dataclass(frozen=True, slots=True)
class _Edited:
    """What a person wrote for a statement, and the changes that it speaks of."""

    text: str
    by: str
    changes: frozenset[str]


def propose_wording(
    edition: Edition,
    changes: Iterable[Change],
    agreements: Mapping[str, Agreement],
    findings: Mapping[str, Finding],
    wording: Wording,
    *,
    decisions: Iterable[Decision] = (),
) -> tuple[Proposal, ...]:
    """Return a proposal a statement that is out of date, in the order of the page.

    Args:
        edition: What the briefing says.
        changes: Its changes; withdrawn, rejected and other editions' ones are passed over.
        agreements: The changes' agreements by id.
        findings: The changes' evidence by id.
        wording: Names, templates, and the day up to which the proposals speak.
        decisions: People's decisions in the order taken.
    """
    touched: dict[str, list[_Event]] = {}
    decisions = tuple(decisions)
    for change in standing_changes(edition, changes, decisions):
        focal = edition.topic.focal
        partner = change.sides[1] if change.sides[0] == focal else change.sides[0]
        for aged in change.aged:
            event = _Event(change, agreements.get(change.agreement_id), partner, aged.how)
            touched.setdefault(aged.statement_id, []).append(event)
    found: list[Proposal] = []
    edited = _edited(decisions)
    following = {one.id: other for one, other in pairwise(edition.statements)}
    for statement in edition.statements:
        events = sorted(touched.get(statement.id, ()), key=lambda each: each.change.sort_key)
        if events:
            proposal = _propose(edition, statement, events, findings, wording, edited.get(statement.id))
            found += _with_next(proposal, statement, following.get(statement.id), touched)
    return _with_repetitions(edition, found)


def _with_next(
    proposal: Proposal, statement: Statement, after: Statement | None, touched: Container[str]
) -> tuple[Proposal, ...]:
    """Where new words would come between a sentence and one that points back to it, reword that or say so."""
    if after is None or after.section != statement.section or not proposal.clauses:
        return (proposal,)
    first, _, rest = after.text.partition(" ")
    if after.unit is not Unit.SENTENCE or first not in _POINTS_BACK:
        return (proposal,)
    if first != "Both" or proposal.deletes or after.id in touched or after.notes:
        caveat = f"the next sentence begins with “{first}”: check what it now points to"
        return (_noted(proposal, caveat),)
    pointing = replace(
        proposal,
        id=_id(proposal.id, after.id),
        statement_id=after.id,
        deletes=True,
        clauses=(Clause(f"The first two {rest}", ()),),
        footnotes=(),
        caveats=("“Both” would come to speak of what is put in before it",),
    )
    return proposal, pointing


def _with_repetitions(edition: Edition, proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Say so where a section would name the same signings twice: an editor may want them once."""
    sections = {each.id: each.section for each in edition.statements}
    found: list[Proposal] = []
    for proposal in proposals:
        same = [each.statement_id for each in found if _repeats(proposal, each, sections)]
        caveat = f"the same signings would be named at {same[0]}: once may be enough" if same else ""
        found.append(_noted(proposal, caveat) if caveat else proposal)
    return tuple(found)


def _repeats(proposal: Proposal, earlier: Proposal, sections: Mapping[str, str]) -> bool:
    adds = not proposal.deletes and not earlier.deletes and proposal.clauses and earlier.clauses
    together = sections[proposal.statement_id] == sections[earlier.statement_id]
    return bool(adds) and together and set(proposal.changes) == set(earlier.changes)


def _noted(proposal: Proposal, caveat: str) -> Proposal:
    return replace(proposal, caveats=(*proposal.caveats, caveat))


def _id(*made_of: str) -> str:
    return "w-" + hashlib.sha256("\0".join(made_of).encode()).hexdigest()[:16]


def _propose(
    edition: Edition,
    statement: Statement,
    events: Sequence[_Event],
    findings: Mapping[str, Finding],
    wording: Wording,
    mine: _Edited | None,
) -> Proposal:
    deletes, texts = _texts(edition, statement, events, wording)
    caveats = tuple(_caveats(events, wording))
    told = {each.change.id for each in events}
    if mine is not None and mine.changes <= told:
        rest = [each for each in events if each.change.id not in mine.changes]
        spoken = [each for each in events if each.change.id in mine.changes]
        more = _texts(edition, statement, rest, wording)[1] if rest and not deletes else []
        texts = [(mine.text, spoken), *more]
        caveats += (f"worded by {mine.by}", *(_unspoken(rest, mine, wording) if rest and deletes else ()))
    elif mine is not None and mine.changes & told:
        caveats += (f"{mine.by} worded it for signings of which some are not in here",)
    made_of = [statement.id, *(f"{each.change.id} {each.change.version}" for each in events)]
    made_of += [mine.text] if mine is not None else []
    clauses = tuple(Clause(text, _evidence(about)) for text, about in texts)
    used = [event for _, about in texts for event in about] or list(events)
    cited = [
        footnote(findings[each.change.evidence[0]], partner=wording.names.get(each.partner, each.partner))
        for each in used
        if _has_evidence(each, findings)
    ]
    return Proposal(
        id=_id(*made_of),
        statement_id=statement.id,
        how=events[0].how,
        deletes=deletes,
        clauses=clauses,
        footnotes=tuple(dict.fromkeys(cited)) if clauses else (),
        changes=tuple(dict.fromkeys(each.change.id for each in events)),
        caveats=tuple(dict.fromkeys(caveats)),
    )


def _edited(decisions: Iterable[Decision]) -> dict[str, _Edited]:
    """By statement what a person wrote last; empty words ask for those proposed again."""
    found: dict[str, _Edited] = {}
    for each in decisions:
        statement, text = each.value("statement"), each.value("wording")
        if each.action is Action.ACCEPT and statement is not None and text is not None:
            found[statement] = _Edited(text, each.by, frozenset((each.value("speaks_of") or "").split(",")))
    return {statement: mine for statement, mine in found.items() if mine.text}


def _unspoken(rest: Iterable[_Event], mine: _Edited, wording: Wording) -> Iterable[str]:
    names = listed([party_in_text(each.partner, wording.names) for each in rest])
    yield f"the words of {mine.by} do not speak of {names}"


def _texts(
    edition: Edition, statement: Statement, events: Sequence[_Event], wording: Wording
) -> tuple[bool, list[tuple[str, list[_Event]]]]:
    """Whether the old words go, and the new sentences with the events that each is about."""
    talks = _talks(edition, statement)
    kinds = {on.on for on in statement.depends_on}
    partners = {code for entry in talks for code in entry.sides} - {edition.topic.focal}
    ended = [event for event in events if _ends(event)]
    if ended:
        return False, [(_ended(event, wording), [event]) for event in ended]
    if DependsOn.ENTRY not in kinds and DependsOn.MOMENT in kinds:
        return True, []  # a hope that has come true, or a "still" that is over
    if len(partners) == 1:
        return True, [(_one(event, talks, edition, wording), [event]) for event in events[:1]]
    declined = [event for event in events if event.change.stage is Stage.DECLINED]
    signed = [event for event in events if event not in declined]
    texts = [(_declined(event, edition, wording), [event]) for event in declined]
    if signed:
        of_these = (talks or DependsOn.REMAINING in kinds) and not _goes_on(statement, wording)
        name = "of-these" if of_these else "followed"
        texts.insert(0, (_several(name, signed, edition, wording), signed))
    return False, texts


def _goes_on(statement: Statement, wording: Wording) -> bool:
    """Whether the statement is itself "Of these, A has signed", put in by an edition before."""
    begins = wording.templates["wording/of-these.txt"].partition("$")[0].strip()
    return bool(begins) and statement.text.startswith(begins)


def _talks(edition: Edition, statement: Statement) -> list[Entry]:
    entries = [edition.entry(on.ref) for on in statement.depends_on if on.on is DependsOn.ENTRY]
    return [entry for entry in entries if entry is not None and not entry.stage.implies_conclusion]


def _several(name: str, events: Sequence[_Event], edition: Edition, wording: Wording) -> str:
    focal = party_in_text(edition.topic.focal, wording.names)
    if len(events) > MOST_NAMED:
        return _filled(
            "counted",
            wording,
            until=f"{wording.until.day} {wording.until:%B %Y}",
            focal=focal,
            **_counted(events, wording),
        )
    named = [(party_in_text(each.partner, wording.names), each.change.date) for each in events]
    one = len(events) == 1
    return _filled(
        name,
        wording,
        dated=dated(named),
        have="has" if one else "have",
        agreements="an agreement" if one else "agreements",
        focal=focal,
    )


def _counted(events: Sequence[_Event], wording: Wording) -> dict[str, str]:
    """Countries by number, organisations by name: the EU is a party, never a country."""
    parties = dict.fromkeys(each.partner for each in events)
    organisations = [party_in_text(code, wording.names) for code in parties if is_organisation(code)]
    count = len(parties) - len(organisations)
    return {
        "count": number(count),
        "countries": "country" if count == 1 else "countries",
        "organisations": f" and {listed(organisations)}" if organisations else "",
    }


def _one(event: _Event, talks: Sequence[Entry], edition: Edition, wording: Wording) -> str:
    """The sentence that takes the place of one on the talks with one partner."""
    if event.change.stage is Stage.DECLINED:
        return _declined(event, edition, wording)
    draft = next((entry.date for entry in talks if entry.date and entry.date_of == "draft-presented"), None)
    agreement = event.agreement
    title, focal = event.change.title, party_in_text(edition.topic.focal, wording.names)
    place = f" in {agreement.place}" if agreement and agreement.place else ""
    years = lasting(agreement.duration) if agreement else ""
    return _filled(
        "after-draft" if draft else "signed",
        wording,
        partner=party_in_text(event.partner, wording.names),
        draft=draft.written if draft else "",
        title=titled(title),
        **{"with": "" if focal in title else f" with {focal}"},
        when=on_day(event.change.date),
        place=place,
        duration=f" It has {years} duration." if years else "",
    )


def _declined(event: _Event, edition: Edition, wording: Wording) -> str:
    return _filled(
        "declined",
        wording,
        partner=party_in_text(event.partner, wording.names),
        focal=party_in_text(edition.topic.focal, wording.names),
        on=f" ({event.change.date.written})" if event.change.date else "",
    )


def _ends(event: _Event) -> bool:
    return event.change.stage in (Stage.TERMINATED, Stage.EXPIRED, Stage.REPLACED)


def _ended(event: _Event, wording: Wording) -> str:
    words = {Stage.TERMINATED: "was terminated", Stage.EXPIRED: "expired", Stage.REPLACED: "was replaced"}
    return _filled(
        "ended",
        wording,
        partner=party_in_text(event.partner, wording.names),
        ended=words[event.change.stage],
        on=f" {on_day(event.change.date)}",
    )


def _filled(name: str, wording: Wording, **values: str) -> str:
    """A template with its values; its first letter is a capital."""
    text = Template(wording.templates[f"wording/{name}.txt"].strip()).substitute(values)
    return text[:1].upper() + text[1:]


def _evidence(events: Iterable[_Event]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.change.evidence[0] for each in events if each.change.evidence))


def _has_evidence(event: _Event, findings: Mapping[str, Finding]) -> bool:
    return bool(event.change.evidence) and event.change.evidence[0] in findings


def _caveats(events: Iterable[_Event], wording: Wording) -> Iterable[str]:
    for event in events:
        name = party_in_text(event.partner, wording.names)
        if event.change.word is Word.ONE:
            yield f"{name}: on one government's word"
        if event.change.word is Word.PERSON:
            yield f"{name}{ENTERED}"
        if event.change.date is None:
            yield f"{name}: no source dates the signing"
        if event.agreement is not None and event.agreement.conflicts:
            fields = ", ".join(sorted({each.field for each in event.agreement.conflicts}))
            yield f"{name}: sources disagree on {fields}"

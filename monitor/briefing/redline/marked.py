"""The whole briefing with what is proposed: which words stay, go or come in, and its footnotes anew.

Rejecting every change gives the text as it stands, accepting every one gives the text as proposed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.briefing.importing.blocks import Block, BlockKind, words_of
from monitor.briefing.importing.from_text import blocks_of_text
from monitor.briefing.importing.structure import Paper, structure
from monitor.briefing.importing.units import Draft, outline
from monitor.briefing.titles import folded
from monitor.briefing.wording import Proposal
from monitor.language import Op
from monitor.model import Edition

_MARK = re.compile(r"\[\^(\+?\d+)\]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one block; its footnote marks are keys of notes: ``[^3]`` old, ``[^+1]`` new.

    ``comment`` is the place in ``Redline.comments`` of what a reviewer reads beside it, or None.
    """

    op: Op
    text: str
    comment: int | None = None


@dataclass(frozen=True, slots=True)
class RedBlock:
    """A heading, paragraph, item or quotation with its runs."""

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    number: str = ""

    def text(self, *, accepted: bool) -> str:
        """Return the block's text with every change accepted, or rejected."""
        unwanted = Op.REMOVED if accepted else Op.ADDED
        return "".join(run.text for run in self.runs if run.op is not unwanted).strip()


@dataclass(frozen=True, slots=True)
class RedNote:
    """A footnote; ``number`` is its number once every change is accepted, None where it goes."""

    key: str
    op: Op
    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Redline:
    """A briefing with what is proposed; ``notes`` in the order of their marks."""

    title: str
    blocks: tuple[RedBlock, ...]
    notes: tuple[RedNote, ...]
    comments: tuple[str, ...]

    def number(self, key: str) -> int | None:
        """Return the number to print for a mark."""
        return next((note.number for note in self.notes if note.key == key), None)


def mark_up(
    edition: Edition, text: str, proposals: Iterable[Proposal], evidence: Mapping[str, str]
) -> Redline:
    """Return the briefing with its proposals.

    Args:
        edition: What the briefing says.
        text: Its whole text in Markdown.
        proposals: What to change; a statement that the text no longer has keeps its words.
        evidence: For each proposal's id, what a reviewer reads beside it.
    """
    paper = structure(blocks_of_text(text))
    drafts = outline(paper).units
    wanted = {each.statement_id: each for each in proposals}
    comments: list[str] = []
    added: list[str] = []
    changed: dict[str, list[Run]] = {}
    for draft, statement_id in _paired(drafts, edition):
        proposal = wanted.get(statement_id)
        if proposal is not None and draft.block >= 0:
            comments.append(evidence.get(proposal.id, ""))
            changed[draft.id] = _runs(draft, proposal, len(comments) - 1, added)
    blocks = tuple(
        _red_block(block, [draft for draft in drafts if draft.block == at], changed)
        for at, block in _numbered_blocks(paper, drafts)
    )
    return Redline(paper.title, blocks, _notes(blocks, paper, added), tuple(comments))


def _numbered_blocks(paper: Paper, drafts: Sequence[Draft]) -> list[tuple[int, Block]]:
    return list(enumerate(paper.blocks)) if drafts else []


def _paired(drafts: Sequence[Draft], edition: Edition) -> list[tuple[Draft, str]]:
    """Units of the text with the statements that have their words, in order."""
    waiting: dict[str, list[str]] = {}
    for statement in edition.statements:
        waiting.setdefault(folded(statement.text), []).append(statement.id)
    pairs = []
    for draft in drafts:
        ids = waiting.get(folded(draft.text))
        if ids:
            pairs.append((draft, ids.pop(0)))
    return pairs


def _runs(draft: Draft, proposal: Proposal, comment: int, added: list[str]) -> list[Run]:
    """The unit's own words, kept or struck, and what comes after or instead of them."""
    old = Run(
        Op.REMOVED if proposal.deletes else Op.SAME, draft.inline, comment if proposal.deletes else None
    )
    if not proposal.text:
        return [old]
    mark = ""
    if proposal.footnotes:
        added.append("; ".join(proposal.footnotes))  # house style: semicolons between several
        mark = f"[^+{len(added)}]"
    return [old, Run(Op.ADDED, f" {proposal.text}{mark}", comment)]


def _red_block(block: Block, drafts: Sequence[Draft], changed: Mapping[str, list[Run]]) -> RedBlock:
    runs: list[Run] = []
    for draft in drafts:
        if runs:
            gone = all(run.op is Op.REMOVED for run in changed.get(draft.id, [Run(Op.SAME, "")]))
            runs.append(Run(Op.REMOVED if gone else Op.SAME, " "))
        runs += changed.get(draft.id, [Run(Op.SAME, draft.inline)])
    return RedBlock(block.kind, tuple(runs), block.level, block.number)


def _notes(blocks: Sequence[RedBlock], paper: Paper, added: Sequence[str]) -> tuple[RedNote, ...]:
    """Footnotes in the order of their marks; each mark has its own, since house style cites in full."""
    texts = {str(note.note): note.text for note in paper.notes}
    texts |= {f"+{at}": text for at, text in enumerate(added, start=1)}
    found: dict[str, RedNote] = {}
    number = 0
    for run in (run for block in blocks for run in block.runs):
        for key in _MARK.findall(run.text):
            known = found.get(key)
            if known is not None and known.number is not None:
                continue
            stays = run.op is not Op.REMOVED
            number += stays
            note = RedNote(key, run.op, texts.get(key, ""), number if stays else None)
            found[key] = note if known is None else replace(known, op=run.op, number=note.number)
    return tuple(found.values())


def plain_words(redline: Redline, *, accepted: bool) -> str:
    """Return the words of the running text with every change accepted, or rejected."""
    return "\n".join(words_of(_MARK.sub("", block.text(accepted=accepted))) for block in redline.blocks)

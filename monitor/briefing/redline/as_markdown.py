"""A redline in Markdown, in CriticMarkup: ``{++words that come in++}``, ``{--words that go--}``."""

import re
from dataclasses import replace

from monitor.briefing.importing.blocks import BlockKind
from monitor.briefing.redline.marked import RedBlock, Redline, Run
from monitor.language import Op

_MARK = re.compile(r"\[\^(\+?\d+)\]")
_SIGNS = {Op.SAME: ("", ""), Op.ADDED: ("{++", "++}"), Op.REMOVED: ("{--", "--}")}


def as_markdown(redline: Redline) -> str:
    """Return the redline in Markdown; footnotes are numbered as they are once all is accepted."""
    parts = [f"# {redline.title}"] if redline.title else []
    parts += [_block(block, redline) for block in redline.blocks]
    notes = []
    for note in redline.notes:
        before, after = _SIGNS[note.op]
        label = note.number if note.number is not None else f"old-{note.key}"
        notes.append(f"[^{label}]: {before}{note.text}{after}")
    return "\n\n".join([*parts, *notes]) + "\n"


def accepted_markdown(redline: Redline) -> str:
    """Return the text as proposed, with every change accepted and the footnotes renumbered."""
    kept = [note for note in redline.notes if note.number is not None]
    runs = [
        replace(block, runs=tuple(Run(Op.SAME, run.text) for run in block.runs if run.op is not Op.REMOVED))
        for block in redline.blocks
    ]
    whole = [block for block in runs if any(run.text.strip() for run in block.runs)]
    notes = tuple(replace(note, op=Op.SAME) for note in kept)
    return as_markdown(replace(redline, blocks=tuple(whole), notes=notes))


def _block(block: RedBlock, redline: Redline) -> str:
    text = "".join(_run(run, redline) for run in block.runs).strip()
    if block.kind is BlockKind.HEADING:
        return f"{'#' * max(block.level, 2)} {f'{block.number} ' if block.number else ''}{text}"
    if block.kind is BlockKind.ITEM:
        return f"{'  ' * (block.level - 1)}- {text}"
    return f"> {text}" if block.kind is BlockKind.QUOTATION else text


def _run(run: Run, redline: Redline) -> str:
    before, after = _SIGNS[run.op]

    def label(key: str) -> str:
        number = redline.number(key)
        return str(number) if number is not None else f"old-{key}"

    text = _MARK.sub(lambda mark: f"[^{label(mark[1])}]", run.text)
    return f"{before}{text}{after}" if text.strip() else text

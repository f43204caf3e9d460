"""A redline as one HTML page: readable without colours, by a screen reader, and on paper."""

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

from monitor.briefing.importing.blocks import LINK, BlockKind
from monitor.briefing.redline.marked import RedBlock, Redline, Run
from monitor.language import Op

_TOKEN = re.compile(rf"\[\^(?P<mark>\+?\d+)\]|{LINK.pattern}")
_STYLE = """
body { font: 1.05rem/1.6 Georgia, serif; color: #1a1a1a; background: #fff; max-width: 44rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3, h4 { font-family: system-ui, sans-serif; line-height: 1.25; }
ins { background: #e3f3e3; text-decoration: underline; } del { background: #fbe5e5; }
blockquote { margin-left: 1.5rem; padding-left: 1rem; border-left: 3px solid #767676; }
.note-on-change { font: .85rem/1.45 system-ui, sans-serif; border-left: 3px solid #1d5fa8;
  margin: 0 0 1rem 1.5rem; padding: .2rem .8rem; white-space: pre-line; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
a { color: #0b4f94; } ol.notes { font-size: .9rem; }
@media print { body { max-width: none; } ins, del { background: none; } a { color: inherit; } }
@media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #161616; } a { color: #8ab8f0; }
  ins { background: #1d3a1d; } del { background: #4a2020; } }
"""
_SPOKEN = {Op.ADDED: ("ins", "[inserted: ", "]"), Op.REMOVED: ("del", "[deleted: ", "]")}


def as_html(redline: Redline, *, lang: str = "en") -> str:
    """Return the redline as a whole page."""
    body = "\n".join(_grouped(redline))
    notes = "\n".join(_note(redline, at) for at in range(len(redline.notes)))
    title = escape(redline.title or "Briefing")
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}: proposed changes</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{body}\n"
        f'<section aria-labelledby="notes">\n<h2 id="notes">Notes</h2>\n<ol class="notes">\n{notes}\n</ol>\n'
        "</section>\n</main>\n</body>\n</html>\n"
    )


def _grouped(redline: Redline) -> Iterable[str]:
    """Blocks in order, items in lists of their level."""
    for is_item, blocks in groupby(redline.blocks, key=lambda block: block.kind is BlockKind.ITEM):
        if is_item:
            yield _list(list(blocks), redline)
        else:
            yield from (_block(block, redline) for block in blocks)


def _list(items: list[RedBlock], redline: Redline) -> str:
    parts: list[str] = []
    depth = 0
    for item in items:
        while depth < item.level:
            parts.append("<ul>")
            depth += 1
            if depth < item.level:
                parts.append("<li>")
        while depth > item.level:
            parts.append("</li></ul>")
            depth -= 1
        if parts and parts[-1] not in ("<ul>", "<li>"):
            parts.append("</li>")
        parts.append(f"<li>{_runs(item, redline)}{_comments(item, redline)}")
    return "".join(parts) + "</li></ul>" * depth


def _block(block: RedBlock, redline: Redline) -> str:
    words = _runs(block, redline)
    if block.kind is BlockKind.HEADING:
        level = min(max(block.level, 2), 6)
        number = f"{escape(block.number)} " if block.number else ""
        return f"<h{level}>{number}{words}</h{level}>"
    tag = "blockquote" if block.kind is BlockKind.QUOTATION else "p"
    return f"<{tag}>{words}</{tag}>{_comments(block, redline)}"


def _comments(block: RedBlock, redline: Redline) -> str:
    places = dict.fromkeys(run.comment for run in block.runs if run.comment is not None)
    texts = [redline.comments[at] for at in places if redline.comments[at]]
    return "".join(
        f'<div class="note-on-change" role="note"><strong>Evidence.</strong> {escape(text)}</div>'
        for text in texts
    )


def _runs(block: RedBlock, redline: Redline) -> str:
    return "".join(_run(run, redline) for run in block.runs).strip()


def _run(run: Run, redline: Redline) -> str:
    words = _inline(run.text, redline, run.op)
    if run.op is Op.SAME or not run.text.strip():
        return words
    tag, before, after = _SPOKEN[run.op]
    said = f'<span class="hidden">{before}</span>{words.strip()}<span class="hidden">{after}</span>'
    space = " " if run.text.startswith(" ") else ""
    return f"{space}<{tag}>{said}</{tag}>"


def _inline(text: str, redline: Redline, op: Op) -> str:
    parts = []
    at = 0
    for match in _TOKEN.finditer(text):
        parts.append(escape(text[at : match.start()]))
        parts.append(_mark(match["mark"], redline, op) if match["mark"] else _link(match[2], match[3]))
        at = match.end()
    return "".join([*parts, escape(text[at:])])


def _mark(key: str, redline: Redline, op: Op) -> str:
    number = redline.number(key)
    if number is None or op is Op.REMOVED:
        return f"<sup>{escape(key.lstrip('+'))}</sup>"
    return f'<sup><a href="#note-{number}" id="mark-{number}" aria-label="note {number}">{number}</a></sup>'


def _link(words: str, address: str) -> str:
    shown = escape(words)
    safe = address.startswith(("http://", "https://"))
    return f'<a href="{escape(address)}">{shown}</a>' if safe else shown


def _note(redline: Redline, at: int) -> str:
    note = redline.notes[at]
    words = _run(Run(note.op, note.text), redline)
    if note.number is None:
        return f'<li value="0">{words}</li>'
    back = f'<a href="#mark-{note.number}" aria-label="back to the mark of note {note.number}">↩</a>'
    return f'<li id="note-{note.number}" value="{note.number}">{words} {back}</li>'

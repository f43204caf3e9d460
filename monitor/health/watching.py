"""What became of a watched page between two versions: words and papers that came and went."""

from dataclasses import dataclass

from monitor.language import BlockDiff, Op, TextDiff, diff_blocks, sentences, tokenise
from monitor.model import Document

_REPLACED_BELOW = 0.2  # share of the old blocks that still stand; below, it is another text


@dataclass(frozen=True, slots=True)
class PageChange:
    """How a page differs from its version before. ``what``: changed, replaced, withdrawn, papers."""

    what: str
    before: str
    after: str
    diff: TextDiff
    papers_gone: tuple[str, ...] = ()
    papers_new: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What happened, as a sentence without its subject."""
        return f"{_WHAT[self.what]}: {_counted(self.diff)}{_papers(self.papers_gone, self.papers_new)}"


_WHAT = {
    "changed": "the text was changed",
    "replaced": "the text was replaced by another",
    "withdrawn": "the page is now marked as withdrawn",
    "papers": "other papers are linked",
}


def page_change(before: Document, after: Document) -> PageChange:
    """Return what became of a page whose words or papers differ."""
    old = [passage.text for passage in before.passages]
    diff = diff_blocks(old, [passage.text for passage in after.passages])
    had, has = {paper.url for paper in before.attachments}, {paper.url for paper in after.attachments}
    return PageChange(
        _what(before, after, diff, len(old)),
        before.id,
        after.id,
        diff,
        tuple(sorted(had - has)),
        tuple(sorted(has - had)),
    )


def lines_of(diff: TextDiff, *, context: bool = False) -> tuple[str, ...]:
    """Return a comparison as lines: ``+`` added, ``-`` removed, ``~`` changed with [-old-]{+new+} words."""
    if diff.too_large:
        return ("~ the texts are too long to compare block by block",)
    return tuple(_line(block) for block in diff.blocks if block.changed or context)


def words_that_differ(diff: TextDiff) -> tuple[str, str]:
    """Return the sentences that went and those that came, each as one text; empty where none did."""
    old = [sentence for block in diff.blocks for sentence in _sentences(block, Op.ADDED)]
    new = [sentence for block in diff.blocks for sentence in _sentences(block, Op.REMOVED)]
    gone, come = (each for each in old if each not in new), (each for each in new if each not in old)
    return " ".join(gone), " ".join(come)


def _sentences(block: BlockDiff, unwanted: Op) -> list[str]:
    """A block's sentences as they were (without what was added), or are (without what was removed)."""
    if block.op is unwanted:
        return []
    tokens = tokenise("".join(piece.text for piece in block.pieces if piece.op is not unwanted))
    return [tokens.text[tokens.starts[first] : tokens.ends[last - 1]] for first, last in sentences(tokens)]


def _what(before: Document, after: Document, diff: TextDiff, blocks: int) -> str:
    if "withdrawn" in after.flags and "withdrawn" not in before.flags:
        return "withdrawn"
    if not diff.changed:
        return "papers"
    kept = sum(block.op is Op.SAME for block in diff.blocks)
    is_other = before.title != after.title and not diff.too_large and kept < blocks * _REPLACED_BELOW
    return "replaced" if is_other else "changed"


def _counted(diff: TextDiff) -> str:
    if diff.too_large:
        return "too long to compare block by block"
    added = sum(block.op is Op.ADDED for block in diff.blocks)
    removed = sum(block.op is Op.REMOVED for block in diff.blocks)
    edited = sum(block.op is Op.SAME and block.changed for block in diff.blocks)
    return f"{added} passages added, {removed} removed, {edited} edited"


def _papers(gone: tuple[str, ...], new: tuple[str, ...]) -> str:
    return "".join([*(f"; no longer {url}" for url in gone), *(f"; now {url}" for url in new)])


def _line(block: BlockDiff) -> str:
    if block.op is not Op.SAME:
        return f"{'+' if block.op is Op.ADDED else '-'} {''.join(piece.text for piece in block.pieces)}"
    mark = "~" if block.changed else " "
    return f"{mark} {''.join(_MARKS[piece.op].format(piece.text) for piece in block.pieces)}"


_MARKS = {Op.SAME: "{}", Op.ADDED: "{{+{}+}}", Op.REMOVED: "[-{}-]"}

"""On whose word something stands; EDITORIAL's words, from the strongest down.

All publishers of one government are one voice, and so are a text and a release by it. A copied release is
no voice: of findings that quote the same words, only the first published speaks for itself.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from monitor.language.normalise import normalise
from monitor.model import Basis, Finding, PartyCode, Sides, Word

_COPY: Final = 60  # characters; shorter quotations are alike without being copied


def word_of(findings: Iterable[Finding], sides: Sides) -> Word:
    """Return on whose word that stands which ``findings`` say of an agreement between ``sides``."""
    original = without_copies(findings)
    if any(each.basis is Basis.TEXT and each.official and each.stage.implies_conclusion for each in original):
        return Word.TEXT
    spoken = {each.voice for each in original if _speaks(each)}
    governments = spoken & set(sides)
    if len(governments) == 2:
        return Word.BOTH
    if governments:
        return Word.ONE
    if any(each.basis is Basis.PERSON for each in original):
        return Word.PERSON
    return Word.THIRD if spoken else Word.PRESS


def voices_of(findings: Iterable[Finding], sides: Sides) -> tuple[PartyCode, ...]:
    """Return who speaks officially and of itself, the sides first."""
    voices = {each.voice for each in without_copies(findings) if _speaks(each) and each.voice is not None}
    return tuple(sorted(voices, key=lambda voice: (voice not in sides, voice)))


def without_copies(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return ``findings`` without those that repeat another voice's words, in order of id."""
    found = sorted(findings, key=lambda each: each.id)
    if len({each.voice for each in found}) < 2:
        return tuple(found)
    first: dict[str, Finding] = {}
    for finding in sorted(found, key=_published):
        if len(words := _words(finding)) >= _COPY:
            first.setdefault(words, finding)
    return tuple(each for each in found if not _is_copy(each, first.get(_words(each))))


def strength(finding: Finding, sides: Sides) -> int:
    """Return how much a single finding weighs; smaller is stronger: text, government, person, others."""
    if finding.basis is Basis.TEXT and finding.official:
        return 0
    if _speaks(finding) and finding.voice in sides:
        return 1 if finding.basis is Basis.REGISTER else 2
    if finding.basis is Basis.PERSON:
        return 3
    return 4 if _speaks(finding) else 5


def by_strength(findings: Iterable[Finding], sides: Sides) -> Sequence[Finding]:
    """Return ``findings``, the strongest first."""
    return sorted(findings, key=lambda each: (strength(each, sides), -each.score, each.id))


def _speaks(finding: Finding) -> bool:
    return finding.official and finding.basis in (Basis.TEXT, Basis.REGISTER, Basis.RELEASE)


def _is_copy(finding: Finding, original: Finding | None) -> bool:
    return original is not None and original.voice != finding.voice


def _published(finding: Finding) -> tuple[str, str]:
    return (finding.published.first.isoformat() if finding.published else "9999", finding.id)


def _words(finding: Finding) -> str:
    return normalise(finding.quote).casefold()

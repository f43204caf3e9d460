"""Pages that are the text of an agreement: a title that names an instrument and two sides, no verb.

Such a page says that the agreement exists as its title has it. A day that the page prints at its top
is its date; days inside the text belong to other papers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from monitor.detection.claims import claims_in
from monitor.detection.page import Page, Part, Sentence
from monitor.detection.sides import Cast
from monitor.detection.titles import sides_in_title
from monitor.detection.wording import place_named
from monitor.language import Given, Names, Role
from monitor.model import PartyCode, Sides, is_organisation, sides_of

_FEWEST_MARKERS = 2
_OPENING = 2  # tokens into a line by which "done at" begins
_LATEST_NOUN = 8  # tokens into the title by which its instrument is named
_WEAK = frozenset(["document", "contract", "joint-statement"])
_SCORE_WITH_TEXT = 0.85
_SCORE_TITLE_ALONE = 0.7


@dataclass(frozen=True, slots=True)
class TextPage:
    """The agreement that a page is the text of."""

    sides: Sides
    title: Sentence
    instrument: str
    score: float


def text_page(page: Page, cast: Cast, names: Names) -> TextPage | None:
    """Return what agreement ``page`` is the text of, None if it is something else."""
    for title in page.titles:
        instrument = _instrument(title)
        if not instrument or _says_more(title):
            continue
        markers = _FEWEST_MARKERS if _is_closed(page) else _markers(page)
        bare = not page.body
        if markers < _FEWEST_MARKERS and not bare:
            continue
        if title.of("scopes", "multilateral"):
            return None
        codes = _sides(title, cast, names)
        if len(codes) == 2:
            score = _SCORE_WITH_TEXT if markers >= _FEWEST_MARKERS else _SCORE_TITLE_ALONE
            return TextPage(sides_of(*codes), title, instrument, score)
    return None


def done_line(page: Page) -> tuple[date, str] | None:
    """Return the day and place of a text's last line ("Done at Kyiv on 24 February 2024"), None without."""
    for sentence in _done_lines(page):
        days = [m.date.first for m in sentence.dates if m.given is Given.FULL and m.date is not None]
        if days:
            return max(days), place_named(sentence)
    return None


def _done_lines(page: Page) -> Iterator[Sentence]:
    for sentence in reversed(page.body):
        if any(hit.first - sentence.first <= _OPENING for hit in sentence.of("text", "done")):
            yield sentence


def _is_closed(page: Page) -> bool:
    """Return whether a text ends as treaties do, with a whole date; "Signed on Sunday" is news of one."""
    return any(
        any(mention.given is Given.FULL for mention in sentence.dates) and not sentence.of("nouns")
        for sentence in _done_lines(page)
    )


def _instrument(title: Sentence) -> str:
    """Return the instrument that the title begins with."""
    for hit in title.of("nouns"):
        if hit.first - title.first <= _LATEST_NOUN and hit.label[1] not in _WEAK:
            return hit.label[1]
    return ""


def _says_more(title: Sentence) -> bool:
    """Return whether the title is news of an instrument rather than its name."""
    if any(hit for hit in claims_in(title)) or title.of("acts", "refused"):
        return True
    return bool(
        title.of(
            "stages", "negotiating", "announced-intent", "agreed-text", "anniversary", "ratified", "in-force"
        )
    )


def _markers(page: Page) -> int:
    found = set()
    for sentence in page.sentences:
        if sentence.part is not Part.TITLE:
            for hit in sentence.of("text", "marker"):
                found.add(sentence.tokens.words[hit.first].casefold())
    return len(found)


def _sides(title: Sentence, cast: Cast, names: Names) -> tuple[PartyCode, ...]:
    codes: tuple[PartyCode, ...]
    if title.lang == "en":
        codes = sides_in_title(title.text, names)
    else:
        codes = tuple(dict.fromkeys(m.code for m in title.acting if m.role in {Role.NAME, Role.CAPITAL}))
    states = tuple(code for code in codes if not is_organisation(code))
    codes = states if len(states) >= 2 else codes
    if len(codes) == 1:
        other = cast.voice if cast.voice not in (None, codes[0]) else cast.partner(codes[0])
        codes = (codes[0], other) if other is not None and other != codes[0] else codes
    return codes

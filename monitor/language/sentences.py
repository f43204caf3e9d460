"""Where the sentences of a text begin and end, as ranges of tokens.

The block (a paragraph, item or heading) is the unit of evidence, so a wrong cut does little harm; a
full stop after an initial, an abbreviation or an ordinal number does not end a sentence.
"""

from bisect import bisect_left

from monitor.language.tokens import Tokens, fold, is_cjk, word_list

_ENDS = frozenset(".!?。！？…")
_CLOSERS = frozenset("\"'”’»)]】」』")
_CLOSERS_OR_ENDS = _CLOSERS | _ENDS
_ABBREVIATIONS = frozenset(
    word_list(
        """mr mrs ms dr st prof gen col lt sgt rep sen gov hon rt jr sr no nr art para vol fig ca cca vs
    etc inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec dept univ approx est bzw
    abs bspw usw vgl ggf max min mio mrd sog str м р рр ст п пп т тт им св гг г ін ім вул тис млн
    млрд руб грн долл mm mme mlle tél av sig dott on avv ing sr sra dra ud uds pág exc lic arq min
    pres ul pl tzw np wg im dot red tj kr pst mrd mill osv jf jfr ph mag tzv ill pl kb stb"""
    )
)
_LONGEST = 400  # tokens; a list without full stops is cut, so that scopes stay near their words


def sentences(tokens: Tokens) -> list[tuple[int, int]]:
    """Return (first, last) token ranges, last not included, that cover the text in order."""
    found: list[tuple[int, int]] = []
    words = tokens.words
    opening = _opening_lines(tokens)
    first = 0
    for at in sorted(opening.union(at for at, word in enumerate(words) if word in _ENDS)):
        if at < first:
            continue  # one of several marks that end the sentence before
        first = _cut_long(found, first, at)
        if at in opening and at > first:
            found.append((first, at))
            first = at
        if words[at] in _ENDS and _ends_sentence(tokens, at):
            stop = _behind_closers(tokens, at, opening)
            found.append((first, stop))
            first = stop
        elif at - first >= _LONGEST:
            found.append((first, at + 1))
            first = at + 1
    first = _cut_long(found, first, len(words))
    if first < len(words):
        found.append((first, len(words)))
    return found


def _cut_long(found: list[tuple[int, int]], first: int, before: int) -> int:
    """Cut what reaches too far without an end before token ``before``; return where the rest begins."""
    while before - first > _LONGEST:
        found.append((first, first + _LONGEST + 1))
        first += _LONGEST + 1
    return first


def _behind_closers(tokens: Tokens, at: int, opening: set[int]) -> int:
    """Return the token behind an end and the quotation marks, brackets and further ends on its line."""
    stop = at + 1
    while stop < len(tokens) and tokens.words[stop] in _CLOSERS_OR_ENDS and stop not in opening:
        stop += 1
    return stop


def _opening_lines(tokens: Tokens) -> set[int]:
    """Return the tokens before which a line ends."""
    starts = tokens.starts
    opening = set()
    at = tokens.text.find("\n")
    while at >= 0:
        token = bisect_left(starts, at)
        if token == len(starts):
            break
        opening.add(token)
        at = tokens.text.find("\n", starts[token])
    return opening - {0}


def _ends_sentence(tokens: Tokens, at: int) -> bool:
    mark = tokens.words[at]
    if mark in "。！？":
        return True
    if at + 1 >= len(tokens):
        return True
    following = tokens.words[at + 1]
    if mark != ".":
        return following in _CLOSERS or not following[:1].islower()
    if tokens.starts[at + 1] == tokens.ends[at] and following not in _CLOSERS:
        return False  # "10.5", "U.S.", "gov.uk"
    before = tokens.words[at - 1] if at else ""
    if len(before) == 1 and before.isalpha() and not is_cjk(before):
        return False
    if fold(before) in _ABBREVIATIONS:
        return False
    if before.isdecimal() and len(before) <= 2 and _is_word(following):
        return False  # "am 12. Juli", "31. mai"
    return not following[:1].islower()


def _is_word(word: str) -> bool:
    return word[:1].isalpha() and not is_cjk(word)

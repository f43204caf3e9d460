"""Where the sentences of a text begin and end, as ranges of tokens.

The block (a paragraph, item or heading) is the unit of evidence, so a wrong cut does little harm; a
full stop after an initial, an abbreviation or an ordinal number does not end a sentence.
"""

from monitor.language.tokens import Tokens, fold, is_cjk, word_list

_ENDS = frozenset(".!?。！？…")
_CLOSERS = frozenset("\"'”’»)]】」』")
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
    found = []
    first = 0
    count = len(tokens)
    at = 0
    while at < count:
        if _ends_block(tokens, at) and at > first:
            found.append((first, at))
            first = at
        if tokens.words[at] in _ENDS and _ends_sentence(tokens, at):
            stop = at + 1
            while stop < count and tokens.words[stop] in _CLOSERS | _ENDS and not _ends_block(tokens, stop):
                stop += 1
            found.append((first, stop))
            first, at = stop, stop - 1
        elif at - first >= _LONGEST:
            found.append((first, at + 1))
            first = at + 1
        at += 1
    if first < count:
        found.append((first, count))
    return found


def _ends_block(tokens: Tokens, at: int) -> bool:
    """Return whether a line ends before token ``at``."""
    return at > 0 and "\n" in tokens.text[tokens.ends[at - 1] : tokens.starts[at]]


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

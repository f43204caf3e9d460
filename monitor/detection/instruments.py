"""The several instruments that a page announces between the same two sides.

Two forms only, because an agreement told twice is worse than one left inside another: nouns joined by
"and" after one verb ("signed an agreement on rail and a memorandum on schools"), and the items of a
list under "signed the following documents:".
"""

from collections.abc import Sequence
from dataclasses import replace

from monitor.detection.claims import WEAK, Claim, Mood, instruments_in
from monitor.detection.judge import Conclusion, Statement
from monitor.detection.lexicon import Label
from monitor.detection.page import Page, Part, Sentence
from monitor.language import Match

_BEFORE_NOUN = 4  # tokens between "and" and the noun that it joins
_HEAD_OF_ITEM = 8  # tokens into an item by which it names its instrument
_MOST_ITEMS = 60
_NO_INSTRUMENTS = WEAK | {"partnership"}


def instruments_of(page: Page, conclusion: Conclusion) -> tuple[Statement, ...]:
    """Return a statement for each instrument where a page announces several, empty where it names one."""
    for statement in conclusion.statements:
        if statement.claim.mood is not Mood.ASSERTED or statement.weight <= 0:
            continue
        found = _listed(page, statement) or _joined(statement)
        if found:
            return found
    return ()


def _joined(statement: Statement) -> tuple[Statement, ...]:
    """Return the instruments of "signed A and B": nouns that "and" joins, each of another form or kind."""
    claim = statement.claim
    if claim.noun is None or claim.sentence.part is Part.TITLE:
        return ()
    nouns = instruments_in(claim.sentence)
    if claim.noun not in nouns:
        return ()
    chain = [claim.noun]
    for noun in nouns[nouns.index(claim.noun) + 1 :]:
        if not _is_joined(claim.sentence, chain[-1], noun):
            break
        chain.append(noun)
    names = {noun.label[1] for noun in chain}
    if len(chain) < 2 or names & _NO_INSTRUMENTS or len(names) < len(chain):
        return ()
    return tuple(_about(statement, claim.sentence, noun) for noun in chain)


def _is_joined(sentence: Sentence, one: Match[Label], other: Match[Label]) -> bool:
    """Return whether "and" stands shortly before ``other`` and nothing between opens a clause."""
    if other.label[0] != "nouns":
        return False
    joins = [hit for hit in sentence.of("links", "and") if one.last < hit.first < other.first]
    if not joins or other.first - joins[-1].last > _BEFORE_NOUN:
        return False
    opening = (*sentence.of("links", "relative", "between", "with", "not"), *sentence.of("acts"))
    return not any(one.last < hit.first and hit.last < other.first for hit in opening)


def _listed(page: Page, statement: Statement) -> tuple[Statement, ...]:
    """Return the items under "signed the following documents:", each a paragraph that names its form."""
    sentence = statement.claim.sentence
    if sentence.tokens.words[sentence.last - 1] != ":":
        return ()
    found: list[Statement] = []
    block = sentence.block
    for item in page.sentences:
        if item.block <= sentence.block:
            continue
        noun = _head(item)
        if item.block != block + 1 or noun is None or len(found) >= _MOST_ITEMS:
            break
        block = item.block
        found.append(_about(statement, item, noun))
    return tuple(found) if len(found) >= 2 else ()


def _head(item: Sentence) -> Match[Label] | None:
    """Return the instrument that an item begins with."""
    nouns: Sequence[Match[Label]] = [noun for noun in instruments_in(item) if noun.label[0] == "nouns"]
    if not nouns or nouns[0].first - item.first > _HEAD_OF_ITEM or nouns[0].label[1] == "document":
        return None
    return nouns[0]


def _about(statement: Statement, sentence: Sentence, noun: Match[Label]) -> Statement:
    claim = statement.claim
    if sentence is not claim.sentence:
        claim = Claim(sentence, noun, claim.mood, noun, noun.label[1])
    return replace(statement, claim=replace(claim, noun=noun, instrument=noun.label[1]))

"""What the title of an instrument says: its sides, kind, form, and the agreement that it changes.

For titles of treaties ("Protocol, done at ..., between ... amending ..."), in English as registers
write them.
"""

import re
from functools import lru_cache

from monitor.detection.lexicon import Lexicon
from monitor.language import Names, Role, tokenise
from monitor.model import Kind, PartyCode, Relation, is_organisation

_BETWEEN = re.compile(r"\bbetween\b", re.IGNORECASE)
# Where the list of sides ends and the subject begins.
_SUBJECT = re.compile(
    r"\b(?:on|concerning|regarding|relating|relative|respecting|for|constituting|amending|to amend|further|"
    r"with respect|prolonging|extending|supplement\w*|terminat\w*|modif\w*|revis\w*|renew\w*|establish\w*|"
    r"granting|about|providing|in the form|in connexion|in connection|in accordance|placing|replacing|"
    r"implementing|pursuant|setting|giving|subsequent|done|signed|of \d|dated|abolish\w*|recogni\w*|"
    r"continu\w*|defin\w*|deal\w*|cover\w*|whereby|between|adding|delet\w*|prohibit\w*|reimpos\w*|"
    r"as amended|made|under|clarify\w*|confirm\w*|regulat\w*|to supplement|to extend)\b",
    re.IGNORECASE,
)
_RELATIONS = (
    (Relation.REPLACES, re.compile(r"\b(?:replacing|to replace|supersed\w+)\b\s*(.+)", re.IGNORECASE)),
    (
        Relation.AMENDS,
        re.compile(
            r"\b(?:amending|to amend|amendments? to|modifying|to modify|modification of|revising|to revise|"
            r"extending|prolonging|to extend|to prolong|introducing amendments to)\b\s*(.+)",
            re.IGNORECASE,
        ),
    ),
    (
        Relation.SUPPLEMENTS,
        re.compile(
            r"\b(?:supplementing|to supplement|supplementary to|additional to|complementing)\b\s*(.+)",
            re.IGNORECASE,
        ),
    ),
    (
        Relation.IMPLEMENTS,
        re.compile(
            r"\b(?:implementing|to implement|for the implementation of|pursuant to|in accordance with)\b\s*"
            r"(.+)",
            re.IGNORECASE,
        ),
    ),
)
_PARENT = re.compile(
    r"(?:Articles?\s[\w(),. ]+?\sof\s)?(?:the\s)?(?P<title>.*?\b(?:Agreement|Treaty|Convention|Protocol|"
    r"Memorandum|Exchanges? of (?:Notes|Letters)|Arrangement|Charter|Declaration|Notes|Letters)\b.*)",
    re.IGNORECASE,
)
# "(acting on behalf of Fiji)": for whom a side acts is not a side.
_ON_BEHALF = re.compile(
    r"\(?\b(?:acting )?(?:on behalf of|in respect of|for)\b(?! the Government of the United)[^,()]{2,60}?"
    r"(?:\)|,|(?= and (?:the|New|South|His|Her)\b)|\Z)",
    re.IGNORECASE,
)


def sides_in_title(title: str, names: Names) -> tuple[PartyCode, ...]:
    """Return the sides that a title names, in order; states first, since organisations are also subjects.

    They stand after "between", before the subject. Without that word only adjectives in front of the
    instrument ("Anglo-Swedish Agreement") or all that is named are left, which may be less sure.
    """
    for segment in _segments(title):
        codes = _codes(_ON_BEHALF.sub(" ", segment), names)
        if len(codes) >= 2:
            return codes
    return _codes(title, names)


def partners_in_title(title: str, focal: PartyCode, names: Names) -> tuple[PartyCode, ...]:
    """Return the sides that a title names beside ``focal``, in order."""
    return tuple(code for code in sides_in_title(title, names) if code != focal)


def _segments(title: str) -> list[str]:
    found = []
    for match in _BETWEEN.finditer(title):
        rest = title[match.end() :]
        subject = _SUBJECT.search(rest)
        found.append(rest[: subject.start()] if subject else rest)
    return found


@lru_cache(maxsize=4_096)
def _codes(segment: str, names: Names) -> tuple[PartyCode, ...]:
    tokens = tokenise(segment)
    mentions = [m for m in names.mentions(tokens, "en") if m.role is Role.NAME]
    states = dict.fromkeys(m.code for m in mentions if not is_organisation(m.code))
    if len(states) >= 2:
        return tuple(states)
    return tuple(states | dict.fromkeys(mention.code for mention in mentions))


def relation_of(title: str) -> tuple[Relation | None, str]:
    """Return how an instrument relates to its parent and the parent's title, (None, "") where it has none."""
    best: tuple[int, Relation, str] | None = None
    for relation, pattern in _RELATIONS:
        match = pattern.search(title)
        if match is None:
            continue
        parent = _PARENT.match(match.group(1))
        if parent is not None and (best is None or match.start() < best[0]):
            best = (match.start(), relation, parent.group("title").strip(" .;,"))
    return (best[1], best[2]) if best else (None, "")


def instrument_of(title: str, lexicon: Lexicon | None) -> str:
    """Return what the instrument is called, by the first noun of its title."""
    return _first(title, lexicon, "nouns") or ""


def kind_of(title: str, lexicon: Lexicon | None) -> Kind:
    """Return the subject matter by the words of a title; the parent's title does not count."""
    own = title
    for _, pattern in _RELATIONS:
        match = pattern.search(title)
        if match is not None and len(title[: match.start()].split()) > 12:
            own = title
    return Kind(_first(own, lexicon, "kinds") or "other")


def _first(title: str, lexicon: Lexicon | None, section: str) -> str | None:
    if lexicon is None:
        return None
    tokens = tokenise(title)
    ids = lexicon.patterns.ids(tokens.words)
    found = [match for match in lexicon.patterns.find(ids, 0, len(tokens)) if match.label[0] == section]
    found.sort(key=lambda match: (match.first, -match.last))
    return found[0].label[1] if found else None

"""One language's words for concluding agreements, compiled from its file in ``lexicon/``.

A file has sections (nouns, acts, stages, times, scopes, links, kinds, text); each has keys with
patterns of words apart by commas or lines. docs/languages.md explains them; an unknown section or key
is an error, so a typing mistake does not silently switch a rule off.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.errors import ConfigError, Problem
from monitor.language import Patterns, split_list

EVERYWHERE = "any"
"""The file of words that mean the same in every language."""

Label = tuple[str, str]
"""Section and key, such as ("acts", "past")."""

INSTRUMENTS = (
    "agreement",
    "treaty",
    "memorandum",
    "protocol",
    "declaration",
    "joint-statement",
    "exchange",
    "letter-of-intent",
    "charter",
    "convention",
    "programme",
    "plan",
    "partnership",
    "contract",
    "document",
)
"""Keys of ``nouns``. The last three are weak: a partnership need not be a paper, contracts are companies',
a "document" may be anything."""

SECTIONS: Mapping[str, frozenset[str]] = {
    "nouns": frozenset(INSTRUMENTS),
    # what is done with an instrument, by tense and mood
    "acts": frozenset(
        [
            "past",
            "present",
            "past-perfect",
            "participle",
            "nominal",
            "infinitive",
            "future",
            "refused",
            "adopted",
            "adopt-future",
        ]
    ),
    # what else a document can say of an agreement
    "stages": frozenset(
        [
            "negotiating",
            "agreed-text",
            "announced-intent",
            "ratified",
            "in-force",
            "provisionally-applied",
            "terminated",
            "amended",
            "implementing",
            "anniversary",
        ]
    ),
    "times": frozenset(["earlier", "ago", "alike", "now", "background", "last-year", "recap"]),
    "scopes": frozenset(
        ["multilateral", "domestic", "company", "agency", "local", "firm", "several", "single", "each"]
    ),
    "links": frozenset(
        [
            "with",
            "between",
            "and",
            "by",
            "of",
            "in",
            "in-after",
            "not",
            "none",
            "unless",
            "also",
            "happened",
            "article",
            "on",
            "refuse",
            "deny",
            "relative",
            "will",
            "not-acting",
            "talks",
            "talks-on",
            "both",
            "witness",
            "concludes",
            "once",
            "member",
        ]
    ),
    "kinds": frozenset(
        ["security", "partnership", "defence-industry", "economic", "transport", "education", "other"]
    ),
    "text": frozenset(["marker", "binding-no", "binding-yes", "years", "done", "lasting"]),
    "durations": frozenset(),  # its keys are ISO 8601 durations
    # how many there are, or with whom; looked up apart, in sentences with a number or a list
    "counts": frozenset(
        ["agreements", "countries", "ordinal", "ordinal-country", "about", "apart", "open", "period"]
    ),
}


@dataclass(frozen=True)
class Lexicon:
    """The compiled words of one language. ``place_endings`` make a name a place, as in Finnish "Suomessa".

    ``counts`` are the patterns of that section, None where the language has none.
    """

    lang: str
    patterns: Patterns[Label]
    place_endings: tuple[str, ...] = ()
    counts: Patterns[Label] | None = None


def parse_lexicon(
    data: Mapping[str, object], *, everywhere: Mapping[str, object] | None = None, file: str = "lexicon"
) -> Lexicon:
    """Return the lexicon that a file's plain data describes, with the words of ``everywhere`` added.

    Raises:
        ConfigError: a section or key is unknown, or a pattern is malformed; every fault is listed.
    """
    problems: list[Problem] = []
    lang = str(data.get("language", ""))
    if not lang:
        problems.append(Problem(file, None, "language", "say which language this is, such as `language: uk`"))
    entries = [*_entries(data, file, problems), *_entries(everywhere or {}, EVERYWHERE, problems)]
    proclitics = split_list(data.get("proclitics"))
    counts = [entry for entry in entries if entry[1][0] == "counts"]
    compiled = _compile([entry for entry in entries if entry[1][0] != "counts"], proclitics, file, problems)
    counting = _compile(counts, proclitics, file, problems) if counts else None
    if problems:
        raise ConfigError(problems)
    return Lexicon(lang, compiled, tuple(split_list(data.get("place_endings"))), counting)


def _entries(data: Mapping[str, object], file: str, problems: list[Problem]) -> Iterator[tuple[str, Label]]:
    for section, content in data.items():
        if section in {"language", "proclitics", "place_endings"}:
            continue
        if section not in SECTIONS or not isinstance(content, Mapping):
            known = ", ".join(SECTIONS)
            problems.append(Problem(file, None, section, f"no such section; the sections are {known}"))
            continue
        for key, patterns in content.items():
            if section != "durations" and key not in SECTIONS[section]:
                known = ", ".join(sorted(SECTIONS[section]))
                problems.append(Problem(file, None, f"{section}.{key}", f"no such key; the keys are {known}"))
                continue
            for pattern in split_list(patterns):
                yield pattern, (section, str(key))


def _compile(
    entries: list[tuple[str, Label]], proclitics: list[str], file: str, problems: list[Problem]
) -> Patterns[Label]:
    try:
        return Patterns(entries, proclitics)
    except ValueError:  # once more by single patterns, to name each faulty one
        for pattern, label in entries:
            try:
                Patterns([(pattern, label)])
            except ValueError as error:
                problems.append(Problem(file, None, ".".join(label), str(error)))
        return Patterns([])

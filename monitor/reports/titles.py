"""A title as a table or a link shows it: in the source's own words, short enough to read.

Left out of a long title are the two sides, which the row names anyhow, the form ("in the form of an
exchange of letters"), and what exceeds a limit. The whole title stands with the quotation.
"""

import re

_LONG = 90  # characters; a title within it is shown as it is
_LONGEST = 120
_FIRST_WORDS = 48
_FORM = re.compile(r" in the form of an? exchange of (?:letters|notes)\b", re.IGNORECASE)
_PARTIES = re.compile(
    r"(?:,?\s*done (?:at|in) [^,]{2,40},?)?,?\s+between\s.+?"
    r"(?=\s(?:on|concerning|regarding|relating|for|to amend|amending|supplementing|in the form)\b|[,;:]|\Z)",
    re.IGNORECASE,
)


def short_title(title: str) -> str:
    """Return a title, a long one without its sides and form, and cut where it stays long."""
    if len(title) <= _LONG:
        return title
    shorter = _PARTIES.sub(_unless_one_side, title)
    return _cut(shorter if len(shorter) <= _LONG else _FORM.sub("", shorter), _LONGEST)


def first_words(title: str) -> str:
    """Return the beginning of a title, enough to tell one link from another."""
    return _cut(short_title(title), _FIRST_WORDS)


def _unless_one_side(found: re.Match[str]) -> str:
    """ "between 2024 and 2034" names no sides; "between Borduria and Ruritania" does."""
    sides = found[0].lower().partition("between")[2]
    return "" if re.search(r"[^\W\d].*\sand\s.*[^\W\d]", sides) else found[0]


def _cut(text: str, most: int) -> str:
    """At most ``most`` characters, cut between words."""
    if len(text) <= most:
        return text
    kept = text[:most].rpartition(" ")[0] or text[:most]
    return f"{kept.rstrip(' ,;:(')}…"

"""What makes an entry itself: its keys, the strongest first, within one reply.

Feeds reuse ids and link everything to one page. Entries that share a key but differ stay apart, in
the same way whatever their order and however often they are read; keys that name several entries
name none of them.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

_WORDLESS = re.compile(r"\W+")


def title_key(title: str, day: str) -> str:
    """Return the weakest key: the title's words and the day, without case and punctuation."""
    return f"title:{_WORDLESS.sub(' ', title.casefold()).strip()[:300]}|{day}"


def version_of(*parts: str) -> str:
    """Return a hash of what a source says of an item."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def distinct_keys(
    candidates: Sequence[tuple[str, ...]], versions: Sequence[str]
) -> list[tuple[str, ...] | None]:
    """Return the keys of each entry, None for one that repeats an earlier entry in every respect.

    Args:
        candidates: The keys of each entry, at least one, the strongest first.
        versions: The version of each entry.
    """
    seen: set[tuple[tuple[str, ...], str]] = set()
    repeated = []
    for entry in zip(candidates, versions, strict=True):
        repeated.append(entry in seen)
        seen.add(entry)
    uses = Counter(key for keys, _ in seen for key in set(keys))
    whole = Counter(keys for keys, _ in seen)
    return [
        None if again else _keys(keys, version, uses, whole)
        for keys, version, again in zip(candidates, versions, repeated, strict=True)
    ]


def _keys(
    keys: tuple[str, ...], version: str, uses: Counter[str], whole: Counter[tuple[str, ...]]
) -> tuple[str, ...]:
    first, *others = keys
    own = tuple(key for key in others if uses[key] == 1)
    if uses[first] == 1:
        return (first, *own)
    apart = " ".join(keys) if whole[keys] == 1 else f"{' '.join(keys)} {version[:12]}"
    return (apart, *own)

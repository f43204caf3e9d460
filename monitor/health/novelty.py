"""Which items of a reply were seen before, under which keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.model import Item


@dataclass(frozen=True, slots=True)
class Novelty:
    """Counts of items: in all, unchanged, edited, known only under a weaker key, and new."""

    seen: int = 0
    unchanged: int = 0
    edited: int = 0
    renamed: int = 0
    new: int = 0

    @property
    def recognised(self) -> int:
        """Items that were seen before under any key."""
        return self.unchanged + self.edited + self.renamed


def compare_items(items: Iterable[Item], known_versions: Mapping[str, str]) -> Novelty:
    """Return how ``items`` stand to the versions stored under every known key."""
    counts = {"unchanged": 0, "edited": 0, "renamed": 0, "new": 0}
    seen = 0
    for item in items:
        seen += 1
        counts[_standing(item, known_versions)] += 1
    return Novelty(seen, **counts)


def _standing(item: Item, known_versions: Mapping[str, str]) -> str:
    version = known_versions.get(item.key)
    if version is not None:
        return "edited" if item.is_news(version) else "unchanged"
    return "renamed" if any(key in known_versions for key in item.keys[1:]) else "new"

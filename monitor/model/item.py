"""What a poll yields, before its document is read."""

from dataclasses import dataclass, field

from monitor.model.dates import PartialDate
from monitor.model.source import DateOrder


@dataclass(frozen=True, slots=True)
class Row:
    """A register's row by the names of its field map; each value is the source's raw text.

    Names: title, parties, signed, place, in_force, laid, numbers, link, form, and the
    register's own procedure words under ``procedure``. A party that only succeeded or was extended
    to is in ``not_parties``; a name in both lists is a party. ``date_order`` (iso, dmy, mdy) is how the
    register writes its days.
    """

    values: tuple[tuple[str, tuple[str, ...]], ...]

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field, empty if it has none."""
        return next((values for key, values in self.values if key == name), ())

    def one(self, name: str) -> str | None:
        """Return the first value of a field, or None."""
        return next(iter(self.all(name)), None)

    @property
    def date_order(self) -> DateOrder:
        """How the row's days in figures are to be read."""
        return DateOrder(self.one("date_order") or DateOrder.ISO)


@dataclass(frozen=True, slots=True)
class Item:
    """One feed entry, register row or link.

    ``keys`` identify it, strongest first; two items that share the first key are the same item.
    ``version`` is a hash of what the source says of it: another version under a known key is an edit.
    ``read_at`` is where its document is read, if not at ``url``. An empty ``title`` comes with the document.
    """

    source_id: str
    keys: tuple[str, ...]
    title: str
    version: str
    url: str | None = None
    published: PartialDate | None = None
    published_raw: str = ""
    updated_raw: str = ""
    summary: str = ""
    lang: str = ""
    row: Row | None = None
    read_at: str | None = None
    flags: tuple[str, ...] = field(default=(), compare=False)

    def is_news(self, version: str | None) -> bool:
        """Return whether it is new or edited against the ``version`` stored under its key, if any.

        Where a list's word for an edit is not believed (``edit-doubted``), what is known is unchanged.
        """
        return version != self.version and not (version is not None and "edit-doubted" in self.flags)

    @property
    def key(self) -> str:
        """The strongest identity key."""
        return self.keys[0]

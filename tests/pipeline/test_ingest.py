"""Files that people bring: each is read for itself, and once."""

from monitor.pipeline import ingest_file
from tests.pipeline.conftest import FEED, page

TITLE = "Canada and Ukraine sign agreement on security cooperation"


def saved(folder, day):
    """A page on a signing, saved as browsers save."""
    folder.mkdir()
    path = folder / "index.html"
    words = f"On {day} in Kyiv, Canada and Ukraine signed the Agreement on security cooperation."
    path.write_bytes(page(TITLE, words))
    return path


def test_two_pages_of_one_file_name_are_two_pages(house, tmp_path):
    """Else the second would replace what the first said, as if it had been corrected."""
    ingest_file(house.parts, FEED, saved(tmp_path / "a", "20 February 2024"))
    house.clock.advance(minutes=1)
    ingest_file(house.parts, FEED, saved(tmp_path / "b", "1 March 2023"))
    dates = [each.concluded.date.iso for each in house.store.agreements(party="CA")]

    assert dates == ["2023-03-01", "2024-02-20"]


def test_a_file_brought_twice_changes_nothing(house, tmp_path):
    """Under another name too: it is the words that count."""
    path = saved(tmp_path / "a", "24 February 2024")
    ingest_file(house.parts, FEED, path)
    before = list(house.store.export())
    other = path.rename(tmp_path / "renamed.html")
    house.clock.advance(minutes=1)
    again = ingest_file(house.parts, FEED, other)

    assert (again.items, again.fresh, again.changes) == (1, 0, 0)
    assert list(house.store.export()) == before

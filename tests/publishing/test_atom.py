"""The feed's file: one name for ever, whole or not at all, never put back."""

from dataclasses import replace

from monitor.model import Delivery, Rendering
from monitor.publishing import AtomChannel


def feed_of(report, updated):
    """A report whose feed was changed then."""
    content = (
        f"<feed><updated>{updated}</updated><entry><updated>2001-01-01T00:00:00Z</updated></entry></feed>"
    )
    return replace(report, renderings=(Rendering(".atom", "application/atom+xml", content.encode()),))


def test_a_later_feed_takes_the_place_of_an_earlier_one(tmp_path, make_report):
    """Subscribers' programs know one address."""
    channel, delivery = AtomChannel(tmp_path), Delivery("y-1", "r-1", "atom", "changes")
    channel.deliver(feed_of(make_report(), "2031-02-23T09:00:00Z"), delivery)
    channel.deliver(later := feed_of(make_report(2), "2031-02-24T09:00:00Z"), delivery)

    assert [path.name for path in tmp_path.iterdir()] == ["ex-1-changes.atom"]
    assert (tmp_path / "ex-1-changes.atom").read_bytes() == later.rendering(".atom").content


def test_a_report_that_waited_does_not_put_the_feed_back(tmp_path, make_report):
    """Deliveries are tried again in any order; entries must not vanish."""
    channel, delivery = AtomChannel(tmp_path), Delivery("y-1", "r-1", "atom", "changes")
    channel.deliver(later := feed_of(make_report(2), "2031-02-24T09:00:00Z"), delivery)
    channel.deliver(feed_of(make_report(), "2031-02-23T09:00:00+00:00"), delivery)

    assert (tmp_path / "ex-1-changes.atom").read_bytes() == later.rendering(".atom").content


def test_a_name_cannot_leave_the_folder(tmp_path, make_report):
    """subscriptions.yaml is edited by hand."""
    folder = tmp_path / "reports"
    report = feed_of(make_report(), "2031-02-23T09:00:00Z")
    AtomChannel(folder).deliver(report, Delivery("y-1", "r-1", "atom", "../../x/y"))

    assert [path.name for path in folder.iterdir()] == ["ex-1-..-..-x-y.atom"]

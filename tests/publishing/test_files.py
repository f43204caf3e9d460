"""The files channel: whole files, once, and never another report's."""

import os
import stat
from dataclasses import replace
from email import message_from_bytes

import pytest

from monitor.errors import PublishError
from monitor.model import Audience, Delivery, ReportKind, delivery_id, message_id
from monitor.publishing import FilesChannel, channels


def delivery_of(report, recipient="reports"):
    """A delivery of a report over the channel."""
    return Delivery(delivery_id(report.id, "files", recipient), report.id, "files", recipient)


def names(folder):
    """The files of a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def channel(tmp_path):
    """The channel on a folder that does not exist yet."""
    return FilesChannel(tmp_path / "reports", "monitor.example")


def test_a_report_becomes_four_files_named_by_day_briefing_and_audience(channel, tmp_path, make_report):
    """A researcher finds last week's digest by its name."""
    report = make_report()
    channel.deliver(report, delivery_of(report))

    assert names(tmp_path / "reports") == [
        f"2031-02-23-ex-1-readers.{form}" for form in ("eml", "html", "md", "txt")
    ]


def test_delivering_again_rewrites_nothing(channel, tmp_path, make_report):
    """A repeat after a crash must not touch files that somebody may have open."""
    report = make_report()
    channel.deliver(report, delivery_of(report))
    before = {path.name: path.stat().st_ino for path in (tmp_path / "reports").iterdir()}
    channel.deliver(report, delivery_of(report))

    assert {path.name: path.stat().st_ino for path in (tmp_path / "reports").iterdir()} == before


def test_what_a_crash_left_out_is_added(channel, tmp_path, make_report):
    """Killed between two files, the next try completes the report under the same name."""
    report = make_report()
    channel.deliver(report, delivery_of(report))
    (tmp_path / "reports" / "2031-02-23-ex-1-readers.html").unlink()
    channel.deliver(report, delivery_of(report))

    assert len(names(tmp_path / "reports")) == 4


def test_a_second_report_of_the_day_does_not_replace_the_first(channel, tmp_path, make_report):
    """Two digests at once on one day are two digests."""
    first, second = make_report(1, "Borduria signed"), make_report(0xABCD << 80, "Syldavia signed")
    for report in (first, second):
        channel.deliver(report, delivery_of(report))
    folder = tmp_path / "reports"

    assert (folder / "2031-02-23-ex-1-readers.md").read_text() == "Borduria signed"
    assert (folder / "2031-02-23-ex-1-readers-abcd0000.md").read_text() == "Syldavia signed"
    assert len(names(folder)) == 8


def test_a_correction_has_files_of_its_own(tmp_path, make_report):
    """Beside the digest of the day, under its own name."""
    channel = FilesChannel(tmp_path, "monitor.example")
    report = replace(make_report(2), kind=ReportKind.CORRECTION)
    channel.deliver(make_report(), Delivery("y-1", "r-1", "files", "reports"))
    channel.deliver(report, Delivery("y-2", "r-2", "files", "reports"))

    assert "2031-02-23-ex-1-correction-readers.md" in names(tmp_path)


def test_audiences_have_files_of_their_own(channel, tmp_path, make_report):
    """What readers get must not be overwritten by what reviewers get."""
    for number, audience in enumerate(Audience):
        report = make_report(number, audience=audience)
        channel.deliver(report, delivery_of(report))

    assert len(names(tmp_path / "reports")) == 8


def test_the_mail_bears_a_message_id_made_from_report_and_recipient(channel, tmp_path, make_report):
    """D3: opened twice it is one message, and another instance's is another."""
    report = make_report()
    channel.deliver(report, delivery_of(report))
    mail = message_from_bytes((tmp_path / "reports" / "2031-02-23-ex-1-readers.eml").read_bytes())

    assert mail["Message-ID"] == message_id("monitor.example", report.id, "reports")
    assert mail["To"] == "undisclosed-recipients:;"
    assert mail["Subject"] == "Borduria signed"


def test_files_are_for_owner_and_group_whatever_the_umask(channel, tmp_path, make_report):
    """A reviewers' digest is not for everybody on the machine."""
    report = make_report()
    before = os.umask(0)
    try:
        channel.deliver(report, delivery_of(report))
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "reports").iterdir()}

    assert modes == {0o640}


def test_a_folder_that_cannot_be_written_is_a_failed_delivery(tmp_path, make_report):
    """It is tried again later; the run goes on."""
    (tmp_path / "reports").write_text("a file is in the way")
    report = make_report()

    with pytest.raises(PublishError, match="reports") as caught:
        FilesChannel(tmp_path / "reports", "monitor.example").deliver(report, delivery_of(report))
    assert not caught.value.permanent


def test_the_files_channel_is_always_there(tmp_path):
    """Without any setting a run leaves its digest in the reports folder; a feed needs none either."""
    assert list(channels(tmp_path)) == ["files", "atom"]

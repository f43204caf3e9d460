"""Folders answer like sites, and nothing outside the workspace can be reached through them."""

import json

import pytest

from monitor.fetching import FolderFetcher
from monitor.model import Request, Transport
from tests.fakes import NOON, FakeFetcher, FixedClock


@pytest.fixture
def folder(tmp_path):
    """An inbox below a workspace."""
    made = tmp_path / "workspace" / "inbox"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def fetch(folder):
    """Ask the folder, or what stands for the web."""
    web = FakeFetcher({"https://mfa.example/": b"from the web"})
    fetcher = FolderFetcher(folder.parent, web, FixedClock())
    return lambda url: fetcher.fetch(Request("s", url), slot=NOON, number=0)


def test_a_folder_lists_its_mails_and_saved_pages(folder, fetch):
    """What is hidden, being written or of another kind is left alone."""
    for name in ("2.eml", "1.html", "3.PDF", ".4.eml", "5.eml.part", "6.docx"):
        (folder / name).write_bytes(name.encode())
    (folder / "sub.eml").mkdir()

    reply = fetch("inbox:inbox")

    files = json.loads(reply.body)["files"]
    assert [file["name"] for file in files] == ["1.html", "2.eml", "3.PDF"]
    assert reply.exchange.header("content-type") == "application/json"


def test_each_file_has_an_address_of_its_own(folder, fetch):
    """Names may hold spaces and letters of any language."""
    (folder / "Реліз 1.eml").write_bytes(b"mail")
    (file,) = json.loads(fetch("inbox:inbox").body)["files"]

    reply = fetch(file["url"])

    assert (reply.body, reply.exchange.status) == (b"mail", 200)
    assert reply.exchange.header("content-type") == "message/rfc822"


def test_everything_else_goes_to_the_web(fetch):
    """One gate for all that is asked."""
    assert fetch("https://mfa.example/").body == b"from the web"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("inbox:../secret", id="parent"),
        pytest.param("inbox:inbox/../../secret.eml", id="up-and-out"),
        pytest.param("inbox:%2e%2e/secret", id="encoded"),
        pytest.param("inbox:/etc/passwd", id="absolute"),
        pytest.param("inbox:", id="the-workspace-itself"),
        pytest.param("inbox:inbox/link.eml", id="link-that-leads-out"),
    ],
)
def test_nothing_outside_the_workspace_is_read(folder, fetch, url):
    """An address comes from a file that people edit, a link from whoever can write to the folder."""
    secret = folder.parent.parent / "secret.eml"
    secret.write_text("secret")
    (folder / "link.eml").symlink_to(secret)

    reply = fetch(url)

    assert (reply.exchange.transport, reply.body) == (Transport.BAD_ADDRESS, None)
    assert "outside the workspace" in reply.exchange.detail


def test_links_are_not_listed(folder, fetch):
    """A listing must not even hash what a link leads to."""
    (folder / "link.eml").symlink_to("/etc/passwd")

    assert json.loads(fetch("inbox:inbox").body)["files"] == []


def test_a_missing_folder_is_said_to_be_missing(fetch):
    """The status page tells the operator to create it."""
    reply = fetch("inbox:other")

    assert reply.exchange.transport is Transport.BAD_ADDRESS
    assert "create it" in reply.exchange.detail


def test_a_file_that_has_gone_is_gone(fetch):
    """It was moved between the listing and the reading of it."""
    assert fetch("inbox:inbox/1.eml").exchange.status == 404

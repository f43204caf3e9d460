"""Folders of mail: files are items, and only allowed senders are read."""

import json

import pytest

from monitor.errors import ExtractError
from monitor.model import DocumentRead, Item, ItemsRead, SourceKind
from monitor.reading import read
from tests.reading.jobs import make_job

SENDERS = ("press@state.example", "@mfa.example")


def mail(sender: str) -> bytes:
    """Return a mail from somebody."""
    return (
        f"From: {sender}\r\nSubject: They sign\r\nDate: Sun, 16 Feb 2031 10:00:00 +0000\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n"
        "<p>Ruritania and Borduria signed. <a href='https://mfa.example/t.pdf'>Agreement (PDF)</a></p>"
    ).encode()


def read_mail(body: bytes) -> DocumentRead:
    """Read a mail as a file of the inbox."""
    item = Item("ruritania-mfa", ("file:1.eml",), "", "v", url="inbox:in/1.eml")
    found = read(make_job(body, SourceKind.INBOX, url="inbox:in/1.eml", item=item, senders=SENDERS))
    assert isinstance(found, DocumentRead)
    return found


def test_files_are_items_and_their_bytes_the_version():
    """A file that is replaced under its name is read again."""
    files = [{"name": "1.eml", "url": "inbox:in/1.eml", "sha256": "ab"}]
    found = read(make_job(json.dumps({"files": files}), SourceKind.INBOX, url="inbox:in"))

    assert isinstance(found, ItemsRead)
    assert [(i.key, i.version, i.url, i.title) for i in found.items] == [
        ("file:1.eml", "ab", "inbox:in/1.eml", "")
    ]


@pytest.mark.parametrize(
    "sender",
    [
        pytest.param("press@state.example", id="address"),
        pytest.param("Press office <Press@State.example>", id="with-name-and-capitals"),
        pytest.param("anybody@mfa.example", id="domain"),
    ],
)
def test_mail_of_allowed_senders_is_read(sender):
    """Title, day and papers come from the mail."""
    document = read_mail(mail(sender)).document

    assert (document.title, document.published and document.published.iso) == ("They sign", "2031-02-16")
    assert [each.url for each in document.attachments] == ["https://mfa.example/t.pdf"]


@pytest.mark.parametrize(
    "sender",
    [
        pytest.param("other@state.example", id="other-address"),
        pytest.param("a@mfa.example.evil.example", id="domain-as-a-prefix"),
        pytest.param("a@sub.mfa.example", id="subdomain"),
        pytest.param('"press@state.example" <a@evil.example>', id="address-as-a-name"),
        pytest.param("press@state.example, a@evil.example", id="two-senders"),
        pytest.param("", id="nobody"),
    ],
)
def test_other_mail_is_refused_for_good(sender):
    """A stranger's mail must not be quoted as a government's word, nor asked for again."""
    with pytest.raises(ExtractError, match="not among `senders`") as caught:
        read_mail(mail(sender))

    assert caught.value.permanent

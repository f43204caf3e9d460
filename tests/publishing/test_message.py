"""A stored mail, addressed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import PublishError
from monitor.model import Rendering, is_mail_address, message_id
from monitor.publishing.message import addressed


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a@x.example", True),
        ("first.last+tag@sub.x.example", True),
        ("a@localhost", True),
        ("a@x.example\r\nBcc: b@x.example", False),
        ("a@x.example, b@x.example", False),
        ("<a@x.example>", False),
        ("Name <a@x.example>", False),
        ("a@x..example", False),
        ("a@-x.example", False),
        ("a b@x.example", False),
        ("a@x.example\u2028", False),
        ("ä@x.example", False),
        ("a" * 65 + "@x.example", False),
        ("", False),
    ],
)
def test_only_plain_addresses_are_addresses(text, valid):
    """D10: a recipient that could add a header is no recipient."""
    assert is_mail_address(text) is valid


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_message_ids_are_well_formed_and_repeat(instance, report, recipient):
    """D3: a function of instance, report and recipient; never of time or random."""
    made = message_id(instance, report, recipient)

    assert made == message_id(instance, report, recipient)
    assert made.startswith("<")
    assert made.isascii()
    assert made.isprintable()
    assert made.count("@") == 1


def test_message_ids_differ_by_each_part():
    """Two recipients' copies are two messages, and so are two instances'."""
    made = {
        message_id(*parts) for parts in (("i", "r", "a"), ("i", "r", "b"), ("i", "s", "a"), ("j", "r", "a"))
    }

    assert len(made) == 4


def test_addressing_adds_two_headers_and_changes_no_byte(make_report):
    """The stored bytes are what everybody gets."""
    report = make_report()
    content = addressed(report, "a@x.example", "monitor.example")

    assert content.endswith(report.rendering(".eml").content)
    head = content.removesuffix(report.rendering(".eml").content)
    wanted = message_id("monitor.example", report.id, "a@x.example")
    assert head == f"To: a@x.example\r\nMessage-ID: {wanted}\r\n".encode()


def test_a_report_without_a_mail_cannot_be_mailed(make_report):
    """A fault of the program, said once, not retried for three days."""
    report = replace(make_report(), renderings=(Rendering(".md", "text/markdown", b""),))

    with pytest.raises(PublishError) as caught:
        addressed(report, "a@x.example", "monitor.example")
    assert caught.value.permanent

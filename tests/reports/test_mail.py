"""The mail: headers that parse, parts that agree, nothing that text could put into a header."""

import email
import email.policy
from dataclasses import replace
from email.parser import BytesParser

import pytest

from monitor.model import Audience
from monitor.reports import Masthead, make_report
from tests.reports import sample
from tests.reports.test_escape import CANARIES

HEADER_ATTACKS = [
    "plain\r\nBcc: victim@evil.example",
    "line\u2028separator",
    "vertical\x0btab",
    "next\x85line",
    "lone \ud800 surrogate",
    "nul\x00byte",
    "bidi \u202eoverride",
    "x" * 2_000,
    "Ünïcödé, commas; and <angles>",
    "=?utf-8?q?pretends?=",
]


def mail_of(templates, week, audience=Audience.READERS, **changes):
    """The mail's bytes and what the modern parser makes of it."""
    occasion = sample.occasion(audience, **changes)
    content = make_report(week.material(), occasion, templates).rendering(".eml").content
    return content, BytesParser(policy=email.policy.default).parsebytes(content)


def test_it_is_text_and_page_with_the_headers_of_a_machine(templates):
    """D10: no auto-reply comes back, filters know the list, and every mail program can show it."""
    _, message = mail_of(templates, sample.three())

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<ex-1.monitor.example>"
    assert message["From"] == "Briefing Monitor <monitor@monitor.example>"
    assert str(message["Date"].datetime) == "2031-02-23 09:00:00+00:00"
    assert message["Subject"].startswith("[EX-1] Week to 23 February 2031: Borduria signed")
    assert message["To"] is None
    assert message["Message-ID"] is None


def test_both_parts_say_the_same(templates):
    """Whoever reads plain text misses nothing."""
    _, message = mail_of(templates, sample.three())
    text, page = (part.get_content() for part in message.iter_parts())

    for words in ("Syldavia", "Agreement on security cooperation", "Unofficial translation"):
        assert words in " ".join(text.split())
        assert words in page


def test_styles_are_on_the_elements_and_dark_mode_in_the_head(templates):
    """Mail programs that drop the head still show a readable mail."""
    _, message = mail_of(templates, sample.three())
    page = message.get_body(("html",)).get_content()

    assert "prefers-color-scheme: dark" in page
    assert '<td style="' in page


@pytest.mark.parametrize("text", HEADER_ATTACKS + CANARIES)
def test_no_text_becomes_a_header(templates, text):
    """A briefing's title and a party's name reach the subject; two parsers see the same headers."""
    names = {**sample.NAMES, "QS": text}
    edition = replace(sample.EDITION, title=text, reference=text)
    material = sample.three().material(names=names, edition=edition)
    masthead = Masthead("monitor.example", "monitor@monitor.example", sender_name=text)
    content = make_report(material, sample.occasion(masthead=masthead), templates).rendering(".eml").content
    wanted = {"from", "subject", "date", "auto-submitted", "list-id", "content-language", "mime-version"}
    wanted |= {"in-reply-to", "references", "list-unsubscribe"}
    for policy in (email.policy.default, email.policy.compat32):
        message = BytesParser(policy=policy).parsebytes(content)

        assert {name.lower() for name in message} == wanted | {"content-type"}
        assert message.is_multipart()


@pytest.mark.parametrize("audience", list(Audience))
def test_lines_stay_within_what_mail_servers_carry(templates, audience):
    """RFC 5321: 998 octets a line, and here plain ASCII, so that no server rewrites a byte."""
    week = sample.busiest()
    week.tell("QS", title="x" * 3_000, quote="y" * 3_000)
    content, _ = mail_of(templates, week, audience)

    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("sender", ["", "not an address", "a@b\r\nBcc: c@d", "two@x, three@y"])
def test_a_sender_that_is_no_address_is_replaced_by_the_instances_own(templates, sender):
    """A slip in the settings must not cost the digest, nor open a header."""
    _, message = mail_of(templates, sample.one(), masthead=Masthead("monitor.example", sender))

    assert message["From"].addresses[0].addr_spec == "monitor@monitor.example"

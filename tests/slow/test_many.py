"""Many recipients and many changes: within the time and memory that a small machine has."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from monitor.model import AuditEntry, Delivery, DeliveryStatus, delivery_id
from monitor.publishing import Security, SmtpChannel, SmtpSettings, deliver_due
from monitor.reports import make_report
from monitor.store import open_store
from tests.fakes import NOON, FixedClock
from tests.publishing.smtp.conftest import Mailbox
from tests.publishing.smtp.conftest import authority as authority
from tests.publishing.smtp.conftest import mail_server as mail_server
from tests.reports import sample
from tests.reports.conftest import templates as templates

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
RECIPIENTS, MOST_S = 1_000, 30.0
CHANGES, MOST_CPU_S, MOST_MB = 5_000, 5.0, 200
BIG_DIGEST = f"""
import re, time
from pathlib import Path
from monitor.model import Audience
from monitor.reports import make_report
from tests.reports import sample

folder = Path("templates")
templates = {{p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*.j2")}}
material = sample.many({CHANGES}).material()
began = time.process_time()
report = make_report(material, sample.occasion(Audience.REVIEWERS), templates)
took = time.process_time() - began
markdown = report.rendering(".md").content.decode()
page = report.rendering(".html").content.decode()
shown = markdown.partition("## ")[0].count("\\n| ") - 2  # a head of two lines
left_out = int(re.search(r"And (\\d+) more", markdown)[1])
# Of this process alone: what getrusage says a child inherits from its parent.
peak_kb = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(took, peak_kb / 1024, len(page.encode()), shown + left_out)
"""


def test_a_thousand_recipients_in_half_a_minute(templates, mail_server, tmp_path):
    """Each alone, recorded one by one, of a digest that was rendered once."""
    mailbox = Mailbox()
    port = mail_server(mailbox)
    report = make_report(sample.busiest().material(), sample.occasion(), templates)
    addresses = [f"r{number}@x.example" for number in range(RECIPIENTS)]
    deliveries = [Delivery(delivery_id(report.id, "smtp", to), report.id, "smtp", to) for to in addresses]
    channel = SmtpChannel(
        SmtpSettings("127.0.0.1", port, "monitor@x.example", Security.NONE), "monitor.example"
    )
    with open_store(str(tmp_path / "monitor.db"), create=True) as store:
        store.save_report(report, deliveries, (), (AuditEntry(NOON, "monitor", "report-made", report.id),))
        began = time.monotonic()
        deliver_due(store, {"smtp": channel}, FixedClock())
        took_s = time.monotonic() - began
        statuses = {each.status for each in store.deliveries()}

    assert sorted(recipients for (recipients, _) in mailbox.got) == sorted([to] for to in addresses)
    assert len({mail[mail.index(b"\r\nFrom:") :] for _, mail in mailbox.got}) == 1
    assert statuses == {DeliveryStatus.SENT}
    assert took_s < MOST_S


def test_five_thousand_changes_in_five_seconds_and_200_mb():
    """Nobody reads them all; what is left out is said by its number, and nothing falls over."""
    run = subprocess.run(
        [sys.executable, "-c", BIG_DIGEST], cwd=ROOT, capture_output=True, text=True, check=True
    )
    cpu_s, mb, page_bytes, told = map(float, run.stdout.split())

    assert cpu_s < MOST_CPU_S
    assert mb < MOST_MB
    assert page_bytes < 100_000
    assert told == CHANGES

"""D6: ten years of days on which anything may go wrong: each signing is announced once for ever."""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from monitor.errors import FetchError, PublishError
from monitor.model import Audience, Cadence, NothingNew, ReportKind, Subscription
from monitor.sources import Sources
from tests.fakes import Page, RecordingChannel
from tests.pipeline.conftest import FEED, REGISTER, page, row, rows
from tests.pipeline.conftest import house as house

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

DAYS = 3_650
CODES = "IT FI LV ES BE PT SE IS JP EE LT PL RO SI IE HR GR AL"
NAMES = (
    "Italy Finland Latvia Spain Belgium Portugal Sweden Iceland Japan Estonia Lithuania Poland Romania"
    " Slovenia Ireland Croatia Greece Albania"
)
PARTNERS = dict(zip(CODES.split(), NAMES.split(), strict=True))
FAULTS = (
    FetchError("feed", "timeout", "did not answer"),
    Page(b"<html><title>Access denied</title>", status=403),
    page("Our new site", "Please enjoy our new design."),
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>',
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry>',
    None,
)


class Killed(BaseException):
    """The process ends here."""


class Moody(RecordingChannel):
    """Refuses now and then; now and then accepts, and the process dies before it can record that."""

    def __init__(self, chance):
        super().__init__()
        self._chance = chance
        self.kills = 0

    def deliver(self, report, delivery):
        luck = self._chance.random()
        if luck < 0.2:
            raise PublishError("mail", "451 come back later")
        super().deliver(report, delivery)
        if luck < 0.3:
            self.kills += 1
            raise Killed


class Web(dict):
    """Pages of which a request may kill the process."""

    def __init__(self, chance):
        super().__init__()
        self._chance = chance

    def get(self, url, default=None):
        if self._chance.random() < 0.01:
            raise Killed
        return super().get(url, default)


class Decade:
    """What the two publishers show on each day: the newest, and now and then something old again."""

    def __init__(self, house, chance):
        self._house = house
        self._chance = chance
        self._announced = [_entry("0", "Nothing of interest", date(2024, 2, 20))]
        self._rows = [row(0, "2019-01-01")]
        self.signed = []

    def live(self, number):
        """One day: perhaps a signing, perhaps an edited page, perhaps a fault."""
        today = self._house.clock.now().date()
        if number % 40 == 0 and number // 40 < 2 * len(PARTNERS):
            self._sign(number // 40, today)
        luck, pages = self._chance.random, self._house.pages
        shown = self._announced[-6:]
        if luck() < 0.03:  # a site shows what it showed years ago
            shown = [*shown, self._chance.choice(self._announced)]
        self._chance.shuffle(shown)
        pages[FEED.url] = self._chance.choice(FAULTS) if luck() < 0.2 else _feed(dict.fromkeys(shown))
        listed = (
            self._rows if luck() < 0.9 else self._rows[-3:]
        )  # a register drops what is old, and has it again
        pages[REGISTER.url] = self._chance.choice(FAULTS[:4]) if luck() < 0.2 else rows(*listed)

    def _sign(self, number, today):
        code, partner = list(PARTNERS.items())[number // 2]
        self.signed.append(("GB" if number % 2 else code, today))
        if number % 2:
            self._rows.append(row(number, today.isoformat()))
            return
        title = f"Agreement on security cooperation between {partner} and Ukraine"
        self._announced.append(_entry(f"s{number}", f"{partner} and Ukraine sign", today))
        words = f"The Presidents of {partner} and Ukraine signed the {title} in Kyiv on {_day(today)}."
        self._house.pages[f"https://ministry.example/s{number}.html"] = page(
            f"{partner} and Ukraine sign", words
        )


def _entry(key, title, day):
    return (
        f"<entry><id>tag:ministry.example,2024:{key}</id><title>{title}</title>"
        f'<link href="https://ministry.example/{key}.html"/><updated>{day}T10:00:00Z</updated></entry>'
    )


def _feed(entries):
    body = "".join(entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{body}</feed>'.encode()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def test_ten_years_of_faults_announce_each_signing_once(house):
    """Sites fail, drop and repeat; deliveries are refused; the process dies and the clock is set back."""
    chance = random.Random(3650)
    pages = Web(chance)
    pages.update(house.pages)
    house.pages = house.parts.fetcher.pages = pages
    house.channels = {"files": Moody(chance), "mail": Moody(chance)}
    weekly = Subscription("weekly", "example", Audience.READERS, "mail", ("a@x.example",), Cadence.WEEKLY)
    at_once = Subscription("at-once", "example", Audience.REVIEWERS, "files", ("reports",))
    skipping = tuple(replace(each, nothing_new=NothingNew.SKIP) for each in (weekly, at_once))
    president = replace(FEED, publisher="Example President", voice="UA")
    house.parts = replace(house.parts, subscriptions=skipping, sources=Sources((REGISTER, president)))
    decade = Decade(house, chance)
    day = 0
    while day < DAYS:
        decade.live(day)
        with suppress(Killed):  # the next day's process goes on
            house.run()
        if day % 30 == 0:
            house.parts.evidence.bodies.clear()  # the bytes are let go of; what was told is remembered
        step = 10 if chance.random() < 0.01 else 1  # nobody ran it
        back = 2 if chance.random() < 0.01 else 0  # the clock is wrong for a day
        house.clock.advance(hours=22, seconds=chance.randrange(7200), days=step - 1 - back)
        day += step
    pages._chance = random.Random(0)
    for _ in range(10):
        settle(house)

    changes = {change.id: change for change in house.store.changes()}
    for name, channel in house.channels.items():
        reports = {report.id: report for report, _ in channel.delivered}
        told = Counter(_signing(changes[key]) for report in reports.values() for key in report.changes)

        assert told == dict.fromkeys(decade.signed, 1), name
        assert {report.kind for report in reports.values()} == {ReportKind.DIGEST}
        assert len(channel.delivered) - len(reports) <= channel.kills
        assert len({(r.id, r.renderings) for r, _ in channel.delivered}) == len(reports)  # the same bytes


def _signing(change):
    partner = next(side for side in change.sides if side != "UA")
    return partner, change.date and change.date.first


def settle(house):
    """Quiet days at the end, in which what waits is delivered."""
    house.clock.advance(days=8)
    with suppress(Killed):
        house.run()

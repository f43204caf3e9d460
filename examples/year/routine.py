"""Unrelated items that keep a publisher's list alive: the same ones every time, from word lists."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from .values import Article, Language, Publisher, Version

_BEFORE = 6  # items older than the first day, so that a first poll finds a list
_STEP = 7  # coprime to the numbers of word lists: neighbours in a flood differ in every word

_BODIES = (
    "The Commission",
    "The Parliament's committee",
    "The Court of Auditors",
    "The competition authority",
)
_ACTS = (
    ("approves aid for", "Aid of {n} million euro is within the rules, and was approved without objection."),
    (
        "opens a consultation on",
        "Comments are welcome for {n} days; they will be published with the answers.",
    ),
    (
        "publishes figures on",
        "The figures of this quarter are {n} tenths of a per cent above those of the last.",
    ),
    ("adopts technical rules for", "The rules apply after {n} days and replace a decree of ten years ago."),
    ("recommends changes to", "The report names {n} changes, most of them about forms and time limits."),
)
_SUBJECTS = (
    "coastal ferries", "beekeeping", "railway signals", "school milk", "wood heating", "mountain rescue",
    "vaccine storage", "toy safety", "river dredging", "museum lending", "organic seed", "tachographs",
    "ship recycling", "lift inspection", "regional airports", "fish quotas",
)  # fmt: skip


def routine_articles(
    publisher: Publisher, language: Language, number: int, start: date, end: date
) -> Iterator[Article]:
    """Yield a publisher's unrelated items from before ``start`` to ``end``.

    Args:
        publisher: Whose.
        language: Its titles and texts.
        number: The publisher's place among all: lists of different publishers move on different days.
        start: The first simulated day.
        end: The last one.
    """
    routine = publisher.routine
    if routine is None:
        return
    day = start - timedelta(days=_BEFORE * routine.every - number % routine.every)
    count = 0
    while day <= end:
        count += 1
        paused = routine.pause is not None and routine.pause[0] <= day <= routine.pause[1]
        if not paused and language.routine:
            yield _one(publisher, language, day, count, number)
        day += timedelta(days=routine.every)
    if routine.flood is not None:
        yield from _flood(publisher, *routine.flood)


def _one(publisher: Publisher, language: Language, day: date, count: int, number: int) -> Article:
    title, text = language.routine[(count + number) % len(language.routine)]
    figure = str(10 + 3 * count + number)
    at = datetime.combine(day, time(8 + number % 9, 7 * number % 60), ZoneInfo(publisher.timezone))
    told = Version(at, title.replace("{n}", figure), text.replace("{n}", figure))
    return Article(publisher.name, f"{day:%d}-notice-{figure}", publisher.lang, (told,))


def _flood(publisher: Publisher, day: date, count: int) -> Iterator[Article]:
    """Many items on one day, one every two minutes from eight o'clock on."""
    words = [(body, act, subject) for body, act, subject in product(_BODIES, _ACTS, _SUBJECTS)]
    for number in range(count):
        body, (act, text), subject = words[number * _STEP % len(words)]
        at = datetime.combine(day, time(8), ZoneInfo(publisher.timezone)) + timedelta(minutes=2 * number)
        told = Version(at, f"{body} {act} {subject}", text.replace("{n}", str(2 + number % 90)))
        yield Article(publisher.name, f"{day:%d}-item-{number:03d}", "en", (told,))

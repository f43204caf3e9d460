"""subscriptions.yaml: read strictly, with every fault at once and nothing guessed."""

import re
from datetime import date, time
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.files import load_yaml
from monitor.model import (
    Audience,
    Cadence,
    Change,
    ChangeKind,
    Kind,
    NothingNew,
    ReportKind,
    Scope,
    Stage,
    Subscription,
    Word,
    sides_of,
)
from monitor.scheduling import parse_subscriptions, subscription_keys

PAGE = (Path(__file__).parents[2] / "docs" / "subscriptions.md").read_text(encoding="utf-8")
GOOD = {
    "id": "weekly",
    "briefings": "ex-1",
    "audience": "readers",
    "channel": "smtp",
    "to": "a@x.example",
    "cadence": "weekly",
}


def no_line(*_):
    """Data that came from no file."""
    return


def parse(*entries):
    """The subscriptions of entries, with two briefings and two channels."""
    known = {"briefings": ("ex-1", "ex-2"), "channels": ("files", "smtp", "webhook")}
    return parse_subscriptions({"subscriptions": list(entries)}, no_line, "subscriptions.yaml", **known)


def faults(*entries):
    """What is wrong with entries: (where, message) pairs."""
    with pytest.raises(ConfigError) as caught:
        parse(*entries)
    return [(problem.where, problem.message) for problem in caught.value.problems]


def test_the_documented_example_is_read(tmp_path):
    """The page's own example, from a file, with every kind of value."""
    path = tmp_path / "subscriptions.yaml"
    path.write_text(re.search(r"```yaml\n(.*?)```", PAGE, re.S)[1])
    file = load_yaml(path)
    weekly, reviewers, folder, operators = parse_subscriptions(
        file.data, file.line_of, file.file, briefings=["cbp-9837"], channels=["files", "smtp"]
    )

    assert weekly == Subscription(
        id="weekly-readers",
        briefing_id="cbp-9837",
        audience=Audience.READERS,
        channel="smtp",
        recipients=("desk@library.example", "committee@parliament.example"),
        cadence=Cadence.WEEKLY,
        at=time(8),
        weekday=0,
        urgent=True,
    )
    assert (reviewers.remind_after_days, reviewers.deputies) == (3, ("head-of-section@library.example",))
    assert operators.report is ReportKind.HEALTH
    assert (reviewers.audience, reviewers.nothing_new) == (Audience.REVIEWERS, NothingNew.SKIP)
    assert (folder.parties, folder.kinds) == (("CA", "EU"), (ChangeKind.NEW, ChangeKind.ADVANCED))


def test_every_key_is_documented():
    """A key that the page does not explain cannot be used with confidence."""
    assert [key for key in subscription_keys() if f"| `{key}` |" not in PAGE] == []


def test_several_briefings_are_several_subscriptions():
    """Each digest is of one briefing, and what was told is remembered for each."""
    made = parse({**GOOD, "briefings": ["ex-1", "ex-2"]})

    assert [(each.id, each.briefing_id) for each in made] == [
        ("weekly.ex-1", "ex-1"),
        ("weekly.ex-2", "ex-2"),
    ]


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        pytest.param(
            {"audiense": "readers"}, "weekly: audiense", "did you mean `audience`?", id="unknown-key"
        ),
        pytest.param(
            {"audience": "reader"}, "weekly: audience", "did you mean `readers`?", id="unknown-word"
        ),
        pytest.param({"briefings": "ex-9"}, "weekly: briefings", "there are: ex-1, ex-2", id="no-briefing"),
        pytest.param(
            {"channel": "pigeon"}, "weekly: channel", "there are: files, smtp, webhook", id="no-channel"
        ),
        pytest.param(
            {"to": ["a@x.example", "bad\r\nBcc: b@x"]}, "weekly: to", "not a mail address", id="header"
        ),
        pytest.param({"to": []}, "weekly: to", "must not be empty", id="nobody"),
        pytest.param({"at": "7 am"}, "weekly: at", '"07:00"', id="time"),
        pytest.param({"weekday": 1}, "weekly: weekday", "monday", id="numeric-weekday"),
        pytest.param({"day": 3}, "weekly: day", "cadence: monthly", id="day-of-a-weekly"),
        pytest.param({"timezone": "Europe/Lodnon"}, "weekly: timezone", "no time zone", id="timezone"),
        pytest.param({"timezone": "../../etc/passwd"}, "weekly: timezone", "no time zone", id="path"),
        pytest.param({"hold": "yes"}, "weekly: hold", "true or false", id="flag"),
        pytest.param({"parties": "Canada"}, "weekly: parties", "not a party code", id="party"),
        pytest.param({"id": "Weekly Readers"}, "Weekly Readers: id", "lower-case", id="id"),
        pytest.param({"pause": True, "hold": True}, "weekly: pause", "choose one", id="pause-and-hold"),
        pytest.param(
            {"urgent": True, "cadence": "at-once"}, "weekly: urgent", "at-once", id="urgent-at-once"
        ),
        pytest.param({"deputy": "b@x.example"}, "weekly: deputy", "remind_after_days", id="deputy-alone"),
        pytest.param(
            {"remind_after_days": 3}, "weekly: remind_after_days", "reviewers", id="reader-reminded"
        ),
        pytest.param({"remind_after_days": 0}, "weekly: remind_after_days", "1 to 90", id="no-days"),
        pytest.param({"report": "health", "tell": "confirmed"}, "weekly: tell", "digests", id="no-digest"),
        pytest.param(
            {"report": "alert"}, "weekly: report", "one of digest, health", id="not-to-be-asked-for"
        ),
        pytest.param({"test_to": "nobody"}, "weekly: test_to", "not a mail address", id="tester"),
        pytest.param(
            {"channel": "webhook", "to": "http://hook.example/"}, "weekly: to", "https", id="plain-webhook"
        ),
        pytest.param(
            {"channel": "webhook", "to": "https://me:pw@hook.example/"},
            "weekly: to",
            "password",
            id="userinfo",
        ),
    ],
)
def test_a_fault_is_named_with_what_to_do(change, where, words):
    """T8, and no guess at who should get what."""
    ((found, message),) = faults({**GOOD, **change})

    assert found == where
    assert words in message


def test_all_faults_come_at_once_with_their_lines(tmp_path):
    """One pass, not one fault a run."""
    path = tmp_path / "subscriptions.yaml"
    path.write_text(
        "subscriptions:\n"
        "  - id: one\n    briefings: ex-1\n    audience: everybody\n    channel: files\n    to: reports\n"
        "    cadence: daily\n    at: noon\n"
        "  - id: two\n    briefings: ex-1\n"
        "mailer: x\n"
    )
    file = load_yaml(path)
    with pytest.raises(ConfigError) as caught:
        parse_subscriptions(file.data, file.line_of, file.file, briefings=["ex-1"], channels=["files"])

    assert [(problem.line, problem.where) for problem in caught.value.problems] == [
        (11, "mailer"),
        (4, "one: audience"),
        (8, "one: at"),
        (9, "two: audience"),
        (9, "two: channel"),
        (9, "two: to"),
        (9, "two: cadence"),
    ]


def test_a_trial_stands_beside_the_subscription_which_is_on_hold():
    """So that going live tells everything that was found meanwhile."""
    real, trial = parse({**GOOD, "test_to": "tester@x.example"})

    assert (real.hold, real.recipients) == (True, ("a@x.example",))
    assert (trial.id, trial.hold, trial.test) == ("weekly.test", False, True)
    assert trial.recipients == ("tester@x.example",)


def test_a_whole_file_is_held_for_readers_alone():
    """Before an election nothing leaves the house; reviewers go on."""
    entries = [GOOD, {**GOOD, "id": "desk", "audience": "reviewers"}]
    known = {"briefings": ("ex-1",), "channels": ("smtp",)}
    made = parse_subscriptions({"hold": True, "subscriptions": entries}, no_line, "s.yaml", **known)

    assert [each.hold for each in made] == [True, False]


def test_a_report_of_no_digest_needs_no_audience():
    """Operators read neither edition."""
    entry = {key: value for key, value in GOOD.items() if key != "audience"}

    assert parse({**entry, "report": "health"})[0].report is ReportKind.HEALTH
    assert faults(entry) == [("weekly: audience", "is missing; add it")]


def test_an_id_that_stands_twice_is_refused():
    """What was told is remembered by id: two of one name would hide each other's news."""
    assert faults(GOOD, GOOD) == [("weekly: id", "stands twice; ids must differ")]


@pytest.mark.parametrize("entries", [None, "text", {"id": "x"}], ids=["nothing", "text", "mapping"])
def test_a_file_that_is_no_list_says_how_to_begin(entries):
    """The commonest first mistake."""
    with pytest.raises(ConfigError, match="begin each entry with `- id:`"):
        parse_subscriptions({"subscriptions": entries}, no_line, "s.yaml", briefings=(), channels=())


def test_an_entry_that_is_no_mapping_is_a_fault():
    """And stops none of the other faults from being listed."""
    assert [where for where, _ in faults("weekly", {**GOOD, "hold": 1})] == ["entry 1", "weekly: hold"]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        pytest.param({}, True, id="no-filter"),
        pytest.param({"parties": ["CA"]}, True, id="its-party"),
        pytest.param({"parties": ["FR"]}, False, id="another-party"),
        pytest.param({"kinds": ["new"]}, True, id="its-kind"),
        pytest.param({"kinds": ["lead"]}, False, id="another-kind"),
        pytest.param({"parties": ["CA"], "kinds": ["lead"]}, False, id="both-must-hold"),
    ],
)
def test_filters_narrow_what_is_told(filters, wanted):
    """A desk that follows one partner need not read the others' news."""
    (subscription,) = parse({**GOOD, **filters})
    change = Change(
        id="c-1",
        briefing_id="ex-1",
        as_of=date(2031, 2, 1),
        kind=ChangeKind.NEW,
        scope=Scope.SERIES,
        agreement_id="a-1",
        sides=sides_of("CA", "UA"),
        stage=Stage.CONCLUDED,
        agreement_kind=Kind.SECURITY,
        title="",
        word=Word.TEXT,
        version="1",
    )

    assert subscription.wants(change) is wanted

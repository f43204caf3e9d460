"""report and deliver through the command line: asked for, given up, tried again."""

import json
import shutil

import pytest

from monitor.cli import main
from tests.cli.conftest import make_workspace
from tests.fakes import FailingChannel

AT = ("--at", "2024-02-25T18:00")


def test_a_digest_as_of_a_day_knows_nothing_of_the_next(monitor, polled):
    """What did we know on the 21st? The question comes when something went wrong."""
    before = monitor("report", "preview", "--as-of", "2024-02-24", *AT)
    after = monitor("report", "preview", "--as-of", "2024-02-25", *AT)

    assert before.returncode == after.returncode == 0, before.stderr + after.stderr
    assert "Canada" not in before.stdout.splitlines()[0]
    assert before.stdout.startswith("# Nothing new")
    assert after.stdout.startswith("# Canada signed")


def test_since_a_day_only_what_was_found_later_is_told(monitor, polled):
    """A colleague was away for a week."""

    assert monitor("report", "preview", "--since", "2024-02-24", *AT).stdout.startswith("# Canada signed")
    assert "Canada" not in monitor("report", "preview", "--since", "2024-02-25", *AT).stdout.splitlines()[0]


@pytest.mark.slow
def test_a_subscription_is_previewed_before_it_is_sent(workspace, monitor):
    """What would go out on Monday? Nothing is ticked off by looking."""
    (workspace / "subscriptions.yaml").write_text(
        "subscriptions:\n  - id: weekly\n    briefings: cbp-9837\n    audience: readers\n    channel: files\n"
        "    to: reports\n    cadence: weekly\n    hold: true\n"
    )
    monitor("run", *AT)
    first = monitor("report", "preview", "--subscription", "weekly", *AT)
    again = monitor("report", "preview", "--subscription", "weekly", *AT)

    assert first.stdout.startswith("# Canada signed"), first.stderr
    assert again.stdout == first.stdout
    assert "HELD     weekly: " in monitor("status", *AT).stdout
    assert monitor("report", "preview", "--subscription", "wekly").returncode == 2


@pytest.mark.parametrize("kind", ["table", "state", "health"])
@pytest.mark.parametrize("form", ["md", "html", "txt", "eml", "json"])
def test_every_report_comes_in_every_form(monitor, kind, form, polled):
    """For the desk, for the archive, for a program."""
    printed = monitor("report", kind, "--format", form, *AT)

    assert printed.returncode == 0, printed.stderr
    assert printed.stdout


def test_the_table_as_csv_names_its_schema(monitor, polled):
    """As the documentation says."""

    assert monitor("report", "table", "--format", "csv", *AT).stdout.startswith("schema,id,party")


def test_a_broken_template_is_named_at_the_start_and_stops_no_poll(workspace, monitor):
    """Before the digest is due, with its line; what was found is recorded all the same."""
    (workspace / "templates").mkdir(exist_ok=True)
    (workspace / "templates/digest.md.j2").write_text("fine\n{{ d.nonsense }}\n")
    checked = monitor("sources", "check")
    finished = monitor("run", *AT)

    assert checked.returncode == 2
    assert "templates/digest.md.j2:2: d.nonsense does not exist" in checked.stderr
    assert "BROKEN      templates/digest.md.j2:2" in finished.stdout
    assert finished.returncode == 4
    assert "SIGNED" in finished.stdout


@pytest.fixture(scope="module")
def refused(tmp_path_factory, web):
    """A workspace after a run whose deliveries were all refused for good; made once and copied."""
    root = make_workspace(tmp_path_factory.mktemp("refused") / "workspace", web)
    channels = {"files": FailingChannel(permanent=True)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("monitor.app.core.channels_of", lambda *_: channels)
        with pytest.raises(SystemExit) as ended:
            main(["run", *AT, "--workspace", str(root)])
    assert ended.value.code == 4
    return root


class TestDeliveries:
    """What was given up is seen, tried again, or dropped by a person."""

    @pytest.fixture
    def given_up(self, workspace, refused, monitor):
        """The ids of the deliveries that were given up."""
        shutil.copytree(refused, workspace, dirs_exist_ok=True)
        return [row["id"] for row in json.loads(monitor("deliver", "list", "--json").stdout)]

    def test_they_are_listed_with_the_reason(self, given_up, monitor):
        """Nothing is dropped quietly."""
        assert len(given_up) == 2
        assert "the server does not answer" in monitor("status", *AT).stdout

    def test_trying_again_sends_them(self, given_up, workspace, monitor):
        """The setting was mended."""
        tried = monitor("deliver", "retry", "--dead", *AT)

        assert tried.returncode == 0, tried.stderr
        assert tried.stdout.count("sent") == 2
        assert len(list((workspace / "reports").glob("*.eml"))) == 2
        assert monitor("deliver", "list").stdout.strip() == "nothing waits"

    def test_dropped_they_are_never_tried_again(self, given_up, workspace, monitor):
        """The person has left; the row stays on record."""
        dropped = monitor("deliver", "drop", *given_up, "--by", "O. Perator", *AT)
        monitor("run", "--at", "2024-03-25T18:00")

        assert dropped.stdout.strip() == "dropped: 2"
        rows = json.loads(monitor("deliver", "list", "--all", "--json").stdout)
        assert {row["status"] for row in rows if row["id"] in given_up} == {"dropped"}
        assert monitor("deliver", "drop", given_up[0], "--by", "x").returncode == 2

    def test_an_unknown_id_is_refused(self, given_up, monitor):
        """Nothing is tried at all then."""
        assert monitor("deliver", "retry", "y-none", *AT).returncode == 2
        assert monitor("deliver", "retry", *AT).returncode == 2

"""monitor.toml: what is wrong is said before a source is asked, with its key and what to write."""

import pytest

from monitor.app.settings import load_settings
from monitor.errors import ConfigError


@pytest.fixture
def faults_of(tmp_path):
    """The problems of a file as "key: message", in order."""

    def read(text):
        path = tmp_path / "monitor.toml"
        path.write_text(text)
        with pytest.raises(ConfigError) as caught:
            load_settings(path)
        return [f"{problem.where}: {problem.message}" for problem in caught.value.problems]

    return read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param('timezone = "Mars/Olympus"', "timezone: no time zone 'Mars/Olympus'", id="timezone"),
        pytest.param('database = ""', "database: must not be empty", id="no-database"),
        pytest.param('database = "sqlite:///x.db"', "database: must be a file", id="sqlite-address"),
        pytest.param(
            "[network]\ndeadline_s = -1.0", "network.deadline_s: must be 0.1 or more", id="deadline"
        ),
        pytest.param("[network]\nspacing_s = -1.0", "network.spacing_s: must be 0 or more", id="spacing"),
        pytest.param("[network]\ndeadline_s = nan", "network.deadline_s: must be", id="not-a-number"),
        pytest.param('[network]\nproxy = "here"', "network.proxy: must start with http", id="proxy"),
        pytest.param('[network]\nca_bundle = "/no/file"', "network.ca_bundle: there is no file", id="bundle"),
        pytest.param("[mail]\nport = 0", "mail.port: must be 1 or more", id="port"),
    ],
)
def test_a_value_that_cannot_work_is_refused(faults_of, text, words):
    """Found only when it is used, it would end a cycle half-way, or fail every source with a riddle."""
    (fault,) = faults_of(text)

    assert fault.startswith(words)


def test_every_fault_is_listed(faults_of):
    """One round of editing, not nine."""
    assert len(faults_of('timezone = "x"\ndatabase = ""\n[network]\nproxy = "x"')) == 3


def test_windows_files_are_read(tmp_path):
    """Notepad writes a mark at the start and line ends of its own."""
    path = tmp_path / "monitor.toml"
    path.write_bytes(b'\xef\xbb\xbftimezone = "UTC"\r\ninstance = "x.example"\r\n')

    assert load_settings(path).instance == "x.example"

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
            'database = "postgresql://m:hush@h/n"', "database: leave the password out", id="password"
        ),
        pytest.param(
            'database = "postgres://m@h/n?x=1&password=hush"', "database: leave the password", id="password-2"
        ),
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


def test_faults_of_every_sort_are_listed_together_each_with_its_line(tmp_path):
    """A misspelt key must not hide a wrong value that the next start would stumble over."""
    path = tmp_path / "monitor.toml"
    path.write_text(
        'databse = "x"\ntimezone = "Mars"\nnetwork = 4\n\n'
        '[mail]\nport = "x"\npassword = "y"\nsecurity = "ssl"\n'
    )
    with pytest.raises(ConfigError) as caught:
        load_settings(path)

    assert [str(problem) for problem in caught.value.problems] == [
        "monitor.toml:1: databse: unknown key; did you mean database?",
        "monitor.toml:2: timezone: no time zone 'Mars'; write one such as Europe/London",
        "monitor.toml:3: network: must be a table: write it as [its name], with its keys below, not 4",
        "monitor.toml:6: mail.port: must be a whole number, not 'x'",
        (
            "monitor.toml:7: mail.password: secrets never stand in this file; see docs/operations.md for the"
            " variable that holds it"
        ),
        "monitor.toml:8: mail.security: must be 'starttls', 'tls' or 'none', not 'ssl'",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"a = 1\nb =\n", "monitor.toml:2: this is not TOML: invalid value", id="syntax"),
        pytest.param(b'a = "x', "monitor.toml:1: this is not TOML", id="cut"),
        pytest.param(b'a = 1\nb = "\xff"\n', "monitor.toml:2: this is not UTF-8 text", id="encoding"),
    ],
)
def test_what_is_no_toml_says_where(tmp_path, content, said):
    """A file of forty lines is not searched by eye."""
    path = tmp_path / "monitor.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=said):
        load_settings(path)


def test_windows_files_are_read(tmp_path):
    """Notepad writes a mark at the start and line ends of its own."""
    path = tmp_path / "monitor.toml"
    path.write_bytes(b'\xef\xbb\xbftimezone = "UTC"\r\ninstance = "x.example"\r\n')

    assert load_settings(path).instance == "x.example"
